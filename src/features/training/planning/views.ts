import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Profession } from '../../../community/professions.ts';
import { localDate, localTime } from '../../../scheduler/calendar.ts';
import { context, option, section } from '../../../slack/blocks.ts';
import {
  date,
  type Field,
  type Form,
  form,
  line,
  oneOf,
  people,
  severalOf,
  ticked,
  time,
  type WindowKind,
} from '../../../slack/form.ts';
import { packedId, packedJson } from '../../../slack/packed.ts';
import { count, joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDay } from '../../../slack/text.ts';
import { ids } from '../sessions/ids.ts';
import type { Places, PlacesField, When, WhenField } from '../sessions/meanwhile.ts';
import type { Series } from '../sessions/outlines.ts';
import { usualMinutes } from '../sessions/outlines.ts';
import type { Kept, Session } from '../sessions/session.ts';
import { cityOf, longest, mostPlaces, sayWhen, shortest } from '../sessions/when.ts';

/** Choosing more at once would make a form of too many fields. */
const mostKept = 4;
export const mostHosts = 8;
const mostLetters = { title: 100, place: 150, link: 500 } as const;

/** What of a new session has been said so far; of one that is there only its id and what is new. */
const whatSaid = z.object({
  id: z.string(),
  /** Left out: it is there, and this changes it. */
  made: z.object({ series: z.string(), cohort: z.string() }).optional(),
});
const whenSaid = z.object({
  date: z.string(),
  time: z.string(),
  minutes: z.number(),
  place: z.string(),
  link: z.string(),
});
const placesSaid = z.object({
  title: z.string(),
  places: z.number().optional(),
  /** Persons' ids. */
  hosts: z.array(z.string()),
  asksAccess: z.boolean(),
  keepsFor: z.array(z.string()),
});
/** How it stood when the window was drawn, so that only what is changed in it is written. */
const whenSeen = z.object({
  startsAt: z.coerce.date(),
  minutes: z.number(),
  place: z.string().optional(),
  link: z.string().optional(),
});
const kept = z.array(z.object({ profession: z.string(), places: z.number() }));
const placesSeen = z.object({
  title: z.string(),
  places: z.number().optional(),
  hosts: z.array(z.string()),
  asksAccess: z.boolean(),
  mix: kept,
  mixUntil: z.string().optional(),
});
const changing = whatSaid.extend({
  seen: placesSeen.optional(),
  /** What they had chosen to keep, where it is asked about once more. */
  chosen: z.object({ mix: kept, mixUntil: z.string().optional() }).optional(),
});
const whenCarried = packedJson(whatSaid.extend({ seen: whenSeen.optional(), warned: z.string().optional() }));
const placesCarried = packedJson(changing.extend({ when: whenSaid.optional() }));
const keptCarried = packedJson(changing.extend({ when: whenSaid.optional(), places: placesSaid }));
const fewerCarried = packedJson(
  changing.extend({
    places: placesSaid,
    mix: kept,
    mixUntil: z.string().optional(),
  }),
);
export type WhatSaid = z.output<typeof whatSaid>;
type WhenChanging = WhatSaid & { seen?: z.output<typeof whenSeen> | undefined };
export type Changing = z.output<typeof changing>;
export type WhenSaid = z.output<typeof whenSaid>;
export type PlacesSaid = z.output<typeof placesSaid>;

/** Stands for everybody in the menu of groups. */
export const everybody = 'everybody';

const seriesField = oneOf('What is it?', { missing: 'Please choose what it is.' });
const cohortField = oneOf('Who is it for?', { missing: 'Please choose who it is for.' });

export const whatForm: Form<{ series: typeof seriesField; cohort: typeof cohortField }, string> = form(
  { id: ids.whatForm, carries: packedId },
  {
    title: 'Add a session',
    submit: 'Next',
    close: 'Close',
    fields: { series: seriesField, cohort: cohortField },
  },
);

export const whatView = (
  id: string,
  series: readonly Series[],
  cohorts: readonly Cohort[],
  mayForAll: boolean,
): View =>
  whatForm.view({
    carry: id,
    options: {
      series: series.map((one) => option(one.label, one.id, one.group)),
      cohort: [
        ...(mayForAll ? [option('Everybody who has agreed to the community agreement', everybody)] : []),
        ...cohorts.map((cohort) => option(cohort.name, cohort.id)),
      ],
    },
    initial: { ...(cohorts.length === 1 && !mayForAll && { cohort: cohorts[0]?.id }) },
    below: [
      context(mrkdwn`Nobody is told of a new session: it stands in \`/chatr training\` for those it is for.`),
    ],
  });

