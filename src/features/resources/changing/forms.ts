import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { doubt } from '../../../safeguarding/warning.ts';
import { context, option } from '../../../slack/blocks.ts';
import {
  type Answered,
  type Drawing,
  date,
  type Fields,
  type Form,
  form,
  line,
  lookedUp,
  oneOf,
  paragraph,
  severalOf,
  ticked,
  type WindowKind,
} from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { readAddress, sayAddressProblem } from '../address.ts';
import type { EntryProblems } from '../catalogue/beside.ts';
import { longestCaution, type Resource, type ResourceType, resourceTypes, types } from '../content.ts';
import { queuePlace } from '../curating/queue/place.ts';
import { ids } from '../ids.ts';
import { readPhrases, writePhrases } from './phrases.ts';

/** What a new entry answers, if anything. */
const cause = z.object({
  suggestion: z.string().optional(),
  /** A suggestion that a colleague declined meanwhile: the entry comes of nothing that waits, and why it was suggested stays. */
  declined: z.string().optional(),
  question: z.string().optional(),
  word: z.string().optional(),
});

const firstStep = z.object({
  title: z.string(),
  url: z.string(),
  publisher: z.string(),
  summary: z.string(),
  type: z.enum(types),
  /** They said that they have opened the page. */
  opened: z.boolean().optional(),
});

const carried = z.object({
  at: queuePlace,
  /** The entry and the version that stood in the form; none for a new one. */
  entry: z.object({ id: z.string(), version: z.number().int().min(0) }).optional(),
  cause: cause.optional(),
  first: firstStep.optional(),
  /** What may identify somebody was asked about, or is kept. */
  doubt: doubt.optional(),
});
export type Carried = z.output<typeof carried>;

/**
 * Slack keeps what was typed where ids stay the same. An entry that somebody else has changed meanwhile is shown anew, so
 * the fields of each version are their own.
 */
const keyOf = ({ entry }: Pick<Carried, 'entry'>): string => (entry ? `v${entry.version}` : 'new');

const windowOf = (id: string): WindowKind<Carried> => ({ id, carries: packedJson(carried) });

export const pageWindow = windowOf(ids.entryPage);
export const whoWindow = windowOf(ids.entryWho);
export const detailsWindow = windowOf(ids.entryDetails);

/** A practice example comes from somebody's journal, and is not made here. */
const typeOptions = types
  .filter((type) => type !== 'practice-example')
  .map((type) => option<ResourceType>(resourceTypes[type].label, type));

export const pageForm = (given: Pick<Carried, 'entry'>) =>
  form(pageWindow, {
    title: given.entry ? 'The page' : 'New entry',
    submit: given.entry ? 'Save' : 'Next',
    key: keyOf(given),
    fields: {
      url: line('Web address', {
        max: 1000,
        hint: 'The publisher\u2019s own page, with https://',
        missing: sayAddressProblem('not-whole'),
        check: (typed) => {
          const read = readAddress(typed);
          return read.kind === 'problem' ? sayAddressProblem(read.problem) : undefined;
        },
      }),
      title: line('Title', { max: 150, missing: 'Please give the page\u2019s title.' }),
      publisher: line('Who publishes it', { max: 150, missing: 'Please say who publishes it.' }),
      summary: paragraph('One sentence about it', {
        max: 300,
        hint: 'In your own words: what somebody gets there.',
        missing: 'Please write a sentence about it.',
        check: (text) =>
          Array.from(text).length < 20 ? 'Please write a whole sentence: at least 20 characters.' : undefined,
      }),
      type: oneOf('Kind', { of: typeOptions, missing: 'Please choose a kind.' }),
      opened: ticked('Have you opened it?', {
        yes: 'I have opened this page today',
        means: 'Today is then kept as the day somebody looked at it.',
      }),
    },
  });

