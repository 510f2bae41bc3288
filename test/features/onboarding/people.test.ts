import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, test } from 'vitest';
import { giveConsent, hasConsent } from '../../../src/community/consents.ts';
import { findPerson, recordSlackUser } from '../../../src/community/people.ts';
import { draftIntroduction } from '../../../src/features/onboarding/hello/draft.ts';
import { postIntroduction } from '../../../src/features/onboarding/hello/introduce.ts';
import { announceArrivals } from '../../../src/features/onboarding/lead/announce.ts';
import { greet, greeted, listArrivals, ungreet } from '../../../src/features/onboarding/lead/greetings.ts';
import { previewWanted } from '../../../src/features/onboarding/lead/preview.ts';
import { moveToToday, viewProgress } from '../../../src/features/onboarding/lead/progress.ts';
import { progressAnswer } from '../../../src/features/onboarding/lead/views.ts';
import { saveExtras } from '../../../src/features/onboarding/profile/extras.ts';
import { emptyProfile } from '../../../src/features/onboarding/profile/profile.ts';
import { saveProfile } from '../../../src/features/onboarding/profile/save.ts';
import { findProfile, listOrganisations } from '../../../src/features/onboarding/profile/store.ts';
import { advanceJourneys } from '../../../src/features/onboarding/steps/advance.ts';
import { addCohortSteps } from '../../../src/features/onboarding/steps/cohort-steps.ts';
import { viewJourney } from '../../../src/features/onboarding/steps/journey-view.ts';
import { noticed } from '../../../src/features/onboarding/steps/notice.ts';
import { carryOn, setPace } from '../../../src/features/onboarding/steps/pace.ts';
import { closeByHand, reopen, snooze } from '../../../src/features/onboarding/steps/steps.ts';
import { stop } from '../../../src/features/onboarding/steps/stop.ts';
import { findJourney } from '../../../src/features/onboarding/store.ts';
import {
  agree,
  askAgain,
  decline,
  isAgreementDue,
} from '../../../src/features/onboarding/welcome/agreement.ts';
import {
  meet,
  personLeft,
  personReturned,
  welcomeExpected,
} from '../../../src/features/onboarding/welcome/welcome.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { withoutIntroductions } from '../../support/filled-in.ts';
import { givenOnboarding, type World } from './support.ts';

/** Somebody who has agreed, with their journey begun. */
async function begun(world: World, slackId = 'U1'): Promise<string> {
  const id = await world.person(slackId);
  await meet(world.deps, id, 'used');
  await agree(world.deps, await world.actor(id));
  return id;
}

async function stepsOf(world: World, personId: string) {
  const person = await findPerson(world.db, personId);
  if (!person) throw new Error('no such person');
  const view = await viewJourney(world.db, world.deps, person);
  return Object.fromEntries((view?.steps ?? []).map(({ step, held }) => [step.id, held.status]));
}

/** Days go by with the job at 08:00 and 12:00 UTC, and the sender after it. */
async function live(world: World, days: number): Promise<void> {
  for (let half = 0; half < days * 2; half += 1) {
    await advanceJourneys(world.deps, world.clock.now());
    await world.send();
    world.clock.forward(720);
  }
}

