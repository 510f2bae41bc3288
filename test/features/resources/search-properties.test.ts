import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isEnglish, isNameToo } from '../../../src/content/english.ts';
import { isSmallWord, wordsOf } from '../../../src/content/words.ts';
import { toCatalogue } from '../../../src/features/resources/content.ts';
import { createLiveCatalogue } from '../../../src/features/resources/finding/live.ts';
import { createSearch } from '../../../src/features/resources/finding/search.ts';
import { correctSpelling } from '../../../src/features/resources/finding/spelling.ts';
import { tidyQuestion } from '../../../src/features/resources/finding/words.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { content, search } from './support.ts';

const pieces = fc.constantFrom(
  'AND',
  'OR',
  'NOT',
  'NEAR(',
  ')',
  '(',
  '"',
  "'",
  '*',
  '^',
  ':',
  '-',
  '+',
  '{',
  '}',
  'title:',
  '\\',
  '%',
  '\u0000',
  '\u200b',
  '\u202e',
  '\u0627\u0644\u0635\u062f\u0645\u0629',
  '\u05d8\u05e8\u05d0\u05d5\u05de\u05d4',
  '\ud83d\ude00',
  '\ud800',
  '<!channel>',
  '<@U1>',
  '&amp;',
  'trauma',
  'DVA',
  'CP',
  '0-5',
  'video',
  '\n',
  '\t',
  '--',
  ';drop table entries',
);
const anything = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join(' ')),
  fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join('')),
);

