import { checkBlocks } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { findCohort } from '../../../src/community/cohorts.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { listAskedIn } from '../../../src/features/checkins/planning/asked-in.ts';
import { pilotCheckIn } from '../../../src/features/checkins/planning/pilot-part.ts';
import { pilotGroup } from '../../../src/features/cohorts/managing/pilot-part.ts';
import { loadContent } from '../../../src/features/content.ts';
import type { EvaluationDeps } from '../../../src/features/evaluation/deps.ts';
import { readPlan, type StageSeen } from '../../../src/features/evaluation/plan/read.ts';
import { scheduleMissing } from '../../../src/features/evaluation/plan/schedule.ts';
import { planBlocks, planView } from '../../../src/features/evaluation/plan/views.ts';
import { closeReport } from '../../../src/features/evaluation/report/close.ts';
import { markOf, type ReadReport, readReport } from '../../../src/features/evaluation/report/read.ts';
import { closingView, quotesView, reportPage } from '../../../src/features/evaluation/report/views.ts';
import { openClosed } from '../../../src/features/evaluation/store.ts';
import { type Findings, reportSchema, type Section } from '../../../src/features/findings.ts';
import { intentionFindings } from '../../../src/features/intentions/findings.ts';
import { introductionFindings } from '../../../src/features/introductions/findings.ts';
import { makePilot } from '../../../src/features/pilots/make.ts';
import { trainingFindings } from '../../../src/features/training/findings.ts';
import { datedSessions, sessionsSpan } from '../../../src/features/training/index.ts';
import { pilotSession } from '../../../src/features/training/sessions/pilot-part.ts';
import { newId } from '../../../src/lib/random.ts';
import { countCharts, withoutCharts } from '../../../src/slack/charts.ts';
import { retention } from '../../support/retention.ts';
import { actingMarkup, markupIn, nuisances } from '../../support/stories.ts';
import {
  type Group,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenGroup,
  givenPerson,
} from '../checkins/support.ts';

const content = loadContent('data');
const zone = 'Europe/London';

const found: Section = {
  id: 'answers',
  title: 'What people answered',
  parts: [{ kind: 'list', items: ['Mixed.'] }],
};

/** A group of so many and its report. Tuesday 3 March 2026, 10:00. */
async function given(size: number, change: Partial<EvaluationDeps> = {}) {
  const group = await givenGroup(size, await givenBench(datedSessions));
  return { ...group, deps: depsOf(group, change) };
}

function depsOf({ bench }: Pick<Group, 'bench'>, change: Partial<EvaluationDeps> = {}): EvaluationDeps {
  return {
    ...bench,
    stages: content.evaluation,
    professions: content.professions,
    findings: () => [async () => [found]],
    askedIn: (db, cohortId) => listAskedIn(db, cohortId, zone),
    mayStand: async () => true,
    asksForWords: async () => false,
    spanOf: (db, cohortId) => sessionsSpan(db, cohortId, zone),
    checkinPart: pilotCheckIn(bench),
    agenciesOf: async () => new Map(),
    rolesOf: async () => new Map(),
    ...change,
  };
}

type Shown = Extract<ReadReport, { kind: 'report' }>;
async function shown(deps: EvaluationDeps, actor: Group['jo'], about: string): Promise<Shown> {
  const read = await readReport(deps, actor, about);
  if (read.kind !== 'report') throw new Error(read.kind);
  return read;
}

const setDates = ({ bench, cohortId }: Group, starts_on: string | null, ends_on: string | null) =>
  bench.db.updateTable('cohorts').set({ starts_on, ends_on }).where('id', '=', cohortId).execute();

async function planOf(deps: EvaluationDeps, cohortId: string, today = '2026-03-03'): Promise<StageSeen[]> {
  const cohort = await findCohort(deps.db, cohortId);
  return cohort ? readPlan(deps, deps.db, cohort, today) : [];
}
const says = (plan: readonly StageSeen[]) =>
  plan.map(
    (one) =>
      `${one.stage.id}: ${one.is}${'on' in one ? ` ${one.on}` : ''}${one.is === 'there' ? ` ${one.asked.templateId} ${one.asked.on}` : ''}`,
  );

