import type { Button, View } from '@slack/types';
import { z } from 'zod';
import { nobodyIsAlerted, supportBlocks, urgentAfterWriting } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import { button, confirmLoss, context, option, section } from '../../../slack/blocks.ts';
import { form, line, paragraph, severalOf } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { type Body, emptyBody, longest } from '../body.ts';
import type { Drawing } from '../drawing.ts';
import { ids } from '../ids.ts';
import { noticeView, toJournal } from '../views.ts';

/** As much as a field takes, in code points. */
export const longestExample = 3000;

/** What makes people known again, to go through one by one. */
const toChange = {
  names: 'Names, initials and what people are called',
  places: 'Places, teams, schools and services',
  ages: 'Ages, dates, and who is in the family',
  events: 'Anything unusual that somebody would know again',
} as const;
type Change = keyof typeof toChange;
const changes = Object.keys(toChange) as Change[];

const carries = packedJson(z.object({ id: z.string().max(64), reflectionId: z.string().max(64), doubt }));
const exampleFormOf = (id: string) =>
  form(
    { id, carries },
    {
      key: id,
      title: 'Practice example',
      submit: 'Send to the curators',
      close: 'Not now',
      notifyOnClose: true,
      fields: {
        title: line('Title', {
          max: longest.title,
          inTheirWords: true,
          missing: 'Please give it a title of its own.',
        }),
        text: paragraph('As fiction', {
          max: longestExample,
          inTheirWords: true,
          missing: 'Please write it as you would tell it to a colleague who knows nobody in it.',
          hint: 'Keep what you learned. Tell another story around it.',
        }),
        changed: severalOf('I have changed these, or left them out', {
          of: changes.map((one) => option(toChange[one], one)),
          missing: 'Please go through all four, and tick each.',
        }),
      },
    },
  );
type ExampleForm = ReturnType<typeof exampleFormOf>;

export const exampleForm = exampleFormOf(ids.exampleForm);
/** The same with other words in it: Slack leaves what was typed in fields that are drawn again. */
const exampleAgainForm = exampleFormOf(ids.exampleAgainForm);
export const exampleForms = [exampleForm, exampleAgainForm];
const otherThan = (one: ExampleForm): ExampleForm => (one === exampleForm ? exampleAgainForm : exampleForm);

export const isGoneThrough = (ticked: readonly string[]): boolean => ticked.length === changes.length;
export const goThrough = 'Please go through all four, and tick each once it is changed or left out.';

/** The words to begin from. */
export const wordsOf = ({ parts }: Body): string =>
  clip(
    parts.map(({ label, text }) => (parts.length === 1 ? text : `${label}\n${text}`)).join('\n\n'),
    longestExample,
  );

/** The same words, but for spaces and for what the parts are called. */
export const areOwnWords = (text: string, { parts }: Body): boolean => {
  const bare = (words: string) => clip(words.replace(/\s+/g, ''), longestExample);
  const [labelled, plain] = [wordsOf({ ...emptyBody, parts }), parts.map((one) => one.text).join('')];
  return [labelled, plain].some((own) => bare(own) === bare(text));
};
export const stillOwn =
  'These are still your own words. Please change them, so that nobody who has read or heard of it knows it again.';

/** @property sharedWith who has it, or had it, to read; undefined where nobody has. */
export type ExampleWindow = { id: string; reflectionId: string; sharedWith: Mrkdwn | undefined };

/** @param begin what stands in its fields; else what was typed stays. */
export const exampleView = (
  { signposts }: Drawing,
  { sharedWith, ...carry }: ExampleWindow,
  {
    form: one = exampleForm,
    begin,
    seen = {},
    note,
  }: {
    form?: ExampleForm;
    begin?: { title?: string; text: string; changed?: Change[] };
    seen?: Doubtful;
    note?: Mrkdwn;
  } = {},
): View =>
  one.view({
    carry: { ...carry, doubt: doubtOf(seen) },
    ...(begin && { initial: begin }),
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('read again') }),
    above: [
      ...(note ? [section(note)] : []),
      section(
        mrkdwn`*Make fiction of it.* Only what stands in this window is sent, without your name: curators do not see whose it is either. Once one of them has taken it in, everybody here can find it.`,
      ),
      ...(sharedWith ? [section(mrkdwn`*You shared this with ${sharedWith}, who may know it again.*`)] : []),
      context(
        mrkdwn`The website does not have it. ${
          carry.reflectionId === '' ? '' : 'Your reflection stays as it is, in your journal. '
        }If you close this, what you have written is kept in your journal as a draft, to carry on with. Once it is taken in, you cannot take it back without somebody learning whose it was: from the day you are told, it is tied to nobody.`,
      ),
      ...doubtBlocks(seen, ids.exampleAsItIs),
    ],
    below: supportBlocks(signposts, 'at-any-time'),
  });

/** Of something that was read with others, and no reflection. @param id of what is written. @param title what was read. */
export const exampleFromView = (drawing: Drawing, id: string, title: string): View =>
  exampleView(
    drawing,
    { id, reflectionId: '', sharedWith: undefined },
    {
      note: mrkdwn`*What was useful of \u2018${title}\u2019?* Write what you tried and what came of it, in your own words. What others said in the thread is theirs.`,
    },
  );

/** With what was seen masked, to be read before it goes. */
export const exampleMaskedView = (
  drawing: Drawing,
  carry: ExampleWindow,
  before: ExampleForm,
  begin: { title: string; text: string; changed: Change[] },
): View =>
  exampleView(drawing, carry, {
    form: otherThan(before),
    begin,
    note: mrkdwn`What I saw is masked. Please read it once more, then send it.`,
  });

/** @param texts what was sent. */
export const exampleSentView = ({ signposts }: Drawing, id: string, texts: readonly string[]): View =>
  noticeView(
    'Sent',
    mrkdwn`*Sent to the curators*, without your name. If it is not added, you hear it at once; if it is, a day or more later, so that the time tells nobody whose it is. Until a curator has decided you can take it back, also from your journal.`,
    [takeBackButton(id), toJournal],
    urgentAfterWriting(signposts, texts, nobodyIsAlerted),
  );

/** @param title says which one it is, where there are several. */
export const takeBackButton = (id: string, title?: string): Button =>
  button('Take it back', ids.withdrawExample, {
    value: id,
    ...(title !== undefined && { label: clip(`Take it back: ${title}`, 75) }),
    confirm: confirmLoss(
      'Take it back?',
      'No curator reads it any more. It is a draft in your journal again.',
      'Take it back',
      'Leave it',
    ),
  });

/** @param id of the draft it is again; undefined where it does not wait any more. */
export const withdrawnView = (id: string | undefined): View =>
  noticeView(
    'Practice example',
    id !== undefined
      ? mrkdwn`*Taken back.* It is a draft in your journal again, and can be sent once more.`
      : mrkdwn`It does not wait any more: it was taken back already, or a curator has decided. To have it taken out of the catalogue, write to the curators with \`/chatr suggest\` or speak with a facilitator.`,
    [...(id === undefined ? [] : [button('Carry on with it', ids.carryOn, { value: id })]), toJournal],
  );

export const notSent = {
  'many-wait': 'Three of yours wait for the curators. Once one has been looked at, there is room for more.',
  'keeps-nothing':
    'You did not take up the community agreement, so nothing that you write is kept, and nothing was sent.',
  'not-allowed': 'This works for members of the workspace. Nothing was sent.',
};
