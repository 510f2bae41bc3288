import type { WebClient } from '@slack/web-api';
import type { Core } from '../feature.ts';

export type RolesDeps = Core & {
  /** Asks Slack who somebody is whom the bot has not met. */
  client: WebClient;
  teamId: string;
  /** Whether somebody had everything about them deleted. Left out: nobody has. */
  isForgotten?(slackId: string): Promise<boolean>;
};
