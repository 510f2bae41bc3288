import type { KnownBlock } from '@slack/types';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, option, overflow, section } from '../../../slack/blocks.ts';
import { joinMrkdwn, localTime, mrkdwn } from '../../../slack/text.ts';
import type { Definition } from '../content.ts';
import { ids } from '../ids.ts';
import type { Round } from '../store.ts';
import { privacySentence, sayMinutes } from '../words.ts';

/** What `more` can do; the value of its options is `<what>|<round id>`. */
export const moreOptions = { stop: 'stop', noReminders: 'no-reminders' } as const;

type Prompted = Pick<Round, 'id' | 'closesAt'> & { definition: Definition };

/** The notification stays bland: phones show it on locked screens. */
export const promptText = 'Your check-in is ready';

export function promptMessage(round: Prompted, cohortName: string, zone: string): Message {
  return { text: promptText, blocks: promptBlocks(round, cohortName, zone, { opening: 'prompt' }) };
}

export function reminderMessage(round: Prompted, cohortName: string, zone: string): Message {
  return {
    text: 'Your check-in is still open',
    blocks: promptBlocks(round, cohortName, zone, { opening: 'reminder' }),
  };
}

export function laterMessage(round: Prompted, cohortName: string, zone: string): Message {
  return { text: promptText, blocks: promptBlocks(round, cohortName, zone, { opening: 'later' }) };
}

type Opening = { opening: 'prompt' | 'reminder' | 'later' };

/** Why, how long, who sees it, until when; one primary button, two plain ones, the rest in a menu. */
function promptBlocks(
  { id, closesAt, definition }: Prompted,
  cohortName: string,
  zone: string,
  { opening }: Opening,
): KnownBlock[] {
  const { label, purpose, minutes, mode } = definition;
  const until = closesAt && mrkdwn`open until ${localTime(closesAt, zone)}`;
  const lead = {
    prompt: mrkdwn`*${label}*\n${purpose}`,
    reminder: mrkdwn`*${label}* is still open if you would like to add to it. This is the only reminder.`,
    later: mrkdwn`*${label}*: here it is again, as you asked.\n${purpose}`,
  }[opening];
  return [
    section(lead),
    context(
      joinMrkdwn([mrkdwn`Takes ${sayMinutes(minutes)}`, until], ' · '),
      mrkdwn`${privacySentence[mode]}`,
    ),
    actions([
      button('Answer', ids.answer, { value: id, style: 'primary', label: `Answer: ${label}` }),
      button('Later today', ids.later, { value: id }),
      button('Skip this one', ids.skip, { value: id }),
      overflow(ids.more, [
        option('Stop this check-in for me', `${moreOptions.stop}|${id}`),
        option('No reminders, please', `${moreOptions.noReminders}|${id}`),
      ]),
    ]),
    context(
      mrkdwn`Sent to you as a member of ${cohortName}. For fewer messages: the ⋯ menu, or \`/chatr away\`.`,
    ),
  ];
}

/** What stands in the place of a prompt once somebody has done something about it. */
export function settledBlocks(
  words: string,
  button_?: { text: string; actionId: string; value: string },
): KnownBlock[] {
  return [
    section(mrkdwn`${words}`),
    ...(button_ ? [actions([button(button_.text, button_.actionId, { value: button_.value })])] : []),
  ];
}

/** Of a button, in characters. */
const longestValue = 2000;

/** What a facilitator sees when they send themselves a preview: the very message, with a button that saves nothing. */
export function previewMessage(
  definition: Definition,
  closesAt: Date | undefined,
  cohortName: string,
  zone: string,
  values: { questions: string; goOn: string },
): Message {
  const [lead, facts] = promptBlocks({ id: '-', closesAt, definition }, cohortName, zone, {
    opening: 'prompt',
  });
  return {
    text: `Preview: ${promptText}`,
    blocks: [
      context(mrkdwn`*Preview.* This is what each person gets. Nothing is saved from here.`),
      ...(lead ? [lead] : []),
      ...(facts ? [facts] : []),
      actions([
        button('See the questions', ids.previewAnswer, { value: values.questions }),
        // To look at this the facilitator has to close the screen they came from.
        ...(values.goOn.length <= longestValue
          ? [button('Go on scheduling', ids.goOn, { value: values.goOn, style: 'primary' })]
          : []),
      ]),
    ],
  };
}
