import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../src/content/words.ts';
import type { Resource } from '../../../src/features/resources/content.ts';
import { content, search } from './support.ts';

const words = ({ title, summary, publisher }: Resource): string =>
  ` ${wordsOf(`${title} ${summary} ${publisher}`).join(' ')} `;

/** Filters as people type them, and what every hit has to meet then. */
const filters: [typed: string, isMet: (resource: Resource) => boolean][] = [
  ['type:video', ({ type }) => type === 'video'],
  ['type: podcasts', ({ type }) => type === 'podcast'],
  ['kind:"case study"', ({ type }) => type === 'case-study'],
  ['age:0-5', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:3', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:12', ({ age_groups: ages }) => ages.includes('11-18') || ages.includes('all')],
  ['age: 12', ({ age_groups: ages }) => ages.includes('11-18') || ages.includes('all')],
  ['age:3 months', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:18 months', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:"6 weeks"', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['ages:0\u20135', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:0 to 3', ({ age_groups: ages }) => ages.includes('0-5') || ages.includes('all')],
  ['age:7 year old', ({ age_groups: ages }) => ages.includes('5-11') || ages.includes('all')],
  ['age:13-17', ({ age_groups: ages }) => ages.includes('11-18') || ages.includes('all')],
  ['age:19', ({ age_groups: ages }) => ages.includes('18-25') || ages.includes('all')],
  ['age:40', ({ age_groups: ages }) => ages.includes('adults') || ages.includes('all')],
  ['type:videos', ({ type }) => type === 'video'],
  ['topic:"domestic abuse"', ({ topics }) => topics.includes('domestic-abuse')],
  ['AGE:teens', ({ age_groups: ages }) => ages.includes('11-18') || ages.includes('all')],
  ['topic:dva', ({ topics }) => topics.includes('domestic-abuse')],
  ['topic:bereavement', ({ topics }) => topics.includes('bereavement')],
  ['from:nspcc', ({ publisher }) => publisher.startsWith('NSPCC')],
  ['from:\u201cNSPCC Learning\u201d', ({ publisher }) => publisher.startsWith('NSPCC Learning')],
  ['from:elft', ({ publisher }) => publisher === 'East London NHS Foundation Trust'],
  [
    'reader:midwives',
    ({ audience }) => audience.includes('midwives') || audience.includes('all-practitioners'),
  ],
  ['"birth trauma"', (one) => words(one).includes(' birth trauma ') || one.topics.includes('birth-trauma')],
  ['-school', (one) => !words(one).includes(' school ')],
  ['-"child protection"', (one) => !words(one).includes(' child protection ')],
];

describe('filters that are typed', () => {
  test.each(filters)('%s alone: everything that meets it, and nothing else', (typed, isMet) => {
    const { hits, understood } = search.find(typed);
    expect(hits.length).toBeGreaterThan(0);
    expect(hits.filter((hit) => !isMet(hit))).toEqual([]);
    expect(understood.filter(({ kind }) => kind === 'narrowing')).toHaveLength(1);
  });

  test('whatever else is asked, every filter narrows, and can be left out again', () => {
    const asked = fc.constantFrom('trauma', 'sleep', 'dads', 'mum anxious', 'DVA in Hackney', 'zebra', '');
    fc.assert(
      fc.property(asked, fc.subarray(filters, { maxLength: 3 }), (question, chosen) => {
        const { hits, understood } = search.find([question, ...chosen.map(([typed]) => typed)].join(' '));
        for (const [, isMet] of chosen) expect(hits.filter((hit) => !isMet(hit))).toEqual([]);
        const narrowings = understood.filter(({ kind }) => kind === 'narrowing');
        expect(narrowings).toHaveLength(chosen.length);
        for (const { without } of narrowings)
          expect(search.find(without).understood.filter(({ kind }) => kind === 'narrowing')).toHaveLength(
            chosen.length - 1,
          );
      }),
    );
  });

  test.each([
    ['type:vidoe sleep', 'Video', 'type:video sleep'],
    ['sleep age:teenz', 'Adolescence, 11 to 18', 'sleep age:11-18'],
    ['topic:bereavment', 'Bereavement and loss', 'topic:bereavement'],
    ['from:nspc', 'NSPCC', 'from:NSPCC'],
  ])('%s: there is none, %s is', (typed, label, question) => {
    const [unknown] = search.find(typed).unknownValues;
    expect(unknown?.instead).toContainEqual({ label, question });
    expect(search.find(question).unknownValues).toEqual([]);
  });

  test.each([
    'age:99',
    'age:250',
    'age:3000 months',
    'sleep age:9-1',
    'type:',
    'type:zz',
    'type:xyzzy',
    'age:',
    'topic:',
    'topic:zzzz',
    'topic:12',
    'reader:',
    'from:',
    'from:""',
    'from:qqq',
    'sleep from:x9',
  ])('%s is near nothing: no guess, and all there is to choose from', (typed) => {
    const [unknown, ...others] = search.find(typed).unknownValues;
    expect(others).toEqual([]);
    expect(unknown).toMatchObject({ isNear: false, isMissing: /(?::|:"")$/.test(typed) });
    expect(unknown?.instead.length).toBeGreaterThanOrEqual(7);
    for (const { question } of unknown?.instead ?? [])
      expect(search.find(question).unknownValues).toEqual([]);
  });

  test('publishers to choose from are those with most entries, by name', () => {
    const labels = search.find('from:').unknownValues[0]?.instead.map(({ label }) => label) ?? [];
    expect(labels).toContain('NSPCC Learning');
    expect(labels.length).toBeLessThanOrEqual(60);
    expect(labels).toEqual(labels.toSorted((a, b) => a.localeCompare(b, 'en-GB')));
  });

  test.each(['type:', 'age: ', 'topic:zzzz', 'from:""', '""', '-', '"', 'type:"', ': : :', '- - -'])(
    '%s fails nothing',
    (typed) => expect(() => search.find(typed)).not.toThrow(),
  );

  test.each([
    ['trauma-informed', 'trauma informed'],
    ['0-5', '0 - 5'],
    ['self-harm', 'self harm'],
  ])('a hyphen inside a word leaves nothing out: %s', (one, other) => {
    expect(search.find(one).hits).toEqual(search.find(other).hits);
  });

  test('what stands in quotes is taken letter by letter', () => {
    expect(search.find('"superivsion"').hits).toEqual([]);
    expect(search.find('"reflective supervision"').understood.map(({ label }) => label)).toEqual([
      '\u201creflective supervision\u201d',
    ]);
  });

  test('nothing retired or held back comes in by a filter', () => {
    const shown = new Set(content.catalogue.shown);
    expect(search.find('type:report').hits.every((hit) => shown.has(hit))).toBe(true);
  });
});
