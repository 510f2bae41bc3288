import fc from 'fast-check';
import { checkBlocks } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import { chart, dataTable } from '../../src/slack/charts.ts';

test('whatever the titles and labels are, Slack takes the chart: cut to size, each label once', () => {
  const label = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.constantFrom('Not at all', ' ', '', 'A'.repeat(30)),
  );
  fc.assert(
    fc.property(
      fc.constantFrom('bar' as const, 'line' as const),
      fc.string({ minLength: 1, maxLength: 200 }),
      fc.array(fc.record({ label, value: fc.integer({ min: 0, max: 500 }) }), {
        minLength: 1,
        maxLength: 40,
      }),
      (type, title, points) => {
        const drawn = chart({ type, title, of: 'People', points, under: title, beside: title });
        expect(checkBlocks([drawn], 'home')).toMatchObject({ ok: true });
      },
    ),
  );
});

test('a table of more rows and columns than Slack takes is cut', () => {
  const rows = Array.from({ length: 150 }, (_, row) => Array.from({ length: 30 }, (_, at) => `${row}.${at}`));
  expect(
    checkBlocks(
      [
        dataTable(
          'How it moved',
          rows.map((row) => row.slice(0, 12)),
        ),
      ],
      'home',
    ),
  ).toMatchObject({ ok: true });
});
