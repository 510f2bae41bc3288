import { homedir } from 'node:os';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { Wrong } from '../lib/wrong.ts';

export type Address =
  | { kind: 'sqlite'; file: string }
  /** @property place host and name, without the account: what may be told and kept. */
  | { kind: 'postgres'; url: string; place: string };

export const inMemory = ':memory:';

/** Where the keys of an SQLite file lie, unless a setting says otherwise; undefined for any other database. */
export function keyFileBeside(url: string): string | undefined {
  const address = readAddress(url);
  if (address instanceof Wrong || address.kind !== 'sqlite' || address.file === inMemory) return undefined;
  const { file } = address;
  return join(dirname(file), `${basename(file, extname(file))}.keys`);
}

/**
 * What `DATABASE_URL` names. Each form means what it says or is refused: a mistyped one must not make a new, empty
 * community somewhere else.
 */
export function readAddress(url: string): Address | Wrong {
  const [, scheme = '', rest = ''] = /^([a-z][\w+.-]+):(.*)$/is.exec(url) ?? [];
  if (/^file$/i.test(scheme)) return fileIn(rest);
  if (/^postgres(ql)?$/i.test(scheme)) return postgresIn(url);
  return new Wrong(
    /postgres|^pg|^psql/i.test(scheme)
      ? 'must start with "postgres://", for example postgres://user:password@host:5432/chatr.'
      : `must start with "file:" or "postgres://", for example ${/^sqlite/i.test(scheme) || scheme === '' ? `file:${suggestedPath(scheme === '' ? url : rest)}` : 'file:var/chatr.db'}.`,
  );
}

const suggestedPath = (path: string): string =>
  /^[\w./-]*\w$/.test(path) ? path.replace(/^\/+/, '/') : 'var/chatr.db';

function fileIn(given: string): Address | Wrong {
  if (given === inMemory) return { kind: 'sqlite', file: given };
  // file:///srv/x.db and file://localhost/srv/x.db are the long forms of file:/srv/x.db.
  let path = given.replace(/^\/\/(localhost)?(?=\/)/i, '');
  const below = path.replace(/^\/+/, '');
  if (below.trim() === '' || /[\\/]$/.test(path))
    return new Wrong('names no file: write its path behind "file:", for example file:var/chatr.db.');
  if (path.startsWith('//'))
    return new Wrong(
      `has one slash too many or too few: write file:${below} for a file below this folder, or file:/${below} for one at the top of the disk.`,
    );
  if (/\?|%[0-9a-f]{2}/i.test(path))
    return new Wrong(
      'must be a path as it is, without options ("?mode=ro") and without signs written as "%20": for example file:var/chatr.db.',
    );
  if (/^[\s"'`]|\s$|[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/.test(path))
    return new Wrong(
      'has a space, a quotation mark or a sign that nobody sees beside its path: write it anew, for example file:var/chatr.db.',
    );
  if (/^[a-z]{2,}:/i.test(path))
    return new Wrong('must be a path behind "file:", for example file:var/chatr.db.');
  const [beside] = /(-wal|-shm|-journal|\.lock)$/i.exec(path) ?? [];
  if (beside)
    return new Wrong(
      `names a file that stands beside a database: the database itself is file:${path.slice(0, -beside.length)}.`,
    );
  if (/\$\w|\$\{|%\w+%/.test(path))
    return new Wrong('has a variable in it, which is not filled in here: write the whole path.');
  if (/^~[\\/]/.test(path)) path = resolve(homedir(), path.slice(2));
  else if (path.startsWith('~'))
    return new Wrong('begins with somebody’s home folder: write the whole path.');
  if (process.platform === 'win32') path = path.replace(/^\/(?=[a-z]:)/i, '');
  else if (path.includes('\\') || /^\/?[a-z]:/i.test(path))
    return new Wrong('is a path as Windows writes it: write it with "/", for example file:var/chatr.db.');
  return { kind: 'sqlite', file: resolve(path) };
}

function postgresIn(url: string): Address | Wrong {
  const example = 'for example postgres://user:password@host:5432/chatr';
  let parts: URL;
  try {
    parts = new URL(url);
  } catch {
    return new Wrong(
      `cannot be read: signs such as # / ? @ : in the password must be written as %23 %2F %3F %40 %3A, ${example}.`,
    );
  }
  if (parts.hash !== '')
    return new Wrong(`has a # in it: in the password it must be written as %23, ${example}.`);
  if (!/^\/[^/]+$/.test(parts.pathname))
    return new Wrong(`must end with the name of one database, ${example}.`);
  const host = parts.host || parts.searchParams.get('host') || 'localhost';
  return { kind: 'postgres', url, place: `postgres://${host}${parts.pathname}` };
}
