import type { KnownBlock, View } from '@slack/types';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  context,
  divider,
  input,
  modal,
  section,
  textInput,
  written,
} from '../../../slack/blocks.ts';
import { count, link, list, mention, mrkdwn } from '../../../slack/text.ts';
import { pageSize } from '../finding/place.ts';
import { suggestButton } from '../finding/views.ts';
import { ids } from '../ids.ts';
import type { CuratorPage } from './curate.ts';

/** @param asItIs what was typed looked as if it might identify somebody; the person decides. */
export function suggestDialog({ title = '', asItIs = false }: { title?: string; asItIs?: boolean }): View {
  return modal({
    callbackId: ids.suggest,
    title: 'Suggest a resource',
    submit: asItIs ? 'Send as it is' : 'Send suggestion',
    close: 'Cancel',
    metadata: asItIs ? 'as-it-is' : '',
    blocks: [
      context(mrkdwn`The curators see this, with your name, so that they can ask you about it.`),
      ...(asItIs
        ? [
            section(
              mrkdwn`*This looks as if it may identify someone.* Please change it if it does, or send it as it is. We only check for a few patterns, such as numbers and addresses.`,
            ),
          ]
        : []),
      input(ids.suggestTitle, 'Title', textInput(ids.suggestTitle, { initial: title, max: 150 })),
      input(ids.suggestUrl, 'Web address', textInput(ids.suggestUrl, { max: 1000 }), {
        hint: 'The whole address, starting with https://',
      }),
      input(
        ids.suggestWhy,
        'Why is it good, and for whom?',
        textInput(ids.suggestWhy, { multiline: true, max: 1000 }),
        { optional: true },
      ),
      context(
        mrkdwn`Please leave out anything about a child, a family or a colleague. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });
}

/** Where no modal can be opened (a line typed in a conversation): the button that opens it. */
export const suggestCard = (title: string): Answer => ({
  text: 'Suggest a resource',
  blocks: [
    section(mrkdwn`Something good that is not in the catalogue? The curators look through suggestions.`),
    actions([suggestButton(title)]),
  ],
});

export const suggestionThanks = (id: string): View =>
  modal({
    callbackId: 'answer',
    title: 'Suggestion sent',
    blocks: [
      section(
        mrkdwn`*Thank you.* Your suggestion is kept with your name, and the curators see it. If they add it, it appears in the catalogue.`,
      ),
      actions([
        button('Take it back', ids.withdraw, {
          value: id,
          confirm: confirm(
            'Take it back?',
            'The suggestion is deleted. You can send it again at any time.',
            'Take it back',
            'Keep it',
          ),
        }),
      ]),
    ],
  });

export const plainAnswer = (title: string, text: string): Answer => ({
  text,
  title,
  blocks: [section(mrkdwn`${text}`)],
});

const statusWords = { waiting: 'Waiting', accepted: 'Accepted', declined: 'Declined' } as const;

/** Suggestions five at a time, then reported links and missed words. */
export function curatorAnswer(page: CuratorPage): Answer {
  const { suggestions, from, total, waiting, linkProblems, misses } = page;
  const next = from + suggestions.length;
  const blocks: KnownBlock[] = [
    section(
      total === 0
        ? mrkdwn`*No suggestions yet.* Anybody can send one with \`/chatr suggest\`.`
        : mrkdwn`*${count(waiting, 'suggestion is', 'suggestions are')} waiting.* Accepting only marks it: add the entry to \`data/resources.yaml\`.`,
    ),
    ...suggestions.flatMap((one) => suggestionBlocks(one, from)),
  ];
  const pages = [
    ...(next < total
      ? [
          button(`Show ${Math.min(pageSize, total - next)} more`, `${ids.curate}next`, {
            value: String(next),
          }),
        ]
      : []),
    ...(from > 0
      ? [button('Back', `${ids.curate}back`, { value: String(Math.max(0, from - pageSize)) })]
      : []),
  ];
  if (pages.length > 0) blocks.push(actions(pages));
  if (linkProblems.length > 0)
    blocks.push(
      divider(),
      section(mrkdwn`*Links that were reported*`),
      ...linkProblems.map(({ url, title, id }) => context(mrkdwn`${link(url, title)} \u00b7 ${id}`)),
    );
  if (misses.length > 0)
    blocks.push(
      divider(),
      section(
        mrkdwn`*Looked for and not found*\n${list(misses.map(({ word, misses: times }) => `${word} (${times})`))}`,
      ),
      context(mrkdwn`Single words, counted from five on. Who asked is not kept.`),
    );
  return { text: 'Resource suggestions', title: 'Suggestions', blocks };
}

function suggestionBlocks(
  { suggestion, from }: CuratorPage['suggestions'][number],
  start: number,
): KnownBlock[] {
  const { title, url, why, status } = suggestion;
  const value = `${suggestion.id}:${start}`;
  return [
    divider(),
    section(
      mrkdwn`*${link(url, title)}*\n${from ? mention(from.slackId) : 'Somebody who has left'} \u00b7 ${statusWords[status]}`,
    ),
    ...(why === undefined ? [] : written(why)),
    actions(
      status === 'waiting'
        ? [
            button('Accept', ids.accept, { value, label: `Accept ${title}` }),
            button('Decline', ids.decline, { value, label: `Decline ${title}` }),
          ]
        : [button('Decide again', ids.reopen, { value, label: `Decide again about ${title}` })],
    ),
  ];
}
