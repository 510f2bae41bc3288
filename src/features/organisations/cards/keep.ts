import { hasConsent } from '../../../community/consents.ts';
import { curatorsSeeChange } from '../../../community/curators.ts';
import { findPersonBySlackId, isOurs } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { cancelQueued, enqueue, type Message, sealMessage } from '../../../outbox/outbox.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { CardDeps, OrganisationsDeps } from '../deps.ts';
import {
  type Card,
  changeCard,
  countCardsOf,
  deleteCard,
  findCard,
  insertCard,
  releaseCards,
  type SaidOnCard,
} from './store.ts';
import { handedOverMessage } from './views.ts';

/** How long what somebody said of their team is good for, unless they say otherwise: half a year. */
export const checkEveryDays = 182;
/** And at most: a year. */
export const longestDays = 365;

/** Of one person, so that the list stays one of teams. */
const mostCards = 10;

export const topicOf = (id: string): string => `team-card:${id}`;

export const todayOf = ({ clock, timeZone }: Pick<OrganisationsDeps, 'clock' | 'timeZone'>): string =>
  localDate(clock.now(), timeZone);

/** Whoever keeps a card, and curators. */
export const mayChange = (actor: Actor, { ownerId }: Pick<Card, 'ownerId'>): boolean =>
  ownerId === actor.person.id ? may(actor, 'own.write', { ownerId }) : may(actor, 'resources.curate');

/** Nothing is kept of what somebody writes who has not agreed to the community agreement. */
export const mayMake = async ({ db }: Pick<OrganisationsDeps, 'db'>, { person }: Actor): Promise<boolean> =>
  may({ person, roles: [] }, 'own.write', { ownerId: person.id }) &&
  (await hasConsent(db, person.id, 'agreement')) &&
  !(await hasConsent(db, person.id, 'declined'));

type Refused = { kind: 'not-allowed' | 'gone' };
export type KeepOutcome = Refused | { kind: 'saved'; card: Card } | { kind: 'too-many' };

/** Makes a card, or changes it: to have written it down anew is to have checked it. Sent twice, it is made once. */
export async function keepCard(
  deps: CardDeps,
  actor: Actor,
  { id, isNew, said }: { id: string; isNew: boolean; said: Omit<SaidOnCard, 'languages' | 'room'> },
): Promise<KeepOutcome> {
  const { vault, clock } = deps;
  const today = todayOf(deps);
  const checked = { checkedOn: today, checkBy: dayAfter(today, checkEveryDays) };
  const mayBegin = await mayMake(deps, actor);
  return changed(deps, actor.person.id, async (trx) => {
    const before = await findCard(trx, vault, id);
    if (before) {
      if (!mayChange(actor, before)) return { kind: 'not-allowed' };
      const card = { ...before, ...checked, said: { ...before.said, ...said } };
      await changeCard(trx, vault, id, card);
      await cancelQueued(trx, { topic: topicOf(id), kind: 'teams.check' }, 'checked');
      return { kind: 'saved', card };
    }
    if (!isNew) return { kind: 'gone' };
    if (!mayBegin) return { kind: 'not-allowed' };
    if ((await countCardsOf(trx, actor.person.id)) >= mostCards) return { kind: 'too-many' };
    const card: Card = {
      id,
      ownerId: actor.person.id,
      said: { ...said, languages: '', room: '' },
      ...checked,
    };
    await insertCard(trx, vault, card, clock.now());
    return { kind: 'saved', card };
  });
}

async function changed<Outcome>(
  deps: CardDeps,
  personId: string,
  work: (trx: Db) => Promise<Outcome>,
): Promise<Outcome> {
  const outcome = await deps.db.transaction().execute(work);
  deps.cardsChanged();
  deps.homeChanged(personId);
  return outcome;
}

/** Does something with a card that this person may change. */
const onCard = <Outcome>(
  deps: CardDeps,
  actor: Actor,
  id: string,
  work: (trx: Db, card: Card) => Promise<Outcome>,
): Promise<Outcome | Refused> =>
  changed(deps, actor.person.id, async (trx) => {
    const card = await findCard(trx, deps.vault, id);
    if (!card) return { kind: 'gone' };
    return mayChange(actor, card) ? work(trx, card) : { kind: 'not-allowed' };
  });

