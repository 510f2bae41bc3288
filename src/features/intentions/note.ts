import { hasConsent } from '../../community/consents.ts';
import { findPerson } from '../../community/people.ts';
import { type Actor, may } from '../../community/permissions.ts';
import type { Random } from '../../lib/random.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { nextReturn } from './coming-back.ts';
import { type IntentionDeps, zoneOf } from './deps.ts';
import {
  changeWords,
  type Draft,
  deleteDraft,
  findDraft,
  findIntention,
  findOffer,
  type Intention,
  insertIntention,
  listIntentions,
  saveDraft,
  saveOffer,
} from './store.ts';

/** Whoever answers every week is not asked every week. */
const daysBetweenOffers = 28;

/**
 * Somebody has answered something: they are offered to note what they will try, beside their receipt and nowhere else. Not
 * while something they noted is still to come back, not twice in four weeks, and not once they said so.
 */
export async function considerOffer(deps: IntentionDeps, personId: string, occasion: string): Promise<void> {
  const { db, vault, clock } = deps;
  const person = await findPerson(db, personId);
  if (!person || (await hasConsent(db, personId, 'declined'))) return;
  const today = localDate(clock.now(), zoneOf(deps, person));
  await db.transaction().execute(async (trx) => {
    const last = await findOffer(trx, personId);
    if (last && (!last.isWanted || daysBetween(last.offeredOn, today) < daysBetweenOffers)) return;
    if ((await listIntentions(trx, vault, personId)).some(({ nextAt }) => nextAt !== undefined)) return;
    await saveOffer(trx, personId, { occasion, offeredOn: today, isWanted: true });
  });
}

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

/** Whether somebody is offered it after this, and has not taken it up. */
export async function isOffered(
  { db, vault }: Pick<IntentionDeps, 'db' | 'vault'>,
  personId: string,
  occasion: string,
): Promise<boolean> {
  const offer = await findOffer(db, personId);
  if (!offer?.isWanted || offer.occasion !== occasion) return false;
  return !(await listIntentions(db, vault, personId)).some((one) => one.occasion === occasion);
}

export async function wantOffers(deps: IntentionDeps, actor: Actor, isWanted: boolean): Promise<void> {
  const { db } = deps;
  const offer = await findOffer(db, actor.person.id);
  if (offer) await saveOffer(db, actor.person.id, { ...offer, isWanted });
}

/** Random, since an id that holds the time would tell when somebody answered. */
export const newIntentionId = ({ random }: { random: Random }): string => random.bytes(16).toString('hex');

export type Begun = ({ kind: 'form'; isChange: boolean } & Draft) | { kind: 'not-yours' | 'declined' };

/** An empty form, or what was begun and not kept. */
export async function beginNote(deps: IntentionDeps, actor: Actor, occasion: string): Promise<Begun> {
  const { db, vault } = deps;
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return { kind: 'not-yours' };
  if (await hasConsent(db, actor.person.id, 'declined')) return { kind: 'declined' };
  const begun = await findDraft(db, vault, actor.person.id);
  if (begun) {
    const isChange = (await findIntention(db, vault, begun.id)) !== undefined;
    return { kind: 'form', isChange, ...begun };
  }
  return { kind: 'form', isChange: false, id: newIntentionId(deps), occasion, words: '' };
}

export async function beginChange(deps: IntentionDeps, actor: Actor, id: string): Promise<Begun> {
  const found = await findOwn(deps, actor, id);
  if (!found) return { kind: 'not-yours' };
  const { db, vault } = deps;
  const begun = await findDraft(db, vault, actor.person.id);
  const words = (begun?.id === id ? begun.words : found.words) ?? '';
  return { kind: 'form', isChange: true, id, occasion: found.occasion, words };
}

/** One of theirs, with its words. */
export async function findOwn(
  { db, vault }: Pick<IntentionDeps, 'db' | 'vault'>,
  actor: Actor,
  id: string,
): Promise<Intention | undefined> {
  const found = await findIntention(db, vault, id);
  return found && may(actor, 'own.read', { ownerId: found.personId }) ? found : undefined;
}

export type KeepOutcome =
  | { kind: 'kept'; intention: Intention; isChange: boolean }
  | { kind: 'not-yours' | 'declined' };

/** Keeps what stands in a form; the form's own id makes that sending it twice keeps it once. */
export async function keepIntention(deps: IntentionDeps, actor: Actor, draft: Draft): Promise<KeepOutcome> {
  const { db, vault, clock } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id })) return { kind: 'not-yours' };
  if (await hasConsent(db, person.id, 'declined')) return { kind: 'declined' };
  const { id, occasion, words } = draft;
  const zone = zoneOf(deps, person);
  const now = clock.now();
  const notedOn = localDate(now, zone);
  const outcome = await db.transaction().execute(async (trx): Promise<KeepOutcome> => {
    // What a client says it comes after counts only where it was offered.
    const isOfTheirs = (await findOffer(trx, person.id))?.occasion === occasion;
    const isNew = await insertIntention(trx, vault, {
      id,
      personId: person.id,
      occasion: isOfTheirs ? occasion : '',
      notedOn,
      nextAt: nextReturn(notedOn, 0, now, zone),
      words,
    });
    const before = await findIntention(trx, vault, id);
    if (!before || !may(actor, 'own.write', { ownerId: before.personId })) return { kind: 'not-yours' };
    if (!isNew && before.words !== words) await changeWords(trx, vault, before, words);
    if ((await findDraft(trx, vault, person.id))?.id === id) await deleteDraft(trx, person.id);
    return { kind: 'kept', intention: { ...before, words }, isChange: !isNew };
  });
  if (outcome.kind === 'kept') deps.homeChanged(person.id);
  return outcome;
}

/** A form was closed: what stood in it is there when they open it again. */
export async function keepBegun(deps: IntentionDeps, actor: Actor, draft: Draft): Promise<void> {
  const { db, vault } = deps;
  const { id: personId } = actor.person;
  if (!may(actor, 'own.write', { ownerId: personId }) || (await hasConsent(db, personId, 'declined'))) return;
  const kept = await findOwn(deps, actor, draft.id);
  const begun = await findDraft(db, vault, personId);
  if (draft.words !== '' && draft.words !== kept?.words) await saveDraft(db, vault, personId, draft);
  else if (begun?.id === draft.id) await deleteDraft(db, personId);
  deps.homeChanged(personId);
}
