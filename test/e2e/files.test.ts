import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

const names = ['robin', 'sam', 'toni', 'ash', 'bo', 'cam'];

test('a group answers in Slack and on paper; its facilitator takes a page for the table away, and it goes after a day', async () => {
  const community = await givenCommunity();
  const { workspace } = community;
  for (const name of names.slice(3)) workspace.addUser({ name, realName: `${name} Made-up` });
  await community.forward(5 * 60, 60);
  const jo = community.as('jo');
  const members = names.map((name) => community.as(name));
  await agreeOnly(...members);
  await makeGroup(jo, 'Perinatal pilot', names);
  await scheduleCheckIn(jo, {
    group: 'Perinatal pilot',
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  for (const person of members) {
    await person.click('Answer');
    await person.submit({
      'How has your working week felt?': '2',
      'A word or a line about your week.': `private ${person.realName}`,
    });
    await closeAll(person);
    if (person === members[0]) {
      await jo.command('/chatr checkin list');
      await jo.click('Results');
      await jo.click('Answers on paper');
      await jo.click('Bring a list (CSV)');
      await jo.submit({ file: [jo.upload('Week 3.csv', 'week,word\n5,from a sheet\n5,\n4,\n5,\n5,')] });
      await jo.submit();
      await closeAll(jo);
    }
  }

  // Everybody has answered, and there are papers: it waits for Jo.
  await jo.command('/chatr checkin list');
  await jo.click('Results');
  expect(jo.visibleText()).toContain('5 answers on paper are entered.');
  await jo.click('Close it now');
  const screen = jo.visibleText();
  expect(screen).toContain('In the lowest third, towards “Very heavy”.');
  expect(screen).toContain('On paper:');
  expect(screen).toContain('In the highest third, towards “Light enough”.');
  expect(screen).toContain('from a sheet');

  await jo.click('A page for the table (Word)');
  expect(jo.visibleText()).toContain('Workspace owners may be able to export');
  await jo.submit();
  await workspace.settled();
  expect(jo.visibleText()).toContain('is in your conversation with me');
  const files = () => jo.dmsWithBot().flatMap((message) => message.files);
  const [file] = files();
  expect(file?.name).toBe('Weekly pulse, Perinatal pilot, 2026-03-04.docx');
  const bytes = await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer();
  const page = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array());
  expect(page).toContain('In the lowest third, towards “Very heavy”.');
  expect(page).toContain('On paper: In the highest third, towards “Light enough”.');
  expect(page).not.toMatch(/private|sheet/);

  await closeAll(jo);
  const read = async (name: string) => {
    const found = files().find((one) => one.name.endsWith(name));
    return (await fetch(workspace.url + (found?.url ?? ''))).text();
  };
  for (const choice of ['Figures for a spreadsheet (CSV)', 'Figures for a program (JSON)']) {
    await jo.command('/chatr checkin list');
    await jo.click('Results');
    await jo.choose({ actionId: 'files.choose' }, choice);
    await jo.submit();
    await workspace.settled();
    await closeAll(jo);
  }
  expect(await read('.csv')).toMatch(/third of the scale,low.*on paper: third of the scale,high/s);
  expect(JSON.parse(await read('.json'))).toMatchObject({ onPaper: '5 answered on paper.' });
  // A file sent to the bot like this is answered as words are: it is no chat.
  await jo.post('', { files: [jo.upload('photo.png', 'not really')] });
  expect(jo.visibleText(jo.dmsWithBot().at(-1))).toMatch(/find|help/i);
  expect(jo.dmsWithBot().at(-1)?.user).toBe(workspace.botUserId);
  await community.forward(24 * 60 + 10, 60);
  expect(files().map(({ name }) => name)).toEqual(['photo.png']);
  const notes = jo.dmsWithBot().map((message) => jo.visibleText(message));
  expect(notes.some((note) => note.includes('is removed from Slack'))).toBe(true);
  expect(community.log.join('\n')).not.toMatch(/private|sheet/);
});
