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
  /** Why it was missed: 'late' | 'empty'. Of one that is over, 'crowded': some were not sent a message of it. */
  reason: string | null;
  /** JSON: the questions and words of this round, whatever the YAML says later. */
  definition: string;
  /** JSON: how many had answered when that was last counted for whoever runs it; null once a day has not passed yet. */
  counted: Generated<string | null>;
  /** The local date on which it was looked at last. */
  counted_on: Generated<string | null>;
  /** 1: people were told, when they were asked, that the group may be told roughly what came out. */
  told_of_giving_back: Generated<0 | 1>;
  /** JSON of a HeldBack: of one that comes before, what waits for the answers afterwards. */
  held_back: Generated<string | null>;
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

/** Answers before and after of the same people, as far as they are shown: worked out when the later round closes, sealed. */
export interface RoundComparisonsTable {
  /** The later one's. */
  round_id: string;
  before_id: string;
  sealed: string;
}

/** What a reader of a round's results noted on it, sealed for them; the other readers see it too. */
export interface RoundNotesTable {
  round_id: string;
  person_id: string;
  sealed: string;
  noted_at: string;
}

/** Which of the words in a round its readers do not show: by what they say, sealed. Whose they are is not known. */
export interface HiddenWordsTable {
  round_id: string;
  sealed: string;
}

/** Words of a round that are to stand in a report, once whoever wrote them allows it. */
export interface QuotesTable {
  id: string;
  round_id: string;
  /** Of the words and their question: the same words are asked for once. */
  mark: string;
  /** A mark of who is asked, which leads to nobody without the key. Null: it was allowed while writing, by nobody knows whom. */
  asked_of: string | null;
  /** 'chosen': nobody is asked. 'asked' | 'allowed' | 'declined' | 'taken-back'; 'left-out' by those who chose them. */
  status: string;
  /** The local date. */
  asked_on: string;
  question: string;
  /** JSON of a Cut: which of the words are to stand. They themselves lie with the answers, and go with them. */
  kept: string;
}

/** What the words of a group are about, as those who run it call it: for the programme, in the place `themes:<group>`. */
export interface GroupThemesTable {
  cohort_id: string;
  sealed: string;
}

/** Which words of a round are about what: by marks of what they say, sealed. Whose they are is not known. */
export interface TaggedWordsTable {
  round_id: string;
  sealed: string;
}

/** "What we heard, what we will do", as it was previewed, with the numbers that stand in it; once for each round. */
export interface GivenBackTable {
  round_id: string;
  sealed: string;
  written_by: string;
  /** Null: it is a draft. */
  posted_at: string | null;
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

/** Answers on paper that were entered while their round is open. When it closes it is emptied: which they were is gone. */
export interface PaperBoxesTable {
  round_id: string;
  /** How many were entered. */
  papers: number;
  sealed: string;
}

/** Who is not asked in Slack since they answered on paper, as a facilitator said; never what, nor which paper. */
export interface PaperPeopleTable {
  round_id: string;
  person_id: string;
}

/** A list of answers on paper that was read and is not taken in yet. */
export interface PaperListsTable {
  id: string;
  round_id: string;
  /** Who brought it. */
  person_id: string;
  sealed: string;
  brought_at: string;
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
    round_comparisons: RoundComparisonsTable;
    round_notes: RoundNotesTable;
    hidden_words: HiddenWordsTable;
    given_back: GivenBackTable;
    quotes: QuotesTable;
    group_themes: GroupThemesTable;
    tagged_words: TaggedWordsTable;
    answer_keys: AnswerKeysTable;
    answer_drafts: AnswerDraftsTable;
    checkin_optouts: CheckinOptoutsTable;
    paper_boxes: PaperBoxesTable;
    paper_people: PaperPeopleTable;
    paper_lists: PaperListsTable;
    checkin_wishes: CheckinWishesTable;
    checkin_plans: CheckinPlansTable;
  }
}
