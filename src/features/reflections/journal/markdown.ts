import { sayAbout } from '../about.ts';
import { type About, type Body, titleOf } from '../body.ts';
import { sayMoment } from '../dates.ts';
import type { Reflection } from '../store.ts';

export const unreadableLine = 'This reflection cannot be opened with the present key.';

/** Reflections as Markdown to take away. Words stand as they were written. */
export function toMarkdown(reflections: readonly Reflection[], zone: string): string {
  return reflections
    .map(({ writtenAt, body }) => {
      const heading = `## ${sayMoment(writtenAt, zone)}${body ? `: ${titleOf(body)}` : ''}`;
      return [heading, ...(body ? sectionsOf(body) : [`_${unreadableLine}_`])].join('\n\n');
    })
    .join('\n\n');
}

const sectionsOf = ({ title, parts, choices, about = {} }: Body): string[] => [
  ...aboutLines(title, about),
  ...parts.map(({ label, text }) => `### ${label}\n\n${text}`),
  ...choices.map(({ label, selected }) => `### ${label}\n\n${selected.map((one) => `- ${one}`).join('\n')}`),
];

const aboutLines = (way: string, about: About): string[] => {
  const lines = [about.title && way, sayAbout(about), about.link].filter(
    (one) => one !== undefined && one !== '',
  );
  return lines.length > 0 ? [lines.join('\n\n')] : [];
};

/** Cut into pieces of at most `max` code points, at the end of a line where there is one; joined they are the whole. */
export function piecesOf(text: string, max = 2900): string[] {
  const points = Array.from(text);
  const pieces: string[] = [];
  let from = 0;
  while (from < points.length) {
    let to = Math.min(points.length, from + max);
    if (to < points.length) {
      const line = points.lastIndexOf('\n', to - 1);
      if (line > from + max / 2) to = line + 1;
    }
    pieces.push(points.slice(from, to).join(''));
    from = to;
  }
  return pieces;
}
