import type { Generated } from 'kysely';

/** 0 or 1: neither engine binds a boolean the same way. */
export type Flag = 0 | 1;

export interface PeopleTable {
  id: string;
  slack_id: string;
  display_name: string;
  /** For greetings; empty where it is not clear which name it is, null until Slack has been asked for it. */
  first_name: Generated<string | null>;
  time_zone: string | null;
  /** 'member' | 'guest' | 'external' | 'bot'; 'unknown' until Slack has been asked. */
  kind: string;
  is_workspace_admin: Flag;
  deactivated_at: string | null;
  /** The D… id of the conversation with the bot, once known. */
  dm_channel: string | null;
  first_met_at: string;
}

/** What a person chose to say about themselves. Every field may be empty, and is where it is kept to themselves. */
export interface ProfilesTable {
  person_id: string;
  /** These two only as a list said them, until the person saves their profile: what they type is sealed. */
  role: string | null;
  organisation: string | null;
  /** Where colleagues see it and it is not on the list: the same for all who typed the same. */
  organisation_mark: Generated<string | null>;
  /** JSON arrays of ids from topics.yaml. */
  age_groups: Generated<string>;
  interests: Generated<string>;
  /** JSON array of places of work as data/onboarding.yaml words them. */
  boroughs: Generated<string>;
  /**
   * How they would like to be introduced, what makes taking part easier for them, and the fields that only they see.
   * Always of one size, so that it does not tell who said something. Null: said nothing of it yet.
   */
  sealed: Generated<string | null>;
  /** Empty since 0008: what stood here is sealed. */
  introduction: Generated<null>;
  access_needs: Generated<null>;
  /** JSON: field → 'facilitators' | 'community' | 'nobody'. */
  visibility: Generated<string>;
  updated_at: string;
}

/** Agreement and consents: rows are never changed but for `withdrawn_at`, so that the history can be shown. */
export interface ConsentsTable {
  id: string;
  person_id: string;
  /** 'notice' (was shown) | 'agreement' | 'declined' | 'listed' | 'introduced'. */
  kind: string;
  version: string;
  given_at: string;
  withdrawn_at: string | null;
}

export interface RolesTable {
  id: string;
  person_id: string;
  /** 'facilitator' | 'curator' | 'administrator'. */
  role: string;
  /** Null: for all cohorts. */
  cohort_id: string | null;
  /** A person's id, or 'settings' for CHATR_FACILITATORS. */
  granted_by: string;
  granted_at: string;
  revoked_at: string | null;
}

export interface CohortsTable {
  id: string;
  name: string;
  /** An age group id of topics.yaml, or null for mixed. */
  age_group: string | null;
  /** Local dates, `YYYY-MM-DD`. */
  starts_on: string | null;
  ends_on: string | null;
  channel_id: string | null;
  /** 1: whoever joins or leaves the channel joins or leaves the cohort. */
  follows_channel: Generated<Flag>;
  /** JSON array of `{ from, until, name }`. */
  closed_days: Generated<string | null>;
  created_by: string;
  created_at: string;
  archived_at: string | null;
}

export interface CohortMembersTable {
  cohort_id: string;
  person_id: string;
  joined_at: string;
  left_at: string | null;
  /** Who ended it: a person's id (their own when they left themselves), or 'channel'. */
  left_by: Generated<string | null>;
}

/** What a person wants from the bot. No row means the defaults. */
export interface PreferencesTable {
  person_id: string;
  /** Set: nothing unasked is sent until the person starts again. */
  paused_at: string | null;
  /** Set: "No messages, thank you". Nothing unasked is sent and no check-in asks them, until they want messages again. */
  no_messages_at: Generated<string | null>;
  /** Local date up to and including which nothing is sent. */
  away_until: string | null;
  /** Local times `HH:mm`: nothing is sent from `quiet_from` in the evening until `quiet_until` in the morning. */
  quiet_from: string;
  quiet_until: string;
  /** 0: no reminders at all. */
  reminders: Flag;
}

export interface SettingsTable {
  key: string;
  value: string;
}

export interface AuditLogTable {
  id: string;
  at: string;
  /** A person's id, or 'system'. */
  actor: string;
  /** feature.verb, e.g. 'roles.grant'. */
  action: string;
  subject: string | null;
  /** JSON of ids and choices; never what somebody wrote. */
  detail: string;
}

export interface SeenEventsTable {
  event_id: string;
  seen_at: string;
}

declare module '../db/schema.ts' {
  interface Schema {
    people: PeopleTable;
    profiles: ProfilesTable;
    consents: ConsentsTable;
    roles: RolesTable;
    cohorts: CohortsTable;
    cohort_members: CohortMembersTable;
    preferences: PreferencesTable;
    settings: SettingsTable;
    audit_log: AuditLogTable;
    seen_events: SeenEventsTable;
  }
}
