import {
  detailOf,
  type Figure,
  mayJoin,
  mayStandBeside,
  type Shape,
  spreadOf,
  summarise,
} from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { type BoxedAnswer, listBoxed, listKeysOf, readKeysOf } from '../answering/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { asksTheSame, choicesOf, isCompared, type Question, shapeOf } from '../question-kinds.ts';
import { listReaders, type Place } from '../readers.ts';
import type { Frozen } from '../results/frozen.ts';
import { listNeighbours, type Neighbour } from '../results/neighbours.ts';
import { findFrozen } from '../results/store.ts';
import { findRound, type HeldBack, type Round } from '../store.ts';
import { changeOf } from './change.ts';
import {
  type ComparedQuestion,
  type Comparison,
  figureOf,
  keepComparison,
  keepHeldBack,
  listComparisons,
} from './store.ts';
import { comesAs, findBefore } from './waiting.ts';

type Answer = number | readonly number[];
/** What was answered to one question, by random key. */
type Given = ReadonlyMap<string, Answer>;

/**
 * Once a round that comes after has closed: what people answered then beside what the same people answered before, matched by
 * their random keys. What is shown is decided by the numbers of people alone, question by question, and the comparison comes
 * first: results of all who answered are shown besides where that tells of few no more than without them. It is worked out
 * once, in the transaction of the caller, in which nobody else is at it.
 * @param now what those answered in it who are counted, and who they are.
 * @returns what is shown of each question, where there is anything to compare with.
 */
export async function compareWithBefore(
  db: Db,
  deps: Pick<CheckInDeps, 'vault' | 'templates'>,
  round: Round,
  cohortId: Place,
  now: { given: readonly BoxedAnswer[]; counted: readonly string[] },
): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>();
  const found = await findPair(db, deps, round, cohortId);
  if (!found) return figures;
  const { before, frozen, earlier } = found;
  const family = round.definition.family;
  const { vault } = deps;
  const smallest = Math.max(before.definition.smallest, round.definition.smallest);

  const inBoth = sharedKeys(keysIn(earlier.given), keysIn(now.given));
  const people = await readKeysOf(db, vault, now.counted, family);
  const matched = [...people].flatMap(([personId, key]) => (inBoth.has(key) ? [personId] : []));
  const neighbours = [
    ...(await listNeighbours(db, deps, before, found.cohortId, matched)),
    ...(await listNeighbours(db, deps, round, found.cohortId, matched)),
  ];
  const comparisons = (await listComparisons(db, vault, before.id)).filter(
    (one) => one.beforeId === before.id,
  );
  const heldBack: HeldBack = before.heldBack ?? { waits: false, compared: {} };
  const questions: Comparison['questions'] = {};
  for (const question of round.definition.questions.filter(isCompared)) {
    const twin = before.definition.questions.find(({ id }) => id === question.id);
    if (!twin || !asksTheSame(twin, question)) {
      questions[question.id] = { kind: 'not', why: 'other' };
      continue;
    }
    const everybody = allBefore(earlier.all, twin, frozen);
    const known = heldBack.compared[question.id];
    const mostOfAll = frozenDetail(frozen, twin.id);
    const allShown = known ? known.all : heldBack.waits ? 'nothing' : mostOfAll;
    const shownThen = comparisons.flatMap((one) => figureOf(one.questions[question.id]) ?? []);
    const compared = await compareQuestion(
      question,
      answersTo(earlier.given, twin),
      answersTo(now.given, question),
      {
        smallest,
        inBoth: inBoth.size,
        // Where an earlier one is gone, whom it was of is not known any more.
        isKnown: shownThen.length >= (known?.times ?? 0),
        shown: [...shownThen, ...(allShown === 'nothing' ? [] : [{ of: everybody, detail: allShown }])],
        neighbours,
      },
    );
    questions[question.id] = compared;
    const figure = figureOf(compared);
    if (!figure) continue;
    figures.set(question.id, figure);
    heldBack.compared[question.id] = {
      times: (known?.times ?? 0) + 1,
      all:
        known || !heldBack.waits
          ? allShown
          : mostBeside(shapeOfQuestion(question), everybody, mostOfAll, figure, smallest),
    };
  }
  await keepComparison(db, vault, { afterId: round.id, beforeId: before.id, questions });
  if (figures.size > 0) await keepHeldBack(db, before.id, heldBack);
  return figures;
}

/** The round before, and what was answered in it: by all who are in its results, and by those who are compared. */
async function findPair(
  db: Db,
  deps: Pick<CheckInDeps, 'vault' | 'templates'>,
  round: Round,
  cohortId: Place,
) {
  if (cohortId === undefined || !comesAs(deps.templates, 'after', round.definition)) return undefined;
  // What was called off is compared with nothing.
  if ((await findRound(db, round.id))?.status !== 'closed') return undefined;
  const before = await findBefore(db, deps, round, cohortId);
  const frozen = before && (await findFrozen(db, deps.vault, before.id));
  const boxed = before && (await listBoxed(db, deps.vault, before.id));
  if (!before || !frozen || !boxed?.isWhole) return undefined;
  const { family } = round.definition;
  const notCounted = await listKeysOf(db, deps.vault, frozen.notCounted, family);
  const all = boxed.answers.filter(({ key }) => key !== undefined && !notCounted.has(key));
  // Whoever can read results by now is in none that is new.
  const readers = await listKeysOf(db, deps.vault, [...(await listReaders(db, cohortId))], family);
  const given = all.filter(({ key = '' }) => !readers.has(key));
  return { cohortId, before, frozen, earlier: { all, given } };
}

