import { describe, expect, test } from 'vitest';
import { wordsOf } from '../../../src/content/words.ts';
import { type Resource, toCatalogue } from '../../../src/features/resources/content.ts';
import { createAges } from '../../../src/features/resources/finding/ages.ts';
import { createNames } from '../../../src/features/resources/finding/names.ts';
import { createSearch } from '../../../src/features/resources/finding/search.ts';
import { content, search } from './support.ts';

const idsOf = (question: string) => search.find(question).hits.map(({ id }) => id);

describe('an age or a year of school', () => {
  const ages = createAges(content.vocabulary.age_groups);
  /** Which words say one, and its group. */
  const agesIn = (text: string): string[] => {
    const words = wordsOf(text);
    return words.flatMap((_, at) => {
      const age = ages(words, at);
      const isInside = words.slice(0, at).some((__, from) => (ages(words, from)?.length ?? 0) > at - from);
      return age && !isInside ? `${words.slice(at, at + age.length).join(' ')} = ${age.group.id}` : [];
    });
  };

  test.each([
    ['nightmares 6 year old', '6 year old = 5-11'],
    ['3yr old not talking', '3yr old = 0-5'],
    ['3yo tantrums', '3yo = 0-5'],
    ['18mths not sleeping', '18mths = 0-5'],
    ['18 month old', '18 month old = 0-5'],
    ['two year olds who bite', 'two year olds = 0-5'],
    ['thirteen-year-old cutting', 'thirteen year old = 11-18'],
    ['aged 3 to 4', 'aged 3 to 4 = 0-5'],
    ['age 14 and pregnant', 'age 14 = 11-18'],
    ['5-7 year olds', '5 7 year olds = 5-11'],
    ['knife crime yr 9', 'yr 9 = 11-18'],
    ['Year 6 leavers', 'year 6 = 5-11'],
    ['y6 sats', 'y6 = 5-11'],
    ['yr11 exams', 'yr11 = 11-18'],
    ['bullied in year two', 'year two = 5-11'],
    ['key stage 1 worries', 'key stage 1 = 5-11'],
    ['reception child is biting', 'reception = 0-5'],
    ['starting reception', 'reception = 0-5'],
    ['she is 15 and drinking', '15 = 11-18'],
    ['40 year old survivor', '40 year old = adults'],
  ])('%s', (text, said) => expect(agesIn(text)).toEqual([said]));

  test.each([
    'shouting at reception',
    'reception desk',
    'waited for 18 months',
    'two years ago',
    '32 weeks pregnant',
    'in the last 18 months',
    'last year',
    'section 47',
    'working together 2026',
    'year 2026 report',
    'he is 2 weeks late',
    'one of them',
    'tier 3',
  ])('%s says none', (text) => expect(agesIn(text)).toEqual([]));

  test.each([
    ['knife crime yr 9', 'knife crime'],
    ['3yo tantrums', 'tantrums'],
    ['y7 self harm', 'self harm'],
    ['gangs year ten', 'gangs'],
    ['grief in reception class', 'grief'],
  ])('%s finds what %s finds, and says the age', (question, without) => {
    const found = search.find(question);
    expect(found.understood.map(({ kind }) => kind)).toContain('age');
    const ids = new Set(idsOf(without).slice(0, 5));
    expect(found.hits.slice(0, 5).some(({ id }) => ids.has(id))).toBe(true);
  });
});

