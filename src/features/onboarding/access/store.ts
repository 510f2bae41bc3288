import { listPeople, type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Opened } from '../profile/profile.ts';
import { findProfile, holdProfile, writeProfile } from '../profile/store.ts';

/** A page of what the people of a group said. */
export type Needs = {
  cohortId: string;
  cohortName: string;
  shown: { person: Person; needs: string }[];
  page: number;
  pages: number;
};

/** Who of a group has said what makes taking part easier for them, by name. */
export async function listNeedsIn(db: Db, vault: Vault, cohortId: string): Promise<Needs['shown']> {
  const rows = await db
    .selectFrom('cohort_members')
    .innerJoin('people', 'people.id', 'cohort_members.person_id')
    .innerJoin('profiles', 'profiles.person_id', 'people.id')
    .selectAll('people')
    .where('cohort_members.cohort_id', '=', cohortId)
    .where('cohort_members.left_at', 'is', null)
    .where('people.deactivated_at', 'is', null)
    .orderBy('people.display_name')
    .execute();
  const said: Needs['shown'] = [];
  for (const row of rows) {
    const needs = (await findProfile(db, vault, row.id))?.accessNeeds;
    if (needs) said.push({ person: toPerson(row), needs });
  }
  return said;
}

/** More are not kept: the profile has room for what the form takes, and no more. */
const mostKept = 20;

/**
 * Sealed with what they said, since who has opened it tells that there is something. In a transaction.
 * @param on their local day.
 */
export async function recordOpened(
  db: Db,
  vault: Vault,
  personId: string,
  { by, on, at }: Opened & { at: Date },
): Promise<void> {
  await holdProfile(db, personId);
  const profile = await findProfile(db, vault, personId);
  if (!profile?.accessNeeds || profile.openedBy.some((one) => one.by === by && one.on === on)) return;
  const others = profile.openedBy.filter((one) => one.by !== by);
  const openedBy = [{ by, on }, ...others].slice(0, mostKept);
  await writeProfile(db, vault, personId, { ...profile, openedBy }, at);
}

/** Who has opened what somebody said, and on which day last. */
export type Seen = { name: string; on: string };

export async function namesOf(db: Db, opened: readonly Opened[]): Promise<Seen[]> {
  const people = await listPeople(
    db,
    opened.map(({ by }) => by),
  );
  return opened.map(({ by, on }) => ({
    name: people.find(({ id }) => id === by)?.displayName || 'Somebody who runs a group',
    on,
  }));
}
