import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Person } from '../../../community/people.ts';
import { whoHearsOfBeingAsked } from '../../../community/promises.ts';
import type { Message } from '../../../outbox/outbox.ts';
import {
  nobodyIsAlerted,
  type Signposts,
  supportContext,
  urgentAfterWriting,
} from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  confirmLoss,
  context,
  divider,
  inert,
  modal,
  option,
  section,
  written,
} from '../../../slack/blocks.ts';
import { form, paragraph, severalOf } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { inviteMe } from '../../../slack/room.ts';
import {
  channelMention,
  joinMrkdwn,
  localDay,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayDay,
} from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { conversationWith, type Drawn } from '../listing/views.ts';
import { mostAsked } from './choose.ts';
import type { AnswerOutcome, AskOutcome, PostOutcome, TakeBackOutcome } from './outcomes.ts';
import { longestQuestion, type Question } from './store.ts';

const mostTopics = 3;

export const askForm = form(
  {
    id: ids.askForm,
    carries: packedJson(z.object({ doubt, given: z.string().optional() })),
  },
  {
    title: 'Who can help?',
    submit: 'See a preview',
    close: 'Not now',
    notifyOnClose: true,
    fields: {
      words: paragraph('What would you like help with?', {
        max: longestQuestion,
        missing: 'Please say in a sentence what you would like help with.',
        hint: 'About your work, in general words: an age group, a borough. Never about a child, a family or a colleague.',
      }),
      topics: severalOf('Topics it touches', { menu: true, most: mostTopics, hint: 'Three at most.' }),
    },
  },
);

type Asked = { words?: string | undefined; topics?: readonly string[] | undefined };

/** @param seen given: the words it begins with that nobody typed here. */
export const askView = (
  initial: Asked,
  { vocabulary }: Pick<Drawn, 'vocabulary'>,
  { given, isBegun = false, ...seen }: Doubtful & { given?: string | undefined; isBegun?: boolean } = {},
): View =>
  askForm.view({
    carry: { doubt: doubtOf(seen), ...(given && { given }) },
    initial,
    options: { topics: vocabulary.topics.slice(0, 100).map(({ id, label }) => option(label, id)) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('preview') }),
    above: [
      ...doubtBlocks(seen, ids.keepQuestion, { isForOthers: true }),
      ...(isBegun ? [context(mrkdwn`You began this before. Nobody has seen it.`)] : []),
      context(
        doubtOf(seen) === 'warned'
          ? mrkdwn`An age group will do: \u201cunder 5\u201d, \u201cYear 6\u201d, \u201ca primary school\u201d.`
          : mrkdwn`I ask up to ${mostAsked} colleagues whom it fits, one by one and with your name. You see it first, and hear who says yes.`,
      ),
    ],
    below: [supportContext('at-any-time')],
  });

/** What is seen in the preview is what is sent. In units a code point can have two. */
export const previewWindow = {
  id: ids.preview,
  carries: packedJson(
    z.object({
      words: z.string().max(2 * longestQuestion),
      topics: z.array(z.string()).max(mostTopics),
      occasion: z.string(),
    }),
  ),
};
/** Where no window can be opened: the button that opens it, with what was typed. */
export const askCard = (words: string): Answer => ({
  title: 'Who can help?',
  text: 'Who can help?',
  blocks: nothingFoundBlocks(words),
});

type Preview = NonNullable<ReturnType<typeof previewWindow.carries.open>>;

/** What comes to those it is put to. */
export const askedMessage = (
  asker: Pick<Person, 'slackId'>,
  { id, words, endsAt }: Pick<Question, 'id' | 'endsAt'> & { words: string },
  zone: string,
): Message => ({
  text: 'A colleague asks who can help',
  blocks: [
    section(mrkdwn`*Can you help?* ${mention(asker.slackId)} asks:`),
    ...written(words),
    section(
      mrkdwn`I ask you because it fits what you are listed for. ${whoHearsOfBeingAsked} It is open until ${localDay(endsAt, zone)}.`,
    ),
    actions([
      button('Yes, put us in touch', ids.yes, {
        value: id,
        confirm: confirm(
          'Put you in touch?',
          'They get your name as it stands in Slack, and a link that opens a conversation with you. Nobody else hears of it.',
          'Put us in touch',
          'Not yet',
        ),
      }),
      button('Not this time', ids.no, { value: id }),
      button('Don\u2019t ask me such questions', ids.stop, { value: id }),
    ]),
    context(mrkdwn`You get one such question in two weeks at most. If you do not answer, nothing happens.`),
  ],
});

