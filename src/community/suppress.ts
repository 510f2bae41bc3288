import { inWords } from '../lib/numbers.ts';

/**
 * What may be said of what a group answered, so that no number, alone or beside any other that is shown, tells what one
 * person answered. Everything that shows such numbers asks here. What is not a scale or a choice, such as a date, has no
 * summary at all.
 */

/** From so many people on something is said at all, unless the programme asks for more. */
export const fewestPeople = 5;
/** From so many on averages and counts. */
const finePeople = 12;

/** How many answered, and how many of those can read the results: they know what they said themselves. */
export type Answered = { answered: number; readers: number };
/**
 * The same beside how many of the group have not, readers apart: whether they were asked and left it, or have not agreed to
 * be asked, is nobody's business. Undefined where nobody was asked, and people answered of their own accord.
 */
export type Tally = Answered & { silent: number | undefined };

/**
 * How many answered a round that is over, in words; under `smallest` people no number at all (voice). Whoever runs a group
 * knows how many are in it: so where few are silent, no number either, or it would tell how few.
 */
export function sayTally(tally: Tally, smallest: number): string {
  const shown = showTally(tally, smallest);
  if (shown === 'few') return `Fewer than ${inWords(smallest)} have answered${besides(tally.readers)}.`;
  return shown === 'most' ? 'More than half have answered.' : `${shown} have answered.`;
}

/** The same as a number, where it is one. */
export function showTally({ answered, readers, silent }: Tally, smallest: number): Count {
  if (answered - readers < smallest) return 'few';
  return silent !== undefined && silent < smallest ? 'most' : answered;
}

const besides = (readers: number): string => (readers > 0 ? ', besides those who can read the results' : '');

/**
 * What is said of a round while it is open, so that nobody who watches it learns who has just answered: a count is taken
 * once a day, and stands in the place of the one before only where `smallest` people or more have come between.
 * @param before what was said until now; undefined: nothing was counted yet.
 */
export function recount(before: Tally | undefined, now: Tally, smallest: number): Tally {
  const others = ({ answered, readers }: Tally) => answered - readers;
  const none: Tally = { answered: 0, readers: 0, silent: now.silent };
  const last = before ?? none;
  return Math.abs(others(now) - others(last)) >= smallest ? now : last;
}

/**
 * The last count in words: never a number that moves by ones, but steps of `smallest`.
 * @param done what is counted, as in "had answered".
 */
export function saySoFar(counted: Tally | undefined, smallest: number, done = 'answered'): string {
  if (!counted) return `How many have ${done} is counted once a day, for the first time tomorrow.`;
  const { answered, readers, silent } = counted;
  const others = answered - readers;
  if (others < smallest)
    return `At the last count, fewer than ${inWords(smallest)} had ${done}${besides(readers)}.`;
  if (silent !== undefined && silent < smallest) return `At the last count, more than half had ${done}.`;
  return `At the last count, ${inWords(others - (others % smallest))} or more had ${done}.`;
}

export const fewerThan = (smallest: number): string => `fewer than ${inWords(smallest)}`;

/** `rough`: thirds, and what most chose. `fine`: averages in halves, and counts. */
export type Detail = 'nothing' | 'rough' | 'fine';

/**
 * How much may be said of so many answers. Readers do not count. What they gave is in the sums all the same, and they can
 * take it out again: so of a group with a reader in it little is said, and nothing where they are many.
 */
export function detailOf({ answered, readers }: Answered, smallest: number): Detail {
  const others = answered - readers;
  if (others < smallest || others < 2 * readers + 3) return 'nothing';
  return readers > 0 || others < Math.max(finePeople, smallest) ? 'rough' : 'fine';
}

/** What can be answered: one number of a scale, one of some choices, or several of them. */
export type Shape = { kind: 'scale' | 'choice' | 'choices'; from: number; to: number };
export const thirds = ['low', 'middle', 'high'] as const;
export type Third = (typeof thirds)[number];

