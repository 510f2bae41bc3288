import ICAL from 'ical.js';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { recordCancelled, setHosts, updateSession } from '../../src/features/training/sessions/store.ts';
import { givenSession } from '../features/training/support.ts';
import { givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';
import { agreeOnly, closeAll, databaseBytes } from '../support/stories.ts';

/** As a calendar reads it. */
function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  return {
    method: calendar.getFirstPropertyValue('method')?.toString(),
    events: calendar.getAllSubcomponents('vevent').map((one) => ({
      uid: new ICAL.Event(one).uid,
      summary: new ICAL.Event(one).summary,
      starts: new ICAL.Event(one).startDate.toJSDate().toISOString(),
    })),
  };
}

test('a place comes as a file; over HTTP somebody’s own calendar asks at an address that only they have, and that can end', async () => {
  const community = await givenCommunity({
    httpPort: await freePort(),
    config: { publicUrl: 'https://chatr.example/' },
  });
  const { workspace, config } = community;
  const [robin, sam, jo] = [community.as('robin'), community.as('sam'), community.as('jo')];
  await community.forward(5);
  await agreeOnly(robin, sam);
  const { db } = await openStore(config.databaseUrl, { mustExist: true });
  const { id: host } = await db
    .selectFrom('people')
    .select('id')
    .where('slack_id', '=', jo.id)
    .executeTakeFirstOrThrow();
  const session = await givenSession(db, host, {
    title: 'Case discussion; with, commas',
    link: 'https://meet.example/secret-room',
    places: 1,
  });
  await setHosts(db, session.id, [host]);
  const book = async (person: PersonDriver) => {
    await person.command('/chatr sessions');
    await person.click({ actionId: 'sessions.open' });
    await person.submit({ 'I come as': 'Midwifery and maternity' });
    await closeAll(person);
  };
  await book(robin);
  await book(sam);

  const takeEntry = async (): Promise<string> => {
    const before = robin.dmsWithBot().flatMap(({ files }) => files.map(({ id }) => id));
    await robin.click('Add to calendar');
    expect(robin.visibleText('modal')).toContain('The session for your own calendar, as a file (.ics)');
    await robin.submit();
    await workspace.settled();
    await closeAll(robin);
    const file = robin
      .dmsWithBot()
      .flatMap(({ files }) => files)
      .find(({ id }) => !before.includes(id));
    expect(file?.name).toBe('Case discussion; with, commas, 2026-03-17.ics');
    return (await fetch(workspace.url + (file?.url ?? ''))).text();
  };
  const entry = await takeEntry();
  expect(read(entry)).toMatchObject({
    method: 'REQUEST',
    events: [{ summary: 'Case discussion; with, commas', starts: '2026-03-17T14:00:00.000Z' }],
  });
  // The link is for their own calendar alone: the file stays in the conversation.
  expect(entry).not.toContain('secret-room');
  expect(entry).not.toMatch(/robin|sam made/i);

  /** A calendar asks. Compared without the time of the answer. */
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`http://127.0.0.1:${config.port}${path}`, init);
    const { date: _date, ...headers } = Object.fromEntries(response.headers);
    return { status: response.status, headers, text: await response.text() };
  };
  const makeAddress = async (button: string): Promise<string> => {
    await robin.command('/chatr training');
    await robin.click('My calendar');
    await robin.click(button);
    const shown = /https:\/\/chatr\.example(\/calendar\/[\w-]{43}\.ics)/.exec(robin.visibleText('modal'));
    expect(robin.visibleText('modal')).toContain(`webcal://chatr.example${shown?.[1]}`);
    await closeAll(robin);
    return shown?.[1] ?? '';
  };
  const first = await makeAddress('Make my address');
  const answer = await ask(first);
  expect(answer).toMatchObject({
    status: 200,
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive',
    },
  });
  expect(read(answer.text).events).toMatchObject([{ uid: read(entry).events[0]?.uid }]);
  expect(answer.text).toContain('secret-room');
  const since = { headers: { 'if-none-match': answer.headers.etag ?? '' } };
  expect(await ask(first, since)).toMatchObject({ status: 304, text: '' });
  expect(await ask(first, { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });

  await updateSession(db, {
    ...session,
    startsAt: new Date('2026-03-17T15:00:00Z'),
    sequence: 1,
    changedAt: community.clock.now(),
  });
  expect(read((await ask(first, since)).text).events).toMatchObject([{ starts: '2026-03-17T15:00:00.000Z' }]);
  await recordCancelled(db, session.id, community.clock.now());
  const cancelled = (await ask(first)).text;
  expect(cancelled).toMatch(/^STATUS:CANCELLED\r$/m);
  expect(cancelled).not.toContain('secret-room');
  // The button of then says how it is now.
  const over = await takeEntry();
  expect(read(over)).toMatchObject({ method: 'CANCEL', events: [{ uid: read(entry).events[0]?.uid }] });

  // Nothing tells what is nobody's from what was somebody's, or from any other path.
  const nobodys = await ask(`/calendar/${'x'.repeat(43)}.ics`);
  expect(nobodys).toMatchObject({ status: 404, text: '' });
  for (const other of ['/calendar/x.ics', '/calendar/', '/calendar/..%2f.ics', '/elsewhere'])
    expect(await ask(other)).toEqual(nobodys);
  const second = await makeAddress('Make a new address');
  expect(await ask(first)).toEqual(nobodys);
  expect((await ask(second)).status).toBe(200);
  await robin.command('/chatr training');
  await robin.click('My calendar');
  expect(robin.visibleText('modal')).not.toContain('/calendar/');
  await robin.click('Stop it');
  expect(robin.visibleText('modal')).toContain('does not work any more');
  await closeAll(robin);
  expect(await ask(second)).toEqual(nobodys);

  const third = await makeAddress('Make my address');
  expect((await ask(third)).status).toBe(200);
  const secrets = [first, second, third].map((path) => path.slice('/calendar/'.length, -'.ics'.length));
  const everywhere = [
    databaseBytes(community),
    community.log.join('\n'),
    JSON.stringify([robin, jo, sam].map((person) => person.dmsWithBot())),
  ].join('\n');
  expect(secrets.filter((secret) => everywhere.includes(secret))).toEqual([]);
  await robin.command('/chatr leave');
  await robin.click('Leave the programme');
  expect(await ask(third)).toEqual(nobodys);
  await Promise.all(Array.from({ length: 300 }, () => ask('/calendar/y.ics')));
  expect((await ask('/calendar/y.ics')).status).toBe(429);
  expect(community.log).toEqual([]);
});
