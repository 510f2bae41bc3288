import { defaultSeeds, type PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { addMembers, leaveCohort } from '../../../src/features/cohorts/members/membership.ts';
import { actorNamed, closeOnceAnswered, givenWorkspace, manyPeople, type OnSlack } from './slack-support.ts';
import { givenCohort, membersOf } from './support.ts';

const newest = (person: PersonDriver): string => {
  const message = person.ephemerals().at(-1);
  return message ? person.visibleText(message) : '';
};

async function groupOf(on: OnSlack, name = 'Perinatal pilot'): Promise<string> {
  return givenCohort(on.bench, await actorNamed(on, 'jo'), name);
}

const idsOf = async (on: OnSlack, ...names: string[]): Promise<string[]> =>
  (await Promise.all(names.map((name) => on.person(name)))).map(({ id }) => id).sort();

/** Opens a group's card in a modal, by way of App Home. */
async function openCard(person: PersonDriver): Promise<void> {
  await person.openHome();
  await person.click('Open', { in: 'home' });
}

describe('groups in Slack', () => {
  test('a facilitator makes a first group from App Home, with people in it', async () => {
    const on = await givenWorkspace();
    const jo = on.as('jo');
    await jo.openHome();
    expect(jo.visibleText('home')).toContain('Make your first group');
    await jo.click('Make your first group', { in: 'home' });
    await jo.fill({ Name: 'Spring *pilot* <!channel>', People: ['robin', 'gale', 'dana'] });
    await jo.submit({ 'First day': '2026-03-10', 'Last day': '2026-03-01' }, { mayFail: true });
    expect(jo.modal()?.title).toBe('Make a group');
    expect(jo.describe()).toContain('before the first day');
    await jo.submit({ 'Last day': '2026-05-26' });
    const text = jo.visibleText('modal');
    expect(text).toContain('Added 2 people');
    expect(text).toContain('1 of them is a guest');
    expect(text).toContain('Left out: 1 (no longer in this workspace)');
    expect(text).toContain('10 March 2026 to 26 May 2026');
    expect(on.bench.heard).toHaveLength(2);
    await jo.openHome();
    expect(jo.visibleText('home')).toContain('Groups I run');
  });

  test('a second group of the same name is asked about, and what was typed stays', async () => {
    const on = await givenWorkspace();
    await groupOf(on);
    const jo = on.as('jo');
    await jo.command('/try');
    await jo.click('Make a group');
    await jo.submit({ Name: 'perinatal PILOT', 'First day': '2026-03-10' });
    expect(jo.visibleText('modal')).toContain('There is a group called');
    await jo.submit({ 'Two of the same name': ['yes'] });
    expect(jo.visibleText('modal')).toContain('perinatal PILOT');
    expect(jo.visibleText('modal')).toContain('from 10 March 2026');
    expect(await on.bench.db.selectFrom('cohorts').select('id').execute()).toHaveLength(2);
  });

  test('people are added by name, taken out, put back; the same again does no harm', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add people');
    await jo.submit({ People: ['robin', 'sam'] });
    expect(jo.visibleText('modal')).toContain('Added 2 people');
    await jo.click('Add people');
    await jo.submit({ People: ['robin'] });
    expect(jo.visibleText('modal')).toContain('Nobody new was added');
    await jo.click('See people');
    const asListed = () =>
      JSON.stringify(jo.modal()?.blocks, (key, value) => (key === 'block_id' ? undefined : value));
    const before = asListed();
    // As whoever says no to the community agreement is kept.
    await on.bench.db
      .updateTable('people')
      .set({ display_name: '' })
      .where('slack_id', '=', on.as('sam').id)
      .execute();
    await jo.click('Back to the group');
    await jo.click('See people');
    expect(asListed()).toBe(before);
    await jo.click('Take out', { nth: 0 });
    expect(await membersOf(on.bench, cohortId)).toHaveLength(1);
    await jo.click('Undo');
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'robin', 'sam'));
    await jo.click('Back to the group');
    await jo.click('Archive');
    expect(jo.visibleText('modal')).toContain('(archived)');
    await jo.click('Bring it back');
    expect(jo.visibleText('modal')).toContain('2 members');
    expect(jo.modals()).toHaveLength(1);
  });

  test('a member sees the groups they are in, leaves, and undoes it', async () => {
    const on = await givenWorkspace();
    const robin = on.as('robin');
    await robin.command('/try');
    expect(newest(robin)).toContain('You are in no group at the moment');
    const cohortId = await groupOf(on);
    const people = [await on.person('robin')];
    await addMembers(on.bench, { actor: await actorNamed(on, 'jo'), cohortId, people });
    await robin.command('/try');
    expect(newest(robin)).not.toContain('Make a group');
    await robin.click('Leave this group');
    expect(newest(robin)).toContain('You have left Perinatal pilot');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
    await robin.click('Undo');
    expect(newest(robin)).toContain('You are back in Perinatal pilot');
  });

  test('a button or form of a group that is not theirs any more says so and changes nothing', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add people');
    await on.bench.db.updateTable('roles').set({ revoked_at: '2026-03-03T10:00:00.000Z' }).execute();
    await jo.submit({ People: ['robin'] });
    expect(jo.visibleText('modal')).toContain('you are not one of them');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('facilitators are chosen; a guest is refused in words', async () => {
    const on = await givenWorkspace();
    await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.choose({ actionId: 'cohorts.more' }, 'Facilitators');
    await jo.submit({ 'Facilitators of this group': ['robin', 'gale'] });
    expect(jo.visibleText('modal')).toContain('Now facilitating');
    expect(jo.visibleText('modal')).toContain('cannot facilitate');
    const robin = on.as('robin');
    await robin.command('/try');
    expect(newest(robin)).toContain('Groups you run');
    expect(newest(robin)).not.toContain('Make a group');
  });
});

