import type { PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { expect, test } from 'vitest';
import type { Community } from '../support/community.ts';
import { aDay, givenNewcomer, messageAbout } from '../support/journeys.ts';
import { closeAll, makeGroup, messagesSaying } from '../support/stories.ts';

const joined = 'Somebody new has joined';
const waiting = 'Somebody new is waiting for a hello';
/** Everybody who has joined, whether they agreed or not. */
const newcomers = 4;

/** By the note about who has joined. */
async function sayHelloTo(facilitator: PersonDriver, newcomer: PersonDriver): Promise<void> {
  const note = messageAbout(facilitator, 'joined.');
  const named = [...facilitator.visibleText(note).matchAll(/<@(\w+)>/g)].map(([, id]) => id);
  await facilitator.click('Say hello', { in: note, nth: named.indexOf(newcomer.id) });
}

/** "I have said hello", in what the last one showed. */
async function done(facilitator: PersonDriver): Promise<void> {
  const shown = facilitator.ephemerals().at(-1);
  if (!shown) throw new Error('nothing was shown');
  await facilitator.click('I have said hello', { in: shown });
}

async function sayHelloToOthers({ workspace }: Community, facilitator: PersonDriver, newcomer: PersonDriver) {
  for (const { id, name } of workspace.snapshot('jo').people)
    if (
      id !== newcomer.id &&
      facilitator.visibleText(messageAbout(facilitator, 'joined.')).includes(`<@${id}>`)
    ) {
      await sayHelloTo(facilitator, workspace.as(name));
      await done(facilitator);
    }
}

test('the facilitator of the group gets one note, says hello in a conversation of their own, and nobody is reminded', async () => {
  const { community, person } = await givenNewcomer();
  const jo = community.as('jo');
  await community.forward(60, 15);
  expect(messagesSaying(jo, joined)).toHaveLength(1);
  await sayHelloToOthers(community, jo, person);
  await sayHelloTo(jo, person);
  const shown = jo.ephemerals().at(-1);
  expect(jo.visibleText(shown)).toContain('You are saying hello');
  const urls = elementsOf(shown?.blocks ?? []).map(({ element }) => element.url);
  expect(urls.filter(Boolean)).toEqual([expect.stringContaining(`channel=${person.id}`)]);
  await jo.openHome();
  expect(jo.visibleText('home'), 'not done by having opened the window').toContain('1 person waits');
  await done(jo);
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('has had a hello from you');
  expect(jo.visibleText('home')).toContain('Nobody waits for a hello from you');
  await community.forward(7 * aDay, 120);
  expect(messagesSaying(jo, joined)).toHaveLength(1);
  expect(messagesSaying(jo, waiting)).toEqual([]);
  expect(community.log).toEqual([]);
});

test('nobody says hello: after two working days one reminder, then never again', async () => {
  const { community } = await givenNewcomer();
  const jo = community.as('jo');
  await community.forward(2 * aDay - 120, 60);
  expect(messagesSaying(jo, waiting)).toEqual([]);
  await community.forward(aDay, 60);
  expect(messagesSaying(jo, waiting)).toHaveLength(1);
  expect(jo.visibleText(messagesSaying(jo, waiting)[0])).toContain('This is the only reminder');
  await community.forward(14 * aDay, 240);
  expect(messagesSaying(jo, waiting)).toHaveLength(1);
  await jo.openHome();
  expect(jo.visibleText('home')).toContain(`${newcomers} people wait`);
  expect(community.log).toEqual([]);
});

test('taken on, and nothing said: after two working days it is anybody’s again, and whoever said it says so in Home', async () => {
  const { community, person } = await givenNewcomer();
  const jo = community.as('jo');
  await community.forward(60, 15);
  await sayHelloToOthers(community, jo, person);
  await sayHelloTo(jo, person);
  await community.forward(3 * aDay, 60);
  expect(messagesSaying(jo, waiting)).toHaveLength(1);
  await jo.openHome();
  await jo.click('See who waits for a hello', { in: 'home' });
  expect(jo.visibleText('modal')).not.toContain('you have taken it');
  await jo.click('Say hello');
  await closeAll(jo);
  await jo.click('See who waits for a hello', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('you have taken it');
  await jo.click('I have said hello');
  await closeAll(jo);
  expect(jo.visibleText('home')).toContain('Nobody waits for a hello from you');
  expect(community.log).toEqual([]);
});

test('two facilitators press: one says hello, the other hears who; it can be left to a colleague', async () => {
  const { community, person } = await givenNewcomer();
  const [jo, fran, sam] = [community.as('jo'), community.as('fran'), community.as('sam')];
  await community.forward(60, 15);
  await sayHelloToOthers(community, jo, person);
  await fran.openHome();
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'sam', Role: 'Facilitator of all groups' });
  await closeAll(fran);
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('1 person waits');
  // Home follows what the others do, without being opened again.
  await sayHelloTo(jo, person);
  expect(sam.visibleText('home')).toContain('Nobody waits for a hello from you');
  await jo.click('Leave it to a colleague');
  await sam.click('See who waits for a hello', { in: 'home' });
  await sam.click('Say hello');
  expect(sam.visibleText('modal')).toContain('You are saying hello');
  await sayHelloTo(jo, person);
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('is saying hello to');
  expect(community.log).toEqual([]);
});

test('the facilitators of another group neither hear of a newcomer nor greet them', async () => {
  const { community, person: sam } = await givenNewcomer('sam');
  const [jo, fran] = [community.as('jo'), community.as('fran')];
  await makeGroup(jo, 'Spring group', ['sam']);
  await makeGroup(jo, 'Autumn group', ['toni']);
  await fran.openHome();
  for (const [person, Group] of [
    ['robin', 'Spring group'],
    ['gale', 'Autumn group'],
    ['toni', 'Autumn group'],
  ] as const) {
    await fran.click('Give a role', { in: 'home' });
    await fran.submit({ Person: person, Role: 'Facilitator of one group', Group }, { mayFail: true });
    await closeAll(fran);
  }
  await community.forward(6 * 60, 30);
  const waitingFor = async (name: string) => {
    const facilitator = community.as(name);
    await facilitator.openHome();
    await facilitator.click('See who waits for a hello', { in: 'home' });
    const shown = facilitator.visibleText('modal');
    await closeAll(facilitator);
    return shown;
  };
  expect(await waitingFor('robin')).toContain(`<@${sam.id}>`);
  for (const other of ['toni', 'gale'])
    expect(JSON.stringify(community.as(other).dmsWithBot()), other).not.toContain(`<@${sam.id}>`);
  expect(community.log).toEqual([]);
});
