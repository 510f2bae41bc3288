/** Something that was planned in one act for one group. */
export interface PilotsTable {
  id: string;
  /** Of data/pilots.yaml. */
  template_id: string;
  /** What that was called: it may leave the file. */
  label: string;
  cohort_id: string;
  /** 1: its group was made with it, and goes with it. */
  has_made_group: 0 | 1;
  /** The intervention of data/training.yaml whose checklist its members have. */
  prepares: string | null;
  /** JSON: where everything stood before what was moved last. */
  undo: string | null;
  created_by: string;
  created_at: string;
}

/** One part of it. */
export interface PilotPartsTable {
  pilot_id: string;
  /** 'start', 'session-2', 'report' …: one of each in a pilot. */
  part: string;
  /** In the order in which they are offered to move. */
  place: number;
  /** 'day' | 'session' | 'checkin' */
  kind: string;
  /** As it was made: what it is may be gone. */
  title: string;
  /** The session's or check-in's id; null for a day. */
  ref: string | null;
  /** The part it is counted from. */
  hangs_on: string | null;
  /** Local date as the rhythm, or somebody, would have it; null where it is counted by another feature. */
  wanted_on: string | null;
  /** Local date on which a day is. */
  is_on: string | null;
}

/** What somebody has ticked of a checklist, and nothing else of what they prepare for. */
export interface PreparationTicksTable {
  person_id: string;
  /** For the person, in the place `preparing:<person>`, always of one size. */
  sealed: string;
  /** Local date of the last tick, from which it is counted until they go. */
  ticked_on: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    pilots: PilotsTable;
    pilot_parts: PilotPartsTable;
    preparation_ticks: PreparationTicksTable;
  }
}
