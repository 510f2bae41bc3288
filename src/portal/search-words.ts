import { englishWords, isEnglish, isNameToo } from '../content/english.ts';
import { commonWords, countsOfTalk } from '../content/talk.ts';
import { wordsOf } from '../content/words.ts';
import { correctSpelling } from '../features/resources/finding/spelling.ts';
import { looksLikeDanger } from '../safeguarding/danger.ts';
import type { Portal } from './portal.ts';

/**
 * What find.js gives to the bot's own search, and what that needs of the dictionary and of everyday talk. In a script of its
 * own, since a page that is opened from a folder may read no other file.
 */
export function searchWords(portal: Portal): string {
  const { catalogue, vocabulary, glossary, signposts } = portal;
  const searched = {
    // What is held back or retired is nobody's to read.
    resources: catalogue.all
      .filter(({ link_kind, retired }) => link_kind !== 'third-party-copy' && !retired)
      .map(
        ({
          url,
          verified: _v,
          checked_on: _c,
          added_on: _a,
          owner: _o,
          version: _n,
          link_kind: _l,
          ...entry
        }) => ({
          ...entry,
          asked_as: inShort(entry.asked_as),
          // Only whether there is one.
          ...(url !== undefined && { url: '' }),
        }),
      ),
    vocabulary: {
      ...vocabulary,
      topics: vocabulary.topics.map((topic) => ({ ...topic, asked_as: inShort(topic.asked_as) })),
    },
    terms: glossary.terms.map(({ id, term, also_known_as, topics }) => ({ id, term, also_known_as, topics })),
    pathways: portal.pathways.pathways.map(({ id, label, also_asked_as, topics, ages }) => ({
      id,
      label,
      also_asked_as,
      topics,
      ages,
    })),
    boroughs: portal.pathways.boroughs.map(({ id, label, also_called }) => ({ id, label, also_called })),
  };
  const { resources, pathways, boroughs } = searched;
  const known = new Set(wordsOfAll([resources, vocabulary, searched.terms, pathways, boroughs]));
  const data = {
    ...searched,
    // By these, in any of their forms, the page says first whom to ring.
    danger: signposts.danger_words,
    ...noSlips(signposts.danger_words, known),
    talk: [...countsOfTalk()].map(([stem, count]) => `${stem} ${count.toString(36)}`).join(' '),
    ids: catalogue.shown.map(({ id }) => id),
  };
  return `window.searchWords = ${JSON.stringify(data)};\n`;
}

type AskedAs = { say: string };

/** Most phrases have nothing but their words. */
const inShort = (phrases: readonly AskedAs[]): (AskedAs | string)[] =>
  phrases.map((phrase) => (Object.keys(phrase).length === 1 ? phrase.say : phrase));

/** Every word that stands anywhere in it. */
function wordsOfAll(content: unknown): string[] {
  if (typeof content === 'string') return wordsOf(content);
  return typeof content === 'object' && content !== null ? Object.values(content).flatMap(wordsOfAll) : [];
}

type NoSlips = { english: string; names: string };
let latest: { key: string; found: NoSlips } | undefined;
const likeDanger = new WeakMap<readonly string[], string[]>();

/** What is written like a word of ours with a slip of the finger, or like a short form, and is no slip: it is left as it is. */
function noSlips(danger: readonly string[], known: ReadonlySet<string>): NoSlips {
  const key = [...known, '', ...danger].join(' ');
  if (latest?.key === key) return latest.found;
  // The whole dictionary is looked through: not again for each change of an entry.
  const nearDanger = likeDanger.get(danger) ?? [...englishWords((word) => looksLikeDanger(danger, word))];
  likeDanger.set(danger, nearDanger);
  const uses = new Map([...known].map((word) => [word, 1]));
  const mayBeSlip = (word: string) => !known.has(word) && correctSpelling(word, uses) !== undefined;
  const shortest = [...known].filter((word) => word.length <= 6);
  const common = commonWords();
  const english = new Set([
    ...nearDanger,
    ...shortest.flatMap((word) => [word, `${word}s`]).filter(isEnglish),
    ...common.filter((word) => mayBeSlip(word) && isEnglish(word)),
  ]);
  const names = common.filter((word) => mayBeSlip(word) && !english.has(word) && isNameToo(word));
  const found = { english: [...english].toSorted().join(' '), names: names.toSorted().join(' ') };
  latest = { key, found };
  return found;
}
