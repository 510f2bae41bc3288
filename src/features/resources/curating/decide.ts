import { audit } from '../../../community/audit.ts';
import { findPerson, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { decisionTopic, type Heard, reopenSuggestions } from '../catalogue/came-of.ts';
import { changeCatalogue, insertEntry, type SaveOutcome } from '../catalogue/change.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import {
  acceptedNote,
  type Decline,
  declinedNote,
  declinedTogetherNote,
  hearsOfSilence,
  notAddedNote,
} from './notes.ts';
import { deleteWords, keepWords } from './store.ts';

/** Somebody else was faster. @property by undefined: somebody who has left. */
export type DecidedBefore = {
  kind: 'decided-before';
  suggestion: store.Suggestion;
  by: Person | undefined;
};
type Undone = { kind: 'gone' | 'not-allowed' } | { kind: 'reopened'; heard: Heard; many: number };
export type Declined =
  | { kind: 'gone' | 'not-allowed' }
  | {
      kind: 'decided';
      title: string;
      /** How many hear it, and how many have heard it before. */
      told: number;
      known: number;
    };

export type AllDeclined =
  | { kind: 'gone' | 'not-allowed' }
  | { kind: 'declined'; many: number; isTold: boolean };

/** @returns undefined while it waits. */
export async function decidedBefore(
  db: Db,
  suggestion: store.Suggestion,
): Promise<DecidedBefore | undefined> {
  if (suggestion.status === 'waiting') return undefined;
  const by = suggestion.decided && (await findPerson(db, suggestion.decided.by));
  return { kind: 'decided-before', suggestion, by };
}

/** Publishes what was suggested, as the curator has written it, and tells everybody who suggested this page. */
export function acceptSuggestion(
  deps: Deps,
  actor: Actor,
  { id, fields }: { id: string; fields: Omit<Resource, 'id'> },
): Promise<SaveOutcome | DecidedBefore> {
  return changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome | DecidedBefore> => {
    const { trx } = inside;
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    const before = await decidedBefore(trx, suggestion);
    if (before) return before;
    const outcome = await insertEntry(deps, inside, fields);
    if (outcome.kind !== 'saved') return outcome;
    const decision = newId(deps.clock);
    for (const one of await store.listTogether(trx, suggestion)) {
      const { id: entryId } = outcome.entry;
      await record(deps, trx, actor, { id: one.id, decision, status: 'accepted', entryId, said: 'accepted' });
      if (one.heard !== 'accepted')
        await tell(deps, trx, { ...one, decision }, acceptedNote(outcome.entry, one.heard));
    }
    return outcome;
  });
}

/** Answers everybody who suggested this page, unless they have heard the same, or are to be told nothing. */
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
    const decision = newId(deps.clock);
    for (const one of await store.listTogether(trx, suggestion)) {
      if (reason === 'silent') {
        if (await declineSilently(deps, trx, actor, { one, decision })) counts.told += 1;
        continue;
      }
      await record(deps, trx, actor, { id: one.id, decision, status: 'declined', said: reason });
      if (reason === one.heard && words === '') {
        counts.known += 1;
        continue;
      }
      counts.told += 1;
      const written = { about: one.id, to: one.personId, words, at: deps.clock.now() };
      if (words !== '') await keepWords(trx, deps.vault, written);
      await tell(deps, trx, { ...one, decision }, declinedNote(one, { reason, words }));
    }
    return { kind: 'decided', title: suggestion.title, ...counts };
  });
}

/**
 * Without a word to whoever suggested it; but who heard that it was taken in does not go on thinking so.
 * @returns whether they are told.
 */
async function declineSilently(
  deps: Deps,
  trx: Db,
  actor: Actor,
  { one, decision }: { one: store.Suggestion; decision: string },
): Promise<boolean> {
  const isTold = hearsOfSilence(one);
  const said = isTold ? 'no-reason' : undefined;
  await record(deps, trx, actor, { id: one.id, decision, status: 'declined', said });
  if (isTold) await tell(deps, trx, { ...one, decision }, notAddedNote(one));
  return isTold;
}

/**
 * All that waits of whoever suggested this one, for one reason. They hear of it once, unless they have heard the same or are
 * to be told nothing: see `declineSilently`.
 */
export function declineAllOf(
  deps: Deps,
  actor: Actor,
  { id, reason, words }: { id: string } & Decline,
): Promise<AllDeclined> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<AllDeclined> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    const waiting = await store.listWaitingSuggestions(trx);
    const theirs = waiting.filter(({ personId }) => personId === suggestion.personId);
    const decision = newId(deps.clock);
    if (theirs.length === 0) return { kind: 'gone' };
    let isTold = false;
    if (reason === 'silent') {
      for (const one of theirs) if (await declineSilently(deps, trx, actor, { one, decision })) isTold = true;
      return { kind: 'declined', many: theirs.length, isTold };
    }
    for (const one of theirs)
      await record(deps, trx, actor, { id: one.id, decision, status: 'declined', said: reason });
    const [first, ...others] = words === '' ? theirs.filter(({ heard }) => heard !== reason) : theirs;
    if (first) {
      isTold = true;
      const written = { about: first.id, to: first.personId, words, at: deps.clock.now() };
      if (words !== '') await keepWords(trx, deps.vault, written);
      const message = declinedTogetherNote([first, ...others], { reason, words });
      await tell(deps, trx, { ...first, decision }, message);
    }
    return { kind: 'declined', many: theirs.length, isTold };
  });
}

/** It waits again, with whatever was decided at once with it. What was to be told of it is not, unless it was on its way. */
export function reopenSuggestion(deps: Deps, actor: Actor, id: string): Promise<Undone> {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<Undone> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion || suggestion.status === 'waiting') return { kind: 'gone' };
    const { decision } = suggestion;
    const together = decision === undefined ? [suggestion] : await store.listDecided(trx, decision);
    for (const one of together) {
      await log(deps, trx, actor, { id: one.id, status: 'waiting' });
      await deleteWords(trx, one.id);
    }
    const heard = await reopenSuggestions(trx, together);
    // Of one page that several people suggested it is one thing that waits.
    return { kind: 'reopened', heard, many: new Set(together.map(({ address }) => address)).size };
  });
}

async function record(
  deps: Deps,
  trx: Db,
  actor: Actor,
  {
    id,
    ...decision
  }: { id: string } & Pick<
    Parameters<typeof store.decideSuggestion>[2],
    'decision' | 'status' | 'entryId' | 'said'
  >,
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
  { id, personId, decision }: store.Suggestion & { decision: string },
  message: Parameters<typeof enqueue>[2]['message'],
): Promise<void> {
  await enqueue(trx, deps.clock, {
    // Decided again, it is told again; twice the same decision is refused before.
    idempotencyKey: `resources.suggestion:${id}:${newId(deps.clock)}`,
    kind: 'resources.suggestion',
    to: { personId },
    topic: decisionTopic({ id, decision }),
    message,
    sendAfter: await deps.reach.nextAllowed(trx, personId, deps.clock.now()),
  });
}
