import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import { meetPerson, recordDeactivated, recordSlackUser } from '../../../src/community/people.ts';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { journalHeld } from '../../../src/features/reflections/holdings.ts';
import { deleteReflection, restoreReflection } from '../../../src/features/reflections/journal/journal.ts';
import { endShare, leaveSharing } from '../../../src/features/reflections/sharing/end.ts';
import { sharingJobs } from '../../../src/features/reflections/sharing/notices.ts';
import { listSharedWithMe, openShared } from '../../../src/features/reflections/sharing/open.ts';
import {
  type Goal,
  listShareLogs,
  markOf,
  mostInADay,
  previewShare,
  share,
} from '../../../src/features/reflections/sharing/share.ts';
import { findShare, renewCopy, type Scope } from '../../../src/features/reflections/sharing/store.ts';
import { findReflection } from '../../../src/features/reflections/store.ts';
import { startChange } from '../../../src/features/reflections/writing/drafts.ts';
import { decideAndSave, saveReflection } from '../../../src/features/reflections/writing/save.ts';
import { newId } from '../../../src/lib/random.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { filled, given } from './given.ts';

const roles = [
  'author',
  'sam',
  'other member',
  'joined later',
  'left the group',
  'facilitator',
  'facilitator who was not one then',
  'lost the role',
  'other facilitator',
  'facilitator of all',
  'administrator',
  'owner',
  'outsider',
  'not agreed',
  'wants no messages',
  'deactivated',
] as const;
type Role = (typeof roles)[number];

/** A group with its people, some of whom change what they are once something was shared. */
async function givenGroup() {
  const community = await given();
  const { deps, clock, robin, sam, admin } = community;
  const { db } = deps;
  const actors = new Map<Role, string>([
    ['author', robin.person.id],
    ['sam', sam.person.id],
    ['owner', admin.person.id],
  ]);
  for (const role of roles)
    if (!actors.has(role)) {
      const slackId = `U${role.toUpperCase().replaceAll(/[^A-Z]/g, '')}`;
      const { id } = await meetPerson(db, clock, slackId);
      const user = { id: slackId, team_id: 'T1', profile: { display_name: role }, tz: 'Europe/London' };
      await recordSlackUser(db, clock, user, 'T1');
      actors.set(role, id);
    }
  const idOf = (role: Role) => actors.get(role) ?? '';
  for (const role of roles)
    if (role !== 'not agreed')
      await giveConsent(db, clock, { personId: idOf(role), kind: 'agreement', version: '1' });
  const at = clock.now().toISOString();
  const group = async (name: string) => {
    const id = newId(clock);
    await db
      .insertInto('cohorts')
      .values({
        id,
        name,
        age_group: null,
        starts_on: null,
        ends_on: null,
        channel_id: null,
        created_by: idOf('owner'),
        created_at: at,
        archived_at: null,
      })
      .execute();
    return id;
  };
  const [cohortId, elsewhere] = [await group('Spring group'), await group('Other group')];
  const join = (role: Role, to = cohortId) =>
    db
      .insertInto('cohort_members')
      .values({ cohort_id: to, person_id: idOf(role), joined_at: at, left_at: null })
      .execute();
  for (const role of [
    'author',
    'sam',
    'other member',
    'left the group',
    'not agreed',
    'wants no messages',
    'deactivated',
  ] as const)
    await join(role);
  await changePreferences(db, idOf('wants no messages'), { wantsMessages: false }, clock.now());
  await join('outsider', elsewhere);
  const grant = (role: Role, as: string, of: string | null) =>
    db
      .insertInto('roles')
      .values({
        id: newId(clock),
        person_id: idOf(role),
        role: as,
        cohort_id: of,
        granted_by: 'settings',
        granted_at: at,
        revoked_at: null,
      })
      .execute();
  await grant('facilitator', 'facilitator', cohortId);
  await grant('lost the role', 'facilitator', cohortId);
  await grant('other facilitator', 'facilitator', elsewhere);
  await grant('facilitator of all', 'facilitator', null);
  await grant('administrator', 'administrator', null);

  const { form } = filled(community, {});
  await saveReflection(deps, robin, { form, typed: { texts: { moment: 'The kingfisher' }, choices: {} } });
  const reflectionId = form.draftId;
  const goals: Record<Scope, Goal> = {
    person: { scope: 'person', slackId: sam.person.slackId },
    facilitators: { scope: 'facilitators', cohortId },
    group: { scope: 'group', cohortId },
  };
  const shareAs = async (scope: Scope, id = newId(clock)) => {
    const sharing = { id, reflectionId, goal: goals[scope], doubt: 'none' as const };
    const preview = await previewShare(deps, robin, sharing);
    if (preview.kind !== 'preview') return preview;
    const seen = { at: preview.reflection.updatedAt.getTime(), readers: markOf(preview.readers) };
    return { ...(await share(deps, robin, sharing, seen)), id };
  };
  /** Afterwards some are no longer what they were, and others are what they were not. */
  const change = async () => {
    await join('joined later');
    await grant('facilitator who was not one then', 'facilitator', cohortId);
    await db
      .updateTable('cohort_members')
      .set({ left_at: at })
      .where('person_id', '=', idOf('left the group'))
      .execute();
    await db
      .updateTable('roles')
      .set({ revoked_at: at })
      .where('person_id', '=', idOf('lost the role'))
      .execute();
    await recordDeactivated(db, clock, idOf('deactivated'));
  };
  const actor = (role: Role): Promise<Actor> => loadActor(db, idOf(role));
  const opens = async (role: Role, id: string) =>
    (await openShared(deps, await actor(role), id, { isFirst: true })).kind;
  const edit = async (moment: string) => {
    const opened = await startChange(deps, robin, reflectionId);
    if (opened.kind !== 'open') throw new Error(opened.kind);
    clock.forward(1);
    await saveReflection(deps, robin, { form: opened.form, typed: { texts: { moment }, choices: {} } });
  };
  const logs = async () => {
    const reflection = await findReflection(db, deps.vault, reflectionId);
    return reflection ? listShareLogs(deps, reflection) : [];
  };
  return { ...community, cohortId, reflectionId, goals, shareAs, change, actor, idOf, opens, edit, logs };
}

