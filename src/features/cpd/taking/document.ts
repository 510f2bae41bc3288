import type { Actor } from '../../../community/permissions.ts';
import { clipAtWord, list, sayFullDate, withoutHidden } from '../../../slack/text.ts';
import type { Learned } from '../../feature.ts';
import {
  type CpdForm,
  type CpdForms,
  columnsOf,
  type Field,
  fieldsFor,
  formOf,
  labelOf,
  pageOf,
  whyCheckFirst,
} from '../content.ts';
import { type CpdDeps, hereAndNow } from '../deps.ts';
import { type Chosen, findChosen, nameOf } from '../entries.ts';
import { answersFor, readHours, sayHours, textKey, untilKey } from '../fields.ts';
import type { Answers } from '../store.ts';

/** One answer, or a box for somebody to fill in by hand. */
export type Answered = {
  id: string;
  /** With marks of quotation where the words are the regulator's. */
  label: string;
  labelIs: Field['label_is'];
  kind: Field['kind'];
  /** As it is printed; empty where nothing is there. */
  text: string;
  choices: string[];
  hours: number | undefined;
  from: string | undefined;
  until: string | undefined;
  /** Why a box is empty, or what belongs into it. */
  help: string;
  /** The column titles of a table that is filled in by hand. */
  columns: string[];
};

export type AnsweredEntry = {
  id: string;
  on: string;
  /** What its writer called it. */
  title: string | undefined;
  /** To know it by, titled or not. */
  name: string;
  fields: Answered[];
};

export type FormPart = {
  form: CpdForm;
  page: string | undefined;
  facts: string[];
  /** Words for the top where the present form has to be looked at first. */
  checkFirst: string | undefined;
  /** For `each-entry` a page each, for `row` a row each. */
  entries: AnsweredEntry[];
  /** What stands once, beside the entries. */
  once: (Answered & { rows: AnsweredEntry[] | undefined; tableColumns: Field[] })[];
  /** The columns of a form of rows, also where it is filled in by hand. */
  columns: Field[];
  /** Of what was said, and only where something was. `isWhole`: in every entry. */
  totals: { id: string; label: string; hours: number; isWhole: boolean }[];
  /** Words for whoever would hand in the same twice. */
  alike: string[];
};

/** A record of somebody's learning, as far as it can be told without saying how it is drawn. */
export type RecordDocument = {
  title: string;
  record: { id: string; label: string };
  /** Local dates. */
  period: { from: string; until: string };
  madeOn: string;
  lastChecked: string;
  before: string[];
  closing: string;
  parts: FormPart[];
};

/** What somebody chose, put together as it is now. @returns undefined where nothing is chosen. */
export async function makeRecord(
  deps: CpdDeps,
  actor: Actor,
): Promise<{ document: RecordDocument; chosen: Chosen } | undefined> {
  const chosen = await findChosen(deps, actor);
  if (!chosen) return undefined;
  return { chosen, document: documentOf(deps.forms, chosen, hereAndNow(deps, actor).today) };
}

export function documentOf(content: CpdForms, chosen: Chosen, today: string): RecordDocument {
  const shown = content.shown_with_every_export;
  const parts = chosen.forms.map((form) => partOf(content, chosen, form, today));
  const kinds = new Set(parts.flatMap(kindsIn));
  return {
    title: shown.title,
    record: { id: chosen.record.id, label: chosen.record.label },
    period: { from: chosen.choice.from, until: chosen.choice.until },
    madeOn: today,
    lastChecked: content.last_checked,
    before: [
      shown.before,
      shown.names,
      ...(kinds.has('hours') ? [shown.hours] : []),
      ...(kinds.has('left_blank_on_purpose') ? [shown.blanks] : []),
    ],
    closing: shown.not_a_record,
    parts,
  };
}

const kindsIn = ({ once, columns, entries }: FormPart): Field['kind'][] => [
  ...once.map(({ kind }) => kind),
  ...columns.map(({ kind }) => kind),
  ...entries.flatMap(({ fields }) => fields.map(({ kind }) => kind)),
];

function partOf(content: CpdForms, chosen: Chosen, form: CpdForm, today: string): FormPart {
  const entriesIn = (one: CpdForm): AnsweredEntry[] =>
    chosen.ticked
      .filter((ticked) => ticked.form.id === one.id)
      .map(({ entry }) => answeredEntry(content, one, entry, chosen.added.get(entry.id)?.[one.id]));
  const entries = entriesIn(form);
  const accounts = chosen.toTick.filter(({ use }) => use === 'each-entry').flatMap(entriesIn);
  const isOwnTable = form.use === 'row' || form.use === 'by-hand';
  const why = whyCheckFirst(form, today);
  return {
    form,
    page: pageOf(content, form),
    facts: form.facts.map(({ text }) => text),
    checkFirst:
      why === undefined
        ? undefined
        : why === 'ended'
          ? `Check the current form first: this one held until ${sayFullDate(form.holds_until ?? today)}.`
          : `Check the current form first: this one was to be looked at again by ${sayFullDate(form.review_by)}, and has not been.`,
    entries,
    once:
      form.use === 'each-entry'
        ? []
        : form.sections.flatMap((section): FormPart['once'] => {
            if (section.kind !== 'table')
              return [
                {
                  ...answered(section, filledIn(chosen, section, accounts)),
                  rows: undefined,
                  tableColumns: [],
                },
              ];
            if (isOwnTable) return [];
            const other = formOf(content, section.columns_from ?? '');
            return [
              {
                ...answered({ ...section, kind: 'text' }, {}),
                rows: other ? entriesIn(other) : [],
                tableColumns: [...columnsOf(content, section)],
              },
            ];
          }),
    columns: isOwnTable
      ? form.sections.flatMap((section) => (section.kind === 'table' ? columnsOf(content, section) : []))
      : [],
    totals: (form.totals ?? []).flatMap((id) => {
      const label = fieldsFor(form).find((field) => field.id === id)?.label ?? id;
      const said = entries.flatMap(({ fields }) => fields.find((field) => field.id === id)?.hours ?? []);
      const hours = said.reduce((sum, one) => sum + one, 0);
      return said.length === 0 ? [] : [{ id, label, hours, isWhole: said.length === entries.length }];
    }),
    alike: form.rules?.must_differ ? findAlike(entries) : [],
  };
}

