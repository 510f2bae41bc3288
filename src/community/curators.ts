import type { Db } from '../db/schema.ts';
import { listAdministrators, listHeldRoles } from './roles.ts';

/** What waits for curators has changed: each of them sees it in Home. */
export async function curatorsSeeChange({
  db,
  homeChanged,
}: {
  db: Db;
  homeChanged(personId: string): void;
}): Promise<void> {
  // Whatever the role: each of them may curate.
  const held = (await listHeldRoles(db)).map(({ personId }) => personId);
  const administrators = (await listAdministrators(db)).map(({ id }) => id);
  for (const id of new Set([...held, ...administrators])) homeChanged(id);
}
