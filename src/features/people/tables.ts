/** How somebody is listed, beside what their profile lets colleagues see. Whether they are listed says their consent. */
export interface ListingsTable {
  person_id: string;
  /** JSON: the name they are listed under, and what they are happy to be asked about. */
  sealed: string;
  takes_questions: 0 | 1;
  /** Local date on which a question was last put to them, of whatever they made of it. */
  asked_on: string | null;
}

export interface PeopleQuestionsTable {
  id: string;
  /** Who asks. */
  person_id: string;
  /** JSON: their words. */
  sealed: string;
  asked_at: string;
  /** From this instant on they are offered to post it, where nobody has taken it. */
  offer_at: string;
  offered_at: string | null;
  posted_at: string | null;
  ends_at: string;
  ended_at: string | null;
}

/** Whom a question was put to: who says no is taken out at once, and who has said nothing when it ends. */
export interface PeopleAskedTable {
  question_id: string;
  person_id: string;
  /** Their name was passed on to the one who asks. */
  passed_on: 0 | 1;
}

/** A question that somebody began and did not ask; one at most. */
export interface PeopleQuestionDraftsTable {
  person_id: string;
  /** JSON: their words, and ids of topics. */
  sealed: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    listings: ListingsTable;
    people_questions: PeopleQuestionsTable;
    people_asked: PeopleAskedTable;
    people_question_drafts: PeopleQuestionDraftsTable;
  }
}
