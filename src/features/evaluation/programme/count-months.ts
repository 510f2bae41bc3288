import { listLeadFacilitators } from '../../../community/cohorts.ts';
import { listWithRoles, may } from '../../../community/permissions.ts';
import { fewestPeople, inSteps, someOf } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { atLocalTime, localDate } from '../../../scheduler/calendar.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import { countingDay, endOfMonth, monthAfter, monthOf } from '../use/periods.ts';
import {
  countedSince,
  countReflections,
  deleteMarks,
  deleteReflections,
  listCountedWeeks,
  listMarks,
} from '../use/store.ts';
import type { ProgrammeDeps } from './deps.ts';
import type { Month, Shown } from './month.ts';
import { findLatestMonth, insertMonth, listMembers } from './store.ts';

/**
 * Counts each month of the programme once, after its end; who was among them goes with that. Comes after the weeks are
 * counted.
 */
export const countMonthsJob = (deps: ProgrammeDeps): Job => ({
  name: 'evaluation.count-months',
  every: 'hour',
  async run(now) {
    const { db, log, timeZone } = deps;
    const since = await countedSince(db, localDate(now, timeZone));
    const present = monthOf(countingDay(now, timeZone));
    const last = await findLatestMonth(db);
    const due: string[] = [];
    for (
      let month = last === undefined ? monthOf(since) : monthAfter(last, 1);
      month < present;
      month = monthAfter(month, 1)
    )
      due.push(month);
    if (due.length === 0) return;
    await forEach(log, 'evaluation.count-months', due, (month) =>
      db.transaction().execute((trx) => countMonth(deps, trx, month, { since, now })),
    );
    for (const { id } of await listLeadFacilitators(db)) deps.homeChanged(id);
  },
});

async function countMonth(
  deps: ProgrammeDeps,
  trx: Db,
  month: string,
  { since, now }: { since: string; now: Date },
): Promise<void> {
  const zone = deps.timeZone;
  const [first, last] = [`${month}-01`, endOfMonth(month)];
  const span = {
    from: atLocalTime(first, '00:00', zone),
    until: atLocalTime(dayAfter(last, 1), '00:00', zone),
  };
  const readers = new Set(
    (await listWithRoles(trx)).filter((one) => may(one, 'programme.results')).map(({ person }) => person.id),
  );
  const others = async (kind: 'active' | 'reflected') =>
    (await listMarks(trx, kind, month)).map(({ personId }) => personId).filter((id) => !readers.has(id));
  const members = new Set((await listMembers(trx)).filter((id) => !readers.has(id)));
  const active = (await others('active')).filter((id) => members.has(id)).length;
  // A week belongs to the month in which it ends.
  const weeks = await listCountedWeeks(trx, { from: dayAfter(first, -6), until: dayAfter(last, -6) });
  const sum = (what: 'uses' | 'missed') => weeks.reduce((all, week) => all + week[what], 0);
  const { held, places } = await deps.sessionsIn(trx, span);
  const { answered, asked } = await deps.responseIn(trx, span);
  const counted: Month = {
    month,
    on: localDate(now, zone),
    ...(monthOf(since) === month && since > first && { from: since }),
    members: fromFive(inSteps(members.size)),
    active: someOf(active, members.size),
    lookUps: fromFive(sum('uses')),
    foundNothing: fromFive(sum('missed')),
    reflections:
      (await others('reflected')).length < fewestPeople
        ? 'few'
        : fromFive(inSteps(await countReflections(trx, month))),
    sessions: held,
    places: fromFive(places),
    answered: fromFive(answered),
    asked,
  };
  await insertMonth(trx, counted);
  for (const kind of ['active', 'reflected'] as const) await deleteMarks(trx, kind, month);
  await deleteReflections(trx, month);
}

const fromFive = (number: number): Shown => (number < fewestPeople ? 'few' : number);
