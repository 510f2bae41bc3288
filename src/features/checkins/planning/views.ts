import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import { promptsPerWeek } from '../../../community/messages.ts';
import type { Person } from '../../../community/people.ts';
import { whoSeesAnswered } from '../../../community/promises.ts';
import { fewestPeople } from '../../../community/suppress.ts';
import { inWords } from '../../../lib/numbers.ts';
import type { Message } from '../../../outbox/outbox.ts';
import type { Signposts } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, inert, modal, option, section } from '../../../slack/blocks.ts';
import { form, line, oneOf, paragraph, type WindowKind } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import {
  count,
  joinMrkdwn,
  list,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayDate,
  sayTime,
} from '../../../slack/text.ts';
import { emptyDraft } from '../answering/draft.ts';
import { isLastScreen, screenForm } from '../answering/form.ts';
import { drawScreen } from '../answering/views.ts';
import { occasionOf } from '../asking/round.ts';
import { promptMessage } from '../asking/views.ts';
import type { Definition, Mode, Template } from '../content.ts';
import { ids } from '../ids.ts';
import type { CheckIn } from '../store.ts';
import { said } from '../views.ts';
import { onlyAgreed, privacySentence, sayMinutes, whatFacilitatorsSee } from '../words.ts';
import { packedCopy, packedPlan, packedScreen, packedUndo, packedWords, type Screen } from './carried.ts';
import type { Crowded } from './crowded.ts';
import type { Basis } from './definition.ts';
import { isForAfter } from './definition.ts';
import { aspects, type BroughtTogether } from './meanwhile.ts';
import type { Plan, Schedule } from './plan.ts';
import type { PlanChecked } from './schedule.ts';
import { firstRound, nextDates, sayWhen } from './when/views.ts';
import { whoBlocks } from './who-blocks.ts';

export const noGroups = (): Answer => ({
  text: 'There is no group to ask yet',
  title: 'New check-in',
  blocks: [
    section(
      mrkdwn`A check-in goes to a group, and you do not run one yet. Make one with \`/chatr groups\`, add people, then come back here.`,
    ),
  ],
});

/** First screen: who is asked, and what. */
export const whoForm = form(
  { id: ids.whoView, carries: packedPlan },
  {
    title: 'New check-in',
    submit: 'Next',
    close: 'Close',
    fields: {
      cohort: oneOf('Who is asked?', {
        missing: 'Please choose a group.',
        hint: `Everyone who is in the group when it goes out. ${onlyAgreed}`,
      }),
      template: oneOf('Which questions?', {
        missing: 'Please choose the questions.',
        hint: 'You can reword them, leave some out and add your own.',
      }),
    },
  },
);

/** The choice of questions that is no template and no earlier check-in. */
export const nothing = 'nothing:';

export type Choices = {
  cohorts: readonly Cohort[];
  templates: readonly Template[];
  /** Earlier ones, newest first. */
  earlier: readonly { checkin: CheckIn; cohortName: string }[];
  unfinished?: Plan | undefined;
};

export function whoView(
  { cohorts, templates, earlier, unfinished }: Choices,
  { id, cohort, template }: { id: string; cohort?: string | undefined; template?: string | undefined },
): View {
  const begunName =
    unfinished?.label ?? templates.find(({ templateId }) => templateId === unfinished?.template)?.label;
  return whoForm.view({
    carry: { id },
    above: [
      section(mrkdwn`Nothing is sent before you have seen all of it.`),
      ...(unfinished
        ? [
            section(
              mrkdwn`You began one that is not scheduled yet${begunName ? mrkdwn`: *${begunName}*` : mrkdwn``}.`,
              button('Go on with it', ids.goOn, { value: packedPlan.pack(unfinished) }),
            ),
          ]
        : []),
    ],
    initial: {
      cohort: cohort ?? (cohorts.length === 1 ? cohorts[0]?.id : undefined),
      template,
    },
    options: {
      cohort: cohorts.map(({ name, id: value }) => option(name, value)),
      template: [
        ...templates.map(({ label, templateId, when }) => option(label, templateId, when)),
        option('My own questions', nothing, 'Start from nothing, with up to five'),
        ...earlier.map(({ checkin, cohortName }) =>
          option(
            `Copy: ${checkin.definition.label}`,
            packedCopy.pack({ what: 'copy', id: checkin.id }),
            `As asked in ${cohortName}`,
          ),
        ),
      ],
    },
  });
}

