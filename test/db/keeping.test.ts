import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listForgottenHere } from '../../src/community/forgotten.ts';
import { meetPerson } from '../../src/community/people.ts';
import { appliedNames } from '../../src/db/applied.ts';
import { checkKey, claimKey, destroyEnded, endKey, rememberKeys } from '../../src/db/key.ts';
import { copyKeyFile, openKeyFile } from '../../src/db/key-file.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { restore } from '../../src/db/restore.ts';
import type { Db } from '../../src/db/schema.ts';
import { refuseToForget, rememberDatabase } from '../../src/db/whereabouts.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createVault, DecryptionError } from '../../src/lib/crypto.ts';
import { givenStore } from '../support/store.ts';

const clock = new ManualClock('2026-03-03T10:00:00Z');
const [ours, another] = [1, 2].map((byte) => createVault(Buffer.alloc(32, byte))) as [Vault, Vault];
type Vault = ReturnType<typeof createVault>;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-key-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

async function writeReflection(db: Db, vault: Vault, id: string): Promise<void> {
  const { id: personId } = await meetPerson(db, clock, 'UNA');
  const at = clock.now().toISOString();
  const sealed = vault.sealFor({ person: personId }, '{}', `reflection:${id}`);
  const row = { id, person_id: personId, framework: 'moment', sealed, written_at: at, updated_at: at };
  await db.insertInto('reflections').values(row).execute();
}

describe('another key', () => {
  const without = (vault: Vault) => ({ vault, keys: undefined, place: 'chatr.keys' });
  const check = async (db: Db, vault: Vault) => checkKey(db, await appliedNames(db), without(vault));
  const claim = async (db: Db, vault: Vault) => claimKey(db, await appliedNames(db), without(vault));

  test('is refused from the first start on, whatever is in the database', async () => {
    const { db } = await givenStore();
    await claim(db, ours);
    await check(db, ours);
    await expect(check(db, another)).rejects.toThrow(/CHATR_ENCRYPTION_KEY is not the key of this database/);
    // Of two that start at once the first one's counts.
    await expect(claim(db, another)).rejects.toThrow(/Put the earlier key back/);
    await claim(db, ours);
  });

  test('is refused on a database from before there was a probe, by what people wrote in it', async () => {
    const { db } = await givenStore();
    await check(db, another);
    await writeReflection(db, ours, 'r1');
    await check(db, ours);
    await expect(check(db, another)).rejects.toThrow(/is not the key of this database/);
    // Where two keys have been at work already, either can be the right one.
    await writeReflection(db, another, 'r2');
    await check(db, ours);
    await check(db, another);
  });

  test('nothing in it yet: any key', async () => {
    const store = await openStore('file::memory:');
    onTestFinished(() => store.close());
    await check(store.db, another);
  });
});

