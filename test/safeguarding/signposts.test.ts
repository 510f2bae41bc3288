import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContentFolder } from '../../src/content/read.ts';
import { mayBeDanger, tellsHowTheyAre } from '../../src/safeguarding/danger.ts';
import { findIdentifiers } from '../../src/safeguarding/identifiers.ts';
import {
  findRetired,
  numbersOf,
  publicContacts,
  readSignposts,
  type SupportLine,
  standingOf,
  supportBlocks,
} from '../../src/safeguarding/signposts.ts';
import { anyCharacter } from '../support/any-text.ts';

const real = () => {
  const folder = new ContentFolder('data');
  const signposts = readSignposts(folder);
  folder.finish();
  if (!signposts) throw new Error('data/signposting.yaml does not fit.');
  return signposts;
};
const now = new Date('2026-03-02T10:00:00Z');

describe('how somebody is', () => {
  test.each([
    'I feel awful',
    'i am so very tired',
    'I\u2019m really struggling',
    'im exhausted',
    'I have been feeling low',
    'bad day',
    'that was a tough visit',
    'i just feel numb',
    'feeling low',
    'i feel sick after what i saw today',
    'can\u2019t sleep since that visit',
    'i cried all the way home',
  ])('is told by: %s', (text) => expect(tellsHowTheyAre(text)).toBe(true));
  test.each([
    'anxious mum',
    'I am looking for something for anxious mums',
    'I feel that families are not heard',
    'tired toddler',
    'hard of hearing',
    'long day nursery hours',
    'low mood after birth',
    'mum is exhausted',
    'child can\u2019t sleep',
    'mum feeling low after the birth',
    'feeling faces cards for children',
    'struggling families',
    'is bullying at school covered?',
    'where do I go when I feel low',
    'supporting staff after a difficult conversation',
  ])('and not by: %s', (text) => expect(tellsHowTheyAre(text)).toBe(false));
});