/** In code points. */
export const longestWords = { label: 75, purpose: 500, intro: 1000 };

/** What members read around the questions. */
export const wordsForm = form(
  { id: ids.wordsView, carries: packedWords },
  {
    title: 'What members read',
    submit: 'Next',
    close: 'Close',
    notifyOnClose: true,
    fields: {
      label: line('Name', {
        missing: 'Please give it a name.',
        max: longestWords.label,
        hint: 'For example “After the conference”. Please name no child or family.',
      }),
      purpose: paragraph('What is it for?', {
        missing: 'Please say in a sentence what it is for.',
        max: longestWords.purpose,
        hint: 'One sentence, to the members. It stands in the message that asks them.',
      }),
      intro: paragraph('Above the questions', {
        max: longestWords.intro,
        hint: 'A welcome, or what to leave out.',
      }),
    },
  },
);

type Words = { [Name in keyof typeof longestWords]?: string | undefined };

/** @param begun what was typed over them and is not kept. */
export const wordsView = (
  { id }: Pick<Plan, 'id'>,
  { label, purpose, intro }: Words,
  begun: Words | undefined,
  seen: Doubtful = {},
): View =>
  wordsForm.view({
    carry: { id, doubt: doubtOf(seen) },
    initial: { label, purpose, intro, ...begun },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('go on') }),
    above: [...(begun ? [context(asLeft)] : []), ...doubtBlocks(seen, ids.wordsAsItIs)],
  });

/** After words were masked, above where they stand. */
export const maskedHere = 'What I saw is masked: please read below how it stands now.';

/** Of words that somebody typed and did not save. */
export const asLeft = mrkdwn`As you left it, and not saved yet.`;

/** Where there is no screen to go back to. */
export const notScheduled = (why: string): Answer => said(`It was not scheduled. ${why}`);
/** Somebody's plan was put away long ago, or is another's. */
export const gone = 'This plan is not kept any more. Please start again with /chatr checkin new.';
export const overAlready = 'It is over, so there is nothing to change.';
export const overMeanwhile = 'It is over meanwhile, so there is nothing to change.';

/** Beside the choice of questions: of a template, or of a check-in that was to be copied. */
export const notThere = 'It is not there any more. Please choose others.';

export const confirmWindow: WindowKind<{ id: string }> = { id: ids.confirmView, carries: packedPlan };

type Around = Parameters<typeof firstRound>[1];

