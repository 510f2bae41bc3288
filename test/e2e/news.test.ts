import { expect, test } from 'vitest';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { firstNewsOn, newsOf, weekOf } from '../../src/features/resources/news/weekly.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, databaseBytes } from '../support/stories.ts';

const content = shippedContent();
const topic = content.vocabulary.topics.find(({ id }) => id === 'attachment-relationships');
if (!topic) throw new Error('There is no such topic.');
const day = 24 * 60;

/** The bot starts anew with entries that came in on these days. */
async function publish(community: Community, ...addedOn: string[]): Promise<void> {
  const [like] = content.catalogue.shown.filter(({ topics }) => topics.includes(topic?.id ?? ''));
  if (!like) throw new Error('The topic has no entries.');
  const fresh = addedOn.map((added_on, nth) => ({
    ...like,
    id: `fresh-${nth}`,
    title: `Fresh page ${nth}`,
    url: `https://www.gov.uk/fresh/${nth}`,
    added_on,
  }));
  await community.stopBot();
  await community.startBot({ catalogue: toCatalogue([...content.catalogue.all, ...fresh]) });
}

/** On a Tuesday morning. */
async function givenFollower() {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await agreeOnly(robin);
  await robin.command(`/chatr browse ${topic?.label}`);
  await robin.click('Tell me what is new here');
  return { community, robin };
}

const newsTo = (community: Community, name: string) =>
  community
    .as(name)
    .dmsWithBot()
    .filter(({ text }) => text === 'New in the catalogue');

