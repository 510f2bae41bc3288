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
  const asked = typed.replace(leading, '');
  const called = calledSo(deps, asked);
  if (called.length > 0) return called;
  if (keyOf(wordsOf(asked)) === '') return [];
  const { ourWords, live } = deps;
  const definition = define(deps, asked);
  const near = definition.kind === 'near' ? definition.names.map(({ ask }) => `term:${ask}`) : [];
  const misspelt = nearest(
    asked,
    listAll(deps).map(({ label }) => label),
  );
  const found = [
    ...listAll(deps).filter(({ label }) => label === misspelt),
    ...listLike(deps, asked),
    ...near.flatMap((id) => ourWords.find(id) ?? []),
    ...live.search.find(asked).hits.flatMap(({ id }) => ourWords.find(`resource:${id}`) ?? []),
  ];
  return [...new Map(found.map((one) => [one.id, one])).values()].slice(0, most);
}

/** What is called so, or what has a note that speaks of these very words. */
function calledSo(deps: Deps, asked: string): OurWords[] {
  const { ourWords } = deps;
  const key = keyOf(wordsOf(asked));
  if (key === '') return [];
  const called = listAll(deps).find(({ label }) => keyOf(wordsOf(label)) === key);
  if (called) return [called];
  const definition = define(deps, asked);
  const term = definition.kind === 'term' ? ourWords.find(`term:${definition.term.id}`) : undefined;
  if (term) return [term];
  // Words that a note speaks of stand in that note, whatever else is spelt like them.
  return deps
    .wording(asked)
    .filter(({ saidAs }) => saidAs.some((say) => keyOf(wordsOf(say)) === key))
    .flatMap((one) => ourWords.find(`term:${one.term.id}`) ?? [])
    .slice(0, most);
}

const listAll = ({ ourWords }: Pick<Deps, 'ourWords'>): OurWords[] =>
  (Object.keys(wordKinds) as WordKind[]).flatMap((kind) => ourWords.list(kind));

/** Whether words behind "flag" can be a name of ours: "flag risk of self-harm" may be a sentence, unless something is called so. */
export function mayBeFlagged(deps: Deps, typed: string): boolean {
  const asked = typed.replace(leading, '');
  return wordsOf(asked).length < 3 || calledSo(deps, asked).length > 0 || listLike(deps, asked).length > 0;
}

/** By the words of a name, those that begin with them first. */
export function listLike(deps: Pick<Deps, 'ourWords'>, typed: string): OurWords[] {
  const plain = (text: string) => wordsOf(text).join(' ');
  const words = plain(typed);
  const found = listAll(deps).filter(({ label }) => plain(label).includes(words));
  return found.toSorted(
    (a, b) => Number(plain(b.label).startsWith(words)) - Number(plain(a.label).startsWith(words)),
  );
}
