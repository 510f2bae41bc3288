import { listAdministrators, listHeldRoles } from '../../../community/roles.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue, type Message } from '../../../outbox/outbox.ts';
import { actions, context, section } from '../../../slack/blocks.ts';
import { count, mrkdwn } from '../../../slack/text.ts';
import type { Job } from '../../feature.ts';
import type { Deps } from '../deps.ts';
import { weekOf } from '../news/weekly.ts';
import * as store from '../store.ts';
import { seeWhatWaits } from './queue/views.ts';

const longDays = 14;

/**
 * What waits stands in curators' Home, silently. Only when a suggestion has waited for two weeks do they get a line, once for
 * all that came of age in the same week: whoever sent it was told that they hear what becomes of it.
 */
export const tellLongWaiting = (deps: Deps): Job => ({
  name: 'resources.waiting',
  every: 'hour',
  async run(now) {
    const { db, clock, timeZone, reach } = deps;
    const waiting = await store.listWaitingSuggestions(db);
    const old = waiting.filter(({ suggestedAt }) => later(suggestedAt, days(longDays)) <= now);
    const weekOfAge = ({ suggestedAt }: store.Suggestion) =>
      weekOf(later(suggestedAt, days(longDays)), timeZone).monday;
    // The week before as well, for a bot that was stopped at its end.
    const recent = [now, later(now, -days(7))].map((day) => weekOf(day, timeZone).monday);
    for (const week of recent.filter((monday) => old.some((one) => weekOfAge(one) === monday)))
      for (const personId of await whoCurates(db))
        await enqueue(db, clock, {
          idempotencyKey: `resources.waiting:${week}:${personId}`,
          kind: 'resources.waiting',
          to: { personId },
          message: longWaitingNote(old.length),
          sendAfter: await reach.nextAllowed(db, personId, now),
        });
  },
});

/** Curators; where there are none, administrators. */
async function whoCurates(db: Db): Promise<string[]> {
  const curators = (await listHeldRoles(db)).filter(({ role }) => role === 'curator');
  const ids = curators.map(({ personId }) => personId);
  return [...new Set(ids.length > 0 ? ids : (await listAdministrators(db)).map(({ id }) => id))];
}

const longWaitingNote = (many: number): Message => ({
  text: 'A suggestion waits',
  blocks: [
    section(
      mrkdwn`*${count(many, 'suggestion has', 'suggestions have')} waited for two weeks.* Whoever sent ${many === 1 ? 'it' : 'them'} would like to hear what becomes of it.`,
    ),
    actions([seeWhatWaits()]),
    context(
      mrkdwn`You get this because you look after the catalogue, once for what has waited so long. All else that waits stands in Home.`,
    ),
  ],
});
