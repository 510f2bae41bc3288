import { type Actor, may } from '../../../community/permissions.ts';
import { decodeText } from '../../../content/csv.ts';
import { days, later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import type { FileAnswer } from '../../../slack/files.ts';
import type { SentFile } from '../../../slack/form.ts';
import { changeCatalogue, undoVersion, writeEntry } from '../catalogue/change.ts';
import { listImported } from '../catalogue/store.ts';
import type { Deps } from '../deps.ts';
import { type Fate, planRows } from './plan.ts';
import { type RowsAnswer, readRows, writeRows } from './rows.ts';
import * as store from './store.ts';

export type DraftOutcome =
  | { kind: 'not-allowed' }
  | Exclude<RowsAnswer, { kind: 'rows' }>
  | Exclude<FileAnswer, { kind: 'bytes' }>
  | { kind: 'draft'; importId: string; fates: Fate[]; unused: string[] };

/** Reads a list and says what would become of each row. Nothing of the catalogue is changed. */
export async function draftImport(deps: Deps, actor: Actor, text: string): Promise<DraftOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const read = readRows(text);
  if (read.kind !== 'rows') return read;
  await deps.kept.refresh();
  const fates = planRows(read.rows, deps.live.now.all, deps);
  const importId = newId(deps.clock);
  const now = deps.clock.now();
  await deps.db.transaction().execute(async (trx) => {
    await store.deleteBefore(trx, later(now, -days(deps.retention['entry-lists'].days)));
    await store.deleteDraftsOf(trx, actor.person.id);
    await store.insertDraft(trx, {
      id: importId,
      createdBy: actor.person.id,
      createdAt: now,
      rows: read.rows,
    });
  });
  return { kind: 'draft', importId, fates, unused: read.unused };
}

export async function draftFile(deps: Deps, actor: Actor, file: SentFile): Promise<DraftOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const answer = await deps.readFile(file);
  if (answer.kind !== 'bytes') return answer;
  const text = decodeText(answer.bytes);
  return text === undefined ? { kind: 'not-text' } : draftImport(deps, actor, text);
}

export type ImportOutcome =
  | { kind: 'not-allowed' | 'gone' }
  | { kind: 'imported'; added: number; changed: number; leftOut: Fate[] };

/**
 * Does what the dry run showed, beside the catalogue as it is by now.
 * @param withDoubtful also the rows that seem to identify somebody.
 */
export function confirmImport(
  deps: Deps,
  actor: Actor,
  { importId, withDoubtful }: { importId: string; withDoubtful: boolean },
): Promise<ImportOutcome> {
  return changeCatalogue(deps, actor, async (inside): Promise<ImportOutcome> => {
    const draft = await store.findDraft(inside.trx, importId);
    if (draft?.createdBy !== actor.person.id) return { kind: 'gone' };
    await store.deleteDraft(inside.trx, importId);
    const { vocabulary, present } = inside;
    const counts = { new: 0, changed: 0 };
    const leftOut: Fate[] = [];
    for (const fate of planRows(draft.rows, present.entries, { vocabulary, allowed: deps.allowed })) {
      if (fate.kind === 'left-out') leftOut.push(fate);
      if (fate.kind !== 'new' && fate.kind !== 'changed') continue;
      if (fate.doubt !== undefined && !withDoubtful) {
        const { line, title, doubt } = fate;
        leftOut.push({ line, title, kind: 'left-out', why: [`It seems to hold ${doubt}.`] });
        continue;
      }
      const { kind } = await writeEntry(deps, inside, fate.entry, importId);
      if (kind === 'saved') counts[fate.kind] += 1;
    }
    return { kind: 'imported', added: counts.new, changed: counts.changed, leftOut };
  });
}

export type UndoneImport =
  | { kind: 'not-allowed' | 'gone' }
  /** @property left titles of what somebody has changed since, or taken back: that stays as it is. */
  | { kind: 'undone'; many: number; left: string[] };

/** Everything that a list brought in or changed, as it was before. */
export function undoImport(deps: Deps, actor: Actor, importId: string): Promise<UndoneImport> {
  return changeCatalogue(deps, actor, async (inside): Promise<UndoneImport> => {
    const left: string[] = [];
    let many = 0;
    for (const state of await listImported(inside.trx, importId))
      if (inside.versionOf(state.entryId) === state.version) {
        await undoVersion(deps, inside, state);
        many += 1;
      } else left.push(state.entry?.title ?? state.entryId);
    return many + left.length === 0 ? { kind: 'gone' } : { kind: 'undone', many, left };
  });
}

export type Kept = { text: string; rows: number };

/** The list that this person looked at last and has not imported: to be mended, or looked at again. */
export async function findKeptList(deps: Deps, actor: Actor): Promise<Kept | undefined> {
  if (!may(actor, 'resources.curate')) return undefined;
  const draft = await store.findLastDraft(deps.db, actor.person.id);
  const isOver =
    !draft || draft.createdAt < later(deps.clock.now(), -days(deps.retention['entry-lists'].days));
  return isOver ? undefined : { text: writeRows(draft.rows), rows: draft.rows.length };
}

/** What would become of it by now. */
export async function draftAgain(deps: Deps, actor: Actor): Promise<DraftOutcome> {
  const kept = await findKeptList(deps, actor);
  return kept ? draftImport(deps, actor, kept.text) : { kind: 'empty' };
}
