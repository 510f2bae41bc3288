import type { View } from '@slack/types';
import { listManagedCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { whoSeesModule } from '../../../community/promises.ts';
import { actions, context, modal, section } from '../../../slack/blocks.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { joinMrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { sayCounted } from './counts.ts';
import type { ModuleDeps } from './deps.ts';
import { listCounted } from './store.ts';
import { allParts } from './views.ts';

const perPage = 10;

/** How far the groups are that somebody runs. @param wanted the page. */
export async function groupsView(
  { db }: Pick<ModuleDeps, 'db'>,
  actor: Actor,
  wanted: number,
): Promise<View> {
  const groups = (await listManagedCohorts(db, actor)).filter(({ id }) =>
    may(actor, 'cohorts.progress', { cohortId: id }),
  );
  const { shown, ...turn } = pageOf(groups, wanted, perPage);
  const counted = await listCounted(
    db,
    shown.map(({ id }) => id),
  );
  return modal({
    callbackId: ids.hubView,
    title: 'Core module',
    blocks: [
      ...(groups.length === 0
        ? [section(mrkdwn`There is no group of yours to count.`)]
        : shown.map(({ id, name }) =>
            section(
              joinMrkdwn(
                [mrkdwn`*${name}*`, ...sayCounted(counted.get(id)).map((line) => mrkdwn`${line}`)],
                '\n',
              ),
            ),
          )),
      actions([
        ...turnButtons(turn, {
          back: { text: 'Earlier', id: ids.groups },
          more: { text: 'More', id: ids.groupsMore },
        }),
        allParts('Training'),
      ]),
      context(
        mrkdwn`${whoSeesModule} Numbers go in steps of five and move only when five people have come between. Whoever is in several groups counts in one, and you do not count. Nobody is expected to do any of it.`,
      ),
    ],
  });
}
