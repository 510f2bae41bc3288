import type { Selectable } from 'kysely';
import { z } from 'zod';
import './tables.ts';
import type { CohortIds } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import type { PilotPartsTable, PilotsTable } from './tables.ts';

export type PilotPartRow = {
  key: string;
  kind: 'day' | 'session' | 'checkin';
  title: string;
  /** Of a session or a check-in. */
  ref: string | undefined;
  hangsOn: string | undefined;
  /** Local dates. */
  wantedOn: string | undefined;
  /** Of a day. */
  isOn: string | undefined;
};

export type Pilot = {
  id: string;
  templateId: string;
  label: string;
  cohortId: string;
  hasMadeGroup: boolean;
  prepares: string | undefined;
  undo: Undo | undefined;
  createdBy: string;
  /** In their order. */
  parts: PilotPartRow[];
};

const counted = z.discriminatedUnion('from', [
  z.object({ from: z.enum(['start', 'end']), days: z.number() }),
  z.object({ from: z.literal('session-begins'), session: z.string(), days: z.number(), time: z.string() }),
  z.object({ from: z.literal('session-over'), session: z.string(), minutes: z.number() }),
  z.object({ from: z.literal('session-day'), session: z.string(), days: z.number(), time: z.string() }),
]);
const undoSchema = z.array(
  z.object({
    key: z.string(),
    date: z.string(),
    time: z.string().optional(),
    counted: counted.optional(),
    wantedOn: z.string().optional(),
    /** Where it was put, local: if it stands elsewhere by now, nothing is undone. */
    to: z.string(),
  }),
);
/** Where the parts stood that were moved last. */
export type Undo = z.output<typeof undoSchema>;

export async function insertPilot(db: Db, pilot: Omit<Pilot, 'undo'>, createdAt: Date): Promise<void> {
  await db
    .insertInto('pilots')
    .values({
      id: pilot.id,
      template_id: pilot.templateId,
      label: pilot.label,
      cohort_id: pilot.cohortId,
      has_made_group: pilot.hasMadeGroup ? 1 : 0,
      prepares: pilot.prepares ?? null,
      undo: null,
      created_by: pilot.createdBy,
      created_at: createdAt.toISOString(),
    })
    .execute();
  await db
    .insertInto('pilot_parts')
    .values(
      pilot.parts.map((part, place) => ({
        pilot_id: pilot.id,
        part: part.key,
        place,
        kind: part.kind,
        title: part.title,
        ref: part.ref ?? null,
        hangs_on: part.hangsOn ?? null,
        wanted_on: part.wantedOn ?? null,
        is_on: part.isOn ?? null,
      })),
    )
    .execute();
}

export async function findPilot(db: Db, id: string): Promise<Pilot | undefined> {
  const row = await db.selectFrom('pilots').selectAll().where('id', '=', id).executeTakeFirst();
  return row && (await withParts(db, row));
}

