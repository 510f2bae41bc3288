import type { KnownBlock } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import { section } from '../../../slack/blocks.ts';
import { mrkdwn, sayTime } from '../../../slack/text.ts';
import type { Onlooker } from '../../feature.ts';
import { nameLine } from '../leading/views.ts';
import type { SessionDeps } from './deps.ts';
import { isIn } from './places.ts';
import { mayPlan } from './rights.ts';
import { listBookingsBy, listSessions } from './store.ts';

/** Their line in “Who is coming”, at sessions of groups that somebody runs. */
export async function seenAtSessions(
  { db, professions, timeZone }: Pick<SessionDeps, 'db' | 'professions' | 'timeZone'>,
  person: Person,
  { actor, cohort }: Onlooker,
): Promise<KnownBlock[]> {
  const bookings = new Map(
    (await listBookingsBy(db, person.id)).filter(isIn).map((one) => [one.sessionId, one]),
  );
  return (await listSessions(db, { ids: [...bookings.keys()] }))
    .filter(({ cohortId }) => (cohort === undefined || cohort.id === cohortId) && mayPlan(actor, cohortId))
    .flatMap(({ id, title, startsAt }) => {
      const { status, profession } = bookings.get(id) ?? {};
      if (status === undefined) return [];
      const label = professions.find((one) => one.id === profession)?.label;
      return [
        section(
          mrkdwn`Under “Who is coming” at ${title}, ${sayTime(startsAt, timeZone)}: ${nameLine({ person, status, profession: label })}`,
        ),
      ];
    });
}
