import type { HomeView, KnownBlock, View } from '@slack/types';
import type { Area } from '../../../community/holdings.ts';
import { actions, button, confirmLoss, context, modal, section } from '../../../slack/blocks.ts';
import { fileButton } from '../../../slack/files.ts';
import { count, joinMrkdwn, mrkdwn, sayTime } from '../../../slack/text.ts';
import { copyKinds, ids } from '../ids.ts';
import type { Held } from '../overview/read.ts';
import { type DeletedArea, type Forgotten, remainsOf } from './forget.ts';

/** What a block takes, less what escaping adds. */
const mostInBlock = 2_000;

/** A list in as few blocks as it needs: what is left out must not be. */
function listed(title: string, lines: readonly string[]): KnownBlock[] {
  const parts: string[][] = [];
  let length = mostInBlock;
  for (const line of lines) {
    length += line.length;
    if (length > mostInBlock) {
      parts.push([]);
      length = line.length;
    }
    parts.at(-1)?.push(line);
  }
  return parts.map((part, nth) => {
    const bullets = joinMrkdwn(
      part.map((line) => mrkdwn`•  ${line}`),
      '\n',
    );
    return section(nth === 0 ? mrkdwn`*${title}*\n${bullets}` : bullets);
  });
}

const copyButton = (): KnownBlock =>
  actions(
    [fileButton('Get a copy first', copyKinds.document, '', 'Get a copy first, as a Word file')],
    'copy',
  );

/** Before everything is deleted: what goes, what is left and why, and what happens then. */
export const everythingView = (held: readonly Held[]): View =>
  modal({
    callbackId: 'answer',
    title: 'Delete everything',
    close: 'Keep it all',
    blocks: [
      section(
        mrkdwn`This deletes everything I keep about you, for good, and takes you out of the programme. I send you nothing afterwards. Your account in Slack stays. If you write to me later, you begin as somebody new.`,
      ),
      copyButton(),
      ...listed(
        'What goes',
        held.map(({ area, counted }) => `${area.title}: ${sayCounts(counted)}`),
      ),
      ...saidBefore(held.flatMap(({ counted }) => counted)),
      section(
        mrkdwn`My messages in our conversation go as well, and what you posted or passed on through me. That takes some minutes.`,
      ),
      ...listed(
        'What is left, and why',
        remainsOf(held.flatMap(({ counted }) => counted.map(({ holding }) => holding))),
      ),
      // Last, so that nobody presses it who has not come past what is above it.
      actions([
        button('Delete everything', ids.everythingNow, {
          style: 'danger',
          confirm: confirmLoss(
            'Delete everything?',
            'Everything I keep about you goes for good, and you leave the programme. Nobody can bring it back, and there is no copy but one that you take first.',
            'Delete everything',
            'Keep it all',
          ),
        }),
      ]),
    ],
  });

const saidBefore = (counted: Held['counted']): KnownBlock[] =>
  counted.flatMap(({ holding: { before } }) => (before === undefined ? [] : [section(mrkdwn`${before}`)]));

export const sayCounts = (counted: Held['counted']): string =>
  count(
    counted.reduce((sum, one) => sum + one.count, 0),
    'entry',
    'entries',
  );

/** What was deleted. It is shown, and kept by nobody. */
export function forgottenView(forgotten: Forgotten, at: Date, zone: string): View {
  return modal({
    callbackId: 'answer',
    title: 'Deleted',
    close: 'Done',
    blocks:
      forgotten.kind === 'gone'
        ? [section(mrkdwn`Everything I kept about you is deleted already.`)]
        : [
            section(
              mrkdwn`*Everything I kept about you is deleted.* ${sayTime(at, zone)}. I keep no copy of this receipt: if you want one, take a picture of it.`,
            ),
            ...listed('What was deleted', forgotten.deleted.map(sayDeleted)),
            section(
              mrkdwn`My messages in our conversation go over the next minutes. What you wrote to me there, only you can delete. Backups keep what was there until they are overwritten; should one be brought back, you are deleted again at once.`,
            ),
            ...listed('What is left, and why', forgotten.remains),
            section(
              mrkdwn`Thank you for having been part of this. You are welcome back at any time: write \`/chatr\`.`,
            ),
          ],
  });
}

const sayDeleted = ({ what, count: many }: { what: string; count: number }): string => `${what} (${many})`;

/** Which kinds of things can be deleted by themselves. */
export function chooseView(held: readonly Held[]): View {
  const apart = held.filter(
    ({ area, counted }) => area.apart !== undefined && counted.some(({ holding }) => holding.isApart),
  );
  return modal({
    callbackId: 'answer',
    title: 'Delete something',
    blocks: [
      section(
        apart.length === 0
          ? mrkdwn`There is nothing that could be deleted by itself. “Have everything deleted” takes what is kept of who you are and what you agreed to.`
          : mrkdwn`What would you like to delete? Next you see what goes. One reflection, one saved resource or one answer you can also delete where it stands.`,
      ),
      ...apart.map(({ area, counted }) =>
        section(
          mrkdwn`*${area.title}* · ${sayCounts(counted.filter(({ holding }) => holding.isApart))}\n${area.apart ?? ''}`,
          button('See what goes', ids.deleteArea, {
            value: area.id,
            label: `See what goes: ${area.title}`,
          }),
        ),
      ),
    ],
  });
}

/** Before one kind of things is deleted. */
export function areaView({ area, counted }: Held, beside: readonly string[]): View {
  const apart = counted.filter(({ holding }) => holding.isApart);
  return modal({
    callbackId: 'answer',
    title: 'Delete something',
    close: 'Keep them',
    blocks: [
      section(mrkdwn`*${area.title}:* this goes for good, and cannot be brought back.`),
      copyButton(),
      ...listed(
        'What goes',
        apart.map(({ holding, count: many }) => sayDeleted({ what: holding.what, count: many })),
      ),
      ...saidBefore(apart),
      ...listed('What is left, and why', [...remainsOf(apart.map(({ holding }) => holding)), ...beside]),
      actions([
        button('Delete these', ids.deleteAreaNow, {
          value: area.id,
          style: 'danger',
          label: `Delete these: ${area.title}`,
          confirm: confirmLoss(
            'Delete these?',
            'They go for good, and nobody can bring them back. There is no copy but one that you take first.',
            'Delete these',
            'Keep them',
          ),
        }),
      ]),
    ],
  });
}

export const nothingThereView = (): View =>
  modal({
    callbackId: 'answer',
    title: 'Delete something',
    blocks: [section(mrkdwn`There is nothing of this kind any more.`)],
  });

export function deletedView(
  area: Area,
  outcome: DeletedArea & { kind: 'deleted' },
  at: Date,
  zone: string,
): View {
  return modal({
    callbackId: 'answer',
    title: 'Deleted',
    close: 'Done',
    blocks: [
      section(mrkdwn`*${area.title}: deleted.* ${sayTime(at, zone)}. I keep no copy of this receipt.`),
      ...listed('What was deleted', outcome.deleted.map(sayDeleted)),
      ...listed('What is left, and why', outcome.remains),
      context(mrkdwn`Everything else of yours is as it was.`),
    ],
  });
}

/** App Home of somebody who is deleted. Nothing of theirs is on it. */
export const forgottenHome = (): HomeView => ({
  type: 'home',
  blocks: [
    section(
      mrkdwn`*Everything I kept about you is deleted,* as you asked, and I send you nothing. If you would like to begin again, write \`/chatr\` or send me a message.`,
    ),
  ],
});
