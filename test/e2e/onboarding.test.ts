import Database from 'better-sqlite3';
import type { PersonDriver } from 'practice-workspace';
import { elementsOf } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { withoutIntroductions } from '../support/filled-in.ts';
import { shippedContent } from '../support/shipped.ts';
import { agree, closeAll, messagesSaying } from '../support/stories.ts';

const greeting = 'this is ChATR Companion';

/** Looks into the bot's database from outside, as an operator could. */
function rows<Row>(community: Community, sql: string, ...values: string[]): Row[] {
  const db = new Database(community.config.databaseUrl.slice('file:'.length), { readonly: true });
  try {
    return db.prepare(sql).all(...values) as Row[];
  } finally {
    db.close();
  }
}

/** What is kept about somebody, table by table, besides what Slack says and that they were welcomed. */
function personalRows(community: Community, slackId: string): string[] {
  const [person] = rows<{ id: string }>(community, 'select id from people where slack_id = ?', slackId);
  const tables = rows<{ name: string }>(
    community,
    "select m.name from sqlite_master m where m.type = 'table' and exists (select 1 from pragma_table_info(m.name) where name = 'person_id')",
  );
  return tables
    .filter(
      ({ name }) =>
        rows(community, `select 1 from "${name}" where person_id = ?`, person?.id ?? '').length > 0,
    )
    .map(({ name }) => name)
    .sort();
}

describe('somebody the bot meets is welcomed once, whichever way they come', () => {
  test('whoever was in the forum before the bot started', async () => {
    const community = await givenCommunity();
    await community.forward(10, 5);
    const robin = community.as('robin');
    expect(messagesSaying(robin, greeting)).toHaveLength(1);
    const [welcome] = robin.dmsWithBot();
    const text = welcome ? robin.visibleText(welcome) : '';
    for (const said of [
      'What I keep:',
      'Facilitators see',
      'Your facilitator is',
      'Nothing is asked until you agree',
    ])
      expect(text).toContain(said);
    expect(welcome?.text).not.toMatch(/keep|private|agree/i);
  });

  test('whoever joins a workspace that is a community as a whole', async () => {
    const community = await givenCommunity({ forum: false });
    const newcomer = await community.workspace.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
    await community.forward(10, 5);
    expect(messagesSaying(newcomer, greeting)).toHaveLength(1);
  });

  test('whoever joins the forum, opens App Home, or writes to the bot', async () => {
    const community = await givenCommunity();
    const { workspace } = community;
    const joining = await workspace.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
    const looking = await workspace.joinPerson({ name: 'obi', realName: 'Obi Onlooker' });
    const writing = await workspace.joinPerson({ name: 'pat', realName: 'Pat Pretend' });
    const silent = await workspace.joinPerson({ name: 'quin', realName: 'Quin Quiet' });
    await workspace.joinChannel('nia', 'chatr-forum');
    await looking.openHome();
    await writing.post('hello, is anybody there?');
    await community.forward(10, 5);
    await community.forward(30, 5);
    for (const person of [joining, looking, writing])
      expect(messagesSaying(person, greeting), person.realName).toHaveLength(1);
    expect(silent.dmsWithBot(), 'who has nothing to do with the community is left alone').toEqual([]);
  });

  test('somebody who comes every way at once, with every event delivered twice, over two connections', async () => {
    const community = await givenCommunity();
    const { workspace } = community;
    await workspace.connected(2);
    workspace.faults.setRates({ deliveries: { duplicate: 1 } });
    const nia = await workspace.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
    await Promise.all([
      nia.openHome({ quiet: true }),
      workspace.joinChannel('nia', 'chatr-forum'),
      nia.post('hello', { quiet: true }),
      nia.command('/chatr', { quiet: true }),
    ]);
    await community.forward(10, 5);
    await community.forward(60, 5);
    expect(messagesSaying(nia, greeting)).toHaveLength(1);
    expect(community.log).toEqual([]);
  });

  test('nobody is welcomed again after a restart', async () => {
    const community = await givenCommunity();
    await community.forward(5 * 60, 30);
    await community.stopBot();
    await community.startBot();
    await community.forward(24 * 60, 60);
    for (const name of ['robin', 'sam', 'toni', 'gale', 'jo', 'fran'])
      expect(messagesSaying(community.as(name), greeting), name).toHaveLength(1);
    expect(community.as('dana').dmsWithBot()).toEqual([]);
  });

  test('somebody who joined while the bot was down is welcomed when it is back', async () => {
    const community = await givenCommunity();
    await community.stopBot();
    const joined = community.workspace.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
    const nia = await joined;
    await community.workspace.joinChannel('nia', 'chatr-forum');
    await community.startBot();
    await community.forward(10, 5);
    expect(messagesSaying(nia, greeting)).toHaveLength(1);
  });
});

