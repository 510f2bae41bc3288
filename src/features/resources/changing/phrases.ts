import { type AskedAs, intents } from '../../../content/asked-as.ts';
import { didYouMean } from '../../../content/nearest.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';

type Known = Pick<Vocabulary, 'age_groups' | 'audiences'>;

/** Phrases as a curator edits them: one on each line, with what they hint at in brackets behind: "teen very quiet [11-18] [for fathers]". */
export const writePhrases = (phrases: readonly AskedAs[]): string =>
  phrases
    .map(({ say, age, reader, for: purpose }) =>
      [say, ...[age, reader && `for ${reader}`, purpose].flatMap((hint) => (hint ? `[${hint}]` : []))].join(
        ' ',
      ),
    )
    .join('\n');

/** @property wrong what is wrong with lines that cannot be read: one for each bracket. */
export type PhrasesRead = { phrases: AskedAs[]; wrong: string[] };

export function readPhrases(text: string, known: Known): PhrasesRead {
  const read: PhrasesRead = { phrases: [], wrong: [] };
  for (const line of text.split('\n')) {
    const tidy = line.replace(/\s+/g, ' ').trim();
    if (tidy === '') continue;
    const phrase = readPhrase(tidy, known);
    if (Array.isArray(phrase)) read.wrong.push(...phrase);
    else read.phrases.push(phrase);
  }
  return read;
}

function readPhrase(line: string, { age_groups, audiences }: Known): AskedAs | string[] {
  const [, say = '', behind = ''] = /^(.*?)((?:\s*\[[^[\]]*\])*)$/.exec(line) ?? [];
  const phrase: AskedAs = { say };
  const wrong: string[] = [];
  for (const [, hint = ''] of behind.matchAll(/\[\s*([^[\]]*?)\s*\]/g)) {
    const purpose = intents.find((one) => one === hint);
    if (age_groups.some(({ id }) => id === hint)) phrase.age = hint;
    // "adults" is an age group and a kind of reader.
    else if (audiences.some(({ id }) => hint === `for ${id}` || hint === id))
      phrase.reader = hint.replace(/^for /, '');
    else if (purpose) phrase.for = purpose;
    else {
      const ids = [...age_groups, ...audiences].map(({ id }) => id);
      wrong.push(
        `\u2018${hint}\u2019 in brackets is no age group, reader or purpose.${didYouMean(hint, [...ids, ...intents])}`,
      );
    }
  }
  return wrong.length > 0 ? wrong : phrase;
}
