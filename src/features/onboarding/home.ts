import type { KnownBlock } from '@slack/types';
import { listCohorts } from '../../community/cohorts.ts';
import { organisationList } from '../../community/organisations/list.ts';
import { cohortsFor, may } from '../../community/permissions.ts';
import { type HomeSection, oncePerPage, type Viewer } from '../feature.ts';
import { namesOf } from './access/store.ts';
import type { OnboardingDeps } from './deps.ts';
import { countArrivals } from './lead/greetings.ts';
import { countUnreached } from './lead/progress.ts';
import { newcomersInHome } from './lead/views.ts';
import { extrasFor, listExtras } from './profile/extras.ts';
import { offeredFor } from './profile/organisation.ts';
import { findProfile } from './profile/store.ts';
import { settingsInHome } from './profile/views.ts';
import { type JourneyView, viewJourney } from './steps/journey-view.ts';
import { restingInHome, stepBlocks, stoppedInHome } from './steps/views.ts';
import { isAgreementDue } from './welcome/agreement.ts';
import { declinedInHome, newAgreementInHome, welcomeInHome } from './welcome/views.ts';
import { welcomedAs } from './welcome/welcomed.ts';

export function homeSections(deps: OnboardingDeps): HomeSection[] {
  const { db } = deps;
  const journeyOf = oncePerPage((_, { person }) => viewJourney(db, deps, person));
  return [
    {
      slot: 'now',
      order: 10,
      blocks: async (viewer) => nowBlocks(deps, viewer, await journeyOf(db, viewer)),
    },
    { slot: 'lead', order: 40, blocks: (viewer) => leadBlocks(deps, viewer) },
    {
      slot: 'settings',
      order: 20,
      blocks: async (viewer) => settingsBlocks(deps, viewer, await journeyOf(db, viewer)),
    },
  ];
}

/** The one thing that is there for them now: the welcome, a new agreement, or the next step. */
async function nowBlocks(
  deps: OnboardingDeps,
  { person }: Viewer,
  view: JourneyView | undefined,
): Promise<KnownBlock[]> {
  const { db, journey: content } = deps;
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met')
    return welcomeInHome(content, await welcomedAs(db, person));
  const { journey, next, left } = view;
  return [
    ...(isAgreementDue(deps, journey) ? newAgreementInHome(content) : []),
    ...(journey.status === 'active' && next ? stepBlocks(deps, next.step) : []),
    ...(journey.status === 'paused' ? restingInHome(left) : []),
  ];
}

async function settingsBlocks(
  deps: OnboardingDeps,
  { person }: Viewer,
  view: JourneyView | undefined,
): Promise<KnownBlock[]> {
  const { db, vault, journey: content } = deps;
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met') return [];
  if (view.journey.status === 'declined') return declinedInHome();
  const profile = await findProfile(db, vault, person.id);
  const given = await listExtras(db, person.id, content.extras);
  return [
    ...(view.journey.status === 'stopped' ? stoppedInHome(view.left) : []),
    ...settingsInHome(
      profile,
      await namesOf(db, profile?.openedBy ?? []),
      extrasFor(content.extras, given),
      given,
      profile && offeredFor(await organisationList(deps), profile),
    ),
  ];
}

/** Of more groups than these Home does not count whom messages do not reach; the page of each does. */
const mostLookedAt = 20;

async function leadBlocks({ db }: OnboardingDeps, { actor }: Viewer): Promise<KnownBlock[]> {
  if (!may(actor, 'onboarding.preview')) return [];
  const among = cohortsFor(actor, 'cohorts.progress');
  const groups = await listCohorts(db, { among }, { offset: 0, limit: mostLookedAt });
  const unreached = await countUnreached(db, actor, groups);
  return newcomersInHome(await countArrivals(db, actor), unreached, groups.length > 0);
}
