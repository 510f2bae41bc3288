import { audit } from '../../../community/audit.ts';
import { findCohort, listCohorts } from '../../../community/cohorts.ts';
import { may } from '../../../community/permissions.ts';
import type { PilotParts } from '../../feature.ts';
import type { CohortsDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { checkFields, sameName } from './fields.ts';
import { insertCohortFor } from './make.ts';
import { deleteCohort, isUsed, updateCohort } from './store.ts';

/** The group of a pilot. */
export const pilotGroup = ({
  clock,
  vocabulary,
}: Pick<CohortsDeps, 'clock' | 'vocabulary'>): PilotParts['group'] => ({
  async create(trx, actor, { id, name, ageGroup, date, until }) {
    if (!may(actor, 'cohorts.create'))
      return 'You cannot make groups. Please choose one that you run, or ask an administrator to make one.';
    const { fields, problems } = checkFields({ name, ageGroup, startsOn: date, endsOn: until }, vocabulary);
    if (problems[0]) return problems[0].message;
    const existing = (await listCohorts(trx)).find((one) => sameName(one.name, fields.name));
    if (existing)
      return `There is a group called ${existing.name} already. Please give another name, or choose that group.`;
    await insertCohortFor(trx, clock, actor, id, fields);
    return undefined;
  },
  async move(trx, actor, id, { date, until }) {
    const before = await findCohort(trx, id);
    if (!before || !may(actor, 'cohorts.manage', { cohortId: id })) return 'This is not a group you run.';
    if (before.startsOn === date && before.endsOn === until) return undefined;
    await updateCohort(trx, id, { ...before, startsOn: date, endsOn: until });
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'cohorts.edit',
      subject: id,
      detail: { name: false, ageGroup: false, dates: true },
    });
    return undefined;
  },
  async remove(trx, actor, id) {
    if (!may(actor, 'cohorts.manage', { cohortId: id }) || (await isUsed(trx, id))) return false;
    await deleteCohort(trx, id);
    await audit(trx, clock, { actor: actor.person.id, action: 'cohorts.delete', subject: id });
    return true;
  },
  async describe(db, id) {
    const cohort = await findCohort(db, id);
    if (!cohort) return undefined;
    const { startsOn, endsOn } = cohort;
    return {
      title: cohort.name,
      at: startsOn !== undefined && endsOn !== undefined ? { date: startsOn, until: endsOn } : undefined,
      state: cohort.isArchived ? 'called-off' : 'ahead',
      isUntouched: !(await isUsed(db, id)),
      says: undefined,
      buttons: [{ text: 'Open the group', actionId: ids.open, value: id }],
    };
  },
  listIn: async (_db, cohortId) => [cohortId],
});
