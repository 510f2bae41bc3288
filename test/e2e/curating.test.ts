import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { createOutside } from '../../src/lib/outside.ts';
import { createLivePortal } from '../../src/portal/live.ts';
import { sharedCode } from '../../src/portal/shared-code.ts';
import { type Community, type CommunityOptions, givenCommunity } from '../support/community.ts';
import { givenMoodyServer, redirect } from '../support/moody-server.ts';
import { shippedContent } from '../support/shipped.ts';
import { agree, closeAll, databaseBytes, messagesSaying, pressForged } from '../support/stories.ts';
import { page } from '../support/wombat-page.ts';

const content = shippedContent();
const known = 'About the UK Trauma Council';
const why = 'Why is it good, and for whom?';

async function givenCurators(options: CommunityOptions = {}): Promise<{
  community: Community;
  robin: PersonDriver;
  jo: PersonDriver;
  fran: PersonDriver;
}> {
  const community = await givenCommunity(options);
  await community.forward(10, 5);
  const [robin, jo, fran] = [community.as('robin'), community.as('jo'), community.as('fran')];
  await agree(robin);
  return { community, robin, jo, fran };
}

const newest = (person: PersonDriver): string => {
  const message = person.ephemerals().at(-1);
  if (!message) throw new Error(person.describe());
  return person.visibleText(message);
};

async function asked(person: PersonDriver, line: string): Promise<string> {
  await person.command(line);
  return newest(person);
}

const who = {
  'Mainly about': 'Resilience and protective factors',
  'Age groups': ['Early years, 0 to 5'],
  Readers: ['Midwives', 'GPs'],
  'What people say when they need it': 'baby awake all night long\nnew dad so tired [fathers]',
};

/** Opens what waits, from Home. */
async function openQueue(curator: PersonDriver, part?: RegExp): Promise<void> {
  await closeAll(curator);
  await curator.openHome();
  await curator.click('See what waits', { in: 'home' });
  if (!part) return;
  const offered = JSON.stringify(curator.modal()?.blocks);
  const words = [...offered.matchAll(/"text":"([^"]+ \(\d+\))"/g)].map(([, text = '']) => text);
  await curator.choose({ actionId: 'resources.queue.show' }, words.find((one) => part.test(one)) ?? '');
}

/** Opens an entry from the queue. */
async function openEntry(curator: PersonDriver, title: string): Promise<void> {
  await openQueue(curator);
  await curator.click('Change an entry');
  await curator.submit({ Entry: title });
  expect(curator.visibleText('modal')).toContain(title);
}

