import type { View } from '@slack/types';
import { type Cohort, listCohorts } from '../../community/cohorts.ts';
import { type Actor, cohortsWhere, may } from '../../community/permissions.ts';
import { newId } from '../../lib/random.ts';
import { tidyTitle } from '../../lib/title.ts';
import { localDate, localTime, usableZone } from '../../scheduler/calendar.ts';
import { asModal } from '../../slack/answer.ts';
import { type Turn, turnTo, wantedPage } from '../../slack/paging.ts';
import type { Routes } from '../../slack/routes.ts';
import type { Mrkdwn } from '../../slack/text.ts';
import type { PilotDeps } from './deps.ts';
import { ids } from './ids.ts';
import { lookAhead, makePilot, type WantedPilot } from './make.ts';
import {
  type How,
  lookAtMove,
  type Move,
  type MoveOutcome,
  markOf,
  movePart,
  undoMarkOf,
  undoMove,
} from './move.ts';
import { findSeen, mayPilot, type PilotSeen, seePilot } from './read.ts';
import { removePilot } from './remove.ts';
import { countPilots, findPilot, listPilotIds } from './store.ts';
import {
  changedMeanwhile,
  checkForm,
  checkView,
  listView,
  moveDayForm,
  moved,
  movedBack,
  moveForm,
  newGroup,
  nothingMoved,
  notMovable,
  notMovedBack,
  notRemovable,
  notThere,
  packedPage,
  packedPart,
  packedUndo,
  pageView,
  pageWith,
  partView,
  pilotsAPage,
  planForm,
  planView,
  removed,
  scheduled,
  shiftForm,
  shiftView,
  shiftWindow,
  thereAlready,
} from './views.ts';

/** The running groups for which somebody may plan a pilot, by name. */
const listPilotable = ({ db }: PilotDeps, actor: Actor): Promise<Cohort[]> =>
  listCohorts(db, { among: pilotable(actor) });

const pilotable = (actor: Actor) => cohortsWhere(actor, (id) => mayPilot(actor, id));

/**
 * Some of those of the groups somebody runs, the newest first, archived groups' last. Only what is shown is looked at
 * closely: a pilot has many parts.
 */
export async function readPilots(
  deps: PilotDeps,
  actor: Actor,
  { page, size, withArchived }: { page: number; size: number; withArchived: boolean },
): Promise<Turn & { shown: PilotSeen[]; total: number }> {
  const { db } = deps;
  const which = { among: pilotable(actor), withArchived };
  const total = await countPilots(db, which);
  const { offset, ...turn } = turnTo(page, total, size);
  const seen: PilotSeen[] = [];
  for (const id of await listPilotIds(db, which, { offset, limit: size })) {
    const pilot = await findPilot(db, id);
    if (pilot) seen.push(await seePilot(db, deps, pilot));
  }
  return { ...turn, shown: seen, total };
}

/** The programme's zone, for whoever's own clock shows another time. */
const elsewhere = ({ timeZone, clock }: PilotDeps, { person }: Actor): string | undefined => {
  const now = clock.now();
  return localTime(now, usableZone(person.timeZone, timeZone)) === localTime(now, timeZone)
    ? undefined
    : timeZone;
};

/** The first window of a new one. */
export async function beginPilot(
  deps: PilotDeps,
  actor: Actor,
  again: { said?: WantedPilot; problem?: Parameters<typeof planView>[1]['problem'] } = {},
): Promise<View> {
  const cohorts = await listPilotable(deps, actor);
  const mayMakeGroup = may(actor, 'cohorts.create');
  return planView(again.said?.id ?? newId(deps.clock), {
    templates: deps.templates,
    cohorts,
    mayMakeGroup,
    zone: elsewhere(deps, actor),
    ...(again.said && { said: again.said }),
    ...(again.problem && { problem: again.problem }),
  });
}

export const showList = async (deps: PilotDeps, actor: Actor, page: number, note?: Mrkdwn): Promise<View> =>
  listView(
    await readPilots(deps, actor, { page, size: pilotsAPage, withArchived: true }),
    localDate(deps.clock.now(), deps.timeZone),
    note,
  );

