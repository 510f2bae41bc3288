import type { Button, KnownBlock } from '@slack/types';
import { z } from 'zod';
import { actions, button, context, section } from '../slack/blocks.ts';
import { mrkdwn } from '../slack/text.ts';
import { type Finding, mayBeKept } from './finding.ts';
import { describeFindings, onlyPatterns } from './identifiers.ts';

/** What a form that warns in its own place carries: nothing was seen yet, it warned, or the words are kept as they are. */
export const doubt = z.enum(['none', 'warned', 'kept']);

/** Once somebody has said that they keep their words: the form is theirs to send as before. */
const keptNote = mrkdwn`It stays as you wrote it. I do not ask about it again.`;

/** What such a form shows: what was seen, or that its words are kept as they are. */
export type Doubtful = { findings?: readonly Finding[] | undefined; isKept?: boolean | undefined };

export const doubtOf = ({ findings = [], isKept = false }: Doubtful): z.output<typeof doubt> =>
  isKept ? 'kept' : findings.length > 0 ? 'warned' : 'none';

/** The same where what is written goes to other people: names may be an author's, and all else is masked. */
const namesKeptNote = mrkdwn`Names of authors, services and colleagues are kept. What a child or a family is called is masked, and all else is masked too. I do not ask about it again.`;

/**
 * Stands above its fields. @param asItIs the id of the button that keeps the words. @param isForOthers what is written goes
 * to other people: see `lookThrough`.
 */
export const doubtBlocks = (
  seen: Doubtful,
  asItIs: string,
  { isForOthers = false }: { isForOthers?: boolean } = {},
): KnownBlock[] => {
  const findings = seen.findings ?? [];
  switch (doubtOf(seen)) {
    case 'warned':
      return isForOthers
        ? warningBlocks(
            findings,
            findings.some(mayBeKept) ? [button('Keep the names', asItIs)] : [],
            maskedInAnyCase,
          )
        : warningBlocks(findings, [button('Keep it as it is', asItIs)]);
    case 'kept':
      return [context(isForOthers ? namesKeptNote : keptNote)];
    case 'none':
      return [];
  }
};

/** What stands on the green button of a window that warns. @param then what comes of the masked words. */
export const maskAnd = (then: 'save' | 'send' | 'preview' | 'read again' | 'go on'): string =>
  `Mask it and ${then}`;

const maskedInAnyCase =
  'Would you like to change it? What you leave is masked, because it goes to others. Details about the people you work with belong in their own record.';

const usualWords =
  'Would you like to change it? You decide. Details about the people you work with belong in their own record.';

/**
 * What looked like identifying detail: by its kind, never the thing itself, and in the same way wherever people write.
 * The window's own button, the green one that Enter presses too, is the careful way: it masks what was seen. To keep the
 * words as they are is a plain button among `others`.
 */
export const warningBlocks = (
  findings: readonly Finding[],
  others: Button[],
  words = usualWords,
): KnownBlock[] => [
  section(
    mrkdwn`*Please look once more:* this seems to hold ${describeFindings(findings) || 'something that could identify a person'}. ${words}`,
  ),
  ...(others.length > 0 ? [actions(others, 'warning')] : []),
  context(mrkdwn`${onlyPatterns}`),
];
