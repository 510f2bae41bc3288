import type { KnownBlock } from '@slack/types';
import { actions, button, section } from '../../../slack/blocks.ts';
import { mrkdwn, sayTime } from '../../../slack/text.ts';
import type { HomeSection, Viewer } from '../../feature.ts';
import { runBlocks } from '../leading/views.ts';
import { aroundOf } from './around.ts';
import type { SessionDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listNext, listRun, listSeen } from './read.ts';
import { addButton, agreeFirst, lineBlock, listButton, pastButton } from './views.ts';
import { sayWhen } from './when.ts';

/** One line with where they have a place next. One that is kept for them comes first: it ends. What they run stands below. */
export const nextSection = (deps: SessionDeps): HomeSection => ({
  slot: 'now',
  order: 20,
  async blocks({ actor, zone, now }) {
    const own = (await listNext(deps, actor, 10)).filter(({ session }) => !session.isCancelled);
    const offered = own.find((one) => one.own?.status === 'offered');
    if (offered?.own?.offeredUntil)
      return [
        section(
          mrkdwn`*A place is kept for you until ${sayTime(offered.own.offeredUntil, zone)}:* ${offered.session.title}, ${sayWhen(offered.session, zone, deps.timeZone, now)}`,
          button('Open', ids.open, { value: offered.session.id, label: `Open: ${offered.session.title}` }),
        ),
      ];
    const next = own.find((one) => one.own?.status === 'booked' && !one.isHost);
    if (!next) return [];
    const { session } = next;
    return [
      section(
        mrkdwn`*Your next session:* ${session.title}, ${sayWhen(session, zone, deps.timeZone, now)}`,
        button('Open', ids.open, { value: session.id, label: `Open: ${session.title}` }),
      ),
    ];
  },
});

/** In App Home, so many of them. */
const shownAtHome = 4;

export const runSection = (deps: SessionDeps): HomeSection => ({
  slot: 'lead',
  order: 25,
  async blocks({ actor }) {
    const around = await aroundOf(deps, actor);
    const run = await listRun(deps, actor, { page: 0, size: shownAtHome });
    return around.mayPlan || run.total > 0 ? runBlocks(run, around) : [];
  },
});

/** Below the core module: what they have next, or else what they could book. */
export async function hubBlocks(deps: SessionDeps, { actor }: Viewer): Promise<KnownBlock[]> {
  const around = await aroundOf(deps, actor);
  const { shown, total } = await listSeen(deps, actor, { filter: 'coming', size: 3 });
  return [
    section(
      around.hasDeclined && total === 0
        ? mrkdwn`*Sessions*\n${agreeFirst}`
        : total === 0
          ? mrkdwn`*Sessions*\nNo dates yet. They stand here as soon as the programme sets them.`
          : mrkdwn`*Sessions*\nFor people of different professions, to reflect on practice together.`,
    ),
    ...shown.map((seen) => lineBlock(seen, around)),
    actions(
      [
        listButton('coming', total > shown.length ? `All ${total} dates` : 'All sessions'),
        pastButton(),
        ...(around.mayPlan ? [addButton()] : []),
      ],
      'sessions.hub',
    ),
  ];
}