/** Everything members will get, and who sees what, before anything is planned; each part can be changed from here. */
export function confirmView(
  checked: PlanChecked,
  { zone, now, daysOff }: Around,
  {
    isPreviewSent = false,
    why,
    unsaved,
    meanwhile,
  }: {
    isPreviewSent?: boolean;
    why?: string | undefined;
    unsaved?: Plan | undefined;
    meanwhile?: Meanwhile | undefined;
  } = {},
): View {
  const { plan, schedule, cohort, definition, people, readers, crowded } = checked;
  const { mode } = definition;
  const dates = nextDates(schedule, { zone, now, daysOff });
  const first = firstRound(schedule, { zone, now, daysOff });
  const asked = definition.questions.length;
  const isCounted = mode !== 'named';
  const counted = mode === 'group' ? people : people - readers.length;
  const tooSmall = isCounted && counted < definition.smallest;
  const change = (text: string, id: string, to: Screen) =>
    button(text, id, { value: packedScreen.pack({ to, id: plan.id }) });
  return modal({
    callbackId: confirmWindow.id,
    title: plan.edits ? 'Change check-in' : 'Check and schedule',
    submit: plan.edits ? 'Save changes' : 'Schedule check-in',
    close: 'Close',
    metadata: packedPlan.pack(plan),
    blocks: [
      ...(why === undefined ? [] : [section(mrkdwn`It was not saved yet. ${why}`)]),
      ...(meanwhile ? meanwhileBlocks(plan, meanwhile) : []),
      ...(unsaved
        ? [
            section(
              mrkdwn`You began to change it before, and did not save that.`,
              button('Go on with it', ids.goOn, { value: packedPlan.pack(unsaved) }),
            ),
          ]
        : []),
      ...(isPreviewSent ? [context(mrkdwn`The preview is in our conversation.`)] : []),
      section(
        mrkdwn`*${definition.label}*\nFor ${cohort.name}: ${count(people, 'member', 'members')}, unless the group changes before then. ${schedule.recurrence ? `${onlyAgreed} ` : ''}It takes ${sayMinutes(definition.minutes)}.`,
      ),
      ...(tooSmall
        ? [
            section(
              mrkdwn`*Please note:* with ${count(counted, 'person', 'people')} who can be counted, no answers can be shown to you. They show from ${inWords(definition.smallest)} on.`,
            ),
          ]
        : []),
      section(
        joinMrkdwn(
          [
            mrkdwn`*When:* ${sayWhen(schedule, { zone, now, sessions: checked.sessions })}`,
            dates.length > 1 && mrkdwn`*Next:* ${dates.join('; ')}`,
            first &&
              mrkdwn`*${dates.length > 1 ? 'The first is open' : 'Open'} until:* ${sayTime(first.closesAt, zone)}`,
          ],
          '\n',
        ),
        change('Change when', ids.changeWhen, 'when'),
      ),
      section(
        mrkdwn`*${asked === 1 ? 'The question' : `The ${asked} questions`}:*\n${joinMrkdwn(
          definition.questions.map((question) => mrkdwn`• ${question.text}`),
          '\n',
        )}`,
        change('Change questions', ids.changeQuestions, 'questions'),
      ),
      ...whoBlocks(definition),
      section(
        mrkdwn`*Members read:* ${definition.purpose} ${definition.intro}`,
        change('Change words', ids.changeWords, 'words'),
      ),
      section(
        mrkdwn`*They also read:* ${privacySentence(definition)}\n*How:* ${sayHow(checked)}`,
        change('Change how', ids.changeHow, 'how'),
      ),
      context(
        mrkdwn`You see ${whatFacilitatorsSee(definition)}. ${mode === 'named' ? '' : `${whoSeesAnswered} `}${plan.edits ? 'What you change counts from the next one on; one that is open now keeps its questions.' : 'Who sees what cannot be changed once somebody has answered.'}`,
      ),
      ...(isCounted && readers.length > 0 ? [context(notAmongThem(mode, readers))] : []),
      actions(
        [
          ...(plan.edits
            ? []
            : [button('Back', ids.backToPlan, { value: packedScreen.pack({ to: 'when', id: plan.id }) })]),
          button('Send me a preview', ids.preview, { value: 'preview' }),
        ],
        'steps',
      ),
      ...(schedule.countedFrom?.from === 'session-begins' && isForAfter(definition)
        ? [
            section(
              mrkdwn`*Please note:* this comes before the session, and its words are for after one. *Change when* or *Change words* puts it right.`,
            ),
          ]
        : []),
      ...(crowded ? [section(sayCrowded(crowded))] : []),
    ],
  });
}

/** What a colleague changed while somebody was changing it as well. */
export type Meanwhile = Pick<BroughtTogether, 'theirs' | 'clashes'>;

/** What of a plan is to be as a colleague made it. */
export const packedClashes = packedJson(z.object({ id: z.string(), these: z.array(z.enum(aspects)) }));

