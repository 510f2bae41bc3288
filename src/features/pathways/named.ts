import { clausesOf } from '../../content/clauses.ts';
import { tellsOfHarm } from '../../safeguarding/harm.ts';
import { asksWho } from './asked.ts';
import type { Pathway } from './content.ts';
import type { Needs, Understood } from './needs.ts';

/** What was looked for has to stand near the top of a phone's screen. */
const mostBeside = 2;

/**
 * What a search asks of the pathways. `isAsking`: who to turn to, and then `needs` has one at most, or none where all that is
 * known is an age or a worry; else those that are named, one clause of it or all.
 */
export function needsOf(
  read: Needs,
  question: string,
): { isAsking: boolean; whole: Understood; needs: Pathway[] } {
  // Whoever tells of harm is asking, however it is put.
  const asked = asksWho(question) ?? (tellsOfHarm(question) ? 'a-worry' : undefined);
  const whole = read(question);
  const { need, age } = whole;
  // "A 3 year old with a burn": whom to ring is the answer, whatever the need is.
  if (asked !== undefined)
    return {
      isAsking: asked === 'a-worry' || need !== undefined || age !== undefined,
      whole,
      needs: need ? [need] : [],
    };
  const named = [whole, ...clausesOf(question).map(read)].flatMap((said) =>
    said.need && said.isNeedAlone ? [said.need] : [],
  );
  return { isAsking: false, whole, needs: [...new Set(named)].slice(0, mostBeside) };
}
