import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/random.ts';

/**
 * Three different things (design, "Agreement, notice, consent"): 'notice' records only that the privacy notice was
 * shown; 'agreement' and 'declined' are the answer to the community agreement; the rest are consents to true extras.
 */
export type ConsentKind = 'notice' | 'agreement' | 'declined' | 'listed' | 'introduced';

/** Records it once per version; giving it again after withdrawing makes a new row, so that the history stays. */
export async function giveConsent(
  db: Db,
  clock: Clock,
  consent: { personId: string; kind: ConsentKind; version: string },
): Promise<void> {
  if (await hasConsent(db, consent.personId, consent.kind, consent.version)) return;
  await db
    .insertInto('consents')
    .values({
      id: newId(clock),
      person_id: consent.personId,
      kind: consent.kind,
      version: consent.version,
      given_at: clock.now().toISOString(),
      withdrawn_at: null,
    })
    .execute();
}

export async function withdrawConsent(
  db: Db,
  clock: Clock,
  personId: string,
  kind: ConsentKind,
): Promise<void> {
  await db
    .updateTable('consents')
    .set({ withdrawn_at: clock.now().toISOString() })
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('withdrawn_at', 'is', null)
    .execute();
}

/** Everything somebody said and did not take back. */
export async function listConsents(db: Db, personId: string): Promise<Set<ConsentKind>> {
  const rows = await db
    .selectFrom('consents')
    .select('kind')
    .where('person_id', '=', personId)
    .where('withdrawn_at', 'is', null)
    .execute();
  return new Set(rows.map(({ kind }) => kind as ConsentKind));
}

/** @param version leave out to ask for any version. */
export async function hasConsent(
  db: Db,
  personId: string,
  kind: ConsentKind,
  version?: string,
): Promise<boolean> {
  let query = db
    .selectFrom('consents')
    .select('id')
    .where('person_id', '=', personId)
    .where('kind', '=', kind)
    .where('withdrawn_at', 'is', null);
  if (version !== undefined) query = query.where('version', '=', version);
  return (await query.executeTakeFirst()) !== undefined;
}
