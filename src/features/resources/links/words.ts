import { count, sayFullDate } from '../../../slack/text.ts';
import { failuresUntilBroken, type LinkCheck } from './store.ts';
import type { Outcome } from './visit.ts';

const found: Record<Outcome, string> = {
  fine: 'it opened',
  moved: 'it leads to another address now',
  gone: 'the page is not there any more',
  blocked: 'it does not let programs in, so nobody can tell from here',
  slow: 'it did not answer in time',
  failed: 'it could not be reached',
  private: 'it leads into a private network',
};

/** What the last visit to a link found, for curators. */
export function sayLink({ outcome, checkedAt, fineOn, failures, status, redirects }: LinkCheck): string {
  const on = sayFullDate(checkedAt.toISOString().slice(0, 10));
  const answer = status === undefined || outcome === 'fine' ? '' : ` (answer ${status})`;
  const times =
    failures > 0
      ? failures >= failuresUntilBroken
        ? `, for the ${ordinal(failures)} day`
        : ', which may pass'
      : '';
  const last = fineOn !== undefined && outcome !== 'fine' ? `; it last opened on ${sayFullDate(fineOn)}` : '';
  const way = redirects.length > 0 ? `, by way of ${count(redirects.length, 'redirect', 'redirects')}` : '';
  return `Link on ${on}: ${found[outcome]}${answer}${times}${way}${last}`;
}

const ordinal = (number: number): string =>
  ({ 3: 'third', 4: 'fourth', 5: 'fifth', 6: 'sixth', 7: 'seventh' })[number] ?? `${number}th`;
