import type { Content } from '../src/features/content.ts';
import { chance } from './chance.ts';

/** What people ask again and again. */
export const remembered = [
  'birth trauma',
  'DVA',
  'infant mental health for dads',
  'attachmnet',
  'trauma-informed school behaviour',
  'looking after myself',
  'PIMH',
  'adultification',
] as const;

/** One of them whose answer has several pages. */
export const ofSeveralPages = 'infant mental health for dads' satisfies (typeof remembered)[number];

/**
 * Questions that nobody has asked before, as people ask them: a topic or one of its other names, words of a title, an age,
 * a reader, two of these together; every tenth with a slip of the finger. All different, the same at each run.
 */
export function neverAsked(content: Pick<Content, 'catalogue' | 'vocabulary'>, count: number): string[] {
  const { one, below } = chance(7);
  const { vocabulary, catalogue } = content;
  const topics = vocabulary.topics.flatMap(({ label, synonyms }) => [label, ...synonyms]);
  const ages = vocabulary.age_groups.flatMap(({ label, synonyms }) => [label, ...synonyms]);
  const readers = vocabulary.audiences.map(({ label }) => label);
  const titles = catalogue.shown.map(({ title }) => title.split(/[^\p{L}\p{N}'’-]+/u).filter(Boolean));
  const ofTitle = (): string => {
    const words = one(titles);
    const length = 2 + below(3);
    const from = below(Math.max(1, words.length - length));
    return words.slice(from, from + length).join(' ');
  };
  const shapes: (() => string)[] = [
    () => `${one(topics)} ${one(ages)}`,
    () => `${one(topics)} for ${one(readers)}`,
    () => `${one(topics)} and ${one(topics)}`,
    () => `${ofTitle()} ${one(topics)}`,
    () => `${ofTitle()} for ${one(ages)}`,
    () => ofTitle(),
  ];
  const asked = new Set<string>();
  while (asked.size < count) {
    const question = one(shapes)().toLowerCase().slice(0, 120).trim();
    asked.add(below(10) === 0 ? withSlip(question, below) : question);
  }
  return [...asked];
}

/** Two letters of the longest word change places. */
function withSlip(question: string, below: (limit: number) => number): string {
  const longest = question.split(' ').reduce((long, word) => (word.length > long.length ? word : long), '');
  if (longest.length < 6) return question;
  const at = 1 + below(longest.length - 3);
  const letters = Array.from(longest);
  [letters[at], letters[at + 1]] = [letters[at + 1] ?? '', letters[at] ?? ''];
  return question.replace(longest, letters.join(''));
}
