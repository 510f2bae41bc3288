import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/community/permissions.ts';
import { fewestPeople } from '../../../src/community/suppress.ts';
import { toPage } from '../../../src/features/training/pack/files.ts';
import { setMinutes } from '../../../src/features/training/pack/minutes/set.ts';
import { packOutline } from '../../../src/features/training/pack/outline.ts';
import { draw } from '../../../src/features/training/pack/page.ts';
import type { Pack } from '../../../src/features/training/pack/read.ts';
import { countLines, packView } from '../../../src/features/training/pack/views.ts';
import { wallNames } from '../../../src/features/training/pack/wall.ts';
import { countWhoComes, toldAgain } from '../../../src/features/training/pack/who-comes.ts';
import { listSeries } from '../../../src/features/training/sessions/outlines.ts';
import type { Session } from '../../../src/features/training/sessions/session.ts';
import { minutesOf, shapeOf } from '../../../src/features/training/sessions/shape.ts';
import { findSession } from '../../../src/features/training/sessions/store.ts';
import { shippedContent } from '../../support/shipped.ts';
import { givenBench, givenLead, givenPeople, givenSession } from './sessions/support.ts';

const { training, prompts, professions } = shippedContent();
const series = listSeries(training);

const sessionOf = (seriesId: string, change: Partial<Session> = {}): Session => ({
  id: 's1',
  seriesId,
  outline: series.find(({ id }) => id === seriesId) ?? {
    label: 'Gone',
    shape: [{ part: 'Talk', minutes: 45 }],
    notes: [],
  },
  cohortId: undefined,
  title: 'Perinatal: first session',
  startsAt: new Date('2026-03-10T10:00:00Z'),
  minutes: 90,
  place: 'Room 2, Town Hall',
  link: undefined,
  places: undefined,
  mix: [],
  mixUntil: undefined,
  asksAccess: false,
  sequence: 0,
  isCancelled: false,
  told: undefined,
  tellAt: undefined,
  reminded: 0,
  createdBy: 'jo',
  changedAt: new Date('2026-03-03T10:00:00Z'),
  ...change,
});
const outlineOf = (seriesId: string, change: Partial<Session> = {}, groupAge?: string) =>
  packOutline(sessionOf(seriesId, change), { training, prompts, groupAge });

describe('what the files hold for a session', () => {
  test('the shape begins with the session, and the example is one for its age group', () => {
    const { shape, plannedFor, cases, background, resources } = outlineOf('series-perinatal');
    expect(shape.map(({ at }) => at.toISOString().slice(11, 16))).toEqual([
      '10:00',
      '10:10',
      '10:25',
      '11:05',
      '11:20',
    ]);
    expect(plannedFor).toBeUndefined();
    expect(cases[0]).toMatchObject({ age_group: 'perinatal', kind: 'case-starter' });
    expect(background.map(({ heading }) => heading)).toEqual([
      'Themes',
      'Ideas for a case',
      'Roles it brings together',
    ]);
    expect(resources).toContain('blackpool-tic-perinatal-guide');
  });

  test('in a shorter session the parts are shortened in steps of five minutes, and end when it ends', () => {
    const parts = fc.array(
      fc.record({ part: fc.constant('A part'), minutes: fc.integer({ min: 5, max: 60 }) }),
      {
        minLength: 1,
        maxLength: 10,
      },
    );
    fc.assert(
      fc.property(parts, fc.integer({ min: 10, max: 240 }), (shape, minutes) => {
        const planned = shape.reduce((sum, one) => sum + one.minutes, 0);
        const fitted = shapeOf({ outline: { label: '', shape, notes: [] }, minutes });
        const long = fitted.parts.reduce((sum, one) => sum + one.minutes, 0);
        expect(fitted.plannedFor).toBe(planned > minutes ? planned : undefined);
        expect(fitted.parts.every((one) => one.minutes > 0)).toBe(true);
        expect(long).toBeLessThanOrEqual(minutes);
        if (planned > minutes) expect(long).toBeGreaterThan(minutes - 5);
        else expect(fitted.parts).toEqual(shape);
      }),
    );
    const short = outlineOf('series-perinatal', { minutes: 60 });
    expect(short.plannedFor).toBe(90);
    expect(short.shape.map(({ minutes }) => minutes)).toEqual([5, 10, 30, 10, 5]);
  });

  test('minutes of one’s own stand as they are, leave out what has none, and are shortened as others are', () => {
    const outline = {
      label: '',
      shape: [60, 20, 10].map((minutes) => ({ part: 'A part', minutes })),
      notes: [],
    };
    const own = { ...outline, ownMinutes: [30, 0, 45] };
    const shape = (minutes: number) => shapeOf({ outline: own, minutes });
    expect(shape(90)).toEqual({
      parts: [
        { part: 'A part', minutes: 30 },
        { part: 'A part', minutes: 45 },
      ],
      plannedFor: undefined,
    });
    expect(shape(50)).toMatchObject({ parts: [{ minutes: 20 }, { minutes: 30 }], plannedFor: 75 });
    expect(minutesOf({ outline: own, minutes: 50 })).toEqual([20, 0, 30]);
    expect(minutesOf({ outline, minutes: 120 })).toEqual([60, 20, 10]);
  });

  test('of two hosts at once the later one is shown the other’s minutes, and nobody else gives any', async () => {
    const bench = await givenBench();
    const jo = await givenLead(bench);
    const [robin] = await givenPeople(bench, 1);
    if (!robin) throw new Error('Nobody');
    const shape = [60, 30].map((minutes) => ({ part: 'A part', minutes }));
    const { id } = await givenSession(bench, jo, { outline: { label: 'Two', shape, notes: [] } });
    const give = (actor: Actor, wanted: number[], seen: number[]) =>
      setMinutes(bench, actor, id, { wanted, seen });
    expect(await give(jo, [50, 40], [60, 30])).toEqual({ kind: 'set' });
    expect(await give(jo, [45, 45], [60, 30])).toMatchObject({ kind: 'meanwhile' });
    expect(await give(jo, [50, 40], [60, 30]), 'the same twice').toEqual({ kind: 'set' });
    expect(await give(jo, [0, 0], [50, 40])).toMatchObject({ kind: 'problem' });
    expect(await give(robin, [10, 10], [50, 40])).toEqual({ kind: 'not-hosted' });
    expect((await findSession(bench.db, id))?.outline.ownMinutes).toEqual([50, 40]);
    await give(jo, [60, 30], [50, 40]);
    expect((await findSession(bench.db, id))?.outline.ownMinutes).toBeUndefined();
  });

  test.each(
    series.filter(({ ageGroup }) => ageGroup !== undefined).map(({ id, ageGroup }) => [id, ageGroup]),
  )('%s has a fictional case for %s', (id, ageGroup) => {
    expect(outlineOf(id ?? '').cases[0]?.age_group).toBe(ageGroup);
  });

  test('an intervention brings what it is for and how to prepare, and cases for all ages', () => {
    const { background, cases } = outlineOf('trauma-informed-child-protection-conferences');
    expect(background.map(({ heading }) => heading)).toEqual([
      'What it is for',
      'What it answers',
      'To prepare',
    ]);
    expect(new Set(cases.map((one) => one.age_group))).toEqual(new Set(['all']));
  });

  test('a series that has left the files keeps its shape, and one’s own session has none', () => {
    expect(outlineOf('series-gone')).toMatchObject({
      shape: [{ part: 'Talk' }],
      background: [],
      resources: [],
    });
    expect(outlineOf('own').shape).toEqual([]);
    expect(outlineOf('own', {}, '0-5').cases[0]?.age_group).toBe('0-5');
  });
});

