import type { Actor } from '../../../community/permissions.ts';
import { asModal } from '../../../slack/answer.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Click, Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { type AttendanceDeps, zoneFor } from './deps.ts';
import { ids } from './ids.ts';
import { afterMessage, packedPast } from './messages.ts';
import { listPast, type SayOutcome, sayThere, takeBack } from './say.ts';
import { confirmSaid, openTaking, takeAttendance } from './take.ts';
import {
  attendanceView,
  cancelledAnswer,
  changedMeanwhile,
  confirmedNow,
  isToBegin,
  keepsNothing,
  notBegunAnswer,
  notThere,
  packedPerson,
  pastView,
  saidNow,
  settledNow,
  takeForm,
  takenBackNow,
  takenNow,
  takeView,
  takeWindow,
  takingRefusal,
} from './views.ts';

/** Attendance, by those who host a session and by those who were at it. */
export function listenToAttendance(to: Routes, deps: AttendanceDeps): void {
  const zoneOf = ({ person }: Actor): string => zoneFor(deps, person);
  const keptDays = deps.retention['attendance-lists'].days;
  const zonesOf = (actor: Actor) => ({ zone: zoneOf(actor), home: deps.timeZone });
  const taken = (actor: Actor) => ({ ...zonesOf(actor), keptDays });
  const shown = (actor: Actor, note?: Mrkdwn) => ({ ...zonesOf(actor), keptDays, note });

  to.onClick(ids.attendance, async ({ actor, value, open }) => {
    const opened = await openTaking(deps, actor, value);
    await open(
      opened.kind === 'opened'
        ? isToBegin(opened.taking)
          ? takeView(opened.taking, taken(actor))
          : attendanceView(opened.taking, shown(actor))
        : asModal(takingRefusal(opened, zoneOf(actor))),
    );
  });

  to.onClick(ids.take, async ({ actor, value, replace }) => {
    const opened = await openTaking(deps, actor, value);
    if (opened.kind !== 'opened') return replace(asModal(takingRefusal(opened, zoneOf(actor))));
    const { taking } = opened;
    await replace(
      taking.standing === 'open'
        ? takeView(taking, taken(actor))
        : attendanceView(taking, shown(actor, settledNow)),
    );
  });

  to.onSend(takeWindow, async ({ actor, carried, window, refuse, show }) => {
    const sent = takeForm(carried.turn, carried.areAll);
    const read = window.read(sent);
    if (read.kind === 'problems') return refuse({ [sent.blockOf('others')]: read.problems.others ?? '' });
    const { there, walkIns, others } = read.values;
    const ticks = { there, walkIns, others: Number(others || 0), areAll: carried.areAll };
    const turn = carried.turn + 1;
    const outcome = await takeAttendance(deps, actor, carried.id, carried.version, ticks);
    const zone = zoneOf(actor);
    switch (outcome.kind) {
      case 'taken':
        await show(attendanceView(outcome.taking, shown(actor, takenNow(outcome.asked))));
        return;
      case 'settled':
        await show(attendanceView(outcome.taking, shown(actor, settledNow)));
        return;
      case 'changed-meanwhile':
        await show(
          takeView(outcome.taking, {
            ...taken(actor),
            ticks: outcome.ticks,
            turn,
            note: changedMeanwhile(outcome.taking, { zone, mine: outcome.mine }),
          }),
        );
        return;
      default:
        await show(asModal(takingRefusal(outcome, zone)));
    }
  });

  async function confirm({ actor, replace }: Click, sessionId: string, personId?: string): Promise<void> {
    const outcome = await confirmSaid(deps, actor, sessionId, personId);
    await replace(
      outcome.kind === 'taken' || outcome.kind === 'settled'
        ? attendanceView(outcome.taking, shown(actor, outcome.kind === 'taken' ? confirmedNow : settledNow))
        : asModal(takingRefusal(outcome, zoneOf(actor))),
    );
  }
  to.onClick(ids.confirmAll, (click) => confirm(click, click.value));
  to.onClick(ids.confirm, packedPerson, (click) => confirm(click, click.carried.id, click.carried.personId));

  const showPast = async (actor: Actor, page: number, note?: Mrkdwn) =>
    pastView(await listPast(deps, actor), page, { ...zonesOf(actor), note });
  // From `/chatr training` it opens on top, so that closing it leads back there.
  to.onClick(ids.past, async ({ actor, open }) => open(await showPast(actor, 0)));
  const turnPast = async ({ actor, value, replace }: Click) =>
    replace(await showPast(actor, wantedPage(value)));
  to.onClick(ids.newer, turnPast);
  to.onClick(ids.older, turnPast);

  async function answerSaid(click: Click, page: number, outcome: SayOutcome): Promise<void> {
    const { actor, place, replace, instead, beside } = click;
    switch (outcome.kind) {
      case 'said':
      case 'taken-back': {
        const { session, presence } = outcome;
        const note = (outcome.kind === 'said' ? saidNow : takenBackNow)(session, presence);
        if (place === 'modal') return replace(await showPast(actor, page, note));
        // The message goes on standing there, with what is still to do.
        return instead(
          afterMessage({
            session,
            presence,
            zone: zoneOf(actor),
            offer: await deps.offerAfter(actor.person.id, session.id),
            reflectButton: deps.reflectButton,
          }),
        );
      }
      case 'not-begun':
        return beside(notBegunAnswer(outcome.session, zoneOf(actor)));
      case 'cancelled':
        return beside(cancelledAnswer);
      case 'declined':
        return beside(keepsNothing);
      case 'not-yours':
        return beside(notThere);
    }
  }
  to.onClick(ids.wasThere, packedPast, async (click) =>
    answerSaid(click, click.carried.page, await sayThere(deps, click.actor, click.carried.id)),
  );
  to.onClick(ids.wasNotThere, packedPast, async (click) =>
    answerSaid(click, click.carried.page, await takeBack(deps, click.actor, click.carried.id)),
  );
}
