import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import {
  actingMarkup,
  agreeOnly,
  closeAll,
  markupIn,
  messagesSaying,
  pressForged,
} from '../support/stories.ts';

const title = 'Perinatal <!here> *circle*';
const aDay = 24 * 60;
const after = 'After your session';
const others = 'Others, without names';
const placed = 'Who was there, of those with a place';
const walkedIn = 'Who came without a place';

/** A session for everybody on Wednesday 4 March, 10:00 to 11:30, planned and booked as people do. @returns its id. */
async function givenSession(
  community: Community,
  { hosts, booked }: { hosts: string[]; booked: string[] },
): Promise<string> {
  const jo = community.as('jo');
  await jo.command('/chatr sessions');
  await jo.click('Add a session');
  await jo.submit({
    'What is it?': 'Perinatal',
    'Who is it for?': 'Everybody who has agreed to the community agreement',
  });
  await jo.submit({ Day: '2026-03-04', 'Begins at': '10:00', Place: 'Town hall' });
  await jo.submit({ 'What is it called?': title, 'Who runs it?': hosts });
  await closeAll(jo);
  for (const name of booked) {
    const person = community.as(name);
    await person.command('/chatr sessions');
    await person.click('Open');
    await person.submit({ 'I come as': 'Another profession' });
    await closeAll(person);
  }
  const [session] = await withStore(community, (db) =>
    db.selectFrom('training_sessions').select('id').execute(),
  );
  return session?.id ?? '';
}