describe('the plan', () => {
  test('by the dates of the group: what is missing, later than wanted, too late, without a day', async () => {
    const group = await given(3);
    const { deps, cohortId, jo } = group;
    expect(says(await planOf(deps, cohortId)).map((line) => line.split(': ')[1])).toEqual(
      Array(5).fill('no-dates'),
    );
    await setDates(group, '2026-03-06', '2026-04-06');
    expect(says(await planOf(deps, cohortId))).toEqual([
      // A week before is over; three days before will do.
      'before: missing 2026-03-04',
      'after: missing 2026-04-08',
      'two-months: missing 2026-06-01',
      'three-months: missing 2026-07-06',
      'six-months: missing 2026-10-05',
    ]);
    await setDates(group, '2026-03-04', null);
    expect(says(await planOf(deps, cohortId)).slice(0, 2)).toEqual([
      'before: too-late 2026-02-25',
      'after: no-dates',
    ]);
    // Its day before is a Sunday, and the next that is open the first day itself.
    await setDates(group, '2026-03-09', null);
    expect(says(await planOf(deps, cohortId, '2026-03-07'))[0]).toBe('before: too-late 2026-03-02');
    await setDates(group, '2026-03-09', '2026-04-06');
    const view = planView(await planOf(deps, cohortId), (await findCohort(deps.db, cohortId)) as never);
    expect(checkBlocks(view.blocks, 'modal')).toMatchObject({ ok: true });
    const outcomes = await Promise.all([
      scheduleMissing(deps, jo, cohortId, ['six-months']),
      scheduleMissing(deps, jo, cohortId, ['six-months']),
    ]);
    expect(outcomes).toContainEqual({
      kind: 'scheduled',
      made: ['before', 'after', 'two-months', 'six-months'],
    });
    expect(outcomes).toContainEqual({ kind: 'scheduled', made: [] });
    // Each stands for what it was scheduled for, whatever day the group is given later.
    await setDates(group, '2026-03-09', '2026-08-03');
    expect(says(await planOf(deps, cohortId))).toEqual([
      'before: there confidence-baseline 2026-03-04',
      'after: there confidence-follow-up 2026-04-08',
      'two-months: there confidence-follow-up 2026-06-01',
      'three-months: missing 2026-11-02',
      'six-months: there confidence-follow-up 2026-10-05',
    ]);
    // Before anything is sent it is taken away as if it had never been.
    const [before] = await planOf(deps, cohortId);
    if (before?.is !== 'there') throw new Error('It is there.');
    const { id } = before.asked;
    expect(await deps.db.transaction().execute((trx) => deps.checkinPart.remove(trx, jo, id))).toBe(true);
    expect(says(await planOf(deps, cohortId))[0]).toBe('before: missing 2026-03-04');
  });

  test('only those who run the group schedule it, and not once it is archived', async () => {
    const group = await given(2);
    const { deps, cohortId, jo, actors } = group;
    await setDates(group, '2026-03-09', '2026-04-06');
    expect(await scheduleMissing(deps, actors[0] as never, cohortId, [])).toEqual({ kind: 'not-allowed' });
    await deps.db.updateTable('cohorts').set({ archived_at: '2026-03-03T10:00:00.000Z' }).execute();
    expect(await scheduleMissing(deps, jo, cohortId, [])).toMatchObject({ kind: 'problem' });
    expect(await deps.db.selectFrom('checkins').select('id').execute()).toEqual([]);
  });

  test('says that nothing is missing only where that is so, and offers nothing to an archived group', async () => {
    const group = await given(2);
    const { deps, cohortId, jo } = group;
    const shows = async (today?: string) =>
      JSON.stringify(
        planBlocks(await planOf(deps, cohortId, today), (await findCohort(deps.db, cohortId)) as never),
      );
    const archive = (archived_at: string | null) =>
      deps.db.updateTable('cohorts').set({ archived_at }).execute();
    const offers =
      /would come|Schedule what is missing|Ask again later|with one press|has no day|planned for/;
    await archive('2026-03-03T10:00:00.000Z');
    expect(await shows()).not.toMatch(offers);
    await archive(null);
    await setDates(group, '2026-03-09', '2026-04-06');
    expect(await shows()).toMatch(offers);
    expect(await shows()).not.toContain('nothing that belongs to it is missing');
    await scheduleMissing(deps, jo, cohortId, []);
    const whole = await shows('2026-07-20');
    expect(whole).toContain('nothing that belongs to it is missing');
    expect(whole).toContain('*Three months after* · not asked; only if wanted');
    expect(whole).not.toContain('complete');
    // What was planned does not go out.
    await archive('2026-03-10T10:00:00.000Z');
    expect(await shows()).not.toMatch(offers);
    expect(await shows()).not.toContain('nothing that belongs to it is missing');
  });

  test('a pilot made in one act has it; three and six months are counted from its last session', async () => {
    const { deps, bench, jo } = await given(1);
    await givenFacilitator(bench, jo.person, null);
    const lead = await loadActor(bench.db, jo.person.id);
    for (const templateId of content.pilots.map(({ id }) => id)) {
      const made = await makePilot(
        {
          ...bench,
          templates: content.pilots,
          checklists: [],
          retention,
          parts: {
            group: pilotGroup({ clock: bench.clock, vocabulary: content.vocabulary }),
            session: pilotSession({ ...bench, training: content.training }),
            checkin: deps.checkinPart,
          },
        },
        lead,
        {
          id: newId(bench.clock),
          templateId,
          startsOn: '2026-04-07',
          time: '10:00',
          cohortId: undefined,
          name: `Group of ${templateId}`,
        },
      );
      if (made.kind !== 'made') throw new Error(made.words);
      const { cohort, parts } = made.seen;
      const plan = await planOf(deps, cohort.id);
      expect([templateId, ...plan.filter(({ stage }) => !stage.optional).map(({ is }) => is)]).toEqual([
        templateId,
        'there',
        'there',
        'there',
      ]);
      const last = parts.filter(({ key }) => key.startsWith('session-')).at(-1)?.date ?? '';
      const [three, six] = plan.slice(3);
      expect([three, six].map((one) => one && 'on' in one && one.on)).toEqual(
        [91, 182].map((days) => Temporal.PlainDate.from(last).add({ days }).toString()),
      );
    }
  });
});

