import { describe, expect, test } from 'vitest';
import { heldOut, kindIds, readJudgements } from '../../bench/relevance/judgements.ts';
import { shippedContent } from '../support/shipped.ts';

const { onTopic, offTopic, expected } = readJudgements();
const apart = readJudgements(heldOut);
const asked = [...onTopic, ...apart.onTopic];
const { ids } = shippedContent().catalogue;

describe('the judgements that the search is measured by', () => {
  test('name only entries that there are, or that are expected', () => {
    const unknown = asked.flatMap(({ ask, grades }) =>
      [...grades.keys()].filter((id) => !ids.has(id) && !expected.has(id)).map((id) => `${ask}: ${id}`),
    );
    expect(unknown).toEqual([]);
  });

  test('ask each question once', () => {
    const all = [...asked.map(({ ask }) => ask), ...offTopic, ...apart.offTopic].map((ask) =>
      ask.toLowerCase(),
    );
    expect(all.filter((ask, index) => all.indexOf(ask) !== index)).toEqual([]);
  });

  test('know a page that helps for every question that has an answer', () => {
    const without = asked.filter(({ grades }) => ![...grades.values()].some((grade) => grade >= 2));
    expect(without.map(({ ask }) => ask)).toEqual([]);
  });

  test('are enough of each kind', () => {
    const count = (kind: string) => onTopic.filter((question) => question.kind === kind).length;
    const least = { needs: 60, abbreviations: 25, typos: 20, facets: 30, titles: 15 };
    expect(kindIds.filter((kind) => count(kind) < least[kind])).toEqual([]);
    expect(offTopic.length).toBeGreaterThanOrEqual(40);
  });
});