test('whoever follows a topic hears once in the next week what is new on it, and can stop it there', async () => {
  const { community, robin } = await givenFollower();
  expect(robin.visibleText(robin.ephemerals().at(-1))).toMatch(/Noted\..*from Monday 9 March on/);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain(`what is new on ${topic?.label}`);
  // What came in the day before is no news to whoever follows from today on.
  await publish(community, '2026-03-04', '2026-03-06', '2026-03-02');
  await community.forward(5 * day, 180);
  expect(newsTo(community, 'robin'), 'not in the same week').toEqual([]);
  await community.forward(day, 60);
  const [message, ...more] = newsTo(community, 'robin');
  expect(more).toEqual([]);
  if (!message) throw new Error('Nothing came.');
  expect(robin.visibleText(message)).toMatch(/Fresh page 1.*\n.*Fresh page 0/);
  expect(robin.visibleText(message)).not.toContain('Fresh page 2');
  expect(robin.visibleText(message)).toContain(`because you follow ${topic?.label}`);
  expect(newsTo(community, 'sam'), 'nobody else').toEqual([]);
  await robin.click('See all that is new', { in: message });
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('New this month');
  await robin.click('Stop these messages', { in: message });
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Stopped.');
  await publish(community, '2026-03-11');
  await community.forward(8 * day, 180);
  expect(newsTo(community, 'robin')).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('a week without anything new is silent', async () => {
  const { community } = await givenFollower();
  await publish(community, '2026-02-20');
  await community.forward(15 * day, 180);
  expect(newsTo(community, 'robin')).toEqual([]);
  expect(community.log).toEqual([]);
});

test.each(['No messages', 'Pause all messages'])('nothing comes to whoever chose "%s"', async (choice) => {
  const { community, robin } = await givenFollower();
  await robin.command('/chatr settings');
  await robin.submit({ Messages: choice });
  await closeAll(robin);
  await publish(community, '2026-03-04');
  await community.forward(7 * day, 180);
  expect(newsTo(community, 'robin')).toEqual([]);
});

test('topics are chosen in Home, and with none chosen nothing is kept', async () => {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await agreeOnly(robin);
  await robin.openHome();
  await robin.click('Choose topics', { in: 'home' });
  await robin.submit({ Topics: [topic.label] });
  expect(robin.visibleText('modal')).toContain('Noted.');
  await robin.click('Choose topics');
  await robin.submit({ Topics: [] });
  expect(robin.visibleText('modal')).toContain('Stopped.');
  expect(databaseBytes(community)).not.toContain(`${topic.id}2026`);
  expect(community.log).toEqual([]);
});

test('whoever leaves the programme follows nothing any more', async () => {
  const { community, robin } = await givenFollower();
  await robin.command('/chatr leave');
  await robin.click('Leave the programme');
  await robin.command('/chatr resume');
  await publish(community, '2026-03-04');
  await community.forward(7 * day, 180);
  expect(newsTo(community, 'robin')).toEqual([]);
});

test('a curator has the forum told, and not any more', async () => {
  const community = await givenCommunity();
  const jo = community.as('jo');
  const told = () => jo.messages('chatr-forum').filter(({ text }) => text.startsWith('New in the catalogue'));
  await publish(community, '2026-03-04');
  await community.forward(6 * day, 180);
  await jo.command('/chatr catalogue');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain(
    'If you turn it on now, it is told for the first time on Monday 16 March.',
  );
  await jo.click('Tell it once a week');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toMatch(
    /the forum is told on Mondays.*for the first time on Monday 16 March, of what comes in from today on/,
  );
  await community.forward(day, 180);
  expect(told(), 'what came in before it was turned on is old').toEqual([]);
  await publish(community, '2026-03-04', '2026-03-09');
  await community.forward(6 * day, 180);
  expect(told()).toHaveLength(1);
  // From the day on which it was turned on.
  expect(jo.visibleText(told()[0])).toContain('New in the catalogue since Monday 9 March:');
  expect(jo.visibleText(told()[0])).toContain('Fresh page 1');
  expect(jo.visibleText(told()[0])).not.toContain('Fresh page 0');
  await community.forward(3 * day, 180);
  expect(told()).toHaveLength(1);
  await jo.command('/chatr catalogue');
  await jo.click('Do not tell it');
  await publish(community, '2026-03-18');
  await community.forward(8 * day, 180);
  expect(told()).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('news are the newest first, then what to start with, without what has no page yet', () => {
  const [one, two, three] = content.catalogue.shown.filter(({ url }) => url !== undefined);
  if (!one || !two || !three) throw new Error('There are too few entries.');
  const noPage = { ...one, id: 'no-page', type: 'programme' as const, url: undefined };
  const week = { from: '2026-03-02', monday: '2026-03-09' };
  const shown = [
    { ...noPage, added_on: '2026-03-08' },
    { ...one, title: 'A', id: 'old', year: 2011, added_on: '2026-03-05' },
    { ...one, title: 'B', id: 'recent', year: 2026, added_on: '2026-03-05' },
    { ...two, id: 'picked', year: 2000, added_on: '2026-03-05' },
    { ...three, id: 'last-day', added_on: '2026-03-08' },
    { ...three, id: 'before', added_on: '2026-03-01' },
    { ...three, id: 'too-late', added_on: '2026-03-09' },
  ];
  const startHere = { groups: [{ id: 'law', label: 'Law', entries: ['picked'] }] };
  expect(newsOf(shown, startHere, week).map(({ id }) => id)).toEqual(['last-day', 'picked', 'recent', 'old']);
});

test('the first news come on a Monday, and after a bank holiday on the day on which somebody is written to', () => {
  const first = (at: string) => firstNewsOn(new Date(at), 'Europe/London');
  expect(first('2026-03-02T10:00:00Z')).toBe('2026-03-09');
  expect(first('2026-03-08T23:00:00Z')).toBe('2026-03-09');
  // Easter Monday, and 28 December in place of Boxing Day.
  expect(first('2026-03-31T10:00:00Z')).toBe('2026-04-07');
  expect(first('2026-12-22T10:00:00Z')).toBe('2026-12-29');
});

test('weeks begin on Monday where the programme is', () => {
  const monday = (at: string) => weekOf(new Date(at), 'Europe/London').monday;
  expect(monday('2026-03-08T23:59:00Z')).toBe('2026-03-02');
  expect(monday('2026-03-09T00:00:00Z')).toBe('2026-03-09');
  // Summer time: Monday begins an hour before it does by UTC.
  expect(monday('2026-04-05T23:30:00Z')).toBe('2026-04-06');
  expect(weekOf(new Date('2026-04-06T12:00:00Z'), 'Europe/London')).toMatchObject({ from: '2026-03-30' });
});
