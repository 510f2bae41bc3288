import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeWorkspace, type MessageSummary, type PersonDriver } from 'practice-workspace';
import { parse } from 'yaml';
import { type Bot, createBot } from '../../src/app.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { shippedContent } from '../support/shipped.ts';
import { agree, agreeOnly, closeAll, makeGroup, scheduleCheckIn } from '../support/stories.ts';

/**
 * One month as three people have it in their conversation with the bot: a midwife who works shifts and answers late, a
 * teacher with a half-term, and who runs both of their groups; and what stands at its end with somebody who never answers.
 * Written as tables, to be read.
 */
const month = { from: '2027-02-01T09:00:00Z', days: 28 };
const halfTerm = { from: '2027-02-15', until: '2027-02-19', name: 'half-term' };
const week = 'How has your working week felt?';
const stepMinutes = 30;

export async function calendars(): Promise<string> {
  const clock = new ManualClock(month.from);
  const dir = mkdtempSync(join(tmpdir(), 'chatr-calendar-'));
  let bot: Bot | undefined;
  const others = ['ash', 'bo', 'cam', 'dee', 'eli', 'fay', 'gus', 'hal', 'ida', 'jan'];
  const workspace = await createPracticeWorkspace({
    manifest: parse(readFileSync('manifest.yml', 'utf8')),
    clock,
    appIdle: async () => bot?.settled(),
    seeds: {
      workspace: { name: 'Calendars', domain: 'calendars', id: 'T0CALENDARS' },
      people: [
        { name: 'jo', realName: 'Jo Madeup' },
        { name: 'robin', realName: 'Robin Practice' },
        { name: 'toni', realName: 'Toni Testcase' },
        { name: 'pat', realName: 'Pat Silent' },
        ...others.map((name) => ({ name, realName: `${name} Pretend` })),
      ],
      channels: [{ name: 'general' }],
    },
  });
  bot = await createBot({
    config: {
      botToken: workspace.botToken,
      connection: { kind: 'socket', appToken: workspace.appToken },
      slackApiUrl: workspace.apiUrl,
      databaseUrl: `file:${join(dir, 'chatr.db')}`,
      facilitators: [workspace.as('jo').id],
      forumChannel: undefined,
      timeZone: 'Europe/London',
      contentDir: 'data',
      encryptionKey: Buffer.alloc(32, 9),
      port: 0,
      logLevel: 'warn',
    },
    log: createLog({ level: 'warn', write: () => undefined }),
    clock,
    content: { ...shippedContent(), daysOff: { bankHolidays: [], closed: [halfTerm] } },
    heartbeat: false,
  });
  await workspace.connected(1);
  const beat = async () => {
    await bot?.beat();
    await workspace.settled();
  };
  await beat();
  const [jo, robin, toni] = ['jo', 'robin', 'toni'].map((name) => workspace.as(name)) as [
    PersonDriver,
    PersonDriver,
    PersonDriver,
  ];
  await agreeOnly(workspace.as('pat'), ...others.map((name) => workspace.as(name)));
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'pat', ...others.slice(0, 5)]);
  await makeGroup(jo, 'Schools', ['toni', ...others.slice(5)]);
  for (const [group, template, date, time, how, open] of [
    ['Perinatal pilot', 'Weekly pulse', '2027-02-03', '10:00', 'Every week', '7 days'],
    ['Perinatal pilot', 'After a session', '2027-02-09', '14:00', 'Every two weeks', '5 days'],
    ['Schools', 'Weekly pulse', '2027-02-02', '15:30', 'Every week', '5 days'],
  ] as const)
    await scheduleCheckIn(jo, { group, template, date, time, how, open });

  const inbox = new Map<PersonDriver, Map<string, { at: string; text: string }>>();
  for (const person of [jo, robin, toni]) inbox.set(person, new Map());
  const due: { at: number; run: () => Promise<void> }[] = [];
  const inDays = (days: number, run: () => Promise<void>) =>
    due.push({ at: clock.now().getTime() + days * 86_400_000, run });
  const at = (when: string, run: () => Promise<void>) => due.push({ at: Date.parse(when), run });
  const answerPulse = (person: PersonDriver, message: MessageSummary) => async (): Promise<void> => {
    const now = person.dmsWithBot().find(({ ts }) => ts === message.ts);
    if (!now || !JSON.stringify(now.blocks).includes('checkins.answer')) return;
    await person.click({ actionId: 'checkins.answer' }, { in: now });
    if (!person.modal()) return;
    await person.submit({ [week]: '3' }, { mayFail: true });
    await closeAll(person);
  };
  const skipStep = (person: PersonDriver, message: MessageSummary) => async (): Promise<void> => {
    const now = person.dmsWithBot().find(({ ts }) => ts === message.ts);
    if (now && JSON.stringify(now.blocks).includes('onboarding.skip'))
      await person.click({ actionId: 'onboarding.skip' }, { in: now });
  };
  /** The midwife answers on the fifth day, or not at all; the teacher the day after, but for half-term. */
  function react(person: PersonDriver, message: MessageSummary): void {
    const isRobin = person === robin;
    if (message.text === 'Your check-in is ready' && JSON.stringify(message.blocks).includes('Weekly pulse'))
      inDays(isRobin ? 4.9 : 1, answerPulse(person, message));
    if (message.text.startsWith('A first step') && (!isRobin || clock.now().getUTCDate() % 2 === 0))
      inDays(isRobin ? 2 : 0.3, skipStep(person, message));
  }
  at('2027-02-01T12:00:00Z', () => agree(toni));
  at('2027-02-01T20:00:00Z', () => agree(robin));
  at('2027-02-05T18:00:00Z', async () => void (await robin.command('/chatr away until 9 February')));
  at('2027-02-19T18:00:00Z', async () => void (await robin.command('/chatr away until 22 February')));
  // Colleagues answer on the day, so that something closes with answers in it.
  for (const name of others)
    for (let day = 0; day < month.days; day += 1)
      at(new Date(Date.parse('2027-02-01T17:00:00Z') + day * 86_400_000).toISOString(), async () => {
        const person = workspace.as(name);
        const open = person
          .dmsWithBot()
          .findLast((one) => JSON.stringify(one.blocks ?? '').includes('"Answer"'));
        if (open && JSON.stringify(open.blocks).includes('Weekly pulse')) await answerPulse(person, open)();
      });
  at(
    '2027-02-10T09:30:00Z',
    async () => void (await workspace.joinPerson({ name: 'kit', realName: 'Kit Newcomer' })),
  );
  at(
    '2027-02-23T11:00:00Z',
    async () => void (await workspace.joinPerson({ name: 'lou', realName: 'Lou Newcomer' })),
  );

  for (let step = 0; step < (month.days * 24 * 60) / stepMinutes; step += 1) {
    clock.forward(stepMinutes);
    for (const one of due.filter((event) => event.at <= clock.now().getTime())) {
      due.splice(due.indexOf(one), 1);
      await one.run();
    }
    await beat();
    for (const [person, seen] of inbox)
      for (const message of person.dmsWithBot())
        if (message.user === workspace.botUserId && !message.ephemeral && !seen.has(message.ts)) {
          seen.set(message.ts, { at: message.at, text: wordsOf(message) });
          if (person !== jo) react(person, message);
        }
  }
  const pat = workspace.as('pat');
  const left = pat
    .dmsWithBot()
    .filter(({ user }) => user === workspace.botUserId)
    .map((message) => `${sayWhen(message.at)} | ${pat.visibleText(message).replaceAll('\n', ' / ')}`);
  await bot.stop();
  await workspace.stop();
  rmSync(dir, { recursive: true, force: true });
  return [
    ...[...inbox].map(([person, seen]) =>
      [
        `## ${person.realName}`,
        ...[...seen.values()].map(({ at: sentAt, text }) => `${sayWhen(sentAt)} | ${text}`),
      ].join('\n'),
    ),
    [`## What stands with ${pat.realName} at the end`, ...left].join('\n'),
  ].join('\n\n');
}

/** The notification, and of a check-in which it is. */
function wordsOf({ text, blocks }: MessageSummary): string {
  const label = /"text":"\*([^*"]+)\*/.exec(JSON.stringify(blocks ?? ''))?.[1];
  return label === undefined || text.includes(label) ? text : `${text} (${label})`;
}

const sayWhen = (at: string): string =>
  new Date(at)
    .toLocaleString('en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: 'Europe/London',
    })
    .replace(',', '');