/** One choice's count, or what is said in its place. `few`: under `smallest`, or left out so that none can be worked out. */
export type Count = number | 'most' | 'few';
export type Shown =
  /** In which third of the scale the average lies. */
  | { kind: 'third'; third: Third }
  /** The choices that more than half took, everybody perhaps; none: mixed. */
  | { kind: 'most'; values: number[] }
  /** To the nearest half. */
  | { kind: 'average'; value: number }
  /** In the order of the values. */
  | { kind: 'counts'; counts: Count[] };

/** A scale of two values is a yes or no. */
const isScale = ({ kind, from, to }: Shape): boolean => kind === 'scale' && to - from > 1;

/**
 * @param given what each person answered who did, at least `smallest` of them.
 * @param leftOut how many left this one out: they are a group as well.
 */
export function summarise(
  shape: Shape,
  given: readonly (number | readonly number[])[],
  { detail, leftOut, smallest }: { detail: 'rough' | 'fine'; leftOut: number; smallest: number },
): Shown {
  const { from, to } = shape;
  const people = given.length;
  if (isScale(shape)) {
    const sum = given.flat().reduce((total, value) => total + value, 0);
    return detail === 'rough'
      ? { kind: 'third', third: thirdOf(sum - from * people, people * (to - from)) }
      : { kind: 'average', value: Math.round((2 * sum) / people) / 2 };
  }
  const values = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const counts = values.map((value) => given.filter((one) => [one].flat().includes(value)).length);
  const isMost = (count: number) => 2 * count > people;
  if (detail === 'rough')
    return { kind: 'most', values: values.filter((_, index) => isMost(counts[index] ?? 0)) };
  const shown =
    shape.kind === 'choices'
      ? counts.map((count) => (isBetween(count, people, smallest) ? count : undefined))
      : suppress(counts, leftOut, smallest);
  return {
    kind: 'counts',
    counts: counts.map((count, index) => shown[index] ?? (isMost(count) ? 'most' : 'few')),
  };
}

/**
 * Where the average of a scale lies, roughly, whether it was shown as a third or to the nearest half. Worked out of what is
 * shown and of nothing else, so it tells nothing more.
 */
export function bandOf({ from, to }: Pick<Shape, 'from' | 'to'>, shown: Shown): Third | undefined {
  if (shown.kind === 'third') return shown.third;
  return shown.kind === 'average' ? thirdOf(shown.value - from, to - from) : undefined;
}

const thirdOf = (sum: number, whole: number): Third =>
  3 * sum < whole ? 'low' : 3 * sum < 2 * whole ? 'middle' : 'high';

/** How many are in each third of a scale, besides its average. None that is few is seen or can be worked out. */
export function spreadOf(
  { from, to }: Shape,
  given: readonly number[],
  { leftOut, smallest }: { leftOut: number; smallest: number },
): Count[] {
  const inThirds = given.map((value) => thirdOf(value - from, to - from));
  const counts = thirds.map((third) => inThirds.filter((one) => one === third).length);
  const shown = suppress(counts, leftOut, smallest);
  return counts.map((count, index) => shown[index] ?? (2 * count > given.length ? 'most' : 'few'));
}

/** Neither those who did nor those who did not are few. */
const isBetween = (count: number, people: number, smallest: number): boolean =>
  count >= smallest && people - count >= smallest;

/**
 * Which counts may be shown, so that none below `smallest` is seen or can be worked out, and neither that everybody or
 * nobody took a choice: where what is hidden adds up to too few, the smallest that is shown is hidden too, since the
 * total minus the shown ones would reveal it.
 * @returns the count, or undefined where it is suppressed.
 */
function suppress(counts: readonly number[], leftOut: number, smallest: number): (number | undefined)[] {
  const shown = counts.map((count) => (count >= smallest ? count : undefined));
  for (;;) {
    const hidden = counts.filter((_, index) => shown[index] === undefined);
    const people = hidden.reduce((sum, count) => sum + count, leftOut < smallest ? leftOut : 0);
    if (people >= smallest || (people === 0 && hidden.length === 0)) return shown;
    const visible = shown.filter((count) => count !== undefined);
    if (visible.length === 0) return shown;
    shown[shown.indexOf(Math.min(...visible))] = undefined;
  }
}

