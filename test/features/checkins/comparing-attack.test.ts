import quantile from '@stdlib/stats-base-dists-t-quantile';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Shape, showChange, spreadOf, summarise } from '../../../src/community/suppress.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { CheckinContent } from '../../../src/features/checkins/content.ts';
import { checkinFindings } from '../../../src/features/checkins/findings.ts';
import { cancelCheckIn } from '../../../src/features/checkins/leading/manage.ts';
import type { Question } from '../../../src/features/checkins/question-kinds.ts';
import { exportOf } from '../../../src/features/checkins/results/export.ts';
import type { Sum } from '../../../src/features/checkins/results/frozen.ts';
import type { Compared } from '../../../src/features/checkins/results/results.ts';
import { answer, closeOn, forget, openOn, plan, resultsOf, type Time } from './comparing-support.ts';
import { type Bench, givenBench, givenFacilitator, givenGroup, shipped } from './support.ts';

const scale: Question = {
  id: 'q',
  text: 'How sure are you?',
  type: 'scale',
  min: 1,
  max: 3,
  low: 'Not',
  high: 'Very',
  pair: 'p',
};
const shape: Shape = { kind: 'scale', from: 1, to: 3 };
const values = [1, 2, 3];
const smallest = 5;

/** The shipped pair, with one question on a scale so short that every way of answering it can be tried. */
const short: CheckinContent = {
  ...shipped,
  templates: shipped.templates.map((one) =>
    one.id.startsWith('confidence') ? { ...one, questions: [scale] } : one,
  ),
};

/** One figure that was shown at some time: of all who answered a round, or of those who answered both. */
type Fact = { of: string; shown: Sum } | { of: string; sums: Compared['sums'] };

/** Everything that a screen, a file and the report show of these rounds now. */
async function factsNow(
  bench: Bench,
  group: Awaited<ReturnType<typeof givenGroup>>,
  rounds: Readonly<Partial<Record<Time, string>>>,
): Promise<Fact[]> {
  const facts: Fact[] = [];
  const times = Object.entries(rounds) as [Time, string][];
  for (const [time, id] of times) {
    const results = await resultsOf(bench, group.jo, id);
    if (results.kind !== 'shown') continue;
    const one = results.questions.find(({ question }) => question.id === 'q');
    if (one?.kind === 'summed') facts.push({ of: time, shown: one.shown });
    if (one?.kind === 'summed' || one?.kind === 'compared')
      for (const { after, sums } of one.compared) {
        const other = after.toISOString().startsWith('2026-05') ? 'after' : 'later';
        facts.push({ of: `before+${other}`, sums });
      }
    // A file says what the screen does.
    const { csv } = exportOf(results, 'Europe/London');
    expect(csv.includes('"average, to the nearest half"') || csv.includes(',third of the scale,')).toBe(
      one?.kind === 'summed',
    );
    expect(csv.includes('answered both times')).toBe(
      (one?.kind === 'summed' || one?.kind === 'compared') && one.compared.length > 0,
    );
  }
  const report = await checkinFindings(bench)(
    bench.db,
    { cohortId: group.cohortId, from: '2026-01-01', until: '2026-12-31' },
    bench.clock.now(),
  );
  // The report shows no other.
  const numbers = facts.flatMap((fact) =>
    'sums' in fact
      ? fact.sums.change && fact.sums.before.kind === 'average' && fact.sums.after.kind === 'average'
        ? [[fact.sums.before.value, fact.sums.after.value, ...Object.values(fact.sums.change)].join()]
        : [JSON.stringify(fact.sums)]
      : [String(fact.shown.kind === 'average' ? fact.shown.value : JSON.stringify(fact.shown))],
  );
  for (const { id, parts } of report)
    for (const part of parts)
      if (part.kind === 'table' && part.id === 'change')
        for (const row of part.rows) expect(numbers).toContain(row.slice(1).join());
      else if (part.kind === 'table' && id === 'answers')
        for (const row of part.rows)
          if (typeof row[2] === 'number') expect(numbers).toContain(String(row[2]));
  return facts;
}

function* ways(people: number, cells: number): Generator<number[]> {
  if (cells === 1) {
    yield [people];
    return;
  }
  for (let count = 0; count <= people; count += 1)
    for (const rest of ways(people - count, cells - 1)) yield [count, ...rest];
}
const isOne = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0;
const bitsOf = (counts: readonly number[]): number =>
  counts.reduce((bits, count, at) => (count > 0 ? bits | (1 << at) : bits), 0);