const missing = {
  date: 'Please choose the day.',
  time: 'Please choose the time.',
  minutes: `Please say how many minutes it takes, from ${shortest} to ${longest}.`,
};

const whenFields = (zone: string) => ({
  date: date('Day', { missing: missing.date }),
  time: time('Begins at', { missing: missing.time, hint: `${cityOf(zone)} time.` }),
  minutes: line('How many minutes?', { missing: missing.minutes, max: 4 }),
  place: line('Place', {
    max: mostLetters.place,
    hint: 'As people find it: building, room, street. Where it is online only, leave this empty.',
  }),
  link: line('Link to an online meeting', {
    max: mostLetters.link,
    hint: 'Only those who have a place, and those who run it, are shown it.',
  }),
});

type WhenCarried = WhenChanging & { warned?: string | undefined };
export const whenWindow: WindowKind<WhenCarried> = { id: ids.whenForm, carries: whenCarried };

export const whenForm = (zone: string): Form<ReturnType<typeof whenFields>, WhenCarried> =>
  form(whenWindow, { title: 'When and where', submit: 'Next', close: 'Close', fields: whenFields(zone) });

export type WhenInitial = { [Name in keyof Omit<WhenSaid, 'minutes'>]?: string | undefined } & {
  minutes?: string;
};

export const whenOf = ({ startsAt, minutes, place, link }: When, zone: string): WhenInitial => ({
  date: localDate(startsAt, zone),
  time: localTime(startsAt, zone),
  minutes: String(minutes),
  place,
  link,
});

/** What a colleague has changed meanwhile, each with how it stands now; `theirs`: what they alone changed. */
export type Meanwhile = { clashes: readonly string[]; theirs: readonly string[] };

// Slack goes on showing what stood in a field, so what they alone changed is named as well.
const meanwhileBlocks = (meanwhile: Meanwhile | undefined): KnownBlock[] =>
  meanwhile === undefined
    ? []
    : [
        section(
          mrkdwn`*It is not saved yet.* A colleague has changed this meanwhile: ${list(meanwhile.clashes)}. What you chose stands below; save it to have yours. ${meanwhile.theirs.length === 0 ? 'What else they changed stays theirs.' : `What they alone changed stays theirs, though it stands below as it was: ${list(meanwhile.theirs)}.`}`,
        ),
      ];

export const sayWhenClash = (field: WhenField, now: When, zone: string): string => {
  switch (field) {
    case 'startsAt':
      return `it now begins ${sayDay(now.startsAt, zone)}, ${localTime(now.startsAt, zone)}`;
    case 'minutes':
      return `it now takes ${count(now.minutes, 'minute', 'minutes')}`;
    case 'place':
      return now.place === undefined ? 'there is no place now' : `the place is now “${now.place}”`;
    case 'link':
      return now.link === undefined ? 'there is no link now' : `the link is now ${now.link}`;
  }
};

export const sayPlacesClash = (
  field: PlacesField,
  now: Places,
  professions: readonly Profession[],
): string => {
  switch (field) {
    case 'title':
      return `it is now called “${now.title}”`;
    case 'places':
      return now.places === undefined
        ? 'there is no limit of places now'
        : `there are now ${count(now.places, 'place', 'places')}`;
    case 'asksAccess':
      return now.asksAccess ? 'access needs are asked now' : 'access needs are not asked now';
    case 'kept':
      return now.mix.length === 0
        ? 'no places are kept now'
        : `kept now are ${list(now.mix.map(({ profession, places }) => `${places} for ${professions.find(({ id }) => id === profession)?.label ?? 'another profession'}`))}`;
    case 'hosts':
      return 'who runs it';
  }
};

/**
 * @param warned the day that is odd, once that was said. @param problems of what was sent, where the window is drawn anew.
 * @param concerned how many have a place or wait for one.
 */
