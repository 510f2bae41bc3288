import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Shape } from '../../community/suppress.ts';
import { option } from '../../slack/blocks.ts';
import { date, type Field, line, oneOf, paragraph, severalOf } from '../../slack/form.ts';
import { clip, sayFullDate } from '../../slack/text.ts';
import { type Cell, dayIn, oneIn, severalIn, stepIn, wordsIn } from './paper/cells.ts';
import { type Own, ownOptions, ownScale } from './planning/questions/own-kinds.ts';

/**
 * What is particular to each kind of question: how data/checkins.yaml writes it, how somebody adds one of their own, how a
 * form asks it, what an answer is, how a list of answers on paper has it, and what many of them are summed up by. A new kind
 * is one more object in `kinds`, and needs no other file.
 */

export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'use small letters, digits, hyphens and underscores only');
export const words = z.string().trim().min(1, 'write something here');
/** An option of a Slack menu. @see https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
export const optionLabel = words.max(75, 'shorten it to 75 characters: Slack shows no more in an option');

const construct = z.strictObject({
  framework: words,
  level: z.string().optional(),
  cycle: z.string().optional(),
});
/** What a question measures, for whoever evaluates; nobody who answers reads it. */
const measured = construct.extend({ also: construct.optional() });
export type Measured = z.output<typeof measured>;

/** What every question has in the file. */
const written = {
  id,
  text: words.max(300, 'shorten the question to 300 characters'),
  help: words.max(300, 'shorten it to 300 characters').optional(),
  optional: z.boolean().default(true),
  allow_skip: z.boolean().default(true),
  construct: measured.optional(),
  /** Questions of one name are compared as a set in the pair of templates. */
  pair: z.string().optional(),
};
const options = z
  .array(optionLabel)
  .min(2, 'give at least two options')
  .max(99, 'give at most 99 options')
  .refine((all) => new Set(all).size === all.length, 'two options read the same. Make each different.');

/** What every question has once it is asked. Each round keeps its questions as they were then. */
const asked = {
  id: z.string(),
  text: z.string(),
  help: z.string().optional(),
  construct: measured.optional(),
  pair: z.string().optional(),
};

/** What somebody allows for their words, where a template asks; the order is that of the question's options. */
export const wordsUses = ['keep', 'summary', 'quote', 'ask'] as const;

/** A kind by its parts; `Drawn` and `Chosen` are what its field is drawn with and gives back. */
const kind = <
  Written extends z.core.$ZodTypeDiscriminable & z.ZodType,
  Asked extends z.core.$ZodTypeDiscriminable & z.ZodType,
  Value extends z.ZodType,
  Drawn,
  Chosen,
  Name extends string,
>(parts: {
  schema: {
    /** In the file. */
    written: Written;
    /** In a round. */
    asked: Asked;
    /** Of an answer, as it is kept. */
    answer: Value;
  };
  /** What has another name in the file than in a round. */
  ask?(question: z.output<Written>): Partial<z.output<Asked>>;
  field(question: z.output<Asked>): Field<Drawn, Chosen>;
  draw(value: z.output<Value>): Drawn;
  /** Undefined: it was left out. */
  read(chosen: Chosen): z.output<Value> | undefined;
  /** An answer in words. */
  say(question: z.output<Asked>, value: z.output<Value>): string;
  /** What can be answered, lowest first; left out where people answer in their own words. */
  choices?(question: z.output<Asked>): Choices;
  /** What the lowest and the highest are called, where that is not all that is said of them. */
  ends?(question: z.output<Asked>): [low: string, high: string];
  /** How long an answer takes. */
  seconds(question: z.output<Asked>): number;
  /** As a draft takes it: whatever stands in its field. */
  withoutLimits?(question: z.output<Asked>): z.output<Asked>;
  /** In a list of answers on paper: what may stand in its column, and what is read there. */
  paper: {
    say(question: z.output<Asked>): string;
    read(cell: string, question: z.output<Asked>): Cell<z.output<Value>>;
  };
  /** How somebody adds one of their own, in one way or several. */
  own: Record<Name, Own<z.output<Asked>>>;
}) => parts;

type Choice = { value: number; label: string };
/** How answers are summed up, and what each value reads. */
export type Choices = { kind: Shape['kind']; values: Choice[] };

/** A radio button cannot be taken back in Slack, so this is one more of them. */
const leaveOut = option('Prefer not to say', 'none');

const hinting = (...hints: (string | undefined)[]): { hint?: string } => {
  const hint = hints.filter((one) => one !== undefined).join(' ');
  return hint === '' ? {} : { hint };
};

const choose = ({ text, help }: { text: string; help?: string | undefined }, choices: readonly Choice[]) =>
  oneOf(text, {
    ...hinting(help),
    radio: true,
    of: [...choices.map(({ label, value }) => option(label, String(value))), leaveOut],
  });

