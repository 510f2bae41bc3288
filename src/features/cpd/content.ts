import { z } from 'zod';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates, reportUnknown } from '../../content/vocabulary.ts';

const words = z.string().min(1, 'write something here');
const lines = z.array(words);
const id = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,60}$/, 'use small letters, digits and hyphens only');
const key = z.string().regex(/^[a-z][a-z0-9_]{0,40}$/, 'use small letters, digits and underscores only');
const day = z.iso.date('give a date as year-month-day in quotes, such as "2027-04-30"');
const url = z.url({ protocol: /^https?$/, error: 'use a full address, beginning with https://' });
/** Ids of `sources`. */
const source = z.array(id);
/** What fits an option of a Slack menu. */
const short = words.max(75, 'keep it to 75 characters');

const labelIs = z.enum(['exact', 'quoted', 'close', 'ours']);
/** true: the regulator asks for it. unknown: no page said. Nobody has to fill in anything here. */
const required = z.union([z.boolean(), z.literal('unknown')]);

const about = {
  id: key,
  label: words.max(300, 'keep it to 300 characters'),
  label_is: labelIs,
  required,
  required_note: words.optional(),
  help: words.max(1_500, 'keep it below 1,500 characters'),
  source: source.optional(),
};

const field = z.strictObject({
  ...about,
  kind: z.enum(['text', 'date', 'hours', 'choice', 'left_blank_on_purpose']),
  /** A first and a last day. */
  range: z.literal(true).optional(),
  /** Empty: the list on the form was not found, and the writer types a few words. */
  choices: z.array(short).max(10).optional(),
  choices_from: id.optional(),
  choices_are: words.optional(),
  /** Choices that the form has and that do not belong here. */
  not_offered: lines.optional(),
  choose: z.literal('one or more').optional(),
  with_text: z.literal(true).optional(),
  max_words: z.number().int().positive().optional(),
  /** What the program may put there by itself. */
  fill: z.enum(['period', 'titles']).optional(),
  prefill_from: z.strictObject({ framework: id, step: key }).optional(),
  /** For whoever fills it in by hand. */
  columns_on_template: z.array(z.strictObject({ label: words, label_is: labelIs })).optional(),
});

const table = z.strictObject({
  ...about,
  kind: z.literal('table'),
  columns: z.array(field).min(1).max(10).optional(),
  /** The table of another form. */
  columns_from: id.optional(),
});

const form = z.strictObject({
  id,
  regulator: words.nullable(),
  standard_setter: words.optional(),
  label: short,
  for_whom: words,
  holds_from: day.nullable(),
  holds_until: day.nullable(),
  change_expected: words.optional(),
  change_sources: source.optional(),
  review_by: day,
  note_on_changes: words,
  official_form_required: z.union([z.boolean(), z.literal('unknown')]),
  submitted_to_regulator: z.union([z.boolean(), words]),
  how_to_use: words,
  /** `each-entry`: questions for each entry; `row`: a row for each; `by-hand`: empty; `once`: one page for the record. */
  use: z.enum(['each-entry', 'row', 'by-hand', 'once']),
  /** Where a line about what was done goes, from something that follows no framework. */
  what_was_done: key.optional(),
  /** Something that somebody else made, such as a saved resource, does not go into it. */
  own_words_only: z.literal(true).optional(),
  page: id.optional(),
  empty_rows: z.number().int().min(1).max(20).optional(),
  sections: z
    .array(z.discriminatedUnion('kind', [field, table]))
    .min(1)
    .max(20),
  totals: z.array(key).optional(),
  rules: z
    .strictObject({
      participatory_never_above_hours: z.literal(true).optional(),
      must_differ: z.literal(true).optional(),
    })
    .optional(),
  facts: z.array(z.strictObject({ text: words, source })),
  never_include: lines.optional(),
  never_prefill: lines,
  sources: source,
});

const record = z.strictObject({
  id,
  label: short,
  /** For whose profile it is offered first. */
  roles: lines,
  period: z.union([
    z.strictObject({ years: z.number().int().min(1).max(10) }),
    z.strictObject({
      year_from: z.string().regex(/^\d\d-\d\d$/, 'give month and day, such as "12-01"'),
    }),
  ]),
  period_note: words.optional(),
  forms: z.array(id).min(1).max(10),
  begin_with: z.array(id).min(1),
});

const choiceList = z.strictObject({
  id,
  label: words,
  holds_from: day.optional(),
  holds_until: day.nullable().optional(),
  note_on_changes: words.optional(),
  source,
  items: z
    .array(z.strictObject({ id, label: short, label_is: labelIs, help: words.optional() }))
    .min(1)
    .max(10, 'give at most ten, the most that can be ticked'),
});

