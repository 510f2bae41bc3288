import { z } from 'zod';
import type { ContentFolder } from './read.ts';

/**
 * What goes by itself, with the least and the most days. A message has to be known of
 * - as long as something asks whom was written to when: the weekly cap (7 days), notes to facilitators (hours);
 * - as long as its key could be enqueued again by a job that looks back: 30 days (`cohorts.unled`). Every other key names
 *   an occasion that its own table knows to be over;
 * - as long as it is changed where it stands: a check-in's until its round is over (28 days), and a day longer.
 */
const bounds = {
  messages: [45, 365],
  'first-steps-messages': [90, 730],
  'audit-log': [90, 2555],
  'refused-words': [1, 90],
  // The same comes once a week, and a message waits for ten days at most.
  shares: [14, 365],
  'curators-words': [30, 365],
  'answered-questions': [1, 30],
  'expected-trainees': [14, 730],
  'trainee-lists': [1, 14],
  'entry-lists': [1, 14],
  'checkin-plans': [7, 365],
  'unfinished-answers': [1, 28],
  'unfinished-paper': [1, 14],
  'places-given-up': [1, 365],
  // Attendance is put right for two weeks.
  'attendance-lists': [30, 730],
  // A quarter is counted until it is over, and the one before it.
  introductions: [190, 1825],
  'people-questions': [1, 90],
  'preparation-ticks': [7, 90],
  'slack-events': [2, 14],
  'copy-before-update': [1, 14],
} as const;

export type Kept = keyof typeof bounds;

const text = z.string().min(1).max(300);
const rule = ([least, most]: readonly [number, number]) => {
  const error = `write a whole number of days, from ${least} to ${most}`;
  return z.strictObject({ what: text, days: z.int(error).min(least, error).max(most, error), why: text });
};

const schema = z.strictObject({
  version: z.number().int(),
  keep: z.strictObject(
    Object.fromEntries(Object.entries(bounds).map(([kind, range]) => [kind, rule(range)])) as Record<
      Kept,
      ReturnType<typeof rule>
    >,
  ),
});

/** data/retention.yaml: for how many days each kind is kept. */
export type Retention = Readonly<Record<Kept, { what: string; days: number; why: string }>>;

export const readRetention = (folder: ContentFolder): Retention | undefined =>
  folder.read('retention.yaml', schema)?.value.keep;
