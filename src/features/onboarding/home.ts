import type { KnownBlock } from '@slack/types';
import { listManagedCohorts } from '../../community/cohorts.ts';
import { may } from '../../community/permissions.ts';
import type { HomeSection, Viewer } from '../feature.ts';
import type { OnboardingDeps } from './deps.ts';
import { listArrivals } from './lead/greetings.ts';
import { countStuck } from './lead/progress.ts';
import { newcomersInHome } from './lead/views.ts';
import { listExtras } from './profile/extras.ts';
import { findProfile } from './profile/store.ts';
import { settingsInHome } from './profile/views.ts';
import { viewJourney } from './steps/journey-view.ts';
import { restingInHome, stepBlocks, stoppedInHome } from './steps/views.ts';
import { isAgreementDue } from './welcome/agreement.ts';
import { declinedInHome, newAgreementInHome, welcomeInHome } from './welcome/views.ts';
import { welcomedAs } from './welcome/welcomed.ts';

export function homeSections(deps: OnboardingDeps): HomeSection[] {
  return [
    { slot: 'now', order: 10, blocks: (viewer) => nowBlocks(deps, viewer) },
    { slot: 'lead', order: 40, blocks: (viewer) => leadBlocks(deps, viewer) },
    { slot: 'settings', order: 20, blocks: (viewer) => settingsBlocks(deps, viewer) },
  ];
}

/** The one thing that is there for them now: the welcome, a new agreement, or the next step. */
async function nowBlocks(deps: OnboardingDeps, { person }: Viewer): Promise<KnownBlock[]> {
  const { db, journey: content } = deps;
  const view = await viewJourney(db, deps, person);
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met')
    return welcomeInHome(content, await welcomedAs(db, person));
  const { journey, next, left } = view;
  return [
    ...(isAgreementDue(deps, journey) ? newAgreementInHome(content) : []),
    ...(journey.status === 'active' && next ? stepBlocks(deps, next.step) : []),
    ...(journey.status === 'paused' ? restingInHome(left) : []),
  ];
}

async function settingsBlocks(deps: OnboardingDeps, { person }: Viewer): Promise<KnownBlock[]> {
  const { db, journey: content } = deps;
  const view = await viewJourney(db, deps, person);
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met') return [];
  if (view.journey.status === 'declined') return declinedInHome();
  const profile = await findProfile(db, person.id);
  const given = await listExtras(db, person.id, content.extras);
  return [
    ...(view.journey.status === 'stopped' ? stoppedInHome(view.left) : []),
    ...settingsInHome(profile, content.extras, given),
  ];
}

/** Of more groups than these Home does not count who is stuck; the page of each does. */
const mostLookedAt = 20;

async function leadBlocks(deps: OnboardingDeps, { actor }: Viewer): Promise<KnownBlock[]> {
  const { db } = deps;
  if (!may(actor, 'onboarding.preview')) return [];
  const waiting = await listArrivals(db, actor);
  const groups = await listManagedCohorts(db, actor);
  const stuck = await countStuck(deps, actor, groups.slice(0, mostLookedAt));
  return newcomersInHome(waiting.length, stuck, groups.length > 0);
}
