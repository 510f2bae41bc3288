import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tellsOfHarm } from '../../src/safeguarding/harm.ts';
import { anyCharacter } from '../support/any-text.ts';

describe('telling of harm', () => {
  test.each([
    'A girl of 14, Shanice from Year 9, says her uncle hurts her and that this word is rubbish.',
    'My stepdad hits me',
    'He is being hurt at home',
    'she\u2019s been beaten',
    'a boy was hit by his dad',
    'Her mum keeps hurting her little brother',
    'Somebody touched me',
    'the child is getting hit',
    'I cut myself',
    'She wants to die',
    'He does not feel safe at home',
    'I am scared of my dad',
    'One of them disclosed sexual abuse',
    'His father is hitting his child',
    'They are hurting us',
    'A neighbour is harming his son',
    'Shanice\u2019s uncle is hurting Shanice',
  ])('%s', (text) => expect(tellsOfHarm(text)).toBe(true));

  test.each([
    'Say hurt, not self-harmed',
    'This word hurts her feelings more than the old one',
    'It hurts me when adults say attention seeking',
    'Self-harm training for new staff',
    'domestic abuse training',
    'harm reduction with young people',
    'They say it is rubbish, and they want to change it',
    'It is about children who were abused, and should say so',
    'Nobody should use that. Say \u201churting yourself\u201d',
    'He hit the nail on the head',
    'they hit milestones late',
    'I was touched by what they said',
    'We keep hearing the word violence',
    '',
  ])('this does not: %s', (text) => expect(tellsOfHarm(text)).toBe(false));

  test('whatever is written is looked through', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        tellsOfHarm(text);
      }),
    );
    expect(tellsOfHarm('she has been always still '.repeat(400))).toBe(false);
  });
});