const mapping = z.strictObject({
  framework: id,
  form: id,
  /** Step of the framework → section or column of the form. */
  steps: z.record(key, key).default({}),
  /** Steps that hold an intention. */
  plan: z.array(key).default([]),
  /** Ids of sections, or words, that the form asks for and the framework does not. */
  missing: lines.default([]),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  last_checked: day,
  shown_with_every_export: z.strictObject({
    title: words,
    before: words,
    names: words,
    hours: words,
    blanks: words,
    not_a_record: words,
  }),
  never_include: lines,
  records: z.array(record).min(1).max(100),
  choice_lists: z.array(choiceList),
  forms: z.array(form).min(1),
  mappings: z.array(mapping),
  not_found: z.array(z.strictObject({ what: words, instead: words.optional() })),
  sources: z.array(
    z.strictObject({
      id,
      source_url: url,
      seen: words,
      confidence: z.enum(['high', 'medium', 'low']),
      about: words.optional(),
      /** Where the page is to be found; null: nowhere that people should be sent. */
      link_to_show: url.nullable().optional(),
    }),
  ),
});

/** data/cpd-forms.yaml: what each regulator asks for, and since and until when it holds. */
export type CpdForms = z.output<typeof schema>;
export type CpdRecord = CpdForms['records'][number];
export type CpdForm = CpdForms['forms'][number];
export type Section = CpdForm['sections'][number];
export type Field = z.output<typeof field>;
export type LabelIs = z.output<typeof labelIs>;

