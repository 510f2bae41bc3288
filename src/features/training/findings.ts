import { fewerThan, fewestPeople } from '../../community/suppress.ts';
import type { Db } from '../../db/schema.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { count, list, sayFullDate, sayLength } from '../../slack/text.ts';
import type { Findings, Part, Reported } from '../findings.ts';
import { correctableUntil } from './attendance/rules.ts';
import { countAttended, findRegister } from './attendance/store.ts';
import type { TrainingDeps } from './deps.ts';
import { sayCounted } from './module/counts.ts';
import { listCounted } from './module/store.ts';
import { endOf } from './sessions/session.ts';
import { listSessions } from './sessions/store.ts';

/** Sessions of the group, how long they were and how many were there, and how far people are with the core module. */
export const trainingFindings =
  ({ timeZone: zone }: Pick<TrainingDeps, 'timeZone'>): Findings =>
  async (db, group, now) => {
    const parts = [...(await sessionParts(db, group, now, zone)), ...(await moduleParts(db, group))];
    return parts.length === 0 ? [] : [{ id: 'training', title: 'Training', parts }];
  };

async function sessionParts(
  db: Db,
  { cohortId, from, until }: Reported,
  now: Date,
  zone: string,
): Promise<Part[]> {
  const held = (await listSessions(db, { cohortIds: [cohortId] })).filter((session) => {
    const on = localDate(session.startsAt, zone);
    return !session.isCancelled && endOf(session) <= now && from <= on && on <= until;
  });
  if (held.length === 0) return [];
  const rows = await Promise.all(
    held.map(async (session) => ({ session, people: await sayAttended(db, session, now, zone) })),
  );
  const minutes = held.reduce((sum, session) => sum + session.minutes, 0);
  const points = rows.flatMap(({ session, people }) =>
    typeof people === 'number' ? [{ label: session.title, value: people }] : [],
  );
  return [
    {
      kind: 'text',
      text: `${count(held.length, 'session was', 'sessions were')} held, ${sayLength(minutes)} of training in all.`,
    },
    {
      kind: 'table',
      id: 'training-sessions',
      caption: 'Sessions and how many were there',
      columns: [
        { id: 'session', label: 'Session', about: 'What the session was called.' },
        {
          id: 'people',
          label: 'People there',
          about: `How many were there, as its hosts took it; ${fewerThan(fewestPeople)} are not counted out. Counted once, two weeks after the session.`,
        },
        { id: 'day', label: 'Day', about: 'The day on which it began.' },
        { id: 'minutes', label: 'Minutes', about: 'How long it was, in minutes.' },
      ],
      rows: rows.map(({ session, people }) => [
        session.title,
        people,
        sayFullDate(localDate(session.startsAt, zone)),
        session.minutes,
      ]),
      note: 'How many were there is as hosts took attendance, those without a name in Slack among them. It is counted once, two weeks after the session.',
    },
    ...(points.length < 2
      ? []
      : [
          {
            kind: 'chart' as const,
            type: 'bars' as const,
            title: 'People at each session',
            finding: `${list(points.map(({ label, value }) => `${value} at “${label}”`))}.`,
            unit: 'People',
            points,
          },
        ]),
  ];
}

async function sayAttended(
  db: Db,
  session: Parameters<typeof countAttended>[1],
  now: Date,
  zone: string,
): Promise<number | string> {
  const people = await countAttended(db, session, now);
  if (people !== undefined) return people < fewestPeople ? fewerThan(fewestPeople) : people;
  const { taken } = await findRegister(db, session);
  return taken
    ? `counted on ${sayFullDate(localDate(correctableUntil(session), zone))}`
    : 'attendance was not taken';
}

async function moduleParts(db: Db, { cohortId }: Reported): Promise<Part[]> {
  const counted = (await listCounted(db, [cohortId])).get(cohortId);
  if (!counted || counted.begun.answered < fewestPeople) return [];
  return [
    { kind: 'heading', text: 'The core module' },
    { kind: 'list', items: sayCounted(counted) },
  ];
}
