import { type KeptEntry, listAudit } from '../../../community/audit.ts';
import { findCohort } from '../../../community/cohorts.ts';
import { findPerson } from '../../../community/people.ts';
import { type Actor, actorOf, isFacilitator, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { pageOf, type Turn } from '../../../slack/paging.ts';

/** Something that was done with what is somebody's. */
export type Done = {
  at: Date;
  /** Who did it, where that is somebody who looks after groups or the program; else in a word who that was. */
  by: string;
  entry: KeptEntry;
  groupName: string | undefined;
};

const perPage = 10;

export type Deeds = Turn & { shown: Done[]; total: number };

/** What others did with what is somebody's, newest first. Only they may ask. */
export async function readDeeds(db: Db, actor: Actor, wanted: number): Promise<Deeds | undefined> {
  const { id } = actor.person;
  if (!may(actor, 'own.read', { ownerId: id })) return undefined;
  const all = (await listAudit(db, id)).filter(
    (entry) => entry.actor !== id && (entry.subject === id || Object.values(entry.detail).includes(id)),
  );
  const { shown, ...turn } = pageOf(all, wanted, perPage);
  const done = await Promise.all(
    shown.map(async (entry) => {
      const cohortId = entry.action.startsWith('cohorts.') ? entry.subject : entry.detail.cohortId;
      const group = typeof cohortId === 'string' ? await findCohort(db, cohortId) : undefined;
      return { at: entry.at, by: await whoDid(db, entry.actor), entry, groupName: group?.name };
    }),
  );
  return { ...turn, shown: done, total: all.length };
}

/** Those who look after groups are named, as they are elsewhere; other members are not. */
async function whoDid(db: Db, by: string): Promise<string> {
  const known: Record<string, string> = {
    system: 'The settings of the program',
    channel: 'The channel that your group follows',
    import: 'A list of trainees',
    operator: 'Whoever runs the server',
  };
  const person = known[by] === undefined ? await findPerson(db, by) : undefined;
  if (!person) return known[by] ?? 'Somebody who looked after this';
  const isInCharge = isFacilitator(await actorOf(db, person));
  return (isInCharge && person.displayName) || 'Somebody who looked after this';
}