test('somebody in New York is welcomed at a civil hour there', async () => {
  const community = await givenCommunity();
  await community.forward(6 * 60, 15);
  const [welcome] = community.as('toni').dmsWithBot();
  const hour = Number(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: 'America/New_York',
      hour: '2-digit',
      hourCycle: 'h23',
    }).format(new Date(welcome?.at ?? 0)),
  );
  expect(hour).toBeGreaterThanOrEqual(9);
});

test('a newcomer agrees, leaves every field of the profile empty, and gets a first step', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await robin.click('Read the full privacy notice');
  expect(robin.visibleText('modal')).toContain('Information Commissioner');
  await closeAll(robin);
  await robin.click('Read the community agreement');
  expect(
    robin.modal()?.blocks.some(({ type }) => type === 'input'),
    'nothing is asked yet',
  ).toBe(false);
  await robin.submit();
  expect(robin.modal(), 'no form that nobody asked for').toBeNull();
  await robin.click('Fill in my profile');
  for (const block of robin.modal()?.blocks ?? [])
    if (block.type === 'input') expect(block.optional).toBe(true);
  await robin.submit();
  for (const block of robin.modal()?.blocks ?? [])
    if (block.type === 'input') expect(block.optional).toBe(true);
  await robin.submit();
  await closeAll(robin);
  expect(messagesSaying(robin, 'Thank you')).not.toHaveLength(0);
  expect(rows(community, "select 1 from consents where kind in ('listed', 'introduced')")).toEqual([]);
  const before = robin.dmsWithBot().length;
  await community.forward(5 * 24 * 60, 60);
  expect(robin.dmsWithBot().length).toBeGreaterThan(before);
  expect(messagesSaying(robin, 'About you'), 'the profile is not asked for again').toEqual([]);
  expect(community.log).toEqual([]);
});

test('extras are asked one by one, never ticked beforehand, only where there is something they are for; and can be taken back', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('My profile');
  await community.stopBot();
  await community.startBot(withoutIntroductions());
  await robin.openHome();
  await robin.click('Change extras');
  expect(robin.visibleText('modal')).toContain('List me');
  expect(robin.visibleText('modal')).not.toContain('Introduce me');
  await closeAll(robin);
  await community.stopBot();
  await community.startBot();
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('None is on');
  await robin.click('Change extras');
  expect(robin.visibleText('modal')).toMatch(/List me.*Introduce me/s);
  expect(JSON.stringify(robin.modal()?.blocks)).not.toContain('initial_option');
  await robin.submit({ 'Introduce me': ['Yes'] });
  await closeAll(robin);
  expect(robin.visibleText('home')).toContain('On: introduce me.');
  // What it was for is gone: the yes can still be taken back.
  await community.stopBot();
  await community.startBot(withoutIntroductions());
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('On: introduce me.');
  await robin.click('Change extras');
  await robin.submit({ 'Introduce me': [] });
  await closeAll(robin);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('None is on');
  await robin.click('Change extras');
  expect(robin.visibleText('modal')).not.toContain('Introduce me');
  await closeAll(robin);
  expect(community.log).toEqual([]);
});

test('a newcomer fills in the profile, and finds it again with every sign as it was typed', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  const line = '<!channel> *I* listen to <@U1> 😀 \u202Eright to left';
  await robin.click('Read the community agreement');
  await robin.submit();
  await robin.click('Fill in my profile');
  await robin.submit({ 'Your role': 'Midwife', 'Topics you care about': ['Childhood trauma'] });
  await robin.submit({ 'A line to introduce you': line });
  await closeAll(robin);
  await robin.openHome();
  await robin.click('Edit my profile');
  expect(JSON.stringify(robin.modal()?.state)).toContain('Midwife');
  expect(JSON.stringify(robin.modal()?.state)).toContain('Childhood trauma');
  await robin.submit();
  expect(
    Object.values(robin.modal()?.state ?? {}).flatMap((block) =>
      Object.values(block).map(({ value }) => value),
    ),
  ).toContain(line);
  expect(community.log).toEqual([]);
});

test('whoever says no keeps the lookups, is not asked again, and nothing personal is stored', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await robin.click('Read the community agreement');
  await robin.click('No, thank you');
  await closeAll(robin);
  const kept = robin.dmsWithBot().length;
  await robin.command('/chatr find trauma');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
  await community.forward(10 * 24 * 60, 120);
  expect(robin.dmsWithBot().length, 'only the lookup came').toBeLessThanOrEqual(kept + 1);
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0, mayFail: true, quiet: true });
  await robin.command('/chatr reflect');
  expect(robin.modal(), 'no form whose words could not be kept').toBeNull();
  await robin.openHome();
  expect(robin.visibleText('home')).toContain('You said no to the community agreement');
  // That they said no, that they were welcomed, and the welcome itself.
  // That they came and wait for a hello, as everybody does: on a list of those who agreed they would be missed.
  expect(personalRows(community, robin.id)).toEqual(['consents', 'greetings', 'journeys', 'outbox']);
  expect(community.log).toEqual([]);
});