export function previewView(
  asker: Pick<Person, 'slackId'>,
  carried: Preview,
  { endsAt, zone, signposts }: { endsAt: Date; zone: string; signposts: Signposts },
): View {
  const { blocks } = askedMessage(asker, { id: carried.occasion, words: carried.words, endsAt }, zone);
  return modal({
    callbackId: previewWindow.id,
    title: 'Preview',
    submit: 'Ask',
    close: 'Not now',
    metadata: previewWindow.carries.pack(carried),
    notifyOnClose: true,
    blocks: [
      ...urgentAfterWriting(signposts, [carried.words], nobodyIsAlerted),
      section(mrkdwn`Those I ask get this, and nobody else sees it:`),
      divider(),
      ...inert(blocks, ids.shown),
      divider(),
      actions([button('Change it', ids.changeQuestion)]),
    ],
  });
}

const said = (text: Mrkdwn, ...more: KnownBlock[]): Answer => ({
  title: 'Who can help?',
  text: 'A question to colleagues',
  blocks: [section(text), ...more],
});

const takeBackButton = (id: string) =>
  button('Take it back', ids.takeBack, {
    value: id,
    label: 'Take my question back',
    confirm: confirmLoss(
      'Take your question back?',
      'It is put to nobody any more, and nothing is passed on. Who has the message already keeps it, and a post in the forum stays where it is. It is not kept, so it cannot be brought back.',
      'Take it back',
      'Leave it',
    ),
  });
const forumButton = (id: string) =>
  button('See it as a post', ids.forumPreview, { value: id, label: 'See it as a post for the forum' });

/** @param hasForum there is a channel for everybody. */
export function askAnswer(
  outcome: AskOutcome,
  { hasForum, zone }: { hasForum: boolean; zone: string },
): Answer {
  switch (outcome.kind) {
    case 'asked': {
      const { id, endsAt, offerAt } = outcome.question;
      return said(
        mrkdwn`*I have your question.* I ask colleagues whom it fits, where some can be asked now. I tell you who says yes; nobody hears of the others. ${
          hasForum
            ? mrkdwn`If nobody has by ${localDay(offerAt, zone)}, I offer to post it in the forum for you.`
            : 'Nobody may be free to help; then you hear nothing more.'
        } It is open until ${localDay(endsAt, zone)}.`,
        actions([takeBackButton(id)]),
      );
    }
    case 'nobody-fits': {
      const { id } = outcome.question;
      return said(
        mrkdwn`*Nobody\u2019s listing fits your question*, so I have asked nobody. ${
          hasForum ? 'You can post it in the forum.' : 'You could ask it in a channel that you are in.'
        }`,
        actions([...(hasForum ? [forumButton(id)] : []), takeBackButton(id)]),
      );
    }
    case 'has-one':
      return hasOne([]);
    case 'asked-before':
      return said(mrkdwn`*It was asked with the first press*, and not a second time.`);
    case 'not-agreed':
      return said(
        mrkdwn`*Not asked.* This is for those who have agreed to the community agreement. It waits in Home.`,
      );
  }
}