export const keepMore = (
  deps: CardDeps,
  actor: Actor,
  { id, languages, room, checkBy }: Pick<SaidOnCard, 'languages' | 'room'> & { id: string; checkBy: string },
): Promise<Refused | { kind: 'saved'; card: Card }> =>
  onCard(deps, actor, id, async (trx, before) => {
    const said = { ...before.said, languages, room };
    await changeCard(trx, deps.vault, id, { said, checkBy });
    return { kind: 'saved', card: { ...before, said, checkBy } } as const;
  });

/** It is right as it stands. */
export const confirmCard = (
  deps: CardDeps,
  actor: Actor,
  id: string,
): Promise<Refused | { kind: 'saved'; card: Card }> =>
  onCard(deps, actor, id, async (trx, card) => {
    const today = todayOf(deps);
    const checked = { checkedOn: today, checkBy: dayAfter(today, checkEveryDays) };
    await changeCard(trx, deps.vault, id, checked);
    await cancelQueued(trx, { topic: topicOf(id), kind: 'teams.check' }, 'checked');
    return { kind: 'saved', card: { ...card, ...checked } } as const;
  });

/** For good. */
export async function removeCard(
  deps: CardDeps,
  actor: Actor,
  id: string,
): Promise<Refused | { kind: 'removed'; team: string }> {
  const outcome = await onCard(deps, actor, id, async (trx, card) => {
    await deleteCard(trx, id);
    await cancelQueued(trx, { topic: topicOf(id) }, 'removed');
    return { kind: 'removed', team: card.said.team } as const;
  });
  if (outcome.kind === 'removed') await curatorsSeeChange(deps);
  return outcome;
}

export type HandOverOutcome =
  | Refused
  | { kind: 'handed-over'; card: Card }
  /** Somebody who does not take part, or wants nothing asked: which of these is nobody's business. */
  | { kind: 'not-reached' | 'theirs-already' };

/** Sealed while it waits, since it tells where they work. In a transaction. */
export async function tellKeeper(
  { vault, clock, reach }: Pick<OrganisationsDeps, 'vault' | 'clock' | 'reach'>,
  trx: Db,
  {
    message,
    ...about
  }: {
    idempotencyKey: string;
    kind: 'teams.check' | 'teams.handed-over';
    topic: string;
    to: { personId: string };
    message: Message;
  },
): Promise<void> {
  await enqueue(trx, clock, {
    ...about,
    message: sealMessage(vault, about, message),
    sendAfter: await reach.nextAllowed(trx, about.to.personId, clock.now()),
  });
}

/** They keep it from now on, and are told once. */
export async function handOver(
  deps: CardDeps,
  actor: Actor,
  { id, slackId }: { id: string; slackId: string },
): Promise<HandOverOutcome> {
  const { db, vault, clock, reach } = deps;
  const person = await findPersonBySlackId(db, slackId);
  const isReached = person && isOurs(person) && (await reach.mayBeAsked(db, person.id));
  const outcome = await onCard(deps, actor, id, async (trx, card): Promise<HandOverOutcome> => {
    if (person && card.ownerId === person.id) return { kind: 'theirs-already' };
    if (!isReached) return { kind: 'not-reached' };
    await changeCard(trx, vault, id, { ownerId: person.id });
    await cancelQueued(trx, { topic: topicOf(id) }, 'handed-over');
    if (person.id !== actor.person.id)
      await tellKeeper(deps, trx, {
        idempotencyKey: `teams.handed-over:${id}:${person.id}:${clock.now().toISOString()}`,
        kind: 'teams.handed-over',
        topic: topicOf(id),
        to: { personId: person.id },
        message: handedOverMessage(card),
      });
    return { kind: 'handed-over', card: { ...card, ownerId: person.id } };
  });
  if (outcome.kind === 'handed-over' && person) {
    deps.homeChanged(person.id);
    await curatorsSeeChange(deps);
  }
  return outcome;
}

/** Whoever leaves, or says no to the agreement, keeps no card: the curators see them. */
export async function endKeeping(deps: OrganisationsDeps, personId: string): Promise<void> {
  const released = await deps.db.transaction().execute(async (trx) => {
    for (const kind of ['teams.check', 'teams.handed-over'] as const)
      await cancelQueued(trx, { personId, kind }, 'left');
    return releaseCards(trx, personId);
  });
  if (released > 0) await curatorsSeeChange(deps);
}
