import { inviteMe } from '../../slack/room.ts';
import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { anyAge } from './choosing.ts';
import type { Prompt, PromptDeps } from './deps.ts';
import type { Trouble } from './store.ts';

export const ageLabel = (age: string, { vocabulary }: Pick<PromptDeps, 'vocabulary'>): string =>
  age === anyAge ? 'All ages in turn' : (vocabulary.age_groups.find(({ id }) => id === age)?.label ?? age);

export const kindLabel = ({ kind }: Prompt, { prompts }: Pick<PromptDeps, 'prompts'>): string =>
  prompts.kinds.find(({ id }) => id === kind)?.label ?? 'Practice prompt';

/** What happened, and what to do about it. */
export function sayTrouble(trouble: Trouble): Mrkdwn {
  switch (trouble) {
    case 'not-in':
      return mrkdwn`I am not in that channel any more. Type \`${inviteMe}\` there, then press *Go on*.`;
    case 'archived':
      return mrkdwn`The channel is archived. Bring it back and press *Go on*, or stop them and plan them for another one.`;
    case 'group-archived':
      return mrkdwn`The group is put away. Bring it back and press *Go on*, or stop them.`;
    case 'refused':
      return mrkdwn`Slack did not take the last one. Look at who may post in that channel, then press *Go on*.`;
    case 'unclear':
      return mrkdwn`Slack did not say whether the last one arrived. Please look; I do not post it twice.`;
    case 'missed':
      return mrkdwn`The last one was left out, since I was not running then.`;
    case 'none-left':
      return mrkdwn`There is no prompt for this age group in the programme\u2019s file.`;
  }
}
