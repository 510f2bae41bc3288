import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type Signposts, supportBlocks } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import { actions, button, context, option, section } from '../../../slack/blocks.ts';
import { date, type Fields, form, line, oneOf, paragraph, severalOf } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import type { Window } from '../../../slack/routes.ts';
import { clip, count, list, mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { Learned } from '../../feature.ts';
import { type CpdForm, type CpdForms, type Field, fieldsFor, takesEntries } from '../content.ts';
import { type Chosen, nameOf } from '../entries.ts';
import {
  answersFor,
  emptyFields,
  hoursField,
  type Input,
  inSentence,
  isEmpty,
  longestField,
  longestLine,
  missingFrom,
  quarterHours,
  sayHours,
} from '../fields.ts';
import { ids } from '../ids.ts';
import type { Answers } from '../store.ts';
import { screen, turnWords } from '../views.ts';
import type { Filling, Opened } from './fill.ts';

export const packedFilling = packedJson(
  z.object({
    form: z.string().max(100),
    entry: z.string().max(150),
    step: z.number().int().min(0).max(50),
    field: z.string().max(100).optional(),
  }),
);

/** Whether the words of this step were told to hold something. */
const packedFillWindow = packedJson(
  z.object({
    form: z.string().max(100),
    entry: z.string().max(150),
    step: z.number().int().min(0).max(50),
    doubt: doubt.default('none'),
    /** The time noted with the entry stands in its field: Slack keeps what stands in one where ids stay the same. */
    hasHours: z.literal(true).optional(),
  }),
);
type Carried = Pick<Filling, 'form' | 'entry' | 'step'> & { hasHours?: true | undefined };

export const fillWindow = { id: ids.fillView, carries: packedFillWindow };

const fieldOf = ({ kind, label, help, options }: Input) => {
  switch (kind) {
    case 'text':
      return paragraph(label, { hint: help, inTheirWords: true, max: longestField });
    case 'line':
      return line(label, { hint: help, inTheirWords: true, max: longestLine });
    case 'hours':
      return line(label, { hint: help, max: 20 });
    case 'date':
      return date(label, { hint: help });
    case 'one':
      return oneOf(label, { hint: help, of: options.map((one) => option(one, one)) });
    case 'several':
      return severalOf(label, { hint: help, of: options.map((one) => option(one, one)) });
  }
};

/** Its fields depend on the form and the step. Another entry in the same window must not inherit what was typed. */
const keyOf = ({ form: formId, entry, step, hasHours }: Carried): string =>
  `${formId}.${step}.${entry}${hasHours ? '.hours' : ''}`;

const fillForm = (carried: Carried, inputs: readonly Input[], isLast: boolean) =>
  form(fillWindow, {
    title: 'Fill in',
    submit: isLast ? 'Save' : 'Next',
    close: 'Close',
    notifyOnClose: true,
    key: keyOf(carried),
    fields: Object.fromEntries(inputs.map((one) => [one.key, fieldOf(one)])) as Fields,
  });

/** Where an error about a field stands. */
export const blockOf = (carried: Carried, key: string): string => fillForm(carried, [], true).blockOf(key);

/** What stands in the fields of a step now, told by the fields themselves: the entry can have changed since it was drawn. */
export function typedIn(
  window: Pick<Window, 'read' | 'inputs'>,
  opened: Opened,
  { hasHours }: Pick<Carried, 'hasHours'>,
): Answers {
  const drawn = fillForm({ ...opened, hasHours }, opened.inputs, true);
  const { partly } = window.read(drawn);
  const held = new Set(window.inputs());
  return Object.fromEntries(
    opened.inputs
      .filter(({ key }) => held.has(drawn.blockOf(key)))
      .map(({ key, kind }) => {
        const value = (partly as Record<string, string | string[] | undefined>)[key];
        return [key, value ?? (kind === 'several' ? [] : '')];
      }),
  );
}

type Drawing = Doubtful & {
  signposts: Signposts;
  /** What stands in the fields and is not kept yet. */
  typed?: Answers;
  hasHours?: true | undefined;
};

export function fillView(
  content: CpdForms,
  opened: Opened,
  { signposts, typed = {}, hasHours, ...seen }: Drawing,
): View {
  const { about, learned, step, steps, inputs, tooLong } = opened;
  const answers = { ...opened.answers, ...typed };
  const isLast = step === steps - 1;
  const missing = step === 0 ? missingFrom(content, about, learned, answers) : [];
  const hours = hoursOffered(opened);
  const notes = [
    ...(learned.minutes === undefined || hours !== undefined
      ? []
      : [`${sayMinutes(learned, learned.minutes)}.`]),
    ...(learned.hasDiscussed ? ['You noted that you talked it over with a peer.'] : []),
    ...(missing.length > 0 ? [`Your notes were not asked for: ${list(missing)}.`] : []),
    ...(tooLong.length > 0
      ? [`Longer than a field takes, so it goes out whole and is changed in the journal: ${list(tooLong)}.`]
      : []),
  ];
  const carried = { form: opened.form, entry: opened.entry, step, hasHours };
  return fillForm(carried, inputs, isLast).view({
    carry: { ...carried, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd(isLast ? 'save' : 'go on') }),
    initial: Object.fromEntries(inputs.map(({ key }) => [key, answers[key]])),
    above: [
      section(
        mrkdwn`*${about.label}*${steps > 1 ? ` (step ${step + 1} of ${steps})` : ''}\n${sayFullDate(learned.on)}: ${nameOf(learned)}`,
      ),
      context(
        mrkdwn`Only you see this; it is kept encrypted with the entry. Each field may stay empty. Nothing about families or colleagues that could point to them, please.`,
      ),
      ...doubtBlocks(seen, ids.fillAsItIs),
      ...(hours === undefined || hasHours ? [] : [hoursBlock(hours)]),
      ...(notes.length > 0 ? [context(...notes.map((note) => mrkdwn`${note}`))] : []),
      actions([
        ...(step > 0
          ? [
              button('Back', ids.fillBack, {
                value: packedFilling.pack({ form: opened.form, entry: opened.entry, step: step - 1 }),
              }),
            ]
          : []),
        button('Back to my entries', ids.fillOut, { label: 'Keep this and go back to my entries' }),
      ]),
    ],
    below: supportBlocks(signposts),
  });
}

