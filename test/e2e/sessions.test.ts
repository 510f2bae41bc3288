import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll, makeGroup, messagesSaying, pressForged } from '../support/stories.ts';

const group = 'Perinatal pilot';
const day = 24 * 60;

/** Jo plans it from the first window to the last. */
async function plan(
  jo: PersonDriver,
  change: {
    what?: Record<string, string>;
    when?: Record<string, string>;
    places?: Record<string, string | string[]>;
  } = {},
): Promise<void> {
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  await jo.submit({ 'What is it?': 'Perinatal', 'Who is it for?': group, ...change.what });
  await jo.submit({
    Day: '2026-03-17',
    'Begins at': '10:00',
    Place: 'Town hall, room 2',
    'Link to an online meeting': 'https://meet.example.org/perinatal',
    ...change.when,
  });
  await jo.submit({ 'How many places?': '1', ...change.places });
}

test('a session from its planning to its end: booked, waited for, given up, offered, moved, reminded of and cancelled', async () => {
  const community = await givenCommunity();
  const [jo, robin, sam, toni, gale] = ['jo', 'robin', 'sam', 'toni', 'gale'].map((name) =>
    community.as(name),
  ) as [PersonDriver, PersonDriver, PersonDriver, PersonDriver, PersonDriver];
  await community.forward(2 * 60, 60);
  await agreeOnly(robin, sam, toni);
  await makeGroup(jo, group, ['robin', 'sam', 'toni']);

  await plan(jo);
  expect(jo.visibleText('modal')).toContain('Planned.');
  // The length and the name came from the series.
  expect(jo.visibleText('modal')).toContain('Tuesday 17 March, 10:00 to 11:30 (90 minutes)');
  expect(jo.visibleText('modal')).toContain('0 of 1 place');
  await closeAll(jo);
  await gale.command('/chatr sessions');
  expect(gale.visibleText('modal'), 'it is for a group').toContain('No dates yet');
  await closeAll(gale);

  // A place, and the link with it.
  await robin.command('/chatr training');
  expect(robin.visibleText('modal')).toContain('1 place left');
  await robin.click({ actionId: 'sessions.open' });
  expect(robin.visibleText('modal')).toContain('The link to join comes with your place');
  expect(robin.visibleText('modal')).not.toContain('meet.example.org');
  expect(robin.visibleText('modal')).toContain('Only those who run a session see who has a place');
  await robin.submit({ 'I come as': 'Midwifery and maternity' });
  expect(robin.visibleText('modal')).toContain('Your place is booked');
  expect(JSON.stringify(robin.modal()?.blocks)).toContain('meet.example.org');
  await closeAll(robin);
  const [confirmed] = messagesSaying(robin, 'You have a place: Perinatal');
  expect(JSON.stringify(confirmed), 'messages stay in Slack').not.toContain('meet.example.org');

  // Full: two wait, one of them abroad.
  await sam.command('/chatr sessions');
  await sam.click('Open');
  expect(sam.modal()?.submit).toBe('Join the waiting list');
  await sam.submit({ 'I come as': 'Health visiting and school nursing' });
  expect(sam.visibleText('modal')).toContain('You are on the waiting list');
  await closeAll(sam);
  await toni.command('/chatr sessions');
  await toni.click('Open');
  expect(toni.visibleText('modal')).toContain('06:00 to 07:30 your time (10:00 in London)');
  await toni.submit({ 'I come as': 'Schools and education' });
  await closeAll(toni);
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('1 of 1 place, 2 waiting');
  await robin.openHome();
  expect(robin.visibleText('home')).toContain(
    '*Your next session:* Perinatal, Tuesday 17 March, 10:00 to 11:30',
  );
  expect(robin.visibleText('home'), 'who else comes is nobody’s business').not.toContain('waiting');

  // Given up by the button of the message; the next is asked and lets the day pass, the one after takes it.
  await robin.click('Give up my place', { in: confirmed ?? 'home' });
  await community.beat();
  expect(messagesSaying(sam, 'A place has come free')).toHaveLength(1);
  expect(messagesSaying(toni, 'A place has come free')).toHaveLength(0);
  await robin.command('/chatr sessions');
  expect(robin.visibleText('modal'), 'it is offered, so it is taken').toContain('Full');
  await closeAll(robin);
  await community.forward(2 * day, 60);
  const [offer] = messagesSaying(toni, 'A place has come free');
  const sessionId = /"value":"([^"]+)"/.exec(JSON.stringify(offer))?.[1] ?? '';
  expect(toni.visibleText(offer)).toContain('Without an answer by then the next person is asked');
  if (!offer) throw new Error(toni.describe());
  await toni.click('Take the place', { in: offer });
  expect(messagesSaying(toni, 'Your place')).toHaveLength(1);
  expect(messagesSaying(toni, 'You have a place'), 'it is said once').toHaveLength(0);
  // What asked Sam says that it ran out; whoever presses an older one all the same hears what is so.
  expect(messagesSaying(sam, 'A place has come free')).toHaveLength(0);
  const [lapsed] = messagesSaying(sam, 'How your place stands');
  expect(sam.visibleText(lapsed)).toMatch(/was kept for you until .* is not yours any more.*off the list/);
  expect(sam.visibleText(lapsed)).not.toContain('Take the place');
  await pressForged(community, 'sam', { actionId: 'sessions.accept', value: sessionId });
  expect(JSON.stringify([sam.ephemerals(), sam.dmsWithBot()])).toContain(
    'There is no place just now. You can join',
  );

  // Names are for those who run it.
  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home' });
  await jo.click('Who is coming');
  expect(jo.visibleText('modal')).toContain(`<@${toni.id}> (Schools and education)`);
  await jo.click('Back to the session');

  // Two changes within an hour are told as one, with the old and the new time.
  await jo.click('When and where');
  await jo.submit({ 'Begins at': '13:00' });
  expect(jo.visibleText('modal')).toContain('told in an hour');
  await community.forward(30, 10);
  await jo.click('When and where');
  await jo.submit({ 'Begins at': '14:00', Place: 'Library' });
  await closeAll(jo);
  await community.forward(20, 10);
  expect(messagesSaying(toni, 'New time')).toHaveLength(0);
  await community.forward(day, 60);
  const moved = messagesSaying(toni, 'New time');
  expect(moved).toHaveLength(1);
  const said = moved.map((message) => toni.visibleText(message)).join();
  expect(said).toContain('It was: Tuesday 17 March, 06:00 to 07:30 your time (10:00 in London)');
  expect(said).toContain('It is now: *Tuesday 17 March, 10:00 to 11:30 your time (14:00 in London)*');
  expect(said).toContain('Library');

  // Two reminders, and no more.
  await community.forward(11 * day, 240);
  await community.forward(2 * 60, 30);
  expect(messagesSaying(toni, 'Your session: Perinatal').map(({ at }) => at.slice(0, 10))).toEqual([
    '2026-03-13',
    '2026-03-17',
  ]);
  expect(messagesSaying(sam, 'Your session')).toHaveLength(0);

  // Over, no message offers to give the place up any more.
  await community.forward(8 * 60, 60);
  expect(JSON.stringify(toni.dmsWithBot())).toMatch(/This session is over: Perinatal, Tuesday 17 March/);
  expect(JSON.stringify(toni.dmsWithBot())).not.toContain('Give up my place');

  expect(community.log).toEqual([]);
}, 60_000);

