import { days, later } from '../../lib/clock.ts';
import { isWorkingDay, localDate } from '../../scheduler/calendar.ts';
import { type DaysOff, isOff } from '../../scheduler/days-off.ts';
import { nextOccurrence, type Recurrence } from '../../scheduler/recurrence.ts';
import type { Prompt } from './deps.ts';
import type { Placed, PromptPlan } from './store.ts';

/** Not an age group: every one in its turn. */
export const anyAge = 'any';
/** The age group of prompts that fit everywhere. */
const forAll = 'all';

/** What may come for an age group: its own in the order of the file, then what fits all. */
export function poolFor(prompts: readonly Prompt[], age: string): Prompt[] {
  if (age !== anyAge)
    return [
      ...prompts.filter(({ age_group }) => age_group === age),
      ...prompts.filter(({ age_group }) => age_group === forAll && age !== forAll),
    ];
  const byAge = [...Map.groupBy(prompts, ({ age_group }) => age_group).values()];
  const most = Math.max(0, ...byAge.map(({ length }) => length));
  return Array.from({ length: most }, (_, nth) => byAge.flatMap((own) => own[nth] ?? [])).flat();
}

/** More of one kind do not come in a row while there is another. */
const mostInARow = 2;

type Turn = {
  /** What those who see it had elsewhere, or will have soon; oldest first. */
  lately?: readonly string[];
  agesInTurn?: boolean;
};

/**
 * One that was not used, and not elsewhere lately as long as there is another; kinds come in the shares they have in the pool,
 * and within a kind in the order of the pool, or of age groups in turn. Where all were used, the one that was longest ago.
 * @param used ids, oldest first; ones that are not there any more are no matter.
 */
export function nextPrompt(
  pool: readonly Prompt[],
  used: readonly string[],
  { lately = [], agesInTurn = false }: Turn = {},
): Prompt | undefined {
  const [last, elsewhere] = [lastOf(used), lastOf(lately)];
  const fresh = pool.filter(({ id }) => !last.has(id));
  const from = fresh.length > 0 ? fresh : pool;
  const open = from.filter(({ id }) => !elsewhere.has(id));
  if (open.length === 0) return longestAgo(from, ({ id }) => elsewhere.get(id));
  if (fresh.length === 0) return longestAgo(open, ({ id }) => last.get(id));
  const had = used.flatMap((id) => pool.find((one) => one.id === id) ?? []);
  const inARow = had.slice(-mostInARow);
  const [before] = inARow;
  const tired = inARow.length === mostInARow && inARow.every(({ kind }) => kind === before?.kind);
  const others = tired ? open.filter(({ kind }) => kind !== before?.kind) : open;
  const share = ({ kind }: Prompt) =>
    (had.filter((one) => one.kind === kind).length + 0.5) / pool.filter((one) => one.kind === kind).length;
  const candidates = others.length > 0 ? others : open;
  const leastHad = longestAgo(candidates, share)?.kind;
  const ofKind = candidates.filter(({ kind }) => kind === leastHad);
  if (!agesInTurn) return ofKind[0];
  const lastAge = lastOf(had.map(({ age_group }) => age_group));
  return longestAgo(ofKind, ({ age_group }) => lastAge.get(age_group));
}

const lastOf = (all: readonly string[]): ReadonlyMap<string, number> =>
  new Map(all.map((one, nth) => [one, nth]));

/** The first of those for which it is least; what never was comes before all. */
const longestAgo = (
  of: readonly Prompt[],
  when: (prompt: Prompt) => number | undefined,
): Prompt | undefined => of.toSorted((a, b) => (when(a) ?? -1) - (when(b) ?? -1))[0];

/** For so long, before and ahead, the same people do not get the same prompt twice while there is another. */
const apartWeeks = 4;
const apart = days(7 * apartWeeks);