/** The time noted with the entry, where this step asks for it and nothing is there. */
export function hoursOffered({
  about,
  learned,
  inputs,
  answers,
}: Opened): { key: string; label: string; minutes: number; said: string; hours: number } | undefined {
  const field = hoursField(about);
  const hours = quarterHours(learned.minutes);
  if (!field || hours === undefined || learned.minutes === undefined) return undefined;
  if (!isEmpty(answers[field.id]) || !inputs.some(({ key }) => key === field.id)) return undefined;
  const { minutes } = learned;
  return { key: field.id, label: field.label, minutes, said: sayMinutes(learned, minutes), hours };
}

function sayMinutes({ areMinutesSuggested, isByOthers }: Learned, minutes: number): string {
  if (areMinutesSuggested) return `${count(minutes, 'minute is', 'minutes are')} suggested for this`;
  // Nobody noted how long a session is: it says so itself.
  if (isByOthers) return `This is ${count(minutes, 'minute', 'minutes')} long`;
  return `You noted ${count(minutes, 'minute', 'minutes')} with this`;
}

function hoursBlock({
  label,
  minutes,
  said,
  hours,
}: NonNullable<ReturnType<typeof hoursOffered>>): KnownBlock {
  const isLess = hours * 60 < minutes;
  return section(
    mrkdwn`${said}${isLess ? ', in whole quarter hours' : ''}: ${sayHours(hours)} under “${label}”? It counts only if you save it.`,
    button(`Put ${sayHours(hours)} there`, ids.fillHours, { label: `Put ${sayHours(hours)} under ${label}` }),
  );
}

const entriesAtOnce = 6;

