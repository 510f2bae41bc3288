import { countsOfTalk } from '../../../content/talk.ts';

/**
 * How much of everyday talk a word makes up, by its stem: what people say all day tells little of what they look for, even
 * where the catalogue hardly has it ("bits", "gone"). From 50 million words of film and television talk, SUBTLEX-US.
 * @returns between 0 and 1; 0 for what is said less than about 25 times in a million words
 */
export const shareOfTalk = (stem: string): number => (countsOfTalk().get(stem) ?? 0) / allWords;

/** 1 for a word that is rarely said, next to nothing for one that everybody says. */
export function tells(stem: string): number {
  const share = shareOfTalk(stem);
  if (share === 0) return 1;
  return Math.min(1, Math.max(0.1, (Math.log(1 / share) - usual) / (rare - usual)));
}

const allWords = 49_719_560;
/** The commonest words say nothing, and from about 20 in a million on they say all they can: natural logarithms of one in … */
const usual = 5;
const rare = 11;
