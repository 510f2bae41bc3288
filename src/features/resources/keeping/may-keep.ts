import { hasConsent } from '../../../community/consents.ts';
import type { Db } from '../../../db/schema.ts';

/** Of people who declined the community agreement nothing personal is stored; they can still look things up. */
export async function mayKeep(db: Db, personId: string): Promise<boolean> {
  if (!(await hasConsent(db, personId, 'declined'))) return true;
  return hasConsent(db, personId, 'agreement');
}