/** What is ticked, form by form, with what is still empty; and the way to the result. */
export function overviewView(content: CpdForms, chosen: Chosen, wanted = 0): View {
  const { choice, record, ticked, gone, forms } = chosen;
  const { shown, ...turn } = pageOf(ticked, wanted, entriesAtOnce);
  const others = forms.filter((one) => !takesEntries(one));
  return screen([
    section(
      mrkdwn`*${record.label}*\nFrom ${sayFullDate(choice.from)} to ${sayFullDate(choice.until)}. ${ticked.length === 0 ? 'No entry is ticked.' : `${count(new Set(ticked.map(({ entry }) => entry.id)).size, 'entry', 'entries')}${turn.pages > 1 ? `, page ${turn.page + 1} of ${turn.pages}` : ''}.`}`,
    ),
    ...(gone > 0
      ? [
          context(
            mrkdwn`${count(gone, 'entry that you ticked is', 'entries that you ticked are')} not there any more. Your record goes on without.`,
          ),
        ]
      : []),
    ...shown.flatMap(({ form: about, entry }, at): KnownBlock[] => {
      const answers = answersFor(content, about, entry, chosen.added.get(entry.id)?.[about.id]);
      const value = packedFilling.pack({ form: about.id, entry: entry.id, step: 0 });
      const when = sayFullDate(entry.on);
      return [
        ...(shown[at - 1]?.form.id === about.id
          ? []
          : [section(mrkdwn`_${about.label}_`), ...askedOnce(content, chosen, about)]),
        section(
          mrkdwn`*${when}*: ${nameOf(entry)}`,
          button('Fill in', ids.fill, {
            value,
            label: `Fill in ${turn.page * entriesAtOnce + at + 1}: ${when}, ${nameOf(entry)}, ${about.label}`,
          }),
        ),
        context(
          ...(entry.title === undefined && entry.line !== '' ? [mrkdwn`${clip(entry.line, 80)}`] : []),
          mrkdwn`${sayEmpty(emptyFields(content, about, answers), fieldsFor(about).length)}`,
        ),
      ];
    }),
    ...(others.length > 0
      ? [context(mrkdwn`Also in the file, to fill in by hand: ${list(others.map(({ label }) => label))}.`)]
      : []),
    actions([
      button('Check and take away', ids.look, { style: 'primary' }),
      ...turnButtons(turn, turnWords(ids.overviewPage)),
      button('Tick others', `${ids.entries}again`, { value: 'page:0' }),
      button('Change record or dates', ids.change),
    ]),
  ]);
}

/** What the regulator asks for in some of the entries only, and stands in none of those that are ticked. */
function askedOnce(content: CpdForms, { ticked, added }: Chosen, about: CpdForm): KnownBlock[] {
  const empty = ticked
    .filter(({ form: one }) => one.id === about.id)
    .map(({ entry }) =>
      emptyFields(content, about, answersFor(content, about, entry, added.get(entry.id)?.[about.id])),
    );
  return fieldsFor(about).flatMap((field) =>
    field.required_note !== undefined && empty.every((fields) => fields.includes(field))
      ? [context(mrkdwn`Empty in every entry: “${inSentence(field)}”. ${field.required_note}`)]
      : [],
  );
}

/** A longer label is a sentence of its own, and is counted. */
const shortLabel = 30;

/** In one line of a phone: what is asked for comes first. */
function sayEmpty(empty: readonly Field[], all: number): string {
  if (empty.length === 0) return 'Something stands in every field.';
  if (empty.length === all) return 'Empty so far.';
  const asked = empty.filter(({ required }) => required !== false);
  const told = asked.length > 0 ? asked : empty;
  const named = told.filter(({ label }) => label.length <= shortLabel).slice(0, 3);
  const more = told.length - named.length;
  const what =
    named.length === 0
      ? `${more} of ${all} fields`
      : list([...named.map(inSentence), ...(more > 0 ? [`${more} more`] : [])]);
  return `Still empty${asked.length > 0 ? '' : ', and optional'}: ${what}.`;
}
