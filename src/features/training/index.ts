import type { KnownBlock } from '@slack/types';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Feature, PilotParts } from '../feature.ts';
import { keepToTerm } from './access/jobs.ts';
import { listenToAccess } from './access/listeners.ts';
import { deleteNeeds, sealedNeeds } from './access/store.ts';
import { forgetOldLists, thankAfterwards } from './attendance/afterwards.ts';
import { certificateFile } from './attendance/certificate.ts';
import { attendanceToTake } from './attendance/hub.ts';
import { learningFrom as learningFromSessions } from './attendance/learning.ts';
import { listenToAttendance } from './attendance/listeners.ts';
import { readFeed, stopFeed } from './calendar/feed.ts';
import { calendarFile } from './calendar/file.ts';
import { listenToCalendar } from './calendar/listeners.ts';
import { coreModule } from './content.ts';
import type { TrainingDeps } from './deps.ts';
import { trainingFindings } from './findings.ts';
import { furtherView } from './further.ts';
import { missingSection, moduleSection } from './home.ts';
import { type Hub, showHub } from './hub.ts';
import { ids } from './ids.ts';
import { listenToLeading } from './leading/listeners.ts';
import { asksForModule, foundBlocks } from './module/asked.ts';
import { countJob } from './module/counts.ts';
import { learningFrom } from './module/learning.ts';
import { listenToModule } from './module/listeners.ts';
import { packFiles } from './pack/files.ts';
import { listenToPack } from './pack/listeners.ts';
import { listenToPlanning } from './planning/listeners.ts';
import { hearOfSessions } from './sessions/hearing.ts';
import { hubBlocks, nextSection, runSection } from './sessions/home.ts';
import { sessionJobs } from './sessions/jobs.ts';
import { listenToSessions, sessionsCommand } from './sessions/listeners.ts';
import { pilotSession } from './sessions/pilot-part.ts';
import { seenAtSessions } from './sessions/seen.ts';

export { sessionNeedsHeld } from './access/holdings.ts';
export { attendanceHeld } from './attendance/holdings.ts';
export { datedSessions } from './calendar/dated.ts';
export { calendarHeld } from './calendar/holdings.ts';
export type { TrainingDeps } from './deps.ts';
export { trainingHeld } from './holdings.ts';
export { sessionsIn } from './sessions/held-in.ts';
export { sessionsHeld } from './sessions/holdings.ts';
export { createNotes } from './sessions/notes.ts';
export { sessionsSpan } from './sessions/span.ts';

export type TrainingFeature = Feature & {
  /** Opens the core module, for the pages of other features. */
  openButton: { text: string; actionId: string };
  /** What stands above what was found, where somebody looks for the programme's own training; empty for anything else. */
  foundBlocks(question: string): KnownBlock[];
  /** What a calendar gets that asks at somebody's secret address; undefined where that is nobody's. */
  readFeed(secret: string): Promise<string | undefined>;
  /** Sessions of a pilot. */
  pilotPart: PilotParts['session'];
};

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
  const module = coreModule(deps.training);
  const hub: Hub = { sessionBlocks: (viewer) => hubBlocks(deps, viewer), toDoBlocks: attendanceToTake(deps) };
  return {
    name: 'training',
    openButton: { text: 'Open the core module', actionId: ids.open },
    foundBlocks: (question) => (asksForModule(question) ? foundBlocks(module) : []),
    commands: [
      {
        word: 'training',
        takes: [],
        aliases: [
          'core module',
          'the core module',
          'chatr module',
          'the module',
          'the course',
          'the training',
        ],
        isMeantBy: (line) => asksForModule(line),
        help: {
          does: 'Opens the core module: short parts, in any order, at your own pace.',
          example: 'training',
          group: 'find',
        },
        run: async ({ actor, open, answer }) =>
          open ? open(await showHub(deps, hub, actor)) : answer(inWindow),
      },
      sessionsCommand(deps),
    ],
    files: [calendarFile(deps), certificateFile(deps), ...packFiles(deps)],
    sealedColumns: [sealedNeeds],
    listen(to) {
      listenToPack(to, deps);
      listenToAccess(to, deps);
      listenToAttendance(to, deps);
      to.onClick(ids.open, async ({ actor, replace }) => replace(await showHub(deps, hub, actor)));
      to.onClick(ids.further, async ({ actor, value, replace }) =>
        replace(await furtherView(deps, actor, value)),
      );
      listenToModule(to, deps, hub);
      listenToSessions(to, deps);
      listenToPlanning(to, deps);
      listenToLeading(to, deps);
      listenToCalendar(to, deps);
    },
    jobs: [
      countJob(deps),
      ...sessionJobs(deps),
      keepToTerm(deps),
      thankAfterwards(deps),
      forgetOldLists(deps),
    ],
    home: [moduleSection(deps), missingSection(deps), nextSection(deps), runSection(deps)],
    seen: (person, by) => seenAtSessions(deps, person, by),
    readFeed: (secret) => readFeed(deps, secret),
    pilotPart: pilotSession(deps),
    async hears(personId, deed) {
      if (deed.kind === 'left-programme' || deed.kind === 'declined') {
        await deleteNeeds(deps.db, { personId });
        await stopFeed(deps, personId);
      }
      await hearOfSessions(deps, personId, deed);
    },
    learning: [learningFrom(deps), learningFromSessions(deps)],
    findings: trainingFindings(deps),
  };
}
