import { describe, expect, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { tellUnled } from '../../../src/features/cohorts/jobs.ts';
import { archiveCohort, restoreCohort } from '../../../src/features/cohorts/managing/archive.ts';
import { setFacilitators } from '../../../src/features/cohorts/managing/facilitators.ts';
import { editCohort, makeCohort } from '../../../src/features/cohorts/managing/make.ts';
import {
  addMembers,
  cohortTopic,
  leaveCohort,
  rejoinCohort,
  removeMember,
} from '../../../src/features/cohorts/members/membership.ts';
import { readArchived, readDetails, readGroups, readPeople } from '../../../src/features/cohorts/read.ts';
import { createDeeds } from '../../../src/features/deeds.ts';
import { days } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { newId } from '../../../src/lib/random.ts';
import { enqueue } from '../../../src/outbox/outbox.ts';
import {
  actorFor,
  audited,
  type Bench,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPeople,
  givenPerson,
  membersOf,
  queued,
  teamId,
} from './support.ts';

async function givenRunningCohort() {
  const bench = await givenBench();
  const lead = await givenFacilitator(bench);
  return { bench, lead, cohortId: await givenCohort(bench, lead) };
}

async function givenPrompt(bench: Bench, personId: string, topic: string): Promise<void> {
  await enqueue(bench.db, bench.clock, {
    idempotencyKey: `prompt:${personId}:${topic}`,
    kind: 'checkins.prompt',
    to: { personId },
    message: { text: 'x', blocks: [] },
    sendAfter: bench.clock.now(),
    topic,
    expiresAt: undefined,
  });
}

describe('adding people', () => {
  test('adding somebody twice is harmless, and says so', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const people = await givenPeople(bench, 3);
    expect(await addMembers(bench, { actor: lead, cohortId, people })).toMatchObject({
      added: people,
      already: [],
    });
    expect(await addMembers(bench, { actor: lead, cohortId, people: [...people, ...people] })).toMatchObject({
      added: [],
      already: people,
    });
    expect(bench.heard).toEqual(people.map(({ id }) => `${id} in ${cohortId}`));
    expect(await audited(bench, 'cohorts.add')).toBe(3);
    for (const { id } of people) expect(bench.homes).toContain(id);
  });

  test('guests are welcome; bots, people from elsewhere and the deactivated are left out', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const guest = await givenPerson(bench, { is_restricted: true });
    const bot = await givenPerson(bench, { is_bot: true });
    const stranger = await givenPerson(bench, { team_id: 'T0OTHER' });
    const gone = await givenPerson(bench, { deleted: true });
    const outcome = await addMembers(bench, { actor: lead, cohortId, people: [guest, bot, stranger, gone] });
    expect(outcome).toMatchObject({ added: [guest], bots: [bot], external: [stranger], deactivated: [gone] });
    expect(await membersOf(bench, cohortId)).toEqual([guest.id]);
  });

  test('only those who run the group may, whatever comes back from a client', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const other = await givenFacilitator(bench, await givenCohort(bench, lead, 'Another'));
    const member = await actorFor(bench, await givenPerson(bench));
    for (const actor of [other, member]) {
      expect(await addMembers(bench, { actor, cohortId, people: [actor.person] })).toEqual({
        kind: 'not-allowed',
      });
      expect(await removeMember(bench, { actor, cohortId, personId: lead.person.id })).toEqual({
        kind: 'not-allowed',
      });
      expect(await archiveCohort(bench, { actor, cohortId })).toEqual({ kind: 'not-allowed' });
      expect(await setFacilitators(bench, { actor, cohortId, people: [] })).toEqual({ kind: 'not-allowed' });
      expect(await readDetails(bench, actor, cohortId)).toBeUndefined();
    }
    expect(await addMembers(bench, { actor: lead, cohortId: 'no-such', people: [] })).toEqual({
      kind: 'not-allowed',
    });
    expect(await membersOf(bench, cohortId)).toEqual([]);
  });

  test('one listener’s trouble keeps nobody out', async () => {
    const log: string[] = [];
    const heard: string[] = [];
    const deeds = createDeeds(
      [
        { name: 'down', hears: () => Promise.reject(new Error('onboarding is down')) },
        { name: 'other', hears: (personId) => void heard.push(personId) },
      ],
      createLog({ level: 'error', write: (line) => log.push(line) }),
    );
    const bench = await givenBench({ did: deeds.tell });
    const lead = await givenFacilitator(bench);
    const cohortId = await givenCohort(bench, lead);
    const people = await givenPeople(bench, 2);
    await addMembers(bench, { actor: lead, cohortId, people });
    expect(await membersOf(bench, cohortId)).toEqual(people.map(({ id }) => id).sort());
    expect(heard).toEqual(people.map(({ id }) => id));
    expect(log).toHaveLength(people.length);
  });
});

