import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readAddress } from '../../src/db/address.ts';
import { Wrong } from '../../src/lib/wrong.ts';

test.each([
  ['file:var/chatr.db', resolve('var/chatr.db')],
  ['file:./var/chatr.db', resolve('var/chatr.db')],
  ['FILE:var/chatr.db', resolve('var/chatr.db')],
  ['file:/srv/chatr.db', '/srv/chatr.db'],
  ['file:///srv/chatr.db', '/srv/chatr.db'],
  ['file://localhost/srv/chatr.db', '/srv/chatr.db'],
  ['file:~/chatr.db', join(homedir(), 'chatr.db')],
  ['file:var/my notes #2.db', resolve('var/my notes #2.db')],
  ['file::memory:', ':memory:'],
  ["file:/home/o'neill/chatr.db", "/home/o'neill/chatr.db"],
])('%s is a file', (url, file) => {
  expect(readAddress(url)).toEqual({ kind: 'sqlite', file });
});

test.each([
  ['file:', 'names no file'],
  ['file://', 'names no file'],
  ['file:///', 'names no file'],
  ['file:var/', 'names no file'],
  ['file://var/chatr.db', 'write file:var/chatr.db for a file below this folder, or file:/var/chatr.db for'],
  ['file:////var/chatr.db', 'too many or too few'],
  ['file:x.db?mode=ro', 'without options'],
  ['file:x.db?mode=memory&cache=shared', 'without options'],
  ['file:my%20notes.db', 'without signs written as "%20"'],
  ['file:~chatr/x.db', 'write the whole path'],
  ['file:$HOME/x.db', 'has a variable in it'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as somebody would write it in .env
  ['file:${HOME}/x.db', 'has a variable in it'],
  ['file:%APPDATA%\\x.db', 'has a variable in it'],
  ['file:C:\\chatr\\x.db', 'as Windows writes it'],
  ['file:var\\x.db', 'as Windows writes it'],
  ['file:///C:/chatr/x.db', 'as Windows writes it'],
  ['file: var/chatr.db', 'has a space'],
  ['file:"var/chatr.db"', 'a quotation mark'],
  ['file:var/\u200bchatr.db', 'a sign that nobody sees'],
  ['file:file:var/chatr.db', 'must be a path behind "file:"'],
  ['file:var/chatr.db-wal', 'the database itself is file:var/chatr.db.'],
  ['file:var/chatr.db-shm', 'stands beside a database'],
  ['file:var/chatr.db.lock', 'the database itself is file:var/chatr.db.'],
  ['var/chatr.db', 'for example file:var/chatr.db.'],
  ['/srv/chatr.db', 'for example file:/srv/chatr.db.'],
  ['sqlite:var/chatr.db', 'for example file:var/chatr.db.'],
  ['sqlite:///srv/chatr.db', 'for example file:/srv/chatr.db.'],
  ['sqlite3:x.db', 'for example file:x.db.'],
  ['mysql://chatr@db/chatr', '"file:" or "postgres://"'],
  ['jdbc:postgresql://db/chatr', '"file:" or "postgres://"'],
  ['postgresql+psycopg2://chatr@db/chatr', 'must start with "postgres://"'],
  ['pgsql://chatr@db/chatr', 'must start with "postgres://"'],
  ['psql://chatr@db/chatr', 'must start with "postgres://"'],
  ['postgres:', 'name of one database'],
  ['postgres://', 'name of one database'],
  ['postgres://chatr@db', 'name of one database'],
  ['postgres://chatr@db/', 'name of one database'],
  ['postgres://chatr@db/chatr/more', 'name of one database'],
  ['postgres://chatr:pa#ss@db/chatr', '%23'],
  ['postgres://chatr:pa/ss@db/chatr', '%2F'],
  ['postgres://chatr:12/ss@db/chatr', 'name of one database'],
  ['postgres://chatr:pa?ss@db/chatr', '%3F'],
])('%s is refused, with what to write', (url, words) => {
  const address = readAddress(url);
  expect(address).toBeInstanceOf(Wrong);
  expect(address).toMatchObject({ problem: expect.stringContaining(words) });
  expect(JSON.stringify(address), 'a password is not repeated').not.toContain('pa#ss');
});

test.each([
  ['postgres://chatr:secret@db.example.org:5433/chatr', 'postgres://db.example.org:5433/chatr'],
  ['postgresql://chatr:p%40ss@db/chatr?sslmode=require', 'postgres://db/chatr'],
  ['postgres:///chatr?host=/var/run/postgresql', 'postgres:///var/run/postgresql/chatr'],
  ['postgres:///chatr', 'postgres://localhost/chatr'],
])('%s is a server, told without the account', (url, place) => {
  expect(readAddress(url)).toEqual({ kind: 'postgres', url, place });
});
