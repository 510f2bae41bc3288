import type { KnownBlock, SectionBlock } from '@slack/types';
import { z } from 'zod';
import type { ContentFolder } from '../content/read.ts';
import { reportDuplicates } from '../content/vocabulary.ts';
import { dayAfter } from '../lib/clock.ts';
import { button, context, section } from '../slack/blocks.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn, sayFullDate } from '../slack/text.ts';
import { dangerKey, leadsToHelp, problemWithDanger, saysDanger } from './danger.ts';
import type { Allowed } from './finding.ts';
import { tellsOfHarm } from './harm.ts';
import { digitsOf, nationalNumber } from './phone.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const words = z.string().min(1, 'write something here');
const phone = words.regex(/^\+?[\d ]+$/, 'use digits and spaces, in quotes when it is digits alone');
const url = z.url({ protocol: /^https?$/, error: 'use a full address, beginning with https://' });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write the day as YYYY-MM-DD, for example 2026-03-31');

/** What is kept of any contact, wherever it stands. */
/** What people read. How far we looked is for whoever checks the entry: it belongs under "evidence" or "not_confirmed". */
export const forPeople = words.refine(
  (text) =>
    !/\b(?:was|were|is|are) not (?:found|seen|readable|confirmed)\b|\(not (?:found|confirmed)\)|\b(?:was|were) seen\b|\bstored (?:page|cop)|\b(?:is|are) left out\b/i.test(
      text,
    ),
  'this is a note of an editor\u2019s. Say what people can do, and put the note under "evidence" or "not_confirmed".',
);

export const contactFields = {
  id,
  name: words,
  phone: phone.optional(),
  phones: z.array(phone).min(1).optional(),
  text: words.optional(),
  email: z.email('write one e-mail address').optional(),
  web: url.optional(),
  hours: forPeople.optional(),
  for_whom: forPeople.optional(),
  note: forPeople.optional(),
  /** For whoever checks the entry; not shown to people who look for help. */
  evidence: words.optional(),
  confidence: z.enum(['high', 'medium', 'low']),
  /** The day somebody of the programme rang it or looked at the provider's own page. */
  checked_on: day.optional(),
  source_url: url,
  corroborated_by: url.optional(),
};
const reachable = (one: { [key: string]: unknown }) =>
  ['phone', 'phones', 'text', 'email', 'web'].some((key) => one[key] !== undefined);
const howToReach = 'give at least one way to reach them: phone, phones, text, email or web';
const line = z.strictObject(contactFields).refine(reachable, howToReach);
const route = z.strictObject({ ...contactFields, area: words }).refine(reachable, howToReach);

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  about: z.strictObject({ rule: words, check_policy: words, evidence_note: words }),
  always_show: z.array(id).min(1, 'name at least the emergency line'),
  lines: z.array(line).min(1),
  safeguarding_routes: z.array(route),
  retired: z.array(
    z.strictObject({
      name: words,
      phone,
      status: words,
      since: day,
      use_instead: id,
      source_url: url,
      still_listed_at: url.optional(),
    }),
  ),
  not_confirmed: z.array(words),
  for_practitioners: z.array(words).min(1),
  /** Words before a case or hospital number where this programme works: names of record systems, mostly. */
  case_number_cues: z.array(words).optional(),
  /** What people look up when somebody may be in danger, or cannot cope: the answer begins with whom to ring. */
  danger_words: z.array(z.string().min(3).max(60)).min(1),
  gentle_prompt: z.strictObject({
    purpose: words,
    principles: z.array(words),
    wording: z.strictObject({ distress: words, safeguarding: words, identifiable: words }),
    buttons: z.array(z.strictObject({ id: z.string(), label: words })),
    avoid: z.array(words),
    rationale_sources: z.array(url),
  }),
});

type File = z.output<typeof schema>;
/** data/signposting.yaml: crisis lines, safeguarding routes and the words around them. */
export type Signposts = File & {
  /** Contacts of other files: shown where those files show them, and checked with these. */
  others?: readonly SupportLine[];
};
export type SupportLine = File['lines'][number];
export type SafeguardingRoute = File['safeguarding_routes'][number];
export type RetiredLine = File['retired'][number];

