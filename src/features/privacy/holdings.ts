import { forgetInAudit, listAudit } from '../../community/audit.ts';
import { findCohort } from '../../community/cohorts.ts';
import { type Area, type Holding, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import { clearName, findPerson } from '../../community/people.ts';
import '../../community/tables.ts';
import '../../outbox/tables.ts';

/** Of whoever said no to the agreement there is none. */
const nameFromSlack: Holding = {
  id: 'name',
  what: 'Your name and first name, and your time zone, from Slack',
  where: ['people.display_name', 'people.first_name', 'people.time_zone'],
  async count(db, personId) {
    return (await findPerson(db, personId))?.displayName ? 1 : 0;
  },
  async read(db, personId) {
    const person = await findPerson(db, personId);
    return person
      ? [{ Name: person.displayName, 'First name': person.firstName, 'Time zone': person.timeZone }]
      : [];
  },
  forget: clearName,
};

/** What is kept of somebody by no single feature. @param others that belong here. */
export const aboutYou = (...others: Holding[]): Area => ({
  id: 'you',
  title: 'You',
  why: 'So that I know who you are, what you agreed to, and when I may write to you.',
  holdings: [
    rowsOf(
      'people',
      {
        id: 'person',
        what: 'Your Slack id, and when I met you',
        remains:
          'A mark made of your Slack id, which tells nobody who you are without the key of this program: so that nobody but you brings you back, and a restored backup deletes you again.',
        read: (row) => ({
          'Slack id': row.slack_id,
          'Our conversation in Slack': row.dm_channel ?? undefined,
          'First met': new Date(row.first_met_at),
          'In this workspace': row.kind,
          'Owner or admin of the workspace': row.is_workspace_admin === 1,
          'Account closed': instant(row.deactivated_at),
        }),
      },
      'id',
    ),
    nameFromSlack,
    rowsOf('consents', {
      id: 'consents',
      what: 'Agreements and choices, with their dates',
      read: (row) => ({
        What: row.kind,
        Version: row.version,
        Given: new Date(row.given_at),
        Withdrawn: instant(row.withdrawn_at),
      }),
    }),
    rowsOf('preferences', {
      id: 'preferences',
      what: 'Your message settings: quiet hours, days away, a pause, and whether you said "No messages"',
      read: (row) => ({
        Paused: instant(row.paused_at),
        'No messages since': instant(row.no_messages_at),
        'Away until': row.away_until ?? undefined,
        'Quiet from': row.quiet_from,
        'Quiet until': row.quiet_until,
        Reminders: row.reminders === 1,
      }),
    }),
    rowsOf('roles', {
      id: 'roles',
      what: 'Roles you have or had',
      read: async (row, db) => ({
        Role: row.role,
        Group: row.cohort_id === null ? 'all groups' : (await findCohort(db, row.cohort_id))?.name,
        Given: new Date(row.granted_at),
        Ended: instant(row.revoked_at),
      }),
    }),
    madeBy('roles', 'granted_by', {
      id: 'roles-given',
      what: 'Roles you gave',
      remains: 'Roles you gave, without your name: they are others’.',
      read: (row) => ({ Role: row.role, Given: new Date(row.granted_at) }),
    }),
    ...others,
  ],
});

export const messagesHeld = (): Area => ({
  id: 'messages',
  title: 'Messages from me to you',
  why: 'So that you get no more than three a week that ask something, and none twice. Once sent, their text is in Slack only.',
  holdings: [
    rowsOf('outbox', {
      id: 'messages',
      what: 'Messages: when, and what about',
      remains:
        'What you wrote to me in Slack: only you can delete that there. A facilitator may still have a note from me that you had joined.',
      read: (row) => ({
        About: row.kind,
        Stands: row.status,
        'To be sent': new Date(row.send_after),
        Sent: instant(row.sent_at),
      }),
    }),
  ],
});

/** Who did what with what is theirs, and what they did with what is others'. */
export const deedsHeld = (): Area => ({
  id: 'deeds',
  title: 'Who did what',
  why: 'So that you, and whoever asks later who could see what, can tell. It goes after two years.',
  holdings: [
    {
      id: 'deeds',
      what: 'Changes to your roles, groups and agreement, and to what you look after: who made them, and when',
      where: ['audit_log.actor', 'audit_log.subject'],
      remains:
        'What you did for groups and the catalogue, without your name, and that somebody was deleted on this day, with a mark that tells nobody who it was.',
      async count(db, personId) {
        return (await listAudit(db, personId)).length;
      },
      // Of others there is no name in it: it is theirs.
      async read(db, personId) {
        return (await listAudit(db, personId)).map(({ at, action, actor, detail }) => ({
          When: at,
          What: action,
          'By you': actor === personId,
          Role: typeof detail.role === 'string' ? detail.role : undefined,
        }));
      },
      forget: forgetInAudit,
    },
  ],
});