/**
 * How many people of a group are in each of these parts, which together are all of it: whoever runs it knows how many that
 * is. No part of fewer than five is seen or can be worked out, an empty one neither.
 */
export function partsOf(counts: readonly number[]): Count[] {
  const people = counts.reduce((sum, count) => sum + count, 0);
  const shown = suppress(counts, 0, fewestPeople);
  return counts.map(
    (count, part) => shown[part] ?? (people >= fewestPeople && 2 * count > people ? 'most' : 'few'),
  );
}

/**
 * How many people, as it is said of one time beside others: in steps of five, so that no two of them tell of fewer who came or
 * went. The same of how often five people or more did something: an exact "seven times" would tell a group of nine that one or
 * more of them did not. Under five it is 0, and no number is said.
 */
export const inSteps = (many: number): number => many - (many % fewestPeople);

/**
 * The same of some of a whole that is known, such as those of the members who did something: none of fewer than five who
 * did not is told either.
 */
export function someOf(people: number, all: number): Count {
  const [shown = 'few'] = partsOf([people, all - people]);
  return typeof shown === 'number' ? inSteps(shown) : shown;
}

/**
 * What is kept of what several groups did that share nobody: of each of five people or more by itself, and of the others
 * together where those are five or more, so that what is kept of all, less the groups that are shown, tells of no fewer.
 * @param people how many did it, by the group's id. Those of `noGroup` are among the others.
 */
export function keptApart(
  people: ReadonlyMap<string, number>,
  noGroup: string,
): { apart: string[]; others: string[] } {
  const [apart, others]: [string[], string[]] = [[], []];
  for (const [id, many] of people) (id !== noGroup && many >= fewestPeople ? apart : others).push(id);
  const together = others.reduce((sum, id) => sum + (people.get(id) ?? 0), 0);
  return { apart, others: together >= fewestPeople ? others : [] };
}

/** `exact`: shown with by how much people changed and how sure that is; then its sum is reckoned to be known. */
export type Told = 'rough' | 'fine' | 'exact';

/** A result by its people alone, whatever they said. */
type Group = { people: number; detail: Told };

const isFew = (people: number): boolean => people > 0 && people < fewestPeople;

/** Of two groups that share people, what tells them apart are five people or more: in all, and on each side. */
const areApart = (onlyOne: number, onlyOther: number): boolean =>
  onlyOne + onlyOther >= fewestPeople && !isFew(onlyOne) && !isFew(onlyOther);

/**
 * Whether results of the same question may both be shown of two groups that share people. Not where fewer than five tell
 * them apart; nor where any two results that could come out would together pin down what somebody answered, reckoning
 * that everybody answered this one. It is decided by the numbers of people alone: looking at the answers, it would tell
 * of them.
 * @param shared how many people are in both.
 */
export function mayStandBeside(
  shape: Shape,
  one: Group,
  other: Group,
  shared: number,
  smallest: number,
): boolean {
  if (shared === 0) return true;
  const [onlyOne, onlyOther] = [one.people - shared, other.people - shared];
  if (!areApart(onlyOne, onlyOther)) return false;
  const most = isScale(shape) ? shape.to - shape.from : 1;
  // What each of these parts can have answered in all.
  for (const [low, high] of possibleSums(shape, one, smallest))
    for (const [otherLow, otherHigh] of possibleSums(shape, other, smallest)) {
      const least = Math.max(0, low - onlyOne * most, otherLow - onlyOther * most);
      const greatest = Math.min(shared * most, high, otherHigh);
      // These two results cannot come out together.
      if (least > greatest) continue;
      const isTold = (people: number, from: number, to: number): boolean =>
        people > 0 && from === to && (people === 1 || from === 0 || from === people * most);
      if (
        isTold(shared, least, greatest) ||
        isTold(onlyOne, Math.max(0, low - greatest), Math.min(onlyOne * most, high - least)) ||
        isTold(onlyOther, Math.max(0, otherLow - greatest), Math.min(onlyOther * most, otherHigh - least))
      )
        return false;
    }
  return true;
}

