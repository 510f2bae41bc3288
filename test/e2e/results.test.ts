import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll, makeGroup, messagesSaying, scheduleCheckIn } from '../support/stories.ts';

const group = 'Perinatal pilot';
const pulse = 'Weekly pulse';
const week = 'How has your working week felt?';
const word = 'A word or a line about your week.';
const aDay = 24 * 60;
const heard = 'What we heard, and what we will do';

type Given = Community & { jo: PersonDriver; members: PersonDriver[] };

/** Seven in a group, and two weekly rounds of it, the second better than the first. It is Friday 13 March. */
async function givenTwoRounds(): Promise<Given> {
  const community = await givenCommunity();
  const names = ['robin', 'sam', 'ash', 'bo', 'cam', 'dee', 'eli'];
  for (const name of names.slice(2))
    community.workspace.addUser({ name, realName: `${name[0]?.toUpperCase()}${name.slice(1)} Made-up` });
  await community.forward(5 * 60, 60);
  const jo = community.as('jo');
  const members = names.map((name) => community.as(name));
  await agreeOnly(...members);
  await makeGroup(jo, group, names);
  await scheduleCheckIn(jo, {
    group,
    template: pulse,
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
    open: '1 day',
  });
  for (const [round, days] of [1, 7].entries()) {
    await community.forward(days * aDay, 240);
    for (const [index, person] of members.slice(0, 6).entries()) {
      await person.click('Answer', { in: messagesSaying(person, 'check-in is ready').at(-1) as never });
      await person.submit({
        [week]: round === 0 ? '2' : '4',
        [word]: round === 0 ? 'early' : `numbat ${index}`,
      });
      await closeAll(person);
    }
  }
  await community.forward(2 * aDay, 240);
  return { ...community, jo, members };
}

async function openResults(person: PersonDriver): Promise<void> {
  await person.openHome();
  await person.click('Results', { in: 'home' });
}