test('a cancelled session asks first, tells everybody once, and its sentence is looked through', async () => {
  const community = await givenCommunity();
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await community.forward(2 * 60, 60);
  await agreeOnly(robin, sam);
  await makeGroup(jo, group, ['robin', 'sam']);
  await plan(jo);
  await jo.click('All sessions');
  await closeAll(jo);
  await plan(jo, {
    when: { Day: '2026-03-24' },
    places: { 'What is it called?': 'Perinatal *again* <!here>' },
  });
  await closeAll(jo);
  await robin.command('/chatr sessions');
  await robin.click('Open', { nth: 0 });
  await robin.submit({ 'I come as': 'Midwifery and maternity' });
  await closeAll(robin);
  await sam.command('/chatr sessions');
  await sam.click('Open', { nth: 0 });
  await sam.submit({ 'I come as': 'Another profession' });
  await closeAll(sam);

  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home', nth: 0 });
  await jo.click('Cancel it …');
  expect(jo.visibleText('modal')).toContain('1 of 1 place, 1 waiting. Each of them is told once');
  await jo.submit({ 'A sentence to those who booked': 'I am ill. Ring me on 07700 900123.' });
  expect(jo.visibleText('modal')).toContain('Please look once more');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('2 people are told');
  await closeAll(jo);
  await community.forward(day, 120);
  for (const person of [robin, sam]) {
    const told = messagesSaying(person, 'Cancelled: Perinatal');
    expect(told).toHaveLength(1);
    const words = told.map((message) => person.visibleText(message)).join();
    expect(words).toContain('I am ill');
    expect(words).not.toContain('900123');
  }
  await robin.click('See other dates', { in: messagesSaying(robin, 'Cancelled')[0] ?? 'home' });
  expect(robin.visibleText('modal')).toContain('Tuesday 24 March');
  expect(JSON.stringify(robin.modal()?.blocks)).not.toContain('<!here>');
  await closeAll(robin);

  // The group is put away: its sessions are cancelled only when somebody says so.
  await robin.command('/chatr sessions');
  await robin.click('Open');
  await robin.submit({ 'I come as': 'Midwifery and maternity' });
  await closeAll(robin);
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.click('Archive');
  await closeAll(jo);
  const [asked] = messagesSaying(jo, 'are still planned');
  if (!asked) throw new Error(jo.describe());
  await jo.click('Look at them', { in: asked });
  await jo.submit();
  await closeAll(jo);
  await community.forward(day, 120);
  expect(messagesSaying(robin, 'Cancelled')).toHaveLength(2);
  expect(community.log).toEqual([]);
}, 60_000);

