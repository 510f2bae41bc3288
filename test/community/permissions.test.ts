import { describe, expect, test } from 'vitest';
import { type Person, recordSlackUser } from '../../src/community/people.ts';
import {
  type Action,
  type Actor,
  actorOf,
  cohortsFor,
  isAdministrator,
  isFacilitator,
  may,
  type Target,
} from '../../src/community/permissions.ts';
import { endRole, insertRole } from '../../src/community/roles.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { givenStore } from '../support/store.ts';

const me = 'me';
const here = 'cohort-here';
const there = 'cohort-there';

function person(change: Partial<Person> = {}): Person {
  return {
    id: me,
    slackId: 'U1',
    displayName: 'Robin',
    firstName: 'Robin',
    timeZone: 'Europe/London',
    kind: 'member',
    isWorkspaceAdmin: false,
    isDeactivated: false,
    dmChannel: undefined,
    ...change,
  };
}

/** Everything somebody could ever be given: to show that it does nothing for those who may hold no role. */
const everyRole: Actor['roles'] = [
  { role: 'facilitator', cohortId: undefined },
  { role: 'facilitator', cohortId: here },
  { role: 'curator', cohortId: undefined },
  { role: 'administrator', cohortId: undefined },
];

const actors = {
  member: { person: person(), roles: [] },
  'not asked about yet': { person: person({ kind: 'unknown' }), roles: [] },
  'facilitator of this group': { person: person(), roles: [{ role: 'facilitator', cohortId: here }] },
  'facilitator of another group': { person: person(), roles: [{ role: 'facilitator', cohortId: there }] },
  'facilitator of all': { person: person(), roles: [{ role: 'facilitator', cohortId: undefined }] },
  curator: { person: person(), roles: [{ role: 'curator', cohortId: undefined }] },
  administrator: { person: person(), roles: [{ role: 'administrator', cohortId: undefined }] },
  'Slack admin': { person: person({ isWorkspaceAdmin: true }), roles: [] },
  guest: { person: person({ kind: 'guest' }), roles: [] },
  'guest with every role': { person: person({ kind: 'guest', isWorkspaceAdmin: true }), roles: everyRole },
  'person of another workspace': {
    person: person({ kind: 'external', isWorkspaceAdmin: true }),
    roles: everyRole,
  },
  bot: { person: person({ kind: 'bot', isWorkspaceAdmin: true }), roles: everyRole },
  deactivated: { person: person({ isDeactivated: true, isWorkspaceAdmin: true }), roles: everyRole },
} satisfies Record<string, Actor>;
type Who = keyof typeof actors;

/** Who may do what. Whoever is not named in a row may not. */
type Row = { action: Action; about: string; target: Target; may: readonly Who[] };

const people: readonly Who[] = [
  'member',
  'not asked about yet',
  'facilitator of this group',
  'facilitator of another group',
  'facilitator of all',
  'curator',
  'administrator',
  'Slack admin',
  'guest',
  'guest with every role',
];
const administrators: readonly Who[] = ['administrator', 'Slack admin'];
const someGroup: readonly Who[] = [
  'facilitator of this group',
  'facilitator of another group',
  'facilitator of all',
  ...administrators,
];
const thisGroup: readonly Who[] = ['facilitator of this group', 'facilitator of all', ...administrators];
const allGroups: readonly Who[] = ['facilitator of all', ...administrators];

const perCohort = ['cohorts.manage', 'trainees.import'] as const;
/** Members read that their facilitators see these: whoever is only an administrator does not. */
const ofFacilitators = ['cohorts.progress', 'checkins.schedule', 'checkins.results', 'sessions.run'] as const;
const without = (who: readonly Who[]): Who[] => who.filter((one) => !administrators.includes(one));
const targets = {
  nothing: {},
  here: { cohortId: here },
  mine: { ownerId: me },
  theirs: { ownerId: 'somebody' },
};

const everywhere = (action: Action, who: readonly Who[]): Row[] =>
  Object.entries(targets).map(([about, target]) => ({ action, about, target, may: who }));

