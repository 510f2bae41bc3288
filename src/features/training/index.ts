import type { Answer } from '../../slack/answer.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import { forgetOldLists, thankAfterwards } from './attendance/afterwards.ts';
import { certificateFile } from './attendance/certificate.ts';
import { afterSessions } from './attendance/hub.ts';
import { learningFrom } from './attendance/learning.ts';
import { listenToAttendance } from './attendance/listeners.ts';
import type { TrainingDeps } from './deps.ts';
import { type HubParts, showHub } from './hub.ts';
import { ids } from './ids.ts';

export { attendanceHeld } from './attendance/holdings.ts';
export type { TrainingDeps } from './deps.ts';
export { sessionsHeld } from './sessions/holdings.ts';

export type TrainingFeature = Feature & {
  /** Opens the core module, for the pages of other features. */
  openButton: { text: string; actionId: string };
};

const openButton = { text: 'Open the core module', actionId: ids.open };

/** Where Slack opens no window by itself. */
const inWindow: Answer = {
  title: 'Training',
  text: 'Training',
  blocks: [
    section(mrkdwn`Training opens in a window that only you see.`),
    actions([button('Open training', ids.open)]),
  ],
};

/** The core module in parts, and sessions by age group. */
export function training(deps: TrainingDeps): TrainingFeature {
  const hub: HubParts = { sessionBlocks: async () => [], afterBlocks: afterSessions(deps) };
  return {
    name: 'training',
    openButton,
    commands: [
      {
        word: 'training',
        isAlone: true,
        aliases: [
          'module',
          'course',
          'core module',
          'the core module',
          'the module',
          'the course',
          'the training',
          'core training',
        ],
        help: {
          does: 'Opens the core module: six short parts, in any order, at your own pace.',
          example: 'training',
          group: 'find',
        },
        run: async ({ actor, open, answer }) =>
          open ? open(await showHub(deps, actor, hub)) : answer(inWindow),
      },
    ],
    jobs: [thankAfterwards(deps), forgetOldLists(deps)],
    files: [certificateFile(deps)],
    learning: learningFrom(deps),
    listen(to) {
      listenToAttendance(to, deps);
      to.onClick(ids.open, async ({ actor, replace }) => replace(await showHub(deps, actor, hub)));
    },
  };
}