export const whoForm = (given: Pick<Carried, 'entry'>) =>
  form(whoWindow, {
    title: given.entry ? 'Who and how' : 'New entry, step 2',
    submit: given.entry ? 'Save' : 'Publish',
    key: keyOf(given),
    fields: {
      topic: oneOf<string>('Mainly about', { missing: 'Please choose what it is mainly about.' }),
      topics: severalOf<string>('Also about', { menu: true, empty: 'Other topics' }),
      ages: severalOf<string>('Age groups', {
        menu: true,
        missing: 'Please choose at least one age group, or the one for all.',
      }),
      readers: severalOf<string>('Readers', {
        menu: true,
        missing: 'Please choose at least one kind of reader.',
      }),
      phrases: paragraph('What people say when they need it', {
        max: 1500,
        hint: 'Four to six phrases, one on each line, in everyday words: \u2018baby won\u2019t settle\u2019.',
      }),
    },
  });

const wholeNumber = (from: number, to: number, words: string) => (text: string) =>
  /^\d{1,4}$/.test(text) && Number(text) >= from && Number(text) <= to ? undefined : words;

const linkKinds = [
  option('The publisher\u2019s own page', 'publisher', undefined),
  option('A page on another site that shares it', 'shared-by-another-site'),
  option('A copy on another site: held back, nobody finds it', 'third-party-copy'),
] as const;

export const detailsForm = (given: Pick<Carried, 'entry'>) =>
  form(detailsWindow, {
    title: 'Details',
    submit: 'Save',
    key: keyOf(given),
    fields: {
      caution: paragraph('What to know before using it', {
        max: longestCaution,
        hint: 'Shown whole wherever the entry is, for example: \u2018Check that it is still running.\u2019 Empty where there is nothing to say.',
        check: (text) =>
          text !== '' && Array.from(text).length < 10
            ? 'Please write a whole sentence, or leave it empty.'
            : undefined,
      }),
      year: line('Year', {
        max: 4,
        check: wholeNumber(1900, 2100, 'Please give a year such as 2024, or leave it empty.'),
      }),
      minutes: line('Minutes it takes', {
        max: 3,
        hint: 'Only where the page itself says so.',
        check: wholeNumber(1, 600, 'Please give a number of minutes from 1 to 600, or leave it empty.'),
      }),
      cost: oneOf('Does it cost anything?', {
        of: [option('It is free', 'free'), option('It may cost money', 'paid')],
        radio: true,
      }),
      linkKind: oneOf('Whose page is it?', { of: linkKinds, radio: true, missing: 'Please choose one.' }),
      checkedOn: date('Last looked at on', { empty: 'Choose a day' }),
    },
  });

type Words = Pick<Vocabulary, 'topics' | 'age_groups' | 'audiences'>;

const optionsOf = (list: readonly { id: string; label: string }[]) =>
  list.map(({ id, label }) => option(label, id));

/** What stands in the forms for an entry. */
const drawn = {
  page: ({ url, title, publisher, summary, type }: Partial<Resource>) => ({
    url,
    title,
    publisher,
    summary,
    type,
  }),
  who: ({ topics = [], age_groups = [], audience = [], asked_as = [] }: Partial<Resource>) => ({
    topic: topics[0],
    topics: topics.slice(1),
    ages: age_groups,
    readers: audience,
    phrases: writePhrases(asked_as),
  }),
  details: ({ caution, year, format_minutes, free, link_kind, checked_on }: Partial<Resource>) => ({
    caution,
    year: year?.toString(),
    minutes: format_minutes?.toString(),
    cost: free === undefined ? undefined : free ? ('free' as const) : ('paid' as const),
    linkKind: link_kind,
    checkedOn: checked_on,
  }),
};

type Shown = {
  carry: Carried;
  entry: Partial<Resource>;
  above?: KnownBlock[];
};

/** Slack caps what a window carries, and everything in it was typed within the limits of the first step. */
const draw = <F extends Fields>(of: Form<F, Carried>, drawing: Drawing<F> & { carry: Carried }): View =>
  of.view(drawing);

export const pageDialog = ({ carry, entry, above = [] }: Shown): View =>
  draw(pageForm(carry), {
    carry,
    initial: drawn.page(entry),
    above,
    // Of one that is there already its card says it, by a press.
    without: carry.entry ? ['opened'] : [],
  });

export const whoDialog = ({ carry, entry, above = [] }: Shown, words: Words): View =>
  draw(whoForm(carry), {
    carry,
    initial: drawn.who(entry),
    options: {
      topic: optionsOf(words.topics),
      topics: optionsOf(words.topics),
      ages: optionsOf(words.age_groups),
      readers: optionsOf(words.audiences),
    },
    above,
    ...(carry.entry
      ? {}
      : { below: [context(mrkdwn`It is found as soon as you publish it. You can take that back.`)] }),
  });

