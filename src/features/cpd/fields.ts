import type { Learned } from '../feature.ts';
import { type CpdForm, type CpdForms, choicesOf, type Field, fieldsFor, labelOf } from './content.ts';
import type { Answers } from './store.ts';

/** As much as a field of Slack's takes, in characters. */
export const longestField = 3_000;
export const longestLine = 200;

/** One input of a form. A field of the regulator's may need two: a first and a last day, a choice and a line. */
export type Input = {
  /** Where its answer stands. */
  key: string;
  kind: 'text' | 'line' | 'date' | 'hours' | 'one' | 'several';
  label: string;
  help: string;
  options: string[];
};

export const untilKey = (fieldId: string): string => `${fieldId}.until`;
export const textKey = (fieldId: string): string => `${fieldId}.text`;

/** @param chosen what was chosen earlier, so that it stays where the list no longer has it. */
export function inputsOf(content: CpdForms, field: Field, chosen: readonly string[] = []): Input[] {
  const label = labelOf(field);
  const input = (key: string, kind: Input['kind'], more: Partial<Input> = {}): Input => ({
    key,
    kind,
    label,
    help: [field.help, field.required_note].filter(Boolean).join(' '),
    options: [],
    ...more,
  });
  switch (field.kind) {
    case 'text':
      return [input(field.id, 'text')];
    case 'date':
      return [
        input(field.id, 'date'),
        ...(field.range
          ? [
              input(untilKey(field.id), 'date', {
                label: `${label}: last day`,
                help: 'Only if it was more than one day.',
              }),
            ]
          : []),
      ];
    case 'hours':
      return [input(field.id, 'hours', { help: `${field.help} Quarter hours are fine, such as 1.25.` })];
    case 'choice': {
      const listed = choicesOf(content, field);
      const options = [...new Set([...listed, ...chosen])];
      const hasList = listed.length > 0;
      return [
        ...(hasList
          ? [
              input(field.id, field.choose ? 'several' : 'one', {
                options,
                ...(field.choices_from && { help: helpOfList(content, field) }),
              }),
            ]
          : []),
        ...(field.with_text
          ? [
              input(textKey(field.id), hasList ? 'text' : 'line', {
                label: hasList ? `In your own words: ${field.label}` : label,
                ...(hasList && { help: 'A line is enough.' }),
              }),
            ]
          : []),
      ];
    }
    case 'left_blank_on_purpose':
      return [];
  }
}

const helpOfList = (content: CpdForms, field: Field): string => {
  const items = content.choice_lists.find(({ id }) => id === field.choices_from)?.items ?? [];
  return [field.help, ...items.flatMap(({ label, help }) => (help ? [`${label}: ${help}`] : []))].join(' ');
};

/** What stands before an intention until its writer edits it. */
export const planned = 'Planned: ';

/**
 * What is offered for each field before anybody has typed anything: the date, and the words of the entry as far as they
 * answer the same question. Never hours, and never that something changed where it was only planned.
 */
export function offered(content: CpdForms, form: CpdForm, entry: Learned): Answers {
  const fields = fieldsFor(form);
  const answers: Answers = {};
  const date = fields.find(({ kind }) => kind === 'date');
  if (date) answers[date.id] = entry.on;

  const mapping = content.mappings.find(
    ({ framework, form: wanted }) => framework === entry.framework && wanted === form.id,
  );
  const ways = [
    ...fields.flatMap(({ id, prefill_from: from }) =>
      from && from.framework === entry.framework ? [[from.step, id] as const] : [],
    ),
    ...Object.entries(mapping?.steps ?? {}),
  ];
  if (ways.length === 0 && form.what_was_done !== undefined) {
    // Nobody has said how these notes answer this form: nothing of them is lost, and their writer moves it.
    const all = Object.values(entry.texts).filter((text) => text.trim() !== '');
    const words = all.length > 0 ? all.join('\n\n') : entry.line;
    if (words !== '') answers[form.what_was_done] = words;
  }
  for (const [step, id] of ways) {
    const field = fields.find((one) => one.id === id);
    if (!field) continue;
    const written = entry.texts[step]?.trim() ?? '';
    const selected = entry.choices[step] ?? [];
    if (field.kind === 'choice') {
      if (selected.length > 0) answers[id] = [...selected];
      if (written !== '' && field.with_text) answers[textKey(id)] = written;
      // A choice of one, which nobody has made.
      continue;
    }
    if (written === '') continue;
    const words = mapping?.plan.includes(step) ? `${planned}${written}` : written;
    const before = answers[id];
    answers[id] = typeof before === 'string' && before !== '' ? `${before}\n\n${words}` : words;
  }
  return answers;
}

