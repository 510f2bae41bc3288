import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { meetPerson } from '../../src/community/people.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore, StoreError } from '../../src/db/open.ts';
import { ManualClock } from '../../src/lib/clock.ts';

const clock = new ManualClock('2026-03-03T10:00:00Z');
const folder = () => mkdtempSync(join(tmpdir(), 'chatr-store-'));

describe('opening the store', () => {
  test('a new file is made with its folder, and kept to this account', async () => {
    const file = join(folder(), 'deep', 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    const person = await meetPerson(store.db, clock, 'U1');
    await store.close();
    const again = await openStore(`file:${file}`);
    expect(await migrate(again)).toEqual([]);
    expect(await meetPerson(again.db, clock, 'U1')).toEqual(person);
    await again.close();
  });

  test('what is promised to the operator is set: full synchronous writes, foreign keys, write-ahead log', async () => {
    const store = await openStore(`file:${join(folder(), 'chatr.db')}`);
    const value = async (name: string) =>
      Object.values(
        (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(store.db)).rows[0] ?? {},
      )[0];
    expect([await value('synchronous'), await value('foreign_keys'), await value('journal_mode')]).toEqual([
      2,
      1,
      'wal',
    ]);
    await store.close();
  });

  test('a file that is no database is left alone, and the operator is told', async () => {
    const file = join(folder(), 'notes.db');
    writeFileSync(file, 'These are my notes, not a database. '.repeat(50));
    await expect(openStore(`file:${file}`)).rejects.toThrow(
      /is not a readable database. Nothing in it was changed/,
    );
    expect(readFileSync(file, 'utf8')).toContain('These are my notes');
  });

  test('a folder that cannot hold a database is named', async () => {
    const file = join(folder(), 'a-file');
    writeFileSync(file, '');
    await expect(openStore(`file:${join(file, 'chatr.db')}`)).rejects.toThrow(/cannot be opened/);
  });

  test('a read-only database says who must give which permission', async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    await store.close();
    // The superuser may write everything, so the file is opened as SQLite opens one it may not write.
    await expect(openStore(`file:${file}`, { readonly: true })).rejects.toThrow(
      /cannot be written. Give the account/,
    );
  });

  test('an address of another kind is refused with the two that work', async () => {
    await expect(openStore('mysql://x')).rejects.toThrow(StoreError);
    await expect(openStore('mysql://x')).rejects.toThrow(/"file:".*"postgres:\/\/"/);
  });
});

describe('bringing it up to date', () => {
  test('a database of a newer version is refused and unchanged', async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(
      store.db,
    );
    await expect(migrate(store)).rejects.toThrow(
      /written by a newer version.*9999-from-the-future.*Nothing was changed/,
    );
    await store.close();
  });

  test('a store with data is backed up first, a fresh one is not', async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    let backups = 0;
    const count = async () => {
      backups += 1;
    };
    await migrate(store, count);
    expect(backups).toBe(0);
    const newest = (
      await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(
        store.db,
      )
    ).rows[0];
    expect(newest?.name).toBeDefined();
    await store.close();
  });

  test('every table is strict and has its rows after a second start', async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    await store.close();
    const raw = new Database(file, { readonly: true });
    const loose = raw
      .prepare(
        "select name from pragma_table_list where schema = 'main' and strict = 0 and name not like 'sqlite_%' and name not like 'kysely_%'",
      )
      .all();
    raw.close();
    expect(loose).toEqual([]);
  });

  test('people from before first names were kept stay as they were; those from elsewhere are asked about again', async () => {
    const store = await openStore(`file:${join(folder(), 'chatr.db')}`);
    await migrate(store);
    for (const [id, kind] of [
      ['U1', 'member'],
      ['U2', 'external'],
    ] as const) {
      await meetPerson(store.db, clock, id);
      await sql`update people set display_name = 'Jane Smith', kind = ${kind} where slack_id = ${id}`.execute(
        store.db,
      );
    }
    await sql`alter table people drop column first_name`.execute(store.db);
    await sql`delete from kysely_migration where name = '0010-first-names'`.execute(store.db);
    expect(await migrate(store)).toEqual(['0010-first-names']);
    expect(await meetPerson(store.db, clock, 'U1')).toMatchObject({ kind: 'member', firstName: 'Jane' });
    expect(await meetPerson(store.db, clock, 'U2')).toMatchObject({
      kind: 'unknown',
      displayName: 'Jane Smith',
    });
    await store.close();
  });

  test('a backup taken while it is open holds everything', async () => {
    const dir = folder();
    const store = await openStore(`file:${join(dir, 'chatr.db')}`);
    await migrate(store);
    await meetPerson(store.db, clock, 'U77');
    await store.backup(join(dir, 'copy.db'));
    await store.close();
    const copy = new Database(join(dir, 'copy.db'), { readonly: true });
    expect(copy.prepare('select slack_id from people').all()).toEqual([{ slack_id: 'U77' }]);
    expect(copy.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    copy.close();
  });

  test('a backup goes neither onto the database itself nor nowhere, and never copies an empty one', async () => {
    const dir = folder();
    const file = join(dir, 'chatr.db');
    await expect(openStore(`file:${file}`, { mustExist: true })).rejects.toThrow(/cannot be opened/);
    const store = await openStore(`file:${file}`);
    await expect(store.backup(file)).rejects.toThrow(/is the database itself/);
    await expect(store.backup(join(dir, 'no', 'such', 'folder.db'))).rejects.toThrow(/could not be written/);
    await store.close();
  });
});
