import { findCohort } from '../../../community/cohorts.ts';
import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { type Count, detailOf, type Interval, type Tally, thirds } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { numbersFrom, shuffled } from '../../../lib/random.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { Answers } from '../answering/draft.ts';
import { listBoxed, listKeysOf, listOwn } from '../answering/store.ts';
import { occasionOf } from '../asking/round.ts';
import { countPapers, countParticipation, listParticipants } from '../asking/store.ts';
import { askedAt } from '../coming.ts';
import { listComparisons } from '../comparing/store.ts';
import { findAfter } from '../comparing/waiting.ts';
import type { CheckInDeps } from '../deps.ts';
import {
  asksTheSame,
  choicesOf,
  isCompared,
  isOfReport,
  isWords,
  type Question,
  sayAnswer,
} from '../question-kinds.ts';
import { listReaders, mayRead, type Place } from '../readers.ts';
import {
  type CheckIn,
  findCheckIn,
  findRound,
  isStartedByMembers,
  listRounds,
  type Round,
} from '../store.ts';
import { wholeProgramme } from '../words.ts';
import { freeze } from './freeze.ts';
import type { Frozen, FrozenQuestion, FrozenShown, Sum } from './frozen.ts';
import { isCounted } from './neighbours.ts';
import { findFrozen, findSoFar, listHidden, listTold } from './store.ts';

/** Against the round before. */
export type Change = 'higher' | 'lower' | 'same';

export type NamedAnswer = { name: string; text: string; isWords: boolean };

/** One question's part of the results. */
export type QuestionResult = { question: Question } & (
  | { kind: 'named'; answers: NamedAnswer[] }
  | { kind: 'too-few' }
  /** People are also in another group, whose result of this question is shown. */
  | { kind: 'beside'; group: string; dueAt: Date }
  /** It waits for the answers afterwards. Undefined: when those close is not known. */
  | { kind: 'held'; until: Date | undefined }
  /** Only of those who answered both before and after. Empty: what it was compared with is gone. */
  | { kind: 'compared'; compared: Compared[] }
  | {
      kind: 'summed';
      shown: Sum;
      compared: Compared[];
      /** The same of those who answered on paper. */
      paper: Sum | undefined;
      change: Change | undefined;
      /** The last rounds that asked the same, the oldest first and this one last. */
      past: Past[];
    }
  /** `hidden`: what those who read the results do not show. */
  | { kind: 'words'; texts: string[]; hidden: string[]; withheld: boolean }
);

/** What the same people answered before and after, as it is shown. */
export type Compared = {
  /** When each of the two was asked. */
  before: Date;
  after: Date;
  sums: {
    before: Sum;
    after: Sum;
    change?: Interval | undefined;
    /** How many are in each third of the scale, lowest first. */
    spread?: { before: Count[]; after: Count[] } | undefined;
  };
};

/** One round's part in what changed. */
export type Past = {
  dueAt: Date;
  askedAt: Date;
  /** Undefined: nothing is shown of it. */
  shown: Sum | undefined;
  /**
   * Members may be told it too: they read so before they answered, and as many answered as beside one reader, since each of
   * them knows one answer, their own.
   */
  isForMembers: boolean;
};

/** So many rounds are looked back on. */
export const roundsBack = 6;

export type Results = {
  round: Round;
  checkin: CheckIn;
  /** When people were asked, where days off have moved it. */
  askedAt: Date;
  /** What it is called beside its check-in's name, where that comes again. */
  occasion: string | undefined;
  cohortName: string;
  tally: Tally;
  /** Some answers cannot be opened with the present key. */
  isWhole: boolean;
  /** Other rounds of the same check-in, newest first. */
  rounds: { id: string; dueAt: Date; askedAt: Date; occasion: string | undefined; isOpen: boolean }[];
  /** What may be told of what people noted for themselves afterwards. */
  noted: Mrkdwn | undefined;
} & (
  | { kind: 'shown'; questions: QuestionResult[]; onPaper?: number }
  /** A summary is made at closing, so that nobody can tell the latest answer from the difference between two looks. */
  | { kind: 'not-closed'; counted: Tally | undefined; papers: number }
  | { kind: 'too-few' }
);

/**
 * What those who run the group may see of a round.
 * @param id a round's, or a check-in's: then its latest round that shows something.
 * @param order the words come in another one for each.
 */
