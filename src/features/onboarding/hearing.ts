import { findCohort } from '../../community/cohorts.ts';
import type { Deed } from '../feature.ts';
import { tellOfNeeds } from './access/needs.ts';
import type { OnboardingDeps } from './deps.ts';
import { addCohortSteps, dropCohortSteps } from './steps/cohort-steps.ts';
import { noticed } from './steps/notice.ts';
import { goOn } from './steps/pace.ts';
import { stop } from './steps/stop.ts';
import { findJourney } from './store.ts';
import { meet } from './welcome/welcome.ts';

/** People of whose look-ups nothing is waiting to be noticed; more than this are forgotten and looked at again. */
const mostRemembered = 5_000;

export type Hearing = {
  hears(personId: string, deed: Deed): Promise<void>;
  /** Their journey has changed: their next look-up may matter again. */
  journeyChanged(personId: string): void;
};

/** What people do elsewhere that changes their first steps: a step done already ends quietly. */
export function createHearing(deps: OnboardingDeps): Hearing {
  const baseline = deps.journey.steps.find((step) => step.does === 'checkin')?.ref;
  // Look-ups come all day long; the first one of a journey is the only one that changes it.
  const haveLookedUp = new Set<string>();
  async function hears(personId: string, deed: Deed): Promise<void> {
    switch (deed.kind) {
      case 'looked-up':
        if (haveLookedUp.has(personId)) return;
        await noticed(deps, personId, 'first-lookup');
        if (!(await findJourney(deps.db, personId))) return;
        if (haveLookedUp.size >= mostRemembered) haveLookedUp.clear();
        haveLookedUp.add(personId);
        return;
      case 'did-part':
        return noticed(deps, personId, 'first-part');
      case 'reflected':
        return noticed(deps, personId, 'first-reflection');
      case 'answered':
        return deed.templateId === baseline ? noticed(deps, personId, 'baseline') : undefined;
      case 'joined-cohort':
        await meet(deps, personId, 'cohort');
        await addCohortSteps(deps, personId, (await findCohort(deps.db, deed.cohortId))?.ageGroup);
        return tellOfNeeds(deps, personId, deed.cohortId);
      case 'left-cohort':
        return dropCohortSteps(deps, personId, (await findCohort(deps.db, deed.cohortId))?.ageGroup);
      case 'wants-messages':
        return goOn(deps, personId);
      case 'left-programme':
        await stop(deps, personId);
    }
  }
  return { hears, journeyChanged: (personId) => void haveLookedUp.delete(personId) };
}
