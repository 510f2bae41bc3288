import type { Generated } from 'kysely';
import type { Flag } from '../../community/tables.ts';

/**
 * Who is in a linked channel, as far as the bot has heard. What changed while the bot was away is the difference to
 * this, so that whoever left the group of their own accord, or was added without being in the channel, is left alone.
 */
export interface CohortChannelMembersTable {
  cohort_id: string;
  person_id: string;
}

/** One list of trainees somebody brought. */
export interface TraineeImportsTable {
  id: string;
  /** A person's id. */
  created_by: string;
  created_at: string;
  /** 'draft' (shown, nothing done yet) | 'running' | 'done'. */
  state: string;
  /** Where in Slack's list of people the look-up stands; null: at its beginning. */
  cursor: string | null;
  added: Generated<number>;
  already: Generated<number>;
  waiting: Generated<number>;
  left_out: Generated<number>;
  /** 1: the person who brought it has not seen its end, and gets a note. */
  tell_when_done: Generated<Flag>;
  finished_at: string | null;
}

/**
 * Trainees who are not in Slack yet. What the list says of them is sealed; its mark is compared with that of the address of
 * whoever joins. The row goes when it has been matched, when a facilitator says so, and after 180 days.
 */
export interface ExpectedTraineesTable {
  id: string;
  import_id: string;
  /** Line in the list they came from. */
  line: number;
  /** Of the address, in small letters. */
  mark: string;
  /** JSON: address, name, agency, role. */
  sealed: string;
  cohort_id: string | null;
  /** While a draft: a group of this name does not exist yet. */
  cohort_name: string | null;
  /** 'draft' | 'looking' (is asked for in Slack) | 'waiting' (not in Slack yet). */
  state: string;
  /** While a draft: who it is, where Slack knew the address. */
  person_id: string | null;
  looked_up_at: string | null;
  created_at: string;
}

/** Role and agency from an import, until the person agrees to the community agreement; then they go to the profile. */
export interface ProfileHintsTable {
  person_id: string;
  /** JSON, sealed for the person. Never null once the program runs. */
  sealed: string | null;
  /** Empty since 0008: what stood here is sealed. */
  role: Generated<null>;
  organisation: Generated<null>;
  created_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    cohort_channel_members: CohortChannelMembersTable;
    trainee_imports: TraineeImportsTable;
    expected_trainees: ExpectedTraineesTable;
    profile_hints: ProfileHintsTable;
  }
}
