import type { Db } from '../../db/schema.ts';
import './tables.ts';

export type Reading = { pathwayId: string; mark: string; notedBy: string; notedAt: Date };

export async function listReadings(db: Db): Promise<Reading[]> {
  const rows = await db.selectFrom('pathway_readings').selectAll().execute();
  return rows.map((row) => ({
    pathwayId: row.pathway_id,
    mark: row.sentence_mark,
    notedBy: row.noted_by,
    notedAt: new Date(row.noted_at),
  }));
}

/** In place of all that was noted of this pathway. */
export async function replaceReadings(
  trx: Db,
  pathwayId: string,
  { marks, by, at }: { marks: readonly string[]; by: string; at: Date },
): Promise<void> {
  await deleteReadings(trx, pathwayId);
  await trx
    .insertInto('pathway_readings')
    .values(
      marks.map((mark) => ({
        pathway_id: pathwayId,
        sentence_mark: mark,
        noted_by: by,
        noted_at: at.toISOString(),
      })),
    )
    .execute();
}

export async function deleteReadings(db: Db, pathwayId: string): Promise<void> {
  await db.deleteFrom('pathway_readings').where('pathway_id', '=', pathwayId).execute();
}
