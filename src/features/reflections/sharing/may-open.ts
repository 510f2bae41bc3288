import { findCohort, isCohortMember, listCohortFacilitators } from '../../../community/cohorts.ts';
import { findPerson, isOurs } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { listReaders, type Share } from './store.ts';

/**
 * Who can open what was shared: those who were named when it was, for as long as they are what they were named for. A role
 * opens nothing by itself: neither administrators nor facilitators who were not named read it, and nobody who came into the
 * group later.
 */
export async function mayOpen(db: Db, actor: Actor, share: Omit<Share, 'copy'>): Promise<boolean> {
  const { id } = actor.person;
  if (share.endedAt || !may(actor, 'community.use')) return false;
  const author = await findPerson(db, share.by);
  if (!author || !isOurs(author)) return false;
  if (!(await listReaders(db, share.id)).some(({ personId, hasLeft }) => personId === id && !hasLeft))
    return false;
  if (share.cohortId === undefined) return share.scope === 'person';
  if ((await findCohort(db, share.cohortId))?.isArchived !== false) return false;
  if (share.scope === 'group' && (await isCohortMember(db, share.cohortId, id))) return true;
  return (await listCohortFacilitators(db, share.cohortId)).some((one) => one.id === id);
}
