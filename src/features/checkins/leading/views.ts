import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { saySoFar } from '../../../community/suppress.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, header, modal, option, overflow, section } from '../../../slack/blocks.ts';
import { form } from '../../../slack/form.ts';
import { packed, packedId } from '../../../slack/packed.ts';
import { type Turn, turnButtons } from '../../../slack/paging.ts';
import {
  endTime,
  joinMrkdwn,
  list,
  localTime,
  type Mrkdwn,
  mrkdwn,
  sayDay,
  sayTime,
} from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { packedPlan } from '../planning/carried.ts';
import { mayChange } from '../planning/change.ts';
import { type Plan, usualTime } from '../planning/plan.ts';
import { whenFields } from '../planning/when/views.ts';
import type { CheckIn } from '../store.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import { ledChoice, type What } from './carried.ts';
import type { Led, Managed } from './manage.ts';

/** `/chatr checkin list`, for those who run groups. */
export function ledAnswer(
  shown: readonly Led[],
  turn: Turn,
  { zone, note }: { zone: string; note?: string | undefined },
): Answer {
  const title = 'Check-ins you run';
  const paging = turnButtons(turn, {
    back: { text: 'Back', id: ids.list },
    more: { text: 'More', id: ids.listMore },
  });
  return {
    text: title,
    title,
    blocks: [
      header(title),
      ...(note === undefined ? [] : [section(mrkdwn`${note}`)]),
      ...(shown.length === 0
        ? [
            section(
              mrkdwn`None yet. A check-in asks everyone in a group a few questions at a time you choose, and you see all of it before it goes out.`,
            ),
          ]
        : []),
      ...shown.flatMap((one) => entry(one, turn.page, zone)),
      actions([button('New check-in', ids.create, { value: 'new', style: 'primary' }), ...paging], 'paging'),
      ...(turn.pages > 1 ? [context(mrkdwn`Page ${turn.page + 1} of ${turn.pages}`)] : []),
    ],
  };
}

function entry(one: Led, page: number, zone: string): KnownBlock[] {
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
            menu.map(([text, what]) => option(text, ledChoice.pack({ what, id: checkin.id, page }))),
          ),
        ]
      : []),
  ];
  return [
    section(describeLed(one, zone)),
    ...(buttons.length > 0 ? [actions(buttons, `checkin-${checkin.id}`)] : []),
  ];
}

function menuOf({ checkin, skipped }: Led): [string, What][] {
  const { cohortId, status, nextAt, recurrence } = checkin;
  // People start it for themselves: there is nothing to plan.
  if (cohortId === undefined) return [];
  if (status !== 'running' && status !== 'paused') return [['Delete it …', 'delete']];
  const menu: [string, What][] = [];
  if (status === 'paused') menu.push(['Go on', 'resume']);
  else if (nextAt || !recurrence) menu.push(['Pause', 'pause']);
  if (status === 'running' && nextAt && recurrence && recurrence.rule !== 'once')
    menu.push(['Skip the next …', 'skip']);
  if (status === 'running' && skipped.length > 0) menu.push(['Bring the skipped one back', 'unskip']);
  if (mayChange(checkin)) menu.push(['Edit', 'edit']);
  if (nextAt) menu.push(['Change the date', 'move']);
  return [...menu, ['End it …', 'cancel']];
}

/** One check-in in two or three lines: what, who, when, how it goes. */
export function describeLed({ checkin, next, skipped, cohortName, open, lost }: Led, zone: string): Mrkdwn {
  const state = {
    running:
      checkin.cohortId !== undefined && checkin.recurrence === undefined
        ? mrkdwn`whenever a member says so${next ? ` from ${sayDay(next, zone)}` : ''}`
        : next && mrkdwn`next: ${localTime(next, zone)}`,
    paused:
      lost === undefined
        ? mrkdwn`paused`
        : mrkdwn`waits for you, since ${lost === '' ? 'its session' : `“${lost}”`} is cancelled`,
    finished: mrkdwn`over`,
    cancelled: mrkdwn`ended`,
  }[checkin.status];
  return joinMrkdwn(
    [
      mrkdwn`*${checkin.definition.label}*`,
      joinMrkdwn([mrkdwn`${cohortName}`, state], ' · '),
      skipped.length > 0 && mrkdwn`Skipped: ${list(skipped.map((at) => sayDay(at, zone)))}`,
      open?.closesAt &&
        mrkdwn`${open.label === checkin.definition.label ? 'Open' : `“${open.label}” is open`} until ${endTime(open.closesAt, zone)}. ${checkin.mode === 'named' ? 'Answers show as they come, with their names: press Results.' : saySoFar(open.counted, checkin.definition.smallest)}`,
    ],
    '\n',
  );
}

export const moveForm = (zone: string) =>
  form(
    { id: ids.moveView, carries: packedId },
    { title: 'Change the date', submit: 'Change date', close: 'Leave as it is', fields: whenFields(zone) },
  );

