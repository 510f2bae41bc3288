import { listAdministrators, listHeldRoles } from '../../../community/roles.ts';
import type { Deps } from '../deps.ts';

/** What waits for curators has changed: each of them sees it in Home. */
export async function curatorsSeeChange({
  db,
  homeChanged,
}: Pick<Deps, 'db' | 'homeChanged'>): Promise<void> {
  const held = (await listHeldRoles(db)).filter(({ role }) => role === 'curator');
  const administrators = await listAdministrators(db);
  for (const id of new Set([...held.map(({ personId }) => personId), ...administrators.map((one) => one.id)]))
    homeChanged(id);
}
