import { days, later } from '../../../lib/clock.ts';
import { list, withoutHidden } from '../../../slack/text.ts';
import { endOf, type Session } from '../sessions/session.ts';

/** Loaded when somebody asks for a calendar. */
type Library = typeof import('ical-generator');

/** A session as it stands in somebody's own calendar. */
export type Entry = {
  session: Session;
  /** Those who run it, by name. Nobody else's name is ever in it. */
  hosts: readonly string[];
  /** The name of the group it is for; undefined: it is for everybody. */
  group: string | undefined;
  /** The session does not take place, or not for them: then it says when and what, and nothing more. */
  isCancelled: boolean;
  /** When the session changed last for calendars, or their place in it did, whichever was later. */
  changedAt: Date;
};

/** The same for every copy and every change of one session, or calendars would show it twice. */
const uidOf = ({ id }: Session): string => `${id}@chatr-companion.invalid`;

/** Before the first session of all. */
const epoch = Date.parse('2026-01-01T00:00:00Z');

/**
 * Grows with each change of the session and each change of somebody's place, given up and booked again included, which the
 * session's own count of changes knows nothing of: the seconds since a day before all of them.
 */
const sequenceOf = ({ changedAt }: Entry): number =>
  Math.max(0, Math.floor((changedAt.getTime() - epoch) / 1000));

/**
 * Outlook answers an organiser, so it wants one before it takes a change for a change. No letter reaches this address:
 * `.invalid` never exists (RFC 2606).
 */
const organizer = { name: 'ChATR Companion', email: 'no-reply@chatr-companion.invalid' };

/** Whatever was typed, on one line. Escaping is the library's; what no line of a calendar may have is taken out here. */
const oneLine = (text: string): string => withoutHidden(text.toWellFormed()).replace(/\s+/gu, ' ').trim();

/** Only for a browser; with nothing in it that the library would escape, which an address must not be (RFC 5545, 3.3.13). */
function addressOf(link: string | undefined): string | undefined {
  const url = URL.parse(link ?? '');
  if (!url || !['https:', 'http:'].includes(url.protocol)) return undefined;
  return url.href.replace(/[;,\\]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Where it is written: a file stands in a conversation with Slack and is passed on, a feed is somebody's own. */
type Kind = 'file' | 'feed';

function descriptionOf({ session, hosts, group, isCancelled }: Entry, kind: Kind): string {
  if (isCancelled) return 'This entry can be removed.';
  const address = addressOf(session.link);
  return [
    oneLine(session.outline.label) === oneLine(session.title) ? '' : oneLine(session.outline.label),
    group === undefined ? '' : `For ${oneLine(group)}`,
    hosts.length > 0 ? `With ${list(hosts.map(oneLine))}` : '',
    address === undefined
      ? ''
      : kind === 'feed'
        ? `To join: ${address}`
        : 'To join online: open the session in Slack (/chatr sessions), where the link stands.',
    'To give up your place, or to see who to ask: /chatr training in Slack.',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Times stand in UTC. Each entry is one moment and repeats never, so a time zone of its own would only be more to get wrong:
 * Outlook, Google and Apple show UTC in the zone of whoever looks, and need no VTIMEZONE for it. A session whose time on the
 * wall is to stay although the clocks change is moved by the bot, which knows the zone.
 */
function eventOf(entry: Entry, kind: Kind, stamp: Date, { ICalEventStatus, ICalEventTransparency }: Library) {
  const { session, isCancelled } = entry;
  const address = isCancelled ? undefined : addressOf(session.link);
  const online = kind === 'feed' ? address : address && 'Online, with the link in Slack';
  const where = isCancelled ? undefined : (session.place ?? online);
  return {
    id: uidOf(session),
    sequence: sequenceOf(entry),
    stamp,
    lastModified: entry.changedAt,
    start: session.startsAt,
    end: endOf(session),
    // Some calendars show what is cancelled like anything else, so the words say it too.
    summary: `${isCancelled ? 'Cancelled: ' : ''}${oneLine(session.title)}`,
    description: descriptionOf(entry, kind),
    organizer,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isCancelled ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    ...(where !== undefined && { location: oneLine(where) }),
    ...(kind === 'feed' && address !== undefined && { url: address }),
  };
}

const product = { company: 'ChATR', product: 'Companion', language: 'EN' };

/**
 * One entry as a file (RFC 5545, 5546). Sent as a request, and not as something published: Outlook replaces what it has by a
 * request with the same UID and a higher SEQUENCE, and beside something published puts a second one. Whom it invites stands
 * nowhere in it, so nobody is asked for an answer.
 * @param now when the file is made.
 */
export async function writeEntry(entry: Entry, now: Date): Promise<string> {
  const library = await import('ical-generator');
  const { CANCEL, REQUEST } = library.ICalCalendarMethod;
  const calendar = library.default({ prodId: product, method: entry.isCancelled ? CANCEL : REQUEST });
  calendar.createEvent(eventOf(entry, 'file', now, library));
  return calendar.toString();
}

/** Calendars ask by themselves, most of them less often. */
const asksEverySeconds = 3600;

/** All of somebody's entries, for a calendar that asks again and again. Nothing new: byte by byte the same. */
export async function writeFeed(entries: readonly Entry[]): Promise<string> {
  const library = await import('ical-generator');
  const calendar = library.default({
    prodId: product,
    name: 'ChATR sessions',
    description: 'Your sessions of the ChATR programme',
    ttl: asksEverySeconds,
  });
  for (const entry of entries) calendar.createEvent(eventOf(entry, 'feed', entry.changedAt, library));
  return calendar.toString();
}

/** For how long a feed still says that a session is cancelled, counted from when it would have been. */
const cancelledStays = days(30);
/** How much of the past stands in a feed. */
const pastStays = days(366);

/** Whether something of it still stands in a feed. */
export const standsInFeed = ({ session, isCancelled }: Entry, now: Date): boolean =>
  session.startsAt > later(now, -(isCancelled ? cancelledStays : pastStays));