export function whenView(
  said: WhenChanging,
  {
    zone,
    heading,
    shape,
    initial,
    warned,
    problems = [],
    concerned = 0,
    meanwhile,
  }: {
    zone: string;
    heading: Mrkdwn;
    shape: Series['shape'];
    initial: WhenInitial;
    warned?: { date: string; words: string } | undefined;
    problems?: readonly string[];
    concerned?: number;
    meanwhile?: Meanwhile | undefined;
  },
): View {
  const usual = usualMinutes({ shape });
  return whenForm(zone).view({
    carry: { ...said, ...(warned && { warned: warned.date }) },
    ...(said.made === undefined && { submit: 'Save' }),
    ...(warned && { submit: said.made ? 'Keep that day' : 'Save that day' }),
    initial: { ...initial, minutes: initial.minutes ?? (usual === undefined ? '' : String(usual)) },
    above: [
      section(heading),
      ...meanwhileBlocks(meanwhile),
      ...(warned
        ? [
            section(
              mrkdwn`*Please look once more:* ${warned.words} If that is meant, press the button again.`,
            ),
          ]
        : []),
      ...(problems.length > 0 ? [section(mrkdwn`*Please look once more:* ${problems.join(' ')}`)] : []),
      ...(concerned > 0
        ? [
            section(
              mrkdwn`*${count(concerned, 'person has a place or waits', 'people have a place or wait')}.* They are told once, in an hour, with the old and the new; what you change until then is told with it. What begins within three hours is told at once.`,
            ),
          ]
        : []),
      ...(usual === undefined
        ? []
        : [
            context(
              mrkdwn`Suggested: ${shape.map(({ part, minutes }) => `${part} (${minutes})`).join(' · ')}; together ${usual} minutes.`,
            ),
          ]),
    ],
  });
}

const placesFields = {
  title: line('What is it called?', {
    missing: 'Please give it a name.',
    max: mostLetters.title,
    hint: 'Signs such as < > and * are left out.',
  }),
  hosts: people('Who runs it?', {
    missing: 'Please choose who runs it.',
    hint: 'They see who comes, and are named to those who may book.',
  }),
  places: line('How many places?', { max: 4, hint: `From 1 to ${mostPlaces}; empty: no limit.` }),
  kept: severalOf<string>('Keep places for', {
    menu: true,
    most: mostKept,
    empty: 'Professions (optional)',
    hint: 'For a mix of professions. How many, and until when, is asked before anything is saved.',
  }),
  access: ticked('Access needs', {
    yes: 'Ask what makes taking part easier',
    means: 'Whoever books can say so; only those who run it see it.',
  }),
};

export const placesForm: Form<typeof placesFields, Changing & { when?: WhenSaid | undefined }> = form(
  { id: ids.placesForm, carries: placesCarried },
  { title: 'Places and people', submit: 'Plan it', close: 'Close', fields: placesFields },
);

export const placesView = (
  said: Changing & { when?: WhenSaid | undefined },
  {
    heading,
    professions,
    initial,
    meanwhile,
  }: {
    heading: Mrkdwn;
    professions: readonly Profession[];
    meanwhile?: Meanwhile | undefined;
    initial: {
      title: string;
      hosts: string[];
      places?: number | undefined;
      kept?: string[];
      access?: boolean;
    };
  },
): View =>
  placesForm.view({
    carry: said,
    ...(said.made === undefined && { submit: 'Save' }),
    initial: { ...initial, places: initial.places === undefined ? '' : String(initial.places) },
    options: { kept: professions.map(({ id, label }) => option(label, id)) },
    above: [section(heading), ...meanwhileBlocks(meanwhile)],
  });

const untilField = date('Kept until', {
  hint: 'That day included; then they are for everybody. Empty: until it begins.',
});
export const keptWindow: WindowKind<KeptSaid> = {
  id: ids.keptForm,
  carries: keptCarried,
};
type KeptSaid = Changing & { when?: WhenSaid | undefined; places: PlacesSaid };

/** A field's name is the profession's id. */
export const keptForm = (keepsFor: readonly string[], professions: readonly Profession[]) =>
  form(keptWindow, {
    title: 'Places that are kept',
    submit: 'Save',
    close: 'Close',
    fields: {
      ...Object.fromEntries(
        keepsFor.map((id) => [
          id,
          line(professions.find((one) => one.id === id)?.label ?? id, {
            missing: 'Please say how many places are kept.',
            max: 4,
          }),
        ]),
      ),
      until: untilField,
    } as Record<string, Field<string | undefined, string | undefined>>,
  });

export const keptView = (
  said: KeptSaid,
  { mix, mixUntil }: Partial<Pick<Session, 'mix' | 'mixUntil'>>,
  professions: readonly Profession[],
): View =>
  keptForm(said.places.keepsFor, professions).view({
    carry: said,
    ...(said.made && { submit: 'Plan it' }),
    initial: {
      ...Object.fromEntries((mix ?? []).map(({ profession, places }) => [profession, String(places)])),
      until: mixUntil,
    },
    above: [
      section(
        mrkdwn`How many of the ${said.places.places ?? 0} places are kept, for each? Whoever books says what they come as.`,
      ),
    ],
  });

