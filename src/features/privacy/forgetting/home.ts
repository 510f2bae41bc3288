import { describeError } from '../../../lib/log.ts';
import type { PrivacyDeps } from '../deps.ts';
import { forgottenHome } from './views.ts';

/** Home keeps what was published last, so that is taken away as well. @returns false when Slack did not take it. */
export async function showNothingInHome(
  { client, log }: Pick<PrivacyDeps, 'client' | 'log'>,
  slackId: string,
): Promise<boolean> {
  try {
    await client.views.publish({ user_id: slackId, view: forgottenHome() });
    return true;
  } catch (error) {
    log.warn(describeError(error), 'App Home of somebody who is deleted was not emptied');
    return false;
  }
}
