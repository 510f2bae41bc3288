import { namesOf as namesOfOpened, type Opened, openedAgain, type Seen } from '../../../community/opened.ts';
import { type Person, toPerson } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
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
  const openedBy = profile?.accessNeeds ? openedAgain(profile.openedBy, { by, on }) : undefined;
  if (!profile || !openedBy) return;
  await writeProfile(db, vault, personId, { ...profile, openedBy }, at);
}

/** Who has opened what somebody said, and on which day last. */
export const namesOf = (db: Db, opened: readonly Opened[]): Promise<Seen[]> =>
  namesOfOpened(db, opened, 'Somebody who runs a group');