describe('meeting people', () => {
  test('whoever joins at night is greeted at a civil hour, once, however often they come', async () => {
    const world = await givenOnboarding('2026-03-03T23:30:00Z');
    const id = await world.person('U1');
    expect(await meet(world.deps, id, 'joined')).toEqual({ kind: 'welcomed', directly: false });
    expect(await meet(world.deps, id, 'joined')).toEqual({ kind: 'known' });
    expect(await meet(world.deps, id, 'in-forum')).toEqual({ kind: 'known' });
    const [welcome, ...more] = await world.outbox(id);
    expect(more).toEqual([]);
    expect(welcome?.send_after).toBe('2026-03-04T09:00:00.000Z');
    expect(welcome?.weight).toBe('note');
  });

  test('whoever opens Home or writes is answered at once, and the queued welcome does not come as well', async () => {
    const world = await givenOnboarding('2026-03-03T23:30:00Z');
    const id = await world.person('U1');
    await meet(world.deps, id, 'joined');
    expect(await meet(world.deps, id, 'wrote')).toEqual({ kind: 'welcomed', directly: true });
    expect(await meet(world.deps, id, 'opened-home')).toEqual({ kind: 'known' });
    expect(world.said).toHaveLength(1);
    expect((await world.outbox(id)).map((row) => row.status)).toEqual(['sent']);
  });

  test('two events for the same arrival say it once', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    await Promise.all([meet(world.deps, id, 'opened-home'), meet(world.deps, id, 'wrote')]);
    expect(world.said).toHaveLength(1);
  });

  test('a welcome that Slack did not take comes when they open Home again, or with a beat', async () => {
    const world = await givenOnboarding();
    const refused = new WebAPIRateLimitedError(5);
    for (const [slackId, how] of [
      ['U1', 'wrote'],
      ['U2', 'joined'],
    ] as const) {
      const id = await world.person(slackId);
      if (how === 'joined') await meet(world.deps, id, how);
      world.slack.refuses = refused;
      expect((await meet(world.deps, id, 'opened-home')).kind).toBe('welcomed');
      world.slack.refuses = undefined;
      world.clock.forward(1);
      expect((await meet(world.deps, id, 'opened-home')).kind).toBe('welcomed');
      expect(await meet(world.deps, id, 'opened-home')).toEqual({ kind: 'known' });
      expect((await world.outbox(id)).map((row) => row.status)).toEqual(['sent']);
    }
    expect(world.said).toHaveLength(2);
  });

  test.each([
    ['a bot', { kind: 'bot' }],
    ['somebody of another workspace', { kind: 'external' }],
    ['somebody deactivated', { deactivated: true }],
  ])('%s is never greeted', async (_who, options) => {
    const world = await givenOnboarding();
    const id = await world.person('U1', options);
    expect(await meet(world.deps, id, 'in-forum')).toEqual({ kind: 'not-ours' });
    expect(await findJourney(world.db, id)).toBeUndefined();
  });

  test('a guest is greeted as everybody is', async () => {
    const world = await givenOnboarding();
    expect((await meet(world.deps, await world.person('U1', { kind: 'guest' }), 'joined')).kind).toBe(
      'welcomed',
    );
  });

  test('with a forum, joining the workspace alone is no reason to write', async () => {
    const world = await givenOnboarding(undefined, { forumChannel: 'C1' });
    const id = await world.person('U1');
    expect(await meet(world.deps, id, 'joined')).toEqual({ kind: 'not-ours' });
    expect((await meet(world.deps, id, 'in-forum')).kind).toBe('welcomed');
  });

  test('the 300 members of a forum are welcomed one after another, at a civil hour', async () => {
    const world = await givenOnboarding('2026-03-03T05:00:00Z', { forumChannel: 'C1' });
    const people = [];
    for (let index = 0; index < 300; index += 1) people.push(await world.person(`U${index}A`));
    for (const id of [...people, ...people]) await meet(world.deps, id, 'in-forum');
    const times = (await world.db.selectFrom('outbox').select('send_after').execute()).map(
      (row) => row.send_after,
    );
    expect(times).toHaveLength(300);
    expect(new Set(times).size).toBe(300);
    expect(times.toSorted()[0]).toBe('2026-03-03T09:00:00.000Z');
    expect(times.toSorted().at(-1) ?? '').toBe('2026-03-03T09:29:54.000Z');
  });

  test('whom Slack has not told about yet is greeted once it has', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1', { kind: 'unknown' });
    expect(await meet(world.deps, id, 'in-forum')).toEqual({ kind: 'expected' });
    await welcomeExpected(world.deps);
    expect(await world.outbox(id)).toEqual([]);
    await world.db.updateTable('people').set({ kind: 'member' }).where('id', '=', id).execute();
    await welcomeExpected(world.deps);
    await welcomeExpected(world.deps);
    expect(await world.outbox(id)).toHaveLength(1);
  });

  test('whoever left and comes back gets one note and goes on, with nothing piled up', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await live(world, 2);
    await personLeft(world.deps, id);
    const before = await stepsOf(world, id);
    world.clock.forward(60 * 24 * 40);
    await live(world, 3);
    expect(await stepsOf(world, id)).toEqual(before);
    expect(await personReturned(world.deps, id)).toEqual({ kind: 'welcomed-back' });
    expect(await personReturned(world.deps, id)).toEqual({ kind: 'known' });
    const rows = await world.outbox(id);
    expect(rows.filter((row) => row.kind === 'onboarding.back')).toHaveLength(1);
    expect(rows.filter((row) => row.kind === 'onboarding.welcome')).toHaveLength(1);
  });

  test('whoever goes before the welcome came, and comes back, is welcomed and not welcomed back', async () => {
    for (const how of ['in-forum', 'opened-home'] as const) {
      const world = await givenOnboarding('2026-03-03T23:30:00Z');
      const id = await world.person('U1');
      await meet(world.deps, id, 'in-forum');
      await personLeft(world.deps, id);
      await welcomeExpected(world.deps);
      await meet(world.deps, id, how);
      await welcomeExpected(world.deps);
      const rows = await world.outbox(id);
      expect(rows.map((row) => [row.kind, row.status])).toEqual([
        ['onboarding.welcome', 'cancelled'],
        ['onboarding.welcome', how === 'opened-home' ? 'sent' : 'queued'],
      ]);
    }
  });

  test('whoever is deactivated gets nothing that was queued', async () => {
    const world = await givenOnboarding('2026-03-03T23:30:00Z');
    const id = await world.person('U1');
    await meet(world.deps, id, 'joined');
    await personLeft(world.deps, id);
    expect((await world.outbox(id)).map((row) => row.status)).toEqual(['cancelled']);
  });
});