const given = (counts: readonly number[]): number[] =>
  counts.flatMap((count, at) => Array<number>(count).fill(values[at] ?? 0));

const detailOfSum = ({ kind }: Sum) => (kind === 'average' ? ('fine' as const) : ('rough' as const));
const isShownOf = (answers: readonly number[], shown: Sum): boolean =>
  JSON.stringify(summarise(shape, answers, { detail: detailOfSum(shown), leftOut: 0, smallest })) ===
  JSON.stringify(shown);

type Figure = { people: ReadonlySet<string>; shown: Sum };

/** What these figures of one question, asked once, tell of anybody: every way of answering that fits them all is tried. */
function attack(figures: readonly Figure[], what: string): void {
  const name = (people: ReadonlySet<string>) => [...people].toSorted().join();
  const sets = [...new Map(figures.map((one) => [name(one.people), one.people])).values()];
  const [one = new Set<string>(), other = one] = sets;
  expect(sets.length, what).toBeLessThanOrEqual(2);
  const parts = [
    [...one].filter((id) => other.has(id)),
    [...one].filter((id) => !other.has(id)),
    [...other].filter((id) => !one.has(id)),
  ].map((part) => part.length);
  // Nor is there any group of one to four whose sum would follow from the difference.
  for (const people of parts)
    expect(people === 0 || people >= smallest, `${what}: ${parts.join()}`).toBe(true);
  const shownOf = (set: ReadonlySet<string>) => figures.filter(({ people }) => name(people) === name(set));
  const [ofOne, ofOther] = [shownOf(one), shownOf(other)];
  const found = [0, 0, 0];
  const [both = 0, only = 0, others = 0] = parts;
  for (const first of ways(both, 3))
    for (const second of ways(only, 3)) {
      const inOne = [...given(first), ...given(second)];
      if (!ofOne.every(({ shown }) => isShownOf(inOne, shown))) continue;
      for (const third of ways(others, 3)) {
        const inOther = [...given(first), ...given(third)];
        if (!ofOther.every(({ shown }) => isShownOf(inOther, shown))) continue;
        for (const [at, counts] of [first, second, third].entries())
          found[at] = (found[at] ?? 0) | bitsOf(counts);
      }
    }
  for (const [at, bits] of found.entries())
    if ((parts[at] ?? 0) > 0) {
      expect(bits, `${what}: what is shown can be`).not.toBe(0);
      expect(isOne(bits), `${what}: ${parts.join()}, part ${at}`).toBe(false);
    }
}

/** The same of both answers of each and of what they changed by. */
function attackChange(people: number, { before, after, change, spread }: Compared['sums']): void {
  if (!change || before.kind !== 'average' || after.kind !== 'average') return;
  const cells = values.flatMap((x) => values.map((y) => [x, y] as const));
  const t = quantile(0.975, people - 1);
  const found = [0, 0, 0];
  for (const counts of ways(people, cells.length)) {
    let [x, y, squares] = [0, 0, 0];
    for (const [at, count] of counts.entries()) {
      const [first = 0, second = 0] = cells[at] ?? [];
      x += count * first;
      y += count * second;
      squares += count * (second - first) ** 2;
    }
    if (Math.round((2 * x) / people) / 2 !== before.value || Math.round((2 * y) / people) / 2 !== after.value)
      continue;
    const mean = (y - x) / people;
    const variance = Math.max(0, squares - people * mean ** 2) / (people - 1);
    const shown = showChange(
      { before: before.value, after: after.value },
      mean,
      t * Math.sqrt(variance / people),
    );
    if (shown.from !== change.from || shown.to !== change.to) continue;
    const pairs = counts.flatMap((count, at) =>
      Array<readonly [number, number]>(count).fill(cells[at] ?? [0, 0]),
    );
    const spreads = [0, 1].map((side) =>
      spreadOf(
        shape,
        pairs.map((pair) => pair[side] ?? 0),
        { leftOut: 0, smallest },
      ),
    );
    if (JSON.stringify(spreads) !== JSON.stringify([spread?.before, spread?.after])) continue;
    for (const [at, count] of counts.entries()) {
      const [first = 0, second = 0] = cells[at] ?? [];
      if (count === 0) continue;
      found[0] = (found[0] ?? 0) | (1 << first);
      found[1] = (found[1] ?? 0) | (1 << second);
      found[2] = (found[2] ?? 0) | (1 << (second - first + 3));
    }
  }
  for (const bits of found)
    expect(bits !== 0 && !isOne(bits), JSON.stringify({ before, after, change })).toBe(true);
}