describe('words about danger', () => {
  const { danger_words: words } = real();
  test.each([
    'I want to die',
    'mum says she will kill herself tonight',
    'i cant cope anymore',
    'I can\u2019t really go on',
    'refuge for mum hit by husband',
    'sucidal teen',
    'suiside',
    'kil myself',
    'he strangeld her',
    'not safe at home',
    'going to hurt the baby',
    'SELF-HARM',
    'dads hitting',
    'I am worried a child is being hurt right now by his stepfather. Who can come?',
    'child being hurt at home',
    'child disclosed abuse today',
    'a baby was harmed by her father',
    'she is being touched by her uncle',
    'they are hurting a child',
  ])('are in \u201c%s\u201d, and in it as part of a longer question', (text) => {
    expect(mayBeDanger(words, text)).toBe(true);
    expect(mayBeDanger(words, `hello, what is there on this: ${text} please`)).toBe(true);
  });

  test.each([
    'birth trauma',
    'skills for midwives',
    'will there be training',
    'come to the session',
    'dads',
    '',
    'harm reduction',
    'domestic abuse training',
    'sexual abuse at home: a guide',
    'words that are hurtful',
  ])('are not in \u201c%s\u201d', (text) => expect(mayBeDanger(words, text)).toBe(false));

  // Fixed phrases and other senses of the same words; each has a sibling below that is meant.
  test.each([
    'panic attacks in class',
    'supporting a teenager with panic attacks',
    'kid kicking off in class every day',
    'kick-off meeting with parents',
    'foster placement breakdown',
    'breakdown of a foster placement',
    'relationship breakdown and contact',
    'breakdown of costs by team',
    'car breakdown',
    'pet died',
    'when a grandparent dies',
    'dad died last year',
    'explaining death to a four year old',
    'attack on titan',
    'drop dead gorgeous',
    'cutting hair',
    'cutting down on screen time',
    'funding cuts to youth services',
    'killing time in the waiting room',
    'overdose of sugar at parties',
    'folic acid in pregnancy',
    'unconscious bias training',
    'hitting developmental milestones',
    'families hit hardest by the cost of living',
    'slapped cheek in nursery',
    'food poisoning at school',
    'drowning in paperwork',
    'choking hazards for toddlers',
    'cost of living crisis',
    'emergency contraception',
    'emergency housing grant',
    'giving up smoking in pregnancy',
    'is baby having enough milk',
    'keeping in touch with her social worker',
    'touching base with him',
    'hearing children\u2019s voices in assessments',
    'nerf gun birthday',
    'heartbeat of the baby',
    'to kill a mockingbird lesson',
    'baby kicking in the third trimester',
    'he does not go on school trips',
    'won\u2019t wake up for school',
    'stranger danger for reception',
    'knife and fork skills',
    'cannot cope with loud noises',
    'own life story work',
    'threatened with eviction',
    'kicked out of nursery',
    'beating bullying',
    'jumping off the sofa all day',
    'it\u2019s not ok to shout',
    'baby won\u2019t take it from a bottle',
    'asthma attack plan for school',
    'hit puberty early',
    'murder mystery evening',
  ])('are said in another sense in \u201c%s\u201d', (text) => expect(mayBeDanger(words, text)).toBe(false));

  test.each([
    'i am having a panic attack',
    'child having a panic attack right now',
    'mum had a breakdown last night',
    'i think i am having a breakdown',
    'wishes he was dead',
    'i wish i had died',
    'wants to die',
    'better off dead',
    'she says she should be dead',
    'he said he hopes he dies',
    'death threats from ex',
    'dad kicked him in the stomach',
    'kicked the baby',
    'he hit the baby',
    'dad beats him with a belt',
    'beaten up by her brother',
    'attacked by her partner',
    'acid thrown at a boy',
    'cutting her arms',
    'teen cutting',
    'took an overdose',
    'overdosed on paracetamol',
    'killing himself tonight',
    'he threatened to kill her',
    'stabbed outside school',
    'found with a knife in his bag',
    'gun in the house',
    'baby choking on a grape',
    'smothered the baby',
    'poisoned by bleach',
    'toddler drowned in the bath',
    'jump off a bridge',
    'mum can\u2019t cope any more',
    'i cannot cope with this any more',
    'baby unconscious',
    'baby won\u2019t wake up',
    'giving up on life',
    'i give up, can\u2019t go on',
    'hearing voices',
    'crisis tonight',
    'not safe at home',
    'threatened to hurt her',
    'touching her at night',
    'strangled last night',
    'emergency',
    'mum is dying of an overdose',
    'hit by her stepdad',
    'scared of her dad',
    'he hits her, then time passes',
    'gone missing since friday',
    'family breakdown, dad threatened to kill them',
    'pet died and now she wants to die',
    'panic attack and alone at night',
    'child on my caseload died',
    'dad kicked her legs',
    'he beats her at night',
    'she talks about dying',
    'he is obsessed with death',
    'stabbing at school',
    'hearing voices of dead people',
    'hearing different voices in his head',
    'he is not ok to be left alone',
    'she can\u2019t take any more',
    'i can\u2019t cope with the noise any more',
    'her friend died by suicide',
    'nearly died last night',
    'talks about wanting to be dead',
  ])('are meant in \u201c%s\u201d', (text) => expect(mayBeDanger(words, text)).toBe(true));

  test('whatever is written is looked through', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter }), (text) => {
        mayBeDanger(words, text);
      }),
    );
    for (const phrase of words) expect([phrase, mayBeDanger(words, phrase)]).toEqual([phrase, true]);
  });
});

