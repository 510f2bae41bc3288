import type { Generated } from 'kysely';

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
    module_parts: ModulePartsTable;
    module_counts: ModuleCountsTable;
  }
}