test('whoever collects all that is ever shown of two or three rounds learns nobody’s answer, nor that of one to four', async () => {
  const chance = fc.constantFrom(0.55, 0.9, 1);
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        people: fc.integer({ min: 5, max: 16 }),
        rate: fc.tuple(chance, chance, chance),
        picks: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 16 * 6, maxLength: 16 * 6 }),
        // Everybody answers alike, as badly as can be.
        alike: fc.constantFrom(undefined, 1, 3),
        planned: fc.boolean(),
        hasReader: fc.boolean(),
        gone: fc.array(fc.constantFrom<Time>('before', 'after'), { maxLength: 2 }),
        calledOff: fc.constantFrom(undefined, undefined, undefined, 'after' as const),
      }),
      async ({ people, rate, picks, alike, planned, hasReader, gone, calledOff }) => {
        const bench = await givenBench({ templates: short });
        const group = await givenGroup(people, bench);
        const times: Time[] = ['before', 'after', 'later'];
        const ids: Partial<Record<Time, string>> = { before: await plan(group, 'before') };
        if (planned) for (const time of ['after', 'later'] as const) ids[time] = await plan(group, time);
        const rounds: Partial<Record<Time, string>> = {};
        const answered: Record<Time, Set<string>> = { before: new Set(), after: new Set(), later: new Set() };
        const facts: Fact[] = [];
        const readers = new Set<string>();
        const deleted = new Set<string>();
        for (const [nth, time] of times.entries()) {
          ids[time] ??= await plan(group, time);
          const id = await openOn(group, time, ids[time]);
          rounds[time] = id;
          const given = group.members.map((member, who) => {
            const [joins = 0, value = 0] = [picks[nth * 32 + who], picks[nth * 32 + 16 + who]];
            if (deleted.has(member.id) || joins > (rate[nth] ?? 1)) return undefined;
            if (!readers.has(member.id)) answered[time].add(member.id);
            return { q: alike ?? (values[Math.min(2, Math.floor(value * 3))] || 1) };
          });
          await answer(group, id, given);
          if (calledOff === time) {
            await cancelCheckIn(bench, group.jo, ids[time]);
          }
          await closeOn(group, time);
          facts.push(...(await factsNow(bench, group, rounds)));
          // One more answer comes too late.
          const [late] = group.actors;
          if (late && !deleted.has(late.person.id))
            expect((await sendAnswers(bench, late, id, { answers: { q: 2 }, share: false })).kind).not.toBe(
              'sent',
            );
          for (const when of gone)
            if (when === time) {
              const who = group.members.findIndex(({ id }) => !deleted.has(id));
              deleted.add(group.members[who]?.id ?? '');
              await forget(group, who);
            }
          const last = group.members.at(-1);
          if (hasReader && time === 'before' && last) {
            readers.add(last.id);
            await givenFacilitator(bench, last, group.cohortId);
          }
          facts.push(...(await factsNow(bench, group, rounds)));
        }
        const inBoth = (time: Time) =>
          new Set(
            [...answered.before].filter((id) => answered[time].has(id) && !readers.has(id)),
          ) as ReadonlySet<string>;
        for (const side of times) {
          const figures = facts.flatMap((fact): Figure[] => {
            if ('shown' in fact)
              return fact.of === side ? [{ people: answered[side], shown: fact.shown }] : [];
            const time: Time = fact.of.endsWith('after') ? 'after' : 'later';
            if (side !== 'before' && side !== time) return [];
            return [{ people: inBoth(time), shown: side === 'before' ? fact.sums.before : fact.sums.after }];
          });
          if (figures.length === 0) continue;
          const sets = new Set(figures.map((one) => [...one.people].toSorted().join()));
          // A few who can read the results by now know theirs: then less is shown, which has tests of its own.
          if (!hasReader) attack(figures, `${side} of ${people}`);
          else expect(sets.size).toBeLessThanOrEqual(2);
        }
        for (const fact of facts)
          if ('sums' in fact) {
            const who = inBoth(fact.of.endsWith('after') ? 'after' : 'later');
            if (who.size <= 13) attackChange(who.size, fact.sums);
          }
      },
    ),
    { numRuns: 5 },
  );
});
