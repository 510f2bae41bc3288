import { organisationList } from '../../../community/organisations/list.ts';
import { findWaitingName, listAdded, listWaitingNames } from '../../../community/organisations/store.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Answer } from '../../../slack/answer.ts';
import { pageOf, wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import { listOrphans } from '../cards/store.ts';
import type { OrganisationsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import {
  addOrganisation,
  type DoneOutcome,
  declineOrganisation,
  joinOrganisation,
  takeOff,
  undoJoin,
} from './decide.ts';
import {
  added,
  addForm,
  addUndone,
  addView,
  declined,
  forCurators,
  gone,
  joined,
  joinForm,
  joinUndone,
  joinView,
  listAnswer,
  listedAlready,
  listOptions,
  outOfDate,
  type Receipt,
  takenOff,
  type Waits,
} from './views.ts';

const pageSize = 5;

/** How much waits for curators, for App Home. */
export async function countWaiting({
  db,
  vault,
}: Pick<OrganisationsDeps, 'db' | 'vault'>): Promise<{ names: number; cards: number }> {
  return {
    names: (await listWaitingNames(db, vault)).length,
    cards: (await listOrphans(db, vault)).length,
  };
}

/** @param page from 0. */
export async function showList(
  deps: OrganisationsDeps,
  actor: Actor,
  page: number,
  receipt?: Receipt,
): Promise<Answer> {
  if (!may(actor, 'resources.curate')) return forCurators;
  const { db, vault, clock, timeZone, organisations } = deps;
  const names = await listWaitingNames(db, vault);
  const cards = await listOrphans(db, vault);
  const all: Waits[] = [
    ...names.map((name): Waits => ({ kind: 'name', name })),
    ...cards.map((card): Waits => ({ kind: 'card', card })),
    ...(await listAdded(db)).map((organisation): Waits => ({ kind: 'added', organisation })),
  ];
  return listAnswer(
    { ...pageOf(all, page, pageSize), names: names.length, cards: cards.length },
    await organisationList(deps),
    organisations,
    localDate(clock.now(), timeZone),
    receipt,
  );
}

/** What curators do about the list of organisations. */
export function listenToList(to: Routes, deps: OrganisationsDeps): void {
  const { db, vault, organisations } = deps;
  const waiting = (actor: Actor, mark: string) =>
    may(actor, 'resources.curate') ? findWaitingName(db, vault, mark) : undefined;

  for (const id of [ids.list, ids.listPage])
    to.onClick(id, async ({ actor, value, answer }) =>
      answer(await showList(deps, actor, wantedPage(value))),
    );

  to.onClick(ids.add, async ({ actor, value: mark, answer, open }) => {
    const name = mark === '' ? undefined : await waiting(actor, mark);
    if (!may(actor, 'resources.curate') || (mark !== '' && !name))
      return answer(await showList(deps, actor, 0, gone));
    await open(addView(name, organisations));
  });
  to.onSend(addForm, async ({ actor, carried: { mark }, values, refuse, answer }) => {
    const { name, sector, boroughs } = values;
    const isKnown =
      organisations.sectors.some(({ id }) => id === sector) &&
      boroughs.every((one) => organisations.boroughs.some(({ id }) => id === one));
    if (!isKnown) return refuse(outOfDate);
    const outcome = await addOrganisation(deps, actor, { name, sector, boroughs, mark: mark || undefined });
    if (outcome.kind === 'listed') return refuse({ name: listedAlready(outcome.name) });
    const receipt = outcome.kind === 'added' ? added(outcome.organisation) : gone;
    await answer(await showList(deps, actor, 0, receipt));
  });

  to.onClick(ids.join, async ({ actor, value: mark, answer, open }) => {
    const name = await waiting(actor, mark);
    if (!name) return answer(await showList(deps, actor, 0, gone));
    await open(joinView(name, await organisationList(deps)));
  });
  to.onSuggest(ids.joinTo, async (typed, actor) =>
    may(actor, 'resources.curate') ? listOptions(typed, await organisationList(deps)) : [],
  );
  to.onSend(joinForm, async ({ actor, carried: mark, values, answer }) => {
    const outcome = await joinOrganisation(deps, actor, { mark, to: values.to });
    const receipt = outcome.kind === 'joined' ? joined(mark, outcome) : gone;
    await answer(await showList(deps, actor, 0, receipt));
  });

  const press = (
    id: string,
    act: (deps: OrganisationsDeps, actor: Actor, of: string) => Promise<DoneOutcome>,
    done: Receipt,
  ): void =>
    to.onClick(id, async ({ actor, value, answer }) => {
      const { kind } = await act(deps, actor, value);
      await answer(await showList(deps, actor, 0, kind === 'done' ? done : gone));
    });
  press(ids.decline, declineOrganisation, declined);
  press(ids.takeOff, takeOff, takenOff);
  press(ids.undoJoin, undoJoin, joinUndone);
  press(ids.undoAdd, takeOff, addUndone);
}
