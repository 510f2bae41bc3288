import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVault, DecryptionError, type Owner } from '../../src/lib/crypto.ts';
import { sealedBefore } from '../support/older-store.ts';

const key = Buffer.alloc(32, 7);
const vault = createVault(key);
const owner: Owner = { person: 'p1' };

describe('what is sealed', () => {
  test('comes back as it was, whatever it is, for whomever and wherever', () => {
    const owners = fc.oneof(
      fc.record({ person: fc.string() }),
      fc.record({ key: fc.string() }),
      fc.record({ round: fc.string() }),
      fc.constant('programme' as const),
    );
    fc.assert(
      fc.property(
        owners,
        fc.string({ unit: 'grapheme', maxLength: 500 }),
        fc.string(),
        fc.nat(3000),
        (whose, text, place, room) => {
          expect(vault.openFor(whose, vault.sealFor(whose, text, place, room), place)).toBe(text);
        },
      ),
    );
  });

  test('shows nothing of the text, and looks different each time', () => {
    const text = 'The only Welsh speaker in Year 4';
    const [one, other] = [vault.sealFor(owner, text, 'a'), vault.sealFor(owner, text, 'a')];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^v3(?:\.[\w-]+){3}$/);
    for (const sealed of [one, other]) {
      expect(sealed).not.toContain('Welsh');
      expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('Welsh');
    }
  });

  test('has a size that tells nothing within its room, and little beyond', () => {
    const sizeOf = (text: string, room?: number) => vault.sealFor(owner, text, 'a', room).length;
    expect(new Set(['', 'a', '🙂'.repeat(200)].map((text) => sizeOf(text, 1000))).size).toBe(1);
    expect(new Set(Array.from({ length: 3000 }, (_, length) => sizeOf('a'.repeat(length)))).size).toBe(5);
  });

  test('is found again by its mark, which another key does not give', () => {
    expect(vault.markOf('robin@example.org')).toBe(vault.markOf('robin@example.org'));
    expect(vault.markOf('robin@example.org')).not.toBe(vault.markOf('sam@example.org'));
    expect(createVault(randomBytes(32)).markOf('robin@example.org')).not.toBe(
      vault.markOf('robin@example.org'),
    );
  });

  test('what an older version sealed opens as it was', () => {
    const before = sealedBefore(key, 'Words of last year\u0080 🙂', 'reflection:1');
    expect(vault.openFor(owner, before, 'reflection:1')).toBe('Words of last year\u0080 🙂');
    expect(() => vault.openFor(owner, before, 'reflection:2')).toThrow(DecryptionError);
  });
});

describe('what cannot be opened', () => {
  const sealed = vault.sealFor(owner, 'words', 'reflection:1');
  test.each<[string, () => string]>([
    ['with another key', () => createVault(randomBytes(32)).openFor(owner, sealed, 'reflection:1')],
    ['in another place', () => vault.openFor(owner, sealed, 'reflection:2')],
    ['for somebody else', () => vault.openFor({ person: 'p2' }, sealed, 'reflection:1')],
    ['for another kind of owner', () => vault.openFor({ round: 'p1' }, sealed, 'reflection:1')],
    ['not sealed at all', () => vault.openFor(owner, 'words', 'reflection:1')],
    ['empty', () => vault.openFor(owner, '', 'reflection:1')],
    ['of a later version', () => vault.openFor(owner, sealed.replace('v3.', 'v4.'), 'reflection:1')],
    ['as if it were older', () => vault.openFor(owner, sealed.replace('v3.', 'v1.'), 'reflection:1')],
    [
      'with a short tag',
      () => vault.openFor(owner, sealed.replace(/\.([\w-]{4})[\w-]+\.([\w-]+)$/, '.$1.$2'), 'reflection:1'),
    ],
  ])('%s', (_, open) => {
    expect(open).toThrow(DecryptionError);
  });

  test('anything that was changed, wherever', () => {
    fc.assert(
      fc.property(fc.nat({ max: 11 + 16 + 4 }), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const parts = sealed
          .split('.')
          .slice(1)
          .map((part) => Buffer.from(part, 'base64url'));
        const bytes = Buffer.concat(parts);
        bytes[place] = (bytes[place] ?? 0) ^ change;
        const [nonce, tag, body] = [bytes.subarray(0, 12), bytes.subarray(12, 28), bytes.subarray(28)];
        const changed = ['v3', ...[nonce, tag, body].map((part) => part.toString('base64url'))].join('.');
        expect(() => vault.openFor(owner, changed, 'reflection:1')).toThrow(DecryptionError);
      }),
    );
  });

  test('a key of the wrong length is refused at once', () => {
    expect(() => createVault(Buffer.alloc(31))).toThrow('31 bytes');
  });
});
