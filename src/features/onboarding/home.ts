import type { KnownBlock } from '@slack/types';
import { listHumansFor, listManagedCohorts } from '../../community/cohorts.ts';
import { may } from '../../community/permissions.ts';
import { actions, button, context, section } from '../../slack/blocks.ts';
import { count, mrkdwn } from '../../slack/text.ts';
import type { HomeSection, Viewer } from '../feature.ts';
import type { OnboardingDeps } from './deps.ts';
import { ids } from './ids.ts';
import { listArrivals } from './lead/greetings.ts';
import { countStuck } from './lead/progress.ts';
import { listExtras } from './profile/extras.ts';
import { findProfile } from './profile/store.ts';
import { viewJourney } from './steps/journey-view.ts';
import { stepBlocks } from './steps/views.ts';
import { isAgreementDue } from './welcome/agreement.ts';
import { bullets, humanLine } from './welcome/views.ts';

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
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met') {
    const humans = await listHumansFor(db, person.id);
    return [
      section(mrkdwn`*I am ChATR Companion.* ${content.welcome.message_points[0] ?? ''}`),
      ...(humans.length > 0 ? [section(humanLine(humans))] : []),
      section(mrkdwn`*What I keep, and why*\n${bullets(content.privacyNotice.short)}`),
      actions([
        button('Read the community agreement', ids.readAgreement, { style: 'primary' }),
        button('Read the full privacy notice', ids.readNotice),
      ]),
      context(mrkdwn`You can look things up without agreeing.`),
    ];
  }
  const { journey, next, left } = view;
  const again = isAgreementDue(deps, journey)
    ? [
        section(
          mrkdwn`*The community agreement has changed.* What is new:\n${bullets(content.agreement.changes)}`,
          button('Read the agreement', ids.readAgreement),
        ),
      ]
    : [];
  if (journey.status === 'active' && next) return [...again, ...stepBlocks(deps, next.step)];
  if (journey.status === 'paused')
    return [
      ...again,
      section(
        mrkdwn`*Your first steps are resting.* ${count(left, 'is', 'are')} left, whenever you like.`,
        button('Carry on', ids.carryOn),
      ),
    ];
  return again;
}

async function settingsBlocks(deps: OnboardingDeps, { person }: Viewer): Promise<KnownBlock[]> {
  const { db, journey: content } = deps;
  const view = await viewJourney(db, deps, person);
  if (!view || view.journey.status === 'expected' || view.journey.status === 'met') return [];
  if (view.journey.status === 'declined')
    return [
      section(
        mrkdwn`*Taking part.* You said no to the community agreement, so nothing new about you is kept. You can still look things up.`,
        button('Read the agreement', ids.readAgreement),
      ),
    ];
  const isStopped = view.journey.status === 'stopped';
  const profile = await findProfile(db, person.id);
  const given = await listExtras(db, person.id, content.extras);
  return [
    ...(isStopped
      ? [
          section(
            mrkdwn`*My first steps.* Stopped, with ${view.left} left. Nothing of them is sent.`,
            button('Carry on after all', ids.carryOn),
          ),
        ]
      : []),
    section(
      profile
        ? mrkdwn`*My profile.* Facilitators see what you let them; colleagues see what you share.`
        : mrkdwn`*My profile.* Empty. Everything in it may be left out.`,
      button('Edit my profile', ids.editProfile),
    ),
    ...(content.extras.length > 0
      ? [
          section(
            mrkdwn`*Extras.* ${
              given.size === 0
                ? 'None is on.'
                : `On: ${content.extras
                    .filter(({ id }) => given.has(id))
                    .map(({ label }) => label.toLowerCase())
                    .join(', ')}.`
            }`,
            button('Change extras', ids.extras),
          ),
        ]
      : []),
    actions(
      [
        button('My first steps', ids.allSteps),
        button('Community agreement', ids.readAgreement),
        button('Privacy notice', ids.readNotice),
      ],
      'onboarding.home.settings',
    ),
  ];
}

/** Of more groups than these Home does not count who is stuck; the page of each does. */
const mostLookedAt = 20;

async function leadBlocks(deps: OnboardingDeps, { actor }: Viewer): Promise<KnownBlock[]> {
  const { db } = deps;
  if (!may(actor, 'onboarding.preview')) return [];
  const waiting = (await listArrivals(db, actor)).length;
  const groups = await listManagedCohorts(db, actor);
  const stuck = await countStuck(deps, actor, groups.slice(0, mostLookedAt));
  const hands = stuck === 0 ? '' : ` ${count(stuck, 'person', 'people')} in your groups may want a hand.`;
  return [
    section(
      waiting === 0
        ? mrkdwn`*First steps of newcomers.* Everybody who joined has been greeted.${hands}`
        : mrkdwn`*First steps of newcomers.* ${count(waiting, 'person waits', 'people wait')} for a hello.${hands}`,
    ),
    actions(
      [
        ...(waiting > 0 ? [button('See who waits for a hello', ids.arrivals)] : []),
        ...(groups.length > 0 ? [button('How groups are getting on', ids.progress)] : []),
        button('Preview first steps', ids.preview),
      ],
      'onboarding.home.lead',
    ),
  ];
}
