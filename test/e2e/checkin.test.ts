import type { PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, type CommunityOptions, givenCommunity, livedOnce } from '../support/community.ts';
import {
  actingMarkup,
  agreeOnly,
  closeAll,
  databaseBytes,
  makeGroup,
  markupIn,
  messagesSaying,
  nuisances,
  pressForged,
  scheduleCheckIn,
} from '../support/stories.ts';

const group = 'Perinatal pilot';
const names = ['robin', 'sam', 'toni', 'ash', 'bo', 'cam'];
const pulse = 'Weekly pulse';
const prompt = 'Your check-in is ready';
const reminder = 'Your check-in is still open';
const week = 'How has your working week felt?';
const word = 'A word or a line about your week.';

type Given = Community & { jo: PersonDriver; members: PersonDriver[] };

/** Six people in a group; it is Tuesday 3 March, about 15:00, and everybody has been welcomed. */
const standingGroup = livedOnce(async () => {
  const community = await givenCommunity();
  for (const name of ['ash', 'bo', 'cam'])
    community.workspace.addUser({ name, realName: `${name[0]?.toUpperCase()}${name.slice(1)} Made-up` });
  await community.forward(5 * 60, 60);
  await agreeOnly(...names.map((name) => community.as(name)));
  await makeGroup(community.as('jo'), group, names);
  return community;
});

/** The same, with a pulse planned for Wednesday at 10:00. */
const plannedCheckIn = livedOnce(async () => {
  const community = await standingGroup();
  const date = '2026-03-04';
  await scheduleCheckIn(community.as('jo'), { group, template: pulse, date, time: '10:00' });
  return community;
});

/** The same on Wednesday, when everybody has the prompt. */
const openCheckIn = livedOnce(async () => {
  const community = await plannedCheckIn();
  await community.forward(24 * 60, 60);
  return community;
});

const withPeople = (community: Community): Given => ({
  ...community,
  jo: community.as('jo'),
  members: names.map((name) => community.as(name)),
});
const givenGroup = async (options?: CommunityOptions) => withPeople(await standingGroup(options));
const givenPlanned = async (options?: CommunityOptions) => withPeople(await plannedCheckIn(options));
const givenOpen = async (options?: CommunityOptions) => withPeople(await openCheckIn(options));

const prompts = (person: PersonDriver) => messagesSaying(person, prompt);

async function answerPulse(person: PersonDriver, answers: Record<string, string>): Promise<void> {
  await person.click('Answer');
  await person.submit(answers);
  await closeAll(person);
}

const hourIn = (zone: string, at: string): number =>
  Number(
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(
      new Date(at),
    ),
  );

test('a facilitator schedules a check-in, each member gets one bland message at a civil hour, answers, and the facilitator sees the group', async () => {
  const given = await givenOpen();
  const { jo, members } = given;
  for (const person of members) {
    const [got, ...more] = prompts(person);
    expect(more, person.realName).toEqual([]);
    expect(got?.text, 'nothing of the questions on a locked phone').toBe(prompt);
    const zone = person.snapshot().me.tz;
    expect(hourIn(zone, got?.at ?? ''), `${person.realName} in ${zone}`).toBeGreaterThanOrEqual(9);
    expect(hourIn(zone, got?.at ?? '')).toBeLessThan(18);
  }
  for (const outsider of ['jo', 'fran', 'gale']) expect(prompts(given.as(outsider)), outsider).toEqual([]);
  const [first] = prompts(given.as('robin'));
  expect(first?.at.slice(0, 13)).toBe('2026-03-04T10');

  for (const [index, person] of members.slice(0, 4).entries())
    await answerPulse(person, { [week]: ['2', '3', '4', '3'][index] ?? '3', [word]: `a line ${index}` });
  await jo.command('/chatr checkin list');
  const before = jo.visibleText(jo.ephemerals().at(-1));
  expect(before).toContain('How many have answered is counted once a day');
  await answerPulse(members[4] ?? jo, { [week]: '3', [word]: 'fifth line' });
  await jo.command('/chatr checkin list');
  expect(jo.visibleText(jo.ephemerals().at(-1)), 'watching does not tell who has just answered').toBe(before);
  await given.forward(24 * 60, 60);
  await jo.command('/chatr checkin list');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('At the last count, more than half had answered.');
  await jo.click('Results');
  expect(jo.visibleText('modal'), 'while it is open each new answer would stand out').not.toContain(
    'fifth line',
  );
  await closeAll(jo);
  await answerPulse(members[5] ?? jo, { [week]: '3', [word]: 'last line' });
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  const results = jo.visibleText('modal');
  expect(results).toContain('last line');
  for (const { realName, id } of members) {
    expect(results).not.toContain(realName);
    expect(results).not.toContain(id);
  }
  expect(given.log).toEqual([]);
});