describe('the agreement', () => {
  test('agreeing twice begins once', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    const actor = await world.actor(id);
    expect(await agree(world.deps, actor)).toMatchObject({ kind: 'began' });
    expect(await agree(world.deps, actor)).toEqual({ kind: 'already' });
    expect((await world.outbox(id)).map((row) => row.kind)).toEqual(['onboarding.agreed']);
    expect(Object.keys(await stepsOf(world, id))).toHaveLength(8);
  });

  test('nothing personal is stored before a yes', async () => {
    const world = await givenOnboarding();
    const actor = await world.actor(await world.person('U1'));
    await meet(world.deps, actor.person.id, 'used');
    expect(await saveProfile(world.deps, actor, { role: 'Midwife' })).toEqual({ kind: 'not-agreed' });
    expect(await saveExtras(world.deps, actor, new Set(['listed']))).toEqual({ kind: 'not-agreed' });
    expect(await findProfile(world.db, world.deps.vault, actor.person.id)).toBeUndefined();
  });

  test('a no is respected: details go, nothing is sent, and it is never asked again', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    const actor = await world.actor(id);
    await saveProfile(world.deps, actor, { role: 'Midwife' });
    await giveConsent(world.db, world.clock, { personId: id, kind: 'listed', version: '2' });
    await decline(world.deps, actor);
    expect(await findProfile(world.db, world.deps.vault, id)).toBeUndefined();
    expect(await findPerson(world.db, id)).toMatchObject({ displayName: '', timeZone: undefined });
    // Slack tells it again with every change of a profile; it is not written down again.
    const user = { id: actor.person.slackId, tz: 'Europe/London', profile: { display_name: 'A name' } };
    await recordSlackUser(world.db, world.clock, user, 'T1');
    expect(await findPerson(world.db, id)).toMatchObject({
      displayName: '',
      timeZone: undefined,
      kind: 'member',
    });
    expect(await hasConsent(world.db, id, 'listed')).toBe(false);
    expect(await stepsOf(world, id)).toEqual({});
    await meet(world.deps, id, 'wrote');
    await live(world, 10);
    await askAgain(world.deps);
    expect(world.said).toEqual([]);
    expect((await world.outbox(id)).filter((row) => row.status === 'queued')).toEqual([]);
    // From Home they may change their mind.
    expect(await agree(world.deps, await world.actor(id))).toMatchObject({ kind: 'began' });
  });

  test('a new version asks everybody again, once, and restarts nobody', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await live(world, 3);
    const before = await stepsOf(world, id);
    const agreement = { ...world.deps.journey.agreement, version: '2', changes: ['A point about calls.'] };
    const deps = { ...world.deps, journey: { ...world.deps.journey, agreement } };
    await askAgain(deps);
    await askAgain(deps);
    const asked = (await world.outbox(id)).filter((row) => row.kind === 'onboarding.agreement');
    expect(asked).toHaveLength(1);
    expect(asked[0]?.message).toContain('A point about calls.');
    expect(await agree(deps, await world.actor(id))).toEqual({ kind: 'agreed-again' });
    const journey = await findJourney(world.db, id);
    expect(journey && isAgreementDue(deps, journey)).toBe(false);
    expect(await stepsOf(world, id)).toEqual(before);
    expect(await hasConsent(world.db, id, 'agreement', '1')).toBe(false);
  });
});