test('whoever agrees twice from an old message, or double-clicks, is thanked once', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await robin.click('Read the community agreement');
  community.workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.submit();
  await closeAll(robin);
  await community.forward(60, 10);
  expect(messagesSaying(robin, 'Thank you')).toHaveLength(1);
  expect(
    rows(community, "select 1 from consents where kind = 'agreement' and withdrawn_at is null"),
  ).toHaveLength(1);
});

test('whoever joins a workspace whose default channels include the forum is welcomed without doing anything', async () => {
  const community = await givenCommunity({ workspace: { defaultChannels: ['general', 'chatr-forum'] } });
  const newcomer = await community.workspace.joinPerson({ name: 'nia', realName: 'Nia Newcomer' });
  await community.forward(20, 5);
  expect(messagesSaying(newcomer, greeting)).toHaveLength(1);
});

/** The words of every button on the messages the bot has sent somebody. */
const buttonsSentTo = (person: PersonDriver): string[] =>
  person
    .dmsWithBot()
    .flatMap(({ blocks }) => elementsOf(blocks ?? []))
    .flatMap(({ element }) =>
      element.type === 'button' ? [String((element.text as { text: string }).text)] : [],
    );

describe('no message asks for the agreement once it is answered', () => {
  const asking = ['Read the community agreement', 'Remind me next week', 'No messages, thank you'];

  test.each([
    ['yes', 'You have agreed to the community agreement'],
    ['no', 'You said no to the community agreement'],
  ])('by a %s, also where it came a second time', async (said, stands) => {
    const community = await givenCommunity();
    await community.forward(10, 5);
    const robin = community.as('robin');
    await robin.click('Remind me next week');
    await community.forward(8 * 24 * 60, 120);
    const [first] = robin.dmsWithBot();
    const again = robin.dmsWithBot().at(-1);
    expect(buttonsSentTo(robin)).toEqual(expect.arrayContaining(asking));
    expect(robin.visibleText(again)).not.toContain('What I keep');
    await robin.click('Read the community agreement', { ...(again && { in: again }) });
    await (said === 'yes' ? robin.submit() : robin.click('No, thank you'));
    await closeAll(robin);
    for (const words of asking) expect(buttonsSentTo(robin)).not.toContain(words);
    const welcome = robin.dmsWithBot().find(({ ts }) => ts === first?.ts);
    expect(robin.visibleText(welcome)).toContain(stands);
    // What they were told stays, and so does the way to all of it.
    expect(robin.visibleText(welcome)).toContain('What I keep');
    expect(buttonsSentTo(robin)).toContain('Read the full privacy notice');
    expect(community.log).toEqual([]);
  });

  test('by a yes to a new version', async () => {
    const community = await givenCommunity();
    await community.forward(10, 5);
    const robin = community.as('robin');
    await agree(robin);
    await community.stopBot();
    const { journey } = shippedContent();
    const agreement = { ...journey.agreement, version: '2', changes: ['One sentence is new.'] };
    await community.startBot({ journey: { ...journey, agreement } });
    await community.forward(60, 10);
    expect(buttonsSentTo(robin)).toContain('Read the community agreement');
    await robin.click('Read the community agreement');
    await robin.submit();
    await closeAll(robin);
    expect(buttonsSentTo(robin)).not.toContain('Read the community agreement');
  });
});

test('“no” is as near as “yes”: both after everything there is to read', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await robin.click('Read the community agreement');
  const blocks = robin.modal()?.blocks ?? [];
  expect(JSON.stringify(blocks.at(-1))).toContain('No, thank you');
  expect(JSON.stringify(blocks.slice(0, -1))).not.toContain('No, thank you');
  expect(robin.modal()?.submit).toBe('I agree');
});

test('whoever runs groups is welcomed as such, is no newcomer to greet, and is not asked what members are', async () => {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const jo = community.as('jo');
  const fran = community.as('fran');
  const robin = community.as('robin');
  for (const facilitator of [jo, fran]) {
    const [welcome] = facilitator.dmsWithBot();
    expect(facilitator.visibleText(welcome)).toContain('your groups');
    expect(facilitator.visibleText(welcome)).not.toContain('Your facilitator is');
    expect(buttonsSentTo(facilitator)).toContain('Preview first steps');
  }
  expect(robin.visibleText(robin.dmsWithBot()[0])).not.toContain('your groups');
  await agree(fran);
  await community.forward(60, 10);
  const waits = ({ id }: { id: string }) =>
    rows(community, `select 1 from greetings join people on people.id = person_id where slack_id = '${id}'`)
      .length;
  expect([fran, jo, robin].map(waits)).toEqual([0, 0, 1]);
  await fran.openHome();
  await fran.click('My first steps');
  expect(fran.visibleText('modal')).toContain('Your first lookup');
  expect(fran.visibleText('modal')).not.toContain('Where I am now');
  await closeAll(fran);
  // Who has agreed is not told by who waits.
  const before = messagesSaying(jo, 'Somebody new has joined').length;
  await agree(robin);
  await community.forward(60, 10);
  expect(messagesSaying(jo, 'Somebody new has joined')).toHaveLength(before);
  expect(community.log).toEqual([]);
});
