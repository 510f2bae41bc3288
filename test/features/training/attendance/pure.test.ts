import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  isAfterwards,
  presenceOf,
  standingOf,
  thanked,
} from '../../../../src/features/training/attendance/rules.ts';
import { type Certificate, draw } from '../../../../src/features/training/attendance/word.ts';

/** Tuesday 3 March 2026, 10:00 to 11:30 in London. */
const session = { startsAt: new Date('2026-03-03T10:00:00Z'), minutes: 90, isCancelled: false };

describe('when attendance can be taken, and when people are thanked', () => {
  test.each([
    ['2026-03-03T09:59:59Z', 'not-begun', false],
    ['2026-03-03T10:00:00Z', 'open', false],
    ['2026-03-03T11:30:00Z', 'open', false],
    ['2026-03-03T14:29:59Z', 'open', false],
    ['2026-03-03T14:30:00Z', 'open', true],
    ['2026-03-17T11:30:00Z', 'open', true],
    ['2026-03-17T11:30:01Z', 'settled', false],
  ])('at %s it is %s', (at, standing, isThanking) => {
    const now = new Date(at);
    expect(standingOf(session, now)).toBe(standing);
    expect(isAfterwards(session, now)).toBe(isThanking);
    const cancelled = { ...session, isCancelled: true };
    expect(standingOf(cancelled, now)).toBe('cancelled');
    expect(isAfterwards(cancelled, now)).toBe(false);
  });
});

describe('who was there', () => {
  const before = new Date('2026-03-01T10:00:00Z');
  const after = new Date('2026-03-03T12:00:00Z');
  test.each([
    ['nobody says anything', undefined, undefined, undefined],
    ['they say so', after, undefined, 'said'],
    ['a host says so', undefined, after, 'confirmed'],
    ['both say so', after, after, 'confirmed'],
    ['it was said of a date before this one', before, before, undefined],
    ['a host said it of a date before this one, and they of this', after, before, 'said'],
  ])('%s', (_, saidAt, confirmedAt, presence) => {
    expect(presenceOf(session, { saidAt, confirmedAt })).toBe(presence);
  });

  test.each([
    ['while nobody has taken attendance, whoever had a place too', false, ['a', 'b', 'c']],
    ['once it is taken, whoever was there', true, ['a', 'c']],
  ])('who is thanked: %s', (_, isTaken, expected) => {
    expect(thanked({ booked: ['a', 'b'], present: ['a', 'c'], isTaken }).toSorted()).toEqual(expected);
  });
});

describe('a certificate', () => {
  const certificate: Certificate = {
    programme: 'A made-up programme',
    name: 'Robin Practice',
    title: 'Perinatal',
    when: 'Tuesday 3 March 2026, 10:00 to 11:30',
    length: '1 hour 30 minutes',
    hosts: ['Jo Madeup', 'Sam Sample'],
    madeOn: '4 March 2026',
  };
  async function drawn(one: Certificate) {
    const parts = unzipSync(new Uint8Array(await draw(one)));
    const xml = strFromU8(parts['word/document.xml'] ?? new Uint8Array());
    const text = [...xml.matchAll(/<w:p[ >].*?<\/w:p>/gs)].map(([paragraph]) =>
      [...paragraph.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, words]) => words).join(''),
    );
    return { xml, text };
  }

  test('says who was where and when, for how long, and who hosted it', async () => {
    const { text, xml } = await drawn(certificate);
    expect(text).toEqual([
      'A made-up programme',
      'Certificate of attendance',
      'This is to say that',
      'Robin Practice',
      'was at the session',
      'Perinatal',
      'Tuesday 3 March 2026, 10:00 to 11:30',
      'Length: 1 hour 30 minutes',
      'Hosted by Jo Madeup and Sam Sample',
      'Made on 4 March 2026, by ChATR Companion, from the attendance that the hosts confirmed.',
    ]);
    expect(xml).toMatch(/w:pStyle w:val="Heading1"/);
  });

  test('a name with markup, control characters or without end is only a name', async () => {
    const name = `<b>*Alex*</b> & "Sam"\u0007 ${'Longname '.repeat(40)}`;
    const { text, xml } = await drawn({ ...certificate, name, hosts: [] });
    expect(xml).toContain('&lt;b&gt;*Alex*&lt;/b&gt; &amp; &quot;Sam&quot; Longname');
    expect(xml).not.toContain('\u0007');
    expect(text.join()).not.toContain('Hosted by');
  });

  test('whoever has no name here has a line to write it on', async () => {
    const { text } = await drawn({ ...certificate, name: '' });
    expect(text[3]).toBe('');
  });
});
