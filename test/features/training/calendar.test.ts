import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import { findEntry, listEntries } from '../../../src/features/training/calendar/entries.ts';
import {
  type Entry,
  standsInFeed,
  writeEntry,
  writeFeed,
} from '../../../src/features/training/calendar/entry.ts';
import {
  findBooking,
  recordCancelled,
  saveBooking,
  setHosts,
} from '../../../src/features/training/sessions/store.ts';
import { atLocalTime } from '../../../src/scheduler/calendar.ts';
import { givenBench, givenPerson } from '../checkins/support.ts';
import { givenSession, sessionOf } from './support.ts';

const now = new Date('2026-03-03T10:00:00Z');
const entryOf = (change: Partial<Entry> = {}, session: Partial<Entry['session']> = {}): Entry => ({
  session: sessionOf('fran', session),
  hosts: ['Jo Madeup', 'Ana Example'],
  group: 'Spring group',
  isCancelled: false,
  changedAt: now,
  ...change,
});

/** As a program reads it that is not ours. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const events = calendar.getAllSubcomponents('vevent').map((one) => {
    const event = new ICAL.Event(one);
    return {
      uid: event.uid,
      sequence: event.sequence,
      summary: event.summary,
      location: event.location,
      description: event.description,
      url: one.getFirstPropertyValue('url')?.toString(),
      status: one.getFirstPropertyValue('status')?.toString(),
      organizer: one.getFirstProperty('organizer')?.getFirstParameter('cn'),
      starts: event.startDate.toJSDate().toISOString(),
      ends: event.endDate.toJSDate().toISOString(),
    };
  });
  return { method: calendar.getFirstPropertyValue('method')?.toString(), events };
}
const one = (text: string) => {
  const [event] = read(text).events;
  if (!event) throw new Error(text);
  return event;
};
/** What RFC 5545 says of every line. */
function expectLines(text: string) {
  const wrong = text
    .split('\r\n')
    .filter((line) => Buffer.byteLength(line) > 75 || /\p{Cc}/u.test(line) || !line.isWellFormed());
  expect(wrong).toEqual([]);
}