test('a suggestion that is accepted is found at once, and whoever suggested it is told', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command('/chatr suggest');
  await robin.submit({ Title: 'Wombat', 'Web address': page['Web address'], [why]: 'Short and kind' });
  const site = createLivePortal(community.clock, await sharedCode());
  const before = site(community.bot().content());
  expect(before.get('all.html')).not.toContain('Wombat nights');
  expect(site(community.bot().content()), 'made once, as long as nothing changes').toBe(before);
  await openQueue(jo, /^Suggestions/);
  expect(jo.visibleText('modal')).toContain('Short and kind');
  await jo.click('Accept');
  expect(jo.modal()?.title).toBe('New entry');
  expect(jo.visibleText('modal')).toContain('Short and kind');
  await jo.submit({ ...page, 'One sentence about it': 'Too short' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('at least 20 characters');
  await jo.submit({ ...page, 'One sentence about it': 'A short film about Kayleigh Smith, aged 6.' });
  expect(jo.visibleText('modal')).toMatch(/Please look once more.*Why it is good.*Short and kind/s);
  await jo.click('Keep it as it is');
  expect(jo.visibleText('modal')).toMatch(/I do not ask about it again.*Why it is good.*Short and kind/s);
  await jo.submit(page);
  await jo.submit(who);
  expect(jo.visibleText('modal')).toContain('Published.');
  expect(jo.visibleText('modal')).toContain('‘new dad so tired [for fathers]’');
  // Nobody has said that they opened it, or that it is free.
  expect(jo.visibleText('modal')).not.toMatch(/opened by|Looked at on|\bfree\b|cost money/);

  expect(await asked(robin, '/chatr find wombat nights')).toContain('Wombat nights');
  const after = site(community.bot().content());
  expect(after.get('all.html'), 'the website has it too').toContain('Wombat nights');
  expect(after.get('search-words.js')).toContain('wombat');
  await community.beat();
  const [told] = messagesSaying(robin, 'About your suggestion');
  expect(told && robin.visibleText(told)).toContain('Your suggestion is in the catalogue');
  if (told) await robin.choose({ actionId: 'resources.about' }, 'Save', { in: told });
  expect(await asked(robin, '/chatr saved')).toContain('Wombat nights');
  if (told) await robin.choose({ actionId: 'resources.about' }, 'Share', { in: told });
  expect(robin.modal()?.title).toBe('Share');
  await closeAll(robin);
  expect(await asked(robin, '/chatr catalogue')).toMatch(/curators and facilitators.*Suggest a resource/s);
  await openQueue(jo, /^Suggestions/);
  expect(jo.visibleText('modal')).toContain('Nothing of this kind waits');
  await community.stopBot();
  await community.startBot();
  expect(await asked(robin, '/chatr find wombat nights')).toContain('Wombat nights');
  expect(community.log).toEqual([]);
});

test('one that is declined comes with a reason, and can be decided again before it is told', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command('/chatr suggest');
  await robin.submit({ Title: 'Wombat', 'Web address': page['Web address'] });
  await jo.command('/chatr catalogue');
  await jo.click('Decline');
  expect(jo.visibleText('modal')).toContain(page['Web address']);
  await jo.submit({ 'Why?': 'It is in the catalogue already.', 'A few words to them': 'See <!here> *it*' });
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('Suggested:');
  await community.beat();
  expect(messagesSaying(robin, 'About your suggestion')).toEqual([]);
  await jo.click('Decline', { in: 'modal' });
  await jo.submit({ 'Why?': 'It is in the catalogue already.', 'A few words to them': 'See <!here> *it*' });
  await community.beat();
  const [told] = messagesSaying(robin, 'About your suggestion');
  expect(told && robin.visibleText(told)).toContain('It is in the catalogue already.');
  expect(JSON.stringify(told?.blocks)).not.toContain('here>');
  if (told) await robin.click('Read what the curator says', { in: told });
  expect(robin.visibleText('modal')).toContain('See');
  expect(JSON.stringify(robin.modal())).not.toContain('"text":"<!here>');
  expect(databaseBytes(community)).not.toContain('*it*');
});

