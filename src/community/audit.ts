import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/random.ts';

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

/** How many entries somebody made, or are about them. */
export async function countAudit(db: Db, personId: string): Promise<number> {
  const row = await db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.countAll<number>().as('many'))
    .where((eb) => eb.or([eb('actor', '=', personId), eb('subject', '=', personId)]))
    .executeTakeFirstOrThrow();
  return Number(row.many);
}
