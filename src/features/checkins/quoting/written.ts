import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { listBoxed, listKeysOf, listOwn, readKeysOf } from '../answering/store.ts';
import { listParticipants } from '../asking/store.ts';
import { asksWordsUse, isOfReport, isWords, type Question } from '../question-kinds.ts';
import { listReaders } from '../readers.ts';
import type { QuestionResult, Results } from '../results/results.ts';
import type { Round } from '../store.ts';

/** What somebody wrote in a round that is over, where words of it may be read. */
export type Written = {
  question: Question;
  text: string;
  /** What may be made of it in a report. 'ask': they were asked nothing, or want to be talked to first. */
  allows: 'nothing' | 'summary' | 'quote' | 'ask';
  /** Undefined: nobody can tell whose it is. */
  writer: { key: string } | { personId: string } | undefined;
};

/** From so many on: what one person alone allows would all be theirs. */
const fewestAllowing = 2;

/**
 * Everything that those who run the group may make something of in its report, as far as its results show it: without what
 * they hid, and what they wrote themselves. @param results without names.
 */
export async function listWritten(
  { db, vault }: { db: Db; vault: Vault },
  results: Results,
): Promise<Written[]> {
  const { round, checkin } = results;
  if (results.kind !== 'shown' || round.status !== 'closed') return [];
  const shown = results.questions.filter(
    (one): one is Extract<QuestionResult, { kind: 'words' }> => one.kind === 'words' && isWords(one.question),
  );
  if (shown.length === 0) return [];
  const readers = await listReaders(db, checkin.cohortId);
  if (round.definition.mode === 'named') {
    const { answers } = await listOwn(db, vault, round.id);
    return shown.flatMap(({ question }) =>
      answers.flatMap(({ personId, answers: { [question.id]: text } }): Written[] =>
        typeof text === 'string' && !readers.has(personId)
          ? [{ question, text, allows: 'ask', writer: { personId } }]
          : [],
      ),
    );
  }
  const readersKeys = await listKeysOf(db, vault, [...readers], round.definition.family);
  const { answers } = await listBoxed(db, vault, round.id);
  const asking = round.definition.questions.find(asksWordsUse);
  const allowed = shown.map(({ question, texts }) => ({
    question,
    given: answers.flatMap(({ question: id, value, key, use, inReport }) => {
      if (id !== question.id || typeof value !== 'string' || !texts.includes(value)) return [];
      if (key !== undefined && readersKeys.has(key)) return [];
      const allows = use ?? inReport ?? (asking && isOfReport(asking) ? ('keep' as const) : 'ask');
      return [{ text: value, key, allows: allows === 'keep' ? ('nothing' as const) : allows }];
    }),
  }));
  const quotes = (given: readonly { allows: string }[]) =>
    given.filter(({ allows }) => allows === 'quote').length;
  const said = answers.filter(
    ({ question, value }) =>
      question === asking?.id && typeof value === 'number' && asking.wordsUse[value] === 'quote',
  ).length;
  const isSeveral = Math.max(said, ...allowed.map(({ given }) => quotes(given))) >= fewestAllowing;
  return allowed.flatMap(({ question, given }) =>
    given.map(
      ({ text, key, allows }): Written => ({
        question,
        text,
        allows: allows === 'quote' && !isSeveral ? 'summary' : allows,
        writer: key === undefined ? undefined : { key },
      }),
    ),
  );
}

/** Who wrote it. Undefined: nobody can tell, or they are gone. */
export async function findWriter(
  { db, vault }: { db: Db; vault: Vault },
  round: Round,
  { writer }: Pick<Written, 'writer'>,
): Promise<string | undefined> {
  if (!writer || 'personId' in writer) return writer?.personId;
  const answered = (await listParticipants(db, round.id)).map(({ personId }) => personId);
  const keys = await readKeysOf(db, vault, answered, round.definition.family);
  return [...keys].find(([, key]) => key === writer.key)?.[0];
}
