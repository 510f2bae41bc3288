import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import { cancelQueued, changePreferences } from '../../../outbox/outbox.ts';
import type { OnboardingDeps } from '../deps.ts';
import { changeJourney, claimStatus, findJourney } from '../store.ts';

/** Ends the journey; nothing of it is lost. */
export async function stop(deps: OnboardingDeps, personId: string): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    const journey = await findJourney(trx, personId);
    if (!journey) return;
    await cancelQueued(trx, { personId, topic: 'onboarding' }, 'stopped');
    const isStopped = await claimStatus(
      trx,
      clock,
      journey.id,
      ['expected', 'met', 'active', 'paused'],
      journey.versionId === undefined ? 'met' : 'stopped',
    );
    if (!isStopped) return;
    await changeJourney(trx, clock, journey.id, { rest_reason: 'asked', next_at: null });
    await audit(trx, clock, { actor: personId, action: 'onboarding.stopped', subject: personId });
  });
  deps.homeChanged(personId);
}

/** "Pause all messages" from a step's menu: what the bot would send unasked waits in the outbox until they start again. */
export async function pauseAll(deps: OnboardingDeps, actor: Actor): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    await changePreferences(trx, actor.person.id, { isPaused: true }, clock.now());
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'preferences.pause',
      subject: actor.person.id,
    });
  });
  deps.homeChanged(actor.person.id);
}