/** What a form says of an entry: what its writer typed, or else what was offered. */
export const answersFor = (
  content: CpdForms,
  form: CpdForm,
  entry: Learned,
  typed: Answers | undefined,
): Answers => ({ ...offered(content, form, entry), ...typed });

/** What of the typed differs from what would be offered anyway, so that a later change in the journal still comes through. */
export function differing(offer: Answers, typed: Answers): Answers {
  return Object.fromEntries(
    Object.entries(typed).filter(([key, value]) => {
      const stood = offer[key] ?? (Array.isArray(value) ? [] : '');
      return JSON.stringify(stood) !== JSON.stringify(value);
    }),
  );
}

export const isEmpty = (value: string | readonly string[] | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : value.length === 0);

/** A label in the middle of a sentence. */
export const inSentence = ({ label }: Field): string => label.replace(/[.?:]$/, '');

/** The fields of which nothing is there. */
export const emptyFields = (content: CpdForms, form: CpdForm, answers: Answers): Field[] =>
  fieldsFor(form).filter((field) => inputsOf(content, field).every(({ key }) => isEmpty(answers[key])));

/** The field for the time that somebody noted with an entry, where the form has one. */
export const hoursField = (form: CpdForm): Field | undefined =>
  fieldsFor(form).find(({ kind }) => kind === 'hours');

/** Whole quarter hours of so many minutes, never rounded up. @returns undefined for less than one. */
export const quarterHours = (minutes: number | undefined): number | undefined =>
  minutes === undefined || minutes < 15 ? undefined : Math.floor(minutes / 15) / 4;

/** What the form asks for and the framework of this entry does not, in words, as far as it is not there by now. */
export function missingFrom(content: CpdForms, form: CpdForm, entry: Learned, answers: Answers): string[] {
  const mapping = content.mappings.find(
    ({ framework, form: wanted }) => framework === entry.framework && wanted === form.id,
  );
  return (mapping?.missing ?? []).flatMap((one) => {
    const field = fieldsFor(form).find(({ id }) => id === one);
    if (!field) return [one];
    return inputsOf(content, field).every(({ key }) => isEmpty(answers[key])) ? [inSentence(field)] : [];
  });
}

/** "1.5", "1,5", "1:30" and "1h 30m" in hours. @returns undefined for anything that is no number of quarter hours. */
export function readHours(typed: string): number | undefined {
  const text = typed.trim().toLowerCase();
  const clock = /^(\d{1,4})\s*(?::|h(?:ours?|rs?)?\s*)(\d{1,2})?\s*(?:m(?:ins?|inutes?)?)?$/.exec(text);
  const plain = /^(\d{1,4}(?:[.,]\d{1,2})?|[.,]\d{1,2})$/.exec(text);
  const minutes = /^(\d{1,5})\s*m(?:ins?|inutes?)?$/.exec(text);
  const hours = clock
    ? Number(clock[1]) + Number(clock[2] ?? 0) / 60
    : plain
      ? Number(plain[1]?.replace(',', '.'))
      : minutes
        ? Number(minutes[1]) / 60
        : Number.NaN;
  return Number.isInteger(hours * 4) && hours <= 5_000 ? hours : undefined;
}

/** "12.5", as figures only. */
export const sayHours = (hours: number): string => String(hours);

/** What is wrong with what was typed into a form, by key. */
export function problemsIn(form: CpdForm, answers: Answers): Record<string, string> {
  const problems: Record<string, string> = {};
  const text = (key: string): string => {
    const value = answers[key];
    return typeof value === 'string' ? value : '';
  };
  for (const { id, kind, range } of fieldsFor(form)) {
    if (kind === 'hours' && text(id).trim() !== '' && readHours(text(id)) === undefined)
      problems[id] = 'Please give hours in quarters, such as 1.5, or leave it empty.';
    if (kind === 'date' && range && text(untilKey(id)) !== '' && text(untilKey(id)) < text(id))
      problems[untilKey(id)] = 'Please give a last day that is not before the first, or leave it empty.';
  }
  if (form.rules?.participatory_never_above_hours) {
    const [all, part] = [readHours(text('hours')), readHours(text('participatory_hours'))];
    if (part !== undefined && part > 0 && (all === undefined || part > all))
      problems.participatory_hours = 'Participatory hours are part of the hours, so they cannot be more.';
  }
  return problems;
}
