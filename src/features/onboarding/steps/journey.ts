import { addWorkingDays } from '../../../scheduler/calendar.ts';

/** The paces of data/onboarding.yaml, in the order of its options. */
export const paces = ['days', 'today', 'next-week', 'none'] as const;
export type Pace = (typeof paces)[number];

export type StepStatus = 'waiting' | 'offered' | 'done' | 'noticed' | 'skipped';

/** One step of one person. Dates are local, `YYYY-MM-DD`. */
export type StepState = {
  stepId: string;
  position: number;
  dueOn: string;
  status: StepStatus;
  /** A step that has to be over first. */
  after?: string | undefined;
  /** What became of the last message about it; undefined while none was written, or when it was taken back unsent. */
  offer?: { isQueued: boolean; on: string } | undefined;
  reminder?: { isQueued: boolean; on: string } | undefined;
  /** They have turned to it, or to their journey, since the last message about it: this is no silence. */
  hasEcho?: boolean;
  /** When they last turned to it, whether or not anything was said about it. */
  echoOn?: string | undefined;
};

export type Situation = {
  /** Local date. */
  today: string;
  pace: Pace;
  wantsReminders: boolean;
  /** The day on which they came back, if they were away: what lay there before is no silence. */
  backOn?: string | undefined;
  steps: readonly StepState[];
};

export type Decision =
  /** Nothing before that local date; undefined: not before something happens. */
  | { kind: 'wait'; until: string | undefined }
  | { kind: 'offer'; stepId: string }
  | { kind: 'remind'; stepId: string }
  /** Two weeks without an echo: say one kind last line and leave it there. */
  | { kind: 'rest' }
  | { kind: 'finish' };

/** data/onboarding.yaml, principles: one reminder for a step, after five days. */
const remindAfterDays = 5;
/** Calendar days between two messages, unless somebody asked for everything at once. */
const usualGapDays = 3;
/** Whoever works shifts may be off for days, and one step left alone says little. */
const silentDaysBeforeRest = 14;
const silentStepsBeforeRest = 2;
/** Where all was offered and the rest never answered, the journey ends by itself. */
const endAfterWorkingDays = 10;
export const snoozeWorkingDays = 5;

export const isOver = (status: StepStatus): boolean =>
  status === 'done' || status === 'noticed' || status === 'skipped';

/**
 * What to do next for one person. One step at a time, in order, three or four days between two messages however long the
 * bot was down, weekends aside (at least a working day with "Everything today"); a message that still waits to be sent holds
 * everything else.
 */
export function decide({ today, pace, wantsReminders, backOn = '', steps }: Situation): Decision {
  if (steps.every((step) => isOver(step.status))) return { kind: 'finish' };
  if (pace === 'none') return { kind: 'wait', until: undefined };
  const messages = steps.flatMap((step) => [step.offer, step.reminder]).filter((one) => one !== undefined);
  if (messages.some((one) => one.isQueued)) return { kind: 'wait', until: undefined };

  const lastOn = messages.map((one) => one.on).reduce((a, b) => (a > b ? a : b), '');
  const freeFrom =
    lastOn === ''
      ? today
      : pace === 'today'
        ? addWorkingDays(lastOn, 1)
        : addWorkingDays(addDays(lastOn, usualGapDays), 0);
  if (today < freeFrom) return { kind: 'wait', until: freeFrom };

  const over = new Set(steps.filter((step) => isOver(step.status)).map((step) => step.stepId));
  const waiting = steps
    .filter((step) => step.status === 'waiting' && (step.after === undefined || over.has(step.after)))
    .toSorted((a, b) => a.position - b.position);
  const next = waiting.find((step) => step.dueOn <= today);
  const silent = silentStreak(steps);
  // Whoever turns to another step, also one that nothing was said about yet, is not silent.
  const heardOn = steps.flatMap(({ echoOn }) => echoOn ?? []);
  const since = [silent.at(-1)?.offer?.on ?? today, backOn, ...heardOn].reduce((a, b) => (a > b ? a : b));
  const isSilent = silent.length >= silentStepsBeforeRest && addDays(since, silentDaysBeforeRest) <= today;
  if (next && !isSilent) return { kind: 'offer', stepId: next.stepId };
  if (next) {
    // "Not now" was answered with a day on which it comes back: that is kept before the rest.
    const [promised] = waiting
      .filter((step) => step.offer !== undefined)
      .toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1));
    if (!promised) return { kind: 'rest' };
    return promised.dueOn <= today
      ? { kind: 'offer', stepId: promised.stepId }
      : { kind: 'wait', until: promised.dueOn };
  }

  const dates = waiting.map((step) => step.dueOn);
  const [latest] = silent;
  if (latest?.offer && !latest.reminder && wantsReminders && !isSilent) {
    const remindOn = addDays(latest.offer.on, remindAfterDays);
    if (remindOn <= today) return { kind: 'remind', stepId: latest.stepId };
    dates.push(remindOn);
  }
  if (steps.every((step) => step.status !== 'waiting')) {
    const endOn = addWorkingDays(lastOn === '' ? today : lastOn, endAfterWorkingDays);
    if (endOn <= today) return { kind: 'finish' };
    dates.push(endOn);
  }
  return { kind: 'wait', until: dates.length === 0 ? undefined : dates.reduce((a, b) => (a < b ? a : b)) };
}

/** The steps since the last one that found an echo, latest first. */
function silentStreak(steps: readonly StepState[]): StepState[] {
  const asked = steps
    .filter((step) => step.offer !== undefined)
    .toSorted((a, b) => ((a.offer?.on ?? '') < (b.offer?.on ?? '') ? 1 : -1));
  const answered = asked.findIndex((step) => step.status !== 'offered' || step.hasEcho);
  return answered === -1 ? asked : asked.slice(0, answered);
}

/** When each step is due, by working days from the anchor. "Everything today" is due at once. */
export function dueDates(
  steps: readonly { id: string; day: number }[],
  { anchorOn, pace }: { anchorOn: string; pace: Pace },
): Map<string, string> {
  return new Map(steps.map((step) => [step.id, addWorkingDays(anchorOn, pace === 'today' ? 0 : step.day)]));
}

/** Steps as they are first written down: waiting, in the order of their version, due on their date or else on `from`. */
export const waitingSteps = (
  steps: readonly { id: string }[],
  version: readonly { id: string }[],
  dates: ReadonlyMap<string, string>,
  from: string,
) =>
  steps.map(({ id }) => ({
    stepId: id,
    position: version.findIndex((one) => one.id === id),
    dueOn: dates.get(id) ?? from,
    status: 'waiting' as const,
  }));

/**
 * New dates for what is still to come, after a pause or with another pace: the first of them on `from`, the others at
 * their old distances.
 */
export function newDueDates(
  waiting: readonly { id: string; day: number }[],
  { from, pace }: { from: string; pace: Pace },
): Map<string, string> {
  const first = Math.min(...waiting.map((step) => step.day));
  return new Map(
    waiting.map((step) => [step.id, addWorkingDays(from, pace === 'today' ? 0 : step.day - first)]),
  );
}

/** The day on which a journey begins for this pace. */
export const anchorFor = (today: string, pace: Pace): string =>
  pace === 'next-week' ? addWorkingDays(today, snoozeWorkingDays) : today;

/** Calendar days. */
export function addDays(date: string, count: number): string {
  const at = new Date(`${date}T12:00:00Z`);
  at.setUTCDate(at.getUTCDate() + count);
  return at.toISOString().slice(0, 10);
}
