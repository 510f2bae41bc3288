import { expect, test } from 'vitest';
import { clausesOf } from '../../src/content/clauses.ts';

test.each([
  ["baby won't settle, mum anxious", ["baby won't settle", 'mum anxious']],
  ['He drinks every night. He hits his partner', ['He drinks every night', 'He hits his partner']],
  ['he is violent at home but school see nothing', ['he is violent at home', 'school see nothing']],
  ['lost our flat and the baby has no clothes', ['lost our flat', 'the baby has no clothes']],
  ['mum hears voices - who looks after the baby', ['mum hears voices', 'who looks after the baby']],
])('%s: what each clause says', (text, clauses) =>
  expect(clausesOf(text).map((clause) => clause.trim())).toEqual(clauses),
);

test.each([
  'mum and baby',
  'drugs and alcohol',
  'education, health and care plan',
  'parent-infant teams',
  'dad drinks and shouts',
  'self-harm',
  '',
])('%s: one thing', (text) => expect(clausesOf(text)).toEqual([]));
