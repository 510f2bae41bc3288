import type { Findings, Part } from '../findings.ts';
import { sayCounted } from './leading/counts.ts';
import { listCounted } from './leading/store.ts';
import { quarterOf, sayQuarter } from './when.ts';

/** How many of a group were introduced, in steps of five, by the quarter. */
export const introductionFindings: Findings = async (db, { cohortId, from, until }) => {
  const told = (await listCounted(db, cohortId)).filter(
    ({ quarter }) => quarterOf(from) <= quarter && quarter <= quarterOf(until),
  );
  if (told.length === 0) return [];
  const parts = told.toReversed().flatMap(({ quarter, counted }): Part[] => [
    { kind: 'heading', text: sayQuarter(quarter) },
    { kind: 'list', items: sayCounted(counted) },
  ]);
  return [{ id: 'introductions', title: 'Introductions', parts }];
};
