import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { seededRandom } from 'practice-workspace';
import { describe, expect, onTestFinished, test } from 'vitest';
import { copyKeyFile, type KeyFile, openKeyFile, WrongMasterKey } from '../../src/db/key-file.ts';
import { createVault, DecryptionError, type Owner } from '../../src/lib/crypto.ts';
import { folderOnDisk } from '../support/quick-folder.ts';

const [master, another] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const una: Owner = { person: 'una' };
const ulf: Owner = { person: 'ulf' };

function folder(under = tmpdir()): string {
  const dir = mkdtempSync(join(under, 'chatr-keys-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function given(file = join(folder(), 'chatr.keys'), key = master) {
  const keys = openKeyFile(file, key);
  onTestFinished(() => keys.close());
  return { file, keys, vault: createVault(key, keys) };
}

/** Every byte that lies in a folder. */
const bytesIn = (file: string): Buffer => {
  const dir = join(file, '..');
  return Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
};

/** What each owner's key is wrapped as, in the file as it lies there. */
const wrappedIn = (file: string): Buffer[] => {
  const raw = new Database(file, { readonly: true });
  const rows = raw.prepare<[], Buffer>('select wrapped from keys').pluck().all() as Buffer[];
  raw.close();
  return rows;
};

/** Lets other programs be heard of: what they have changed is looked at once in each turn. */
const turn = () => new Promise((done) => setImmediate(done));

describe('keys in a file', () => {
  test('each owner has one of their own, which another program finds there at once, and which nobody else can read', () => {
    const { file, vault } = given();
    const sealed = vault.sealFor(una, 'badger', 'here');
    const elsewhere = given(file).vault;
    expect(elsewhere.openFor(una, sealed, 'here')).toBe('badger');
    vault.sealFor(ulf, 'otter', 'here');
    expect(wrappedIn(file)).toHaveLength(2);
    expect(() => elsewhere.openFor(ulf, sealed, 'here')).toThrow(DecryptionError);
    expect(statSync(file).mode & 0o077).toBe(0);
    // A key is in one file: whoever copies that has all of them.
    expect(readdirSync(join(file, '..'))).toEqual(['chatr.keys']);
  });

  test('of whom it has keys is not told, and neither is in which order they came', () => {
    const { file, vault } = given();
    const owners: Owner[] = Array.from({ length: 40 }, (_, at) => ({ key: `quokka-${at}` }));
    for (const owner of owners) vault.sealFor(owner, 'words', 'here');
    const bytes = bytesIn(file).toString('latin1');
    for (const told of ['quokka', 'person', 'round', '2026']) expect(bytes).not.toContain(told);
    const raw = new Database(file, { readonly: true });
    const names = raw.prepare<[], Buffer>('select name from keys').pluck().all() as Buffer[];
    raw.close();
    expect(names.map((name) => name.toString('hex'))).toEqual(
      names.map((name) => name.toString('hex')).toSorted(),
    );
    // Two files have other names for the same people.
    const other = given();
    for (const owner of owners) other.vault.sealFor(owner, 'words', 'here');
    const theirs = new Database(other.file, { readonly: true });
    const same = theirs.prepare<[], Buffer>('select name from keys').pluck().all() as Buffer[];
    theirs.close();
    expect(same.some((name) => names.some((one) => one.equals(name)))).toBe(false);
  });

  test('what is forgotten opens no more, in no program, and its bytes are gone', async () => {
    const { file, keys, vault } = given();
    // So many that the rows have moved between pages.
    keys.make(Array.from({ length: 500 }, (_, at) => `owner ${at}`));
    const sealed = vault.sealFor(una, 'badger', 'here');
    const elsewhere = given(file).vault;
    expect(elsewhere.openFor(una, sealed, 'here')).toBe('badger');
    const before = wrappedIn(file);
    vault.forget(una, { key: 'nobody has this' });
    const after = wrappedIn(file);
    const gone = before.filter((one) => !after.some((other) => other.equals(one)));
    expect(gone).toHaveLength(1);
    expect(bytesIn(file).includes(gone[0]?.subarray(0, 16) ?? '')).toBe(false);
    await turn();
    for (const one of [vault, elsewhere])
      expect(() => one.openFor(una, sealed, 'here')).toThrow(DecryptionError);
    // Who writes again gets a key that opens nothing of before.
    const again = vault.sealFor(una, 'otter', 'here');
    expect(vault.openFor(una, again, 'here')).toBe('otter');
    expect(() => vault.openFor(una, sealed, 'here')).toThrow(DecryptionError);
  });

  test('what another program left of a key between the rows is gone with the next forgetting, even of nobody', () => {
    const { file, keys, vault } = given();
    keys.make(Array.from({ length: 500 }, (_, at) => `owner ${at}`));
    const before = wrappedIn(file);
    // As one leaves it that was kept from writing the file anew: somebody copied it just then.
    const other = new Database(file);
    other.pragma('secure_delete = OFF');
    other.prepare('delete from keys where wrapped = ?').run(before[7]);
    other.prepare("update about set value = ? where name = 'traces'").run(Buffer.from('yes'));
    other.close();
    expect(bytesIn(file).includes(before[7]?.subarray(0, 16) ?? '')).toBe(true);
    vault.forget({ key: 'nobody has this' });
    expect(wrappedIn(file)).toHaveLength(499);
    expect(bytesIn(file).includes(before[7]?.subarray(0, 16) ?? '')).toBe(false);
  });

  test('somebody is forgotten with the random keys that stood for them, and known to be', () => {
    const { file, vault } = given();
    const sealed = vault.sealFor({ key: 'k1' }, 'badger', 'here');
    vault.sealFor(una, 'k1', 'the way there');
    expect(vault.isForgotten({ personId: 'una' })).toBe(false);
    vault.forgetPerson({ personId: 'una', slackId: 'UNA' }, ['k1']);
    vault.forgetPerson({ personId: 'una', slackId: 'UNA' }, ['k1']);
    const { vault: later } = given(file);
    expect(later.isForgotten({ personId: 'una' })).toBe(true);
    expect(later.isForgotten({ slackId: 'UNA' })).toBe(true);
    // Back by themselves, they are another row.
    expect(later.isForgotten({ personId: 'una again' })).toBe(false);
    expect(later.isForgotten({ slackId: 'ULF' })).toBe(false);
    expect(() => later.openFor({ key: 'k1' }, sealed, 'here')).toThrow(DecryptionError);
    expect(bytesIn(file).toString('latin1')).not.toMatch(/una/i);
  });

  test('an older copy learns what has been forgotten since, and its keys for that are destroyed', () => {
    const { file, keys, vault } = given();
    const [ofUna, ofUlf] = [vault.sealFor(una, 'badger', 'here'), vault.sealFor(ulf, 'otter', 'here')];
    const copy = join(folder(), 'copy.keys');
    copyKeyFile(file, copy);
    vault.forgetPerson({ personId: 'una', slackId: 'UNA' });
    const older = given(copy);
    expect(older.vault.openFor(una, ofUna, 'here')).toBe('badger');
    expect(older.keys.generation()).toBeLessThan(keys.generation());
    older.keys.forgetToo(keys.listForgotten());
    expect(() => older.vault.openFor(una, ofUna, 'here')).toThrow(DecryptionError);
    expect(older.vault.openFor(ulf, ofUlf, 'here')).toBe('otter');
    expect(older.vault.isForgotten({ personId: 'una' })).toBe(true);
  });
});

describe('the master key', () => {
  test('another one is refused, and nothing is changed', () => {
    const { file, keys, vault } = given();
    vault.sealFor(una, 'badger', 'here');
    keys.close();
    const before = readFileSync(file);
    expect(() => openKeyFile(file, another)).toThrow(WrongMasterKey);
    expect(() => openKeyFile(file, another)).toThrow(/CHATR_ENCRYPTION_KEY is not the key of this database/);
    expect(readFileSync(file)).toEqual(before);
  });

  test('a new one wraps every key, what is sealed and marked stays as it is, and the earlier one opens no more', async () => {
    const { file, keys, vault } = given();
    const [sealed, mark] = [vault.sealFor(una, 'badger', 'here'), vault.markOf('robin@example.org')];
    vault.forgetPerson({ personId: 'ulf', slackId: 'ULF' });
    const before = wrappedIn(file);
    const running = given(file);
    keys.rewrap(another);
    expect(wrappedIn(file).some((one) => before.some((old) => old.equals(one)))).toBe(false);
    expect(bytesIn(file).includes(before[0] ?? '')).toBe(false);
    expect(() => openKeyFile(file, master)).toThrow(WrongMasterKey);
    const now = given(file, another).vault;
    expect(now.openFor(una, sealed, 'here')).toBe('badger');
    expect(now.markOf('robin@example.org')).toBe(mark);
    expect(now.isForgotten({ slackId: 'ULF' })).toBe(true);
    // Who goes on with the earlier one writes nothing that would open with neither.
    await turn();
    expect(() => running.vault.sealFor(ulf, 'otter', 'here')).toThrow(
      /wrapped with another master key meanwhile/,
    );
  });

  test('killed at any moment while it changes: all is wrapped with the one or with the other', async () => {
    // In memory it would be over before the kill comes.
    const { file, keys, vault } = given(join(folder(folderOnDisk()), 'chatr.keys'));
    const owners = Array.from({ length: 300 }, (_, at) => ({ person: `p${at}` }));
    keys.make(owners.map((owner) => JSON.stringify(owner)));
    const sealed = owners.map((owner) => vault.sealFor(owner, owner.person, 'here'));
    keys.close();
    const chance = seededRandom(5);
    for (let kills = 0; kills < 4; kills += 1) {
      const program = join(import.meta.dirname, 'rewrap-until-killed.ts');
      const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      createInterface({ input: child.stdout }).once('line', () =>
        setTimeout(() => child.kill('SIGKILL'), chance.next() * 60),
      );
      await once(child, 'close');
      let found: { keys: KeyFile; key: Buffer };
      try {
        found = { keys: openKeyFile(file, master), key: master };
      } catch {
        found = { keys: openKeyFile(file, another), key: another };
      }
      const now = createVault(found.key, found.keys);
      expect(sealed.map((one, at) => now.openFor(owners[at] ?? una, one, 'here'))).toEqual(
        owners.map(({ person }) => person),
      );
      if (found.key === another) found.keys.rewrap(master);
      found.keys.close();
    }
  }, 30_000);
});

describe('copies of it', () => {
  test('it is copied while it is in use, over an earlier copy of it, and over nothing else', () => {
    const { file, vault } = given();
    const copy = join(folder(), 'made', 'copy.keys');
    vault.sealFor(una, 'badger', 'here');
    expect(() => copyKeyFile(file, copy, 'another')).toThrow(/belongs to another database/);
    copyKeyFile(file, copy);
    const sealed = vault.sealFor(ulf, 'otter', 'here');
    copyKeyFile(file, copy);
    expect(given(copy).vault.openFor(ulf, sealed, 'here')).toBe('otter');

    const dir = folder();
    const others = given(join(dir, 'others.keys'));
    others.keys.close();
    writeFileSync(join(dir, 'letter.txt'), 'Dear keys');
    new Database(join(dir, 'music.db')).exec('create table songs (name)').close();
    mkdirSync(join(dir, 'a-folder'));
    for (const name of ['others.keys', 'letter.txt', 'music.db']) {
      const before = readFileSync(join(dir, name));
      expect(() => copyKeyFile(file, join(dir, name)), name).toThrow(/no earlier copy of this key file/);
      expect(readFileSync(join(dir, name))).toEqual(before);
    }
    expect(() => copyKeyFile(file, join(dir, 'a-folder'))).toThrow(/is a folder/);
    expect(() => copyKeyFile(file, file)).toThrow(/is the key file itself/);
    expect(() => copyKeyFile(join(dir, 'none.keys'), copy)).toThrow(/is no readable key file/);
    expect(existsSync(join(dir, 'none.keys'))).toBe(false);
  });

  test('what is no key file is refused, and left as it is', () => {
    const dir = folder();
    writeFileSync(
      join(dir, 'letter.txt'),
      'Dear keys, here are so many words that they are longer than a header is.'.repeat(3),
    );
    new Database(join(dir, 'music.db')).exec('create table songs (name)').close();
    for (const [name, why] of [
      ['letter.txt', /is no readable key file/],
      ['music.db', /is no key file/],
    ] as const) {
      const before = readFileSync(join(dir, name));
      expect(() => openKeyFile(join(dir, name), master), name).toThrow(why);
      expect(readFileSync(join(dir, name))).toEqual(before);
    }
    expect(() => openKeyFile(dir, master)).toThrow(/is a folder/);
    const { file, keys } = given();
    keys.close();
    copyFileSync(file, join(dir, 'cut.keys'));
    writeFileSync(join(dir, 'cut.keys'), readFileSync(file).subarray(0, 5000));
    expect(() => openKeyFile(join(dir, 'cut.keys'), master)).toThrow(/is no readable key file/);
  });
});
