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
  /** Who to turn to. */
  asked: ReturnType<typeof asksWho>;
  /** How a council's own front door is reached. */
  door: ReturnType<typeof asksFrontDoor>;
  whole: Understood;
  /** What all of it is about. */
  need: Pathway | undefined;
  /** A child may be harmed: children's services are the answer. */
  isOfChild: boolean;
  /** Where whom to turn to was asked, one at most; else those that are named, one clause of it or all. */
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
  const isOfChild =
    door === 'children' ||
    mayHarmChild(question) ||
    (asked === 'a-worry' && namesChild(question) && need?.id !== 'adult-at-risk');
  const own = need ? [need] : [];
  if (asked !== undefined || isOfChild || door) return { asked, door, whole, need, isOfChild, needs: own };
  const named = [whole, ...clausesOf(question).map(read)].flatMap((said) =>
    said.need && said.isNeedAlone ? [said.need] : [],
  );
  const needs = [...new Set(worry ? [...own, ...named] : named)].slice(0, mostBeside);
  return { asked, door, whole, need, isOfChild, needs };
}
