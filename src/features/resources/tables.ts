import type { Flag } from '../../community/tables.ts';

export interface SavedResourcesTable {
  person_id: string;
  resource_id: string;
  saved_at: string;
  /** Sealed for the person. */
  note: string | null;
  /** From then on it is on no list, and gone for good a day later. */
  removed_at: string | null;
}

/** One row per person and resource. */
export interface ResourceFeedbackTable {
  person_id: string;
  resource_id: string;
  /** Null: took it back, or said only that something is wrong with it. */
  helped: Flag | null;
  link_problem_at: string | null;
  out_of_date_at: string | null;
  changed_at: string;
}

export interface ResourceSuggestionsTable {
  id: string;
  person_id: string;
  /** The URL without what makes no difference; one person suggests an address once. */
  address: string;
  title: string;
  url: string;
  why: string | null;
  /** 'waiting' | 'accepted' | 'declined'. */
  status: string;
  suggested_at: string;
  decided_by: string | null;
  decided_at: string | null;
  /** The entry it became. */
  entry_id: string | null;
  /** The same for all that were decided at once. Null: it waits, or was decided before this was kept. */
  decision: string | null;
  /** What this decision says to its author: 'accepted', or the reason why not. Null: nothing, or it waits. */
  said: string | null;
  /** The same of what they have heard, and what was taken back then. */
  heard: string | null;
}

/** Single words that were looked for and are not in the catalogue. Nobody's: no person, no question, no time of day. */
export interface SearchMissesTable {
  word: string;
  /** Of one person once a day. */
  misses: number;
  /** UTC date, `YYYY-MM-DD`. */
  last_on: string;
  /** 'not-ours': a curator has seen it, and it does not come up again. Otherwise what it leads to now: see `ledBy` in `catalogue/came-of.ts`. */
  answer: string | null;
  answered_at: string | null;
}

/** Every state an entry has had at a curator's hands; the highest version is how it is. Never changed, only added to. */
export interface CatalogueVersionsTable {
  entry_id: string;
  /** From 1. */
  version: number;
  /** JSON, the whole entry. Null: as the content files have it, or not at all. */
  entry: string | null;
  is_retired: Flag;
  /** JSON: the entry of the content files that this was decided over. Null: they had none. */
  seed: string | null;
  /** A person's id, or 'files' for what changed there. */
  changed_by: string;
  changed_at: string;
  /** The list that brought it in or changed it. */
  import_id: string | null;
}

/** The entries of the content files as they were at the last start: what is dropped there is still known here. */
export interface CatalogueSeedTable {
  entry_id: string;
  entry: string;
}

/** One row. */
export interface CatalogueStateTable {
  id: number;
  /** Goes up with each change, so that other bots on this database notice. */
  changes: number;
  seed_hash: string | null;
  /** The day the catalogue was first here; checks that nobody has made yet are spread from it. */
  began_on: string | null;
}

/** `asked_as` of topics that curators added. */
export interface TopicPhrasesTable {
  key: string;
  topic_id: string;
  /** JSON. */
  phrase: string;
  added_by: string;
  added_at: string;
}

/** Support lines and safeguarding contacts that somebody rang or looked up. */
export interface ContactChecksTable {
  contact_id: string;
  checked_on: string;
  /** It was wrong: its number is not shown until the content files say otherwise. */
  is_wrong: Flag;
  checked_by: string;
}

/** What was not found and sent to the curators. Whose words they are is not kept. */
export interface AskedQuestionsTable {
  id: string;
  /** The words without what makes no difference: asked twice, it waits once. */
  key: string;
  words: string;
  asked_on: string;
  /** Null: it waits. Otherwise as with a single word: see `ledBy` in `catalogue/came-of.ts`. */
  answer: string | null;
  answered_at: string | null;
}

/** Who wants to be told of the answer. For that alone, and gone with it. */
export interface QuestionWaitingTable {
  question_id: string;
  person_id: string;
}

export interface LinkChecksTable {
  url: string;
  next_at: string;
  /** See `links/visit.ts`; null while the first visit is under way. */
  outcome: string | null;
  status: number | null;
  moved_to: string | null;
  checked_at: string | null;
  /** The day on which it last opened. */
  fine_on: string | null;
  /** Days in a row on which it did not. */
  failures: number;
  failed_on: string | null;
  /** JSON: `{ status, to }` of each hop. */
  redirects: string | null;
}

/** Whoever wants to hear each week what is new on a topic. */
export interface FollowedTopicsTable {
  person_id: string;
  topic_id: string;
  since: string;
}

/** A channel that is told each week what is new. */
export interface ChannelNewsTable {
  channel_id: string;
  turned_on_by: string;
  since: string;
}

/** A list of entries that was read and waits for a curator's word. */
export interface CatalogueImportsTable {
  id: string;
  created_by: string;
  created_at: string;
  /** JSON. */
  rows: string;
}

/** What was passed on to a person, for a while: it comes once a week, and not too many in a day. */
export interface ResourceSharesTable {
  id: string;
  /** Who passed it on. */
  person_id: string;
  receiver_id: string;
  resource_id: string;
  shared_at: string;
}

/** Whose shares somebody does not want. Nobody else is told. */
export interface ShareStopsTable {
  person_id: string;
  sharer_id: string;
  since: string;
}

/** Made of somebody's practice for the catalogue. Gone once a curator has decided: an entry has no name. */
export interface PracticeExamplesTable {
  id: string;
  person_id: string;
  /** For the programme, in the place `practice-example:<id>`. */
  sealed: string;
  sent_at: string;
  /** The entry it became. Null: it waits. */
  entry_id: string | null;
  /** Until its author is told; then it goes, and the entry is tied to nobody. */
  kept_until: string | null;
}

/** What a curator wrote to somebody with their decision; gone after a while. */
export interface CuratorsWordsTable {
  id: string;
  /** To whom. */
  person_id: string;
  /** For them, in the place `curators-words:<id>`. */
  sealed: string;
  said_at: string;
}

/** What somebody says of our words; deleted with a curator's answer. */
export interface WordingFlagsTable {
  id: string;
  person_id: string;
  /** "<kind>:<id>" of what they speak of. */
  item: string;
  /** JSON: what, and better words; for them, in the place `wording-flag:<id>`. */
  sealed: string;
  sent_at: string;
}

declare module '../../db/schema.ts' {
  interface Schema {
    saved_resources: SavedResourcesTable;
    resource_feedback: ResourceFeedbackTable;
    resource_suggestions: ResourceSuggestionsTable;
    search_misses: SearchMissesTable;
    catalogue_versions: CatalogueVersionsTable;
    catalogue_seed: CatalogueSeedTable;
    catalogue_state: CatalogueStateTable;
    topic_phrases: TopicPhrasesTable;
    contact_checks: ContactChecksTable;
    asked_questions: AskedQuestionsTable;
    question_waiting: QuestionWaitingTable;
    link_checks: LinkChecksTable;
    catalogue_imports: CatalogueImportsTable;
    followed_topics: FollowedTopicsTable;
    channel_news: ChannelNewsTable;
    resource_shares: ResourceSharesTable;
    share_stops: ShareStopsTable;
    practice_examples: PracticeExamplesTable;
    curators_words: CuratorsWordsTable;
    wording_flags: WordingFlagsTable;
  }
}
