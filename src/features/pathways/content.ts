import { createHash } from 'node:crypto';
import { z } from 'zod';
import { unknownId } from '../../content/nearest.ts';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from '../../content/vocabulary.ts';
import {
  type Contact,
  contactFields,
  findContact,
  forPeople,
  type Signposts,
  type Standing,
  type SupportLine,
  standingOf,
} from '../../safeguarding/signposts.ts';

const id = contactFields.id;
const words = z.string().trim().min(1, 'write something here');
const several = z.array(words).min(1);

export const boroughs = ['hackney', 'city'] as const;
export type Borough = (typeof boroughs)[number];
const borough = z.enum(boroughs);
const inBoroughs = z
  .array(borough)
  .min(1)
  .default([...boroughs]);

export const levelIds = ['universal', 'early-help', 'statutory', 'specialist'] as const;

/** "signposting:x" is a contact of data/signposting.yaml, "route:x" one of this file. */
const reference = z
  .string()
  .regex(/^(?:signposting|route):[a-z0-9-]+$/, 'write "signposting:" or "route:" and an id')
  .transform((text) => {
    const [from = '', of = ''] = text.split(':');
    return { from: from === 'route' ? ('route' as const) : ('signposting' as const), id: of };
  });
export type Reference = z.output<typeof reference>;
const entry = z
  .string()
  .regex(/^resource:[a-z0-9-]+$/, 'write "resource:" and the id of an entry of resources.yaml')
  .transform((text) => text.slice('resource:'.length));

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const clockTime = z
  .string()
  .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'write the time as HH:MM in quotes, for example "09:00"');
const openWindow = z
  .strictObject({ days: z.array(z.enum(weekdays)).min(1), from: clockTime, to: clockTime })
  .refine(({ from, to }) => from < to, {
    path: ['to'],
    error: 'it ends before it begins. Swap the two, or write two windows where it goes over midnight.',
  });

const hoursOf = z.strictObject({
  id,
  contact: reference,
  boroughs: inBoroughs,
  open: z.union([
    z.enum(['always', 'outside-office-hours', 'office-hours-unstated', 'unknown']),
    z.array(openWindow).min(1),
  ]),
  complements: z.array(id).default([]),
  bank_holidays: z.enum(['closed', 'open', 'unknown']),
  outside: id.nullable(),
  source_url: contactFields.source_url,
  corroborated_by: contactFields.corroborated_by,
  confidence: contactFields.confidence,
  evidence: words.optional(),
});
/** When one contact answers. */
export type ContactHours = z.output<typeof hoursOf>;

const question = z.strictObject({
  question: id,
  label: forPeople,
  always: z.array(reference),
  hackney: z.array(id),
  city: z.array(id),
  instead: z.partialRecord(borough, reference).optional(),
  first_for_adults: id.optional(),
  note: forPeople.optional(),
  evidence: words.optional(),
});
export type Question = z.output<typeof question>;

const route = z.strictObject({
  ...contactFields,
  how: forPeople,
  /** The contact through which it is reached. */
  use: reference.optional(),
  boroughs: inBoroughs,
  ages: z.array(id).optional(),
  /** An organisation, or words; once read, its name. */
  owner: forPeople,
  /** Nobody sees it before somebody has checked it. */
  show: z.literal(false).optional(),
});
export type Route = z.output<typeof route>;

const step = z.strictObject({
  level: z.enum(levelIds),
  do: forPeople,
  boroughs: inBoroughs,
  consult: z.array(reference).default([]),
  refer: z.array(reference).default([]),
  resources: z.array(entry).default([]),
});

const pathway = z.strictObject({
  id,
  label: words.max(75, 'shorten it to 75 characters'),
  /** Questions of `who_answers_now`, the first one first. */
  now: z.array(id).min(1),
  read_first: z.literal(true).optional(),
  also_asked_as: several,
  ages: z.array(id).min(1),
  boroughs: inBoroughs,
  /** Whose words also ask for it. A topic whose words ask for other things as well is left out. */
  topics: z.array(id).default([]),
  remember: forPeople,
  levels: z.array(step).min(1),
  not_confirmed: several.optional(),
});
export type Pathway = z.output<typeof pathway>;

const schema = z.strictObject({
  version: z.number().int(),
  language: words,
  about: z.strictObject({
    rule: words,
    order: words,
    borough: words,
    thresholds: words,
    not_a_directory: words,
    seen_on: words,
    practice_advice: words,
  }),
  levels: z.array(z.strictObject({ id: z.enum(levelIds), label: words, means: words })),
  boroughs: z.array(z.strictObject({ id: borough, label: words, also_called: several })),
  directories: z.array(z.strictObject({ borough, resource: entry })),
  hours: z.strictObject({
    time_zone: words,
    bank_holidays_of: words,
    contacts: z.array(hoursOf).min(1),
    who_answers_now: z.array(question).min(1),
  }),
  routes: z.array(route).min(1),
  pathways: z.array(pathway).min(1),
  not_confirmed: z.array(words),
});