test('hosts tick who was there, people say so themselves, and everybody gets one message, a line for CPD and a certificate', async () => {
  const community = await givenCommunity();
  const { workspace } = community;
  for (const name of ['ash', 'bo', 'cam', 'declan']) workspace.addUser({ name, realName: `${name} Made-up` });
  await community.forward(5 * 60, 60);
  const [jo, fran] = [community.as('jo'), community.as('fran')];
  const [robin, sam, ash, bo, cam] = ['robin', 'sam', 'ash', 'bo', 'cam'].map((name) => community.as(name));
  if (!robin || !sam || !ash || !bo || !cam) throw new Error('Nobody is there.');
  await agreeOnly(robin, sam, ash, bo, cam, jo);
  const id = await givenSession(community, {
    hosts: ['jo', 'robin'],
    booked: ['sam', 'ash', 'bo'],
  });

  // Before it begins there is nothing to say or take.
  await pressForged(community, 'sam', { actionId: 'training.was-there', value: id });
  expect(sam.visibleText(sam.dmsWithBot().at(-1))).toContain('begins on Wednesday 4 March, 10:00');
  await pressForged(community, 'jo', { actionId: 'training.attendance', value: id });
  expect(jo.visibleText()).toContain('Attendance can be taken from then on.');
  await closeAll(jo);
  await jo.command('/chatr training');
  expect(jo.visibleText()).not.toContain('Attendance');
  await closeAll(jo);

  // In the room: Sam says so, Jo ticks Ash, adds Cam, and counts two who are not in Slack.
  await community.forward(19 * 60, 60);
  await sam.command('/chatr training');
  await sam.click('Past sessions');
  expect(sam.visibleText()).toMatch(/Perinatal.*Wednesday 4 March, 10:00 to 11:30.*You had a place/s);
  await sam.click('I was there');
  expect(sam.visibleText()).toMatch(/Noted: you were at.*You said that you were there/s);
  await sam.click('I was not there');
  expect(sam.visibleText()).toContain('Taken back.');
  await sam.click('I was there');
  expect(sam.visibleText()).not.toContain('Certificate (Word)');
  await closeAll(sam);

  await jo.command('/chatr training');
  expect(jo.visibleText()).toContain('attendance is not taken yet · one says that they were there');
  await jo.click('Attendance');
  expect(jo.visibleText()).toMatch(
    /Not taken yet\. It can be taken until <[^|]+\|Wednesday 18 March>\..*One says/s,
  );
  expect(jo.visibleText()).toContain('Only those who host this session see who came, for 180 days');
  await jo.click('Take attendance');
  await robin.command('/chatr training');
  await robin.click('Attendance');
  await robin.click('Take attendance');
  await jo.submit({ [others]: 'two' }, { mayFail: true });
  expect(jo.visibleText()).toContain('Please give a whole number up to 500');
  workspace.faults.nextDelivery('interactive', 'duplicate');
  await jo.submit({
    [placed]: ['Sam (says so)', 'ash'],
    [walkedIn]: ['cam', 'declan'],
    [others]: '2',
  });
  // Cam agreed and Declan did not, which nobody can tell.
  expect(jo.visibleText()).toMatch(
    /Saved\..*2 are counted without a name until they say.*There: 2.*4 others without a name/s,
  );
  expect(jo.visibleText()).not.toMatch(/cam Made-up|declan/i);
  expect(jo.visibleText()).not.toMatch(/absent|bo Made-up/i);
  await closeAll(jo);

  // Of whoever was not there nothing is kept.
  expect(
    await withStore(community, (db) => db.selectFrom('training_attendance').selectAll().execute()),
  ).toHaveLength(2);

  // Robin had the list open: nothing is undone unseen.
  await robin.submit({ [walkedIn]: ['robin'] });
  expect(robin.visibleText()).toContain('This list was changed while you had it open');
  await robin.submit();
  expect(robin.visibleText()).toMatch(/Saved\..*There: 3/s);
  await closeAll(robin);

  // Only hosts, whatever else they may.
  await pressForged(community, 'fran', { actionId: 'training.attendance', value: id });
  expect(fran.visibleText()).toContain('only for those who host this session');
  await closeAll(fran);
  await pressForged(community, 'bo', { actionId: 'training.attendance.confirm-all', value: id });
  expect(bo.visibleText()).toContain('only for those who host this session');
  await closeAll(bo);

  // Afterwards: one message to whoever was there, and none to whoever was not ticked.
  await community.forward(aDay, 2 * 60);
  expect(messagesSaying(bo, after)).toEqual([]);
  for (const person of [robin, sam, ash, cam]) expect(messagesSaying(person, after)).toHaveLength(1);
  const [thanks] = messagesSaying(ash, after);
  expect(ash.visibleText(thanks)).toMatch(/Thank you for coming to.*1 hour 30 minutes/s);
  expect(ash.visibleText(thanks)).toMatch(
    /Certificate \(Word\).*Write a reflection.*one thing you will try.*Fewer messages/s,
  );
  expect(markupIn(thanks)).not.toMatch(actingMarkup);
  await ash.click('Note one thing');
  await ash.submit({ 'One thing I will try': 'Sit down first' });
  expect(ash.visibleText('modal')).toContain('Kept, for you alone.');
  await closeAll(ash);

  // Cam had no place: a host wrote them down, and they say themselves whether they came.
  expect(cam.visibleText(messagesSaying(cam, after)[0])).toMatch(
    /Were you at.*A host wrote down.*I was there/s,
  );
  await cam.click('I was there');

  // Bo was there after all: it is theirs at once, and one act of a host confirms it.
  await bo.command('/chatr training');
  await bo.click('Past sessions');
  await bo.click('I was there');
  await closeAll(bo);
  await community.forward(120, 60);
  expect(messagesSaying(bo, after)).toHaveLength(1);
  expect(bo.visibleText(messagesSaying(bo, after)[0])).toContain('A host can confirm it.');
  await jo.command('/chatr training');
  expect(jo.visibleText()).toContain('attendance is taken · 2 say that they were there');
  await jo.click('Attendance');
  await jo.click('Confirm all');
  expect(jo.visibleText()).toMatch(/Confirmed\..*There: 5.*3 others without a name/s);
  // Where they said so, the certificate is.
  for (const person of [bo, cam])
    expect(person.visibleText(messagesSaying(person, after)[0])).toMatch(
      /Thank you for coming.*Certificate \(Word\)/s,
    );
  await closeAll(jo);
  await community.forward(5 * aDay, 4 * 60);
  for (const person of [robin, sam, ash, bo, cam]) expect(messagesSaying(person, after)).toHaveLength(1);
  expect(messagesSaying(community.as('toni'), after)).toEqual([]);

  // The certificate is for whoever was there, and nobody else.
  await bo.command('/chatr training');
  await bo.click('Past sessions');
  await bo.click('Certificate (Word)');
  await bo.submit();
  await workspace.settled();
  await closeAll(bo);
  const [file] = bo.dmsWithBot().flatMap(({ files }) => files);
  expect(file?.name).toBe('Certificate of attendance, 2026-03-04.docx');
  const bytes = await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer();
  const page = strFromU8(unzipSync(new Uint8Array(bytes))['word/document.xml'] ?? new Uint8Array());
  expect(page).toContain('bo Made-up');
  expect(page).toContain('Perinatal !here circle');
  expect(page).toContain('Hosted by Jo Madeup and Robin Practice');
  expect(page).not.toMatch(/Sam Sample|ash Made-up/);
  await pressForged(community, 'toni', { actionId: 'files.ask:training.certificate', value: id });
  await community.as('toni').submit();
  await workspace.settled();
  expect(community.as('toni').visibleText()).toContain('once a host of the session has confirmed');
  await closeAll(community.as('toni'));

  // A host corrects it: what Bo says stays Bo's, and the certificate is gone.
  await jo.command('/chatr training');
  await jo.click('Past sessions');
  await jo.click('Attendance');
  await jo.click('Correct it');
  await jo.submit({ [placed]: ['Sam', 'ash'] });
  expect(jo.visibleText()).toMatch(/There: 4.*One says/s);
  await closeAll(jo);
  await bo.command('/chatr training');
  await bo.click('Past sessions');
  expect(bo.visibleText()).toContain('You said that you were there');
  await closeAll(bo);

  // Two weeks are over: it stays as it is. Half a year later there is no list, and each has their own record.
  await community.forward(12 * aDay, aDay);
  await pressForged(community, 'jo', { actionId: 'training.attendance.take', value: id });
  expect(jo.visibleText()).toContain('two weeks are over');
  await closeAll(jo);
  await community.forward(180 * aDay, 30 * aDay);
  await pressForged(community, 'jo', { actionId: 'training.attendance', value: id });
  expect(jo.visibleText()).toContain('is not kept in a list any more');
  await closeAll(jo);
  await sam.command('/chatr training');
  await sam.click('Past sessions');
  expect(sam.visibleText()).toContain('You were there');
  await closeAll(sam);
  expect(community.log).toEqual([]);
});

