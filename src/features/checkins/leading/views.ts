import type { KnownBlock } from '@slack/types';
import { sayTally } from '../../../community/suppress.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, header, option, overflow, section } from '../../../slack/blocks.ts';
import { joinMrkdwn, localTime, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { Led } from './manage.ts';

const onPage = 5;

/** What the menu of each can do; the value of its options is `<what>|<check-in id>|<page>`. */
export const manageOptions = { pause: 'pause', resume: 'resume', move: 'move', cancel: 'cancel' } as const;

/** `/chatr checkin list`, for those who run groups. */
export function ledAnswer(
  led: readonly Led[],
  page: number,
  { zone, smallest, note }: { zone: string; smallest: number; note?: string },
): Answer {
  const title = 'Check-ins you run';
  const pages = Math.max(1, Math.ceil(led.length / onPage));
  const at = Math.min(Math.max(0, page), pages - 1);
  const shown = led.slice(at * onPage, (at + 1) * onPage);
  const paging = [
    ...(at > 0 ? [button('Back', ids.list, { value: String(at - 1) })] : []),
    ...(at < pages - 1 ? [button('More', `${ids.list}.more`, { value: String(at + 1) })] : []),
  ];
  return {
    text: title,
    title,
    blocks: [
      header(title),
      ...(note === undefined ? [] : [section(mrkdwn`${note}`)]),
      ...(led.length === 0
        ? [
            section(
              mrkdwn`None yet. A check-in asks everyone in a group a few questions at a time you choose, and you see all of it before it goes out.`,
            ),
          ]
        : []),
      ...shown.flatMap((one) => entry(one, at, zone, smallest)),
      actions([button('New check-in', ids.create, { value: 'new', style: 'primary' }), ...paging], 'paging'),
      ...(pages > 1 ? [context(mrkdwn`Page ${at + 1} of ${pages}`)] : []),
    ],
  };
}

function entry(one: Led, page: number, zone: string, smallest: number): KnownBlock[] {
  const { checkin, hasResults } = one;
  const menu = menuOf(one);
  const buttons = [
    ...(hasResults
      ? [button('Results', ids.results, { value: checkin.id, label: `Results: ${checkin.definition.label}` })]
      : []),
    ...(menu.length > 0
      ? [
          overflow(
            ids.manage,
            menu.map(([text, what]) => option(text, `${what}|${checkin.id}|${page}`)),
          ),
        ]
      : []),
  ];
  return [
    section(describeLed(one, zone, smallest)),
    ...(buttons.length > 0 ? [actions(buttons, `checkin-${checkin.id}`)] : []),
  ];
}

function menuOf({ checkin }: Led): [string, string][] {
  const { status, nextAt } = checkin;
  if (status !== 'running' && status !== 'paused') return [];
  return [
    ...(status === 'paused'
      ? ([['Go on', manageOptions.resume]] as [string, string][])
      : nextAt
        ? ([['Pause', manageOptions.pause]] as [string, string][])
        : []),
    ...(nextAt ? ([['Change the date', manageOptions.move]] as [string, string][]) : []),
    ['End it …', manageOptions.cancel],
  ];
}

/** One check-in in two or three lines: what, who, when, how it goes. */
export function describeLed({ checkin, cohortName, open }: Led, zone: string, smallest: number): Mrkdwn {
  const state = {
    running: checkin.nextAt && mrkdwn`next: ${localTime(checkin.nextAt, zone)}`,
    paused: mrkdwn`paused`,
    finished: mrkdwn`over`,
    cancelled: mrkdwn`ended`,
  }[checkin.status];
  return joinMrkdwn(
    [
      mrkdwn`*${checkin.definition.label}*`,
      joinMrkdwn([mrkdwn`${cohortName}`, state], ' · '),
      open?.round.closesAt &&
        mrkdwn`Open until ${localTime(open.round.closesAt, zone)}. ${sayTally(open.tally, smallest)}`,
    ],
    '\n',
  );
}
