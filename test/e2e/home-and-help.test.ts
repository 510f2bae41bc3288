import { isButton, type PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity, livedOnce } from '../support/community.ts';
import { agree, closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

const sorry = /That did not (finish|work)|this reference:/;

const givenCommunityAtWork = livedOnce(async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  for (const name of ['robin', 'jo', 'fran', 'gale']) await agree(community.as(name));
  await makeGroup(community.as('jo'), 'Perinatal pilot', ['robin', 'sam']);
  await scheduleCheckIn(community.as('jo'), {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  return community;
});

type Button = { actionId: string; text: string };

/** The buttons of a screen, in order. */
function buttonsOf(blocks: Parameters<typeof elementsOf>[0]): Button[] {
  return elementsOf(blocks)
    .filter(({ element }) => isButton(element))
    .map(({ element }) => ({
      actionId: String(element.action_id),
      text: String((element.text as { text?: string } | undefined)?.text),
    }));
}

const people = [
  ['a member', 'robin'],
  ['a facilitator', 'jo'],
  ['an administrator', 'fran'],
  ['a guest', 'gale'],
] as const;

/** Whether anything went wrong that a person, or the operator, would notice. */
function expectNoTrouble(community: Community, person: PersonDriver, after: string): void {
  expect(person.notices(), after).toEqual([]);
  expect(community.log, after).toEqual([]);
  expect(person.visibleText('modal'), after).not.toMatch(sorry);
  expect(person.visibleText(person.dmsWithBot().at(-1)), after).not.toMatch(sorry);
}

describe('every button works', () => {
  test.each(people)('in App Home, for %s', async (_, name) => {
    const community = await givenCommunityAtWork();
    const person = community.as(name);
    await person.openHome();
    const buttons = buttonsOf(person.home()?.blocks ?? []).filter(({ text }) => !/^Leave|^Pause/.test(text));
    expect(buttons.length).toBeGreaterThan(8);
    for (const [index, { text }] of buttons.entries()) {
      await person.openHome({ quiet: true });
      // A click before may have taken this one away ("Skip this step"), or one of two that read alike.
      const now = buttonsOf(person.home()?.blocks ?? []).filter((one) => one.text === text).length;
      const nth = buttons.slice(0, index).filter((one) => one.text === text).length;
      if (nth >= now) continue;
      const before = community.workspace.calls.length;
      await person.click({ text }, { in: 'home', nth, quiet: true });
      expect(community.workspace.calls.length, `“${text}” does something`).toBeGreaterThan(before);
      expectNoTrouble(community, person, `“${text}” in Home`);
      await closeAll(person);
    }
  });

  test.each(people)('in help, for %s', async (_, name) => {
    const community = await givenCommunityAtWork();
    const person = community.as(name);
    await person.command('/chatr help');
    const help = person.ephemerals().at(-1);
    const count = buttonsOf(help?.blocks ?? []).length;
    expect(count).toBeGreaterThan(10);
    for (let nth = 0; nth < count; nth += 1) {
      await person.command('/chatr help');
      const shown = person.ephemerals().at(-1);
      if (!shown) throw new Error('No help came.');
      const before = community.workspace.calls.length;
      await person.click({ text: 'Try it' }, { in: shown, nth, quiet: true });
      const example = person
        .visibleText(shown)
        .split('\n')
        .filter((line) => line.startsWith('*/'))
        .at(nth);
      const answer = person.visibleText(person.ephemerals().at(-1));
      const isSaid = community.workspace.calls.length > before || answer !== person.visibleText(shown);
      expect(isSaid || example === '*/chatr help*', `${example} does something`).toBe(true);
      expectNoTrouble(community, person, `${example}`);
      await closeAll(person);
    }
  });

  test.each(people)('on the card of /chatr, for %s', async (_, name) => {
    const community = await givenCommunityAtWork();
    const person = community.as(name);
    await person.command('/chatr');
    const card = person.ephemerals().at(-1);
    for (const { text } of buttonsOf(card?.blocks ?? [])) {
      await person.command('/chatr');
      await person.click(text, { quiet: true });
      expectNoTrouble(community, person, `“${text}” on the card`);
      await closeAll(person);
    }
  });
});

test('each sees what is theirs: facilitators lead, administrators give roles, members and guests do neither', async () => {
  const community = await givenCommunityAtWork();
  const homes = Object.fromEntries(
    await Promise.all(
      ['robin', 'jo', 'fran', 'gale'].map(async (name) => {
        const person = community.as(name);
        await person.openHome();
        return [name, person.visibleText('home')] as const;
      }),
    ),
  );
  for (const name of ['robin', 'gale']) {
    expect(homes[name], name).not.toContain('New check-in');
    expect(homes[name], name).not.toContain('Give a role');
    expect(homes[name], name).toContain('Find a resource');
  }
  expect(homes.jo).toContain('New check-in');
  expect(homes.fran).toContain('Give a role');
  expect(homes.robin, 'an open check-in can be answered from Home').toMatch(/Answer now/);
  await community.as('robin').command('/chatr help');
  expect(community.as('robin').visibleText(community.as('robin').ephemerals().at(-1))).not.toContain(
    'For facilitators',
  );
  await community.as('jo').command('/chatr help');
  expect(community.as('jo').visibleText(community.as('jo').ephemerals().at(-1))).toContain(
    'For facilitators',
  );
});

test('Home is published when something changed, and not when nothing did', async () => {
  const community = await givenCommunityAtWork();
  const { workspace } = community;
  const robin = community.as('robin');
  const published = () => workspace.calls.filter(({ method }) => method === 'views.publish').length;
  await robin.openHome();
  const first = published();
  expect(first).toBeGreaterThan(0);
  await robin.openHome({ quiet: true });
  await robin.openMessages();
  await robin.openHome({ quiet: true });
  await robin.command('/chatr find trauma');
  const looked = published();
  await robin.command('/chatr find trauma');
  await robin.openHome({ quiet: true });
  expect(published(), 'a second look changes nothing').toBe(looked);
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  expect(published()).toBe(looked + 1);
  expect(robin.visibleText('home')).toContain('Saved resources');
});

test('with very much in it, Home stays within Slack’s hundred blocks and still shows', async () => {
  const community = await givenCommunityAtWork();
  const jo = community.as('jo');
  const names: string[] = [];
  for (let number = 0; number < 40; number += 1) names.push(`Group ${number} ${'x'.repeat(20)}`);
  for (const name of names) await makeGroup(jo, name, ['jo', 'robin', 'sam']);
  for (const name of names.slice(0, 12))
    await scheduleCheckIn(jo, {
      group: name,
      template: 'Weekly pulse',
      date: '2026-03-05',
      time: '10:00',
      how: 'Every week',
    });
  const robin = community.as('robin');
  for (let number = 0; number < 12; number += 1) {
    await robin.command('/chatr reflect');
    await robin.submit({ 'A moment: What stayed with you today?': `${number} ${'word '.repeat(300)}` });
    await closeAll(robin);
  }
  await community.forward(24 * 60, 60);
  for (const person of [jo, robin]) {
    await person.openHome({ quiet: true });
    expect(person.home()?.blocks.length).toBeLessThanOrEqual(100);
    expect(person.visibleText('home')).toContain('Find a resource');
    expect(person.visibleText('home')).toContain('Your settings');
  }
  for (const line of ['groups', 'checkin list', 'checkins', 'journal', 'help', 'saved', 'browse']) {
    await jo.command(`/chatr ${line}`);
    expectNoTrouble(community, jo, line);
    await closeAll(jo);
    await robin.command(`/chatr ${line}`);
    expectNoTrouble(community, robin, line);
    await closeAll(robin);
  }
});

test('“stop smoking” pauses nothing: it is looked up, and the command can be had beside it', async () => {
  const { as, log } = await givenCommunity();
  const robin = as('robin');
  const newest = () => robin.visibleText(robin.ephemerals().at(-1));
  await robin.command('/chatr stop smoking');
  // The answer comes at once, and the command stands beside it.
  expect(newest()).toMatch(/stop smoking.*did you mean the command \*pause\*\? Stops all/s);
  await robin.openHome();
  expect(robin.visibleText('home')).not.toContain('Messages are paused');
  await robin.click('Yes, pause');
  expect(newest()).toContain('All messages are paused');
  expect(log).toEqual([]);
});
