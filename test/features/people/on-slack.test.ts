import type { PersonDriver } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../../src/db/open.ts';
import { type Community, givenCommunity } from '../../support/community.ts';
import {
  actingMarkup,
  agreeOnly,
  closeAll,
  databaseBytes,
  markupIn,
  messagesSaying,
  pressForged,
} from '../../support/stories.ts';

const latest = (person: PersonDriver) => person.visibleText(person.ephemerals().at(-1)).replaceAll('*', '');
const inWindow = (person: PersonDriver) => person.visibleText('modal').replaceAll('*', '');
const noErrors = ({ log }: Community) =>
  expect(log.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);

async function fillIn(person: PersonDriver, first: Record<string, string | string[]>): Promise<void> {
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit(first);
  await person.submit({});
  await closeAll(person);
}

const everything = [
  'My role',
  'My organisation or team',
  'The age groups I work with',
  'The topics I care about',
];
const tick = { 'Questions from colleagues': ['Put them to me when they fit'] };

async function listMe(person: PersonDriver, said: Record<string, string | string[]>): Promise<string> {
  await person.command('/chatr people');
  await person.click('How I am listed');
  await person.click('List me');
  await person.submit({ 'Colleagues see of my profile': everything, ...said });
  const own = person.modal() ? inWindow(person) : latest(person);
  await closeAll(person);
  return own;
}

async function ask(person: PersonDriver, words: string, topics: string[] = []): Promise<string> {
  await person.command('/chatr people');
  await person.click('Who can help?');
  await person.submit({
    'What would you like help with?': words,
    ...(topics.length > 0 && { 'Topics it touches': topics }),
  });
  const preview = inWindow(person);
  await person.submit();
  const answer = inWindow(person);
  await closeAll(person);
  return `${preview}\n---\n${answer}`;
}

const only = <T>([one, ...others]: readonly T[]): T => {
  if (one === undefined || others.length > 0) throw new Error('There is not one of it.');
  return one;
};
const askOf = (person: PersonDriver) => only(asks(person));
const asks = (person: PersonDriver) => messagesSaying(person, 'A colleague asks who can help');

