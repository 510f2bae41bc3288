import { audit } from '../../../community/audit.ts';
import { may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate, localTime } from '../../../scheduler/calendar.ts';
import { count, sayTime } from '../../../slack/text.ts';
import type { PartNow, PilotParts } from '../../feature.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { moveCheckIn } from '../leading/manage.ts';
import {
  type CheckIn,
  changeStatus,
  deleteCheckIn,
  findCheckIn,
  findOpenRound,
  isStartedByMembers,
  listIdsIn,
  listRounds,
} from '../store.ts';
import { follow, hasLostItsSession } from './follow-dates.ts';
import { type Plan, plannedFrom, usualTime } from './plan.ts';
import { checkPlan, insertPlanned } from './schedule.ts';

/**
 * Check-ins of a pilot: from a template, counted from a session, or started by members; what the forms do, in the caller's
 * transaction. Its group may still be empty.
 */
export function pilotCheckIn(deps: CheckInDeps): PilotParts['checkin'] {
  const within = (trx: Db): CheckInDeps => ({ ...deps, db: trx });
  return {
    async create(trx, actor, { id, cohortId, templateId, counted }) {
      const plan: Plan = {
        id,
        cohort: cohortId,
        template: templateId,
        leftOut: [],
        time: usualTime,
        ...(counted ? plannedFrom(counted) : { how: 'members' }),
      };
      const checked = await checkPlan(within(trx), actor, plan, { mayBeEmpty: true });
      if (checked.kind === 'problems') return Object.values(checked.problems)[0];
      await insertPlanned(trx, deps, actor, checked, id);
      return undefined;
    },
    async move(trx, actor, id, { date, time, counted }) {
      const checkin = await findCheckIn(trx, id);
      if (!checkin?.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId }))
        return 'This is not a check-in you run.';
      if (counted) {
        const { status } = checkin;
        await changeStatus(trx, id, ['running', 'paused'], { status, countedFrom: counted });
        await follow(trx, within(trx), { ...checkin, countedFrom: counted }, deps.clock.now());
        return undefined;
      }
      if (isAt(checkin, { date, time })) return undefined;
      const moved = await moveCheckIn(within(trx), actor, id, { date, time });
      if (moved.kind === 'problems') return Object.values(moved.problems)[0];
      return moved.kind === 'done' ? undefined : 'This check-in cannot be moved any more.';
    },
    async remove(trx, actor, id) {
      const checkin = await findCheckIn(trx, id);
      if (!checkin) return true;
      if (!checkin.cohortId || !may(actor, 'checkins.schedule', { cohortId: checkin.cohortId })) return false;
      if (!(await isUntouched(trx, id))) return false;
      await changeStatus(trx, id, ['running', 'paused'], { status: 'cancelled', nextAt: undefined });
      await audit(trx, deps.clock, { actor: actor.person.id, action: 'checkins.delete', subject: id });
      return deleteCheckIn(trx, id);
    },
    async describe(db, id) {
      const checkin = await findCheckIn(db, id);
      if (!checkin) return undefined;
      const { definition, nextAt, recurrence, countedFrom } = checkin;
      const zone = recurrence?.zone ?? deps.timeZone;
      return {
        title: definition.label,
        at:
          nextAt === undefined
            ? undefined
            : { date: localDate(nextAt, zone), time: localTime(nextAt, zone), counted: countedFrom },
        isUntouched: await isUntouched(db, id),
        ...(await standsNow(within(db), checkin, zone)),
        buttons: [{ text: 'Check-ins I run', actionId: ids.list, value: '0' }],
      };
    },
    listIn: listIdsIn,
  };
}

const isUntouched = async (db: Db, id: string): Promise<boolean> =>
  (await listRounds(db, id)).length === 0 && (await findOpenRound(db, id)) === undefined;

function isAt({ nextAt, recurrence }: CheckIn, { date, time }: { date: string; time: string }): boolean {
  if (!nextAt || !recurrence) return false;
  return localDate(nextAt, recurrence.zone) === date && localTime(nextAt, recurrence.zone) === time;
}

async function standsNow(
  deps: CheckInDeps,
  checkin: CheckIn,
  zone: string,
): Promise<Pick<PartNow<unknown>, 'state' | 'says'>> {
  const open = await findOpenRound(deps.db, checkin.id);
  if (isStartedByMembers(checkin) && checkin.status === 'running')
    return { state: 'ahead', says: 'whenever a member has something to say' };
  if (open) return { state: 'begun', says: open.closesAt && `open until ${sayTime(open.closesAt, zone)}` };
  if (checkin.status === 'cancelled') return { state: 'called-off', says: 'cancelled' };
  if (checkin.nextAt === undefined) return { state: 'over', says: 'over' };
  if (await hasLostItsSession(deps, checkin))
    return {
      state: 'ahead',
      says: 'waits: it cannot come by its session, so please give it a day of its own',
    };
  if (checkin.status === 'paused') return { state: 'ahead', says: 'paused' };
  return {
    state: 'ahead',
    says:
      checkin.countedFrom?.from === 'session-begins'
        ? 'until the session begins'
        : `open for ${count(checkin.openDays, 'day', 'days')}`,
  };
}
