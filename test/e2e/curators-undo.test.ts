import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { later } from '../../src/lib/clock.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { agree, closeAll, messagesSaying } from '../support/stories.ts';
import { page } from '../support/wombat-page.ts';

/** Curators, and three who have agreed. The clock moves a little with each look at it, as a real one does. */
async function givenCurators(): Promise<{
  community: Community;
  members: PersonDriver[];
  jo: PersonDriver;
  fran: PersonDriver;
}> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const members = ['robin', 'sam', 'gale'].map((name) => community.as(name));
  for (const one of members) await agree(one);
  const { clock } = community;
  const still = clock.now.bind(clock);
  let looks = 0;
  clock.now = () => {
    looks += 1;
    return later(still(), looks);
  };
  return { community, members, jo: community.as('jo'), fran: community.as('fran') };
}

const who = {
  'Mainly about': 'Resilience and protective factors',
  'Age groups': ['Early years, 0 to 5'],
  Readers: ['Midwives', 'GPs'],
};

async function suggestPage(person: PersonDriver, url = page['Web address'], why = ''): Promise<void> {
  await closeAll(person);
  await person.command('/chatr suggest');
  await person.submit({ Title: 'Wombat', 'Web address': url, 'Why is it good, and for whom?': why });
  expect(person.visibleText('modal')).toContain('Thank you');
  await closeAll(person);
}

/** Opens a part of what waits, from Home. */
async function openQueue(curator: PersonDriver, part: RegExp): Promise<void> {
  await closeAll(curator);
  await curator.openHome();
  await curator.click('See what waits', { in: 'home' });
  const offered = JSON.stringify(curator.modal()?.blocks);
  const words = [...offered.matchAll(/"text":"([^"]+ \(\d+\))"/g)].map(([, text = '']) => text);
  await curator.choose({ actionId: 'resources.queue.show' }, words.find((one) => part.test(one)) ?? '');
}

const about = (person: PersonDriver, what: string): string[] =>
  messagesSaying(person, what).map((one) => person.visibleText(one));
const heardBy = (members: readonly PersonDriver[]): string[][] =>
  members.map((one) => about(one, 'About your suggestion'));

test('what is declined and taken back waits again for everybody who suggested it, and each hears of the next decision once', async () => {
  const { community, members, jo } = await givenCurators();
  for (const one of members) await suggestPage(one);
  await openQueue(jo, /^Suggestions \(1\)/);
  expect(jo.visibleText('modal')).toContain('3 people suggested it');
  await jo.click('Decline');
  await jo.submit({ 'Why?': 'It is about something that this catalogue does not cover.' });
  await community.beat();
  expect(heardBy(members).map((all) => all.length)).toEqual([1, 1, 1]);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('3 people have heard already that it was not added.');
  await openQueue(jo, /^Suggestions \(1\)/);
  expect(jo.visibleText('modal')).toContain('3 people suggested it');
  await jo.click('Accept');
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  for (const heard of heardBy(members))
    expect(heard).toEqual([
      expect.stringContaining('was not added this time'),
      expect.stringMatching(/in the catalogue after all.*An earlier message said that it was not added/s),
    ]);
  expect(community.log).toEqual([]);
});

