import { audit } from '../../../community/audit.ts';
import type { Cohort } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { type Turn, turnTo } from '../../../slack/paging.ts';
import type { CohortsDeps } from '../deps.ts';
import { peopleAPage, readManaged } from '../read.ts';
import { countExpected, deleteRows, type ExpectedTrainee, findExpected, listExpected } from './store.ts';

/** Who is expected in no group is the business of those who run all groups. */
const maySeeExpected = (actor: Actor, cohortId: string | undefined): boolean =>
  cohortId === undefined ? may(actor, 'cohorts.create') : may(actor, 'trainees.import', { cohortId });

export type ExpectedPage = Turn & {
  /** Undefined: in no group. */
  cohort: Cohort | undefined;
  rows: ExpectedTrainee[];
  total: number;
};

/** A page of those who are expected in a group, or in none; undefined when that is not for this person. */
export async function readExpected(
  { db, vault }: Pick<CohortsDeps, 'db' | 'vault'>,
  { actor, cohortId, wanted }: { actor: Actor; cohortId: string | undefined; wanted: number },
): Promise<ExpectedPage | undefined> {
  if (!maySeeExpected(actor, cohortId)) return undefined;
  const cohort = cohortId === undefined ? undefined : await readManaged({ db }, actor, cohortId);
  if (cohortId !== undefined && !cohort) return undefined;
  const total = await countExpected(db, cohortId);
  const { offset, ...turn } = turnTo(wanted, total, peopleAPage);
  const rows = await listExpected(db, vault, cohortId, { offset, limit: peopleAPage });
  return { ...turn, cohort, rows, total };
}

export type ForgetOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'gone' }
  | { kind: 'forgotten'; cohortId: string | undefined };

/** Takes somebody off the list of those expected: their address is deleted. */
export async function forgetExpected(
  deps: CohortsDeps,
  { actor, id }: { actor: Actor; id: string },
): Promise<ForgetOutcome> {
  const outcome = await deps.db.transaction().execute(async (trx): Promise<ForgetOutcome> => {
    const row = await findExpected(trx, deps.vault, id);
    if (!row) return may(actor, 'trainees.import') ? { kind: 'gone' } : { kind: 'not-allowed' };
    if (!maySeeExpected(actor, row.cohortId)) return { kind: 'not-allowed' };
    await deleteRows(trx, [id]);
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'trainees.forget',
      subject: row.cohortId ?? 'no group',
    });
    return { kind: 'forgotten', cohortId: row.cohortId };
  });
  if (outcome.kind === 'forgotten') deps.homeChanged(actor.person.id);
  return outcome;
}
