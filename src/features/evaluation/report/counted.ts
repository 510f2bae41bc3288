import { fewestPeople, partsOf } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { type Counted, type CountedPart, findCounted, saveCounted } from './store.ts';

/** How it stands now, before anything is left out. */
export type Standing = {
  on: string;
  people: number;
  professions: readonly Group[];
  organisations: readonly Group[];
};
type Group = Omit<CountedPart, 'isShown'>;

/**
 * What is told of a group from now on. A count stays as it is until five people or more are others, have gone or have come,
 * so that nobody who looks twice learns of one of them. What comes in its place shows no number that moved by fewer than
 * five beside the one before.
 */
export function countAgain(before: Counted | undefined, now: Standing): Counted | undefined {
  if (!before) {
    if (now.people < fewestPeople) return undefined;
    return {
      on: now.on,
      people: now.people,
      professions: shownOf(now.professions),
      organisations: shownOf(now.organisations),
    };
  }
  const differing = Math.max(
    leastDiffering(before.professions, now.professions),
    leastDiffering(before.organisations, now.organisations),
  );
  if (differing < fewestPeople || now.people < fewestPeople) return before;
  return {
    on: now.on,
    people: now.people,
    professions: shownBeside(before.professions, now.professions),
    organisations: shownBeside(before.organisations, now.organisations),
  };
}

/** Of how many people these two tell at the least: somebody who is in another part now counts once. */
function leastDiffering(before: readonly Group[], now: readonly Group[]): number {
  let [come, gone] = [0, 0];
  for (const id of new Set([...before, ...now].map((one) => one.id))) {
    const moved = peopleOf(now, id) - peopleOf(before, id);
    if (moved > 0) come += moved;
    else gone -= moved;
  }
  return Math.max(come, gone);
}

const peopleOf = (groups: readonly Group[], id: string): number =>
  groups.find((one) => one.id === id)?.people ?? 0;

function shownOf(groups: readonly Group[]): CountedPart[] {
  const counts = partsOf(groups.map(({ people }) => people));
  return groups.map((one, at) => ({ ...one, isShown: typeof counts[at] === 'number' }));
}

const isFew = (people: number): boolean => people !== 0 && Math.abs(people) < fewestPeople;
const sum = (groups: readonly Group[]): number => groups.reduce((all, { people }) => all + people, 0);

/** What may be shown beside what was shown before: neither a number nor the rest moves by one to four. */
function shownBeside(before: readonly CountedPart[], now: readonly Group[]): CountedPart[] {
  const shown = new Set(shownOf(now).flatMap(({ id, isShown }) => (isShown ? [id] : [])));
  const hasRest = before.some(({ isShown }) => !isShown);
  // Where there was no rest, what is new is known to have been nobody.
  const wasKnown = (id: string) => !hasRest || before.some((one) => one.id === id && one.isShown);
  const movedBy = (id: string) => peopleOf(now, id) - peopleOf(before, id);
  for (const id of shown) if (wasKnown(id) && isFew(movedBy(id))) shown.delete(id);
  const rest = () => sum(now.filter(({ id }) => !shown.has(id)));
  const smallest = () =>
    now.filter(({ id }) => shown.has(id)).toSorted((one, other) => one.people - other.people)[0];
  // What is known of both tells, together with the two sums, how the rest moved.
  const restMovedBy = () => {
    const gone = rest() > 0 ? [] : before.filter(({ id, isShown }) => isShown && peopleOf(now, id) === 0);
    const inBoth = [...[...shown].filter(wasKnown), ...gone.map(({ id }) => id)];
    return sum(now) - sum(before) - inBoth.reduce((all, id) => all + movedBy(id), 0);
  };
  while (shown.size > 0 && (isFew(rest()) || isFew(restMovedBy()))) shown.delete(smallest()?.id ?? '');
  return now.map((one) => ({ ...one, isShown: shown.has(one.id) }));
}

/** What is told of a group now, kept until it is counted anew. @returns undefined where they are too few to be counted. */
export const keepCounted = (
  db: Db,
  vault: Vault,
  cohortId: string,
  standing: Standing,
): Promise<Counted | undefined> =>
  db.transaction().execute(async (trx) => {
    const before = await findCounted(trx, vault, cohortId);
    // With another key it cannot be known what was told.
    if (before === 'unreadable') return undefined;
    const now = countAgain(before, standing);
    if (now && now !== before) await saveCounted(trx, vault, cohortId, now);
    return now;
  });
