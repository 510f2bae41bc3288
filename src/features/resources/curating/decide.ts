import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { sentInTopic } from '../catalogue/came-of.ts';
import { changeCatalogue, insertEntry, type SaveOutcome } from '../catalogue/change.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { acceptedNote, type Decline, declinedNote } from './notes.ts';
import { deleteWords, keepWords } from './words.ts';

type Decided = { kind: 'gone' } | { kind: 'not-allowed' } | { kind: 'decided'; title: string };

/** Publishes what was suggested, as the curator has written it, and tells everybody who suggested this page. */
export function acceptSuggestion(
  deps: Deps,
  actor: Actor,
  { id, fields }: { id: string; fields: Omit<Resource, 'id'> },
): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome> => {
    const { trx } = inside;
    const suggestion = await store.findSuggestion(trx, id);
    if (suggestion?.status !== 'waiting') return { kind: 'gone' };
    const outcome = await insertEntry(deps, inside, fields);
    if (outcome.kind !== 'saved') return outcome;
    for (const one of await store.listTogether(trx, suggestion)) {
      await record(deps, trx, actor, { id: one.id, status: 'accepted', entryId: outcome.entry.id });
      await tell(deps, trx, one, acceptedNote(outcome.entry));
    }
    return outcome;
  });
}

/** Answers everybody who suggested this page. */
export function declineSuggestion(
  deps: Deps,
  actor: Actor,
  { id, ...decline }: { id: string } & Decline,
): Promise<Decided> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<Decided> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (suggestion?.status !== 'waiting') return { kind: 'gone' };
    const { reason, words } = decline;
    for (const one of await store.listTogether(trx, suggestion)) {
      await record(deps, trx, actor, { id: one.id, status: 'declined' });
      if (reason === 'silent') continue;
      const said = { about: one.id, to: one.personId, words, at: deps.clock.now() };
      if (words !== '') await keepWords(trx, deps.vault, said);
      await tell(deps, trx, one, declinedNote(one, { reason, words }));
    }
    return { kind: 'decided', title: suggestion.title };
  });
}

/** All that waits of whoever suggested this one, without a word to them. */
export function declineAllOf(
  deps: Deps,
  actor: Actor,
  id: string,
): Promise<{ kind: 'gone' } | { kind: 'not-allowed' } | { kind: 'declined'; many: number }> {
  return changeCatalogue(deps, actor, async ({ trx }) => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    const waiting = await store.listWaitingSuggestions(trx);
    const theirs = waiting.filter(({ personId }) => personId === suggestion.personId);
    for (const one of theirs) await record(deps, trx, actor, { id: one.id, status: 'declined' });
    return theirs.length === 0 ? { kind: 'gone' } : { kind: 'declined', many: theirs.length };
  });
}

/** It waits again, with whatever was decided together with it. What was to be told of it is not, unless it was on its way. */
export function reopenSuggestion(deps: Deps, actor: Actor, id: string): Promise<Decided> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<Decided> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    for (const one of await store.listTogether(trx, suggestion)) {
      await record(deps, trx, actor, { id: one.id, status: 'waiting' });
      await cancelQueued(trx, { topic: sentInTopic('suggestion', one.id) }, 'decided-again');
      await deleteWords(trx, one.id);
    }
    return { kind: 'decided', title: suggestion.title };
  });
}

async function record(
  { clock }: Deps,
  trx: Db,
  actor: Actor,
  { id, status, entryId }: { id: string; status: store.Suggestion['status']; entryId?: string },
): Promise<void> {
  const decidedBy = actor.person.id;
  await store.decideSuggestion(trx, id, { status, decidedBy, at: clock.now(), ...(entryId && { entryId }) });
  await audit(trx, clock, { actor: decidedBy, action: 'resources.decide', subject: id, detail: { status } });
}

async function tell(
  deps: Deps,
  trx: Db,
  { id, personId }: store.Suggestion,
  message: Parameters<typeof enqueue>[2]['message'],
): Promise<void> {
  await enqueue(trx, deps.clock, {
    // Decided again, it is told again; twice the same decision is refused before.
    idempotencyKey: `resources.suggestion:${id}:${newId(deps.clock)}`,
    kind: 'resources.suggestion',
    to: { personId },
    topic: sentInTopic('suggestion', id),
    message,
    sendAfter: await deps.reach.nextAllowed(trx, personId, deps.clock.now()),
  });
}