/** @param open the question that is open, where it is at hand. */
export const hasOne = (open: KnownBlock[]): Answer =>
  said(
    mrkdwn`*Your last question is still open.* One at a time: take it back first, or wait until it has ended.${
      open.length > 0 ? '' : mrkdwn` \`/chatr people\` shows it.`
    }`,
    ...open,
  );

type Around = {
  /** Slack ids of those who said yes. */
  helpers: readonly string[];
  hasForum: boolean;
  isOffered: boolean;
  zone: string;
};

/** On top of the list, for whoever has a question open. */
export const openBlocks = (
  { id, words, endsAt, isPosted }: Question,
  { helpers, hasForum, isOffered, zone }: Around,
): KnownBlock[] => [
  section(
    mrkdwn`*Your question* is open until ${localDay(endsAt, zone)}${isPosted ? ', and stands in the forum' : ''}:`,
  ),
  ...(words === undefined ? [] : written(words)),
  ...(helpers.length === 0
    ? []
    : [section(mrkdwn`*Can help:* ${joinMrkdwn(helpers.map(mention), ', ')}. Please write to them.`)]),
  actions([
    ...(hasForum && isOffered && !isPosted && helpers.length === 0 ? [forumButton(id)] : []),
    takeBackButton(id),
  ]),
  divider(),
];

export const takenBackAnswer = (outcome: TakeBackOutcome): Answer =>
  outcome.kind === 'gone'
    ? goneAnswer
    : said(
        mrkdwn`*Taken back.* It is put to nobody any more, and I have kept nothing of it.${outcome.wasPosted ? ' The post in the forum stays where it is.' : ''}`,
      );

const seeButton = (id: string) => button('See the question', ids.seeQuestion, { value: id });

/** For the two who are put in touch, as long as it is open. */
export const questionAnswer = (
  question: { words: string; endsAt: Date } | undefined,
  { asker, isOwn, zone }: { asker: string | undefined; isOwn: boolean; zone: string },
): Answer =>
  question && asker
    ? said(
        isOwn
          ? mrkdwn`*You asked*, and it is open until ${localDay(question.endsAt, zone)}:`
          : mrkdwn`${mention(asker)} *asked*, and it is open until ${localDay(question.endsAt, zone)}:`,
        ...written(question.words),
      )
    : said(
        mrkdwn`*This question has ended or was taken back*, so it is not shown any more. What was passed on stays with both of you.`,
      );

export const goneAnswer = said(
  mrkdwn`*This question has ended*, was taken back, or is not yours to answer. Nothing was passed on.`,
);

/** To the one who asks, for each who says yes. What they asked is not repeated: Slack keeps messages. */
export const answeredMessage = (
  helper: Pick<Person, 'slackId'>,
  { id, askedAt }: Pick<Question, 'id' | 'askedAt'>,
  { teamId, zone }: { teamId: string; zone: string },
): Message => {
  const url = conversationWith(helper.slackId, teamId);
  return {
    text: 'Somebody can help',
    blocks: [
      section(
        mrkdwn`*${mention(helper.slackId)} can help* with what you asked on ${sayDay(askedAt, zone)}. They know that you have their name. Please write to them: I am not in that conversation.`,
      ),
      actions([...(url ? [button('Write to them', ids.write, { url })] : []), seeButton(id)]),
      context(
        mrkdwn`This answers your question. To have no more answers, take it back in \`/chatr people\`.`,
      ),
    ],
  };
};

export function answeredAnswer(outcome: AnswerOutcome, teamId: string): Answer {
  switch (outcome.kind) {
    case 'passed-on': {
      const url = conversationWith(outcome.asker.slackId, teamId);
      return said(
        outcome.isAgain
          ? mrkdwn`*Your name was passed on already* to ${mention(outcome.asker.slackId)}, and not a second time.`
          : mrkdwn`*Thank you.* Your name was passed on to ${mention(outcome.asker.slackId)}, and to nobody else. They may write to you; you can write first.`,
        actions([
          ...(url ? [button('Write to them', ids.write, { url })] : []),
          seeButton(outcome.questionId),
        ]),
      );
    }
    case 'not-this-time':
      return said(mrkdwn`*That is fine.* Nobody hears that you were asked.`);
    case 'stopped':
      return said(
        mrkdwn`*I put no questions to you any more.* Nobody hears that you were asked. You are still listed; to change that:`,
        actions([button('How I am listed', ids.listing)]),
      );
    case 'gone':
      return goneAnswer;
  }
}

