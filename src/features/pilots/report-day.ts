import { findCohort, listCohortFacilitators } from '../../community/cohorts.ts';
import { enqueue, type Message } from '../../outbox/outbox.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { forEach } from '../../scheduler/each.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { mrkdwn, sayDate } from '../../slack/text.ts';
import { plusDays, reportKey } from './dates.ts';
import type { PilotDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listDaysOf } from './store.ts';
import { packedPage } from './views.ts';

/** After the bot was stopped for some days it is still said; later nobody waits for it. */
const lateDays = 3;

/** Job: whoever runs the group of a pilot hears once, on the day of its report, that it can be made; anew where that is moved. */
export async function tellReportDay(deps: PilotDeps, now: Date): Promise<void> {
  const { db, log, clock, timeZone } = deps;
  const until = localDate(now, timeZone);
  const due = await listDaysOf(db, reportKey, { from: plusDays(until, -lateDays), until });
  await forEach(log, 'pilots.report', due, ({ pilotId, cohortId, on }) =>
    db.transaction().execute(async (trx) => {
      const cohort = await findCohort(trx, cohortId);
      if (!cohort || cohort.isArchived) return;
      for (const person of await listCohortFacilitators(trx, cohortId))
        await enqueue(trx, clock, {
          idempotencyKey: `pilots.report:${pilotId}:${on}:${person.id}`,
          kind: 'pilots.report',
          to: { personId: person.id },
          message: reportNote(pilotId, cohort.name, on),
          sendAfter: now,
        });
    }),
  );
}

const reportNote = (pilotId: string, cohortName: string, on: string): Message => ({
  text: 'A report can be made',
  blocks: [
    section(
      mrkdwn`*The report of ${cohortName} can be made.* You planned it for ${sayDate(on)}: write down what was learnt, from the results in App Home.`,
    ),
    actions([
      button('Open the pilot', ids.open, {
        value: packedPage.pack({ id: pilotId, page: 0 }),
        label: `Open the pilot: ${cohortName}`,
      }),
    ]),
    context(mrkdwn`It can wait, and this is said once. Fewer messages: \`/chatr settings\``),
  ],
});
