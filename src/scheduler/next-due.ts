import type { Db } from '../db/schema.ts';
import { hours } from '../lib/clock.ts';

type Waiting = { at: string | null };

/**
 * When something that is written down is due next, for a clock that is moved by hand: after `now`, and at the next full
 * hour at the latest, when housekeeping is done. What was due before and waits is looked at on each beat anyway.
 */
export async function nextDue(db: Db, now: Date): Promise<Date> {
  const fullHour = new Date((Math.floor(now.getTime() / hours(1)) + 1) * hours(1));
  const waiting = db
    .selectFrom('checkins')
    .where('status', '=', 'running')
    .select('next_at as at')
    .unionAll(
      db.selectFrom('outbox').where('status', '=', 'queued').select('send_after as at').$castTo<Waiting>(),
    )
    .unionAll(db.selectFrom('checkin_rounds').where('status', '=', 'open').select('closes_at as at'))
    .unionAll(db.selectFrom('checkin_rounds').where('status', '=', 'open').select('remind_at as at'))
    .unionAll(db.selectFrom('prompt_plans').select('next_at as at'))
    .unionAll(db.selectFrom('prompt_posts').select('ask_at as at'))
    .unionAll(db.selectFrom('intentions').select('next_at as at'))
    .unionAll(db.selectFrom('journeys').select('next_at as at'))
    .unionAll(db.selectFrom('greetings').select('remind_after as at'))
    .unionAll(db.selectFrom('given_files').select('next_try_at as at').$castTo<Waiting>());
  const found = await db
    .selectFrom(waiting.as('waiting'))
    .where('at', '>', now.toISOString())
    .where('at', '<', fullHour.toISOString())
    .select((eb) => eb.fn.min('at').as('at'))
    .executeTakeFirst();
  return found?.at ? new Date(found.at) : fullHour;
}
