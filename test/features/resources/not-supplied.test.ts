import { expect, test } from 'vitest';
import { isNotSupplied } from '../../../src/features/resources/content.ts';
import { content, search } from './support.ts';

/** Places among the first five of what nobody can open yet. */
const emptyPlaces = (question: string): number[] =>
  search
    .find(question)
    .hits.slice(0, 5)
    .flatMap((hit, nth) => (isNotSupplied(hit) ? [nth] : []));

test.each([
  'self harm teenager',
  'teenager self harm',
  'self-harm in young people',
  'teenage anxiety',
  'child anxious about school',
  'baby won’t settle',
  'domestic abuse',
  'burnout',
  'young adult housing',
])('“%s”: none of the first five is something that the programme has not supplied yet', (question) =>
  expect(emptyPlaces(question)).toEqual([]),
);

test('nor is it the first answer to anything that families and practitioners say, unless they ask for a session or its slides', () => {
  const said = [
    ...content.vocabulary.topics,
    ...content.catalogue.shown.filter((one) => !isNotSupplied(one)),
  ].flatMap(({ asked_as }) => asked_as.map(({ say }) => say));
  expect(said.length).toBeGreaterThan(1000);
  const first = said.filter((say) => emptyPlaces(say)[0] === 0);
  expect(first.filter((say) => !/session|slide|record|module/.test(say))).toEqual([]);
});