describe('who may', () => {
  test('read, close and see that there is one: whoever runs this group, and nobody else', async () => {
    const { deps, bench, cohortId, jo, actors } = await given(5);
    const other = await givenCohort(bench, [], 'Other');
    const people = await Promise.all(
      (['UOTHER', 'UADMIN', 'UCUR'] as const).map((id) =>
        givenPerson(bench, id, { isAdmin: id === 'UADMIN' }),
      ),
    );
    await givenFacilitator(bench, people[0] as never, other);
    const { report } = await shown(deps, jo, cohortId);
    for (const person of [...people, actors[0]?.person]) {
      const actor = await loadActor(bench.db, person?.id ?? '');
      expect((await readReport(deps, actor, cohortId)).kind).toBe('not-allowed');
      expect((await closeReport(deps, actor, cohortId, markOf(report))).kind).toBe('not-allowed');
    }
    await bench.db.updateTable('roles').set({ revoked_at: '2026-03-03T10:00:00.000Z' }).execute();
    const without = await loadActor(bench.db, jo.person.id);
    expect((await closeReport(deps, without, cohortId, markOf(report))).kind).toBe('not-allowed');
    for (const about of ['', ':', 'nobody', `${cohortId}x:1`])
      expect((await readReport(deps, jo, about)).kind).toBe('not-allowed');
  });
});

