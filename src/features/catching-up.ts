import type { WebClient } from '@slack/web-api';
import { describeError, type Log, slackCode } from '../lib/log.ts';
import type { Job } from './feature.ts';

export type CatchingUp = {
  /** What happened while the bot was away. Never throws: what could not be read is tried again with the beats. */
  catchUp(): Promise<void>;
  job: Job;
};

/** @param missed what is to be made up for after a start, by name, in order. Each is done once. */
export function createCatchingUp(missed: Map<string, () => Promise<void>>, log: Log): CatchingUp {
  let catching: Promise<void> | undefined;
  async function catchUpMissed(): Promise<void> {
    for (const [what, work] of missed)
      await work().then(
        () => void missed.delete(what),
        (error: unknown) => log.warn({ what, ...describeError(error) }, 'Catching up did not finish'),
      );
  }
  const catchUp = (): Promise<void> => {
    catching ??= catchUpMissed().finally(() => {
      catching = undefined;
    });
    return catching;
  };
  // Slack may not answer just then. The first time goes on beside the beats, since it can take minutes.
  return { catchUp, job: { name: 'catch-up', run: async () => (catching ? undefined : catchUp()) } };
}

/**
 * CHATR_FACILITATORS as Slack ids. An address that nobody has is told to the operator, by its place, and left out.
 * `isWhole` is false when Slack did not answer about one: then nobody must lose a role by that.
 */
export async function facilitatorIds(client: WebClient, named: readonly string[], log: Log) {
  const slackIds: string[] = [];
  let isWhole = true;
  for (const [index, name] of named.entries()) {
    if (!name.includes('@')) slackIds.push(name);
    else
      try {
        const { user } = await client.users.lookupByEmail({ email: name });
        if (user?.id) slackIds.push(user.id);
      } catch (error) {
        isWhole &&= slackCode(error) === 'users_not_found';
        log.warn(
          { entry: index + 1, ...describeError(error) },
          'CHATR_FACILITATORS: an address was not found in Slack',
        );
      }
  }
  return { slackIds, isWhole };
}
