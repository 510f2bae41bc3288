import Database from 'better-sqlite3';
import { sealedAnswers } from '../../src/features/checkins/answering/store.ts';
import { sealedPapers } from '../../src/features/checkins/paper/store.ts';
import { sealedBegun } from '../../src/features/checkins/planning/begun.ts';
import { sealedHeard } from '../../src/features/checkins/results/heard/store.ts';
import {
  sealedHidden,
  sealedResults,
  sealedNotes as sealedRoundNotes,
} from '../../src/features/checkins/results/store.ts';
import { sealedColumns as sealedLists } from '../../src/features/cohorts/importing/store.ts';
import { sealedColumns as sealedIntentions } from '../../src/features/intentions/store.ts';
import { sealedProfiles } from '../../src/features/onboarding/profile/store.ts';
import { sealedColumns as sealedReflections } from '../../src/features/reflections/store.ts';
import { sealedNotes } from '../../src/features/resources/keeping/note.ts';
import type { Vault } from '../../src/lib/crypto.ts';
import { sealedMessages } from '../../src/outbox/outbox.ts';
import { sealedByMaster } from './older-store.ts';

const columns = [
  ...sealedAnswers,
  ...sealedPapers,
  sealedBegun,
  sealedResults,
  sealedHeard,
  sealedHidden,
  sealedRoundNotes,
  ...sealedLists,
  ...sealedIntentions,
  sealedProfiles,
  ...sealedReflections,
  sealedNotes,
  sealedMessages,
];

/**
 * Makes of a database what a version before the key files would have left of it: everything under the master key, answers
 * under random keys open in their box, and nothing known of a key file.
 * @returns how many rows there are of each table in which something was sealed.
 */
export function makeOlder(file: string, master: Buffer, vault: Vault): Map<string, number> {
  const raw = new Database(file);
  const counts = new Map<string, number>();
  for (const { table, column = 'sealed', by, owner, place, inside } of columns) {
    const rows = raw.prepare(`select * from ${table}`).all() as Parameters<typeof owner>[0][];
    for (const row of rows) {
      const value = (row as Record<string, string | null>)[column];
      const sealed = value == null || inside === undefined ? value : String(JSON.parse(value)[inside] ?? '');
      if (value == null || !sealed?.startsWith('v3.')) continue;
      let words = vault.openFor(owner(row), sealed, place(row));
      if (table === 'answer_boxes')
        words = JSON.stringify(
          (JSON.parse(words) as { key?: string; sealed?: string }[]).flatMap(
            ({ key, sealed: theirs, ...rest }) => {
              if (key === undefined || theirs === undefined) return [rest];
              const answers = JSON.parse(vault.openFor({ key }, theirs, place(row))) as Record<
                string,
                unknown
              >[];
              return answers.map((answer) => ({ ...answer, key }));
            },
          ),
        );
      const now = value.replace(sealed, sealedByMaster(master, owner(row), words, place(row)));
      raw
        .prepare(`update ${table} set ${column} = ? where ${by.map((one) => `${one} = ?`).join(' and ')}`)
        .run(now, ...by.map((one) => (row as Record<string, string>)[one]));
      counts.set(table, (counts.get(table) ?? 0) + 1);
    }
  }
  raw.prepare("delete from settings where key in ('key-file', 'sealed-for')").run();
  const probe = sealedByMaster(master, 'programme', 'the key of this database', 'settings:key-probe');
  raw.prepare("update settings set value = ? where key = 'key-probe'").run(probe);
  raw.exec('vacuum');
  raw.close();
  return counts;
}

/** How many of somebody's rows, and of answers under these random keys, open in a database. */
export function countOpening(
  file: string,
  vault: Vault,
  who: { personId: string; keys: readonly string[] },
): number {
  const raw = new Database(file, { readonly: true });
  let count = 0;
  const tryOpen = (...sealed: Parameters<Vault['openFor']>): string => {
    try {
      const words = vault.openFor(...sealed);
      count += 1;
      return words;
    } catch {
      return '[]';
    }
  };
  for (const { table, column = 'sealed', owner, place, inside } of columns) {
    const rows = raw.prepare(`select * from ${table}`).all() as Parameters<typeof owner>[0][];
    for (const row of rows) {
      const value = (row as Record<string, string | null>)[column];
      const sealed = value == null || inside === undefined ? value : String(JSON.parse(value)[inside] ?? '');
      if (sealed && row.person_id === who.personId) tryOpen(owner(row), sealed, place(row));
      if (sealed && table === 'answer_boxes') {
        const entries = JSON.parse(vault.openFor(owner(row), sealed, place(row))) as {
          key?: string;
          sealed?: string;
        }[];
        for (const { key, sealed: theirs } of entries)
          if (key !== undefined && theirs !== undefined && who.keys.includes(key))
            tryOpen({ key }, theirs, place(row));
      }
    }
  }
  raw.close();
  return count;
}