/** The steps of each framework, by its id; a set that could not be read is left out, and not checked. */
export type KnownFrameworks = ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** @returns undefined when the file does not fit; the folder then says why. */
export function readCpdForms(
  folder: ContentFolder,
  { frameworks, roles }: { frameworks: KnownFrameworks; roles: ReadonlySet<string> | undefined },
): CpdForms | undefined {
  const file = folder.read('cpd-forms.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  const ids = (items: readonly { id: string }[]) => new Set(items.map((one) => one.id));
  const [sources, forms, lists] = [ids(value.sources), ids(value.forms), ids(value.choice_lists)];
  const known = (used: readonly string[] | undefined, all: ReadonlySet<string>, what: string, path: Path) =>
    reportUnknown(used ?? [], all, what, path, problem);
  const knownOne = (
    used: string | undefined,
    all: ReadonlySet<string> | undefined,
    what: string,
    path: Path,
  ) =>
    used !== undefined &&
    all &&
    reportUnknown([used], all, what, path, (_, message) => problem(path, message));

  for (const part of ['records', 'choice_lists', 'forms', 'sources'] as const)
    reportDuplicates(value[part], [part], problem);
  value.choice_lists.forEach((one, at) => {
    known(one.source, sources, 'source', ['choice_lists', at, 'source']);
  });
  value.records.forEach((one, at) => {
    known(one.forms, forms, 'form', ['records', at, 'forms']);
    known(one.begin_with, new Set(one.forms), 'form of this record', ['records', at, 'begin_with']);
    if (roles) known(one.roles, roles, 'role', ['records', at, 'roles']);
  });

  function checkField(one: Field, path: Path): void {
    known(one.source, sources, 'source', [...path, 'source']);
    knownOne(one.choices_from, lists, 'list of choices', [...path, 'choices_from']);
    if (one.kind === 'choice' && !one.choices && !one.choices_from)
      problem(path, 'a choice needs "choices", or "choices_from".');
    known(one.not_offered, new Set(one.choices), 'choice', [...path, 'not_offered']);
    if (!one.prefill_from || !frameworks) return;
    const { framework, step } = one.prefill_from;
    knownOne(framework, new Set(frameworks.keys()), 'framework', [...path, 'prefill_from', 'framework']);
    knownOne(step, frameworks.get(framework), 'step', [...path, 'prefill_from', 'step']);
  }

  value.forms.forEach((one, at) => {
    const path = ['forms', at];
    known(one.sources, sources, 'source', [...path, 'sources']);
    known(one.change_sources, sources, 'source', [...path, 'change_sources']);
    knownOne(one.page, sources, 'source', [...path, 'page']);
    one.facts.forEach((fact, f) => {
      known(fact.source, sources, 'source', [...path, 'facts', f, 'source']);
    });
    reportDuplicates(one.sections, [...path, 'sections'], problem);
    one.sections.forEach((section, s) => {
      const there = [...path, 'sections', s];
      if (section.kind !== 'table') {
        checkField(section, there);
        return;
      }
      known(section.source, sources, 'source', [...there, 'source']);
      if (!section.columns === !section.columns_from)
        problem(there, 'a table needs either "columns" or "columns_from".');
      knownOne(section.columns_from, forms, 'form', [...there, 'columns_from']);
      if (section.columns_from && !tableOf(value, section.columns_from))
        problem([...there, 'columns_from'], `the form "${section.columns_from}" has no table.`);
      section.columns?.forEach((column, c) => {
        checkField(column, [...there, 'columns', c]);
      });
      reportDuplicates(section.columns ?? [], [...there, 'columns'], problem);
    });
    const fields = new Set(fieldsFor(one).map((each) => each.id));
    if (one.use === 'row' && !tableOf(value, one.id))
      problem(path, 'a form of rows needs a section of kind "table" with columns.');
    if ((one.use === 'each-entry' || one.use === 'row') && one.what_was_done === undefined)
      problem(path, '"what_was_done" has to name a section or column here.');
    knownOne(one.what_was_done, fields, 'section or column', [...path, 'what_was_done']);
    known(one.totals, fields, 'column', [...path, 'totals']);
    if (one.rules?.participatory_never_above_hours)
      for (const needed of ['hours', 'participatory_hours'])
        knownOne(needed, fields, 'column', [...path, 'rules', 'participatory_never_above_hours']);
  });

  const paired = new Set<string>();
  value.mappings.forEach(({ framework, form: wanted, steps, plan }, at) => {
    const path = ['mappings', at];
    knownOne(wanted, forms, 'form', [...path, 'form']);
    knownOne(framework, frameworks && new Set(frameworks.keys()), 'framework', [...path, 'framework']);
    const pair = `${framework} ${wanted}`;
    if (paired.has(pair)) problem(path, 'this framework and this form stand together above already.');
    paired.add(pair);
    const target = value.forms.find((one) => one.id === wanted);
    const fields = target && new Set(fieldsFor(target).map((each) => each.id));
    for (const [step, section] of Object.entries(steps)) {
      knownOne(step, frameworks?.get(framework), 'step', [...path, 'steps', step]);
      knownOne(section, fields, 'section or column', [...path, 'steps', step]);
    }
    known(plan, new Set(Object.keys(steps)), 'step of this mapping', [...path, 'plan']);
  });
  return value;
}

const tableOf = (content: Pick<CpdForms, 'forms'>, formId: string): readonly Field[] | undefined =>
  content.forms
    .find((one) => one.id === formId)
    ?.sections.flatMap((section) =>
      section.kind === 'table' && section.columns ? [section.columns] : [],
    )[0];

/** The columns of a table, its own or another form's. */
export const columnsOf = (content: CpdForms, section: Section & { kind: 'table' }): readonly Field[] =>
  section.columns ?? tableOf(content, section.columns_from ?? '') ?? [];

/** What is asked about each entry: a form's own sections, or the columns of its table. Boxes that stay empty are not. */
export const fieldsFor = (one: CpdForm): Field[] =>
  (one.use === 'row'
    ? one.sections.flatMap((section) => (section.kind === 'table' ? (section.columns ?? []) : []))
    : one.sections.flatMap((section) => (section.kind === 'table' ? [] : [section]))
  ).filter(({ kind }) => kind !== 'left_blank_on_purpose');

export const formOf = (content: CpdForms, formId: string): CpdForm | undefined =>
  content.forms.find((one) => one.id === formId);

export const recordOf = (content: CpdForms, recordId: string): CpdRecord | undefined =>
  content.records.find((one) => one.id === recordId);

/** Whether entries go into it. */
export const takesEntries = ({ use }: CpdForm): boolean => use === 'each-entry' || use === 'row';

/** The forms that entries are ticked for: those chosen, and those whose table a chosen one shows. */
export function formsToTick(content: CpdForms, { forms }: CpdRecord, chosen: readonly string[]): CpdForm[] {
  const shown = chosen.flatMap((one) =>
    (formOf(content, one)?.sections ?? []).flatMap((section) =>
      section.kind === 'table' && section.columns_from ? [section.columns_from] : [],
    ),
  );
  return forms
    .filter((one) => chosen.includes(one) || shown.includes(one))
    .flatMap((one) => formOf(content, one) ?? [])
    .filter(takesEntries);
}

/** Marks of quotation only where the words were read so. */
export const labelOf = ({ label, label_is }: { label: string; label_is: LabelIs }): string =>
  label_is === 'exact' || label_is === 'quoted' ? `“${label}”` : label;

/** What can be chosen in a field; empty where the writer types. */
export const choicesOf = (content: CpdForms, one: Field): string[] =>
  (
    one.choices ??
    content.choice_lists.find((list) => list.id === one.choices_from)?.items.map(({ label }) => label) ??
    []
  ).filter((choice) => !one.not_offered?.includes(choice));

/** Where the regulator's page is to be found. */
export function pageOf(content: CpdForms, { page }: CpdForm): string | undefined {
  const found = content.sources.find((one) => one.id === page);
  return found?.link_to_show === undefined ? found?.source_url : (found.link_to_show ?? undefined);
}

/** Why the present form has to be looked at first; undefined: it need not. @param today a local date. */
export function whyCheckFirst(
  { holds_until, review_by }: CpdForm,
  today: string,
): 'ended' | 'overdue' | undefined {
  if (holds_until !== null && holds_until < today) return 'ended';
  return review_by < today ? 'overdue' : undefined;
}
