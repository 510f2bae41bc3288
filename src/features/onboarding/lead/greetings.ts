import { listCohortsOf, listHumansFor, listLeadFacilitators } from '../../../community/cohorts.ts';
import { findPerson, getPerson, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { OnboardingDeps } from '../deps.ts';
import { claimGreeting, findGreeter, freeGreeting, listWaiting } from './store.ts';

export type GreetOutcome =
  | { kind: 'yours'; newcomer: Person }
  | { kind: 'taken'; newcomer: Person; by: Person }
  | { kind: 'gone' }
  | { kind: 'not-allowed' };

/** Takes the hello on: one facilitator for each newcomer, whoever presses first. */
export async function greet(deps: OnboardingDeps, actor: Actor, newcomerId: string): Promise<GreetOutcome> {
  const { db, clock } = deps;
  if (!(await mayGreet(db, actor, newcomerId))) return { kind: 'not-allowed' };
  const outcome = await db.transaction().execute(async (trx): Promise<GreetOutcome> => {
    const newcomer = await findPerson(trx, newcomerId);
    if (!newcomer || newcomer.isDeactivated) return { kind: 'gone' };
    const me = actor.person.id;
    if (await claimGreeting(trx, newcomerId, { by: me, at: clock.now() })) return { kind: 'yours', newcomer };
    const greeterId = await findGreeter(trx, newcomerId);
    if (greeterId === undefined) return { kind: 'gone' };
    if (greeterId === me) return { kind: 'yours', newcomer };
    return { kind: 'taken', newcomer, by: await getPerson(trx, greeterId) };
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

/** A facilitator of one of the newcomer's groups, or of the programme. */
async function mayGreet(db: Db, actor: Actor, newcomerId: string): Promise<boolean> {
  if (!may(actor, 'cohorts.progress')) return false;
  const cohorts = await listCohortsOf(db, newcomerId);
  return (
    actor.roles.some(({ role, cohortId }) => role === 'facilitator' && cohortId === undefined) ||
    cohorts.some((cohort) => may(actor, 'cohorts.progress', { cohortId: cohort.id })) ||
    (cohorts.length === 0 && (await isLead(db, actor.person.id)))
  );
}

const isLead = async (db: Db, personId: string): Promise<boolean> =>
  (await listLeadFacilitators(db)).some((one) => one.id === personId);

/** Newcomers this facilitator could say hello to, who came first. */
export async function listArrivals(db: Db, actor: Actor): Promise<Person[]> {
  if (!may(actor, 'cohorts.progress')) return [];
  const mine: Person[] = [];
  for (const person of await listWaiting(db))
    if (person.id !== actor.person.id && (await mayGreet(db, actor, person.id))) mine.push(person);
  return mine;
}
