import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Remembered } from '../../src/lib/remembered.ts';

describe('what is remembered', () => {
  test('is made once while it is among the latest half, and never more than all of it is kept', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 200 }), (asked) => {
        const most = 8;
        const remembered = new Remembered<{ key: string }>(most);
        const made: string[] = [];
        const latest: string[] = [];
        for (const number of asked) {
          const key = String(number);
          const count = made.length;
          const value = remembered.get(key, () => {
            made.push(key);
            return { key };
          });
          expect(value.key).toBe(key);
          if (latest.includes(key)) expect(made.length).toBe(count);
          latest.splice(0, latest.length, key, ...latest.filter((one) => one !== key).slice(0, most / 2 - 1));
        }
        // Of all that there are, those that need not be made are what was kept.
        const before = made.length;
        for (let number = 0; number <= 12; number += 1)
          remembered.getFromSecond(
            String(number),
            () => {
              made.push('again');
              return { key: String(number) };
            },
            (value) => value,
          );
        expect(made.length - before).toBeGreaterThanOrEqual(13 - most);
      }),
    );
  });

  test('is kept from the second time on, where most come once', () => {
    const remembered = new Remembered<object>(4);
    const make = () => ({});
    const first = remembered.getFromSecond('a', make);
    const second = remembered.getFromSecond('a', make);
    expect(second).not.toBe(first);
    expect(remembered.getFromSecond('a', make)).toBe(second);
    remembered.clear();
    expect(remembered.getFromSecond('a', make)).not.toBe(second);
  });
});
