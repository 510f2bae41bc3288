import type { InputBlock, KnownBlock, PlainTextOption, View } from '@slack/types';
import { z } from 'zod';
import { input, modal, option, plain, textInput } from './blocks.ts';
import type { Packed } from './packed.ts';
import { clip, tidyLine, withoutHidden } from './text.ts';

const chosen = z.object({ value: z.string() });
const slackId = z.string().regex(/^[UW][A-Z0-9]+$/);
const channelId = z.string().regex(/^[CG][A-Z0-9]+$/);
const sentFile = z.object({
  id: z.string(),
  size: z.number().optional().catch(undefined),
  url_private_download: z.string().optional().catch(undefined),
  url_private: z.string().optional().catch(undefined),
});

/** What an element can hold. Whatever is missing or odd reads as left empty: clients may send anything. */
const element = z
  .object({
    value: z.string().nullish().catch(undefined),
    selected_option: chosen.nullish().catch(undefined),
    selected_options: z.array(chosen).nullish().catch(undefined),
    selected_user: slackId.nullish().catch(undefined),
    selected_users: z.array(slackId).nullish().catch(undefined),
    selected_conversation: channelId.nullish().catch(undefined),
    selected_date: z.iso.date().nullish().catch(undefined),
    selected_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .nullish()
      .catch(undefined),
    files: z.array(sentFile).nullish().catch(undefined),
  })
  .catch({});
const state = z.object({ values: z.record(z.string(), z.record(z.string(), element)) }).catch({ values: {} });
type Held = z.output<typeof element>;

/** What a field made of what it held: a value to go on with, or words for beside it. */
type Read<Answered> = { kind: 'taken'; value: Answered } | { kind: 'wrong'; words: string };
const taken = <Value>(value: Value): Read<Value> => ({ kind: 'taken', value });
const wrong = (words: string): Read<never> => ({ kind: 'wrong', words });

/**
 * One input of a form. `Initial` is what it can be drawn with, `Answered` what comes back. A field that has words for
 * being left empty must be filled in; any other is optional, and Slack says so beside it.
 */
export interface Field<Initial, Answered = Initial> {
  draw(blockId: string, initial: Initial | undefined, options?: readonly PlainTextOption[]): InputBlock;
  read(held: Held): Read<Answered>;
}

type About = { hint?: string };
type Must = { missing: string };
/** The rule of a text, in words for whoever broke it; undefined when it keeps to it. */
type Check = (text: string) => string | undefined;
type Text = About & {
  missing?: string;
  check?: Check;
  max?: number;
  focus?: boolean;
  /** Kept to the last character, and never refused for its length: Slack alone holds to `max`. */
  asItIs?: boolean;
  /** What people say for themselves: what turns the direction of their script stays in it. */
  inTheirWords?: boolean;
};

/** As it was typed, without halves of characters and space at both ends. */
const tidyText = (text: string): string =>
  text.toWellFormed().normalize('NFC').replace(/\r\n?/g, '\n').trim();

function text(
  label: string,
  { missing, check, max = 3000, focus, asItIs = false, inTheirWords = false, ...about }: Text,
  multiline: boolean,
): Field<string> {
  return {
    draw: (id, initial) =>
      input(
        id,
        label,
        textInput('value', { max, multiline, ...(focus && { focus }), ...(initial && { initial }) }),
        { ...about, optional: missing === undefined },
      ),
    read({ value }) {
      const given = value ?? '';
      const typed = asItIs ? given : tidyText(inTheirWords ? given : withoutHidden(given));
      if (typed === '') return missing === undefined ? taken('') : wrong(missing);
      const length = Array.from(typed).length;
      const problem =
        length > max && !asItIs ? `Please keep this to ${max} characters; it has ${length}.` : check?.(typed);
      return problem === undefined ? taken(typed) : wrong(problem);
    },
  };
}

/** One line of text; empty text where it may be left out and was. */
export const line = (label: string, rules: Text = {}): Field<string> => text(label, rules, false);

/** Text of several lines. */
export const paragraph = (label: string, rules: Text = {}): Field<string> => text(label, rules, true);

