import type { InputBlock, KnownBlock, View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { listOccurrences, type Rhythm, rhythms, sayRecurrence } from '../../../scheduler/recurrence.ts';
import { actions, button, context, input, modal, option, plain, section } from '../../../slack/blocks.ts';
import { count, joinMrkdwn, mrkdwn, sayTime } from '../../../slack/text.ts';
import { definitionOf, type Template } from '../content.ts';
import { blocks, ids } from '../ids.ts';
import type { CheckIn } from '../store.ts';
import { privacySentence, sayMinutes, whatFacilitatorsSee } from '../words.ts';
import { type FullPlan, openDaysOffered, type Plan, recurrenceOfPlan, rhythmNames } from './plan.ts';
import type { Planned } from './schedule.ts';

/** Slack's menus hold at most 100 options. */
const mostOptions = 100;

/** First screen: who is asked, and what. */
export function whoView(
  cohorts: readonly Cohort[],
  templates: readonly Template[],
  plan: Pick<Plan, 'id'> & Partial<Plan>,
): View {
  return modal({
    callbackId: ids.whoView,
    title: 'New check-in',
    submit: 'Next',
    close: 'Close',
    metadata: JSON.stringify(plan),
    blocks: [
      section(mrkdwn`Nothing is sent before you have seen all of it.`),
      select(
        blocks.cohort,
        'Who is asked?',
        cohorts.map((cohort) => option(cohort.name, cohort.id)),
        plan.cohort ?? (cohorts.length === 1 ? cohorts[0]?.id : undefined),
        cohorts.length > mostOptions
          ? `The first ${mostOptions} groups by name.`
          : 'Everyone who is in the group when it goes out.',
      ),
      select(
        blocks.template,
        'Which questions?',
        templates.map((template) => option(template.label, template.templateId, template.when)),
        plan.template,
        'You can leave out single questions on the next screen.',
      ),
    ],
  });
}

/** Second screen: when, how often, for how long, and without which questions. */
export function planView(plan: Plan, { cohort, template }: Planned, zone: string): View {
  const leaveOut = template.questions.map((question) => option(question.text, question.id));
  const left = leaveOut.filter((one) => plan.leftOut.includes(one.value ?? ''));
  return modal({
    callbackId: ids.planView,
    title: 'New check-in',
    submit: 'Next',
    close: 'Close',
    metadata: JSON.stringify(plan),
    blocks: [
      section(mrkdwn`*${template.label}* for ${cohort.name}`),
      dateInput(plan.date),
      timeInput(plan.time, zone),
      select(
        blocks.how,
        'How often?',
        rhythms.map((how: Rhythm) => option(rhythmNames[how], how)),
        plan.how ?? 'once',
      ),
      select(
        blocks.openDays,
        'How long does it stay open?',
        openDaysOffered.map((days) => option(count(days, 'day', 'days'), String(days))),
        String(plan.openDays ?? 7),
        'People can answer until then. They get one gentle reminder at most.',
      ),
      input(
        blocks.leaveOut,
        'Leave out these questions',
        {
          type: 'multi_static_select',
          action_id: 'value',
          options: leaveOut.slice(0, mostOptions),
          placeholder: plain('Ask all of them'),
          ...(left.length > 0 && { initial_options: left }),
        },
        { optional: true },
      ),
      actions([button('Back', ids.backToPlan, { value: 'who' })], 'steps'),
    ],
  });
}

const dateInput = (date: string | undefined): InputBlock =>
  input(
    blocks.date,
    'First date',
    { type: 'datepicker', action_id: 'value', ...(date && { initial_date: date }) },
    { hint: 'A working day within the next year.' },
  );

const timeInput = (time: string | undefined, zone: string): InputBlock =>
  input(
    blocks.time,
    'Time',
    { type: 'timepicker', action_id: 'value', initial_time: time ?? '09:30' },
    {
      hint: `Between 07:00 and 20:00, ${placeOf(zone)} time. Whoever has quiet hours then gets it when they are over.`,
    },
  );

/** "London" of "Europe/London". */
export const placeOf = (zone: string): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

function select(
  blockId: string,
  label: string,
  options: ReturnType<typeof option>[],
  value: string | undefined,
  hint?: string,
): InputBlock {
  const offered = options.slice(0, mostOptions);
  const initial = offered.find((one) => one.value === value);
  return input(
    blockId,
    label,
    {
      type: 'static_select',
      action_id: 'value',
      options: offered,
      placeholder: plain('Choose one'),
      ...(initial && { initial_option: initial }),
    },
    hint === undefined ? {} : { hint },
  );
}

/** Third screen: everything members will get, and who sees what, before anything is planned. */
export function confirmView(
  plan: FullPlan,
  { cohort, template, people }: Planned,
  { zone, now, smallest, note }: { zone: string; now: Date; smallest: number; note?: string },
): View {
  const definition = definitionOf(template, plan.leftOut);
  const recurrence = recurrenceOfPlan(plan, zone);
  const thisYear = Number(localDate(now, zone).slice(0, 4));
  const dates = listOccurrences(recurrence, now, 3).map((at) => sayTime(at, zone));
  const first = definition.questions.slice(0, 3);
  const more = definition.questions.length - first.length;
  const tooSmall = people < smallest && definition.mode !== 'named';
  return modal({
    callbackId: ids.confirmView,
    title: 'Check and schedule',
    submit: 'Schedule check-in',
    close: 'Close',
    metadata: JSON.stringify(plan),
    blocks: [
      ...(note === undefined ? [] : [context(mrkdwn`${note}`)]),
      section(
        mrkdwn`*${definition.label}*\n${cohort.name}: ${count(people, 'person gets', 'people get')} it, unless the group changes before then. It takes ${sayMinutes(definition.minutes)}.`,
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
        mrkdwn`*The first ${first.length === 1 ? 'question' : count(first.length, 'question', 'questions')}:*\n${joinMrkdwn(
          first.map((question) => mrkdwn`• ${question.text}`),
          '\n',
        )}${more > 0 ? `\nand ${more} more` : ''}`,
      ),
      section(mrkdwn`*Members read:* ${definition.purpose} ${definition.intro}`),
      section(mrkdwn`*And:* ${privacySentence[definition.mode]}`),
      context(
        mrkdwn`You see how many have answered, and ${whatFacilitatorsSee[definition.mode]}. This cannot be changed once it is scheduled.`,
      ),
      ...(tooSmall
        ? [
            section(
              mrkdwn`*Please note:* with ${count(people, 'person', 'people')} in the group, no answers can be shown to you. They show from ${smallest} on.`,
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
    ],
  });
}

/** After scheduling: what happens now, and the way back. */
export function scheduledView(checkin: CheckIn, cohortName: string, people: number, zone: string): View {
  return modal({
    callbackId: 'checkins.scheduled',
    title: 'Scheduled',
    close: 'Done',
    blocks: scheduledBlocks(checkin, cohortName, people, zone),
  });
}

function scheduledBlocks(checkin: CheckIn, cohortName: string, people: number, zone: string): KnownBlock[] {
  const when = checkin.nextAt ? sayTime(checkin.nextAt, zone) : 'at its time';
  return [
    section(
      mrkdwn`*${checkin.definition.label}* is scheduled for ${cohortName}: ${count(people, 'person', 'people')}, first on ${when}.`,
    ),
    context(mrkdwn`You can pause it, move it or end it at any time: \`/chatr checkin list\`.`),
    actions([
      button('Undo', ids.cancel, { value: checkin.id, label: 'Undo: take this check-in back' }),
      button('All check-ins', ids.list, { value: '0' }),
    ]),
  ];
}

/** Asks for another date. */
export const moveView = (checkin: CheckIn, zone: string): View => {
  const [date, time] = (checkin.recurrence?.startsAt ?? '').split('T');
  const next = checkin.nextAt ? localDate(checkin.nextAt, zone) : date;
  return modal({
    callbackId: ids.moveView,
    title: 'Change the date',
    submit: 'Change date',
    close: 'Leave as it is',
    metadata: checkin.id,
    blocks: [
      section(
        mrkdwn`*${checkin.definition.label}*\nNow: ${checkin.nextAt ? sayTime(checkin.nextAt, zone) : 'no date'}. How often it comes stays the same.`,
      ),
      dateInput(next),
      timeInput(time, zone),
    ],
  });
};

/** Says what ending it means, before it ends. */
export const cancelView = (checkin: CheckIn, cohortName: string): View =>
  modal({
    callbackId: ids.cancelView,
    title: 'End this check-in?',
    submit: 'End check-in',
    close: 'Keep it',
    metadata: checkin.id,
    blocks: [
      section(
        mrkdwn`*${checkin.definition.label}* for ${cohortName}\nNobody is asked again, and whoever has not answered the present one no longer can. Answers already given are kept, with their results. An ended check-in does not come back; pausing it can be undone.`,
      ),
    ],
  });
