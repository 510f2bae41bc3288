import { findCohort } from '../../../community/cohorts.ts';
import { listPeople, type Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import type { Body } from '../body.ts';
import type { ReflectionDeps } from '../deps.ts';
import { mayOpen } from './may-open.ts';
import * as store from './store.ts';

export type OpenOutcome =
  | { kind: 'open'; share: store.Share; copy: Body; by: Person }
  /** The same for what is shared no longer, what is not for them, and what never was. */
  | { kind: 'not-there' }
  | { kind: 'own'; reflectionId: string };

/** What a colleague shared. Its author sees that it was opened. @param isFirst its first page: turning on is no opening. */
export async function openShared(
  { db, vault, clock }: ReflectionDeps,
  actor: Actor,
  id: string,
  { isFirst }: { isFirst: boolean },
): Promise<OpenOutcome> {
  const share = await store.findShare(db, vault, id);
  if (!share) return { kind: 'not-there' };
  if (share.by === actor.person.id) return { kind: 'own', reflectionId: share.reflectionId };
  const [by] = await listPeople(db, [share.by]);
  if (!by || !share.copy || !(await mayOpen(db, actor, share))) return { kind: 'not-there' };
  if (isFirst)
    await store.insertRead(db, newId(clock), { shareId: id, personId: actor.person.id, at: clock.now() });
  return { kind: 'open', share, copy: share.copy, by };
}

/** @property group the name of the one it is shared with, or with whose facilitators. */
export type SharedWithMe = { share: store.Share; by: Person; group: string | undefined; isRead: boolean };

/** What colleagues share with somebody, as far as they may open it now. */
export async function listSharedWithMe({ db, vault }: ReflectionDeps, actor: Actor): Promise<SharedWithMe[]> {
  const shares = await store.listSharedWith(db, vault, actor.person.id);
  const people = await listPeople(
    db,
    shares.map(({ by }) => by),
  );
  const found: SharedWithMe[] = [];
  for (const share of shares) {
    const by = people.find(({ id }) => id === share.by);
    if (!by || !share.copy || !(await mayOpen(db, actor, share))) continue;
    const group = share.cohortId === undefined ? undefined : (await findCohort(db, share.cohortId))?.name;
    const isRead = (await store.listReads(db, share.id)).some(({ personId }) => personId === actor.person.id);
    found.push({ share, by, group, isRead });
  }
  return found;
}