test('fewer than five answers are never shown, and no number of them either', async () => {
  const given = await givenOpen();
  const { jo, members } = given;
  for (const person of members.slice(0, 4)) await answerPulse(person, { [week]: '1', [word]: 'quokka' });
  await given.forward(8 * 24 * 60, 12 * 60);
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  const text = jo.visibleText('modal');
  expect(text).not.toContain('quokka');
  expect(text).not.toMatch(/\b4 of 6\b|\b4 answers\b|\b4 have\b/);
  for (const person of ['fran', 'robin', 'sam'])
    expect(JSON.stringify(given.as(person).snapshot()), person).not.toContain('quokka');
});

test('an owner of the workspace who runs no group sees neither its check-ins, its results nor its first steps', async () => {
  const given = await givenOpen();
  const { jo, members } = given;
  for (const person of members) await answerPulse(person, { [week]: '3', [word]: 'quokka' });
  await given.forward(8 * 24 * 60, 12 * 60);
  const fran = given.as('fran');
  await fran.openHome({ quiet: true });
  const home = fran.visibleText('home');
  expect(home, 'they look after groups and roles').toContain(group);
  expect(home).toContain('People with roles');
  for (const one of [pulse, 'Results', 'New check-in', 'How groups are getting on'])
    expect(home, one).not.toContain(one);
  await fran.click('Open', { in: 'home' });
  expect(fran.visibleText('modal')).toContain('6 members');
  expect(fran.visibleText('modal')).not.toMatch(/New check-in|First steps/);
  await closeAll(fran);
  for (const line of ['checkin list', 'checkin new', 'progress']) {
    await fran.command(`/chatr ${line}`);
    expect(fran.visibleText(fran.ephemerals().at(-1)), line).toContain(
      'a facilitator of it or of all groups',
    );
    expect(fran.modal(), line).toBeNull();
  }
  await jo.command('/chatr checkin list');
  const results = JSON.stringify(jo.ephemerals().at(-1)).match(/"checkins\.results","value":"([^"]+)"/)?.[1];
  expect(results).toBeDefined();
  await pressForged(given, 'fran', { actionId: 'checkins.results', value: results ?? '' });
  expect(JSON.stringify(fran.snapshot())).not.toContain('quokka');

  await fran.openHome({ quiet: true });
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'fran', Role: 'Facilitator of one group', Group: group });
  await closeAll(fran);
  await fran.command('/chatr checkin list');
  await fran.click('Results');
  expect(fran.visibleText('modal')).toContain('quokka');
  expect(given.log).toEqual([]);
});