type Choice<Value extends string> = About & {
  /** Left out: the options come with each drawing, and whoever reads the answer checks it. */
  of?: readonly (PlainTextOption & { value: Value })[];
  /** All options to be seen at once, where there are no more than Slack shows so. */
  radio?: boolean;
  focus?: boolean;
};

/** The most radio buttons and checkboxes of one input. @see https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
const mostInSight = 10;

const isOffered = <Value extends string>(
  of: Choice<Value>['of'],
  value: string | undefined,
): value is Value => value !== undefined && (of === undefined || of.some((one) => one.value === value));

/** One of several: radio buttons or a menu. */
export function oneOf<Value extends string>(
  label: string,
  rules: Choice<Value> & Must,
): Field<Value | undefined, Value>;
export function oneOf<Value extends string>(
  label: string,
  rules?: Choice<Value>,
): Field<Value | undefined, Value | undefined>;
export function oneOf<Value extends string>(
  label: string,
  { of, missing, radio, focus, ...about }: Choice<Value> & Partial<Must> = {},
): Field<Value | undefined> {
  return {
    draw(id, initial, given) {
      const options = [...(given ?? of ?? [])];
      const first = options.find(({ value }) => value === initial);
      const more = { ...(first && { initial_option: first }), ...(focus && { focus_on_load: true }) };
      const inSight = radio && options.length <= mostInSight;
      return input(
        id,
        label,
        inSight
          ? { type: 'radio_buttons', action_id: 'value', options, ...more }
          : {
              type: 'static_select',
              action_id: 'value',
              placeholder: plain('Choose one'),
              ...grouped(options),
              ...more,
            },
        { ...about, optional: missing === undefined },
      );
    },
    read: ({ selected_option }) => {
      const value = selected_option?.value;
      if (isOffered(of, value)) return taken(value);
      return missing === undefined ? taken(undefined) : wrong(missing);
    },
  };
}

/** Slack takes 100 options, or 100 groups of 100. */
function grouped(options: PlainTextOption[]) {
  if (options.length <= 100) return { options };
  const groups = [];
  for (let start = 0; start < options.length && groups.length < 100; start += 100) {
    const part = options.slice(start, start + 100);
    const label = `${clip(part[0]?.text.text ?? '', 34)} to ${part.at(-1)?.text.text ?? ''}`;
    groups.push({ label: plain(label, 75), options: part });
  }
  return { option_groups: groups };
}

type Several<Value extends string> = About & {
  of?: Choice<Value>['of'];
  missing?: string;
  /** A menu even where checkboxes would do. */
  menu?: boolean;
  /** What stands in the menu while nothing is chosen. */
  empty?: string;
  /** The most that may be chosen. */
  most?: number;
};

/** Any number of several: checkboxes or a menu. Each is read once, in the order of the options. */
export function severalOf<Value extends string>(
  label: string,
  { of, missing, menu, empty = 'Choose any', most, ...about }: Several<Value> = {},
): Field<readonly Value[], Value[]> {
  return {
    draw(id, initial = [], given) {
      const options = [...(given ?? of ?? [])];
      const ticked = options.filter(({ value }) => initial.some((one) => one === value));
      const more = ticked.length > 0 && { initial_options: ticked };
      return input(
        id,
        label,
        menu || options.length > mostInSight
          ? {
              type: 'multi_static_select',
              action_id: 'value',
              placeholder: plain(empty, 150),
              ...grouped(options),
              ...more,
            }
          : { type: 'checkboxes', action_id: 'value', options, ...more },
        { ...about, optional: missing === undefined },
      );
    },
    read({ selected_options }) {
      const values = new Set((selected_options ?? []).map(({ value }) => value));
      const known = [...values].filter((value) => isOffered(of, value));
      if (most !== undefined && known.length > most)
        return wrong(`Please choose at most ${most}; you have ${known.length}.`);
      if (known.length === 0 && missing !== undefined) return wrong(missing);
      const order = of?.map(({ value }) => value);
      return taken(order ? (order.filter((value) => known.some((one) => one === value)) as Value[]) : known);
    },
  };
}

