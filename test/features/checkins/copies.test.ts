import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, onTestFinished, test } from 'vitest';
import { migrate } from '../../../src/db/migrate.ts';
import { openStore } from '../../../src/db/open.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import {
  cameBetween,
  cameTogether,
  copyFolder,
  readState,
  type State,
  sizesIn,
  statesOf,
} from '../../support/copies.ts';
import { type Bench, type Group, givenBench, givenGroup, openRound } from './support.ts';

/** The same on a real file. @param settles whether the write-ahead log is emptied after each answer, as it should be. */
async function givenFile({ settles }: { settles: boolean }): Promise<Bench & { file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'chatr-attack-'));
  const file = join(folder, 'chatr.db');
  const store = await openStore(`file:${file}`);
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  await migrate(store);
  const bench = await givenBench();
  return { ...bench, db: store.db, file, settle: settles ? () => store.settle() : async () => {} };
}

type Truth = Map<string, string>;
/** What somebody answered, or several, whatever the order. */
const said = (answers: readonly (readonly [string, unknown])[]): string =>
  JSON.stringify(answers.map((one) => JSON.stringify(one)).toSorted());

/** Whoever is `asked` but the last answers, each something of their own. @returns what each said. */
async function everybodyAnswers(
  { bench, actors }: Group,
  roundId: string,
  [scale, words]: readonly [string, string],
  after?: () => Promise<void> | void,
): Promise<Truth> {
  const truth: Truth = new Map();
  for (const [index, actor] of actors.slice(0, -1).entries()) {
    const answers = { [scale]: 1 + (index % 5), [words]: `line ${index} ${'x'.repeat((index * 37) % 180)}` };
    expect((await sendAnswers(bench, actor, roundId, { answers, share: false })).kind).toBe('sent');
    truth.set(`${roundId} ${actor.person.id}`, said(Object.entries(answers)));
    await after?.();
  }
  return truth;
}

const modes = [
  ['group', 'weekly-pulse', ['week', 'word']],
  ['linked', 'confidence-baseline', ['conf_understand', 'hopes']],
] as const;

type Boxed = { question: string; value: unknown }[];

/** What the rows that came with somebody say, once they are opened. */
const tell = ({ vault }: Pick<Bench, 'vault'>, rows: readonly string[]): string[] =>
  rows.flatMap((row) => {
    const [table, { round_id: roundId = '', sealed = '' }] = JSON.parse(row) as [
      string,
      Record<string, string>,
    ];
    if (table !== 'answer_boxes') return [];
    const at = `answers:${roundId}`;
    const boxed = JSON.parse(vault.openFor({ round: roundId }, sealed, at)) as (
      | Boxed[number]
      | { key: string; sealed: string }
    )[];
    const opened = boxed.flatMap((one) =>
      'key' in one ? (JSON.parse(vault.openFor({ key: one.key }, one.sealed, at)) as Boxed) : [one],
    );
    return [said(opened.map(({ question, value }) => [question, value] as const))];
  });

describe.each(modes)('every commit, as an attacker has it: mode %s', (_mode, template, questions) => {
  test('without the key, nobody of eleven is joined to an answer, and no size tells of one', async () => {
    const bench = await givenFile({ settles: false });
    const group = await givenGroup(12, bench);
    const roundId = await openRound(group, { template });
    // The log begins anew at a thousand pages, most of which made the database; each answer is to be seen in it.
    await sql`pragma wal_checkpoint(TRUNCATE)`.execute(bench.db);
    const truth = await everybodyAnswers(group, roundId, questions);
    const states = statesOf(copyFolder(bench.file));
    expect(states.length).toBeGreaterThan(11);

    const together = cameTogether(states);
    expect(together.size).toBe(11);
    // What came with each person is one box that holds everybody's, and it is not there any more after the next.
    const last = new Set(
      Object.values(states.at(-1) ?? {})
        .flat()
        .map((row) => JSON.stringify(row)),
    );
    let linked = 0;
    for (const [person, rows] of together) {
      const kept = rows.filter((row) => last.has(JSON.stringify((JSON.parse(row) as [string, unknown])[1])));
      if (tell(bench, kept).includes(truth.get(person) ?? '')) linked += 1;
    }
    expect(`${linked} of ${truth.size} linked`).toBe('0 of 11 linked');
    expect(sizesIn(states, 'answer_boxes').size).toBe(1);
    expect(sizesIn(states, 'answer_drafts').size).toBe(0);
    expect(JSON.stringify(states)).not.toContain('line 3');
  });

  test('with the key, one copy of the folder joins nobody, whenever it is made', async () => {
    const bench = await givenFile({ settles: true });
    const group = await givenGroup(12, bench);
    const roundId = await openRound(group, { template });
    let [linked, copies] = [0, 0];
    const truth = await everybodyAnswers(group, roundId, questions, () => {
      for (const [, rows] of cameTogether(statesOf(copyFolder(bench.file))))
        linked += tell(bench, rows).length;
      copies += 1;
    });
    expect(`${linked} of ${truth.size} linked in ${copies} copies`).toBe('0 of 11 linked in 11 copies');
  });
});

/** Each night a copy is made, as `npm run backup` does. */
async function nights(bench: Bench & { file: string }, group: Group, roundId: string, perNight: number) {
  const states: State[] = [];
  const truth: Truth = new Map();
  const folder = mkdtempSync(join(tmpdir(), 'chatr-nights-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const store = await openStore(`file:${bench.file}`);
  for (const [index, actor] of group.actors.slice(0, -1).entries()) {
    const answers = { week: 1 + (index % 5), word: `line ${index}` };
    await sendAnswers(bench, actor, roundId, { answers, share: false });
    truth.set(`${roundId} ${actor.person.id}`, said(Object.entries(answers)));
    if (index % perNight !== perNight - 1) continue;
    const copy = join(folder, `${index}.db`);
    await store.backup(copy);
    states.push(readState(copy));
  }
  await store.close();
  return { states, truth };
}

test('nightly backups, any two of them, join nobody to an answer', async () => {
  let [certain, narrowed, people] = [0, 0, 0];
  for (const perNight of [1, 2, 3]) {
    const bench = await givenFile({ settles: true });
    const group = await givenGroup(17, bench);
    const roundId = await openRound(group);
    const { states, truth } = await nights(bench, group, roundId, perNight);
    people += truth.size;
    expect(sizesIn(states, 'answer_boxes').size).toBe(1);
    for (const [index, state] of states.entries()) {
      if (index === 0) continue;
      const { people: between, rows } = cameBetween(states[index - 1] ?? {}, state);
      expect(between).toHaveLength(perNight);
      // Joined, if the rows that are new say what those said who are new, and no more.
      const told = tell(bench, rows);
      const theirs = between.map((person) => truth.get(person) ?? '');
      if (told.length !== theirs.length || !theirs.every((one) => told.includes(one))) continue;
      if (perNight === 1) certain += 1;
      else narrowed += perNight;
    }
  }
  expect(`${certain} certain, ${narrowed} narrowed, of ${people}`).toBe('0 certain, 0 narrowed, of 48');
});
