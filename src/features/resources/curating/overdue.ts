import type { Db } from '../../../db/schema.ts';
import { contactChecks, type Signposts } from '../../../safeguarding/signposts.ts';
import { readState } from '../catalogue/store.ts';

/** Support lines and safeguarding contacts whose check is due, by name, the most urgent first. @param signposts as they are now. */
export async function listOverdueContacts(db: Db, signposts: Signposts, now: Date): Promise<string[]> {
  const today = now.toISOString().slice(0, 10);
  const { beganOn = today } = await readState(db);
  return contactChecks(signposts, { beganOn, now })
    .filter(({ dueOn }) => dueOn <= today)
    .map(({ contact }) => contact.name);
}
