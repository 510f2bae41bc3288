import { type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { RateOutcome, Verdict } from './rate.ts';
import type { SaveOutcome } from './save.ts';

const keepsNothing = mrkdwn`You did not agree to the community agreement, so nothing about you is kept and this could not be saved. You can look things up all the same, and agree at any time from App Home.`;

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
  helped: mrkdwn`Kept: this helped you. Others see a number only from five people on, never a name. You can change it in the menu.`,
  'did-not-help': mrkdwn`Kept: this was not helpful to you. Nobody is shown that it was you. You can change it in the menu.`,
  'take-back': mrkdwn`Taken back.`,
  'link-problem': mrkdwn`Thank you. The curators see that this link needs a look, not who said so. You can take it back in the menu.`,
  'link-fine': mrkdwn`Taken back: the link is no longer reported by you.`,
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
  mrkdwn`Removed from your saved resources: ${title ?? 'The entry'}.`;
