import { type Selectable, sql } from 'kysely';
import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import { newId } from '../lib/random.ts';
import { hasConsent } from './consents.ts';
import { firstNameOf } from './names.ts';
import type { PeopleTable } from './tables.ts';

export type PersonKind = 'unknown' | 'member' | 'guest' | 'external' | 'bot';

export type Person = {
  id: string;
  slackId: string;
  /** As Slack shows it; free text, may be empty until Slack has been asked. */
  displayName: string;
  /** For a greeting. Undefined where it is not clear which name it is: then nobody is named. */
  firstName: string | undefined;
  /** IANA, or undefined where Slack does not tell. */
  timeZone: string | undefined;
  kind: PersonKind;
  isWorkspaceAdmin: boolean;
  isDeactivated: boolean;
  dmChannel: string | undefined;
};

/** What the bot keeps of Slack's user object. @see https://docs.slack.dev/reference/objects/user-object */
export type SlackUser = {
  id?: string | undefined;
  team_id?: string | undefined;
  deleted?: boolean | undefined;
  real_name?: string | undefined;
  profile?:
    | {
        display_name?: string | undefined;
        real_name?: string | undefined;
        first_name?: string | undefined;
        email?: string | undefined;
      }
    | undefined;
  tz?: string | null | undefined;
  is_bot?: boolean | undefined;
  is_restricted?: boolean | undefined;
  is_stranger?: boolean | undefined;
  is_admin?: boolean | undefined;
  is_owner?: boolean | undefined;
  /** On Enterprise Grid: the organisation, and all its workspaces that they are in. `team_id` is only one of them. */
  enterprise_user?: { enterprise_id?: string | undefined; teams?: string[] | undefined } | undefined;
};

/** Finds a person by Slack id, or writes a first bare row. Asks Slack nothing, so that it can run before an ack. */
export async function meetPerson(db: Db, clock: Clock, slackId: string): Promise<Person> {
  const known = await findPersonBySlackId(db, slackId);
  if (known) return known;
  await db
    .insertInto('people')
    .values({
      id: newId(clock),
      slack_id: slackId,
      display_name: '',
      time_zone: null,
      kind: slackId === 'USLACKBOT' ? 'bot' : 'unknown',
      is_workspace_admin: 0,
      deactivated_at: null,
      dm_channel: null,
      first_met_at: clock.now().toISOString(),
    })
    .onConflict((conflict) => conflict.column('slack_id').doNothing())
    .execute();
  return toPerson(
    await db.selectFrom('people').selectAll().where('slack_id', '=', slackId).executeTakeFirstOrThrow(),
  );
}

/**
 * Takes over what Slack says about somebody (users.info, team_join, user_change). Of whoever declined the community
 * agreement neither name nor time zone is kept: only what is needed to know who may do what.
 * @param ownTeamId the workspace that the bot is in, or the organisation where it is installed in all of it.
 */
export async function recordSlackUser(
  db: Db,
  clock: Clock,
  user: SlackUser & { id: string },
  ownTeamId: string,
): Promise<{ person: Person; before: Person }> {
  const before = await meetPerson(db, clock, user.id);
  const hasDeclined = await hasConsent(db, before.id, 'declined');
  const { display_name: display, first_name: first, real_name: real = user.real_name } = user.profile ?? {};
  const name = display || real || before.displayName;
  const deactivatedAt = user.deleted ? clock.now().toISOString() : null;
  await db
    .updateTable('people')
    .set((eb) => ({
      display_name: hasDeclined ? '' : name,
      first_name: hasDeclined ? null : (firstNameOf({ first, display: name, real }) ?? ''),
      time_zone: hasDeclined ? null : (user.tz ?? before.timeZone ?? null),
      kind: kindOf(user, ownTeamId),
      is_workspace_admin: user.is_admin || user.is_owner ? 1 : 0,
      // The first moment we heard of it stays.
      deactivated_at: deactivatedAt === null ? null : eb.fn.coalesce('deactivated_at', eb.val(deactivatedAt)),
    }))
    .where('id', '=', before.id)
    .execute();
  return { person: await getPerson(db, before.id), before };
}

