import { audit } from '../../../community/audit.ts';
import { giveConsent, withdrawConsent } from '../../../community/consents.ts';
import { getPerson } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { getPreferences } from '../../../community/preferences.ts';
import type { Db } from '../../../db/schema.ts';
import { later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, enqueue, lookAgain } from '../../../outbox/outbox.ts';
import { countQueued } from '../../../outbox/sent.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { type OnboardingDeps, openableSteps, zoneOf } from '../deps.ts';
import { awaitsHello, tellHomes } from '../lead/greetings.ts';
import { stepsFor } from '../steps/audience.ts';
import { anchorFor, dueDates } from '../steps/journey.ts';
import { viewJourney } from '../steps/journey-view.ts';
import { insertSteps } from '../steps/store.ts';
import { changeJourney, findJourney, insertJourney, type Journey, saveVersion } from '../store.ts';
import { deleteDetails, listToAskAgain } from './store.ts';
import { agreedMessage, newAgreementMessage } from './views.ts';
import { spacingMs } from './welcome.ts';

export type AgreeOutcome =
  /** `receipt` names the message that says so. */
  | { kind: 'began'; receipt: string }
  /** A newer version of the agreement; the journey goes on as it was. */
  | { kind: 'agreed-again' }
  | { kind: 'already' }
  | { kind: 'not-allowed' };

/** Somebody agrees to the community agreement as it stands. The first time, their journey begins. */
export async function agree(deps: OnboardingDeps, actor: Actor): Promise<AgreeOutcome> {
  const { db, clock, journey: content } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const outcome = await db.transaction().execute(async (trx): Promise<AgreeOutcome> => {
    await insertJourney(trx, clock, { personId, status: 'met', how: 'used' });
    const journey = await findJourney(trx, personId);
    if (!journey) return { kind: 'not-allowed' };
    const { version } = content.agreement;
    const hasBegun = journey.versionId !== undefined && journey.status !== 'declined';
    if (hasBegun && journey.agreementVersion === version) return { kind: 'already' };
    await withdrawConsent(trx, clock, personId, 'declined');
    await giveConsent(trx, clock, { personId, kind: 'notice', version: content.privacyNotice.version });
    if (journey.agreementVersion !== undefined && journey.agreementVersion !== version)
      await withdrawConsent(trx, clock, personId, 'agreement');
    await giveConsent(trx, clock, { personId, kind: 'agreement', version });
    await cancelQueued(trx, { personId, kind: 'onboarding.welcome' }, 'agreed');
    await cancelQueued(trx, { personId, kind: 'onboarding.welcome-again' }, 'agreed');
    await cancelQueued(trx, { personId, kind: 'onboarding.agreement' }, 'agreed');
    await changeJourney(trx, clock, journey.id, { agreement_version: version, agreement_asked: version });
    // What waited for this yes.
    await lookAgain(trx, personId, clock.now());
    if (hasBegun) return { kind: 'agreed-again' };
    await begin(trx, deps, journey);
    return { kind: 'began', receipt: await enqueueReceipt(trx, deps, actor, journey.id) };
  });
  deps.homeChanged(personId);
  if (outcome.kind === 'began') await tellHomes(deps, personId);
  return outcome;
}

async function enqueueReceipt(
  trx: Db,
  deps: OnboardingDeps,
  { person }: Actor,
  journeyId: string,
): Promise<string> {
  const { clock, journey: content } = deps;
  const idempotencyKey = `onboarding:${journeyId}:agreed:${newId(clock)}`;
  const view = await viewJourney(trx, deps, person);
  if (view)
    await enqueue(trx, clock, {
      idempotencyKey,
      kind: 'onboarding.agreed',
      to: { personId: person.id },
      message: agreedMessage(content, view),
      sendAfter: clock.now(),
      topic: 'onboarding',
    });
  return idempotencyKey;
}

