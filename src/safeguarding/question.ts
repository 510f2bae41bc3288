import type { KnownBlock } from '@slack/types';
import { context } from '../slack/blocks.ts';
import { mrkdwn } from '../slack/text.ts';
import { holdsFullDate } from './birth-date.ts';

/**
 * Whether what is looked up may say who somebody is. If the check itself fails, it does: nothing of it is kept then, and
 * nobody loses that.
 */
export function tellsOfSomebody(question: string, looksIdentifiable: (text: string) => boolean): boolean {
  try {
    return holdsFullDate(question) || looksIdentifiable(question);
  } catch {
    return true;
  }
}

/** Stands where such a question was asked. A name alone is not always told from a word, and nothing is said of it then. */
export const leaveOutDetails: KnownBlock = context(
  mrkdwn`Please leave out names and dates of birth: a need and an age are enough. Nothing of what you typed is stored.`,
);
