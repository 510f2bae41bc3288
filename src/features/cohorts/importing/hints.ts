import { hasConsent } from '../../../community/consents.ts';
import '../tables.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { CohortsDeps } from '../deps.ts';

/** What an import says of somebody's work. It waits here: nothing goes into a profile before the person has agreed. */
export async function rememberHints(
  db: Db,
  clock: Clock,
  personId: string,
  { role, agency }: { role: string | undefined; agency: string | undefined },
): Promise<void> {
  if (role === undefined && agency === undefined) return;
  if (await hasConsent(db, personId, 'declined')) return;
  const now = clock.now().toISOString();
  await db
    .insertInto('profile_hints')
    .values({ person_id: personId, role: role ?? null, organisation: agency ?? null, created_at: now })
    .onConflict((conflict) =>
      conflict.column('person_id').doUpdateSet({
        ...(role !== undefined && { role }),
        ...(agency !== undefined && { organisation: agency }),
        created_at: now,
      }),
    )
    .execute();
}

/** Whoever says no to the agreement has nothing waiting for a yes. */
export async function forgetHints(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('profile_hints').where('person_id', '=', personId).execute();
}

/**
 * Puts what the import said into the profiles of those who have agreed to the community agreement. What a person wrote
 * themselves is never overwritten. Running it twice changes nothing more.
 */
export async function fillProfiles(
  { db, clock, homeChanged }: Pick<CohortsDeps, 'db' | 'clock' | 'homeChanged'>,
  only?: { personId: string },
): Promise<number> {
  const filled = await db.transaction().execute(async (trx) => {
    let query = trx
      .selectFrom('profile_hints')
      .selectAll('profile_hints')
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('consents')
            .select('consents.id')
            .whereRef('consents.person_id', '=', 'profile_hints.person_id')
            .where('consents.kind', '=', 'agreement')
            .where('consents.withdrawn_at', 'is', null),
        ),
      )
      .limit(200);
    if (only) query = query.where('profile_hints.person_id', '=', only.personId);
    const hints = await query.execute();
    for (const hint of hints) {
      const { role, organisation } = hint;
      await trx
        .insertInto('profiles')
        .values({
          person_id: hint.person_id,
          role,
          organisation,
          introduction: null,
          access_needs: null,
          updated_at: clock.now().toISOString(),
        })
        .onConflict((conflict) =>
          conflict.column('person_id').doUpdateSet((eb) => ({
            role: eb.fn.coalesce('profiles.role', eb.val(role)),
            organisation: eb.fn.coalesce('profiles.organisation', eb.val(organisation)),
          })),
        )
        .execute();
      await trx.deleteFrom('profile_hints').where('person_id', '=', hint.person_id).execute();
    }
    return hints.map((hint) => hint.person_id);
  });
  for (const personId of filled) homeChanged(personId);
  return filled.length;
}
