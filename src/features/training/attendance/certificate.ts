import type { Person } from '../../../community/people.ts';
import { may } from '../../../community/permissions.ts';
import { drawApart } from '../../../lib/apart.ts';
import { localDate, localTime } from '../../../scheduler/calendar.ts';
import { sayDate, sayFullDate, sayLength } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import { endOf } from '../sessions/session.ts';
import { listHosts } from '../sessions/store.ts';
import type { AttendanceDeps } from './deps.ts';
import { certificateKind } from './ids.ts';
import { listAttended } from './store.ts';
import { notConfirmed } from './views.ts';

/** A certificate of attendance: of what a host has confirmed, for whoever was there and nobody else. */
export const certificateFile = ({
  db,
  clock,
  timeZone,
  training,
  fullNameOf,
}: Pick<AttendanceDeps, 'db' | 'clock' | 'timeZone' | 'training' | 'fullNameOf'>): FileKind => ({
  id: certificateKind,
  says: 'Your certificate of attendance as a Word file. Your name and those of the hosts are in it.',
  async make(actor, about) {
    const { person } = actor;
    const found = may(actor, 'own.read', { ownerId: person.id })
      ? (await listAttended(db, person.id)).find(({ session }) => session.id === about)
      : undefined;
    if (found?.presence !== 'confirmed') return { kind: 'refused', answer: notConfirmed };
    const { session } = found;
    const nameOf = async ({ slackId, displayName }: Person) => (await fullNameOf(slackId)) ?? displayName;
    const on = localDate(session.startsAt, timeZone);
    const certificate = {
      programme: training.programme,
      name: await nameOf(person),
      title: session.title,
      when: `${sayDate(on)} ${on.slice(0, 4)}, ${localTime(session.startsAt, timeZone)} to ${localTime(endOf(session), timeZone)}`,
      length: sayLength(session.minutes),
      hosts: (await Promise.all((await listHosts(db, session.id)).map(nameOf))).filter((name) => name !== ''),
      madeOn: sayFullDate(localDate(clock.now(), timeZone)),
    };
    return {
      kind: 'file',
      name: `Certificate of attendance, ${on}.docx`,
      title: 'Certificate of attendance',
      content: await drawApart<typeof import('./word.ts').draw>(
        new URL('./word.ts', import.meta.url),
        certificate,
      ),
    };
  },
});
