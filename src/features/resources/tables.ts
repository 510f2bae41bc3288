import type { Flag } from '../../community/tables.ts';

export interface SavedResourcesTable {
  person_id: string;
  resource_id: string;
  saved_at: string;
  /** Sealed for the person. */
  note: string | null;
  /** From then on it is on no list, and gone for good a day later. */
  removed_at: string | null;
}

/** One row per person and resource. */
export interface ResourceFeedbackTable {
  person_id: string;
  resource_id: string;
  /** Null: took it back, or said something about the link only. */
  helped: Flag | null;
  link_problem_at: string | null;
  changed_at: string;
}

export interface ResourceSuggestionsTable {
  id: string;
  person_id: string;
  /** The URL without what makes no difference; one person suggests an address once. */
  address: string;
  title: string;
  url: string;
  why: string | null;
  /** 'waiting' | 'accepted' | 'declined'. */
  status: string;
  suggested_at: string;
  decided_by: string | null;
  decided_at: string | null;
}

/** Single words that were looked for and are not in the catalogue. Nobody's: no person, no question, no time of day. */
export interface SearchMissesTable {
  word: string;
  misses: number;
  /** UTC date, `YYYY-MM-DD`. */
  last_on: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    saved_resources: SavedResourcesTable;
    resource_feedback: ResourceFeedbackTable;
    resource_suggestions: ResourceSuggestionsTable;
    search_misses: SearchMissesTable;
  }
}