describe('who comes, as counts', () => {
  const all = ['a', 'b', 'c'].map((id) => ({ id, label: id.toUpperCase() }));
  const ids = (...counts: number[]) =>
    counts.flatMap((many, at) => Array<string | undefined>(many).fill(['a', 'b', 'c', undefined][at]));

  test.each([
    ['nobody', ids(), []],
    ['four of one', ids(4), []],
    ['one agency only', ids(9), [{ label: 'A', count: 'most' }]],
    ['none known', ids(0, 0, 0, 12), []],
    ['two that hide nobody else', ids(6, 7), [{ label: 'B', count: 7 }]],
    ['a small one beside two', ids(8, 6, 2), [{ label: 'A', count: 8 }]],
    [
      'five left over',
      ids(8, 6, 3, 2),
      [
        { label: 'A', count: 8 },
        { label: 'B', count: 6 },
      ],
    ],
  ])('%s', (_, given, shown) => {
    expect(countWhoComes(given, all)).toEqual({ people: given.length, shown });
  });

  test('no number below five is shown, or left when the shown ones are taken from the whole', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c', undefined), { maxLength: 40 }), (given) => {
        const { people, shown } = countWhoComes(given, all);
        const numbers = shown.flatMap(({ count }) => (count === 'most' ? [] : [count]));
        expect(Math.min(...numbers, Infinity)).toBeGreaterThanOrEqual(fewestPeople);
        if (numbers.length > 0)
          expect(people - numbers.reduce((sum, one) => sum + one, 0)).toBeGreaterThanOrEqual(fewestPeople);
      }),
    );
  });
});

test('a count stands until five people have come or gone, so that nobody is told by two of them', () => {
  const of = (...counts: number[]) => {
    const counted = countWhoComes(
      counts.flatMap((many, at) => Array<string>(many).fill(professions[at]?.id ?? '')),
      professions,
    );
    return { professions: counted, organisations: counted };
  };
  const first = toldAgain(undefined, of(8, 7));
  expect(first).toEqual(of(8, 7));
  expect(toldAgain(first, of(9, 7)), 'one has come').toBe(first);
  expect(toldAgain(first, of(4, 7)), 'four have gone').toBe(first);
  expect(toldAgain(first, of(10, 10)), 'five have come').toEqual(of(10, 10));
  expect(toldAgain(first, of(0, 0)), 'all have gone').toEqual(of(0, 0));
});