test('120 groups with the longest of names, full of markup, stay within what Slack takes', async () => {
  const on = await givenWorkspace();
  const actor = await actorNamed(on, 'jo');
  const people = [await on.person('jo')];
  for (let index = 0; index < 120; index += 1) {
    const cohortId = await givenCohort(
      on.bench,
      actor,
      `${'<&*_~`>'.repeat(10)} ${index} \u{1f469}\u200d\u{1f9b0}`,
    );
    await addMembers(on.bench, { actor, cohortId, people });
  }
  const jo = on.as('jo');
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('115 more');
  await jo.command('/try');
  expect(newest(jo)).toContain('Page 1 of 24');
  await jo.click('More');
  await jo.click('Open', { nth: 0 });
  await jo.choose({ actionId: 'cohorts.more' }, 'Name and dates');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('Saved.');
  await jo.click('See people');
  await jo.click('Take out');
  await jo.click('Back to the group');
  await jo.click('Import trainees');
  expect(jo.modal()?.title).toBe('Import trainees');
  await jo.submit({
    'Paste the list':
      `email;group\n${Array.from({ length: 60 }, (_, index) => `p${index}@x.org;${'<&*'.repeat(20)}${index}`).join('\n')}`.slice(
        0,
        3000,
      ),
  });
  expect(jo.visibleText('modal')).toContain('can be imported');
});

