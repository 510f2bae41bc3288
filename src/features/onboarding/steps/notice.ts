import type { Notice } from '../content.ts';
import type { OnboardingDeps } from '../deps.ts';
import { changeJourney, findJourney, readVersion } from '../store.ts';
import { afterReaction } from './steps.ts';
import { closeStep } from './store.ts';

const noticeOf = {
  profile: 'profile-filled',
  'first-lookup': 'first-lookup',
  'first-part': 'first-part',
  'first-reflection': 'first-reflection',
  baseline: 'baseline-answered',
} as const satisfies Record<string, Notice>;
export type Noticed = keyof typeof noticeOf;

/** Something was done already: its step is over, quietly, and a message about it that waits is taken back. */
export async function noticed(deps: OnboardingDeps, personId: string, what: Noticed): Promise<void> {
  const { db, clock } = deps;
  const notice = noticeOf[what];
  const before = await findJourney(db, personId);
  if (!before || before.status === 'declined') return;
  if (before.versionId === undefined && before.noticed.includes(notice)) return;
  const closed = await db.transaction().execute(async (trx) => {
    const journey = await findJourney(trx, personId);
    if (!journey) return undefined;
    if (journey.versionId === undefined) {
      // Before they agreed: only that it happened, so that the step is not asked for afterwards.
      await changeJourney(trx, clock, journey.id, {
        noticed: JSON.stringify([...new Set([...journey.noticed, notice])]),
      });
      return undefined;
    }
    const version = await readVersion(trx, journey.versionId);
    const step = version.find((one) => one.notices === notice);
    if (!step) return undefined;
    const isClosed = await closeStep(trx, clock, { journeyId: journey.id, stepId: step.id, as: 'noticed' });
    if (isClosed) await afterReaction(trx, deps, journey, step.id);
    return isClosed ? step.id : undefined;
  });
  if (closed === undefined) return;
  deps.stepClosed?.(personId, closed);
  deps.homeChanged(personId);
}
