import type { Generated } from 'kysely';
import type { Flag } from '../../community/tables.ts';

/** The report of a group as it was closed. Nothing of it changes after that. */
export interface ClosedReportsTable {
  /** "<group>:<nth>" */
  id: string;
  cohort_id: string;
  /** From 1: the reports of a group follow each other. */
  nth: number;
  /** Local dates of the programme, both included. */
  from_on: string;
  until_on: string;
  closed_by: string;
  closed_at: string;
  /** JSON of a Report, for the programme, in the place `report:<id>`. */
  sealed: string;
}

/** How many of a group are of which profession and organisation, as it was last counted. */
export interface GroupCountsTable {
  cohort_id: string;
  /** JSON: see report/store.ts. For the programme, in the place `group-count:<group>`. */
  sealed: string;
}

/** For which stage of an evaluation a check-in was scheduled. */
export interface EvaluationStagesTable {
  checkin_id: string;
  /** Of data/evaluation.yaml. */
  stage: string;
}

/** Somebody was among those who did something in a time that is not counted yet. It goes with the counting. */
export interface UseMarksTable {
  person_id: string;
  /** 'looked-up' in a week; 'active' and 'reflected' in a month. */
  kind: string;
  /** The Monday of a week, or 'YYYY-MM'; local in the programme's zone. */
  period: string;
  /** In which group they count for all of that week; '' where in none, and for months. */
  cohort_id: string;
}

/** How often it was done. What is counted was done by five people or more, and is in steps of five; the others are gone by then. */
export interface UseCountsTable {
  kind: string;
  period: string;
  /** '': by those in no group; once it is counted, by them and those of groups of whom too few did. */
  cohort_id: string;
  uses: number;
  /** How many of them found nothing. */
  missed: number;
  is_counted: Generated<Flag>;
}

/** What a month of the programme came to, counted once after its end. */
export interface ProgrammeMonthsTable {
  /** 'YYYY-MM' */
  month: string;
  /** JSON: see programme/month.ts. */
  counted: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    closed_reports: ClosedReportsTable;
    group_counts: GroupCountsTable;
    evaluation_stages: EvaluationStagesTable;
    use_marks: UseMarksTable;
    use_counts: UseCountsTable;
    programme_months: ProgrammeMonthsTable;
  }
}