describe('leaving', () => {
  test('what is queued because of the group is called back at once, and nothing else', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const other = await givenCohort(bench, lead, 'Another');
    const [one, two] = await givenPeople(bench, 2);
    if (!one || !two) throw new Error('Nobody was met.');
    await addMembers(bench, { actor: lead, cohortId, people: [one, two] });
    await addMembers(bench, { actor: lead, cohortId: other, people: [one] });
    await givenPrompt(bench, one.id, cohortTopic(cohortId));
    await givenPrompt(bench, one.id, cohortTopic(other));
    await givenPrompt(bench, two.id, cohortTopic(cohortId));

    expect(await removeMember(bench, { actor: lead, cohortId, personId: one.id })).toMatchObject({
      kind: 'removed',
    });
    expect((await queued(bench)).map(({ to, status }) => [to, status])).toEqual([
      [one.id, 'cancelled'],
      [one.id, 'queued'],
      [two.id, 'queued'],
    ]);
    expect(bench.heard.at(-1)).toBe(`${one.id} out ${cohortId}`);
    expect(await removeMember(bench, { actor: lead, cohortId, personId: one.id })).toMatchObject({
      kind: 'not-a-member',
    });
    expect(bench.heard.filter((line) => line.includes(' out '))).toHaveLength(1);
  });

  test('a member leaves, and can undo it for a day', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const person = await givenPerson(bench);
    const actor = await actorFor(bench, person);
    await addMembers(bench, { actor: lead, cohortId, people: [person] });
    expect(await leaveCohort(bench, { actor, cohortId })).toMatchObject({
      kind: 'left',
      undoUntil: new Date('2026-03-04T10:00:00Z'),
    });
    expect(await leaveCohort(bench, { actor, cohortId })).toEqual({ kind: 'not-a-member' });
    bench.clock.forward(23 * 60);
    expect(await rejoinCohort(bench, { actor, cohortId })).toMatchObject({ kind: 'back' });
    expect(await rejoinCohort(bench, { actor, cohortId })).toMatchObject({ kind: 'already' });
    await leaveCohort(bench, { actor, cohortId });
    bench.clock.forward(25 * 60);
    expect(await rejoinCohort(bench, { actor, cohortId })).toEqual({ kind: 'ask-facilitator' });
  });

  test('nobody gets into a group by the undo button who did not just leave it', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const [removed, never] = await givenPeople(bench, 2);
    if (!removed || !never) throw new Error('Nobody was met.');
    await addMembers(bench, { actor: lead, cohortId, people: [removed] });
    await removeMember(bench, { actor: lead, cohortId, personId: removed.id });
    for (const person of [removed, never])
      expect(await rejoinCohort(bench, { actor: await actorFor(bench, person), cohortId })).toEqual({
        kind: 'ask-facilitator',
      });
  });

  test('whoever left themselves stays out when a whole channel is added, and comes back by name', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const person = await givenPerson(bench);
    await addMembers(bench, { actor: lead, cohortId, people: [person] });
    await leaveCohort(bench, { actor: await actorFor(bench, person), cohortId });
    expect(
      await addMembers(bench, { actor: lead, cohortId, people: [person], respectLeaving: true }),
    ).toMatchObject({ added: [], stayedAway: [person] });
    expect(await addMembers(bench, { actor: lead, cohortId, people: [person] })).toMatchObject({
      added: [person],
    });
  });
});