/** data/pathways.yaml: who to talk to and where to refer, and which line answers at this hour. */
export type Pathways = z.output<typeof schema> & {
  /** Marks of the sentences that a safeguarding lead has read, by pathway: see `markOf`. */
  read: ReadonlyMap<string, ReadonlySet<string>>;
  /** The demo: what nobody has read yet is shown, and says so. */
  showsUnread: boolean;
};

type Known = {
  signposts: Signposts | undefined;
  resources: ReadonlySet<string> | undefined;
  /** By id, what each is called. */
  organisations: ReadonlyMap<string, string> | undefined;
};
type Problem = (path: Path, message: string) => void;

/** @returns undefined when the file does not fit; the folder then says why. */
export function readPathways(
  folder: ContentFolder,
  vocabulary: Vocabulary,
  known: Known,
): Pathways | undefined {
  const file = folder.read('pathways.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  const { hours, routes, pathways, levels } = value;
  reportDuplicates(routes, ['routes'], problem);
  reportDuplicates(pathways, ['pathways'], problem);
  reportDuplicates(hours.contacts, ['hours', 'contacts'], problem);
  reportDuplicates(
    hours.who_answers_now.map(({ question: of }) => ({ id: of })),
    ['hours', 'who_answers_now'],
    problem,
  );
  if (levels.map((one) => one.id).join() !== levelIds.join())
    problem(['levels'], `keep these four, in this order: ${levelIds.join(', ')}.`);
  const refers = referring(value, known, problem);
  routes.forEach((one, index) => {
    const at = ['routes', index];
    // Words have spaces or capitals; an id has neither.
    if (known.organisations && /^[a-z0-9-]+$/.test(one.owner) && !known.organisations.has(one.owner))
      problem([...at, 'owner'], unknownId(one.owner, 'organisation', new Set(known.organisations.keys())));
    if (known.signposts && findContact({ ...known.signposts, others: [] }, one.id))
      problem(
        [...at, 'id'],
        `signposting.yaml has a contact of this id. Write "signposting:${one.id}" where it is used, and delete this one.`,
      );
    if (one.use) refers(one.use, [...at, 'use']);
    reportUnknown(one.ages ?? [], agesOf(vocabulary), 'age group', [...at, 'ages'], problem);
  });
  reportHours(value, refers, problem);
  for (const [index, one] of pathways.entries())
    reportPathway(one, ['pathways', index], { value, vocabulary, known, refers, problem });
  value.directories.forEach(({ resource }, index) => {
    if (known.resources && !known.resources.has(resource))
      problem(['directories', index, 'resource'], unknownId(resource, 'resource', known.resources));
  });
  return {
    ...value,
    routes: routes.map((one) => ({ ...one, owner: known.organisations?.get(one.owner) ?? one.owner })),
    read: new Map(),
    showsUnread: false,
  };
}

const agesOf = ({ age_groups }: Vocabulary): ReadonlySet<string> => new Set(age_groups.map((one) => one.id));

type Refers = (to: Reference, at: Path) => void;

function referring({ routes }: { routes: Route[] }, { signposts }: Known, problem: Problem): Refers {
  const contacts =
    signposts && new Set([...signposts.lines, ...signposts.safeguarding_routes].map((one) => one.id));
  const own = new Set(routes.map((one) => one.id));
  return (to, at) => {
    const known = to.from === 'route' ? own : contacts;
    if (known && !known.has(to.id))
      problem(at, unknownId(to.id, to.from === 'route' ? 'route' : 'contact in signposting.yaml', known));
  };
}

type Hours = { hours: z.output<typeof schema>['hours'] };

function reportHours({ hours }: Hours, refers: Refers, problem: Problem): void {
  const { contacts, who_answers_now: questions } = hours;
  const known = new Map(contacts.map((one) => [one.id, one]));
  const ids = new Set(known.keys());
  if (!Intl.supportedValuesOf('timeZone').includes(hours.time_zone))
    problem(['hours', 'time_zone'], `there is no time zone "${hours.time_zone}". Write Europe/London.`);
  contacts.forEach((one, index) => {
    const at = ['hours', 'contacts', index];
    refers(one.contact, [...at, 'contact']);
    reportUnknown(one.complements, ids, 'contact under hours', [...at, 'complements'], problem);
    if (one.outside !== null && !ids.has(one.outside))
      problem([...at, 'outside'], unknownId(one.outside, 'contact under hours', ids));
    const isOutside = one.open === 'outside-office-hours';
    if (isOutside !== one.complements.length > 0)
      problem(
        [...at, isOutside ? 'open' : 'complements'],
        isOutside
          ? 'name under "complements" whose closing opens it.'
          : '"complements" is only for what is open outside office hours. Delete it.',
      );
    // Two that open when the other closes are never told apart.
    one.complements.forEach((other, nth) => {
      if (known.get(other)?.open === 'outside-office-hours')
        problem([...at, 'complements', nth], `"${other}" has no hours of its own. Name a contact that has.`);
    });
    if (typeof one.open !== 'string') reportOverlaps(one.open, [...at, 'open'], problem);
  });
  questions.forEach((one, index) => {
    const at = ['hours', 'who_answers_now', index];
    for (const [nth, to] of one.always.entries()) refers(to, [...at, 'always', nth]);
    for (const where of boroughs) {
      reportUnknown(one[where], ids, 'contact under hours', [...at, where], problem);
      one[where].forEach((line, nth) => {
        if (known.get(line)?.boroughs.includes(where) === false)
          problem([...at, where, nth], `"${line}" is not for this borough. Name one that is.`);
      });
      const to = one.instead?.[where];
      if (to) refers(to, [...at, 'instead', where]);
    }
    if (one.first_for_adults !== undefined && ![...one.hackney, ...one.city].includes(one.first_for_adults))
      problem(
        [...at, 'first_for_adults'],
        `"${one.first_for_adults}" is none of the lines of this question.`,
      );
  });
}

function reportOverlaps(windows: readonly z.output<typeof openWindow>[], at: Path, problem: Problem): void {
  windows.forEach((one, index) => {
    const clash = windows
      .slice(0, index)
      .find(
        ({ days, from, to }) => days.some((day) => one.days.includes(day)) && one.from < to && from < one.to,
      );
    if (clash)
      problem(
        [...at, index],
        `it overlaps with ${clash.from} to ${clash.to} on the same day. Make one window of the two.`,
      );
  });
}

type Around = {
  value: z.output<typeof schema>;
  vocabulary: Vocabulary;
  known: Known;
  refers: Refers;
  problem: Problem;
};

function reportPathway(one: Pathway, at: Path, { value, vocabulary, known, refers, problem }: Around): void {
  const questions = new Set(value.hours.who_answers_now.map(({ question: of }) => of));
  reportUnknown(one.now, questions, 'question under who_answers_now', [...at, 'now'], problem);
  reportUnknown(one.ages, agesOf(vocabulary), 'age group', [...at, 'ages'], problem);
  reportUnknown(
    one.topics,
    new Set(vocabulary.topics.map((topic) => topic.id)),
    'topic',
    [...at, 'topics'],
    problem,
  );
  one.levels.forEach((level, nth) => {
    const here = [...at, 'levels', nth];
    reportUnknown(level.resources, known.resources ?? new Set(), 'resource', [...here, 'resources'], problem);
    for (const list of ['consult', 'refer'] as const)
      level[list].forEach((to, index) => {
        refers(to, [...here, list, index]);
        const named = to.from === 'route' ? value.routes.find((other) => other.id === to.id) : undefined;
        if (named && !named.boroughs.some((where) => level.boroughs.includes(where)))
          problem(
            [...here, list, index],
            `"${to.id}" is not for ${level.boroughs.join(' or ')}. Name one that is.`,
          );
      });
    if (level.consult.length + level.refer.length + level.resources.length === 0)
      problem(here, 'say who to turn to: give "consult", "refer" or "resources".');
  });
  for (const where of one.boroughs)
    for (const level of levelIds)
      if (!one.levels.some((part) => part.level === level && part.boroughs.includes(where)))
        problem([...at, 'levels'], `the level "${level}" is missing for ${where}. Add it.`);
}

/** Its routes, as contacts that are checked beside those of data/signposting.yaml. */
export const contactsIn = ({ routes }: Pathways): SupportLine[] => routes.filter(isReachable);

const isReachable = ({ phone, phones, text, email, web }: SupportLine): boolean =>
  [phone, phones, text, email, web].some((way) => way !== undefined);

/** What stands for one sentence of a pathway: changed by a letter, it is another. */
export const markOf = (sentence: string): string =>
  createHash('sha256').update(sentence).digest('base64url').slice(0, 22);

/** The sentences of a pathway that are our own wording, each once. */
export const sentencesOf = ({ remember, levels }: Pathway): string[] => [
  ...new Set([remember, ...levels.map((one) => one.do)]),
];

export const isRead = ({ read }: Pathways, { id: of }: Pathway, sentence: string): boolean =>
  read.get(of)?.has(markOf(sentence)) ?? false;

/** Our own wording: not there until a safeguarding lead has read it, or marked where the demo shows it all the same. */
export type Sentence = { text: string; isUnread: boolean };
const shownSentence = (content: Pathways, of: Pathway, text: string): Sentence | undefined => {
  const isUnread = !isRead(content, of, text);
  return isUnread && !content.showsUnread ? undefined : { text, isUnread };
};
export const rememberOf = (content: Pathways, of: Pathway): Sentence | undefined =>
  shownSentence(content, of, of.remember);

/** Somebody to turn to, and how far what is said of them is known. */
export type Way = {
  id: string;
  name: string;
  standing: Standing;
  how?: string | undefined;
  note?: string | undefined;
  owner?: string | undefined;
  /** Numbers and addresses: of its own, and of the contact through which it is reached. */
  contacts: { contact: Contact; standing: Standing }[];
};

/** One level of help in one or both boroughs. */
export type Part = {
  /** Undefined: the same in all that are asked for. */
  only: Borough | undefined;
  do: Sentence | undefined;
  consult: Way[];
  refer: Way[];
  resources: string[];
};
export type Step = { label: string; means: string; parts: Part[] };

/** What is asked for: where the child or adult lives, and how old. Left out: all. */
export type Asked = { borough?: Borough | undefined; age?: string | undefined };

/** @returns undefined for what is not there, or not shown before it is checked. */
export function wayTo(content: Pathways, signposts: Signposts, to: Reference, now: Date): Way | undefined {
  const contactOf = (one: Contact) => ({ contact: one, standing: standingOf(signposts, one, now) });
  const inDirectory = (contactId: string) => findContact(signposts, contactId);
  if (to.from === 'signposting') {
    const found = inDirectory(to.id);
    if (!found) return undefined;
    const { contact, standing } = contactOf(found);
    const { id: of, name, for_whom: how, note } = contact;
    return { id: of, name, standing, how, note, contacts: [{ contact, standing }] };
  }
  const own = content.routes.find((one) => one.id === to.id);
  if (!own) return undefined;
  // With what curators have found since.
  const present: Contact = inDirectory(own.id) ?? own;
  if (own.show === false && present.checked_on === undefined) return undefined;
  const { contact, standing } = contactOf(present);
  const used = own.use && inDirectory(own.use.id);
  const contacts = [...(used ? [contactOf(used)] : []), ...(isReachable(own) ? [{ contact, standing }] : [])];
  const { id: of, name, how, note } = own;
  // Whoever has no door here, such as one's own lead, is nobody else's to run.
  const owner = contacts.length > 0 ? own.owner : undefined;
  return { id: of, name, standing, how, note, owner, contacts };
}

const childAges = ['0-5', '5-11', '11-18'];

/**
 * Whether a service is for the age that is asked for. A child has parents, whose own services a step names beside the child's;
 * and an adult who is asked about may have children, where the pathway is about a family.
 */
function isForAge(own: Route, age: string | undefined, of: Pathway): boolean {
  const { ages } = own;
  if (age === undefined || ages === undefined || ages.includes(age)) return true;
  const hasChildren = of.ages.some((one) => one === 'all' || childAges.includes(one));
  return childAges.includes(age) || age === 'perinatal'
    ? !ages.some((one) => childAges.includes(one))
    : age === 'adults' && hasChildren;
}

/** The levels of a pathway for what is asked. A safeguarding contact is left out for no age. */
export function stepsOf(
  content: Pathways,
  signposts: Signposts,
  of: Pathway,
  { borough: where, age, now }: Asked & { now: Date },
): Step[] {
  const routes = new Map(content.routes.map((one) => [one.id, one]));
  const routeOf = (to: Reference) => (to.from === 'route' ? routes.get(to.id) : undefined);
  const isThere = (to: Reference, among: readonly Borough[]) =>
    routeOf(to)?.boroughs.some((one) => among.includes(one)) ?? true;
  const fits = (to: Reference) => {
    const own = routeOf(to);
    return !own || isForAge(own, age, of);
  };
  return content.levels.map(({ id: level, label, means }) => ({
    label,
    means,
    parts: of.levels
      .filter((one) => one.level === level && (where === undefined || one.boroughs.includes(where)))
      .map((one): Part => {
        const among = where === undefined ? one.boroughs : [where];
        const there = [...one.consult, ...one.refer].filter((to) => isThere(to, among));
        // A step that leads nowhere at this age shows whom it has.
        const isForNobody = one.resources.length === 0 && !there.some(fits);
        const ways = (list: readonly Reference[]) =>
          list
            .filter((to) => there.includes(to) && (isForNobody || fits(to)))
            .flatMap((to) => wayTo(content, signposts, to, now) ?? []);
        return {
          only: where === undefined && one.boroughs.length === 1 ? one.boroughs[0] : undefined,
          do: shownSentence(content, of, one.do),
          consult: ways(one.consult),
          refer: ways(one.refer),
          resources: one.resources,
        };
      }),
  }));
}

export const boroughLabel = (content: Pathways, where: Borough): string =>
  content.boroughs.find((one) => one.id === where)?.label ?? where;
