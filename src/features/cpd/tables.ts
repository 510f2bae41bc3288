/** What somebody last chose for their record: which record, from when until when, which entries. One at most. */
export interface CpdChoicesTable {
  person_id: string;
  /** For the person, in the place `cpd-choice:<person>`. */
  sealed: string;
}

/** What somebody added to an entry for their record, so that it need not be typed again. It goes with the entry. */
export interface CpdAnswersTable {
  person_id: string;
  /** "<kind>:<id>", as the entry's source names it. */
  entry_id: string;
  /** By form and field, for the person, in the place `cpd-answers:<entry>`. */
  sealed: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    cpd_choices: CpdChoicesTable;
    cpd_answers: CpdAnswersTable;
  }
}
