import { closest, distance } from 'fastest-levenshtein';
import type { Cohort } from '../../../community/cohorts.ts';
import { clip } from '../../../slack/text.ts';
import { nameMax, sameName, tidyName } from '../managing/fields.ts';
import { tidyEmail } from './addresses.ts';
import type { TraineeRow } from './people.ts';

export type PlannedTrainee = {
  line: number;
  email: string;
  name: string | undefined;
  cohortId: string | undefined;
  /** A group that does not exist yet. */
  newCohort: string | undefined;
  agency: string | undefined;
  role: string | undefined;
};

export type PlanProblem = { line: number } & (
  | { kind: 'no-address'; name?: string | undefined }
  | { kind: 'bad-address'; written: string }
  /** An address that is not one of the list's people, as far as can be seen. */
  | { kind: 'outside'; address: string }
  /** No such group, and this person may not make one. `near` is one that looks like it. */
  | { kind: 'unknown-group'; name: string; near: string | undefined }
  | { kind: 'not-your-group'; name: string }
  | { kind: 'no-group' }
);

const details = ['name', 'role', 'agency'] as const;
export type Detail = (typeof details)[number];

/** A line about somebody who is on an earlier one, and what was taken where the two do not say the same. */
export type JoinedLine = { line: number; first: number; taken: { what: Detail; value: string }[] };

export type ImportPlan = {
  /** One for each person and group; in no group only whoever has none. What is said of a person is the same in each. */
  trainees: PlannedTrainee[];
  problems: PlanProblem[];
  /** Lines that say nothing which earlier ones do not: address, group, and what else is said. */
  repeats: number[];
  /** Lines that say more of the same person, or something else. */
  joined: JoinedLine[];
  newGroups: { name: string; people: number; near: string | undefined }[];
};

export type PlanRules = {
  /** Running cohorts. */
  cohorts: readonly Cohort[];
  mayImportTo(cohortId: string): boolean;
  /** May make groups, and expect people in none. */
  mayCreate: boolean;
  /** For lines that name no group. */
  defaultCohortId: string | undefined;
};

/**
 * What an import would do: decided before anything is done, so that it can be shown. An address is one person, however
 * many lines it has: they are in each group that one of them names, and of what else is said the first counts.
 * @param outside addresses in the text that belong to none of the rows.
 */
export function planImport(
  rows: readonly TraineeRow[],
  rules: PlanRules,
  outside: readonly { line: number; address: string }[] = [],
): ImportPlan {
  const plan: ImportPlan = { trainees: [], problems: [], repeats: [], joined: [], newGroups: [] };
  const known = new Map<string, PlannedTrainee[]>();
  for (const row of rows) {
    const { line } = row;
    const email = tidyEmail(row.email);
    if (email === undefined) {
      const written = row.email;
      plan.problems.push(
        written === ''
          ? { line, kind: 'no-address', name: short(row.name) }
          : { line, kind: 'bad-address', written },
      );
      continue;
    }
    const place = placeOf(row, rules);
    if ('kind' in place) {
      plan.problems.push({ line, ...place });
      continue;
    }
    const said = { name: short(row.name), agency: short(row.agency), role: short(row.role) };
    const places = known.get(email);
    if (!places) {
      const trainee = { line, email, ...said, ...place };
      known.set(email, [trainee]);
      plan.trainees.push(trainee);
      if (place.newCohort) countNewGroup(plan, place.newCohort, rules);
      continue;
    }
    const taken = takenFrom(places, said);
    const isMore = details.some((what) => said[what] !== undefined && places[0]?.[what] === undefined);
    for (const one of places) for (const what of details) one[what] ??= said[what];
    const isNewPlace = addPlace(plan, places, { line, place });
    if (isNewPlace && place.newCohort) countNewGroup(plan, place.newCohort, rules);
    const first = places[0]?.line ?? line;
    if (isMore || isNewPlace || taken.length > 0) plan.joined.push({ line, first, taken });
    else plan.repeats.push(line);
  }
  plan.problems.push(...outside.map((one) => ({ ...one, kind: 'outside' as const })));
  return plan;
}

