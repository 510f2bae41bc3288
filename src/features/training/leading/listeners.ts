import type { View } from '@slack/types';
import { findCohort } from '../../../community/cohorts.ts';
import { listPeople } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { lookThrough } from '../../../safeguarding/look-through.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import { aroundOf } from '../sessions/around.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { ids } from '../sessions/ids.ts';
import { isIn } from '../sessions/places.ts';
import { cancelSession, removeSession } from '../sessions/plan.ts';
import { findSeen, listOfCohort } from '../sessions/read.ts';
import { mayPlan } from '../sessions/rights.ts';
import { listBookings, listHosts } from '../sessions/store.ts';
import { notThere } from '../sessions/views.ts';
import { findOwn, showLead } from './lead.ts';
import {
  answerOf,
  archivedForm,
  archivedView,
  bookedMeanwhile,
  cancelForm,
  cancelledWords,
  cancelView,
  isOver,
  longestWords,
  namesView,
  notAllowed,
  packedNames,
  refusal,
  removed,
} from './views.ts';

/** A session for those who run it: who comes, and taking it away again. */
export function listenToLeading(to: Routes, deps: SessionDeps): void {
  const { db, professions } = deps;
  const lead = (actor: Actor, id: string, note?: Mrkdwn): Promise<View> => showLead(deps, actor, id, note);
  to.onClick(ids.lead, async ({ actor, value, replace }) => replace(await lead(actor, value)));

  for (const id of [ids.names, `${ids.names}.back`, `${ids.names}.more`])
    to.onClick(id, packedNames, async ({ actor, carried, replace }) => {
      const seen = await findSeen(deps, actor, carried.id);
      if (!seen?.runs) return replace(asModal(seen ? notAllowed : notThere));
      const bookings = (await listBookings(db, carried.id)).filter(isIn);
      const people = new Map(
        (
          await listPeople(
            db,
            bookings.map(({ personId }) => personId),
          )
        ).map((one) => [one.id, one]),
      );
      const order = ['booked', 'offered', 'waiting', 'cancelled'];
      await replace(
        namesView(
          seen,
          await aroundOf(deps, actor),
          bookings
            .toSorted((one, other) => order.indexOf(one.status) - order.indexOf(other.status))
            .flatMap(({ personId, status, profession }) => {
              const person = people.get(personId);
              const label = professions.find(({ id: known }) => known === profession)?.label;
              return person ? [{ person, status, profession: label }] : [];
            }),
          carried.page,
        ),
      );
    });

  to.onClick(ids.remove, async ({ actor, value, replace }) => {
    const own = await findOwn(deps, actor, value);
    if (own.kind === 'view') return replace(own.view);
    const hosts = await listHosts(db, value);
    const isGone = await db.transaction().execute((trx) => removeSession(trx, deps, actor, value));
    for (const { id } of [actor.person, ...hosts]) deps.homeChanged(id);
    await replace(isGone ? asModal(removed) : await lead(actor, value, bookedMeanwhile));
  });

  // Cancelling, after asking.

  async function cancelling(
    actor: Actor,
    id: string,
    drawn: Parameters<typeof cancelView>[2],
  ): Promise<View> {
    const own = await findOwn(deps, actor, id);
    if (own.kind === 'view') return own.view;
    const seen = await findSeen(deps, actor, id);
    return seen ? cancelView(seen, await aroundOf(deps, actor), drawn) : asModal(notThere);
  }
  to.onClick(ids.cancel, async ({ actor, value, replace }) => replace(await cancelling(actor, value, {})));
  to.onClick(ids.keepAsItIs, async ({ actor, window, replace }) => {
    const carried = window && cancelForm.carries?.open(window.metadata);
    if (!carried) return;
    const { words = '' } = window.read(cancelForm).partly;
    await replace(await cancelling(actor, carried.id, { words, isKept: true }));
  });
  to.onSend(cancelForm, async ({ actor, carried, values, show }) => {
    const looked = lookThrough(deps, carried.doubt, values, { words: longestWords });
    if (looked.kind === 'doubtful')
      return void (await show(await cancelling(actor, carried.id, { ...values, findings: looked.findings })));
    const outcome = await cancelSession(deps, actor, carried.id, looked.texts.words);
    if (outcome.kind !== 'cancelled') return void (await show(asModal(refusal[outcome.kind])));
    await show(await lead(actor, carried.id, cancelledWords(outcome.told, outcome.late)));
  });

  async function archiving(
    actor: Actor,
    cohortId: string,
    drawn: Parameters<typeof archivedView>[3],
  ): Promise<View> {
    const cohort = await findCohort(db, cohortId);
    if (!cohort || !mayPlan(actor, cohortId)) return asModal(notAllowed);
    const sessions = await listOfCohort(deps, actor, cohortId);
    if (!cohort.isArchived || sessions.length === 0) return asModal(isOver);
    return archivedView(cohort, sessions, await aroundOf(deps, actor), drawn);
  }
  to.onClick(ids.archived, async ({ actor, value, replace }) => replace(await archiving(actor, value, {})));
  to.onClick(`${ids.keepAsItIs}.all`, async ({ actor, window, replace }) => {
    const carried = window && archivedForm.carries?.open(window.metadata);
    if (!carried) return;
    const { words = '' } = window.read(archivedForm).partly;
    await replace(await archiving(actor, carried.id, { words, isKept: true }));
  });
  to.onSend(archivedForm, async ({ actor, carried, values, show }) => {
    const looked = lookThrough(deps, carried.doubt, values, { words: longestWords });
    if (looked.kind === 'doubtful')
      return void (await show(await archiving(actor, carried.id, { ...values, findings: looked.findings })));
    let [told, late] = [0, 0];
    for (const { session } of await listOfCohort(deps, actor, carried.id)) {
      const outcome = await cancelSession(deps, actor, session.id, looked.texts.words);
      if (outcome.kind !== 'cancelled') continue;
      told += outcome.told;
      late += outcome.late;
    }
    await show(asModal(answerOf(cancelledWords(told, late))));
  });
}
