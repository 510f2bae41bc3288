import type { PersonDriver } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { findPersonBySlackId } from '../../../src/community/people.ts';
import { openStore } from '../../../src/db/open.ts';
import { type Community, givenCommunity } from '../../support/community.ts';
import { shippedContent } from '../../support/shipped.ts';
import {
  actingMarkup,
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  markupIn,
  messagesSaying,
  pressForged,
} from '../../support/stories.ts';

const field = 'Your organisation or team';
const latest = (person: PersonDriver) => person.visibleText(person.ephemerals().at(-1)).replaceAll('*', '');
const inWindow = (person: PersonDriver) => person.visibleText('modal').replaceAll('*', '');
const atHome = (person: PersonDriver) => person.visibleText('home').replaceAll('*', '');

/** Fills in where somebody works, and the second page. @returns what that page says. */
async function saysWhere(
  person: PersonDriver,
  name: string | null,
  second: Record<string, string | string[]> = {},
): Promise<string> {
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit({ [field]: name });
  const page = inWindow(person);
  await person.submit(second);
  await closeAll(person);
  return page;
}

const optionsFor = async (person: PersonDriver, typed: string): Promise<string[]> => {
  const found = await person.options(field, typed);
  return found.map((one) => String((one as { text: { text: string } }).text.text));
};

const emailOf = (name: string): string => `${name}@example.org`;

async function storeOf({ config }: Community) {
  const store = await openStore(config.databaseUrl, { mustExist: true });
  onTestFinished(() => store.close());
  return store;
}

async function givenMembers(): Promise<Community & Record<'robin' | 'jo' | 'sam' | 'toni', PersonDriver>> {
  const here = await givenCommunity();
  await here.forward(5 * 60, 60);
  const [robin, jo, sam, toni] = [here.as('robin'), here.as('jo'), here.as('sam'), here.as('toni')];
  await agreeOnly(robin, jo, sam, toni);
  return Object.assign(here, { robin, jo, sam, toni });
}