describe('an entry', () => {
  test('it says when, where, with whom and for which group, where the link is to be found, and asks nobody for an answer', async () => {
    const link = 'https://meet.example/j/1;a,b?c=d\\e&f=🙂';
    const text = await writeEntry(entryOf({}, { link, id: 'one' }), now);
    expectLines(text);
    expect(read(text).method).toBe('REQUEST');
    expect(one(text)).toEqual({
      uid: 'one@chatr-companion.invalid',
      sequence: 61 * 86400 + 10 * 3600,
      summary: 'Case discussion',
      location: 'Family hub, room 2',
      description:
        'Case discussions\nFor Spring group\nWith Jo Madeup and Ana Example\nTo join online: open the session in Slack (/chatr sessions), where the link stands.\nTo give up your place, or to see who to ask: /chatr training in Slack.',
      url: undefined,
      status: 'CONFIRMED',
      organizer: 'ChATR Companion',
      starts: '2026-03-17T14:00:00.000Z',
      ends: '2026-03-17T16:00:00.000Z',
    });
    expect(text).not.toMatch(/ATTENDEE|TZID|meet\.example/);
    // A file stands in a conversation; a feed is read by its owner's calendar alone.
    const fed = await writeFeed([entryOf({}, { link, id: 'one' })]);
    expectLines(fed);
    const escaped = 'https://meet.example/j/1%3Ba%2Cb?c=d%5Ce&f=%F0%9F%99%82';
    expect(one(fed)).toMatchObject({ uid: 'one@chatr-companion.invalid', url: escaped });
    expect(one(fed).description).toContain(`To join: ${escaped}`);
  });

  test('online only: where to join is where it is; what is no web address never gets in', async () => {
    const online = { place: undefined, link: 'https://meet.example/j' };
    expect(one(await writeFeed([entryOf({}, online)])).location).toBe('https://meet.example/j');
    expect(one(await writeEntry(entryOf({}, online), now)).location).toBe('Online, with the link in Slack');
    for (const link of ['javascript:alert(1)', 'file:///etc/passwd', 'ring me'])
      expect(await writeFeed([entryOf({}, { ...online, link })])).not.toMatch(/alert|passwd|ring me/);
  });

  test('a change has the same UID and a higher SEQUENCE; a cancellation too, and says nothing but what and when', async () => {
    const id = 'one';
    const first = one(await writeEntry(entryOf({}, { id }), now));
    const moved = one(
      await writeEntry(
        entryOf(
          { changedAt: new Date(now.getTime() + 60_000) },
          { id, startsAt: new Date('2026-03-29T10:00:00Z') },
        ),
        now,
      ),
    );
    const link = 'https://meet.example/secret';
    const cancelledText = await writeEntry(
      entryOf({ changedAt: new Date(now.getTime() + 120_000), isCancelled: true }, { id, link }),
      now,
    );
    const cancelled = one(cancelledText);
    expect([moved.uid, cancelled.uid]).toEqual([first.uid, first.uid]);
    expect(moved.sequence).toBeGreaterThan(first.sequence);
    expect(cancelled.sequence).toBeGreaterThan(moved.sequence);
    expect(read(cancelledText).method).toBe('CANCEL');
    expect(cancelled).toMatchObject({ status: 'CANCELLED', summary: 'Cancelled: Case discussion' });
    expect(cancelledText).not.toMatch(/secret|Family hub|Jo Madeup/);
  });

  test('SEQUENCE never falls, and fits where calendars keep it, whatever the order of changes', async () => {
    const instants = fc.date({ min: now, max: new Date('2060-01-01'), noInvalidDate: true });
    await fc.assert(
      fc.asyncProperty(fc.array(instants, { minLength: 2, maxLength: 4 }), async (changes) => {
        const inOrder = changes.toSorted((a, b) => a.getTime() - b.getTime());
        const sequences = [];
        for (const changedAt of inOrder)
          sequences.push(one(await writeEntry(entryOf({ changedAt }), now)).sequence);
        expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
        expect(sequences.at(-1)).toBeLessThan(2 ** 31);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    ['in winter', '2026-03-28', '10:00', '2026-03-28T10:00:00.000Z'],
    ['on the day on which the clocks go forward', '2026-03-29', '10:00', '2026-03-29T09:00:00.000Z'],
    ['over the hour that is missing', '2026-03-29', '00:30', '2026-03-29T00:30:00.000Z'],
    ['on the day on which they go back', '2026-10-25', '10:00', '2026-10-25T10:00:00.000Z'],
    ['over the hour that comes twice', '2026-10-25', '00:30', '2026-10-24T23:30:00.000Z'],
  ])('%s it is the same moment for everybody, and as long as it is', async (_what, date, time, starts) => {
    const startsAt = atLocalTime(date, time, 'Europe/London');
    const event = one(await writeEntry(entryOf({}, { startsAt, minutes: 120 }), now));
    expect(event.starts).toBe(starts);
    expect(Date.parse(event.ends) - Date.parse(event.starts)).toBe(120 * 60_000);
  });

  test('whatever stands in a title, a place or a name arrives as it is, and nothing of it acts', async () => {
    const typed = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            ',',
            ';',
            '\\',
            '\n',
            '\r\n',
            '"',
            ':',
            '^',
            '\\n',
            '\t',
            '<b>',
            '&amp;',
            '\u2028',
            '\u0000',
            '\u202e',
            'BEGIN:VEVENT',
            'END:VCALENDAR',
            '\r\nATTENDEE:mailto:a@b',
            '🙂',
            '👩‍👧',
            'שלום',
            'سلام',
            'é',
            '\ud83d',
          ),
          fc
            .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 20 })
            .map((points) => String.fromCodePoint(...points)),
          fc.string({ maxLength: 40 }),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''));
    const shown = (text: string) =>
      text
        .toWellFormed()
        .replace(/(?![\n\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '')
        .replace(/\s+/gu, ' ')
        .trim();
    await fc.assert(
      fc.asyncProperty(typed, typed, typed, fc.boolean(), async (title, place, host, isCancelled) => {
        const text = await writeEntry(entryOf({ hosts: [host], isCancelled }, { title, place }), now);
        expectLines(text);
        const { events } = read(text);
        expect(events).toHaveLength(1);
        expect(events[0]?.summary ?? '').toBe(`${isCancelled ? 'Cancelled: ' : ''}${shown(title)}`);
        expect(events[0]?.location ?? '').toBe(isCancelled ? '' : shown(place));
        expect(events[0]?.description.includes(`With ${shown(host)}`)).toBe(!isCancelled);
        expect(text.match(/^ATTENDEE/m)).toBeNull();
      }),
    );
  });
});