function meanwhileBlocks({ id }: Pick<Plan, 'id'>, { theirs, clashes }: Meanwhile): KnownBlock[] {
  const changed = mrkdwn`*It is not saved yet.* This check-in has changed since you began: ${list(theirs)}.`;
  if (clashes.length === 0)
    return [section(mrkdwn`${changed} Below it stands with your changes in it. Please look, then save.`)];
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`${changed} You changed it as well, and yours stands below:`,
          ...clashes.map(
            ({ what, theirs: their, mine }) => mrkdwn`• ${what}: now it is ${their}; yours is ${mine}`,
          ),
        ],
        '\n',
      ),
    ),
    actions([
      button('Keep what is there now', ids.takeTheirs, {
        value: packedClashes.pack({ id, these: clashes.map(({ aspect }) => aspect) }),
      }),
    ]),
  ];
}

/** How long, whether with a reminder, and who is asked. */
function sayHow({ plan, schedule, basis }: { plan: Plan; schedule: Schedule; basis: Basis }): string {
  if (schedule.recurrence === undefined)
    return 'nobody is prompted; it stands in Home and in /chatr checkins, and each month has one round.';
  const parts = [
    schedule.closesAt
      ? 'open until the session begins'
      : `open for ${count(schedule.openDays, 'day', 'days')}`,
    (plan.reminds ?? true) ? 'one gentle reminder at most' : 'no reminder',
    (plan.asksFirst ?? basis.asksFirst)
      ? 'each person is asked once whether they want it; no answer means no'
      : 'everybody in the group is asked',
  ];
  return `${parts.join('; ')}.`;
}

/** Under five no number: it would tell who is in which group. */
const ofThese = (people: number, of: number): string =>
  people === of
    ? 'all of these people'
    : people < fewestPeople
      ? 'some of these people'
      : `${people} of these people`;

function sayCrowded(crowded: Crowded): Mrkdwn {
  if (crowded.kind === 'every-week') {
    const { others } = crowded;
    const named = list(others.map((label) => `“${label}”`));
    return mrkdwn`*Please note:* this group is also asked every week by ${named}. With reminders that is up to ${inWords(2 * (others.length + 1))} messages a week to whoever does not answer at once.`;
  }
  if (crowded.kind === 'day') {
    const { people, of, other } = crowded;
    const what = other ? `“${other.label}” for ${other.cohortName}` : 'another check-in';
    return mrkdwn`*Please note:* ${ofThese(people, of)} also get ${what} on that day. Nobody is sent more than ${promptsPerWeek} prompts in seven days, first steps included; another day may suit them better.`;
  }
  const { asked, people, of, better } = crowded;
  return mrkdwn`*Please note:* with their other check-ins it is ${asked} prompts in seven days for ${ofThese(people, of)}. Nobody is sent more than ${promptsPerWeek}, so they will find this one, or another, only in \`/chatr checkins\` and in Home. ${
    better === undefined
      ? 'Every day of the next three weeks is as full: less often, or one fewer, would help.'
      : `From ${sayDate(better)} on it would come to everybody: to choose that day, press “Change when”.`
  }`;
}

/** Why members who can read the results are not asked, or not counted. */
function notAmongThem(mode: Mode, readers: readonly Person[]): Mrkdwn {
  const named = readers.slice(0, 5).map(({ slackId }) => mention(slackId));
  const more = readers.length - named.length;
  const names = joinMrkdwn([...named, more > 0 && mrkdwn`${count(more, 'other', 'others')}`], ', ');
  return mode === 'group'
    ? mrkdwn`Not asked: ${names}, who can read the results. With what they answered themselves they could work out what others did.`
    : mrkdwn`Asked, but not counted in the summary: ${names}, who can read it. With what they answered themselves they could work out what others did.`;
}

