import type { Person } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import type { JourneyStep } from '../content.ts';
import { type OnboardingDeps, zoneOf } from '../deps.ts';
import { findJourney, type Journey, readVersion } from '../store.ts';
import { isOver } from './journey.ts';
import { type HeldStep, listSteps } from './store.ts';

/** A person's journey as they see it. */
export type JourneyView = {
  journey: Journey;
  /** In order; only steps of their own version. */
  steps: { step: JourneyStep; held: HeldStep }[];
  /** The first that is not over. */
  next: { step: JourneyStep; held: HeldStep } | undefined;
  left: number;
};

export async function viewJourney(
  db: Db,
  deps: OnboardingDeps,
  person: Person,
): Promise<JourneyView | undefined> {
  const journey = await findJourney(db, person.id);
  if (!journey) return undefined;
  const version = journey.versionId === undefined ? [] : await readVersion(db, journey.versionId);
  const held = await listSteps(db, journey.id, version, zoneOf(person, deps.timeZone));
  const byId = new Map(version.map((step) => [step.id, step]));
  const steps = held.flatMap((one) => {
    const step = byId.get(one.stepId);
    return step ? [{ step, held: one }] : [];
  });
  const open = steps.filter((one) => !isOver(one.held.status));
  return { journey, steps, next: open[0], left: open.length };
}
