import { beforeAll, describe, expect, test } from 'vitest';
import type { Content } from '../../src/features/content.ts';
import { givenCommunity } from '../support/community.ts';
import { aDay, givenNewcomer, messageAbout, offersTo, titles } from '../support/journeys.ts';
import { shippedContent } from '../support/shipped.ts';
import { agree, closeAll, makeGroup, messagesSaying } from '../support/stories.ts';

let content: Content;
beforeAll(() => {
  content = shippedContent();
});

const localTime = (at: Date, timeZone: string): string =>
  at.toLocaleString('en-GB', { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit' });

describe('each step can be', () => {
  test('put off: it comes again a week later, once', async () => {
    const { community, person } = await givenNewcomer();
    await community.forward(aDay, 60);
    expect(titles(offersTo(community, person))).toEqual(['A little about you']);
    await person.click('Not now', { in: messageAbout(person, 'A little about you') });
    expect(person.visibleText(messageAbout(person, 'A little about you'))).toContain(
      'It comes back on Wednesday 11 March',
    );
    await community.forward(14 * aDay, 180);
    const again = offersTo(community, person).filter(({ title }) => title === 'A little about you');
    expect(again).toHaveLength(2);
    expect(again[1]?.at.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-03-11T09:00:00Z'));
  });

  test('skipped, and brought back; it is not sent again either way', async () => {
    const { community, person } = await givenNewcomer();
    await community.forward(aDay, 60);
    await person.click('Skip this step', { in: messageAbout(person, 'A little about you') });
    await person.click('Undo', { in: messageAbout(person, 'A little about you') });
    await person.openHome();
    expect(person.visibleText('home')).toContain('A little about you');
    await person.click('Skip this step', { in: 'home' });
    expect(person.visibleText('home')).not.toContain('A little about you');
    await community.forward(7 * aDay, 180);
    expect(
      titles(offersTo(community, person)).filter((title) => title === 'A little about you'),
    ).toHaveLength(1);
  });

  test('left alone: two weeks without an echo, days apart, one kind line, and then silence; Home has them all', async () => {
    const { community, person } = await givenNewcomer();
    await community.forward(28 * aDay, 240);
    const days = offersTo(community, person).map(({ at }) => at.toISOString().slice(0, 10));
    expect(days).toEqual(['2026-03-04', '2026-03-09', '2026-03-12', '2026-03-16']);
    const [rest, ...more] = messagesSaying(person, 'I will leave the first steps here');
    expect(rest?.at.slice(0, 10)).toBe('2026-03-19');
    expect(more).toEqual([]);
    await person.openHome();
    expect(person.visibleText('home')).toContain('Your first steps are resting');
    await person.click('Carry on', { in: 'home' });
    await community.forward(4 * aDay, 120);
    expect(offersTo(community, person).length).toBeGreaterThan(4);
    expect(messagesSaying(person, 'I will leave the first steps here')).toHaveLength(1);
    expect(community.log).toEqual([]);
  });
});

test('while it rests, a step that was never offered is done: the next one comes, and it is not said again that it rests', async () => {
  const { community, person } = await givenNewcomer();
  await community.forward(28 * aDay, 240);
  const before = offersTo(community, person).length;
  await person.command('/chatr reflect two-minute');
  const [moment = ''] = person.visibleText().match(/^A moment.*$/m) ?? [];
  await person.submit({ [moment]: 'a calm talk' });
  await closeAll(person);
  await community.forward(aDay, 60);
  expect(messagesSaying(person, 'I will leave the first steps here')).toHaveLength(1);
  expect(offersTo(community, person)).toHaveLength(before + 1);
});

test('the whole journey is stopped by button, sends nothing, and is resumed from Home', async () => {
  const { community, person } = await givenNewcomer();
  await community.forward(aDay, 60);
  await person.choose({ actionId: 'onboarding.more' }, 'Stop these first steps', {
    in: messageAbout(person, 'A little about you'),
  });
  expect(person.visibleText(person.dmsWithBot().at(-1))).toContain('Your first steps are stopped');
  const before = person.dmsWithBot().length;
  await community.forward(10 * aDay, 240);
  expect(person.dmsWithBot()).toHaveLength(before);
  await person.openHome();
  await person.click('Carry on after all', { in: 'home' });
  expect(person.visibleText('home')).not.toContain('Stopped');
  await community.forward(3 * aDay, 120);
  expect(offersTo(community, person).length).toBeGreaterThan(1);
  expect(community.log).toEqual([]);
});

test('what was done already is noticed, in its message too, and not asked again', async () => {
  const { community, person } = await givenNewcomer();
  await person.command('/chatr find trauma');
  await community.forward(aDay, 60);
  const asked = messageAbout(person, 'A little about you');
  // Done from Home, while its message waits.
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit({ 'Where you work': ['Hackney'] });
  await closeAll(person);
  const now = person.dmsWithBot().find(({ ts }) => ts === asked.ts);
  expect(person.visibleText(now)).toContain('*A little about you*: done.');
  for (let week = 0; week < 5; week += 1) {
    await community.forward(7 * aDay, 240);
    for (const { title } of offersTo(community, person)) {
      const message = messageAbout(person, title);
      if (JSON.stringify(message.blocks).includes('onboarding.skip'))
        await person.click('Skip this step', { in: message, mayFail: true });
    }
  }
  const asking = titles(offersTo(community, person));
  expect(asking).not.toContain('Your first lookup');
  expect(asking.length).toBeGreaterThan(4);
  expect(asking).toEqual([...new Set(asking)]);
  expect(community.log).toEqual([]);
});

test('a changed file restarts nobody; a facilitator moves a group, and what was done stays done', async () => {
  const { community, person } = await givenNewcomer();
  const jo = community.as('jo');
  await makeGroup(jo, 'Spring group', ['robin']);
  await community.forward(aDay, 60);
  await person.click('Skip this step', { in: messageAbout(person, 'A little about you') });
  await community.stopBot();
  const [first, ...rest] = content.journey.steps;
  if (!first) throw new Error('no steps');
  const changed = {
    ...content.journey,
    steps: [{ ...first, title: 'Quite another first step' }, { ...first, id: 'tea', title: 'Tea' }, ...rest],
  };
  await community.startBot({ journey: changed });
  await community.forward(6 * aDay, 120);
  expect(titles(offersTo(community, person))).toEqual(['A little about you', 'Say hello']);
  await person.click('Skip this step', { in: messageAbout(person, 'Say hello') });

  await jo.command('/chatr progress');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('as they were when they began');
  await jo.click('Move them to the new steps');
  await community.forward(14 * aDay, 240);
  const after = titles(offersTo(community, person));
  expect(after).toContain('Tea');
  expect(after).not.toContain('Quite another first step');
  expect(after.filter((title) => title === 'Say hello')).toHaveLength(1);
  expect(community.log).toEqual([]);
});

describe('a new version of the agreement', () => {
  const renewed = () => ({
    journey: {
      ...content.journey,
      agreement: { ...content.journey.agreement, version: '2', changes: ['We now name who moderates.'] },
    },
  });

  test('asks again once, says what changed, and restarts nothing', async () => {
    const { community, person } = await givenNewcomer();
    await community.forward(aDay, 60);
    await community.stopBot();
    await community.startBot(renewed());
    await community.forward(2 * aDay, 120);
    await community.stopBot();
    await community.startBot(renewed());
    await community.forward(aDay, 120);
    const asked = messagesSaying(person, 'The community agreement has changed');
    expect(asked).toHaveLength(1);
    expect(person.visibleText(asked[0])).toContain('We now name who moderates.');
    const before = titles(offersTo(community, person));
    await person.click('Read the community agreement', { ...(asked[0] && { in: asked[0] }) });
    expect(person.visibleText('modal')).toContain('What changed');
    await person.submit();
    await closeAll(person);
    await community.forward(aDay, 120);
    expect(titles(offersTo(community, person)).filter((title) => before.includes(title))).toEqual(before);
    await person.openHome();
    expect(person.visibleText('home')).not.toContain('has changed');
    expect(community.log).toEqual([]);
  });

  test('can be declined: what is deleted and what stays is said before and after', async () => {
    const { community, person } = await givenNewcomer();
    await person.command('/chatr reflect');
    await person.submit({ 'A moment: What stayed with you today?': 'Something of mine.' });
    await closeAll(person);
    await community.stopBot();
    await community.startBot(renewed());
    await community.forward(aDay, 120);
    await person.openHome();
    await person.click('Read the agreement', { in: 'home' });
    await person.click('No, thank you');
    expect(person.visibleText('modal')).toContain('What you wrote before is kept');
    await closeAll(person);
    const before = person.dmsWithBot().length;
    await community.forward(14 * aDay, 240);
    expect(person.dmsWithBot()).toHaveLength(before);
    // Never lost: their own words can still be read and deleted.
    await person.command('/chatr journal');
    expect(person.visibleText('modal')).toContain('Something of mine.');
    expect(community.log).toEqual([]);
  });
});

test('the bot is down for three days: one step at a time, a working day apart', async () => {
  const { community, person } = await givenNewcomer();
  await community.stopBot();
  community.clock.forward(3 * aDay);
  await community.startBot();
  await community.forward(8 * aDay, 60);
  const offers = offersTo(community, person);
  expect(offers.length).toBeGreaterThan(1);
  const days = offers.map(({ at }) => at.toISOString().slice(0, 10));
  expect(days).toEqual([...new Set(days)]);
  expect(titles(offers)).toEqual(content.journey.steps.map(({ title }) => title).slice(0, offers.length));
});

test('whoever moves to another time zone mid-journey gets the next step at a civil hour there', async () => {
  const { community, person } = await givenNewcomer();
  await community.forward(aDay, 60);
  await person.click('Skip this step', { in: messageAbout(person, 'A little about you') });
  await community.workspace.setTimezone('robin', 'Australia/Sydney');
  await community.forward(6 * aDay, 60);
  const [, second] = offersTo(community, person);
  expect(second && localTime(second.at, 'Australia/Sydney')).toMatch(/(Mon|Tue|Wed|Thu|Fri).* (09|1[0-7]):/);
});

test('weekends, bank holidays and quiet hours of their own are left in peace', async () => {
  const community = await givenCommunity({ at: '2026-04-02T10:00:00Z' });
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await robin.command('/chatr settings');
  await robin.submit({ 'Quiet until': '14:00', 'Quiet from': '17:00' });
  await closeAll(robin);
  await community.forward(8 * aDay, 60);
  const [first] = offersTo(community, robin);
  // Thursday; Good Friday, the weekend and Easter Monday between.
  expect(first?.at.toISOString()).toMatch(/^2026-04-07T13:/);
});