/** After scheduling: what happens now, and the way back. @param next when people are asked first. */
export function scheduledView(
  checkin: CheckIn,
  cohortName: string,
  { plan, people, next, zone }: { plan: string; people: number; next: Date | undefined; zone: string },
): View {
  const when = next ? sayTime(next, zone) : 'at its time';
  const { label } = checkin.definition;
  const says: KnownBlock[] =
    checkin.recurrence === undefined
      ? [
          section(
            mrkdwn`*${label}* is there for ${cohortName}: ${count(people, 'member', 'members')}. Nobody is prompted; they find it in Home and in \`/chatr checkins\`, so do tell them.`,
          ),
        ]
      : [
          section(
            mrkdwn`*${label}* is scheduled for ${cohortName}: ${count(people, 'member', 'members')}, first on ${when}.`,
          ),
          ...(checkin.asksFirst
            ? [
                section(
                  mrkdwn`In about ten minutes I begin to ask each of them, once, whether they want it. Whoever says nothing is not asked, and can say yes later in \`/chatr checkins\`.`,
                ),
              ]
            : []),
        ];
  return modal({
    callbackId: ids.scheduledView,
    title: 'Scheduled',
    close: 'Done',
    blocks: [
      ...says,
      context(
        mrkdwn`You can change, pause${checkin.recurrence ? ', move' : ''} or end it at any time: \`/chatr checkin list\`.`,
      ),
      actions([
        button('Undo', ids.undo, {
          value: packedUndo.pack({ id: checkin.id, plan }),
          label: 'Undo: take this check-in back',
        }),
        button('All check-ins', ids.list, { value: '0' }),
      ]),
    ],
  });
}

export const changedView = (
  { definition }: CheckIn,
  cohortName: string,
  { next, zone, isOpen }: { next: Date | undefined; zone: string; isOpen: boolean },
): View =>
  modal({
    callbackId: ids.changedView,
    title: 'Changed',
    close: 'Done',
    blocks: [
      section(
        mrkdwn`*${definition.label}* for ${cohortName} is changed${next ? mrkdwn`. It comes next on ${sayTime(next, zone)}` : mrkdwn``}.${isOpen ? ' The present one stays as people have it.' : ''}`,
      ),
      actions([button('All check-ins', ids.list, { value: '0' })]),
    ],
  });

const onScreen = z.object({ id: z.string(), screen: z.number().int().min(0).max(20) });
/** A screen of the questions that are looked at before they are asked. */
export const previewWindow: WindowKind<z.output<typeof onScreen>> = {
  id: ids.previewView,
  carries: packedJson(onScreen),
};

/**
 * What a facilitator sees when they send themselves a preview: the very message, its buttons doing nothing, and apart from it
 * what they can do themselves.
 */
export function previewMessage(
  { plan, basis, cohort, definition, schedule }: PlanChecked,
  around: Around,
): Message {
  const { opensAt, closesAt } = firstRound(schedule, around) ?? {};
  const occasion = opensAt && occasionOf(schedule.recurrence, opensAt, around.daysOff);
  const asksFirst = plan.asksFirst ?? basis.asksFirst;
  const prompt = promptMessage(
    { id: '-', closesAt, definition, occasion, asksFirst },
    cohort.name,
    around.zone,
  );
  return {
    text: `Preview: ${prompt.text}`,
    blocks: [
      context(
        schedule.recurrence
          ? mrkdwn`*Preview.* This is what each person gets. Nothing is saved from here.`
          : mrkdwn`*Preview.* Nobody gets a message; this is what they read when they start it. Nothing is saved from here.`,
      ),
      // Nobody is prompted for one that members start: there is no message to press anything in.
      ...(schedule.recurrence ? inert(prompt.blocks, ids.previewedPart) : prompt.blocks.slice(0, 2)),
      divider(),
      context(mrkdwn`For you alone:`),
      actions([
        // To look at this the facilitator has to close the screen they came from.
        button(plan.edits ? 'Go on changing' : 'Go on scheduling', ids.goOn, {
          value: packedPlan.pack(plan),
        }),
        button('See the questions', ids.previewAnswer, { value: packedPlan.pack(plan) }),
      ]),
    ],
  };
}

export const previewedAnswer = (): Answer =>
  said('This is a preview, so its buttons do nothing. Those that members get do.', { title: 'Preview' });

/** The way from a preview to what came of it. @param edits whether it was a change. */
export const doneAlready = (edits: boolean): Answer =>
  said(edits ? 'It is changed already.' : 'It is scheduled already.', {
    title: edits ? 'Changed' : 'Scheduled',
    next: { text: 'All check-ins', id: ids.list, value: '0' },
  });

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
