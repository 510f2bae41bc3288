import type { Kysely } from 'kysely';
import type { Db } from '../../../db/schema.ts';
import { openJson } from '../../../lib/crypto.ts';
import { shuffled } from '../../../lib/random.ts';
import type { Sealed } from '../../feature.ts';
import { answerValue, wordsUses } from '../question-kinds.ts';
import { findRound } from '../store.ts';
import {
  type BoxedAnswer,
  findAnswers,
  listBoxed,
  putAnswers,
  roomForAll,
  type Sealing,
  smallestBox,
  writeBox,
} from './store.ts';

type Before = {
  answers_before_0008: {
    id: string;
    round_id: string;
    question_id: string;
    person_id: string | null;
    random_key: string | null;
    words_use: string | null;
    sealed: string;
  };
};

/** Puts what versions before 0008 kept as a row for each answer where answers are kept now, in the caller's transaction. */
export async function sealOldAnswers(db: Db, sealing: Sealing): Promise<Sealed> {
  const before = db as unknown as Kysely<Before>;
  const all = await before.selectFrom('answers_before_0008').selectAll().execute();
  let left = all.length;
  for (const [roundId, rows] of Map.groupBy(all, ({ round_id }) => round_id)) {
    const round = await findRound(db, roundId);
    if (!round) continue;
    const opened = rows.flatMap((row) => {
      // Sealed before there were owners.
      const value = openJson(sealing.vault, 'programme', row.sealed, `answer:${row.id}`, answerValue);
      return value === undefined ? [] : [{ ...row, value }];
    });
    const unnamed = opened
      .filter(({ person_id }) => person_id === null)
      .map((row): BoxedAnswer => {
        const use = wordsUses.find((one) => one === row.words_use);
        const key = row.random_key;
        return {
          question: row.question_id,
          value: row.value,
          ...(use && { use }),
          ...(key !== null && { key }),
        };
      });
    if (unnamed.length > 0) {
      const { answers, isWhole } = await listBoxed(db, sealing.vault, roundId);
      if (!isWhole) continue;
      const room = round.status === 'open' ? await roomForAll(db, round) : smallestBox;
      await writeBox(db, sealing.vault, roundId, shuffled([...answers, ...unnamed], sealing.random), room);
    }
    for (const [personId, theirs] of Map.groupBy(opened, ({ person_id }) => person_id)) {
      if (personId === null) continue;
      const own = Object.fromEntries(theirs.map(({ question_id, value }) => [question_id, value]));
      const answers = { ...own, ...(await findAnswers(db, sealing.vault, round, { personId })) };
      await putAnswers(db, sealing, round, { personId }, answers);
    }
    for (const { id } of opened)
      await before.deleteFrom('answers_before_0008').where('id', '=', id).execute();
    left -= opened.length;
  }
  if (left > 0) return left === all.length ? 'wrong-key' : 'some-left';
  await before.schema.dropTable('answers_before_0008').execute();
  return 'done';
}