const chosen = (value: string | undefined): number | undefined =>
  value === undefined || value === leaveOut.value ? undefined : Number(value);

/** "1 (Not at all)", "2", "3 (A great deal)". */
const steps = ({ min, max, low, high }: { min: number; max: number; low: string; high: string }): Choice[] =>
  Array.from({ length: max - min + 1 }, (_, index) => min + index).map((value) => ({
    value,
    label: value === min ? `${value} (${low})` : value === max ? `${value} (${high})` : String(value),
  }));

const inOrder = (labels: readonly string[]): Choice[] => labels.map((label, value) => ({ value, label }));

const yesOrNo = inOrder(['Yes', 'No']);

const sayOptions = (labels: readonly string[]): string => clip(labels.join('; '), 400);

/** Above so many characters there is room for several lines. */
const mostOnOneLine = 120;

/** More than anybody writes into a field. */
const mostTyped = 60_000;

/** By their names in data/checkins.yaml. */
const kinds = {
  text: kind({
    schema: {
      written: z.strictObject({
        ...written,
        type: z.literal('text'),
        max_chars: z.number().int().min(1).max(3000, 'Slack takes at most 3000 characters').default(3000),
      }),
      asked: z.object({ ...asked, type: z.literal('text'), maxChars: z.number() }),
      answer: z.string(),
    },
    ask: ({ max_chars: maxChars }) => ({ maxChars }),
    field: ({ text: label, help, maxChars: max }) =>
      max > mostOnOneLine
        ? paragraph(label, { max, inTheirWords: true, ...hinting(help, `Up to ${max} characters.`) })
        : line(label, { max, inTheirWords: true, ...hinting(help, `Up to ${max} characters.`) }),
    draw: (value) => value,
    read: (typed) => typed || undefined,
    say: (_question, value) => value,
    seconds: ({ maxChars }) => (maxChars > 200 ? 60 : 25),
    withoutLimits: (question) => ({ ...question, maxChars: mostTyped }),
    paper: {
      say: ({ maxChars }) => `words, up to ${maxChars} characters`,
      read: (cell, { maxChars }) => wordsIn(cell, maxChars),
    },
    own: {
      line: {
        name: 'A short answer',
        is: ({ maxChars }) => maxChars <= mostOnOneLine,
        take: () => ({ kind: 'taken', parts: { maxChars: mostOnOneLine } }),
      },
      paragraph: {
        name: 'A longer answer, in their own words',
        is: ({ maxChars }) => maxChars > mostOnOneLine,
        take: () => ({ kind: 'taken', parts: { maxChars: 1500 } }),
      },
    },
  }),

  scale: kind({
    schema: {
      written: z
        .strictObject({
          ...written,
          type: z.literal('scale'),
          min: z.number().int().min(0),
          max: z.number().int().max(20),
          end_labels: z.strictObject({ low: optionLabel.max(60), high: optionLabel.max(60) }),
        })
        .refine(({ min, max }) => max > min, {
          path: ['max'],
          error: 'the highest value must be above the lowest.',
        }),
      asked: z.object({
        ...asked,
        type: z.literal('scale'),
        min: z.number(),
        max: z.number(),
        low: z.string(),
        high: z.string(),
      }),
      answer: z.number(),
    },
    ask: ({ end_labels }) => end_labels,
    field: (question) => choose(question, steps(question)),
    draw: String,
    read: chosen,
    say: (question, value) => steps(question).find((step) => step.value === value)?.label ?? String(value),
    choices: (question) => ({ kind: 'scale', values: steps(question) }),
    ends: ({ low, high }) => [low, high],
    seconds: () => 15,
    paper: { say: ({ min, max }) => `${min} to ${max}`, read: stepIn },
    own: { scale: ownScale },
  }),

  /** An answer is the option's place. */
  single_choice: kind({
    schema: {
      written: z
        .strictObject({
          ...written,
          type: z.literal('single_choice'),
          options,
          words_use: z.array(z.enum(wordsUses)).optional(),
        })
        .refine((one) => !one.words_use || one.words_use.length === one.options.length, {
          path: ['words_use'],
          error: 'give one entry for each option, in the same order.',
        }),
      asked: z.object({
        ...asked,
        type: z.literal('single_choice'),
        options: z.array(z.string()),
        wordsUse: z.array(z.enum(wordsUses)).optional(),
        /** It is of the report alone: whoever can read the results reads the words whatever is chosen. */
        isOfReport: z.literal(true).optional(),
      }),
      answer: z.number(),
    },
    ask: ({ words_use: wordsUse }) => ({ wordsUse }),
    field: (question) => choose(question, inOrder(question.options)),
    draw: String,
    read: chosen,
    say: (question, value) => question.options[value] ?? '',
    choices: ({ options: labels }) => ({ kind: 'choice', values: inOrder(labels) }),
    seconds: () => 15,
    paper: {
      say: ({ options: labels }) => `one of: ${sayOptions(labels)}`,
      read: (cell, { options: labels }) => oneIn(cell, labels),
    },
    own: { single_choice: ownOptions('One of several') },
  }),

  /** An answer is the options' places. */
  multi_choice: kind({
    schema: {
      written: z
        .strictObject({
          ...written,
          type: z.literal('multi_choice'),
          options,
          max_choices: z.number().int().min(1).optional(),
        })
        .refine((one) => (one.max_choices ?? 1) <= one.options.length, {
          path: ['max_choices'],
          error: 'there are fewer options than this. Give a smaller number.',
        }),
      asked: z.object({
        ...asked,
        type: z.literal('multi_choice'),
        options: z.array(z.string()),
        maxChoices: z.number().optional(),
      }),
      answer: z.array(z.number()),
    },
    ask: ({ max_choices: maxChoices }) => ({ maxChoices }),
    field: ({ text, help, options: labels, maxChoices: most }) =>
      severalOf(text, {
        ...hinting(help, most === undefined ? undefined : `Choose up to ${most}.`),
        of: inOrder(labels).map(({ label, value }) => option(label, String(value))),
        ...(most !== undefined && { most }),
      }),
    draw: (value) => value.map(String),
    read: (ticked) => (ticked.length === 0 ? undefined : ticked.map(Number)),
    say: (question, value) => value.flatMap((one) => question.options[one] ?? []).join('; '),
    choices: ({ options: labels }) => ({ kind: 'choices', values: inOrder(labels) }),
    seconds: () => 25,
    withoutLimits: (question) => ({ ...question, maxChoices: undefined }),
    paper: { say: ({ options: labels }) => `any of: ${sayOptions(labels)}`, read: severalIn },
    own: { multi_choice: ownOptions('Any number of several') },
  }),

  /** An answer is the option's place. */
  yes_no: kind({
    schema: {
      written: z.strictObject({ ...written, type: z.literal('yes_no') }),
      asked: z.object({ ...asked, type: z.literal('yes_no') }),
      answer: z.number(),
    },
    field: (question) => choose(question, yesOrNo),
    draw: String,
    read: chosen,
    say: (_question, value) => yesOrNo[value]?.label ?? '',
    choices: () => ({ kind: 'choice', values: yesOrNo }),
    seconds: () => 15,
    paper: {
      say: () => 'yes or no',
      read: (cell) =>
        oneIn(
          cell,
          yesOrNo.map(({ label }) => label),
        ),
    },
    own: { yes_no: { name: 'Yes or no' } },
  }),

  /** An answer is a day, YYYY-MM-DD. */
  date: kind({
    schema: {
      written: z.strictObject({ ...written, type: z.literal('date') }),
      asked: z.object({ ...asked, type: z.literal('date') }),
      answer: z.string(),
    },
    field: ({ text: label, help }) => date(label, hinting(help)),
    draw: (value): string | undefined => value,
    read: (day) => day,
    say: (_question, value) => sayFullDate(value),
    seconds: () => 15,
    paper: { say: () => 'a date, such as 31/01/2027', read: dayIn },
    own: { date: { name: 'A date' } },
  }),
};

