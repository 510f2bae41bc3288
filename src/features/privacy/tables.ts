/** Somebody who is deleted, of whom something is still to be taken away elsewhere: in Slack, in the keys. */
export interface ForgettingsTable {
  id: string;
  /** What is left to do, for the programme: it names whose it is. */
  sealed: string;
  begun_at: string;
  next_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    forgettings: ForgettingsTable;
  }
}
