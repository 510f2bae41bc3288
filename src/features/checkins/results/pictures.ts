import type { KnownBlock } from '@slack/types';
import { thirds } from '../../../community/suppress.ts';
import { chart, dataTable } from '../../../slack/charts.ts';
import { clip, sayShortDay } from '../../../slack/text.ts';
import { choicesOf, shapeOf } from '../question-kinds.ts';
import { bandIn, isFineThroughout, type Summed, sayBand } from './say.ts';

/**
 * Pictures of what is shown of a question. Each is worked out of what is shown already and of nothing else, so that it tells
 * nothing that the words beside it do not.
 * @returns undefined where a shape says no more than the sentence.
 */
export function pictureOf(summed: Summed, zone: string): KnownBlock | undefined {
  const { question, shown, past } = summed;
  const choices = choicesOf(question);
  if (!choices || shown.kind === 'most') return undefined;
  if (shown.kind === 'counts') {
    const { values } = choices;
    const points = shown.counts.flatMap((count, at) =>
      typeof count === 'number' ? [{ label: values[at]?.label ?? '', value: count }] : [],
    );
    return points.length < 2
      ? undefined
      : chart({
          type: 'bar',
          title: question.text,
          of: 'People',
          points,
          under: 'What they chose',
          beside: 'How many people',
        });
  }
  const isFine = isFineThroughout(past);
  const points = past.flatMap(({ askedAt, shown: then }) => {
    const band = then && bandIn(question, then);
    if (!then || !band) return [];
    const value = isFine && then.kind === 'average' ? then.value : thirds.indexOf(band) + 1;
    // A bar's height says too little by itself, and its number would read as how many.
    const day = sayShortDay(askedAt, zone);
    return [{ label: isFine ? day : `${day}: ${value} · ${band}`, value }];
  });
  // What stayed as it was has no shape.
  if (new Set(points.map(({ value }) => value)).size < 2) return undefined;
  const { from, to } = shapeOf(choices);
  return chart({
    type: isFine ? 'line' : 'bar',
    title: question.text,
    of: isFine ? 'On average' : 'Third of the scale',
    points,
    beside: isFine ? `Average, from ${from} to ${to}` : '1 low, 2 middle, 3 high',
  });
}

/** On a phone the first rounds are still in sight beside it; the whole question stands below. */
const longestQuestion = 40;

/** How each scale moved over the last rounds, at a glance: low, middle, high, or the average. */
export function glance(summed: readonly Summed[], zone: string): KnownBlock | undefined {
  const scales = summed.filter(({ shown }) => shown.kind === 'third' || shown.kind === 'average');
  const days = new Map(
    scales.flatMap(({ past }) => past.map(({ askedAt }) => [askedAt.getTime(), askedAt] as const)),
  );
  const rounds = [...days.values()].toSorted((a, b) => a.getTime() - b.getTime());
  if (scales.length < 2 || rounds.length < 2) return undefined;
  return dataTable('How it moved, round by round', [
    ['Question', ...rounds.map((askedAt) => sayShortDay(askedAt, zone))],
    ...scales.map(({ question, past }) => [
      clip(question.text, longestQuestion),
      ...rounds.map((askedAt) => {
        const then = past.find((one) => one.askedAt.getTime() === askedAt.getTime());
        return sayBand(question, then?.shown, isFineThroughout(past)) ?? (then ? 'not shown' : '–');
      }),
    ]),
  ]);
}
