import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import { countedMonth, type Month } from './month.ts';

/** The oldest first. */
export async function listMonths(db: Db): Promise<Month[]> {
  const rows = await db.selectFrom('programme_months').selectAll().orderBy('month').execute();
  return rows.map((row) => ({ month: row.month, ...countedMonth.parse(JSON.parse(row.counted)) }));
}

/** 'YYYY-MM', of those that are counted. */
export async function findLatestMonth(db: Db): Promise<string | undefined> {
  const last = await db
    .selectFrom('programme_months')
    .select((eb) => eb.fn.max('month').as('month'))
    .executeTakeFirst();
  return last?.month ?? undefined;
}

/** @returns false where it was counted already. */
export async function insertMonth(db: Db, { month, ...counted }: Month): Promise<boolean> {
  const row = await db
    .insertInto('programme_months')
    .values({ month, counted: JSON.stringify(counted) })
    .onConflict((conflict) => conflict.column('month').doNothing())
    .returning('month')
    .executeTakeFirst();
  return row !== undefined;
}

/** Who has agreed to the community agreement, is still here, and has not left the programme. */
export async function listMembers(db: Db): Promise<string[]> {
  const agreed = await db
    .selectFrom('people')
    .select('people.id')
    .where('people.deactivated_at', 'is', null)
    .where('people.kind', 'in', ['member', 'guest'])
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('consents')
          .select('consents.id')
          .whereRef('consents.person_id', '=', 'people.id')
          .where('consents.kind', '=', 'agreement')
          .where('consents.withdrawn_at', 'is', null),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('consents')
            .select('consents.id')
            .whereRef('consents.person_id', '=', 'people.id')
            .where('consents.kind', '=', 'declined')
            .where('consents.withdrawn_at', 'is', null),
        ),
      ),
    )
    .execute();
  const went = await db
    .selectFrom('audit_log')
    .select(['subject', 'action'])
    .where('action', 'in', ['preferences.leave', 'preferences.start'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  const latest = new Map(went.map(({ subject, action }) => [subject, action]));
  return agreed.map(({ id }) => id).filter((id) => latest.get(id) !== 'preferences.leave');
}