describe('the key file of a database', () => {
  /** A bot's database and key file, with a reflection of Una's and one of Ulf's in it. */
  async function given() {
    const dir = folder();
    const place = join(dir, 'chatr.keys');
    const master = Buffer.alloc(32, 1);
    const store = await givenStore();
    const { db } = store;
    const start = async (at = place, mayBeOlder = false) => {
      const keys = existsSync(at) ? openKeyFile(at, master) : undefined;
      onTestFinished(() => keys?.close());
      const vault = createVault(master, keys);
      const check = { keys, vault, place: at, mayBeOlder };
      await checkKey(db, await appliedNames(db), check);
      if (keys) {
        await claimKey(db, await appliedNames(db), check);
        await destroyEnded(db, vault);
        await rememberKeys(db, keys);
      }
      return { keys, vault };
    };
    openKeyFile(place, master).close();
    const { keys, vault } = await start();
    if (!keys) throw new Error('There is no key file.');
    const una = await meetPerson(db, clock, 'UNA');
    await writeReflection(db, vault, 'r1');
    const opens = async (by: Vault) => {
      const [row] = await db.selectFrom('reflections').selectAll().execute();
      try {
        return by.openFor({ person: row?.person_id ?? '' }, row?.sealed ?? '', 'reflection:r1');
      } catch {
        return undefined;
      }
    };
    return { dir, place, master, db, keys, vault, una, start, opens };
  }

  test('gone: nothing starts, and it is said where it was to be', async () => {
    const { place, start } = await given();
    rmSync(place);
    await expect(start()).rejects.toThrow(/The key file .*chatr\.keys is not there/);
  });

  test('another database’s is refused', async () => {
    const { dir, master, start } = await given();
    openKeyFile(join(dir, 'other.keys'), master).close();
    await expect(start(join(dir, 'other.keys'))).rejects.toThrow(/belongs to another database/);
  });

  test('an older copy is noticed; where nothing better is to be had, nobody who was forgotten comes back with it', async () => {
    const { dir, place, db, keys, vault, una, start, opens } = await given();
    const copy = join(dir, 'copy.keys');
    await rememberKeys(db, keys);
    copyKeyFile(place, copy);
    await start(copy);
    expect(await opens(vault)).toBe('{}');
    vault.forgetPerson({ personId: una.id, slackId: 'UNA' });
    await rememberKeys(db, keys);
    await expect(start(copy)).rejects.toThrow(/is older than the database.*npm start -- --older-keys/s);
    const older = await start(copy, true);
    expect(await opens(older.vault)).toBeUndefined();
    expect(await listForgottenHere(db, older.vault)).toEqual([{ personId: una.id, slackId: 'UNA' }]);
    // From then on it is the present one.
    older.keys?.close();
    await start(copy);
  });

  test('whoever was forgotten is known to be after an older database was brought back, by either of the two', async () => {
    const { db, keys, vault, una, start, opens } = await given();
    vault.forgetPerson({ personId: una.id, slackId: 'UNA' });
    await rememberKeys(db, keys);
    // As it was before.
    await db.deleteFrom('forgotten').execute();
    const { vault: later } = await start();
    expect(await listForgottenHere(db, later)).toEqual([{ personId: una.id, slackId: 'UNA' }]);
    expect(await opens(later)).toBeUndefined();
    expect(await db.selectFrom('forgotten').selectAll().execute()).not.toEqual([]);
  });

  test('a key that is to end with what was sealed for it ends, once that is deleted, after a kill as well', async () => {
    const { db, vault, start } = await given();
    const sealed = vault.sealFor({ round: 'o1' }, 'badger', 'here');
    await db
      .transaction()
      .execute(async (trx) => {
        await endKey(trx, { round: 'o1' });
        throw new Error('not this time');
      })
      .catch(() => {});
    await destroyEnded(db, vault);
    expect(vault.openFor({ round: 'o1' }, sealed, 'here')).toBe('badger');
    await endKey(db, { round: 'o1' });
    const { vault: later } = await start();
    expect(() => later.openFor({ round: 'o1' }, sealed, 'here')).toThrow(DecryptionError);
    expect(await db.selectFrom('ending_keys').selectAll().execute()).toEqual([]);
  });
});