/** What is shown, or is to be, of one question asked once: whose answers are in it, and in what detail. */
export type Figure = { of: ReadonlySet<string>; detail: Told };

/**
 * Whether a figure may be shown beside those that are shown of the same question, asked once: of all who answered, say, and
 * of those of them who answered something else as well. Of the same people it may. Besides theirs, one other set of people at
 * most is shown: of three, what each two hide could be worked out from all.
 */
export function mayJoin(shape: Shape, figure: Figure, shown: readonly Figure[], smallest: number): boolean {
  const others = shown.filter((one) => !isSameSet(one.of, figure.of));
  return others.every(
    (one) =>
      isSameSet(one.of, others[0]?.of ?? one.of) &&
      mayStandBeside(
        shape,
        { people: figure.of.size, detail: figure.detail },
        { people: one.of.size, detail: one.detail },
        sharedBy(figure.of, one.of),
        smallest,
      ),
  );
}

const sharedBy = (one: ReadonlySet<string>, other: ReadonlySet<string>): number =>
  [...one].filter((id) => other.has(id)).length;

const isSameSet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  one.size === other.size && sharedBy(one, other) === one.size;

/** By how much people changed on average, and between what that is likely to lie; each in halves. */
export type Interval = { by: number; from: number; to: number };

/**
 * A change as it is shown: between the averages as they are shown, which tell it already. A nearer one would, where those lie
 * at an end of the scale, tell what everybody answered. Its interval goes outward to halves, and never closer than half a
 * point to either side, so that nobody can tell that everybody changed alike.
 * @param margin how far the mean may be off to either side.
 */
export function showChange(shown: { before: number; after: number }, mean: number, margin: number): Interval {
  const by = shown.after - shown.before;
  return {
    by,
    from: Math.min(Math.floor(2 * (mean - margin)) / 2, by - 0.5),
    to: Math.max(Math.ceil(2 * (mean + margin)) / 2, by + 0.5),
  };
}

/** For each result that can come out, from what to what the answers can add up (of a choice: how many took it). */
function possibleSums(shape: Shape, { people, detail }: Group, smallest: number): [number, number][] {
  if (detail === 'exact')
    return Array.from(
      { length: people * (isScale(shape) ? shape.to - shape.from : 1) + 1 },
      (_, sum): [number, number] => [sum, sum],
    );
  if (!isScale(shape)) {
    const half = Math.floor(people / 2);
    if (detail === 'rough')
      return [
        [0, half],
        [0, people - half - 1],
        [half + 1, people],
      ];
    const exact = Array.from(
      { length: Math.max(0, people - 2 * smallest + 1) },
      (_, index) => index + smallest,
    );
    return [
      [0, smallest - 1],
      [people - smallest + 1, people],
      ...exact.map((n): [number, number] => [n, n]),
    ];
  }
  const whole = people * (shape.to - shape.from);
  // The first sum of each result.
  const firsts =
    detail === 'rough'
      ? [0, whole / 3, (2 * whole) / 3]
      : Array.from({ length: 2 * (shape.to - shape.from) + 1 }, (_, halves) => ((halves - 0.5) * people) / 2);
  const starts = firsts.map((first) => Math.max(0, Math.ceil(first)));
  return starts
    .map((start, index): [number, number] => [start, (starts[index + 1] ?? whole + 1) - 1])
    .filter(([low, high]) => low <= high);
}

/** The same of what people wrote: somebody who wrote alike in two groups must not be one of the few in both. */
export const mayBothBeRead = (one: number, other: number, shared: number): boolean =>
  shared === 0 || (areApart(one - shared, other - shared) && !isFew(shared));