test('one page that two people suggest is one thing in the queue, and its answer is for both', async () => {
  const { community, robin, jo } = await givenCurators();
  const sam = community.as('sam');
  await agree(sam);
  const twin = 'http://www.example.org/wombat/?utm_campaign=1';
  for (const [person, title, url, words] of [
    [robin, 'Wombat', 'https://example.org/wombat', 'Short and kind'],
    [sam, 'Wombats by night', twin, 'For new dads'],
  ] as const) {
    await person.command('/chatr suggest');
    await person.submit({ Title: title, 'Web address': url, [why]: words });
    await closeAll(person);
  }
  const heard = () =>
    [robin, sam].map((person) =>
      messagesSaying(person, 'About your suggestion').map((one) => person.visibleText(one)),
    );
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('1 suggestion');
  await openQueue(jo, /^Suggestions \(1\)/);
  const shown = jo.visibleText('modal');
  expect(shown).toMatch(/Short and kind.*The same page, suggested as.*Wombats by night.*For new dads/s);
  expect(shown).toContain('2 people suggested it. One answer is for all of them');
  await jo.click('Decline');
  await jo.submit({ 'Why?': 'It is in the catalogue already.' });
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('The same page, suggested as');
  await community.beat();
  expect(heard()).toEqual([[], []]);
  await jo.click('Accept');
  expect(jo.visibleText('modal')).toMatch(/Short and kind.*For new dads/s);
  await jo.submit(page);
  await jo.submit(who);
  // Taken back, both wait again; published anew, both hear it.
  await openEntry(jo, 'Wombat nights');
  await jo.click('Undo the last change');
  expect(jo.visibleText('modal')).toContain('waits in the queue again');
  await openQueue(jo, /^Suggestions \(1\)/);
  await jo.click('Accept');
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  const added = [expect.stringContaining('Your suggestion is in the catalogue')];
  expect(heard()).toEqual([added, added]);
  await openQueue(jo, /^Suggestions/);
  expect(jo.visibleText('modal')).toContain('Nothing of this kind waits');

  // Taken back once they know, the curator reads that they do; decided the same again, nobody hears it twice.
  await openEntry(jo, 'Wombat nights');
  await jo.click('Undo the last change');
  expect(jo.visibleText('modal')).toContain(
    '2 people have heard already that it is in the catalogue. If you decide otherwise now, they get a second message; if you decide the same, nobody hears it twice.',
  );
  await openQueue(jo, /^Suggestions \(1\)/);
  expect(jo.visibleText('modal')).toContain('2 people have heard of an answer that was taken back');
  await jo.click('Accept');
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  expect(heard()).toEqual([added, added]);
  await openEntry(jo, 'Wombat nights');
  await jo.click('Undo the last change');
  const other = [
    expect.stringMatching(
      /^\*Your suggestion was not added after all:\* .*An earlier message said that it is in the catalogue\. That was taken back\. It is out of date.*You hear of it again, because/s,
    ),
  ];
  const decline = async (reason: string, said: string) => {
    await openQueue(jo, /^Suggestions \(1\)/);
    await jo.click('Decline');
    await jo.submit({ 'Why?': reason });
    expect(jo.visibleText('modal')).toContain(said);
  };
  // On its way and called back, it was never heard.
  await decline('It is in the catalogue already.', 'Whoever suggested it is told.');
  await jo.click('Undo', { in: 'modal' });
  await decline(
    'It is out of date, or something newer is in the catalogue.',
    'Whoever suggested it is told.',
  );
  await community.beat();
  expect(heard()).toEqual([
    [...added, ...other],
    [...added, ...other],
  ]);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('2 people have heard already that it was not added.');
  await decline(
    'It is out of date, or something newer is in the catalogue.',
    'Nobody is told: they have heard it.',
  );
  await community.beat();
  expect(heard().flat()).toHaveLength(4);
  await jo.click('Undo', { in: 'modal' });
  await decline('We could not find out who is behind it.', 'Whoever suggested it is told.');
  await community.beat();
  expect(heard()[1]?.at(-1)).toMatch(
    /An earlier message gave another reason\. This is the one that counts: We could/,
  );
  await jo.click('Undo', { in: 'modal' });
  await openQueue(jo, /^Suggestions \(1\)/);
  await jo.click('Accept');
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  expect(heard()[0]?.at(-1)).toMatch(
    /^\*Your suggestion is in the catalogue after all:\* .*An earlier message said that it was not added\. That was taken back\./s,
  );
  expect(community.log).toEqual([]);
});

test('what is not found can be asked for: curators see the words, and whoever asked is told, once', async () => {
  const { community, robin, jo } = await givenCurators();
  expect(await asked(robin, '/chatr find quokka sleepless')).toContain('Nothing in the catalogue');
  await robin.click('Ask somebody');
  await robin.submit();
  // No English word, so it may be what a family is called.
  expect(robin.visibleText('modal')).toContain('a name');
  await robin.click('Keep it as it is');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('The curators see your words');
  await openQueue(jo, /^Looked for/);
  const seen = JSON.stringify(jo.modal());
  expect(seen).toContain('quokka sleepless');
  expect(seen).not.toContain(robin.id);
  await jo.click('It belongs to…');
  await jo.submit({ 'Topic or entry': 'Resilience and protective factors' });
  expect(jo.visibleText('modal')).toContain('from now on');
  await community.beat();
  const told = messagesSaying(robin, 'About your question');
  expect(told.map((one) => robin.visibleText(one))).toEqual([
    expect.stringContaining('There is an answer to what you looked for'),
  ]);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toMatch(
    /\*Undone:\* these words.*wait in the queue again.*is not told otherwise/,
  );
  await community.bot().settled();
  await community.forward(60 * 24, 60);
  expect(messagesSaying(robin, 'About your question')).toHaveLength(1);
  await openQueue(jo, /^Looked for/);
  expect(jo.visibleText('modal')).toContain('quokka sleepless');
  await closeAll(robin);
  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  expect(robin.visibleText('modal')).not.toContain('Questions to the curators');
  await robin.closeModal();
});

