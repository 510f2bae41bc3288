import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { seededRandom } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { openKeyFile } from '../../../src/db/key-file.ts';
import { migrate } from '../../../src/db/migrate.ts';
import { openStore } from '../../../src/db/open.ts';
import { listBoxed } from '../../../src/features/checkins/answering/store.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { folderOnDisk } from '../../support/quick-folder.ts';
import { givenBench, givenGroup, openRound } from './support.ts';

const program = join(import.meta.dirname, 'answer-until-killed.ts');

/** @param after so many answers, it is killed somewhere in the next. @returns who heard that they had answered. */
async function answerUntilKilled(args: readonly string[], after: number, delay: number): Promise<string[]> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [kind, person = ''] = line.split(' ');
    if (kind === 'sent') heard.push(person);
    if (heard.length === after) setTimeout(() => child.kill('SIGKILL'), delay);
  });
  await once(child, 'close');
  return heard;
}

test.each([
  ['group', 4, 'weekly-pulse', 'week', 'word'],
  ['linked', 2, 'confidence-baseline', 'conf_understand', 'hopes'],
])(
  'mode %s: killed in the middle of it %i times, no answer is lost and nobody answers twice',
  async (_mode, times, template, question, words) => {
    // In memory everybody has answered before the kill comes.
    const folder = mkdtempSync(join(folderOnDisk(), 'chatr-kill-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'chatr.db');
    const store = await openStore(`file:${file}`);
    await migrate(store);
    const keyFile = join(folder, 'chatr.keys');
    const keys = openKeyFile(keyFile, Buffer.alloc(32, 5));
    onTestFinished(() => keys.close());
    const bench = { ...(await givenBench()), db: store.db, vault: createVault(Buffer.alloc(32, 5), keys) };
    const group = await givenGroup(40, bench);
    const roundId = await openRound(group, { template });
    await store.close();

    const chance = seededRandom(11);
    const args = [file, keyFile, bench.clock.now().toISOString(), question, words, roundId];
    const heard: string[] = [];
    for (let kills = 0; kills < times; kills += 1) {
      const before = heard.length;
      heard.push(
        ...(await answerUntilKilled(args, 1 + Math.floor(chance.next() * 6), Math.floor(chance.next() * 8))),
      );
      expect(heard.length).toBeGreaterThan(before);
      const now = await openStore(`file:${file}`);
      const answered = await now.db
        .selectFrom('participations')
        .select('person_id')
        .where('round_id', '=', roundId)
        .where('status', '=', 'answered')
        .execute();
      const { answers, isWhole } = await listBoxed(now.db, bench.vault, roundId);
      const inBox = answers.flatMap(({ value }) =>
        typeof value === 'string' ? [value.replace('words of ', '')] : [],
      );
      expect(isWhole).toBe(true);
      // Marked and kept are the same people, each once.
      expect(inBox.toSorted()).toEqual(answered.map((row) => row.person_id).toSorted());
      expect(answers).toHaveLength(2 * answered.length);
      // Whoever was told so is among them; at most one each time was not told.
      for (const person of heard) expect(inBox).toContain(person);
      expect(inBox.length - heard.length).toBeLessThanOrEqual(kills + 1);
      await now.close();
    }
  },
  60_000,
);
