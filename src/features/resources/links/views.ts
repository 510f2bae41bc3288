import { count, sayFullDate } from '../../../slack/text.ts';
import { failuresUntilBroken, hasFailed, type LinkCheck } from './store.ts';
import type { Outcome } from './visit.ts';

const found: Record<Outcome, string> = {
  fine: 'it opened',
  moved: 'it leads to another address now',
  gone: 'the page is not there any more',
  blocked: 'it does not let programs in, so nobody can tell from here',
  slow: 'it did not answer in time',
  unproven: 'who is behind it could not be made sure of from here, though a browser may open it',
  failed: 'it could not be reached',
  private: 'it leads into a private network',
};

/** What the last visit to a link found, for curators. */
export function sayLink(check: LinkCheck): string {
  const { outcome, checkedAt, fineOn, status, redirects } = check;
  const on = sayFullDate(checkedAt.toISOString().slice(0, 10));
  const answer = status === undefined || outcome === 'fine' ? '' : ` (answer ${status})`;
  const way = redirects.length > 0 ? `, by way of ${count(redirects.length, 'redirect', 'redirects')}` : '';
  const last = fineOn !== undefined && outcome !== 'fine' ? `; it last opened on ${sayFullDate(fineOn)}` : '';
  return `Link on ${on}: ${found[outcome]}${answer}${way}${timesOf(check)}${last}`;
}

function timesOf(check: LinkCheck): string {
  const { failures } = check;
  if (failures === 0) return '';
  if (!hasFailed(check)) return `; before that it failed on ${count(failures, 'day', 'different days')}`;
  return failures < failuresUntilBroken ? ', which may pass' : `, on ${failures} different days`;
}

/** What a curator can do about a link that is broken or has moved. */
export function nextStep({ outcome }: LinkCheck): string {
  switch (outcome) {
    case 'moved':
      return 'Open the new address. If it is the same page, take it. If it is only a front page, the page itself may be gone: look for it there, or retire the entry.';
    case 'gone':
      return 'Look for its title on the publisher\u2019s site. If it is there, change the page; if not, retire the entry. If it opens for you, say that it is fine.';
    case 'private':
      return 'Only people in that network can open it. Change the page to an address that everybody can open, or retire the entry.';
    default:
      return 'Open it yourself. If it opens, say that it is fine; if not, visit it again in some days, or look for it elsewhere.';
  }
}
