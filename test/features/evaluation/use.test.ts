import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { Person } from '../../../src/community/people.ts';
import { inSteps, keptApart, someOf } from '../../../src/community/suppress.ts';
import { useHeld } from '../../../src/features/evaluation/holdings.ts';
import { countMonthsJob } from '../../../src/features/evaluation/programme/count-months.ts';
import type { ProgrammeDeps } from '../../../src/features/evaluation/programme/deps.ts';
import { programmeCsv } from '../../../src/features/evaluation/programme/file.ts';
import { shareOf } from '../../../src/features/evaluation/programme/measures.ts';
import type { Month } from '../../../src/features/evaluation/programme/month.ts';
import { listMonths } from '../../../src/features/evaluation/programme/store.ts';
import { programmeBlocks } from '../../../src/features/evaluation/programme/views.ts';
import { countWeeksJob } from '../../../src/features/evaluation/use/count-weeks.ts';
import { useFindings } from '../../../src/features/evaluation/use/findings.ts';
import { createUse } from '../../../src/features/evaluation/use/hearing.ts';
import type { Deed } from '../../../src/features/feature.ts';
import { withoutCharts } from '../../../src/slack/charts.ts';
import {
  type Bench,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  leave,
} from '../checkins/support.ts';

type Given = Bench & ProgrammeDeps & { use: ReturnType<typeof createUse> };

/** Tuesday 3 March 2026, 10:00 in London; counting has begun. */
async function given(): Promise<Given> {
  const bench = await givenBench();
  const deps = {
    ...bench,
    sessionsIn: async () => ({ held: 2, places: 17 }),
    responseIn: async () => ({ answered: 12, asked: 20 }),
    introducedByQuarter: async () => [],
  };
  await countMonthsJob(deps).run(bench.clock.now());
  return { ...deps, use: createUse(deps) };
}

const people = (deps: Given, many: number, name = 'M'): Promise<Person[]> =>
  Promise.all(Array.from({ length: many }, (_, nth) => givenPerson(deps, `U${name}${nth}`)));

async function does(deps: Given, who: readonly Person[], kind: Deed['kind'], times = 1): Promise<void> {
  for (const { id } of who)
    for (let time = 0; time < times; time += 1) await deps.use.hears(id, { kind } as Deed);
  // As the next beat does.
  await deps.use.job.run(deps.clock.now());
}

async function beat(deps: Given, at: string): Promise<void> {
  deps.clock.moveTo(at);
  for (const job of [countWeeksJob(deps), countMonthsJob(deps)]) await job.run(deps.clock.now());
}

const reportOf = (deps: Given, cohortId: string, from = '2026-03-01', until = '2026-12-31') =>
  useFindings(deps.db, { cohortId, from, until }, deps.clock.now());

async function rowsOf(deps: Given, cohortId: string, from?: string, until?: string) {
  const [section] = await reportOf(deps, cohortId, from, until);
  return section?.parts.flatMap((part) => (part.kind === 'table' ? part.rows : []));
}
const kept = async ({ db }: Given) => ({
  marks: (await db.selectFrom('use_marks').selectAll().execute()).length,
  counts: await db.selectFrom('use_counts').selectAll().orderBy('period').orderBy('cohort_id').execute(),
});

