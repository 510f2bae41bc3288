import type { Generated } from 'kysely';

/** Attendance of a session, as its hosts took it. */
export interface TrainingRegistersTable {
  session_id: string;
  /** Grows with each change, so that two hosts do not undo each other's without seeing it. */
  version: number;
  /** Null: only what people said was confirmed. */
  taken_at: string | null;
  taken_by: string | null;
  /** How many were there of whom no name is kept. */
  others: Generated<number>;
  /** How many there were in all, counted once when nobody can put it right any more; null: not counted. */
  counted: Generated<number | null>;
}

/** Somebody who was at a session. Of whoever was not there is no row, so nothing counts it. */
export interface TrainingAttendanceTable {
  session_id: string;
  person_id: string;
  /** When they said so themselves. */
  said_at: string | null;
  /** When a host ticked or confirmed it. */
  confirmed_at: string | null;
}

declare module '../../../db/schema.ts' {
  interface Schema {
    training_registers: TrainingRegistersTable;
    training_attendance: TrainingAttendanceTable;
  }
}