describe('bringing back a backup', () => {
  /** A database with Una in it, a copy of that, and Ulf who came since. */
  async function given() {
    const dir = folder();
    const [file, copy, place] = ['chatr.db', 'copy.db', 'chatr.keys'].map((name) => join(dir, name)) as [
      string,
      string,
      string,
    ];
    const encryptionKey = Buffer.alloc(32, 1);
    const store = await openStore(`file:${file}`, { alone: true });
    await migrate(store);
    const keys = openKeyFile(place, encryptionKey);
    await claimKey(store.db, await appliedNames(store.db), {
      keys,
      place,
      vault: createVault(encryptionKey, keys),
    });
    await rememberKeys(store.db, keys);
    keys.close();
    await meetPerson(store.db, clock, 'UNA');
    await store.backup(copy);
    await meetPerson(store.db, clock, 'ULF');
    return {
      dir,
      file,
      copy,
      store,
      place,
      bringBack: (from = copy, keyCopy?: string) =>
        restore(from, `file:${file}`, { encryptionKey, place, copy: keyCopy }, clock.now()),
      restoreWith: (key: number, url = `file:${file}`) =>
        restore(copy, url, { encryptionKey: Buffer.alloc(32, key), place }, clock.now()),
    };
  }

  const peopleIn = (file: string): unknown[] => {
    const raw = new Database(file);
    const people = raw.prepare('select slack_id from people order by slack_id').pluck().all();
    raw.close();
    return people;
  };

  test('it is the database again, and what was there is kept whole', async () => {
    const { file, copy, store, bringBack } = await given();
    await store.close();
    const kept = await bringBack();
    expect(kept).toEqual([`${file}.replaced-20260303T100000000Z`]);
    expect(peopleIn(file)).toEqual(['UNA']);
    expect(peopleIn(copy)).toEqual(['UNA']);
    expect(peopleIn(kept[0] ?? '')).toEqual(['ULF', 'UNA']);
  });

  test('the key file stays, unless a copy of it is asked for, which learns who was forgotten since', async () => {
    const { dir, file, copy, store, place, bringBack } = await given();
    const master = Buffer.alloc(32, 1);
    const keyCopy = join(dir, 'copy.keys');
    const keys = openKeyFile(place, master);
    const vault = createVault(master, keys);
    const [una, ulf] = [
      vault.sealFor({ person: 'una' }, 'badger', 'here'),
      vault.sealFor({ person: 'ulf' }, 'otter', 'here'),
    ];
    copyKeyFile(place, keyCopy);
    vault.forgetPerson({ personId: 'una', slackId: 'UNA' });
    keys.close();
    await store.close();
    const before = readFileSync(place);
    expect(await bringBack()).toHaveLength(1);
    expect(readFileSync(place)).toEqual(before);
    await expect(bringBack(copy, place)).rejects.toThrow(/is the key file itself/);
    await expect(bringBack(copy, join(dir, 'none.keys'))).rejects.toThrow(/There is no file .*none\.keys/);
    await expect(bringBack(copy, copy)).rejects.toThrow(/is no key file/);
    const kept = await bringBack(copy, keyCopy);
    expect(kept).toContain(`${place}.replaced-20260303T100000000Z`);
    expect(readdirSync(dir).filter((name) => name.endsWith('.restored'))).toEqual([]);
    const now = openKeyFile(place, master);
    const brought = createVault(master, now);
    expect(brought.openFor({ person: 'ulf' }, ulf, 'here')).toBe('otter');
    expect(() => brought.openFor({ person: 'una' }, una, 'here')).toThrow(DecryptionError);
    expect(brought.isForgotten({ slackId: 'UNA' })).toBe(true);
    now.close();
    expect(peopleIn(file)).toEqual(['UNA']);
  });

  test('what only a -wal holds after a kill is kept with it, and is not taken for the copy’s', async () => {
    const { file, store, bringBack } = await given();
    const [main, wal] = [readFileSync(file), readFileSync(`${file}-wal`)];
    await store.close();
    writeFileSync(file, main);
    writeFileSync(`${file}-wal`, wal);
    const kept = await bringBack();
    expect(kept).toHaveLength(2);
    expect(peopleIn(file)).toEqual(['UNA']);
    expect(peopleIn(kept[0] ?? '')).toEqual(['ULF', 'UNA']);
  });

  test('a journal that a kill left beside a lost key file, or beside one half brought back, is not taken for the copy’s', async () => {
    const { dir, copy, store, place, bringBack } = await given();
    await store.close();
    const master = Buffer.alloc(32, 1);
    const keyCopy = join(dir, 'copy.keys');
    copyKeyFile(place, keyCopy);
    const changing = new Database(place);
    changing.pragma('cache_size = 1');
    changing.exec("begin; delete from keys; delete from about; insert into forgotten values ('not meant')");
    changing.exec(
      'with recursive n(i) as (select 1 union all select i + 1 from n where i < 5000) insert into forgotten select i from n',
    );
    const journal = readFileSync(`${place}-journal`);
    changing.exec('rollback');
    changing.close();
    rmSync(place);
    for (const beside of [place, `${place}.restored`]) writeFileSync(`${beside}-journal`, journal);
    await bringBack(copy, keyCopy);
    expect(readFileSync(place)).toEqual(readFileSync(keyCopy));
    const now = openKeyFile(place, master);
    onTestFinished(() => now.close());
    expect(now.listForgotten()).toEqual([]);
    expect(createVault(master, now).sealFor('programme', 'badger', 'here')).toMatch(/^v3/);
  });

  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['emptied', (file: string) => truncateSync(file)],
    ['no database any more', (file: string) => writeFileSync(file, 'Dear database')],
  ])('it comes back where the database is %s', async (_how, spoil) => {
    const { file, store, bringBack } = await given();
    await store.close();
    spoil(file);
    const kept = await bringBack();
    expect(kept.map((one) => existsSync(one))).toEqual(kept.map(() => true));
    expect(peopleIn(file)).toEqual(['UNA']);
  });

  test('not while a bot runs', async () => {
    const { file, store, bringBack } = await given();
    await expect(bringBack()).rejects.toThrow(/stop the other one first/);
    expect(peopleIn(file)).toEqual(['ULF', 'UNA']);
    await store.close();
  });

  test('not from anything that is no whole copy under the same key; the database stays as it is', async () => {
    const { dir, file, copy, store, bringBack, restoreWith } = await given();
    await store.close();
    const before = [readdirSync(dir), readFileSync(file)];
    await expect(bringBack(join(dir, 'none.db'))).rejects.toThrow(/There is no file .*none.db/);
    await expect(bringBack(file)).rejects.toThrow(/is the database itself/);
    await expect(bringBack(dir)).rejects.toThrow(/is a folder/);
    await expect(restoreWith(2)).rejects.toThrow(/is not the key of this database/);
    await expect(restoreWith(1, 'postgres://db/chatr')).rejects.toThrow(/pg_restore/);
    expect([readdirSync(dir), readFileSync(file)]).toEqual(before);

    const music = join(dir, 'music.db');
    new Database(music).exec('create table songs (name)').close();
    await expect(bringBack(music)).rejects.toThrow(/is not a copy of a database of ChATR Companion/);
    const musicBefore = readFileSync(music);
    await expect(restoreWith(1, `file:${music}`)).rejects.toThrow(
      /belongs to another program \(it has a table "songs"\)/,
    );
    expect(readFileSync(music)).toEqual(musicBefore);
    const socket = createServer().listen(join(dir, 'pipe.db'));
    await once(socket, 'listening');
    await expect(restoreWith(1, `file:${join(dir, 'pipe.db')}`)).rejects.toThrow(
      /is no file that can be kept in/,
    );
    socket.close();
    const letter = join(dir, 'letter.txt');
    writeFileSync(letter, 'Dear database');
    await expect(bringBack(letter)).rejects.toThrow(/is not a readable database/);
    const damaged = readFileSync(copy);
    damaged.fill(0xee, 4_096 * 3, 4_096 * 5);
    writeFileSync(join(dir, 'damaged.db'), damaged);
    await expect(bringBack(join(dir, 'damaged.db'))).rejects.toThrow(/is damaged|is not a readable database/);
    const newer = await openStore(`file:${copy}`);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-from-the-future', '2030-01-01')`.execute(
      newer.db,
    );
    await newer.close();
    await expect(bringBack()).rejects.toThrow(/written by a newer version/);
    expect(readFileSync(file)).toEqual(before[1]);
  });
});