test('people list themselves, are found forgivingly, go by another name, and hide at once', async () => {
  const here = await givenCommunity();
  await here.forward(60);
  const [robin, jo, sam, toni] = [here.as('robin'), here.as('jo'), here.as('sam'), here.as('toni')];
  await robin.command('/chatr people');
  expect(latest(robin)).toContain('for those who have agreed');
  await agreeOnly(robin, jo, sam, toni);

  await robin.command('/chatr people');
  expect(latest(robin)).toContain('Nobody is listed yet');
  await fillIn(sam, {
    'Your role': 'Health visitor',
    'Your organisation or team': 'Paperboat Nursery',
    'Age groups you work with': ['Early years, 0 to 5'],
    'Topics you care about': ['Infant mental health'],
  });
  await fillIn(toni, { 'Your role': 'Midwife', 'Topics you care about': ['Domestic abuse'] });

  // Nothing is listed that was not shown, and what looks identifying is asked about before it is.
  await sam.command('/chatr people');
  await sam.click('How I am listed');
  expect(latest(sam)).toContain('You are not listed');
  expect(latest(sam)).not.toContain('Health visitor');
  await sam.click('List me');
  const typed = { 'Happy to be asked about': 'Infant sleep <!channel>. Ring 07700 900123.' };
  await sam.submit({ ...typed, 'Colleagues see of my profile': everything });
  expect(inWindow(sam)).toContain('Please look once more');
  await sam.submit();
  expect(inWindow(sam)).toContain('You are listed');
  expect(inWindow(sam)).toContain('phone number removed');
  expect(inWindow(sam)).toContain('A nursery or childminder');
  await closeAll(sam);
  // Somebody who shows the role alone.
  await listMe(toni, {
    'Colleagues see of my profile': ['My role'],
    'Another name to be listed under': 'Wren <@U1>',
  });

  for (const words of ['health vistor', 'HV', 'sleep', 'somebody who knows about infant sleep', 'Sam']) {
    await robin.command(`/chatr people ${words}`);
    expect(latest(robin), words).toContain('Happy to be asked about: Infant sleep');
  }
  expect(latest(robin)).not.toContain('Paperboat');
  expect(markupIn(robin.ephemerals().at(-1)?.blocks)).not.toMatch(actingMarkup);
  expect(JSON.stringify(robin.ephemerals().at(-1)?.blocks)).toContain(
    `https://slack.com/app_redirect?channel=${sam.id}&team=`,
  );

  // People who are described are looked up; colleagues are only offered besides.
  await robin.command('/chatr people who self-harm');
  expect(latest(robin)).toContain('self-harm');
  expect(latest(robin)).toContain('999');
  // Whoever asks who can help is asked what with, and not shown a list.
  for (const words of [
    'who can help with damp',
    'who can hlep me with damp?',
    'somebody who could help with damp',
  ]) {
    await robin.command(`/chatr people ${words}`);
    expect(inWindow(robin), words).toContain('What would you like help with?');
    expect(JSON.stringify(robin.modal()), words).toContain('"initial_value":"damp"');
    await closeAll(robin);
  }
  await robin.command('/chatr peple who can help with damp');
  await robin.click('Yes, people');
  expect(JSON.stringify(robin.modal())).toContain('"initial_value":"damp"');
  await closeAll(robin);
  // Under another name nothing leads to them: no name, no id, no link; and nobody takes somebody's name.
  await robin.command('/chatr people midwives');
  expect(latest(robin)).toContain('Wren');
  const blocks = JSON.stringify(robin.ephemerals().at(-1)?.blocks);
  expect(blocks).not.toContain(toni.id);
  expect(blocks).not.toContain('Toni');
  expect(markupIn(robin.ephemerals().at(-1)?.blocks)).not.toMatch(actingMarkup);
  await robin.command('/chatr people Toni');
  expect(latest(robin)).toContain('Nobody listed fits');
  await toni.command('/chatr people');
  await toni.click('How I am listed');
  await toni.click('Change');
  expect(JSON.stringify(toni.modal())).toContain('may still show who you are');
  const [given = '', family = ''] = sam.realName.split(' ');
  for (const taken of [sam.name, given.toUpperCase(), sam.realName, `${family}, ${given}`]) {
    await toni.submit({ 'Another name to be listed under': taken });
    expect(inWindow(toni), taken).toContain('Somebody here is called that');
  }
  for (const [typed, why] of [
    [Array.from(given).join(' '), 'Somebody here is called that'],
    ['Facilitator', 'a part in the programme'],
    [toni.name, 'your own name'],
    [toni.realName, 'your own name'],
    ['W\u0433en', 'letters of one alphabet'],
  ] as const) {
    await toni.submit({ 'Another name to be listed under': typed });
    expect(inWindow(toni), typed).toContain(why);
  }
  await closeAll(toni);
  // A question that may be about danger says whom to ring, before anybody is asked, and says truly what is kept.
  await robin.command('/chatr people');
  await robin.click('Who can help?');
  const words = 'What would you like help with?';
  await robin.submit({
    [words]: 'I am worried a child is being hurt right now by his stepfather. Who can come?',
  });
  expect(inWindow(robin)).toMatch(/999.*safeguarding lead.*Nobody is alerted by this/s);
  await robin.click('Change it');
  await robin.submit({ [words]: 'A boy called Tyrone Biggs, at the clinic of Mrs Achebe, does not sleep.' });
  await robin.click('Keep the names');
  expect(inWindow(robin)).toContain('What a child or a family is called is masked');
  await robin.submit();
  expect(inWindow(robin)).toContain(
    'A boy called [name removed], at the clinic of Mrs Achebe, does not sleep.',
  );
  await robin.click('Not this time');
  expect(inWindow(robin)).toContain('here they do nothing');
  await closeAll(robin);
  // An introduction gives the name in Slack: each form says what that means for the other.
  await toni.command('/chatr connect');
  expect(inWindow(toni)).toMatch(/listed under another name.*says nothing of your role/s);
  await toni.submit({ 'How often, at most?': 'Every two weeks' });
  await closeAll(toni);
  await toni.command('/chatr people');
  await toni.click('How I am listed');
  expect(latest(toni)).toContain('introduced to colleagues by your name in Slack');
  await toni.click('Change');
  expect(inWindow(toni)).toContain('introduced to colleagues by your name in Slack');
  await closeAll(toni);
  await sam.command('/chatr connect');
  expect(inWindow(sam)).not.toContain('another name');
  await closeAll(sam);
  expect(databaseBytes(here)).not.toMatch(/Infant sleep|\bWren\b/);

  // What others see of them says so too, drawn in the same way.
  await sam.command('/chatr my data');
  await sam.click('What others see of me');
  expect(inWindow(sam)).toContain('Happy to be asked about: Infant sleep');
  await closeAll(sam);

  // Hidden while somebody looks: the next page, and every search, has them no more.
  await robin.command('/chatr people');
  expect(latest(robin)).toContain('2 people are listed');
  await sam.command('/chatr people');
  await sam.click('How I am listed');
  await sam.click('Hide me now');
  expect(latest(sam)).toContain('Hidden');
  await robin.command('/chatr people sleep');
  expect(latest(robin)).toContain('Nobody listed fits ‘sleep’');
  // By the extras of the settings as well.
  await toni.openHome();
  await toni.click('Change extras', { in: 'home' });
  await toni.submit({ 'List me': [] });
  await closeAll(toni);
  await robin.command('/chatr people');
  expect(latest(robin)).toContain('Nobody is listed yet');
  noErrors(here);
}, 30_000);

