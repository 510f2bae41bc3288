import type { Generated } from 'kysely';
import type { Flag } from '../../community/tables.ts';

/** One dated session that people book. */
export interface TrainingSessionsTable {
  id: string;
  /** Of data/training.yaml: a session of its series or an intervention; else 'follow-up' or 'own'. */
  series_id: string;
  /** JSON: label, shape and notes of the series as they were, for the day on which it is not in the file any more. */
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
  /** Grows with each change that a calendar has to hear of. */
  sequence: Generated<number>;
  /** 'planned' | 'cancelled'. */
  status: string;
  cancelled_at: string | null;
  /** JSON: when and where it was, as people were last told; null: they know. */
  told: string | null;
  /** Instant from which on they are told what has changed; null: nothing has. */
  tell_at: string | null;
  created_by: string;
  created_at: string;
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

declare module '../../db/schema.ts' {
  interface Schema {
    training_sessions: TrainingSessionsTable;
    training_hosts: TrainingHostsTable;
    training_bookings: TrainingBookingsTable;
  }
}
