import { z } from 'zod';
import type { Finding } from '../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../safeguarding/identifiers.ts';
import type { Framework } from './content.ts';

const part = z.object({ key: z.string(), label: z.string(), text: z.string() });
const choice = z.object({ key: z.string(), label: z.string(), selected: z.array(z.string()) });

/** What is sealed. Labels are kept as they were, so that a later change of the content file breaks no old entry. */
export const bodySchema = z.object({
  version: z.literal(1),
  title: z.string(),
  parts: z.array(part),
  choices: z.array(choice),
});
export type Body = z.output<typeof bodySchema>;

export const emptyBody: Body = { version: 1, title: '', parts: [], choices: [] };

/** What stands in the fields of a form: step key → text, step key → ticked options. */
export type Typed = { texts: Record<string, string>; choices: Record<string, string[]> };

export type Field =
  | { kind: 'text'; key: string; label: string; help: string | undefined; text: string }
  | {
      kind: 'choice';
      key: string;
      label: string;
      help: string | undefined;
      options: string[];
      selected: string[];
    };

const isTicked = (framework: Framework, key: string): boolean => framework.choices?.[key] !== undefined;

/**
 * The fields of a form: the framework's own, then one for each text written under another framework, so that choosing
 * another way to reflect loses nothing.
 */
export function fieldsOf(framework: Framework, body: Body): Field[] {
  const own = framework.steps.map((step): Field => {
    const label = `${step.label}${/[.?!:]$/.test(step.label) ? '' : ':'} ${step.prompt}`;
    const options = framework.choices?.[step.key];
    if (options) {
      const ticked = body.choices.find(({ key }) => key === step.key)?.selected ?? [];
      const selected = options.filter((option) => ticked.includes(option));
      return { kind: 'choice', key: step.key, label, help: step.help, options, selected };
    }
    const text = body.parts.find(({ key }) => key === step.key)?.text ?? '';
    return { kind: 'text', key: step.key, label, help: step.help, text };
  });
  const extra = body.parts
    .filter(
      ({ key, text }) => text !== '' && !own.some((field) => field.kind === 'text' && field.key === key),
    )
    .map(
      ({ key, label, text }): Field => ({
        kind: 'text',
        key,
        label: `Written before: ${label}`,
        help: 'Kept from the other way to reflect. Move it, leave it or clear it.',
        text,
      }),
    );
  return [...own, ...extra];
}

const mostInputs = 5;

/** At most five inputs a step, evenly spread: six become three and three. Never empty. */
export function stepsOf(fields: readonly Field[]): Field[][] {
  const count = Math.max(1, Math.ceil(fields.length / mostInputs));
  const size = Math.ceil(fields.length / count);
  return Array.from({ length: count }, (_, index) => fields.slice(index * size, (index + 1) * size));
}

/** Takes over what was typed; what is not on this step of the form stays. In the framework's order, then the rest. */
export function takeOver(body: Body, framework: Framework, typed: Typed): Body {
  const labels = new Map([
    ...body.parts.map(({ key, label }) => [key, label] as const),
    ...framework.steps.map(({ key, label }) => [key, label] as const),
  ]);
  const texts = new Map(body.parts.map(({ key, text }) => [key, text]));
  for (const [key, text] of Object.entries(typed.texts)) texts.set(key, text);
  const ticked = new Map(body.choices.map(({ key, selected }) => [key, selected]));
  for (const [key, selected] of Object.entries(typed.choices)) ticked.set(key, selected);
  const order = [...new Set([...framework.steps.map(({ key }) => key), ...texts.keys()])];
  return {
    version: 1,
    title: framework.label,
    parts: order.flatMap((key) => {
      const text = texts.get(key);
      return text === undefined || text === '' ? [] : [{ key, label: labels.get(key) ?? key, text }];
    }),
    choices: [...ticked].flatMap(([key, selected]) =>
      selected.length === 0 ? [] : [{ key, label: labels.get(key) ?? key, selected }],
    ),
  };
}

/** What is kept of a form: ticks of another framework are dropped, words never. */
export const readyToSave = (body: Body, framework: Framework): Body => ({
  ...body,
  title: framework.label,
  choices: body.choices.filter(({ key }) => isTicked(framework, key)),
});

/** Nothing but spaces and invisible characters anywhere. Ticks alone are no reflection. */
export const isUnwritten = (body: Body): boolean =>
  body.parts.every(({ text }) => text.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '') === '');

export const hasSameWords = (one: Body, other: Body): boolean => wordsOf(one) === wordsOf(other);
const wordsOf = ({ parts, choices }: Body): string =>
  JSON.stringify([
    parts.map(({ key, text }) => [key, text]).toSorted(byKey),
    choices.map(({ key, selected }) => [key, ...selected]).toSorted(byKey),
  ]);
const byKey = ([a = '']: string[], [b = '']: string[]): number => a.localeCompare(b);

/** @param findings by the part's key. */
export const masked = (body: Body, findings: ReadonlyMap<string, Finding[]>): Body => ({
  ...body,
  parts: body.parts.map((one) => ({ ...one, text: maskIdentifiers(one.text, findings.get(one.key) ?? []) })),
});

/** The beginning, on one line, to know an entry again. */
export const beginningOf = ({ parts }: Body): string =>
  (parts.find(({ text }) => text.trim() !== '')?.text ?? '').replace(/\s+/g, ' ').trim();