test('all of one person that are declined at once come back at once, and who heard that one was added hears that it was not', async () => {
  const { community, members, jo } = await givenCurators();
  const [robin, sam] = members as [PersonDriver, PersonDriver];
  await suggestPage(robin);
  await suggestPage(robin, 'https://www.example.org/quokka');
  await openQueue(jo, /^Suggestions \(2\)/);
  await jo.click('Decline all 2 of theirs', { nth: 0 });
  await jo.submit({ 'Why?': 'It is about something that this catalogue does not cover.' });
  // On its way and called back, the one message about both told nothing of either.
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toMatch(/Undone:\W* 2 suggestions wait again\. Nobody has heard of it\./);
  await community.beat();
  expect(heardBy(members)[0]).toEqual([]);
  await jo.click('Decline all 2 of theirs', { nth: 0 });
  await jo.submit({ 'Why?': 'Not for us, and they are told nothing.' });
  expect(jo.visibleText('modal')).toMatch(/Declined:\W* 2 suggestions\. Nobody is told\./);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toMatch(/Undone:\W* 2 suggestions wait again\. Nobody has heard of it\./);

  // Accepted, told and taken back: what says nothing is not all there is to choose.
  await openQueue(jo, /^Suggestions \(2\)/);
  await jo.click('Accept', { nth: 0 });
  await jo.submit(page);
  await jo.submit(who);
  expect(jo.visibleText('modal')).toContain('Published.');
  await community.beat();
  await jo.click('Undo the last change');
  await openQueue(jo, /^Suggestions \(2\)/);
  await jo.click('Decline', { nth: 0 });
  expect(jo.visibleText('modal')).not.toContain('they are told nothing');
  const silent = 'Not for us. They hear that it was not added after all, and no more.';
  await jo.submit({ 'Why?': silent, 'A few words to them': 'Sorry' }, { mayFail: true });
  expect(JSON.stringify(jo.modal())).toContain('nobody gets these words');
  await jo.submit({ 'Why?': silent, 'A few words to them': '' });
  await community.beat();
  const corrected = expect.stringMatching(
    /not added after all:\W.*An earlier message said that it is in the catalogue\. That was taken back\. Thank you/s,
  );
  expect(heardBy(members)[0]?.slice(1)).toEqual([corrected]);
  await suggestAgain(robin, 'You have suggested this address before. The curators have seen it.');

  // The other one nobody has heard of.
  await openQueue(jo, /^Suggestions \(1\)/);
  await jo.click('Decline');
  await jo.submit(
    { 'Why?': 'Not for us, and they are told nothing.', 'A few words to them': 'Hm' },
    { mayFail: true },
  );
  await jo.submit({ 'Why?': 'Not for us, and they are told nothing.', 'A few words to them': '' });
  await community.beat();
  expect(heardBy(members)[0]).toHaveLength(2);

  // Declined with a reason, it says so when it comes again.
  await suggestPage(sam);
  await suggestAgain(sam, 'You have suggested this address before. The curators have it.');
  await openQueue(jo, /^Suggestions \(1\)/);
  await jo.click('Decline');
  await jo.submit({ 'Why?': 'It is in the catalogue already.', 'A few words to them': 'See there' });
  await community.beat();
  await suggestAgain(sam, 'and it was not added. It is in the catalogue already.');
  await closeAll(sam);
  await jo.click('Undo', { in: 'modal' });
  const [told] = messagesSaying(sam, 'About your suggestion');
  if (told) await sam.click('Read what the curator says', { in: told });
  expect(sam.visibleText('modal')).toContain('have taken this answer back');
  expect(community.log).toEqual([]);
});

async function suggestAgain(person: PersonDriver, refused: string): Promise<void> {
  await closeAll(person);
  await person.command('/chatr suggest');
  await person.submit({ Title: 'Wombat', 'Web address': page['Web address'] }, { mayFail: true });
  expect(JSON.stringify(person.modal())).toContain(refused);
}

test('what was looked for waits again when its answer is taken back, with whoever was not told yet', async () => {
  const { community, members, jo } = await givenCurators();
  const [robin, sam] = members as [PersonDriver, PersonDriver];
  const ask = async (person: PersonDriver, words: string) => {
    await closeAll(person);
    await person.command(`/chatr find ${words}`);
    await person.click('Ask somebody');
    await person.submit();
    if (person.visibleText('modal').includes('Keep it as it is')) {
      await person.click('Keep it as it is');
      await person.submit();
    }
    expect(person.visibleText('modal')).toContain('The curators see your words');
  };
  const answers = (person: PersonDriver) => about(person, 'About your question');
  const belongs = async () => {
    await openQueue(jo, /^Looked for and not found \(1\)/);
    await jo.click('It belongs to…');
    await jo.submit({ 'Topic or entry': 'Resilience and protective factors' });
    expect(jo.visibleText('modal')).toContain('from now on');
  };
  await ask(robin, 'quokka sleepless');
  await belongs();
  // Nobody was told yet: the asker waits with the question.
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('They wait in the queue again.');
  await community.beat();
  expect(answers(robin)).toEqual([]);
  await belongs();
  await community.beat();
  expect(answers(robin)).toHaveLength(1);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('who that was is not kept');
  // Somebody else asks for the same: it is told as an answer of its own, and to nobody twice.
  await ask(sam, 'quokka sleepless');
  await openQueue(jo, /^Looked for and not found \(1\)/);
  await jo.click('New entry', { nth: 0 });
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  expect([answers(robin), answers(sam)]).toEqual([
    [expect.stringContaining('There is an answer')],
    [expect.stringContaining('Wombat nights')],
  ]);
  await jo.click('Undo', { nth: 0, in: 'modal' });
  expect(jo.visibleText('modal')).toMatch(
    /out of the catalogue, and what was looked for waits in the queue again/,
  );
  await openQueue(jo, /^Looked for and not found \(1\)/);
  await jo.click('Not ours');
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('it waits again');
  await openQueue(jo, /^Looked for and not found \(1\)/);
  await jo.click('Not ours');
  // The words are not kept for longer than that may be taken back.
  await community.forward(8 * 24 * 60, 12 * 60);
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toContain('Nothing was changed');
  expect(community.log).toEqual([]);
});

