import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { whoSeesAvoided, whoSeesIntroductions } from '../../../community/promises.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, option, section } from '../../../slack/blocks.ts';
import { date, form, line, oneOf, people } from '../../../slack/form.ts';
import { packedId } from '../../../slack/packed.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import { type Mrkdwn, mrkdwn, sayDate, sayFullDate, sayLength } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { sayPeople } from '../introducing/messages.ts';
import type { Prompt } from '../introducing/prompt.ts';
import { everybody, type Own, type Wish } from '../store.ts';
import { paces } from '../when.ts';
import type { Pool } from './wish.ts';

const title = 'Introductions';

const groupsButton = button('In groups I run', ids.groups, {
  value: '0',
  label: 'In groups I run: introductions',
});

export const paceWords: Record<(typeof paces)[number], string> = {
  2: 'Every two weeks',
  4: 'Every four weeks',
  8: 'Every eight weeks',
};

export const wishForm = form(ids.form, {
  title,
  submit: 'Save',
  close: 'Not now',
  fields: {
    how: oneOf('Introductions', {
      of: [option('On', 'on'), option('Paused, until I come back here', 'paused')],
      radio: true,
    }),
    pool: oneOf<string>('Whom would you like to meet?', { radio: true }),
    pace: oneOf('How often, at most?', {
      of: paces.map((weeks) => option(paceWords[weeks], String(weeks))),
      radio: true,
      missing: 'Please choose how often.',
    }),
    avoids: people('Anybody you would rather not meet this way?', { hint: whoSeesAvoided }),
  },
});

export type Look = {
  isIn: boolean;
  wish: Wish;
  pools: readonly Pool[];
  /** Local date of the next round they go with. */
  nextOn: string;
  /** Whether they run a group, within which people may be introduced. */
  leads: boolean;
  /** In the list of colleagues. */
  goesByAnotherName: boolean;
  receipt?: Mrkdwn;
};

/** The group they chose has it no longer, or they have left it. */
export const isEnded = ({ pool }: Pick<Wish, 'pool'>, pools: readonly Pool[]): boolean =>
  pool !== everybody && !pools.some(({ id }) => id === pool);

export function wishView({ isIn, wish, pools, nextOn, leads, goesByAnotherName, receipt }: Look): View {
  const buttons: ActionsBlockElement[] = [
    ...(isIn
      ? [
          button('Introductions so far', ids.mine, { value: '0' }),
          button('Stop introductions', ids.stop, {
            confirm: confirmLoss(
              'Stop introductions?',
              'You are introduced to nobody any more, and one that is on its way is taken back. Whom you would rather not meet stays noted for you, should you come back.',
              'Stop them',
              'Keep them',
            ),
          }),
        ]
      : []),
    ...(leads ? [groupsButton] : []),
  ];
  const begins = !isIn;
  return wishForm.view({
    ...(begins && { submit: 'Introduce me' }),
    without: [
      ...(begins ? (['how'] as const) : []),
      ...(pools.length === 0 && !isEnded(wish, pools) ? (['pool'] as const) : []),
    ],
    initial: {
      how: wish.isPaused ? 'paused' : 'on',
      pool: pools.some(({ id }) => id === wish.pool) ? wish.pool : everybody,
      pace: String(wish.everyWeeks),
      avoids: wish.avoids ?? [],
    },
    options: {
      pool: [
        option('Anybody here who wants to be introduced', everybody),
        ...pools.map(({ id, name }) => option(`People of ${name}`, id)),
      ],
    },
    above: [
      ...(receipt ? [section(receipt)] : []),
      section(
        begins
          ? mrkdwn`*Meet a colleague of another team.* You both get a message at the same time, with a link to write to each other. I am not in your conversation. You can pause or stop at any time.`
          : wish.isPaused
            ? mrkdwn`*Paused.* You are introduced to nobody until you switch it on here.`
            : isEnded(wish, pools)
              ? mrkdwn`*Your group does not have introductions any more*, so you are introduced to nobody. Choose below whom you would like to meet, and save.`
              : mrkdwn`*On.* The next round is on ${sayDate(nextOn)}. Should nobody be there for you then, you are among the first the time after.`,
      ),
      context(mrkdwn`${whoSeesIntroductions}`),
      ...(goesByAnotherName
        ? [
            section(
              mrkdwn`*You are listed under another name.* An introduction gives your name in Slack. So that nobody sees that both are you, it says nothing of your role, where you work, or what you care about.`,
            ),
          ]
        : []),
      ...(wish.avoids === undefined
        ? [
            section(
              mrkdwn`*Whom you would rather not meet cannot be opened* with the present key, so you are introduced to nobody. Please choose them again and save.`,
            ),
          ]
        : []),
    ],
    below: buttons.length > 0 ? [actions(buttons)] : [],
  });
}

const said = (text: Mrkdwn, buttons: ActionsBlockElement[] = []): Answer => ({
  title,
  text: title,
  blocks: [section(text), ...(buttons.length > 0 ? [actions(buttons)] : [])],
});

const openButton = (text: string) => button(text, ids.open);

/** Where Slack opens no window by itself. */
export const inWindow = said(mrkdwn`Introductions open in a window that only you see.`, [
  openButton('Introductions'),
]);

/** @param leads what is there for whoever runs a group needs no agreement. */
export const agreeFirst = (leads: boolean): Answer =>
  said(
    mrkdwn`*Not yet:* whoever has agreed to the community agreement can be introduced. It waits in Home.`,
    leads ? [groupsButton] : [],
  );

export const gone = said(mrkdwn`This introduction is not kept any more. Nothing was changed.`);

