import { may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { LearningSource } from '../../feature.ts';
import type { AttendanceDeps } from './deps.ts';
import { listAttended } from './store.ts';

const kind = 'session';

/** Sessions that somebody was at, confirmed or as they say, for their own record of learning. */
export const learningFrom = ({ db }: Pick<AttendanceDeps, 'db'>): LearningSource => ({
  kind,
  async list(actor, zone) {
    const personId = actor.person.id;
    if (!may(actor, 'own.read', { ownerId: personId })) return [];
    return (await listAttended(db, personId)).map(({ session, presence }) => ({
      id: `${kind}:${session.id}`,
      on: localDate(session.startsAt, zone),
      what: 'Training session',
      title: session.title,
      texts: {},
      choices: {},
      line: presence === 'confirmed' ? 'Attendance confirmed by a host' : 'Attendance as you said it',
      isByOthers: true,
      minutes: session.minutes,
    }));
  },
  async keeps(personId, ids) {
    const kept = new Set((await listAttended(db, personId)).map(({ session }) => `${kind}:${session.id}`));
    return new Set(ids.filter((id) => kept.has(id)));
  },
});
