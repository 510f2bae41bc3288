import fc from 'fast-check';

const firstSurrogate = 0xd800;
const surrogates = 0x800;

/**
 * Every character there is, as often as `unit: 'binary'` of fast-check has it. That one lists all million of them first, in
 * each worker anew: a second of the processor's time, and 100 MB that are looked through ever after.
 */
export const anyCharacter = fc.nat({ max: 0x10ffff - surrogates }).map(
  (place) => String.fromCodePoint(place < firstSurrogate ? place : place + surrogates),
  (value) => {
    const code = typeof value === 'string' ? value.codePointAt(0) : undefined;
    if (code === undefined || value !== String.fromCodePoint(code) || !String(value).isWellFormed())
      throw new Error('This is not one character.');
    return code < firstSurrogate ? code : code - surrogates;
  },
);