describe('the steps', () => {
  test('come one at a time, each once, and wait while one is on its way', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await live(world, 1);
    await advanceJourneys(world.deps, world.clock.now());
    await advanceJourneys(world.deps, world.clock.now());
    const rows = (await world.outbox(id)).filter((row) => row.kind === 'onboarding.step');
    expect(rows.map((row) => row.idempotency_key.split(':').at(-1))).toEqual(['profile']);
    expect(rows[0]?.send_after).toBe('2026-03-04T10:00:00.000Z');
  });

  test('two weeks without an echo are followed by one kind line, and then nothing', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await live(world, 60);
    const kinds = (await world.outbox(id)).map((row) => row.kind);
    expect(kinds.filter((kind) => kind === 'onboarding.step')).toHaveLength(4);
    expect(kinds.filter((kind) => kind === 'onboarding.rest')).toHaveLength(1);
    expect((await findJourney(world.db, id))?.restReason).toBe('silence');
    await carryOn(world.deps, await world.actor(id));
    await live(world, 5);
    expect(
      (await world.outbox(id)).filter((row) => row.kind === 'onboarding.rest').length,
    ).toBeGreaterThanOrEqual(1);
  });

  test('done, skipped, not now, and the way back', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    const actor = await world.actor(id);
    expect(await closeByHand(world.deps, actor, { stepId: 'profile', as: 'done' })).toMatchObject({
      kind: 'closed',
    });
    expect(await closeByHand(world.deps, actor, { stepId: 'profile', as: 'done' })).toMatchObject({
      kind: 'over-already',
    });
    expect(await snooze(world.deps, actor, 'introduce')).toMatchObject({
      kind: 'snoozed',
      until: '2026-03-10',
    });
    await closeByHand(world.deps, actor, { stepId: 'channels', as: 'skipped' });
    await reopen(world.deps, actor, 'channels');
    expect(await stepsOf(world, id)).toMatchObject({
      profile: 'done',
      introduce: 'waiting',
      channels: 'waiting',
    });
    expect(await closeByHand(world.deps, actor, { stepId: 'no-such-step', as: 'done' })).toEqual({
      kind: 'gone',
    });
  });

  test('a snoozed step comes again under another key, once', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await live(world, 1);
    await advanceJourneys(world.deps, world.clock.now());
    await world.send();
    await snooze(world.deps, await world.actor(id), 'profile');
    world.clock.forward(60);
    await advanceJourneys(world.deps, world.clock.now());
    // "Not now" does not bring the next one on the same day.
    expect((await world.outbox(id)).filter((row) => row.kind === 'onboarding.step')).toHaveLength(1);
    for (let day = 0; day < 20; day += 1) {
      await live(world, 1);
      for (const [stepId, status] of Object.entries(await stepsOf(world, id)))
        if (status === 'offered' && stepId !== 'profile')
          await closeByHand(world.deps, await world.actor(id), { stepId, as: 'done' });
    }
    const keys = (await world.outbox(id))
      .filter((row) => row.kind === 'onboarding.step' && row.idempotency_key.includes(':profile'))
      .map((row) => row.idempotency_key);
    expect(keys).toHaveLength(2);
    expect(keys[1]).toMatch(/:profile:1$/);
  });

  test('what was done already is noticed, before and after agreeing, and its message is taken back', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    await meet(world.deps, id, 'used');
    await noticed(world.deps, id, 'first-lookup');
    await agree(world.deps, await world.actor(id));
    world.clock.forward(60 * 15);
    await advanceJourneys(world.deps, world.clock.now());
    await noticed(world.deps, id, 'profile');
    await noticed(world.deps, id, 'profile');
    expect(await stepsOf(world, id)).toMatchObject({ profile: 'noticed', 'first-lookup': 'noticed' });
    const row = (await world.outbox(id)).find((one) => one.kind === 'onboarding.step');
    expect(row?.status).toBe('cancelled');
  });

  test('"no messages" sends nothing and keeps everything in Home; another pace wakes it', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    await meet(world.deps, id, 'used');
    await setPace(world.deps, await world.actor(id), 'none');
    await agree(world.deps, await world.actor(id));
    await live(world, 30);
    expect((await world.outbox(id)).filter((row) => row.kind === 'onboarding.step')).toEqual([]);
    expect(Object.values(await stepsOf(world, id)).every((status) => status === 'waiting')).toBe(true);
    expect(await setPace(world.deps, await world.actor(id), 'days')).toMatchObject({ kind: 'paced' });
    // Easter lies between.
    await live(world, 6);
    expect((await world.outbox(id)).some((row) => row.kind === 'onboarding.step')).toBe(true);
  });

  test('"remind me next week" before agreeing asks once more, a week later', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    await meet(world.deps, id, 'used');
    await world.send();
    await setPace(world.deps, await world.actor(id), 'next-week');
    await setPace(world.deps, await world.actor(id), 'next-week');
    const rows = (await world.outbox(id)).filter((row) => row.status === 'queued');
    expect(rows.map((row) => row.send_after)).toEqual(['2026-03-10T09:00:00.000Z']);
  });

  test('"everything today" still sends one message a working day', async () => {
    const world = await givenOnboarding();
    const id = await world.person('U1');
    await meet(world.deps, id, 'used');
    await setPace(world.deps, await world.actor(id), 'today');
    await agree(world.deps, await world.actor(id));
    for (let day = 0; day < 20; day += 1) {
      await live(world, 1);
      for (const [stepId, status] of Object.entries(await stepsOf(world, id)))
        if (status === 'offered')
          await closeByHand(world.deps, await world.actor(id), { stepId, as: 'done' });
    }
    const rows = (await world.outbox(id)).filter((row) => row.kind === 'onboarding.step');
    expect(rows).toHaveLength(8);
    expect(new Set(rows.map((row) => row.send_after.slice(0, 10))).size).toBe(8);
    expect((await findJourney(world.db, id))?.status).toBe('finished');
  });

  test('a stopped journey sends nothing, and carries on from Home', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await stop(world.deps, id);
    await live(world, 10);
    expect((await world.outbox(id)).filter((row) => row.kind === 'onboarding.step')).toEqual([]);
    await carryOn(world.deps, await world.actor(id));
    await live(world, 4);
    expect((await world.outbox(id)).filter((row) => row.kind === 'onboarding.step')).toHaveLength(1);
  });

  test('whoever paused or is away is not asked; afterwards it goes on', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await changePreferences(world.db, id, { awayUntil: '2026-03-20' }, world.clock.now());
    await live(world, 14);
    expect((await world.outbox(id)).filter((row) => row.kind === 'onboarding.step')).toEqual([]);
    await live(world, 8);
    const steps = (await world.outbox(id)).filter((row) => row.kind === 'onboarding.step');
    expect(steps.length).toBeGreaterThan(0);
    expect(steps[0]?.send_after.slice(0, 10)).toBe('2026-03-23');
  });

  test('a changed file restarts nobody; a facilitator moves a group, and what was done stays done', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    const group = await world.cohort('Perinatal', [id]);
    const lead = await world.actor(await world.facilitator('U9', group));
    await closeByHand(world.deps, await world.actor(id), { stepId: 'profile', as: 'done' });
    const [first] = world.deps.journey.steps;
    if (!first) throw new Error('no steps');
    const extra = { ...first, id: 'extra', notices: undefined, title: 'Extra' };
    const steps = [...world.deps.journey.steps.filter((one) => one.id !== 'channels'), { ...extra, day: 30 }];
    const deps = { ...world.deps, journey: { ...world.deps.journey, steps } };
    expect(Object.keys(await stepsOf({ ...world, deps }, id))).not.toContain('extra');
    expect(await viewProgress(deps, lead, group)).toMatchObject({
      progress: { hasOlderSteps: true },
    });
    expect(await moveToToday(deps, lead, group)).toEqual({ kind: 'moved', people: 1 });
    expect(await moveToToday(deps, lead, group)).toEqual({ kind: 'moved', people: 0 });
    const after = await stepsOf({ ...world, deps }, id);
    expect(after).toMatchObject({ profile: 'done', extra: 'waiting' });
    expect(after).not.toHaveProperty('channels');
  });

  test('a group of an age group brings the steps meant for it', async () => {
    const world = await givenOnboarding();
    const [first] = world.deps.journey.steps;
    if (!first) throw new Error('no steps');
    const own = { ...first, id: 'own', notices: undefined, audience: 'cohort:perinatal', day: 30 };
    const deps = {
      ...world.deps,
      journey: { ...world.deps.journey, steps: [...world.deps.journey.steps, own] },
    };
    const early = await world.person('U1');
    await world.cohort('Perinatal', [early], 'perinatal');
    const late = await world.person('U2');
    for (const id of [early, late]) await agree(deps, await world.actor(id));
    expect(Object.keys(await stepsOf({ ...world, deps }, early))).toContain('own');
    expect(Object.keys(await stepsOf({ ...world, deps }, late))).not.toContain('own');
    await addCohortSteps(deps, late, 'perinatal');
    await addCohortSteps(deps, late, 'perinatal');
    expect(Object.keys(await stepsOf({ ...world, deps }, late)).filter((one) => one === 'own')).toHaveLength(
      1,
    );
  });
});

