import { clausesOf } from '../../content/clauses.ts';
import { isOfOneself } from '../../safeguarding/danger.ts';
import { tellsOfHarm } from '../../safeguarding/harm.ts';
import { mayHarmChild, namesChild, worryOf } from '../../safeguarding/worry.ts';
import { asksFrontDoor, asksWho } from './asked.ts';
import type { Pathway } from './content.ts';
import type { Needs, Understood } from './needs.ts';

/** What was looked for has to stand near the top of a phone's screen. */
const mostBeside = 2;

/** What a search asks of the pathways. */
export type Named = {
  /** Who to turn to: then `needs` has one at most, or none where all that is known is an age or a worry. */
  isAsking: boolean;
  /** A child may be harmed: children's services are the answer. */
  isOfChild: boolean;
  whole: Understood;
  /** What all of it is about. */
  need: Pathway | undefined;
  /** Else those that are named, one clause of it or all. */
  needs: Pathway[];
};

export function needsOf(read: Needs, all: readonly Pathway[], question: string): Named {
  const worry = worryOf(question);
  const door = asksFrontDoor(question);
  // Whoever tells of harm to others is asking, however it is put. Who tells of themselves has the lines for that above.
  const isOfOthers = !isOfOneself(question) || namesChild(question);
  const asked = asksWho(question) ?? (isOfOthers && tellsOfHarm(question) ? 'a-worry' : undefined);
  const whole = read(question);
  const told = worry?.about ?? (door === 'adults' ? 'adult-at-risk' : undefined);
  // What is told in everyday words counts more than the words of it that a need has too.
  const need = told === undefined ? whole.need : all.find(({ id }) => id === told);
  const own = need ? [need] : [];
  const isOfChild =
    door === 'children' ||
    mayHarmChild(question, worry) ||
    (asked === 'a-worry' && namesChild(question) && need?.id !== 'adult-at-risk');
  // "A 3 year old with a burn": whom to ring is the answer, whatever the need is.
  if (asked !== undefined || isOfChild || door) {
    const isAsking = need !== undefined || whole.age !== undefined || asked === 'a-worry' || isOfChild;
    return { isAsking, isOfChild, whole, need, needs: own };
  }
  const named = [whole, ...clausesOf(question).map(read)].flatMap((said) =>
    said.need && said.isNeedAlone ? [said.need] : [],
  );
  const needs = [...new Set(worry ? [...own, ...named] : named)].slice(0, mostBeside);
  return { isAsking: false, isOfChild, whole, need, needs };
}