describe('use of the resources, by group and week', () => {
  test('is counted once the week is over, from five people up, and who it was is gone then', async () => {
    const deps = await given();
    const [five, four, alone] = [
      await people(deps, 5),
      await people(deps, 4, 'F'),
      await people(deps, 2, 'A'),
    ];
    const [jo] = await people(deps, 1, 'J');
    if (!jo) throw new Error('There is one.');
    const big = await givenCohort(deps, [...five, jo], 'Big');
    const small = await givenCohort(deps, four, 'Small');
    // Who runs a group knows of themselves.
    await givenFacilitator(deps, jo, big);
    await does(deps, five, 'looked-up', 2);
    await does(deps, five.slice(0, 3), 'found-nothing', 2);
    await does(deps, four, 'opened-pathway', 3);
    await does(deps, [jo], 'looked-up');
    // Without being in a group of theirs, and before they are in one.
    await does(deps, alone, 'agreed');
    await does(deps, alone, 'looked-up');
    // These are no look-ups.
    await does(deps, five, 'used-entry');
    expect(await reportOf(deps, big)).toEqual([]);
    await beat(deps, '2026-03-09T00:30:00Z');
    expect(await reportOf(deps, big), 'what came at midnight may still be on its way').toEqual([]);
    await beat(deps, '2026-03-09T01:30:00Z');
    expect(await rowsOf(deps, big)).toEqual([['2 March 2026', 15, 5]]);
    expect(await reportOf(deps, small)).toEqual([]);
    const { marks, counts } = await kept(deps);
    // The four, the two and the one are seven together: in no group’s number, and in the programme’s.
    expect(counts.map(({ uses, cohort_id: of }) => [of === big ? 'big' : of, uses])).toEqual([
      ['', 15],
      ['big', 15],
    ]);
    // Who was active in the month is not counted yet.
    expect(marks).toBe(12);
    // It stays, whatever happens next.
    await deps.db
      .deleteFrom('people')
      .where('id', '=', five[0]?.id ?? '')
      .execute();
    await beat(deps, '2026-03-10T10:00:00Z');
    expect(await rowsOf(deps, big)).toEqual([['2 March 2026', 15, 5]]);
  });

  test('somebody counts in one group for all of a week, the one they joined first', async () => {
    const deps = await given();
    const five = await people(deps, 5);
    const first = await givenCohort(deps, five, 'First');
    deps.clock.moveTo('2026-03-03T11:00:00Z');
    const second = await givenCohort(deps, [...five, ...(await people(deps, 1, 'X'))], 'Second');
    await does(deps, five, 'looked-up');
    for (const person of five) await leave(deps, first, person);
    // Another bot on this database, or the same after a start.
    await does({ ...deps, use: createUse(deps) }, five, 'looked-up');
    await beat(deps, '2026-03-09T10:00:00Z');
    expect(await rowsOf(deps, first)).toEqual([['2 March 2026', 10, 'fewer than five']]);
    expect(await reportOf(deps, second)).toEqual([]);
    await does(deps, five, 'looked-up');
    await beat(deps, '2026-03-16T10:00:00Z');
    expect(await rowsOf(deps, second)).toEqual([['9 March 2026', 5, 'fewer than five']]);
  });

  test('who has not agreed, declined, left or came to lead is not among the five', async () => {
    const deps = await given();
    const five = await people(deps, 5);
    const stranger = await givenPerson(deps, 'UNEW', { hasAgreed: false });
    const group = await givenCohort(deps, [...five, stranger]);
    await does(deps, [...five, stranger], 'looked-up');
    expect((await kept(deps)).marks).toBe(10);
    const [one, two] = five;
    if (!one || !two) throw new Error('There are five.');
    const [holding] = useHeld().holdings;
    expect(await holding?.endsOnLeaving?.(deps.db, one.id)).toContain('is deleted');
    await deps.use.hears(one.id, { kind: 'left-programme' });
    expect(await holding?.count(deps.db, one.id)).toBe(0);
    expect(await holding?.read(deps.db, two.id)).toContainEqual({
      'You looked something up in the week from': '2026-03-02',
    });
    await beat(deps, '2026-03-09T10:00:00Z');
    expect(await reportOf(deps, group)).toEqual([]);
    await does(deps, five, 'looked-up');
    await givenFacilitator(deps, two, null);
    await beat(deps, '2026-03-16T10:00:00Z');
    expect(await reportOf(deps, group)).toEqual([]);
    expect((await kept(deps)).counts).toEqual([]);
  });

  test('each week is in one report, and many weeks stand by the month', async () => {
    const deps = await given();
    const five = await people(deps, 5);
    const group = await givenCohort(deps, five);
    for (let week = 0; week < 15; week += 1) {
      await does(deps, five, 'looked-up', 1 + (week % 3));
      const next = Temporal.PlainDate.from('2026-03-09').add({ days: 7 * week });
      await beat(deps, `${next.toString()}T10:00:00Z`);
    }
    const [section] = await reportOf(deps, group);
    expect(section?.parts.map(({ kind }) => kind)).toEqual(['text', 'table', 'chart']);
    expect(await rowsOf(deps, group)).toEqual([
      ['March 2026', 4, 35, 'fewer than five'],
      ['April 2026', 4, 40, 'fewer than five'],
      ['May 2026', 5, 50, 'fewer than five'],
      ['June 2026', 2, 25, 'fewer than five'],
    ]);
    // Closed on a Sunday: the week that ends then is counted on the Monday, and in the report that begins with it.
    const weeksIn = async (from: string, until: string) =>
      (await rowsOf(deps, group, from, until))?.map(([week]) => week);
    expect(await weeksIn('2026-03-03', '2026-03-22')).toEqual(['2 March 2026', '9 March 2026']);
    expect((await weeksIn('2026-03-23', '2026-04-06')) ?? []).toEqual([
      '16 March 2026',
      '23 March 2026',
      '30 March 2026',
    ]);
  });
});

