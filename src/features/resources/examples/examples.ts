import { audit } from '../../../community/audit.ts';
import { curatorsSeeChange } from '../../../community/curators.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later, minutes } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue, type Message } from '../../../outbox/outbox.ts';
import { sentInTopic } from '../catalogue/came-of.ts';
import { changeCatalogue, type Inside, insertEntry, type SaveOutcome } from '../catalogue/change.ts';
import { byAColleague, type Resource } from '../content.ts';
import { keepWords } from '../curating/store.ts';
import type { Deps } from '../deps.ts';
import { mayKeep } from '../keeping/may-keep.ts';
import { acceptedExample, declinedExample, type ExampleReason } from './messages.ts';
import * as store from './store.ts';

export type Sent = { kind: 'sent' | 'not-allowed' | 'keeps-nothing' | 'many-wait' };

/** Of one person, so that the curators can keep up. */
const mostWaiting = 3;

/** Sent twice, it waits once. */
export async function sendExample(
  deps: Deps,
  actor: Actor,
  given: Pick<store.Example, 'id' | 'title' | 'text' | 'reflectionId' | 'isKept'>,
): Promise<Sent> {
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (!(await mayKeep(db, personId))) return { kind: 'keeps-nothing' };
  const waiting = await store.listExamples(db, vault, personId);
  if (waiting.length >= mostWaiting && !waiting.some((one) => one.id === given.id))
    return { kind: 'many-wait' };
  await store.insertExample(db, vault, { ...given, personId, sentAt: clock.now() });
  await curatorsSeeChange(deps);
  return { kind: 'sent' };
}

/** One's own that wait, oldest first, then those that are decided on, until their author is told. */
export async function listWaitingOf(
  { db, vault }: Deps,
  actor: Actor,
): Promise<(store.Example & { isDecided: boolean })[]> {
  const personId = actor.person.id;
  if (!may(actor, 'own.read', { ownerId: personId })) return [];
  const waiting = await store.listExamples(db, vault, personId);
  const decided = await store.listPublishedOf(db, vault, personId);
  return [
    ...waiting.map((one) => ({ ...one, isDecided: false })),
    ...decided.map((one) => ({ ...one, isDecided: true })),
  ];
}

/** One's own, while nobody has decided. @returns its words; undefined when it is too late. */
export async function withdrawExample(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<store.Example | undefined> {
  const found = await store.findExample(deps.db, deps.vault, id);
  if (!found || !may(actor, 'own.write', { ownerId: found.personId })) return undefined;
  if (!(await store.deleteExample(deps.db, id))) return undefined;
  await curatorsSeeChange(deps);
  return found;
}

export type Facets = Pick<Resource, 'title' | 'summary' | 'topics' | 'age_groups' | 'audience'>;

/**
 * It becomes an entry without a name: neither it nor the log of changes says whose it was. That is known until its author
 * is told, so that it can be taken back.
 */
export function acceptExample(
  deps: Deps,
  actor: Actor,
  { id, fields }: { id: string; fields: Facets },
): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome> => {
    const { trx } = inside;
    const example = await store.findExample(trx, deps.vault, id);
    if (!example) return { kind: 'gone' };
    const { text } = example;
    const outcome = await insertEntry(deps, inside, {
      ...fields,
      type: 'practice-example',
      publisher: byAColleague,
      text,
      asked_as: [],
    });
    if (outcome.kind !== 'saved') return outcome;
    const toldAt = await someTimeLater(deps, trx, example);
    await store.markPublished(trx, id, { entryId: outcome.entry.id, keptUntil: toldAt });
    await decide(deps, inside, example, 'accepted', acceptedExample, toldAt);
    return outcome;
  });
}

export type DeclineOutcome = { kind: 'gone' | 'not-allowed' } | { kind: 'declined'; example: store.Example };

/** Its author is told why, and has the words again in their own journal. */
export async function declineExample(
  deps: Deps,
  actor: Actor,
  { id, reason, words }: { id: string; reason: ExampleReason; words: string },
): Promise<DeclineOutcome> {
  const outcome = await changeCatalogue(deps, actor, async (inside): Promise<DeclineOutcome> => {
    const example = await store.findExample(inside.trx, deps.vault, id);
    if (!example) return { kind: 'gone' };
    const { personId: to } = example;
    if (words !== '') await keepWords(inside.trx, deps.vault, { about: id, to, words, at: deps.clock.now() });
    await store.deleteExample(inside.trx, id);
    const message = declinedExample(id, { reason, words, draft: deps.draftButton(id) });
    await decide(deps, inside, example, 'declined', message);
    return { kind: 'declined', example };
  });
  if (outcome.kind === 'declined') await deps.giveBack(outcome.example.personId, outcome.example);
  return outcome;
}

/**
 * Whoever is told in the minute in which it appears is known by it: some time of the next day on which they may be
 * written to.
 */
async function someTimeLater(
  { clock, reach, random }: Deps,
  trx: Db,
  { personId }: store.Example,
): Promise<Date> {
  const nextDay = await reach.nextAllowed(trx, personId, later(clock.now(), days(1)));
  return reach.nextAllowed(trx, personId, later(nextDay, minutes(random.int(24 * 60))));
}

async function decide(
  { clock, reach }: Deps,
  { trx, actor }: Inside,
  { id, personId }: store.Example,
  status: 'accepted' | 'declined',
  message: Message,
  at: Date = clock.now(),
): Promise<void> {
  await audit(trx, clock, { actor: actor.person.id, action: 'resources.decide-example', detail: { status } });
  await enqueue(trx, clock, {
    // Put back and decided again, it is told again.
    idempotencyKey: `resources.example:${id}:${newId(clock)}`,
    kind: 'resources.suggestion',
    to: { personId },
    topic: sentInTopic('example', id),
    message,
    sendAfter: await reach.nextAllowed(trx, personId, at),
  });
}
