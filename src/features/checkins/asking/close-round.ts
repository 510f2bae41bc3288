import { findCohort, listCohortFacilitators } from '../../../community/cohorts.ts';
import { findPerson } from '../../../community/people.ts';
import { actorOf, may } from '../../../community/permissions.ts';
import { sayTally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { cancelQueued, enqueue, type Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { copyShared, countParticipation, shuffleAnswers } from '../answering/answer-store.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { type CheckIn, changeStatus, closeRound, type Round } from '../store.ts';
import { keys, keysOf } from './prompt.ts';

/**
 * Closes a round, inside the caller's transaction: what waited for it is taken back, and its facilitators get a note with the counts. Closing twice does nothing the second time.
 */
export async function closeAndTell(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  checkin: CheckIn,
  now: Date,
): Promise<boolean> {
  if (!(await endRound(db, deps, round, now, 'closed'))) return false;
  if (checkin.nextAt === undefined)
    await changeStatus(db, checkin.id, ['running', 'paused'], { status: 'finished' });
  if (checkin.cohortId === undefined) return true;
  const tally = await countParticipation(db, round.id);
  const name = (await findCohort(db, checkin.cohortId))?.name ?? '';
  await tellFacilitators(db, deps, checkin, now, {
    key: (personId) => keys.closed(round.id, personId),
    kind: 'checkins.closed',
    message: {
      text: 'A check-in has closed',
      blocks: [
        section(
          mrkdwn`*${round.definition.label}* in ${name} has closed. ${sayTally(tally, deps.templates.smallestGroup, { isOver: true })}`,
        ),
        actions([button('See results', ids.results, { value: round.id, style: 'primary' })]),
        context(
          mrkdwn`You get this note because you run this group. To have fewer, pause or end it in \`/chatr checkin list\`.`,
        ),
      ],
    },
  });
  return true;
}

/** @returns false when it was over already. */
export async function endRound(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  now: Date,
  status: 'closed' | 'cancelled',
): Promise<boolean> {
  if (!(await closeRound(db, round.id, now, status))) return false;
  await takeBackMessages(db, round.id, status);
  if (round.definition.mode === 'private') await copyShared(db, deps, round);
  await shuffleAnswers(db, deps.random, round.id);
  return true;
}

/** Prompts, reminders and "later" messages of a round that have not been sent. */
async function takeBackMessages(db: Db, roundId: string, reason: string): Promise<void> {
  const rows = await db
    .selectFrom('participations')
    .select(['person_id', 'later_count'])
    .where('round_id', '=', roundId)
    .execute();
  for (const row of rows)
    for (const idempotencyKey of keysOf(roundId, row.person_id, row.later_count))
      await cancelQueued(db, { idempotencyKey }, reason);
}

/** Whoever runs the group, and whoever made the check-in while they may still see it. */
export async function tellFacilitators(
  db: Db,
  deps: CheckInDeps,
  { cohortId, createdBy }: Pick<CheckIn, 'cohortId' | 'createdBy'>,
  now: Date,
  note: { key(personId: string): string; kind: string; message: Message },
): Promise<void> {
  if (cohortId === undefined) return;
  const people = new Set((await listCohortFacilitators(db, cohortId)).map(({ id }) => id));
  const creator = await findPerson(db, createdBy);
  if (creator && may(await actorOf(db, creator), 'checkins.results', { cohortId })) people.add(creator.id);
  for (const personId of people)
    await enqueue(db, deps.clock, {
      idempotencyKey: note.key(personId),
      kind: note.kind,
      to: { personId },
      message: note.message,
      sendAfter: await deps.reach.nextAllowed(db, personId, now),
      topic: `cohort:${cohortId}`,
      weight: 'note',
    });
}
