import { describe, expect, test } from 'vitest';
import type { IdentifierKind } from '../../src/safeguarding/finding.ts';
import { findIdentifiers } from '../../src/safeguarding/identifiers.ts';
import { harmless, identifiers, type Labelled } from './labelled.ts';

/** Seen as what it is, and all of it: half a number that stays would still be somebody's. */
const isCaught = ({ kind, text, what }: Labelled): boolean => {
  const from = what === undefined ? 0 : text.lastIndexOf(what);
  return findIdentifiers(text).some(
    (one) =>
      one.kind === kind && (what === undefined || (one.start <= from && one.end >= from + what.length)),
  );
};

describe('the check, measured', () => {
  const kinds = [...new Set(identifiers.map(({ kind }) => kind))];

  test.each(kinds.map((kind): [IdentifierKind] => [kind]))('%s: at least 95 in 100 are caught', (kind) => {
    const all = identifiers.filter((one) => one.kind === kind);
    const missed = all.filter((one) => !isCaught(one)).map(({ text }) => text);
    expect(missed.length, missed.join('\n')).toBeLessThanOrEqual(all.length * 0.05);
  });

  test('on a page of the field in which nobody is named, at most one line in 100 is taken for somebody', () => {
    const alarms = harmless.flatMap((line) =>
      findIdentifiers(line).map(({ kind, start, end }) => `${kind}: ${line.slice(start, end)} in "${line}"`),
    );
    expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(harmless.length / 100);
  });

  test('what is found is what was written, and not the words around it', () => {
    for (const { text, what } of identifiers)
      for (const { start, end } of findIdentifiers(text))
        if (what !== undefined) expect(end - start, text).toBeLessThanOrEqual(what.length + 8);
  });

  test('the figures', () => {
    const table = kinds.map((kind) => {
      const all = identifiers.filter((one) => one.kind === kind);
      return `${kind}: ${all.filter(isCaught).length} of ${all.length}`;
    });
    const alarms = harmless.filter((line) => findIdentifiers(line).length > 0).length;
    expect([...table, `false alarms: ${alarms} of ${harmless.length} lines`]).toMatchInlineSnapshot(`
      [
        "phone: 785 of 790",
        "nhs-number: 228 of 230",
        "ni-number: 163 of 163",
        "birth-date: 579 of 579",
        "postcode: 126 of 127",
        "email: 59 of 59",
        "case-number: 149 of 151",
        "name: 28 of 28",
        "false alarms: 0 of 216 lines",
      ]
    `);
  });
});