/** Who can open it once it was shared, and things have changed since. Everybody else hears that it is not shared with them. */
const mayRead: Record<Scope, readonly Role[]> = {
  person: ['sam'],
  facilitators: ['facilitator'],
  group: ['sam', 'other member', 'facilitator'],
};

describe.each(Object.keys(mayRead) as Scope[])('shared with: %s', (scope) => {
  test.each(
    roles.map((role) => [
      role,
      role === 'author' ? 'own' : mayRead[scope].includes(role) ? 'open' : 'not-there',
    ]),
  )('%s: %s', async (role, outcome) => {
    const community = await givenGroup();
    const shared = await community.shareAs(scope);
    if (!('id' in shared)) throw new Error(shared.kind);
    await community.change();
    const actor = await community.actor(role as Role);
    expect((await openShared(community.deps, actor, shared.id, { isFirst: true })).kind).toBe(outcome);
    expect(await listSharedWithMe(community.deps, actor)).toHaveLength(outcome === 'open' ? 1 : 0);
    const [log] = await community.logs();
    expect(log?.reads.map(({ personId }) => personId)).toEqual(
      outcome === 'open' ? [community.idOf(role as Role)] : [],
    );
  });
});

test.each<[string, (community: Awaited<ReturnType<typeof givenGroup>>, id: string) => Promise<unknown>]>([
  ['its author stops sharing it', async ({ deps, robin }, id) => endShare(deps, robin, id)],
  [
    'its author deletes it, and brings it back',
    async ({ deps, robin, reflectionId }) => {
      await deleteReflection(deps, robin, reflectionId);
      await restoreReflection(deps, robin, reflectionId);
    },
  ],
  ['its author leaves the community', async ({ deps, idOf }) => leaveSharing(deps, idOf('author'))],
  [
    'its author is deactivated',
    async ({ deps, clock, idOf }) => recordDeactivated(deps.db, clock, idOf('author')),
  ],
  ['whoever it was for leaves the community', async ({ deps, idOf }) => leaveSharing(deps, idOf('sam'))],
  [
    'the group is archived',
    async ({ deps, clock }) =>
      deps.db.updateTable('cohorts').set({ archived_at: clock.now().toISOString() }).execute(),
  ],
])('nobody opens it once %s', async (_, end) => {
  const community = await givenGroup();
  const shared = await community.shareAs('group');
  if (!('id' in shared)) throw new Error(shared.kind);
  expect(await community.opens('sam', shared.id)).toBe('open');
  await end(community, shared.id);
  expect(await community.opens('sam', shared.id)).toBe('not-there');
  expect(await listSharedWithMe(community.deps, await community.actor('sam'))).toEqual([]);
});

