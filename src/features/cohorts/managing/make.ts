import { audit } from '../../../community/audit.ts';
import { type Cohort, findCohort, listCohortMembers, listCohorts } from '../../../community/cohorts.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { insertRole } from '../../../community/roles.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { CohortsDeps } from '../deps.ts';
import { pagesChanged } from '../members/membership.ts';
import { sameName } from './fields.ts';
import { type CohortFields, insertCohort, updateCohort } from './store.ts';

export type MakeOutcome =
  | { kind: 'not-allowed' }
  /** There is a running group of this name already; ask, and come back with `evenSo`. */
  | { kind: 'same-name'; existing: Cohort }
  /** The same form was sent twice. */
  | { kind: 'made-already'; cohort: Cohort }
  | { kind: 'made'; cohort: Cohort };

export type MakeRequest = {
  actor: Actor;
  /** Made when the form was opened, so that sending it twice makes one group. */
  id: string;
  fields: CohortFields;
  evenSo: boolean;
};

/** Makes a cohort. Whoever makes one runs it, unless they run all of them anyway. */
export async function makeCohort(
  deps: CohortsDeps,
  { actor, id, fields, evenSo }: MakeRequest,
): Promise<MakeOutcome> {
  const { db, clock } = deps;
  const outcome = await db.transaction().execute(async (trx): Promise<MakeOutcome> => {
    if (!may(actor, 'cohorts.create')) return { kind: 'not-allowed' };
    const before = await findCohort(trx, id);
    if (before)
      return before.createdBy === actor.person.id
        ? { kind: 'made-already', cohort: before }
        : { kind: 'not-allowed' };
    const existing = evenSo ? undefined : await findByName(trx, fields.name);
    if (existing) return { kind: 'same-name', existing };
    return { kind: 'made', cohort: await insertCohortFor(trx, clock, actor, id, fields) };
  });
  if (outcome.kind === 'made') deps.homeChanged(actor.person.id);
  return outcome;
}

/** The part of making that needs no asking; call it in a transaction. */
export async function insertCohortFor(
  trx: Db,
  clock: Clock,
  actor: Actor,
  id: string,
  fields: CohortFields,
): Promise<Cohort> {
  const by = actor.person.id;
  await insertCohort(trx, clock, { id, createdBy: by, ...fields });
  await audit(trx, clock, { actor: by, action: 'cohorts.make', subject: id });
  const runsAll = actor.roles.some(({ role, cohortId }) => role === 'facilitator' && cohortId === undefined);
  if (!runsAll) {
    await insertRole(trx, clock, { personId: by, role: 'facilitator', cohortId: id, by });
    await audit(trx, clock, {
      actor: by,
      action: 'roles.grant',
      subject: by,
      detail: { role: 'facilitator', cohortId: id },
    });
  }
  const cohort = await findCohort(trx, id);
  if (!cohort) throw new Error('A group just written was not found.');
  return cohort;
}

async function findByName(db: Db, name: string, otherThan?: string): Promise<Cohort | undefined> {
  return (await listCohorts(db)).find((one) => one.id !== otherThan && sameName(one.name, name));
}

export type EditOutcome =
  | { kind: 'not-allowed' }
  | { kind: 'same-name'; existing: Cohort }
  /** A colleague has changed the same meanwhile: `fields` are both together, `now` is how it stands. */
  | { kind: 'meanwhile'; fields: CohortFields; now: CohortFields; clashes: (keyof CohortFields)[] }
  | { kind: 'changed'; before: Cohort; now: CohortFields };

const fieldNames = ['name', 'ageGroup', 'startsOn', 'endsOn'] as const;

/**
 * Renames a cohort or changes its dates or age group.
 * @param seen how it stood when the form was drawn: only what was changed in it is written. Left out: as it stands.
 */
export async function editCohort(
  deps: CohortsDeps,
  {
    actor,
    cohortId,
    fields: typed,
    evenSo,
    seen,
  }: { actor: Actor; cohortId: string; fields: CohortFields; evenSo: boolean; seen?: Partial<CohortFields> },
): Promise<EditOutcome> {
  const { db, clock } = deps;
  const outcome = await db.transaction().execute(async (trx): Promise<EditOutcome> => {
    const before = await findCohort(trx, cohortId);
    if (!before || !may(actor, 'cohorts.manage', { cohortId })) return { kind: 'not-allowed' };
    const isTheirs = (field: keyof CohortFields) => seen !== undefined && seen[field] !== before[field];
    const kept = fieldNames.map((field) => [
      field,
      isTheirs(field) && typed[field] === seen?.[field] ? before[field] : typed[field],
    ]);
    const fields: CohortFields = { ...typed, ...Object.fromEntries(kept) };
    const ends = fields.startsOn && fields.endsOn && fields.endsOn < fields.startsOn;
    const clashes = fieldNames.filter(
      (field) =>
        isTheirs(field) &&
        (fields[field] !== before[field] || (ends && (field === 'startsOn' || field === 'endsOn'))),
    );
    if (clashes.length > 0) return { kind: 'meanwhile', fields, now: before, clashes };
    const existing =
      evenSo || sameName(before.name, fields.name) ? undefined : await findByName(trx, fields.name, cohortId);
    if (existing) return { kind: 'same-name', existing };
    await updateCohort(trx, cohortId, fields);
    const changed = {
      name: before.name !== fields.name,
      ageGroup: before.ageGroup !== fields.ageGroup,
      dates: before.startsOn !== fields.startsOn || before.endsOn !== fields.endsOn,
    };
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'cohorts.edit',
      subject: cohortId,
      detail: changed,
    });
    return { kind: 'changed', before, now: fields };
  });
  if (outcome.kind === 'changed') {
    const members = await listCohortMembers(db, cohortId);
    await pagesChanged(deps, cohortId, [actor.person.id, ...members.map(({ id }) => id)]);
  }
  return outcome;
}
