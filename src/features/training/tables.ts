import type { Generated } from 'kysely';
import type { Flag } from '../../community/tables.ts';

/** One dated session that people book. */
export interface TrainingSessionsTable {
  id: string;
  /** Of data/training.yaml: a session of its series or an intervention; else 'follow-up' or 'own'. */
  series_id: string;
  /**
   * JSON: label, shape and notes of the series as they were, for the day on which it is not in the file any more; and how
   * many minutes those who run it have given each part.
   */
  definition: string;
  /** Null: open to all who have agreed. */
  cohort_id: string | null;
  title: string;
  /** Instant. */
  starts_at: string;
  minutes: number;
  place: string | null;
  /** Of an online meeting: only for who is booked or hosts. */
  link: string | null;
  /** Null: no limit. */
  places: number | null;
  /** JSON array of `{ profession, places }`: kept for a profession. */
  mix: string | null;
  /** Local date up to and including which they are kept; null: until it begins. */
  mix_until: string | null;
  asks_access: Generated<Flag>;
  /** From when on it has to be looked at what is kept of its people's access needs: long ago after a change; null: never again. */
  needs_look_at: Generated<string | null>;
  /** Grows with each change that a calendar has to hear of. */
  sequence: Generated<number>;
  /** 'planned' | 'cancelled'. */
  status: string;
  cancelled_at: string | null;
  /** JSON: when and where it was and what it was called, as people were last told; null: they know. */
  told: string | null;
  /** Instant from which on they are told what has changed; null: nothing has. */
  tell_at: string | null;
  /** How many of its reminders have gone out for the time that stands here. */
  reminded: Generated<number>;
  created_by: string;
  created_at: string;
  /** When `sequence` grew last. */
  changed_at: string;
}

/** Who runs a session. */
export interface TrainingHostsTable {
  session_id: string;
  person_id: string;
}

/** Somebody's place at a session, or on the list of those who wait for one. One row for each person and session. */
export interface TrainingBookingsTable {
  session_id: string;
  person_id: string;
  /** 'booked' | 'waiting' | 'offered' | 'cancelled'. */
  status: string;
  /** A group of data/professions.yaml. */
  profession: string | null;
  /** Instant at which that began, no two the same in one session: the order of those who wait. */
  since: string;
  /** Instant until which a place that came free is kept for them. */
  offered_until: string | null;
}

/** Whose messages about a session are to be looked at, since their place may stand otherwise. It is empty once they are. */
export interface TrainingNotesDueTable {
  session_id: string;
  person_id: string;
  /** How often that was said: what is said while one looks is looked at again. */
  times: number;
}

/** What somebody has opened, done or skipped of the core module. */
export interface ModulePartsTable {
  person_id: string;
  part_id: string;
  /** 'begun' | 'done' | 'skipped' */
  state: string;
  /** 1: the one they opened last. */
  is_latest: Generated<0 | 1>;
  /** Local date; this and what follows only where it is done, as it was then: the part may change or go. */
  done_on: string | null;
  label: string | null;
  minutes: number | null;
}

/** What is told of a group's people, as it was last counted. */
export interface ModuleCountsTable {
  cohort_id: string;
  /** Local date of the last count, whether what stands here changed or not. */
  counted_on: string;
  /** JSON: how many had begun and how many had finished, each as it may be told. */
  counted: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    training_sessions: TrainingSessionsTable;
    training_hosts: TrainingHostsTable;
    training_bookings: TrainingBookingsTable;
    training_notes_due: TrainingNotesDueTable;
    module_parts: ModulePartsTable;
    module_counts: ModuleCountsTable;
  }
}
