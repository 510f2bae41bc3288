import { z } from 'zod';
import type { Db } from '../db/schema.ts';

/**
 * What a report of a group holds: sections of plain parts, by the features that know of them. Each figure in it is one that
 * may be shown already, so whatever is drawn from it (App Home, Word, HTML, CSV) tells nothing more. It is JSON, frozen as
 * it is when the report is closed.
 */

/** In the order in which they come in a report. */
export const sectionIds = [
  'who-took-part',
  'response',
  'change',
  'effect',
  'answers',
  'intentions',
  'themes',
  'quotes',
  'resources',
  'introductions',
  'training',
  'heard',
] as const;
export type SectionId = (typeof sectionIds)[number];

const words = z.string();

/** A column of a table. `about` is its line in the data dictionary: what it holds, its unit, how small numbers are shown. */
const column = z.object({ id: z.string(), label: words, about: words });

const table = z.object({
  kind: z.literal('table'),
  /** Names the table in the CSV files, and stays as it is: 'change'. */
  id: z.string(),
  caption: words,
  /** The first names the rows. */
  columns: z.array(column).min(2),
  /** A number that may be shown, or words in its place: "fewer than five", "more than half". */
  rows: z.array(z.array(z.union([z.number(), words]))),
  note: words.optional(),
  /** So many of the first columns are the same in each row and stand in the caption: where it is drawn they are left out. */
  said: z.number().int().min(1).optional(),
  /** In CSV those of one sheet are one table; their columns are the same. */
  sheet: z.object({ id: z.string(), caption: words }).optional(),
});

const point = z.object({
  label: words,
  value: z.number(),
  /** Of a pair: the same before. */
  before: z.number().optional(),
});

const chart = z.object({
  kind: z.literal('chart'),
  /** 'bars': one value each. 'pairs': before and after. */
  type: z.enum(['bars', 'pairs']),
  title: words,
  /** What it shows, in a sentence: also the text for whoever cannot see it. */
  finding: words,
  /** What a value is one of: "People", "Average, from 0 to 10". */
  unit: words,
  /** The scale's ends, where it has them. Bars of counts begin at 0. */
  from: z.number().optional(),
  to: z.number().optional(),
  points: z.array(point).min(2),
});

const part = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: words }),
  /** Under a heading of its own. */
  z.object({ kind: z.literal('heading'), text: words }),
  z.object({ kind: z.literal('list'), items: z.array(words).min(1) }),
  /** Words of people's that they allowed to be quoted, without who said them, in no order. */
  z.object({ kind: z.literal('quotes'), about: words, quotes: z.array(words).min(1) }),
  table,
  chart,
]);
export type Part = z.output<typeof part>;
export type Table = z.output<typeof table>;
export type Chart = z.output<typeof chart>;

/** As it is drawn. */
export const shownTable = ({ said = 0, columns, rows, ...table }: Table): Table => ({
  ...table,
  columns: columns.slice(said),
  rows: rows.map((row) => row.slice(said)),
});

const section = z.object({ id: z.enum(sectionIds), title: words, parts: z.array(part).min(1) });
export type Section = z.output<typeof section>;

export const reportSchema = z.object({
  version: z.literal(1),
  group: words,
  /** Local dates of the programme's zone, both included. */
  from: z.iso.date(),
  until: z.iso.date(),
  /** The local date on which it was put together, or closed. */
  madeOn: z.iso.date(),
  isClosed: z.boolean(),
  /** What was to be found out, in a sentence or two. */
  purpose: words,
  /** How it was found out: who was asked what, when, and how answers are kept. */
  method: z.array(words),
  sections: z.array(section),
  /** What these figures cannot say. */
  limits: z.array(words),
});
export type Report = z.output<typeof reportSchema>;

/** A group that is reported on. `from` and `until` are local dates, both included. */
export type Reported = { cohortId: string; from: string; until: string };

/** A check-in that a group has been asked, is asked, or is to be asked. Local dates. */
export type AskedInGroup = {
  id: string;
  templateId: string;
  title: string;
  state: 'planned' | 'open' | 'closed';
  /** When it goes out, or went out last; undefined: at no date yet. */
  on: string | undefined;
  /** Of one that is open or closed: when it closes, or closed. */
  until: string | undefined;
};

/**
 * What a feature has found out about a group. May they see it is asked before. Nothing that moves with one more deed or one
 * deletion: what is counted is counted once, or in steps of five.
 */
export type Findings = (db: Db, group: Reported, now: Date) => Promise<Section[]>;
