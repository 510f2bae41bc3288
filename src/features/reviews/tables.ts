/** What a worker takes to young people, and what came of it. */
export interface ReviewPacksTable {
  id: string;
  title: string;
  made_by: string;
  made_at: string;
  /** Local date on which young people reviewed it; null until somebody says so. */
  reviewed_on: string | null;
}

/** One thing of a pack. Nothing in it is about a young person. */
export interface ReviewItemsTable {
  pack_id: string;
  /** See OurWords. */
  item: string;
  nth: number;
  label: string;
  /** Hash of the words that were in the pack: it says whether they are still the same. */
  mark: string;
  /** 'fine' | 'change' | 'better'; null: not entered yet. */
  verdict: string | null;
  /** 'changed' | 'stays'; null: it is not decided yet what becomes of it. */
  became: string | null;
  /** JSON: what they said, and what became of it; for the programme, in the place `review:<pack>:<item>`. */
  sealed: string | null;
}

declare module '../../db/schema.ts' {
  interface Schema {
    review_packs: ReviewPacksTable;
    review_items: ReviewItemsTable;
  }
}
