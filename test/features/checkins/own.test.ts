import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { loadActor } from '../../../src/community/permissions.ts';
import * as ownCheckinsClose from '../../../src/db/migrations/0018-own-checkins-close.ts';
import { beginAnswer, sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { startOwn } from '../../../src/features/checkins/answering/own.ts';
import { readLed } from '../../../src/features/checkins/leading/manage.ts';
import { placesOf } from '../../../src/features/checkins/readers.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { findOpenRound } from '../../../src/features/checkins/store.ts';
import { privacySentence } from '../../../src/features/checkins/words.ts';
import {
  beat,
  type Group,
  givenFacilitator,
  givenGroup,
  givenPerson,
  openRound,
  scheduled,
} from './support.ts';

/** The first steps' own check-in: nobody is asked, and whoever wishes answers. */
const baseline = 'confidence-baseline';

async function givenNewcomers(size: number) {
  const group = await givenGroup(size);
  const { bench } = group;
  const person = await givenPerson(bench, 'ULEAD', { name: 'Fran Lead' });
  await givenFacilitator(bench, person, null);
  return { ...group, lead: await loadActor(bench.db, person.id) };
}

/** @returns the round's id. */
async function answerOwn(group: Group, index: number, value: number, hope?: string): Promise<string> {
  const actor = group.actors[index];
  if (!actor) throw new Error('There is nobody there.');
  const own = await startOwn(group.bench, actor.person.id, baseline);
  const answers = { conf_understand: value, ...(hope !== undefined && { hopes: hope }) };
  const sent = await sendAnswers(group.bench, actor, own?.roundId ?? '', { answers, share: false });
  expect(sent.kind).toBe('sent');
  return own?.roundId ?? '';
}

async function shown({ bench }: Group, reader: Group['jo'], id: string): Promise<string> {
  const found = await readResults(bench, reader, id, 'a');
  if (found.kind === 'not-allowed' || found.kind === 'none-yet') return found.kind;
  const around = { page: 0, order: 'a', zone: 'Europe/London', smallGroupWarning: '' };
  return JSON.stringify(resultsView(found, around).blocks);
}

const led = async ({ bench }: Group, actor: Group['jo']) =>
  (
    await readLed(bench, placesOf(actor), {
      goingOn: false,
      offset: 0,
      limit: 100,
    })
  ).map(({ cohortName, open }) => ({ cohortName, closesAt: open?.closesAt?.toISOString() }));

test('it closes with the quarter, and then those who lead the programme read it, nobody else', async () => {
  const group = await givenNewcomers(6);
  const { bench, jo, lead, members } = group;
  let roundId = '';
  for (const index of [0, 1, 2, 3, 4]) roundId = await answerOwn(group, index, 2, `hope ${index}`);
  // Begun and left.
  await startOwn(bench, members[5]?.id ?? '', baseline);
  expect(await led(group, lead)).toEqual([
    { cohortName: 'The whole programme', closesAt: '2026-03-31T23:00:00.000Z' },
  ]);
  expect(await led(group, jo)).toEqual([]);
  const before = await shown(group, lead, roundId);
  expect(before).toContain('Answers show when it closes');
  expect(before).not.toMatch(/hope|third|Close it now/);
  expect((await closeNow(bench, lead, roundId)).kind).toBe('not-allowed');

  await beat(bench, '2026-04-01T08:00:00Z');
  const results = await shown(group, lead, roundId);
  expect(results).toContain('The whole programme');
  expect(results).toContain('5 have answered.');
  expect(results).toContain('In the lowest third');
  expect(results).toContain('hope 3');
  expect(await shown(group, jo, roundId)).toBe('not-allowed');
  for (const actor of group.actors) expect(await shown(group, actor, roundId)).toBe('not-allowed');

  expect(await beginAnswer(bench, group.actors[5] ?? jo, roundId)).toMatchObject({ kind: 'closed' });
  const next = await answerOwn(group, 5, 9);
  expect(next).not.toBe(roundId);
  expect(await shown(group, lead, next)).toContain(
    'Answers show when it closes at the end of Tuesday 30 June',
  );
});

test('of four nothing is shown, and whoever can read it is not counted', async () => {
  const group = await givenNewcomers(4);
  for (const index of [0, 1, 2, 3]) await answerOwn(group, index, 2, `hope ${index}`);
  const roundId = await answerOwn({ ...group, actors: [group.lead] }, 0, 10, 'my own hope');
  await beat(group.bench, '2026-04-01T08:00:00Z');
  expect(await shown(group, group.lead, roundId)).not.toMatch(/hope|third|[45] have answered/);
});

test('beside the same question in a group of the same people, only one of the two is shown', async () => {
  const group = await givenNewcomers(6);
  const inGroup = await openRound(group, { template: baseline });
  for (const [index, actor] of group.actors.entries())
    if (index < 5)
      await sendAnswers(group.bench, actor, inGroup, { answers: { conf_understand: 2 }, share: false });
  await closeNow(group.bench, group.jo, inGroup);
  expect(await shown(group, group.jo, inGroup)).toContain('In the lowest third');
  let own = '';
  for (const index of [0, 1, 2, 3, 4, 5]) own = await answerOwn(group, index, 2);
  await beat(group.bench, '2026-04-01T08:00:00Z');
  const results = await shown(group, group.lead, own);
  expect(results).toContain('are also in Perinatal');
  expect(results).not.toContain('In the lowest third');
});

test('and the other way round: the programme’s was shown first, though its quarter began long ago', async () => {
  const group = await givenNewcomers(6);
  for (const index of [0, 1, 2, 3, 4, 5]) await answerOwn(group, index, 2);
  await beat(group.bench, '2026-04-01T08:00:00Z');
  const id = await scheduled(group, { template: baseline, date: '2026-04-02' });
  await beat(group.bench, '2026-04-02T08:30:00Z');
  const inGroup = (await findOpenRound(group.bench.db, id))?.id ?? '';
  for (const [index, actor] of group.actors.entries())
    if (index < 5)
      await sendAnswers(group.bench, actor, inGroup, { answers: { conf_understand: 2 }, share: false });
  await closeNow(group.bench, group.jo, inGroup);
  expect(await shown(group, group.jo, inGroup)).toContain('are also in the whole programme');
});

test('what stood open before there was an end closes at the next beat, and can be read', async () => {
  const group = await givenNewcomers(5);
  const { bench } = group;
  let roundId = '';
  for (const index of [0, 1, 2, 3, 4]) roundId = await answerOwn(group, index, 2);
  await bench.db.updateTable('checkin_rounds').set({ closes_at: null }).execute();
  await ownCheckinsClose.up(bench.db as unknown as Kysely<unknown>);
  await beat(bench);
  expect(await shown(group, group.lead, roundId)).toContain('In the lowest third');
});

test('whoever answers is told who reads it', () => {
  const said = privacySentence({ mode: 'linked', smallest: 5, readBy: 'leads' });
  expect(said).toContain('those who lead the programme see how everybody answered who does so this quarter');
  expect(said).not.toContain('facilitators');
});
