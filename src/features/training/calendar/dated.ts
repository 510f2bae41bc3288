import type { Db } from '../../../db/schema.ts';
import { endOf, type Session } from '../sessions/session.ts';
import { findSession, listComing } from '../sessions/store.ts';

/** A session as far as something else is counted from it. */
const toDated = (session: Session) => ({
  id: session.id,
  title: session.title,
  startsAt: session.startsAt,
  endsAt: endOf(session),
  isCancelled: session.isCancelled,
});

/** For what is counted from the sessions of a group: check-ins. */
export const datedSessions = {
  /** Still to come, soonest first. */
  sessionsOf: async (db: Db, cohortId: string, now: Date) =>
    (await listComing(db, now, { cohortIds: [cohortId] })).map(toDated),
  findSession: async (db: Db, id: string) => {
    const session = await findSession(db, id);
    return session && toDated(session);
  },
};
