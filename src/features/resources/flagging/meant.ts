import { nearest } from '../../../content/nearest.ts';
import { type OurWords, type WordKind, wordKinds } from '../../../content/our-words.ts';
import { keyOf, wordsOf } from '../../../content/words.ts';
import type { Deps } from '../deps.ts';
import { define } from '../glossary/define.ts';

/** More than these are no choice. */
const most = 8;

const leading = /^(?:(?:the )?(?:wording|words?|term|phrase|resource|prompt)(?: of| in| for)?:? )(?=\S)/i;

/** What somebody may want to speak of: one that is called so, or those that come near, the likeliest first. */
export function meantToFlag(deps: Deps, typed: string): OurWords[] {
  const { ourWords, live } = deps;
  const asked = typed.replace(leading, '');
  const key = keyOf(wordsOf(asked));
  if (key === '') return [];
  const all = (Object.keys(wordKinds) as WordKind[]).flatMap((kind) => ourWords.list(kind));
  const called = all.find(({ label }) => keyOf(wordsOf(label)) === key);
  if (called) return [called];
  const definition = define(deps, asked);
  const term = definition.kind === 'term' ? ourWords.find(`term:${definition.term.id}`) : undefined;
  if (term) return [term];
  // Words that a note speaks of stand in that note, whatever else is spelt like them.
  const noted = deps
    .wording(asked)
    .filter(({ saidAs }) => saidAs.some((say) => keyOf(wordsOf(say)) === key))
    .flatMap((one) => ourWords.find(`term:${one.term.id}`) ?? []);
  if (noted.length > 0) return noted.slice(0, most);
  const near = definition.kind === 'near' ? definition.names.map(({ ask }) => `term:${ask}`) : [];
  const misspelt = nearest(
    asked,
    all.map(({ label }) => label),
  );
  const found = [
    ...all.filter(({ label }) => label === misspelt),
    ...listLike(deps, asked),
    ...near.flatMap((id) => ourWords.find(id) ?? []),
    ...live.search.find(asked).hits.flatMap(({ id }) => ourWords.find(`resource:${id}`) ?? []),
  ];
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, most);
}

/** By the words of a name, those that begin with them first. */
export function listLike({ ourWords }: Pick<Deps, 'ourWords'>, typed: string): OurWords[] {
  const plain = (text: string) => wordsOf(text).join(' ');
  const words = plain(typed);
  const all = (Object.keys(wordKinds) as WordKind[]).flatMap((kind) => ourWords.list(kind));
  const found = all.filter(({ label }) => plain(label).includes(words));
  return found.toSorted(
    (a, b) => Number(plain(b.label).startsWith(words)) - Number(plain(a.label).startsWith(words)),
  );
}