const keysIn = (given: readonly BoxedAnswer[]): ReadonlySet<string> =>
  new Set(given.flatMap(({ key }) => key ?? []));

const sharedKeys = (one: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> =>
  new Set([...one].filter((key) => other.has(key)));

const answersTo = (given: readonly BoxedAnswer[], { id }: Question): Given =>
  new Map(
    given.flatMap(({ question, key, value }) =>
      question === id && key !== undefined && typeof value !== 'string' ? [[key, value] as const] : [],
    ),
  );

/** Whose answers are in what was worked out of all when it closed. Whoever was deleted since is in it still. */
function allBefore(all: readonly BoxedAnswer[], twin: Question, frozen: Frozen): ReadonlySet<string> {
  const present = [...answersTo(all, twin).keys()];
  const gone = Math.max(0, (frozen.questions[twin.id]?.people ?? 0) - present.length);
  return new Set([...present, ...Array.from({ length: gone }, (_, nth) => `gone ${nth}`)]);
}

type Detail = HeldBack['compared'][string]['all'];

const frozenDetail = ({ questions }: Frozen, id: string): Detail => {
  const kept = questions[id];
  return kept?.fine ? 'fine' : kept?.rough ? 'rough' : 'nothing';
};

/** In what detail all who answered may be shown beside those who are compared. */
const mostBeside = (
  shape: Shape,
  everybody: ReadonlySet<string>,
  most: Detail,
  figure: Figure,
  smallest: number,
): Detail =>
  (['fine', 'rough'] as const).find(
    (detail) =>
      (detail === most || most === 'fine') && mayJoin(shape, { of: everybody, detail }, [figure], smallest),
  ) ?? 'nothing';

const shapeOfQuestion = (question: Question): Shape =>
  shapeOf(choicesOf(question) ?? { kind: 'choice', values: [] });

type Beside = {
  smallest: number;
  /** How many answered anything in both rounds. */
  inBoth: number;
  isKnown: boolean;
  /** What is shown of the same question, asked before. */
  shown: readonly Figure[];
  neighbours: readonly Neighbour[];
};

async function compareQuestion(
  question: Question,
  then: Given,
  now: Given,
  { smallest, inBoth, isKnown, shown, neighbours }: Beside,
): Promise<ComparedQuestion> {
  const pairs = [...then].flatMap(([key, before]) => {
    const after = now.get(key);
    return after === undefined ? [] : [{ key, before, after }];
  });
  const most = detailOf({ answered: pairs.length, readers: 0 }, smallest);
  if (most === 'nothing') return { kind: 'not', why: 'few' };
  const shape = shapeOfQuestion(question);
  const of = new Set(pairs.map(({ key }) => key));
  const mayBeShown = (detail: Figure['detail']): boolean =>
    isKnown &&
    mayJoin(shape, { of, detail }, shown, smallest) &&
    neighbours.every((one) => {
      const theirs = one.shows(question);
      if (theirs === undefined) return true;
      const [mine, other] = [
        { people: one.mine, detail },
        { people: one.people, detail: theirs },
      ];
      return !one.hasReaders && mayStandBeside(shape, mine, other, one.shared, smallest);
    });
  const how = { leftOut: inBoth - pairs.length, smallest };
  const sums = (detail: 'rough' | 'fine') => {
    return {
      before: summarise(
        shape,
        pairs.map(({ before }) => before),
        { ...how, detail },
      ),
      after: summarise(
        shape,
        pairs.map(({ after }) => after),
        { ...how, detail },
      ),
    };
  };
  const rough = mayBeShown('rough') ? sums('rough') : undefined;
  const fine = most === 'fine' ? sums('fine') : undefined;
  const averages =
    fine?.before.kind === 'average' && fine.after.kind === 'average'
      ? { before: fine.before.value, after: fine.after.value }
      : undefined;
  const mayBeFine = fine && mayBeShown(averages ? 'exact' : 'fine');
  if (!rough && !mayBeFine) return { kind: 'not', why: 'beside' };
  const change = averages && {
    change: await changeOf(
      averages,
      pairs.map(({ before, after }) => Number(after) - Number(before)),
    ),
    spread: {
      before: spreadOf(
        shape,
        pairs.map(({ before }) => Number(before)),
        how,
      ),
      after: spreadOf(
        shape,
        pairs.map(({ after }) => Number(after)),
        how,
      ),
    },
  };
  return {
    kind: 'shown',
    of: [...of],
    ...(rough && { rough }),
    ...(mayBeFine && { fine: { ...fine, ...change } }),
  };
}
