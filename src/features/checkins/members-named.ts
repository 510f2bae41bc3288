import { listCohortMembers } from '../../community/cohorts.ts';
import type { Db } from '../../db/schema.ts';
import type { Finding } from '../../safeguarding/finding.ts';
import { findCheckIn, type Round } from './store.ts';

/** The names of a group's members, as far as they are kept. */
export const namesIn = async (db: Db, cohortId: string): Promise<string[]> =>
  (await listCohortMembers(db, cohortId)).map(({ displayName }) => displayName);

/** Names that do not belong into the answers of a round: where nobody's is kept, those of its group. */
export async function namesKeptOut(db: Db, { definition, checkinId }: Round): Promise<string[]> {
  const cohortId = definition.mode === 'group' ? (await findCheckIn(db, checkinId))?.cohortId : undefined;
  return cohortId === undefined ? [] : namesIn(db, cohortId);
}

/** Each whole name in a text, however it is written, and a text that is nothing but a first name. */
export function findWholeNames(text: string, names: readonly string[]): Finding[] {
  return names.flatMap((name): Finding[] => {
    const parts = name.match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];
    const [first] = parts;
    if (first === undefined) return [];
    const pattern =
      parts.length > 1
        ? `(?<![\\p{L}\\p{N}])${parts.join('[\\s,.]+')}(?![\\p{L}\\p{N}])|(?<=^\\P{L}*)${first}(?=\\P{L}*$)`
        : `(?<=^\\P{L}*)${first}(?=\\P{L}*$)`;
    return [...text.matchAll(new RegExp(pattern, 'giu'))].map(({ index, 0: found }) => ({
      kind: 'name',
      start: index,
      end: index + found.length,
    }));
  });
}
