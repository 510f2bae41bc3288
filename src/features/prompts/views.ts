import type { Button, KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../community/cohorts.ts';
import { promptsPerWeek } from '../../community/messages.ts';
import { type Signposts, supportBlocks } from '../../safeguarding/signposts.ts';
import { sayRecurrence, timingOf, weekdayCodes, weekdays } from '../../scheduler/recurrence.ts';
import type { Answer } from '../../slack/answer.ts';
import {
  actions,
  button,
  context,
  divider,
  inert,
  modal,
  option,
  overflow,
  section,
} from '../../slack/blocks.ts';
import { channel, date, form, oneOf, time } from '../../slack/form.ts';
import { packed, packedId, packedJson } from '../../slack/packed.ts';
import { inviteMe, type Room } from '../../slack/room.ts';
import { channelMention, joinMrkdwn, type Mrkdwn, mrkdwn, sayTime } from '../../slack/text.ts';
import { anyAge } from './choosing.ts';
import type { Prompt, PromptDeps } from './deps.ts';
import { ids } from './ids.ts';
import { channelPost, exampleButton } from './messages.ts';
import { type ChangeOutcome, type Planned, type PlanOutcome, weekdayIn } from './plan.ts';
import { ageLabel, kindLabel, sayTrouble } from './say.ts';
import type { Reader } from './store.ts';
import type { WeeklyOutcome } from './weekly.ts';

const title = 'Practice prompts';
type Look = Pick<PromptDeps, 'prompts' | 'vocabulary'>;

const plainAnswer = (text: Mrkdwn): Answer => ({ title, text: title, blocks: [section(text)] });

export const forMembers = plainAnswer(mrkdwn`This works for members of the workspace that I belong to.`);

/** To whoever presses a button of a preview. */
export const isPreview = plainAnswer(
  mrkdwn`This is a preview: its buttons work once it stands in the channel.`,
);

export const notThere = plainAnswer(
  mrkdwn`*This prompt is not there any more.* Others are under \`/chatr prompts\`.`,
);

/** What the window of a prompt carries: which it is, and the message it was opened from. */
export const promptWindow = {
  id: ids.window,
  carries: packedJson(z.object({ promptId: z.string(), address: z.string().optional() })),
};

type PromptLook = {
  cards: readonly KnownBlock[];
  /** The message it stands in. */
  address?: string | undefined;
  /** Where somebody looks for another one. */
  age?: string | undefined;
  signposts: Signposts;
  reviewed: Mrkdwn | undefined;
  flag: Button;
};

/** @param hasSeenNote the content note stood where they pressed. */
export function promptView(
  prompt: Prompt,
  deps: Look,
  { cards, address, age, signposts, reviewed, flag, hasSeenNote }: PromptLook & { hasSeenNote: boolean },
): View {
  const another =
    age === undefined ? [] : [button('Another one', ids.another, { value: age, label: 'Another prompt' })];
  const note = prompt.content_note;
  const isShown = hasSeenNote || note === undefined;
  return modal({
    callbackId: ids.window,
    title: 'Practice prompt',
    metadata: promptWindow.carries.pack({ promptId: prompt.id, ...(address && { address }) }),
    blocks: [
      section(
        mrkdwn`*${prompt.title}*\n${kindLabel(prompt, deps)} \u00b7 ${ageLabel(prompt.age_group, deps)}`,
      ),
      ...(note === undefined ? [] : [section(mrkdwn`*Content note:* ${note}`)]),
      ...(isShown
        ? [
            ...promptBlocks(prompt),
            actions([
              button('Reflect on this', ids.reflect, {
                value: prompt.id,
                label: `Reflect on this: ${prompt.title}`,
              }),
              exampleButton(prompt),
              ...another,
              flag,
            ]),
            ...(reviewed ? [context(reviewed)] : []),
            context(
              mrkdwn`${deps.prompts.rules.fictional} Answer in the thread, in a private reflection, or not at all. ${deps.prompts.rules.posting_reminder}`,
            ),
            ...(cards.length > 0 ? [divider(), section(mrkdwn`*To read with it*`), ...cards] : []),
          ]
        : [
            actions([
              button('Show it', ids.show, { value: prompt.id, label: `Show it: ${prompt.title}` }),
              ...another,
            ]),
          ]),
      ...supportBlocks(signposts, 'here'),
    ],
  });
}

const promptBlocks = ({ text, questions }: Prompt): KnownBlock[] => [
  section(mrkdwn`${text}`),
  section(
    joinMrkdwn(
      questions.map((question) => mrkdwn`\u2022 ${question}`),
      '\n',
    ),
  ),
];

/** What has just been done. @property stopped the plan that was, which can be brought back. */
export type Receipt = { text: Mrkdwn; stopped?: string | undefined };

/** `/chatr prompts`: for everybody one to read and the weekly message; for those who run groups what comes where. */
export function homeAnswer(
  { planned, reader, plans }: { planned: readonly Planned[]; reader: Reader | undefined; plans: boolean },
  deps: Look,
  receipt?: Receipt,
): Answer {
  return {
    title,
    text: title,
    blocks: [
      ...(receipt
        ? [
            section(
              receipt.text,
              receipt.stopped === undefined
                ? undefined
                : button('Bring them back', ids.bringBack, { value: receipt.stopped }),
            ),
            divider(),
          ]
        : []),
      section(
        mrkdwn`*Practice prompts*\nA made-up case, something to try, a question about words, or something for yourself: a few minutes, to talk over or to think about.`,
      ),
      actions([
        button('Show me one', ids.another, { value: reader?.age ?? anyAge, label: 'Show me a prompt' }),
        ...weeklyButtons(reader),
      ]),
      ...(reader
        ? [context(mrkdwn`You get one a week by direct message: ${ageLabel(reader.age, deps)}.`)]
        : []),
      ...(plans ? [divider(), ...planBlocks(planned, deps)] : []),
    ],
  };
}

const weeklyButtons = (reader: Reader | undefined) =>
  reader
    ? [
        button('Another age group', ids.openWeekly, { value: reader.age }),
        button('Stop these messages', ids.stopWeekly),
      ]
    : [button('Send me one a week', ids.openWeekly)];

/** More would not fit into a message. */
const mostPlans = 12;

function planBlocks(planned: readonly Planned[], deps: Look): KnownBlock[] {
  return [
    section(
      planned.length === 0
        ? mrkdwn`*In channels*\nNothing is planned yet. One prompt a week can start a conversation in the forum, or in a group\u2019s channel.`
        : mrkdwn`*In channels*`,
    ),
    ...planned.slice(0, mostPlans).flatMap((one) => planBlock(one, deps)),
    actions([button('Plan prompts', ids.openPlan, { label: 'Plan prompts for a channel' })]),
  ];
}

const menuWhat = z.enum(['skip', 'choose', 'edit', 'pause', 'stop']);
/** An entry of a plan's menu. */
export const menuEntry = packed(':', { what: menuWhat, id: z.string() });

const planBlock = (one: Planned, deps: Look): KnownBlock[] => {
  const { plan } = one;
  const entry = (text: string, what: z.output<typeof menuWhat>) =>
    option(text, menuEntry.pack({ what, id: plan.id }));
  const isRunning = plan.status === 'running';
  return [
    section(sayPlan(one, deps)),
    actions(
      [
        isRunning
          ? button('Preview', ids.preview, { value: plan.id, label: 'Preview the next prompt' })
          : button('Go on', ids.goOn, { value: plan.id, label: 'Go on with these prompts' }),
        ...(one.undoable ? [unskipButton(plan.id)] : []),
        overflow(ids.menu, [
          ...(isRunning ? [entry('Skip the next one', 'skip'), entry('Choose another', 'choose')] : []),
          entry('Change day, time or channel', 'edit'),
          ...(isRunning ? [entry('Pause', 'pause')] : []),
          entry('Stop', 'stop'),
        ]),
      ],
      `prompts.plan.${plan.id}`,
    ),
  ];
};

const unskipButton = (id: string) =>
  button('Undo the skip', ids.unskip, { value: id, label: 'Undo the skip: it comes after all' });

function sayPlan({ plan, cohort, next, used, of, undoable }: Planned, deps: Look): Mrkdwn {
  const { nextAt, trouble, status, recurrence } = plan;
  return joinMrkdwn(
    [
      joinMrkdwn(
        [
          mrkdwn`*${channelMention(plan.channelId)}*`,
          cohort && mrkdwn`${cohort.name}`,
          mrkdwn`${ageLabel(plan.age, deps)}`,
        ],
        ' \u00b7 ',
      ),
      mrkdwn`${sayRecurrence(recurrence)}`,
      status === 'running' && nextAt
        ? mrkdwn`Next: ${sayTime(nextAt, recurrence.zone)}${next ? mrkdwn`, \u2018${next.title}\u2019` : ''}`
        : mrkdwn`_Rests._`,
      undoable && mrkdwn`Left out: ${sayTime(undoable.at, recurrence.zone)}`,
      status === 'running' &&
        of > 0 &&
        used === of &&
        mrkdwn`All ${of} have been used; they begin again, the oldest first.`,
      trouble && sayTrouble(trouble),
    ],
    '\n',
  );
}

const howOften = ['weekly', 'fortnightly'] as const;
/** How often, and on which day. */
const rhythm = packed('/', { how: z.enum(howOften), day: z.enum(weekdayCodes) });
const usualRhythm = { how: 'weekly', day: 'TH' } as const;

const rhythmOptions = howOften.flatMap((how) =>
  weekdayCodes
    .slice(0, 5)
    .map((day, nth) =>
      option(
        how === 'weekly' ? `Every ${weekdays[nth]}` : `Every second ${weekdays[nth]}`,
        rhythm.pack({ how, day }),
      ),
    ),
);

/** What was chosen of `rhythmOptions`. */
export const rhythmOf = (value: string) => rhythm.open(value) ?? usualRhythm;

/** Not a group: the whole programme. */
export const everybody = 'everybody';

const planFields = {
  channel: channel('Channel', {
    hint: 'Left empty: the group\u2019s own channel, or the forum where they are for everybody.',
  }),
  age: oneOf('Age group', { missing: 'Please choose an age group.' }),
  rhythm: oneOf('When', { of: rhythmOptions, missing: 'Please choose a day.' }),
  at: time('At', {
    missing: 'Please choose a time.',
    hint: 'Between 07:00 and 20:00, as the clock of the programme shows. Closed days and bank holidays are left out.',
  }),
  until: date('Until', { hint: 'Left empty: until somebody stops them.' }),
};

export const planForm = form(ids.planForm, {
  title: 'Plan prompts',
  submit: 'Plan them',
  fields: { whose: oneOf('For whom?', { missing: 'Please choose for whom.' }), ...planFields },
});

export const editForm = form(
  { id: ids.edit, carries: packedId },
  { title: 'Change prompts', submit: 'Change them', fields: planFields },
);

/** From the next one on: what stands there stays. */
export const editView = ({ plan, cohort }: Planned, deps: Look): View => {
  const timing = timingOf(plan.recurrence);
  return editForm.view({
    carry: plan.id,
    options: { age: ageOptions(deps) },
    initial: {
      channel: plan.channelId,
      age: plan.age,
      rhythm: rhythm.pack({
        how: timing.how === 'fortnightly' ? 'fortnightly' : 'weekly',
        day: weekdayIn(timing),
      }),
      at: timing.time,
      ...(timing.until !== undefined && { until: timing.until }),
    },
    above: [
      section(
        mrkdwn`*${cohort?.name ?? 'For everybody'}.* It holds from the next prompt on. What stands in a channel stays, and none comes twice.`,
      ),
    ],
  });
};

export const planView = (
  groups: readonly Cohort[],
  { forAll, hasForum, ...deps }: Look & { forAll: boolean; hasForum: boolean },
): View => {
  const whose = [
    ...(forAll ? [option(hasForum ? 'Everybody, in the forum' : 'Everybody', everybody)] : []),
    ...groups.slice(0, 99).map(({ id, name }) => option(name, id)),
  ];
  return planForm.view({
    options: { whose, age: ageOptions(deps) },
    initial: {
      ...(whose[0] && { whose: whose[0].value }),
      age: anyAge,
      rhythm: rhythm.pack(usualRhythm),
      at: '10:00',
    },
    above: [
      context(
        mrkdwn`One prompt at a time, none twice until all were used, in mixed kinds: mostly made-up cases and things to try. What another channel of the same people had in the last four weeks waits. The message has its title and content note; the prompt opens for whoever presses. A week later its thread is asked once what people tried. I read no answers.`,
      ),
    ],
  });
};

const ageOptions = (deps: Look) =>
  [anyAge, ...deps.vocabulary.age_groups.map(({ id }) => id)]
    .filter((age) => age === anyAge || deps.prompts.prompts.some(({ age_group }) => age_group === age))
    .map((age) => option(ageLabel(age, deps), age));

const roomWords = (room: Exclude<Room, { kind: 'open' | 'not-said' }>): string =>
  ({
    'not-in': `I am not in that channel. Type ${inviteMe} there, and try again.`,
    archived: 'That channel is archived. Please choose another.',
    'not-theirs': 'You are not in that channel yourself. Please choose one that you are in.',
  })[room.kind];

/** What is wrong with a plan, beside the field that it is about. */
export function planProblem(
  outcome: Exclude<PlanOutcome, { kind: 'planned' } | { kind: 'not-allowed' }>,
): { channel: string } | { rhythm: string } | { until: string } {
  switch (outcome.kind) {
    case 'no-channel':
      return { channel: 'There is no channel for them yet. Please choose one.' };
    case 'no-room':
      return { channel: roomWords(outcome.room) };
    case 'day-taken':
      return { rhythm: 'This channel has a prompt on that weekday already. Please choose another day.' };
    case 'never':
      return { until: 'No day is left until then. Please choose a later one.' };
  }
}

export const notForThem = 'You cannot plan for this group, or it is put away. Please choose another.';

export const plannedReceipt = ({ plan, next }: Planned): Mrkdwn =>
  mrkdwn`*Planned.* The first one comes to ${channelMention(plan.channelId)} on ${plan.nextAt ? sayTime(plan.nextAt, plan.recurrence.zone) : ''}${next ? mrkdwn`: \u2018${next.title}\u2019` : ''}.`;

export function changeReceipt(outcome: ChangeOutcome): Receipt {
  const stopped =
    outcome.kind === 'changed' && outcome.change === 'stop' ? outcome.planned.plan.id : undefined;
  return { text: sayChange(outcome), stopped };
}

function sayChange(outcome: ChangeOutcome): Mrkdwn {
  if (outcome.kind === 'gone') return mrkdwn`*These prompts are not there any more.* Nothing was changed.`;
  if (outcome.kind === 'no-room') return mrkdwn`*They still rest.* ${roomWords(outcome.room)}`;
  if (outcome.kind === 'day-taken')
    return mrkdwn`*Not brought back:* ${channelMention(outcome.planned.plan.channelId)} has another prompt on that weekday now.`;
  if (outcome.kind === 'never')
    return mrkdwn`*Not brought back:* their last day is over. You can plan them anew.`;
  if (outcome.kind === 'too-late')
    return mrkdwn`*Not undone:* that date is over, or the prompts come at another time now.`;
  const { plan, next, undoable: skipped } = outcome.planned;
  const where = channelMention(plan.channelId);
  const isRunning = plan.status === 'running';
  const comes =
    isRunning && plan.nextAt
      ? mrkdwn`The next one comes on ${sayTime(plan.nextAt, plan.recurrence.zone)}${next ? mrkdwn`: \u2018${next.title}\u2019` : ''}.`
      : mrkdwn`No more of them come.`;
  switch (outcome.change) {
    case 'pause':
      return mrkdwn`*Paused* in ${where}. *Go on* starts them again.`;
    case 'stop':
      return mrkdwn`*Stopped* in ${where}. What stands there stays. If it was a slip, bring them back.`;
    case 'skip':
      return mrkdwn`*Skipped* in ${where}${skipped ? mrkdwn`: ${sayTime(skipped.at, plan.recurrence.zone)} is left out. What was to come then comes again after the others` : ''}. ${comes}`;
    case 'unskip':
      return mrkdwn`*The skip is undone* in ${where}. ${comes}`;
    case 'bring-back':
      return mrkdwn`*Brought back* in ${where}. ${comes}`;
    case 'edit':
      return isRunning
        ? mrkdwn`*Changed* for ${where}. ${comes}`
        : mrkdwn`*Changed* for ${where}. They rest; *Go on* starts them.`;
    case 'go-on':
      return mrkdwn`*They go on* in ${where}. ${comes}`;
    case 'choose':
      return mrkdwn`*Chosen* for ${where}. ${comes}`;
  }
}

export const chooseForm = form(
  { id: ids.choose, carries: packedId },
  {
    title: 'Choose the next one',
    submit: 'Choose it',
    fields: { prompt: oneOf('Prompt', { missing: 'Please choose a prompt.' }) },
  },
);

/** @param pool in the order in which they would come. */
export const chooseView = (id: string, pool: readonly Prompt[], used: readonly string[]): View =>
  chooseForm.view({
    carry: id,
    options: {
      prompt: pool
        .slice(0, 100)
        .map((prompt) =>
          option(
            prompt.title,
            prompt.id,
            used.includes(prompt.id) ? 'This channel had it before, or skipped it' : undefined,
          ),
        ),
    },
  });

export const stopForm = form(
  { id: ids.stop, carries: packedId },
  { title: 'Stop these prompts', submit: 'Stop them', close: 'Keep them', fields: {} },
);

export const stopView = ({ plan }: Planned): View =>
  stopForm.view({
    carry: plan.id,
    above: [
      section(
        mrkdwn`No more prompts come to ${channelMention(plan.channelId)}, and its threads are not asked what people tried. What stands there stays. To let them rest for a while, choose *Pause* instead.`,
      ),
    ],
  });

/** The next message as it will stand there, and what opens behind its button. */
export const previewAnswer = ({ plan, next }: Planned, deps: Look): Answer => ({
  title: 'Preview',
  text: 'The next prompt',
  blocks: next
    ? [
        section(
          mrkdwn`*The next one* comes to ${channelMention(plan.channelId)}${plan.nextAt ? mrkdwn` on ${sayTime(plan.nextAt, plan.recurrence.zone)}` : ''}:`,
        ),
        divider(),
        ...inert(channelPost(next, deps).blocks, ids.previewed),
        divider(),
        context(mrkdwn`Behind its button:`),
        ...promptBlocks(next),
      ]
    : [section(sayTrouble('none-left'))],
});

export const weeklyForm = form(ids.weeklyForm, {
  title: 'One a week',
  submit: 'Send me one a week',
  fields: { age: oneOf('Age group', { missing: 'Please choose an age group.' }) },
});

export const weeklyView = (deps: Look, age: string): View =>
  weeklyForm.view({
    options: { age: ageOptions(deps) },
    initial: { age: age || anyAge },
    above: [
      section(
        mrkdwn`One prompt a week, as a direct message. Nobody else sees that you get it, and nobody waits for an answer. One press stops it.`,
      ),
    ],
  });

export function weeklyReceipt({ kind }: WeeklyOutcome): Mrkdwn {
  switch (kind) {
    case 'comes':
      return mrkdwn`*Noted.* One comes each week. It is one of at most ${promptsPerWeek} messages in seven days that ask something of you, and check-ins and first steps may fill these: where there is room, the first comes within a working day or two, and otherwise a week or more later. In a full week none comes.`;
    case 'stopped':
      return mrkdwn`*Stopped.* No more prompts come by direct message.`;
    case 'keeps-nothing':
      return mrkdwn`You did not agree to the community agreement, so nothing of yours is kept, and I cannot write to you about it. You can agree from App Home.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace that I belong to. Nothing was stored.`;
  }
}
