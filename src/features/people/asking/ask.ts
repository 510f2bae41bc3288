import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { dayAfter, later } from '../../../lib/clock.ts';
import { cancelQueued, enqueue, sealMessage } from '../../../outbox/outbox.ts';
import { atLocalTime, localDate, localTime } from '../../../scheduler/calendar.ts';
import { mayLook, type PeopleDeps } from '../deps.ts';
import { type Colleague, listColleagues, type PeopleSearch } from '../listing/directory.ts';
import { recordAskedOn } from '../listing/store.ts';
import { inTurn, mostAsked, offerDay, openMs, restDays } from './choose.ts';
import type { AskOutcome, TakeBackOutcome } from './outcomes.ts';
import {
  deleteAsked,
  deleteDraft,
  deleteQuestion,
  findOpen,
  findQuestion,
  insertAsked,
  insertQuestion,
  listQuestionIds,
  lockAsker,
} from './store.ts';
import { askedMessage } from './views.ts';

export const topicOf = (questionId: string): string => `people-question:${questionId}`;

/** What somebody asks, and the occasion on which they do: sent twice, it is asked once. */
export type Asking = { words: string; topics: readonly string[]; occasion: string };

/** Puts a question to a few of those whose listing fits it. */
export async function ask(
  deps: PeopleDeps,
  search: PeopleSearch,
  actor: Actor,
  { words, topics, occasion }: Asking,
): Promise<AskOutcome> {
  const { db, vault, clock, timeZone, daysOff } = deps;
  const { person } = actor;
  if (!may(actor, 'own.write', { ownerId: person.id }) || !(await mayLook(deps, actor)))
    return { kind: 'not-agreed' };
  const others = (await listColleagues(deps)).filter((one) => one.person.id !== person.id);
  const fitting = fittingOf(search, others, { words, topics });
  const now = clock.now();
  const today = localDate(now, timeZone);
  const endsAt = later(now, openMs);
  const offerAt = atLocalTime(offerDay(today, daysOff), localTime(now, timeZone), timeZone);
  const turn: string[] = [];
  for (const to of inTurn(fitting, { askerId: person.id, today }))
    if (!(await deps.areStopped({ by: person.id, to }))) turn.push(to);
  return db.transaction().execute(async (trx): Promise<AskOutcome> => {
    await lockAsker(trx, person.id);
    if (await findQuestion(trx, vault, occasion)) return { kind: 'asked-before' };
    if (await findOpen(trx, vault, person.id, now)) return { kind: 'has-one' };
    const question = { id: occasion, personId: person.id, words, askedAt: now, offerAt, endsAt };
    const isOffered = fitting.length === 0;
    await insertQuestion(trx, vault, { ...question, isOffered });
    await deleteDraft(trx, person.id);
    let left = mostAsked;
    for (const personId of turn) {
      if (left === 0) break;
      if (!(await isReached(deps, trx, personId, offerAt))) continue;
      if (!(await recordAskedOn(trx, personId, { today, notSince: dayAfter(today, -restDays) }))) continue;
      await insertAsked(trx, question.id, personId);
      const about = {
        to: { personId },
        idempotencyKey: `people.asked:${question.id}:${personId}`,
      };
      await enqueue(trx, clock, {
        ...about,
        kind: 'people.asked',
        topic: topicOf(question.id),
        message: sealMessage(vault, about, askedMessage(person, question, timeZone), person.id),
        sendAfter: await deps.reach.nextAllowed(trx, personId, now),
        expiresAt: endsAt,
      });
      left -= 1;
    }
    const kept = { ...question, isOffered, isPosted: false, isEnded: false };
    return { kind: isOffered ? 'nobody-fits' : 'asked', question: kept };
  });
}

/** Whom it fits: by its words, and who cares about one of its topics. */
export function fittingOf(
  search: PeopleSearch,
  others: readonly Colleague[],
  { words, topics }: Pick<Asking, 'words' | 'topics'>,
): Colleague[] {
  const byWords = search.fitting(words, others);
  const byTopic = others.filter(({ interests }) => interests.some((id) => topics.includes(id)));
  return [...new Set([...byWords, ...byTopic])];
}

/** Whether it comes to somebody before the one who asks is offered to post it: whoever is away is not asked. */
async function isReached({ reach, clock }: PeopleDeps, db: Db, to: string, before: Date): Promise<boolean> {
  if (!(await reach.mayBeAsked(db, to))) return false;
  const now = clock.now();
  const verdict = await reach.mayReceive(
    db,
    to,
    { kind: 'people.asked', topic: undefined, since: now, askedAfter: async () => [] },
    now,
  );
  if (verdict.kind === 'drop') return false;
  return verdict.kind === 'now' || (verdict.reason !== 'held:paused' && verdict.until < before);
}

/** At once: it goes to nobody any more, nothing is passed on, and nothing of it is kept. */
export async function takeBack(
  { db, vault }: Pick<PeopleDeps, 'db' | 'vault'>,
  actor: Actor,
  id: string,
): Promise<TakeBackOutcome> {
  return db.transaction().execute(async (trx) => {
    const question = await findQuestion(trx, vault, id);
    if (!question || !may(actor, 'own.write', { ownerId: question.personId })) return { kind: 'gone' };
    await deleteQuestion(trx, id);
    await cancelQueued(trx, { topic: topicOf(id) }, 'taken back');
    return { kind: 'taken-back', wasPosted: question.isPosted };
  });
}

/** Nothing is put to them any more; what they said yes to stays with the one who asked. */
export async function endBeingAsked(db: Db, personId: string, reason: string): Promise<void> {
  await deleteAsked(db, { personId });
  await cancelQueued(db, { personId, kind: 'people.asked' }, reason);
}

/** Of whoever leaves, or says no to the agreement. */
export async function endAsking(db: Db, personId: string): Promise<void> {
  await deleteDraft(db, personId);
  for (const id of await listQuestionIds(db, personId)) {
    await deleteQuestion(db, id);
    await cancelQueued(db, { topic: topicOf(id) }, 'left');
  }
}