describe('a report', () => {
  test('is of what features found, in its order, and says of itself only what is true of it', async () => {
    const training: Findings = async () => [{ ...found, id: 'training', title: 'Training' }];
    const more: Findings = async () => [
      { ...found, id: 'response', title: 'Response' },
      { ...found, title: 'More' },
    ];
    const { deps, cohortId, jo } = await given(4, {
      findings: () => [training, async () => [found], async () => [], more],
    });
    const { report } = await shown(deps, jo, cohortId);
    expect(reportSchema.parse(report)).toEqual(report);
    expect(report.sections.map(({ id, parts }) => [id, parts.length])).toEqual([
      ['who-took-part', 1],
      ['response', 1],
      ['answers', 2],
      ['training', 1],
    ]);
    expect(JSON.stringify(report.sections[0])).toContain('Fewer than five people are in the group');
    expect(report.method.join()).toMatch(/hosts took attendance/);
    expect(report.method.join()).not.toMatch(/random key|quoted|Introductions/);
    // That nobody was asked yet is said by a feature, and is nothing to report.
    const nobody: Findings = async () => [{ ...found, parts: [{ kind: 'text', text: 'Nobody was asked.' }] }];
    for (const findings of [[], [nobody]])
      expect((await readReport({ ...deps, findings: () => findings }, jo, cohortId)).kind).toBe(
        'nothing-yet',
      );
  });

  test('two who close it at once close it once; it is kept as it was, sealed, and the next begins the day after', async () => {
    const { deps, bench, cohortId, jo } = await given(7);
    const fran = await givenPerson(bench, 'UFRAN', { name: 'Fran Madeup' });
    await givenFacilitator(bench, fran, cohortId);
    const lead = await loadActor(bench.db, fran.id);
    const { report } = await shown(deps, jo, cohortId);
    expect((await closeReport(deps, jo, cohortId, 'another')).kind).toBe('changed');
    const outcomes = await Promise.all([
      closeReport(deps, jo, cohortId, markOf(report)),
      closeReport(deps, lead, cohortId, markOf(report)),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['closed', 'closed']);
    expect(outcomes.filter((one) => one.kind === 'closed' && one.isNew)).toHaveLength(1);
    expect(
      await bench.db.selectFrom('audit_log').select('id').where('action', '=', 'evaluation.close').execute(),
    ).toHaveLength(1);
    const kept = await bench.db.selectFrom('closed_reports').selectAll().executeTakeFirstOrThrow();
    expect(kept.sealed).not.toContain('Mixed');
    expect(JSON.stringify(await openClosed(bench.db, bench.vault, `${cohortId}:1`))).toBe(
      JSON.stringify({ ...report, isClosed: true }),
    );
    // Whatever is found out later.
    const later = { ...deps, findings: () => [async () => [{ ...found, title: 'Otherwise' }]] };
    await bench.db.updateTable('cohorts').set({ name: 'Renamed' }).execute();
    expect((await shown(later, jo, cohortId)).report).toEqual({ ...report, isClosed: true });
    expect((await readReport(later, jo, `${cohortId}:2`)).kind).toBe('nothing-yet');
    bench.clock.moveTo('2026-04-07T09:00:00Z');
    const next = await shown(later, jo, `${cohortId}:2`);
    expect(next.report).toMatchObject({ from: '2026-03-04', until: '2026-04-07', isClosed: false });
    expect((await shown(later, jo, `${cohortId}:9`)).nth).toBe(2);
    // Who took part is told by the same count.
    expect(next.report.sections[0]).toEqual(report.sections[0]);
    await closeReport(later, lead, `${cohortId}:2`, markOf(next.report));
    expect((await shown(later, jo, cohortId)).nth).toBe(2);
    expect((await shown(later, jo, `${cohortId}:1`)).report.until).toBe('2026-03-03');
  });

  test('a chart of averages says in its title on which scale they are, since its bars have no end; of counts it does not', async () => {
    const points = [
      { label: 'Asking', value: 4 },
      { label: 'Listening', value: 3.5 },
    ];
    const drawn = { kind: 'chart' as const, type: 'bars' as const, finding: 'Highest: asking.', points };
    const parts: Section['parts'] = [
      { ...drawn, title: 'How confident '.repeat(10), unit: 'Average, from 0 to 10', from: 0, to: 10 },
      { ...drawn, title: 'How many', unit: 'People', from: 0 },
    ];
    const { deps, cohortId, jo } = await given(5, { findings: () => [async () => [{ ...found, parts }]] });
    const read = await shown(deps, jo, cohortId);
    const plan = await planOf(deps, cohortId);
    const screens = [1, 2].map((screen) => reportPage(read, { screen, plan, zone }));
    expect(screens.flat().filter((block) => (block.type as string) === 'data_visualization')).toMatchObject([
      {
        title: expect.stringMatching(/^How confident .*… ?\(scale: 0 to 10\)$/),
        chart: { series: [{ name: 'Average' }], axis_config: { y_label: 'Average, from 0 to 10' } },
      },
      { title: 'How many', chart: { series: [{ name: 'People' }] } },
    ]);
    for (const blocks of screens) expect(checkBlocks(blocks, 'home')).toMatchObject({ ok: true });
  });

  test('with much in it, and whatever people write: each screen is one that Slack takes, and acts on nothing', async () => {
    const text = nuisances.join(' ');
    const parts: Section['parts'] = [
      { kind: 'heading', text },
      { kind: 'text', text: text.repeat(20) },
      { kind: 'list', items: nuisances },
      { kind: 'quotes', about: 'What helped', quotes: nuisances },
      {
        kind: 'table',
        id: 'wide',
        caption: text,
        columns: Array.from({ length: 6 }, (_, at) => ({ id: `c${at}`, label: text, about: text })),
        rows: Array.from({ length: 14 }, () => [text, 1, 'fewer than five', 3, 4, 5]),
        note: text,
      },
      ...Array.from({ length: 25 }, (_, at) => ({
        kind: 'chart' as const,
        type: at % 2 ? ('pairs' as const) : ('bars' as const),
        title: text,
        finding: `Finding ${at}`,
        unit: 'People',
        from: 0,
        to: 10,
        points: [
          { label: text, value: 7.5, ...(at % 2 && { before: 5 }) },
          { label: text, value: 6, ...(at % 2 && { before: 5.5 }) },
        ],
      })),
    ];
    const { deps, cohortId, jo } = await given(40, {
      findings: () => [async () => [{ ...found, id: 'quotes', parts }]],
    });
    const read = await shown(deps, jo, cohortId);
    const plan = await planOf(deps, cohortId);
    const seen: string[] = [];
    for (let screen = 0; screen < 20; screen += 1) {
      const blocks = reportPage(read, { screen, plan, zone });
      expect(checkBlocks(blocks, 'home')).toMatchObject({ ok: true });
      expect(countCharts(blocks)).toBeLessThanOrEqual(2);
      expect(markupIn(blocks)).not.toMatch(actingMarkup);
      const plain = withoutCharts(blocks);
      expect(checkBlocks(plain, 'home')).toMatchObject({ ok: true });
      expect(markupIn(plain)).not.toMatch(actingMarkup);
      seen.push(JSON.stringify(plain));
    }
    for (let at = 0; at < 25; at += 1) expect(seen.join()).toContain(`Finding ${at}`);
    expect(seen.join()).toContain('fewer than five');
    // Words stand in a window that is drawn when it is opened.
    expect(seen.join()).not.toContain('"rich_text"');
    for (const view of [
      quotesView(nuisances, text),
      closingView(read, { open: [text], asksForWords: true }, true),
    ]) {
      expect(checkBlocks(view.blocks, 'modal')).toMatchObject({ ok: true });
      expect(markupIn(view.blocks)).not.toMatch(actingMarkup);
    }
  });
});

describe('who took part', () => {
  test('professions and organisations as they are known, few together, one organisation alone too', async () => {
    const roles = [
      ...Array(6).fill('Midwife'),
      ...Array(5).fill('Health visitor'),
      ...Array(2).fill('GP'),
      'Wizard',
    ];
    const { deps, bench, cohortId, jo } = await given(14, {
      rolesOf: async (ids) => new Map(ids.map((id, at) => [id, roles[at] ?? ''])),
      agenciesOf: async (ids) =>
        new Map(ids.map((id) => [id, { id: 'only', label: 'Example <!here> Trust' }])),
    });
    const { report } = await shown(deps, jo, cohortId);
    const [who] = report.sections;
    const rows = who?.parts.flatMap((part) => (part.kind === 'table' ? [part.rows] : []));
    expect(rows?.[0]?.map(([, people]) => people)).toEqual([6, 8]);
    expect(rows?.[1]).toEqual([['Example <!here> Trust', 14]]);
    // One more is not seen, on no day.
    const more = await givenPerson(bench, 'UMORE');
    await bench.db
      .insertInto('cohort_members')
      .values({
        cohort_id: cohortId,
        person_id: more.id,
        joined_at: '2026-03-03T10:00:00.000Z',
        left_at: null,
      })
      .execute();
    expect((await shown(deps, jo, cohortId)).report.sections[0]).toEqual(who);
  });
});

describe('what features find', () => {
  const period = { from: '2026-01-01', until: '2026-12-31' };

  test('intentions from five on, each number counted once, its parts only where none is of a few', async () => {
    const { bench, members, cohortId } = await given(40);
    const occasion = (id: string) => ({
      id,
      title: `After ${id}`,
      endedAt: new Date('2026-03-03T10:00:00Z'),
      people: members.map(({ id: person }) => person),
    });
    const note = async (round: string, outcomes: (string | null)[]) => {
      for (const [at, outcome] of outcomes.entries())
        await bench.db
          .insertInto('intentions')
          .values({
            id: `${round}-${at}`,
            person_id: members[at]?.id ?? '',
            occasion: round,
            sealed: 'x',
            noted_on: '2026-03-03',
            next_at: null,
            outcome,
          })
          .execute();
    };
    await note('few', Array(4).fill('done'));
    await note('some', [...Array(6).fill('done'), ...Array(2).fill('partly'), ...Array(5).fill(null)]);
    await note('many', [...Array(6).fill('done'), ...Array(7).fill('partly'), ...Array(5).fill('no-longer')]);
    const read = async (now: string) => {
      const occasions = ['few', 'some', 'many'].map(occasion);
      const sections = await intentionFindings(async () => occasions)(
        bench.db,
        { cohortId, ...period },
        new Date(now),
      );
      return sections
        .flatMap(({ parts }) => parts)
        .flatMap((part) => (part.kind === 'table' ? part.rows : []));
    };
    const hidden = Array(3).fill('not shown');
    expect(await read('2026-03-10T10:00:00Z')).toEqual([
      ['After some', 13, 'not asked yet'],
      ['After many', 18, 'not asked yet'],
    ]);
    const after = await read('2026-06-10T10:00:00Z');
    expect(after).toEqual([
      ['After some', 13, 8, ...hidden],
      ['After many', 18, 13, 6, 7, 5],
    ]);
    await bench.db.deleteFrom('intentions').execute();
    expect(await read('2026-06-11T10:00:00Z')).toEqual(after);
    expect(
      await intentionFindings(async () => [occasion('few')])(bench.db, { cohortId, ...period }, new Date()),
    ).toEqual([]);
  });

  test('sessions with how many came, once attendance stands; introductions in steps of five; nothing where nothing was', async () => {
    const { bench, cohortId, members, jo } = await given(9);
    const at = { cohortId, ...period };
    const now = () => bench.clock.now();
    expect(await trainingFindings(bench)(bench.db, at, now())).toEqual([]);
    expect(await introductionFindings(bench.db, at, now())).toEqual([]);
    const part = pilotSession({ ...bench, training: content.training });
    for (const [id, date] of [
      ['s1', '2026-03-10'],
      ['s2', '2026-03-11'],
      ['s3', '2026-03-12'],
      ['s4', '2027-03-12'],
    ] as const)
      expect(
        await part.create(bench.db, jo, { id, cohortId, seriesId: 'own', title: id, date, time: '10:00' }),
      ).toBeUndefined();
    bench.clock.moveTo('2026-03-12T18:00:00Z');
    const taken_at = '2026-03-12T17:00:00.000Z';
    for (const [session_id, others] of [
      ['s1', 0],
      ['s2', 3],
    ] as const)
      await bench.db
        .insertInto('training_registers')
        .values({ session_id, version: 1, taken_at, taken_by: null, others })
        .execute();
    for (const member of members)
      await bench.db
        .insertInto('training_attendance')
        .values({ session_id: 's1', person_id: member.id, said_at: null, confirmed_at: taken_at })
        .execute();
    const rows = async () =>
      (await trainingFindings(bench)(bench.db, at, now()))
        .flatMap(({ parts }) => parts)
        .flatMap((one) => (one.kind === 'table' ? one.rows : []))
        .map(([title, people]) => `${title}: ${people}`);
    expect(await rows()).toEqual([
      's1: counted on 24 March 2026',
      's2: counted on 25 March 2026',
      's3: attendance was not taken',
    ]);
    bench.clock.moveTo('2026-04-12T18:00:00Z');
    expect(await rows()).toEqual(['s1: 9', 's2: fewer than five', 's3: attendance was not taken']);
    await bench.db.deleteFrom('training_attendance').execute();
    expect((await rows())[0]).toBe('s1: 9');

    const tally = (answered: number) => ({ answered, readers: 0 });
    await bench.db
      .insertInto('introduction_counts')
      .values({
        pool: cohortId,
        quarter: '2026-Q1',
        counted_on: '2026-03-12',
        counted: JSON.stringify({ introduced: tally(8), agencies: tally(6), professions: tally(2) }),
      })
      .execute();
    const [introductions] = await introductionFindings(bench.db, at, now());
    expect(JSON.stringify(introductions)).toMatch(
      /January to March 2026.*five or more had been introduced to somebody/,
    );
    expect(await introductionFindings(bench.db, { ...at, from: '2026-04-01' }, now())).toEqual([]);
  });
});
