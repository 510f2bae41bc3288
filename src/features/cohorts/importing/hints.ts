import { hasConsent } from '../../../community/consents.ts';
import type { Db } from '../../../db/schema.ts';
import type { CohortsDeps } from '../deps.ts';
import { deleteHint, type Hint, insertHint, listHintsToUse } from './store.ts';

/** What an import says of somebody's work. It waits here: nothing goes into a profile before the person has agreed. */
export async function rememberHint(
  db: Db,
  deps: Pick<CohortsDeps, 'clock' | 'vault'>,
  personId: string,
  hint: Hint,
): Promise<void> {
  if (hint.role === undefined && hint.agency === undefined) return;
  if (await hasConsent(db, personId, 'declined')) return;
  await insertHint(db, deps, personId, hint);
}

/**
 * Puts what the import said into the profiles of those who have agreed to the community agreement. What a person wrote
 * themselves is never overwritten. Running it twice changes nothing more.
 */
export async function fillProfiles(
  { db, vault, fillProfile, homeChanged }: Pick<CohortsDeps, 'db' | 'vault' | 'fillProfile' | 'homeChanged'>,
  only?: { personId: string },
): Promise<number> {
  const filled = await db.transaction().execute(async (trx) => {
    const hints = await listHintsToUse(trx, vault, only);
    for (const { personId, role, agency: organisation } of hints) {
      await fillProfile(trx, personId, { role, organisation });
      await deleteHint(trx, personId);
    }
    return hints.map(({ personId }) => personId);
  });
  for (const personId of filled) homeChanged(personId);
  return filled.length;
}
