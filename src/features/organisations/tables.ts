/** What a team offers others. Everybody can read it; it is sealed, since whose it is tells where somebody works. */
export interface TeamCardsTable {
  id: string;
  /** Who keeps it; null: nobody does, so the curators are asked. */
  owner_id: string | null;
  /** JSON: organisation, team, what it offers, how to reach it. */
  sealed: string;
  /** Local dates: when somebody last said that it is right, when to ask them again, and when they were asked. */
  checked_on: string;
  due_on: string;
  asked_on: string | null;
  made_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    team_cards: TeamCardsTable;
  }
}