/** Once, to the one who asks. */
export const nobodyMessage = (
  { id, askedAt, endsAt }: Question,
  hasForum: boolean,
  zone: string,
): Message => ({
  text: 'Your question to colleagues',
  blocks: [
    section(
      mrkdwn`*Nobody has taken your question of ${sayDay(askedAt, zone)} yet.* People are busy, and it says nothing about the question. ${
        hasForum
          ? 'Would you like to post it in the forum? You see it first.'
          : 'You could ask it in a channel that you are in.'
      } It stays open until ${localDay(endsAt, zone)}.`,
    ),
    actions([hasForum ? forumButton(id) : seeButton(id), takeBackButton(id)]),
    context(mrkdwn`I offer this once.`),
  ],
});

export const forumPost = (asker: Pick<Person, 'slackId'>, words: string): Message => ({
  text: 'A colleague asks who can help',
  blocks: [
    section(mrkdwn`${mention(asker.slackId)} asks who can help:`),
    ...written(words),
    context(mrkdwn`If you can, answer here or write to them. Nothing about families, please.`),
  ],
});

export const forumWindow = {
  id: ids.forumPost,
  carries: packedJson(z.object({ id: z.string(), occasion: z.string() })),
};

export const forumView = (
  asker: Pick<Person, 'slackId'>,
  { id, words, occasion }: { id: string; words: string; occasion: string },
  { channel, hasOutsiders, signposts }: { channel: string; hasOutsiders: boolean; signposts: Signposts },
): View =>
  modal({
    callbackId: forumWindow.id,
    title: 'Preview',
    submit: 'Post it',
    close: 'Not now',
    metadata: forumWindow.carries.pack({ id, occasion }),
    blocks: [
      ...urgentAfterWriting(signposts, [words], nobodyIsAlerted),
      section(
        hasOutsiders
          ? mrkdwn`Everybody in ${channelMention(channel)} will see this, *people of other organisations too*:`
          : mrkdwn`Everybody in ${channelMention(channel)} will see this:`,
      ),
      divider(),
      ...forumPost(asker, words).blocks,
    ],
  });

export const postingNow = (): View =>
  modal({
    callbackId: 'answer',
    title: 'Who can help?',
    blocks: [section(mrkdwn`One moment: posting it.`)],
  });

const sayNoRoom = {
  'not-in': `I am not in the forum\u2019s channel, so I cannot post there. Somebody in it can invite me: write ${inviteMe} there, then press the button again.`,
  archived: 'The forum\u2019s channel is archived, so nobody can post there. Please tell a facilitator.',
  'not-theirs': 'You are not in the forum\u2019s channel yourself, so I do not post there for you.',
} as const;

export function postAnswer(outcome: PostOutcome, words: string | undefined): Answer {
  const copy = words === undefined ? [] : [section(mrkdwn`Your words, to copy:`), ...written(words)];
  switch (outcome.kind) {
    case 'posted':
      return said(mrkdwn`*Posted* in ${channelMention(outcome.channel)}, with your name.`);
    case 'posted-before':
      return said(
        mrkdwn`*It stands in ${channelMention(outcome.channel)} already*, and was not posted again.`,
      );
    case 'unclear':
      return said(
        mrkdwn`*Slack did not say whether it was posted.* Please have a look in ${channelMention(outcome.channel)}. I do not try again, so that it does not stand there twice.`,
        ...copy,
      );
    case 'refused':
      return said(
        mrkdwn`*Slack did not let me post in* ${channelMention(outcome.channel)}, and nobody has seen it. Only some people may post there, or Slack is busy.`,
        ...copy,
      );
    case 'no-room':
      return said(mrkdwn`*Not posted.* ${sayNoRoom[outcome.why]}`, ...copy);
    case 'no-forum':
      return said(mrkdwn`*Not posted:* no channel is set for everybody here.`, ...copy);
    case 'gone':
      return goneAnswer;
  }
}

/** Where a look-up found nothing. */
export const nothingFoundBlocks = (question: string): KnownBlock[] => [
  section(
    mrkdwn`A colleague may know. I can ask a few of those who are happy to be asked; you see the words first.`,
    button('Ask colleagues', ids.ask, { value: question }),
  ),
];
