import { z } from 'zod';
import type { Around } from './around-phrases.ts';
import { unknownId } from './nearest.ts';
import type { Path } from './read.ts';
import { isWeak, keyOf, tellingWords } from './words.ts';

/** What somebody means to do with the answer. */
export const intents = ['who to ring', 'to read', 'to give to a parent'] as const;

const say = z.string().min(3).max(60);

/** Age, reader and purpose are soft: they move what fits up, and leave nothing out. */
const withHints = z.strictObject({
  say,
  age: z.string().optional(),
  reader: z.string().optional(),
  for: z.enum(intents).optional(),
});

/** What people really say when they need this, in the words of families and practitioners. */
export const askedAs = z
  .array(z.union([say.transform((text): AskedAs => ({ say: text })), withHints]))
  .default([]);

export type AskedAs = z.output<typeof withHints>;

/** An entry has a title, a topic a label. */
type Asked = {
  id: string;
  title?: string;
  label?: string;
  asked_as: readonly AskedAs[];
};
type Known = { ages: readonly { id: string }[]; readers: readonly { id: string }[] };

type Problem = (path: Path, message: string) => void;

/**
 * What a schema cannot see: phrases that say too little, only say a name again, that of somebody or of what is found by it
 * already, or stand twice, and age groups or readers that topics.yaml does not have.
 * @param elsewhere what has phrases in another file, where those are checked: here they only count as taken.
 */
export function reportAskedAs(
  { list, what, path }: { list: readonly Asked[]; what: 'topic' | 'entry'; path: Path },
  known: Known,
  problem: Problem,
  { around, elsewhere = [] }: { around: Around; elsewhere?: readonly Asked[] },
): void {
  const ages = new Set(known.ages.map(({ id }) => id));
  const readers = new Set(known.readers.map(({ id }) => id));
  const taken = new Map<string, { say: string; by: string }>();
  for (const { id, asked_as } of elsewhere)
    for (const { say } of asked_as) taken.set(sameWords(say), { say, by: `the topic "${id}"` });
  list.forEach(({ id, title, label, asked_as }, owner) => {
    const name = title ?? label;
    const by = `the ${what} "${id}"`;
    asked_as.forEach(({ say, age, reader }, index) => {
      const at = [...path, owner, 'asked_as', index];
      reportUnknownHint(age, ages, 'age group', [...at, 'age'], problem);
      reportUnknownHint(reader, readers, 'audience', [...at, 'reader'], problem);
      const key = sameWords(say);
      const other = taken.get(key);
      const message =
        saysTooLittle(say) ?? copiesName(say, name, around) ?? (other && standsAlready(say, other, by));
      if (message !== undefined) problem(at, message);
      else taken.set(key, { say, by });
    });
  });
}

/** Nothing known at all means that topics.yaml could not be read, which is reported there. */
function reportUnknownHint(
  given: string | undefined,
  known: ReadonlySet<string>,
  what: string,
  path: Path,
  problem: Problem,
): void {
  if (given !== undefined && known.size > 0 && !known.has(given))
    problem(path, unknownId(given, what, known));
}

/** Phrases that lead somewhere already: by their words, whose they are. */
export type TakenPhrases = { get(key: string): string | undefined };

/** Of what is wrong with phrases as much as can be read beside a field. */
const mostNamed = 6;

/** What is wrong with each of several phrases; undefined when nothing is. Apart from each other also where a line break is none. */
export function sayPhraseProblems(problems: readonly string[]): string | undefined {
  if (problems.length === 0) return undefined;
  if (problems.length === 1) return problems[0];
  const more = problems.length - mostNamed;
  return [...problems.slice(0, mostNamed), ...(more > 0 ? [`And ${more} more like these.`] : [])]
    .map((problem) => `\u2022 ${problem}`)
    .join('\n');
}

/**
 * What is wrong with phrases somebody adds, in words, of each that cannot stand.
 * @param name of what they lead to, where that is known: it is found by that already; `says`: all that stands there.
 */
export function problemsWithPhrases(
  phrases: readonly AskedAs[],
  taken: TakenPhrases,
  { around, name, says = '' }: { around: Around; name?: string | undefined; says?: string },
): string[] {
  const own = new Set<string>();
  return phrases.flatMap((phrase) => {
    const { say: text } = phrase;
    const key = sameWords(text);
    const other = taken.get(key);
    const problem =
      (withHints.safeParse(phrase).success ? undefined : `"${text}" must have 3 to 60 characters.`) ??
      saysTooLittle(text) ??
      copiesName(text, name, around, says) ??
      (other && `"${text}" leads to ${other} already. Keep it where it fits best.`) ??
      (own.has(key) ? `"${text}" stands here twice.` : undefined);
    if (problem !== undefined) return [problem];
    own.add(key);
    return [];
  });
}

/** One key for phrases that only small words, capitals, hyphens or a plural tell apart. */
export const sameWords = (text: string): string => keyOf(tellingWords(text));

const addMore = 'Add what was seen, felt or feared.';

function saysTooLittle(text: string): string | undefined {
  const telling = tellingWords(text);
  const [first] = telling;
  if (first === undefined) return `"${text}" has only small words, which say nothing of a need. ${addMore}`;
  if (!isWeak(first) || new Set(telling.map((word) => keyOf([word]))).size > 1) return undefined;
  return `"${text}" comes down to "${first}", which fits nearly everything here. ${addMore}`;
}

function copiesName(text: string, name: string | undefined, around: Around, says = ''): string | undefined {
  if (name !== undefined && sameWords(text) === sameWords(name))
    return `"${text}" only says its name again, by which it is found already. Write what people say instead.`;
  const called = around.called(text);
  if (called !== undefined)
    return `"${text}" is what ${called} is called, which is found by it already. Write what people say instead.`;
  const somebody = around.nameIn(text, says);
  return somebody === undefined
    ? undefined
    : `"${text}" seems to name somebody: \u2018${somebody}\u2019. Please leave the name out. Things are written in small letters; what a service or a place is called can stand here once the sentence about the entry has it.`;
}

function standsAlready(text: string, other: { say: string; by: string }, by: string): string {
  const wording = other.say === text ? 'this phrase' : `"${other.say}", which has the same telling words,`;
  return other.by === by
    ? `"${text}": ${wording} stands here already. Delete one of the two.`
    : `"${text}": ${wording} leads to ${other.by} already. Keep it where it fits best, and delete the other.`;
}
