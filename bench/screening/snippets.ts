import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Finding, identifierKinds } from '../../src/safeguarding/finding.ts';

/** A text as somebody wrote it, and what in it may identify somebody, in order. */
export type Snippet = { text: string; spans: readonly Finding[] };

/** The labelled sets of test/safeguarding/snippets: one that may be looked at while patterns are changed, and one that may not. */
export const setNames = ['building', 'held-out'] as const;

/** Questions to colleagues, for the closer look at what goes to others. */
export const questions = 'questions' as const;

const file = z.strictObject({ holding: z.array(z.string()), clear: z.array(z.string()) });

/** @throws where a label is of no kind, or a text stands in the wrong list. */
export function readSnippets(name: (typeof setNames)[number] | typeof questions): readonly Snippet[] {
  const written = readFileSync(
    new URL(`../../test/safeguarding/snippets/${name}.yaml`, import.meta.url),
    'utf8',
  );
  const { holding, clear } = file.parse(parse(written));
  const read = (texts: readonly string[], isHolding: boolean): Snippet[] =>
    texts.map((marked) => {
      const snippet = readMarked(marked);
      if (snippet.spans.length > 0 !== isHolding)
        throw new Error(`${name}.yaml: in the wrong list: ${marked}`);
      return snippet;
    });
  return [...read(holding, true), ...read(clear, false)];
}

/** "ring {{phone|07700 900123}}" */
export function readMarked(marked: string): Snippet {
  let text = '';
  const spans: Finding[] = [];
  for (const part of marked.split(/(\{\{[a-z-]+\|[^}]+\}\})/)) {
    const [, kind, what] = /^\{\{([a-z-]+)\|([^}]+)\}\}$/.exec(part) ?? [];
    const start = text.length;
    text += what ?? part;
    if (what !== undefined)
      spans.push({ kind: z.enum(identifierKinds).parse(kind), start, end: text.length });
  }
  return { text, spans };
}
