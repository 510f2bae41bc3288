import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createWording } from '../../../src/features/resources/glossary/wording/wording.ts';
import { shippedContent } from './support.ts';

const { glossary } = shippedContent();
const wording = createWording(glossary);
const said = (text: string) =>
  wording(text).flatMap(({ term, saidAs }) => saidAs.map((one) => `${term.id}: ${one}`));

test.each([
  ['Mum did not engage with us.', ['engagement: did not engage']],
  ['They are HARD-TO-REACH families', ['engagement: hard to reach']],
  ['refusing to engage, refused to engage', ['engagement: refused to engage']],
  ['He committed suicide last year', ['suicide: committed suicide']],
  ['suicides', ['suicide: Suicide']],
  ['a selfharmer; she self harms; self-harming', ['self-harm: self-harmer', 'self-harm: Self-harm']],
  ['two addicts and an alcoholic', ['substance-use: addict', 'substance-use: alcoholic']],
  ['vulnerable families', ['vulnerable: vulnerable family']],
  ['a vulnerable person’s choice', ['vulnerable: Vulnerable']],
  ['The child’s placement', ['care-experienced: placement']],
  // The longest: no second note for the words in it.
  [
    'a looked-after child on a child protection plan',
    ['care-experienced: looked after child', 'child-protection-plan: on a child protection plan'],
  ],
  ['complex trauma', ['complex-trauma: Complex trauma']],
  // Two terms have it.
  ['attention-seeking', ['dissociation: attention seeking', 'self-harm: attention seeking']],
  ['an attention seeker', ['dissociation: attention seeker', 'self-harm: attention seeker']],
  // The same said otherwise, of what the note is about.
  ['Mum disengaged; dad is not engaging.', ['engagement: disengaged', 'engagement: not engaging']],
  [
    'failed to engage, failed to attend',
    ['engagement: failed to engage', 'was-not-brought: failed to attend'],
  ],
  ['she fails to protect them', ['domestic-abuse: failed to protect']],
  ['DNA x2', ['engagement: DNA', 'was-not-brought: DNA']],
  // What is to be said otherwise goes before what has a note.
  ['Trauma, and BAME parents', ['racially-minoritised: BAME', 'trauma: Trauma']],
])('%j', (text, expected) => {
  expect(said(text).toSorted()).toEqual(expected.toSorted());
});

test.each([
  // Inside words, across sentences, other words of one stem.
  'He is traumatically addictive; embattled lacquer, minimasking',
  'This was hard. To reach us, ring.',
  'It contains what is attached.',
  'We applied for a grant; a mask is worn.',
  // Everyday words among the names, and short forms that are words.
  'Her partner has a choice: a pie, a tip, a tic, lac and eh.',
  'A complex form, a clean room, a successful meeting, the bus failed.',
  '',
  '   \u0301 \u{1F600} s',
])('nothing is noted in %j', (text) => {
  expect(said(text)).toEqual([]);
});

test('whatever is said, each term with a note is found by its own name, and comes once', () => {
  const noted = glossary.terms.filter(({ language_note }) => language_note !== undefined);
  fc.assert(
    fc.property(
      fc.constantFrom(...noted),
      fc.string({ unit: 'grapheme' }),
      fc.string(),
      (term, before, after) => {
        const found = wording(`${before}. ${term.term}. ${after}`).map((one) => one.term.id);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeGreaterThan(0);
      },
    ),
  );
  const named = noted.filter(({ id, term }) => !wording(term).some((one) => one.term.id === id));
  expect(named.map(({ id }) => id)).toEqual([]);
});

test('the longest text takes no time', () => {
  expect(wording('hard to reach '.repeat(220)).length).toBe(1);
});