describe('planning', () => {
  test('a date in the past and an empty group are said beside the field, and what was chosen stays', async () => {
    const { jo } = await givenGroup();
    await makeGroup(jo, 'Nobody yet');
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Who is asked?': 'Nobody yet', 'Which questions?': pulse });
    expect(jo.modal()?.errors.cohort).toContain('There is nobody in Nobody yet');
    await jo.submit({ 'Who is asked?': group });
    expect(jo.modal()?.title).toBe('When');
    await jo.submit({ 'First date': '2026-03-02', Time: '10:15', 'How often?': 'Every week' });
    expect(jo.modal()?.errors.date).toContain('passed');
    expect(JSON.stringify(jo.modal()?.state)).toContain('10:15');
    expect(JSON.stringify(jo.modal()?.state)).toContain('weekly');
    await jo.submit({ 'First date': '2026-03-07' });
    expect(jo.modal()?.errors.date).toContain('Saturday');
    await jo.submit({ 'First date': '2026-03-05', Time: '05:00' });
    expect(jo.modal()?.errors.time).toContain('07:00');
    await jo.submit({ Time: '10:15' });
    expect(jo.visibleText('modal')).toContain('Every Thursday at 10:15 from 5 March');
    await jo.submit();
    expect(jo.modal()?.title).toBe('Scheduled');
  });

  test('a member cannot plan one, nor use the button of a facilitator', async () => {
    const given = await givenPlanned();
    const { jo } = given;
    const robin = given.as('robin');
    await robin.command('/chatr checkin new');
    expect(robin.modal()).toBeNull();
    await jo.command('/chatr checkin list');
    const id = JSON.stringify(jo.ephemerals().at(-1)?.blocks).match(/[0-9a-f]{8}-[0-9a-f-]{27}/)?.[0] ?? '';
    for (const actionId of [
      'checkins.new',
      'checkins.list',
      'checkins.cancel',
      'checkins.results',
      'checkins.close-now',
    ])
      await pressForged(given, 'robin', { actionId, value: id });
    await closeAll(robin);
    await jo.command('/chatr checkin list');
    expect(jo.visibleText(jo.ephemerals().at(-1))).toContain(pulse);
    await given.forward(24 * 60, 60);
    expect(prompts(robin)).toHaveLength(1);
    expect(given.log).toEqual([]);
  });

  test('sending the last screen twice plans one check-in', async () => {
    const given = await givenGroup();
    const { jo, workspace } = given;
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Who is asked?': group, 'Which questions?': pulse });
    await jo.submit({ 'How often?': 'Once', 'First date': '2026-03-04', Time: '10:00' });
    await jo.click('Change how');
    await jo.submit({ 'Who gets it?': 'Everybody in the group' });
    workspace.faults.nextDelivery('interactive', 'duplicate');
    await jo.submit();
    await closeAll(jo);
    await given.forward(24 * 60, 60);
    for (const person of given.members) expect(prompts(person), person.realName).toHaveLength(1);
    expect(given.log).toEqual([]);
  });
});

