import { closest, distance } from 'fastest-levenshtein';

/** The known word that a mistyped one was probably meant to be: also "agegroup" for "age_groups", "topic" for "topics". */
export function nearest(given: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const same = known.find((word) => bare(word) === bare(given));
  if (same !== undefined) return same;
  const match = closest(
    bare(given),
    known.map((word) => bare(word)),
  );
  // Two swapped letters count as two edits.
  const allowed = bare(given).length < 5 ? 1 : bare(given).length < 12 ? 2 : 3;
  if (distance(bare(given), match) > allowed) return undefined;
  return known.find((word) => bare(word) === match);
}

/** " Did you mean "topics"?" with its leading space, or nothing. */
export function didYouMean(given: string, known: readonly string[]): string {
  const meant = nearest(given, known);
  return meant === undefined ? '' : ` Did you mean "${meant}"?`;
}

/** What to say of an id that is not there: what was probably meant, or what there is. */
export function unknownId(given: string, what: string, known: ReadonlySet<string>): string {
  const few = known.size <= 12 ? ` Choose one of: ${[...known].join(', ')}.` : ' Check the spelling.';
  return `there is no ${what} "${given}".${didYouMean(given, [...known]) || few}`;
}

type Named = { label: string; names: readonly string[] };

/** " Choose one of: …", those that are written most alike first; of many only those. With its leading space. */
export function chooseOneOf(given: string, known: readonly Named[], most = 6): string {
  const bare = (word: string) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  const farness = ({ names }: Named) => Math.min(...names.map((name) => distance(bare(given), bare(name))));
  const labels = known
    .map((one) => ({ label: one.label, far: farness(one) }))
    .toSorted((a, b) => a.far - b.far)
    .map(({ label }) => label);
  if (labels.length <= 2 * most) return ` Choose one of: ${labels.join('; ')}.`;
  return ` Nearest of the ${labels.length} there are: ${labels.slice(0, most).join('; ')}.`;
}
