import { beforeAll, describe, expect, test } from 'vitest';
import { loadEmoji } from '../../src/page/emoji.ts';
import { parseInline, parseMrkdwn, plainWords } from '../../src/page/mrkdwn.ts';

const text = (words: string) => ({ kind: 'text', text: words });
const paragraph = (...children: unknown[]) => ({ kind: 'paragraph', children });

beforeAll(loadEmoji);

describe('what stands in a line of mrkdwn', () => {
  test.each([
    ['*bold*', [{ kind: 'bold', children: [text('bold')] }]],
    [
      '_italic_ and ~gone~',
      [
        { kind: 'italic', children: [text('italic')] },
        text(' and '),
        { kind: 'strike', children: [text('gone')] },
      ],
    ],
    ['*_both_*', [{ kind: 'bold', children: [{ kind: 'italic', children: [text('both')] }] }]],
    ['(*bold*).', [text('('), { kind: 'bold', children: [text('bold')] }, text(').')]],
    ['2*3*4 and snake_case_name', [text('2*3*4 and snake_case_name')]],
    ['* not bold *', [text('* not bold *')]],
    ['*open', [text('*open')]],
    // How text that is somebody's is kept from acting.
    ['\u200b*\u200bas typed\u200b*\u200b', [text('\u200b*\u200bas typed\u200b*\u200b')]],
    [
      '*a \u200b_\u200bb\u200b_\u200b c*',
      [{ kind: 'bold', children: [text('a \u200b_\u200bb\u200b_\u200b c')] }],
    ],
    ['**', [text('**')]],
    ['*one\ntwo*', [text('*one'), { kind: 'break' }, text('two*')]],
    ['`*as it is* &lt;b&gt;`', [{ kind: 'code', text: '*as it is* <b>' }]],
    ['``', [text('``')]],
    ['A&amp;E &lt;script&gt; &copy; &amp;lt;', [text('A&E <script> &copy; &lt;')]],
    [
      '<https://example.org/a_b|the *outline*>',
      [{ kind: 'link', href: 'https://example.org/a_b', children: [text('the *outline*')] }],
    ],
    [
      '<https://example.org/?a=1&amp;b=2>',
      [
        {
          kind: 'link',
          href: 'https://example.org/?a=1&b=2',
          children: [text('https://example.org/?a=1&b=2')],
        },
      ],
    ],
    [
      '<mailto:ana@example.org|Ana>',
      [{ kind: 'link', href: 'mailto:ana@example.org', children: [text('Ana')] }],
    ],
    ['<javascript:alert(1)|press>', [text('press')]],
    ['<data:text/html,hi>', [text('data:text/html,hi')]],
    [
      'See https://example.org/x.',
      [
        text('See '),
        { kind: 'link', href: 'https://example.org/x', children: [text('https://example.org/x')] },
        text('.'),
      ],
    ],
    [
      '<@U1> <@U1|ana>',
      [{ kind: 'user', id: 'U1', label: '' }, text(' '), { kind: 'user', id: 'U1', label: 'ana' }],
    ],
    ['<#C1|general>', [{ kind: 'channel', id: 'C1', label: 'general' }]],
    [
      '<!channel> <!here>',
      [{ kind: 'broadcast', name: 'channel' }, text(' '), { kind: 'broadcast', name: 'here' }],
    ],
    ['<!subteam^S1|@curators>', [{ kind: 'group', id: 'S1', label: '@curators' }]],
    [
      '<!date^1772532000^{date_long} at {time}|soon>',
      [{ kind: 'date', unix: 1772532000, format: '{date_long} at {time}', href: '', fallback: 'soon' }],
    ],
    ['<!date^x^{time}|soon>', [text('soon')]],
    [
      ':seedling: at 10:30:45 :unknown_thing:',
      [{ kind: 'emoji', name: 'seedling' }, text(' at 10:30:45 :unknown_thing:')],
    ],
    [
      '*<https://example.org|bold link>*',
      [
        {
          kind: 'bold',
          children: [{ kind: 'link', href: 'https://example.org', children: [text('bold link')] }],
        },
      ],
    ],
    [
      '*a <https://example.org/*x*|star> b*',
      [
        {
          kind: 'bold',
          children: [
            text('a '),
            { kind: 'link', href: 'https://example.org/*x*', children: [text('star')] },
            text(' b'),
          ],
        },
      ],
    ],
    ['a < b > c', [text('a < b > c')]],
    ['', []],
  ])('%j', (source, expected) => {
    expect(parseInline(source)).toEqual(expected);
  });
});

describe('what stands in a whole mrkdwn text', () => {
  test.each([
    ['one\ntwo\n\nthree', [paragraph(text('one'), { kind: 'break' }, text('two')), paragraph(text('three'))]],
    [
      '> said\n> twice\nthen',
      [
        { kind: 'quote', children: [paragraph(text('said'), { kind: 'break' }, text('twice'))] },
        paragraph(text('then')),
      ],
    ],
    ['&gt; said', [{ kind: 'quote', children: [paragraph(text('said'))] }]],
    [
      '>>> all\nof it',
      [{ kind: 'quote', children: [paragraph(text('all'), { kind: 'break' }, text('of it'))] }],
    ],
    ['```\na *b*\n  c\n```', [{ kind: 'pre', text: 'a *b*\n  c' }]],
    [
      'before ```in``` after',
      [paragraph(text('before ')), { kind: 'pre', text: 'in' }, paragraph(text(' after'))],
    ],
    ['an open ``` fence', [paragraph(text('an open ``` fence'))]],
    [
      'List:\n• one\n• *two*\n  • inner\n1. first',
      [
        paragraph(text('List:')),
        {
          kind: 'list',
          ordered: false,
          indent: 0,
          start: 1,
          items: [[text('one')], [{ kind: 'bold', children: [text('two')] }]],
        },
        { kind: 'list', ordered: false, indent: 1, start: 1, items: [[text('inner')]] },
        { kind: 'list', ordered: true, indent: 0, start: 1, items: [[text('first')]] },
      ],
    ],
    ['', []],
  ])('%j', (source, expected) => {
    expect(parseMrkdwn(source)).toEqual(expected);
  });
});

test('an emoji keeps the skin tone it is written with, and is nothing that is read in a label', () => {
  expect(parseInline('Hi :wave::skin-tone-3:!')).toEqual([
    text('Hi '),
    { kind: 'emoji', name: 'wave::skin-tone-3' },
    text('!'),
  ]);
  expect(plainWords(':wave::skin-tone-3: Hi')).toBe('Hi');
});

test('a label says the words of a text without its markup', () => {
  expect(plainWords('*Find* a <https://example.org|resource>\n:mag: today')).toBe('Find a resource today');
});

test('in a verbatim text a bare address stays text, and one that is marked stays a link', () => {
  const source = 'https://a.example and *https://b.example* and <https://c.example|here>';
  const links = (isVerbatim: boolean) =>
    JSON.stringify(parseMrkdwn(source, isVerbatim)).match(/"href":"[^"]+"/g);
  expect(links(true)).toEqual(['"href":"https://c.example"']);
  expect(links(false)).toHaveLength(3);
});
