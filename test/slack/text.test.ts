import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bold,
  channelMention,
  clip,
  decodeEntities,
  endTime,
  escapeEntities,
  escapeMrkdwn,
  joinMrkdwn,
  link,
  list,
  localTime,
  mention,
  mrkdwn,
  sayDateFrom,
  sayEnd,
  sayTime,
  tidyLine,
} from '../../src/slack/text.ts';
import { anyCharacter } from '../support/any-text.ts';

describe('what people typed cannot act as markup', () => {
  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U1>', '&lt;@U1&gt;'],
    ['<https://evil.example|your bank>', '&lt;https://evil.example|your bank&gt;'],
    ['a & b', 'a &amp; b'],
    ['&lt;', '&amp;lt;'],
    ['*bold*', '\u200b*\u200bbold\u200b*\u200b'],
    ['_it_', '\u200b_\u200bit\u200b_\u200b'],
    ['> quote', '\u200b&gt; quote'],
    ['Jane \u202eenod', 'Jane enod'],
  ])('%s', (typed, shown) => {
    expect(mrkdwn`${typed}`.text).toBe(shown);
  });

  test('no interpolated text brings an angle bracket or a bare marker with it', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (typed) => {
        const { text } = mrkdwn`${typed}`;
        expect(text).not.toMatch(/[<>]/);
        expect(text).not.toMatch(/[^\u200b][*_~`]|^[*_~`]|[*_~`](?!\u200b)/);
      }),
    );
  });

  test('escaping entities and decoding them gives the text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (typed) => {
        expect(decodeEntities(escapeEntities(typed))).toBe(typed);
      }),
    );
  });

  test('bold does not begin or end in the middle of what somebody wrote', () => {
    expect(mrkdwn`*${'*star'}* for all`.text).toBe('\u200b*\u200bstar for all');
    expect(mrkdwn`_${'One of: *perhaps*'}_\nfor all`.text).toBe(
      'One of: \u200b*\u200bperhaps\u200b*\u200b\nfor all',
    );
    expect(mrkdwn`_${'plain'}_ for ${'_all'}`.text).toBe('_plain_ for \u200b_\u200ball');
    expect(mrkdwn`*${'plain'}* for ${'*all'}`.text).toBe('*plain* for \u200b*\u200ball');
  });

  test('what ends at midnight ends with the day before', () => {
    // "Today" and "tomorrow" are written by Slack.
    expect(endTime(new Date('2027-01-01T00:00:00Z'), 'Europe/London').text).toBe(
      'the end of <!date^1798718400^{date_long_pretty}|Thursday 31 December>',
    );
    expect(endTime(new Date('2027-01-01T10:00:00Z'), 'Europe/London').text).toContain(
      'Friday 1 January, 10:00',
    );
    expect(sayEnd(new Date('2027-01-01T00:00:00Z'), 'Europe/London')).toBe(
      'at the end of Thursday 31 December',
    );
    expect(sayEnd(new Date('2027-01-01T10:00:00Z'), 'Europe/London')).toBe('on Friday 1 January, 10:00');
  });

  test('our own markup in the template stays', () => {
    expect(mrkdwn`*${'R&D'}* ${mrkdwn`_quiet_`} ${3}`.text).toBe('*R&amp;D* _quiet_ 3');
    expect(joinMrkdwn([mrkdwn`a`, undefined, false, mrkdwn`b`], ' · ').text).toBe('a · b');
  });
});

describe('links and mentions', () => {
  test.each([
    [
      'https://example.org/a?b=1&c=2',
      'Guide | part <1>',
      '<https://example.org/a?b=1&amp;c=2|Guide ¦ part &lt;1&gt;>',
    ],
    ['mailto:mash@example.org', 'Write', '<mailto:mash@example.org|Write>'],
    ['javascript:alert(1)', 'Press', 'Press'],
    ['not an address', '*x*', escapeMrkdwn('*x*')],
  ])('%s', (url, label, shown) => {
    expect(link(url, label).text).toBe(shown);
  });

  test.each([
    ['*b*', '*b*'],
    ['_i_ ~s~ `c` ```p```', '_i_ ~s~ `c` ```p```'],
    ['half *a', 'half *a'],
    [':tada: at 10:30', ':tada: at 10:30'],
    ['> quote', '> quote'],
    ['two\nlines\r\n\u2028here', 'two lines here'],
    ['a|b', 'a\u00a6b'],
    ['x\u202eevil\u202c', 'xevil'],
    ['', 'https://example.org/'],
    [' \u200b\u3164\n', 'https://example.org/'],
    ['<!channel> &amp; <@U1>', '<!channel> &amp; <@U1>'],
  ])('a label is shown as it is: %j', (label, shown) => {
    expect(rendered(link('https://example.org', label).text)).toEqual({
      address: 'https://example.org/',
      label: shown,
    });
  });

  const signs = fc.constantFrom(
    ...[
      '*',
      '_',
      '~',
      '`',
      '```',
      '|',
      '<',
      '>',
      '&',
      '&lt;',
      '\n',
      '\r\n',
      ' ',
      '\t',
      '\u2028',
      '\u200b',
      '\u200d',
      '\u202e',
    ],
    ...[
      '\ufeff',
      ':',
      ':b:',
      'b',
      'word',
      '*b*',
      '<!here>',
      '<@U1>',
      '<https://evil.example|bank>',
      '@channel',
      '\u05d0',
      '🙂',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: anyCharacter, maxLength: 40 }),
    fc.array(signs, { maxLength: 12 }).map((parts) => parts.join('')),
  );
  const address = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    text.map((rest) => `https://example.org/${rest}`),
    text.map((rest) => `https://example.org/?q=${rest}#${rest}`),
    text.map((rest) => `mailto:${rest}`),
    text.map((rest) => `tel:${rest}`),
    text,
  );

  test('whatever the label and the address: the label is what is read, the address is what is opened, nothing acts', () => {
    fc.assert(
      fc.property(address, text, (url, label) => {
        const shown = link(url, label).text;
        if (!shown.startsWith('<')) {
          expect(shown).toBe(escapeMrkdwn(label));
          return;
        }
        const read = rendered(shown);
        const visible = (words: string) =>
          words.replace(/[\p{C}\p{Z}\s\u115f\u1160\u2800\u3164\uffa0]/gu, '').replaceAll('|', '\u00a6');
        expect(visible(read.label)).toBe(visible(label) || visible(read.address));
        expect(new URL(read.address).href).toBe(new URL(url).href.replace(/[\s<>|"`]/g, encodeURIComponent));
      }),
      { numRuns: 2000 },
    );
  });

  test('only a Slack id becomes a mention', () => {
    expect(mention('U0123ABC').text).toBe('<@U0123ABC>');
    expect(mention('!channel').text).toBe('!channel');
    expect(channelMention('C0123ABC').text).toBe('<#C0123ABC>');
    expect(channelMention('<!here>').text).toBe('&lt;!here&gt;');
  });
});

/** A link as Slack reads it; what would act in it, or end it early, fails. */
function rendered(shown: string): { address: string; label: string } {
  const [, address = '', label = ''] = /^<([^<>|\s]+)\|([^<>|\p{Cc}\p{Zl}\p{Zp}]+)>$/u.exec(shown) ?? [];
  expect(label, shown).not.toBe('');
  expect(label).not.toMatch(/[^\u200b][*_~`]|^[*_~`]|[*_~`](?!\u200b)/);
  expect(label).not.toMatch(/:[\w'+-]+:/);
  return { address: decodeEntities(address), label: decodeEntities(label.replaceAll('\u200b', '')) };
}

describe('words', () => {
  const at = new Date('2026-03-03T10:00:00Z');
  test('a time as people say it, in their zone', () => {
    expect(sayTime(at, 'Europe/London')).toBe('Tuesday 3 March, 10:00');
    expect(sayTime(at, 'Asia/Kolkata')).toBe('Tuesday 3 March, 15:30');
    expect(localTime(at, 'Europe/London').text).toBe(
      '<!date^1772532000^{date_long_pretty} {time}|Tuesday 3 March, 10:00>',
    );
  });

  test('lists are read as a sentence', () => {
    expect(list(['one'])).toBe('one');
    expect(list(['one', 'two', 'three'])).toBe('one, two and three');
  });

  test('shortening counts what Slack counts and never cuts a character in two', () => {
    expect(clip('short', 10)).toBe('short');
    expect(clip('👩‍⚕️'.repeat(10), 3)).toMatch(/…$/);
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), fc.integer({ min: 1, max: 80 }), (text, max) => {
        expect(Array.from(clip(text, max)).length).toBeLessThanOrEqual(max);
        expect(clip(text, max).isWellFormed() || !text.isWellFormed()).toBe(true);
      }),
    );
  });

  test.each([
    ['  find   birth trauma ', 'find birth trauma'],
    ['“what’s next”', '"what\'s next"'],
    ['find\u00a0dads\nplease', 'find dads please'],
    ['find\u200b dads', 'find dads'],
    ['find — dads…', 'find -- dads...'],
  ])('a line as it was meant: %j', (typed, meant) => {
    expect(tidyLine(typed)).toBe(meant);
    expect(tidyLine(`\u202e${typed}\u202c`)).toBe(meant);
  });
});

test('a title in bold keeps its own marks as they are, and then stands plainly', () => {
  expect(bold('A calm visit').text).toBe('*A calm visit*');
  expect(bold('*bold* and `code`').text).not.toMatch(/^\*\*|\*\*$/);
  expect(bold('a*b').text).toBe('a\u200b*\u200bb');
  expect(bold('').text).toBe('');
});

test.each([
  ['2026-12-20', 'Sunday 20 December'],
  ['2027-03-02', 'Tuesday 2 March'],
  ['2027-03-03', 'Wednesday 3 March 2027'],
  ['2027-12-20', 'Monday 20 December 2027'],
  ['2025-12-20', 'Saturday 20 December'],
  ['2025-03-20', 'Thursday 20 March 2025'],
])('%s, read on 3 March 2026, is %s', (date, said) => {
  expect(sayDateFrom(date, '2026-03-03')).toBe(said);
});
