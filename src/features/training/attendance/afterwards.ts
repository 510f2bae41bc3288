import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { isTakenBack, listKnownKeys } from '../../../outbox/sent.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { Session } from '../sessions/session.ts';
import { listHosts, listSessions } from '../sessions/store.ts';
import { type AttendanceDeps, zoneFor } from './deps.ts';
import { afterKey, askKey, walkInKey } from './ids.ts';
import { afterMessage } from './messages.ts';
import { correctableDays, isAfterwards, thanked } from './rules.ts';
import { deleteOldLists, findRegister, listExpected, listPresent } from './store.ts';
import { askMessage } from './views.ts';

/** The longest a session lasts. */
const longestDays = 1;

/**
 * Some hours after a session everybody who was there gets one message. It is written when it can go, so that it says what
 * is known then; whoever may not be asked now is looked at again until attendance is settled.
 */
export const thankAfterwards = (deps: AttendanceDeps): Job => ({
  name: 'training.afterwards',
  every: 'hour',
  async run(now) {
    const { db, log } = deps;
    const sessions = await listSessions(db, {
      from: later(now, -days(correctableDays + longestDays)),
      until: now,
    });
    await forEach(
      log,
      'training.afterwards',
      sessions.filter((session) => isAfterwards(session, now)),
      (session) => thankAll(deps, session, now),
    );
  },
});

async function thankAll(deps: AttendanceDeps, session: Session, now: Date): Promise<void> {
  const { db, clock, reach } = deps;
  const present = await listPresent(db, session);
  const booked = await listExpected(db, session.id);
  const people = new Map([...booked, ...present.map((one) => one.person)].map((one) => [one.id, one]));
  const isTaken = (await findRegister(db, session)).taken !== undefined;
  const all = thanked({
    booked: booked.map(({ id }) => id),
    present: present.map(({ person }) => person.id),
    isTaken,
  });
  // Where nobody had a place, and nobody says that they came, there is nothing to ask for.
  if (!isTaken && all.length > 0) await askHosts(deps, session, now);
  const known = await listKnownKeys(
    db,
    all.flatMap((id) => [afterKey(session.id, id), walkInKey(session.id, id)]),
  );
  for (const id of all) {
    const person = people.get(id);
    const idempotencyKey = afterKey(session.id, id);
    if (!person || known.has(idempotencyKey)) continue;
    const asked = walkInKey(session.id, id);
    if (known.has(asked) && !(await isTakenBack(db, asked))) continue;
    if ((await reach.nextAllowed(db, id, now)) > now || !(await reach.mayBeAsked(db, id))) continue;
    const message = afterMessage({
      session,
      presence: present.find((one) => one.person.id === id)?.presence,
      zone: zoneFor(deps, person),
      offer: await deps.offerNow(id, session.id),
      reflectButton: deps.reflectButton,
    });
    await enqueue(db, clock, {
      idempotencyKey,
      kind: 'training.afterwards',
      to: { personId: id },
      message,
      sendAfter: now,
    });
  }
}

/** It comes once, with what else needs them, and not at all when attendance is taken before that. */
async function askHosts({ db, clock, timeZone }: AttendanceDeps, session: Session, now: Date): Promise<void> {
  for (const { id } of await listHosts(db, session.id))
    await enqueue(db, clock, {
      idempotencyKey: askKey(session.id, id),
      kind: 'training.attendance',
      to: { personId: id },
      message: askMessage(session, timeZone),
      sendAfter: now,
    });
}

export const forgetOldLists = ({ db, retention }: Pick<AttendanceDeps, 'db' | 'retention'>): Job => ({
  name: 'training.forget-lists',
  every: 'hour',
  run: (now) => deleteOldLists(db, later(now, -days(retention['attendance-lists'].days))),
});
