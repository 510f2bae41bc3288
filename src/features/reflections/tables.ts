/** What somebody kept. Who, when and which way to reflect are readable; the words only with the key. */
export interface ReflectionsTable {
  id: string;
  person_id: string;
  /** An id of data/reflection-frameworks.yaml. */
  framework: string;
  /** The body, sealed for the person; its place is `reflection:<id>`. */
  sealed: string;
  written_at: string;
  updated_at: string;
  /** Set: out of the journal, and gone for good a day later. */
  deleted_at: string | null;
}

/** What somebody has not saved yet. Kept until they save or discard it; it has no end of its own. */
export interface ReflectionDraftsTable {
  /** The id the reflection gets when it is saved, which is what makes a second click save nothing twice. */
  id: string;
  person_id: string;
  framework: string;
  /** For the person, in the place `reflection-draft:<id>`. */
  sealed: string;
  /** The reflection it is a change of, if any. */
  changes: string | null;
  updated_at: string;
  deleted_at: string | null;
}

/** How the words of a reflection were before their last change, until their author clears it. One for each. */
export interface ReflectionVersionsTable {
  reflection_id: string;
  person_id: string;
  framework: string;
  /** For the person, in the place `reflection-version:<reflection's id>`. */
  sealed: string;
  /** When it was written like that. */
  written_at: string;
}

/** A reflection that was shared, with a copy of its words as they were previewed. */
export interface ReflectionSharesTable {
  id: string;
  /** Where that is deleted, the share has ended, and goes once its notices say so. */
  reflection_id: string;
  /** Its author. */
  person_id: string;
  /** 'person' | 'facilitators' | 'group': of which group, in `cohort_id`. */
  scope: string;
  cohort_id: string | null;
  /** The copy, for its author, in the place `reflection-share:<id>`. Null: no longer shared. */
  sealed: string | null;
  shared_at: string;
  copied_at: string;
  ended_at: string | null;
}

/** For whom it is: those who were named when it was shared, and nobody who came later. */
export interface ReflectionShareReadersTable {
  share_id: string;
  person_id: string;
  /** It is theirs no longer: it has ended, or they left the community, even when they come back. */
  left_at: string | null;
  /** Their notice says that it is shared no longer, or never came. */
  notice_closed_at: string | null;
}

/** Each time it was opened, for its author to see. */
export interface ReflectionShareReadsTable {
  id: string;
  share_id: string;
  person_id: string;
  opened_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    reflections: ReflectionsTable;
    reflection_drafts: ReflectionDraftsTable;
    reflection_versions: ReflectionVersionsTable;
    reflection_shares: ReflectionSharesTable;
    reflection_share_readers: ReflectionShareReadersTable;
    reflection_share_reads: ReflectionShareReadsTable;
  }
}
