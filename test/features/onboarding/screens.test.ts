import { checkBlocks, checkView } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import type { Person } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import {
  draftModal,
  previewModal as helloPreview,
  introductionPost,
} from '../../../src/features/onboarding/hello/views.ts';
import { homeSections } from '../../../src/features/onboarding/home.ts';
import {
  arrivalsAnswer,
  arrivalsNote,
  cohortChoice,
  previewModal,
  progressAnswer,
} from '../../../src/features/onboarding/lead/views.ts';
import { emptyProfile } from '../../../src/features/onboarding/profile/profile.ts';
import {
  extrasModal,
  profileModal,
  profileMoreModal,
  profileReceipt,
} from '../../../src/features/onboarding/profile/views.ts';
import { viewJourney } from '../../../src/features/onboarding/steps/journey-view.ts';
import { closeByHand } from '../../../src/features/onboarding/steps/steps.ts';
import { allStepsModal, restMessage, stepMessage } from '../../../src/features/onboarding/steps/views.ts';
import { agree } from '../../../src/features/onboarding/welcome/agreement.ts';
import {
  agreementModal,
  answeredWelcome,
  newAgreementMessage,
  noticeModal,
  welcomeAgainMessage,
  welcomeMessage,
} from '../../../src/features/onboarding/welcome/views.ts';
import { givenOnboarding } from './support.ts';

const awkward = '*<!channel>* <@U1> `x` & \u202eright to left\u202c 👩‍👩‍👧 ';
const newcomer = (index = 0): Person => ({
  id: `person-${index}`,
  slackId: `U0${index}`,
  displayName: `${awkward}${'long '.repeat(40)}`,
  firstName: awkward.trim(),
  timeZone: 'Europe/London',
  kind: 'member',
  isWorkspaceAdmin: false,
  isDeactivated: false,
  dmChannel: undefined,
});
const many = Array.from({ length: 300 }, (_, index) => newcomer(index));

const fits = (blocks: unknown, surface: 'message' | 'modal' | 'home') =>
  expect(checkBlocks(blocks, surface, ['blocks'])).toMatchObject({ ok: true });

describe('every screen fits what Slack takes, however long the names', () => {
  test('messages', async () => {
    const { deps } = await givenOnboarding();
    const { journey } = deps;
    const again = {
      ...journey,
      agreement: { ...journey.agreement, version: '2', changes: ['x'.repeat(600)] },
    };
    for (const message of [
      welcomeMessage(journey, newcomer(), many.slice(0, 3)),
      welcomeMessage(journey, newcomer(), [], { runsGroups: true }),
      welcomeAgainMessage(journey),
      answeredWelcome(journey, { humans: many, runsGroups: false }, 'agreed'),
      newAgreementMessage(again, newcomer()),
      restMessage(),
      arrivalsNote(many),
      arrivalsNote(many.slice(0, 5), { isReminder: true }),
      introductionPost(newcomer(), awkward.repeat(20)),
      ...journey.steps.flatMap((step) => [
        stepMessage(deps, step),
        stepMessage(deps, step, { isPreview: true }),
      ]),
    ]) {
      fits(message.blocks, 'message');
      // Nobody's name can ping. Labels are plain text, and what people wrote stands in rich text, which is data.
      const said = JSON.stringify(message.blocks).match(/"type":"mrkdwn","text":"[^"]*"/g) ?? [];
      expect(`${message.text}${said.join('')}`).not.toContain('<!channel>');
    }
  });

  test('modals', async () => {
    const world = await givenOnboarding();
    const { deps } = world;
    const { journey, vocabulary } = deps;
    const profile = {
      ...emptyProfile,
      role: 'x'.repeat(75),
      introduction: awkward.repeat(9),
      accessNeeds: 'y'.repeat(500),
      ageGroups: ['perinatal'],
    };
    const id = await world.person('U1');
    await agree(deps, await world.actor(id));
    const view = await viewJourney(deps.db, deps, (await world.actor(id)).person);
    if (!view) throw new Error('no journey');
    for (const one of [
      agreementModal(journey, { isAgain: false }),
      noticeModal(journey),
      profileModal({ content: journey, vocabulary }, profile),
      profileMoreModal(profile, { findings: [{ kind: 'phone', start: 0, end: 3 }] }),
      profileMoreModal(profile, { isKept: true }),
      profileReceipt(profile, [], []),
      profileReceipt(profile, [], journey.extras),
      extrasModal(journey.extras, new Set(['listed'])),
      draftModal('x'.repeat(600), {
        forumChannel: 'C1',
        findings: [{ kind: 'phone', start: 0, end: 3 }],
      }),
      helloPreview(`"\n`.repeat(300), 'C1'),
      helloPreview('Hello', undefined),
      allStepsModal(deps, view),
      previewModal(journey.steps),
    ])
      expect(checkView(one), JSON.stringify(one).slice(0, 200)).toMatchObject({ ok: true });
  });

  test('pages of facilitators with 300 people on them', () => {
    const cohort = {
      id: 'c',
      name: awkward.repeat(20),
      ageGroup: undefined,
      startsOn: undefined,
      endsOn: undefined,
      channelId: undefined,
      followsChannel: false,
      closed: [],
      isArchived: false,
      createdBy: 'x',
    };
    const unreached = many.map((person) => ({ person, why: 'not-delivered' as const }));
    const progress = {
      cohort,
      members: 300,
      underWay: 212,
      finished: 'few' as const,
      resting: 'most' as const,
      notTakingPart: 88,
      unreached,
      hasOlderSteps: true,
    };
    for (const page of [0, 1, 19]) {
      fits(
        arrivalsAnswer(
          many.map((person, index) => ({ person, isTaken: index % 2 === 0 })),
          page,
        ).blocks,
        'message',
      );
      fits(progressAnswer(progress, { page }).blocks, 'message');
      fits(
        cohortChoice(
          many.map(({ id }) => ({ ...cohort, id })),
          page,
        ).blocks,
        'message',
      );
    }
  });

  test('Home, before, during and after', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    const lead = await world.facilitator('U9');
    const page = async (personId: string) => {
      const actor = await loadActor(world.db, personId);
      const viewer = { person: actor.person, actor, now: world.clock.now(), zone: 'Europe/London' };
      const blocks = (await Promise.all(homeSections(world.deps).map((one) => one.blocks(viewer)))).flat();
      if (blocks.length > 0) fits(blocks, 'home');
      return JSON.stringify(blocks);
    };
    expect(await page(id)).toContain('Read the community agreement');
    await agree(world.deps, await world.actor(id));
    expect(await page(id)).toContain('A little about you');
    expect(await page(lead)).toContain('1 person waits');
    for (const step of world.deps.journey.steps)
      await closeByHand(world.deps, await world.actor(id), { stepId: step.id, as: 'done' });
    expect(await page(id)).not.toContain('Not now');
    expect(await page(id)).toContain('Edit my profile');
  });

  test('no unasked message is longer than about 120 words', async () => {
    const { deps } = await givenOnboarding();
    for (const step of deps.journey.steps) {
      const text = step.message_points.join(' ');
      expect(text.split(/\s+/).length, step.id).toBeLessThan(120);
    }
  });
});
