import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { worryOf } from '../../src/safeguarding/worry.ts';
import { anyCharacter } from '../support/any-text.ts';

describe('a worry in everyday words', () => {
  test.each([
    // A child who may be harmed, whom no one pathway is for.
    ['bruise on a 3 month old', 'child', false],
    ['non mobile baby bruise', 'child', false],
    ['non-mobile baby with a bruise on the ear', 'child', false],
    ['6 wk old has a fracture', 'child', false],
    ['child has bruise on face what do i do', 'child', false],
    ['boy with burn marks on his arm', 'child', false],
    ['5mo bruise', 'child', false],
    ['child disclosed something today', 'child', false],
    ['4yo black eye', 'child', false],
    ['toddler scald, story doesn\u2019t add up', 'child', false],
    ['mum smacks him', 'child', false],
    ['i think mum might hurt the baby', 'child', true],
    ['dad shook the baby', 'child', true],
    // Sexual harm
    ['child touched by uncle', 'sexual-harm', true],
    ['girl was touched by her stepdad', 'sexual-harm', true],
    ['kid touching other kids', 'sexual-harm', false],
    ['he keeps touching his sister', 'sexual-harm', false],
    ['14 yr old sleeping with 20 yr old', 'sexual-harm', false],
    ['13 year old girl has a boyfriend of 19', 'sexual-harm', false],
    ['12yo having sex', 'sexual-harm', false],
    ['teenager seeing an older man', 'sexual-harm', false],
    ['pupil dating a 21 year old', 'sexual-harm', false],
    ['she told me her brother touches her', 'sexual-harm', false],
    ['stepdad gets in her bed', 'sexual-harm', false],
    ['sexualised behaviour 6 yr old', 'sexual-harm', false],
    ['pupil sent a nude', 'sexual-harm', false],
    // Abuse by a partner
    ['bf is controlling but she wont leave', 'domestic-abuse', false],
    ['stalking ex', 'domestic-abuse', false],
    ['stalked by her ex husband', 'domestic-abuse', false],
    ['husband won\u2019t let her leave the house', 'domestic-abuse', false],
    ['her boyfriend checks her phone', 'domestic-abuse', false],
    ['my husband hits me', 'domestic-abuse', false],
    ['ex keeps turning up at her house', 'domestic-abuse', false],
    ['scared of her partner', 'domestic-abuse', false],
    // What is heard, and thoughts that come
    ['kid says voices tell him things', 'child-mental-health', true],
    ['girl hears voices', 'child-mental-health', true],
    ['new mum says voices are telling her to do things', 'perinatal-mental-health', true],
    ['intrusive thoughts about hurting baby', 'perinatal-mental-health', true],
    ['intrusive thoughts since the baby came', 'perinatal-mental-health', false],
    ['hearing voices at 15', 'child-mental-health', true],
    ['dad hears voices, children at home', undefined, true],
    ['scared of hurting the baby', 'perinatal-mental-health', true],
    ['7 year old left home alone', 'child-neglect', false],
    ['kids left on their own all night', 'child-neglect', false],
  ] as const)('%s', (text, about, isNow) => expect(worryOf(text)).toEqual({ about, isNow }));

  test.each([
    'toddler with bruised knees',
    'bruised apple',
    'burn out in teachers',
    'how to burn off energy, kids',
    'baby massage: how to touch a baby',
    'children touched by adoption',
    'keeping in touch with her cousin',
    'touch screens for toddlers',
    'sex education for 12 year olds',
    '14 year old and 20 year old siblings',
    'baby sleeping with mum, 30',
    'controlled crying',
    'controlling asthma in children',
    'remote control for 5 year old',
    'the voices of children tell us a lot',
    'listening to children\u2019s voices',
    'voice of the child',
    'does caffeine harm the baby',
    'will the jab hurt my baby',
    'does arguing harm the baby',
    'leave children to play on their own',
    'lone parents',
    'smacking ban in Wales',
    'boyfriend jealous of the baby',
    'friend in a band',
    'safe touch book',
    'baby hears mum\u2019s voice in the womb',
    'kids touching other kids\u2019 lunch',
    'bruising in childhood leukaemia',
    'training on sexualised behaviour in children',
    'dating violence programme',
    'broken arm first aid',
    '3 month old sleep',
    'mum has a new partner',
    '',
  ])('is not in: %s', (text) => expect(worryOf(text)).toBeUndefined());

  test('whatever is written is looked through', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        worryOf(text);
      }),
    );
    expect(worryOf('her partner is very so really always being getting '.repeat(400))).toBeUndefined();
    expect(worryOf('left the the things in his head are keep that '.repeat(400))).toBeUndefined();
  });
});
