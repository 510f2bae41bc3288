import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createVault, DecryptionError } from '../../src/lib/crypto.ts';

const vault = createVault(Buffer.alloc(32, 7));

describe('what is sealed', () => {
  test('comes back as it was, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 500 }), fc.string(), (text, context) => {
        expect(vault.open(vault.seal(text, context), context)).toBe(text);
      }),
    );
  });

  test('shows nothing of the text, and looks different each time', () => {
    const text = 'The only Welsh speaker in Year 4';
    const [one, other] = [vault.seal(text, 'a'), vault.seal(text, 'a')];
    expect(one).not.toBe(other);
    expect(one).toMatch(/^v1(?:\.[\w-]+){3}$/);
    for (const sealed of [one, other]) {
      expect(sealed).not.toContain('Welsh');
      expect(Buffer.from(sealed.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('Welsh');
    }
  });
});

describe('what cannot be opened', () => {
  const sealed = vault.seal('words', 'reflection:1');
  test.each<[string, () => string]>([
    ['with another key', () => createVault(randomBytes(32)).open(sealed, 'reflection:1')],
    ['in another place', () => vault.open(sealed, 'reflection:2')],
    ['not sealed at all', () => vault.open('words', 'reflection:1')],
    ['empty', () => vault.open('', 'reflection:1')],
    ['of a later version', () => vault.open(sealed.replace('v1.', 'v2.'), 'reflection:1')],
    [
      'with a short tag',
      () => vault.open(sealed.replace(/\.([\w-]{4})[\w-]+\.([\w-]+)$/, '.$1.$2'), 'reflection:1'),
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
        const [iv, tag, body] = [bytes.subarray(0, 12), bytes.subarray(12, 28), bytes.subarray(28)];
        const changed = ['v1', ...[iv, tag, body].map((part) => part.toString('base64url'))].join('.');
        expect(() => vault.open(changed, 'reflection:1')).toThrow(DecryptionError);
      }),
    );
  });

  test('a key of the wrong length is refused at once', () => {
    expect(() => createVault(Buffer.alloc(31))).toThrow('31 bytes');
  });
});
