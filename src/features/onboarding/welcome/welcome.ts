import { listHumansFor } from '../../../community/cohorts.ts';
import { findPerson, getPerson, isOurs, type Person } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { countQueued, listQueued } from '../../../outbox/sent.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { OnboardingDeps } from '../deps.ts';
import { awaitsHello } from '../lead/greetings.ts';
import { resumeFrom } from '../steps/pace.ts';
import { changeJourney, claimStatus, findJourney, insertJourney, type Journey } from '../store.ts';
import { listExpected } from './store.ts';
import { backNote } from './views.ts';
import { welcomeFor } from './welcomed.ts';

export type HowMet = 'joined' | 'opened-home' | 'wrote' | 'in-forum' | 'used' | 'cohort';

export type MeetOutcome =
  | { kind: 'welcomed'; directly: boolean }
  | { kind: 'welcomed-back' }
  /** Slack has not said yet who this is; the job greets them once it is known. */
  | { kind: 'expected' }
  | { kind: 'known' }
  | { kind: 'not-ours' };

/** What goes to many at once goes out one after another. */
export const spacingMs = 6_000;
/** Older versions reminded of the agreement under the same kind. */
const queuedWelcome = async (db: Db, { id, personId }: Journey): Promise<string | undefined> =>
  (await listQueued(db, personId, 'onboarding.welcome')).find(
    (key) => key !== `onboarding:${id}:welcome-again`,
  );

/**
 * Greets somebody once, however and however often they come. Who just opened App Home or wrote to the bot is answered at
 * once; everybody else hears from it at a civil hour, through the outbox.
 */
export async function meet(deps: OnboardingDeps, personId: string, how: HowMet): Promise<MeetOutcome> {
  const { db, clock, forumChannel } = deps;
  const person = await findPerson(db, personId);
  if (!person || (!isOurs(person) && person.kind !== 'unknown') || person.isDeactivated)
    return { kind: 'not-ours' };
  // With a forum, the community is whoever is in it, is in a cohort, or turns to the bot.
  if (how === 'joined' && forumChannel !== undefined) return { kind: 'not-ours' };
  const known = await findJourney(db, personId);
  if (!known) await insertJourney(db, clock, { personId, status: 'expected', how });
  const journey = known ?? (await findJourney(db, personId));
  if (!journey) return { kind: 'not-ours' };
  // Whether they are in the forum is kept, so that leaving it while the bot is away can be noticed.
  if (how === 'in-forum' && journey.metHow !== how)
    await changeJourney(db, clock, journey.id, { met_how: how });
  if (journey.isAway) {
    const back = await personReturned(deps, personId);
    if (back.kind !== 'expected') return back;
  }
  if (!isOurs(person)) return { kind: 'expected' };
  if (how === 'opened-home' || how === 'wrote') return welcomeNow(deps, person, journey);
  return (await enqueueWelcome(deps, journey)) ? { kind: 'welcomed', directly: false } : { kind: 'known' };
}

/** They came to the bot themselves: the answer does not wait for the morning, nor a welcome that was waiting for it. */
async function welcomeNow(deps: OnboardingDeps, person: Person, journey: Journey): Promise<MeetOutcome> {
  await enqueueWelcome(deps, journey);
  const key = await queuedWelcome(deps.db, journey);
  if (key === undefined) return { kind: 'known' };
  await deps.sendNow(key);
  deps.homeChanged(person.id);
  return { kind: 'welcomed', directly: true };
}

/** @returns false when it was on its way already. */
async function enqueueWelcome(deps: OnboardingDeps, journey: Journey): Promise<boolean> {
  const { db, clock } = deps;
  return db.transaction().execute(async (trx) => {
    if (!(await claimStatus(trx, clock, journey.id, ['expected'], 'met'))) return false;
    const person = await getPerson(trx, journey.personId);
    // Whoever had everything deleted and looked in again is nobody's newcomer before they say yes.
    const beginsAnew = deps.vault.isForgotten({ slackId: person.slackId });
    if (!beginsAnew) await awaitsHello(trx, person, clock.now());
    const waiting = await countQueued(trx, 'onboarding.welcome');
    const first = await deps.reach.nextAllowed(trx, person.id, clock.now());
    await enqueue(trx, clock, {
      // Once by their status, which it is told by; anew for whoever left before it came.
      idempotencyKey: `onboarding:${journey.id}:welcome:${newId(clock)}`,
      kind: 'onboarding.welcome',
      to: { personId: person.id },
      message: await welcomeFor(trx, deps.journey, person, { beginsAnew }),
      sendAfter: await deps.reach.nextAllowed(trx, person.id, later(first, waiting * spacingMs)),
      topic: 'onboarding',
    });
    return true;
  });
}

/** Job: greets whoever was met before Slack had said who they are. */
export async function welcomeExpected(deps: OnboardingDeps): Promise<void> {
  const expected = await listExpected(deps.db, 50);
  await forEach(deps.log, 'onboarding.welcomes', expected, (journey) => enqueueWelcome(deps, journey));
}

/** Deactivated, or left the forum: nothing more is sent, what is queued is taken back, and nothing is lost. */
export async function personLeft(deps: OnboardingDeps, personId: string): Promise<void> {
  const { db, clock } = deps;
  await db.transaction().execute(async (trx) => {
    const journey = await findJourney(trx, personId);
    // Nobody comes back who was never welcomed: they are greeted when they come.
    if (journey && (await queuedWelcome(trx, journey)))
      await claimStatus(trx, clock, journey.id, ['met'], 'expected');
    await cancelQueued(trx, { personId, topic: 'onboarding' }, 'left');
    if (journey && !journey.isAway)
      await changeJourney(trx, clock, journey.id, { away_at: clock.now().toISOString() });
  });
}

/** One note, and the journey goes on where it was. */
export async function personReturned(deps: OnboardingDeps, personId: string): Promise<MeetOutcome> {
  const { db, clock } = deps;
  const outcome = await db.transaction().execute(async (trx): Promise<MeetOutcome> => {
    const journey = await findJourney(trx, personId);
    const person = await getPerson(trx, personId);
    if (!journey?.isAway || !isOurs(person)) return { kind: 'known' };
    const now = clock.now();
    await changeJourney(trx, clock, journey.id, { away_at: null, next_at: now.toISOString() });
    // Never welcomed, or said no: there is nothing to come back to.
    if (journey.status === 'expected') return { kind: 'expected' };
    if (journey.status === 'declined') return { kind: 'known' };
    await resumeFrom(trx, deps, journey, person, 1);
    if (journey.pace === 'none') return { kind: 'known' };
    await enqueue(trx, clock, {
      idempotencyKey: `onboarding:${journey.id}:back:${now.toISOString()}`,
      kind: 'onboarding.back',
      to: { personId },
      message: backNote(person, await listHumansFor(trx, personId), journey.status),
      sendAfter: await deps.reach.nextAllowed(trx, person.id, now),
      topic: 'onboarding',
    });
    return { kind: 'welcomed-back' };
  });
  deps.homeChanged(personId);
  return outcome;
}
