import { findCohort } from '../../../community/cohorts.ts';
import { sayTally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { copyShared, shuffleAnswers } from '../answering/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { tellFacilitators } from '../facilitators.ts';
import { ids } from '../ids.ts';
import { type CheckIn, changeStatus, closeRound, type Round } from '../store.ts';
import { keys, takeBack } from './messages.ts';
import { countParticipation, listAsked } from './store.ts';

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
  for (const asked of await listAsked(db, round.id))
    await takeBack(db, { roundId: round.id, ...asked }, status);
  if (round.definition.mode === 'private') await copyShared(db, deps, round);
  await shuffleAnswers(db, deps.random, round.id);
  return true;
}