/** One box to tick. @param yes what it says beside the box; @param means a second line under it. */
export function ticked(
  label: string,
  { yes, means, ...about }: About & { yes: string; means?: string },
): Field<boolean> {
  const box = option(yes, 'yes', means);
  return {
    draw: (id, initial) =>
      input(
        id,
        label,
        {
          type: 'checkboxes',
          action_id: 'value',
          options: [box],
          ...(initial && { initial_options: [box] }),
        },
        { ...about, optional: true },
      ),
    read: ({ selected_options }) => taken((selected_options?.length ?? 0) > 0),
  };
}

type Rules = About & { missing?: string };
/** A field with words for being left empty always has something. */
type Needed<Given, Value> = Given extends Must ? Value : Value | undefined;

/** What an element either holds or does not. */
function single<Given extends Rules>(
  label: string,
  { missing, hint }: Rules,
  of: (held: Held) => string | null | undefined,
  drawn: (initial: string | undefined) => InputBlock['element'],
): Field<string | undefined, Needed<Given, string>> {
  return {
    draw: (id, initial) =>
      input(id, label, drawn(initial), { ...(hint && { hint }), optional: missing === undefined }),
    read(held) {
      const value = of(held) ?? undefined;
      if (value === undefined && missing !== undefined) return wrong(missing);
      return taken(value as Needed<Given, string>);
    },
  };
}

/** A day, as YYYY-MM-DD. @param rules.empty what stands in it while nothing is chosen. */
export const date = <Given extends Rules & { empty?: string }>(label: string, rules?: Given) =>
  single<Given>(
    label,
    rules ?? {},
    ({ selected_date }) => selected_date,
    (initial) => ({
      type: 'datepicker',
      action_id: 'value',
      ...(rules?.empty && { placeholder: plain(rules.empty, 150) }),
      ...(initial && { initial_date: initial }),
    }),
  );

/** A time of day, as HH:MM, on the clock of whoever is asked. */
export const time = <Given extends Rules>(label: string, rules?: Given) =>
  single<Given>(
    label,
    rules ?? {},
    ({ selected_time }) => selected_time,
    (initial) => ({ type: 'timepicker', action_id: 'value', ...(initial && { initial_time: initial }) }),
  );

/** Somebody of the workspace, as their Slack id. */
export const person = <Given extends Rules & { focus?: boolean }>(label: string, rules?: Given) =>
  single<Given>(
    label,
    rules ?? {},
    ({ selected_user }) => selected_user,
    (initial) => ({
      type: 'users_select',
      action_id: 'value',
      ...(initial && { initial_user: initial }),
      ...(rules?.focus && { focus_on_load: true }),
    }),
  );

/** A public or private channel, as its id; no direct conversation. */
export const channel = <Given extends Rules>(label: string, rules?: Given) =>
  single<Given>(
    label,
    rules ?? {},
    ({ selected_conversation }) => selected_conversation,
    (initial) => ({
      type: 'conversations_select',
      action_id: 'value',
      filter: { include: ['public', 'private'], exclude_bot_users: true },
      ...(initial && { initial_conversation: initial }),
    }),
  );

/** Several people, as their Slack ids. */
export function people(
  label: string,
  { missing, focus, ...about }: About & { missing?: string; focus?: boolean } = {},
): Field<readonly string[], string[]> {
  return {
    draw: (id, initial = []) =>
      input(
        id,
        label,
        {
          type: 'multi_users_select',
          action_id: 'value',
          ...(initial.length > 0 && { initial_users: [...initial] }),
          ...(focus && { focus_on_load: true }),
        },
        { ...about, optional: missing === undefined },
      ),
    read({ selected_users }) {
      const chosenOnes = [...new Set(selected_users ?? [])];
      return chosenOnes.length === 0 && missing !== undefined ? wrong(missing) : taken(chosenOnes);
    },
  };
}

export type SentFile = { id: string; size: number | undefined; address: string | undefined };

