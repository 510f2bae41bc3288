import { expect, test } from 'vitest';
import { createOurWords } from '../../../src/features/our-words.ts';
import { problemWithAges } from '../../../src/features/reviews/ages.ts';
import { backPage, packPage } from '../../../src/features/reviews/files.ts';
import type { Item, Pack } from '../../../src/features/reviews/store.ts';
import { shippedContent } from '../../support/shipped.ts';

test.each([
  'A girl aged 14 said so',
  'the 15-year-old said it is rude',
  'a fourteen year old',
  'I am 16 and I hate it',
  'She’s twelve',
  'He turned 13',
  '14yo',
])('an age is not kept: %j', (text) => {
  expect(problemWithAges(text)).toContain('how old');
});

test.each([
  'Say “young people”, not “teens”',
  'for people of 11 to 18',
  'aged 11 to 18 is fine as a heading',
  'There are 12 words in it',
  'Section 17 sounds like prison',
  '',
])('this says nobody’s age: %j', (text) => {
  expect(problemWithAges(text)).toBeUndefined();
});

const item = (change: Partial<Item>): Item => ({
  item: 'term:trigger',
  label: 'Trigger',
  mark: 'm',
  verdict: undefined,
  became: undefined,
  words: '',
  answer: '',
  ...change,
});
const pack = (...items: Item[]): Pack => ({
  id: 'p',
  title: 'Words about families',
  madeAt: new Date('2027-02-01T10:00:00Z'),
  reviewedOn: '2027-03-09',
  items,
});

test('what is given back says what they said and what came of it, and keeps quiet of what nobody looked at', () => {
  const page = backPage(
    pack(
      item({ verdict: 'better', words: 'Say reminder', became: 'changed', answer: 'It says reminder now.' }),
      item({ verdict: 'change', became: 'stays', answer: 'It is the word of the law.' }),
      item({ verdict: 'change', words: 'Too long' }),
      item({ verdict: 'fine', label: 'Trauma' }),
      item({ label: 'Never seen' }),
    ),
  );
  expect(page.subtitle).toContain('in March 2027');
  expect(page.items.map(({ more }) => more.map(({ text }) => text))).toEqual([
    ['Say reminder', 'We changed it. It says reminder now.'],
    ['Needs to change.', 'It stays as it is for now. It is the word of the law.'],
    ['Too long', 'We are still thinking about it. We will tell you.'],
  ]);
  expect(page.after).toEqual([{ heading: 'You said these are fine. We keep them', lines: ['Trauma'] }]);
  expect(JSON.stringify(page)).not.toContain('Never seen');
});

test('a pack has the words as they are, their content note, and says where they are gone', () => {
  const words = {
    id: 'term:trigger',
    kind: 'term',
    label: 'Trigger',
    text: ['A reminder.'],
    contentNote: 'Mentions fear.',
  } as const;
  const page = packPage(pack(item({}), item({ item: 'term:gone', label: 'Gone' })), {
    ourWords: { find: (id) => (id === words.id ? words : undefined) },
    signposts: shippedContent().signposts,
  });
  expect(page.items).toMatchObject([
    // What is hard stands last.
    { heading: 'Gone', text: ['(These words are not used any more.)'] },
    { heading: 'Trigger', contentNote: 'Mentions fear.', text: ['A reminder.'] },
  ]);
  expect(page.asks).toHaveLength(3);
});

test('a pack begins with no hard words, notes what they are, and says where to turn and to whom a note is said', () => {
  const content = shippedContent();
  const page = packPage(
    pack(...['self-harm', 'domestic-abuse', 'trigger'].map((id) => item({ item: `term:${id}`, label: id }))),
    { ourWords: createOurWords(content, () => content), signposts: content.signposts },
  );
  expect(page.items.map(({ heading, contentNote }) => [heading, contentNote])).toEqual([
    ['trigger', undefined],
    ['self-harm', 'Mentions self-harm or suicide.'],
    ['domestic-abuse', 'Mentions domestic abuse.'],
  ]);
  expect(page.items[1]?.text[1]).toMatch(/^What we tell workers about this word: Say "self-harmed"/);
  const before = page.before.flatMap(({ lines }) => lines).join(' ');
  expect(before).toMatch(/If one upsets you, stop, and tell the worker.*Childline at any hour: 0800 1111/);
});