describe('data/signposting.yaml', () => {
  test('fits, and every number in it may be written', () => {
    const signposts = real();
    const allowed = publicContacts(signposts);
    const all = [...signposts.lines, ...signposts.safeguarding_routes];
    for (const one of all)
      for (const text of [...numbersOf(one), one.email ?? '', one.text ?? ''])
        expect(findIdentifiers(`Ring them: ${text}.`, { allowed })).toEqual([]);
    expect(findIdentifiers('the old line 0800 073 0006', { allowed })).toEqual([]);
  });

  test('each mistake is named with its line', () => {
    const dir = mkdtempSync(join(tmpdir(), 'signposts-'));
    const text = readFileSync('data/signposting.yaml', 'utf8')
      .replace('  - samaritans\n', '  - samaritan\n')
      .replace('use_instead: nhs-111-mental-health', 'use_instead: nowhere')
      .replace('  - id: shout', '  - id: samaritans')
      .replace('  - overdose\n', '  - overdosing\n  - overdose\n  - help\n');
    writeFileSync(join(dir, 'signposting.yaml'), text);
    const folder = new ContentFolder(dir);
    readSignposts(folder);
    expect(folder.problems.map(({ message }) => message)).toEqual([
      expect.stringContaining('"samaritans" is used twice'),
      expect.stringContaining('"overdose" says the same as "overdosing"'),
      expect.stringContaining('"help" is part of nearly everything'),
      expect.stringContaining('there is no line "samaritan"'),
      expect.stringContaining('there is no line "nowhere"'),
    ]);
    expect(folder.problems.every(({ line }) => line > 1)).toBe(true);
  });

  test('a line without any way to reach it, or with a number YAML took for a number, is refused', () => {
    const dir = mkdtempSync(join(tmpdir(), 'signposts-'));
    const text = readFileSync('data/signposting.yaml', 'utf8')
      .replace('    phone: 116 123\n    email: jo@samaritans.org\n', '')
      .replace('phone: "999"', 'phone: 999');
    writeFileSync(join(dir, 'signposting.yaml'), text);
    const folder = new ContentFolder(dir);
    expect(readSignposts(folder)).toBeUndefined();
    expect(folder.problems).toHaveLength(2);
    expect(folder.problems[1]?.message).toContain('give at least one way to reach them');
  });
});

describe('what may be shown of an entry', () => {
  const line = (change: Partial<SupportLine>): SupportLine => ({
    id: 'somewhere',
    name: 'Somewhere',
    phone: '0800 000 000',
    confidence: 'high',
    source_url: 'https://example.org',
    ...change,
  });
  test.each([
    ['high, never checked', line({}), 'shown'],
    ['medium, never checked', line({ confidence: 'medium' }), 'check-first'],
    ['low, never checked', line({ confidence: 'low' }), 'name-only'],
    ['low, checked last month', line({ confidence: 'low', checked_on: '2026-02-01' }), 'shown'],
    ['high, check overdue', line({ checked_on: '2025-11-01' }), 'check-first'],
    ['low, check overdue', line({ confidence: 'low', checked_on: '2025-11-01' }), 'check-first'],
    ['always shown, check overdue', line({ id: 'samaritans', checked_on: '2024-01-01' }), 'shown'],
  ])('%s: %s', (_, one, kind) => {
    expect(standingOf(real(), one, now).kind).toBe(kind);
  });
});

test.each(['0800 073 0006', '08000730006', '+44 800 073 0006', 'the line 0800 073 0006', 'crisis line'])(
  'a closed line is recognised: %s',
  (asked) => {
    expect(findRetired(real(), asked)).toMatchObject({ use_instead: 'nhs-111-mental-health' });
  },
);

test.each(['', 'line', '0800', '116 123', 'support'])('no closed line: %s', (asked) => {
  expect(findRetired(real(), asked)).toBeUndefined();
});

test('the last line of a writing screen names the emergency number and opens support', () => {
  const said = JSON.stringify(supportBlocks(real()));
  expect(said).toContain('Nobody is watching');
  expect(said).toContain('not a referral');
  expect(said).toContain('999');
  expect(said).toContain('support.open');
});
