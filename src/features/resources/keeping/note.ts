import { z } from 'zod';
import { type Actor, may } from '../../../community/permissions.ts';
import { forPerson } from '../../../db/reseal.ts';
import { openJson } from '../../../lib/crypto.ts';
import { idNow, idsOver } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { mayKeep } from './may-keep.ts';

/** In code points. */
export const longestNote = 300;

/** What somebody wrote beside a saved resource; `unreadable` was sealed with another key. */
export type Note = { kind: 'note'; text: string } | { kind: 'unreadable' };

const sealed = z.object({ note: z.string() });
const placeOf = (personId: string, resourceId: string) => `saved-note:${personId}:${resourceId}`;
/** Where they lie, for whoever wrote them. */
export const sealedNotes = forPerson({
  table: 'saved_resources',
  column: 'note',
  by: ['person_id', 'resource_id'],
  place: ({ person_id, resource_id }) => placeOf(person_id, resource_id),
});
/** In bytes: every note that the form takes fits, so that the row does not tell how much was written. */
const room = 2 * 1024;

/** By the ids under which the entries are seen now: a note on what was replaced stands beside what replaced it. */
export async function notesOn(
  { db, vault, live }: Pick<Deps, 'db' | 'vault' | 'live'>,
  personId: string,
  resourceIds: readonly string[],
): Promise<Map<string, Note>> {
  const notes = new Map<string, Note>();
  const over = resourceIds.flatMap((id) => idsOver(live.now, id));
  // Of several the one under today's id counts.
  for (const { resourceId, note } of await store.listNotes(db, personId, over)) {
    const now = idNow(live.now, resourceId);
    if (notes.has(now) && resourceId !== now) continue;
    const text = openNote(vault, personId, resourceId, note);
    notes.set(now, text === undefined ? { kind: 'unreadable' } : { kind: 'note', text });
  }
  return notes;
}

/** What is kept of one, opened. Undefined: there is none, or it cannot be opened with this key. */
export const openNote = (
  vault: Deps['vault'],
  personId: string,
  resourceId: string,
  note: string | null,
): string | undefined =>
  note === null
    ? undefined
    : openJson(vault, { person: personId }, note, placeOf(personId, resourceId), sealed)?.note;

export type WriteNoteOutcome = { kind: 'kept' | 'taken-away' | 'not-allowed' | 'keeps-nothing' | 'unknown' };

/** Writes a note on something saved, or takes it away when it is empty. What is not saved yet is saved by it. */
export async function writeNote(
  deps: Deps,
  actor: Actor,
  listedAs: string,
  text: string,
): Promise<WriteNoteOutcome> {
  const { db, vault, live, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const resourceId = live.now.byId.get(listedAs)?.id;
  if (resourceId === undefined) return { kind: 'unknown' };
  if (!(await mayKeep(db, personId))) return { kind: 'keeps-nothing' };
  const note =
    text === ''
      ? null
      : vault.sealFor(
          { person: personId },
          JSON.stringify({ note: text }),
          placeOf(personId, resourceId),
          room,
        );
  await db.transaction().execute(async (trx) => {
    await store.insertSaved(trx, personId, resourceId, clock.now());
    await store.setNote(trx, { personId, resourceId }, note);
    // Notes on what this has replaced are part of what was just read and written.
    for (const old of idsOver(live.now, resourceId).slice(1))
      await store.setNote(trx, { personId, resourceId: old }, null);
  });
  deps.homeChanged(personId);
  return { kind: note === null ? 'taken-away' : 'kept' };
}