test('results are a page of Home that stays through a refresh, with words in a window only; whoever loses the role loses the page at once', async () => {
  const given = await givenTwoRounds();
  const { jo, workspace } = given;
  const [fran, toni] = [given.as('fran'), given.as('toni')];
  await fran.openHome({ quiet: true });
  await fran.click('Give a role', { in: 'home' });
  await fran.submit({ Person: 'toni', Role: 'Facilitator of one group', Group: group });
  await closeAll(fran);

  await openResults(toni);
  const page = () => toni.visibleText('home');
  expect(page()).toContain('Results: Weekly pulse');
  expect(page()).toContain('In the highest third, towards “Light enough”. Higher than last time.');
  expect(page()).toContain('Third of the scale: 4 Mar: 1 · low 1, 11 Mar: 3 · high 3');
  expect(page()).not.toContain('numbat');
  // Something of theirs changes, and the tab is opened again within the hour.
  await jo.command('/chatr checkin list');
  await jo.choose({ actionId: 'checkins.manage' }, 'Pause');
  await jo.choose({ actionId: 'checkins.manage' }, 'Go on');
  await given.forward(10, 5);
  await toni.openHome();
  expect(page()).toContain('Results: Weekly pulse');
  await toni.choose({ actionId: 'checkins.page.round' }, 'Week of 2 March');
  expect(page()).toContain('In the lowest third');
  await toni.choose({ actionId: 'checkins.page.round' }, 'Week of 9 March');

  await toni.click('Read their words', { in: 'home' });
  expect(toni.visibleText('modal')).toContain('numbat 3');
  await toni.click('Hide an answer');
  expect(toni.visibleText('modal')).toContain('Nothing is hidden now.');
  await toni.submit({ 'Which should not be read?': ['numbat 3'] });
  expect(toni.visibleText('modal')).not.toContain('numbat 3');
  expect(toni.visibleText('modal')).toContain('Hide or show again (1 hidden)');
  // What another facilitator sees, in the window of the message's button too.
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  expect(jo.visibleText('modal')).not.toContain('numbat 3');
  await jo.click('Hide or show again (1 hidden)');
  expect(jo.visibleText('modal')).toContain('1 answer is hidden now.');
  await jo.submit({ 'Which should not be read?': [] });
  expect(jo.visibleText('modal')).toContain('numbat 3');
  await closeAll(jo);

  await closeAll(toni);
  await toni.click('Notes', { in: 'home' });
  // A number and a name are told at once, and the green button masks and saves both.
  await toni.submit({ 'Your note': 'Robin said 07700 900124' });
  expect(toni.visibleText('modal')).toMatch(
    /a phone number.*Keep it as it is.*this names somebody of the group/s,
  );
  expect(toni.modal()?.submit).toBe('Mask it and save');
  await toni.submit();
  expect(toni.visibleText('modal')).toContain('Your note is kept.');
  await closeAll(toni);
  await toni.click('Notes', { in: 'home' });
  expect(JSON.stringify(toni.modal())).toContain('[name removed] said [phone number removed]');
  // A name alone likewise. What is kept as it is says nothing of being saved before it is.
  await toni.submit({ 'Your note': 'Robin seemed tired' });
  expect(toni.visibleText('modal')).toContain('this names somebody of the group');
  await closeAll(toni);
  await toni.click('Notes', { in: 'home' });
  expect(toni.visibleText('modal')).toContain('As you left it, and not saved yet.');
  await toni.submit();
  await toni.click('Keep it as it is');
  expect(toni.visibleText('modal')).toContain('It stays as you wrote it.');
  expect(toni.visibleText('modal')).not.toMatch(/not saved yet|kept as it is|names somebody/i);
  await closeAll(toni);
  await toni.click('Notes', { in: 'home' });
  await toni.submit({ 'Your note': 'Ring 020 7946 0123 about the room.' });
  expect(toni.visibleText('modal')).toContain('a phone number');
  await toni.click('Keep it as it is');
  await toni.submit({ 'Your note': 'Ring 020 7946 0123 about the room.' });
  await closeAll(toni);
  await openResults(jo);
  await jo.click('Notes', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('Ring 020 7946 0123 about the room.');
  expect(jo.visibleText('modal')).toContain('Only those who can read these results see the notes on them');
  await closeAll(jo);

  await toni.click('Read their words', { in: 'home' });
  await fran.openHome({ quiet: true });
  await fran.click('See who has a role', { in: 'home' });
  await fran.click({ actionId: 'roles.revoke' }, { nth: 0 });
  await closeAll(fran);
  expect(page(), 'published anew at once').not.toMatch(/Results|third/);
  await toni.click('Hide an answer');
  expect(toni.visibleText('modal')).toContain('Only those who run this group can do that.');
  await closeAll(toni);

  const modals = ['views.open', 'views.update', 'views.push'];
  for (const call of workspace.calls)
    if (!modals.includes(call.method)) expect(JSON.stringify(call), call.method).not.toContain('numbat');
  expect(given.log).toEqual([]);
});

test('what was heard is looked at first and goes out once; where the bot is not in the channel the form stays and says how', async () => {
  const given = await givenTwoRounds();
  const { jo, members, workspace } = given;
  await jo.openHome();
  await jo.click('Open', { in: 'home' });
  await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
  await jo.submit({ Channel: 'perinatal-pilot' });
  await closeAll(jo);
  await workspace.leaveChannel(workspace.botUserId, 'perinatal-pilot');

  await openResults(jo);
  await jo.click('Say what we heard', { in: 'home' });
  // What was masked stays so, whatever is kept of what no mask can help.
  await jo.submit({
    'What we heard': 'Robin said 07700 900124',
    'Where does it go?': 'To each who was asked, by direct message',
  });
  expect(jo.modal()?.submit).toBe('Mask it and preview');
  await jo.submit();
  expect(jo.visibleText('modal')).toMatch(/is masked in the preview.*names somebody of the group/s);
  await jo.click('Keep it as it is');
  expect(JSON.stringify(jo.modal())).toMatch(/is masked in the preview.*You keep:.*_What we heard_: a name/s);
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('Robin said [phone number removed]');
  expect(jo.visibleText('modal')).not.toContain('900124');
  await jo.click('Change it');
  await jo.submit({
    'What we heard': 'Robin wants more time.',
    'Where does it go?': 'To the group’s channel',
  });
  expect(JSON.stringify(jo.modal())).toMatch(
    /names somebody of the group.*Keep it as it is.*Robin wants more time/s,
  );
  await jo.click('Keep it as it is');
  expect(JSON.stringify(jo.modal())).toMatch(/You keep:.*_What we heard_: a name/s);
  await jo.submit(
    {
      'What we heard': 'More time to talk <!channel>.',
      'What we will do': 'We begin at half past nine.',
      'Sentences to go along': [week],
      'Where does it go?': 'To the group’s channel',
    },
    { mayFail: true },
  );
  expect(JSON.stringify(jo.modal())).toContain('/invite @chatr-companion');
  expect(JSON.stringify(jo.modal()), 'it is reworded').not.toContain('names somebody of the group');
  // What was written is kept, also when the window is closed.
  await closeAll(jo);
  await jo.click('Go on with what we heard', { in: 'home' });
  expect(JSON.stringify(jo.modal())).toContain('More time to talk <!channel>.');
  await workspace.joinChannel(workspace.botUserId, 'perinatal-pilot');
  await jo.submit();
  const preview = jo.visibleText('modal');
  expect(preview).toContain('Goes once to');
  expect(preview).toContain('Towards “Light enough”. Higher than last time.');

  // Slack's answer to the post is lost: nobody can tell whether it is there, so it is not repeated.
  workspace.faults.next('chat.postMessage', 'drop-answer');
  await jo.click('Post it', { quiet: true });
  expect(jo.visibleText('modal')).toContain('on its way');
  await closeAll(jo);
  await given.forward(aDay, 30);
  const posts = () => jo.messages('perinatal-pilot').filter(({ text }) => text.includes(heard));
  expect(posts()).toHaveLength(1);
  expect(jo.visibleText(posts()[0])).toContain('More time to talk');
  expect(JSON.stringify(posts()[0]?.blocks), 'nothing that was written can call everybody').not.toMatch(
    /"mrkdwn"[^}]*<!channel>/,
  );
  for (const person of members) expect(messagesSaying(person, heard), person.realName).toEqual([]);
  await jo.click('What we gave back', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('Slack did not say whether it arrived');
  expect(jo.visibleText('modal')).not.toContain('Post it\n');
  await closeAll(jo);

  // The round before, by direct message: to each in their own hours, once, however often it is pressed.
  await jo.choose({ actionId: 'checkins.page.round' }, 'Week of 2 March');
  await jo.click('Say what we heard', { in: 'home' });
  await jo.submit({
    'What we heard': 'The weeks are heavy.',
    'Where does it go?': 'To each who was asked, by direct message',
  });
  const post = { actionId: 'checkins.heard-post' };
  await Promise.all([jo.click(post, { mayFail: true }), jo.click(post, { mayFail: true })]);
  await closeAll(jo);
  await given.forward(3 * aDay, 240);
  for (const person of members) {
    const got = messagesSaying(person, heard);
    expect(got, person.realName).toHaveLength(1);
    expect(person.visibleText(got[0])).toContain('You need not do anything.');
    expect(person.visibleText(got[0])).not.toContain('numbat');
  }
  expect(messagesSaying(jo, heard)).toEqual([]);
  // A delivery that Slack left unclear is written down, and nothing else is.
  expect(
    given.log.filter((line) => !line.includes('A delivery failed') && !line.includes('A call to Slack')),
  ).toEqual([]);
});