describe('making, renaming, archiving', () => {
  const fields = {
    name: 'Perinatal pilot',
    ageGroup: 'perinatal',
    startsOn: '2026-03-03',
    endsOn: undefined,
  };

  test('whoever makes a group runs it, unless they run all of them anyway', async () => {
    const bench = await givenBench();
    const admin = await actorFor(bench, await givenPerson(bench, { is_admin: true }));
    const lead = await givenFacilitator(bench);
    for (const [actor, runs] of [
      [admin, 1],
      [lead, 0],
    ] as const) {
      const id = newId(bench.clock);
      await makeCohort(bench, { actor, id, fields, evenSo: true });
      expect((await readDetails(bench, actor, id))?.facilitators).toHaveLength(runs);
    }
    const member = await actorFor(bench, await givenPerson(bench));
    expect(await makeCohort(bench, { actor: member, id: newId(bench.clock), fields, evenSo: false })).toEqual(
      {
        kind: 'not-allowed',
      },
    );
  });

  test('a form that is sent twice makes one group; a second of the same name is asked about', async () => {
    const bench = await givenBench();
    const lead = await givenFacilitator(bench);
    const id = newId(bench.clock);
    expect(await makeCohort(bench, { actor: lead, id, fields, evenSo: false })).toMatchObject({
      kind: 'made',
    });
    expect(await makeCohort(bench, { actor: lead, id, fields, evenSo: false })).toMatchObject({
      kind: 'made-already',
    });
    const again = { actor: lead, id: newId(bench.clock), fields: { ...fields, name: ' perinatal  PILOT' } };
    expect(await makeCohort(bench, { ...again, evenSo: false })).toMatchObject({
      kind: 'same-name',
      existing: { id },
    });
    expect(await makeCohort(bench, { ...again, evenSo: true })).toMatchObject({ kind: 'made' });
    expect((await readGroups(bench, lead, 0)).leadTotal).toBe(2);
  });

  test('nobody takes over a group by sending a form with its id', async () => {
    const bench = await givenBench();
    const lead = await givenFacilitator(bench);
    const id = await givenCohort(bench, lead);
    const other = await givenFacilitator(bench);
    expect(await makeCohort(bench, { actor: other, id, fields, evenSo: true })).toEqual({
      kind: 'not-allowed',
    });
  });

  test('renaming asks about a name that is taken, and keeping one’s own name is fine', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    await givenCohort(bench, lead, 'Another');
    const edit = (name: string) =>
      editCohort(bench, { actor: lead, cohortId, fields: { ...fields, name }, evenSo: false });
    expect(await edit('another')).toMatchObject({ kind: 'same-name' });
    expect(await edit('PERINATAL pilot')).toMatchObject({ kind: 'changed' });
    expect((await readDetails(bench, lead, cohortId))?.cohort).toMatchObject({
      name: 'PERINATAL pilot',
      ageGroup: 'perinatal',
      startsOn: '2026-03-03',
    });
  });

  test('two who change it at once: only what each changed is written, and what both did is asked about', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const seen = fields;
    const edit = (change: { name?: string; endsOn?: string }) =>
      editCohort(bench, { actor: lead, cohortId, seen, fields: { ...fields, ...change }, evenSo: false });
    expect(await edit({ name: 'Theirs' })).toMatchObject({ kind: 'changed' });
    expect(await edit({ endsOn: '2026-12-01' })).toMatchObject({ kind: 'changed', now: { name: 'Theirs' } });
    expect(await edit({ name: 'Mine' })).toMatchObject({
      kind: 'meanwhile',
      clashes: ['name'],
      fields: { name: 'Mine', endsOn: '2026-12-01' },
    });
    expect((await readDetails(bench, lead, cohortId))?.cohort).toMatchObject({
      name: 'Theirs',
      endsOn: '2026-12-01',
    });
  });

  test('an archived group loses nothing, sends nothing, takes nobody, and comes back', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const people = await givenPeople(bench, 2);
    await addMembers(bench, { actor: lead, cohortId, people });
    for (const { id } of people) await givenPrompt(bench, id, cohortTopic(cohortId));
    expect(await archiveCohort(bench, { actor: lead, cohortId })).toMatchObject({ kind: 'archived' });
    expect(await archiveCohort(bench, { actor: lead, cohortId })).toMatchObject({ kind: 'archived' });
    expect((await queued(bench)).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
    expect(await addMembers(bench, { actor: lead, cohortId, people })).toMatchObject({ kind: 'archived' });
    expect(await readGroups(bench, lead, 0)).toMatchObject({ leadTotal: 0, archivedTotal: 1 });
    expect((await readArchived(bench, lead, 9)).shown[0]?.members).toBe(2);
    expect(await restoreCohort(bench, { actor: lead, cohortId })).toMatchObject({ kind: 'restored' });
    expect(await membersOf(bench, cohortId)).toHaveLength(2);
  });

  test('long lists come in pages, and a page that is gone becomes the last one', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    for (let index = 0; index < 11; index += 1) await givenCohort(bench, lead, `Group ${index}`);
    expect((await readGroups(bench, lead, 0)).lead).toHaveLength(5);
    expect(await readGroups(bench, lead, 99)).toMatchObject({ page: 2, leadTotal: 12 });
    await addMembers(bench, { actor: lead, cohortId, people: await givenPeople(bench, 23) });
    expect(await readPeople(bench, cohortId, 0)).toMatchObject({ page: 0, total: 23 });
    expect((await readPeople(bench, cohortId, 7)).people).toHaveLength(3);
    expect(await readPeople(bench, cohortId, Number.NaN)).toMatchObject({ page: 0 });
  });
});

