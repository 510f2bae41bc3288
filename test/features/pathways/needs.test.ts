import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asksWho } from '../../../src/features/pathways/asked.ts';
import { createNeeds } from '../../../src/features/pathways/needs.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { shippedContent } from '../../support/shipped.ts';

const { pathways: content, vocabulary } = shippedContent();
const needs = createNeeds(content, vocabulary);

describe('a need as people type it', () => {
  test.each([
    ['domestic abuse', 'domestic-abuse', undefined, undefined],
    ['DV', 'domestic-abuse', undefined, undefined],
    ['domstic abuse, lives in the City', 'domestic-abuse', 'city', undefined],
    ['postnatal depresion hackny', 'perinatal-mental-health', 'hackney', 'perinatal'],
    ['baby wont settle', 'parent-infant-relationship', undefined, 'perinatal'],
    ['school refusal, 9 year old, Hackney', 'school-distress', 'hackney', '5-11'],
    ['ebsa 14yo', 'school-distress', undefined, '11-18'],
    ['CSA', 'sexual-harm', undefined, undefined],
    ['self harm in a teenager', 'child-mental-health', undefined, '11-18'],
    ['mum drinks too much', 'parental-substance-use', undefined, undefined],
    ['homeless family City of London', 'housing-and-poverty', 'city', undefined],
    ['young carers', 'young-carers', undefined, undefined],
    ['EHCP', 'send', undefined, undefined],
    ['county lines 15', 'harm-outside-the-home', undefined, '11-18'],
    ['dad died', 'bereavement', undefined, undefined],
    ['self-neglect', 'adult-at-risk', undefined, undefined],
    ['LADO', 'concern-about-a-colleague', undefined, undefined],
    ['concern about a colleague City', 'concern-about-a-colleague', 'city', undefined],
    ['worried about a colleague', 'concern-about-a-colleague', undefined, undefined],
    ['burnout', 'practitioner-wellbeing', undefined, undefined],
    ['neglect, 8 months', 'child-neglect', undefined, '0-5'],
    ['neglect City and Hackney', 'child-neglect', undefined, undefined],
    ['neglect 0-5', 'child-neglect', undefined, '0-5'],
    ['dad hits her mum', 'domestic-abuse', undefined, undefined],
    ['house full of rubbish and children dirty', 'child-neglect', undefined, undefined],
    ['SEND', 'send', undefined, undefined],
    ['child with send', 'send', undefined, undefined],
    ['where can I send a dad who drinks', 'parental-substance-use', undefined, undefined],
    ['who do I send this to', undefined, undefined, undefined],
  ])('%s', (text, need, borough, age) => {
    const understood = needs(text);
    expect([understood.need?.id, understood.borough, understood.age]).toEqual([need, borough, age]);
  });

  test.each([
    'FGM',
    'female genital mutilation',
    'physical abuse',
    'bruise on a baby',
    'radicalisation',
    'NAI',
    'safeguarding',
  ])('%s has no pathway: it leads to none that says to begin with the parents', (text) => {
    const { need, near } = needs(text);
    expect(need).toBeUndefined();
    expect(near.map(({ id }) => id)).not.toContain('child-neglect');
  });

  test.each(['school refusal', 'domestic abuse', 'DV in Hackney', 'scool refusal', 'young carers'])(
    '%s is a need and nothing besides',
    (text) => expect(needs(text).isNeedAlone).toBe(true),
  );
  test.each(['films on domestic abuse', 'sleep', 'printer', 'domestic abuse training for midwives', ''])(
    '%s is more than a need, or none',
    (text) => expect(needs(text).isNeedAlone).toBe(false),
  );

  test('another borough is told apart from what is here', () => {
    expect(needs('dad hits mum, Tower Hamlets').elsewhere).toBe('Tower Hamlets');
    expect(needs('domestic abuse Hackney').elsewhere).toBeUndefined();
  });

  test('two that it could be are both offered, and an age decides between them', () => {
    const { need, near } = needs('low mood');
    expect(need).toBeUndefined();
    expect(
      near
        .slice(0, 2)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['child-mental-health', 'perinatal-mental-health']);
    expect(needs('low mood 14').need?.id).toBe('child-mental-health');
  });

  test('what comes near none is offered nothing at random', () => {
    for (const text of ['', 'printer', '???', '🙂', 'who do I call', 'asdf', 'asdfgh', 'qwerty']) {
      const { need, near } = needs(text);
      expect([need, near], text).toEqual([undefined, []]);
    }
  });

  test('a number of a person is no age', () => {
    for (const text of [
      'neglect 07700 900123',
      'neglect 943 476 5919',
      'neglect 12/03/2019',
      'neglect E8 1DY',
    ])
      expect(needs(text).age, text).toBeUndefined();
  });

  test('no text is too odd for it', () => {
    const odd = fc.oneof(
      fc.string({ unit: anyCharacter, maxLength: 300 }),
      fc
        .array(
          fc.constantFrom(...'city hackney 7 neglect low mood dv – " \u0000 ‮ 9-11 yo under 5s'.split(' ')),
          { maxLength: 40 },
        )
        .map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const { need, near, borough, age } = needs(text);
        expect(need === undefined || near.length === 0).toBe(true);
        expect([undefined, 'hackney', 'city']).toContain(borough);
        expect([undefined, ...vocabulary.age_groups.map(({ id }) => id)]).toContain(age);
        asksWho(text);
      }),
    );
  });
});

describe('whether a search asks who to turn to', () => {
  test.each([
    ['who do I call about domestic abuse', 'who'],
    ['who can I talk to about a bereaved child', 'who'],
    ['how do I refer for neglect', 'who'],
    ['where to refer a child who self-harms', 'who'],
    ['referral to CAMHS', 'who'],
    ['pathway for autism', 'who'],
    ['I am worried about a child in my class', 'a-worry'],
    ['domestic abuse', undefined],
    ['what is attachment', undefined],
    ['how to talk about racism', undefined],
    ['who was Child Q', undefined],
    ['trauma training for teachers', undefined],
  ])('%s', (question, expected) => expect(asksWho(question)).toBe(expected));
});