describe('whatever is typed', () => {
  test('a search never throws, and finds the same twice', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const once = search.find(text);
        expect(search.find(text)).toEqual(once);
        expect(Array.from(once.question).length).toBeLessThanOrEqual(150);
        expect(new Set(once.hits).size).toBe(once.hits.length);
      }),
      { numRuns: 700 },
    );
  });

  test('3,000 characters are cut at a word, and searched', () => {
    const long = 'infant mental health '.repeat(150);
    const { question, hits } = search.find(long);
    expect(question.length).toBeLessThanOrEqual(150);
    expect(question.endsWith(' ')).toBe(false);
    expect(long.startsWith(`${question} `)).toBe(true);
    expect(hits.length).toBeGreaterThan(0);
    expect(() => search.find('x'.repeat(3000))).not.toThrow();
    expect(() => search.find('"'.repeat(3000))).not.toThrow();
  });

  test('what is tidied once is tidy', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(tidyQuestion(tidyQuestion(text))).toBe(tidyQuestion(text));
      }),
    );
  });

  test('asking again without a part, or with a chosen meaning, works too', () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(' ')),
        (text) => {
          const { understood, choices } = search.find(text);
          for (const { without } of understood) search.find(without);
          for (const { meanings } of choices) for (const { question } of meanings) search.find(question);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('what is run together finds what it finds written out', () => {
  const answerTo = (text: string) => ({ ...search.find(text), question: '' });
  const pairs: [short: string, inFull: string][] = [
    ["what's trauma", 'what is trauma'],
    ["don't know about FGM", 'do not know about FGM'],
    ["I'm worried about a child", 'I am worried about a child'],
    ["she's self-harming", 'she is self-harming'],
    ["he's been excluded", 'he has been excluded'],
    ["can't sleep", 'cannot sleep'],
    ["can't sleep", 'can not sleep'],
    ["won't go to school", 'will not go to school'],
    ["doesn't talk", 'does not talk'],
    ["they've been through domestic abuse", 'they have been through domestic abuse'],
    ["we're a nursery", 'we are a nursery'],
    ["I'd like a video about the brain", 'I would like a video about the brain'],
    ["I'll be talking about racism", 'I will be talking about racism'],
    ["who's who in camhs", 'who is who in camhs'],
    ["everyone's burnt out", 'everyone is burnt out'],
    ["let's talk about race", 'let us talk about race'],
    ["it's not attachment, isn't it", 'it is not attachment, is not it'],
    ["shouldn't've asked about ACE scores", 'should not have asked about ACE scores'],
    ["there's a baby who wasn't brought", 'there is a baby who was not brought'],
    ["who'd help with grief", 'who would help with grief'],
    ["shan't", 'shall not'],
    ["what's DVA", 'what is DVA'],
    ["what's CP", 'what is CP'],
    ['gonna hurt herself', 'going to hurt herself'],
    ['wanna die', 'want to die'],
    ['gotta talk about race', 'got to talk about race'],
    ['dunno about FGM', 'do not know about FGM'],
    ["c'mon, attachment", 'come on, attachment'],
    ["mum's drinking", 'mum is drinking'],
    ["dad's not sleeping", 'dad is not sleeping'],
    ["What'S a 4 year old's brain like?", 'what is a 4 year olds brain like'],
  ];
  const apostrophes = ["'", '\u2019', '\u2018', '\u02bc', '\u2032', '\u00b4', '`', '\uff07'];

  test.each(pairs)('%s: %s', (short, inFull) => {
    for (const apostrophe of apostrophes)
      expect(answerTo(short.replaceAll("'", apostrophe)), apostrophe).toEqual(answerTo(inFull));
  });

  test.each(
    pairs.filter(
      ([short]) => !/we're|i'll|i'd|it's|everyone's|who'd|'ve asked|old's|mum's|dad's/i.test(short),
    ),
  )('in a hurry, without the apostrophe: %s', (short, inFull) =>
    expect(answerTo(short.replaceAll("'", ''))).toEqual(answerTo(inFull)),
  );

  test('a possessive stays one: the child’s voice', () => {
    expect(wordsOf('The child’s voice, mums’ groups, O’Brien')).toEqual([
      'the',
      'childs',
      'voice',
      'mums',
      'groups',
      'o',
      'brien',
    ]);
    expect(wordsOf('ill, well, were, its, id, shed')).toEqual(['ill', 'well', 'were', 'its', 'id', 'shed']);
  });

  test('what the programme has not supplied yet comes first by its name, and for no need', () => {
    expect(search.find('perinatal session').hits[0]?.id).toBe('programme-session-perinatal');
    expect(search.find('core module').hits[0]?.id).toBe('programme-core-module');
    for (const need of ['perinatal anxiety', 'low mood in pregnancy', 'teenager with low mood'])
      expect(search.find(need).hits[0]?.url, need).toBeDefined();
  });

  test('a slip is never taken for a word that says nothing', () => {
    expect(search.find('dors').corrections.map(({ read }) => read)).toEqual(['doors']);
  });

  test('only small words find nothing, and a filter without a value leaves the next one whole', () => {
    for (const text of ['the of and', 'it', 'who is it for', 'a', 'need some help'])
      expect(search.find(text).hits, text).toEqual([]);
    const { unknownValues, hits } = search.find('type: topic:dva');
    expect(unknownValues.map(({ typed }) => typed.trim())).toEqual(['type:']);
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.every(({ topics }) => topics.includes('domestic-abuse'))).toBe(true);
  });

  test('where the only telling word is unknown, small words find nothing instead', () => {
    const { hits, unknown } = search.find("I don't know about zebras");
    expect({ hits, unknown }).toEqual({ hits: [], unknown: ['zebras'] });
  });
});

