import type { KnownBlock } from '@slack/types';
import type { Message } from '../../outbox/outbox.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { channelMention, escapeEntities, mrkdwn } from '../../slack/text.ts';
import type { Prompt, PromptDeps } from './deps.ts';
import { ids } from './ids.ts';
import { ageLabel, kindLabel, sayTrouble } from './say.ts';
import type { PromptPlan, Trouble } from './store.ts';

/** Title and content note alone: whoever wants to read on presses. */
const head = (prompt: Prompt, what: string): KnownBlock[] => [
  section(mrkdwn`*${what}: ${prompt.title}*`),
  ...(prompt.content_note === undefined ? [] : [section(mrkdwn`*Content note:* ${prompt.content_note}`)]),
];

const showButton = (prompt: Prompt) =>
  button('Show it', ids.show, { value: prompt.id, label: `Show it: ${prompt.title}` });

export const channelPost = (prompt: Prompt, deps: Pick<PromptDeps, 'prompts' | 'vocabulary'>): Message => ({
  text: escapeEntities(`Practice prompt: ${prompt.title}`),
  blocks: [
    ...head(prompt, kindLabel(prompt, deps)),
    actions([showButton(prompt)]),
    context(
      mrkdwn`${ageLabel(prompt.age_group, deps)} \u00b7 Answers go into the thread below, or nowhere at all. As we agreed: nothing that could identify anybody. ${deps.prompts.rules.posting_reminder}`,
    ),
  ],
});

export const personalPost = (prompt: Prompt): Message => ({
  text: 'Your practice prompt of the week',
  blocks: [
    ...head(prompt, 'This week'),
    actions([showButton(prompt), button('Stop these messages', ids.stopWeekly)]),
    context(mrkdwn`Once a week, because you chose it. Nobody waits for an answer.`),
  ],
});

/** For whoever would like others to have what they tried, as fiction. */
export const exampleButton = ({ id, title }: Prompt) =>
  button('Keep what helped', ids.example, {
    value: id,
    label: `Keep what helped as a practice example: ${title}`,
  });

export const triedQuestion = (prompt: Prompt): Message => ({
  text: 'A week on: what did people try?',
  blocks: [
    section(mrkdwn`*A week on: what did people try?* One line is plenty, and so is \u201cnothing yet\u201d.`),
    actions([exampleButton(prompt)]),
    context(
      mrkdwn`Please, nothing that could identify anybody. I do not read the answers. *Keep what helped* makes a practice example of it, as fiction, for the curators to look at.`,
    ),
  ],
});

/** For those who run it, once. */
export const stoppedNote = (
  { id, channelId }: Pick<PromptPlan, 'id' | 'channelId'>,
  trouble: Trouble,
): Message => ({
  text: 'Practice prompts have stopped in a channel',
  blocks: [
    section(mrkdwn`*The practice prompts in ${channelMention(channelId)} rest.* ${sayTrouble(trouble)}`),
    actions([button('Go on', ids.goOn, { value: id, label: 'Go on with the practice prompts' })]),
    context(mrkdwn`You get this once. All of them: \`/chatr prompts\``),
  ],
});