const all = Object.values(kinds);
type One = (typeof all)[number];
const anyOf = <Schema>(schemas: Schema[]) => schemas as [Schema, ...Schema[]];

export const fileQuestion = z.discriminatedUnion('type', anyOf(all.map(({ schema }) => schema.written)));
export type FileQuestion = z.output<typeof fileQuestion>;

/** A question as it is asked and kept with each round. */
export const roundQuestion = z.discriminatedUnion('type', anyOf(all.map(({ schema }) => schema.asked)));
export type Question = z.output<typeof roundQuestion>;

export const answerValue = z.union(anyOf<One['schema']['answer']>(all.map(({ schema }) => schema.answer)));
export type AnswerValue = z.output<typeof answerValue>;

/** What all kinds have in common: a question goes with its own kind only, and an answer with its own question. */
type Kind = {
  ask?(question: FileQuestion): Partial<Question>;
  field(question: Question): Field<unknown>;
  draw(value: unknown): unknown;
  read(chosen: unknown): AnswerValue | undefined;
  say(question: Question, value: unknown): string;
  choices?(question: Question): Choices;
  ends?(question: Question): [low: string, high: string];
  seconds(question: Question): number;
  withoutLimits?(question: Question): Question;
  paper: { say(question: Question): string; read(cell: string, question: Question): Cell<AnswerValue> };
  own: Record<string, Own<Question>>;
};
const kindOf = ({ type }: Pick<Question, 'type'>): Kind => kinds[type];

