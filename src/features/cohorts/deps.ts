import type { WebClient } from '@slack/web-api';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Core } from '../feature.ts';

export type CohortsDeps = Core & {
  vocabulary: Vocabulary;
  /** The workspace, and the bot's own user id in it. */
  teamId: string;
  botUserId: string;
  /** For what no click started: the look-ups of an import. Without it they wait. */
  client?: WebClient;
  /** Called after somebody has come into a cohort, or has left it; each only when something changed. */
  joinedCohort(personId: string, cohortId: string): Promise<void>;
  leftCohort(personId: string, cohortId: string): Promise<void>;
  /** Buttons of other features for a group's card; each gets the group's id as its value. */
  cardButtons?: readonly { text: string; actionId: string }[];
};

/** A person's id; or 'channel' for what follows a linked channel, 'import' for an expected trainee who came. */
export type By = string;