const told = { zone: 'Europe/London', home: 'Europe/London' };
const people = Array.from({ length: 7 }, (_, at) => ({
  id: `p${at}`,
  slackId: `U0${at}`,
  displayName: at === 0 ? 'Dr <b>&\u0007*Ann* Bold' : `Person ${at}`,
}));
const packOf = (change: Partial<Pack> = {}): Pack => {
  const session = sessionOf('series-perinatal');
  const outline = packOutline(session, { training, prompts });
  const one = outline.cases.find((each) => each.content_note !== undefined);
  return {
    session,
    hosts: ['Jo Madeup'],
    outline,
    example: one && { nth: outline.cases.indexOf(one), one },
    resources: [{ title: 'A guide', publisher: 'Somebody', url: 'https://example.org/guide' }],
    people: 7,
    counts: {
      professions: countWhoComes(Array(7).fill('midwifery'), professions),
      organisations: countWhoComes([], []),
    },
    settled: { groupSize: 4, seed: 's1', caseId: undefined },
    groups: [people.slice(0, 4), people.slice(4)] as unknown as Pack['groups'],
    hasNeeds: false,
    ...change,
  };
};
const drawn = async (pack: Pack, withNames: boolean) => {
  const page = toPage(pack, { withNames, zone: 'Europe/London', now: new Date('2026-03-03T10:00:00Z') });
  const parts = unzipSync(new Uint8Array(await draw(page)));
  return strFromU8(parts['word/document.xml'] ?? new Uint8Array());
};

test.each([
  [
    ['Ann Made', 'Bo Upname'],
    ['Ann', 'Bo'],
  ],
  [
    ['Ann Made', 'ann Upname', 'Cam'],
    ['Ann M', 'ann U', 'Cam'],
  ],
  [
    ['Ann Made', 'Ann Moss', 'Ann Up'],
    ['Ann Made', 'Ann Moss', 'Ann U'],
  ],
  [
    ['Ann', 'Ann Moss'],
    ['Ann', 'Ann M'],
  ],
  [
    ['Dr Ann Made', 'Dr'],
    ['Ann', 'Dr'],
  ],
  [
    ['', 'Émile 🙂'],
    ['', 'Émile'],
  ],
])('on the wall %j are %j', (names, shown) => {
  expect(wallNames(names)).toEqual(shown);
});

describe('the Word file', () => {
  test('with names they stand on its last page; without, there are lines to write on', async () => {
    const [named, unnamed] = [await drawn(packOf(), true), await drawn(packOf(), false)];
    // First names, read from across a room; an initial only where two are the same.
    expect(named).toContain('>&lt;b&gt;&amp;*Ann*<');
    expect(named.lastIndexOf('Who comes')).toBeLessThan(named.indexOf('Person 1'));
    expect(unnamed).not.toMatch(/Person \d|Ann/);
    for (const xml of [named, unnamed]) {
      for (const words of [
        '10:25',
        'Group 2',
        'Content note: ',
        'Tuesday 10 March 2026, 10:00 to 11:30 (London time)',
      ])
        expect(xml).toContain(words);
      expect(xml).not.toContain('undefined');
    }
  });

  test('a session that nobody has booked, and of which the files say nothing, is a file all the same', async () => {
    const session = sessionOf('own', { place: undefined });
    const outline = { ...packOutline(session, { training, prompts }), cases: [] };
    const nothing = countWhoComes([], professions);
    const pack = packOf({
      session,
      outline,
      example: undefined,
      resources: [],
      people: 0,
      counts: { professions: nothing, organisations: nothing },
      groups: [],
    });
    const xml = await drawn(pack, true);
    expect(xml).toContain('Nobody has a place yet.');
    expect(xml).toContain('There is no fictional case for this session yet.');
  });
});

test('on screen a content note stands before its example, which is behind a button', () => {
  const shown = (page: 'example' | 'example-open') => JSON.stringify(packView(packOf(), page, told));
  const { one } = packOf().example ?? {};
  expect(one?.content_note).toBeDefined();
  const words = JSON.stringify(one?.text).slice(1, 40);
  expect(shown('example')).toContain('Show it');
  expect(shown('example')).not.toContain(words);
  expect(shown('example-open')).toContain(words);
});

test('a host abroad reads the times on their own clock, and is told so', () => {
  const shown = JSON.stringify(packView(packOf(), 'shape', { ...told, zone: 'Europe/Athens' }));
  expect(shown).toContain('*12:25*  Case discussion');
  expect(shown).toContain('Times are your own (Athens)');
});

test('three hundred people in pairs fit into a window', () => {
  const many = Array.from({ length: 150 }, (_, at) => [people[at % 7], people[(at + 1) % 7]]);
  const { blocks } = packView(packOf({ groups: many as unknown as Pack['groups'] }), 'groups', told);
  expect(blocks.length).toBeLessThan(60);
  expect(JSON.stringify(blocks)).toContain('Group 150');
});

test('where no number may be told, it is said', () => {
  expect(countLines({ people: 3, shown: [] })).toHaveLength(1);
});