test('a question can be answered by a new entry, or be none of ours', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command('/chatr find wombat');
  await robin.click('Ask somebody');
  await robin.submit();
  await robin.closeModal();
  await robin.command('/chatr find printer');
  await robin.click('Ask somebody');
  await robin.submit({ 'An answer': [] });
  await openQueue(jo, /^Looked for/);
  await jo.click('New entry', { nth: 0 });
  await jo.submit({ ...page, 'Have you opened it?': ['I have opened this page today'] });
  expect(JSON.stringify(jo.modal())).toContain('"value":"wombat"');
  await jo.submit(who);
  expect(jo.visibleText('modal')).toContain('Looked at on 3 March 2026');
  expect(jo.visibleText('modal')).toContain('Address: opened by a curator');
  await community.beat();
  expect(messagesSaying(robin, 'About your question').map((one) => robin.visibleText(one))).toEqual([
    expect.stringContaining('Wombat nights'),
  ]);
  await openQueue(jo, /^Looked for/);
  await jo.click('Not ours');
  await community.beat();
  // Nobody asked to be told of that one.
  expect(messagesSaying(robin, 'About your question')).toHaveLength(1);
  expect(community.log).toEqual([]);
});

test('a surname does not reach the curators: not by look-ups, and a question to them asks first', async () => {
  const { community, robin, jo } = await givenCurators();
  for (let times = 0; times < 6; times += 1) {
    await robin.command('/chatr okonkwo-bamgbose');
    await robin.command('/chatr Jayden Okonkwo bruise');
    await robin.command('/chatr printer');
  }
  // However often one of them types it, it counts once a day.
  await openQueue(jo, /^Looked for/);
  expect(jo.visibleText('modal')).not.toContain('printer');
  for (const name of ['sam', 'toni', 'gale', 'jo', 'fran'])
    await community.as(name).command('/chatr printer');
  await openQueue(jo, /^Looked for/);
  expect(jo.visibleText('modal')).toContain('\u2018printer\u2019, 6 times');
  expect(jo.visibleText('modal')).not.toMatch(/okonkwo|bamgbose|jayden/i);
  await robin.command('/chatr find okonkwo-bamgbose');
  await robin.click('Ask somebody');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('a name');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Thank you');
  await openQueue(jo, /^Looked for/);
  expect(jo.visibleText('modal')).toContain('[name removed]');
  expect(databaseBytes(community)).not.toMatch(/okonkwo|bamgbose/i);
});

test('details of a person are seen before a question is sent', async () => {
  const { robin } = await givenCurators();
  await robin.command('/chatr find zzyx');
  await robin.click('Ask somebody');
  await robin.submit({ 'What are you looking for?': 'something for 943 476 5919' });
  expect(robin.visibleText('modal')).toContain('what looks like an NHS number');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Thank you');
});

test('two curators on one entry: the second sees what the first changed, and nothing is lost', async () => {
  const { robin, jo, fran } = await givenCurators();
  await openEntry(jo, known);
  await jo.click('Change the page');
  await openEntry(fran, known);
  await fran.click('Change the page');
  await fran.submit({ Title: 'Fran was here first' });
  await jo.submit({ 'Who publishes it': 'Jo’s publisher' });
  const shown = jo.visibleText('modal');
  expect(shown).toContain('changed this entry while you had it open');
  expect(shown).toContain('Fran was here first');
  expect(await asked(robin, '/chatr find Fran was here first')).not.toContain('Jo’s publisher');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('Saved.');
  expect(await asked(robin, '/chatr find Fran was here first')).toContain('Jo’s publisher');
  await jo.click('Undo');
  expect(jo.visibleText('modal')).toContain('Undone:');
  expect(await asked(robin, '/chatr find Fran was here first')).not.toContain('Jo’s publisher');

  // Undone by somebody else: whose it is, when and what is said before.
  await openEntry(jo, 'Fran was here first');
  await jo.click('Details');
  await jo.submit({ Year: '2024', 'Minutes it takes': '12' });
  await openEntry(fran, 'Fran was here first');
  expect(fran.visibleText('modal')).toMatch(
    new RegExp(`Last changed by <@${jo.id}> on Tuesday 3 March, \\d\\d:\\d\\d: Year and Minutes`),
  );
  expect(JSON.stringify(fran.modal())).toMatch(
    /as it was before Jo\b.* changed it on Tuesday 3 March, \d\d:\d\d\. .*What they changed: Year and Minutes\./,
  );
  await fran.click('Undo the last change');
  expect(fran.visibleText('modal')).toMatch(
    /Last changed by.*: Year and Minutes, back to what it was before/,
  );
  expect(JSON.stringify(fran.modal())).toMatch(/The change that you undid on .* is made again\./);
});

