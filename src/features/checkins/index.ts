import type { Db } from '../../db/schema.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature, PilotParts } from '../feature.ts';
import type { AskedInGroup, Reported } from '../findings.ts';
import { sealOldAnswers } from './answering/before-0008.ts';
import { listenToAnswering } from './answering/listeners.ts';
import { resealBoxes, sealedAnswers } from './answering/store.ts';
import { jobs } from './asking/jobs.ts';
import { listenToAsking } from './asking/listeners.ts';
import { askLater } from './asking/open-rounds.ts';
import { createPrompts } from './asking/prompts.ts';
import { sealedComparisons } from './comparing/store.ts';
import type { CheckInDeps } from './deps.ts';
import { checkinFindings } from './findings.ts';
import { ledSection, openSection, startSection } from './home.ts';
import { ids } from './ids.ts';
import { listenToLeading, showLed } from './leading/listeners.ts';
import { listenToMine, showMine } from './mine/listeners.ts';
import { listenToOffering } from './offering/listeners.ts';
import { listenToPaper } from './paper/listeners.ts';
import { sealedPapers } from './paper/store.ts';
import { listAskedIn, listOver } from './planning/asked-in.ts';
import { sealedBegun } from './planning/begun.ts';
import { beginPlan, listenToPlanning } from './planning/listeners.ts';
import { pilotCheckIn } from './planning/pilot-part.ts';
import { listenToQuoting } from './quoting/listeners.ts';
import { isAnyAsked, mayStand } from './quoting/section.ts';
import { resultFiles } from './results/export.ts';
import { sealedHeard } from './results/heard/store.ts';
import { listenToResults, resultsHomePage } from './results/listeners.ts';
import { countJob } from './results/so-far.ts';
import { sealedHidden, sealedNotes, sealedResults } from './results/store.ts';
import { summaryFile } from './results/summary.ts';
import { seenOfAnswers } from './seen.ts';
import { listenToThemes } from './themes/listeners.ts';
import { sealedThemes } from './themes/store.ts';

export { asksAhead, promptsAhead } from './asking/ahead.ts';
export type { CheckInDeps } from './deps.ts';
export { checkinsHeld } from './holdings.ts';
export { responseIn } from './reporting/response-in.ts';

/** For the card of a group: schedules one for it. */
export const newCheckInButton = {
  text: 'New check-in',
  actionId: ids.create,
  needs: 'checkins.schedule',
  style: 'primary',
} as const;

export type CheckInFeature = Feature & {
  /** A button that lets whoever presses it answer a template by themselves, for the pages of other features. */
  ownButton(templateId: string): { text: string; actionId: string; value: string };
  /** Check-ins of a pilot. */
  pilotPart: PilotParts['checkin'];
  /** Which check-ins a group has at a time. */
  askedIn(db: Db, cohortId: string): Promise<AskedInGroup[]>;
  /** Whether just these quotations may stand in a report, in the transaction that closes it. */
  mayStand(db: Db, group: Reported, quotes: readonly string[]): Promise<boolean>;
  /** Whether words for its report are still asked for. */
  asksForWords(group: Reported): Promise<boolean>;
  /** Which are over, and who answered. */
  over(db: Db, group: Reported): Promise<Awaited<ReturnType<typeof listOver>>>;
  /** Resolves when every prompt says what has become of it, as far as Slack takes it. */
  settled(): Promise<void>;
};

/** Questions to a group, at a time, once or again and again: asked by direct message, answered in a form. */
export function checkins(deps: CheckInDeps): CheckInFeature {
  const prompts = createPrompts(deps);
  return {
    name: 'checkins',
    commands: [mineCommand(deps), leadCommand(deps)],
    listen(to) {
      listenToAsking(to, deps, prompts);
      listenToAnswering(to, deps, prompts);
      listenToMine(to, deps, prompts);
      listenToPlanning(to, deps);
      listenToOffering(to, deps, prompts);
      listenToLeading(to, deps);
      listenToResults(to, deps);
      listenToQuoting(to, deps);
      listenToThemes(to, deps);
      listenToPaper(to, deps, prompts);
    },
    jobs: [...jobs(deps, prompts.changed), countJob(deps), prompts.job],
    async hears(personId, deed) {
      await prompts.hears(personId, deed);
      if (deed.kind === 'agreed' || deed.kind === 'wants-messages') await askLater(deps, personId);
    },
    pilotPart: pilotCheckIn(deps),
    askedIn: (db, cohortId) => listAskedIn(db, cohortId, deps.timeZone),
    mayStand: (db, group, quotes) => mayStand(deps, db, group, quotes),
    asksForWords: (group) => isAnyAsked(deps, group),
    over: (db, group) => listOver(deps, db, group),
    settled: prompts.settled,
    seen: (person, by) => seenOfAnswers(deps, person, by),
    findings: checkinFindings(deps),
    files: [summaryFile(deps), ...resultFiles(deps)],
    home: [openSection(deps), startSection(deps), ledSection(deps)],
    homePages: [resultsHomePage(deps)],
    quickActions: [
      { text: 'My check-ins', actionId: ids.mineList, value: '0', order: 40, isTakingPart: true },
    ],
    sealUnsealed: async (db, tables) =>
      tables.has('answers_before_0008') ? sealOldAnswers(db, deps) : 'done',
    sealedColumns: [
      ...sealedAnswers,
      ...sealedPapers,
      sealedResults,
      sealedComparisons,
      sealedNotes,
      sealedHidden,
      ...sealedThemes,
      sealedHeard,
      sealedBegun,
    ],
    resealMore: (db) => resealBoxes(db, deps),
    ownButton: (templateId) => ({ text: 'Answer now', actionId: ids.own, value: templateId }),
  };
}

const mineCommand = (deps: CheckInDeps): Command => ({
  word: 'checkins',
  takes: [],
  isTakingPart: true,
  aliases: ['check-ins'],
  help: {
    does: 'Shows what is open for you, and what you answered.',
    example: 'checkins',
    group: 'together',
  },
  run: async ({ actor, answer }) => answer(await showMine(deps, actor, 0)),
});

const leadCommand = (deps: CheckInDeps): Command => ({
  word: 'checkin',
  aliases: ['check-in'],
  needs: 'checkins.schedule',
  takes: ['new', 'list'],
  otherwise: {
    says: 'Your own list shows what is open for you, what is coming, and what you have answered.',
    text: 'My check-ins',
    line: 'checkins',
  },
  help: {
    does: 'Asks a group a few questions; /chatr checkin list shows how those you run are going.',
    example: 'checkin new',
    group: 'lead',
  },
  async run({ actor, words, answer, open }) {
    if (words.toLowerCase() !== 'new') return answer(await showLed(deps, actor, 0));
    const first = await beginPlan(deps, actor);
    return first.kind === 'begun' ? open?.(first.view) : answer(first.answer);
  },
});