test('what the forms say of what cannot be, of a day that is odd, of places that are kept, and of fewer places', async () => {
  const community = await givenCommunity();
  const [jo, robin, sam, toni] = [
    community.as('jo'),
    community.as('robin'),
    community.as('sam'),
    community.as('toni'),
  ];
  await community.forward(2 * 60, 60);
  await agreeOnly(robin, sam, toni);
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  await jo.submit({
    'What is it?': 'Another session',
    'Who is it for?': 'Everybody who has agreed to the community agreement',
  });
  const wrong = async (answers: Record<string, string>, field: string, words: string) => {
    await jo.submit(answers, { mayFail: true });
    expect(jo.modal()?.errors[field]).toContain(words);
  };
  const fine = { Day: '2026-03-17', 'Begins at': '10:00', 'How many minutes?': '60' };
  await wrong({ ...fine, Day: '2026-03-02' }, 'date', 'That day is over');
  await wrong({ ...fine, Day: '2026-03-29', 'Begins at': '01:30' }, 'time', 'does not come');
  await wrong({ ...fine, 'Begins at': '23:30' }, 'minutes', 'on the next day');
  await wrong({ ...fine, 'How many minutes?': 'long' }, 'minutes', 'whole minutes');
  await wrong({ ...fine, 'Link to an online meeting': 'javascript:alert(1)' }, 'link', 'whole address');
  // Good Friday is pointed out once, and theirs to keep; a day after that is pointed out anew.
  await jo.submit({ ...fine, 'Link to an online meeting': '', Day: '2026-04-03' });
  expect(jo.visibleText('modal')).toContain('That day is a bank holiday');
  // A day that is changed while another field is wrong: nothing is said of the day before.
  for (const [minutes, words] of [
    ['long', 'whole minutes'],
    [' ', 'Please say how many minutes'],
  ] as const) {
    await jo.submit({ Day: '2026-04-01', 'How many minutes?': minutes });
    expect(jo.visibleText('modal')).toContain(words);
    expect(jo.visibleText('modal')).not.toMatch(/bank holiday|Keep that day/);
    await jo.submit({ Day: '2026-04-03', 'How many minutes?': '60' });
    expect(jo.visibleText('modal')).toContain('That day is a bank holiday');
    expect(jo.visibleText('modal')).not.toContain(words);
  }
  await wrong({ 'How many minutes?': 'long' }, 'minutes', 'whole minutes');
  await jo.submit({ Day: '2027-12-20', 'How many minutes?': '60' });
  expect(jo.visibleText('modal')).toContain('That day is more than a year away: Monday 20 December 2027.');
  await jo.submit({ Day: '2026-04-04' });
  expect(jo.visibleText('modal')).toContain('That day is a Saturday');
  await jo.submit();
  await wrong({ 'What is it called?': 'Play', 'How many places?': '0' }, 'places', 'from 1 to 500');
  await wrong({ 'How many places?': '5000' }, 'places', 'from 1 to 500');
  await jo.fill({ 'Keep places for': ['Police and justice', 'Housing'] });
  await wrong({ 'How many places?': '' }, 'places', 'only where there is a number');
  await jo.submit({ 'How many places?': '3' });
  await wrong({ Housing: '2', 'Police and justice': '2' }, 'police-and-justice', 'That keeps 4 places');
  await wrong({ 'Police and justice': '1', 'Kept until': '2026-04-20' }, 'until', 'after the session');
  await jo.submit({ Housing: '1', 'Kept until': '2026-03-20' });
  expect(jo.visibleText('modal')).toContain(
    'Kept until Friday 20 March: Police and justice 0 of 1 taken; Housing 0 of 1 taken',
  );
  await closeAll(jo);

  // One place for anybody, then one who waits until the kept ones are everybody's, and one who need not.
  const book = async (person: PersonDriver, as: string) => {
    await person.command('/chatr sessions');
    await person.click('Open');
    await person.submit({ 'I come as': as });
  };
  await book(robin, 'Midwifery and maternity');
  await closeAll(robin);
  await book(sam, 'Health visiting and school nursing');
  expect(sam.modal()?.submit).toBe('Join the waiting list');
  await sam.submit();
  await closeAll(sam);
  await book(toni, 'Housing');
  expect(toni.visibleText('modal')).toContain('Your place is booked');
  await closeAll(toni);
  await community.forward(20 * day, 12 * 60);
  expect(messagesSaying(sam, 'A place has come free'), 'they were kept until then').toHaveLength(1);
  await sam.openHome();
  expect(sam.visibleText('home')).toContain('A place is kept for you until');

  // Fewer than are taken is asked about, and nothing is saved before.
  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home' });
  await jo.click('Places and people');
  await jo.submit({ 'How many places?': '1', 'Keep places for': [] });
  expect(jo.visibleText('modal')).toContain('3 places are taken or offered, and you have put 1');
  await jo.submit({ 'What shall happen?': 'Everybody keeps their place' });
  expect(jo.visibleText('modal')).toContain('2 of 1 place, 1 offered');
  await jo.click('Places and people');
  await jo.submit({ 'What is it called?': 'Play and recovery' });
  expect(jo.visibleText('modal'), 'that was decided').toContain('Saved.');
  expect(community.log).toEqual([]);
}, 60_000);