describe('a member', () => {
  test('skips: is thanked, gets no reminder, and can still change their mind', async () => {
    const given = await givenOpen();
    const robin = given.as('robin');
    await robin.click('Skip this one');
    await given.forward(6 * 24 * 60, 6 * 60);
    expect(messagesSaying(robin, reminder)).toEqual([]);
    await robin.command('/chatr checkins');
    await robin.click('Answer after all', { nth: 0 });
    expect(robin.modal()?.title).toContain('Check-in');
    expect(given.log).toEqual([]);
  });

  test('puts it off: gets it back the same day, once', async () => {
    const given = await givenOpen();
    const robin = given.as('robin');
    await robin.click('Later today');
    await given.forward(24 * 60, 30);
    const later = robin.dmsWithBot();
    expect(later.filter((message) => robin.visibleText(message).includes('as you asked'))).toHaveLength(1);
  });

  test('who says nothing is reminded once, gently', async () => {
    const given = await givenOpen();
    await answerPulse(given.as('sam'), { [week]: '4' });
    await given.forward(6 * 24 * 60, 6 * 60);
    expect(messagesSaying(given.as('robin'), reminder)).toHaveLength(1);
    expect(messagesSaying(given.as('sam'), reminder)).toEqual([]);
    expect(given.log).toEqual([]);
  });

  test('sends the form twice, or two forms: it counts once', async () => {
    const given = await givenOpen();
    const { jo, workspace } = given;
    const robin = given.as('robin');
    await robin.click('Answer');
    workspace.faults.nextDelivery('interactive', 'duplicate');
    await robin.submit({ [week]: '2', [word]: 'numbat' });
    await closeAll(robin);
    for (const person of given.members.slice(1, 5))
      await answerPulse(person, { [week]: '3', [word]: 'fine' });
    await given.forward(8 * 24 * 60, 12 * 60);
    await jo.command('/chatr checkin list');
    await jo.click('Results');
    expect(jo.visibleText('modal').match(/numbat/g)).toHaveLength(1);
    expect(given.log).toEqual([]);
  });

  test('what somebody began and did not send: they are told once when it closes, and a button puts it into their journal; the note goes with what it speaks of', async () => {
    const given = await givenOpen();
    const [robin, sam, toni] = [given.as('robin'), given.as('sam'), given.as('toni')];
    const ash = given.as('ash');
    for (const person of [robin, sam, toni, ash]) {
      await person.click('Answer');
      if (person !== sam) await person.fill({ [week]: '2', [word]: 'numbat half a thought' });
      await person.closeModal({ all: true });
    }
    await ash.openHome({ quiet: true });
    expect(ash.visibleText('home')).toContain('begun, not sent');
    await ash.click('Go on', { in: 'home' });
    await given.forward(7 * 24 * 60, 60);
    const told = (person: PersonDriver) => messagesSaying(person, 'Something you began is still here');
    expect(told(sam)).toEqual([]);
    const [warning, ...more] = told(robin);
    expect(more).toEqual([]);
    if (!warning) throw new Error('nobody was told');
    expect(robin.visibleText(warning)).toMatch(
      /has closed, and what you began was not sent.*I delete it on Friday 13 March/s,
    );
    expect(JSON.stringify(warning)).not.toContain('numbat');
    await robin.click('Put it into my journal');
    await robin.click('Open it in my journal');
    expect(JSON.stringify(robin.modal()?.state)).toContain('numbat half a thought');
    await robin.submit();
    await closeAll(robin);
    expect(told(robin)).toEqual([]);
    expect(told(toni)).toHaveLength(1);
    expect(told(ash)).toHaveLength(1);
    await ash.submit();
    expect(ash.visibleText('modal')).toContain('it is a draft in your journal now');
    await closeAll(ash);
    expect(told(ash), 'kept by the form it is kept as well').toEqual([]);
    const [note] = told(toni);
    await given.forward(3 * 24 * 60, 60);
    expect(told(robin)).toEqual([]);
    expect(told(toni)).toEqual([]);
    expect(toni.visibleText(messagesSaying(toni, 'Something you began was deleted')[0])).toMatch(
      /what you began was not sent\. It was deleted on \w+ \d+ March, as I said here/,
    );
    toni.skipSeen();
    await pressForged(given, 'toni', { actionId: 'checkins.answer', value: buttonValue(note) });
    expect(toni.visibleText('modal') + toni.visibleText(toni.dmsWithBot().at(-1))).toContain(
      'What you began is not here any more',
    );
    await robin.command('/chatr journal');
    expect(robin.visibleText('modal')).toContain('numbat');
    expect(given.log).toEqual([]);
  });

  test('too late, or taken out of the group with the form open: told so, and what was entered is a draft only they see', async () => {
    const given = await givenOpen();
    const { jo, workspace } = given;
    const [robin, sam, toni] = [given.as('robin'), given.as('sam'), given.as('toni')];
    const [old] = prompts(robin);
    for (const person of [robin, sam, toni]) await person.click('Answer');
    await jo.command('/chatr groups');
    await jo.click('Open');
    await jo.click('See people');
    const listed = JSON.stringify(jo.ephemerals().at(-1)?.blocks);
    const inOrder = given.members.toSorted((one, other) => listed.indexOf(one.id) - listed.indexOf(other.id));
    await jo.click('Take out', { nth: inOrder.findIndex(({ id }) => id === sam.id) });
    await closeAll(jo);
    await sam.submit({ [week]: '1', [word]: 'my orphaned words' });
    expect(sam.visibleText('modal')).toMatch(/not in any more.*was not sent.*only you see it/s);
    await given.forward(8 * 24 * 60, 12 * 60);
    await toni.fill({ [week]: '4', [word]: 'my closed words' });
    await toni.closeModal({ all: true });
    workspace.faults.nextDelivery('interactive', 'duplicate');
    await robin.submit({ [week]: '2', [word]: 'my late words' });
    expect(robin.visibleText('modal')).toMatch(
      /closed on Wednesday 11 March.*was not sent.*only you see it/s,
    );
    await robin.click('Open it in my journal');
    expect(JSON.stringify(robin.modal()?.blocks)).toMatch(/Weekly pulse, not sent/);
    expect(JSON.stringify(robin.modal()?.state)).toMatch(/2.{0,40}my late words/s);
    await robin.submit();
    expect(robin.modal()?.title).toBe('Saved');
    await closeAll(robin);
    for (const [person, words] of [
      [robin, 'my late words'],
      [sam, 'my orphaned words'],
      [toni, 'my closed words'],
    ] as const) {
      await person.command('/chatr journal');
      expect(person.visibleText('modal').split(words), person.realName).toHaveLength(2);
      await closeAll(person);
    }
    robin.skipSeen();
    await pressForged(given, 'robin', { actionId: 'checkins.answer', value: buttonValue(old) });
    expect(robin.visibleText('modal') + robin.visibleText(robin.dmsWithBot().at(-1))).toMatch(/closed|over/i);
    for (const person of [robin, sam, toni, jo]) {
      expect(JSON.stringify(person.snapshot().messages)).not.toMatch(/my (late|orphaned|closed) words/);
    }
    await jo.command('/chatr checkin list');
    await jo.click('Results');
    expect(jo.visibleText('modal')).toContain('Fewer than five have answered');
    expect(jo.visibleText('modal')).not.toMatch(/my (late|orphaned|closed) words/);
    expect(given.log).toEqual([]);
  });

  test('left the group before it was due: gets nothing', async () => {
    const given = await givenPlanned();
    const { jo } = given;
    await jo.command('/chatr groups');
    await jo.click('Open');
    await jo.click('See people');
    await jo.click('Take out', { nth: 0 });
    await given.forward(24 * 60, 60);
    const got = given.members.map((person) => prompts(person).length);
    expect(got.toSorted((one, other) => one - other)).toEqual([0, 1, 1, 1, 1, 1]);
    expect(given.log).toEqual([]);
  });

  test('who is in no group cannot answer with somebody else’s button', async () => {
    const given = await givenOpen();
    const [old] = prompts(given.as('robin'));
    const value = buttonValue(old);
    for (const actionId of [
      'checkins.answer',
      'checkins.later',
      'checkins.skip',
      'checkins.mine',
      'checkins.withdraw',
    ])
      await pressForged(given, 'gale', { actionId, value });
    const gale = given.as('gale');
    expect(gale.modal()?.title ?? '').not.toMatch(/Check-in, 1/);
    expect(JSON.stringify(gale.modal())).not.toContain(week);
    await closeAll(gale);
    const robin = given.as('robin');
    await answerPulse(robin, { [week]: '3' });
    expect(given.log).toEqual([]);
  });
});