describe('facilitators', () => {
  test('are told; guests, bots and people from elsewhere are refused', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const person = await givenPerson(bench);
    const guest = await givenPerson(bench, { is_restricted: true });
    const set = (people: (typeof person)[]) => setFacilitators(bench, { actor: lead, cohortId, people });
    expect(await set([person, guest])).toMatchObject({ added: [person], refused: [guest], isUnled: false });
    expect(await set([person])).toMatchObject({ added: [], removed: [] });
    expect((await queued(bench, 'roles.granted')).map(({ to }) => to)).toEqual([person.id]);
    expect((await readGroups(bench, await actorFor(bench, person), 0)).leadTotal).toBe(1);

    // Taken back before the note went: then there is nothing to tell.
    expect(await set([])).toMatchObject({ removed: [person], isUnled: true });
    expect((await queued(bench)).map(({ status }) => status)).toEqual(['cancelled']);
    expect((await readGroups(bench, await actorFor(bench, person), 0)).mayManage).toBe(false);

    // A colleague chose somebody else meanwhile, from the same form.
    const [another] = await givenPeople(bench, 1);
    if (!another) throw new Error('Nobody was met.');
    await set([person]);
    const seen = [person.slackId];
    await setFacilitators(bench, { actor: lead, cohortId, people: [person, another], seen });
    expect(await setFacilitators(bench, { actor: lead, cohortId, people: [person], seen })).toMatchObject({
      added: [],
      removed: [],
    });
  });

  test('when the last one goes, administrators are told once, however it came about', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    const admin = await givenPerson(bench, { is_admin: true });
    const [one, two] = await givenPeople(bench, 2);
    if (!one || !two) throw new Error('Nobody was met.');
    await setFacilitators(bench, { actor: lead, cohortId, people: [one, two] });
    const told = async () => (await queued(bench, 'cohorts.unled')).map(({ to }) => to);
    await tellUnled(bench, bench.clock.now());
    await setFacilitators(bench, { actor: lead, cohortId, people: [one] });
    await tellUnled(bench, bench.clock.now());
    expect(await told()).toEqual([]);

    const gone = { id: one.slackId, team_id: teamId, deleted: true };
    await recordSlackUser(bench.db, bench.clock, gone, teamId);
    bench.clock.forward(1);
    await tellUnled(bench, bench.clock.now());
    bench.clock.forward(60);
    await tellUnled(bench, bench.clock.now());
    expect(await told()).toEqual([admin.id]);
    const details = await readDetails(bench, await actorFor(bench, admin), cohortId);
    expect(details).toMatchObject({ isUnled: true, facilitators: [], leads: [{ id: lead.person.id }] });

    // Somebody takes over and goes again: that is a new occasion.
    await setFacilitators(bench, { actor: lead, cohortId, people: [two] });
    bench.clock.forward(60);
    await setFacilitators(bench, { actor: lead, cohortId, people: [] });
    await tellUnled(bench, bench.clock.now());
    expect(await told()).toEqual([admin.id, admin.id]);
  });

  test('a note about long ago is not sent', async () => {
    const { bench, lead, cohortId } = await givenRunningCohort();
    await givenPerson(bench, { is_admin: true });
    await setFacilitators(bench, { actor: lead, cohortId, people: await givenPeople(bench, 1) });
    await setFacilitators(bench, { actor: lead, cohortId, people: [] });
    bench.clock.forward(days(31) / 60_000);
    await tellUnled(bench, bench.clock.now());
    expect(await queued(bench, 'cohorts.unled')).toEqual([]);
  });
});
