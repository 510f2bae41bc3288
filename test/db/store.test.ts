import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { seededRandom } from 'practice-workspace';
import { describe, expect, onTestFinished, test } from 'vitest';
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

describe('what was there before', () => {
  const given = async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    onTestFinished(() => store.close());
    const logSize = () => statSync(`${file}-wal`).size;
    return { file, store, logSize };
  };

  test('is not in the write-ahead log any more, also when somebody was just writing', async () => {
    const { store, logSize } = await given();
    await meetPerson(store.db, clock, 'U1');
    expect(logSize()).toBeGreaterThan(0);
    const written = Promise.withResolvers<void>();
    const writing = store.db.transaction().execute(async (trx) => {
      await meetPerson(trx, clock, 'U2');
      await written.promise;
    });
    const settled = Promise.all([store.settle(), store.settle()]);
    written.resolve();
    await Promise.all([writing, settled]);
    expect(logSize()).toBe(0);
    expect(await store.db.selectFrom('people').select('slack_id').execute()).toHaveLength(2);
  });

  test('stays while another program reads, which nobody waits for; the next time it goes', async () => {
    const { file, store, logSize } = await given();
    await store.settle();
    await meetPerson(store.db, clock, 'U1');
    const other = new Database(file);
    other.exec('begin; select * from people');
    other.prepare('select * from people').all();
    await meetPerson(store.db, clock, 'U2');
    await store.settle();
    expect(logSize()).toBeGreaterThan(0);
    other.exec('commit');
    other.close();
    await store.settle();
    expect(logSize()).toBe(0);
    expect(await store.db.selectFrom('people').select('slack_id').execute()).toHaveLength(2);
  });

  test('is nowhere in the file once it was written anew, though SQLite leaves some between its rows', async () => {
    const { file, store } = await given();
    const chance = seededRandom(2);
    const below = (count: number) => Math.floor(chance.next() * count);
    const other = new Database(file);
    for (const setting of ['secure_delete = ON', 'synchronous = OFF']) other.pragma(setting);
    other.exec('create table notes (key text primary key, value text) strict, without rowid');
    const change = other.prepare(
      'insert into notes values (?, ?) on conflict do update set value = excluded.value',
    );
    const remove = other.prepare('delete from notes where key = ?');
    const live = new Map<string, string>();
    const dead: string[] = [];
    for (let turn = 0; turn < 2000; turn += 1) {
      const keys = [...live.keys()];
      const [known, what] = [keys[below(keys.length)], below(20)];
      const value = `quokka-${turn}-${'x'.repeat([20, 200, 900, 3000, 12_000][below(5)] ?? 0)}`;
      const key = known === undefined || what < 9 ? `${chance.next()}` : known;
      if (live.has(key)) dead.push(live.get(key) ?? '');
      if (what < 15) change.run(key, value);
      else remove.run(key);
      if (what < 15) live.set(key, value);
      else live.delete(key);
    }
    other.close();
    const left = () => {
      const bytes = readFileSync(file, 'latin1');
      return dead.filter((value) => bytes.includes(value.slice(0, value.indexOf('-', 7) + 1)));
    };
    await store.settle();
    // About one in a thousand is left: with this seed some are.
    expect(left().length).toBeLessThan(10);
    await store.compact();
    expect(left()).toEqual([]);
    expect((await sql`select key from notes`.execute(store.db)).rows).toHaveLength(live.size);
    expect(statSync(`${file}-wal`).size).toBe(0);
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