test('a question is put to those it fits; who says yes is passed on, and nobody can tell who else was asked', async () => {
  const here = await givenCommunity();
  // Toni’s morning is five hours later.
  await here.forward(4.5 * 60, 60);
  const names = ['robin', 'jo', 'sam', 'toni', 'fran', 'gale'];
  const [robin, jo, sam, toni, fran, gale] = names.map((name) => here.as(name)) as [
    PersonDriver,
    PersonDriver,
    PersonDriver,
    PersonDriver,
    PersonDriver,
    PersonDriver,
  ];
  await agreeOnly(robin, jo, sam, toni, fran, gale);
  for (const one of [sam, toni, fran])
    await listMe(one, { 'Happy to be asked about': 'Housing letters and damp', ...tick });
  await listMe(gale, { 'Happy to be asked about': 'Housing letters' });

  // What is too long, or holds something identifying, does not go; what goes is what was seen.
  await robin.command('/chatr people');
  await robin.click('Who can help?');
  await robin.submit({
    'What would you like help with?': 'He may kill her. Housing letters for NHS number 943 476 5919 <!here>',
  });
  expect(inWindow(robin)).toContain('Please look once more');
  // It goes to others: names alone can be kept, and a number is masked whatever a client says.
  expect(inWindow(robin)).not.toContain('Keep');
  await pressForged(here, 'robin', { actionId: 'people.ask-form.keep', value: '' });
  await robin.submit();
  expect(inWindow(robin)).toContain('[NHS number removed]');
  // So is what tells who somebody is beside their story; a service or a group it is not.
  await robin.click('Change it');
  await robin.submit({
    'What would you like help with?':
      'He may kill her. A 7-year-old of Rushmore Primary School, Mare Street 12, in Year 2 with other under 8s in Hackney.',
  });
  expect(inWindow(robin)).toMatch(/what looks like an address, how old somebody is and a school, nursery/);
  await robin.submit();
  expect(inWindow(robin)).toContain(
    'A [age removed] of [school or service removed], [address removed], in Year 2 with other under 8s in Hackney.',
  );
  // Words that may be about danger: whom to ring, and that nobody is alerted by asking.
  expect(inWindow(robin)).toMatch(/999.*Nobody is alerted by this/s);
  await robin.click('Yes, put us in touch');
  expect(inWindow(robin)).toContain('how others see it');
  await closeAll(robin);
  await here.forward(30);
  for (const one of [sam, toni, fran, gale]) expect(asks(one)).toEqual([]);

  const words = 'Who knows how to write <!here> a housing letter about damp?';
  // What is closed loses nothing: the form, the form that warned, the preview; it is nobody else's, and sealed.
  const typed = () => JSON.stringify(robin.modal()?.blocks);
  const helpFrom = async (line = '/chatr people') => {
    await robin.command(line);
    if (!robin.modal()) await robin.click('Who can help?');
    return typed();
  };
  expect(await helpFrom()).toContain('with other under 8s in Hackney');
  await robin.fill({
    'What would you like help with?': 'Begun, for 943 476 5919',
    'Topics it touches': ['Supervision'],
  });
  await robin.closeModal();
  expect(await helpFrom()).toMatch(
    /You began this before.*Begun, for 943 476 5919.*"initial_options":.*Supervision/s,
  );
  await robin.submit();
  expect(inWindow(robin)).toContain('Please look once more');
  await robin.fill({ 'What would you like help with?': 'Begun anew' });
  await robin.closeModal({ all: true });
  expect(await helpFrom()).toContain('"initial_value":"Begun anew"');
  await robin.submit({ 'What would you like help with?': 'Begun and seen' });
  expect(inWindow(robin)).toContain('Those I ask get this');
  await robin.closeModal();
  // Words that a line brings with it come first; with nothing typed over them, what was begun stays.
  expect(await helpFrom('/chatr people who can help with debt')).toContain('"initial_value":"debt"');
  await robin.closeModal();
  expect(await helpFrom()).toContain('"initial_value":"Begun and seen"');
  expect(databaseBytes(here)).not.toContain('Begun and seen');
  await robin.fill({ 'What would you like help with?': '' });
  await robin.closeModal();
  expect(await helpFrom()).not.toMatch(/Begun|began/);
  await robin.fill({ 'What would you like help with?': 'Asked and gone' });
  await robin.closeModal();
  const told = await ask(robin, words);
  expect(told).toContain('I have your question');
  await here.forward(30);
  for (const one of [sam, toni, fran]) expect(asks(one), one.name).toHaveLength(1);
  expect(asks(gale)).toEqual([]);
  const atSam = askOf(sam);
  expect(sam.visibleText(atSam)).toContain(words);
  expect(markupIn(atSam?.blocks)).not.toMatch(actingMarkup);
  // One at a time.
  // One at a time: said before anybody writes another for nothing.
  await robin.command('/chatr people');
  await robin.click('Who can help?');
  expect(latest(robin)).toMatch(/Your last question is still open.*letter about damp/s);
  await robin.command('/chatr people who can help with debt');
  expect(latest(robin)).toContain('Your last question is still open');

  await fran.click('Not this time', { in: askOf(fran) });
  await toni.click('Don’t ask me such questions', { in: askOf(toni) });
  await here.forward(30);
  expect(messagesSaying(robin, 'Somebody can help')).toEqual([]);
  await sam.click('Yes, put us in touch', { in: atSam });
  // What was asked stays to be seen by the two of them, and by nobody who was only asked.
  const yesSaid = only(messagesSaying(sam, 'A question to colleagues'));
  await sam.click('See the question', { in: yesSaid });
  expect(inWindow(sam)).toContain(words);
  await closeAll(sam);
  // Somebody whom it was not put to takes part in nothing by an old or a forged button.
  const id = JSON.stringify(atSam).match(/"action_id":"people\.yes"[^}]*?"value":"([^"]+)"/)?.[1] ?? '';
  expect(id).not.toBe('');
  await pressForged(here, 'sam', { actionId: 'people.yes', value: id });
  await pressForged(here, 'gale', { actionId: 'people.yes', value: id });
  await pressForged(here, 'fran', { actionId: 'people.yes', value: id });
  for (const name of ['gale', 'fran'] as const) {
    await pressForged(here, name, { actionId: 'people.see-question', value: id });
    expect(inWindow(here.as(name)), name).not.toContain('housing letter');
    await closeAll(here.as(name));
  }
  await here.forward(30);
  const found = messagesSaying(robin, 'Somebody can help');
  expect(found).toHaveLength(1);
  expect(JSON.stringify(found)).toContain(sam.id);
  await robin.click('See the question', { in: only(found) });
  expect(inWindow(robin)).toContain(words);
  await closeAll(robin);
  const heard = JSON.stringify(robin.dmsWithBot().filter(({ ephemeral }) => !ephemeral));
  for (const one of [toni, fran, gale]) expect(heard).not.toContain(one.id);
  // Nor does any row tell who said no, or stopped: they look like everybody whom it was never put to.
  const { db, close } = await openStore(here.config.databaseUrl, { mustExist: true });
  onTestFinished(close);
  const asked = () =>
    db
      .selectFrom('people_asked')
      .innerJoin('people', 'people.id', 'people_asked.person_id')
      .select(['slack_id', 'passed_on'])
      .execute();
  expect(await asked()).toEqual([{ slack_id: sam.id, passed_on: 1 }]);
  // Those who run the group see as little of it.
  await jo.openHome();
  expect(jo.visibleText('home')).not.toContain('housing');

  // Whoever said yes stands beside the question, as long as it is open.
  await robin.command('/chatr people');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain(`*Can help:* <@${sam.id}>.`);
  // Taken back at once: what still has buttons does nothing more.
  await robin.command('/chatr people');
  await robin.click('Take it back');
  expect(latest(robin)).toContain('Taken back');
  await sam.click('See the question', { in: yesSaid });
  expect(inWindow(sam)).toContain('This question has ended or was taken back');
  await closeAll(sam);
  expect(databaseBytes(here)).not.toContain('housing letter about damp');
  await pressForged(here, 'sam', { actionId: 'people.yes', value: id });
  await here.forward(30);
  expect(messagesSaying(robin, 'Somebody can help')).toHaveLength(1);

  expect(await helpFrom()).not.toContain('Asked and gone');
  await closeAll(robin);
  // The same answer where nobody can be asked (asked lately, or not at all): nothing tells the two apart.
  const second = await ask(robin, words);
  expect(second).toBe(told);
  await here.forward(30);
  // Whoever was asked before is not asked again within two weeks, and keeps what they had.
  for (const one of [sam, toni, fran]) expect(asks(one).length, one.name).toBeLessThanOrEqual(1);

  // Two working days later, the asker is offered the forum once, sees the post, and it stands there once.
  await here.forward(3 * 24 * 60, 60);
  const offer = () => only(messagesSaying(robin, 'Your question to colleagues'));
  await robin.click('See it as a post', { in: offer() });
  expect(inWindow(robin)).toContain(words);
  await robin.submit();
  expect(inWindow(robin)).toContain('Posted');
  await closeAll(robin);
  await robin.click('See it as a post', { in: offer() });
  expect(latest(robin)).toContain('already');
  const posts = robin.messages(here.workspace.channelId('chatr-forum'));
  expect(posts.filter(({ text }) => text === 'A colleague asks who can help')).toHaveLength(1);
  await here.forward(8 * 24 * 60, 240);
  await robin.command('/chatr people');
  expect(latest(robin)).not.toContain('Your question');

  // Nobody fits: said at once. Nothing found by a look-up leads here.
  expect(await ask(robin, 'Sourdough starters')).toContain('Nobody’s listing fits');
  await robin.command('/chatr people');
  await robin.click('Take it back');
  await robin.command('/chatr find zzzxqv');
  await robin.click('Ask somebody');
  await robin.click('Ask colleagues');
  expect(JSON.stringify(robin.modal())).toContain('zzzxqv');
  await closeAll(robin);

  // Two weeks on it may come to them again. Listing taken back while it is there: nothing is passed on.
  await here.forward(5 * 24 * 60, 240);
  await ask(robin, words);
  await here.forward(2 * 24 * 60, 120);
  expect([sam, toni, fran, gale].map((one) => asks(one).length)).toEqual([1, 0, 1, 0]);
  await sam.command('/chatr people');
  await sam.click('How I am listed');
  await sam.click('Hide me now');
  expect(await asked()).toEqual([{ slack_id: fran.id, passed_on: 0 }]);
  await sam.click('Yes, put us in touch', { in: askOf(sam) });
  expect(messagesSaying(sam, 'A question to colleagues').map((one) => sam.visibleText(one))).toEqual([
    expect.stringContaining('was passed on to'),
    // By buttons that stood in messages after it was passed on, and after it was taken back.
    expect.stringContaining('was passed on already'),
    expect.stringContaining('This question has ended'),
    expect.stringContaining('This question has ended'),
  ]);
  // Whoever asked leaves: nothing of it is left to say yes to, and no message says that they left.
  await robin.command('/chatr leave');
  await robin.click('Leave the programme');
  expect(await asked()).toEqual([]);
  await fran.click('Yes, put us in touch', { in: askOf(fran) });
  expect(fran.visibleText(messagesSaying(fran, 'A question to colleagues').at(-1))).toContain(
    'This question has ended',
  );
  noErrors(here);
}, 40_000);