test('nobody has taken attendance: who had a place may say so in the one message, and whoever wants none gets none', async () => {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [robin, sam, toni, jo] = ['robin', 'sam', 'toni', 'jo'].map((name) => community.as(name));
  if (!robin || !sam || !toni || !jo) throw new Error('Nobody is there.');
  await agreeOnly(robin, sam, toni, jo);
  const id = await givenSession(community, {
    hosts: ['jo'],
    booked: ['robin', 'sam', 'toni'],
  });
  await sam.command('/chatr settings');
  await sam.submit({ Messages: 'No messages' });
  await closeAll(sam);
  await community.forward(24 * 60, 60);
  expect(messagesSaying(sam, after)).toEqual([]);
  const [asked] = messagesSaying(robin, after);
  expect(robin.visibleText(asked)).toMatch(/If you came to.*on Wednesday 4 March: thank you\./s);
  community.workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.click('I was there');
  const [noted, ...more] = messagesSaying(robin, after);
  expect(more).toEqual([]);
  expect(robin.visibleText(noted)).toMatch(/You said that you were there.*one thing you will try/s);
  expect(robin.visibleText(noted)).not.toContain('I was there\n');

  // Its host is told once, with what else needs them that week.
  await community.forward(5 * aDay, 4 * 60);
  const [needs, ...again] = messagesSaying(jo, 'Last week in your groups');
  expect(again).toEqual([]);
  expect(jo.visibleText(needs)).toMatch(
    /What needs you.*Attendance of.*is not taken yet.*It can be taken until <[^|]+\|Wednesday 18 March>/s,
  );

  // As they said it, it is theirs for CPD, with its length and on its day.
  await robin.openHome();
  await robin.click('CPD record', { in: 'home' });
  await robin.submit({
    'Which record?': 'Social Work England CPD',
    From: '2025-12-01',
    Until: '2026-11-30',
  });
  expect(robin.visibleText()).toMatch(/4 March 2026.*Perinatal.*Attendance as you said it/s);
  await closeAll(robin);
  await robin.command('/chatr my data');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Your sessions');

  // Moved to a day to come, what was said of it counts for nothing until then.
  await change(community, { starts_at: '2026-03-11T10:00:00.000Z' });
  await robin.command('/chatr training');
  await robin.click('Past sessions');
  expect(robin.visibleText()).toContain('No session is behind you yet.');
  await closeAll(robin);
  await pressForged(community, 'robin', { actionId: 'training.was-there', value: id });
  expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('begins on Wednesday 11 March');
  await change(community, { starts_at: '2026-03-04T10:00:00.000Z', status: 'cancelled' });
  await pressForged(community, 'robin', { actionId: 'training.was-there', value: id });
  expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('This session was cancelled.');
  await pressForged(community, 'jo', { actionId: 'training.attendance.take', value: id });
  expect(jo.visibleText()).toContain('there is no attendance to take');
  await closeAll(jo);
  await change(community, { status: 'planned' });

  // Somebody is deleted between the ticks and the saving.
  await jo.command('/chatr training');
  await jo.click('Attendance');
  await jo.click('Take attendance');
  await robin.command('/chatr my data');
  await robin.click('Have everything deleted');
  await robin.click('Delete everything', { in: 'modal' });
  await closeAll(robin);
  await jo.submit({ [placed]: ['Robin (says so)', 'Sam'] });
  expect(jo.visibleText()).toMatch(/Saved\..*There: 1/s);
  await closeAll(jo);
  expect(community.log).toEqual([]);
});

const change = (community: Community, to: { starts_at?: string; status?: string }) =>
  withStore(community, (db) => db.updateTable('training_sessions').set(to).execute());

async function withStore<T>({ config }: Community, work: (db: Db) => Promise<T>): Promise<T> {
  const store = await openStore(config.databaseUrl);
  try {
    return await work(store.db);
  } finally {
    await store.close();
  }
}
