import { expect, test } from 'vitest';
import { changeNeeds, findOwnSession } from '../../../src/features/training/access/asking.ts';
import { keepToTerm } from '../../../src/features/training/access/jobs.ts';
import { openNeeds } from '../../../src/features/training/access/opening.ts';
import { findNeeds } from '../../../src/features/training/access/store.ts';
import type { PackDeps } from '../../../src/features/training/pack/deps.ts';
import { readPack } from '../../../src/features/training/pack/read.ts';
import { chooseCase, chooseSize, mixAgain } from '../../../src/features/training/pack/settle.ts';
import { book, giveUp } from '../../../src/features/training/sessions/book.ts';
import { content, givenBench, givenLead, givenPeople, givenSession } from './sessions/support.ts';

const rows = async ({ db }: Pick<PackDeps, 'db'>) =>
  (await db.selectFrom('training_needs').select('person_id').execute()).map(({ person_id }) => person_id);

test('whoever waits for a place, or came in while nothing was asked, is asked alike; what was said stays when it is asked no more', async () => {
  const bench = await givenBench();
  const jo = await givenLead(bench);
  const [first, second, third] = await givenPeople(bench, 3);
  if (!first || !second || !third) throw new Error('There are three.');
  const session = await givenSession(bench, jo, { places: 1 });
  const enter = (actor: typeof jo, needs?: string) =>
    book(bench, actor, {
      sessionId: session.id,
      profession: undefined,
      mayWait: true,
      ...(needs !== undefined && { needs }),
    });
  // Nothing is asked yet, and nothing is kept, whatever a client sends.
  await enter(first, 'A ramp');
  expect(await rows(bench)).toEqual([]);
  const asks = (asks_access: 0 | 1) =>
    bench.db.updateTable('training_sessions').set({ asks_access }).execute();
  await asks(1);
  await enter(second, 'A loop');
  await keepToTerm(bench).run(bench.clock.now());
  expect((await rows(bench)).toSorted()).toEqual([first.person.id, second.person.id].toSorted());

  // The second waits: nobody sees theirs until they have a place.
  expect((await openNeeds(bench, jo, session.id, 0))?.shown).toEqual([]);
  await giveUp(bench, first, session.id);
  await enter(second);
  expect((await openNeeds(bench, jo, session.id, 0))?.shown.map(({ words }) => words)).toEqual(['A loop']);
  await asks(0);
  expect(await changeNeeds(bench, second, session.id, 'A loop, and breaks')).toBe(true);
  expect(
    await findNeeds(bench.db, bench.vault, { sessionId: session.id, personId: second.person.id }),
  ).toEqual({
    words: 'A loop, and breaks',
    openedBy: [],
  });
  // Nobody else's, and nothing new.
  expect(await changeNeeds(bench, third, session.id, 'Mine')).toBe(false);
  expect(await findOwnSession(bench, first, session.id)).toBeUndefined();
  expect(await rows(bench)).toEqual([second.person.id]);
});

test('all who run a session see the same groups and example, and a count that one more booking does not change', async () => {
  const bench = await givenBench();
  const deps: PackDeps = {
    ...bench,
    prompts: content.prompts,
    resourceOf: () => undefined,
    agenciesOf: async (ids) => new Map(ids.map((id) => [id, { id: 'homerton', label: 'Homerton' }])),
  };
  const jo = await givenLead(bench);
  const people = await givenPeople(bench, 12);
  const [helper, ...others] = people;
  if (!helper) throw new Error('There are twelve.');
  const session = await givenSession(bench, jo, { hosts: [jo.person.id, helper.person.id] });
  const enter = async (actors: typeof people) => {
    for (const actor of actors)
      await book(bench, actor, { sessionId: session.id, profession: 'midwifery', mayWait: false });
  };
  await enter(others.slice(0, 6));
  const read = (actor: typeof jo) => readPack(deps, actor, session.id);
  expect((await read(jo))?.counts.professions).toEqual({
    people: 6,
    shown: [{ label: 'Midwifery and maternity', count: 'most' }],
  });
  await enter(others.slice(6, 10));
  expect((await read(helper))?.people).toBe(10);
  expect((await read(helper))?.counts.professions.people).toBe(6);
  await enter(others.slice(10));
  expect((await read(jo))?.counts.professions.people).toBe(11);

  const [before] = [(await read(jo))?.groups];
  await chooseSize(deps, helper, { sessionId: session.id, size: 3 });
  await chooseSize(deps, helper, { sessionId: session.id, size: 7 });
  await mixAgain(deps, jo, session.id);
  await chooseCase(deps, jo, { sessionId: session.id, caseId: 'pn-examination' });
  const [one, other] = [await read(jo), await read(helper)];
  expect(other).toEqual(one);
  expect(one?.groups.map((group) => group.length)).toEqual([3, 3, 3, 2]);
  expect(one?.groups).not.toEqual(before);
  expect(one?.example?.one.id).toBe('pn-examination');
  // Somebody who does not run it changes nothing.
  const [, guest] = people;
  if (guest) await mixAgain(deps, guest, session.id);
  expect(await read(jo)).toEqual(one);
});
