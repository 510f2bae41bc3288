import { strFromU8, unzipSync } from 'fflate';
import ICAL from 'ical.js';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { loadContent } from '../../src/features/content.ts';
import { givenCommunity } from '../support/community.ts';
import {
  actingMarkup,
  agreeOnly,
  closeAll,
  markupIn,
  messagesSaying,
  pressForged,
} from '../support/stories.ts';

const everybody = 'Everybody who has agreed to the community agreement';
const title = '<!here> & *Cases* "<https://evil.example|x>"';
const day = 24 * 60;

test('a session under an awkward name, booked twice, moved to what cannot be, whose series leaves the files and whose host leaves', async () => {
  const community = await givenCommunity();
  const [jo, fran, robin] = [community.as('jo'), community.as('fran'), community.as('robin')];
  await community.forward(2 * 60, 60);
  await agreeOnly(jo, fran, robin);
  await fran.openHome();
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'fran', Role: 'Facilitator of all groups' });
  await closeAll(fran);
  const plan = async (name: string, place: string) => {
    await jo.command('/chatr sessions');
    await jo.click('Add a session');
    await jo.submit({ 'What is it?': 'Perinatal', 'Who is it for?': everybody });
    await jo.submit({ Day: '2026-03-17', 'Begins at': '10:00', Place: place });
    await jo.submit({ 'What is it called?': name });
    expect(jo.visibleText('modal')).toContain('Planned.');
    await closeAll(jo);
  };
  await plan(title, '*Room* <!channel>');
  await plan('Another', 'Library');

  // Booked, and pressed for once more: one place. Another at the same hour is said, and may be had.
  const open = async (person: PersonDriver, nth: number) => {
    await person.command('/chatr sessions');
    await person.click('Open', { nth });
  };
  await open(robin, 0);
  await robin.submit({ 'I come as': 'Housing' });
  await closeAll(robin);
  const [booked] = messagesSaying(robin, 'You have a place');
  if (!booked) throw new Error(robin.describe());
  const value = /"value":"([^"]+)"/.exec(JSON.stringify(booked))?.[1] ?? '';
  await pressForged(community, 'robin', { actionId: 'sessions.accept', value });
  await open(robin, 1);
  expect(robin.visibleText('modal')).toContain('At the same time you have a place at');
  await robin.submit({ 'I come as': 'Housing' });
  await closeAll(robin);
  await jo.openHome();
  expect(jo.visibleText('home').match(/1 of 20 places/g)).toHaveLength(2);

  // What cannot be is refused where a session is changed, too.
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home', nth: 0 });
  await jo.click('When and where');
  for (const [answers, field, words] of [
    [{ Day: '2026-03-02' }, 'date', 'That day is over'],
    [{ Day: '2026-03-17', 'Begins at': '23:00' }, 'minutes', 'on the next day'],
    [{ Day: '2026-03-29', 'Begins at': '01:30' }, 'time', 'does not come'],
  ] as const) {
    await jo.submit(answers, { mayFail: true });
    expect(jo.modal()?.errors[field]).toContain(words);
  }
  await closeAll(jo);

  // What would act in Slack is gone from the name, and the rest of it arrives in a calendar and in Word.
  const takeFile = async (person: PersonDriver) => {
    await person.submit();
    await community.workspace.settled();
    await closeAll(person);
    const file = person
      .dmsWithBot()
      .flatMap(({ files }) => files)
      .at(-1);
    const response = await fetch(community.workspace.url + (file?.url ?? ''));
    return new Uint8Array(await response.arrayBuffer());
  };
  expect(markupIn(booked.blocks)).not.toMatch(actingMarkup);
  await robin.click('Add to calendar', { in: booked });
  const entry = new ICAL.Component(ICAL.parse(strFromU8(await takeFile(robin))));
  const [event] = entry.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one));
  expect(event?.summary).toBe('!here & Cases "evil.example x"');
  expect(event?.location).toBe('Room !channel');
  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home', nth: 0 });
  await jo.click('Session pack');
  expect(markupIn(jo.modal()?.blocks)).not.toMatch(actingMarkup);
  await jo.click('Word file');
  await jo.click('Without names');
  const xml = strFromU8(unzipSync(await takeFile(jo))['word/document.xml'] ?? new Uint8Array());
  expect(xml).toContain('!here &amp; Cases &quot;evil.example x&quot;');

  // The series leaves the files: what is planned stays as it was, and nothing more is planned of it.
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  const { training } = loadContent('data');
  await community.stopBot();
  await community.startBot({
    training: { ...training, modules: training.modules.filter(({ kind }) => kind !== 'series') },
  });
  await jo.submit({ 'What is it?': 'Perinatal', 'Who is it for?': everybody }, { mayFail: true });
  expect(jo.modal()?.errors.series).toContain('not offered any more');
  await closeAll(jo);
  await open(robin, 0);
  expect(robin.visibleText('modal')).toContain('Arrive and settle (10)');
  expect(robin.visibleText('modal')).toContain('You have a place.');
  await closeAll(robin);

  // Whoever hosts them leaves: they stay, and those who run the programme hear once of each that nobody hosts it.
  await jo.command('/chatr leave');
  await jo.click('Leave the programme', { nth: 0 });
  await community.forward(2 * day, 60);
  await open(robin, 0);
  expect(robin.visibleText('modal')).toContain('You have a place.');
  expect(robin.visibleText('modal')).not.toContain(`<@${jo.id}>`);
  await closeAll(robin);
  expect(messagesSaying(fran, 'Nobody hosts a session')).toHaveLength(2);
  expect(community.log).toEqual([]);
}, 60_000);

test('a pilot that begins today, in years, on a bank holiday or late at night, and a report that comes before what it reports', async () => {
  const community = await givenCommunity();
  const jo = community.as('jo');
  await agreeOnly(jo);
  await jo.command('/chatr pilot new');
  await jo.fill({ 'Which pilot?': 'Perinatal pilot', 'Name of the new group': '*Bumps* <!here>' });
  for (const [answers, field, words] of [
    [{ 'First day': '2026-03-02' }, 'start', 'from tomorrow on'],
    [{ 'First day': '2026-03-03' }, 'start', 'from tomorrow on'],
    [{ 'First day': '2028-03-06' }, 'start', 'within the next year'],
    [{ 'First day': '2026-04-06', 'Sessions begin at': '23:00' }, 'time', 'on the next day'],
  ] as const) {
    await jo.submit(answers, { mayFail: true });
    expect(jo.modal()?.errors[field]).toContain(words);
  }
  await jo.submit({ 'Sessions begin at': '10:00' });
  expect(jo.visibleText('modal')).toContain('Tuesday 7 April _(not Monday 6 April: a bank holiday)_');
  expect(markupIn(jo.modal()?.blocks)).not.toMatch(actingMarkup);
  await jo.submit();
  await jo.click('Later dates');
  await jo.click('Open', { in: 'modal', nth: 6 });
  expect(jo.visibleText('modal')).toContain('Whoever runs the group is reminded of it once');
  await jo.submit({ Day: '2026-05-06' }, { mayFail: true });
  expect(jo.modal()?.errors.date).toContain('That is not after');
  await jo.submit({ Day: '2026-12-28' });
  expect(jo.visibleText('modal')).toContain('Tuesday 29 December');
  expect(community.log).toEqual([]);
});