const rows: Row[] = [
  ...everywhere('community.use', people),
  ...(['own.read', 'own.write'] as const).flatMap((action): Row[] => [
    { action, about: 'mine', target: targets.mine, may: people },
    { action, about: 'theirs', target: targets.theirs, may: [] },
    { action, about: 'theirs, in a group they run', target: { ...targets.theirs, cohortId: here }, may: [] },
    { action, about: 'nobody’s', target: {}, may: [] },
  ]),
  ...perCohort.flatMap((action): Row[] => [
    { action, about: 'any group at all', target: {}, may: someGroup },
    { action, about: 'this group', target: { cohortId: here }, may: thisGroup },
    { action, about: 'a group nobody here runs', target: { cohortId: 'elsewhere' }, may: allGroups },
  ]),
  ...ofFacilitators.flatMap((action): Row[] => [
    { action, about: 'any group at all', target: {}, may: without(someGroup) },
    { action, about: 'this group', target: { cohortId: here }, may: without(thisGroup) },
    { action, about: 'a group nobody here runs', target: { cohortId: 'elsewhere' }, may: without(allGroups) },
  ]),
  ...everywhere('cohorts.create', allGroups),
  ...everywhere('programme.results', allGroups),
  ...everywhere('sessions.run-for-all', without(allGroups)),
  ...everywhere('onboarding.preview', someGroup),
  ...everywhere('resources.curate', ['curator', ...someGroup]),
  ...everywhere('roles.grant', administrators),
];

/** Fails to compile when an action is added without a row. */
const covered = {
  'community.use': true,
  'own.read': true,
  'own.write': true,
  'cohorts.create': true,
  'cohorts.manage': true,
  'cohorts.progress': true,
  'trainees.import': true,
  'checkins.schedule': true,
  'checkins.results': true,
  'programme.results': true,
  'sessions.run': true,
  'sessions.run-for-all': true,
  'onboarding.preview': true,
  'resources.curate': true,
  'roles.grant': true,
} satisfies Record<Action, true>;

describe('who may do what', () => {
  test('every action has its rows', () => {
    expect(new Set(rows.map(({ action }) => action))).toEqual(new Set(Object.keys(covered)));
  });

  test.each(rows)('$action on $about', ({ action, target, may: allowed }) => {
    const answers = Object.entries(actors).map(([who, actor]) => [who, may(actor, action, target)]);
    const expected = Object.keys(actors).map((who) => [who, allowed.includes(who as Who)]);
    expect(Object.fromEntries(answers)).toEqual(Object.fromEntries(expected));
  });

  test('an administrator who is made facilitator of a group sees how that one goes, and no other', () => {
    for (const action of ofFacilitators) {
      const both: Actor = {
        person: person({ isWorkspaceAdmin: true }),
        roles: [{ role: 'facilitator', cohortId: here }],
      };
      expect(may(both, action, { cohortId: here })).toBe(true);
      expect(may(both, action, { cohortId: there })).toBe(false);
    }
  });

  test('administrators and facilitators are named by the same rule', () => {
    const named = (is: (actor: Actor) => boolean) =>
      Object.entries(actors).flatMap(([who, actor]) => (is(actor) ? [who] : []));
    expect(named(isAdministrator)).toEqual(administrators);
    expect(new Set(named(isFacilitator))).toEqual(new Set(someGroup));
  });
});

describe('roles as they are kept', () => {
  async function givenSomeone() {
    const store = await givenStore();
    const clock = new ManualClock('2026-03-03T10:00:00Z');
    const { person: someone } = await recordSlackUser(store.db, clock, { id: 'U1', team_id: 'T1' }, 'T1');
    return { db: store.db, clock, someone };
  }

  test('a role that was taken back gives nothing, and can be given again', async () => {
    const { db, clock, someone } = await givenSomeone();
    const held = await insertRole(db, clock, { personId: someone.id, role: 'curator', by: 'x' });
    expect(may(await actorOf(db, someone), 'resources.curate')).toBe(true);
    expect(await endRole(db, clock, held?.id ?? '')).toBe(true);
    expect(await endRole(db, clock, held?.id ?? '')).toBe(false);
    expect(may(await actorOf(db, someone), 'resources.curate')).toBe(false);
    expect(await insertRole(db, clock, { personId: someone.id, role: 'curator', by: 'x' })).toBeDefined();
  });

  test('the same role is held once from people and once from the settings', async () => {
    const { db, clock, someone } = await givenSomeone();
    const grant = { personId: someone.id, role: 'facilitator', by: 'a' } as const;
    expect(await insertRole(db, clock, grant)).toBeDefined();
    expect(await insertRole(db, clock, { ...grant, by: 'b' })).toBeUndefined();
    expect(await insertRole(db, clock, { ...grant, by: 'settings' })).toBeDefined();
    expect(await insertRole(db, clock, { ...grant, by: 'settings' })).toBeUndefined();
  });
});

test('the groups somebody may do something in are those of all groups in which they may', () => {
  const all = [here, there, 'C3'];
  for (const actor of Object.values(actors))
    for (const action of [
      'cohorts.manage',
      'cohorts.progress',
      'checkins.schedule',
      'sessions.run',
    ] as const) {
      const found = cohortsFor(actor, action);
      expect(found === 'all' ? all : found).toEqual(
        all.filter((cohortId) => may(actor, action, { cohortId })),
      );
    }
});
