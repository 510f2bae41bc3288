import { describe, expect, test } from 'vitest';
import type { Cohort } from '../../../src/community/cohorts.ts';
import type { TraineeRow } from '../../../src/features/cohorts/importing/people.ts';
import { countPeople, type PlanRules, planImport } from '../../../src/features/cohorts/importing/plan.ts';
import { checkFields, sameName } from '../../../src/features/cohorts/managing/fields.ts';
import { sayFullDate } from '../../../src/slack/text.ts';
import { content } from '../resources/support.ts';

const cohort = (id: string, name: string): Cohort => ({
  id,
  name,
  ageGroup: undefined,
  startsOn: undefined,
  endsOn: undefined,
  channelId: undefined,
  followsChannel: false,
  closed: [],
  isArchived: false,
  createdBy: 'x',
});

const rules = (change: Partial<PlanRules> = {}): PlanRules => ({
  cohorts: [cohort('c1', 'Perinatal pilot'), cohort('c2', 'Early years')],
  mayImportTo: () => true,
  mayCreate: true,
  defaultCohortId: undefined,
  ...change,
});

const row = (line: number, change: Partial<TraineeRow>): TraineeRow => ({
  line,
  email: `p${line}@x.org`,
  name: undefined,
  cohort: undefined,
  agency: undefined,
  role: undefined,
  ...change,
});

describe('what an import would do', () => {
  test('a group is found whatever its capitals and spaces; the same person can be in two', () => {
    const plan = planImport(
      [
        row(2, { email: 'A@x.org', cohort: ' perinatal  PILOT ' }),
        row(3, { email: 'a@X.org', cohort: 'Early years' }),
        row(4, { email: 'a@x.org', cohort: 'Perinatal pilot' }),
      ],
      rules(),
    );
    expect(plan.trainees.map(({ email, cohortId }) => [email, cohortId])).toEqual([
      ['a@x.org', 'c1'],
      ['a@x.org', 'c2'],
    ]);
    expect(plan.repeats).toEqual([4]);
  });

  test('an address is one person on however many lines, and what lines say completes each other', () => {
    const plan = planImport(
      [
        row(2, { email: 'ella@nhs.example', name: 'Ella', cohort: 'Perinatal pilot' }),
        row(3, { email: ' ELLA@nhs.example ', name: 'Ella Again', role: 'Midwife' }),
        row(4, { email: 'ella@nhs.example', name: 'ella', role: 'midwife' }),
        row(5, { email: 'bo@nhs.example' }),
        row(6, { email: 'bo@nhs.example', name: 'Bo', cohort: 'Brand new' }),
        row(7, { email: 'bo@nhs.example', cohort: 'brand NEW' }),
        row(8, { email: 'bo@nhs.example', cohort: 'Early years', role: 'Nurse' }),
        row(9, { email: 'cy@nhs.example' }),
        row(9, { email: 'cy@nhs.example' }),
      ],
      rules(),
    );
    expect(plan.trainees).toMatchObject([
      { line: 2, email: 'ella@nhs.example', name: 'Ella', role: 'Midwife', cohortId: 'c1' },
      { line: 5, email: 'bo@nhs.example', name: 'Bo', role: 'Nurse', newCohort: 'Brand new' },
      { line: 8, email: 'bo@nhs.example', name: 'Bo', role: 'Nurse', cohortId: 'c2', newCohort: undefined },
      { line: 9, email: 'cy@nhs.example', cohortId: undefined, newCohort: undefined },
    ]);
    expect(plan.joined).toEqual([
      { line: 3, first: 2, taken: [{ what: 'name', value: 'Ella' }] },
      { line: 6, first: 5, taken: [] },
      { line: 8, first: 5, taken: [] },
    ]);
    expect(plan.repeats).toEqual([4, 7, 9]);
    expect(plan.newGroups).toMatchObject([{ name: 'Brand new', people: 1 }]);
    expect(countPeople(plan.trainees)).toEqual({ total: 3, inNone: 1 });
  });

  test('a group that does not exist is offered to whoever may make one, with what it looks like', () => {
    const rows = [row(2, { cohort: 'Perinatal pilots' }), row(3, { cohort: 'perinatal Pilots' })];
    const plan = planImport(rows, rules());
    expect(plan.newGroups).toEqual([{ name: 'Perinatal pilots', people: 2, near: 'Perinatal pilot' }]);
    expect(plan.trainees).toHaveLength(2);

    const mine = rules({ mayCreate: false, mayImportTo: (id) => id === 'c1', defaultCohortId: 'c1' });
    expect(
      planImport([row(2, { cohort: 'Something else' }), row(3, { cohort: 'Early years' }), row(4, {})], mine),
    ).toMatchObject({
      trainees: [{ line: 4, cohortId: 'c1' }],
      problems: [
        { line: 2, kind: 'unknown-group', near: undefined },
        { line: 3, kind: 'not-your-group', name: 'Early years' },
      ],
    });
  });

  test('without any group, only those who run all may expect somebody', () => {
    expect(planImport([row(2, {})], rules()).trainees).toMatchObject([{ cohortId: undefined }]);
    expect(planImport([row(2, {})], rules({ mayCreate: false })).problems).toEqual([
      { line: 2, kind: 'no-group' },
    ]);
  });

  test('addresses that are missing or broken are said by line', () => {
    const rows = [row(2, { email: '' }), row(2, { email: '', name: 'Bob' }), row(3, { email: 'ana@' })];
    expect(planImport(rows, rules(), [{ line: 1, address: 'admin@x.org' }]).problems).toEqual([
      { line: 2, kind: 'no-address' },
      { line: 2, kind: 'no-address', name: 'Bob' },
      { line: 3, kind: 'bad-address', written: 'ana@' },
      { line: 1, kind: 'outside', address: 'admin@x.org' },
    ]);
  });
});

describe('what is said about a group', () => {
  const check = (typed: Parameters<typeof checkFields>[0]) => checkFields(typed, content.vocabulary);

  test('a name is made tidy, and dates can be one day', () => {
    const { fields, problems } = check({
      name: '  Perinatal\u200b   “pilot”\u202e ',
      ageGroup: 'perinatal',
      startsOn: '2026-03-03',
      endsOn: '2026-03-03',
    });
    expect(problems).toEqual([]);
    expect(fields.name).toBe('Perinatal "pilot"');
  });

  test.each([
    [{ name: ' \u200b ' }, ['name']],
    [{ name: '***' }, ['name']],
    [{ name: 'x'.repeat(81) }, ['name']],
    [{ name: 'A', ageGroup: 'made-up' }, ['ageGroup']],
    [{ name: 'A', startsOn: '2026-02-30' }, ['startsOn']],
    [{ name: 'A', startsOn: '2026-03-03', endsOn: '2026-03-02' }, ['endsOn']],
    [{ name: '', endsOn: 'soon' }, ['name', 'endsOn']],
  ])('%j is asked about beside %j', (typed, fields) =>
    expect(check(typed).problems.map(({ field }) => field)).toEqual(fields),
  );

  test('names that read the same are the same', () => {
    expect(sameName('Perinatal Pilot', ' perinatal  pilot')).toBe(true);
    expect(sameName('Perinatal', 'Perinatal 2')).toBe(false);
    expect(sayFullDate('2026-03-03')).toBe('3 March 2026');
  });
});