/** What the program may put into a box that stands once. */
function filledIn({ choice }: Chosen, { id, fill }: Field, accounts: readonly AnsweredEntry[]): Answers {
  if (fill === 'period') return { [id]: choice.from, [untilKey(id)]: choice.until };
  if (fill !== 'titles') return {};
  return { [id]: accounts.map((one, at) => `${at + 1}. ${one.title ?? dateAndBeginning(one)}`).join('\n') };
}

/** Words of the record, which may say less than the journal does. */
function dateAndBeginning({ on, fields }: AnsweredEntry): string {
  const words = fields.find(({ kind, text }) => kind === 'text' && text !== '')?.text ?? '';
  return [sayFullDate(on), clipAtWord(words.replace(/\s+/g, ' '), 60)].filter((one) => one !== '').join(': ');
}

/** "Number of hours, in all", or that some entries say nothing of it. */
export const sayTotal = ({ label, isWhole }: FormPart['totals'][number]): string =>
  `${label}, ${isWhole ? 'in all' : 'as far as noted'}`;

const answeredEntry = (
  content: CpdForms,
  form: CpdForm,
  entry: Learned,
  typed: Answers | undefined,
): AnsweredEntry => {
  const answers = answersFor(content, form, entry, typed);
  return {
    id: entry.id,
    on: entry.on,
    title: entry.title === undefined ? undefined : clean(entry.title),
    name: clean(nameOf(entry)),
    fields: fieldsFor(form).map((field) => answered(field, answers)),
  };
};

/** Nothing that a reader does not see, and nothing that no document can hold. */
const clean = (text: string): string =>
  withoutHidden(text.toWellFormed().replace(/\r\n?/g, '\n'))
    .replace(/[\ufffe\uffff]/g, '')
    .trim();

function answered(field: Field, answers: Answers): Answered {
  const value = (key: string): string => {
    const found = answers[key];
    return typeof found === 'string' ? clean(found) : '';
  };
  const [from, until] = field.kind === 'date' ? [value(field.id), value(untilKey(field.id))] : ['', ''];
  const hours = field.kind === 'hours' ? readHours(value(field.id)) : undefined;
  const chosen = answers[field.id];
  const choices =
    field.kind !== 'choice' || chosen === undefined
      ? []
      : (Array.isArray(chosen) ? chosen : [chosen]).map(clean).filter((one) => one !== '');
  return {
    id: field.id,
    label: labelOf(field),
    labelIs: field.label_is,
    kind: field.kind,
    text: sayAnswer(field, {
      from,
      until,
      hours,
      choices,
      line: value(field.kind === 'choice' ? textKey(field.id) : field.id),
    }),
    choices,
    hours,
    from: from || undefined,
    until: until || undefined,
    help: field.max_words === undefined ? field.help : `${field.help} Up to ${field.max_words} words.`,
    columns: field.columns_on_template?.map(labelOf) ?? [],
  };
}

function sayAnswer(
  { kind }: Pick<Field, 'kind'>,
  given: { from: string; until: string; hours: number | undefined; choices: string[]; line: string },
): string {
  const { from, until, hours, choices, line } = given;
  switch (kind) {
    case 'left_blank_on_purpose':
      return '';
    case 'date':
      if (from === '') return '';
      return until === '' || until === from
        ? sayFullDate(from)
        : `${sayFullDate(from)} to ${sayFullDate(until)}`;
    case 'hours':
      return hours === undefined ? '' : sayHours(hours);
    case 'choice':
      return [choices.join('; '), line].filter((one) => one !== '').join('\n');
    case 'text':
      return line;
  }
}

/** Entries that carry the same words: where a regulator asks for different pieces, they would count as one. */
function findAlike(entries: readonly AnsweredEntry[]): string[] {
  const texts = entries.flatMap((entry) =>
    entry.fields
      .filter(({ kind, text }) => kind === 'text' && text !== '')
      .map(({ label, text }) => ({ entry, label, same: text.toLowerCase().replace(/\s+/g, ' ') })),
  );
  return [...Map.groupBy(texts, ({ same }) => same).values()].flatMap((group) => {
    const among = [...new Map(group.map(({ entry }) => [entry.id, entry])).values()];
    const [first] = group;
    return among.length > 1 && first
      ? [
          `The regulator asks for different pieces. The same words stand in ${list(among.map(({ on, name }) => `“${name}”, ${sayFullDate(on)}`))}, under: ${first.label}`,
        ]
      : [];
  });
}
