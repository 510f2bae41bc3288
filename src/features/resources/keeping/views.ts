import type { View } from '@slack/types';
import { z } from 'zod';
import { supportContext } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, section } from '../../../slack/blocks.ts';
import { form, paragraph } from '../../../slack/form.ts';
import { packed, packedJson } from '../../../slack/packed.ts';
import { bold, joinMrkdwn, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { Resource } from '../content.ts';
import { flagButton } from '../flagging/views.ts';
import { ids } from '../ids.ts';
import type { Feedback } from '../store.ts';
import { plainAnswer } from '../views.ts';
import { longestNote, type WriteNoteOutcome } from './note.ts';
import { type RateOutcome, type Verdict, verdicts } from './rate.ts';
import type { SaveOutcome } from './save.ts';

const keepsNothing = mrkdwn`You did not agree to the community agreement, so nothing that you write is kept and this could not be saved. You can look things up all the same, and agree at any time from App Home.`;

export function saveReceipt(outcome: SaveOutcome): Mrkdwn {
  switch (outcome.kind) {
    case 'saved':
      return mrkdwn`Saved. Only you can see your list: \`/chatr saved\`. The menu beside it removes it again.`;
    case 'keeps-nothing':
      return keepsNothing;
    case 'unknown':
      return mrkdwn`This entry is no longer in the catalogue, so it was not saved.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace. Nothing was saved.`;
  }
}

const verdictReceipts: Record<Verdict, Mrkdwn> = {
  helped: mrkdwn`Kept: this helped you. Others see a number only from five people on, never a name. You can take it back here.`,
  'did-not-help': mrkdwn`Kept: this was not helpful to you. Nobody is shown that it was you. You can take it back here.`,
  'take-back': mrkdwn`Taken back.`,
  'link-problem': mrkdwn`Thank you. The curators see that this link needs a look, not who said so. You can take it back here.`,
  'link-fine': mrkdwn`Taken back: the link is no longer reported by you.`,
  'out-of-date': mrkdwn`Thank you. The curators see that this seems out of date, not who said so. You can take it back here.`,
  'in-date': mrkdwn`Taken back: this is no longer reported by you.`,
};

export function rateReceipt(outcome: RateOutcome, verdict: Verdict): Mrkdwn {
  switch (outcome.kind) {
    case 'rated':
      return verdictReceipts[verdict];
    case 'keeps-nothing':
      return keepsNothing;
    case 'unknown':
      return mrkdwn`This entry is no longer in the catalogue.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace. Nothing was kept.`;
  }
}

export const removed = (title: string | undefined): Mrkdwn =>
  mrkdwn`Removed from your saved resources: ${title ?? 'The entry'}. For a day you can put it back, with your note if there is one.`;

export const packedSaying = packed(':', { verdict: z.enum(verdicts), resourceId: z.string().min(1) });

export const noEntry = plainAnswer(
  'Not in the catalogue',
  'The curators have just taken this out of the catalogue. It may be out of date.',
);

/** What can be said of an entry beyond keeping it and passing it on. @param feedback what they said before. */
export function moreAbout(
  { id: resourceId, title, summary, caution }: Pick<Resource, 'id' | 'title' | 'summary' | 'caution'>,
  feedback: Feedback | undefined,
  receipt?: Mrkdwn,
): Answer {
  const say = (text: string, verdict: Verdict) =>
    button(text, `${ids.say}${verdict}`, { value: packedSaying.pack({ verdict, resourceId }) });
  const isHelped = feedback?.helped === true;
  const isNotHelped = feedback?.helped === false;
  return {
    title: 'About this resource',
    text: 'About this resource',
    blocks: [
      ...(receipt ? [section(receipt)] : []),
      section(
        joinMrkdwn([bold(title), mrkdwn`${summary}`, caution !== undefined && mrkdwn`${caution}`], '\n'),
      ),
      section(mrkdwn`Did it help you?`),
      actions([
        isHelped ? say('Take back \u201cThis helped\u201d', 'take-back') : say('This helped', 'helped'),
        isNotHelped
          ? say('Take back \u201cNot helpful\u201d', 'take-back')
          : say('Not helpful', 'did-not-help'),
      ]),
      section(mrkdwn`Is something wrong with it?`),
      actions([
        feedback?.isOutOfDate
          ? say('It is up to date after all', 'in-date')
          : say('It is out of date', 'out-of-date'),
        feedback?.hasLinkProblem
          ? say('The link works after all', 'link-fine')
          : say('The link does not work', 'link-problem'),
        flagButton(`resource:${resourceId}`, title),
      ]),
      context(
        mrkdwn`Nobody is shown that it was you. The curators see what is wrong; others see how many it helped, from five people on.`,
      ),
    ],
  };
}

/** Which entry, and where the saved list stood. */
export const packedNote = packedJson(
  z.object({ resourceId: z.string(), from: z.number().int().min(0), doubt }),
);

export const noteForm = form(
  { id: ids.note, carries: packedNote },
  {
    title: 'Your note',
    submit: 'Save note',
    fields: {
      note: paragraph('What do you want to remember?', {
        inTheirWords: true,
        max: longestNote,
        hint: 'Leave it empty to take the note away.',
      }),
    },
  },
);

export const noteDialog = ({
  resourceId,
  from,
  title,
  text,
  ...seen
}: Doubtful & { resourceId: string; from: number; title: string; text?: string }): View =>
  noteForm.view({
    ...(text !== undefined && { initial: { note: text } }),
    carry: { resourceId, from, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      section(mrkdwn`${bold(title)}\nOnly you can see this note. It is kept encrypted.`),
      ...doubtBlocks(seen, ids.keepNote),
    ],
    below: [supportContext()],
  });

export function noteReceipt(outcome: WriteNoteOutcome): Mrkdwn {
  switch (outcome.kind) {
    case 'kept':
      return mrkdwn`Your note is kept. Only you can see it. A list that was open already shows it when you open it again: \`/chatr saved\`.`;
    case 'taken-away':
      return mrkdwn`There is no note on this any more. A list that was open already shows it until you open it again: \`/chatr saved\`.`;
    case 'keeps-nothing':
      return keepsNothing;
    case 'unknown':
      return mrkdwn`This entry is no longer in the catalogue, so the note was not kept.`;
    case 'not-allowed':
      return mrkdwn`This works for members of the workspace. Nothing was kept.`;
  }
}