describe('a database that was here', () => {
  const encryptionKey = Buffer.alloc(32, 1);

  /** A bot was started with `place`, under our key, on 3 March. */
  function given() {
    const dir = folder();
    const [file, place] = [join(dir, 'var', 'databases.json'), join(dir, 'chatr.db')];
    expect(rememberDatabase({ file, place, encryptionKey }, clock.now())).toBe(true);
    return { dir, file, place };
  }

  test('is told by its day and its place when nothing is in it, or nothing where it should be', () => {
    const { file, place } = given();
    const another = { file, place: `${place}2`, encryptionKey };
    expect(() => refuseToForget({ file, place, encryptionKey })).toThrow(
      `The database ${place} had a community in it when the bot was last started with it, on 3 March 2026. Now nothing is in it.`,
    );
    expect(() => refuseToForget(another)).toThrow(
      `Nothing is in the database ${place}2. When the bot was last started with this key, on 3 March 2026, its community was in ${place}.`,
    );
    // Also under a key made anew, as for a fresh start.
    expect(() => refuseToForget({ file, place, encryptionKey: Buffer.alloc(32, 2) })).toThrow('3 March');
  });

  test('a community of its own, with another key and another place, is begun without a word', () => {
    const { file, place } = given();
    refuseToForget({ file, place: `${place}2`, encryptionKey: Buffer.alloc(32, 2) });
  });

  test('the key cannot be read from what is kept, and two bots of one folder do not forget each other', () => {
    const { file, place } = given();
    const other = { file, place: `${place}2`, encryptionKey: Buffer.alloc(32, 2) };
    rememberDatabase(other, clock.now());
    expect(() => refuseToForget({ file, place, encryptionKey })).toThrow(place);
    expect(() => refuseToForget(other)).toThrow(`${place}2`);
    for (const form of ['hex', 'base64'] as const)
      expect(readFileSync(file, 'utf8')).not.toContain(encryptionKey.toString(form));
    for (const number of Array.from({ length: 20 }).keys())
      rememberDatabase({ ...other, place: `${place}.${number}` }, clock.now());
    expect(JSON.parse(readFileSync(file, 'utf8'))).toHaveLength(10);
  });

  test('what was kept and is damaged, or cannot be kept, stops nobody', () => {
    const { dir, file, place } = given();
    writeFileSync(file, '[{');
    refuseToForget({ file, place, encryptionKey });
    writeFileSync(join(dir, 'a-file'), '');
    const nowhere = { file: join(dir, 'a-file', 'databases.json'), place, encryptionKey };
    refuseToForget(nowhere);
    expect(rememberDatabase(nowhere, clock.now())).toBe(false);
  });

  test.each([
    ['is missing', () => {}],
    ['is emptied', (file: string) => writeFileSync(file, '')],
    [
      'has lost its -wal before anything of it was worked in',
      (file: string) => {
        const raw = new Database(file);
        raw.pragma('journal_mode = WAL');
        raw.close();
      },
    ],
  ])('one that %s has nothing in it', async (_how, leave) => {
    const file = join(folder(), 'chatr.db');
    leave(file);
    const seen: string[][] = [];
    const store = await openStore(`file:${file}`, {
      before: async (found) => void seen.push(await appliedNames(found)),
    });
    await store.close();
    expect(seen).toEqual([[]]);
  });
});