describe('a name of a word and a letter', () => {
  test.each(['child q', 'Child Q', 'child-q', 'childq', 'CHILD Q', 'what happened to Child Q'])(
    '%s finds the pages about Child Q',
    (question) => {
      const titles = search.find(question).hits.map(({ title }) => title);
      for (const title of titles.slice(0, 3)) expect(title).toMatch(/child q/i);
    },
  );

  test('what was understood is said as it is written, and is found again by that', () => {
    for (const question of ['childq report', 'child q report', 'CHILD-Q video age:14']) {
      const { understood } = search.find(question);
      expect(understood.map(({ label }) => label)).toContain('Child Q');
      expect(JSON.stringify(understood)).not.toContain('childq');
      const without = understood.find(({ label }) => label !== 'Child Q')?.without ?? '';
      expect(search.find(without).understood.map(({ label }) => label)).toContain('Child Q');
    }
    expect(search.find('chidlq').corrections).toMatchObject([{ typed: 'chidlq', read: 'Child Q' }]);
    expect(search.find('"chidlq"').asTyped).toMatchObject([{ typed: 'chidlq', read: 'Child Q' }]);
  });

  test.each(
    content.catalogue.shown.map(({ title }) => title).filter((title) => /[ -]\p{L}\P{L}/u.test(title)),
  )('of “%s” no words are run together', (title) => {
    const written = ` ${wordsOf(title).join(' ')} `;
    for (const { label, kind } of search.find(title).understood)
      if (kind === 'word') expect(written).toContain(` ${wordsOf(label).join(' ')} `);
  });

  test.each([
    ['Vitamin D in winter', 'vitamind', 'Vitamin D'],
    ['Learning from child-k', 'childk', 'child-k'],
    ['André J: a review', 'andrej', 'André J'],
    ['The child (Q) review', 'childq', 'child Q'],
    ['Sunshine every day', 'vitamind', 'vitamind'],
  ])('%s has %s as %s', (title, word, written) => {
    const [first] = content.catalogue.shown;
    const names = createNames(toCatalogue(first ? [{ ...first, title }] : []));
    expect(names.written(word)).toBe(written);
  });

  test.each(['baby p', 'Baby P', 'child k', 'Family B'])(
    '%s, of whom no title tells, finds nothing else',
    (question) => expect(idsOf(question)).toEqual([]),
  );

  test.each(['mum n baby', 'child w autism', 'vitamin d', 'baby i am tired'])(
    '%s is no such name',
    (question) => expect(search.find(question).unknown.join(' ')).not.toMatch(/ /),
  );
});

describe('what nobody here knows and is no slip', () => {
  const correctionsOf = (question: string) => search.find(question).corrections.map(({ read }) => read);

  test.each([
    'child hoarding food',
    'hoarding',
    'nan has the grandkids',
    'stepdad is moving in',
    'XYST',
    'lixk',
    'help with zids',
  ])('%s is read as it is', (question) => expect(correctionsOf(question)).toEqual([]));

  test.each([
    ['cahms', 'camhs'],
    ['domestic abuze', 'abuse'],
    ['reflective practise', 'practice'],
    ['atachment', 'attachment'],
    ['teeen parents', 'teen'],
  ])('%s is a slip still', (question, read) => expect(correctionsOf(question)).toEqual([read]));
});

describe('filters alone', () => {
  const { shown } = content.catalogue;

  test.each(['age:toddler', 'age:14', 'age:5-11', 'year 9', '3yo'])(
    '%s begins with what is made for that age and helps to act, and ends with law and plans',
    (question) => {
      const { hits, understood } = search.find(question);
      const groups = content.vocabulary.age_groups.filter(({ label }) => label === understood[0]?.label);
      for (const { age_groups, type, publisher } of hits.slice(0, 3)) {
        expect(age_groups).toContain(groups[0]?.id);
        expect(age_groups.length).toBeLessThanOrEqual(2);
        expect(publisher).not.toMatch(/legislation/);
        expect(['report', 'research-paper']).not.toContain(type);
      }
      const laws = hits.flatMap(({ publisher }, nth) => (/^legislation/.test(publisher) ? [nth] : []));
      for (const nth of laws) expect(nth).toBeGreaterThan(hits.length / 2);
    },
  );

  test('are answered with all there is, however many', () => {
    const admitted = shown.filter(({ age_groups: ages }) => ages.includes('11-18') || ages.includes('all'));
    expect(admitted.length).toBeGreaterThan(60);
    expect(idsOf('age:11-18').toSorted()).toEqual(admitted.map(({ id }) => id).toSorted());
  });
});

