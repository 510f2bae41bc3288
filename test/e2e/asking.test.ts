import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity, livedOnce } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import {
  agree,
  agreeOnly,
  closeAll,
  makeGroup,
  messagesSaying,
  scheduleCheckIn,
} from '../support/stories.ts';

/** Who is asked something unasked: nobody before they have agreed, and nobody who wants no messages. */

const aDay = 24 * 60;
const checkins = (person: PersonDriver) => messagesSaying(person, 'Your check-in');
/** What came by itself: no welcome, and nothing that answers a click. */
const unasked = (person: PersonDriver) =>
  person
    .dmsWithBot()
    .filter(
      ({ ephemeral, text }) =>
        !ephemeral && !/this is ChATR Companion|^Thank you|answered the community agreement/.test(text),
    );
const home = async (person: PersonDriver): Promise<string> => {
  await person.openHome({ quiet: true });
  return person.visibleText('home');
};

/** Three people in a group with a weekly check-in, from Wednesday 4 March at 10:00; all were welcomed, none has agreed. */
const givenAsking = livedOnce(async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  await makeGroup(community.as('jo'), 'Perinatal pilot', ['robin', 'sam', 'toni']);
  await scheduleCheckIn(community.as('jo'), {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
  });
  return community;
});

test('nobody is asked before they agree; the round is open, and whoever agrees then is asked in it', async () => {
  const community = await givenAsking();
  const [robin, sam] = [community.as('robin'), community.as('sam')];
  await community.forward(2 * aDay, 60);
  for (const name of ['robin', 'sam', 'toni']) expect(unasked(community.as(name)), name).toEqual([]);
  expect(await home(robin)).not.toContain('Weekly pulse');
  const jo = community.as('jo');
  await jo.command('/chatr checkin list');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain(
    'At the last count, fewer than five had answered.',
  );

  await agreeOnly(robin);
  expect(await home(robin), 'at once').toContain('Weekly pulse');
  await community.forward(60, 10);
  expect(checkins(robin)).toHaveLength(1);
  await community.forward(12 * aDay, 120);
  expect(checkins(sam), 'and never those who say nothing').toEqual([]);
  expect(unasked(sam)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('“No messages, thank you” counts before the agreement too: nothing comes, Home says so, and has the way back', async () => {
  const community = await givenAsking();
  const robin = community.as('robin');
  await robin.click('No messages, thank you');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('from this moment on');
  expect(await home(robin)).toContain('*No messages,* as you said');
  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  expect(robin.visibleText('modal')).toContain('whether you said "No messages"');
  await robin.closeModal();
  await community.forward(9 * aDay, 120);
  expect(unasked(robin)).toEqual([]);

  // They take part after all, and the choice stays: no check-in, no step.
  await robin.openHome();
  await robin.click('Read the community agreement', { in: 'home' });
  await robin.submit();
  await closeAll(robin);
  await community.forward(7 * aDay, 120);
  expect(checkins(robin)).toEqual([]);
  expect(unasked(robin)).toEqual([]);
  expect(await home(robin)).toContain('*No messages,* as you said');
  expect(await home(robin), 'what there is stands there').toContain('A little about you');

  await robin.click('Send me messages after all', { in: 'home' });
  expect(await home(robin)).not.toContain('No messages');
  await community.forward(60, 10);
  expect(checkins(robin), 'the one that is open now').toHaveLength(1);
  await community.forward(7 * aDay, 120);
  expect(unasked(robin).length, 'steps as well').toBeGreaterThan(checkins(robin).length);
  expect(community.log).toEqual([]);
});

test('“Remind me next week” after “No messages” is kept as promised: once, and not for who wants none', async () => {
  const community = await givenAsking();
  const [robin, sam] = [community.as('robin'), community.as('sam')];
  for (const person of [robin, sam])
    for (const press of ['Remind me next week', 'No messages, thank you']) await person.click(press);
  for (let twice = 0; twice < 2; twice += 1) await robin.click('Remind me next week');
  expect(await home(robin)).not.toContain('No messages');
  await community.forward(21 * aDay, 240);
  expect(unasked(robin).map(({ text }) => text)).toEqual(['The community agreement is here to read.']);
  expect(unasked(sam)).toEqual([]);
  expect(community.log).toEqual([]);
});

test.each<[string, (person: PersonDriver) => Promise<unknown>]>([
  [
    'in the settings',
    async (person) => {
      await person.openHome();
      await person.click('Change my messages', { in: 'home' });
      await person.submit({ Messages: 'No messages' });
      await closeAll(person);
    },
  ],
  [
    'as a pace',
    async (person) => {
      await person.openHome();
      await person.click('My first steps', { in: 'home' });
      await person.choose('Choose a pace', 'No messages, I will look when I want to');
      await closeAll(person);
    },
  ],
])('“No messages” %s takes back what was on its way', async (_, sayNo) => {
  const community = await givenAsking();
  const robin = community.as('robin');
  await agree(robin);
  await robin.openHome();
  await robin.click('Change my messages', { in: 'home' });
  // Decided at ten, to be sent at noon.
  await robin.submit({ 'Quiet until': '12:00' });
  await closeAll(robin);
  await community.forward(20 * 60, 30);
  const before = unasked(robin).length;
  await sayNo(robin);
  await community.forward(9 * aDay, 120);
  expect(unasked(robin)).toHaveLength(before);
  expect(await home(robin)).toContain('*No messages,* as you said');
  await robin.command('/chatr resume');
  await community.forward(8 * aDay, 120);
  expect(unasked(robin).length).toBeGreaterThan(before);
  expect(community.log).toEqual([]);
});

test('a new version of the agreement: nothing is asked until they agree to it, and then what waited comes', async () => {
  const community = await givenAsking();
  const robin = community.as('robin');
  await agree(robin);
  await community.stopBot();
  const { journey } = shippedContent();
  const agreement = { ...journey.agreement, version: '2', changes: ['One sentence is new.'] };
  await community.startBot({ journey: { ...journey, agreement } });
  await community.forward(2 * aDay, 120);
  expect(unasked(robin).map(({ text }) => text)).toEqual(['The community agreement has changed.']);
  await robin.openHome();
  await robin.click('Read the agreement', { in: 'home' });
  await robin.submit();
  await closeAll(robin);
  await community.forward(aDay, 60);
  expect(checkins(robin), 'the round of Wednesday is still open').toHaveLength(1);
  expect(
    unasked(robin).some(({ text }) => text.includes('first step') || text.includes('about you')),
    'a step',
  ).toBe(true);
  expect(community.log).toEqual([]);
});

test('what somebody did themselves is answered all the same, and what they must know is told, within civil hours', async () => {
  const community = await givenCommunity({ at: '2026-03-03T16:30:00Z' });
  await community.forward(60, 10);
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  for (const person of [jo, robin]) await person.click('No messages, thank you');
  await community.forward(60, 30);
  // Half past six in the evening.
  await jo.openHome();
  await jo.click('Preview first steps', { in: 'home' });
  await jo.click('Send to me', { nth: 0 });
  await closeAll(jo);
  await makeGroup(jo, 'Spring group');
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.choose({ actionId: 'cohorts.more' }, 'Facilitators');
  await jo.submit({ 'Facilitators of this group': ['robin'] });
  await closeAll(jo);
  const before = unasked(jo);
  await community.forward(12 * 60, 60);
  expect(messagesSaying(robin, 'facilitat'), 'at night').toEqual([]);
  expect(unasked(jo), 'at night').toEqual(before);
  await community.forward(6 * 60, 30);
  expect(messagesSaying(robin, 'facilitat')).toHaveLength(1);
  expect(messagesSaying(jo, 'this is ChATR Companion'), 'the welcome, and its preview').toHaveLength(2);
  expect(community.log).toEqual([]);
});
