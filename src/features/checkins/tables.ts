import type { Generated } from 'kysely';

export interface CheckinsTable {
  id: string;
  /** Null: one that people start for themselves; there is one of these per template. */
  cohort_id: string | null;
  template_id: string;
  /** 'private' | 'group' | 'linked' | 'named': fixed when the check-in is made. */
  mode: string;
  /** JSON of the template as it was then, for the day it is no longer in data/checkins.yaml. */
  definition: string;
  /** JSON array of question ids that the facilitator left out. */
  left_out: Generated<string>;
  /** JSON of a Recurrence, or null for one that people start for themselves. */
  recurrence: string | null;
  open_days: number;
  /** When the next round is due; null when no further one will come. */
  next_at: string | null;
  /** 'running' | 'paused' | 'finished' | 'cancelled'. */
  status: string;
  created_by: string;
  created_at: string;
  /** 1: asked as its definition says, whatever the template says later. */
  is_own: Generated<0 | 1>;
  /** How many rounds are still to come; null: no end by number. */
  times_left: Generated<number | null>;
  /** 1: one reminder a round. */
  reminds: Generated<0 | 1>;
  /** 1: only those are asked who said that they want it. */
  asks_first: Generated<0 | 1>;
  /** JSON of a CountedFrom: its date follows its group's. */
  counted_from: Generated<string | null>;
}

export interface CheckinRoundsTable {
  id: string;
  checkin_id: string;
  due_at: string;
  opened_at: string | null;
  closes_at: string | null;
  /** When the one reminder is due; null when there is none, or it has been decided. */
  remind_at: string | null;
  closed_at: string | null;
  /** 'open' | 'closed' | 'missed' | 'cancelled'. */
  status: string;
  /** Why it was missed: 'late' | 'empty'. */
  reason: string | null;
  /** JSON: the questions and words of this round, whatever the YAML says later. */
  definition: string;
}

/** Who was asked and whether they answered; never when, and never what. */
export interface ParticipationsTable {
  round_id: string;
  person_id: string;
  /** 'asked' | 'answered' | 'skipped' | 'withdrawn'. */
  status: string;
  /** How often "Later today" was pressed. */
  later_count: Generated<number>;
  /** 1: in private mode, the person let their choices be counted in the group summary. */
  shared: Generated<0 | 1>;
}

/**
 * All unnamed answers of a round in one box, shuffled and sealed anew whenever one is added, always of one size: without
 * the key no copy, nor any number of them, joins an answer to a person; with it, one copy joins none in the mode 'group'.
 */
export interface AnswerBoxesTable {
  round_id: string;
  sealed: string;
}

/** What somebody answered in the modes 'named' and 'private', sealed for them. */
export interface OwnAnswersTable {
  round_id: string;
  person_id: string;
  sealed: string;
}

/** What is shown of a round that has closed, worked out once and sealed. */
export interface RoundResultsTable {
  round_id: string;
  sealed: string;
}

/** Which random key is whose, sealed: a copy of the database alone cannot join them. */
export interface AnswerKeysTable {
  person_id: string;
  /** A template, or a pair of templates that are compared. */
  family: string;
  sealed: string;
}

/** What stands in a form of several steps until it is sent. */
export interface AnswerDraftsTable {
  round_id: string;
  person_id: string;
  sealed: string;
}

export interface CheckinOptoutsTable {
  checkin_id: string;
  person_id: string;
}

/** Of check-ins that ask first: whom they asked, once, and what they said. */
export interface CheckinWishesTable {
  checkin_id: string;
  person_id: string;
  /** 'asked' | 'yes' | 'no'. */
  wish: string;
}

/** What somebody has planned so far. */
export interface CheckinPlansTable {
  /** Also the id of the check-in that comes of it. */
  id: string;
  person_id: string;
  /** JSON. */
  plan: string;
  changed_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    checkins: CheckinsTable;
    checkin_rounds: CheckinRoundsTable;
    participations: ParticipationsTable;
    answer_boxes: AnswerBoxesTable;
    own_answers: OwnAnswersTable;
    round_results: RoundResultsTable;
    answer_keys: AnswerKeysTable;
    answer_drafts: AnswerDraftsTable;
    checkin_optouts: CheckinOptoutsTable;
    checkin_wishes: CheckinWishesTable;
    checkin_plans: CheckinPlansTable;
  }
}