test('two who change one session at once keep what each of them changed, and what both changed is asked about', async () => {
  const community = await givenCommunity();
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await community.forward(2 * 60, 60);
  await agreeOnly(robin);
  await plan(jo, {
    what: { 'Who is it for?': 'Everybody who has agreed to the community agreement' },
    places: { 'How many places?': '8', 'Who runs it?': ['jo', 'robin'] },
  });
  const lead = async (person: PersonDriver, window: string) => {
    await closeAll(person);
    await person.openHome();
    await person.click({ actionId: 'sessions.lead' }, { in: 'home' });
    await person.click(window);
  };

  // Jo's window was drawn before Robin moved it.
  await lead(jo, 'When and where');
  await lead(robin, 'When and where');
  await robin.submit({ 'Begins at': '15:00' });
  await jo.submit({ Place: 'Library' });
  expect(jo.visibleText('modal')).toContain('Tuesday 17 March, 15:00 to 16:30');
  expect(jo.visibleText('modal')).toContain('Library');
  await lead(jo, 'When and where');
  await lead(robin, 'When and where');
  await robin.submit({ 'Begins at': '11:00', Place: 'Town hall' });
  await jo.submit({ 'Begins at': '12:00' });
  expect(jo.visibleText('modal')).toContain(
    'It is not saved yet.* A colleague has changed this meanwhile: it now begins Tuesday 17 March, 11:00.',
  );
  expect(jo.visibleText('modal')).toContain(
    'though it stands below as it was: the place is now “Town hall”.',
  );
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('Tuesday 17 March, 12:00 to 13:30');
  expect(jo.visibleText('modal')).toContain('Town hall');

  await lead(jo, 'Places and people');
  await lead(robin, 'Places and people');
  await robin.submit({ 'What is it called?': 'Bumps', 'How many places?': '10' });
  await jo.submit({ 'Keep places for': ['Housing'] });
  await jo.submit({ Housing: '2' });
  expect(jo.visibleText('modal')).toMatch(/Bumps.*0 of 10 places.*Housing 0 of 2 taken/s);
  await lead(jo, 'Places and people');
  await lead(robin, 'Places and people');
  await robin.submit({ 'How many places?': '12' });
  await robin.submit({ Housing: '3' });
  await jo.submit({ 'How many places?': '14' });
  await jo.submit({ Housing: '4' });
  expect(jo.visibleText('modal')).toContain(
    'changed this meanwhile: there are now 12 places and kept now are 3 for Housing.',
  );
  await jo.submit();
  await jo.submit();
  expect(jo.visibleText('modal')).toMatch(/0 of 14 places.*Housing 0 of 4 taken/s);
  expect(community.log).toEqual([]);
}, 60_000);

