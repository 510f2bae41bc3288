import { listCohortFacilitators } from '../../community/cohorts.ts';
import { cancelQueued, enqueue, type Message } from '../../outbox/outbox.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { forEach } from '../../scheduler/each.ts';
import { actions, button, section } from '../../slack/blocks.ts';
import { mrkdwn, sayDate } from '../../slack/text.ts';
import { daysBetween } from './dates.ts';
import type { PilotDeps } from './deps.ts';
import { ids } from './ids.ts';
import { type PartSeen, seePilot } from './read.ts';
import { findPilot, listPilotIds } from './store.ts';
import { packedPage } from './views.ts';

/** What comes with the others of a week arrives about a week before the session. */
const daysAhead = 10;

/**
 * Job: whoever runs the group of a pilot hears once, with what else needs them that week, that nobody has booked a session
 * that is near. It is taken back as soon as somebody has, or the session is elsewhere.
 */
export async function tellUnbooked(deps: PilotDeps, now: Date): Promise<void> {
  const { db, log, clock, timeZone } = deps;
  const today = localDate(now, timeZone);
  const ids = await listPilotIds(db, { among: 'all', withArchived: false });
  await forEach(log, 'pilots.unbooked', ids, (id) =>
    db.transaction().execute(async (trx) => {
      const pilot = await findPilot(trx, id);
      if (!pilot) return;
      const { parts, cohort } = await seePilot(trx, deps, pilot);
      for (const part of parts) {
        const { kind, key, date, state, isUntouched } = part;
        if (kind !== 'session' || date === undefined) continue;
        const away = daysBetween(today, date);
        const isNear = state === 'ahead' && away >= 0 && away <= daysAhead;
        for (const { id } of await listCohortFacilitators(trx, cohort.id)) {
          const idempotencyKey = `pilots.unbooked:${pilot.id}:${key}:${id}`;
          if (isNear && isUntouched)
            await enqueue(trx, clock, {
              idempotencyKey,
              kind: 'pilots.unbooked',
              to: { personId: id },
              topic: `cohort:${cohort.id}`,
              message: unbookedNote(pilot.id, cohort.name, part),
              sendAfter: now,
            });
          else await cancelQueued(trx, { idempotencyKey }, 'cancelled');
        }
      }
    }),
  );
}

const unbookedNote = (pilotId: string, cohortName: string, { title, date = '' }: PartSeen): Message => ({
  text: 'Nobody has booked a session yet',
  blocks: [
    section(
      mrkdwn`*Nobody has booked “${title}” yet*, on ${sayDate(date)}, in ${cohortName}. Nobody is told of it by itself: tell your group; people find it in \`/chatr training\`.`,
    ),
    actions([
      button('Open the pilot', ids.open, {
        value: packedPage.pack({ id: pilotId, page: 0 }),
        label: `Open the pilot: ${cohortName}`,
      }),
    ]),
  ],
});
