import { setImmediate as turn } from 'node:timers/promises';
import { hasConsent } from '../../../community/consents.ts';
import { type Actor, findActor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { minutes } from '../../../lib/clock.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Core, Deed, Job } from '../../feature.ts';
import { monthOf, weekOf } from './periods.ts';
import {
  deleteMarksOf,
  findMarkedIn,
  type Kind,
  listJoined,
  noGroup,
  recordMark,
  recordUse,
} from './store.ts';

/** More people than that are forgotten and looked at again. */
const mostRemembered = 5_000;

/** What people do themselves; the other deeds may be somebody else's, or their going. */
const ownDeeds: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>([
  'looked-up',
  'found-nothing',
  'opened-pathway',
  'used-entry',
  'reflected',
  'did-part',
  'answered',
  'agreed',
  'chose-extras',
  'wants-messages',
]);
const lookUps: ReadonlySet<Deed['kind']> = new Set<Deed['kind']>([
  'looked-up',
  'found-nothing',
  'opened-pathway',
]);

/** @param cohortId where they count in that week, once they have looked something up in it. */
type Counting = { week: string; month: string; isCounted: boolean; cohortId?: string; marked: Set<Kind> };

/** Look-ups of a group in a week that are not in the database yet. */
type Waiting = { week: string; cohortId: string; uses: number; missed: number };

/**
 * Counts what people do as it happens: how often a group looked something up in a week, and who was active or wrote a
 * reflection in a month. Who did it is kept as one mark for each, until it is counted. Nobody waits for it: after somebody's
 * first look-up of a week the others only wait in memory for the next beat, and what a crash loses of them is lost.
 */
export function createUse({ db, clock, timeZone }: Pick<Core, 'db' | 'clock' | 'timeZone'>): {
  hears(personId: string, deed: Deed): Promise<void>;
  /** Comes before the weeks are counted. */
  job: Job;
} {
  const known = new Map<string, Counting>();
  const waiting = new Map<string, Waiting>();

  // Reckoning a date takes longer than all the rest, and days begin on a quarter of an hour in every zone.
  let day = { quarter: Number.NaN, week: '', month: '' };
  function dayNow(): { week: string; month: string } {
    const now = clock.now();
    const quarter = Math.floor(now.getTime() / minutes(15));
    if (day.quarter !== quarter) {
      const today = localDate(now, timeZone);
      day = { quarter, week: weekOf(today), month: monthOf(today) };
    }
    return day;
  }

  function add({ week, cohortId, uses, missed }: Waiting): void {
    const key = `${week} ${cohortId}`;
    const before = waiting.get(key);
    waiting.set(key, {
      week,
      cohortId,
      uses: uses + (before?.uses ?? 0),
      missed: missed + (before?.missed ?? 0),
    });
  }

  async function countingOf(personId: string, week: string, month: string): Promise<Counting> {
    const before = known.get(personId);
    if (before?.week === week && before.month === month) return before;
    // Whoever looks something up waits for what is found: that goes first.
    await turn();
    const counting = { week, month, isCounted: await isCounted(db, personId), marked: new Set<Kind>() };
    if (known.size >= mostRemembered) known.clear();
    known.set(personId, counting);
    return counting;
  }

  return {
    async hears(personId, { kind }) {
      if (kind === 'roles-changed' || kind === 'agreed') known.delete(personId);
      if (kind === 'left-programme' || kind === 'declined') {
        known.delete(personId);
        return deleteMarksOf(db, personId);
      }
      if (!ownDeeds.has(kind)) return;
      const { week, month } = dayNow();
      const counting = await countingOf(personId, week, month);
      if (!counting.isCounted) return;
      const mark = async (of: Kind, period: string, cohortId = noGroup) => {
        if (counting.marked.has(of)) return;
        await recordMark(db, { personId, kind: of, period, cohortId });
        counting.marked.add(of);
      };
      await mark('active', month);
      if (kind === 'reflected') {
        await mark('reflected', month);
        await recordUse(db, { kind: 'reflected', period: month, cohortId: noGroup }, { uses: 1, missed: 0 });
      }
      if (!lookUps.has(kind)) return;
      counting.cohortId ??= await placeOf(db, personId, week);
      await mark('looked-up', week, counting.cohortId);
      add({ week, cohortId: counting.cohortId, uses: 1, missed: kind === 'found-nothing' ? 1 : 0 });
    },
    job: {
      name: 'evaluation.note-look-ups',
      async run() {
        for (const [key, one] of waiting) {
          waiting.delete(key);
          try {
            await recordUse(db, { kind: 'looked-up', period: one.week, cohortId: one.cohortId }, one);
          } catch (error) {
            add(one);
            throw error;
          }
        }
      },
    },
  };
}

/** Who takes part, and does not see what the whole programme came to: those who do know of themselves. */
async function isCounted(db: Db, personId: string): Promise<boolean> {
  const actor = await findActor(db, personId);
  if (!actor || !may(actor, 'community.use') || actor.hasDeclined || isReader(actor, noGroup)) return false;
  return hasConsent(db, personId, 'agreement');
}

/** Those who see a number know of themselves, and are not among the five. */
export const isReader = (actor: Actor, cohortId: string): boolean =>
  may(actor, 'programme.results') || (cohortId !== noGroup && may(actor, 'checkins.results', { cohortId }));

/**
 * Where somebody counts for all of a week: in the running group that they joined first and do not run, so that no two numbers
 * share a person and none can be taken from the other.
 */
async function placeOf(db: Db, personId: string, week: string): Promise<string> {
  const marked = await findMarkedIn(db, personId, week);
  if (marked !== undefined) return marked;
  const actor = await findActor(db, personId);
  const joined = await listJoined(db, personId);
  return joined.find((id) => actor && !isReader(actor, id)) ?? noGroup;
}