describe('whose it is', () => {
  test('whoever has a place or runs it; who gave theirs up only hears that; who waits has nothing', async () => {
    const { db, clock } = await givenBench();
    const ids = new Map<string, string>();
    for (const name of ['host', 'booked', 'waiting', 'offered', 'cancelled', 'nobody'])
      ids.set(name, (await givenPerson({ db, clock }, `U${name.toUpperCase()}`, { name })).id);
    const idOf = (name: string) => ids.get(name) ?? '';
    const link = 'https://meet.example/secret';
    const session = await givenSession(db, idOf('host'), { link });
    await setHosts(db, session.id, [idOf('host')]);
    for (const [nth, status] of (['booked', 'waiting', 'offered', 'cancelled'] as const).entries())
      await saveBooking(db, {
        sessionId: session.id,
        personId: idOf(status),
        status,
        profession: undefined,
        since: new Date(now.getTime() + nth * 1000),
        offeredUntil: undefined,
      });
    const what = async (name: string) => {
      const found = await findEntry(db, idOf(name), session.id);
      if (found.kind !== 'entry') return found.kind;
      const text = await writeEntry(found.entry, now);
      expect(text).not.toContain('secret');
      const fed = await writeFeed([found.entry]);
      return `${read(text).method}${fed.includes('secret') ? ', fed with link' : ''}`;
    };
    const inFeed = async (name: string) => (await listEntries(db, idOf(name), now)).length;
    const all: Record<string, [string, number]> = {};
    for (const name of ids.keys()) all[name] = [await what(name), await inFeed(name)];
    expect(all).toEqual({
      host: ['REQUEST, fed with link', 1],
      booked: ['REQUEST, fed with link', 1],
      waiting: ['no-place', 0],
      offered: ['no-place', 0],
      cancelled: ['CANCEL', 0],
      nobody: ['no-place', 0],
    });
    expect(await findEntry(db, idOf('booked'), 'nothing')).toEqual({ kind: 'gone' });
    const before = await findEntry(db, idOf('cancelled'), session.id);
    const booking = await findBooking(db, session.id, idOf('cancelled'));
    if (booking)
      await saveBooking(db, { ...booking, status: 'booked', since: new Date(now.getTime() + 60_000) });
    const again = await findEntry(db, idOf('cancelled'), session.id);
    if (before.kind !== 'entry' || again.kind !== 'entry') throw new Error('no entry');
    expect(
      one(await writeEntry(again.entry, now)).sequence,
      'booked again it is newer than what was cancelled',
    ).toBeGreaterThan(one(await writeEntry(before.entry, now)).sequence);
    await recordCancelled(db, session.id, now);
    expect([await what('host'), await what('booked')]).toEqual(['CANCEL', 'CANCEL']);
  });
});

describe('a feed', () => {
  test('it is the same byte by byte until something changes, and says how often to ask', async () => {
    const entries = [entryOf({}, { id: 'one' }), entryOf({ isCancelled: true }, { id: 'two' })];
    const text = await writeFeed(entries);
    expectLines(text);
    expect(await writeFeed(entries)).toBe(text);
    expect(text).toContain('REFRESH-INTERVAL;VALUE=DURATION:PT1H');
    expect(read(text).method).toBeUndefined();
    expect(read(text).events.map(({ status }) => status)).toEqual(['CONFIRMED', 'CANCELLED']);
    expect(read(await writeFeed([])).events, 'of nobody who has booked nothing').toEqual([]);
  });

  test('what is cancelled stays for thirty days after it would have been, the rest for a year', () => {
    const at = (days: number) => new Date(now.getTime() + days * 86_400_000);
    const stands = (days: number, isCancelled: boolean) =>
      standsInFeed(entryOf({ isCancelled }, { startsAt: at(-days) }), now);
    expect([stands(29, true), stands(31, true), stands(360, false), stands(370, false)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
