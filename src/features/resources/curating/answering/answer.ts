import { audit } from '../../../../community/audit.ts';
import type { Actor } from '../../../../community/permissions.ts';
import type { AskedAs } from '../../../../content/asked-as.ts';
import { newId } from '../../../../lib/random.ts';
import { enqueue } from '../../../../outbox/outbox.ts';
import { findIdentifiers, maskIdentifiers } from '../../../../safeguarding/identifiers.ts';
import { keepWaiting, ledBy, sentInTopic } from '../../catalogue/came-of.ts';
import {
  changeCatalogue,
  type Inside,
  insertEntry,
  insertPhrase,
  type PhraseHome,
  type PhraseOutcome,
  type SaveOutcome,
} from '../../catalogue/change.ts';
import type { Resource } from '../../content.ts';
import type { Deps } from '../../deps.ts';
import * as store from '../../store.ts';
import { type Answered, answeredNote } from '../notes.ts';
import type { Missed } from '../queue/place.ts';

/** Adds the words to a topic or an entry, so that they find it from now on. */
export function answerWithPhrase(
  deps: Deps,
  actor: Actor,
  { missed, home, phrase }: { missed: Missed; home: PhraseHome; phrase: AskedAs },
): Promise<PhraseOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<PhraseOutcome> => {
    const outcome = await insertPhrase(deps, inside, home, phrase);
    if (outcome.kind === 'added')
      await settleMissed(deps, inside, missed, {
        answer: { kind: 'found', find: phrase.say, title: outcome.to },
        by: ledBy(outcome.undo),
      });
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
      const { id: entryId, title, url } = outcome.entry;
      await settleMissed(deps, inside, missed, {
        answer: { kind: 'added', title, url },
        by: ledBy({ entryId, version: outcome.version }),
      });
    }
    return outcome;
  });
}

/** It is nothing that the catalogue is about. */
export function answerNotOurs(deps: Deps, actor: Actor, missed: Missed) {
  return changeCatalogue(deps, actor, async (inside): Promise<{ kind: 'answered' }> => {
    await settleMissed(deps, inside, missed, { answer: { kind: 'not-ours' }, by: 'not-ours' });
    return { kind: 'answered' };
  });
}

/** As if nobody had said that it is not ours. */
export function reopenMissed(deps: Deps, actor: Actor, missed: Missed) {
  return changeCatalogue(
    deps,
    actor,
    async ({ trx }): Promise<{ kind: 'gone' } | { kind: 'reopened'; isTold: boolean }> => {
      if ('word' in missed) {
        await store.reopenMiss(trx, missed.word);
        return { kind: 'reopened', isTold: false };
      }
      if (!(await store.reopenQuestion(trx, missed.question))) return { kind: 'gone' };
      return { kind: 'reopened', isTold: await keepWaiting(trx, missed.question) };
    },
  );
}

/**
 * Whoever waits is told, and nothing is left of who that was. The words are kept for a while, so that they wait again if the
 * answer is taken back.
 * @param by what answers it, by which it is found again.
 */
async function settleMissed(
  deps: Deps,
  { trx, actor }: Inside,
  missed: Missed,
  { answer, by }: { answer: Answered; by: string },
): Promise<void> {
  const at = deps.clock.now();
  if ('word' in missed) return store.answerMiss(trx, missed.word, by, at);
  const question = await store.findQuestion(trx, missed.question);
  if (!question) return;
  // Their own words go into Slack here, where they stay: without what seems to identify somebody.
  const words = maskIdentifiers(question.words, findIdentifiers(question.words, { allowed: deps.allowed }));
  for (const personId of await store.listWaitingFor(trx, question.id))
    await enqueue(trx, deps.clock, {
      // Answered again, it is told again; twice the same answer is refused before.
      idempotencyKey: `resources.answer:${question.id}:${newId(deps.clock)}`,
      kind: 'resources.answer',
      to: { personId },
      topic: sentInTopic('question', question.id),
      message: answeredNote(words, answer),
      sendAfter: await deps.reach.nextAllowed(trx, personId, deps.clock.now()),
    });
  await store.answerQuestion(trx, question.id, by, at);
  await audit(trx, deps.clock, {
    actor: actor.person.id,
    action: 'resources.answer',
    subject: question.id,
    detail: { answer: answer.kind },
  });
}
