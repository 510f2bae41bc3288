import type { Generated } from 'kysely';

/** What a session's hosts have settled for its pack. Without a row: as it comes. */
export interface TrainingPacksTable {
  session_id: string;
  /** About how many people a group has. */
  group_size: number;
  /** What the groups are drawn by. */
  seed: string;
  /** Of data/practice-prompts.yaml; null: the first that fits. */
  case_id: string | null;
  /** JSON: how many of those who come are what, as it was told last; null: not told yet. */
  counted: Generated<string | null>;
}

declare module '../../../db/schema.ts' {
  interface Schema {
    training_packs: TrainingPacksTable;
  }
}
