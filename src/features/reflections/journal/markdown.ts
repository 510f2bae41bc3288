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
