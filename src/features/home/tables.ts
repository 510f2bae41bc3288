/** The page of App Home that somebody has turned to; no row: the front page. */
export interface HomePagesTable {
  person_id: string;
  page: string;
  value: string;
  turned_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    home_pages: HomePagesTable;
  }
}