/** Whether somebody may see both: everybody sees what is for everybody. */
const areSeenTogether = (
  one: Pick<Placed, 'cohortId' | 'channelId'>,
  other: Pick<Placed, 'cohortId' | 'channelId'>,
): boolean =>
  one.cohortId === undefined ||
  other.cohortId === undefined ||
  one.cohortId === other.cohortId ||
  one.channelId === other.channelId;

/**
 * What each plan brings next, by its id. Those that run come in the order of their times, so that what one of them will take is
 * not promised by another.
 * @param placed what came to channels, oldest first. @param now for plans without a time.
 */
export function whatComes(
  prompts: readonly Prompt[],
  plans: readonly PromptPlan[],
  placed: readonly Placed[],
  now: Date,
): Map<string, Prompt | undefined> {
  const all = [...placed];
  const next = new Map<string, Prompt | undefined>();
  const timeOf = ({ status, nextAt }: PromptPlan) => (status === 'running' ? nextAt : undefined);
  const inOrder = plans.toSorted(
    (a, b) => Number(timeOf(a) ?? Infinity) - Number(timeOf(b) ?? Infinity) || (a.id < b.id ? -1 : 1),
  );
  for (const plan of inOrder) {
    const at = timeOf(plan);
    const since = later(at ?? now, -apart);
    const lately = all.filter(
      (one) => one.channelId !== plan.channelId && one.at > since && areSeenTogether(one, plan),
    );
    // One that left the file meanwhile is passed over.
    const chosen = prompts.find(({ id }) => id === plan.nextPrompt);
    const comes =
      chosen ??
      nextPrompt(poolFor(prompts, plan.age), usedBy(plan, all), {
        lately: lately.map(({ promptId }) => promptId),
        agesInTurn: plan.age === anyAge,
      });
    next.set(plan.id, comes);
    if (at && comes) all.push({ ...plan, promptId: comes.id, at });
  }
  return next;
}

/** What its channel had, by whichever plan, and what it left out; oldest first. */
export const usedBy = ({ channelId, skipped }: PromptPlan, placed: readonly Placed[]): string[] =>
  [...placed.filter((one) => one.channelId === channelId), ...skipped]
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ promptId }) => promptId);

/** What somebody had lately in channels they see, and has soon; oldest first. @param cohortIds of their groups. */
export function seenAround(
  prompts: readonly Prompt[],
  plans: readonly PromptPlan[],
  placed: readonly Placed[],
  { cohortIds, now }: { cohortIds: readonly string[]; now: Date },
): string[] {
  const isTheirs = ({ cohortId }: { cohortId: string | undefined }) =>
    cohortId === undefined || cohortIds.includes(cohortId);
  const all = [...placed];
  let ahead = plans.filter(({ status }) => status === 'running');
  for (let week = 0; week < apartWeeks; week += 1) {
    const next = whatComes(prompts, ahead, all, now);
    for (const { id, nextAt, ...plan } of ahead) {
      const promptId = next.get(id)?.id;
      if (nextAt && promptId) all.push({ ...plan, promptId, at: nextAt });
    }
    ahead = ahead.map((plan) => ({
      ...plan,
      nextPrompt: undefined,
      nextAt: plan.nextAt && later(plan.nextAt, days(7)),
    }));
  }
  return all
    .filter((one) => isTheirs(one) && one.at > later(now, -apart))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map(({ promptId }) => promptId);
}

/** Longer than any programme is closed. */
const mostLeftOut = 200;

/** The next time strictly after an instant on a day on which people work: closed days and bank holidays are left out. */
export function nextTime(recurrence: Recurrence, after: Date, daysOff: DaysOff): Date | undefined {
  let next = nextOccurrence(recurrence, after);
  for (let tries = 0; next && tries < mostLeftOut; tries += 1) {
    if (isOpen(next, recurrence.zone, daysOff)) return next;
    next = nextOccurrence(recurrence, next);
  }
  return undefined;
}

export function isOpen(at: Date, zone: string, daysOff: DaysOff): boolean {
  const date = localDate(at, zone);
  return isWorkingDay(date) && !isOff(daysOff, date);
}
