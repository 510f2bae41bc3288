import { showTally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { findFrozen } from '../results/store.ts';
import { findCheckIn, isStartedByMembers, listRoundsEndedSince } from '../store.ts';

/**
 * Of the check-ins of groups that closed in a time: how many answered, of how many who were asked. Only those whose number is
 * shown in their group's report, so that the sum tells nothing more. @param until not included.
 */
export async function responseIn(
  db: Db,
  vault: Vault,
  { from, until }: { from: Date; until: Date },
): Promise<{ answered: number; asked: number }> {
  const all = { answered: 0, asked: 0 };
  const later = new Set((await listRoundsEndedSince(db, until)).map(({ id }) => id));
  for (const round of await listRoundsEndedSince(db, from)) {
    if (round.status !== 'closed' || later.has(round.id)) continue;
    const checkin = await findCheckIn(db, round.checkinId);
    if (!checkin || checkin.cohortId === undefined || isStartedByMembers(checkin)) continue;
    const frozen = await findFrozen(db, vault, round.id);
    if (frozen?.silent === undefined) continue;
    const { answered, notCounted, silent } = frozen;
    const tally = { answered, readers: notCounted.length, silent };
    if (typeof showTally(tally, round.definition.smallest) !== 'number') continue;
    all.answered += answered;
    all.asked += answered + silent;
  }
  return all;
}
