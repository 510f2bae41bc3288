import { audit } from '../../../community/audit.ts';
import { listCohortFacilitators } from '../../../community/cohorts.ts';
import type { Actor } from '../../../community/permissions.ts';
import { later, minutes } from '../../../lib/clock.ts';
import type { EvaluationDeps } from '../deps.ts';
import { insertClosed, reportId } from '../store.ts';
import { markOf, type ReadReport, readReport } from './read.ts';

type Found = Extract<ReadReport, { kind: 'report' }>;
export type CloseOutcome =
  /** `isNew`: by them just now; else it was closed before. */
  | { kind: 'closed'; found: Found; isNew: boolean }
  /** Something else would be closed than what was shown. */
  | { kind: 'changed'; found: Found }
  | { kind: 'nothing-yet' }
  | { kind: 'not-allowed' };

/**
 * Closes the report of a group as it was shown: from then on it is read as it was kept, whatever becomes of the group and
 * its people. @param mark of what was shown.
 */
export async function closeReport(
  deps: EvaluationDeps,
  actor: Actor,
  about: string,
  mark: string,
): Promise<CloseOutcome> {
  const { db, vault, clock } = deps;
  const found = await readReport(deps, actor, about);
  if (found.kind === 'not-allowed') return { kind: 'not-allowed' };
  if (found.kind !== 'report') return { kind: 'nothing-yet' };
  if (found.closed) return { kind: 'closed', found, isNew: isJustClosed(found, actor, clock.now()) };
  if (markOf(found.report) !== mark) return { kind: 'changed', found };
  const { cohort, nth, report } = found;
  const quotes = report.sections.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'quotes' ? part.quotes : [])),
  );
  const isNew = await db.transaction().execute(async (trx) => {
    const period = { cohortId: cohort.id, from: report.from, until: report.until };
    // Somebody took a yes back since it was read.
    if (!(await deps.mayStand(trx, period, quotes))) return undefined;
    const closed = {
      cohortId: cohort.id,
      nth,
      from: report.from,
      until: report.until,
      closedBy: actor.person.id,
      closedAt: clock.now(),
    };
    const isFirst = await insertClosed(trx, vault, closed, { ...report, isClosed: true });
    if (isFirst)
      await audit(trx, clock, {
        actor: actor.person.id,
        action: 'evaluation.close',
        subject: reportId(cohort.id, nth),
        detail: { cohort: cohort.id, nth },
      });
    return isFirst;
  });
  if (isNew === undefined) {
    const again = await readReport(deps, actor, about);
    return again.kind === 'report' ? { kind: 'changed', found: again } : { kind: 'nothing-yet' };
  }
  for (const { id } of await listCohortFacilitators(db, cohort.id)) deps.homeChanged(id);
  deps.homeChanged(actor.person.id);
  const now = await readReport(deps, actor, reportId(cohort.id, nth));
  if (now.kind !== 'report') return { kind: 'not-allowed' };
  return { kind: 'closed', found: now, isNew: isNew || isJustClosed(now, actor, clock.now()) };
}

/** Pressed twice: the second answer stands in the place of the first. */
const isJustClosed = ({ earlier, nth }: Found, { person }: Actor, now: Date): boolean =>
  earlier.some(
    (one) => one.nth === nth && one.closedBy === person.id && later(one.closedAt, minutes(1)) >= now,
  );
