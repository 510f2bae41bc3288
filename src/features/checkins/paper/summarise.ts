import { detailOf, summarise } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { shuffled } from '../../../lib/random.ts';
import type { Answers } from '../answering/draft.ts';
import { allowedFor, type BoxedAnswer, listBoxed, smallestBox, writeBox } from '../answering/store.ts';
import { listMeant, listOnPaper } from '../asking/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { choicesOf, type Question, shapeOf } from '../question-kinds.ts';
import type { Place } from '../readers.ts';
import type { Frozen, FrozenPaper } from '../results/frozen.ts';
import { listNeighbours } from '../results/neighbours.ts';
import type { Round } from '../store.ts';
import { emptyBox, listPapers } from './store.ts';

/**
 * What may be said of the answers on paper when a round closes; after it, nothing tells which answers those were. Whoever
 * entered them knows each one, and could take them out of any sum they are in: so they are in none with the others, and
 * count towards nothing that is shown of the others. A question of which nothing is shown of the others shows nothing of
 * them either. Their words come among the others'.
 * @param frozen what may be shown of those who answered here.
 */
export async function closePaper(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  cohortId: Place,
  frozen: Frozen,
  answeredHere: readonly string[],
): Promise<FrozenPaper | undefined> {
  const { papers, isWhole } = await listPapers(db, deps.vault, round.id);
  if (!isWhole || papers.length === 0) return undefined;
  const { smallest, questions } = round.definition;
  // Nobody is tied to a paper, so it may be anybody's who has not answered here, and theirs who were noted.
  const maybe = new Set([
    ...(await listMeant(db, round.id)).filter((id) => !answeredHere.includes(id)),
    ...(await listOnPaper(db, round.id)),
  ]);
  const neighbours = await listNeighbours(db, deps, round, cohortId, [...maybe]);
  const isBeside = (question: Question) => neighbours.some((one) => one.shows(question) !== undefined);
  const shown = questions.flatMap((question) => {
    const here = frozen.questions[question.id];
    if (!(here?.rough || here?.fine) || isBeside(question)) return [];
    const says = sum(question, papers, smallest);
    return says ? [[question.id, says] as const] : [];
  });
  const words = papers.flatMap((paper) => wordsOf(paper, questions, isBeside));
  const { answers: others } = await listBoxed(db, deps.vault, round.id);
  await writeBox(db, deps.vault, round.id, shuffled([...others, ...words], deps.random), smallestBox);
  await emptyBox(db, deps.vault, round.id);
  return {
    people: papers.length,
    maybe: [...maybe],
    questions: Object.fromEntries(shown),
    words: [...new Set(words.map(({ question }) => question))],
  };
}

function sum(question: Question, papers: readonly Answers[], smallest: number) {
  const choices = choicesOf(question);
  const given = papers.flatMap(({ [question.id]: value }) =>
    value === undefined || typeof value === 'string' ? [] : [value],
  );
  const detail = detailOf({ answered: given.length, readers: 0 }, smallest);
  if (!choices || detail === 'nothing') return undefined;
  return summarise(shapeOf(choices), given, { detail, leftOut: papers.length - given.length, smallest });
}

/**
 * The words of a paper, as its author allows. Where the same people may have written to the same question elsewhere and that
 * is shown, they are kept and not shown.
 */
function wordsOf(paper: Answers, questions: readonly Question[], isBeside: (question: Question) => boolean) {
  const asAuthorsAllow = allowedFor(questions, paper);
  return questions.flatMap((question): BoxedAnswer[] => {
    const { [question.id]: value } = paper;
    if (value === undefined || choicesOf(question)) return [];
    const allowed = isBeside(question) ? { use: 'keep' as const } : asAuthorsAllow;
    return [{ question: question.id, value, ...allowed }];
  });
}
