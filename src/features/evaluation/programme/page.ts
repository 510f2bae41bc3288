import { type Actor, may } from '../../../community/permissions.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { HomePage, HomeSection } from '../../feature.ts';
import { ids } from '../ids.ts';
import { countedSince } from '../use/store.ts';
import type { ProgrammeDeps } from './deps.ts';
import { findLatestMonth, listMonths } from './store.ts';
import { homeBlocks, notTheirs, programmeBlocks, type Seen } from './views.ts';

const pageId = 'evaluation.programme';

/** @returns undefined where it is not for them. */
export async function readProgramme(
  { db, clock, timeZone, introducedByQuarter }: ProgrammeDeps,
  actor: Actor,
): Promise<Seen | undefined> {
  if (!may(actor, 'programme.results')) return undefined;
  return {
    months: await listMonths(db),
    since: await countedSince(db, localDate(clock.now(), timeZone)),
    introduced: await introducedByQuarter(db),
  };
}

/** For those who lead all of it. */
export const programmePage = (deps: ProgrammeDeps): HomePage => ({
  id: pageId,
  async blocks({ actor }) {
    const seen = await readProgramme(deps, actor);
    return seen && programmeBlocks(seen);
  },
});

/** The way to it. */
export const programmeSection = ({ db }: ProgrammeDeps): HomeSection => ({
  slot: 'lead',
  order: 45,
  async blocks({ actor }) {
    if (!may(actor, 'programme.results')) return [];
    return homeBlocks(await findLatestMonth(db));
  },
});

export const listenToProgramme = (to: Routes, deps: ProgrammeDeps): void =>
  to.onClick(ids.programme, async ({ actor, answer }) => {
    if (!may(actor, 'programme.results')) return answer(notTheirs);
    await deps.turnHome(actor.person.id, { page: pageId, value: '' });
  });
