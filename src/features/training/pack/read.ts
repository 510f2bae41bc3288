import { findCohort } from '../../../community/cohorts.ts';
import type { Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { listNeedsAt } from '../access/store.ts';
import type { Session } from '../sessions/session.ts';
import { listBooked, listBookings, listHosts } from '../sessions/store.ts';
import type { Linked, PackDeps } from './deps.ts';
import { findHosted } from './hosted.ts';
import { mixedGroups } from './mixing.ts';
import { type Case, type PackOutline, packOutline } from './outline.ts';
import { findSettled, type Settled, tellCounts } from './store.ts';
import { type Counts, countWhoComes } from './who-comes.ts';

/** What the hosts of a session need on the day. */
export type Pack = {
  session: Session;
  hosts: readonly string[];
  outline: PackOutline;
  /** The one that is chosen, from 0 in `outline.cases`. */
  example: { nth: number; one: Case } | undefined;
  resources: readonly Linked[];
  /** How many have a place now. */
  people: number;
  /** How many of them are what, when that was counted last. */
  counts: Counts;
  settled: Settled;
  groups: readonly Person[][];
  /** Whether there is something to read of what makes taking part easier. */
  hasNeeds: boolean;
};

/** @returns undefined for whoever does not host it. */
export async function readPack(deps: PackDeps, actor: Actor, sessionId: string): Promise<Pack | undefined> {
  const { db, vault } = deps;
  const session = await findHosted(deps, actor, sessionId);
  if (!session) return undefined;
  const cohort = session.cohortId === undefined ? undefined : await findCohort(db, session.cohortId);
  const outline = packOutline(session, { ...deps, groupAge: cohort?.ageGroup });
  const settled = await findSettled(db, sessionId);
  const nth = Math.max(
    0,
    outline.cases.findIndex(({ id }) => id === settled.caseId),
  );
  const one = outline.cases[nth];
  const come = await readWhoComes(deps, sessionId);
  const agencies = new Map(come.flatMap(({ agency }) => (agency ? [[agency.id, agency]] : [])));
  const counts = await tellCounts(db, sessionId, {
    professions: countWhoComes(
      come.map(({ profession }) => profession),
      deps.professions,
    ),
    organisations: countWhoComes(
      come.map(({ agency }) => agency?.id),
      [...agencies.values()],
    ),
  });
  return {
    session,
    hosts: (await listHosts(db, sessionId)).map(({ displayName }) => displayName),
    outline,
    example: one && { nth, one },
    resources: outline.resources.flatMap((id) => deps.resourceOf(id) ?? []),
    people: come.length,
    counts,
    settled,
    groups: mixedGroups(come, settled.groupSize, settled.seed).map((group) =>
      group.map(({ person }) => person),
    ),
    hasNeeds: !session.isCancelled && (await listNeedsAt(db, vault, sessionId)).length > 0,
  };
}

/** Who has a place, and what is known of where they come from. */
async function readWhoComes({ db, agenciesOf }: PackDeps, sessionId: string) {
  const people = await listBooked(db, sessionId);
  const bookings = await listBookings(db, sessionId);
  const professions = new Map(bookings.map(({ personId, profession }) => [personId, profession]));
  const agencies = await agenciesOf(people.map(({ id }) => id));
  return people.map((person) => {
    const agency = agencies.get(person.id);
    return {
      id: person.id,
      person,
      profession: professions.get(person.id),
      agency,
      organisation: agency?.id,
    };
  });
}