export async function readResults(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
  order: string,
): Promise<Results | { kind: 'not-allowed' } | { kind: 'none-yet'; checkin: CheckIn }> {
  const { db } = deps;
  const asRound = await findRound(db, id);
  const checkin = await findCheckIn(db, asRound?.checkinId ?? id);
  if (!checkin || !mayRead(actor, checkin.cohortId)) return { kind: 'not-allowed' };
  const rounds = await listRounds(db, checkin.id);
  // What is open shows nothing yet, but for answers with names, which show as they come.
  const latest = rounds.find(({ status, definition }) => status !== 'open' || definition.mode === 'named');
  const round = asRound ?? latest ?? rounds[0];
  if (!round) return { kind: 'none-yet', checkin };
  return readRound(deps, { checkin, round, rounds }, { order, withNames: true });
}

/**
 * The same of one round, for whoever may see it.
 * @param rounds of the check-in, newest first.
 * @param withNames of one in which people answer under their names: who said what, rather than how all of them answered.
 */
export async function readRound(
  deps: CheckInDeps,
  { checkin, round, rounds }: { checkin: CheckIn; round: Round; rounds: readonly Round[] },
  { order, withNames }: { order: string; withNames: boolean },
): Promise<Results> {
  const { db, vault } = deps;
  const { mode, questions } = round.definition;
  const readers = await listReaders(db, checkin.cohortId);
  const asked = (dueAt: Date) => askedAt(checkin, dueAt, deps.daysOff);
  const base = {
    round,
    checkin,
    askedAt: asked(round.dueAt),
    occasion: occasionOf(checkin.recurrence, round.dueAt, deps.daysOff),
    cohortName:
      checkin.cohortId === undefined
        ? wholeProgramme
        : ((await findCohort(db, checkin.cohortId))?.name ?? ''),
    tally: await countParticipation(db, round.id, readers, checkin.cohortId),
    isWhole: true,
    rounds: rounds.map(({ id, dueAt, status }) => ({
      id,
      dueAt,
      askedAt: asked(dueAt),
      occasion: occasionOf(checkin.recurrence, dueAt, deps.daysOff),
      isOpen: status === 'open',
    })),
    noted: await sayNoted(deps, round, readers),
  };
  if (mode === 'named' && withNames) {
    const { answers, isWhole } = await listOwn(db, vault, round.id);
    const names = await namesOf(db, answers);
    const named = questions.map((question) => namedResult(question, answers, names));
    return { ...base, isWhole, kind: 'shown', questions: named };
  }
  if (round.status === 'open') {
    const counted = await findSoFar(db, round.id);
    return { ...base, kind: 'not-closed', counted, papers: await countPapers(db, round.id) };
  }
  const now = await readFrozen(deps, round, checkin.cohortId, readers);
  if (!now) return { ...base, isWhole: false, kind: 'shown', questions: [] };
  const { answered, counted, silent = base.tally.silent } = now.frozen;
  const tally = { answered, readers: base.tally.readers, silent };
  if (detailOf({ answered: counted, readers: now.readers }, round.definition.smallest) === 'nothing')
    return { ...base, tally, kind: 'too-few' };
  // Each time other people begin, so what differs is no change.
  const past =
    checkin.cohortId === undefined || isStartedByMembers(checkin)
      ? []
      : rounds.filter((one) => one.dueAt < round.dueAt && one.status !== 'open').slice(0, roundsBack - 1);
  const before: { round: Round; visible: Visible | undefined }[] = [];
  for (const one of past.toReversed())
    before.push({ round: one, visible: await readFrozen(deps, one, checkin.cohortId, readers) });
  const told = await listTold(db, checkin.id);
  const until =
    round.heldBack?.waits && checkin.cohortId !== undefined
      ? (await findAfter(db, deps, round, checkin.cohortId))?.closesAt
      : undefined;
  const results: QuestionResult[] = [];
  for (const question of questions) {
    if (isOfReport(question)) continue;
    const shown = now.shown(question);
    const compared = now.compared(question);
    if (shown?.kind === 'words') results.push(await wordsOf(deps, round, question, now.frozen, order));
    else if (shown) {
      const earlier = before.flatMap(({ round: { id, dueAt, definition }, visible }): Past[] => {
        const twin = definition.questions.find((one) => one.id === question.id);
        if (!twin || !asksTheSame(question, twin)) return [];
        const then = visible?.shown(question);
        const isForMembers = told.has(id) && mayBeGivenBack(visible, question);
        return [
          { dueAt, askedAt: asked(dueAt), shown: then?.kind === 'words' ? undefined : then, isForMembers },
        ];
      });
      results.push({
        question,
        kind: 'summed',
        shown,
        compared,
        paper: onPaper(now.frozen, question.id),
        change: changeOf(shown, earlier.at(-1)?.shown),
        past: [
          ...earlier,
          {
            dueAt: round.dueAt,
            askedAt: base.askedAt,
            shown,
            isForMembers: told.has(round.id) && mayBeGivenBack(now, question),
          },
        ],
      });
    } else if (compared.length > 0) results.push({ question, kind: 'compared', compared });
    else if (now.isHeld(question)) results.push({ question, kind: 'held', until });
    else results.push({ question, ...whyNothing(now.frozen.questions[question.id]) });
  }
  // Only what was chosen is part of what a private check-in shares, never words or days.
  const isShared = ({ question }: QuestionResult) => mode !== 'private' || choicesOf(question) !== undefined;
  const { paper } = now.frozen;
  return {
    ...base,
    tally,
    kind: 'shown',
    questions: results.filter(isShared),
    ...(paper && { onPaper: paper.people }),
  };
}