test('of two curators on one suggestion the second sees who accepted it, with what they typed over the entry', async () => {
  const { community, members, jo, fran } = await givenCurators();
  const [robin] = members as [PersonDriver];
  await suggestPage(robin);
  for (const one of [jo, fran]) {
    await openQueue(one, /^Suggestions \(1\)/);
    await one.click('Accept');
  }
  await fran.submit({ ...page, Title: 'Wombats by night' });
  await jo.submit(page);
  await jo.submit(who);
  const words = { 'What people say when they need it': 'wombat up at three' };
  await fran.submit({ ...who, ...words });
  expect(fran.visibleText('modal')).toContain(
    `<@${jo.id}> has accepted this suggestion while you had it open`,
  );
  expect(fran.visibleText('modal')).toContain('Wombat nights → Wombats by night');
  expect(JSON.stringify(fran.modal())).toContain('wombat up at three');
  await fran.submit();
  expect(fran.visibleText('modal')).toMatch(/Saved\..*‘wombat up at three’/s);

  // In the first step already, and where it was declined.
  const quokka = { ...page, 'Web address': 'https://www.example.org/quokka', Title: 'Quokka days' };
  await suggestPage(robin, quokka['Web address'], 'Kind to fathers');
  await suggestPage(robin, 'https://www.example.org/other', 'Kind to others');
  await openQueue(fran, /^Suggestions \(2\)/);
  await fran.click('Accept', { nth: 0 });
  await openQueue(jo, /^Suggestions \(2\)/);
  await jo.click('Decline all 2 of theirs', { nth: 0 });
  await jo.submit({ 'Why?': 'It is in the catalogue already.' });
  await fran.submit(quokka);
  expect(fran.visibleText('modal')).toMatch(
    /has declined this suggestion.*It is in the catalogue already.*Why it is good.*Kind to fathers/s,
  );
  expect(fran.visibleText('modal')).not.toContain('Kind to others');
  expect(JSON.stringify(fran.modal())).toContain('Quokka days');
  await fran.submit({ ...quokka, Title: 'Quokka days of Kayleigh Smith, aged 6' });
  expect(fran.visibleText('modal')).toMatch(/Please look once more.*Kind to fathers/s);
  await fran.submit(quokka);
  await fran.submit(who);
  expect(fran.visibleText('modal')).toMatch(/Published\.\W* It is found from now on\./);
  expect(community.log).toEqual([]);
});

test('an import is taken back whole, but for what somebody has changed since', async () => {
  const { community, jo, fran } = await givenCurators();
  await openQueue(jo, /^Suggestions/);
  await jo.click('Import a list');
  const rest = 'Example Trust;leaflet;resilience;0-5;midwives;What helps babies and others at night.';
  await jo.submit({
    'Or paste the list': [
      'title;url;publisher;type;topics;age groups;readers;summary',
      `Wombat nights;https://www.example.org/wombat;${rest}`,
      `Quokka days;https://www.example.org/quokka;${rest}`,
      ';http://www.uktraumacouncil.org/about/;Council of wombats;;;;;',
    ].join('\n'),
  });
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('2 new entries, 1 changed');
  await closeAll(fran);
  await openQueue(fran, /^Suggestions/);
  await fran.click('Change an entry');
  await fran.submit({ Entry: 'Quokka days' });
  await fran.click('Details');
  await fran.submit({ Year: '2024' });
  await jo.click('Undo', { in: 'modal' });
  expect(jo.visibleText('modal')).toMatch(
    /Undone:\W* 2 entries are as before.*Left as they are.*‘Quokka days’/s,
  );
  const titles = community
    .bot()
    .content()
    .catalogue.all.map(({ title }) => title);
  expect(titles).toContain('Quokka days');
  expect(titles).not.toContain('Wombat nights');
  expect(
    community
      .bot()
      .content()
      .catalogue.all.map(({ publisher }) => publisher),
  ).not.toContain('Council of wombats');
  expect(community.log).toEqual([]);
});

