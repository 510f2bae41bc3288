import { createHash } from 'node:crypto';
import { type Cohort, findCohort, listCohorts } from '../../../community/cohorts.ts';
import { findPerson } from '../../../community/people.ts';
import { type Actor, cohortsWhere, may } from '../../../community/permissions.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { type Report, reportSchema, type Section, sectionIds } from '../../findings.ts';
import type { EvaluationDeps } from '../deps.ts';
import { type ClosedReport, findMadeOn, listClosed, openClosed, packedReport } from '../store.ts';
import { whoTookPart } from './who-took-part.ts';
import { wordsFor } from './words.ts';

export type Closing = { at: Date; by: string | undefined };

type About = {
  cohort: Cohort;
  nth: number;
  /** Undefined: it is not closed. */
  closed: Closing | undefined;
  /** Those that are closed, the latest first. */
  earlier: ClosedReport[];
  /** It is the latest that is closed, and there is something, or may be, of the time since. */
  goesOn: boolean;
};
export type ReadReport =
  | ({ kind: 'report'; report: Report } & About)
  /** There is nothing to report yet. */
  | ({ kind: 'nothing-yet' } & About)
  /** It was sealed with another key. */
  | ({ kind: 'not-opened' } & About)
  | { kind: 'not-allowed' };

/** Whether somebody may read the report of a group and close it: whoever may open the results of its check-ins. */
export const mayReport = (actor: Actor, cohortId?: string): boolean =>
  may(actor, 'checkins.results', cohortId === undefined ? {} : { cohortId });

/** @param about which one, as `packedReport` has it: the id of a group will do. */
export async function readReport(deps: EvaluationDeps, actor: Actor, about: string): Promise<ReadReport> {
  const { db, vault, clock, timeZone: zone } = deps;
  const wanted = packedReport.open(about);
  const cohort = wanted && mayReport(actor, wanted.cohortId) && (await findCohort(db, wanted.cohortId));
  if (!cohort) return { kind: 'not-allowed' };
  const earlier = await listClosed(db, [cohort.id]);
  const [last] = earlier;
  const nth = Math.min(wanted.nth ?? Math.max(1, last?.nth ?? 1), (last?.nth ?? 0) + 1);
  const now = clock.now();
  const today = localDate(now, zone);
  // Of a group that has ended there is nothing to tell after that.
  const until = cohort.archivedAt ? localDate(cohort.archivedAt, zone) : today;
  const one = earlier.find((closed) => closed.nth === nth);
  if (one) {
    const since = { from: dayAfter(one.until, 1), until };
    const goesOn =
      one === last &&
      (cohort.archivedAt === undefined ||
        (since.from <= until && (await drawUp(deps, cohort, since, now)) !== undefined));
    const closed = { at: one.closedAt, by: (await findPerson(db, one.closedBy))?.displayName };
    const report = await openClosed(db, vault, one.id);
    return report
      ? { kind: 'report', report, cohort, nth, closed, earlier, goesOn }
      : { kind: 'not-opened', cohort, nth, closed, earlier, goesOn };
  }
  const made = (await findMadeOn(db, cohort.id, zone)) ?? today;
  const from = last ? dayAfter(last.until, 1) : (earliest(cohort.startsOn, made) ?? today);
  const at = { cohort, nth, closed: undefined, earlier, goesOn: false };
  // On the day on which the one before was closed, nothing can have come.
  if (from > until) return { kind: 'nothing-yet', ...at };
  const report = await drawUp(deps, cohort, { from, until }, now);
  return report ? { kind: 'report', report, ...at } : { kind: 'nothing-yet', ...at };
}

const earliest = (one: string | undefined, other: string): string =>
  one !== undefined && one < other ? one : other;

type Period = { from: string; until: string };

/** @returns undefined where no feature has found anything out. */
async function drawUp(
  deps: EvaluationDeps,
  cohort: Cohort,
  { from, until }: Period,
  now: Date,
): Promise<Report | undefined> {
  const found: Section[] = [];
  for (const findings of deps.findings())
    found.push(...(await findings(deps.db, { cohortId: cohort.id, from, until }, now)));
  // That nothing was asked yet is no finding.
  if (!found.some(({ parts }) => parts.some(({ kind }) => kind !== 'text'))) return undefined;
  // Only now: who is in a group is counted once, and before anything happens it fills up.
  found.push(await whoTookPart(deps, cohort.id, now));
  const sections = sectionIds.flatMap((id): Section[] => {
    const [first, ...more] = found.filter((one) => one.id === id);
    return first ? [{ ...first, parts: [first, ...more].flatMap(({ parts }) => parts) }] : [];
  });
  const has = new Set(sections.map(({ id }) => id));
  // In the order in which it is read again, so that it is the same to the byte.
  return reportSchema.parse({
    version: 1,
    group: cohort.name,
    from,
    until,
    madeOn: localDate(now, deps.timeZone),
    isClosed: false,
    sections,
    ...wordsFor(cohort.name, (id) => has.has(id)),
  });
}

/** Tells one state of a report from another. */
export const markOf = (report: Report): string =>
  createHash('sha256').update(JSON.stringify(report)).digest('base64url').slice(0, 16);

/** A group of which somebody may read reports, and what was closed of it. */
export type Reportable = { cohort: Cohort; closed: ClosedReport[] };

/** The running groups by name, and then those that are archived. */
export async function listReportable({ db }: EvaluationDeps, actor: Actor): Promise<Reportable[]> {
  if (!mayReport(actor)) return [];
  const among = cohortsWhere(actor, (id) => mayReport(actor, id));
  const cohorts = [
    ...(await listCohorts(db, { among })),
    ...(await listCohorts(db, { among, archived: true })),
  ];
  const closed = Map.groupBy(
    await listClosed(
      db,
      cohorts.map(({ id }) => id),
    ),
    ({ cohortId }) => cohortId,
  );
  return cohorts.map((cohort) => ({ cohort, closed: closed.get(cohort.id) ?? [] }));
}
