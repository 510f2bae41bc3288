import type { InputBlock } from '@slack/types';
import { expect, test } from 'vitest';
import { takeOwn, typedOf } from '../../../src/features/checkins/planning/questions/questions.ts';
import {
  type AnswerValue,
  choicesOf,
  fieldOf,
  ownKindOf,
  ownKinds,
  type Question,
  readPaperAnswer,
  sayAnswer,
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

test.each<[Question, number[] | undefined]>([
  [scale, [1, 2, 3, 4, 5]],
  [single, [0, 1]],
  [several, [0, 1, 2]],
  [words, undefined],
])('%j is summed up by its values, and words are not', (question, values) => {
  expect(choicesOf(question)?.values.map(({ value }) => value)).toEqual(values);
});

test.each(ownKinds)(
  '%s: what somebody added is of this kind, and stands in its form again as it was typed',
  (kind) => {
    const typed = {
      text: 'How?',
      help: 'As you like',
      range: '0-10',
      low: 'Not',
      high: 'Very',
      options: 'One\nTwo',
    };
    const added = takeOwn('own-1', kind, typed, undefined);
    if (added.kind === 'problems') throw new Error(JSON.stringify(added.problems));
    expect(ownKindOf(added.question)).toBe(kind);
    expect(typed).toMatchObject(typedOf(added.question));
    expect(takeOwn('own-1', kind, typedOf(added.question), undefined)).toEqual(added);
  },
);

test.each<[Question, AnswerValue]>([
  [scale, 3],
  [scale, 5],
  [single, 1],
  [several, [0, 2]],
  [{ type: 'yes_no', id: 'y', text: 'Did you?' }, 1],
  [{ type: 'date', id: 'd', text: 'When?' }, '2027-01-31'],
  [words, 'A word'],
])('%j: %j is read from paper as it is said', (question, value) => {
  const cell = question.type === 'date' ? '31/01/2027' : sayAnswer(question, value);
  expect(readPaperAnswer(question, cell)).toEqual({ value });
});