test('an age or a date beside a name is asked about once before an entry is published, by form and by list', async () => {
  const { community, jo } = await givenCurators();
  const published = () => JSON.stringify(community.bot().content().catalogue.all);
  await openQueue(jo, /^Suggestions/);
  await jo.click('Add an entry');
  const told = { ...page, 'One sentence about it': 'A short film about Kayleigh Smith, aged 6.' };
  await jo.submit(told);
  expect(jo.visibleText('modal')).toMatch(
    /Please look once more:\W* this seems to hold .*Everybody reads this/,
  );
  expect(JSON.stringify(jo.modal())).toContain('Kayleigh Smith');
  await jo.submit({}, { mayFail: true });
  expect(jo.visibleText('modal')).toContain('This still holds');
  // Of an inquiry it can stay; whoever says nothing about it loses nothing.
  await jo.click('Keep it as it is');
  await jo.submit();
  await jo.submit(who);
  expect(jo.visibleText('modal')).toContain('Published.');
  await jo.click('Details');
  await jo.submit({
    'What to know before using it': 'It shows Amara Bello, born on 3 March 2019, in hospital.',
  });
  expect(jo.visibleText('modal')).toContain('Please look once more');
  await jo.submit({ 'What to know before using it': 'It shows a child in hospital.' });
  expect(jo.visibleText('modal')).toContain('Saved.');
  await jo.click('Change the page');
  await jo.submit({ 'Who publishes it': 'Another Trust' });
  expect(jo.visibleText('modal')).toContain('Saved.');

  await openQueue(jo, /^Suggestions/);
  await jo.click('Import a list');
  const row = (url: string, summary: string) =>
    `Quokka ${url};https://www.example.org/${url};Example Trust;leaflet;resilience;0-5;midwives;${summary}`;
  const list = [
    'title;url;publisher;type;topics;age groups;readers;summary',
    row('one', 'What happened to Ebony Clarke (born 3 March 2019) and what helped.'),
    row('two', 'What helps babies and others at night.'),
  ].join('\n');
  await jo.submit({ 'Or paste the list': list });
  expect(jo.visibleText('modal')).toMatch(/Quokka one – \*new\*\n\*Please look once more:\*/);
  await jo.submit();
  expect(jo.visibleText('modal')).toMatch(/1 new entry, 0 changed.*Quokka one.*left out.*seems to hold/s);
  expect(published()).not.toContain('Ebony Clarke');
  await openQueue(jo, /^Suggestions/);
  await jo.click('Import a list');
  await jo.submit({ 'Or paste the list': list });
  await jo.submit({ 'Rows that seem to hold something about a person': ['Import these too'] });
  expect(published()).toContain('Ebony Clarke');
  expect(community.log).toEqual([]);
});

test('whoever has ten waiting sees them, oldest first, takes one back and sends what they wrote; what waits says since when', async () => {
  const { community, members, jo } = await givenCurators();
  const [robin] = members as [PersonDriver];
  for (let nth = 0; nth < 10; nth += 1) await suggestPage(robin, `www.example.org/page-${nth}`);
  await robin.command('/chatr suggest');
  await robin.submit({ Title: 'Numbat', 'Web address': 'https://www.example.org/numbat' });
  const shown = robin.visibleText('modal');
  expect(shown).toMatch(/ten of your suggestions wait.*page-0.*page-9/s);
  expect(shown).toContain('since Tuesday 3 March');
  await robin.click('Take it back', { nth: 0 });
  expect(robin.visibleText('modal')).toContain('There is room now');
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Thank you');
  await openQueue(jo, /^Suggestions \(10\)/);
  expect(jo.visibleText('modal')).toMatch(
    /https:\/\/www\.example\.org\/page-1\|.*waiting since Tuesday 3 March/s,
  );

  // Before a published one is undone, how many know of it.
  await jo.click('Accept', { nth: 0 });
  await jo.submit(page);
  await jo.submit(who);
  await community.beat();
  await jo.click('Back to the queue');
  await jo.click('Change an entry');
  await jo.submit({ Entry: page.Title });
  expect(JSON.stringify(jo.modal())).toContain('1 person was told that it is there');
  expect(community.log).toEqual([]);
});
