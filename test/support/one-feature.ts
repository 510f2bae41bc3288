import type { App } from '@slack/bolt';
import type { HomeView } from '@slack/types';
import { meetPerson } from '../../src/community/people.ts';
import type { Actor } from '../../src/community/permissions.ts';
import type { Db } from '../../src/db/schema.ts';
import type { Feature } from '../../src/features/feature.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { guard } from '../../src/slack/guard.ts';
import type { CommandCall } from '../../src/slack/router.ts';
import { createRoutes, type Routes } from '../../src/slack/routes.ts';

/** The real guard and the real door in front of what is listened to here. */
export function behindTheDoor(
  app: App,
  { db, clock, teamId = 'T0PRACTICE' }: { db: Db; clock: Clock; teamId?: string },
  listen: (to: Routes) => void,
): void {
  const { routes, dispatch } = createRoutes({
    log: createLog({ level: 'silent' }),
    post: async (channel, { text, blocks }) =>
      void (await app.client.chat.postMessage({ channel, text, blocks })),
  });
  app.use(guard({ db, clock, teamId: () => teamId, whoIs: (slackId) => meetPerson(db, clock, slackId) }));
  app.use(dispatch);
  listen(routes);
}

/** A feature by itself. @param run what `/try` does with the words behind it. @param home App Home, drawn when opened. */
export function connectFeature(
  app: App,
  deps: { db: Db; clock: Clock },
  feature: Feature,
  { run, home }: { run(call: CommandCall): Promise<void>; home(actor: Actor): Promise<HomeView | undefined> },
): void {
  behindTheDoor(app, deps, (to) => {
    feature.listen?.(to);
    to.onCommand('/try', ({ text, ...call }) => run({ ...call, words: text, lookUp: async () => {} }));
    to.onEvent('app_home_opened', async ({ event, actor }) => {
      const view = actor && (await home(actor));
      if (view) await app.client.views.publish({ user_id: event.user, view });
    });
  });
}
