import { bandOf, type Count, fewerThan, type Third, thirds } from '../../../community/suppress.ts';
import { inWords } from '../../../lib/numbers.ts';
import { joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDay } from '../../../slack/text.ts';
import { choicesOf, endsOf, type Question, shapeOf } from '../question-kinds.ts';
import type { Sum } from './frozen.ts';
import type { Change, Compared, QuestionResult } from './results.ts';

export type Summed = Extract<QuestionResult, { kind: 'summed' }>;

const changes: Record<Change, string> = {
  higher: 'Higher than last time.',
  lower: 'Lower than last time.',
  same: 'The same as last time.',
};

/** Some of what can be chosen, as it reads. */
const quoted = (question: Question, chosen: readonly number[]): string =>
  list(
    (choicesOf(question)?.values ?? [])
      .filter(({ value }) => chosen.includes(value))
      .map(({ label }) => `“${label}”`),
  );

/** Where the answers to a question lie, roughly, as they are shown. */
export function bandIn(question: Question, shown: Sum): Third | undefined {
  const choices = choicesOf(question);
  return choices && bandOf(shapeOf(choices), shown);
}

/** What many answered, in a sentence or two. */
function saySum(
  { question, shown, change }: Pick<Summed, 'question' | 'shown' | 'change'>,
  smallest: number,
): Mrkdwn {
  const values = choicesOf(question)?.values ?? [];
  const against = change ? ` ${changes[change]}` : '';
  switch (shown.kind) {
    case 'third': {
      const [low, high] = endsOf(question);
      const where = {
        low: `In the lowest third, towards “${low}”.`,
        middle: `In the middle third, between “${low}” and “${high}”.`,
        high: `In the highest third, towards “${high}”.`,
      };
      return mrkdwn`${where[shown.third]}${against}`;
    }
    case 'most':
      return shown.values.length > 0
        ? mrkdwn`Most chose ${quoted(question, shown.values)}.`
        : mrkdwn`Mixed: nothing was chosen by more than half.`;
    case 'average':
      return mrkdwn`On average ${shown.value}, to the nearest half. The scale goes from ${values[0]?.label ?? ''} to ${values.at(-1)?.label ?? ''}.${against}`;
    case 'counts': {
      const lines = shown.counts.flatMap((count, index) => {
        const label = values[index]?.label ?? '';
        if (count === 'few') return [];
        return [count === 'most' ? mrkdwn`• ${label}: most` : mrkdwn`• ${label}: ${count} people`];
      });
      const few = shown.counts.filter((count) => count === 'few').length;
      return joinMrkdwn(
        [
          ...lines,
          few > 0 &&
            mrkdwn`_${lines.length > 0 ? 'The others' : 'Each'}: few (${fewerThan(smallest)}, or left out so that none can be worked out)_`,
        ],
        '\n',
      );
    }
  }
}

/** What the figures of one question say, or why they say nothing. */
export function sayResult(result: QuestionResult, smallest: number, zone: string): Mrkdwn {
  switch (result.kind) {
    case 'too-few':
      return mrkdwn`Answered by ${fewerThan(smallest)} people, so not shown.`;
    case 'beside':
      return mrkdwn`Not shown. Some of these people are also in ${result.group}, and its results for this question, of ${sayDay(result.dueAt, zone)}, are shown. Side by side, the two could tell what one person answered.`;
    case 'summed': {
      const { question, paper } = result;
      return joinMrkdwn(
        [
          saySum(result, smallest),
          paper && mrkdwn`On paper: ${saySum({ question, shown: paper, change: undefined }, smallest)}`,
          ...result.compared.map((one) => sayCompared(question, one, smallest, zone)),
        ],
        '\n',
      );
    }
    case 'compared':
      return result.compared.length === 0
        ? mrkdwn`Not shown: it was shown beside what the same people answered before, which is not there any more.`
        : joinMrkdwn(
            result.compared.map((one) => sayCompared(result.question, one, smallest, zone)),
            '\n',
          );
    case 'held':
      return mrkdwn`This is where the group started. It shows beside the answers afterwards${result.until ? `, on ${sayDay(result.until, zone)}` : ''}, so that nobody can be told from the difference.`;
    case 'words':
    case 'named':
      return mrkdwn``;
  }
}

/** Before and after, of those who answered both times. */
function sayCompared(
  question: Question,
  { before, after, sums }: Compared,
  smallest: number,
  zone: string,
): Mrkdwn {
  const when = mrkdwn`_Of those who answered both times, on ${sayDay(before, zone)} and on ${sayDay(after, zone)}:_`;
  const said = (shown: Sum) => saySum({ question, shown, change: undefined }, smallest);
  return joinMrkdwn(
    [
      when,
      mrkdwn`Before: ${said(sums.before)}`,
      mrkdwn`Afterwards: ${said(sums.after)}`,
      ...[sayChange(sums), saySpread(sums)].map((line) => line !== undefined && mrkdwn`${line}`),
    ],
    '\n',
  );
}

/** Which way it went, by what is shown of both and of nothing else. */
export function movedBy({ before, after }: Compared['sums']): Change | undefined {
  const place = (shown: Sum) => (shown.kind === 'third' ? thirds.indexOf(shown.third) : undefined);
  const [then, now] = [place(before), place(after)];
  if (then === undefined || now === undefined) return undefined;
  return now > then ? 'higher' : now < then ? 'lower' : 'same';
}

