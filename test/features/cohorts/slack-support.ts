import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { PersonDriver, PersonSeed, PracticeOptions, PracticeWorkspace } from 'practice-workspace';
import { startBot } from 'practice-workspace/test-support';
import { type Person, recordSlackUser } from '../../../src/community/people.ts';
import { type Actor, actorOf } from '../../../src/community/permissions.ts';
import { insertRole } from '../../../src/community/roles.ts';
import { cohorts } from '../../../src/features/cohorts/index.ts';
import type { Feature } from '../../../src/features/feature.ts';
import type { Routes } from '../../../src/slack/routes.ts';
import { connectFeature } from '../../support/one-feature.ts';
import { type Bench, givenBench, teamId } from './support.ts';

export type OnSlack = {
  bench: Bench;
  workspace: PracticeWorkspace;
  client: WebClient;
  feature: ReturnType<typeof cohorts>;
  as(person: string): PersonDriver;
  person(name: string): Promise<Person>;
};

/** Connects a feature by itself; `/try word` runs its first command. */
export function connect(app: App, bench: Bench, feature: Feature): void {
  const listen = (to: Routes): void => {
    bench.comings.listen(to);
    feature.listen?.(to);
  };
  connectFeature(
    app,
    bench,
    { ...feature, listen },
    {
      run: async (call) => feature.commands?.[0]?.run(call),
      async home(actor) {
        const viewer = { person: actor.person, actor, now: bench.clock.now(), zone: 'Europe/London' };
        const blocks = [];
        for (const section of feature.home ?? []) blocks.push(...(await section.blocks(viewer)));
        return blocks.length > 0 ? { type: 'home', blocks } : undefined;
      },
    },
  );
}

/** The feature in a practice workspace. Fran owns the workspace, Jo facilitates all groups. */
export async function givenWorkspace(options: Partial<PracticeOptions> = {}): Promise<OnSlack> {
  const bench = await givenBench();
  const feature = cohorts(bench);
  const { app, workspace } = await startBot((listening) => connect(listening, bench, feature), options);
  // Known once the workspace has started; the feature reads it when it needs it.
  bench.botUserId = workspace.botUserId;
  bench.client = app.client;
  const person = async (name: string): Promise<Person> => {
    const { id, realName } = workspace.as(name);
    const user = { id, real_name: realName, team_id: teamId, is_admin: name === 'fran' };
    return (await recordSlackUser(bench.db, bench.clock, user, teamId)).person;
  };
  await person('fran');
  const jo = await person('jo');
  await insertRole(bench.db, bench.clock, { personId: jo.id, role: 'facilitator', by: 'system' });
  return { bench, workspace, client: app.client, feature, as: (name) => workspace.as(name), person };
}

export const actorNamed = async ({ bench, person }: OnSlack, name: string): Promise<Actor> =>
  actorOf(bench.db, await person(name));

/** Somebody closes all their windows as soon as Slack has said who is in a channel, or whose an address is. */
export function closeOnceAnswered({ bench, client, workspace, as }: OnSlack, person: string): void {
  const closing =
    <Given, Answer>(ask: (given: Given) => Promise<Answer>) =>
    async (given: Given): Promise<Answer> => {
      try {
        return await ask(given);
      } finally {
        await workspace.act(person, { do: 'close', viewId: as(person).modal()?.id ?? '', all: true });
      }
    };
  const { conversations, users } = client;
  bench.client = Object.assign(Object.create(client) as WebClient, {
    conversations: { ...conversations, members: closing(conversations.members) },
    users: { ...users, lookupByEmail: closing(users.lookupByEmail) },
  });
}

/** Many plainly invented people. */
export const manyPeople = (count: number, change: Partial<PersonSeed> = {}): PersonSeed[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `extra${index}${change.isBot ? 'bot' : ''}${change.deactivated ? 'gone' : ''}`,
    realName: `Extra Person ${index}`,
    ...change,
  }));
