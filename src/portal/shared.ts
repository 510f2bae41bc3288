// What the bot and the site both do with words: so a word is the same word on both, and the same sentences lead to whom to ring.
export { stemOf } from '../content/stem.ts';
export {
  isLetterOrNumber,
  isSmallWord,
  keyOf,
  nameKey,
  namesByLetter,
  wordsOf,
} from '../content/words.ts';
export { leadsToHelp } from '../safeguarding/danger.ts';
export { mayHarmChild } from '../safeguarding/worry.ts';
