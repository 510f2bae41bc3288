import { type Area, type Item, instant, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import type { Body } from './body.ts';
import { unreadableLine } from './journal/markdown.ts';
import { toDraft, toReflection } from './store.ts';

/** What is kept of somebody's journal; deleted reflections count until they are gone for good, a day later. */
export const journalHeld = (vault: Vault): Area => ({
  id: 'journal',
  title: 'Your journal',
  why: 'So that you can read it again. The words are encrypted, and nobody but you is shown them.',
  apart: 'Every reflection, and what you began and did not save',
  holdings: [
    rowsOf('reflections', {
      id: 'reflections',
      what: 'Reflections, deleted ones for a day',
      isApart: true,
      read(row) {
        const { writtenAt, updatedAt, deletedAt, body } = toReflection(vault, row);
        return { Written: writtenAt, Changed: updatedAt, Deleted: deletedAt, ...wordsOf(body) };
      },
    }),
    rowsOf('reflection_drafts', {
      id: 'reflection-drafts',
      what: 'Reflections you began and did not save',
      isApart: true,
      read(row) {
        const { updatedAt, body } = toDraft(vault, row);
        return { 'Last changed': updatedAt, Discarded: instant(row.deleted_at), ...wordsOf(body) };
      },
    }),
  ],
});

function wordsOf(body: Body | undefined): Item {
  if (!body) return { Words: unreadableLine };
  const item: Item = { 'Way to reflect': body.title };
  const add = (label: string, value: string | string[]): void => {
    let name = label;
    for (let nth = 2; name in item; nth += 1) name = `${label} (${nth})`;
    item[name] = value;
  };
  for (const { label, text } of body.parts) add(label, text);
  for (const { label, selected } of body.choices) add(label, selected);
  return item;
}