export const stopped = said(
  mrkdwn`*Stopped.* You are introduced to nobody any more. To come back: \`/chatr connect\``,
);

export const skipped = said(mrkdwn`*That is fine.* Nothing is kept, and I do not ask again.`);

/** What a talk can begin with. */
export const promptView = (prompt: Prompt | undefined): View =>
  modal({
    callbackId: ids.promptView,
    title: 'To begin with',
    blocks: prompt
      ? [
          ...(prompt.content_note ? [section(mrkdwn`_Content note: ${prompt.content_note}_`)] : []),
          section(mrkdwn`*${prompt.title}*\n${prompt.text}`),
          section(mrkdwn`${prompt.questions.map((question) => `•  ${question}`).join('\n')}`),
          context(mrkdwn`Please talk about the example, and not about a family you work with.`),
        ]
      : [section(mrkdwn`This is no longer among the prompts. What brought each of you here is as good.`)],
  });

export const metForm = form(
  { id: ids.metForm, carries: packedId },
  {
    title: 'We met',
    submit: 'Keep it',
    close: 'Not now',
    fields: {
      on: date('When did you meet?', { missing: 'Please choose a day.' }),
      minutes: line('How many minutes, about?', {
        max: 20,
        check: (text) => (minutesIn(text) === undefined ? 'Please write a number, such as 30.' : undefined),
      }),
    },
  },
);

/** From 1 to a working day. */
export function minutesIn(text: string): number | undefined {
  const minutes = /^\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return minutes >= 1 && minutes <= 600 ? minutes : undefined;
}

export const metView = ({ id, others, met }: Own, today: string): View =>
  metForm.view({
    carry: id,
    initial: { on: met?.on ?? today, ...(met?.minutes !== undefined && { minutes: String(met.minutes) }) },
    above: [
      section(
        others.length > 0
          ? mrkdwn`*With ${sayPeople(others)}.* Only you see this: neither they nor a facilitator learn of it.`
          : mrkdwn`Only you see this.`,
      ),
      context(
        mrkdwn`It is offered for your CPD record without their names, and counts for nothing there until you tick it.`,
      ),
    ],
  });

const mineButton = button('Introductions so far', ids.mine, { value: '0' });

export const metKept = ({ met }: Own): Answer =>
  met
    ? said(
        mrkdwn`*Kept:* you met on ${sayFullDate(met.on)}${met.minutes === undefined ? '' : `, for ${sayLength(met.minutes)}`}. Only you see it. It is offered for your CPD record: \`/chatr cpd\``,
        [mineButton],
      )
    : said(mrkdwn`*Taken back.* Nothing is kept of whether you met.`, [mineButton]);

const perPage = 5;

/** Whom they were introduced to. */
export function mineView(own: readonly Own[], wanted: number): View {
  const { shown, ...turn } = pageOf(own, wanted, perPage);
  const turning = turnButtons(turn, {
    back: { text: 'Later ones', id: `${ids.minePage}back` },
    more: { text: 'Earlier ones', id: `${ids.minePage}more` },
  });
  return modal({
    callbackId: ids.mineView,
    title,
    blocks: [
      ...(own.length === 0
        ? [section(mrkdwn`Nobody yet. Whom you are introduced to stands here afterwards.`)]
        : shown.flatMap(oneBlocks)),
      actions([...turning, openButton('Settings')]),
      context(mrkdwn`Only you see whether you met.`),
    ],
  });
}

function oneBlocks({ id, madeOn, others, met }: Own): KnownBlock[] {
  const who = others.length > 0 ? sayPeople(others) : mrkdwn`Somebody who is not here any more`;
  const what = met
    ? mrkdwn`you met on ${sayFullDate(met.on)}${met.minutes === undefined ? '' : `, ${sayLength(met.minutes)}`}`
    : mrkdwn`introduced on ${sayFullDate(madeOn)}`;
  return [
    section(mrkdwn`*${who}*\n${what}`),
    actions([
      button(met ? 'Change' : 'We met', ids.met, {
        value: id,
        label: met ? 'Change what you noted' : 'We met',
      }),
      ...(met
        ? [button('Take it back', ids.unsayMet, { value: id, label: 'Take it back: that you met' })]
        : []),
    ]),
  ];
}

export const youAreIn = mrkdwn`*You are in.*`;
export const saved = mrkdwn`*Saved.*`;

export const tooMany = 'Please choose at most 20 people.';
export const wrongDay = 'Please choose a day from the introduction on, and no later than today.';

/** One quiet line. @param group where a group of theirs has it switched on and they have not said yes. */
export const homeLine = (
  standing:
    | { kind: 'on'; everyWeeks: number; nextOn: string }
    | { kind: 'paused' }
    | { kind: 'ended' }
    | { kind: 'offered'; group: string },
): KnownBlock[] => {
  switch (standing.kind) {
    case 'on':
      return [
        section(
          mrkdwn`*Introductions*\n${sayPace(standing.everyWeeks)} at most. The next round is on ${sayDate(standing.nextOn)}.`,
          openButton('Change'),
        ),
      ];
    case 'paused':
      return [section(mrkdwn`*Introductions*\nPaused.`, openButton('Change'))];
    case 'ended':
      return [
        section(mrkdwn`*Introductions*\nYour group does not have them any more.`, openButton('Choose anew')),
      ];
    case 'offered':
      return [
        section(
          mrkdwn`*Introductions*\nPeople of ${standing.group} can be introduced to each other, if they like.`,
          openButton('Look at it'),
        ),
      ];
  }
};

const sayPace = (everyWeeks: number): string =>
  paces.find((weeks) => weeks === everyWeeks)
    ? paceWords[everyWeeks as keyof typeof paceWords]
    : paceWords[4];