const buttonValue = (message: unknown): string =>
  /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(JSON.stringify(message))?.[0] ?? '';

describe('the bot', () => {
  test('restarted between the due time and the sending: everybody gets one, nobody two', async () => {
    const given = await givenPlanned();
    // Wednesday 10:00 is 19 hours away; toni in New York waits until the afternoon.
    await given.forward(20 * 60, 60);
    expect(prompts(given.as('toni'))).toEqual([]);
    await given.stopBot();
    await given.startBot();
    await given.beat();
    await given.forward(8 * 60, 30);
    for (const person of given.members) expect(prompts(person), person.realName).toHaveLength(1);
    expect(given.log).toEqual([]);
  });

  test('down over the due time: the check-in still goes out when most of its time is left', async () => {
    const given = await givenPlanned();
    await given.stopBot();
    given.clock.forward(30 * 60);
    await given.startBot();
    await given.forward(20 * 60, 60);
    for (const person of given.members) expect(prompts(person), person.realName).toHaveLength(1);
  });

  test('down for most of a week: nobody gets a stale one, and the facilitator is told with the week’s news', async () => {
    const given = await givenPlanned();
    await given.stopBot();
    given.clock.forward(6 * 24 * 60);
    await given.startBot();
    await given.forward(20 * 60, 60);
    for (const person of given.members) expect(prompts(person), person.realName).toEqual([]);
    await given.forward(6 * 24 * 60, 240);
    expect(
      given.jo
        .dmsWithBot()
        .map((message) => given.jo.visibleText(message))
        .join(),
    ).toContain('did not go out');
  });
});

