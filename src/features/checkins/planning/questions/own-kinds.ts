import { z } from 'zod';
import { option } from '../../../../slack/blocks.ts';
import { type Field, line, oneOf, paragraph } from '../../../../slack/form.ts';
import { packed } from '../../../../slack/packed.ts';
import { clip } from '../../../../slack/text.ts';

/** How one question reads, as it was typed: its words, and what belongs to its kind. Options one a line. */
export type Typed = { text: string; help?: string | undefined; [field: string]: string | undefined };

/** How a kind of question is offered to somebody who adds one of their own. */
export type Own<Question> = {
  name: string;
  /** Where a kind is offered in several ways: whether a question is one of these. */
  is?(question: Question): boolean;
  /** With what belongs to it, where that says more than its name. */
  say?(question: Question): string;
  /** What is asked beside its words. */
  fields?: Record<string, Field<string | undefined, string>>;
  /** How long what is written in a field may be, in code points. A field that is chosen from has none. */
  longest?: Record<string, number>;
  /** What is chosen in a field before anybody chooses. */
  usual?: Record<string, string>;
  /** What stands in the fields of a question. */
  typed?(question: Question): Record<string, string>;
  /** What a question gets of what was typed, beside its words; or what is wrong, by field. */
  take?(typed: Typed): { kind: 'taken'; parts: Partial<Question> } | Wrong;
};
type Wrong = { kind: 'problems'; problems: Record<string, string> };

const wrong = (problems: Record<string, string>): Wrong => ({ kind: 'problems', problems });

/** Where the steps of a scale go from and to. */
const packedRange = packed('-', { min: z.coerce.number(), max: z.coerce.number() });
const usualRange = { min: 1, max: 5 };
const ranges = [
  { min: 1, max: 3 },
  { min: 1, max: 4 },
  usualRange,
  { min: 1, max: 7 },
  { min: 1, max: 10 },
  { min: 0, max: 10 },
];
const rangeIn = (value: string | undefined) =>
  ranges.find((one) => packedRange.pack(one) === value) ?? usualRange;
const longestEnd = 60;

export const ownScale: Own<{ min: number; max: number; low: string; high: string }> = {
  name: 'A scale',
  say: ({ min, max, low, high }) => `A scale from ${min} (${low}) to ${max} (${high})`,
  fields: {
    range: oneOf('The scale goes', {
      of: ranges.map((range) => option(`From ${range.min} to ${range.max}`, packedRange.pack(range))),
      missing: 'Please choose how far it goes.',
    }),
    low: line('What its lowest number means', {
      max: longestEnd,
      missing: 'Please say what it means, for example “Not at all”.',
    }),
    high: line('What its highest number means', {
      max: longestEnd,
      missing: 'Please say what it means, for example “Completely”.',
    }),
  },
  longest: { low: longestEnd, high: longestEnd },
  usual: { range: packedRange.pack(usualRange) },
  typed: ({ min, max, low, high }) => ({
    range: packedRange.pack(rangeIn(packedRange.pack({ min, max }))),
    low,
    high,
  }),
  take({ range, low = '', high = '' }) {
    if (isSame(low, high))
      return wrong({ high: 'Both ends read the same. Please say what the other end means.' });
    return { kind: 'taken', parts: { ...rangeIn(range), low, high } };
  },
};

const longestOptions = 2000;

/** One or any number of several options. */
export const ownOptions = (name: string): Own<{ options: string[] }> => ({
  name,
  say: ({ options }) => `${name}: ${options.join('; ').slice(0, 200)}`,
  fields: {
    options: paragraph('What they can choose', {
      max: longestOptions,
      missing: 'Please give at least two options, each on a line of its own.',
      hint: 'Each on a line of its own.',
    }),
  },
  longest: { options: longestOptions },
  typed: ({ options }) => ({ options: options.join('\n') }),
  take(typed) {
    const options = linesOf(typed.options ?? '');
    const problem = problemWithOptions(options);
    return problem ? wrong({ options: problem }) : { kind: 'taken', parts: { options } };
  },
});

const mostOptions = 20;
const longestOption = 75;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((one) => one.replace(/^\s*[-*•]\s+/, '').trim())
    .filter((one) => one !== '');

const isSame = (one: string, other: string): boolean =>
  one.trim().toLowerCase() === other.trim().toLowerCase();

function problemWithOptions(options: readonly string[]): string | undefined {
  if (options.length < 2) return 'Please give at least two options, each on a line of its own.';
  if (options.length > mostOptions)
    return `Please give at most ${mostOptions} options; there are ${options.length}.`;
  const long = options.find((one) => Array.from(one).length > longestOption);
  if (long) return `Please shorten “${clip(long, 30)}” to ${longestOption} characters.`;
  const twice = options.find((one, index) => options.findIndex((other) => isSame(one, other)) !== index);
  return twice ? `“${twice}” is there twice. Please make each option different.` : undefined;
}
