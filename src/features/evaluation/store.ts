import type { Selectable } from 'kysely';
import { z } from 'zod';
import './tables.ts';
import type { SealedColumn } from '../../db/reseal.ts';
import type { Db } from '../../db/schema.ts';
import { openJson, type Vault } from '../../lib/crypto.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { packed } from '../../slack/packed.ts';
import { type Report, reportSchema } from '../findings.ts';
import type { ClosedReportsTable } from './tables.ts';

/** A report that is closed, without what stands in it. */
export type ClosedReport = {
  id: string;
  cohortId: string;
  nth: number;
  /** Local dates. */
  from: string;
  until: string;
  closedBy: string;
  closedAt: Date;
};

const reportPlace = (id: string) => `report:${id}`;

/** Where reports lie. They are the programme's: nobody's key ends them. */
export const sealedReports: SealedColumn = {
  table: 'closed_reports',
  by: ['id'],
  owner: () => 'programme',
  place: ({ id }) => reportPlace(id),
};

/** Which report of a group; without `nth`, the one that was closed last, or else the first. */
export const packedReport = packed(':', {
  cohortId: z.string().min(1).max(80),
  nth: z.coerce.number().int().min(1).max(999).optional().catch(undefined),
});

export const reportId = (cohortId: string, nth: number): string => packedReport.pack({ cohortId, nth });

/** @returns false where it is closed already. */
export async function insertClosed(
  db: Db,
  vault: Vault,
  closed: Omit<ClosedReport, 'id'>,
  report: Report,
): Promise<boolean> {
  const { cohortId, nth, from, until, closedBy, closedAt } = closed;
  const id = reportId(cohortId, nth);
  const row = await db
    .insertInto('closed_reports')
    .values({
      id,
      cohort_id: cohortId,
      nth,
      from_on: from,
      until_on: until,
      closed_by: closedBy,
      closed_at: closedAt.toISOString(),
      sealed: vault.sealFor('programme', JSON.stringify(report), reportPlace(id)),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Of these groups, the latest of each first. */
export async function listClosed(db: Db, cohortIds: readonly string[]): Promise<ClosedReport[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('closed_reports')
    .selectAll()
    .where('cohort_id', 'in', cohortIds)
    .orderBy('nth', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(toClosed);
}

/** Until which local date the reports of a group are closed; undefined: none is. */
export const reportedUntil = async (db: Db, cohortId: string): Promise<string | undefined> =>
  (await listClosed(db, [cohortId]))[0]?.until;

const toClosed = (row: Selectable<ClosedReportsTable>): ClosedReport => ({
  id: row.id,
  cohortId: row.cohort_id,
  nth: row.nth,
  from: row.from_on,
  until: row.until_on,
  closedBy: row.closed_by,
  closedAt: new Date(row.closed_at),
});

/** What stands in it. @returns undefined where it does not open with the present key. */
export async function openClosed(db: Db, vault: Vault, id: string): Promise<Report | undefined> {
  const row = await db.selectFrom('closed_reports').select('sealed').where('id', '=', id).executeTakeFirst();
  return row && openJson(vault, 'programme', row.sealed, reportPlace(id), reportSchema);
}

/** The local date on which a group was made. */
export async function findMadeOn(db: Db, cohortId: string, zone: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('cohorts')
    .select('created_at')
    .where('id', '=', cohortId)
    .executeTakeFirst();
  return row && localDate(new Date(row.created_at), zone);
}

/** Whoever else wants to plan for this group waits until the transaction is over. */
export const lockCohort = async (trx: Db, id: string): Promise<void> =>
  void (await trx
    .updateTable('cohorts')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', id)
    .execute());

export const recordStage = async (db: Db, checkinId: string, stage: string): Promise<void> =>
  void (await db.insertInto('evaluation_stages').values({ checkin_id: checkinId, stage }).execute());

/** For which stage each of these check-ins was scheduled, by its id; the others were planned in another way. */
export async function listStages(
  db: Db,
  checkinIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (checkinIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('evaluation_stages')
    .selectAll()
    .where('checkin_id', 'in', checkinIds)
    .execute();
  return new Map(rows.map((row) => [row.checkin_id, row.stage]));
}
