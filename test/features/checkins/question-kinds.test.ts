import type { InputBlock } from '@slack/types';
import { expect, test } from 'vitest';
import {
  type AnswerValue,
  fieldOf,
  type Question,
  sayAnswer,
  summarise,
} from '../../../src/features/checkins/question-kinds.ts';
import { shipped } from './support.ts';

const scale: Question = { type: 'scale', id: 's', text: 'How?', min: 1, max: 5, low: 'Not', high: 'Very' };
const long: Question = { ...scale, max: 10 };
const single: Question = { type: 'single_choice', id: 'c', text: 'Which?', options: ['One', 'Two'] };
const several: Question = { ...single, type: 'multi_choice', options: ['One', 'Two', 'Three'] };
const words: Question = { type: 'text', id: 't', text: 'Say.', maxChars: 200 };

/** What Slack sends back of an input that nobody touched. */
function heldBy({ element }: InputBlock) {
  const has = element as unknown as Record<string, unknown>;
  return {
    value: has.initial_value,
    selected_option: has.initial_option,
    selected_options: has.initial_options,
  } as Parameters<ReturnType<typeof fieldOf>['read']>[0];
}

test.each<[Question, AnswerValue, string]>([
  [scale, 1, '1 (Not)'],
  [scale, 3, '3'],
  [long, 10, '10 (Very)'],
  [single, 1, 'Two'],
  [several, [0, 2], 'One; Three'],
  [words, '<!channel> *x*', '<!channel> *x*'],
])(
  '%j: an answer stands in the form again, comes back as it was, and is said in words',
  (question, value, said) => {
    const field = fieldOf(question);
    expect(field.read(heldBy(field.draw('question-0', value)))).toEqual({ kind: 'taken', value });
    expect(sayAnswer(question, value)).toBe(said);
  },
);

test('every question that is shipped may be left out, and a choice that was made can be taken back', () => {
  for (const question of shipped.templates.flatMap(({ questions }) => questions)) {
    const field = fieldOf(question);
    const drawn = field.draw('question-0', undefined);
    expect(drawn.optional, question.id).toBe(true);
    expect(field.read(heldBy(drawn))).toEqual({ kind: 'taken', value: undefined });
    expect(field.read({ selected_option: { value: 'none' } })).toEqual({ kind: 'taken', value: undefined });
  }
});

test('whoever left a choice out counts, so that nobody can be worked out from the rest', () => {
  const given = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1].map((value) => ({ value, wordsUse: undefined }));
  const counts = (people: number) => {
    const summary = summarise(single, given, { people, smallest: 5 });
    return summary.kind === 'counts' ? summary.counts.map((one) => one.people) : [];
  };
  expect(counts(10)).toEqual([5, 5]);
  expect(counts(11)).toEqual([undefined, 5]);
});