export const detailsDialog = ({ carry, entry, above = [] }: Shown): View =>
  draw(detailsForm(carry), { carry, initial: drawn.details(entry), above });

type PageValues = Answered<FieldsOf<ReturnType<typeof pageForm>>>;
type WhoValues = Answered<FieldsOf<ReturnType<typeof whoForm>>>;
type DetailsValues = Answered<FieldsOf<ReturnType<typeof detailsForm>>>;
type FieldsOf<Of> = Of extends Form<infer F, infer _> ? F : never;

/** The fields of an entry that a form answers. */
export const fieldsOfPage = ({ url, title, publisher, summary, type }: PageValues) => {
  const read = readAddress(url);
  return { url: read.kind === 'fine' ? read.url : url, title, publisher, summary, type };
};

type WhoFields = Pick<Resource, 'topics' | 'age_groups' | 'audience' | 'asked_as'>;

/**
 * @param before the entry as it stood in the form: a menu does not keep the order of what is chosen.
 * @returns with what is wrong with phrases that cannot be read.
 */
export function fieldsOfWho(
  { topic, topics, ages, readers, phrases }: WhoValues,
  words: Words,
  before: Partial<Resource> = {},
): { fields: WhoFields; wrong: string[] } {
  const read = readPhrases(phrases, words);
  const others = topics.filter((one) => one !== topic);
  return {
    wrong: read.wrong,
    fields: {
      topics: [
        topic,
        ...inTheirOrder(
          others,
          before.topics?.filter((one) => one !== topic),
        ),
      ],
      age_groups: inTheirOrder(ages, before.age_groups),
      audience: inTheirOrder(readers, before.audience),
      asked_as: read.phrases,
    },
  };
}

/** Those that were there first, in the order they had. */
function inTheirOrder(chosen: readonly string[], before: readonly string[] = []): string[] {
  const kept = before.filter((one) => chosen.includes(one));
  return [...kept, ...chosen.filter((one) => !kept.includes(one))];
}

export const fieldsOfDetails = ({ caution, year, minutes, cost, linkKind, checkedOn }: DetailsValues) =>
  ({
    caution: caution === '' ? undefined : caution,
    year: year === '' ? undefined : Number(year),
    format_minutes: minutes === '' ? undefined : Number(minutes),
    free: cost === undefined ? undefined : cost === 'free',
    link_kind: linkKind,
    checked_on: checkedOn,
  }) satisfies { [Field in keyof Resource]?: Resource[Field] | undefined };

/** Where a form shows what is wrong with a field of an entry. */
const places = {
  url: 'url',
  title: 'title',
  publisher: 'publisher',
  summary: 'summary',
  type: 'type',
  topics: 'topic',
  age_groups: 'ages',
  audience: 'readers',
  asked_as: 'phrases',
  caution: 'caution',
  year: 'year',
  format_minutes: 'minutes',
  free: 'cost',
  link_kind: 'linkKind',
  checked_on: 'checkedOn',
} as const satisfies { [Field in keyof Resource]?: string };

/** By the form's own fields; what stands in another one is said beside the first. */
export function problemsIn<F extends Fields>(
  problems: EntryProblems,
  { blockOf, names }: Form<F, Carried>,
): Record<string, string> | string {
  const mine = Object.entries(problems).flatMap(([field, words]) => {
    const name = names.find((one) => one === places[field as keyof typeof places]);
    return name === undefined || words === undefined ? [] : [[blockOf(name), words]];
  });
  if (mine.length > 0) return Object.fromEntries(mine);
  return Object.values(problems)[0] ?? 'This could not be saved.';
}

export const findForm = form(
  { id: ids.findEntry, carries: packedJson(z.object({ at: queuePlace })) },
  {
    title: 'Change an entry',
    submit: 'Open it',
    fields: {
      entry: lookedUp('Entry', {
        suggestedBy: ids.findAny,
        missing: 'Please choose an entry.',
        hint: 'Type a word of its title. What is retired or held back is here too.',
      }),
    },
  },
);
