import { wordsOf } from '../../../content/words.ts';
import { clip, tidyLine } from '../../../slack/text.ts';

/** Longest question that is looked at, in characters; it has to fit into a Slack block id together with a resource's id. */
export const longestQuestion = 150;
/** More words than this are not looked at. */
const mostWords = 20;

/** What somebody asked, on one line and short enough to travel through buttons; cut at a word where it is too long. */
export function tidyQuestion(text: string): string {
  const line = tidyLine(text.replace(/\p{Cf}|\p{Cs}/gu, ''));
  if (Array.from(line).length <= longestQuestion) return line;
  const cut = clip(line, longestQuestion).slice(0, -1);
  const lastSpace = cut.lastIndexOf(' ');
  return (lastSpace > 40 ? cut.slice(0, lastSpace) : cut).trim();
}

export const wordsOfQuestion = (text: string): string[] => wordsOf(text).slice(0, mostWords);