test('an entry is changed in all its parts, retired, and brought back', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command(`/chatr find ${known}`);
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  await openEntry(jo, known);
  await jo.click('Who and how people ask');
  await jo.submit({ 'What people say when they need it': 'help for my child' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('comes down to');
  await jo.submit({ 'What people say when they need it': 'quoll in the nursery [11-99]' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('is no age group, reader or purpose');
  // Of several, each is named.
  const bad = [
    'help for my child',
    'dad and the dads',
    'what can I do',
    'quoll in the nursery [11-99] [for pirates]',
    'quoll at night',
  ];
  await jo.submit({ 'What people say when they need it': bad.join('\n') }, { mayFail: true });
  const named = JSON.stringify(jo.modal());
  expect(named).toMatch(
    /• ‘11-99’.*is no age group.*• ‘for pirates’.*is no age group.*• .*help for my child.*comes down to.*• .*dad and the dads.*• .*what can I do/,
  );
  await jo.submit({ 'What people say when they need it': bad.slice(0, 3).join('\n') }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toMatch(/help for my child.*dad and the dads.*what can I do/);
  await jo.submit({ 'What people say when they need it': 'quoll in the nursery [0-5]' });
  expect(jo.visibleText('modal')).toContain('‘quoll in the nursery [0-5]’');
  await jo.click('Details');
  await jo.submit({ Year: 'soon' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('Please give a year');
  await jo.submit({
    Year: '2024',
    'Does it cost anything?': 'It may cost money',
    'What to know before using it': 'It was written for Scotland.',
  });
  expect(jo.visibleText('modal')).toContain('*Know first:* It was written for Scotland.');
  expect(await asked(robin, `/chatr find ${known}`)).toMatch(/2024[\s\S]*It was written for Scotland\./);
  await jo.click('Details');
  await jo.submit({ 'What to know before using it': '' });
  expect(await asked(robin, `/chatr find ${known}`)).not.toContain('written for Scotland');
  await jo.click('Retire');
  expect(jo.visibleText('modal')).toContain('Retired:');
  expect(await asked(robin, `/chatr find ${known}`)).not.toContain(`|${known}>`);
  expect(await asked(robin, '/chatr saved')).toContain('Retired: the curators have taken this out');
  expect(jo.visibleText('modal')).toMatch(/Retired by <@/);
  expect(JSON.stringify(jo.modal())).toContain('as it was before you retired it');
  await jo.click('Undo');
  expect(jo.visibleText('modal')).toMatch(/Undone:.*is back, as it was before it was retired/);
  expect(jo.visibleText('modal')).toMatch(/Brought back by <@/);
  expect(JSON.stringify(jo.modal())).toMatch(/is retired again, as it was before you brought it back on /);
  await jo.click('Undo the last change');
  expect(jo.visibleText('modal')).toMatch(/Undone:.*is retired again: nobody finds it/);
  await jo.click('Undo');
  expect(await asked(robin, `/chatr find ${known}`)).toContain(`|${known}>`);
  expect(community.log).toEqual([]);
});

test('an entry that is retired while somebody looks at it is said to be gone, and nothing fails', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command(`/chatr find ${known}`);
  await openEntry(jo, known);
  await jo.click('Retire');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  expect(newest(robin)).toContain('no longer in the catalogue, so it was not saved');
  expect(newest(robin)).not.toContain('Put it back');
  expect(community.log).toEqual([]);
});

test.each([
  ['javascript:alert(1)', 'Only web pages'],
  ['file:///etc/passwd', 'Only web pages'],
  ['data:text/html,x', 'Only web pages'],
  ['http://192.168.0.1/', 'private network'],
  ['http://localhost/', 'private network'],
  ['https://bit.ly/3abc', 'own address'],
  ['https://a:b@example.org/', 'a name and a password'],
  ['http://uktraumacouncil.org/about/?utm_source=x', 'This address is in the catalogue already'],
])('neither a suggestion nor an entry can have the address %s', async (url, said) => {
  const { robin, jo } = await givenCurators();
  await robin.command('/chatr suggest');
  await robin.submit({ Title: 'Good', 'Web address': url }, { mayFail: true });
  expect(JSON.stringify(robin.modal())).toContain(said);
  await openQueue(jo);
  await jo.click('Add an entry');
  await jo.submit({ ...page, 'Web address': url }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain(said);
});

test('a report is settled by looking, a contact by ringing, and both can be taken back', async () => {
  const { community, robin, jo } = await givenCurators();
  await robin.command(`/chatr find ${known}`);
  await robin.choose({ actionId: 'resources.about' }, 'About, helped, out of date', { nth: 0 });
  await robin.click('It is out of date');
  expect(robin.visibleText('modal')).toContain('The curators see that this seems out of date');
  await openQueue(jo, /^Reported/);
  expect(jo.visibleText('modal')).toContain(known);
  expect(jo.visibleText('modal')).toMatch(/Reported:\W* out of date\n/);
  expect(jo.visibleText('modal')).toContain('See whether the page still says this');
  await robin.click('The link does not work');
  await openQueue(jo, /^Reported/);
  expect(jo.visibleText('modal')).toMatch(/Reported:\W* out of date, and the link does not work/);
  await jo.click('Looked at it: fine');
  expect(jo.visibleText('modal')).toContain('Noted:');
  await openQueue(jo, /^Reported/);
  expect(jo.visibleText('modal')).toContain('Nothing of this kind waits');

  const route = content.signposts.safeguarding_routes[0];
  if (!route) throw new Error('There is no route.');
  await openQueue(jo, /^Contacts/);
  for (let pages = 0; pages < 9 && !jo.visibleText('modal').includes(route.name); pages += 1)
    await jo.click('More');
  await jo.click({ actionId: 'resources.contact-wrong', value: contactValue(jo, route.id) });
  await closeAll(jo);
  expect(await asked(robin, '/chatr support')).toContain(`No number is given here for`);
  expect(community.log).toEqual([]);
});

test('a contact whose check is overdue stays, says when it was checked last, and waits for curators again', async () => {
  const { community, robin, jo } = await givenCurators();
  const route = content.signposts.safeguarding_routes[0];
  if (!route) throw new Error('There is no route.');
  const turnToIt = async () => {
    await openQueue(jo, /^Contacts/);
    for (let pages = 0; pages < 20 && !jo.visibleText('modal').includes(route.name); pages += 1)
      await jo.click('More');
  };
  await turnToIt();
  await jo.click({ actionId: 'resources.contact-checked', value: contactValue(jo, route.id) });
  await closeAll(jo);
  expect(await asked(robin, '/chatr support')).toContain('Checked on 3 March 2026.');

  community.clock.forward(100 * 24 * 60);
  await community.beat();
  const shown = await asked(robin, '/chatr support');
  expect(shown).toContain(route.phone);
  expect(shown).toContain('Check first, last checked on 3 March 2026.');
  await turnToIt();
  expect(jo.visibleText('modal')).toContain(route.name);
});

/** What the buttons about a contact carry, on the page that is shown. */
function contactValue(person: PersonDriver, id: string): string {
  const [, value] = new RegExp(`"value":"([^"]*:${id})"`).exec(JSON.stringify(person.modal())) ?? [];
  if (value === undefined) throw new Error(person.describe());
  return value;
}

test('when the content files change what a curator changed, the queue shows both', async () => {
  const { community, robin, jo } = await givenCurators();
  await openEntry(jo, known);
  await jo.click('Change the page');
  await jo.submit({ Title: 'Jo’s own title' });
  await community.stopBot();
  const all = content.catalogue.all.map((one) =>
    one.title === known ? { ...one, title: 'The files’ new title' } : one,
  );
  await community.startBot({ catalogue: toCatalogue(all) });
  expect(await asked(robin, '/chatr find Jo’s own title')).toContain('Jo’s own title');
  await openQueue(jo, /^Changed in the content files/);
  const shown = jo.visibleText('modal');
  expect(shown).toContain('Jo’s own title');
  expect(shown).toContain('The files’ new title');
  await jo.click('Take the files’');
  expect(await asked(robin, '/chatr find The files’ new title')).toContain('The files’ new title');
  await jo.click('Undo');
  expect(await asked(robin, '/chatr find Jo’s own title')).toContain('Jo’s own title');
});

test('members have no door to any of it, not even a forged one', async () => {
  const { community, robin } = await givenCurators();
  expect(await asked(robin, '/chatr catalogue')).not.toContain('wait');
  await robin.openHome();
  expect(robin.visibleText('home')).not.toContain('Catalogue');
  for (const action of [
    'entry',
    'retire',
    'new-entry',
    'edit-page',
    'entry-checked',
    'contact-wrong',
    'not-ours',
    'queue.all',
    'undo.version',
    'open-phrase',
    'accept-as-entry',
    'keep-ours',
  ])
    for (const value of ['all:0:uktc-about', 'all:0:1/uktc-about', 'all:0:word/x', '', ':::', 'x'])
      await pressForged(community, 'robin', { actionId: `resources.${action}`, value });
  await closeAll(robin);
  expect(await asked(robin, `/chatr find ${known}`)).toContain(known);
  expect(databaseBytes(community)).not.toContain('resources.change');
  expect(community.log).toEqual([]);
});

test('a list of entries: each row’s fate first, then the import, found at once', async () => {
  const { community, robin, jo } = await givenCurators();
  await openQueue(jo);
  await jo.click('Import a list');
  await jo.submit({}, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('Please choose a CSV file above');
  await jo.submit({ 'Or paste the list': 'name,age\nx,7' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('No column with web addresses was found');
  const csv = [
    'title;url;publisher;type;topics;age groups;readers;summary;phrases',
    'Wombat nights;https://www.example.org/wombat;Example Trust;leaflet;resilience;0-5;midwives;What helps babies and others at night.;quokka up at three',
    ';http://www.uktraumacouncil.org/about/;Council of *wombats*;;;;;;',
    'Bad;javascript:alert(1);x;leaflet;resilience;0-5;midwives;What helps babies and others at night.;',
    'Wombat;https://example.org/wombat/;;;;;;;',
  ].join('\n');
  await jo.submit({ 'Or paste the list': csv });
  const fates = jo.visibleText('modal');
  expect(fates).toContain('1 new, 1 changed, 0 as they are, 1 twice in the list and 1 left out');
  expect(fates).toContain('Only web pages');
  expect(await asked(robin, '/chatr find wombat')).not.toContain('Wombat nights');
  expect(fates).toMatch(/Publisher:\W+UK Trauma Council → Council of \W+wombats/);
  // Closed, or turned back: the list is there again.
  await jo.closeModal();
  await openQueue(jo);
  await jo.click('Import a list');
  expect(jo.visibleText('modal')).toContain('Your last list is still here');
  expect(JSON.stringify(jo.modal())).toContain('Council of *wombats*');
  await jo.click('Look at it again');
  expect(jo.visibleText('modal')).toContain('1 new, 1 changed');
  await jo.click('Change the list');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('1 new, 1 changed');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('1 new entry, 1 changed');
  expect(await asked(robin, '/chatr find wombat')).toContain('Wombat nights');
  expect(community.log).toEqual([]);
});

test('a list is read however it was saved, and each row has its fate, or it is said why not', async () => {
  const { community, jo } = await givenCurators();
  const row = (title: string, url: string) => [
    title,
    url,
    'Zoë’s Trust',
    'leaflet',
    'resilience',
    '0-5',
    'midwives',
    'What helps babies and others at night.',
    'x',
  ];
  const rows = [
    [
      'Title',
      'Web address',
      'Publisher',
      'Type',
      'Topics',
      'Age groups',
      'Readers',
      'Summary',
      'Budget code',
    ],
    row('Wombat nights', 'https://www.example.org/wombat'),
    row('Wombat again', 'http://example.org/wombat/?utm_source=x'),
    row('', 'http://www.uktraumacouncil.org/about/'),
    row('Nights of Blessing', 'https://www.example.org/blessing'),
  ];
  const written = (by: string) => rows.map((cells) => cells.join(by)).join('\r\n');
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const windows = Buffer.from(written(';').replaceAll('’', '\x92'), 'latin1');
  const outcome = async (bytes: Buffer | string): Promise<string> => {
    await openQueue(jo);
    await jo.click('Import a list');
    await jo.submit({ 'CSV file': jo.upload('list.csv', Buffer.from(bytes)) }, { mayFail: true });
    await community.workspace.settled();
    return jo.visibleText('modal');
  };
  for (const [how, bytes] of [
    ['UTF-8', Buffer.from(written(','))],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${written(',')}`)],
    ['UTF-16 with a mark', utf16(`\ufeff${written('\t')}`)],
    ['UTF-16 without', utf16(written('\t'))],
    ['UTF-16, big end first', utf16(`\ufeff${written(';')}`).swap16()],
    ['the old Windows letters, with semicolons', windows],
  ] as const) {
    const said = await outcome(bytes);
    expect
      .soft([how, said])
      .toEqual([
        how,
        expect.stringMatching(
          /4 rows read:\*? 2 new, 1 changed, 0 as they are, 1 twice in the list and 0 left out/,
        ),
      ]);
    expect.soft([how, said]).toEqual([how, expect.stringMatching(/Columns that are not used: Budget code/)]);
    expect.soft([how, said]).toEqual([how, expect.stringMatching(/Wombat again.*stands in line 2 already/)]);
    expect.soft([how, said]).toEqual([how, expect.stringMatching(/UK Trauma Council → Zoë’s Trust/)]);
  }
  const many = (count: number, wide = '') =>
    [
      'url,title',
      ...Array.from({ length: count }, (_, nth) => `https://www.example.org/${nth},Page ${nth}${wide}`),
    ].join('\n');
  for (const [bytes, says] of [
    ['', 'There is no entry in this list'],
    [' \n\n', 'There is no entry in this list'],
    ['\ufefftitle,url', 'There is no entry in this list'],
    ['colour,size\nred,7', 'yours are “colour” and “size”'],
    ['title,url\n"Open,https://www.example.org/a', 'Line 2 has a quotation mark without its partner'],
    ['PK\u0003\u0004', 'This is not a CSV file'],
    [many(10_000), 'This list has 10,000 entries. Please import at most 1,000 at a time.'],
    [
      many(10_000, ' wide'.repeat(60)),
      'more than 2 MB. Please save only the list as CSV, at most 1,000 entries at a time.',
    ],
  ] as const)
    expect.soft([says, await outcome(bytes)]).toEqual([says, expect.stringContaining(says)]);
  const all = await outcome(many(1000));
  expect(all).toContain('1000 rows read');
  expect(all).toContain('1000 left out');
  expect(all).toMatch(/1001: Page 999|And \d+ more rows/);
  expect(community.log).toEqual([]);
});

test('links are visited: one that moved gets its new address by a press, one that broke waits after three days', async () => {
  const server = await givenMoodyServer();
  const outside = createOutside({
    mayConnect: () => true,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  const at = (path: string, host: string) => `http://${host}.org:${server.port}${path}`;
  const { community, robin, jo } = await givenCurators({ outside });
  await community.stopBot();
  const [first, second, third] = content.catalogue.shown;
  if (!first || !second || !third) throw new Error('There are no entries.');
  const few = [
    { ...first, url: at('/old', 'one') },
    { ...second, url: at('/broken', 'two') },
    { ...third, url: at('/only-for-people', 'three') },
  ];
  server.mood('/only-for-people', 404);
  server.mood('/old', redirect(301, '/new'));
  server.mood('/broken', 404);
  await community.startBot({ catalogue: toCatalogue(few) });
  await community.beat();
  await community.bot().settled();
  await openQueue(jo, /^Links/);
  expect(jo.visibleText('modal')).toContain('Moved:');
  expect(jo.visibleText('modal')).not.toContain('Link broken');
  await jo.click('Take the new address');
  expect(jo.visibleText('modal')).toContain('the entry has its new address');
  expect(await asked(robin, `/chatr find ${first.title}`)).toContain(at('/new', 'one'));
  for (let day = 0; day < 3; day += 1) {
    await community.forward(25 * 60, 60 * 5);
    await community.bot().settled();
  }
  await openQueue(jo, /^Links/);
  const shown = jo.visibleText('modal');
  expect(shown).toContain('Link broken:');
  expect(shown).toContain('the page is not there any more (answer 404)');
  expect(shown).toContain('Look for its title on the publisher\u2019s site.');
  // One of them opens in a browser.
  await jo.click('Looked at it: fine', { nth: 0 });
  expect(jo.visibleText('modal')).toContain('Noted:');
  expect(jo.visibleText('modal')).toContain(second.title);
  expect(jo.visibleText('modal')).not.toContain(third.title);
  await jo.click('Visit it again');
  expect(jo.visibleText('modal')).toContain('Soon:');
  server.mood('/broken', 200);
  await community.beat();
  await community.bot().settled();
  await openQueue(jo, /^Links/);
  expect(jo.visibleText('modal')).toContain('Nothing of this kind waits');
  expect(community.log).toEqual([]);
});
