import { giveConsent, listConsents, withdrawConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Extra } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { findJourney } from '../store.ts';

/** Which extras somebody said yes to. */
export async function listExtras(
  db: Db,
  personId: string,
  extras: readonly Extra[],
): Promise<Set<Extra['id']>> {
  const given = await listConsents(db, personId);
  return new Set(extras.map(({ id }) => id).filter((id) => given.has(id)));
}

/** What is asked for now, and what somebody said yes to while it was: that can always be taken back. */
export const extrasFor = (extras: readonly Extra[], given: ReadonlySet<string>): Extra[] =>
  extras.filter(({ id, available }) => available || given.has(id));

/** Each extra is its own consent: what is chosen is given, what is not is withdrawn. The history stays. */
export async function saveExtras(
  deps: OnboardingDeps,
  actor: Actor,
  chosen: ReadonlySet<string>,
): Promise<{ kind: 'saved'; given: Set<Extra['id']> } | { kind: 'not-agreed' }> {
  const { db, clock, journey } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-agreed' };
  const outcome = await db.transaction().execute(async (trx) => {
    if ((await findJourney(trx, personId))?.agreementVersion === undefined)
      return { kind: 'not-agreed' } as const;
    const before = await listExtras(trx, personId, journey.extras);
    for (const { id, available } of journey.extras) {
      if (available && chosen.has(id) && !before.has(id))
        await giveConsent(trx, clock, { personId, kind: id, version: String(journey.version) });
      if (!chosen.has(id) && before.has(id)) await withdrawConsent(trx, clock, personId, id);
    }
    const given = await listExtras(trx, personId, journey.extras);
    return { kind: 'saved', given, wasListed: before.has('listed') } as const;
  });
  deps.homeChanged(personId);
  if (outcome.kind === 'not-agreed') return outcome;
  const { given, wasListed } = outcome;
  if (wasListed && !given.has('listed')) await deps.did(personId, { kind: 'unlisted' });
  await deps.did(personId, { kind: 'chose-extras' });
  return { kind: 'saved', given };
}