/** One file. @param types endings without the dot. */
export function file(
  label: string,
  { types, missing, ...about }: About & { types?: string[]; missing?: string } = {},
): Field<undefined, SentFile | undefined> {
  return {
    draw: (id) =>
      input(
        id,
        label,
        { type: 'file_input', action_id: 'value', max_files: 1, ...(types && { filetypes: types }) },
        { ...about, optional: missing === undefined },
      ),
    read({ files }) {
      const [sent] = files ?? [];
      if (!sent) return missing === undefined ? taken(undefined) : wrong(missing);
      return taken({ id: sent.id, size: sent.size, address: sent.url_private_download ?? sent.url_private });
    },
  };
}

/**
 * A choice from what we suggest while somebody types, their own words among it. @param suggestedBy the id under which
 * `onSuggest` answers.
 */
export function typedChoice(
  label: string,
  { suggestedBy, ...about }: About & { suggestedBy: string },
): Field<string | undefined> {
  return {
    draw: (id, initial) =>
      input(
        id,
        label,
        {
          type: 'external_select',
          action_id: suggestedBy,
          min_query_length: 1,
          placeholder: plain('Start typing', 150),
          ...(initial && { initial_option: typedOption(initial) }),
        },
        { ...about, optional: true },
      ),
    read: ({ selected_option }) => taken(tidyLine(selected_option?.value ?? '') || undefined),
  };
}

/**
 * One of more than a menu holds, found while somebody types. @param suggestedBy the id under which `onSuggest` answers;
 * whoever reads the choice checks it.
 */
export const lookedUp = (
  label: string,
  { suggestedBy, missing, ...about }: About & Must & { suggestedBy: string },
): Field<PlainTextOption | undefined, string> => ({
  draw: (id, initial) =>
    input(
      id,
      label,
      {
        type: 'external_select',
        action_id: suggestedBy,
        min_query_length: 1,
        placeholder: plain('Start typing', 150),
        ...(initial && { initial_option: initial }),
      },
      about,
    ),
  read: ({ selected_option }) => (selected_option ? taken(selected_option.value) : wrong(missing)),
});

/** A choice made of what somebody typed; it comes back to us as its value. */
export const typedOption = (typed: string): PlainTextOption =>
  option(typed, Array.from(typed).slice(0, 75).join(''));

export type Fields = Record<string, Field<unknown>>;
/** What a form's fields can be drawn with. */
export type Initial<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<infer Value, infer _> ? Value : never;
};
/** A form that was filled in as it should be. */
export type Answered<F extends Fields> = {
  [Name in keyof F]: F[Name] extends Field<infer _, infer Value> ? Value : never;
};
/** What is wrong, by field, in words for beside it. */
export type Problems<F extends Fields> = { [Name in keyof F]?: string };

/** For a window whose fields are not known beforehand, to refuse by. */
export const definedOnly = (problems: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(problems).flatMap(([name, words]) => (words === undefined ? [] : [[name, words]])),
  );

/** A window by its id, and what it carries. */
export type WindowKind<Carried = undefined> = { id: string; carries?: Packed<Carried> };

/** A window of which Slack told something: it was sent or closed, or a button in it was pressed. */
export type SlackView = {
  id: string;
  private_metadata?: string;
  state?: unknown;
  blocks?: unknown;
};

export type Drawing<F extends Fields> = {
  initial?: { [Name in keyof Initial<F>]?: Initial<F>[Name] | undefined };
  /** For fields whose options are not known beforehand. */
  options?: { [Name in keyof F]?: readonly PlainTextOption[] };
  above?: KnownBlock[];
  /** Blocks in front of a field. */
  before?: { [Name in keyof F]?: KnownBlock[] };
  below?: KnownBlock[];
  /** Other words than the form's own. */
  title?: string;
  submit?: string;
  /** Fields that are left out this time: ones that may be left empty, as which they read. */
  without?: readonly (keyof F)[];
};

export type FormRead<F extends Fields> =
  | { kind: 'answered'; values: Answered<F>; partly: Partial<Answered<F>> }
  /** `partly` is what could be taken all the same. */
  | { kind: 'problems'; problems: Problems<F>; partly: Partial<Answered<F>> };

