import { findCohort } from '../../community/cohorts.ts';
import { type Area, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { openHint, toExpected } from './importing/store.ts';

const nameOf = async (db: Db, cohortId: string): Promise<string> =>
  (await findCohort(db, cohortId))?.name ?? 'A group that is no longer there';

/** What is kept of somebody's groups. */
export const groupsHeld = (vault: Vault): Area => ({
  id: 'groups',
  title: 'Your groups',
  why: 'So that their check-ins and steps reach you.',
  holdings: [
    rowsOf('cohort_members', {
      id: 'groups',
      what: 'Groups you are or were in',
      read: async (row, db) => ({
        Group: await nameOf(db, row.cohort_id),
        Joined: new Date(row.joined_at),
        Left: instant(row.left_at),
      }),
    }),
    rowsOf('cohort_channel_members', {
      id: 'group-channels',
      what: 'Channels of yours that a group follows',
      read: async (row, db) => ({ Group: await nameOf(db, row.cohort_id) }),
    }),
    rowsOf('profile_hints', {
      id: 'profile-hints',
      what: 'Role and agency from a list of trainees, until you agree or say no',
      read(row) {
        const { role, agency } = openHint(vault, row.person_id, row.sealed) ?? {};
        return { Role: role, Agency: agency };
      },
    }),
    rowsOf('expected_trainees', {
      id: 'trainee-lists',
      what: 'Lines of lists of trainees that are being matched with you',
      remains:
        'A line in a list of trainees that was never matched with you: I cannot tell that it is yours, and it goes after 180 days.',
      read(row) {
        const { email, name, agency, role } = toExpected(vault, row) ?? {};
        return { Address: email, Name: name, Agency: agency, Role: role };
      },
    }),
    madeBy('cohorts', 'created_by', {
      id: 'groups-made',
      what: 'Groups you made',
      remains: 'Groups you made, without your name: others are in them.',
      read: (row) => ({ Group: row.name, Made: new Date(row.created_at) }),
    }),
    madeBy('cohort_members', 'left_by', {
      id: 'taken-out',
      what: 'People you took out of a group',
      remains: 'That somebody was taken out of a group, without your name.',
      read: async (row, db) => ({ Group: await nameOf(db, row.cohort_id), On: instant(row.left_at) }),
    }),
    madeBy('trainee_imports', 'created_by', {
      id: 'lists-brought',
      what: 'Lists of trainees you brought',
      remains: 'Lists of trainees you brought, without your name: those people are still expected.',
      read: (row) => ({ Brought: new Date(row.created_at), Added: row.added, Waiting: row.waiting }),
    }),
  ],
});
