import { findPerson, isOurs, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { enqueue, sealMessage } from '../../../outbox/outbox.ts';
import type { PeopleDeps } from '../deps.ts';
import { isListed } from '../listing/listing.ts';
import { stopQuestions } from '../listing/store.ts';
import { endBeingAsked, topicOf } from './ask.ts';
import type { AnswerOutcome } from './outcomes.ts';
import { deleteAsked, findAsked, findQuestion, recordPassedOn } from './store.ts';
import { answeredMessage } from './views.ts';

/** "Yes, put us in touch": their name goes to the one who asked, once, and to nobody else. */
export async function sayYes(deps: PeopleDeps, actor: Actor, questionId: string): Promise<AnswerOutcome> {
  const { db, vault, clock, reach, teamId, timeZone } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id })) return { kind: 'gone' };
  return db.transaction().execute(async (trx): Promise<AnswerOutcome> => {
    const question = await findQuestion(trx, vault, questionId);
    const asked = await findAsked(trx, questionId, person.id);
    const asker = question && (await findPerson(trx, question.personId));
    if (!question || !asked || !asker || !isOurs(asker)) return { kind: 'gone' };
    if (asked.isPassedOn) return { kind: 'passed-on', questionId, asker, isAgain: true };
    if (question.isEnded || question.endsAt <= clock.now()) return { kind: 'gone' };
    if (!(await isListed({ db: trx }, person.id))) return { kind: 'gone' };
    if (!(await recordPassedOn(trx, questionId, person.id)))
      return { kind: 'passed-on', questionId, asker, isAgain: true };
    const about = {
      to: { personId: asker.id },
      idempotencyKey: `people.answered:${questionId}:${person.id}`,
    };
    await enqueue(trx, clock, {
      ...about,
      kind: 'people.answered',
      topic: topicOf(questionId),
      message: sealMessage(vault, about, answeredMessage(person, question, { teamId, zone: timeZone })),
      sendAfter: await reach.nextAllowed(trx, asker.id, clock.now()),
    });
    return { kind: 'passed-on', questionId, asker, isAgain: false };
  });
}

/** What was asked, for whoever asked it and whoever said yes, until it ends. */
export async function seeQuestion(
  { db, vault, clock }: Pick<PeopleDeps, 'db' | 'vault' | 'clock'>,
  { person }: Actor,
  questionId: string,
): Promise<{ question: { words: string; endsAt: Date } | undefined; asker: Person | undefined }> {
  const found = await findQuestion(db, vault, questionId);
  const isTheirs =
    found?.personId === person.id || (await findAsked(db, questionId, person.id))?.isPassedOn === true;
  if (!found || found.words === undefined || !isTheirs || found.isEnded || found.endsAt <= clock.now())
    return { question: undefined, asker: undefined };
  const { words, endsAt } = found;
  return { question: { words, endsAt }, asker: await findPerson(db, found.personId) };
}

/** Nothing is kept of it but the day on which they were asked. */
export async function sayNo({ db }: { db: Db }, actor: Actor, questionId: string): Promise<AnswerOutcome> {
  if (!may(actor, 'own.write', { ownerId: actor.person.id })) return { kind: 'gone' };
  await deleteAsked(db, { questionId, personId: actor.person.id });
  return { kind: 'not-this-time' };
}

/** Nor is any other put to them, until they say so themselves. */
export async function stopAsking({ db }: { db: Db }, actor: Actor): Promise<AnswerOutcome> {
  const { id } = actor.person;
  if (!may(actor, 'own.write', { ownerId: id })) return { kind: 'gone' };
  await db.transaction().execute(async (trx) => {
    await stopQuestions(trx, id);
    await endBeingAsked(trx, id, 'no questions');
  });
  return { kind: 'stopped' };
}