test('whoever deletes their journal shares nothing any more, and what tells of it goes once the notices say so', async () => {
  const community = await givenGroup();
  const { deps, idOf } = community;
  const { db } = deps;
  const shared = await community.shareAs('group');
  if (!('id' in shared)) throw new Error(shared.kind);
  const held = journalHeld(deps.vault).holdings;
  const counted = async () => {
    const counts = await Promise.all(held.map((one) => one.count(db, idOf('author'))));
    return held.flatMap(({ id }, at) => ((counts[at] ?? 0) > 0 ? [id] : []));
  };
  expect(await counted()).toEqual(['reflections-shared', 'reflections']);
  const copy = await held.find(({ id }) => id === 'reflections-shared')?.read(db, idOf('author'));
  expect(copy).toMatchObject([
    { 'A moment': 'The kingfisher', With: expect.arrayContaining(['other member']) },
  ]);
  for (const one of held) if (one.isApart) await one.forget(db, idOf('author'), community.deps.clock.now());
  expect(await counted()).toEqual([]);
  expect(await community.opens('sam', shared.id)).toBe('not-there');
  const waiting = await db.selectFrom('outbox').select('status').execute();
  expect(new Set(waiting.map(({ status }) => status))).toEqual(new Set(['cancelled']));
  // Nothing was sent, so there is nothing to change in Slack.
  for (const job of sharingJobs(deps)) await job.run(deps.clock.now());
  for (const table of ['reflection_shares', 'reflection_share_readers', 'reflection_share_reads'] as const)
    expect(await db.selectFrom(table).selectAll().execute()).toEqual([]);
});

test('nobody else can share it, stop it, or see who opened it', async () => {
  const community = await givenGroup();
  const { deps, sam, admin, reflectionId, goals } = community;
  const shared = await community.shareAs('person');
  if (!('id' in shared)) throw new Error(shared.kind);
  for (const actor of [sam, admin]) {
    const sharing = { id: newId(community.clock), reflectionId, goal: goals.person, doubt: 'kept' as const };
    expect(await previewShare(deps, actor, sharing)).toEqual({ kind: 'not-yours' });
    for (const id of [sharing.id, shared.id])
      expect(await share(deps, actor, { ...sharing, id }, { at: 0, readers: '' })).toEqual({
        kind: 'not-yours',
      });
    expect(await endShare(deps, actor, shared.id)).toEqual({ kind: 'not-yours' });
  }
  expect(await community.opens('sam', shared.id)).toBe('open');
});

test('what is shared is the copy that was previewed, until its author shares the present words', async () => {
  const community = await givenGroup();
  const { deps, robin, reflectionId } = community;
  const shared = await community.shareAs('person');
  if (!('id' in shared)) throw new Error(shared.kind);
  const { id } = shared;
  const words = async () => {
    const outcome = await openShared(deps, await community.actor('sam'), id, { isFirst: false });
    return outcome.kind === 'open' ? outcome.copy.parts.map(({ text }) => text) : [];
  };
  expect(await community.logs()).toMatchObject([{ isOutdated: false }]);
  await community.edit('The heron');
  expect(await words()).toEqual(['The kingfisher']);
  expect(await community.logs()).toMatchObject([{ isOutdated: true }]);
  expect(await community.shareAs('person')).toMatchObject({ kind: 'shared-before' });
  const renewal = { id, reflectionId, goal: 'as-before' as const, doubt: 'warned' as const };
  // Something else than was previewed is not shared.
  expect(await share(deps, robin, renewal, { at: 1, readers: '' })).toEqual({ kind: 'changed' });
  const preview = await previewShare(deps, robin, renewal);
  if (preview.kind !== 'preview') throw new Error(preview.kind);
  const seen = { at: preview.reflection.updatedAt.getTime(), readers: '' };
  expect(await share(deps, robin, renewal, seen)).toMatchObject({ kind: 'shared', isRenewal: true });
  expect(await words()).toEqual(['The heron']);
  expect(await community.logs()).toMatchObject([{ isOutdated: false }]);
  // And it is one notice all the same.
  expect(await deps.db.selectFrom('outbox').selectAll().execute()).toHaveLength(1);
});

