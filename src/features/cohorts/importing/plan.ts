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

export type ImportPlan = {
  trainees: PlannedTrainee[];
  problems: PlanProblem[];
  /** Lines that say the same as an earlier one: address and group. */
  repeats: number[];
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
 * What an import would do: decided before anything is done, so that it can be shown.
 * @param outside addresses in the text that belong to none of the rows.
 */
export function planImport(
  rows: readonly TraineeRow[],
  rules: PlanRules,
  outside: readonly { line: number; address: string }[] = [],
): ImportPlan {
  const plan: ImportPlan = { trainees: [], problems: [], repeats: [], newGroups: [] };
  const seen = new Set<string>();
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
    const key = `${email}\n${place.cohortId ?? ''}\n${place.newCohort?.toLowerCase() ?? ''}`;
    if (seen.has(key)) {
      plan.repeats.push(line);
      continue;
    }
    seen.add(key);
    if (place.newCohort) countNewGroup(plan, place.newCohort, rules);
    const { name, agency, role } = row;
    plan.trainees.push({
      line,
      email,
      name: short(name),
      agency: short(agency),
      role: short(role),
      ...place,
    });
  }
  plan.problems.push(...outside.map((one) => ({ ...one, kind: 'outside' as const })));
  return plan;
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
