import { expect, test } from 'vitest';
import { whoSeesProgress } from '../../src/community/promises.ts';
import { givenCommunity } from '../support/community.ts';
import { aDay, messageAbout } from '../support/journeys.ts';
import { agree, closeAll, makeGroup, pressForged } from '../support/stories.ts';

test('facilitators see no number of few, and nobody by name but whom messages do not reach', async () => {
  const community = await givenCommunity();
  await community.forward(6 * 60, 60);
  const { workspace } = community;
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni', 'gale', 'fran']);
  for (const name of ['robin', 'sam', 'toni', 'fran']) await agree(community.as(name));
  await community.as('gale').click('Read the community agreement');
  await community.as('gale').click('No, thank you');
  await closeAll(community.as('gale'));
  await community.forward(aDay, 60);
  // Robin goes through, Sam stops, Toni is deactivated, Fran says nothing.
  await community.as('sam').choose({ actionId: 'onboarding.more' }, 'Stop these first steps', {
    in: messageAbout(community.as('sam'), 'A little about you'),
  });
  await workspace.deactivate('toni');
  const robin = community.as('robin');
  await robin.openHome();
  await robin.click('My first steps', { in: 'home' });
  for (let left = 7; left > 0; left -= 1) await robin.click('Skip this step', { nth: 0, in: 'modal' });
  expect(robin.visibleText('modal'), 'what they read is what facilitators read').toContain(whoSeesProgress);
  await closeAll(robin);
  await community.forward(21 * aDay, 240);

  await jo.openHome();
  expect(jo.visibleText('home')).toContain('My messages do not reach 1 person in your groups.');
  await jo.command('/chatr progress');
  const shown = jo.visibleText(jo.ephemerals().at(-1));
  expect(shown).toContain('First steps in Spring group*: 5 members');
  expect(shown).toContain(whoSeesProgress);
  // Each part of these five is one person: the page said which numbers, and who had fallen silent.
  expect(shown).not.toMatch(/[1-4] (?:under way|through|resting|not taking part)|most/);
  expect(shown).toContain('Too few in each part for a number.');
  expect(shown).toContain('My messages do not reach* (1)');
  expect(shown).toContain(`<@${community.as('toni').id}>: their Slack account is switched off`);
  for (const name of ['robin', 'sam', 'gale', 'fran'])
    expect(shown, name).not.toContain(community.as(name).id);
  expect(community.log).toEqual([]);
});

test('a facilitator sends any step, or all, to themselves, and nothing of it counts', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await jo.openHome();
  await jo.click('Preview first steps', { in: 'home' });
  await jo.click({ text: 'Send to me', blockId: 'preview.profile' });
  await closeAll(jo);
  await community.forward(5, 1);
  const preview = messageAbout(jo, 'Preview for you');
  expect(jo.visibleText(preview)).toContain('A little about you');
  await jo.click('Fill in my profile', { in: preview });
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('This is a preview');
  await jo.click('Skip this step', { in: preview });
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('Read the community agreement');
  expect(community.log).toEqual([]);
});

test('the welcome that facilitators preview opens nothing, and leaves their own pace alone', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  await agree(jo);
  await jo.openHome();
  const homeBefore = jo.visibleText('home');
  await jo.click('Preview first steps', { in: 'home' });
  await jo.click({ text: 'Send to me', blockId: 'preview.welcome' });
  await closeAll(jo);
  await community.forward(5, 1);
  const preview = messageAbout(jo, 'Preview of the first message');
  for (const button of [
    'Read the community agreement',
    'Read the full privacy notice',
    'Remind me next week',
    'No messages, thank you',
  ]) {
    await jo.click(button, { in: preview });
    expect(jo.modal(), button).toBeNull();
    expect(jo.visibleText(jo.ephemerals().at(-1)), button).toContain('This is a preview');
  }
  await jo.openHome();
  expect(jo.visibleText('home')).toBe(homeBefore);
  await jo.click({ text: 'My first steps' }, { in: 'home' });
  expect(JSON.stringify(jo.modal()?.blocks)).toContain(
    '"initial_option":{"text":{"type":"plain_text","text":"A step every few days"',
  );
  expect(community.log).toEqual([]);
});

test('members see nothing of it, whatever their client sends', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await makeGroup(jo, 'Spring group', ['robin', 'sam']);
  await jo.openHome();
  const cohortId = /cohorts\.open[^}]*?"value":"([^"]+)"/.exec(JSON.stringify(jo.home()?.blocks))?.[1];
  expect(cohortId).toBeTruthy();
  for (const actionId of [
    'onboarding.progress',
    'onboarding.progress.cohort',
    'onboarding.upgrade',
    'onboarding.preview',
    'onboarding.arrivals',
    'cohorts.open',
    'cohorts.people',
  ]) {
    await pressForged(community, 'robin', { actionId, ...(cohortId && { value: cohortId }) });
    const said = `${robin.visibleText('modal')} ${robin.visibleText(robin.ephemerals().at(-1))}`;
    expect(said, actionId).not.toMatch(/people|Send to me|without a hello/);
  }
  expect(community.log).toEqual([]);
});
