import { clip } from '../../../slack/text.ts';

/** Slack shows 75 characters of a choice, and as many in the line below it. */
export const shownOf = (text: string): [string, string | undefined] => {
  const line = text.replace(/\s+/g, ' ').trim();
  const points = Array.from(line);
  return points.length <= 75
    ? [line, undefined]
    : [points.slice(0, 75).join(''), clip(points.slice(75).join(''), 75)];
};
