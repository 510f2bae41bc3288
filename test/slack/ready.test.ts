import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonOf, makeOnce } from '../../src/slack/ready.ts';
import { anyCharacter } from '../support/any-text.ts';

test('what was made once reads as what is made each time, whatever it says, and is plain ASCII', () => {
  const words = fc.string({ unit: anyCharacter });
  fc.assert(
    fc.property(fc.dictionary(words, fc.oneof(words, fc.array(words), fc.integer())), (message) => {
      const before = jsonOf(message);
      makeOnce(message);
      expect(JSON.parse(jsonOf(message))).toEqual(JSON.parse(before));
      expect(jsonOf(message)).toMatch(/^[\0-\x7f]*$/);
    }),
  );
});