test('long answers and every nuisance are kept, and shown to the facilitator as they were typed', async () => {
  const given = await givenGroup();
  const { jo } = given;
  const template = 'Pilot group: starting together';
  await scheduleCheckIn(jo, { group, template, date: '2026-03-04', time: '10:00' });
  await given.forward(24 * 60, 60);
  const texts = [...nuisances, 'word '.repeat(300).trim()];
  const written: string[] = [];
  for (const person of given.members) {
    await person.click('Answer');
    while (person.modal()?.title?.startsWith('Check-in')) {
      const fields = (person.modal()?.blocks ?? []).filter((block) =>
        JSON.stringify(block).includes('plain_text_input'),
      );
      const answers = Object.fromEntries(
        fields.map(({ block_id: id }) => {
          const text = texts[written.length % texts.length] ?? '';
          written.push(text);
          return [String(id), text];
        }),
      );
      await person.submit(answers);
    }
    expect(person.visibleText('modal')).toContain('Your answers are saved');
    await closeAll(person);
  }
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  let seen = '';
  for (;;) {
    expect(markupIn(jo.modal()?.blocks)).not.toMatch(actingMarkup);
    seen += JSON.stringify(jo.modal()?.blocks);
    if (!jo.visibleText('modal').includes('\nMore\n')) break;
    await jo.click('More');
  }
  for (const text of new Set(written))
    expect(seen, text.slice(0, 30)).toContain(JSON.stringify(text).slice(1, -1));
  expect(given.log).toEqual([]);
});

test('what people answered is in no message, no log line, and not readable in the database', async () => {
  const given = await givenOpen();
  const { jo, workspace } = given;
  const robin = given.as('robin');
  await robin.click('Answer');
  await robin.fill({ [word]: 'numbat, half written' });
  await closeAll(robin);
  for (const person of given.members) await answerPulse(person, { [week]: '2', [word]: 'numbat at dusk' });
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  expect(jo.visibleText('modal')).toContain('numbat at dusk');
  await closeAll(jo);
  await given.forward(9 * 24 * 60, 12 * 60);
  const modals = ['views.open', 'views.update', 'views.push'];
  for (const call of workspace.calls)
    if (!modals.includes(call.method)) expect(JSON.stringify(call), call.method).not.toContain('numbat');
  expect(given.log.join()).not.toContain('numbat');
  await given.stopBot();
  expect(databaseBytes(given)).not.toContain('numbat');
  expect(databaseBytes(given)).toContain('weekly-pulse');
});

test('the check-in among the first steps is answered from Home, and at the end of the quarter the programme’s leads read it', async () => {
  const community = await givenCommunity();
  for (const name of ['ash', 'bo', 'cam'])
    community.workspace.addUser({ name, realName: `${name[0]?.toUpperCase()}${name.slice(1)} Made-up` });
  await community.forward(60);
  const jo = community.as('jo');
  for (const name of ['robin', 'sam', 'toni', 'ash', 'bo']) {
    const person = community.as(name);
    await person.openHome();
    await person.click('Read the community agreement', { in: 'home' });
    await person.submit();
    await closeAll(person);
    await person.click('My first steps', { in: 'home' });
    await person.click({ actionId: 'checkins.own' });
    expect(person.visibleText('modal')).toContain('those who lead the programme see how everybody answered');
    await person.submit({
      'How confident do you feel explaining what adversity and trauma can mean for health and relationships?':
        '7',
    });
    await person.submit();
    expect(person.modal()?.title).toBe('Thank you');
    await closeAll(person);
  }
  await jo.command('/chatr checkin list');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toContain('The whole programme');
  await community.forward(30 * 24 * 60, 24 * 60);
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  expect(jo.visibleText('modal')).toContain('5 have answered.');
  expect(jo.visibleText('modal')).toMatch(/In the \w+ third/);
  expect(community.log).toEqual([]);
});