/** Where a line does not say what is known of its person: what is known. @param places theirs, which all say the same. */
function takenFrom(
  [known]: readonly PlannedTrainee[],
  said: Pick<PlannedTrainee, Detail>,
): JoinedLine['taken'] {
  return details.flatMap((what) => {
    const value = known?.[what];
    const other = said[what];
    return value === undefined || other === undefined || sameName(value, other) ? [] : { what, value };
  });
}

/** @returns whether this is a group in which its person was not before. */
function addPlace(
  plan: ImportPlan,
  places: PlannedTrainee[],
  { line, place }: { line: number; place: Place },
): boolean {
  const { cohortId, newCohort } = place;
  const isThere = (one: Place): boolean =>
    one.cohortId === cohortId && one.newCohort?.toLowerCase() === newCohort?.toLowerCase();
  const [first] = places;
  if (isInNone(place) || !first || places.some(isThere)) return false;
  if (isInNone(first)) Object.assign(first, place);
  else {
    const another = { ...first, line, ...place };
    places.push(another);
    plan.trainees.push(another);
  }
  return true;
}

const isInNone = ({ cohortId, newCohort }: Place): boolean =>
  cohortId === undefined && newCohort === undefined;

/** Somebody on a list, and where they would be: once for each group. */
type Placed = Place & { email: string };

/** Each person with their places, in the order of the list. */
export const byPerson = <One extends Placed>(rows: readonly One[]): (readonly [One, ...One[]])[] =>
  [...Map.groupBy(rows, ({ email }) => email).values()].flatMap(([first, ...more]) =>
    first ? [[first, ...more] as const] : [],
  );

/** How many people there are, and how many of them in no group. */
export function countPeople(rows: readonly Placed[]): { total: number; inNone: number } {
  const people = byPerson(rows);
  return { total: people.length, inNone: people.filter(([first]) => isInNone(first)).length };
}

type Place = { cohortId: string | undefined; newCohort: string | undefined };
type NoPlace =
  | { kind: 'unknown-group'; name: string; near: string | undefined }
  | { kind: 'not-your-group'; name: string }
  | { kind: 'no-group' };

function placeOf(row: TraineeRow, rules: PlanRules): Place | NoPlace {
  const name = clip(tidyName(row.cohort ?? ''), nameMax);
  if (name === '') {
    if (rules.defaultCohortId !== undefined) return { cohortId: rules.defaultCohortId, newCohort: undefined };
    return rules.mayCreate ? { cohortId: undefined, newCohort: undefined } : { kind: 'no-group' };
  }
  const named = rules.cohorts.filter((cohort) => sameName(cohort.name, name));
  const mine = named.find(({ id }) => rules.mayImportTo(id));
  if (mine) return { cohortId: mine.id, newCohort: undefined };
  if (named.length > 0) return { kind: 'not-your-group', name };
  if (rules.mayCreate) return { cohortId: undefined, newCohort: name };
  return { kind: 'unknown-group', name, near: nearest(name, rules) };
}

function countNewGroup(plan: ImportPlan, name: string, rules: PlanRules): void {
  const known = plan.newGroups.find((group) => sameName(group.name, name));
  if (known) known.people += 1;
  else plan.newGroups.push({ name, people: 1, near: nearest(name, rules) });
}

function nearest(name: string, { cohorts, mayImportTo }: PlanRules): string | undefined {
  const names = cohorts.filter(({ id }) => mayImportTo(id)).map((cohort) => cohort.name);
  if (names.length === 0) return undefined;
  const lower = name.toLowerCase();
  const found = closest(
    lower,
    names.map((one) => one.toLowerCase()),
  );
  if (distance(lower, found) > Math.max(2, Math.floor(name.length / 4))) return undefined;
  return names.find((one) => one.toLowerCase() === found);
}

const short = (text: string | undefined): string | undefined => (text ? clip(text, 100) : undefined);
