import { describe, expect, test } from 'vitest';
import { areNear, isMixed, isOfRole, mayBeTakenFor } from '../../../src/features/people/listing/names.ts';

describe('another name', () => {
  test.each([
    ['Kim', 'Kim Notreal'],
    ['K i m', 'Kim Notreal'],
    ['K.i.m.', 'Kim'],
    ['\u041aim', 'Kim'],
    ['K\u0456m', 'Kim'],
    ['\u041a\u0456\u043c', 'Kim'],
    ['KIM NOTREAL', 'Kim Notreal'],
    ['Notreal, Kim', 'Kim Notreal'],
    ['KimNotreal', 'Kim Notreal'],
    ['K1m', 'Kim'],
    ['Kirn', 'Kim'],
    ['K\u00edm', 'Kim'],
    ['\u212Aim', 'Kim'],
    ['\u039a\u03b9m', 'Kim'],
    ['K\u200bim', 'Kim'],
    ['T0ni', 'Toni'],
  ])('%s would be taken for %s', (typed, other) => expect(mayBeTakenFor(typed, other)).toBe(true));

  test.each([
    ['River', 'Kim Notreal'],
    ['Kimberley', 'Kim Notreal'],
    ['Wren', 'Sam Sample'],
    ['', 'Kim'],
    ['Kim', ''],
  ])('%s would not be taken for %s', (typed, other) => expect(mayBeTakenFor(typed, other)).toBe(false));

  test.each([
    'Facilitator',
    'F a c i l i t a t o r',
    'The curators',
    'Admin',
    'safe-guarding lead',
    'ChATR',
    'F\u0430cilitator',
  ])('%s is a role', (name) => expect(isOfRole(name)).toBe(true));
  test.each(['River', 'Wren', 'Adminka', 'Robot'])('%s is none', (name) =>
    expect(isOfRole(name)).toBe(false),
  );

  test('letters of two alphabets in one word are seen, and two words of two alphabets are fine', () => {
    expect(isMixed('K\u0456m')).toBe(true);
    expect(isMixed('Ren\u00e9e \u041e\u043b\u044c\u0433\u0430')).toBe(false);
    expect(isMixed('\u0623\u0645\u064a\u0631\u0629 Amira')).toBe(false);
  });

  test('of whoever may be near, more is asked', () => {
    expect(areNear('Kimmy Practice', 'Kim')).toBe(true);
    expect(areNear('Wren', 'Kim')).toBe(false);
  });
});
