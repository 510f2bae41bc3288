import type { ExpressionBuilder } from 'kysely';
import type { Db, Schema } from '../db/schema.ts';
import { type Clock, days, later } from '../lib/clock.ts';
import { newId } from '../lib/random.ts';
import { somebodyGone } from './holdings.ts';

export type AuditEntry = {
  /** A person's id, or 'system'. */
  actor: string;
  /** feature.verb, e.g. 'roles.grant'. */
  action: string;
  subject?: string;
  /** Ids and choices; never what somebody wrote. */
  detail?: Record<string, string | number | boolean | null>;
};

export async function audit(
  db: Db,
  clock: Clock,
  { actor, action, subject, detail }: AuditEntry,
): Promise<void> {
  await db
    .insertInto('audit_log')
    .values({
      id: newId(clock),
      at: clock.now().toISOString(),
      actor,
      action,
      subject: subject ?? null,
      detail: JSON.stringify(detail ?? {}),
    })
    .execute();
}

/** Who was given a role when is asked about for a while, and then no more. */
const keptForDays = 2 * 365;
/** Small, so that nobody waits for it. What is left comes with the next hour. */
const batch = 500;
const batches = 20;

/** Job: removes old entries, in small parts. @returns how many. */
export async function forgetAudit(db: Db, now: Date, atOnce = batch): Promise<number> {
  let forgotten = 0;
  for (let count = 0; count < batches; count += 1) {
    const old = oldEntriesQuery(db, now, atOnce);
    const { numDeletedRows } = await db
      .deleteFrom('audit_log')
      .where('id', 'in', old)
      .executeTakeFirstOrThrow();
    forgotten += Number(numDeletedRows);
    if (Number(numDeletedRows) < atOnce) break;
  }
  return forgotten;
}

export const oldEntriesQuery = (db: Db, now: Date, limit: number) =>
  db
    .selectFrom('audit_log')
    .select('id')
    .where('at', '<', later(now, -days(keptForDays)).toISOString())
    .limit(limit);

export type KeptEntry = Required<Pick<AuditEntry, 'actor' | 'action' | 'detail'>> & {
  id: string;
  at: Date;
  subject: string | undefined;
};

/** Newest first: what somebody did, and what was done with what is theirs. */
export async function listAudit(db: Db, personId: string): Promise<KeptEntry[]> {
  const rows = await db
    .selectFrom('audit_log')
    .selectAll()
    .where((eb) => eb.or([eb('actor', '=', personId), ...isAbout(eb, personId)]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    at: new Date(row.at),
    actor: row.actor,
    action: row.action,
    subject: row.subject ?? undefined,
    detail: JSON.parse(row.detail) as KeptEntry['detail'],
  }));
}

/** What is about somebody goes with them; of what they did to others, their name. In a transaction. */
export async function forgetInAudit(db: Db, personId: string): Promise<void> {
  await db
    .deleteFrom('audit_log')
    .where((eb) => eb.or(isAbout(eb, personId)))
    .execute();
  await db.updateTable('audit_log').set({ actor: somebodyGone }).where('actor', '=', personId).execute();
}

const isAbout = (eb: ExpressionBuilder<Schema, 'audit_log'>, personId: string) => [
  eb('subject', '=', personId),
  eb('detail', 'like', `%"${personId}"%`),
];
