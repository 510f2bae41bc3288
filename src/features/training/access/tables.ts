/**
 * What would make taking part in a session easier for somebody who booked. Where a session asks, there is a row for
 * everybody who booked, whether they said anything or not.
 */
export interface TrainingNeedsTable {
  session_id: string;
  person_id: string;
  /** For the person, in the place `session-needs:<session>:<person>`, always of one size: the words, and who opened them. */
  sealed: string;
}

declare module '../../../db/schema.ts' {
  interface Schema {
    training_needs: TrainingNeedsTable;
  }
}
