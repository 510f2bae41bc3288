import { tellingWords } from './words.ts';

/** Fewer telling words are no clause: "mum and baby". */
const fewestWords = 2;
const between = /[,;:.!?]+(?:\s|$)|\s[-\u2013\u2014]+\s|\b(?:and|but|because)\b/iu;

/** "Baby won't settle, mum anxious" tells of two things, each of which can be answered. @returns none where there is only one */
export function clausesOf(text: string): string[] {
  if (!between.test(text)) return [];
  const pieces = text.split(between);
  const clauses = pieces.filter((piece) => tellingWords(piece).length >= fewestWords);
  return clauses.length > 1 ? clauses : [];
}