describe('titles', () => {
  test.each(content.catalogue.shown.map(({ id, title }) => [title, id]))(
    '%s is found by its own words',
    (title, id) => {
      const place = search.find(title).hits.findIndex((hit) => hit.id === id);
      expect(place).toBeGreaterThanOrEqual(0);
      expect(place).toBeLessThan(3);
    },
  );

  test('one wrong, missing, extra or swapped letter in a word of a title hardly ever ends in nothing', () => {
    const words = [...new Set(content.catalogue.shown.flatMap(({ title }) => wordsOf(title)))].filter(
      (word) => /^[a-z]{5,}$/.test(word) && !isSmallWord(word),
    );
    const slip = fc.record({
      word: fc.constantFrom(...words),
      at: fc.nat(),
      letter: fc.constantFrom(...Array.from('abcdefghijklmnopqrstuvwxyz')),
      kind: fc.constantFrom('wrong', 'missing', 'extra', 'swap'),
    });
    const slips = fc.sample(slip, 700).map(({ word, at, letter, kind }) => {
      const i = at % word.length;
      const typed = {
        wrong: word.slice(0, i) + letter + word.slice(i + 1),
        missing: word.slice(0, i) + word.slice(i + 1),
        extra: word.slice(0, i) + letter + word.slice(i),
        swap: word.slice(0, i) + (word[i + 1] ?? '') + (word[i] ?? '') + word.slice(i + 2),
      }[kind];
      return { word, typed };
    });
    // A good English word and a name are left as they are.
    const lost = slips.filter(({ typed }) => {
      const { hits, choices, nearTopics } = search.find(typed);
      return hits.length + choices.length + nearTopics.length === 0 && !isEnglish(typed) && !isNameToo(typed);
    });
    expect(lost.length, JSON.stringify(lost)).toBeLessThanOrEqual(7);
  });
});

