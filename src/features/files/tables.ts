export interface GivenFilesTable {
  /** The window that asked for it: sent twice, it is one file. */
  id: string;
  person_id: string;
  name: string;
  /** Null until Slack has said where it goes: then nothing of it is there. */
  slack_file_id: string | null;
  goes_at: string;
  /** When it is removed, or tried again where Slack did not. */
  next_try_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    given_files: GivenFilesTable;
  }
}
