import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Reach } from '../community/reach.ts';
import type { Config } from '../config.ts';
import { describeError } from '../lib/log.ts';
import type { Vault } from '../lib/crypto.ts';
import { findIdentifiers } from '../safeguarding/identifiers.ts';
import { createArrivals } from '../slack/arrivals.ts';
import { checkins } from './checkins/index.ts';
import { cohorts } from './cohorts/index.ts';
import type { Content } from './content.ts';
import type { Core, Feature, Job } from './feature.ts';
import { help } from './help/index.ts';
import { createHomePublisher, home, type HomePublisher } from './home/index.ts';
import { onboarding } from './onboarding/index.ts';
import { preferences } from './preferences/index.ts';
import { reflections } from './reflections/index.ts';
import { resources } from './resources/index.ts';
import { applySettings, roles } from './roles/index.ts';
import { support } from './support/index.ts';

export type FeatureParts = {
  core: Omit<Core, 'homeChanged'>;
  config: Pick<Config, 'facilitators' | 'forumChannel'>;
  content: Content;
  /** For answers to clicks; the outbox has a client of its own. */
  client: WebClient;
  vault: Vault;
  reach: Reach;
  teamId: string;
  botUserId: string;
};

export type Features = {
  jobs: Job[];
  listen(app: App): void;
  /** Somebody the bot has not met did something: asks Slack who they are. */
  lookUp(slackId: string): void;
  /** What happened while the bot was away. */
  catchUp(): Promise<void>;
  /** Resolves when App Home is published for whoever looks at it. */
  settled(): Promise<void>;
};