describe('channels', () => {
  test('everyone in a private channel is added, the bot itself left aside', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    await jo.submit({ Channel: 'perinatal-pilot' });
    expect(await membersOf(on.bench, cohortId), 'nobody before it was seen').toEqual([]);
    const preview = jo.visibleText('modal');
    expect(preview).toContain('3 people would join Perinatal pilot');
    for (const name of ['fran', 'robin', 'sam']) expect(preview).toContain(`<@${on.as(name).id}>`);
    expect(preview).toContain(`Left out: <@${jo.id}> (runs this group`);
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('Added 3 people');
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'robin', 'sam'));
  });

  test('adding is undone by one button: those it brought in go, and nobody else', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add people');
    await jo.submit({ People: ['robin'] });
    await jo.choose({ actionId: 'cohorts.more' }, 'Add a whole channel');
    await jo.submit({ Channel: 'perinatal-pilot' });
    expect(jo.visibleText('modal')).toContain('2 people would join');
    expect(jo.visibleText('modal')).toContain('In the group already: 1');
    await jo.submit();
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'robin', 'sam'));
    // Of those, Sam goes, and is asked in by name: that is another addition.
    const request = { actor: await actorNamed(on, 'jo'), cohortId };
    const sam = await on.person('sam');
    await leaveCohort(on.bench, { actor: await actorNamed(on, 'sam'), cohortId });
    await addMembers(on.bench, { ...request, people: [sam] });
    await jo.click('Undo');
    expect(jo.visibleText('modal')).toContain('Undone: 1 person is out of Perinatal pilot again');
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'robin', 'sam'));
    expect(on.bench.heard.at(-1)).toBe(`${(await on.person('fran')).id} out ${cohortId}`);
  });

  test('people added by name are taken out again in one go', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await jo.command('/try');
    await jo.click('Open');
    await jo.click('Add people');
    await jo.submit({ People: ['robin', 'sam', 'jo'] });
    expect(await membersOf(on.bench, cohortId), 'by name, also who runs it').toHaveLength(3);
    await jo.click('Undo');
    expect(jo.visibleText('modal')).toContain('Undone: 3 people are out');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('buttons and menus of messages that were sent under other ids work as before', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    const text = { type: 'plain_text' as const, text: 'Do it' };
    const sent = async (action_id: string, value: string) => {
      const element =
        action_id === 'cohorts.more'
          ? { type: 'overflow' as const, action_id, options: [{ text, value }] }
          : { type: 'button' as const, action_id, text, value };
      const blocks = [{ type: 'actions' as const, elements: [element] }];
      const { ts } = await on.client.chat.postMessage({ channel: jo.id, text: 'Sent before', blocks });
      const message = jo.dmsWithBot().find((one) => one.ts === ts);
      if (!message) throw new Error('The message did not arrive.');
      return { in: message };
    };
    const [robin] = await idsOf(on, 'robin');
    const request = { actor: await actorNamed(on, 'jo'), cohortId };
    const outcome = await addMembers(on.bench, { ...request, people: [await on.person('robin')] });
    const addition = outcome.kind === 'added' ? outcome.addition : '';
    let answers = 0;
    for (const [id, value, says] of [
      ['undoAdding', `${cohortId}:${addition}`, 'Undone: 1 person is out'],
      ['putBack', `${cohortId}:${robin}`, 'Added 1 person'],
      ['earlierPeople', `${cohortId}:0`, '1 member'],
      ['laterPeople', `${cohortId}:0`, '1 member'],
      ['earlierExpected', `${cohortId}:0`, 'Expected in Perinatal pilot'],
      ['laterExpected', `${cohortId}:0`, 'Expected in Perinatal pilot'],
      ['importState', 'gone', 'This list'],
      ['undoFollowing', `${cohortId}:C0:none`, 'Perinatal pilot'],
    ] as const) {
      await jo.click({ actionId: `cohorts.${id}` }, await sent(`cohorts.${id}`, value));
      answers += 1;
      expect([id, jo.ephemerals().length]).toEqual([id, answers]);
      expect([id, newest(jo)]).toEqual([id, expect.stringContaining(says)]);
    }
    await jo.choose(
      { actionId: 'cohorts.more' },
      'Do it',
      await sent('cohorts.more', `cohorts.addChannel:${cohortId}`),
    );
    expect(jo.modal()?.title).toBe('Add a whole channel');
  });

  test('keeping in step is undone: the link goes, and those it brought in', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
    await jo.submit({ Channel: 'perinatal-pilot', Membership: ['yes'] });
    await jo.submit();
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'robin', 'sam'));
    await jo.click('Undo');
    expect(jo.visibleText('modal')).toContain('No channel is linked now');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
    await on.workspace.leaveChannel('sam', 'perinatal-pilot');
    await on.workspace.joinChannel('sam', 'perinatal-pilot');
    await on.workspace.settled();
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('a 300-person channel: who was added and who was left out, in counts, with few calls', async () => {
    const extra = manyPeople(300);
    const bots = manyPeople(3, { isBot: true });
    const seeds = { ...defaultSeeds, people: [...defaultSeeds.people, ...extra, ...bots] };
    const on = await givenWorkspace({ seeds });
    const cohortId = await groupOf(on);
    on.workspace.addChannel({
      name: 'big',
      members: ['jo', ...[...extra, ...bots].map(({ name }) => name)],
      withApp: true,
    });
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    const before = on.workspace.calls.length;
    await jo.submit({ Channel: 'big' });
    expect(jo.visibleText('modal')).toContain('300 people would join');
    expect(jo.visibleText('modal')).toContain('290 more');
    await jo.submit();
    const text = jo.visibleText('modal');
    expect(text).toContain('Added 300 people');
    expect(text).toContain('Left out: 3 (are bots)');
    expect(await membersOf(on.bench, cohortId)).toHaveLength(300);
    expect(on.workspace.calls.length - before).toBeLessThan(20);
    expect(on.bench.heard).toHaveLength(300);
  });

  test('progress that Slack does not show holds nothing up', async () => {
    const extra = manyPeople(150);
    const seeds = { ...defaultSeeds, people: [...defaultSeeds.people, ...extra] };
    const on = await givenWorkspace({ seeds });
    const cohortId = await groupOf(on);
    on.workspace.addChannel({
      name: 'big',
      members: ['jo', ...extra.map(({ name }) => name)],
      withApp: true,
    });
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    await jo.submit({ Channel: 'big' });
    on.workspace.faults.next('views.update', 'server-error');
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('Added 150 people');
    expect(await membersOf(on.bench, cohortId)).toHaveLength(150);
  });

  test('whoever closes the window meanwhile gets the result in a message', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    await jo.submit({ Channel: 'perinatal-pilot' });
    closeOnceAnswered(on, 'jo');
    await jo.submit();
    expect(jo.modals()).toEqual([]);
    expect(jo.visibleText(jo.dmsWithBot().at(-1))).toContain('Added 3 people');
    expect(await membersOf(on.bench, cohortId)).toHaveLength(3);
    await jo.click('Undo');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('whoever closes the window before it was shown who would join has not added anybody', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    closeOnceAnswered(on, 'jo');
    await jo.submit({ Channel: 'perinatal-pilot' });
    expect(jo.modals()).toEqual([]);
    expect(jo.dmsWithBot()).toEqual([]);
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('nobody learns who is in a private channel they are not in', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    on.workspace.addChannel({ name: 'secret', private: true, members: ['robin', 'sam'], withApp: true });
    const jo = on.as('jo');
    await openCard(jo);
    await jo.click('Add a whole channel');
    await jo.submit({ Channel: 'secret' });
    expect(jo.visibleText('modal')).toContain('I cannot see that channel');
    expect(await membersOf(on.bench, cohortId)).toEqual([]);
  });

  test('a linked channel is kept in step, also over a time when the bot was away', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const jo = on.as('jo');
    const actor = await actorNamed(on, 'jo');
    await addMembers(on.bench, { actor, cohortId, people: [await on.person('gale')] });
    await openCard(jo);
    await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
    await jo.submit({ Channel: 'perinatal-pilot', Membership: ['yes'] });
    expect(jo.visibleText('modal')).toContain('3 people would join Perinatal pilot');
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('kept in step');
    // Gale, who was added by name, stays without being in the channel.
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'robin', 'sam', 'gale'));

    await on.workspace.joinChannel('toni', 'perinatal-pilot');
    await on.workspace.leaveChannel('sam', 'perinatal-pilot');
    await on.workspace.settled();
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'robin', 'toni', 'gale'));

    // As after a time away: Robin left the group but not the channel, and Toni's row says nothing of Sam's return.
    await leaveCohort(on.bench, { actor: await actorNamed(on, 'robin'), cohortId });
    await on.bench.db
      .deleteFrom('cohort_channel_members')
      .where('person_id', '=', (await on.person('fran')).id)
      .execute();
    await on.bench.db
      .insertInto('cohort_channel_members')
      .values({ cohort_id: cohortId, person_id: (await on.person('gale')).id })
      .execute();
    await on.feature.reconcileChannels();
    await on.feature.reconcileChannels();
    expect(await membersOf(on.bench, cohortId)).toEqual(await idsOf(on, 'fran', 'toni'));
  });

  test('a channel that cannot be read takes nobody out', async () => {
    const on = await givenWorkspace();
    const cohortId = await groupOf(on);
    const people = [await on.person('robin')];
    await addMembers(on.bench, { actor: await actorNamed(on, 'jo'), cohortId, people });
    await on.bench.db.updateTable('cohorts').set({ channel_id: 'C0NOWHERE', follows_channel: 1 }).execute();
    await on.bench.db
      .insertInto('cohort_channel_members')
      .values({ cohort_id: cohortId, person_id: people[0]?.id ?? '' })
      .execute();
    await on.feature.reconcileChannels();
    expect(await membersOf(on.bench, cohortId)).toHaveLength(1);
  });
});
