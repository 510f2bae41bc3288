import { describe, expect, test } from 'vitest';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { findWholeNames } from '../../../src/features/checkins/members-named.ts';
import { enterPaper } from '../../../src/features/checkins/paper/enter.ts';
import { asksWho } from '../../../src/features/checkins/planning/asks-who.ts';
import { checkPlan } from '../../../src/features/checkins/planning/schedule.ts';
import { confirmView } from '../../../src/features/checkins/planning/views.ts';
import type { Question } from '../../../src/features/checkins/question-kinds.ts';
import { givenGroup, openRound, planOf } from './support.ts';

describe('a question that asks who somebody is', () => {
  test.each([
    'What is your name?',
    'Your name',
    'Name:',
    'Please give your full name',
    'Who are you?',
    'Your email',
    'What’s your e-mail address?',
    'Which team are you in?',
    'What is your team?',
    'Your Pin number',
    'NMC PIN number',
    'Where do you work?',
    'Your job title',
    'Your initials',
  ])('%s', (text) => expect(asksWho(text)).toBe(true));

  test.each([
    'What is your team like?',
    'How does your team support you?',
    'Name one thing that went well',
    'What would you call this week?',
    'Which resource did you use?',
    'Who are your allies?',
    'How has your role changed?',
    'Can you pinpoint what helped?',
    'How many names do you remember?',
  ])('not %s', (text) => expect(asksWho(text)).toBe(false));

  test('no template asks it, and a plan that does says so, where no name is kept', async () => {
    const group = await givenGroup(6);
    const { bench, jo } = group;
    for (const { questions } of bench.templates.templates)
      expect(questions.filter(({ text }) => asksWho(text))).toEqual([]);
    const around = { zone: 'Europe/London', now: bench.clock.now(), daysOff: bench.daysOff };
    const said = async (template: string, text: string) => {
      const own: Question = { id: 'own-1', text, type: 'text', maxChars: 120 };
      const checked = await checkPlan(bench, jo, planOf(group, { template, questions: [own] }));
      if (checked.kind !== 'ok') throw new Error(JSON.stringify(checked));
      return JSON.stringify(confirmView(checked, around));
    };
    expect(await said('weekly-pulse', 'What is your name?')).toContain('could say whose they are');
    expect(await said('named-pulse', 'What is your name?')).not.toContain('could say whose they are');
    expect(await said('weekly-pulse', 'What helped?')).not.toContain('could say whose they are');
  });
});

test.each([
  ['I am Sam Invented, hello', ['Sam Invented']],
  ['invented sam; SAM  INVENTED', ['SAM  INVENTED']],
  ['Sam.', ['Sam']],
  ['Sam helped me', []],
  ['Samuel Invented', []],
])('whole names in %s', (text, expected) => {
  const found = findWholeNames(text, ['Sam Invented', 'Jo (she) Madeup', '', '(*)']);
  expect(found.map(({ start, end }) => text.slice(start, end))).toEqual(expected);
});

test('a member’s name is looked at once more before it is among answers that keep no name, on paper as well', async () => {
  const group = await givenGroup(6);
  const { bench, jo, actors } = group;
  const roundId = await openRound(group);
  const [first, second] = actors;
  if (!first || !second) throw new Error('too few');
  const answers = { week: 3, word: `${second.person.displayName} helped` };
  const send = (how = {}) => sendAnswers(bench, first, roundId, { answers, share: false }, how);
  expect(await send()).toMatchObject({ kind: 'found', findings: [{ kind: 'name' }] });
  expect(await enterPaper(bench, jo, roundId, answers)).toMatchObject({
    kind: 'masked',
    answers: { word: '[name removed] helped' },
  });
  expect(await send({ asItIs: true })).toMatchObject({ kind: 'sent' });
});