const movedWords: Record<Change, string> = {
  higher: 'Higher than before.',
  lower: 'Lower than before.',
  same: 'In the same third as before.',
};

/** "+1.5", "−0.5", "0". */
export const signed = (points: number): string =>
  points > 0 ? `+${points}` : points < 0 ? `−${Math.abs(points)}` : '0';

/** How many were in each third of the scale; undefined where none can be said. */
function saySpread({ spread }: Compared['sums']): string | undefined {
  if (!spread || [...spread.before, ...spread.after].every((count) => count === 'few')) return undefined;
  const said = (counts: readonly Count[]) => list(counts.map(String));
  return `People in the lowest, the middle and the highest third of the scale: ${said(spread.before)} before; ${said(spread.after)} afterwards.`;
}

/** In a sentence or two; undefined where there is no more to say than both sums do. */
export function sayChange(sums: Compared['sums']): string | undefined {
  const { change } = sums;
  if (change) {
    const { by, from, to } = change;
    const none = from <= 0 && to >= 0 ? ', so it may be none at all' : '';
    return `${by === 0 ? 'No change' : `A change of ${signed(by)}`} on average. In one group of this size chance plays a part: the change is likely to lie between ${signed(from)} and ${signed(to)}${none}.`;
  }
  const moved = movedBy(sums);
  return moved && movedWords[moved];
}

/** How many answered on paper. */
export const sayOnPaper = (papers: number, smallest: number): string =>
  `${papers < smallest ? `F${fewerThan(smallest).slice(1)}` : papers} answered on paper.`;

export const bandWords: Record<Third, string> = { low: 'low', middle: 'middle', high: 'high' };

/** One round of several, in a word or a number; undefined where nothing is shown of it. */
export function sayBand(question: Question, shown: Sum | undefined, isFine: boolean): string | undefined {
  if (isFine && shown?.kind === 'average') return String(shown.value);
  const band = shown && bandIn(question, shown);
  return band && bandWords[band];
}

/** Whether each round that is shown is shown in detail: then their averages stand beside each other, and bands otherwise. */
export const isFineThroughout = (past: Summed['past']): boolean =>
  past.every(({ shown }) => shown === undefined || shown.kind === 'average');

/**
 * What changed over the last rounds, out of what is shown of each and nothing else; undefined where there is nothing to
 * compare.
 */
export function sayPast({ question, shown, past }: Summed): Mrkdwn | undefined {
  const known = past.flatMap((one) => (one.shown ? [one.shown] : []));
  if (known.length < 2) return undefined;
  const missing = past.length - known.length;
  const without =
    missing === 0 ? '' : missing === 1 ? ' One of them is not shown.' : ` ${missing} of them are not shown.`;
  const over = `the last ${inWords(past.length)} rounds`;
  if (shown.kind === 'third' || shown.kind === 'average') {
    const isFine = isFineThroughout(past);
    const words = past.flatMap((one) => sayBand(question, one.shown, isFine) ?? []);
    return new Set(words).size === 1
      ? mrkdwn`In ${over}: ${words[0] ?? ''} each time.${without}`
      : mrkdwn`In ${over}, oldest first: ${words.join(', ')}.${without}`;
  }
  const mostIn = known.map((one) => (one.kind === 'most' ? one.values : undefined));
  // A count is no majority or none by itself, so rounds in detail are read one by one.
  if (mostIn.includes(undefined)) return undefined;
  const values = choicesOf(question)?.values ?? [];
  const often = values.flatMap(({ value, label }) => {
    const times = mostIn.filter((chosen) => chosen?.includes(value)).length;
    return times > 0 ? [`“${label}” ${['once', 'twice'][times - 1] ?? `${times} times`}`] : [];
  });
  return often.length > 0
    ? mrkdwn`In ${over}, most chose ${list(often)}.${without}`
    : mrkdwn`In ${over} nothing was chosen by most.${without}`;
}

/**
 * The same for members, who know their own answer: roughly, whatever detail facilitators see. Out of what is shown to those
 * and of nothing else, so that no finer version can be worked out from the two.
 */
export function sayForMembers({ question, shown, past }: Summed): string {
  const values = choicesOf(question)?.values ?? [];
  if (shown.kind === 'most')
    return shown.values.length > 0 ? `Most chose ${quoted(question, shown.values)}.` : 'Answers were mixed.';
  if (shown.kind === 'counts') {
    const at = (wanted: (count: Count) => boolean) =>
      shown.counts.flatMap((count, index) => (wanted(count) ? (values[index]?.value ?? []) : []));
    const most = at((count) => count === 'most');
    if (most.length > 0) return `Most chose ${quoted(question, most)}.`;
    const highest = Math.max(...shown.counts.map((count) => (typeof count === 'number' ? count : 0)));
    const often = at((count) => count === highest);
    return highest > 0 ? `Chosen most often: ${quoted(question, often)}.` : 'Answers were mixed.';
  }
  const band = bandIn(question, shown);
  const [low, high] = endsOf(question);
  const where = {
    low: `Towards “${low}”.`,
    middle: `In the middle, between “${low}” and “${high}”.`,
    high: `Towards “${high}”.`,
  };
  const last = past.at(-2);
  const before = last?.shown && last.isForMembers ? bandIn(question, last.shown) : undefined;
  const moved = band && before && thirds.indexOf(band) - thirds.indexOf(before);
  const change = moved ? (moved > 0 ? ' Higher than last time.' : ' Lower than last time.') : '';
  return band ? `${where[band]}${change}` : '';
}