test('three write one organisation in three ways; a curator makes one of them, for everybody and after a restart', async () => {
  const here = await givenMembers();
  const { robin, jo, sam, toni } = here;

  // What is typed is forgiven, and offered with what else it may be; nobody's own words are changed.
  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  expect((await optionsFor(robin, 'homertn'))[0]).toBe('Homerton Healthcare NHS Foundation Trust');
  expect(await optionsFor(robin, 'Kettle <!channel> & Chair')).toEqual([
    'Somewhere else: Kettle <!channel> & Chair',
  ]);
  expect((await optionsFor(robin, 'x'.repeat(500)))[0]?.length).toBeLessThanOrEqual(75);
  await closeAll(robin);

  const ways = { robin: 'Kettle <!channel> & Chair', sam: 'Ketle and Chair', toni: 'K+C community café' };
  const tick = { 'The list of organisations': ['Suggest my organisation for it'] };
  for (const [who, name] of Object.entries(ways))
    expect(await saysWhere(here.as(who), name, tick)).toContain('never who suggested it');
  // What is suggested already is not asked for again, and a name alone waits for nobody.
  expect(await saysWhere(sam, ways.sam)).not.toContain('The list of organisations');

  await jo.openHome();
  expect(atHome(jo)).toContain('3 names suggested for the list');
  await robin.command('/chatr organisations', { mayFail: true });
  expect(latest(robin)).not.toContain('Ketle');
  await jo.command('/chatr organisations');
  expect(latest(jo)).toContain('3 names suggested for the list');
  expect(markupIn(jo.ephemerals().at(-1)?.blocks)).not.toMatch(actingMarkup);
  for (const name of ['Robin', 'Sam', 'Toni']) expect(latest(jo)).not.toContain(name);
  expect(databaseBytes(here)).not.toMatch(/\bketle\b|community café/i);

  await jo.click('Add it', { nth: 0 });
  await jo.submit({
    'Its name': 'Homerton Hospital',
    'What it is': 'Housing',
    'Where it works': ['City of London'],
  });
  expect(inWindow(jo)).toContain('is on the list already');
  await jo.submit({
    'Its name': 'Kettle and Chair',
    'What it is': 'Voluntary, community or social enterprise',
    'Where it works': ['London Borough of Hackney'],
  });
  expect(inWindow(jo)).toContain('Added: Kettle and Chair');
  for (let left = 2; left > 0; left -= 1) {
    await jo.click('It is on the list', { nth: 0 });
    await jo.submit({ 'Which one is it?': 'Kettle and Chair' });
    expect(inWindow(jo)).toContain('counts as Kettle and Chair');
  }
  await jo.click('Undo');
  expect(inWindow(jo)).toContain('1 name suggested');
  await jo.click('It is on the list');
  await jo.submit({ 'Which one is it?': 'Kettle and Chair' });
  expect(inWindow(jo)).toContain('Nothing waits');
  await closeAll(jo);

  await here.stopBot();
  await here.startBot();
  // Each is offered it once, and their name stays until they choose.
  await robin.openHome();
  expect(atHome(robin)).toContain('the ‘Kettle and Chair’ of the list?');
  await robin.click('Look', { in: 'home' });
  await robin.submit({ 'Which one is it?': 'Kettle and Chair' });
  await closeAll(robin);
  await robin.openHome();
  expect(atHome(robin)).not.toContain('of the list?');
  await sam.openHome();
  await sam.click('Look', { in: 'home' });
  await sam.submit({ 'Which one is it?': `Keep: ${ways.sam}` });
  await closeAll(sam);
  await sam.openHome();
  expect(atHome(sam)).not.toContain('of the list?');
  await sam.click('Edit my profile', { in: 'home' });
  expect(JSON.stringify(sam.modal())).toContain(ways.sam);
  await closeAll(sam);

  // Of a name that nothing tells of they say themselves that it is a single school: then it is theirs alone.
  const single = 'Is where you work a single school, nursery or practice?';
  expect(await saysWhere(robin, 'Nowhere House', { [single]: 'Yes: A school or college' })).toContain(single);
  const again = await saysWhere(robin, 'Nowhere House');
  expect(again).toContain('Others see ‘A school or college’ where you work.');
  expect(again).not.toContain('The list of organisations');
  expect(await saysWhere(robin, 'Nowhere House', { [single]: 'No, something else' })).toContain(single);
  expect(await saysWhere(robin, 'Nowhere House')).not.toContain('Others see');
  expect(await saysWhere(robin, 'Nowhere Girls')).not.toContain(single);
  await saysWhere(robin, 'Kettle and Chair');

  // Lists of trainees are matched too; a single school is one of its kind, and its name is for nobody else.
  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni']);
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({
    'Paste the list': [
      'email,cohort,agency',
      `${emailOf('fran')},Spring group,the E.L.F.T`,
      `${emailOf('gale')},Spring group,Paperboat Nursery`,
    ].join('\n'),
  });
  await jo.submit();
  await closeAll(jo);
  const [fran, gale] = [here.as('fran'), here.as('gale')];
  await agreeOnly(fran, gale);
  await here.forward(30);
  await jo.command('/chatr groups');
  await jo.click('Open', { nth: 0 });
  // Kettle and Chair, ELFT, and one of the nurseries: by the list, not by what was typed.
  expect(latest(jo) + (jo.modal() ? inWindow(jo) : '')).toContain(
    'From at least 3 organisations, as 5 of them say',
  );
  await closeAll(jo);
  const store = await storeOf(here);
  const { id: galeId } = (await findPersonBySlackId(store.db, gale.id)) ?? { id: '' };
  await pressForged(here, 'jo', { actionId: 'onboarding.greet', value: galeId });
  expect(latest(jo)).toContain('A nursery or childminder');
  expect(latest(jo)).not.toContain('Paperboat');

  // What leaves the list stays in profiles as it was chosen; they are offered to choose again.
  const { organisations } = shippedContent();
  await saysWhere(toni, 'Imece');
  await here.stopBot();
  const listed = organisations.listed.filter(({ id }) => id !== 'imece');
  await here.startBot({ organisations: { ...organisations, listed } });
  await toni.openHome();
  expect(atHome(toni)).toContain('‘Imece’ is no longer on the list');
  await toni.click('Look', { in: 'home' });
  expect(inWindow(toni)).toContain('It is not on it any more');
  await toni.submit({ 'Which one is it?': 'Keep: Imece' });
  expect(inWindow(toni)).toContain('Your profile says ‘Imece’');
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
}, 30_000);

