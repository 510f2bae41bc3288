import type { Told } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { listParticipants, type Participant } from '../asking/store.ts';
import { figureOf, listComparisons } from '../comparing/store.ts';
import type { Mode } from '../content.ts';
import type { CheckInDeps } from '../deps.ts';
import type { Question } from '../question-kinds.ts';
import { listReadersOf, type Place } from '../readers.ts';
import type { Round } from '../store.ts';
import { wholeProgramme } from '../words.ts';
import type { Frozen } from './frozen.ts';
import { listClosedBeside, openFrozen } from './store.ts';

/** What was asked so long before or after counts as asked again. */
const apartDays = 8 * 7;
/** Of what is asked at a time. */
const longestAskedFor = days(28 + 4);

/** Whose answers can be in a round's results: in private mode those who let themselves be counted. */
export const isCounted = ({ status, isShared }: Participant, mode: Mode): boolean =>
  mode === 'private' ? isShared : status === 'answered';

/** A result that is shown already of people some of whom are in this round's as well. Without those who can read either. */
export type Neighbour = {
  group: string;
  dueAt: Date;
  people: number;
  /** Of this round's people, and of both. */
  mine: number;
  shared: number;
  /** Somebody who can read either is in it: then it says more than it seems to. */
  hasReaders: boolean;
  /** In what detail its answers to the same question are shown. */
  shows(question: Question): Told | undefined;
};

/**
 * The results beside which those of this round would stand: of other groups, and of other check-ins of its own that were
 * open at the same time. A group's rounds one after the other are about what changed, and do stand beside each other.
 * @param counted whose answers are in this round's results.
 */
export async function listNeighbours(
  db: Db,
  { vault }: Pick<CheckInDeps, 'vault'>,
  round: Round,
  cohortId: Place,
  counted: readonly string[],
): Promise<Neighbour[]> {
  // What people start themselves is open for a month or a quarter: when it began says little.
  const { dueAt, closesAt = dueAt } = round;
  const lastAsked = later(dueAt, longestAskedFor) < closesAt ? closesAt : dueAt;
  const closed = await listClosedBeside(db, round, cohortId, {
    from: later(dueAt, -days(apartDays)),
    until: later(lastAsked, days(apartDays)),
  });
  const readers = await listReadersOf(db, [cohortId, ...new Set(closed.map((one) => one.cohortId))]);
  const neighbours: Neighbour[] = [];
  for (const { round: other, cohortId: otherId, group = wholeProgramme.toLowerCase(), sealed } of closed) {
    const { mode } = other.definition;
    if (mode === 'named' || !asksAlike(round, other)) continue;
    const frozen = sealed === undefined ? undefined : openFrozen(vault, other.id, sealed);
    const isReader = new Set([cohortId, otherId].flatMap((id) => [...(readers.get(id) ?? [])]));
    const present = (await listParticipants(db, other.id))
      .filter((one) => isCounted(one, mode) && !frozen?.notCounted.includes(one.personId))
      .map(({ personId }) => personId);
    // Whoever was forgotten since is in its numbers still.
    const gone = Math.max(0, (frozen?.counted ?? present.length) - present.length);
    const theirs = new Set(present.filter((id) => !isReader.has(id)));
    const mine = counted.filter((id) => !isReader.has(id));
    const compared = await listComparisons(db, vault, other.id);
    const isComparedIn = (id: string) =>
      compared.some(({ questions }) => figureOf(questions[id]) !== undefined);
    neighbours.push({
      group,
      dueAt: other.dueAt,
      people: theirs.size + gone,
      mine: mine.length,
      shared: mine.filter((id) => theirs.has(id)).length,
      hasReaders: theirs.size < present.length || mine.length < counted.length,
      shows(question) {
        const same = sameIn(other, question);
        // Fewer than these are in that, so it is reckoned with as if it told more.
        if (same && isComparedIn(same.id)) return 'exact';
        return detailShown(same, frozen, present.length >= other.definition.smallest);
      },
    });
    // Whoever entered what was answered on paper knows it, so it is as if readers were in it.
    const { paper } = frozen ?? {};
    if (paper)
      neighbours.push({
        group,
        dueAt: other.dueAt,
        people: paper.maybe.length,
        mine: mine.length,
        shared: mine.filter((id) => paper.maybe.includes(id)).length,
        hasReaders: true,
        shows(question) {
          const { id = '' } = sameIn(other, question) ?? {};
          return id in paper.questions || paper.words.includes(id) ? 'rough' : undefined;
        },
      });
  }
  return neighbours.filter(({ shared }) => shared > 0);
}

/** The same words, or the same id, as before and after are asked in two templates. */
const sameIn = ({ definition }: Round, { id, text }: Question): Question | undefined =>
  definition.questions.find((one) => one.text === text) ?? definition.questions.find((one) => one.id === id);

const asksAlike = (round: Round, other: Round): boolean =>
  round.definition.questions.some((question) => sameIn(other, question) !== undefined);

/** @param wasEnough before results were frozen, all of them were shown in detail where enough had answered. */
function detailShown(
  question: Question | undefined,
  frozen: Frozen | undefined,
  wasEnough: boolean,
): 'rough' | 'fine' | undefined {
  if (!question) return undefined;
  if (!frozen) return wasEnough ? 'fine' : undefined;
  const kept = frozen.questions[question.id];
  return kept?.fine ? 'fine' : kept?.rough && 'rough';
}
