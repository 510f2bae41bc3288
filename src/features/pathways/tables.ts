/** A sentence that a safeguarding lead has read, as a curator noted. */
export interface PathwayReadingsTable {
  pathway_id: string;
  /** Of the sentence as it was read: see `markOf`. */
  sentence_mark: string;
  noted_by: string;
  /** Instant. */
  noted_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    pathway_readings: PathwayReadingsTable;
  }
}
