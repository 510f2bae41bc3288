import type { KnownBlock } from '@slack/types';
import { z } from 'zod';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, section } from '../../../slack/blocks.ts';
import { packed } from '../../../slack/packed.ts';
import { pageOf, sayRange, turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, type Mrkdwn, mrkdwn, sayTime } from '../../../slack/text.ts';
import type { Pathways } from '../content.ts';
import { ids } from '../ids.ts';
import { type ToRead, versionOf } from './readings.ts';

/** A pathway as a curator saw it. */
export const packedReading = packed(':', {
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  version: z.string().max(60),
});

const pageSize = 3;

/** For curators, beside the catalogue's queue and in App Home. @param toRead how many pathways wait. */
export const curatorsBlocks = (content: Pathways, toRead: number): KnownBlock[] => [
  section(
    mrkdwn`*Pathways*\n${
      toRead === 0
        ? 'A safeguarding lead has read all of them.'
        : `${count(toRead, 'pathway waits', 'pathways wait')} for a safeguarding lead to read ${toRead === 1 ? 'it' : 'them'}. Until then people see who to turn to, without what to do.`
    } ${count(factsOf(content).length, 'fact is', 'facts are')} not confirmed.`,
  ),
  actions([
    button(toRead === 0 ? 'See what was read' : 'See what is to be read', ids.toRead, { value: '0' }),
    button('See what is not confirmed', ids.facts),
  ]),
];

export function toReadAnswer(
  all: readonly ToRead[],
  { page, zone }: { page: number; zone: string },
  receipt?: Mrkdwn,
): Answer {
  const turn = pageOf(all, page, pageSize);
  return {
    text: 'Pathways to be read',
    title: 'Pathways to read',
    blocks: [
      ...(receipt ? [section(receipt)] : []),
      section(
        mrkdwn`What to do at each step, and what to remember, are our own words for common practice. Show them to a named safeguarding or clinical lead, and note here that they have read them: people see them from then on. A sentence that changes asks again.`,
      ),
      ...turn.shown.flatMap((one) => [divider(), ...pathwayBlocks(one, zone)]),
      divider(),
      context(
        mrkdwn`${sayRange({ from: turn.page * pageSize, shown: turn.shown.length, total: all.length }, 'pathway', 'pathways')}`,
      ),
      ...buttonsOf(
        turnButtons(turn, {
          back: { text: 'Back', id: ids.toReadBack, label: 'Back in the pathways' },
          more: { text: 'More', id: ids.toReadMore, label: 'More pathways' },
        }),
      ),
    ],
  };
}

const buttonsOf = (those: ReturnType<typeof turnButtons>): KnownBlock[] =>
  those.length > 0 ? [actions(those)] : [];

function pathwayBlocks({ pathway, sentences, noted }: ToRead, zone: string): KnownBlock[] {
  const { label, id } = pathway;
  const value = packedReading.pack({ id, version: versionOf(pathway) });
  const isDone = sentences.every((one) => one.isRead);
  const state = isDone
    ? noted &&
      mrkdwn`Read: noted by ${noted.by?.displayName || 'somebody who has left'} on ${sayTime(noted.at, zone)}`
    : noted
      ? mrkdwn`Changed since it was read: what is new says so`
      : pathway.read_first && mrkdwn`To be read first`;
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${label}*`,
          state,
          ...sentences.map(
            ({ text, isRead }) => mrkdwn`\u2022  ${noted && !isRead ? mrkdwn`_New:_ ` : ''}${text}`,
          ),
        ],
        '\n',
      ),
    ),
    actions([
      ...(isDone
        ? []
        : [
            button('A safeguarding lead has read it', ids.read, {
              value,
              label: `A safeguarding lead has read it: ${label}`,
            }),
          ]),
      ...(noted
        ? [button('Take it back', ids.unread, { value, label: `Take it back: ${label} is not read` })]
        : []),
    ]),
  ];
}

const factsOf = ({ pathways, not_confirmed: general }: Pathways): string[] => [
  ...general,
  ...pathways.flatMap(({ label, not_confirmed: those = [] }) => those.map((one) => `${label}: ${one}`)),
];

export const factsAnswer = (content: Pathways): Answer => ({
  text: 'Pathways: what is not confirmed',
  title: 'Not confirmed',
  blocks: [
    section(
      mrkdwn`Nobody is shown these as facts. Whoever finds one out puts it into \`data/pathways.yaml\` with its source, and takes it off this list there. Contacts to check come one by one in \`/chatr catalogue\`.`,
    ),
    section(
      joinMrkdwn(
        factsOf(content).map((one) => mrkdwn`\u2022  ${one}`),
        '\n',
      ),
    ),
  ],
});

export const forCurators: Answer = {
  text: 'For curators',
  title: 'Pathways',
  blocks: [section(mrkdwn`This is for the curators of the catalogue.`)],
};

export const noted = (label: string): Mrkdwn =>
  mrkdwn`*Noted:* a safeguarding lead has read \u2018${label}\u2019. People see all of it from now on.`;

export const takenBack = (label: string): Mrkdwn =>
  mrkdwn`*Taken back:* what to do in \u2018${label}\u2019 is not shown until it is noted again.`;

export const changedSince = mrkdwn`*Nothing was noted:* its sentences have changed since. This is how they are now.`;