const fewerField = oneOf('What shall happen?', {
  radio: true,
  missing: 'Please choose what shall happen.',
  of: [
    option('Everybody keeps their place', 'keep', 'Nobody new gets one until there is room again.'),
    option('The last who booked wait again', 'move', 'At the head of the waiting list; I tell them kindly.'),
  ],
});

type FewerSaid = Changing & { places: PlacesSaid; mix: Kept[]; mixUntil?: string | undefined };

export const fewerForm: Form<{ fewer: typeof fewerField }, FewerSaid> = form(
  { id: ids.fewerForm, carries: fewerCarried },
  { title: 'Fewer places', submit: 'Save', close: 'Close', fields: { fewer: fewerField } },
);

export const fewerView = (said: FewerSaid, taken: number): View => {
  const places = said.places.places ?? 0;
  return fewerForm.view({
    carry: said,
    above: [
      section(
        mrkdwn`*${count(taken, 'place is', 'places are')} taken or offered, and you have put ${places}.* That is ${count(taken - places, 'person', 'people')} too many. Nothing is saved yet.`,
      ),
    ],
  });
};

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'] as const;

/** True of each of them, whatever they answered. No names: of whom one is kept would tell. @param at where in the field, from 0. */
export const cannotHost = (at: readonly number[]): string =>
  `The ${list(at.map((index) => ordinals[index] ?? 'last'))} of those you chose cannot run a session here yet. Whoever runs one has opened ChATR Companion and agreed to the community agreement. Please ask them, or choose others.`;

export const keptOf = (values: Record<string, string | undefined>, keepsFor: readonly string[]): Kept[] =>
  keepsFor.map((profession) => ({ profession, places: wholeNumber(values[profession] ?? '') ?? Number.NaN }));

/** What somebody typed as a number; undefined for whatever is none. */
export const wholeNumber = (typed: string): number | undefined =>
  /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined;

/** What it is and for whom. @param label undefined: the programme offers it no longer. @param cohort its name; undefined: for everybody. */
export const headingOf = (label: string | undefined, cohort: string | undefined): Mrkdwn =>
  mrkdwn`*${label ?? 'Session'}* for ${cohort ?? 'everybody'}`;

/** With when it is, once that was said. */
export const datedHeading = (
  heading: Mrkdwn,
  when: When,
  { zone, now }: { zone: string; now: Date },
): Mrkdwn => mrkdwn`${heading}\n${sayWhen(when, zone, zone, now)}`;

// Beside a field.
export const noSuchSeries = 'That is not offered any more. Please choose another.';
export const notForThem = 'You cannot plan sessions for these. Please choose others.';
export const noLink = 'Please give the whole address of the meeting, beginning with https://';
export const noLetters = 'Please give it a name in letters.';
export const keptOfNone = 'Places can be kept for a profession only where there is a number of them.';
export const tooManyHosts = `Please choose at most ${mostHosts} people.`;

export const plannedNote = mrkdwn`*Planned.* It stands in \`/chatr training\` from now on.`;

/** @param moved how many wait again, since there are fewer places. */
export const placesNote = (moved: number): Mrkdwn =>
  moved > 0
    ? mrkdwn`*Saved.* ${moved === 1 ? 'One person waits' : `${moved} people wait`} again, at the head of the list, and ${moved === 1 ? 'is' : 'are'} told.`
    : mrkdwn`*Saved.*`;

/** When or where it is has changed, or not. @param told how many are told of it. */
export function changedNote(
  { session, before, told }: { session: Session; before: Session; told: number },
  now: Date,
): Mrkdwn {
  if (before.sequence === session.sequence) return mrkdwn`Nothing has changed.`;
  if (told === 0)
    return mrkdwn`*Saved.* ${session.told || before.told ? 'It is as people were last told, so nobody is told anything.' : 'Nobody has booked it, so nobody is told.'}`;
  const isNear = session.tellAt !== undefined && session.tellAt <= now;
  return joinMrkdwn(
    [
      mrkdwn`*Saved.* ${told === 1 ? 'One person is' : `${told} people are`} told ${isNear ? 'now' : 'in an hour'}, with the old and the new.`,
      !isNear && mrkdwn`What else you change until then is told with it.`,
    ],
    ' ',
  );
}