describe('saying hello', () => {
  test('a draft says what the person gave, and no more', async () => {
    const { deps } = await givenOnboarding();
    expect(draftIntroduction(undefined, deps.vocabulary)).toBe('Hello everyone, I am glad to be here.');
    const text = draftIntroduction(
      { ...emptyProfile, role: 'Midwife', ageGroups: ['perinatal'] },
      deps.vocabulary,
    );
    expect(text).toBe('Hello everyone. My role: Midwife. I work with: Perinatal.');
  });

  test('pressing "Post it" twice posts once; a refusal leaves the step open', async () => {
    const world = await givenOnboarding(undefined, { forumChannel: 'C1' });
    const id = await begun(world);
    const actor = await world.actor(id);
    world.slack.refuses = new WebAPIPlatformError({
      ok: false,
      error: 'not_in_channel',
      response_metadata: {},
    });
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'refused' });
    expect(await stepsOf(world, id)).toMatchObject({ introduce: 'waiting' });
    world.slack.refuses = new WebAPIRateLimitedError(5);
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'refused' });
    world.slack.refuses = undefined;
    world.clock.forward(1);
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'posted', channelId: 'C1' });
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'posted-before' });
    expect(world.said.map((one) => one.channel)).toEqual(['C1']);
  });

  test('when Slack does not say whether it was posted, it is not offered again', async () => {
    const world = await givenOnboarding(undefined, { forumChannel: 'C1' });
    const id = await begun(world);
    const actor = await world.actor(id);
    world.slack.refuses = new Error('the answer never came');
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'unclear', channelId: 'C1' });
    world.slack.refuses = undefined;
    expect(await postIntroduction(world.deps, actor, 'Hello')).toEqual({ kind: 'posted-before' });
  });

  test('without a forum channel nothing is posted', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    expect(await postIntroduction(world.deps, await world.actor(id), 'Hello')).toEqual({ kind: 'to-copy' });
    expect(world.said).toEqual([]);
  });

  test('one facilitator takes the hello on, and may leave it to a colleague', async () => {
    const world = await givenOnboarding();
    const ana = await world.actor(await world.facilitator('U8'));
    const ben = await world.actor(await world.facilitator('U9'));
    const id = await begun(world);
    expect(await greet(world.deps, ana, id)).toMatchObject({ kind: 'yours' });
    expect(await greet(world.deps, ben, id)).toMatchObject({ kind: 'taken', by: { slackId: 'U8' } });
    expect(await ungreet(world.deps, ben, id)).toBe(false);
    expect(await ungreet(world.deps, ana, id)).toBe(true);
    expect(await greet(world.deps, ben, id)).toMatchObject({ kind: 'yours', isDone: false });
    expect(await greeted(world.deps, ana, id)).toMatchObject({ kind: 'taken', by: { slackId: 'U9' } });
    expect(await greeted(world.deps, ben, id)).toMatchObject({ kind: 'yours', isDone: true });
    expect(await greeted(world.deps, ben, id)).toMatchObject({ kind: 'yours', isDone: true });
    expect(await greet(world.deps, ana, id)).toMatchObject({ kind: 'taken' });
    expect(await greet(world.deps, await world.actor(id), id)).toEqual({ kind: 'not-allowed' });
  });

  test('facilitators of another group neither hear of a newcomer nor greet them', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    await world.cohort('Perinatal', [id]);
    const own = await world.facilitator('U7', await world.cohort('Own', [id]));
    const other = await world.facilitator('U8', await world.cohort('Other', []));
    expect(await greet(world.deps, await world.actor(other), id)).toEqual({ kind: 'not-allowed' });
    expect(await listArrivals(world.db, await world.actor(other))).toEqual([]);
    world.clock.forward(15);
    await announceArrivals(world.deps, world.clock.now());
    expect(await world.outbox(other)).toEqual([]);
    expect(await world.outbox(own)).toHaveLength(1);
  });

  test('forty at once are one note; after two working days one reminder, and no third word', async () => {
    const world = await givenOnboarding('2026-03-05T10:00:00Z');
    const lead = await world.facilitator('U9');
    for (let index = 0; index < 40; index += 1) await begun(world, `U1${index}`);
    for (let hour = 0; hour < 24 * 12; hour += 1) {
      world.clock.forward(60);
      await announceArrivals(world.deps, world.clock.now());
    }
    const notes = (await world.outbox(lead)).map((row) => ({ kind: row.kind, at: row.send_after }));
    expect(notes.map((one) => one.kind)).toEqual(['onboarding.greet', 'onboarding.greet-reminder']);
    // Thursday, and two working days on: Monday.
    expect(notes[1]?.at.slice(0, 10)).toBe('2026-03-09');
  });

  test('whoever was greeted is not announced again', async () => {
    const world = await givenOnboarding();
    const lead = await world.facilitator('U9');
    const id = await begun(world);
    await greet(world.deps, await world.actor(lead), id);
    world.clock.forward(60 * 24 * 5);
    await announceArrivals(world.deps, world.clock.now());
    expect(await world.outbox(lead)).toEqual([]);
  });
});

