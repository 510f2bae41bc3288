import {
  detailOf,
  type Figure,
  mayBothBeRead,
  mayJoin,
  mayStandBeside,
  summarise,
  type Told,
} from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { type BoxedAnswer, listBoxed, listKeysOf, listOwn } from '../answering/store.ts';
import { countOnPaper, listMeant, listParticipants, tallyOf } from '../asking/store.ts';
import { compareWithBefore } from '../comparing/compare.ts';
import { holdBack } from '../comparing/waiting.ts';
import type { CheckInDeps } from '../deps.ts';
import { closePaper } from '../paper/summarise.ts';
import { choicesOf, type Question, shapeOf } from '../question-kinds.ts';
import { listReaders, type Place } from '../readers.ts';
import type { Round } from '../store.ts';
import type { Frozen, FrozenQuestion } from './frozen.ts';
import { isCounted, listNeighbours, type Neighbour } from './neighbours.ts';
import { findFrozen, keepFrozen, oneAtATime } from './store.ts';

/**
 * Works out once what may be shown of a round that is over, in the caller's transaction. Whatever changes later (who can
 * read it, who is forgotten, the rules themselves), no other version comes to stand beside it.
 * @param notCopied of a private check-in: who let their choices be counted and is not, since they can read the results.
 * @returns undefined when the answers cannot be opened with this key.
 */
export async function freeze(
  db: Db,
  deps: CheckInDeps,
  round: Round,
  cohortId: Place,
  notCopied: readonly string[] = [],
): Promise<Frozen | undefined> {
  const { vault, clock } = deps;
  await oneAtATime(db, clock.now());
  const { mode, family, questions } = round.definition;
  const known = await findFrozen(db, vault, round.id);
  if (known) return known;
  const everybody = await listParticipants(db, round.id);
  const readers = await listReaders(db, cohortId);
  const boxed =
    mode === 'named'
      ? await withoutNames(db, vault, round.id, readers)
      : await listBoxed(db, vault, round.id);
  if (!boxed.isWhole) return undefined;

  const people = everybody.filter((one) => isCounted(one, mode)).map(({ personId }) => personId);
  // In group mode nobody can tell which answers are theirs: there they stay in, and less is shown.
  const notCounted =
    mode === 'linked' || mode === 'named' ? people.filter((id) => readers.has(id)) : notCopied;
  const keys = await listKeysOf(db, vault, mode === 'linked' ? notCounted : [], family);
  const given = boxed.answers.filter(({ key }) => key === undefined || !keys.has(key));
  const counted = people.filter((id) => !notCounted.includes(id));

  const around: Around = {
    counted: counted.length,
    readers: counted.filter((id) => readers.has(id)).length,
    smallest: round.definition.smallest,
    neighbours: await listNeighbours(db, deps, round, cohortId, counted),
  };
  const matched = await compareWithBefore(db, deps, round, cohortId, { given, counted });
  const meant = cohortId === undefined ? undefined : await listMeant(db, round.id);
  const tally = tallyOf(everybody, { meant, readers, onPaper: await countOnPaper(db, round.id) });
  const frozen: Frozen = {
    answered: tally.answered,
    silent: tally.silent,
    counted: counted.length,
    notCounted: [...notCounted],
    questions: Object.fromEntries(
      questions.map((question) => [
        question.id,
        freezeQuestion(
          question,
          given.filter((one) => one.question === question.id),
          { ...around, matched: matched.get(question.id) },
        ),
      ]),
    ),
  };
  const paper = await closePaper(db, deps, round, cohortId, frozen, people);
  const whole = paper ? { ...frozen, paper } : frozen;
  await keepFrozen(db, vault, round.id, whole);
  await holdBack(db, deps, round, cohortId);
  return whole;
}

/** What was answered under names, as it counts in a report: without them, and without those who can read it. */
async function withoutNames(db: Db, vault: Vault, roundId: string, readers: ReadonlySet<string>) {
  const { answers, isWhole } = await listOwn(db, vault, roundId);
  const counted = answers.filter(({ personId }) => !readers.has(personId));
  return {
    isWhole,
    answers: counted.flatMap((own) =>
      Object.entries(own.answers).map(([question, value]): BoxedAnswer => ({ question, value })),
    ),
  };
}

type Around = {
  /** How many people are in this round's results, and how many of them can read it. */
  counted: number;
  readers: number;
  smallest: number;
  neighbours: readonly Neighbour[];
  /** Of the same question: what is shown of those who answered before as well. */
  matched?: Figure | undefined;
};

/** @param given of all who answered this question. */
function freezeQuestion(
  question: Question,
  given: readonly BoxedAnswer[],
  { counted, readers, smallest, neighbours, matched }: Around,
): FrozenQuestion {
  const people = given.length;
  // What somebody answered without a name is here when they themselves are deleted.
  const leftOut = Math.max(0, counted - people);
  const choices = choicesOf(question);
  const detail = detailOf({ answered: people, readers }, smallest);
  if (detail === 'nothing') return { people };
  const beside = neighbours.flatMap((one) => {
    const theirs = one.shows(question);
    return theirs ? [{ ...one, theirs }] : [];
  });
  const notBeside = (stands: (one: Neighbour & { theirs: Told }) => boolean) => {
    const hindered = beside.find((one) => !stands(one));
    return hindered && { group: hindered.group, dueAt: hindered.dueAt };
  };
  // Words, and days: a list of them, without names.
  if (!choices) {
    const hindrance = notBeside((one) => mayBothBeRead(one.mine, one.people, one.shared));
    return hindrance ? { people, beside: hindrance } : { people, rough: { kind: 'words' } };
  }
  const shape = shapeOf(choices);
  const values = given.flatMap(({ value }) => (typeof value === 'string' ? [] : [value]));
  const of = new Set(given.map(({ key = '' }) => key));
  const mayShow = (detail: 'rough' | 'fine') =>
    mayJoin(shape, { of, detail }, matched ? [matched] : [], smallest);
  if (!mayShow('rough') && !mayShow('fine')) return { people, isMatchedOnly: true };
  const shownIn = (kept: 'rough' | 'fine') => {
    if (!mayShow(kept)) return {};
    const hindrance = notBeside(
      (one) =>
        !one.hasReaders &&
        mayStandBeside(
          shape,
          { people: one.mine, detail: kept },
          { people: one.people, detail: one.theirs },
          one.shared,
          smallest,
        ),
    );
    return hindrance
      ? { hindrance }
      : { shown: summarise(shape, values, { detail: kept, leftOut, smallest }) };
  };
  const rough = shownIn('rough');
  const fine = detail === 'fine' ? shownIn('fine') : {};
  return {
    people,
    ...(rough.shown && { rough: rough.shown }),
    ...(fine.shown && { fine: fine.shown }),
    ...(!rough.shown && !fine.shown && { beside: rough.hindrance ?? fine.hindrance }),
  };
}