/**
 * People of another workspace come through Slack Connect, unless it is of the same organisation and they are in ours too.
 * @see https://docs.slack.dev/apis/slack-connect
 */
function kindOf(user: SlackUser & { id: string }, ownTeamId: string): PersonKind {
  if (user.is_bot || user.id === 'USLACKBOT') return 'bot';
  const { team_id: teamId, enterprise_user: inOrganisation } = user;
  const isIn = [teamId, inOrganisation?.enterprise_id, ...(inOrganisation?.teams ?? [])].includes(ownTeamId);
  if (user.is_stranger || (teamId !== undefined && !isIn)) return 'external';
  return user.is_restricted ? 'guest' : 'member';
}

/** Whether Slack's word about somebody makes them one of ours. @param ownTeamId as for `recordSlackUser`. */
export function isOneOfUs(user: SlackUser & { id: string }, ownTeamId: string): boolean {
  const kind = kindOf(user, ownTeamId);
  return !user.deleted && (kind === 'member' || kind === 'guest');
}

/** Of this workspace's people, guests among them, and still here. */
export const isOurs = ({ isDeactivated, kind }: Pick<Person, 'isDeactivated' | 'kind'>): boolean =>
  !isDeactivated && (kind === 'member' || kind === 'guest');

export async function findPerson(db: Db, id: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toPerson(row);
}

/** @throws NoResultError when there is no such person. */
export async function getPerson(db: Db, id: string): Promise<Person> {
  return toPerson(await db.selectFrom('people').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

export async function findPersonBySlackId(db: Db, slackId: string): Promise<Person | undefined> {
  const row = await db.selectFrom('people').selectAll().where('slack_id', '=', slackId).executeTakeFirst();
  return row && toPerson(row);
}

/** In no particular order; ids that are not known are left out. */
export async function listPeople(db: Db, ids: readonly string[]): Promise<Person[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('people').selectAll().where('id', 'in', ids).execute();
  return rows.map(toPerson);
}

/** Ids of the owners and admins of the Slack workspace: found by their index, which needs the number itself. */
export const workspaceAdmins = (db: Db) =>
  db.selectFrom('people').select('people.id').where('people.is_workspace_admin', '=', sql.lit(1));

export async function rememberDmChannel(db: Db, personId: string, channel: string): Promise<void> {
  await db.updateTable('people').set({ dm_channel: channel }).where('id', '=', personId).execute();
}

/** Slack says that this account is closed. The first moment we heard of it stays. */
export async function recordDeactivated(db: Db, clock: Clock, personId: string): Promise<void> {
  await db
    .updateTable('people')
    .set({ deactivated_at: clock.now().toISOString() })
    .where('id', '=', personId)
    .where('deactivated_at', 'is', null)
    .execute();
}

/** The conversation is not there any more: it is asked for anew before the next message. */
export async function forgetDmChannel(db: Db, personId: string): Promise<void> {
  await db.updateTable('people').set({ dm_channel: null }).where('id', '=', personId).execute();
}

/** What Slack says of somebody: their name and their zone. */
export async function clearName(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('people')
    .set({ display_name: '', first_name: null, time_zone: null })
    .where('id', '=', personId)
    .execute();
}

export function toPerson(row: Selectable<PeopleTable>): Person {
  return {
    id: row.id,
    slackId: row.slack_id,
    displayName: row.display_name,
    // Null: from before it was kept. Empty: Slack was asked, and it is not clear. Each payload asks who acts, and few of
    // them greet somebody: reading a name takes as long as reading the row.
    get firstName() {
      return (row.first_name ?? firstNameOf({ display: row.display_name })) || undefined;
    },
    timeZone: row.time_zone ?? undefined,
    kind: row.kind as PersonKind,
    isWorkspaceAdmin: row.is_workspace_admin === 1,
    isDeactivated: row.deactivated_at !== null,
    dmChannel: row.dm_channel ?? undefined,
  };
}
