import { listCohortFacilitators } from '../../community/cohorts.ts';
import { findPerson } from '../../community/people.ts';
import { actorOf, may } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import { enqueue, type Message } from '../../outbox/outbox.ts';
import type { CheckInDeps } from './deps.ts';
import type { CheckIn } from './store.ts';

/** A note to whoever runs the group, and to whoever made the check-in while they may still see it. */
export async function tellFacilitators(
  db: Db,
  deps: CheckInDeps,
  { cohortId, createdBy }: Pick<CheckIn, 'cohortId' | 'createdBy'>,
  now: Date,
  note: {
    key(personId: string): string;
    kind: 'checkins.closed' | 'checkins.missed' | 'checkins.lost';
    message: Message;
  },
): Promise<void> {
  if (cohortId === undefined) return;
  const people = new Set((await listCohortFacilitators(db, cohortId)).map(({ id }) => id));
  const creator = await findPerson(db, createdBy);
  if (creator && may(await actorOf(db, creator), 'checkins.results', { cohortId })) people.add(creator.id);
  for (const personId of people)
    await enqueue(db, deps.clock, {
      idempotencyKey: note.key(personId),
      kind: note.kind,
      to: { personId },
      message: note.message,
      sendAfter: await deps.reach.nextAllowed(db, personId, now),
      topic: `cohort:${cohortId}`,
    });
}

/** App Home of whoever runs the group shows how it goes. */
export async function facilitatorsSeeChange(deps: CheckInDeps, cohortId: string | undefined): Promise<void> {
  if (cohortId === undefined) return;
  for (const { id } of await listCohortFacilitators(deps.db, cohortId)) deps.homeChanged(id);
}
