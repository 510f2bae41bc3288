import { z } from 'zod';
import type { Finding } from '../../safeguarding/finding.ts';
import { maskIdentifiers } from '../../safeguarding/identifiers.ts';
import type { Framework } from './content.ts';

const part = z.object({ key: z.string(), label: z.string(), text: z.string() });
const choice = z.object({ key: z.string(), label: z.string(), selected: z.array(z.string()) });

/** In code points. */
export const longest = { title: 150, tag: 40 };

/** What it is about and what was done with it, all of it said by its author and none of it asked for. */
const aboutSchema = z.object({
  title: z.string().optional(),
  /** The date it happened, YYYY-MM-DD, a day of the calendar and not an instant. */
  happenedOn: z.string().optional(),
  tags: z.array(z.string()).optional(),
  /** The time spent on it, in whole minutes. */
  minutes: z.number().int().positive().optional(),
  /** Talked over with a peer. */
  hasDiscussed: z.boolean().optional(),
  /** The resource or the message that it is about. */
  link: z.string().optional(),
});
export type About = z.output<typeof aboutSchema>;

/** What is sealed. Labels are kept as they were, so that a later change of the content file breaks no old entry. */
export const bodySchema = z.object({
  version: z.literal(1),
  title: z.string(),
  parts: z.array(part),
  choices: z.array(choice),
  about: aboutSchema.optional(),
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

/** As much as a field of Slack's takes, in characters. */
const longestField = 3000;
/** A cut goes between words where there is a gap in so many characters. */
const longestWord = 200;
const continuation = /^(.+)__(\d+)$/;

function nextKey(key: string): string {
  const [, first = key, place = '1'] = continuation.exec(key) ?? [];
  return `${first}__${Number(place) + 1}`;
}

function cut(text: string): [string, string] {
  const points = Array.from(text);
  if (points.length <= longestField) return [text, ''];
  const gap = points.slice(0, longestField).findLastIndex((point) => /\s/.test(point));
  const at = gap >= longestField - longestWord ? gap + 1 : longestField;
  return [points.slice(0, at).join(''), points.slice(at).join('')];
}

/**
 * What is longer than a field goes on in another beside it, since Slack draws no more than a field takes: every word can be
 * read, changed and saved.
 */
function inFields(parts: readonly z.output<typeof part>[]): z.output<typeof part>[] {
  const left = new Map(parts.map((one) => [one.key, one]));
  const placed: z.output<typeof part>[] = [];
  for (const { key: first } of parts)
    for (let key = first, one = left.get(key); one; one = left.get(key)) {
      left.delete(key);
      const [text, more] = cut(one.text);
      placed.push({ ...one, text });
      key = nextKey(key);
      if (more === '') continue;
      const label = one.label.endsWith(continued) ? one.label : `${one.label}${continued}`;
      const known = left.get(key)?.text ?? '';
      // Slack leaves what was typed in its field: the same words may come again with the next one's.
      left.set(key, { key, label, text: known.startsWith(more) ? known : `${more}${known}` });
    }
  return placed;
}
const continued = ', continued';

/** The part that holds what somebody wrote elsewhere, under a heading of its own. */
export const fromElsewhere = 'from_elsewhere';
const isFromElsewhere = ({ key }: { key: string }): boolean =>
  (continuation.exec(key)?.[1] ?? key) === fromElsewhere;

const before = 'Written before: ';
/** Words of another way to reflect. */
export const isWrittenBefore = ({ label }: Pick<Field, 'label'>): boolean => label.startsWith(before);

const isTicked = (framework: Framework, key: string): boolean => framework.choices?.[key] !== undefined;

/**
 * The fields of a form: what is reflected on, the framework's own, then one for each text written under another framework,
 * so that choosing another way to reflect loses nothing.
 */
export function fieldsOf(framework: Framework, body: Body): Field[] {
  const parts = inFields(body.parts);
  const own = framework.steps.flatMap((step): Field[] => {
    const label = `${step.label}${/[.?!:]$/.test(step.label) ? '' : ':'} ${step.prompt}`;
    const options = framework.choices?.[step.key];
    if (options) {
      const ticked = body.choices.find(({ key }) => key === step.key)?.selected ?? [];
      const selected = options.filter((option) => ticked.includes(option));
      return [{ kind: 'choice', key: step.key, label, help: step.help, options, selected }];
    }
    const text = parts.find(({ key }) => key === step.key)?.text ?? '';
    const more = parts.filter((one) => one.text !== '' && continuation.exec(one.key)?.[1] === step.key);
    return [
      { kind: 'text', key: step.key, label, help: step.help, text },
      ...more.map(
        (one): Field => ({ ...one, kind: 'text', help: 'It goes on here: a field holds no more.' }),
      ),
    ];
  });
  const extra = parts
    .filter(
      ({ key, text }) => text !== '' && !own.some((field) => field.kind === 'text' && field.key === key),
    )
    .map(
      ({ key, label, text }): Field => ({
        kind: 'text',
        key,
        label: isFromElsewhere({ key }) ? label : `${before}${label}`,
        help: 'Kept from before. Move it, leave it or clear it.',
        text,
      }),
    );
  return [...extra.filter(isFromElsewhere), ...own, ...extra.filter((field) => !isFromElsewhere(field))];
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
  const before = inFields(body.parts);
  const labels = new Map([
    ...before.map(({ key, label }) => [key, label] as const),
    ...framework.steps.map(({ key, label }) => [key, label] as const),
  ]);
  const texts = new Map(before.map(({ key, text }) => [key, text]));
  for (const [key, text] of Object.entries(typed.texts)) texts.set(key, text);
  const ticked = new Map(body.choices.map(({ key, selected }) => [key, selected]));
  for (const [key, selected] of Object.entries(typed.choices)) ticked.set(key, selected);
  const order = [...new Set([fromElsewhere, ...framework.steps.map(({ key }) => key), ...texts.keys()])];
  return {
    version: 1,
    title: framework.label,
    parts: inFields(
      order.flatMap((key) => {
        const text = texts.get(key);
        return text === undefined || text === '' ? [] : [{ key, label: labels.get(key) ?? key, text }];
      }),
    ),
    choices: [...ticked].flatMap(([key, selected]) =>
      selected.length === 0 ? [] : [{ key, label: labels.get(key) ?? key, selected }],
    ),
    ...(body.about && { about: body.about }),
  };
}

/** What is kept of a form: ticks of another framework are dropped, words never. */
export const readyToSave = (body: Body, framework: Framework): Body => ({
  ...body,
  title: framework.label,
  choices: body.choices.filter(({ key }) => isTicked(framework, key)),
});

/** What its author calls it, or the way in which it was written. */
export const titleOf = ({ title, about }: Body): string => about?.title || title;

/** Everything somebody wrote in it, each under a key of its own. */
export const writtenIn = ({ parts, about }: Body): { key: string; text: string }[] => [
  ...parts,
  ...(about?.title ? [{ key: titleKey, text: about.title }] : []),
  ...(about?.tags ?? []).map((text, at) => ({ key: tagKey(at), text })),
];
const titleKey = 'about:title';
const tagKey = (at: number): string => `about:tag:${at}`;
export const isAboutKey = (key: string): boolean => key.startsWith('about:');

/** Nothing but spaces and invisible characters anywhere. Ticks alone are no reflection. */
export const isUnwritten = (body: Body): boolean =>
  body.parts.every(({ text }) => text.replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '') === '');

export const hasSameWords = (one: Body, other: Body): boolean =>
  hasSameText(one, other) && wordsOfAbout(one) === wordsOfAbout(other);

/** The same, whatever is said of what it is about. */
export const hasSameText = (one: Body, other: Body): boolean => wordsOf(one) === wordsOf(other);

const wordsOfAbout = ({ about = {} }: Body): string =>
  JSON.stringify(aboutSchema.keyof().options.map((key) => about[key] ?? null));
const wordsOf = ({ parts, choices }: Body): string =>
  JSON.stringify([
    parts.map(({ key, text }) => [key, text]).toSorted(byKey),
    choices.map(({ key, selected }) => [key, ...selected]).toSorted(byKey),
  ]);
const byKey = ([a = '']: string[], [b = '']: string[]): number => a.localeCompare(b);

/**
 * What was seen in one place of an entry, wherever else it stands in it: a name in the title is the same name as a tag,
 * alone or with another beside it. @param findings by the keys of `writtenIn`. @returns the same, with these.
 */
export function seenAlike(body: Body, findings: ReadonlyMap<string, Finding[]>): Map<string, Finding[]> {
  const written = writtenIn(body);
  const seen = new Map<string, Finding['kind']>();
  for (const { key, text } of written)
    for (const { kind, start, end } of findings.get(key) ?? []) {
      const words = text.slice(start, end).trim();
      const parts =
        kind === 'name' ? (words.match(nameParts) ?? []).filter((one) => !isAddress.test(one)) : [];
      for (const one of [words, ...parts]) if (one !== '') seen.set(one, kind);
    }
  const all = new Map(findings);
  for (const { key, text } of written) {
    const known = findings.get(key) ?? [];
    const more = [...seen].flatMap(([words, kind]) =>
      placesOf(words, text, isAboutKey(key)).map((place) => ({ kind, ...place })),
    );
    const fresh = more
      .filter((one) => !known.some(({ start, end }) => one.start < end && start < one.end))
      // The longest first: of two that overlap it holds the other.
      .toSorted((one, other) => other.end - other.start - (one.end - one.start));
    const added: Finding[] = [];
    for (const one of fresh)
      if (!added.some(({ start, end }) => one.start < end && start < one.end)) added.push(one);
    if (added.length > 0)
      all.set(
        key,
        [...known, ...added].toSorted((one, other) => one.start - other.start),
      );
  }
  return all;
}

const nameParts = /\p{Lu}[\p{L}'\u2019-]{2,}/gu;
const isAddress = /^(?:mrs|miss|prof|doctor|professor|nurse)$/i;

/**
 * Where these words stand as words of their own. @param anyCase as tags and titles are written; in a sentence a name in
 * small letters is mostly another word.
 */
function placesOf(said: string, written: string, anyCase: boolean): { start: number; end: number }[] {
  // Letters whose small form is longer would move every place after them.
  const isFolded = anyCase && written.toLowerCase().length === written.length;
  const [words, small] = isFolded ? [said.toLowerCase(), written.toLowerCase()] : [said, written];
  const isPart = (character = '') => /[\p{L}\p{N}]/u.test(character);
  const places: { start: number; end: number }[] = [];
  for (let start = small.indexOf(words); start !== -1; start = small.indexOf(words, start + words.length)) {
    const end = start + words.length;
    if (!isPart(small[start - 1]) && !isPart(small[end])) places.push({ start, end });
  }
  return places;
}

/** @param findings by the keys of `writtenIn`. A tag of which something is masked goes as a whole. */
export function masked(body: Body, findings: ReadonlyMap<string, Finding[]>): Body {
  const mask = (key: string, text: string, max?: number) =>
    maskIdentifiers(text, findings.get(key) ?? [], max);
  const { title, tags } = body.about ?? {};
  return {
    ...body,
    parts: body.parts.map((one) => ({ ...one, text: mask(one.key, one.text) })),
    ...(body.about && {
      about: {
        ...body.about,
        ...(title && { title: mask(titleKey, title, longest.title) }),
        ...(tags && { tags: tags.filter((_tag, at) => !findings.get(tagKey(at))?.length) }),
      },
    }),
  };
}

/** What was written under each step, whole where it went on in more fields than one; without what came from elsewhere. */
export function textsByStep({ parts }: Body): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const part of parts) {
    if (isFromElsewhere(part)) continue;
    const step = continuation.exec(part.key)?.[1] ?? part.key;
    texts[step] = `${texts[step] ?? ''}${part.text}`;
  }
  return texts;
}

/** The beginning, on one line, to know an entry again. */
export const beginningOf = ({ parts }: Body): string =>
  (parts.find(({ text }) => text.trim() !== '')?.text ?? '').replace(/\s+/g, ' ').trim();
