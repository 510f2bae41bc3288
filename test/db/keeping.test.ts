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
import { meetPerson } from '../../src/community/people.ts';
import { appliedNames } from '../../src/db/applied.ts';
import { checkKey, claimKey, rememberKeys } from '../../src/db/key.ts';
import { openKeyFile } from '../../src/db/key-file.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { restore } from '../../src/db/restore.ts';
import type { Db } from '../../src/db/schema.ts';
import { refuseToForget, rememberDatabase } from '../../src/db/whereabouts.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createVault } from '../../src/lib/crypto.ts';
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
  const { id: personId } = await meetPerson(db, clock, 'U1');
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