describe('a few cards', () => {
  const card = (id: string, title: string, summary: string): Resource => ({
    id,
    title,
    publisher: 'Somewhere',
    summary,
    type: 'service',
    audience: [],
    age_groups: [],
    topics: [],
    asked_as: [],
  });
  const talking = card(
    'talking',
    'Talking Service, under-twos',
    'We see parents and babies together, and talk a worry through with whoever works with them. English, Turkish',
  );
  const hub = card(
    'hub',
    'Family Hub',
    'Stay and play. Consultations about domestic abuse and housing. English, Somali',
  );
  const of = (...cards: Resource[]) =>
    createSearch({ ...content, catalogue: toCatalogue(cards), areFew: true });
  const [one, two] = [of(talking), of(talking, hub)];

  test.each([
    'child to parent violence',
    'leaflet for parents whose child self harms',
    'mum doesnt speak english interpreter',
    'knife crime',
    'black coffee',
    '-school',
  ])('answer nothing of %s', (question) => {
    expect(one.hits(question)).toEqual([]);
    expect(two.hits(question)).toEqual([]);
  });

  test.each([
    ['turkish', 'talking'],
    ['parents and babies', 'talking'],
    ['talking servcie', 'talking'],
    ['DVA', 'hub'],
    ['housing for a mum with babies', 'hub'],
  ])('answer %s by %s', (question, id) => expect(two.hits(question).map((hit) => hit.id)).toEqual([id]));
});

describe('a word of a topic in another sense', () => {
  test.each([
    'black coffee',
    'black friday deals',
    'Black tie dinner',
    'black bin collection',
    'race results',
    'race car tickets',
    'the boat race on tv',
    'race for life',
    "mother's day card",
    'fathers day gift ideas',
    'attack on titan',
  ])('%s finds nothing', (question) => expect(idsOf(question)).toEqual([]));

  test.each([
    ['black', 'race-racism'],
    ['race', 'race-racism'],
    ['black boys excluded', 'race-racism'],
    ['black history at school', 'race-racism'],
    ['race and policing', 'race-racism'],
    ['strip search of a black girl', 'race-racism'],
    ['class and poverty', 'poverty-inequality'],
    ['working class families', 'poverty-inequality'],
    ['text Shout', 'crisis-support'],
    ['dad on fathers day', 'fathers-partners'],
  ])('%s is about its topic', (question, topic) =>
    expect(
      search
        .find(question)
        .hits.slice(0, 5)
        .flatMap(({ topics }) => topics),
    ).toContain(topic),
  );

  test.each(['mum shouted at me', 'shouting at kids', 'he shouts'])('%s does not ask for Shout', (question) =>
    expect(idsOf(question)).not.toContain('shout-how-it-works'),
  );

  test.each(['panic attacks in class', 'cries in class'])('%s says nothing of poverty', (question) =>
    expect(search.find(question).understood.map(({ label }) => label)).not.toContain(
      'Poverty and inequality',
    ),
  );
});

describe('where and when somebody listens', () => {
  test.each([
    ['podcast for the drive home', 'podcast'],
    ['podcast for my commute', 'podcast'],
    ['something to listen to in the car', 'podcast'],
    ['film to show at lunch', 'film'],
    ['podcast about sleep for the school run', 'podcast about sleep'],
  ])('%s finds what %s does', (question, without) => expect(idsOf(question)).toEqual(idsOf(without)));

  test.each([
    'podcast about a car crash',
    'video about running away',
    'stabbed on the way home',
    'leaflet on the break up',
  ])('%s is about just that', (question) =>
    expect(search.find(question).understood.length + search.find(question).unknown.length).toBeGreaterThan(1),
  );

  test.each(['health visitor number', 'social worker phone'])(
    '%s leads to the services where none is known',
    (question) => {
      const { hits, nearTopics } = search.find(question);
      if (hits.length === 0) expect(nearTopics.map(({ id }) => id)).toContain('service-directory');
      else expect(hits[0]?.type).toBe('service');
    },
  );
});

describe('words of every day', () => {
  test.each([
    ['sexting', 'child-sexual-abuse'],
    ['nudes shared at school', 'child-sexual-abuse'],
    ['running away', 'exploitation-serious-violence'],
    ['missing from home', 'exploitation-serious-violence'],
    ['teen dad', 'fathers-partners'],
    ['being bullied at work', 'self-care-wellbeing'],
    ['restraint', 'trauma-informed-practice'],
    ['gypsy roma traveller', 'race-racism'],
    ['debrief after a child death', 'bereavement'],
    ['allegation against staff', 'safeguarding'],
    ['SEMH', 'send'],
    ['PLO', 'child-protection-conferences'],
    ['TAC', 'early-help-pathways'],
    ['EUPD', 'parental-mental-health'],
  ])('%s is about its topic first', (question, topic) =>
    expect(search.find(question).hits[0]?.topics).toContain(topic),
  );
});
