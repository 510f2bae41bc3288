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
  /** JSON: see report/counted.ts. For the programme, in the place `group-count:<group>`. */
  sealed: string;
}

/** For which stage of an evaluation a check-in was scheduled. */
export interface EvaluationStagesTable {
  checkin_id: string;
  /** Of data/evaluation.yaml. */
  stage: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    closed_reports: ClosedReportsTable;
    group_counts: GroupCountsTable;
    evaluation_stages: EvaluationStagesTable;
  }
}