test('identifying detail is asked about, then masked or kept; date, tags and link stay with the author', async () => {
  const community = await givenGroup();
  const { deps, robin, reflectionId, goals } = community;
  await deps.db.deleteFrom('reflection_drafts').execute();
  const { form } = filled(community, {}, { changes: reflectionId });
  const typed = { texts: { moment: 'Ring 07700 900123' }, choices: {} };
  await saveReflection(deps, robin, { form, typed });
  await decideAndSave(deps, robin, form.draftId, 'keep');
  const text = async (doubt: 'none' | 'warned' | 'kept') => {
    const sharing = { id: newId(community.clock), reflectionId, goal: goals.person, doubt };
    const outcome = await previewShare(deps, robin, sharing);
    return outcome.kind === 'preview' ? outcome.copy.parts[0]?.text : outcome.kind;
  };
  expect(await text('none')).toBe('found');
  expect(await text('warned')).toBe('Ring [phone number removed]');
  expect(await text('kept')).toBe('Ring 07700 900123');
});

test.each<[string, (community: Awaited<ReturnType<typeof givenGroup>>) => Goal, string]>([
  ['oneself', ({ robin }) => ({ scope: 'person', slackId: robin.person.slackId }), 'oneself'],
  ['somebody unknown', () => ({ scope: 'person', slackId: 'UNOBODY' }), 'not-reached'],
  ['somebody who has not agreed', () => ({ scope: 'person', slackId: 'UNOTAGREED' }), 'not-reached'],
  ['a group one is not in', () => ({ scope: 'group', cohortId: 'not-mine' }), 'not-your-group'],
])('it is not shared with %s', async (_, goalFor, kind) => {
  const community = await givenGroup();
  const sharing = {
    id: newId(community.clock),
    reflectionId: community.reflectionId,
    goal: goalFor(community),
    doubt: 'none' as const,
  };
  expect(await previewShare(community.deps, community.robin, sharing)).toMatchObject({ kind });
});

test('sent twice it is shared once, and ten in a day are enough', async () => {
  const community = await givenGroup();
  const { deps, robin, clock } = community;
  const id = newId(clock);
  expect(await community.shareAs('group', id)).toMatchObject({ kind: 'shared', isRenewal: false });
  await community.shareAs('group', id);
  expect(await community.logs()).toHaveLength(1);
  for (let nth = 1; nth < mostInADay; nth += 1) {
    const shared = await community.shareAs('person');
    if (!('id' in shared)) throw new Error(shared.kind);
    await endShare(deps, robin, shared.id);
  }
  expect(await community.shareAs('person')).toEqual({ kind: 'many' });
  clock.forward(24 * 60 + 1);
  expect(await community.shareAs('person')).toMatchObject({ kind: 'shared' });
});

describe('between the preview and the sending', () => {
  test('one leaves and another comes: as many as before, and not the same', async () => {
    const community = await givenGroup();
    const { deps, clock, robin, reflectionId, goals, idOf } = community;
    const sharing = { id: newId(clock), reflectionId, goal: goals.facilitators, doubt: 'none' as const };
    const preview = await previewShare(deps, robin, sharing);
    if (preview.kind !== 'preview') throw new Error(preview.kind);
    await deps.db
      .updateTable('roles')
      .set({ person_id: idOf('other member') })
      .where('person_id', '=', idOf('facilitator'))
      .execute();
    const seen = { at: preview.reflection.updatedAt.getTime(), readers: markOf(preview.readers) };
    expect(await share(deps, robin, sharing, seen)).toEqual({ kind: 'changed' });
    expect(await community.logs()).toEqual([]);
  });

  test('it is deleted: nothing is shared, nobody is told', async () => {
    const community = await givenGroup();
    const { deps, robin, reflectionId } = community;
    const { reach } = deps;
    deps.reach = {
      ...reach,
      async nextAllowed(...given) {
        await deleteReflection(deps, robin, reflectionId);
        return reach.nextAllowed(...given);
      },
    };
    expect(await community.shareAs('person')).toMatchObject({ kind: 'changed' });
    expect(await deps.db.selectFrom('reflection_shares').selectAll().execute()).toEqual([]);
    expect(await deps.db.selectFrom('outbox').selectAll().execute()).toEqual([]);
  });

  test('it is stopped: other words in its place are not kept', async () => {
    const community = await givenGroup();
    const { db, vault } = community.deps;
    const shared = await community.shareAs('person');
    if (!('id' in shared)) throw new Error(shared.kind);
    const before = await findShare(db, vault, shared.id);
    if (!before?.copy) throw new Error('not shared');
    await endShare(community.deps, community.robin, shared.id);
    expect(await renewCopy(db, vault, before, before.copy, community.clock.now())).toBe(false);
    expect(await db.selectFrom('reflection_shares').select('sealed').execute()).toEqual([{ sealed: null }]);
  });
});
