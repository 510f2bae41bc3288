import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Wrong } from './wrong.ts';

/**
 * Whose something sealed is: a person's, under a random key that stands for a person, a check-in round's, or the
 * programme's. Each has a key of its own.
 */
export type Owner = { person: string } | { key: string } | { round: string } | 'programme';

/**
 * The owners' keys, by names that only this program makes. They live outside the database, wrapped by the master key, so
 * that a copy of the database alone shows nothing, and no copy of it shows what was forgotten.
 */
export interface Keys {
  /** Undefined: they have none, or it was destroyed. */
  find(owner: string): Buffer | undefined;
  /** Theirs, made where there are none. They are kept for good when this returns. */
  make(owners: readonly string[]): Buffer[];
  /** All or none of them are gone for good when this returns. A key that is made later is another one. */
  destroy(owners: readonly string[]): void;
  /** Remembers for ever, by keyed hashes. */
  bury(names: readonly string[]): void;
  isBuried(name: string): boolean;
  /** What marks are made with: the same as long as the words are kept. */
  readonly markKey: Buffer;
}

/** Somebody whose data was deleted: the row that stood for them, and who they are in Slack. */
export type Forgotten = { personId: string; slackId: string };

/** Seals and opens private text. */
export interface Vault {
  /**
   * @param place where it is kept, such as the row's id: it must be given again to open.
   * @param room so many bytes at least are taken up, however short the words. Beyond that the size grows in powers of
   * two, so that it tells little of their length. `inside`: it lies in something sealed, which has room.
   */
  sealFor(owner: Owner, words: string, place: string, room?: number | 'inside'): string;
  /** @throws DecryptionError when the key is another one, the text was changed, or owner or place differ. */
  openFor(owner: Owner, sealed: string, place: string): string;
  /** The same words have the same mark, by which sealed ones are found again; without the key it tells nothing of them. */
  markOf(words: string): string;
  /**
   * What older versions sealed with the master key, sealed for its owner: of the same size, and not read.
   * @returns undefined for what does not open, or is its owner's already.
   */
  reseal(all: readonly { owner: Owner; sealed: string; place: string }[]): (string | undefined)[];
  /**
   * Destroys the keys of these owners, all at once: what is sealed for them, in copies too, opens no more. Done for good
   * when it returns.
   */
  forget(...owners: Owner[]): void;
  /**
   * Forgets somebody, and remembers that they are: whoever comes back with an old backup is known to be deleted again.
   * Call it once their rows are gone and it is noted that this is left to do: keys that are destroyed cannot be put back.
   * @param keys the random keys that stood for them.
   */
  forgetPerson(who: Forgotten, keys?: readonly string[]): void;
  /**
   * Whether this row, or anybody of this Slack id, was forgotten. Somebody who comes back by themselves is another row, so
   * delete again what is found by its `personId`; by `slackId` ask only whether to leave somebody alone.
   */
  isForgotten(who: { personId: string } | { slackId: string }): boolean;
}

export class DecryptionError extends Error {
  override name = 'DecryptionError';
}

/** In bytes. */
export const keyLength = 32;

/**
 * A key as it is written in the settings: 32 bytes in base64, also as it is written in addresses or without its padding,
 * or in hexadecimal. Spaces and line breaks that came in by copying are left out. Nothing else that could be read as such:
 * from a passphrase, or base64 with something wrong in it, a key would come that nobody meant.
 */
export function readKey(written: string): Buffer | Wrong {
  const bare = written.replace(/\s+/g, '');
  const isHex = /^[0-9a-f]{64}$/i.test(bare);
  const key = Buffer.from(bare, isHex ? 'hex' : 'base64');
  const asBase64 = bare.replaceAll('-', '+').replaceAll('_', '/').replace(/=$/, '');
  if (key.length !== keyLength || (!isHex && key.toString('base64') !== `${asBase64}=`))
    return new Wrong(
      `must be 32 random bytes in base64, 44 characters of which the last is "=" (or 64 in hexadecimal). ${howToMake}`,
    );
  if (isMadeUp(key, bare)) return new Wrong(`was made up, not drawn by chance. ${howToMake}`);
  return key;
}

const howToMake =
  'Make one with: openssl rand -base64 32. Keep a copy apart from the database: without it reflections cannot be read.';

/** Zeros, a pattern, words: each of these comes by chance less than once in 7,000 keys, all but the last in 10^10. */
function isMadeUp(key: Buffer, written: string): boolean {
  const isText = key.every((byte) => byte >= 0x20 && byte < 0x7f);
  const isRow = key.every(
    (byte, at) => at < 2 || ((byte - 2 * (key[at - 1] ?? 0) + (key[at - 2] ?? 0)) & 0xff) === 0,
  );
  return new Set(key).size < 16 || isText || isRow || /^[a-z]+=?$/i.test(written);
}

/**
 * What was sealed as JSON. Undefined when it was sealed with another key or is damaged: one row that is lost must not hide
 * the others.
 */
