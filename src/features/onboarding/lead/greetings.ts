import { listHumansFor, listLeadFacilitators } from '../../../community/cohorts.ts';
import { findPerson, getPerson, type Person } from '../../../community/people.ts';
import { type Actor, actorOf, isFacilitator, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { OnboardingDeps } from '../deps.ts';
import { listProgressCohorts } from './progress.ts';
import {
  claimGreeting,
  countWaiting,
  findGreeter,
  freeGreeting,
  type Greetable,
  insertGreeting,
  isGreetable,
  listWaiting,
  recordGreeted,
} from './store.ts';

/**
 * From now on they wait for a hello: everybody who comes, whatever they say to the agreement, since a list of those who agreed
 * would tell who did not. Whoever runs groups is no newcomer.
 */
export async function awaitsHello(trx: Db, person: Person, at: Date): Promise<void> {
  if (!isFacilitator(await actorOf(trx, person))) await insertGreeting(trx, person.id, at);
}

export type GreetOutcome =
  /** `isDone`: they say that they have said something. */
  | { kind: 'yours'; newcomer: Person; isDone: boolean }
  | { kind: 'taken'; newcomer: Person; by: Person }
  | { kind: 'gone' }
  | { kind: 'not-allowed' };

/**
 * Takes the hello on: one facilitator for each newcomer, whoever presses first. It is done when they say so, since nobody
 * but them can tell whether something was said.
 */
export const greet = (deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<GreetOutcome> =>
  onGreeting(deps, actor, newcomerId, (trx, by) => claimGreeting(trx, newcomerId, by));

/** "I have said hello." */
export const greeted = (deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<GreetOutcome> =>
  onGreeting(deps, actor, newcomerId, (trx, by) =>
    recordGreeted(trx, newcomerId, { by, at: deps.clock.now() }),
  );

async function onGreeting(
  deps: OnboardingDeps,
  actor: Actor,
  newcomerId: string,
  work: (trx: Db, by: string) => Promise<boolean>,
): Promise<GreetOutcome> {
  const { db } = deps;
  if (!(await mayGreet(db, actor, newcomerId))) return { kind: 'not-allowed' };
  const outcome = await db.transaction().execute(async (trx): Promise<GreetOutcome> => {
    const newcomer = await findPerson(trx, newcomerId);
    if (!newcomer || newcomer.isDeactivated) return { kind: 'gone' };
    const me = actor.person.id;
    await work(trx, me);
    const greeter = await findGreeter(trx, newcomerId);
    if (!greeter) return { kind: 'gone' };
    if (greeter.id === me) return { kind: 'yours', newcomer, isDone: greeter.isDone };
    return { kind: 'taken', newcomer, by: await getPerson(trx, greeter.id) };
  });
  await tellHomes(deps, newcomerId);
  return outcome;
}

/** Gives it back, so that a colleague can take it. */
export async function ungreet(deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<boolean> {
  const { db } = deps;
  if (!(await mayGreet(db, actor, newcomerId))) return false;
  const isFree = await freeGreeting(db, newcomerId, actor.person.id);
  await tellHomes(deps, newcomerId);
  return isFree;
}

/** Somebody waits for a hello, or does so no more: whoever could say it sees that in Home. */
export async function tellHomes(
  { db, homeChanged }: Pick<OnboardingDeps, 'db' | 'homeChanged'>,
  newcomerId: string,
): Promise<void> {
  for (const facilitator of await listHumansFor(db, newcomerId)) homeChanged(facilitator.id);
}

/** A facilitator greets the newcomers of their groups; one of the programme greets everybody. */
async function greetableBy(db: Db, actor: Actor): Promise<Greetable> {
  if (actor.roles.some(({ role, cohortId }) => role === 'facilitator' && cohortId === undefined))
    return 'everybody';
  return {
    inCohorts: (await listProgressCohorts(db, actor)).map(({ id }) => id),
    inNone: (await listLeadFacilitators(db)).some(({ id }) => id === actor.person.id),
  };
}

const mayGreet = async (db: Db, actor: Actor, newcomerId: string): Promise<boolean> =>
  may(actor, 'cohorts.progress') && isGreetable(db, newcomerId, await greetableBy(db, actor));

/** Newcomers this facilitator could say hello to, who came first. */
export const listArrivals = async (db: Db, actor: Actor): Promise<{ person: Person; isTaken: boolean }[]> =>
  may(actor, 'cohorts.progress') ? listWaiting(db, actor.person.id, await greetableBy(db, actor)) : [];

export const countArrivals = async (db: Db, actor: Actor): Promise<number> =>
  may(actor, 'cohorts.progress') ? countWaiting(db, actor.person.id, await greetableBy(db, actor)) : 0;