function onPaper({ paper }: Frozen, question: string) {
  const shown = paper?.questions[question];
  return shown?.kind === 'words' ? undefined : shown;
}

async function sayNoted(
  deps: CheckInDeps,
  { id, status, closesAt: endedAt }: Round,
  readers: ReadonlySet<string>,
): Promise<Mrkdwn | undefined> {
  if (status === 'open' || endedAt === undefined) return undefined;
  const answered = (await listParticipants(deps.db, id)).filter((one) => one.status === 'answered');
  const people = answered.map(({ personId }) => personId).filter((personId) => !readers.has(personId));
  return deps.sayNoted?.({ id, endedAt, people });
}

type Visible = {
  frozen: Frozen;
  readers: number;
  smallest: number;
  shown(question: Question): FrozenShown | undefined;
  /** The same question, of those who answered both before and after. */
  compared(question: Question): Compared[];
  /** Whether it is kept for then. */
  isHeld(question: Question): boolean;
};

/** What was frozen of a round, as far as it may be shown to those who can read it now: they may be more than then. */
async function readFrozen(
  deps: CheckInDeps,
  round: Round,
  cohortId: Place,
  readers: ReadonlySet<string>,
): Promise<Visible | undefined> {
  const frozen =
    (await findFrozen(deps.db, deps.vault, round.id)) ??
    // Closed by an older version: it is made now.
    (deps.db.isTransaction
      ? await freeze(deps.db, deps, round, cohortId)
      : await deps.db.transaction().execute((trx) => freeze(trx, deps, round, cohortId)));
  if (!frozen) return undefined;
  const among = (await listParticipants(deps.db, round.id)).filter(
    (one) =>
      isCounted(one, round.definition.mode) &&
      readers.has(one.personId) &&
      !frozen.notCounted.includes(one.personId),
  ).length;
  const { smallest } = round.definition;
  const comparisons = await readComparisons(deps, round, readers);
  const isHeld = (question: Question): boolean =>
    isCompared(question) &&
    round.heldBack?.waits === true &&
    round.heldBack.compared[question.id] === undefined;
  return {
    frozen,
    readers: among,
    smallest,
    isHeld,
    shown(question) {
      const kept = frozen.questions[question.id];
      const detail = detailOf({ answered: kept?.people ?? 0, readers: among }, smallest);
      const most = round.heldBack?.compared[question.id]?.all;
      if (detail === 'nothing' || most === 'nothing' || isHeld(question)) return undefined;
      return (detail === 'fine' && most !== 'rough' && kept?.fine) || kept?.rough;
    },
    compared: (question) =>
      comparisons.flatMap(({ of, before, after }) => {
        const sums = of(question.id);
        return sums ? [{ before, after, sums }] : [];
      }),
  };
}