/** @returns undefined when the file does not fit; the folder then says why. */
export function readSignposts(folder: ContentFolder): Signposts | undefined {
  const file = folder.read('signposting.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.lines, ['lines'], problem);
  reportDuplicates(value.safeguarding_routes, ['safeguarding_routes'], problem);
  const taken = new Map<string, string>();
  value.danger_words.forEach((phrase, index) => {
    const key = dangerKey(phrase);
    const other = taken.get(key);
    const message =
      problemWithDanger(phrase) ??
      (other && `"${phrase}" says the same as "${other}". Delete one of the two.`);
    if (message !== undefined) problem(['danger_words', index], message);
    taken.set(key, phrase);
  });
  const known = new Set(value.lines.map((one) => one.id));
  value.always_show.forEach((one, index) => {
    if (!known.has(one))
      problem(['always_show', index], `there is no line "${one}". Use the id of an entry under lines.`);
  });
  value.retired.forEach(({ use_instead }, index) => {
    if (!known.has(use_instead))
      problem(
        ['retired', index, 'use_instead'],
        `there is no line "${use_instead}". Use the id of an entry under lines.`,
      );
  });
  return value;
}

/** Every screen where people write has a button with this id; the support feature answers it. */
export const supportActionId = 'support.open';

/** Who comes to read what is written: nobody; somebody once it is over, or at any time; or whoever looks, who writes nothing. */
export type Read = 'by-nobody' | 'later' | 'at-any-time' | 'here';

const readWords: Record<Read, string> = {
  'by-nobody': 'Nobody is watching what you write here. It is not a referral and tells no one.',
  later: 'Nobody reads this before it closes, and nobody is alerted. It is not a referral.',
  here: 'If what you read stays with you, somebody is there to talk to.',
  'at-any-time': 'This may be read days later, and nobody is alerted. It is not a referral.',
};

/** The quiet line alone, for places without room for a button. */
export const supportContext = (read: Read = 'by-nobody'): KnownBlock =>
  context(mrkdwn`${readWords[read]} For support and safeguarding contacts: /chatr support`);

/**
 * The last lines of every screen where people write: support is one tap away, nobody is watching, this is no referral.
 * Its button pushes a screen, so keep the writing screen within the first two of Slack's three.
 */
export function supportBlocks(signposts: Signposts, read: Read = 'by-nobody'): KnownBlock[] {
  const first = signposts.lines.find(({ id: lineId }) => lineId === signposts.always_show[0]);
  const number = first && numbersOf(first)[0];
  const words = mrkdwn`${readWords[read]}${number ? mrkdwn` In immediate danger: *${number}*.` : ''}`;
  const line: SectionBlock = section(
    words,
    button('Support contacts', supportActionId, { label: 'Support contacts and safeguarding contacts' }),
    'support',
  );
  return [line];
}

/** The lines that stand first, wherever help is shown. */
export const alwaysShown = ({ lines, always_show }: Signposts): SupportLine[] =>
  always_show.flatMap((lineId) => lines.filter(({ id }) => id === lineId));

/** Who can be rung now, in a line, for where somebody may have written what nobody reads. */
export const urgentLine = (signposts: Signposts): Mrkdwn =>
  mrkdwn`If somebody needs help now: ${joinMrkdwn(
    alwaysShown(signposts).map((one) => mrkdwn`${one.name} *${numbersOf(one).join(', ')}*`),
    ' \u00b7 ',
  )}`;

export const urgentBlockId = 'urgent';

/** The numbers alone, below an answer that is so long that what stands first may have left a phone's screen. */
export const urgentNumbers = (signposts: Signposts): KnownBlock =>
  context(
    mrkdwn`Help now: ${joinMrkdwn(
      alwaysShown(signposts).map((one) => mrkdwn`*${numbersOf(one).join(', ')}*`),
      ' \u00b7 ',
    )} \u00b7 \`/chatr support\``,
  );

/** What comes before the answer to a look-up that may be about danger: whom to ring, and the way to all of them. */
export const urgentBlocks = (signposts: Signposts, text: string): KnownBlock[] =>
  saysDanger(signposts.danger_words, text) ? [urgentHelp(signposts)] : [];

/** The same for what somebody writes to the bot as to a person. */
export const urgentToWriter = (signposts: Signposts, text: string): KnownBlock[] =>
  leadsToHelp(signposts.danger_words, text) ? [urgentHelp(signposts)] : [];

/**
 * Beside a field where nothing that tells of harm belongs, or undefined. Kept there it would be a disclosure that nobody
 * reads in time.
 */
export function problemWithHarm(signposts: Signposts, text: string): string | undefined {
  if (!tellsOfHarm(text)) return undefined;
  const first = alwaysShown(signposts)[0];
  const number = (first && numbersOf(first)[0]) ?? 'the emergency services';
  return `This seems to tell of somebody being harmed, so it is not kept here: nobody would act on it. In danger now: ${number}. Otherwise tell your safeguarding lead today, and see /chatr support. Write here only what was said of the words.`;
}

const urgentHelp = (signposts: Signposts): KnownBlock =>
  section(
    mrkdwn`${urgentLine(signposts)} \u00b7 your own safeguarding lead.`,
    button('Support contacts', supportActionId, { label: 'See support and safeguarding contacts' }),
    urgentBlockId,
  );

/**
 * The same once somebody has kept what they wrote, which nobody else reads: said to them alone, and nothing of it is kept.
 * @param texts one after the other: what is said across two of them says nothing.
 */
export const urgentAfterWriting = (
  signposts: Signposts | undefined,
  texts: readonly string[],
  why: Mrkdwn = forYouAlone,
): KnownBlock[] =>
  signposts && texts.some((text) => saysDanger(signposts.danger_words, text))
    ? [urgentHelp(signposts), context(why)]
    : [];

const forYouAlone = mrkdwn`I show this because of words in what you wrote. Nobody was told, and nobody else sees it: if somebody may be at risk, please tell your safeguarding lead yourself.`;

/** Where it goes to others: that they will be able to read it is no help on its way. */
export const nobodyIsAlerted = mrkdwn`I show this because of words in it. *Nobody is alerted by this*, and it may be days before somebody reads it: if somebody may be at risk, please tell your safeguarding lead yourself.`;

export const numbersOf = (one: Pick<SupportLine, 'phone' | 'phones'>): string[] => [
  ...(one.phone ? [one.phone] : []),
  ...(one.phones ?? []),
];

/** What may stand in people's writing: the numbers and addresses of the directory, retired ones included. */
export function publicContacts(signposts: Signposts): Allowed {
  const contacts = contactsOf(signposts);
  const numbers = [...contacts.flatMap(numbersOf), ...signposts.retired.map((one) => one.phone)];
  return {
    phones: new Set(numbers.map((number) => nationalNumber(digitsOf(number)))),
    emails: new Set(contacts.flatMap(({ email }) => (email ? [email.toLowerCase()] : []))),
    caseNumberCues: signposts.case_number_cues ?? [],
  };
}

/** How an entry may be shown. */
export type Standing =
  | { kind: 'shown'; checkedOn: string | undefined }
  /** With its number, and the request to check it first: no check yet, or the last is long ago. */
  | { kind: 'check-first'; checkedOn: string | undefined }
  /** Its name only: a wrong number is worse than none. */
  | { kind: 'name-only' };

const checkEveryDays = 92;

/**
 * Decides what the file's check_policy means for one entry ("rung or checked before launch, then every three months; an
 * entry whose check is overdue stays and asks to be checked first"). An overdue one keeps its number: a number that was
 * right a while ago is worth more to somebody in need than none. Without a check nobody has looked yet, and hiding
 * everything but three lines would leave people without the safeguarding hub; so the file's own confidence decides: high
 * is shown, medium asks to be checked first, low is named without its number.
 */
export function standingOf(signposts: Signposts, one: SupportLine | SafeguardingRoute, now: Date): Standing {
  const { checked_on: checkedOn, confidence } = one;
  if (signposts.always_show.includes(one.id)) return { kind: 'shown', checkedOn };
  if (checkedOn !== undefined) {
    const age = now.getTime() - Date.parse(`${checkedOn}T00:00:00Z`);
    return age <= checkEveryDays * 86_400_000
      ? { kind: 'shown', checkedOn }
      : { kind: 'check-first', checkedOn };
  }
  if (confidence === 'high') return { kind: 'shown', checkedOn };
  return confidence === 'medium' ? { kind: 'check-first', checkedOn } : { kind: 'name-only' };
}

/** What is said of the last check, where a contact is shown. */
export function sayChecked({
  kind,
  checkedOn,
}: Exclude<Standing, { kind: 'name-only' }>): string | undefined {
  if (kind === 'check-first')
    return checkedOn === undefined
      ? 'Check first: this one is not confirmed yet'
      : `Check first, last checked on ${sayFullDate(checkedOn)}`;
  return checkedOn === undefined ? undefined : `Checked on ${sayFullDate(checkedOn)}`;
}

/** What somebody found who rang a contact or looked at its page. */
export type ContactCheck = { checkedOn: string; isWrong: boolean };

/** The directory with what was found since. The file's own word counts again once it has been checked as late as that. */
export function withChecks(signposts: Signposts, checks: ReadonlyMap<string, ContactCheck>): Signposts {
  if (checks.size === 0) return signposts;
  const checked = <Contact extends SupportLine | SafeguardingRoute>(one: Contact): Contact => {
    const check = checks.get(one.id);
    if (!check || check.checkedOn < (one.checked_on ?? '')) return one;
    if (!check.isWrong) return { ...one, checked_on: check.checkedOn };
    const { checked_on: _checkedOn, ...rest } = one;
    return { ...rest, confidence: 'low' } as Contact;
  };
  return {
    ...signposts,
    lines: signposts.lines.map(checked),
    safeguarding_routes: signposts.safeguarding_routes.map(checked),
    ...(signposts.others && { others: signposts.others.map(checked) }),
  };
}

export type Contact = SupportLine | SafeguardingRoute;

const contactsOf = ({ lines, safeguarding_routes, others = [] }: Signposts): Contact[] => [
  ...lines,
  ...safeguarding_routes,
  ...others,
];

/** A contact by its id, of whichever file. */
export const findContact = (signposts: Signposts, contactId: string): Contact | undefined =>
  contactsOf(signposts).find((one) => one.id === contactId);

/** A number that the law keeps, such as 999, and nothing else, or no way to reach it: there is nothing to find out. */
const isKeptByLaw = (one: Contact): boolean =>
  numbersOf(one).every((number) => /^\d{3}$/.test(number)) && !one.text && !one.email && !one.web;

/** How little people have of it without a check: only its name, its number with a doubt, or all of it. */
const urgency = { 'name-only': 0, 'check-first': 1, shown: 2 } as const;

/**
 * Every contact with the day on which its next check is due, the most urgent first. Those never checked come one after the
 * other over the interval, so that not all of them are due on the day on which somebody begins.
 * @param beganOn the day from which those never checked count.
 */
export function contactChecks(
  signposts: Signposts,
  { beganOn, now }: { beganOn: string; now: Date },
): { contact: Contact; dueOn: string }[] {
  const contacts = contactsOf(signposts).filter((one) => !isKeptByLaw(one));
  const unchecked = (one: Contact) => standingOf(signposts, { ...one, checked_on: undefined }, now).kind;
  return contacts
    .toSorted((a, b) => urgency[unchecked(a)] - urgency[unchecked(b)])
    .map((contact, rank) => ({
      contact,
      dueOn:
        contact.checked_on === undefined
          ? dayAfter(beganOn, Math.floor(((rank + 1) * checkEveryDays) / contacts.length))
          : dayAfter(contact.checked_on, checkEveryDays),
    }))
    .toSorted((a, b) => a.dueOn.localeCompare(b.dueOn));
}

/** The closed line somebody asks about, by its number or by its name. */
export function findRetired(signposts: Signposts, asked: string): RetiredLine | undefined {
  const digits = digitsOf(asked);
  const name = asked.trim().toLowerCase();
  return signposts.retired.find(
    (one) =>
      (digits.length >= 7 && nationalNumber(digits) === nationalNumber(digitsOf(one.phone))) ||
      (name.length >= 6 && one.name.toLowerCase().includes(name)),
  );
}
