import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { aDay } from '../support/journeys.ts';
import { closeAll, makeGroup, messagesSaying, pressForged } from '../support/stories.ts';

const home = async (
  person: ReturnType<Awaited<ReturnType<typeof givenCommunity>>['as']>,
): Promise<string> => {
  await person.openHome({ quiet: true });
  return person.visibleText('home');
};

test('an administrator makes somebody facilitator of one group, and takes it back: Home, command and old buttons follow', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [fran, jo, robin] = [community.as('fran'), community.as('jo'), community.as('robin')];
  await makeGroup(jo, 'Spring group', ['sam']);
  await makeGroup(jo, 'Autumn group', ['toni']);
  expect(await home(robin)).not.toContain('Groups I run');
  // Whoever has it by the settings runs all groups; an administrator of the workspace reads where reports are.
  expect(await home(jo)).toMatch(/Groups I run.*Reports/s);
  expect(await home(jo)).not.toContain('as an administrator');
  expect(await home(fran)).toMatch(
    /Groups I run.*its report, are for its facilitators: “Give a role” makes/s,
  );
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'robin', Role: 'Facilitator of one group', Group: 'Spring group' });
  await closeAll(fran);
  // Home follows without being opened again; the note comes at a civil hour.
  expect(robin.visibleText('home')).toContain('Spring group');
  expect(robin.visibleText('home')).not.toContain('Autumn group');
  await community.forward(10, 5);
  expect(messagesSaying(robin, 'role').length + messagesSaying(robin, 'facilitator').length).toBeGreaterThan(
    0,
  );
  await robin.command('/chatr progress');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('First steps in Spring group');

  await home(fran);
  await fran.click('See who has a role', { in: 'home' });
  const robinsLine = { actionId: 'roles.revoke' };
  await fran.click(robinsLine, { nth: 0 });
  await closeAll(fran);
  expect(robin.visibleText('home')).not.toContain('Groups I run');
  await robin.command('/chatr progress');
  expect(robin.visibleText(robin.ephemerals().at(-1))).not.toContain('First steps in Spring group');
  await robin.command('/chatr checkin new');
  expect(robin.modal()).toBeNull();
  expect(community.log).toEqual([]);
});

test('nobody but administrators gives roles, whatever their client sends', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  for (const actionId of ['roles.give', 'roles.list', 'roles.revoke', 'roles.give-back', 'roles.giveBack']) {
    await pressForged(community, 'robin', { actionId, value: '0' });
    expect(robin.modal(), actionId).toBeNull();
    expect(robin.visibleText(robin.ephemerals().at(-1)), actionId).not.toContain('Take back');
  }
  expect(community.log).toEqual([]);
});

test('the last facilitator of a group leaves the workspace: those who run everything are told once', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const [fran, jo] = [community.as('fran'), community.as('jo')];
  await makeGroup(jo, 'Spring group', ['sam']);
  await home(fran);
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'robin', Role: 'Facilitator of one group', Group: 'Spring group' });
  await closeAll(fran);
  await community.forward(60, 30);
  await community.workspace.deactivate('robin');
  await community.forward(7 * aDay, 60);
  const told = [...fran.dmsWithBot(), ...jo.dmsWithBot()].filter(
    (message) =>
      /Spring group/.test(fran.visibleText(message)) && /facilitator/i.test(fran.visibleText(message)),
  );
  expect(told.length).toBeGreaterThan(0);
  const before = told.length;
  await community.forward(5 * aDay, 240);
  expect(
    [...fran.dmsWithBot(), ...jo.dmsWithBot()].filter(
      (message) =>
        /Spring group/.test(fran.visibleText(message)) && /facilitator/i.test(fran.visibleText(message)),
    ),
  ).toHaveLength(before);
  await jo.command('/chatr groups');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('No facilitator chosen');
  expect(community.log).toEqual([]);
});

test('a guest takes part and leads nothing', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const gale = community.as('gale');
  await gale.command('/chatr groups');
  expect(gale.visibleText(gale.ephemerals().at(-1))).toContain('You are in no group');
  expect(gale.visibleText(gale.ephemerals().at(-1))).not.toContain('Make a group');
  await gale.command('/chatr progress');
  expect(gale.visibleText(gale.ephemerals().at(-1))).not.toContain('First steps in');
  expect(await home(gale)).not.toContain('What you run');
  expect(community.log).toEqual([]);
});