/** Planning a pilot, looking at it, moving its parts, taking it away. */
export function listenToPilots(to: Routes, deps: PilotDeps): void {
  for (const id of [ids.list, ids.listMore])
    to.onClick(id, async ({ actor, value, replace }) =>
      replace(await showList(deps, actor, wantedPage(value))),
    );

  to.onClick(ids.plan, async ({ actor, replace }) => {
    if (may(actor, 'checkins.schedule')) await replace(await beginPilot(deps, actor));
  });
  to.onClick(ids.planAgain, async ({ actor, window, replace }) => {
    const said = window && checkForm.carries?.open(window.metadata);
    await replace(await beginPilot(deps, actor, said ? { said } : {}));
  });

  to.onSend(planForm, async ({ actor, carried: id, values, refuse, show }) => {
    const template = deps.templates.find((one) => one.id === values.template);
    const isNew = values.cohort === newGroup;
    const wanted: WantedPilot = {
      id,
      templateId: values.template,
      startsOn: values.start,
      time: values.time,
      cohortId: isNew ? undefined : values.cohort,
      name: tidyTitle(values.name),
    };
    const outcome = await lookAhead(deps, actor, wanted);
    if (outcome.kind === 'problem') {
      const hasName = isNew && may(actor, 'cohorts.create');
      const field = outcome.field === 'name' && !hasName ? 'cohort' : outcome.field;
      return refuse({ [field]: outcome.words });
    }
    if (!template) return;
    const besides = outcome.besides.map(({ pilot }) => pilot.id);
    await show(checkView({ ...wanted, besides }, outcome, template, elsewhere(deps, actor)));
  });

  to.onSend(checkForm, async ({ actor, carried: said, show }) => {
    const outcome = await makePilot(deps, actor, said);
    await show(
      outcome.kind === 'problem'
        ? await beginPilot(deps, actor, { said, problem: outcome })
        : pageView(outcome.seen, 0, {
            zone: elsewhere(deps, actor),
            note: scheduled,
          }),
    );
  });

  for (const id of [ids.open, ids.earlier, ids.later])
    to.onClick(id, packedPage, async ({ actor, carried, replace }) => {
      const seen = await findSeen(deps, actor, carried.id);
      await replace(
        seen ? pageView(seen, carried.page, { zone: elsewhere(deps, actor) }) : asModal(notThere),
      );
    });

  to.onClick(ids.part, packedPart, async ({ actor, carried, replace }) => {
    const seen = await findSeen(deps, actor, carried.id);
    const part = seen?.parts.find(({ key }) => key === carried.key);
    await replace(seen && part ? partView(seen, part, elsewhere(deps, actor)) : asModal(notThere));
  });

  // What would move is shown before anything does.
  const preview = async (
    actor: Actor,
    move: Move,
    refuse: (problems: { date?: string; time?: string }) => Promise<void>,
    show: (view: View) => Promise<boolean>,
  ) => {
    const all = await lookAtMove(deps, actor, move, 'all');
    const only = await lookAtMove(deps, actor, move, 'only');
    if (all.kind === 'problem' && only.kind === 'problem') return refuse({ [only.field]: only.words });
    // Where the rest cannot come along, it is moved alone.
    const wide = all.kind === 'moved' ? all : only;
    if (wide.kind !== 'moved') return void (await show(otherwise(wide)));
    if (wide.differences.length === 0) return refuse({ date: thereAlready });
    const marks = {
      all: all.kind === 'moved' ? markOf(all.differences) : '',
      only: only.kind === 'moved' ? markOf(only.differences) : '',
    };
    await show(
      shiftView(
        { ...move, ...marks },
        wide.seen,
        wide.differences,
        only.kind === 'moved' ? only : { words: only.kind === 'problem' ? only.words : '' },
      ),
    );
  };
  to.onSend(moveForm, async ({ actor, carried, values, refuse, show }) =>
    preview(actor, { ...carried, ...values }, refuse, show),
  );
  to.onSend(moveDayForm, async ({ actor, carried, values, refuse, show }) =>
    preview(actor, { ...carried, ...values, time: undefined }, refuse, show),
  );

  to.onSend(shiftWindow, async ({ actor, carried, window, show }) => {
    const { all, only, ...move } = carried;
    const read = window.read(shiftForm);
    // Where only one of the two was possible, it was all that was shown.
    const how: How = read.kind === 'answered' ? read.values.how : only === '' ? 'all' : 'only';
    const seen = how === 'all' ? all : only;
    const outcome = await movePart(deps, actor, { ...move, time: move.time }, how, seen);
    if (outcome.kind !== 'moved') return void (await show(otherwise(outcome)));
    await show(
      pageView(outcome.seen, pageWith(outcome.seen, move.key), {
        note: moved(outcome.moved.title, outcome.differences.length - 1),
        undoMark: undoMarkOf(outcome.seen),
        zone: elsewhere(deps, actor),
      }),
    );
  });

  to.onClick(ids.undo, packedUndo, async ({ actor, carried: { id, mark }, replace }) => {
    const outcome = await undoMove(deps, actor, id, mark);
    if (outcome.kind === 'not-there') return replace(asModal(notThere));
    await replace(
      pageView(outcome.seen, 0, {
        zone: elsewhere(deps, actor),
        note: outcome.kind === 'undone' ? movedBack : notMovedBack,
      }),
    );
  });

  to.onClick(ids.remove, async ({ actor, value, replace }) => {
    const outcome = await removePilot(deps, actor, value);
    switch (outcome.kind) {
      case 'not-there':
        return replace(asModal(notThere));
      case 'touched':
        return replace(pageView(outcome.seen, 0, { note: notRemovable }));
      case 'removed':
        return replace(await showList(deps, actor, 0, removed(outcome.seen, outcome)));
    }
  });

  function otherwise(outcome: Exclude<MoveOutcome, { kind: 'moved' }>): View {
    switch (outcome.kind) {
      case 'not-there':
        return asModal(notThere);
      case 'archived':
        return pageView(outcome.seen, 0);
      case 'fixed':
        return pageView(outcome.seen, 0, { note: notMovable });
      case 'changed-meanwhile':
        return pageView(outcome.seen, 0, { note: changedMeanwhile });
      case 'problem':
        return asModal(nothingMoved(outcome.words));
    }
  }
}