test('a team’s card is made, found, checked, handed over, and passes to the curators when its keeper leaves', async () => {
  const here = await givenMembers();
  const { robin, jo, sam, toni } = here;
  const card = {
    'The team': 'Thistledown <!here> Talking Team',
    'Its organisation': 'Homerton Healthcare NHS Foundation Trust',
    'What we do, and what others can ask us for': 'We support parents of babies with sleep and feeding.',
    'Consultation line': 'Tuesdays, 12:00 to 13:00, on Teams',
    'How to reach us': 'Ring 020 7946 0000, or https://example.org/team',
  };
  await robin.command('/chatr teams');
  expect(latest(robin)).toContain('There is no card yet');
  await robin.click('Make a card');
  // A team's own number is what the card is for; a mobile may be somebody's own.
  await robin.submit({ ...card, 'How to reach us': 'Ring me on 07700 900123' });
  expect(inWindow(robin)).toContain('Please look once more');
  await robin.submit(card);
  expect(inWindow(robin)).toContain('The card is saved');
  await robin.submit({ 'Ask me whether it is still right on': '2026-03-03' });
  expect(inWindow(robin)).toContain('from tomorrow on');
  await robin.submit({
    Languages: 'English, Yiddish',
    Room: 'Room 3',
    'Ask me whether it is still right on': '2026-06-01',
  });
  expect(inWindow(robin)).toContain('Everybody here can find it');
  await closeAll(robin);

  // Others find it, by slips too, below what the catalogue has, whose order stays as it is.
  await toni.command('/chatr teams thistledwn');
  expect(latest(toni)).toContain('Languages: English, Yiddish');
  expect(latest(toni)).toContain('Checked on 3 March 2026');
  expect(latest(toni)).not.toContain('Robin');
  expect(markupIn(toni.ephemerals().at(-1)?.blocks)).not.toMatch(actingMarkup);
  expect(JSON.stringify(toni.ephemerals().at(-1))).not.toContain('teams.change');
  await toni.command('/chatr find babys sleep and feeding');
  expect(latest(toni)).toContain('Team: Thistledown');
  await toni.click('See the card');
  expect(latest(toni)).toContain('Tuesdays, 12:00 to 13:00');
  // An answer that is remembered has it as well.
  for (const person of [toni, sam, jo]) {
    await person.command('/chatr find babys sleep and feeding');
    expect(latest(person)).toContain('Team: Thistledown');
  }
  await toni.command('/chatr find attachment');
  expect(latest(toni)).not.toContain('Thistledown');
  const { id: cardId } = await (await storeOf(here)).db
    .selectFrom('team_cards')
    .select('id')
    .executeTakeFirstOrThrow();
  for (const actionId of ['teams.change', 'teams.remove', 'teams.confirm', 'teams.hand-over'])
    await pressForged(here, 'toni', { actionId, value: cardId });
  expect(toni.modal()).toBeNull();
  expect(databaseBytes(here)).not.toMatch(/thistledown|yiddish/i);

  // Its keeper is asked once. With no answer, the card says when it was checked.
  await here.forward(60 * 24 * 91, 360);
  const asked = () => messagesSaying(robin, 'Is your team card still right?');
  expect(asked()).toHaveLength(1);
  await here.forward(60 * 24 * 10, 360);
  expect(asked()).toHaveLength(1);
  await toni.command('/chatr teams');
  expect(latest(toni)).toContain('Last checked on 3 March 2026');
  await robin.click('It is right', { in: asked()[0] ?? 'modal' });
  expect(latest(robin)).toContain('it was right today');
  await toni.command('/chatr teams');
  expect(latest(toni)).toMatch(/Checked on \d+ June 2026/);

  await robin.command('/chatr teams');
  await robin.click('Hand it over');
  await robin.submit({ 'Who keeps it from now on?': 'robin' });
  expect(inWindow(robin)).toContain('They keep it already');
  await robin.submit({ 'Who keeps it from now on?': 'sam' });
  expect(inWindow(robin)).toContain('Handed over');
  await closeAll(robin);
  await here.forward(60 * 24 * 3, 360);
  expect(messagesSaying(sam, 'A team card is yours to keep')).toHaveLength(1);
  await sam.openHome();
  expect(atHome(sam)).toContain('You keep 1 card');

  await sam.command('/chatr leave');
  await sam.click('Leave the programme');
  await closeAll(sam);
  await jo.openHome();
  expect(atHome(jo)).toContain('1 team card without somebody who keeps it');
  await jo.command('/chatr organisations');
  await jo.click('I will keep it');
  await closeAll(jo);
  await jo.command('/chatr organisations');
  expect(latest(jo)).toContain('Nothing waits');

  await jo.command('/chatr my data');
  expect(latest(jo) + (jo.modal() ? inWindow(jo) : '')).toContain('Team cards');
  await closeAll(jo);
  await jo.command('/chatr teams');
  await jo.click('Change');
  await jo.submit({ 'Consultation line': '' });
  await closeAll(jo);
  await jo.command('/chatr teams');
  expect(latest(jo)).not.toContain('Consultation line');
  await jo.click('Remove');
  expect(latest(jo)).toContain('There is no card yet');
  await jo.command('/chatr find babys sleep and feeding');
  expect(latest(jo)).not.toContain('Thistledown');
  expect(here.log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
}, 40_000);
