import { sameAddress } from '../address.ts';
import { entrySchema, type Resource } from '../content.ts';

/** How an entry is at the curators' hands. */
export type EntryState = {
  entryId: string;
  version: number;
  /** Undefined: as the content files have it, or not at all. */
  entry: Resource | undefined;
  isRetired: boolean;
  /** What the content files had when this was decided. */
  seed: Resource | undefined;
  changedBy: string;
  changedAt: Date;
  /** The list that brought it. */
  importId?: string | undefined;
};

/** The content files say something else now than what a curator decided over. The curator's stays until one decides. */
export type Clash =
  | { kind: 'files-changed'; mine: Resource; files: Resource; version: number }
  | { kind: 'files-dropped'; mine: Resource; version: number }
  /** A curator's entry has the address of one that the files brought later. */
  | { kind: 'same-address'; mine: Resource; files: Resource; version: number };

export type Present = { entries: Resource[]; clashes: Clash[] };

/** The catalogue as it is: what the content files say, with what curators changed over it. */
export function applyChanges(seed: readonly Resource[], states: readonly EntryState[]): Present {
  const byId = new Map(states.map((state) => [state.entryId, state]));
  const clashes: Clash[] = [];
  const entries = seed.map((files) => {
    const state = byId.get(files.id);
    byId.delete(files.id);
    if (!state?.entry) return files;
    const { version } = state;
    const mine = asRetired(state.entry, state.isRetired);
    if (isSame(files, mine) || isSame(files, state.seed)) return mine;
    const both = joined(mine, files, state.seed);
    if (both) return both;
    clashes.push({ kind: 'files-changed', mine, files, version });
    return mine;
  });
  const addresses = new Map(
    seed.flatMap((files) =>
      files.url === undefined || files.superseded_by !== undefined ? [] : [[sameAddress(files.url), files]],
    ),
  );
  for (const { entry: mine, seed: before, isRetired, version } of byId.values()) {
    if (!mine) continue;
    entries.push(asRetired(mine, isRetired));
    if (isRetired) continue;
    const twin = mine.url === undefined ? undefined : addresses.get(sameAddress(mine.url));
    if (twin) clashes.push({ kind: 'same-address', mine, files: twin, version });
    else if (before) clashes.push({ kind: 'files-dropped', mine, version });
  }
  return { entries, clashes };
}

/** What adds to an entry and contradicts nothing that the files may say of it. */
const soft = ['asked_as', 'checked_on'] as const satisfies (keyof Resource)[];

/** Both, where the curator only added: said what people call it, or looked at the page. */
function joined(mine: Resource, files: Resource, before: Resource | undefined): Resource | undefined {
  if (!before) return undefined;
  const changed = changedFields(before, mine);
  const theirs = new Set(changedFields(before, files));
  if (!changed.every((field) => soft.some((one) => one === field) && !theirs.has(field))) return undefined;
  return inOrder({ ...files, ...Object.fromEntries(changed.map((field) => [field, mine[field]])) });
}

export const asRetired = (entry: Resource, isRetired: boolean): Resource => {
  const { retired: _retired, ...rest } = entry;
  return isRetired ? inOrder({ ...rest, retired: true }) : inOrder(rest);
};

/** An entry as it is to be seen in that state; undefined where it is in no list. */
export function shownOf(state: EntryState | undefined, seed: Resource | undefined): Resource | undefined {
  return state?.entry ? asRetired(state.entry, state.isRetired) : seed;
}

export type ChangeKind =
  | 'added'
  | 'changed'
  | 'retired'
  | 'brought-back'
  /** It is again as it was before the change before. */
  | 'undone'
  /** The curator's words stay, over what the content files say. */
  | 'settled'
  /** The content files' words were taken instead of a curator's. */
  | 'set-back';

/**
 * What the last change of an entry was.
 * @param states its last version, and the two before that as far as there are any.
 * @param seed the entry as the content files have it now.
 */
export function kindOfChange(
  {
    earlier,
    before,
    last,
  }: { earlier: EntryState | undefined; before: EntryState | undefined; last: EntryState },
  seed: Resource | undefined,
): ChangeKind {
  const [from, to] = [shownOf(before, seed), shownOf(last, seed)];
  // What the content files dropped is not theirs any more, and no version of it was a curator's.
  if (!from || !to) return last.isRetired ? 'retired' : 'added';
  const [first, ...others] = changedFields(from, to);
  if (first === 'retired' && others.length === 0) return to.retired ? 'retired' : 'brought-back';
  const isDecided = before !== undefined && !isSame(before.seed, last.seed);
  if (isDecided && !last.entry) return 'set-back';
  const isAsBefore = isSame(shownOf(earlier, seed), to);
  if (first !== undefined) return isAsBefore ? 'undone' : 'changed';
  if (!isDecided) return 'changed';
  // Decided over other files than there are now, as it was once before: it is asked again.
  return isAsBefore && isSame(earlier?.seed, last.seed) && !isSame(last.seed, seed) ? 'undone' : 'settled';
}

/** The fields in the schema's order, as the loader leaves them: what says the same is the same text. */
export const inOrder = (entry: Resource): Resource => entrySchema.parse(entry);

export const isSame = (one: Resource | undefined, other: Resource | undefined): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

export const fields = Object.keys(entrySchema.shape) as (keyof Resource)[];

/** The fields in which two entries differ. */
export const changedFields = (one: Resource, other: Resource): (keyof Resource)[] =>
  fields.filter((field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]));
