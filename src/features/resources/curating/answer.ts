import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { AskedAs } from '../../../content/asked-as.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { findIdentifiers, maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import {
  changeCatalogue,
  type Inside,
  insertEntry,
  insertPhrase,
  type PhraseHome,
  type PhraseOutcome,
  type SaveOutcome,
} from '../catalogue/change.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { type Answered, answeredNote } from './notes.ts';

/** What was looked for and not found: a question sent to the curators, or a single word that many missed. */
export type Missed = { questionId: string } | { word: string };

/** Adds the words to a topic or an entry, so that they find it from now on. */
export function answerWithPhrase(
  deps: Deps,
  actor: Actor,
  { missed, home, phrase }: { missed: Missed; home: PhraseHome; phrase: AskedAs },
): Promise<PhraseOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<PhraseOutcome> => {
    const outcome = await insertPhrase(deps, inside, home, phrase);
    if (outcome.kind === 'added')
      await settleMissed(deps, inside, missed, { kind: 'found', find: phrase.say, title: outcome.to });
    return outcome;
  });
}

/** A new entry that answers it. */
export function answerWithEntry(
  deps: Deps,
  actor: Actor,
  { missed, fields }: { missed: Missed; fields: Omit<Resource, 'id'> },
): Promise<SaveOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome> => {
    const outcome = await insertEntry(deps, inside, fields);
    if (outcome.kind === 'saved') {
      const { title, url } = outcome.entry;
      await settleMissed(deps, inside, missed, { kind: 'added', title, url });
    }
    return outcome;
  });
}

/** It is nothing that the catalogue is about. */
export function answerNotOurs(deps: Deps, actor: Actor, missed: Missed) {
  return changeCatalogue(deps, actor, async (inside): Promise<{ kind: 'answered' }> => {
    if ('word' in missed) await store.answerMiss(inside.trx, missed.word, 'not-ours');
    else await settleMissed(deps, inside, missed, { kind: 'not-ours' });
    return { kind: 'answered' };
  });
}

/** As if nobody had said that it is not ours. */
export function reopenMiss(deps: Deps, actor: Actor, word: string) {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<{ kind: 'reopened' }> => {
    await store.answerMiss(trx, word, null);
    return { kind: 'reopened' };
  });
}

/** Whoever waits is told, and nothing is left of who that was. */
async function settleMissed(
  deps: Deps,
  { trx, actor }: Inside,
  missed: Missed,
  answer: Answered,
): Promise<void> {
  if ('word' in missed) return store.deleteMiss(trx, missed.word);
  const question = await store.findQuestion(trx, missed.questionId);
  if (!question) return;
  // Their own words go into Slack here, where they stay: without what seems to identify somebody.
  const words = maskIdentifiers(question.words, findIdentifiers(question.words, { allowed: deps.allowed }));
  for (const personId of await store.listWaitingFor(trx, question.id))
    await enqueue(trx, deps.clock, {
      idempotencyKey: `resources.answer:${question.id}:${personId}`,
      kind: 'resources.answer',
      to: { personId },
      message: answeredNote(words, answer),
      sendAfter: await deps.reach.nextAllowed(trx, personId, deps.clock.now()),
    });
  await store.deleteQuestion(trx, question.id);
  await audit(trx, deps.clock, {
    actor: actor.person.id,
    action: 'resources.answer',
    subject: question.id,
    detail: { answer: answer.kind },
  });
}
