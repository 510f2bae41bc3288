import type { Cohort } from '../../../community/cohorts.ts';
import type { Db } from '../../../db/schema.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { firstOpenDay } from '../../../scheduler/calendar.ts';
import { daysOffIn, isOff } from '../../../scheduler/days-off.ts';
import type { Counted } from '../../feature.ts';
import type { AskedInGroup } from '../../findings.ts';
import type { Stage } from '../content.ts';
import type { EvaluationDeps } from '../deps.ts';
import { listStages } from '../store.ts';

/** A check-in of the plan as it stands. Dates are local. */
export type StageSeen = { stage: Stage } & (
  | { is: 'there'; asked: AskedInGroup }
  /** It can still be asked, on this day. */
  | { is: 'missing'; on: string; counted: Counted }
  /** Its day is over. */
  | { is: 'too-late'; on: string }
  /** The group has neither sessions nor the date that it is counted from. */
  | { is: 'no-dates' }
);

type PlanDeps = Pick<EvaluationDeps, 'stages' | 'askedIn' | 'spanOf' | 'daysOff'>;

/** What a group is asked of its plan and what is missing, in the order of the stages. @param today local. */
export async function readPlan(
  { stages, askedIn, spanOf, daysOff }: PlanDeps,
  db: Db,
  cohort: Cohort,
  today: string,
): Promise<StageSeen[]> {
  const asked = await askedIn(db, cohort.id);
  const known = await listStages(
    db,
    asked.map(({ id }) => id),
  );
  const span = within(cohort, await spanOf(db, cohort.id));
  const anchorOf = ({ from }: Stage) =>
    from === 'start' ? (span?.first.on ?? cohort.startsOn) : (span?.last.on ?? cohort.endsOn);
  const wantedOf = (stage: Stage) => {
    const anchor = anchorOf(stage);
    return anchor === undefined ? undefined : dayAfter(anchor, stage.days);
  };
  const off = daysOffIn(daysOff, cohort);
  const standing = assign(
    stages.map((stage) => ({ stage, wanted: wantedOf(stage) })),
    asked,
    known,
  );
  return stages.map((stage): StageSeen => {
    const there = standing.get(stage.id);
    if (there) return { stage, is: 'there', asked: there };
    const anchor = anchorOf(stage);
    if (anchor === undefined) return { stage, is: 'no-dates' };
    const wanted = dayAfter(anchor, stage.days);
    const tomorrow = dayAfter(today, 1);
    // What comes before still does if it comes a little later.
    const on = stage.from === 'start' && wanted < tomorrow && tomorrow < anchor ? tomorrow : wanted;
    const openOn = firstOpenDay(on, (day) => isOff(off, day));
    if (on <= today || (stage.from === 'start' && openOn >= anchor))
      return { stage, is: 'too-late', on: wanted };
    return { stage, is: 'missing', on: openOn, counted: countedFrom(stage, daysBetween(anchor, on), span) };
  });
}

type Span = Awaited<ReturnType<PlanDeps['spanOf']>>;

/** Sessions before or after the dates of a group are not its training. */
const within = ({ startsOn, endsOn }: Cohort, span: Span): Span =>
  span &&
  (startsOn === undefined || span.last.on >= startsOn) &&
  (endsOn === undefined || span.first.on <= endsOn)
    ? span
    : undefined;

function countedFrom({ from, time }: Stage, days: number, span: Span): Counted {
  if (!span) return { from, days };
  return from === 'start'
    ? { from: 'session-begins', session: span.first.id, days: -days, time }
    : { from: 'session-day', session: span.last.id, days, time };
}

const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to)).days;

type Wanted = { stage: Stage; wanted: string | undefined };

/**
 * Which check-in stands for which stage: the one for which it was scheduled here; else the one whose day is nearest, as two months and six ask the same; where
 * there are no days, in their order. What only does as well is taken where nothing else is there.
 */
function assign(
  stages: readonly Wanted[],
  asked: readonly AskedInGroup[],
  known: ReadonlyMap<string, string>,
): Map<string, AskedInGroup> {
  const found = new Map<string, AskedInGroup>();
  for (const one of asked) {
    const stage = known.get(one.id);
    if (stage !== undefined) found.set(stage, one);
  }
  const far = (on: string | undefined, wanted: string | undefined, place: number): number =>
    on === undefined || wanted === undefined ? place : Math.abs(daysBetween(wanted, on));
  for (const fits of [
    (stage: Stage, one: AskedInGroup) => stage.template === one.templateId,
    (stage: Stage, one: AskedInGroup) => stage.or.includes(one.templateId),
  ]) {
    const pairs = asked
      .toSorted((one, other) => (one.on ?? '9999').localeCompare(other.on ?? '9999'))
      .flatMap((one) =>
        stages
          .filter(({ stage }) => fits(stage, one))
          .map(({ stage, wanted }, place) => ({ one, stage, far: far(one.on, wanted, place) })),
      )
      .toSorted((a, b) => a.far - b.far);
    const taken = new Set([...found.values()].map(({ id }) => id));
    for (const { one, stage } of pairs) {
      if (found.has(stage.id) || taken.has(one.id)) continue;
      found.set(stage.id, one);
      taken.add(one.id);
    }
  }
  return found;
}
