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

test.each([
  [
    'what all begin with',
    ['How confident do you feel asking about money?', 'How confident do you feel about who does what?'],
    ['asking about money?', 'about who does what?'],
  ],
  [
    'what all end with',
    [
      'Over the last two months, how much have the development sessions affected how you work?',
      'How much has the community forum affected how you work?',
    ],
    ['development sessions', 'the community forum'],
  ],
  [
    'nothing where all have room',
    ['Yes, as it is', 'Yes, with changes'],
    ['Yes, as it is', 'Yes, with changes'],
  ],
  [
    'nothing where they share nothing',
    ['A long answer to a question', 'Some other words altogether'],
    ['A long answer to a…', 'Some other words al…'],
  ],
  [
    'and never all of one',
    ['The same words for both', 'The same words for both of them'],
    ['both', 'both of them'],
  ],
])('of labels that are cut there is left out: %s', (_what, labels, shown) => {
  const drawn = chart({
    type: 'bar',
    title: 'T',
    of: 'People',
    points: labels.map((label) => ({ label, value: 1 })),
  });
  expect(JSON.parse(JSON.stringify(drawn)).chart.axis_config.categories).toEqual(shown);
});
