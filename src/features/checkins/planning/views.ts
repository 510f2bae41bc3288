import type { View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import { promptsPerWeek } from '../../../community/messages.ts';
import type { Person } from '../../../community/people.ts';
import { whoSeesAnswered } from '../../../community/promises.ts';
import { inWords } from '../../../community/suppress.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Signposts } from '../../../safeguarding/signposts.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { type DaysOff, listOpenOccurrences, noDaysOff } from '../../../scheduler/days-off.ts';
import { rhythms, sayRecurrence } from '../../../scheduler/recurrence.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, modal, option, section } from '../../../slack/blocks.ts';
import { type Answered, date, form, oneOf, severalOf, time, type WindowKind } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { count, joinMrkdwn, list, type Mrkdwn, mrkdwn, sayDate, sayTime } from '../../../slack/text.ts';
import { emptyDraft } from '../answering/draft.ts';
import { isLastScreen, screenForm } from '../answering/form.ts';
import { drawScreen } from '../answering/views.ts';
import { occasionOf } from '../asking/round.ts';
import { promptMessage } from '../asking/views.ts';
import { type Definition, definitionOf, type Mode, type Template } from '../content.ts';
import { ids } from '../ids.ts';
import type { CheckIn } from '../store.ts';
import { said } from '../views.ts';
import { onlyAgreed, privacySentence, sayMinutes, whatFacilitatorsSee } from '../words.ts';
import type { Crowded } from './crowded.ts';
import {
  type FullPlan,
  isFull,
  missing,
  openDaysOffered,
  type Plan,
  planSchema,
  recurrenceOfPlan,
  rhythmNames,
} from './plan.ts';
import type { Planned } from './schedule.ts';

/** What was chosen so far goes from screen to screen, and into the preview's button. */
export const packedPlan = packedJson(planSchema);
const begunPlan = planSchema.partial({ cohort: true, template: true });

export const noGroups = (): Answer => ({
  text: 'There is no group to ask yet',
  title: 'New check-in',
  blocks: [
    section(
      mrkdwn`A check-in goes to a group, and you do not run one yet. Make one with \`/chatr groups\`, add people, then come back here.`,
    ),
  ],
});

const aboutPlan = { title: 'New check-in', submit: 'Next', close: 'Close' };

/** First screen: who is asked, and what. */
export const whoForm = form(
  { id: ids.whoView, carries: packedJson(begunPlan) },
  {
    ...aboutPlan,
    fields: {
      cohort: oneOf('Who is asked?', {
        missing: 'Please choose a group.',
        hint: `Everyone who is in the group when it goes out. ${onlyAgreed}`,
      }),
      template: oneOf('Which questions?', {
        missing: 'Please choose the questions.',
        hint: 'You can leave out single questions on the next screen.',
      }),
    },
  },
);

export const whoView = (
  cohorts: readonly Cohort[],
  templates: readonly Template[],
  plan: z.output<typeof begunPlan>,
): View =>
  whoForm.view({
    carry: plan,
    above: [section(mrkdwn`Nothing is sent before you have seen all of it.`)],
    initial: {
      cohort: plan.cohort ?? (cohorts.length === 1 ? cohorts[0]?.id : undefined),
      template: plan.template,
    },
    options: {
      cohort: cohorts.map(({ name, id }) => option(name, id)),
      template: templates.map(({ label, templateId, when }) => option(label, templateId, when)),
    },
  });

/** "London" of "Europe/London". */
const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** When one goes out. @param zone in which its times are meant. */
export const whenFields = (zone: string) => ({
  date: date('First date', { missing: missing.date, hint: 'A working day within the next year.' }),
  time: time('Time', {
    missing: missing.time,
    hint: `Between 07:00 and 20:00, ${placeOf(zone)} time. Whoever has quiet hours then gets it when they are over.`,
  }),
});

/** What the time of day begins with. */
export const usualTime = '09:30';

const planFields = (zone: string) => ({
  ...whenFields(zone),
  how: oneOf('How often?', {
    of: rhythms.map((how) => option(rhythmNames[how], how)),
    missing: missing.how,
  }),
  'open-days': oneOf('How long does it stay open?', {
    of: openDaysOffered.map((days) => option(count(days, 'day', 'days'), String(days))),
    missing: missing.openDays,
    hint: 'People can answer until then. They get one gentle reminder at most.',
  }),
  'leave-out': severalOf('Leave out these questions', { menu: true, empty: 'Ask all of them' }),
});

/** Second screen: when, how often, for how long, and without which questions. */
export const planForm = (zone: string) =>
  form({ id: ids.planView, carries: packedPlan }, { ...aboutPlan, fields: planFields(zone) });

/** @param why it was not scheduled, when that was tried. */
export const planView = (plan: Plan, { cohort, template }: Planned, zone: string, why?: string): View =>
  planForm(zone).view({
    carry: plan,
    initial: {
      date: plan.date,
      time: plan.time ?? usualTime,
      how: plan.how ?? 'once',
      'open-days': String(plan.openDays ?? 7),
      'leave-out': plan.leftOut,
    },
    options: { 'leave-out': template.questions.map(({ text, id }) => option(text, id)) },
    above: [
      ...(why === undefined ? [] : [section(mrkdwn`It was not scheduled yet. ${why}`)]),
      section(mrkdwn`*${template.label}* for ${cohort.name}`),
    ],
    below: [actions([button('Back', ids.backToPlan, { value: 'who' })], 'steps')],
  });

/** What stands on the second screen, over what came before. */
export const withTyped = (
  { id, cohort, template }: Plan,
  {
    'open-days': openDays,
    'leave-out': leftOut = [],
    ...when
  }: Partial<Answered<ReturnType<typeof planFields>>>,
): Plan => ({ id, cohort, template, leftOut, ...when, ...(openDays && { openDays: Number(openDays) }) });

/** Where there is no screen to go back to. */
export const notScheduled = (why: string): Answer => said(`It was not scheduled. ${why}`);

export const confirmWindow: WindowKind<Plan> = { id: ids.confirmView, carries: packedPlan };

/** Of what comes again and again. */
const datesShown = 5;

/** Third screen: everything members will get, and who sees what, before anything is planned. */
export function confirmView(
  plan: FullPlan,
  { cohort, template, people, readers, crowded }: Planned & { crowded: Crowded | undefined },
  { zone, now, daysOff = noDaysOff }: { zone: string; now: Date; daysOff?: DaysOff },
  isPreviewSent = false,
): View {
  const definition = definitionOf(template, plan.leftOut);
  const recurrence = recurrenceOfPlan(plan, zone);
  const thisYear = Number(localDate(now, zone).slice(0, 4));
  const dates = listOpenOccurrences(recurrence, now, datesShown, daysOff).map((at) => sayTime(at, zone));
  const asked = definition.questions.length;
  const first = definition.questions.slice(0, 3);
  const isCounted = definition.mode !== 'named';
  const counted = definition.mode === 'group' ? people : people - readers.length;
  const tooSmall = isCounted && counted < definition.smallest;
  return modal({
    callbackId: confirmWindow.id,
    title: 'Check and schedule',
    submit: 'Schedule check-in',
    close: 'Close',
    metadata: packedPlan.pack(plan),
    blocks: [
      ...(isPreviewSent ? [context(mrkdwn`The preview is in our conversation.`)] : []),
      section(
        mrkdwn`*${definition.label}*\nFor ${cohort.name}: ${count(people, 'person', 'people')}, unless the group changes before then. ${onlyAgreed} It takes ${sayMinutes(definition.minutes)}.`,
      ),
      section(
        joinMrkdwn(
          [
            mrkdwn`*When:* ${sayRecurrence(recurrence, thisYear)}, open for ${count(plan.openDays, 'day', 'days')}`,
            dates.length > 1 && mrkdwn`*Next:* ${dates.join('; ')}`,
          ],
          '\n',
        ),
      ),
      section(
        mrkdwn`*${first.length < asked ? `The first ${first.length} of ${asked} questions` : asked === 1 ? 'The question' : `The ${asked} questions`}:*\n${joinMrkdwn(
          first.map((question) => mrkdwn`• ${question.text}`),
          '\n',
        )}`,
      ),
      section(mrkdwn`*Members read:* ${definition.purpose} ${definition.intro}`),
      section(mrkdwn`*And:* ${privacySentence(definition)}`),
      context(
        mrkdwn`You see ${whatFacilitatorsSee(definition)}. ${definition.mode === 'named' ? '' : `${whoSeesAnswered} `}This cannot be changed once it is scheduled.`,
      ),
      ...(isCounted && readers.length > 0 ? [context(notAmongThem(definition.mode, readers))] : []),
      ...(tooSmall
        ? [
            section(
              mrkdwn`*Please note:* with ${count(counted, 'person', 'people')} who can be counted, no answers can be shown to you. They show from ${inWords(definition.smallest)} on.`,
            ),
          ]
        : []),
      actions(
        [
          button('Back', ids.backToPlan, { value: 'plan' }),
          button('Send me a preview', ids.preview, { value: 'preview' }),
        ],
        'steps',
      ),
      ...(crowded ? [section(sayCrowded(crowded))] : []),
    ],
  });
}

const sayCrowded = ({ asked, better }: Crowded): Mrkdwn =>
  mrkdwn`*Please note:* with the other check-ins of this group it is ${asked} prompts in seven days. Nobody is sent more than ${promptsPerWeek}, so some people will find this one only in \`/chatr checkins\` and in Home. ${
    better === undefined
      ? 'Every day of the next three weeks is as full: less often, or one fewer, would help.'
      : `From ${sayDate(better)} on it would come to everybody: to choose that day, press “Back”.`
  }`;

/** Why members who can read the results are not asked, or not counted. */
function notAmongThem(mode: Mode, readers: readonly Person[]): Mrkdwn {
  const named = readers
    .slice(0, 5)
    .map(({ displayName }) => displayName || 'somebody whose name is not known');
  const more = readers.length - named.length;
  const names = list([...named, ...(more > 0 ? [count(more, 'other', 'others')] : [])]);
  return mode === 'group'
    ? mrkdwn`Not asked: ${names}, who can read the results. With what they answered themselves they could work out what others did.`
    : mrkdwn`Asked, but not counted in the summary: ${names}, who can read it. With what they answered themselves they could work out what others did.`;
}

/** After scheduling: what happens now, and the way back. */
export function scheduledView(checkin: CheckIn, cohortName: string, people: number, zone: string): View {
  const when = checkin.nextAt ? sayTime(checkin.nextAt, zone) : 'at its time';
  return modal({
    callbackId: 'checkins.scheduled',
    title: 'Scheduled',
    close: 'Done',
    blocks: [
      section(
        mrkdwn`*${checkin.definition.label}* is scheduled for ${cohortName}: ${count(people, 'person', 'people')}, first on ${when}.`,
      ),
      context(mrkdwn`You can pause it, move it or end it at any time: \`/chatr checkin list\`.`),
      actions([
        button('Undo', ids.cancel, { value: checkin.id, label: 'Undo: take this check-in back' }),
        button('All check-ins', ids.list, { value: '0' }),
      ]),
    ],
  });
}

const questions = z.object({ template: z.string(), leftOut: z.array(z.string()) });
const onScreen = questions.extend({ screen: z.number().int().min(0).max(20) });
/** The questions that are looked at before they are asked; in a window with which of their screens. */
export const packedQuestions = packedJson(questions);
export const previewWindow: WindowKind<z.output<typeof onScreen>> = {
  id: ids.previewView,
  carries: packedJson(onScreen),
};

/** Of a button, in characters. */
const longestValue = 2000;

/** What a facilitator sees when they send themselves a preview: the very message, with a button that saves nothing. */
export function previewMessage(
  plan: Plan,
  { cohort, template }: Planned,
  { first, closesAt }: { first: Date | undefined; closesAt: Date | undefined },
  zone: string,
): Message {
  const definition = definitionOf(template, plan.leftOut);
  const occasion = first && isFull(plan) ? occasionOf(recurrenceOfPlan(plan, zone), first) : undefined;
  const prompt = promptMessage({ id: '-', closesAt, definition, occasion }, cohort.name, zone);
  const goOn = packedPlan.pack(plan);
  return {
    text: `Preview: ${prompt.text}`,
    blocks: [
      context(mrkdwn`*Preview.* This is what each person gets. Nothing is saved from here.`),
      // Why, how long, who sees it; its own buttons would answer.
      ...prompt.blocks.slice(0, 2),
      actions([
        button('See the questions', ids.previewAnswer, {
          value: packedQuestions.pack({ template: template.id, leftOut: plan.leftOut }),
        }),
        // To look at this the facilitator has to close the screen they came from.
        ...(goOn.length <= longestValue
          ? [button('Go on scheduling', ids.goOn, { value: goOn, style: 'primary' })]
          : []),
      ]),
    ],
  };
}

/** The form as members get it; nothing in it is kept. */
export const previewView = (
  definition: Definition,
  carry: z.output<typeof onScreen>,
  signposts: Signposts | undefined,
): View =>
  screenForm(previewWindow, definition, carry.screen).view({
    carry,
    ...(isLastScreen(definition, carry.screen) && { submit: 'Close the preview' }),
    ...drawScreen({
      definition,
      screen: carry.screen,
      draft: emptyDraft,
      signposts,
      note: mrkdwn`*Preview.* Nothing you enter here is kept.`,
      back: ids.previewBack,
    }),
  });

export const notOffered = (): Answer =>
  said('These questions are not offered any more.', { title: 'Preview' });