test('who runs it hears so, whoever said no is offered nothing, a place moves to another date, and old messages stay true', async () => {
  const community = await givenCommunity();
  const [jo, robin, sam, toni] = ['jo', 'robin', 'sam', 'toni'].map((name) => community.as(name)) as [
    PersonDriver,
    PersonDriver,
    PersonDriver,
    PersonDriver,
  ];
  await community.forward(2 * 60, 60);
  await agreeOnly(robin, sam);
  await toni.openHome();
  await toni.click('Read the community agreement', { in: 'home' });
  await toni.click('No, thank you');
  await closeAll(toni);
  const everybody = { 'Who is it for?': 'Everybody who has agreed to the community agreement' };
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  await jo.submit({ 'What is it?': 'Perinatal', ...everybody });
  await jo.submit({ Day: '2026-03-17', 'Begins at': '10:00' });
  // Whoever said no and whoever has not answered cannot be told apart by choosing them.
  for (const name of ['toni', 'gale']) {
    await jo.submit({ 'How many places?': '2', 'Who runs it?': ['jo', name] }, { mayFail: true });
    expect(jo.modal()?.errors.hosts).toMatch(
      /^The second of those you chose cannot run a session here yet\. Whoever runs one has opened/,
    );
  }
  await jo.submit({ 'Who runs it?': ['jo', 'sam'], 'Keep places for': ['Housing'] });
  await jo.submit({ Housing: '1' });
  await closeAll(jo);
  await plan(jo, { what: everybody, when: { Day: '2026-03-24' }, places: { 'How many places?': '1' } });
  await closeAll(jo);

  // Sam was chosen by somebody else, Jo by herself.
  await community.beat();
  const [host] = messagesSaying(sam, 'You run a session: Perinatal');
  expect(sam.visibleText(host)).toContain(`<@${jo.id}> has chosen you`);
  expect(messagesSaying(jo, 'You run a session')).toHaveLength(0);

  // No is a whole answer.
  await toni.command('/chatr sessions');
  expect(toni.visibleText('modal')).not.toContain('Tuesday 17 March');
  expect(toni.visibleText('modal')).toContain('Places are for those who have agreed');
  await closeAll(toni);

  // One place is left, and it is kept.
  await robin.command('/chatr sessions');
  await robin.click('Open', { nth: 0 });
  await robin.submit({ 'I come as': 'Housing' });
  expect(robin.visibleText('modal')).toMatch(/Other dates with a place for you.*Tuesday 24 March/s);
  await closeAll(robin);
  const [booked] = messagesSaying(robin, 'You have a place: Perinatal');

  // The other date says where the place is, and takes it over.
  await robin.command('/chatr sessions');
  await robin.click('Open', { nth: 1 });
  expect(robin.visibleText('modal')).toContain('You have a place on Tuesday 17 March, 10:00 to 11:30.');
  expect(JSON.stringify(robin.modal()?.blocks)).toContain(
    'You get a place on Tuesday 24 March, 10:00 to 11:30 · 90 minutes · Town hall, room 2',
  );
  await robin.click('Move to this date');
  expect(robin.visibleText('modal')).toMatch(/Your place is here now\..*Take it off my calendar/s);
  await closeAll(robin);
  await community.beat();
  const here = messagesSaying(robin, 'You have a place: Perinatal, Tuesday 24 March');
  expect(here).toHaveLength(1);
  const old = robin.dmsWithBot().find(({ ts }) => ts === booked?.ts);
  expect(robin.visibleText(old)).toContain('Given up: Perinatal, Tuesday 17 March');
  expect(robin.visibleText(old)).not.toContain('Give up my place');

  // Both places taken: full, before anything is filled in.
  await robin.command('/chatr sessions');
  await robin.click('Open', { nth: 0 });
  await robin.submit({ 'I come as': 'Housing' });
  await closeAll(robin);
  await jo.command('/chatr sessions');
  await jo.click('Open', { nth: 0 });
  await closeAll(jo);
  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home', nth: 0 });
  await jo.click('Places and people');
  await jo.submit({ 'How many places?': '1', 'Who runs it?': ['jo'] });
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('1 of 1 place');
  await community.beat();
  expect(messagesSaying(sam, 'You no longer run a session')).toHaveLength(1);
  await sam.command('/chatr sessions');
  expect(sam.visibleText('modal')).toContain('Full; there is a waiting list');
  expect(sam.visibleText('modal')).not.toContain('Only places left');
  await sam.click('Open', { nth: 0 });
  expect(sam.modal()?.submit).toBe('Join the waiting list');
  await closeAll(sam);

  // Cancelled: what was sent says so, and the page says nothing of places that are kept.
  await closeAll(jo);
  await jo.openHome();
  await jo.click({ actionId: 'sessions.lead' }, { in: 'home', nth: 0 });
  expect(jo.visibleText('modal')).toContain('Housing 1 of 1 taken');
  await jo.click('Cancel it …');
  await jo.submit({ 'A sentence to those who booked': 'Ring me on 07700 900123.' });
  expect(jo.modal()?.submit).toBe('Mask, cancel the session');
  // Slack takes none of it, and the bot is stopped before the next beat.
  community.workspace.faults.next('chat.update', 'server-error');
  await jo.submit();
  expect(jo.visibleText('modal')).not.toContain('Housing');
  await closeAll(jo);
  await community.stopBot();
  expect(robin.visibleText(robin.dmsWithBot().find(({ ts }) => ts === booked?.ts))).not.toContain(
    'Cancelled',
  );
  await community.startBot();
  await community.beat();
  // Once, by the newest of them.
  expect(robin.visibleText(robin.dmsWithBot().find(({ ts }) => ts === booked?.ts))).toContain(
    'Out of date: this was about your place in Perinatal, ',
  );
  const cancelled = robin
    .dmsWithBot()
    .filter((one) => /Cancelled: Perinatal, .*11:30/.test(robin.visibleText(one)));
  expect(cancelled).toHaveLength(1);

  // After the other one has ended its buttons say so.
  const value = /"value":"([^"]+)"/.exec(JSON.stringify(here))?.[1] ?? '';
  await community.forward(24 * day, day);
  await pressForged(community, 'robin', { actionId: 'sessions.give-up', value });
  expect(JSON.stringify([robin.ephemerals(), robin.dmsWithBot()])).toContain(
    'That session is over: Perinatal',
  );
  expect(community.log).toEqual([]);
}, 60_000);
