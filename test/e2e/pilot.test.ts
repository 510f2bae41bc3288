import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { asInPilot, beginDemo, live } from '../../src/demo/begin.ts';
import { earlierBegins, earlierGroup } from '../../src/demo/earlier.ts';
import { keepLived, keyOfPilot, type Lived, layOut, ownFolder, readLived } from '../../src/demo/kept.ts';
import { type Opened, openWorkspace } from '../../src/demo/open.ts';
import { earlierMembers, members, newcomer, pilotSeeds } from '../../src/demo/people.ts';
import { pilotDays } from '../../src/demo/pilot.ts';
import { openWaitingRoom } from '../../src/demo/waiting.ts';
import { days, later, ShiftedClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { isWorkingDay } from '../../src/scheduler/calendar.ts';
import { findChromium, openBrowser, openPage } from '../support/chromium.ts';
import { look } from '../support/screens.ts';
import { shippedContent } from '../support/shipped.ts';
import { closeAll, messagesSaying } from '../support/stories.ts';
import { beginTour, endTour, guided, walk, walks } from '../support/tour-steps.ts';

/** The pilot of `npm run demo`, lived once, and opened again as a second start does. */

const lines: string[] = [];
const log = createLog({ level: 'debug', write: (line) => lines.push(line) });
const content = shippedContent();
const shares: number[] = [];
let lived: Lived;
let opened: Opened;
const as = (name: string) => opened.workspace.as(name);
const home = (name: string) => as(name).visibleText('home');
const faults = () => lines.filter((line) => /"level":"?(warn|error|fatal|[456]0)/.test(line));

beforeAll(async () => {
  lived = await live({
    comesAt: new Date('2026-03-24T10:20:00Z'),
    content,
    log,
    onProgress: (share) => shares.push(share),
  });
  const own = ownFolder();
  opened = await openWorkspace({
    clock: new ShiftedClock(new Date(lived.world.at)),
    content: asInPilot(earlierBegins(pilotDays(new Date(lived.world.at)).begins), content),
    log,
    seeds: pilotSeeds,
    saved: lived.world,
    databaseUrl: layOut(own.folder, lived),
    encryptionKey: lived.encryptionKey,
  });
  afterAll(async () => {
    await opened.stop();
    own.remove();
  });
}, 90_000);

test('it is lived up to the moment at which a visitor comes, nothing fails, and one hears how far it is', () => {
  expect(faults()).toEqual([]);
  expect(lived.world.at.slice(0, 16)).toBe('2026-03-24T10:20');
  expect(shares.length).toBeGreaterThan(100);
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  expect(shares.at(-1)).toBe(1);
});

test('eleven practitioners of six organisations talk, and each says why they are worth being', () => {
  const practitioners = [...members, newcomer];
  expect(practitioners).toHaveLength(11);
  expect(new Set(practitioners.map(({ organisation }) => organisation)).size).toBe(6);
  for (const { name } of practitioners)
    expect(as(name).snapshot().me).toMatchObject({
      // A directory says what somebody does; why to be them stands on the switch.
      title: expect.stringMatching(/^[^,]+$/),
      worth: expect.stringMatching(/.{5,}/),
    });
  const talk = ['general', 'chatr-forum', 'perinatal-pilot'].map(
    (channel) => as('robin').messages(channel).length,
  );
  for (const count of talk) expect(count).toBeGreaterThan(1);
  expect(
    as('robin')
      .messages('perinatal-pilot')
      .map((one) => as('robin').visibleText(one))
      .join(),
  ).toContain('What we heard, what we will do');
});

test('a first result needs no act: whoever is the facilitator sees two rounds and the change between them', async () => {
  const jo = as('jo');
  expect(home('jo')).toMatch(/In the highest third.*Higher than last time/s);
  // Those of the earlier group are months old.
  const { begins } = pilotDays(new Date(lived.world.at));
  expect(messagesSaying(jo, 'Last week in your groups').filter(({ at }) => at > begins)).toHaveLength(1);
  await jo.click('Read their words', { in: 'home' });
  expect(jo.visibleText('modal')).toContain('Six minutes!');
  await closeAll(jo);
  await jo.click('Back to Home', { in: 'home' });
  expect(home('jo')).toContain('1 person waits for a hello');
  expect(home('jo')).toContain('10 members');
  expect(home('fran'), 'who waits, waits for Jo').toContain('Nobody waits for a hello from you');
});

test('a group that ended before has a whole report, which nobody has closed', async () => {
  const jo = as('jo');
  await jo.openHome();
  await jo.command('/chatr report');
  expect(jo.visibleText(jo.ephemerals().at(-1))).toMatch(
    /Perinatal pilot.*Not closed yet.*First perinatal group.*archived.*Not closed yet/s,
  );
  await jo.command(`/chatr report ${earlierGroup}`);
  let all = '';
  for (;;) {
    all += `${home('jo')}\n`;
    const [, at, of] = /Screen (\d+) of (\d+)/.exec(home('jo')) ?? [];
    if (at === of) break;
    await jo.click('More', { in: 'home' });
  }
  const asked = { understand: 'How confident do you feel explaining what adversity and trauma can mean' };
  expect(all).toContain('15 people were in the group');
  expect(all).toMatch(/Midwifery and maternity \| 5.*Everyplace Hospital \| 5/s);
  // What people wrote: no word of it on a page, what it was about, and how often.
  expect(all).toMatch(/In their words.*Read them/s);
  expect(all).toMatch(/A different beginning \| 6 \|.*Time, rooms and diaries \| 5 \|/s);
  expect(all).not.toContain('told once');
  // Averages, an interval, a distribution, choices, what was noted and done, sessions, what was given back.
  expect(all).toMatch(new RegExp(`${asked.understand}.* \\| 4 \\| 7 \\| 3 \\| [\\d.]+ \\| [\\d.]+`));
  expect(all).toMatch(new RegExp(`${asked.understand}.*(few \\| ){2}`));
  expect(all).toMatch(/A new contact \| 10/);
  expect(all).toMatch(/After a session \(2 of 3\) \| 10 \| 5/);
  expect(all).toMatch(/Perinatal: session 1 of 3 \| 14/);
  expect(all).toContain('What we will do: The next group');
  expect(all).not.toMatch(/is not in this report yet|Not compared|Not shown/);
  for (const { realName } of earlierMembers) expect(all).not.toContain(realName);
  expect(Date.parse(/ to (\d+ \w+ \d{4})/.exec(all)?.[1] ?? '')).toBeLessThan(
    Date.parse(pilotDays(new Date(lived.world.at)).begins) - days(8 * 7),
  );
  await jo.choose({ actionId: 'evaluation.screen.choose' }, 'In their words');
  await jo.click('Read them', { in: 'home' });
  expect(jo.visibleText('modal')).toMatch(
    /how long I have.*a family is told once|a family is told once.*how long/s,
  );
  expect(jo.visibleText('modal')).not.toMatch(/grandmother|what went well/);
  await closeAll(jo);
  await jo.click('Back to Home', { in: 'home' });
});

test('somebody said no, somebody is away, journals and a curator’s queue have something in them', async () => {
  expect(home('bo')).toContain('You said no to the community agreement');
  // Only what works for them is offered.
  expect(home('bo')).not.toMatch(/journal|reflection|check-ins|Choose topics|Reminders are/);
  const bo = as('bo');
  await bo.command('/chatr checkins');
  expect(bo.visibleText(bo.ephemerals().at(-1) ?? 'home')).toMatch(/no check-in asks you(?!.*Coming)/s);
  await bo.post('hello');
  expect(bo.visibleText(bo.dmsWithBot().at(-1))).toMatch(/Find a resource(?!.*reflection)/s);
  expect(home('ash')).toContain('*You are away* up to and including Wednesday 25 March');
  expect(home('kim')).toMatch(
    /1 suggestion, 1 practice example, 2 questions without an answer, 1 reported entry/,
  );
  expect(home('robin')).toMatch(/Answer now.*What I will try.*Saved resources.*1 reflection/s);
  expect(home('robin')).toMatch(/Your next session:\* Perinatal, /);
  expect(as('eli').visibleText(as('eli').dmsWithBot().at(-1))).toContain('Skipped: Weekly pulse');
  expect(messagesSaying(as('toni'), 'About your suggestion')).toHaveLength(1);
  const [sam, toni] = [as('sam'), as('toni')];
  await sam.command('/chatr journal');
  expect(sam.visibleText('modal')).toContain('I put the form away');
  await closeAll(sam);
  const [shared] = messagesSaying(toni, 'A colleague has shared something with you');
  await toni.click('Read it', { in: shared ?? 'home' });
  expect(toni.visibleText('modal')).toContain('I put the form away');
  await closeAll(toni);
});

test('nobody said yes before they were asked, nor to what is younger than their yes', async () => {
  for (const name of ['jo', 'fran', ...members.map(({ name }) => name), newcomer.name]) {
    const [asked, ...then] = as(name).dmsWithBot();
    expect(asked?.text, name).toBe('You have answered the community agreement.');
    const thanked = then.find(({ text }) => text === 'Thank you for agreeing to take part.');
    if (name === 'bo') expect(thanked).toBeUndefined();
    else expect(Date.parse(thanked?.at ?? '') - Date.parse(asked?.at ?? ''), name).toBeGreaterThan(60_000);
  }
  // It was there when the first of all were asked.
  const first = '26 August 2025';
  const dee = as('dee');
  await dee.command('/chatr agreement');
  expect(dee.visibleText('modal')).toContain(`Version ${content.journey.agreement.version}, ${first}`);
  await closeAll(dee);
  await dee.click('Privacy notice', { in: 'home' });
  expect(dee.visibleText('modal')).toContain(first);
  await closeAll(dee);
});

test('what was brought back is alive: messages can be answered, drafts are there, and nothing comes twice', async () => {
  const [robin, dee] = [as('robin'), as('dee')];
  await Promise.all([robin, dee].map((person) => person.openHome({ quiet: true })));
  await dee.click('Go on', { in: 'home', nth: 0 });
  expect(JSON.stringify(dee.modal()?.state)).toContain('Full, and I');
  await closeAll(dee);
  await robin.click('Answer');
  await robin.submit({ 'How has your working week felt?': '4' });
  await closeAll(robin);
  expect(home('robin')).not.toContain('Answer now');
  const before = robin.dmsWithBot().length;
  await opened.forward(24 * 60, 60);
  expect(robin.dmsWithBot()).toHaveLength(before);
  expect(messagesSaying(robin, 'this is ChATR Companion').length).toBeLessThanOrEqual(1);
  const timestamps = Object.values(robin.snapshot().messages)
    .flat()
    .map(({ channel, ts }) => `${channel} ${ts}`);
  expect(new Set(timestamps).size).toBe(timestamps.length);
  expect(faults()).toEqual([]);
});

test('whatever day a visitor comes, the rounds are a week apart, on working days, and over before', () => {
  for (let nth = 0; nth < 366 * 3; nth += 1) {
    const comesAt = later(new Date('2026-01-01T10:00:00Z'), days(nth));
    const today = comesAt.toISOString().slice(0, 10);
    if (!isWorkingDay(today)) continue;
    const on = pilotDays(comesAt);
    const told = [on.begins, on.first, on.second, on.third];
    expect(
      told.filter((date) => !isWorkingDay(date)),
      today,
    ).toEqual([]);
    expect(told, today).toEqual([...new Set(told)].toSorted());
    expect(on.third < today && on.eve < today && on.third <= on.eve, today).toBe(true);
    expect(Date.parse(on.first) - Date.parse(on.third), today).toBe(-days(14));
  }
});

const folder = () => mkdtempSync(join(tmpdir(), 'chatr-pilot-'));

test('what was lived is kept whole, by version; damaged, or where nothing can be written, it is lived anew', () => {
  const dir = folder();
  for (const key of ['one', 'two', 'three', 'four', 'four']) keepLived(join(dir, 'demo'), key, lived, log);
  expect(readdirSync(join(dir, 'demo')), 'older ones are left aside, and the oldest goes').toHaveLength(3);
  expect(readLived(join(dir, 'demo'), 'four')).toEqual({
    ...lived,
    world: JSON.parse(JSON.stringify(lived.world)),
  });
  expect(readLived(join(dir, 'demo'), 'five')).toBeUndefined();
  writeFileSync(join(dir, 'demo', 'three', 'chatr.db'), 'half of it');
  expect(readLived(join(dir, 'demo'), 'three')).toBeUndefined();
  writeFileSync(join(dir, 'demo', 'four', 'world.json'), '{"world":');
  expect(readLived(join(dir, 'demo'), 'four')).toBeUndefined();
  writeFileSync(join(dir, 'file'), '');
  keepLived(join(dir, 'file', 'demo'), 'one', lived, log);
  expect(readLived(join(dir, 'file', 'demo'), 'one')).toBeUndefined();
});

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';

test.skipIf(!chromium && !isRequired)(
  'whoever waits at the address sees how far the weeks are, then the first result; each step of the three tours ticks itself off by what was done, and no screen on the way is wrong or too wide',
  { timeout: 120_000 },
  async () => {
    if (!chromium) throw new Error('No Chromium on the PATH. To get it: apt-get install chromium');
    const dir = folder();
    keepLived(join(dir, 'demo'), keyOfPilot(), lived, log);
    const browser = await openBrowser(chromium);
    onTestFinished(() => browser.close());
    const page = await openPage(browser);
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => complaints.push(message.text()));
    const room = await openWaitingRoom(0);
    await page.goto(room.url);
    room.say(0.9);
    await page.getByRole('status').getByText('Week 3 of 3').waitFor();
    await look(page, 'the waiting page');
    const cacheFolder = join(dir, '.cache');
    let demo = await beginDemo({ room, cacheFolder, isEmpty: false, onLiving() {} });
    onTestFinished(() => demo.stop());
    await page.getByRole('main').getByText('Higher than last time').waitFor();

    const visit = guided(page, look);
    const { panel } = visit;
    await panel.getByText('Pick one.').waitFor();
    await look(page, 'the list of tours');
    for (const { title, steps } of walks) {
      await beginTour(visit, title);
      for (const [nth, act] of steps.entries()) {
        await walk(visit, nth, act);
        await look(page, `${title}, step ${nth + 1}`);
      }
      await endTour(visit);
    }

    // Half way through, on a phone: a bar, out of which the steps unfold; a second window says the same; a reload, too.
    const other = await openPage(browser);
    await other.goto(room.url);
    await guided(other).panel.getByRole('button', { name: 'For trainees' }).click();
    await panel.getByRole('button', { name: 'Begin again' }).click();
    await guided(other).panel.getByText('0 of 9').waitFor();
    await other.close();
    await page.setViewportSize({ width: 390, height: 740 });
    await look(page, 'unfolded');
    await page.keyboard.press('Escape');
    await look(page, 'folded');
    await panel.getByRole('button', { name: 'Show the steps' }).click();
    await panel
      .getByRole('button', { name: /^(Be|Go to) / })
      .first()
      .click();
    await panel.getByRole('button', { name: 'Show the steps' }).waitFor();
    await page.getByRole('main').getByText('Hello Robin.').waitFor();
    await visit.press('My journal');
    await panel.getByText('1 of 9').waitFor();
    await page.reload();
    await panel.getByText('1 of 9').waitFor();
    await visit.closeWindows();
    await panel.getByRole('button', { name: 'Close the tour' }).click();
    await panel.waitFor({ state: 'detached' });
    await look(page, 'closed');
    const open = page.getByRole('button', { name: 'Tours' });
    expect(await open.evaluate((button) => button.matches(':focus'))).toBe(true);
    await page.keyboard.press('Enter');
    await panel.getByText('1 of 9').waitFor();

    // The next start knows what was ticked off, though nothing else of it.
    await page.goto('about:blank');
    await demo.stop();
    const again = await openWaitingRoom(0);
    demo = await beginDemo({ room: again, cacheFolder, isEmpty: false, onLiving() {} });
    await page.goto(again.url);
    await panel.getByText('1 of 9').waitFor();

    // Whoever a step needs may have been sent away.
    await page.setViewportSize({ width: 1280, height: 800 });
    await visit.be(/^Robin/);
    await page.getByRole('button', { name: 'More about people' }).click();
    await page.getByRole('menuitem', { name: /^Deactivate Robin/ }).click();
    await panel.getByText('Robin is deactivated.').first().waitFor();
    expect(complaints).toEqual([]);
  },
);

test('a second demo beside the first has a copy of its own, and the waiting page gives way to the workspace', async () => {
  const dir = folder();
  keepLived(join(dir, 'demo'), keyOfPilot(), lived, log);
  const left = join(tmpdir(), 'chatr-demo-999999999-killed');
  mkdirSync(left);
  const first = await openWaitingRoom(0);
  const get = async (path: string) => (await fetch(`${first.url}${path}`)).text();
  expect(await get('/')).toContain('The group before');
  first.say(0.5);
  expect(await get('/')).toContain('Week 1 of 3');
  const second = await openWaitingRoom(Number(new URL(first.url).port));
  expect(second.url, 'the port is in use').not.toBe(first.url);
  expect([first.isElsewhere, second.isElsewhere]).toEqual([false, true]);

  const demos = await Promise.all(
    [first, second].map((room) =>
      beginDemo({
        room,
        cacheFolder: join(dir, '.cache'),
        isEmpty: false,
        onLiving: () => {
          throw new Error('It was lived already.');
        },
      }),
    ),
  );
  onTestFinished(async () => void (await Promise.all(demos.map(({ stop }) => stop()))));
  expect(existsSync(left), 'what a killed one has left is gone').toBe(false);
  expect(await get('/')).toContain('<title>Practice workspace');
  expect((await fetch(first.url)).headers.has('x-waiting-share'), 'by which the waiting page knows').toBe(
    false,
  );
  expect(await get('/site/')).toContain('ChATR');
});
