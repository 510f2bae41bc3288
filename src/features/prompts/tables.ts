/** A rhythm of prompts in a channel. */
export interface PromptPlansTable {
  id: string;
  /** The group it is for; null: everybody. */
  cohort_id: string | null;
  channel_id: string;
  /** An age group of topics.yaml, or 'any': every one in its turn. */
  age_group: string;
  /** See Recurrence. */
  rule: string;
  starts_at: string;
  zone: string;
  /** When the next one comes, or would have come where somebody paused or stopped it. */
  next_at: string | null;
  /** The prompt that somebody chose for then. */
  next_prompt: string | null;
  /** JSON: prompts that were left out, each "<instant> <prompt>", oldest first. */
  skipped: string;
  /** 'running' | 'paused' | 'over'. */
  status: string;
  /** Why it was paused, or what became of the last one, where nobody decided that. */
  trouble: string | null;
  /** "<channel>/<weekday>" until it is over: one a day in a channel. */
  slot: string | null;
  made_by: string;
  made_at: string;
}

/** A prompt that was put into a channel. */
export interface PromptPostsTable {
  id: string;
  plan_id: string;
  channel_id: string;
  prompt_id: string;
  due_at: string;
  /** Where it stands, once that is known. */
  ts: string | null;
  /** When its thread is asked what people tried; null: it was, or there is none. */
  ask_at: string | null;
}

/** Who has one by direct message each week. */
export interface PromptReadersTable {
  person_id: string;
  age_group: string;
  /** JSON: ids of those they had, oldest first. */
  had: string;
  since: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    prompt_plans: PromptPlansTable;
    prompt_posts: PromptPostsTable;
    prompt_readers: PromptReadersTable;
  }
}
