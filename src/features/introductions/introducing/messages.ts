import type { KnownBlock } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../../slack/text.ts';
import type { ShownToColleagues } from '../deps.ts';
import { ids } from '../ids.ts';
import type { Prompt } from './prompt.ts';

/** A colleague as another is told of them: no more than they let every colleague see. */
export type Colleague = { person: Person; profile: ShownToColleagues };

/** "@Sam and @Ira". */
export const sayPeople = (people: readonly Person[]): Mrkdwn =>
  joinMrkdwn(
    people.map(({ slackId }) => mention(slackId)),
    ' and ',
  );

/** Opens their own conversation, in which the bot is not. @see https://docs.slack.dev/interactivity/deep-linking */
const conversation = (teamId: string, { slackId }: Person): string =>
  `https://slack.com/app_redirect?channel=${slackId}&team=${teamId}`;

/** What somebody does, and where; undefined where they show neither. */
function line({ person, profile }: Colleague): Mrkdwn | undefined {
  const said = [profile.role, profile.organisation].filter((one) => one !== undefined).join(' · ');
  return said === '' ? undefined : mrkdwn`• ${mention(person.slackId)}: ${said}`;
}

type Made = {
  introductionId: string;
  others: readonly Colleague[];
  /** Those of them to whom they were introduced before. */
  known: readonly Person[];
  why: string;
  prompt: Prompt | undefined;
};

/** For one of them. */
export function madeMessage({ introductionId, others, known, why, prompt }: Made, teamId: string): Message {
  return {
    text: others.length > 1 ? 'Meet two colleagues' : 'Meet a colleague',
    blocks: [
      section(
        joinMrkdwn(
          [
            mrkdwn`*Meet ${sayPeople(others.map(({ person }) => person))}.* ${why} They have been told the same.`,
            known.length > 0 &&
              mrkdwn`You were introduced to ${sayPeople(known)} before, so you may know each other already.`,
            ...others.map(line),
          ],
          '\n',
        ),
      ),
      ...promptBlocks(prompt),
      actions([
        ...others.map(({ person }, nth) =>
          button(`Write to ${person.displayName || 'them'}`, `${ids.write}${nth + 1}`, {
            url: conversation(teamId, person),
            ...(nth === 0 && { style: 'primary' as const }),
          }),
        ),
        ...(prompt
          ? [
              button('Something to begin with', ids.prompt, {
                value: introductionId,
                label: 'Something to begin with: a question for two',
              }),
            ]
          : []),
      ]),
      context(
        mrkdwn`Fifteen minutes will do, and nothing about families. I am not in your conversation. Less often, pause or stop: \`/chatr connect\``,
      ),
    ],
  };
}

/** Its title alone; where it may be hard to read, what it is about. The rest stands behind a button. */
const promptBlocks = (prompt: Prompt | undefined): KnownBlock[] =>
  prompt
    ? [
        section(
          prompt.content_note
            ? mrkdwn`To begin with, if you like: ‘${prompt.title}’. _Content note: ${prompt.content_note}_`
            : mrkdwn`To begin with, if you like: ‘${prompt.title}’.`,
        ),
      ]
    : [];

/** To somebody who had been told of it already. No reason: it would be the other's. */
export const offMessage = (others: readonly Person[]): Message => ({
  text: 'An introduction cannot happen',
  blocks: [
    section(
      others.length > 0
        ? mrkdwn`*The introduction to ${sayPeople(others)} cannot happen this time*, and it is nothing you did. Please do not wait for them. You are among the first the next time.`
        : mrkdwn`*Your introduction cannot happen this time*, and it is nothing you did. You are among the first the next time.`,
    ),
    context(mrkdwn`Less often, pause or stop: \`/chatr connect\``),
  ],
});

/** Once, two weeks later. */
export const metMessage = (introductionId: string, others: readonly Person[]): Message => ({
  text: 'Did you meet?',
  blocks: [
    section(
      mrkdwn`*Did you meet ${sayPeople(others)}?* If so, you can keep it for your CPD record. I ask once, and there is no need to answer.`,
    ),
    actions([
      button('We met', ids.met, { value: introductionId, label: 'We met: keep it for my CPD record' }),
      button('Skip this', ids.notMet, { value: introductionId, label: 'Skip this: nothing is kept' }),
    ]),
    context(mrkdwn`Only you see your answer. Less often, pause or stop: \`/chatr connect\``),
  ],
});