/** The comparisons that a round is in, with when its two were asked, as far as they may be shown to those who read them now. */
export async function readComparisons(
  { db, vault, daysOff }: Pick<CheckInDeps, 'db' | 'vault' | 'daysOff'>,
  round: Round,
  readers: ReadonlySet<string>,
) {
  const { family, smallest } = round.definition;
  const keys = await listKeysOf(db, vault, [...readers], family);
  const found = [];
  for (const { beforeId, afterId, questions } of await listComparisons(db, vault, round.id)) {
    const [before, after] = [await findRound(db, beforeId), await findRound(db, afterId)];
    if (!before || !after) continue;
    const at = async ({ checkinId, dueAt }: Round) => {
      const checkin = await findCheckIn(db, checkinId);
      return checkin ? askedAt(checkin, dueAt, daysOff) : dueAt;
    };
    found.push({
      rounds: { before, after },
      before: await at(before),
      after: await at(after),
      questions,
      of(id: string): Compared['sums'] | undefined {
        const compared = questions[id];
        if (compared?.kind !== 'shown') return undefined;
        // Whoever can read it by now, and could not then.
        const among = compared.of.filter((key) => keys.has(key)).length;
        const detail = detailOf({ answered: compared.of.length, readers: among }, smallest);
        if (detail === 'nothing') return undefined;
        return (detail === 'fine' && compared.fine) || compared.rough;
      },
    });
  }
  return found;
}

const mayBeGivenBack = (visible: Visible | undefined, { id }: Question): boolean =>
  visible !== undefined &&
  detailOf(
    { answered: visible.frozen.questions[id]?.people ?? 0, readers: visible.readers + 1 },
    visible.smallest,
  ) !== 'nothing';

const whyNothing = (
  kept: FrozenQuestion | undefined,
):
  | { kind: 'beside'; group: string; dueAt: Date }
  | { kind: 'too-few' }
  | { kind: 'compared'; compared: [] } => {
  if (kept?.isMatchedOnly) return { kind: 'compared', compared: [] };
  return kept?.beside ? { kind: 'beside', ...kept.beside } : { kind: 'too-few' };
};

/** Told from what is shown of both, and of nothing else. */
function changeOf(now: FrozenShown, before: FrozenShown | undefined): Change | undefined {
  const places = [now, before].map((one) =>
    one?.kind === 'third' ? thirds.indexOf(one.third) : one?.kind === 'average' ? one.value : undefined,
  );
  const [place, placeBefore] = places;
  if (place === undefined || placeBefore === undefined || now.kind !== before?.kind) return undefined;
  return place > placeBefore ? 'higher' : place < placeBefore ? 'lower' : 'same';
}

/** Words that their authors let be shown. */
async function wordsOf(
  { db, vault }: CheckInDeps,
  { id, definition }: Round,
  question: Question,
  { notCounted }: Frozen,
  order: string,
): Promise<QuestionResult> {
  const keys = await listKeysOf(db, vault, definition.mode === 'linked' ? notCounted : [], definition.family);
  const { answers } = await listBoxed(db, vault, id);
  const given = answers.filter((one) => one.question === question.id && !keys.has(one.key ?? ''));
  const allowed = given.flatMap(({ value, use }) =>
    typeof value === 'string' && (use === undefined || use === 'quote') ? [sayAnswer(question, value)] : [],
  );
  const hidden = new Set(await listHidden(db, vault, id, question.id));
  const mixed = shuffled(allowed, numbersFrom(`${order}:${question.id}`));
  return {
    question,
    kind: 'words',
    texts: mixed.filter((text) => !hidden.has(text)),
    hidden: mixed.filter((text) => hidden.has(text)),
    withheld: allowed.length < given.length,
  };
}

type Own = { personId: string; answers: Answers };

async function namesOf(db: Db, people: readonly Own[]): Promise<Map<string, string>> {
  const found = await listPeople(
    db,
    people.map(({ personId }) => personId),
  );
  return new Map(found.map((person) => [person.id, person.displayName]));
}

export function namedResult(
  question: Question,
  people: readonly Own[],
  names: ReadonlyMap<string, string>,
): QuestionResult {
  const given = people.flatMap(({ personId, answers: { [question.id]: value } }) =>
    value === undefined
      ? []
      : [
          {
            name: names.get(personId) || 'Someone whose name is not known',
            text: sayAnswer(question, value),
            isWords: isWords(question),
          },
        ],
  );
  return { question, kind: 'named', answers: given.toSorted((a, b) => a.name.localeCompare(b.name)) };
}