/** Keeps the steps as they are today, with their dates. */
async function begin(trx: Db, deps: OnboardingDeps, journey: Journey): Promise<void> {
  const { clock } = deps;
  const now = clock.now();
  const person = await getPerson(trx, journey.personId);
  const steps = openableSteps(deps);
  const anchorOn = anchorFor(localDate(now, zoneOf(person, deps.timeZone)), journey.pace);
  const versionId = await saveVersion(trx, clock, steps);
  await changeJourney(trx, clock, journey.id, {
    status: 'active',
    version_id: versionId,
    anchor_on: anchorOn,
    rest_reason: null,
    noticed: '[]',
    away_at: null,
    next_at: now.toISOString(),
  });
  const mine = await stepsFor(trx, steps, person);
  const dates = dueDates(mine, { anchorOn, pace: journey.pace });
  await insertSteps(
    trx,
    journey.id,
    mine.map((step) => ({
      stepId: step.id,
      position: steps.indexOf(step),
      dueOn: dates.get(step.id) ?? anchorOn,
      status: step.notices && journey.noticed.includes(step.notices) ? 'noticed' : 'waiting',
    })),
  );
  await awaitsHello(trx, person, now);
}

export type DeclineOutcome =
  /** `hadBegun`: they had agreed before, so there may be things they wrote. */
  { kind: 'declined'; hadBegun: boolean } | { kind: 'not-allowed' };

/**
 * "No thank you": only that they said no is kept, so that they are never asked again. Their profile, name, zone, extras
 * and steps go; looking things up goes on. They may change their mind in App Home.
 */
export async function decline(deps: OnboardingDeps, actor: Actor): Promise<DeclineOutcome> {
  const { db, clock, journey: content } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const hadBegun = await db.transaction().execute(async (trx) => {
    await insertJourney(trx, clock, { personId, status: 'met', how: 'used' });
    const journey = await findJourney(trx, personId);
    if (!journey) return false;
    await cancelQueued(trx, { personId, topic: 'onboarding' }, 'declined');
    for (const kind of ['agreement', 'listed', 'introduced'] as const)
      await withdrawConsent(trx, clock, personId, kind);
    await giveConsent(trx, clock, { personId, kind: 'declined', version: content.agreement.version });
    await deleteDetails(trx, journey);
    await changeJourney(trx, clock, journey.id, {
      status: 'declined',
      version_id: null,
      anchor_on: null,
      agreement_version: null,
      noticed: '[]',
      next_at: null,
    });
    await audit(trx, clock, { actor: personId, action: 'onboarding.decline', subject: personId });
    return journey.versionId !== undefined;
  });
  await deps.did(personId, { kind: 'declined' });
  await tellHomes(deps, personId);
  deps.homeChanged(personId);
  return { kind: 'declined', hadBegun };
}

/** Whether somebody agreed, to whichever version, and did not say no since. */
export const hasAgreed = async ({ db }: Pick<OnboardingDeps, 'db'>, actor: Actor): Promise<boolean> =>
  (await findJourney(db, actor.person.id))?.agreementVersion !== undefined;

/** Whether the agreement has changed since this person agreed. */
export const isAgreementDue = (deps: OnboardingDeps, journey: Journey): boolean =>
  journey.agreementVersion !== undefined && journey.agreementVersion !== deps.journey.agreement.version;

/** Job: a new version of the agreement asks everybody again, once, saying what changed. */
export async function askAgain(deps: OnboardingDeps): Promise<void> {
  const { db, clock, journey: content } = deps;
  const { version } = content.agreement;
  for (const journey of await listToAskAgain(db, version, 50)) {
    await db.transaction().execute(async (trx) => {
      const person = await getPerson(trx, journey.personId);
      const waiting = await countQueued(trx, 'onboarding.agreement');
      const first = await deps.reach.nextAllowed(trx, person.id, clock.now());
      await changeJourney(trx, clock, journey.id, { agreement_asked: version });
      // Whoever wants no messages finds it in Home.
      if (!(await getPreferences(trx, person.id)).wantsMessages) return;
      await enqueue(trx, clock, {
        idempotencyKey: `onboarding:${journey.id}:agreement:${version}`,
        kind: 'onboarding.agreement',
        to: { personId: person.id },
        message: newAgreementMessage(content, person),
        sendAfter: await deps.reach.nextAllowed(trx, person.id, later(first, waiting * spacingMs)),
        topic: 'onboarding',
      });
    });
    deps.homeChanged(journey.personId);
  }
}