describe('a month of the programme', () => {
  test('is counted once after its end, in steps of five, and by nobody who reads it', async () => {
    const deps = await given();
    const [all, [lead]] = [await people(deps, 23), await people(deps, 1, 'L')];
    if (!lead) throw new Error('There is one.');
    await givenFacilitator(deps, lead, null);
    await does(deps, [lead], 'reflected', 9);
    await does(deps, all.slice(0, 12), 'did-part');
    await does(deps, all.slice(0, 5), 'reflected', 2);
    await does(deps, all.slice(0, 7), 'looked-up');
    await beat(deps, '2026-03-31T22:59:00Z');
    expect(await listMonths(deps.db)).toEqual([]);
    await beat(deps, '2026-04-01T10:00:00Z');
    const march: Month = {
      month: '2026-03',
      on: '2026-04-01',
      from: '2026-03-03',
      members: 20,
      active: 10,
      lookUps: 5,
      foundNothing: 'few',
      reflections: 10,
      sessions: 2,
      places: 17,
      answered: 12,
      asked: 20,
    };
    expect(await listMonths(deps.db)).toEqual([march]);
    expect(shareOf(march)).toBe(60);
    // Of ten or more five or more: between a third and nine tenths.
    expect(shareOf({ members: 10, active: 5 })).toBeUndefined();
    expect((await kept(deps)).marks).toBe(0);
    expect((await kept(deps)).counts.map(({ kind }) => kind)).toEqual(['looked-up']);
    await deps.db.deleteFrom('people').where('id', '!=', lead.id).execute();
    await beat(deps, '2026-05-01T10:00:00Z');
    expect(await listMonths(deps.db)).toEqual([
      march,
      {
        month: '2026-04',
        on: '2026-05-01',
        members: 'few',
        active: 'few',
        lookUps: 'few',
        foundNothing: 'few',
        reflections: 'few',
        sessions: 2,
        places: 17,
        answered: 12,
        asked: 20,
      },
    ]);
    const csv = programmeCsv({ months: await listMonths(deps.db), introduced: [] });
    expect(csv).toContain('2026-03,Active,"10 or more, about 60%"');
    expect(csv).toContain('2026-04,Members,fewer than five');
  });

  test('who left is no member any more; nearly everybody is not told from everybody', async () => {
    const deps = await given();
    const all = await people(deps, 14);
    await does(deps, all, 'answered');
    await deps.db
      .insertInto('audit_log')
      .values({
        id: 'left',
        at: '2026-03-05T10:00:00.000Z',
        actor: all[0]?.id ?? '',
        action: 'preferences.leave',
        subject: all[0]?.id ?? '',
        detail: '{}',
      })
      .execute();
    await deps.use.hears(all[0]?.id ?? '', { kind: 'left-programme' });
    await beat(deps, '2026-04-01T10:00:00Z');
    expect(await listMonths(deps.db)).toMatchObject([{ members: 10, active: 'most' }]);
    expect(shareOf({ members: 10, active: 'most' })).toBeUndefined();
  });

  test('months in which the bot was away are counted as it comes back, each once', async () => {
    const deps = await given();
    await beat(deps, '2026-06-10T10:00:00Z');
    await Promise.all([beat(deps, '2026-06-10T11:00:00Z'), beat(deps, '2026-06-10T11:00:00Z')]);
    expect((await listMonths(deps.db)).map(({ month }) => month)).toEqual(['2026-03', '2026-04', '2026-05']);
  });
});