/** Asks for another date. */
export function moveView(
  { id, definition, recurrence, nextAt }: CheckIn,
  { next, zone }: { next: Date | undefined; zone: string },
): View {
  const [date, time = usualTime] = (recurrence?.startsAt ?? '').split('T');
  return moveForm(zone).view({
    carry: id,
    initial: { date: nextAt ? localDate(nextAt, zone) : date, time },
    above: [
      section(
        mrkdwn`*${definition.label}*\nNow: ${next ? sayTime(next, zone) : 'no date'}. How often it comes stays the same.`,
      ),
    ],
  });
}

/** Which one is left out. */
export const skippedNext = packed('|', { id: z.string(), at: z.iso.datetime() });

/**
 * Says which one is left out, and which comes instead, before it is.
 * @param next and after: when people would be asked.
 */
export const skipView = (
  { id, definition, nextAt }: CheckIn,
  cohortName: string,
  { next, after, zone }: { next: Date | undefined; after: Date | undefined; zone: string },
): View =>
  modal({
    callbackId: ids.skipView,
    title: 'Skip the next one?',
    close: 'Keep it',
    blocks:
      nextAt && next && after
        ? [
            section(
              mrkdwn`*${definition.label}* for ${cohortName}\nThe one of ${sayTime(next, zone)} is left out, and nobody is told. The next comes on ${sayTime(after, zone)}. You can undo it.`,
            ),
            actions([
              button('Skip this one', ids.skipNext, {
                value: skippedNext.pack({ id, at: nextAt.toISOString() }),
              }),
            ]),
          ]
        : [section(mrkdwn`*${definition.label}* has no other after its next one. You can end it instead.`)],
  });

/** Says what ending it means, before it ends. A window's own button is always green, so what ends it is another. */
export const cancelView = ({ id, definition }: CheckIn, cohortName: string): View =>
  modal({
    callbackId: ids.cancelView,
    title: 'End this check-in?',
    close: 'Keep it',
    blocks: [
      section(
        mrkdwn`*${definition.label}* for ${cohortName}\nNobody is asked again, and whoever has not answered the present one no longer can. Answers already given are kept, with their results. An ended check-in does not come back; pausing it can be undone.`,
      ),
      actions([button('End check-in', ids.cancel, { value: id, style: 'danger' })]),
    ],
  });

/** Says what goes with it, before it is deleted for good. */
export const deleteView = ({ id, definition }: CheckIn, cohortName: string): View =>
  modal({
    callbackId: ids.deleteView,
    title: 'Delete it for good?',
    close: 'Keep it',
    blocks: [
      section(
        mrkdwn`*${definition.label}* for ${cohortName}\nThis removes all its rounds: the questions as they were asked, every answer, the results, and who was asked. Nobody can look at them any more, you and those who answered included. It cannot be undone. What stands in backups goes with them.`,
      ),
      actions([button('Delete for good', ids.remove, { value: id, style: 'danger' })]),
    ],
  });

/** What was scheduled is taken back; the plan it came of is there as it was. */
export const undoneAnswer = (plan: Pick<Plan, 'id'> & { label: string | undefined }): Answer =>
  said(
    `“${plan.label ?? 'It'}” is taken back: nobody is asked. Your questions and words are kept as you left them, for 30 days.`,
    {
      title: 'Taken back',
      text: 'It is taken back',
      next: { text: 'Go on with it', id: ids.goOn, value: packedPlan.pack(plan) },
    },
  );

/** One time was left out. */
export const skippedAnswer = (skipped: Managed, which: { id: string; at: string }, zone: string): Answer =>
  said(
    sayManaged(skipped, 'skip', zone),
    skipped.kind === 'done'
      ? { next: { text: 'Undo', id: ids.bringBack, value: skippedNext.pack(which) } }
      : {},
  );

/** What became of it, in words. */
export function sayManaged(managed: Managed, what: What | 'bring-back', zone: string): string {
  if (managed.kind === 'not-allowed') return notAllowed;
  const { label } = managed.checkin.definition;
  if (managed.kind === 'theirs')
    return `“${label}” was for people themselves: what they answered is theirs alone, so it is kept for them. Nobody is asked again.`;
  if (managed.kind === 'too-early')
    return `“${label}” can be deleted from ${sayDay(managed.from, zone)}. Until then results of other check-ins are held back where, beside these, they would say who answered what.`;
  if (managed.kind === 'not-now') return `“${label}” is over, or its date has passed. Nothing was changed.`;
  const next = managed.next && sayTime(managed.next, zone);
  switch (what) {
    case 'pause':
      return `“${label}” is paused: no new one goes out until you choose “Go on”.${managed.openRound ? ' The present one stays open.' : ''}`;
    case 'skip':
      return `The next “${label}” is skipped. The one after it comes on ${next}.`;
    case 'unskip':
    case 'bring-back':
      return `“${label}” is back as it was. It comes next on ${next}.`;
    case 'move':
      return `“${label}” now comes next on ${next}.`;
    case 'resume':
      return next ? `“${label}” goes on. It comes next on ${next}.` : `“${label}” goes on.`;
    case 'delete':
      return `“${label}” for ${managed.cohortName} is deleted, with its answers and results.`;
    case 'edit':
      return `“${label}” is changed.`;
    case 'cancel':
      return `“${label}” for ${managed.cohortName} is ended. Nobody is asked again. Answers that were given are kept.`;
  }
}
