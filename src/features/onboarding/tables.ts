import type { Generated } from 'kysely';

export interface JourneyVersionsTable {
  /** A digest of the steps, so that the same file is kept once. */
  id: string;
  /** JSON: the steps as data/onboarding.yaml worded them then. */
  steps: string;
  created_at: string;
}

export interface JourneysTable {
  id: string;
  person_id: string;
  /**
   * 'expected' (to be welcomed) | 'met' (welcomed, has not answered the agreement) | 'declined' | 'active' | 'paused' |
   * 'stopped' | 'finished'.
   */
  status: string;
  met_how: string;
  met_at: string;
  /** 'days' | 'today' | 'next-week' | 'none'. */
  pace: string;
  version_id: string | null;
  /** Local date from which the working days of the steps count. */
  anchor_on: string | null;
  agreement_version: string | null;
  /** The version of the agreement that was last asked for, by message. */
  agreement_asked: string | null;
  /** JSON array: what was noticed before the journey began. */
  noticed: Generated<string>;
  /** Why it rests: 'asked' | 'silence'. */
  rest_reason: string | null;
  /** How often it came to rest, for the key of its last line. */
  rests: Generated<number>;
  /** When the person left the workspace or the forum; empty again once they are back. */
  away_at: string | null;
  /** Nothing is due before this instant. */
  next_at: string | null;
  updated_at: string;
}

export interface JourneyStepsTable {
  journey_id: string;
  step_id: string;
  position: number;
  /** Local date, `YYYY-MM-DD`. */
  due_on: string;
  /** 'waiting' | 'offered' | 'done' | 'noticed' | 'skipped'. */
  status: string;
  /** How often it was offered: again only after "not now", or when a queued message was taken back. */
  offers: Generated<number>;
  /** The outbox's key of the last offer, and of its reminder. */
  offer_key: string | null;
  reminder_key: string | null;
  reacted_at: string | null;
}

/** Who waits for a hello from a human. */
export interface GreetingsTable {
  person_id: string;
  arrived_at: string;
  noted_at: string | null;
  remind_after: string | null;
  reminded_at: string | null;
  /** Who has taken it on, whether or not they have said something yet. */
  greeted_by: string | null;
  /** Set: they say that they have. */
  greeted_at: string | null;
}

declare module '../../db/schema.ts' {
  interface Schema {
    journey_versions: JourneyVersionsTable;
    journeys: JourneysTable;
    journey_steps: JourneyStepsTable;
    greetings: GreetingsTable;
  }
}
