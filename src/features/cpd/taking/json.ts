import { z } from 'zod';
import type { Answered, AnsweredEntry, RecordDocument } from './document.ts';

const day = z.string().describe('A day of the calendar, as year-month-day.');
const field = z.strictObject({
  id: z.string(),
  label: z
    .string()
    .describe('As it is shown; marks of quotation stand round words that were read word for word.'),
  label_is: z
    .enum(['exact', 'quoted', 'close', 'ours'])
    .describe(
      "exact: read on the regulator's page. quoted: read on another page that quotes its form. close: asked for, the words may differ. ours: our own.",
    ),
  kind: z.enum(['text', 'date', 'hours', 'choice', 'left_blank_on_purpose']),
  text: z.string().describe('As it is printed; empty where nothing is there.'),
  choices: z.array(z.string()).optional(),
  hours: z.number().min(0).optional(),
  from: day.optional(),
  until: day.optional(),
});
const entry = z.strictObject({ on: day, name: z.string(), fields: z.array(field) });
const part = z.strictObject({
  id: z.string(),
  label: z.string(),
  regulator: z.string().nullable().describe('Who sets it; null where nobody does.'),
  official_form_required: z.union([z.boolean(), z.literal('unknown')]),
  page: z.string().nullable(),
  review_by: day,
  check_first: z
    .string()
    .nullable()
    .describe('Words for where the form may have changed since it was last checked.'),
  facts: z.array(z.string()),
  entries: z.array(entry),
  once: z.array(field.extend({ rows: z.array(entry).optional() })),
  totals: z.array(z.strictObject({ id: z.string(), label: z.string(), hours: z.number().min(0) })),
});

/** docs/cpd-record.schema.json is made of this. */
export const recordSchema = z
  .strictObject({
    kind: z.literal('cpd-record-draft'),
    version: z.literal(1),
    title: z.string(),
    record: z.strictObject({ id: z.string(), label: z.string() }),
    period: z.strictObject({ from: day, until: day }),
    made_on: day,
    forms_last_checked: day,
    notes: z.array(z.string()),
    closing: z.string(),
    forms: z.array(part),
  })
  .describe('A draft of a record of learning, as ChATR Companion gives it to whoever wrote it.');

const fieldOf = (one: Answered): z.output<typeof field> => ({
  id: one.id,
  label: one.label,
  label_is: one.labelIs,
  kind: one.kind,
  text: one.text,
  ...(one.kind === 'choice' && { choices: one.choices }),
  ...(one.hours !== undefined && { hours: one.hours }),
  ...(one.from !== undefined && { from: one.from }),
  ...(one.until !== undefined && { until: one.until }),
});
const entryOf = ({ on, name, fields }: AnsweredEntry): z.output<typeof entry> => ({
  on,
  name,
  fields: fields.map(fieldOf),
});

export function toJson(document: RecordDocument): string {
  const shaped: z.output<typeof recordSchema> = {
    kind: 'cpd-record-draft',
    version: 1,
    title: document.title,
    record: document.record,
    period: document.period,
    made_on: document.madeOn,
    forms_last_checked: document.lastChecked,
    notes: document.before,
    closing: document.closing,
    forms: document.parts.map(({ form, ...one }) => ({
      id: form.id,
      label: form.label,
      regulator: form.regulator ?? form.standard_setter ?? null,
      official_form_required: form.official_form_required,
      page: one.page ?? null,
      review_by: form.review_by,
      check_first: one.checkFirst ?? null,
      facts: one.facts,
      entries: one.entries.map(entryOf),
      once: one.once.map((each) => ({
        ...fieldOf(each),
        ...(each.rows && { rows: each.rows.map(entryOf) }),
      })),
      totals: one.totals.map(({ id, label, hours }) => ({ id, label, hours })),
    })),
  };
  return `${JSON.stringify(shaped, undefined, 2)}\n`;
}
