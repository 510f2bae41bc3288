import { hasConsent } from '../../../community/consents.ts';
import { type Actor, findActor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Core, Deed } from '../../feature.ts';
import { monthOf, weekOf } from './periods.ts';
import { deleteMarksOf, findMarkedIn, noGroup, recordMark, recordUse } from './store.ts';

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

/** Where somebody counts in a week and a month, and as what they are marked already. */
type Counting = { week: string; month: string; cohortId: string | undefined; marked: Set<string> };

/**
 * Counts what people do as it happens: how often a group looked something up in a week, and who was active or wrote a
 * reflection in a month. Who did it is kept as one mark for each, until it is counted. Nobody waits for it.
 */
export function createUse({ db, clock, timeZone }: Pick<Core, 'db' | 'clock' | 'timeZone'>): {
  hears(personId: string, deed: Deed): Promise<void>;
} {
  // Look-ups come all day long: after the first of a week each costs one statement.
  const known = new Map<string, Counting>();

  async function countingOf(personId: string, week: string, month: string): Promise<Counting> {
    const before = known.get(personId);
    if (before?.week === week && before.month === month) return before;
    const counting = { week, month, cohortId: await placeOf(db, personId, week), marked: new Set<string>() };
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
      const today = localDate(clock.now(), timeZone);
      const [week, month] = [weekOf(today), monthOf(today)];
      const { cohortId, marked } = await countingOf(personId, week, month);
      if (cohortId === undefined) return;
      const mark = async (of: 'looked-up' | 'active' | 'reflected', period: string, place: string) => {
        if (marked.has(of)) return;
        await recordMark(db, { personId, kind: of, period, cohortId: place });
        marked.add(of);
      };
      await mark('active', month, noGroup);
      if (kind === 'reflected') {
        await mark('reflected', month, noGroup);
        await recordUse(db, { kind: 'reflected', period: month, cohortId: noGroup }, 0);
      }
      if (lookUps.has(kind)) {
        await mark('looked-up', week, cohortId);
        await recordUse(db, { kind: 'looked-up', period: week, cohortId }, kind === 'found-nothing' ? 1 : 0);
      }
    },
  };
}

/**
 * Where somebody counts for all of a week: in the running group that they joined first, so that no two numbers share a
 * person and none can be taken from the other. Undefined: nowhere.
 */
async function placeOf(db: Db, personId: string, week: string): Promise<string | undefined> {
  const actor = await findActor(db, personId);
  if (!actor || !may(actor, 'community.use') || actor.hasDeclined) return undefined;
  if (!(await hasConsent(db, personId, 'agreement'))) return undefined;
  const cohortId =
    (await findMarkedIn(db, personId, week)) ?? (await findFirstGroup(db, personId)) ?? noGroup;
  return isReader(actor, cohortId) ? undefined : cohortId;
}

/** Those who see a number know of themselves, and do not count in it. */
export const isReader = (actor: Actor, cohortId: string): boolean =>
  may(actor, 'programme.results') || (cohortId !== noGroup && may(actor, 'checkins.results', { cohortId }));

async function findFirstGroup(db: Db, personId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('cohort_members')
    .innerJoin('cohorts', 'cohorts.id', 'cohort_members.cohort_id')
    .select('cohorts.id')
    .where('cohort_members.person_id', '=', personId)
    .where('cohort_members.left_at', 'is', null)
    .where('cohorts.archived_at', 'is', null)
    .orderBy('cohort_members.joined_at')
    .orderBy('cohorts.id')
    .executeTakeFirst();
  return row?.id;
}