/** A question of the file as it is asked. */
export const toQuestion = (question: FileQuestion): Question =>
  roundQuestion.parse({ ...question, ...kindOf(question).ask?.(question) });

/** How a form asks it: drawn with an answer, and read back as one; undefined where it was left out. */
export function fieldOf(question: Question): Field<AnswerValue | undefined> {
  const { field, draw, read } = kindOf(question);
  const asking = field(question);
  return {
    draw: (id, value) => asking.draw(id, value === undefined ? undefined : draw(value)),
    read(held) {
      const answer = asking.read(held);
      return answer.kind === 'taken' ? { kind: 'taken', value: read(answer.value) } : answer;
    },
  };
}

/** What somebody answered, in words. */
export const sayAnswer = (question: Question, value: AnswerValue): string =>
  kindOf(question).say(question, value);

/** Undefined where people answer in their own words. */
export const choicesOf = (question: Question): Choices | undefined => kindOf(question).choices?.(question);

/** What the two ends of a scale are called. */
export function endsOf(question: Question): [low: string, high: string] {
  const values = choicesOf(question)?.values ?? [];
  return kindOf(question).ends?.(question) ?? [values[0]?.label ?? '', values.at(-1)?.label ?? ''];
}

export const secondsFor = (question: Question): number => kindOf(question).seconds(question);

/** Whatever stands in its field is taken, though it could not be sent like that. */
export const withoutLimits = (question: Question): Question =>
  kindOf(question).withoutLimits?.(question) ?? question;

/** What may stand in its column of a list of answers on paper. */
export const sayPaperAnswer = (question: Question): string => kindOf(question).paper.say(question);

export const readPaperAnswer = (question: Question, cell: string): Cell<AnswerValue> =>
  kindOf(question).paper.read(cell, question);

type Kinds = typeof kinds;
/** What somebody adds of their own: the kinds of question, one of them in two ways. */
export type OwnKind = { [Type in keyof Kinds]: keyof Kinds[Type]['own'] }[keyof Kinds];

const ownByKind: ReadonlyMap<string, { type: string; own: Own<Question> }> = new Map(
  Object.entries<Kind>(kinds).flatMap(([type, { own }]) =>
    Object.entries(own).map(([name, one]) => [name, { type, own: one }]),
  ),
);
const isOwnKind = (name: unknown): name is OwnKind => typeof name === 'string' && ownByKind.has(name);
export const ownKinds: readonly OwnKind[] = [...ownByKind.keys()].filter(isOwnKind);
export const ownKind = z.custom<OwnKind>(isOwnKind);

export function getOwn(kind: OwnKind): { type: string; own: Own<Question> } {
  const found = ownByKind.get(kind);
  if (!found) throw new Error(`no question is added as ${kind}`);
  return found;
}

/** As what somebody would have added a question. */
export const ownKindOf = (question: Question): OwnKind => {
  const [name] = Object.entries(kindOf(question).own).find(([, { is }]) => is?.(question) ?? true) ?? [];
  if (!isOwnKind(name)) throw new Error(`nobody can add a question like ${question.id}`);
  return name;
};

/** Whether the same can be chosen, and reads the same. */
export const hasSameChoices = (one: Question, other: Question): boolean =>
  isDeepStrictEqual(choicesOf(one), choicesOf(other));

/** A question that was reworded, or has other answers, is another one: nothing changed between the two. */
export const asksTheSame = (one: Question, other: Question): boolean =>
  one.text === other.text && hasSameChoices(one, other);

/** Whether it is asked before and after, so that the two are compared person by person. */
export const isCompared = (question: Question): boolean =>
  question.pair !== undefined && choicesOf(question) !== undefined;

/** From the lowest answer to the highest, as they are summed up. */
export const shapeOf = ({ kind: summedAs, values }: Choices): Shape => ({
  kind: summedAs,
  from: values[0]?.value ?? 0,
  to: values.at(-1)?.value ?? 0,
});

/** Whether people answer it in their own words. */
export const isWords = (question: Question): question is Question & { type: 'text' } =>
  question.type === 'text';

/** Whether it asks what may be done with the words of the other answers. */
export const asksWordsUse = (
  question: Question,
): question is Question & { type: 'single_choice'; wordsUse: (typeof wordsUses)[number][] } =>
  question.type === 'single_choice' && question.wordsUse !== undefined;

/** The same, only for the report. What was chosen there is no result. */
export const isOfReport = (question: Question): boolean =>
  question.type === 'single_choice' && question.isOfReport === true;