describe('profiles, extras, previews, progress', () => {
  test('an organisation that one person typed is not offered to others', async () => {
    const world = await givenOnboarding();
    for (const slackId of ['U1', 'U2', 'U3']) {
      const actor = await world.actor(await begun(world, slackId));
      await saveProfile(world.deps, actor, {
        organisation: 'A trust',
        visibility: { ...emptyProfile.visibility, organisation: 'community' },
      });
      await saveProfile(world.deps, actor, { role: slackId });
    }
    const alone = await world.actor(await begun(world, 'U4'));
    await saveProfile(world.deps, alone, { organisation: 'Something private' });
    expect(await listOrganisations(world.db, world.deps.vault)).toEqual(['A trust']);
    expect((await findProfile(world.db, world.deps.vault, alone.person.id))?.visibility.organisation).toBe(
      'facilitators',
    );
  });

  test('extras are given and taken back one by one, with their history', async () => {
    const world = await givenOnboarding();
    const id = await begun(world);
    const actor = await world.actor(id);
    expect(await hasConsent(world.db, id, 'listed')).toBe(false);
    await saveExtras(world.deps, actor, new Set(['listed', 'introduced']));
    await saveExtras(world.deps, actor, new Set(['introduced', 'no-such-extra']));
    expect(await hasConsent(world.db, id, 'listed')).toBe(false);
    expect(await hasConsent(world.db, id, 'introduced')).toBe(true);
    const rows = await world.db.selectFrom('consents').select('kind').where('person_id', '=', id).execute();
    expect(rows.filter((row) => row.kind === 'listed')).toHaveLength(1);
    // Of what is not there any more only the "no" counts.
    const { journey } = withoutIntroductions();
    await saveExtras({ ...world.deps, journey }, actor, new Set(['introduced']));
    expect(await hasConsent(world.db, id, 'introduced')).toBe(true);
    await saveExtras({ ...world.deps, journey }, actor, new Set());
    expect(await hasConsent(world.db, id, 'introduced')).toBe(false);
    await saveExtras({ ...world.deps, journey }, actor, new Set(['introduced']));
    expect(await hasConsent(world.db, id, 'introduced')).toBe(false);
  });

  test('facilitators preview to themselves; members do not; nothing of it counts', async () => {
    const world = await givenOnboarding();
    const lead = await world.facilitator('U9');
    expect(await previewWanted(world.deps, await world.actor(lead), 'all')).toBe(9);
    expect(await previewWanted(world.deps, await world.actor(lead), 'introduce')).toBe(1);
    expect(await previewWanted(world.deps, await world.actor(await begun(world)), 'all')).toBeUndefined();
    expect((await world.outbox(lead)).every((row) => row.topic === null)).toBe(true);
  });

  test('progress is numbers, of few none, and nobody by name but whom messages do not reach', async () => {
    const world = await givenOnboarding();
    const [active, silent, gone, undelivered, fresh] = [
      await begun(world, 'U1'),
      await begun(world, 'U2'),
      await begun(world, 'U3'),
      await begun(world, 'U4'),
      await world.person('U5'),
    ];
    const more: string[] = [];
    for (let index = 10; index < 16; index += 1) more.push(await begun(world, `U${index}`));
    for (let index = 20; index < 24; index += 1) more.push(await world.person(`U${index}`));
    const group = await world.cohort('Perinatal', [active, silent, gone, undelivered, fresh, ...more]);
    await live(world, 2);
    await world.db
      .updateTable('journeys')
      .set({ status: 'paused', rest_reason: 'silence' })
      .where('person_id', '=', silent)
      .execute();
    await world.db
      .updateTable('people')
      .set({ deactivated_at: world.clock.now().toISOString() })
      .where('id', '=', gone)
      .execute();
    await world.db
      .updateTable('outbox')
      .set({ status: 'failed' })
      .where('person_id', '=', undelivered)
      .where('kind', '=', 'onboarding.step')
      .execute();
    const lead = await world.actor(await world.facilitator('U9', group));
    const outcome = await viewProgress(world.deps, lead, group);
    if (outcome.kind !== 'progress') throw new Error(outcome.kind);
    // Seven under way, one resting, five not taking part yet: the one would be what is left of thirteen, so a second goes.
    expect(outcome.progress).toMatchObject({
      members: 15,
      underWay: 7,
      finished: 'few',
      resting: 'few',
      notTakingPart: 'few',
    });
    expect(outcome.progress.unreached.map(({ person, why }) => [person.id, why])).toEqual([
      [gone, 'deactivated'],
      [undelivered, 'not-delivered'],
    ]);
    const shown = JSON.stringify(progressAnswer(outcome.progress));
    expect(shown).toContain('7 under way');
    for (const slackId of ['U1>', 'U2>', 'U5>', 'silent', 'no answer']) expect(shown).not.toContain(slackId);
    const other = await world.actor(await world.facilitator('U8', await world.cohort('Other', [])));
    expect(await viewProgress(world.deps, other, group)).toEqual({ kind: 'not-allowed' });
    expect(await viewProgress(world.deps, await world.actor(active), group)).toEqual({ kind: 'not-allowed' });
  });
});