export type Form<F extends Fields, Carried = undefined> = WindowKind<Carried> & {
  view(...drawing: [Carried] extends [undefined] ? [Drawing<F>?] : [Drawing<F> & { carry: Carried }]): View;
  read(view: Pick<SlackView, 'state' | 'blocks'>): FormRead<F>;
  /** A field's input block, to say something beside it. */
  blockOf(name: keyof F): string;
  /** Its fields, first to last. */
  names: readonly string[];
};

export type FormParts<F extends Fields> = {
  title: string;
  submit: string;
  close?: string;
  fields: F;
  /**
   * Slack keeps what was typed where ids stay the same. A form whose fields begin anew in the same window gets another
   * key: nothing typed under the old one is shown or read.
   */
  key?: string;
  /** Slack tells when somebody closes it. */
  notifyOnClose?: boolean;
  /** The id under which `onClick` hears of each choice as it is made, so that the window can follow it. */
  live?: string;
};

/**
 * A window with inputs, said once: its fields draw themselves, read themselves back and say what is missing. A field's
 * name is its block's id, so what was typed stays when the form is drawn again.
 * @see https://docs.slack.dev/surfaces/modals
 */
export function form<F extends Fields, Carried = undefined>(
  kind: string | WindowKind<Carried>,
  { title, submit, close = 'Cancel', fields, key, notifyOnClose, live }: FormParts<F>,
): Form<F, Carried> {
  const window: WindowKind<Carried> = typeof kind === 'string' ? { id: kind } : kind;
  const all = Object.entries(fields) as [keyof F & string, Field<unknown>][];
  const blockOf = (name: keyof F): string => (key === undefined ? String(name) : `${String(name)}#${key}`);
  const draw = (drawing: Drawing<F> & { carry?: Carried } = {}): View => {
    const { initial, options, above = [], before, below = [], without = [], carry } = drawing;
    return modal({
      callbackId: window.id,
      title: drawing.title ?? title,
      submit: drawing.submit ?? submit,
      close,
      ...(window.carries && carry !== undefined && { metadata: window.carries.pack(carry) }),
      ...(notifyOnClose && { notifyOnClose }),
      blocks: [
        ...above,
        ...all
          .filter(([name]) => !without.includes(name))
          .flatMap(([name, field]) => [
            ...(before?.[name] ?? []),
            heard(field.draw(blockOf(name), initial?.[name], options?.[name]), live),
          ]),
        ...below,
      ],
    });
  };
  return {
    ...window,
    view: draw,
    blockOf,
    names: all.map(([name]) => name),
    read(view) {
      const { values } = state.parse(view.state ?? {});
      const partly: Record<string, unknown> = {};
      const problems: Record<string, string> = {};
      for (const [name, field] of all) {
        const at = blockOf(name);
        const read = field.read(Object.values(values[at] ?? {})[0] ?? {});
        if (read.kind === 'taken') partly[name] = read.value;
        else problems[name] = read.words;
      }
      return Object.keys(problems).length > 0
        ? { kind: 'problems', problems: problems as Problems<F>, partly: partly as Partial<Answered<F>> }
        : { kind: 'answered', values: partly as Answered<F>, partly: partly as Partial<Answered<F>> };
    },
  };
}

/** What is typed is heard when it is sent, since each letter would move the window. */
const heard = (block: InputBlock, live: string | undefined): InputBlock =>
  live === undefined || block.element.type === 'plain_text_input'
    ? block
    : { ...block, dispatch_action: true, element: { ...block.element, action_id: live } };

/** The ids of the inputs of which Slack says what stands in them. Of a window that was closed it may say nothing. */
export const heldIn = (view: Pick<SlackView, 'state'>): string[] =>
  Object.keys(state.parse(view.state ?? {}).values);

const inputBlocks = z
  .array(z.object({ type: z.string(), block_id: z.string() }).catch({ type: '', block_id: '' }))
  .catch([]);

/** The ids of a view's inputs, first to last: the only places where an error can stand. */
export const inputsOf = (blocks: unknown): string[] =>
  inputBlocks
    .parse(blocks)
    .filter(({ type }) => type === 'input')
    .map(({ block_id }) => block_id);
