import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Finding } from '../../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import { doubt, keptNote, maskAnd, warningBlocks } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  section,
  written,
} from '../../../slack/blocks.ts';
import { form, line, paragraph } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { count, link, list, mention, mrkdwn } from '../../../slack/text.ts';
import { pageSize } from '../finding/place.ts';
import { suggestButton } from '../finding/views.ts';
import { ids } from '../ids.ts';
import { plainAnswer, titleOf } from '../views.ts';
import type { CuratorPage } from './curate.ts';
import type { Suggested, SuggestOutcome, WithdrawOutcome } from './suggest.ts';

const wholeAddress = 'Please give the whole web address, for example https://www.gov.uk/trauma.';

/** In code points. */
const longest = { title: 150, why: 1000 };

export const suggestForm = form(
  { id: ids.suggest, carries: packedJson(z.object({ doubt })) },
  {
    title: 'Suggest a resource',
    submit: 'Send suggestion',
    fields: {
      title: line('Title', { max: longest.title, missing: 'Please give the title of the page.' }),
      url: line('Web address', {
        max: 1000,
        hint: 'The whole address, starting with https://',
        missing: wholeAddress,
        check: (address) => (z.httpUrl().safeParse(address).success ? undefined : wholeAddress),
      }),
      why: paragraph('Why is it good, and for whom?', { max: longest.why }),
    },
  },
);

/** Their words with what was seen in them masked. */
export const maskSuggested = (given: Suggested, look: (text: string) => Finding[]): Suggested => ({
  ...given,
  title: maskIdentifiers(given.title, look(given.title), longest.title),
  why: maskIdentifiers(given.why, look(given.why), longest.why),
});

/** @param findings what was seen in what was typed, once something was. @param isKept they keep it as it is. */
export const suggestDialog = ({
  title = '',
  findings,
  isKept = false,
}: {
  title?: string;
  findings?: readonly Finding[];
  isKept?: boolean;
}): View =>
  suggestForm.view({
    initial: { title },
    carry: { doubt: isKept ? 'kept' : findings ? 'warned' : 'none' },
    ...(findings && { submit: maskAnd('send') }),
    above: [
      context(mrkdwn`The curators see this, with your name, so that they can ask you about it.`),
      ...(findings ? warningBlocks(findings, [button('Keep it as it is', ids.keepSuggested)]) : []),
      ...(isKept ? [context(keptNote)] : []),
    ],
    below: [
      context(
        mrkdwn`Please leave out anything about a child, a family or a colleague. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });

/** Why a suggestion was not kept, beside its address. */
export function refusal(
  outcome: Exclude<SuggestOutcome, { kind: 'suggested' } | { kind: 'may-identify' }>,
): string {
  switch (outcome.kind) {
    case 'in-catalogue':
      return `This is in the catalogue already: ${outcome.title}`;
    case 'suggested-before':
      return 'You have suggested this address before. The curators have it.';
    case 'keeps-nothing':
      return 'You did not agree to the community agreement, so nothing of yours is kept. You can agree from App Home.';
    case 'not-allowed':
      return 'This works for members of the workspace. Nothing was kept.';
  }
}

export const withdrawn = ({ kind }: WithdrawOutcome): Answer =>
  plainAnswer(
    'Suggestion',
    {
      withdrawn: 'Your suggestion was taken back and is deleted.',
      'too-late':
        'This suggestion is no longer waiting: it was taken back already, or a curator has decided.',
      'not-allowed': 'This works for members of the workspace.',
    }[kind],
  );

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
          confirm: confirmLoss(
            'Take it back?',
            'The suggestion is deleted. You can send it again at any time.',
            'Take it back',
            'Keep it',
          ),
        }),
      ]),
    ],
  });

export const forCurators = plainAnswer(
  'For curators',
  'Suggestions are looked through by the curators. You can send one with /chatr suggest.',
);

/** A suggestion, and where the list stood that it is decided in. */
export const decided = packed(':', { id: z.string(), from: placeNumber });

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
      ...linkProblems.map((resource) => context(mrkdwn`${titleOf(resource)} \u00b7 ${resource.id}`)),
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
  const value = decided.pack({ id: suggestion.id, from: start });
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