describe('the months on the page and in the file', () => {
  const none: Month = {
    month: '2026-01',
    on: '2026-02-01',
    members: 'few',
    active: 'few',
    lookUps: 'few',
    foundNothing: 'few',
    reflections: 'few',
    sessions: 0,
    places: 'few',
    answered: 'few',
    asked: 0,
  };
  const introduced = [{ quarter: 'January to March 2026', people: 0 }];
  const since = '2025-12-01';
  const show = (months: Month[]) => {
    const blocks = programmeBlocks({ months, introduced, since });
    return {
      page: JSON.stringify(blocks),
      inLines: JSON.stringify(withoutCharts(blocks)),
      csv: programmeCsv({ months, introduced }),
    };
  };

  test('what may be many is not called few: it is not shown, and why is said', () => {
    const { page, inLines, csv } = show([{ ...none, members: 15, sessions: 3 }]);
    for (const what of ['Answers to check-ins', 'Look-ups', 'Found nothing', 'Reflections']) {
      expect(page).toContain(`•  ${what}: not shown`);
      expect(inLines).toContain(`${what} not shown`);
      expect(csv).toContain(`2026-01,${what},not shown,`);
    }
    // These are known to be fewer.
    expect(page).toContain('•  Active: fewer than five');
    expect(csv).toContain('2026-01,Active,fewer than five');
    expect(page).toContain('January to March 2026: not shown');
    expect(csv).toContain('People introduced,not shown');
    expect(page.split('Not shown: small numbers, and numbers that would tell of few people')).toHaveLength(3);
    expect(csv).toContain('Not shown: small numbers');
    const whole = { ...none, members: 15, active: 10, lookUps: 5, foundNothing: 5, reflections: 5 };
    expect(show([{ ...whole, sessions: 1, places: 8, answered: 9, asked: 15 }]).page).not.toContain(
      'Not shown: ',
    );
  });

  test('places are those booked beforehand, and do not read as who came; without a session there were none', () => {
    const { page, csv } = show([{ ...none, sessions: 2 }]);
    expect(page).toContain('•  Places booked beforehand: not shown');
    expect(csv).toContain('2026-01,Places booked beforehand,not shown');
    expect(csv).toContain('who came without booking is not in it');
    expect(page + csv).not.toContain('Places taken');
    expect(show([{ ...none, members: 5 }]).csv).toContain('2026-01,Places booked beforehand,0,');
  });

  test('months before anything was there are left out; later ones without a number stay', () => {
    const later = { ...none, month: '2026-02', members: 5 };
    const { page, csv } = show([none, later, { ...none, month: '2026-03' }]);
    expect(page + csv).not.toMatch(/Jan 2026|2026-01/);
    expect(page).toContain('Feb 2026');
    expect(csv).toContain('2026-03,Members,fewer than five');
    expect(show([none]).page).toContain('*No month has a number yet.*');
    expect(show([none]).page).not.toContain(': fewer than five');
    expect(show([]).page).toContain('*Nothing is counted yet.*');
  });
});

test.each([
  [0, 20, 'few'],
  [4, 20, 'few'],
  [5, 20, 5],
  [14, 20, 10],
  [16, 20, 'most'],
  [20, 20, 'most'],
  [3, 4, 'few'],
])('%i of %i: %s', (some, all, shown) => {
  expect(someOf(some, all)).toBe(shown);
});

test('what is kept of all, less what is shown of any groups, is of nobody or of five people or more', () => {
  const groups = fc.dictionary(fc.constantFrom('', 'a', 'b', 'c', 'd'), fc.nat(12));
  fc.assert(
    fc.property(groups, (counts) => {
      const people = new Map(Object.entries(counts));
      const { apart, others } = keptApart(people, '');
      for (const id of apart) expect(people.get(id)).toBeGreaterThanOrEqual(5);
      const together = others.reduce((sum, id) => sum + (people.get(id) ?? 0), 0);
      expect(together === 0 || together >= 5).toBe(true);
      expect(apart.filter((id) => others.includes(id) || id === '')).toEqual([]);
    }),
  );
  fc.assert(fc.property(fc.nat(200), (many) => inSteps(many) % 5 === 0 && many - inSteps(many) < 5));
});