/** The same; whoever else wants to change it waits until this transaction is over. */
export async function lockPilot(trx: Db, id: string): Promise<Pilot | undefined> {
  const row = await trx
    .updateTable('pilots')
    .set((eb) => ({ id: eb.ref('id') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  return row && (await withParts(trx, row));
}

/** Of which groups; archived ones only when asked for. */
type Which = { among: CohortIds; withArchived: boolean };

function pilotsOf(db: Db, { among, withArchived }: Which) {
  let query = db.selectFrom('pilots').innerJoin('cohorts', 'cohorts.id', 'pilots.cohort_id');
  if (!withArchived) query = query.where('cohorts.archived_at', 'is', null);
  return among === 'all' ? query : query.where('pilots.cohort_id', 'in', among);
}

/** The newest first, archived groups' last. @param page left out: all of them. */
export async function listPilotIds(
  db: Db,
  which: Which,
  page?: { offset: number; limit: number },
): Promise<string[]> {
  if (which.among.length === 0) return [];
  const query = pilotsOf(db, which)
    .select('pilots.id')
    .orderBy((eb) => eb.case().when('archived_at', 'is', null).then(0).else(1).end())
    .orderBy('pilots.created_at', 'desc')
    .orderBy('pilots.id');
  const rows = await (page ? query.limit(page.limit).offset(page.offset) : query).execute();
  return rows.map(({ id }) => id);
}

export async function countPilots(db: Db, which: Which): Promise<number> {
  if (which.among.length === 0) return 0;
  const row = await pilotsOf(db, which)
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .executeTakeFirstOrThrow();
  return Number(row.many);
}

/** Those of a group, the newest first. */
export async function listPilotsOf(db: Db, cohortId: string): Promise<Pilot[]> {
  const pilots: Pilot[] = [];
  for (const id of await listPilotIds(db, { among: [cohortId], withArchived: true })) {
    const pilot = await findPilot(db, id);
    if (pilot) pilots.push(pilot);
  }
  return pilots;
}

/** The pilots of which one of their days, by its key, is on a local date within these, both included. */
export async function listDaysOf(
  db: Db,
  key: string,
  { from, until }: { from: string; until: string },
): Promise<{ pilotId: string; cohortId: string; on: string }[]> {
  const rows = await db
    .selectFrom('pilot_parts')
    .innerJoin('pilots', 'pilots.id', 'pilot_parts.pilot_id')
    .select(['pilots.id', 'cohort_id', 'is_on'])
    .where('part', '=', key)
    .where('is_on', '>=', from)
    .where('is_on', '<=', until)
    .execute();
  return rows.flatMap(({ id, cohort_id: cohortId, is_on: on }) =>
    on === null ? [] : [{ pilotId: id, cohortId, on }],
  );
}

/** Which checklists pilots of these groups have. */
export async function listPrepared(db: Db, cohortIds: readonly string[]): Promise<string[]> {
  if (cohortIds.length === 0) return [];
  const rows = await db
    .selectFrom('pilots')
    .select('prepares')
    .where('cohort_id', 'in', cohortIds)
    .where('prepares', 'is not', null)
    .orderBy('created_at', 'desc')
    .execute();
  return [...new Set(rows.flatMap(({ prepares }) => prepares ?? []))];
}

export async function changePart(
  db: Db,
  pilotId: string,
  key: string,
  change: { wantedOn?: string | undefined; isOn?: string | undefined },
): Promise<void> {
  await db
    .updateTable('pilot_parts')
    .set({
      ...('wantedOn' in change && { wanted_on: change.wantedOn ?? null }),
      ...(change.isOn !== undefined && { is_on: change.isOn }),
    })
    .where('pilot_id', '=', pilotId)
    .where('part', '=', key)
    .execute();
}

export async function saveUndo(db: Db, pilotId: string, undo: Undo | undefined): Promise<void> {
  await db
    .updateTable('pilots')
    .set({ undo: undo ? JSON.stringify(undo) : null })
    .where('id', '=', pilotId)
    .execute();
}

export async function deletePilot(db: Db, id: string): Promise<void> {
  await db.deleteFrom('pilot_parts').where('pilot_id', '=', id).execute();
  await db.deleteFrom('pilots').where('id', '=', id).execute();
}

async function withParts(db: Db, row: Selectable<PilotsTable>): Promise<Pilot> {
  const parts = await db
    .selectFrom('pilot_parts')
    .selectAll()
    .where('pilot_id', '=', row.id)
    .orderBy('place')
    .execute();
  return {
    id: row.id,
    templateId: row.template_id,
    label: row.label,
    cohortId: row.cohort_id,
    hasMadeGroup: row.has_made_group === 1,
    prepares: row.prepares ?? undefined,
    undo: row.undo === null ? undefined : undoSchema.parse(JSON.parse(row.undo)),
    createdBy: row.created_by,
    parts: parts.map(toPart),
  };
}

const toPart = (row: Selectable<PilotPartsTable>): PilotPartRow => ({
  key: row.part,
  kind: row.kind === 'session' || row.kind === 'checkin' ? row.kind : 'day',
  title: row.title,
  ref: row.ref ?? undefined,
  hangsOn: row.hangs_on ?? undefined,
  wantedOn: row.wanted_on ?? undefined,
  isOn: row.is_on ?? undefined,
});
