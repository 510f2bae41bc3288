import { listUnledCohorts } from '../../community/cohorts.ts';
import { nextAllowedFor } from '../../community/reach.ts';
import { listAdministrators } from '../../community/roles.ts';
import { days, later } from '../../lib/clock.ts';
import { enqueue } from '../../outbox/outbox.ts';
import type { Job } from '../feature.ts';
import type { CohortsDeps } from './deps.ts';
import { sendDigests } from './digest/send.ts';
import { fillProfiles } from './importing/hints.ts';
import { lookUpNext } from './importing/lookups.ts';
import { deleteExpired } from './importing/store.ts';
import { unledNote } from './managing/notes.ts';
import { cohortTopic } from './members/membership.ts';

/** A note about something longer ago would only confuse, for instance after a long pause of the bot. */
const unledNoteWithin = days(30);

export function jobs(deps: CohortsDeps): Job[] {
  return [
    { name: 'cohorts.lookUpTrainees', run: () => lookUpNext(deps) },
    { name: 'cohorts.fillProfiles', every: 'hour', run: async () => void (await fillProfiles(deps)) },
    { name: 'cohorts.tellUnled', every: 'hour', run: (now) => tellUnled(deps, now) },
    { name: 'cohorts.digest', every: 'hour', run: (now) => sendDigests(deps, now) },
    {
      name: 'cohorts.forgetExpected',
      every: 'hour',
      run: async (now) => {
        await deps.db.transaction().execute((trx) =>
          deleteExpired(trx, {
            drafts: later(now, -days(deps.retention['trainee-lists'].days)),
            expected: later(now, -days(deps.retention['expected-trainees'].days)),
          }),
        );
      },
    },
  ];
}

/** When the last facilitator of a cohort has gone, however that came about, the administrators are told once. */
export async function tellUnled({ db, clock, timeZone }: CohortsDeps, now: Date): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const unled = (await listUnledCohorts(trx)).filter(({ since }) => later(since, unledNoteWithin) > now);
    if (unled.length === 0) return;
    const administrators = await listAdministrators(trx);
    for (const { cohort, since } of unled)
      for (const person of administrators)
        await enqueue(trx, clock, {
          idempotencyKey: `cohorts.unled:${cohort.id}:${since.toISOString()}:${person.id}`,
          kind: 'cohorts.unled',
          to: { personId: person.id },
          message: unledNote(cohort),
          sendAfter: await nextAllowedFor(trx, timeZone, person.id, now),
          topic: cohortTopic(cohort.id),
        });
  });
}
