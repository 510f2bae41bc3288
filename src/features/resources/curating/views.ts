import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Finding } from '../../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../../safeguarding/identifiers.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, option, section } from '../../../slack/blocks.ts';
import { form, line, oneOf, paragraph } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, link, mrkdwn, sayDay } from '../../../slack/text.ts';
import { readAddress, sayAddressProblem } from '../address.ts';
import { suggestButton } from '../finding/views.ts';
import { ids } from '../ids.ts';
import type { Suggestion } from '../store.ts';
import { plainAnswer } from '../views.ts';
import type { Link } from './links-in.ts';
import { reasons } from './reasons.ts';
import { mostWaiting, type Suggested, type SuggestOutcome, type WithdrawOutcome } from './suggest.ts';

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
        missing: sayAddressProblem('not-whole'),
        check: (address) => {
          const read = readAddress(address);
          return read.kind === 'problem' ? sayAddressProblem(read.problem) : undefined;
        },
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

export const suggestDialog = ({
  title = '',
  url = '',
  isInAddress = false,
  findings = [],
  isKept = false,
  above = [],
}: Doubtful & { title?: string; url?: string; isInAddress?: boolean; above?: KnownBlock[] }): View => {
  // What is seen in the address has no place in the words, and is asked about like them.
  const inAddress: Finding[] = isInAddress ? [{ kind: 'name', start: 0, end: 0 }] : [];
  const seen = { findings: [...findings, ...inAddress], isKept };
  return suggestForm.view({
    initial: { title: clip(title, longest.title), url },
    carry: { doubt: doubtOf(seen) },
    ...(findings.length > 0 && { submit: maskAnd('send') }),
    above: [
      ...above,
      context(mrkdwn`The curators see this, with your name, so that they can ask you about it.`),
      ...doubtBlocks(seen, ids.keepSuggested),
      ...(isInAddress ? [context(mrkdwn`One is in the web address, which cannot be masked.`)] : []),
    ],
    below: [
      context(
        mrkdwn`Please leave out anything about a child, a family or a colleague. Nobody is watching what is written here, and it is not a referral: \`/chatr support\` shows where to turn.`,
      ),
    ],
  });
};

/** Beside the address. */
export const namedInAddress =
  'There seems to be a name in it. If it is an author\u2019s, press \u201cKeep it as it is\u201d above. If it is a child\u2019s or a family\u2019s, please give another address.';

const packedLinks = packedJson(z.array(z.object({ url: z.string(), title: z.string() })));

export const chooseLink = 'Please choose one of the links.';

/** Carries the links of a message, of which one is chosen. */
export const linkForm = form(
  { id: ids.pickLink, carries: packedLinks },
  {
    title: 'Suggest a resource',
    submit: 'Go on',
    fields: { link: oneOf('Which link?', { radio: true, missing: chooseLink }) },
  },
);

/** Slack's limit for what a window carries, with room to spare. */
const mostCarried = 2_800;

export function linkDialog(links: readonly Link[]): View {
  const carried: Link[] = [];
  for (const { url, title } of links.slice(0, 10)) {
    const next = { url, title: clip(title, 100) };
    if (packedLinks.pack([...carried, next]).length > mostCarried) break;
    carried.push(next);
  }
  return linkForm.view({
    carry: carried,
    options: {
      link: carried.map(({ url, title }, nth) =>
        option(title === '' ? url : title, String(nth), title === '' ? undefined : url),
      ),
    },
    above: [section(mrkdwn`This message has several links.`)],
  });
}

export const noLink = plainAnswer(
  'No link here',
  'There is no web address in this message. To suggest something all the same, use /chatr suggest.',
);

/** Why a suggestion was not kept, beside its address. */
export function refusal(
  outcome: Exclude<SuggestOutcome, { kind: 'suggested' | 'may-identify' | 'many-wait' }>,
): string {
  switch (outcome.kind) {
    case 'in-catalogue':
      return outcome.words;
    case 'suggested-before':
      return `You have suggested this address before${whatBecame(outcome.suggestion)}`;
    case 'keeps-nothing':
      return 'You did not agree to the community agreement, so nothing that you write is kept. You can agree from App Home.';
    case 'not-allowed':
      return 'This works for members of the workspace. Nothing was kept.';
  }
}

/** Above the form, where somebody cannot send more for now: what waits, each to be taken back. */
export const waitingBlocks = (waiting: readonly Suggestion[], zone: string): KnownBlock[] => [
  section(
    waiting.length >= mostWaiting
      ? mrkdwn`*Not sent yet:* ten of your suggestions wait for the curators. Thank you for them. Once some have been looked at, there is room for more; or take one back. What you wrote below stays.`
      : mrkdwn`*Taken back.* There is room now: send what stands below.`,
  ),
  ...(waiting.length < mostWaiting
    ? []
    : waiting.map(({ id, title, url, suggestedAt }) =>
        section(
          mrkdwn`${link(url, title)} \u00b7 since ${sayDay(suggestedAt, zone)}`,
          button('Take it back', ids.withdrawWaiting, {
            value: id,
            label: `Take back ${title}`,
            confirm: confirmLoss(
              'Take it back?',
              'The suggestion is deleted. You can send it again at any time.',
              'Take it back',
              'Keep it',
            ),
          }),
        ),
      )),
];

/** Of what was declined without a word nothing is said but that it was seen. */
function whatBecame({ status, said }: Suggestion): string {
  if (status === 'waiting') return '. The curators have it.';
  if (said === undefined || said === 'no-reason' || said === 'accepted')
    return '. The curators have seen it.';
  return `, and it was not added. ${reasons[said]}`;
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

/** @param urgent whom to ring, where the words may be about danger. */
export const suggestionThanks = (id: string, urgent: KnownBlock[]): View =>
  modal({
    callbackId: 'answer',
    title: 'Suggestion sent',
    blocks: [
      ...urgent,
      section(
        mrkdwn`*Thank you.* Your suggestion is kept with your name, and the curators see it. When they have decided, you hear what became of it, once: that it was added, or why not. Only what is not for this catalogue at all may be put aside without a word.`,
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
  'The catalogue is looked after by curators and facilitators. You can suggest something with /chatr suggest.',
);
