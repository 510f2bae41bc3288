import { count, mrkdwn } from '../../../../slack/text.ts';
import type { AskedAgain, Heard } from '../../catalogue/came-of.ts';
import type { TakeBackOutcome } from '../../catalogue/change.ts';
import type { Receipt } from '../../changing/views.ts';
import { gone } from '../queue/views.ts';

export const phraseTakenBack = ({
  asked,
}: {
  kind: 'taken-back';
  asked: AskedAgain | undefined;
}): Receipt => ({
  text: mrkdwn`*Undone:* these words do not lead there any more. ${asked ? `They wait in the queue again.${sayAsked(asked)}` : 'They do not wait in the queue again: that somebody looked for them is not kept any more.'}`,
});

export const suggestionReopened = ({
  heard,
  many,
}: {
  kind: 'reopened';
  heard: Heard;
  many: number;
}): Receipt => ({
  text: mrkdwn`*Undone:* ${many === 1 ? 'it waits' : `${many} suggestions wait`} again. ${sayHeard(heard)}`,
});

export const missedReopened = (asked: AskedAgain & { kind: 'reopened' }): Receipt => ({
  text: mrkdwn`*Undone:* it waits again.${sayAsked(asked)}`,
});

export const contactUnmarked: Receipt = { text: mrkdwn`*Undone.*` };

/** Of words that wait again: who was told of their answer cannot be told otherwise. */
const sayAsked = ({ isTold }: AskedAgain): string =>
  isTold ? ' Whoever asked and was told of the answer is not told otherwise: who that was is not kept.' : '';

/** What whoever undoes a decision has to know of who has heard it, before they decide anew. */
function sayHeard(heard: Heard): string {
  if (heard.length === 0) return 'Nobody has heard of it.';
  const added = heard.filter((one) => one === 'accepted').length;
  const people = (many: number): string => count(many, 'person has', 'people have');
  const known = [
    added > 0 && `${people(added)} heard already that it is in the catalogue.`,
    heard.length > added && `${people(heard.length - added)} heard already that it was not added.`,
  ].filter((one) => one !== false);
  return `${known.join(' ')} If you decide otherwise now, they get a second message; if you decide the same, nobody hears it twice.`;
}

const asBefore = {
  retired: 'retired again: nobody finds it',
  'brought-back': 'back, as it was before it was retired',
  same: 'as it was before',
} as const;

export function takenBack(outcome: TakeBackOutcome, entryId: string): Receipt {
  switch (outcome.kind) {
    case 'taken-back':
      // To bring it back beside what it was made of would publish it twice.
      if (outcome.heard)
        return {
          text: mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is out of the catalogue, and waits in the queue again. ${sayHeard(outcome.heard)}`,
        };
      if (outcome.asked)
        return {
          text: mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is ${outcome.entry === undefined ? 'out of the catalogue' : 'as it was before'}, and what was looked for waits in the queue again.${sayAsked(outcome.asked)}`,
        };
      return {
        text:
          outcome.entry === undefined
            ? mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is out of the catalogue. It does not wait in the queue.`
            : mrkdwn`*Undone:* \u2018${outcome.title}\u2019 is ${asBefore[outcome.to ?? 'same']}.`,
        undo: { what: 'version', entryId, version: outcome.version },
      };
    case 'changed-since':
      return { text: mrkdwn`*Not undone:* somebody has changed it since. Please look at it first.` };
    default:
      return gone;
  }
}