// What people and time can do.
const act = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({ does: fc.constant('look-up'), who: fc.nat(15), missed: fc.boolean() }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant('look-up-all'), group: fc.nat(1), most: fc.nat(9) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('reflect'), who: fc.nat(15) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('join'), who: fc.nat(15), group: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('leave'), who: fc.nat(15), group: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('delete'), who: fc.nat(15) }) },
  { weight: 5, arbitrary: fc.record({ does: fc.constant('days'), many: fc.integer({ min: 1, max: 9 }) }) },
) as fc.Arbitrary<
  | { does: 'look-up'; who: number; missed: boolean }
  | { does: 'look-up-all'; group: number; most: number }
  | { does: 'reflect'; who: number }
  | { does: 'join' | 'leave'; who: number; group: number }
  | { does: 'delete'; who: number }
  | { does: 'days'; many: number }
>;

let runs = 0;
afterEach(() => {
  runs = 0;
});

test('from whatever people do, and any outputs at any times, no group of one to four can be derived', async () => {
  const deps = await given();
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 45 }), async (acts) => {
      runs += 1;
      // A community of its own each time, in the years after the one before.
      deps.clock.moveTo(`${2026 + 2 * runs}-03-05T10:00:00Z`);
      for (const table of [
        'use_marks',
        'use_counts',
        'programme_months',
        'cohort_members',
        'people',
      ] as const)
        await deps.db.deleteFrom(table).execute();
      await deps.db.deleteFrom('settings').where('key', '=', 'use.since').execute();
      await countMonthsJob(deps).run(deps.clock.now());
      const { hears, job } = createUse(deps);
      const everybody = await people(deps, 16, `R${runs}X`);
      const groups = [
        await givenCohort(deps, everybody.slice(0, 8), `A${runs}`),
        await givenCohort(deps, everybody.slice(6, 12), `B${runs}`),
      ];
      const gone = new Set<string>();
      /** Who truly looked something up, by the week, and where they count: what nobody may learn of fewer than five. */
      const truth = new Map<string, Map<string, { cohortId: string; uses: number }>>();
      const seen = new Map<string, string>();
      const today = () => deps.clock.now().toISOString().slice(0, 10);
      const mondayOf = (date: string) =>
        Temporal.PlainDate.from(date)
          .subtract({ days: Temporal.PlainDate.from(date).dayOfWeek - 1 })
          .toString();
      const look = async (person: Person | undefined, missed: boolean) => {
        if (!person || gone.has(person.id)) return;
        await hears(person.id, { kind: missed ? 'found-nothing' : 'looked-up' });
        const week = truth.get(mondayOf(today())) ?? new Map<string, { cohortId: string; uses: number }>();
        const mark = await deps.db
          .selectFrom('use_marks')
          .select('cohort_id')
          .where('person_id', '=', person.id)
          .where('kind', '=', 'looked-up')
          .executeTakeFirst();
        week.set(person.id, {
          cohortId: mark?.cohort_id ?? 'nowhere',
          uses: (week.get(person.id)?.uses ?? 0) + 1,
        });
        truth.set(mondayOf(today()), week);
      };

      const count = async () => {
        for (const each of [job, countWeeksJob(deps), countMonthsJob(deps)]) await each.run(deps.clock.now());
      };

      /** Everything that anybody can see now: it agrees with all that was ever seen. */
      async function observe(): Promise<void> {
        /** Of which groups a week is told. */
        const told = new Map<string, string[]>();
        for (const [nth, cohortId] of groups.entries())
          for (const row of await deps.db
            .selectFrom('use_counts')
            .selectAll()
            .where('cohort_id', '=', cohortId)
            .where('is_counted', '=', 1)
            .execute()) {
            const [shown] = await useFindings(
              deps.db,
              {
                cohortId,
                from: Temporal.PlainDate.from(row.period).add({ days: 7 }).toString(),
                until: Temporal.PlainDate.from(row.period).add({ days: 7 }).toString(),
              },
              deps.clock.now(),
            );
            const said = JSON.stringify(shown);
            expect(seen.get(`${nth} ${row.period}`) ?? said, 'what was told of a week stays').toBe(said);
            seen.set(`${nth} ${row.period}`, said);
            const theirs = [...(truth.get(row.period)?.values() ?? [])].filter(
              (one) => one.cohortId === cohortId,
            );
            expect(theirs.length).toBeGreaterThanOrEqual(5);
            // In steps, so that of a group of nine it could always have been everybody.
            expect(row.uses).toBe(inSteps(theirs.reduce((sum, one) => sum + one.uses, 0)));
            told.set(row.period, [...(told.get(row.period) ?? []), cohortId]);
          }
        for (const month of await listMonths(deps.db)) {
          const said = JSON.stringify(month);
          expect(seen.get(month.month) ?? said, 'what was told of a month stays').toBe(said);
          seen.set(month.month, said);
          const { members, active, lookUps } = month;
          for (const number of [members, active])
            if (typeof number === 'number') expect([number % 5, number > 0]).toEqual([0, true]);
          // Of each week it holds what is told of groups, and what all the others did where those are five or more: less
          // the one, it tells of no fewer.
          let [most, least] = [0, 0];
          for (const [week, who] of truth) {
            if (!Temporal.PlainDate.from(week).add({ days: 6 }).toString().startsWith(month.month)) continue;
            const others = [...who].filter(([, one]) => !told.get(week)?.includes(one.cohortId));
            const stayed = others.filter(([id]) => !gone.has(id));
            const uses = (of: typeof others) => of.reduce((sum, [, one]) => sum + one.uses, 0);
            const shown = [...Map.groupBy(who.values(), (one) => one.cohortId)]
              .filter(([id]) => told.get(week)?.includes(id))
              .reduce((sum, [, all]) => sum + inSteps(all.reduce((of, one) => of + one.uses, 0)), 0);
            most += shown + (others.length >= 5 ? inSteps(uses(others)) : 0);
            least += shown + (stayed.length >= 5 ? inSteps(uses(others)) : 0);
          }
          const all = typeof lookUps === 'number' ? lookUps : 0;
          expect(all).toBeLessThanOrEqual(most);
          expect(all).toBeGreaterThanOrEqual(least < 5 ? 0 : least);
        }
        // Nothing of who it was outlasts its week or month.
        const marks = await deps.db.selectFrom('use_marks').selectAll().execute();
        for (const mark of marks)
          expect(mark.period >= (mark.kind === 'looked-up' ? mondayOf(today()) : today().slice(0, 7))).toBe(
            true,
          );
        expect(marks.filter((mark) => gone.has(mark.person_id))).toEqual([]);
      }

      for (const one of acts) {
        if (one.does === 'look-up') await look(everybody[one.who], one.missed);
        if (one.does === 'look-up-all')
          for (const person of everybody.slice(6 * one.group, 6 * one.group + one.most))
            await look(person, false);
        const person = 'who' in one ? everybody[one.who] : undefined;
        if (one.does === 'days') {
          deps.clock.forward(one.many * 24 * 60);
          await count();
          await observe();
        }
        if (!person || gone.has(person.id)) continue;
        const cohortId = 'group' in one ? (groups[one.group] ?? '') : '';
        if (one.does === 'reflect') await hears(person.id, { kind: 'reflected' });
        if (one.does === 'leave') await leave(deps, cohortId, person);
        if (one.does === 'join')
          await deps.db
            .insertInto('cohort_members')
            .values({
              cohort_id: cohortId,
              person_id: person.id,
              joined_at: deps.clock.now().toISOString(),
              left_at: null,
            })
            .onConflict((conflict) =>
              conflict.columns(['cohort_id', 'person_id']).doUpdateSet({ left_at: null }),
            )
            .execute();
        if (one.does === 'delete') {
          gone.add(person.id);
          await deps.db.deleteFrom('people').where('id', '=', person.id).execute();
        }
      }
      deps.clock.forward(40 * 24 * 60);
      await count();
      await observe();
    }),
    { numRuns: 15 },
  );
});