describe('one slip in what is said here', () => {
  const { catalogue, vocabulary } = content;
  const said = [
    ...catalogue.shown.map(({ title }) => title),
    ...vocabulary.topics.flatMap(({ label, synonyms }) => [label, ...synonyms]),
    ...[...catalogue.shown, ...vocabulary.topics].flatMap(({ asked_as }) => asked_as.map(({ say }) => say)),
  ].filter((text) => /^[a-z ,'-]+$/i.test(text));
  const slip = fc.record({
    text: fc.constantFrom(...said.filter((text) => longWords(text).length > 0)),
    word: fc.nat(),
    at: fc.nat(),
    kind: fc.constantFrom('missing', 'doubled', 'neighbour', 'swapped', 'run together', 'broken'),
  });
  const slips = fc.sample(slip, { numRuns: 1800, seed: 11 }).flatMap(({ text, word: nth, at, kind }) => {
    const words = longWords(text);
    const word = words[nth % words.length] ?? '';
    const typed = text.toLowerCase().replace(...slipOf(word, at % word.length, kind));
    return typed === text.toLowerCase() ? [] : { text, typed };
  });
  const asked = slips.filter(({ text }) => search.hits(text).length > 0);
  const shareOf = (lost: typeof asked) => ({ share: lost.length / asked.length, lost });

  test('hardly ever ends in nothing', () => {
    const { share, lost } = shareOf(asked.filter(({ typed }) => search.hits(typed).length === 0));
    expect(share, JSON.stringify(lost)).toBeLessThan(0.012);
  });

  test('nearly always leaves the best answer among the first three', () => {
    const isLost = ({ text, typed }: { text: string; typed: string }) =>
      search.hits(text).every((hit, nth) => nth > 0 || !search.hits(typed).slice(0, 3).includes(hit));
    const { share, lost } = shareOf(asked.filter(isLost));
    expect(share, JSON.stringify(lost)).toBeLessThan(0.025);
  });
});

/** The words of five letters or more, as they stand there. */
function longWords(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 4 && !isSmallWord(word));
}

const beside: Readonly<Record<string, string>> = Object.fromEntries(
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((row) =>
    Array.from(row, (key, nth) => [key, row[nth + 1] ?? row[nth - 1] ?? key]),
  ),
);

/** What to replace in a text, and by what. */
function slipOf(word: string, at: number, kind: string): [was: string | RegExp, is: string] {
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  switch (kind) {
    case 'missing':
      return [word, before + after];
    case 'doubled':
      return [word, before + letter + letter + after];
    case 'neighbour':
      return [word, before + (beside[letter] ?? letter) + after];
    case 'swapped':
      return [word, before + after.slice(0, 1) + letter + after.slice(1)];
    case 'run together':
      return [new RegExp(`${word} (?=[a-z]{4})`), word];
    default:
      return at < 3 || word.length - at < 3 ? [word, word] : [word, `${before} ${letter}${after}`];
  }
}

describe('a slip beside what it belongs to', () => {
  const understood = (question: string) => search.find(question).understood.map(({ label }) => label);

  test.each([
    ['coutny lines', 'county lines'],
    ['reflective practise', 'reflective practice'],
    ['font door', 'front door'],
    ['self hram', 'self harm'],
    ['domestic abues', 'domestic abuse'],
    ['youngcarers', 'young carers'],
    ['temporaryaccommodation', 'temporary accommodation'],
    ['sub stance misuse', 'substance misuse'],
    ['mid wife', 'midwife'],
    ['subs tance misuse', 'substance misuse'],
    ['birt trauma', 'birth trauma'],
  ])('%s is read as %s, and finds the same', (typed, meant) => {
    expect(understood(typed)).toEqual(understood(meant));
    expect(search.hits(typed)).toEqual(search.hits(meant));
  });

  test.each([
    ['IDVAs', 'IDVA'],
    ['MARACs', 'MARAC'],
    ['MBUs', 'MBU'],
  ])('%s are several of %s', (several, one) => expect(understood(several)).toEqual(understood(one)));

  test.each(['top tips for a picnic', 'two spas in one weekend'])(
    '%s: a word of every day is no plural of a short form',
    (question) => {
      const { understood: parts } = search.find(question);
      expect(parts.filter(({ kind }) => kind === 'topic')).toEqual([]);
    },
  );

  test.each(['desk chair broken', 'reset the router', 'warm coat wanted', 'practise piano at night'])(
    '%s: a good English word with nothing of ours beside it is left alone',
    (question) => expect(search.find(question).corrections).toEqual([]),
  );
});

describe('spelling', () => {
  const known = new Map([
    ['attachment', 9],
    ['attainment', 2],
    ['school', 20],
    ['schools', 30],
    ['trauma', 90],
    ['supervision', 4],
  ]);

  test.each([
    ['atachment', 'attachment'],
    ['attachmnet', 'attachment'],
    ['scool', 'school'],
    ['shcool', 'school'],
    ['tauma', 'trauma'],
    ['truama', 'trauma'],
    ['supervission', 'supervision'],
    ['supervisoin', 'supervision'],
    ['zebra', undefined],
    ['dva', undefined],
    ['s47', undefined],
    ['', undefined],
  ])('%s → %s', (typed, meant) => expect(correctSpelling(typed, known)?.word).toBe(meant));
});

test('the catalogue can be changed while the bot runs: from the next question on the new one is found', () => {
  const live = createLiveCatalogue(content.catalogue, content);
  const question = 'infant mental health for dads';
  expect(live.search.find(question)).toEqual(search.find(question));
  const [first] = live.search.find(question).hits;
  if (!first) throw new Error('Nothing was found.');
  live.pages.get('drawn', () => ({ text: 'old', blocks: [] }));
  const renamed = { ...first, title: 'Quokkas for dads' };
  const without = content.catalogue.shown.filter(({ id }) => id !== first.id);
  live.publish(toCatalogue([...without, renamed]));
  expect(live.now.byId.get(first.id)).toEqual(renamed);
  expect(live.search.find('quokkas').hits).toEqual([renamed]);
  expect(live.pages.get('drawn', () => ({ text: 'new', blocks: [] })).text).toBe('new');
  live.publish(toCatalogue(without));
  expect(live.search.find('quokkas').hits).toEqual([]);
  expect(live.search.topicNamed('DVA')).toBe(search.topicNamed('DVA'));
});

test('what was asked before finds the same as in a search that never heard a question', () => {
  const questions = [
    'dads video',
    'video dads',
    'attachment',
    'attachment dads',
    'dads',
    'sleep',
    'sleep dads',
  ];
  const heard = createSearch(content);
  for (const question of [...questions, ...questions.toReversed()]) {
    const fresh = createSearch(content);
    expect(heard.find(question)).toEqual(fresh.find(question));
  }
});
