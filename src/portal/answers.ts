import { nameKey, namesByLetter } from '../content/words.ts';
import { createSearch } from '../features/resources/finding/search.ts';
import type { Portal } from './portal.ts';

/** Who looks on the site for what has a name gets first what the bot would show first. */
const mostOfEach = 5;

type Asked = Pick<Portal, 'catalogue' | 'vocabulary' | 'glossary'>;
type Answers = Record<string, string>;

let latest: { of: Asked; answers: Answers } | undefined;

/**
 * What the bot finds first for each thing that has a name, as places among the entries shown. Asking it all takes a second,
 * so the latest answers are kept for as long as nothing has changed.
 */
export function answersToNames({ catalogue, vocabulary, glossary }: Asked): Answers {
  const of = { catalogue, vocabulary, glossary };
  const isSame = (['catalogue', 'vocabulary', 'glossary'] as const).every(
    (part) => latest?.of[part] === of[part],
  );
  if (!latest || !isSame) latest = { of, answers: askAll(of) };
  return latest.answers;
}

function askAll(portal: Asked): Answers {
  const { catalogue } = portal;
  const search = createSearch(portal);
  const places = new Map(catalogue.shown.map(({ id }, place) => [id, place]));
  const answers = new Map<string, string>();
  for (const name of namesIn(portal)) {
    const key = nameKey(name);
    if (key === '' || answers.has(key)) continue;
    const first = search.hits(name).slice(0, mostOfEach);
    answers.set(key, first.flatMap(({ id }) => places.get(id) ?? []).join(' '));
  }
  return Object.fromEntries(
    [...answers].filter(([, first]) => first !== '').toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** Up to this age people say it in years, of whom the programme is for. */
const oldest = 25;

function namesIn({ vocabulary, glossary, catalogue }: Asked): string[] {
  return [
    ...vocabulary.topics.flatMap(({ label, synonyms }) => [label, ...synonyms]),
    ...vocabulary.abbreviations.flatMap(({ abbr, means }) => [abbr, means]),
    ...vocabulary.ambiguous.map(({ form }) => form),
    ...vocabulary.age_groups.flatMap(({ id, label, synonyms }) => [id, label, ...synonyms]),
    ...Array.from({ length: oldest + 1 }, (_, years) => `${years} year old`),
    ...glossary.terms.flatMap(({ term, also_known_as }) => [term, ...also_known_as]),
    ...catalogue.shown.flatMap(({ title, publisher }) => [
      title,
      publisher,
      ...namesByLetter(title).map((pair) => pair.join(' ')),
    ]),
  ];
}
