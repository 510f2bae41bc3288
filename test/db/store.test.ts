import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { seededRandom } from 'practice-workspace';
import { describe, expect, onTestFinished, test } from 'vitest';
import { meetPerson } from '../../src/community/people.ts';
import { defaultPreferences, getPreferences } from '../../src/community/preferences.ts';
import { appliedNames } from '../../src/db/applied.ts';
import { claimKey } from '../../src/db/key.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore, type Store } from '../../src/db/open.ts';
import { StoreError, troubleOf } from '../../src/db/trouble.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createVault } from '../../src/lib/crypto.ts';
import { givenOlderStore } from '../support/older-store.ts';

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

  test('a folder in the place of the file is told as one', async () => {
    const dir = folder();
    await expect(openStore(`file:${dir}`)).rejects.toThrow(/is a folder. Name a file in it/);
  });

  test('a database that others could read is kept to this account from now on, and what stands beside it', async () => {
    const file = join(folder(), 'chatr.db');
    const before = await openStore(`file:${file}`);
    await migrate(before);
    await before.close();
    const killed = new Database(file);
    killed.exec("insert into seen_events values ('Ev1', '2026-03-03')");
    const beside = ['', '-wal', '-shm'].map((end) => file + end);
    for (const one of beside) chmodSync(one, 0o644);
    const store = await openStore(`file:${file}`);
    expect(beside.map((one) => statSync(one).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    await store.close();
    killed.close();
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

  test('people from before first names were kept stay as they were; those from elsewhere are asked about again', async () => {
    const url = `file:${join(folder(), 'chatr.db')}`;
    await givenOlderStore(url, '0008-sealed', async (put) => {
      for (const [id, kind] of [
        ['U1', 'member'],
        ['U2', 'external'],
      ])
        await put('people', {
          id,
          slack_id: id,
          display_name: 'Jane Smith',
          kind,
          is_workspace_admin: 0,
          first_met_at: clock.now().toISOString(),
        });
    });
    const store = await openStore(url);
    expect(await migrate(store)).toContain('0010-first-names');
    expect(await meetPerson(store.db, clock, 'U1')).toMatchObject({ kind: 'member', firstName: 'Jane' });
    expect(await meetPerson(store.db, clock, 'U2')).toMatchObject({
      kind: 'unknown',
      displayName: 'Jane Smith',
    });
    await store.close();
  });

  test('a channel’s news outlive whoever turned them on', async () => {
    const url = `file:${join(folder(), 'chatr.db')}`;
    const at = clock.now().toISOString();
    await givenOlderStore(url, '0034-keys', async (put) => {
      await put('people', {
        id: 'p1',
        slack_id: 'U1',
        display_name: 'Jo',
        kind: 'member',
        is_workspace_admin: 0,
        first_met_at: at,
      });
      await put('channel_news', { channel_id: 'C1', turned_on_by: 'p1', since: at });
    });
    const store = await openStore(url);
    expect(await migrate(store)).toContain('0037-forgetting-people');
    await store.db.deleteFrom('people').execute();
    expect(await store.db.selectFrom('channel_news').selectAll().execute()).toEqual([
      { channel_id: 'C1', turned_on_by: 'p1', since: at },
    ]);
    // One row a channel, as before.
    await expect(
      store.db
        .insertInto('channel_news')
        .values({ channel_id: 'C1', turned_on_by: 'p2', since: at })
        .execute(),
    ).rejects.toThrow(/UNIQUE/);
    await store.close();
  });

  test('"No messages" was a pace of the first steps; now it is a choice about all messages', async () => {
    const url = `file:${join(folder(), 'chatr.db')}`;
    const at = clock.now().toISOString();
    await givenOlderStore(url, '0010-first-names', async (put) => {
      for (const [id, pace] of [
        ['U1', 'none'],
        ['U2', 'none'],
        ['U3', 'today'],
      ] as const) {
        await put('people', {
          id,
          slack_id: id,
          display_name: id,
          kind: 'member',
          is_workspace_admin: 0,
          first_met_at: at,
        });
        await put('journeys', {
          id,
          person_id: id,
          status: 'met',
          met_how: 'used',
          met_at: at,
          pace,
          updated_at: at,
        });
      }
      await put('preferences', { person_id: 'U2', quiet_from: '16:00', quiet_until: '10:00', reminders: 0 });
    });
    const store = await openStore(url);
    expect(await migrate(store)).toContain('0011-no-messages');
    const of = (id: string) => getPreferences(store.db, id);
    expect(await of('U1')).toEqual({ ...defaultPreferences, wantsMessages: false });
    expect(await of('U2')).toMatchObject({ wantsMessages: false, quietFrom: '16:00', wantsReminders: false });
    expect(await of('U3')).toEqual(defaultPreferences);
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

  test('the log is emptied through a link to the file as well', async () => {
    const dir = folder();
    const file = join(dir, 'chatr.db');
    await (await openStore(`file:${file}`)).close();
    symlinkSync(file, join(dir, 'link.db'));
    const store = await openStore(`file:${join(dir, 'link.db')}`);
    onTestFinished(() => store.close());
    await migrate(store);
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0);
    await store.settle();
    expect(statSync(`${file}-wal`).size).toBe(0);
  });

  test('a backup goes neither onto the database itself nor nowhere, and never copies an empty one', async () => {
    const dir = folder();
    const file = join(dir, 'chatr.db');
    await expect(openStore(`file:${file}`, { mustExist: true })).rejects.toThrow(/cannot be opened/);
    expect(readdirSync(dir)).toEqual([]);
    writeFileSync(join(dir, 'emptied.db'), '');
    await expect(openStore(`file:${join(dir, 'emptied.db')}`, { mustExist: true })).rejects.toThrow(
      /Nothing is in the database .*emptied\.db/,
    );
    expect(statSync(join(dir, 'emptied.db')).size).toBe(0);
    const store = await openStore(`file:${file}`);
    linkSync(file, join(dir, 'same.db'));
    symlinkSync(file, join(dir, 'link.db'));
    for (const itself of ['chatr.db', 'same.db', 'link.db', 'chatr.db-wal', 'chatr.db-shm', 'chatr.db.lock'])
      await expect(store.backup(join(dir, itself)), itself).rejects.toThrow(/is the database itself/);
    await expect(store.backup(join(dir, 'no', 'such', 'folder.db'))).rejects.toThrow(/could not be written/);
    await expect(store.backup(dir)).rejects.toThrow(/is a folder/);
    await store.close();
  });

  test('a backup takes the place of an earlier one, and of nothing else', async () => {
    const dir = folder();
    const given = async (name: string, key: number) => {
      const store = await openStore(`file:${join(dir, name)}`);
      await migrate(store);
      const vault = createVault(Buffer.alloc(32, key));
      await claimKey(store.db, await appliedNames(store.db), { vault, keys: undefined, place: '' });
      onTestFinished(() => store.close());
      return store;
    };
    const [ours, others] = [await given('ours.db', 1), await given('others.db', 2)];
    const copy = join(dir, 'copy.db');
    await ours.backup(copy);
    await meetPerson(ours.db, clock, 'U1');
    await ours.backup(copy);
    const raw = new Database(copy, { readonly: true });
    expect(raw.prepare('select slack_id from people').all()).toEqual([{ slack_id: 'U1' }]);
    raw.close();
    // A name that was only reserved, as mktemp does.
    writeFileSync(join(dir, 'reserved.db'), '');
    await ours.backup(join(dir, 'reserved.db'));

    await others.backup(join(dir, 'copy-of-others.db'));
    new Database(join(dir, 'music.db')).exec('create table songs (name)').close();
    const inUse = new Database(join(dir, 'in-use.db'));
    inUse.pragma('journal_mode = WAL');
    inUse.exec('create table songs (name)');
    writeFileSync(join(dir, 'letter.txt'), 'Dear database');
    const before = contentOf(dir);
    for (const name of ['copy-of-others.db', 'music.db', 'in-use.db', 'letter.txt'])
      await expect(ours.backup(join(dir, name)), name).rejects.toThrow(
        /is there already, and it is no earlier copy of this database. It was left as it is/,
      );
    expect(contentOf(dir)).toEqual(before);
    inUse.close();
  });
});

/** Every file of a folder with what is in it. */
const contentOf = (dir: string): Record<string, string> =>
  Object.fromEntries(readdirSync(dir).map((name) => [name, readFileSync(join(dir, name), 'base64')]));

describe('before anything is changed', () => {
  const refusing = async () => {
    throw new StoreError('Not this one.');
  };

  test.each([
    ['as it was closed', false],
    ['as a kill left it', true],
  ])('a database that is refused is the same to the byte, %s', async (_how, isKilled) => {
    const [dir, alive] = [folder(), folder()];
    const store = await openStore(`file:${join(alive, 'chatr.db')}`);
    await migrate(store);
    if (!isKilled) await store.close();
    for (const name of readdirSync(alive))
      if (!name.endsWith('-shm')) cpSync(join(alive, name), join(dir, name));
    if (isKilled) await store.close();
    const before = contentOf(dir);
    await expect(openStore(`file:${join(dir, 'chatr.db')}`, { before: refusing })).rejects.toThrow(
      'Not this one.',
    );
    // Without it nobody can read a -wal; it holds nothing of its own.
    const { 'chatr.db-shm': _, ...after } = contentOf(dir);
    expect(after).toEqual(before);
  });

  test('where nothing is, nothing is made', async () => {
    const dir = folder();
    const url = `file:${join(dir, 'deep', 'chatr.db')}`;
    await expect(openStore(url, { before: refusing, alone: true })).rejects.toThrow('Not this one.');
    expect(readdirSync(dir)).toEqual([]);
  });
});

describe('one bot on a database', () => {
  test('a second one is refused, by another name of the file as well, until the first has closed it', async () => {
    const dir = folder();
    const file = join(dir, 'chatr.db');
    const first = await openStore(`file:${file}`, { alone: true });
    symlinkSync(file, join(dir, 'link.db'));
    symlinkSync(dir, join(dir, 'folder'));
    for (const name of ['chatr.db', 'link.db', 'folder/chatr.db', 'folder/link.db'])
      await expect(openStore(`file:${join(dir, name)}`, { alone: true }), name).rejects.toThrow(
        /in use by another program. Only one bot may run on a database: stop the other one first/,
      );
    // Whoever only makes a backup is none.
    await (await openStore(`file:${file}`, { mustExist: true })).close();
    await expect(openStore(`file:${file}`, { alone: true })).rejects.toThrow(/Only one bot/);
    await first.close();
    await (await openStore(`file:${file}`, { alone: true })).close();
  });

  test('one that was killed is no obstacle', async () => {
    const file = join(folder(), 'chatr.db');
    const program = `
      import { openStore } from ${JSON.stringify(resolve('src/db/open.ts'))};
      await openStore(${JSON.stringify(`file:${file}`)}, { alone: true });
      process.stdout.write('here');
      setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    await once(child.stdout, 'data');
    await expect(openStore(`file:${file}`, { alone: true })).rejects.toThrow(/Only one bot/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await openStore(`file:${file}`, { alone: true })).close();
  });

  test('one that could not be opened leaves nothing locked', async () => {
    const file = join(folder(), 'chatr.db');
    writeFileSync(file, 'These are my notes, not a database. '.repeat(50));
    for (const _ of [1, 2])
      await expect(openStore(`file:${file}`, { alone: true })).rejects.toThrow(/is not a readable database/);
  });
});

describe('while another program writes', () => {
  async function given() {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    const other = new Database(file);
    onTestFinished(async () => {
      other.close();
      await store.close();
    });
    return { db: store.db, hold: () => other.exec('begin immediate'), release: () => other.exec('rollback') };
  }

  test('what is written meanwhile waits without stopping the program, and is done when the other is', async () => {
    const { db, hold, release } = await given();
    hold();
    const met = meetPerson(db, clock, 'U1');
    // Turns of the loop go on: this one lets the other end.
    setImmediate(release);
    expect(await met).toMatchObject({ slackId: 'U1' });
  });

  test('one that goes on and on is told, to all who wait at once; reading goes on', async () => {
    const { db, hold, release } = await given();
    hold();
    const write = (id: string) =>
      db.transaction().execute(async (trx) => {
        await trx.selectFrom('people').select('id').execute();
        return meetPerson(trx, clock, id);
      });
    const all = await Promise.allSettled(['U1', 'U2', 'U3', 'U4', 'U5'].map(write));
    expect(all.map((one) => one.status === 'rejected' && troubleOf(one.reason))).toEqual(
      all.map(() => 'busy'),
    );
    expect(await db.selectFrom('people').select('id').execute()).toEqual([]);
    await expect(write('U6')).rejects.toThrow();
    release();
    expect(await write('U7')).toMatchObject({ slackId: 'U7' });
    // The next time is waited for anew, also after something that needed no waiting.
    expect(await meetPerson(db, clock, 'U8')).toMatchObject({ slackId: 'U8' });
    hold();
    const met = meetPerson(db, clock, 'U9');
    setImmediate(release);
    expect(await met).toMatchObject({ slackId: 'U9' });
  });
});

describe('on a full disk', () => {
  /** Room for so many pages more, or for none: SQLite says the same as on a full disk. */
  const fill = (store: Store, pages = 1) => sql`pragma max_page_count = ${sql.lit(pages)}`.execute(store.db);

  test('a sentence says so, when it is brought up to date and when it is closed', async () => {
    const file = join(folder(), 'chatr.db');
    const store = await openStore(`file:${file}`);
    for (const pages of [1, 3, 10, 30]) {
      await fill(store, pages);
      await expect(migrate(store), `${pages} pages`).rejects.toThrow(
        /could not be brought up to date. There is no room left/,
      );
    }
    await store.close();
    const again = await openStore(`file:${file}`);
    expect(await migrate(again)).not.toEqual([]);
    await fill(again);
    const failed = again.db.transaction().execute((trx) => meetPerson(trx, clock, 'U1'.repeat(5_000)));
    expect(troubleOf(await failed.catch((error: unknown) => error))).toBe('full');
    await again.close();
  });
});
