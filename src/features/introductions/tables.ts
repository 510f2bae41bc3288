/** How somebody wants to be introduced. Whether they do is the consent 'introduced'; without a row it is as usual. */
export interface IntroductionWishesTable {
  person_id: string;
  /** 'everybody', or the id of a group. */
  pool: string;
  /** 2 | 4 | 8. */
  every_weeks: number;
  is_paused: 0 | 1;
  /** 'regular': at their own pace; 'next': with the next round; 'left-out': with the next one, before others. */
  standing: string;
  /** For the person, always of one size: whom they would rather not meet, by Slack id. */
  sealed: string;
}

/** Rounds that were drawn, so that none is drawn twice. */
export interface IntroductionRoundsTable {
  pool: string;
  number: number;
}

export interface IntroductionsTable {
  id: string;
  pool: string;
  /** Local date of the programme, and the instant. */
  made_on: string;
  made_at: string;
  /**
   * 'waiting' until it can be told to all of them; 'going' while the messages are under way; 'told'; 'off': it was told to
   * nobody, or taken back.
   */
  state: string;
  /** While it waits: when it is looked at again. */
  go_at: string;
  /** When they are asked whether they met; null: not yet told, or asked already. */
  ask_at: string | null;
  /** Of data/practice-prompts.yaml. */
  prompt_id: string | null;
}

export interface IntroductionMembersTable {
  introduction_id: string;
  person_id: string;
  /** 1: somebody else of it works for another organisation, or in another profession, as far as both are known. */
  other_agency: 0 | 1;
  other_profession: 0 | 1;
  /** For the person, of one size from the beginning, so that nobody sees who met: the day and the minutes. */
  sealed: string;
}

/** Groups within which people may be introduced. */
export interface IntroductionGroupsTable {
  cohort_id: string;
  switched_on_by: string;
  switched_on_at: string;
}

/** What is told of introductions, counted once a day. */
export interface IntroductionCountsTable {
  pool: string;
  /** "2026-Q1". */
  quarter: string;
  /** Local date. */
  counted_on: string;
  /** JSON: see leading/store.ts. */
  counted: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    introduction_wishes: IntroductionWishesTable;
    introduction_rounds: IntroductionRoundsTable;
    introductions: IntroductionsTable;
    introduction_members: IntroductionMembersTable;
    introduction_groups: IntroductionGroupsTable;
    introduction_counts: IntroductionCountsTable;
  }
}
