import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { type Heard, reopenSuggestions, sentInTopic } from '../catalogue/came-of.ts';
import { changeCatalogue, insertEntry, type SaveOutcome } from '../catalogue/change.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { acceptedNote, type Decline, declinedNote, declinedTogetherNote } from './notes.ts';
import { deleteWords, keepWords } from './words.ts';

type Undone = { kind: 'gone' | 'not-allowed' } | { kind: 'reopened'; heard: Heard };
type Declined =
  | { kind: 'gone' | 'not-allowed' }
  | {
      kind: 'decided';
      title: string;
      /** How many hear it, and how many have heard it before. */
      told: number;
      known: number;
    };

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
      const { id: entryId } = outcome.entry;
      await record(deps, trx, actor, { id: one.id, status: 'accepted', entryId, said: 'accepted' });
      if (one.heard !== 'accepted') await tell(deps, trx, one, acceptedNote(outcome.entry, one.heard));
    }
    return outcome;
  });
}

/** Answers everybody who suggested this page, unless they have heard the same. */
export function declineSuggestion(
  deps: Deps,
  actor: Actor,
  { id, ...decline }: { id: string } & Decline,
): Promise<Declined> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<Declined> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (suggestion?.status !== 'waiting') return { kind: 'gone' };
    const { reason, words } = decline;
    const counts = { told: 0, known: 0 };
    for (const one of await store.listTogether(trx, suggestion)) {
      const said = reason === 'silent' ? undefined : reason;
      await record(deps, trx, actor, { id: one.id, status: 'declined', said });
      if (reason === 'silent') continue;
      if (reason === one.heard && words === '') {
        counts.known += 1;
        continue;
      }
      counts.told += 1;
      const written = { about: one.id, to: one.personId, words, at: deps.clock.now() };
      if (words !== '') await keepWords(trx, deps.vault, written);
      await tell(deps, trx, one, declinedNote(one, { reason, words }));
    }
    return { kind: 'decided', title: suggestion.title, ...counts };
  });
}

/** All that waits of whoever suggested this one, for one reason. They hear of it once, unless they are told nothing. */
export function declineAllOf(
  deps: Deps,
  actor: Actor,
  { id, reason, words }: { id: string } & Decline,
): Promise<{ kind: 'gone' } | { kind: 'not-allowed' } | { kind: 'declined'; many: number; isTold: boolean }> {
  return changeCatalogue(deps, actor, async ({ trx }) => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    const waiting = await store.listWaitingSuggestions(trx);
    const theirs = waiting.filter(({ personId }) => personId === suggestion.personId);
    const [first] = theirs;
    if (!first) return { kind: 'gone' };
    const said = reason === 'silent' ? undefined : reason;
    for (const one of theirs) await record(deps, trx, actor, { id: one.id, status: 'declined', said });
    const isTold = reason !== 'silent';
    if (isTold) {
      const written = { about: first.id, to: first.personId, words, at: deps.clock.now() };
      if (words !== '') await keepWords(trx, deps.vault, written);
      await tell(deps, trx, first, declinedTogetherNote([first, ...theirs.slice(1)], { reason, words }));
    }
    return { kind: 'declined', many: theirs.length, isTold };
  });
}

/** It waits again, with whatever was decided together with it. What was to be told of it is not, unless it was on its way. */
export function reopenSuggestion(deps: Deps, actor: Actor, id: string): Promise<Undone> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<Undone> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    const together = await store.listTogether(trx, suggestion);
    for (const one of together) {
      await log(deps, trx, actor, { id: one.id, status: 'waiting' });
      await deleteWords(trx, one.id);
    }
    return { kind: 'reopened', heard: await reopenSuggestions(trx, together) };
  });
}

async function record(
  deps: Deps,
  trx: Db,
  actor: Actor,
  {
    id,
    ...decision
  }: { id: string } & Pick<Parameters<typeof store.decideSuggestion>[2], 'status' | 'entryId' | 'said'>,
): Promise<void> {
  await store.decideSuggestion(trx, id, {
    ...decision,
    decidedBy: actor.person.id,
    at: deps.clock.now(),
  });
  await log(deps, trx, actor, { id, status: decision.status });
}

const log = (
  { clock }: Deps,
  trx: Db,
  actor: Actor,
  { id, status }: Pick<store.Suggestion, 'id' | 'status'>,
): Promise<void> =>
  audit(trx, clock, { actor: actor.person.id, action: 'resources.decide', subject: id, detail: { status } });

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