export function openJson<Value>(
  vault: Pick<Vault, 'openFor'>,
  owner: Owner,
  sealed: string,
  place: string,
  schema: { safeParse(json: unknown): { data?: Value | undefined } },
): Value | undefined {
  try {
    return schema.safeParse(JSON.parse(vault.openFor(owner, sealed, place))).data;
  } catch (error) {
    if (error instanceof DecryptionError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** No sealed text is smaller, so that an empty one looks like a line. */
const smallestRoom = 256;

/**
 * AES-256-GCM with a fresh 96-bit nonce each time; owner and place are additional authenticated data (NIST SP 800-38D), so
 * that a sealed text cannot be moved to another row. What is sealed reads `v3.<nonce>.<tag>.<ciphertext>` in base64url.
 * Older versions sealed with the master key itself: `v2`, and `v1`, which has no padding and knows its place only. Both
 * still open.
 * @param key 32 bytes: the master key.
 * @param keys Left out: kept in memory, as a database may be.
 */
export function createVault(key: Buffer, keys: Keys = keysInMemory(key)): Vault {
  if (key.length !== keyLength)
    throw new RangeError(`The encryption key has ${key.length} bytes; it needs ${keyLength}.`);
  /** With its padding, where it has one. */
  const unseal = (owner: Owner, sealed: string, place: string): Buffer => {
    const [version, nonce, tag, body] = sealed.split('.');
    if (!/^v[123]$/.test(version ?? '') || nonce === undefined || tag === undefined || body === undefined)
      throw new DecryptionError('This text was not sealed by this program.');
    const theirs = version === 'v3' ? keys.find(nameOf(owner)) : key;
    if (!theirs) throw new DecryptionError('The key of this text is not there, or was destroyed.');
    const bound = version === 'v1' ? Buffer.from(place) : boundTo(owner, place);
    return decrypt(
      theirs,
      [nonce, tag, body].map((part) => Buffer.from(part, 'base64url')),
      bound,
    );
  };
  const seal = (owner: Owner, theirs: Buffer, bytes: Buffer, place: string): string =>
    ['v3', ...encrypt(theirs, bytes, boundTo(owner, place)).map(inText)].join('.');
  const keyOf = (owner: Owner): Buffer => {
    const name = nameOf(owner);
    return keys.find(name) ?? keys.make([name])[0] ?? Buffer.alloc(0);
  };
  return {
    sealFor: (owner, words, place, room = 0) =>
      seal(owner, keyOf(owner), padded(Buffer.from(words), room), place),
    openFor(owner, sealed, place) {
      const bytes = unseal(owner, sealed, place);
      return (sealed.startsWith('v1.') ? bytes : withoutPadding(bytes)).toString('utf8');
    },
    markOf: (words) => createHmac('sha256', keys.markKey).update(words).digest('base64url'),
    reseal(all) {
      const old = all.map(({ owner, sealed, place }) => {
        try {
          return sealed.startsWith('v3.') ? undefined : unseal(owner, sealed, place);
        } catch (error) {
          if (error instanceof DecryptionError) return undefined;
          throw error;
        }
      });
      const theirs = keys.make(all.map(({ owner }) => nameOf(owner)));
      return all.map(({ owner, sealed, place }, at) => {
        const [bytes, own] = [old[at], theirs[at]];
        if (!bytes || !own) return undefined;
        return seal(owner, own, sealed.startsWith('v1.') ? padded(bytes, 0) : bytes, place);
      });
    },
    forget: (...owners) => keys.destroy(owners.map(nameOf)),
    forgetPerson({ personId, slackId }, random = []) {
      // The other way round, nothing would tell after a kill that a deletion was begun.
      keys.bury([`person:${personId}`, `slack:${slackId}`]);
      keys.destroy([...random.map((one) => nameOf({ key: one })), nameOf({ person: personId })]);
    },
    isForgotten: (who) =>
      keys.isBuried('personId' in who ? `person:${who.personId}` : `slack:${who.slackId}`),
  };
}

/** Gone with the process. */
export function keysInMemory(master: Buffer): Keys {
  const [kept, buried] = [new Map<string, Buffer>(), new Set<string>()];
  return {
    find: (owner) => kept.get(owner),
    make: (owners) =>
      owners.map((owner) => {
        const key = kept.get(owner) ?? randomBytes(keyLength);
        kept.set(owner, key);
        return key;
      }),
    destroy(owners) {
      for (const owner of owners) kept.delete(owner);
    },
    bury(names) {
      for (const name of names) buried.add(name);
    },
    isBuried: (name) => buried.has(name),
    markKey: firstMarkKey(master),
  };
}

/** Before keys were kept, marks were made with one that comes of the master key: those of today must be the same. */
export const firstMarkKey = (master: Buffer): Buffer => derive(master, 'marks');

export const derive = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', purpose, keyLength));

/** @returns nonce, tag and ciphertext. */
export function encrypt(key: Buffer, bytes: Buffer, bound: Buffer): [Buffer, Buffer, Buffer] {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bound);
  const body = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return [nonce, cipher.getAuthTag(), body];
}

/** @throws DecryptionError when key, text or what it is bound to is another one. */
export function decrypt(key: Buffer, [nonce, tag, body]: readonly Buffer[], bound: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce ?? Buffer.alloc(0), { authTagLength: 16 })
      .setAAD(bound)
      .setAuthTag(tag ?? Buffer.alloc(0));
    return Buffer.concat([decipher.update(body ?? Buffer.alloc(0)), decipher.final()]);
  } catch (cause) {
    throw new DecryptionError('The text could not be opened with this key.', { cause });
  }
}

const inText = (part: Buffer): string => part.toString('base64url');

const nameOf = (owner: Owner): string => JSON.stringify(owner);

const boundTo = (owner: Owner, place: string): Buffer => Buffer.from(JSON.stringify([owner, place]));

/** One bit, then zeros (ISO/IEC 7816-4). */
function padded(bytes: Buffer, room: number | 'inside'): Buffer {
  const least = bytes.length + 1;
  const size =
    room === 'inside' ? least : Math.max(smallestRoom, 2 ** Math.ceil(Math.log2(Math.max(least, room))));
  const all = Buffer.alloc(size);
  bytes.copy(all);
  all[bytes.length] = 0x80;
  return all;
}

const withoutPadding = (bytes: Buffer): Buffer => bytes.subarray(0, bytes.lastIndexOf(0x80));
