import type { Generated } from 'kysely';

/** One thing that somebody noted that they will try. The words only with the key. */
export interface IntentionsTable {
  /** Random, without the time: it is noted right after an answer, of which no time is kept. */
  id: string;
  person_id: string;
  /** What it was noted after, by its id; empty: nothing that counts it. */
  occasion: string;
  /** For the person, in the place `intention:<id>`, always of one size. */
  sealed: string;
  /** Local date. */
  noted_on: string;
  /** How often it has come back. */
  returns: Generated<number>;
  /** When it comes back next; null: it does not. */
  next_at: string | null;
  /** 'done' | 'partly' | 'not-yet' | 'no-longer': what they said last. */
  outcome: string | null;
}

/** When somebody was last offered to note something. */
export interface IntentionOffersTable {
  person_id: string;
  occasion: string;
  /** Local date. */
  offered_on: string;
  /** 0: "Do not offer this". */
  is_wanted: Generated<0 | 1>;
}

/** What somebody began to note and did not keep, sealed; one at most. */
export interface IntentionDraftsTable {
  person_id: string;
  sealed: string;
}

/** What is told of all who noted something after the same check-in, counted once. */
export interface IntentionCountsTable {
  occasion: string;
  /** How many had answered. */
  people: number;
  noted: number;
  /** Null: not counted yet. */
  tried: number | null;
  /** Of those, how many did it altogether; null: not counted, or counted before that was. */
  done: Generated<number | null>;
}

declare module '../../db/schema.ts' {
  interface Schema {
    intentions: IntentionsTable;
    intention_offers: IntentionOffersTable;
    intention_drafts: IntentionDraftsTable;
    intention_counts: IntentionCountsTable;
  }
}
