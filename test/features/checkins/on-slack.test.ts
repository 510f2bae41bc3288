import type { App } from '@slack/bolt';
import { startBot } from 'practice-workspace/test-support';
import { describe, expect, onTestFinished, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { createReach } from '../../../src/community/reach.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import { checkinFindings } from '../../../src/features/checkins/findings.ts';
import { ids } from '../../../src/features/checkins/ids.ts';
import { checkins } from '../../../src/features/checkins/index.ts';
import { homeView } from '../../../src/features/home/view.ts';
import { createOutboxClient } from '../../../src/outbox/client.ts';
import { changePreferences } from '../../../src/outbox/outbox.ts';
import { createSender } from '../../../src/outbox/sender.ts';
import { route } from '../../../src/slack/router.ts';
import { agreement, givenAgreed } from '../../support/agreed.ts';
import { connectFeature } from '../../support/one-feature.ts';
import { type Bench, givenBench, givenCohort, givenFacilitator, keptIn } from './support.ts';

const zone = 'Europe/London';

/** The feature by itself in a practice workspace: the real guard, router, outbox and sender, over a real socket. */
async function givenWorkspace(options: { members?: string[]; size?: number } = {}) {
  const { members = ['robin', 'sam'] } = options;
  const size = options.size ?? members.length;
  const bench = await givenBench();
  const feature = checkins(bench);
  const { app, workspace } = await startBot((listening) => connect(listening, bench, feature), {
    clock: bench.clock,
  });
  bench.client = app.client;
  const meet = async (slackId: string, name: string) =>
    (
      await recordSlackUser(
        bench.db,
        bench.clock,
        { id: slackId, team_id: workspace.teamId, real_name: name, tz: zone },
        workspace.teamId,
      )
    ).person;
  const jo = await meet(workspace.as('jo').id, 'Jo Madeup');
  const people = [];
  for (const name of members) people.push(await meet(workspace.as(name).id, workspace.as(name).realName));
  for (let index = members.length; index < size; index += 1) {
    const driver = workspace.addUser({ name: `extra-${index}`, realName: `Extra ${index}`, tz: zone });
    people.push(await meet(driver.id, `Extra ${index}`));
  }
  await givenAgreed(bench, ...people);
  const cohortId = await givenCohort(bench, people);
  await givenFacilitator(bench, jo, cohortId);
  const sender = createSender({
    db: bench.db,
    clock: bench.clock,
    log: bench.log,
    client: createOutboxClient({ token: workspace.botToken, slackApiUrl: workspace.apiUrl }),
    reach: createReach({ timeZone: zone, agreement }),
  });
  bench.sendNow = sender.sendNow;
  onTestFinished(() => sender.stop());
  return {
    bench,
    /** What is drawn anew in its place, beside the answer. */
    promptsSettled: async () => feature.settled?.(),
    workspace,
    people,
    cohortId,
    jo: workspace.as('jo'),
    robin: workspace.as('robin'),
    /** The jobs and the sender, at this instant. */
    async beat(at: string) {
      bench.clock.moveTo(at);
      for (const job of feature.jobs ?? []) await job.run(bench.clock.now());
      for (let round = 0; round < 3; round += 1) await sender.sendDue(bench.clock.now());
      await workspace.settled();
    },
  };
}

function connect(app: App, bench: Bench, feature: ReturnType<typeof checkins>): void {
  connectFeature(app, bench, feature, {
    async run(call) {
      const routed = route(feature.commands ?? [], call.words, call.actor);
      if (routed.kind === 'run') await routed.command.run({ ...call, words: routed.words });
      else await call.answer({ text: routed.kind, blocks: [] });
    },
    home: (actor) =>
      homeView(feature.home ?? [], feature.quickActions ?? [], {
        person: actor.person,
        actor,
        now: bench.clock.now(),
        zone,
      }),
  });
}

type Given = Awaited<ReturnType<typeof givenWorkspace>>;

/** Jo plans it for tomorrow at 09:30, from the first screen to the last. */
async function plan({ jo }: Given, template = 'Weekly pulse', change: Record<string, string> = {}) {
  await jo.command('/try checkin new');
  await jo.submit({ cohort: 'Perinatal', template });
  const { 'open-days': openDays, ...when } = change;
  await jo.submit({ how: 'Once', date: '2026-03-04', time: '09:30', ...when });
  await jo.click('Change how');
  await jo.submit({ 'asks-first': 'Everybody in the group', ...(openDays && { 'open-days': openDays }) });
  await jo.submit();
}

const lastDm = (person: Given['robin']) => {
  const message = person.dmsWithBot().at(-1);
  if (!message) throw new Error(person.describe());
  return message;
};
/** Prompts that still ask. */
const asked = (person: Given['robin']) =>
  person.dmsWithBot().filter(({ text }) => text === 'Your check-in is ready');
const newest = (person: Given['robin']) => {
  const message = person.ephemerals().at(-1);
  if (!message) throw new Error(person.describe());
  return person.visibleText(message);
};

describe('in Slack', () => {
  test('the preview of several screens goes forward and back, and keeps nothing', async () => {
    const given = await givenWorkspace({ size: 6 });
    const { jo } = given;
    await jo.command('/try checkin new');
    await jo.submit({ cohort: 'Perinatal', template: 'Confidence: before we start' });
    await jo.submit({ date: '2026-03-04', time: '09:30' });
    await jo.click('Send me a preview');
    await jo.click('See the questions', { in: lastDm(jo) });
    const titles = [jo.modal()?.title];
    while (jo.modal()?.submit === 'Next') {
      await jo.submit();
      titles.push(jo.modal()?.title);
    }
    expect(titles.length).toBeGreaterThan(1);
    expect(jo.modal()?.submit).toBe('Close the preview');
    for (const title of titles.slice(0, -1).toReversed()) {
      await jo.click('Back');
      expect(jo.modal()?.title).toBe(title);
      expect(jo.visibleText()).toContain('Nothing you enter here is kept.');
    }
    expect(await keptIn(given.bench)).toEqual({ unnamed: [], own: [] });
  });

  test('planned, checked, asked, answered, closed and read', async () => {
    const given = await givenWorkspace({ size: 6 });
    const { jo, robin, workspace, people } = given;

    await jo.command('/try checkin new');
    await jo.submit({ cohort: 'Perinatal', template: 'Weekly pulse' });
    const refused = await jo.submit({ date: '2026-03-02', time: '09:30' }, { mayFail: true });
    expect(refused.ok ? refused : '').toBeDefined();
    // Beside its field, and nowhere else.
    expect(jo.visibleText().match(/has passed already/g)).toHaveLength(1);
    await jo.submit({ date: '2026-03-07', time: '09:30' }, { mayFail: true });
    expect(jo.modal()?.errors).toEqual({ date: expect.stringContaining('That is a Saturday') });
    expect(jo.visibleText().match(/That is a Saturday|has passed already/g)).toHaveLength(1);
    await jo.submit({ date: '2026-03-04', how: 'Every week' });
    expect(jo.visibleText()).toContain('each person is asked once whether they want it');
    await jo.click('Change how');
    await jo.submit({ 'asks-first': 'Everybody in the group' });
    expect(jo.visibleText()).toContain('For Perinatal: 6 members');
    expect(jo.visibleText()).toContain('How has your working week felt?');
    expect(jo.visibleText()).toContain('never which answer is yours');
    await jo.click('Send me a preview');
    expect(jo.visibleText(lastDm(jo))).toContain('Preview');
    const preview = lastDm(jo);
    // The very message, to the last line of it.
    expect(jo.visibleText(preview)).toMatch(
      /Answer.*Later today.*Skip this one.*Asked of everyone in Perinatal.*Fewer messages\?.*Go on scheduling/s,
    );
    for (const words of ['Answer', 'Later today', 'Skip this one']) {
      await jo.click(words, { in: preview });
      expect(newest(jo), words).toContain('This is a preview');
    }
    await jo.click('See the questions', { in: preview });
    expect(jo.visibleText()).toContain('Nothing you enter here is kept.');
    await jo.submit({ 'question-0': '2' });
    expect(await keptIn(given.bench)).toEqual({ unnamed: [], own: [] });
    await jo.click('Go on scheduling', { in: preview });
    expect(jo.modal()?.title).toBe('Check and schedule');
    await jo.submit();
    expect(jo.visibleText()).toContain('is scheduled for Perinatal: 6 members');
    await jo.closeModal({ all: true });
    await jo.click('Go on scheduling', { in: preview });
    expect(jo.visibleText()).toContain('It is scheduled already.');
    await jo.click('All check-ins');
    expect(jo.visibleText()).toContain('Check-ins you run');
    await jo.closeModal({ all: true });

    await given.beat('2026-03-04T09:30:00Z');
    expect(robin.dmsWithBot()).toHaveLength(1);
    expect(lastDm(robin).text).toBe('Your check-in is ready');
    expect(robin.visibleText(lastDm(robin))).toContain('Takes about 1 minute');

    await robin.click('Answer');
    expect(robin.visibleText()).toContain('never which answer is yours');
    expect(robin.visibleText()).toContain('Nobody reads this before it closes, and nobody is alerted.');
    // Beside the promise and the support there is one line; what else there is to know is one press away.
    const around = (robin.modal()?.blocks ?? []).filter(({ type }) => type === 'context');
    expect(around).toHaveLength(2);
    expect(JSON.stringify(around[1])).toContain('Once sent it cannot be changed.');
    await robin.click('What happens with this');
    expect(robin.visibleText()).toMatch(/kept locked.*how many have answered.*a few patterns/s);
    await robin.closeModal();
    await robin.submit({
      'question-0': '4',
      'question-1': 'A little',
      'question-2': 'Better <!channel> *than* last',
    });
    expect(robin.visibleText()).toContain('Your answers are saved');
    await robin.closeModal({ all: true });
    await given.promptsSettled();
    expect(robin.dmsWithBot()).toHaveLength(1);
    expect(robin.visibleText(lastDm(robin))).toContain('Thank you, you have answered Weekly pulse');

    for (const person of people.slice(1)) {
      const driver = workspace.as(person.slackId);
      await driver.click('Answer');
      await driver.submit({ 'question-0': '4', 'question-2': 'Much the same' });
    }
    await given.beat('2026-03-04T10:00:00Z');
    await jo.command('/try checkin list');
    await jo.click('Results');
    expect(jo.visibleText()).toContain('More than half have answered.');
    expect(jo.visibleText()).toContain('In the highest third, towards “Light enough”.');
    expect(jo.visibleText()).toContain('Better <!channel> *than* last');
    expect(jo.visibleText()).not.toContain('Robin');
  });

  test('words for the report: chosen, cut, asked for without repeating them, allowed, taken back; and what they are about', async () => {
    const given = await givenWorkspace({ size: 6 });
    const { jo, robin, bench, people, workspace, cohortId } = given;
    await plan(given, 'Confidence: before we start');
    await given.beat('2026-03-04T09:30:00Z');
    const { id: roundId } = await bench.db
      .selectFrom('checkin_rounds')
      .select('id')
      .executeTakeFirstOrThrow();
    for (const [nth, { id }] of people.entries())
      await sendAnswers(bench, await loadActor(bench.db, id), roundId, {
        answers: { hopes: nth === 0 ? 'More <b>time</b> to listen, and *less* paper' : `A hope of ${nth}` },
        share: false,
      });
    await given.beat('2026-03-11T10:00:00Z');
    await jo.closeModal({ all: true });
    await jo.command('/try checkin list');
    await jo.click('Results');
    await jo.click('Quotations');
    expect(jo.visibleText()).toContain('I tell nobody whom I ask.');
    await jo.submit({ mark: 'More <b>time</b> to listen, and *less* paper' });
    await jo.submit({ quote: 'More time for everybody' }, { mayFail: true });
    expect(jo.modal()?.errors).toEqual({ quote: expect.stringContaining('only leave something out') });
    await jo.submit({ quote: 'More <b>time</b> to listen …' });
    expect(jo.visibleText()).toContain('It would stand like this:');
    expect(jo.visibleText()).not.toMatch(/Robin/);
    await jo.submit();
    expect(jo.visibleText()).toContain('It stands in the report once they say yes.');
    await jo.closeModal({ all: true });
    // Quiet hours, and what else is planned, hold for it as for anything that asks.
    await given.beat('2026-03-12T10:00:00Z');
    for (const { slackId } of people.slice(1))
      expect(
        workspace
          .as(slackId)
          .dmsWithBot()
          .map(({ text }) => text),
      ).not.toContain('A question about a report');
    const message = lastDm(robin);
    expect(message.text).toBe('A question about a report');
    expect(robin.visibleText(message)).not.toMatch(/time|Confidence/);
    await robin.click('See the words', { in: message });
    expect(robin.visibleText()).toMatch(/More <b>time<\/b> to listen, …/);
    expect(robin.visibleText()).not.toContain('paper');
    await robin.click('Yes, quote this');
    expect(robin.visibleText()).toContain('It may be quoted');
    await robin.closeModal({ all: true });
    const quoted = async () => {
      const until = { cohortId, from: '2026-01-01', until: '2026-12-31' };
      const sections = await checkinFindings(bench)(bench.db, until, bench.clock.now());
      return sections
        .filter(({ id }) => id === 'quotes' || id === 'themes')
        .map(({ id, parts }) => ({ id, parts }));
    };
    expect(JSON.stringify(await quoted())).toContain('More <b>time</b> to listen, …');
    // Where they see their own: and the old message leads there as well.
    await robin.command('/try checkins');
    await robin.click('What may be quoted');
    await robin.click('Take it back');
    expect(robin.visibleText()).toContain('Taken back');
    await robin.closeModal({ all: true });
    await robin.click('See the words', { in: message });
    expect(robin.visibleText()).toContain('Nothing is asked of you here');
    expect(await quoted()).toEqual([]);

    await jo.command('/try checkin list');
    await jo.click('Results');
    await jo.click('Themes');
    await jo.click('Add themes');
    await jo.submit({ labels: 'Time\nListening\ntime' });
    await jo.click('Sort the words');
    expect(jo.visibleText()).toContain('Screen 1 of 2');
    const ticks = Object.fromEntries(Array.from({ length: 5 }, (_, nth) => [`w${nth}#p0`, ['Time']]));
    await jo.submit({ ...ticks, 'w0#p0': ['Time', 'Listening'] });
    expect(jo.visibleText()).toContain('Screen 2 of 2');
    await jo.submit({});
    expect(jo.visibleText()).toMatch(/Saved.*5 comments/s);
    expect(jo.visibleText()).toContain('1 comment is not sorted yet');
    const [themes] = await quoted();
    expect(JSON.stringify(themes)).toMatch(
      /"Time",5,"Confidence: before we start, 4 March 2026".*"Listening","fewer than five",""/,
    );
    expect(bench.logged.join()).not.toMatch(/listen|Time/);
  });

  test('several screens: back and forth keeps what was entered, and detail is masked before it is sent', async () => {
    const given = await givenWorkspace();
    const { robin, bench } = given;
    await plan(given, 'Perinatal pilot group: two-month follow-up');
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    expect(robin.modal()?.title).toBe('Check-in, 1 of 3');
    await robin.submit({
      'question-0': '3',
      'question-1': 'Rang mum on 07700 900123',
      'question-3': ['Video', 'Leaflet for a family'],
    });
    expect(robin.modal()?.title).toBe('Check-in, 2 of 3');
    await robin.submit({ 'question-7': 'Not yet, but I plan to' });
    await robin.click('Back');
    expect(robin.modal()?.title).toBe('Check-in, 2 of 3');
    await robin.closeModal();

    await robin.click('Answer');
    expect(JSON.stringify(robin.modal()?.blocks)).toContain('07700 900123');
    await robin.submit();
    await robin.submit();
    const tooMany = [
      'Another session',
      'Case-based discussion',
      'Shorter resources',
      'Help to find services',
    ];
    await robin.submit({ 'question-10': tooMany }, { mayFail: true });
    expect(robin.visibleText()).toContain('Please choose at most 3; you have 4.');
    await robin.submit({ 'question-10': ['Another session'] });
    expect(robin.modal()?.title).toBe('A quick look first');
    expect(robin.visibleText()).toContain('a phone number');
    expect(robin.visibleText()).not.toContain('07700');
    expect(robin.visibleText()).toMatch(
      /replaced by its kind, here:\n• *a phone number in _.*do differently/,
    );
    await robin.submit();
    expect(robin.visibleText(), 'the page is shown again').toContain('*Masked:* a phone number.');
    expect(JSON.stringify(robin.modal()?.blocks)).toContain('[phone number removed]');
    await robin.submit();
    await robin.submit();
    await robin.submit();
    expect(robin.visibleText()).toContain('Your answers are saved');
    expect((await keptIn(bench)).unnamed).toHaveLength(5);
  });

  test('skipped in place, answered after all; put off; stopped and asked again', async () => {
    const given = await givenWorkspace({ members: ['robin', 'sam', 'toni'] });
    const { robin, workspace } = given;
    await plan(given, 'Weekly pulse', { how: 'Every week' });
    await given.beat('2026-03-04T15:30:00Z');
    await robin.click('Skip this one');
    expect(robin.visibleText(lastDm(robin))).toContain('Skipped: Weekly pulse.');
    await robin.click('Answer after all');
    await robin.submit({}, { mayFail: true });
    expect(robin.visibleText()).toContain('Nothing is filled in yet');
    await robin.submit({ 'question-0': '2' });
    await robin.closeModal({ all: true });
    await given.promptsSettled();
    expect(robin.visibleText(lastDm(robin))).toContain('Thank you, you have answered');

    const sam = workspace.as('sam');
    await sam.click('Later today');
    expect(sam.visibleText(lastDm(sam))).toContain('comes back on Thursday 5 March, 09:00');
    // All that the prompt offered is still there.
    await sam.choose({ actionId: ids.more }, 'Ask me tomorrow');
    expect(sam.visibleText(lastDm(sam))).toContain('comes back on Thursday 5 March, 09:30');
    const toni = workspace.as('toni');
    await toni.choose({ actionId: ids.more }, 'Stop this check-in for me');
    expect(toni.visibleText(lastDm(toni))).toContain('will not be asked');
    await given.beat('2026-03-05T09:30:00Z');
    expect(sam.visibleText(lastDm(sam))).toContain('here it is again, as you asked');
    expect(toni.dmsWithBot().filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
    await toni.command('/try checkins');
    expect(newest(toni)).toContain('you are not asked');
    await toni.click('Ask me again');
    expect(newest(toni)).toContain('asked again');
  });

  test('too late: what was typed stays, with the reason', async () => {
    const given = await givenWorkspace();
    const { robin, bench } = given;
    await plan(given);
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    bench.clock.moveTo('2026-03-11T10:00:00Z');
    await robin.submit({ 'question-2': 'My words' }, { mayFail: true });
    expect(robin.visibleText()).toContain('closed on Wednesday 11 March');
    expect(robin.visibleText()).toContain('you can still copy what you wrote');
    await robin.closeModal({ all: true });
    await robin.click('Answer');
    expect(newest(robin)).toContain('You are welcome to join the next one.');
  });

  test('too late behind the warning: what was written is shown, to copy', async () => {
    const given = await givenWorkspace();
    const { robin, bench } = given;
    await plan(given);
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    await robin.submit({ 'question-2': 'Ring 07700 900123' });
    bench.clock.moveTo('2026-03-11T10:00:00Z');
    await robin.submit();
    expect(robin.visibleText()).toContain('closed on Wednesday 11 March');
    expect(robin.visibleText()).toContain('Ring 07700 900123');
  });

  test.each(['Send it as it is', 'Go back and edit'])(
    'too late, and then “%s”: the words are shown, to copy',
    async (what) => {
      const given = await givenWorkspace();
      const { robin, bench } = given;
      await plan(given);
      await given.beat('2026-03-04T09:30:00Z');
      await robin.click('Answer');
      await robin.submit({ 'question-2': 'Ring 07700 900123' });
      bench.clock.moveTo('2026-03-11T10:00:00Z');
      await robin.click(what);
      expect(robin.visibleText()).toContain('closed on Wednesday 11 March');
      expect(robin.visibleText()).toContain('Ring 07700 900123');
    },
  );

  test('too late on a later screen: the words of every screen are shown, whichever button is pressed', async () => {
    for (const leave of ['Back', 'Next']) {
      const given = await givenWorkspace();
      const { robin, bench } = given;
      await plan(given, 'Perinatal pilot group: two-month follow-up');
      await given.beat('2026-03-04T09:30:00Z');
      await robin.click('Answer');
      await robin.submit({ 'question-1': 'Words of the first screen' });
      await robin.fill({ 'question-8': 'Words of the second' });
      bench.clock.moveTo('2026-04-20T10:00:00Z');
      if (leave === 'Back') await robin.click('Back');
      else await robin.submit();
      expect(robin.visibleText()).toContain('Words of the first screen');
      expect(robin.visibleText()).toContain('Words of the second');
    }
  });

  test('whoever answers on goes on where their answers are, and sees no empty page', async () => {
    const given = await givenWorkspace();
    const { robin } = given;
    await plan(given, 'Perinatal pilot group: two-month follow-up');
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    await robin.submit();
    await robin.submit({ 'question-8': 'Words of the second' });
    await robin.closeModal({ all: true });
    await robin.click('Answer');
    expect(robin.modal()?.title).toBe('Check-in, 2 of 3');
    expect(JSON.stringify(robin.modal()?.blocks)).toContain('Words of the second');
  });

  test('closing a check-in of one page keeps what was entered, sealed, and offers it at the next "Answer"', async () => {
    const given = await givenWorkspace();
    const { robin, bench } = given;
    await plan(given);
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    expect(robin.visibleText()).not.toContain('as you left it');
    await robin.closeModal();
    await robin.click('Answer');
    await robin.fill({ 'question-0': '2', 'question-2': 'Half a thought' });
    await robin.closeModal({ all: true });
    const drafts = await bench.db.selectFrom('answer_drafts').selectAll().execute();
    expect(drafts).toHaveLength(1);
    expect(JSON.stringify(drafts)).not.toContain('Half a thought');
    expect(await keptIn(bench)).toEqual({ unnamed: [], own: [] });
    await robin.click('Answer');
    expect(robin.visibleText()).toContain('as you left it');
    expect(JSON.stringify(robin.modal()?.state)).toContain('Half a thought');
    await robin.submit();
    expect(robin.visibleText()).toContain('Your answers are saved');
    expect(await bench.db.selectFrom('answer_drafts').selectAll().execute()).toEqual([]);
    const sam = given.workspace.as('sam');
    await sam.click('Answer');
    expect(JSON.stringify(sam.modal())).not.toContain('Half a thought');
  });

  test.each([
    ['its question takes', 1600],
    ['any field takes', 3500],
  ])(
    'an answer longer than %s is kept whole on closing and on "Back", and is not sent',
    async (_, length) => {
      const given = await givenWorkspace();
      const { robin, bench } = given;
      const long = `${'some more words '.repeat(300).slice(0, length)} to the very end`;
      await plan(given, 'Perinatal pilot group: two-month follow-up');
      await given.beat('2026-03-04T09:30:00Z');
      const whole = () => JSON.stringify(robin.modal()?.blocks).includes('to the very end');
      await robin.click('Answer');
      await robin.submit({ 'question-0': '3' });
      await robin.fill({ 'question-8': long });
      await robin.click('Back');
      await robin.submit();
      expect(whole()).toBe(true);
      await robin.closeModal({ all: true });
      await robin.click('Answer');
      await robin.submit();
      expect(whole()).toBe(true);
      await robin.closeModal();
      await robin.click('Answer');
      await robin.submit();
      expect(whole()).toBe(true);
      await robin.submit({}, { mayFail: true });
      expect(robin.visibleText()).toContain('Please keep this to 1500 characters');
      expect(await keptIn(bench)).toEqual({ unnamed: [], own: [] });
    },
  );

  test('skipped in the middle of it: what was begun is there for whoever answers after all', async () => {
    const given = await givenWorkspace();
    const { robin } = given;
    await plan(given, 'Perinatal pilot group: two-month follow-up');
    await given.beat('2026-03-04T09:30:00Z');
    await robin.click('Answer');
    await robin.submit({ 'question-1': 'Not to be lost' });
    await robin.closeModal({ all: true });
    await robin.click('Skip this one');
    await robin.click('Answer after all');
    expect(JSON.stringify(robin.modal()?.blocks)).toContain('Not to be lost');
  });

  test('what was held too long is not sent before the next one, which says of which week it is', async () => {
    const given = await givenWorkspace();
    const { robin, bench, people } = given;
    await plan(given, 'Weekly pulse', { how: 'Every week', 'open-days': '7 days' });
    const away = (awayUntil: string | undefined) =>
      changePreferences(bench.db, people[0]?.id ?? '', { awayUntil }, bench.clock.now());
    await given.beat('2026-03-04T09:30:00Z');
    expect(robin.visibleText(lastDm(robin))).toContain('Weekly pulse, week of 2 March');
    await given.beat('2026-03-11T09:20:00Z');
    await away('2026-03-17');
    await given.beat('2026-03-11T09:30:00Z');
    await given.beat('2026-03-18T09:00:00Z');
    expect(asked(robin)).toEqual([]);
    await robin.command('/try checkins');
    expect(newest(robin)).toContain('open until');
    await given.beat('2026-03-18T09:30:00Z');
    expect(asked(robin)).toHaveLength(1);
    expect(robin.visibleText(lastDm(robin))).toContain('Weekly pulse, week of 16 March');
  });

  test('a prompt that is held while somebody is away is sent while half of the time is left', async () => {
    const given = await givenWorkspace();
    const { robin, sam, bench, people } = { ...given, sam: given.workspace.as('sam') };
    await plan(given, 'Weekly pulse', { 'open-days': '7 days' });
    const [first, second] = people;
    const back = { [first?.id ?? '']: '2026-03-05', [second?.id ?? '']: '2026-03-08' };
    for (const [id, awayUntil] of Object.entries(back))
      await changePreferences(bench.db, id, { awayUntil }, bench.clock.now());
    for (const day of ['04', '05', '06', '09']) await given.beat(`2026-03-${day}T09:30:00Z`);
    expect(asked(robin)).toHaveLength(1);
    expect(asked(sam)).toEqual([]);
  });

  test('App Home: open check-ins for members, running ones for facilitators, and the way to each', async () => {
    const given = await givenWorkspace();
    const { robin, jo } = given;
    await plan(given, 'Confidence: before we start');
    await jo.closeModal({ all: true });
    await given.beat('2026-03-04T09:30:00Z');
    await robin.openHome();
    expect(robin.visibleText('home')).toContain('Confidence: before we start');
    await robin.click('Answer now', { in: 'home' });
    await robin.submit({ 'question-0': '7' });
    await robin.submit({ 'question-7': 'Company' });
    expect(robin.visibleText()).toContain('withdraw your answers until it closes');
    await robin.click('See or change my answers');
    expect(robin.visibleText()).toContain('Company');
    await robin.click('Change my answers');
    await robin.closeModal({ all: true });
    await robin.openHome();
    expect(robin.visibleText('home')).not.toContain('Answer now');

    await jo.openHome();
    expect(jo.visibleText('home')).toContain('How many have answered is counted once a day');
    // In Home results are a page of it, as the whole bot publishes them; here from the list, in a window.
    await jo.click('All check-ins', { in: 'home' });
    await jo.click('Results');
    expect(jo.visibleText()).toContain('Answers show when it closes');
    await jo.click('Close it now');
    expect(jo.visibleText()).toContain('would say who said what');
    await jo.closeModal({ all: true });
    await jo.openHome();
    await jo.click('All check-ins', { in: 'home' });
    expect(jo.visibleText()).toContain('over');
  });

  test('the list: paused, moved, ended, each with a receipt', async () => {
    const given = await givenWorkspace();
    const { jo } = given;
    await plan(given, 'Weekly pulse', { how: 'Every two weeks' });
    await jo.closeModal({ all: true });
    await jo.command('/try checkin list');
    await jo.choose({ actionId: ids.manage }, 'Pause');
    expect(newest(jo)).toContain('is paused: no new one goes out');
    await jo.choose({ actionId: ids.manage }, 'Go on');
    expect(newest(jo)).toContain('comes next on Wednesday 4 March, 09:30');
    await jo.choose({ actionId: ids.manage }, 'Change the date');
    await jo.submit({ date: '2026-03-10' });
    expect(jo.visibleText()).toContain('now comes next on Tuesday 10 March, 09:30');
    await jo.closeModal({ all: true });
    await jo.choose({ actionId: ids.manage }, 'End it …');
    expect(jo.visibleText()).toContain('An ended check-in does not come back');
    await jo.click('End check-in');
    expect(jo.visibleText()).toContain('is ended. Nobody is asked again.');
  });

  test('the fourth check-in in a week says beside "Schedule" that some will not be sent it, and which day is free', async () => {
    const given = await givenWorkspace({ size: 6 });
    const { jo } = given;
    const check = async (change: Record<string, string>) => {
      await jo.command('/try checkin new');
      await jo.submit({ cohort: 'Perinatal', template: 'Weekly pulse' });
      await jo.submit({ date: '2026-03-04', time: '09:30', ...change });
      return jo.visibleText();
    };
    for (const template of ['Weekly pulse', 'Confidence: before we start', 'Confidence: looking back']) {
      await plan(given, template, { how: 'Once' });
      await jo.closeModal({ all: true });
    }
    const full = await check({ how: 'Once' });
    expect(full).toContain(
      'it is 4 prompts in seven days for all of these people. Nobody is sent more than 3',
    );
    expect(full).toContain('From Wednesday 11 March on it would come to everybody');
    await jo.closeModal({ all: true });
    const free = await check({ how: 'Once', date: '2026-03-11' });
    expect(free).not.toContain('in seven days');
    await jo.submit();
    await jo.closeModal({ all: true });
    expect(await check({ how: 'Every week', date: '2026-03-05' })).toContain('Please note:');
  });

  test('where it stands in Home and in /chatr checkins it can be skipped, and answered after all', async () => {
    const given = await givenWorkspace();
    const { jo, robin } = given;
    for (const template of ['Weekly pulse', 'After a session']) {
      await plan(given, template);
      await jo.closeModal({ all: true });
    }
    await given.beat('2026-03-04T09:30:00Z');
    await robin.openHome();
    await robin.click('Skip this one', { in: 'home', nth: 0 });
    expect(robin.visibleText()).toContain('You will hear no more about this one.');
    await robin.closeModal({ all: true });
    await robin.command('/try checkins');
    await robin.click('Skip this one');
    const list = robin.visibleText(robin.ephemerals().at(-1));
    expect(list.match(/you skipped it/g)).toHaveLength(2);
    expect(list).not.toContain('Skip this one');
    await robin.openHome();
    expect(robin.visibleText('home')).not.toContain('Answer now');
    await robin.click('Answer after all', { in: robin.ephemerals().at(-1) ?? 'home', nth: 0 });
    expect(robin.visibleText()).toContain('Send answers');
  });

  test('each of several open check-ins has a button of its own for a screen reader', async () => {
    const given = await givenWorkspace();
    const { jo, robin } = given;
    for (const template of ['Weekly pulse', 'After a session']) {
      await plan(given, template);
      await jo.closeModal({ all: true });
    }
    await given.beat('2026-03-04T09:30:00Z');
    await robin.command('/try checkins');
    const blocks = JSON.stringify(robin.ephemerals().at(-1)?.blocks);
    expect(blocks).toContain('"accessibility_label":"Answer now: Weekly pulse, Perinatal"');
    expect(blocks).toContain('"accessibility_label":"Answer now: After a session, Perinatal"');
  });

  test('undo right after scheduling takes it back; a member finds no way in', async () => {
    const given = await givenWorkspace();
    const { jo, robin } = given;
    await plan(given);
    await jo.click('Undo');
    expect(jo.visibleText()).toContain('is taken back: nobody is asked');
    await jo.click('Go on with it');
    expect(jo.modal()?.title, 'nothing of it is lost').toBe('Check and schedule');
    await jo.submit();
    await jo.click('Undo');
    await jo.closeModal({ all: true });
    await jo.command('/try checkin list');
    expect(newest(jo)).toContain('None yet.');
    await given.beat('2026-03-04T09:30:00Z');
    expect(robin.dmsWithBot()).toEqual([]);
    await robin.command('/try checkin new');
    expect(robin.modal()).toBeNull();
    await robin.command('/try checkins');
    expect(newest(robin)).toContain('Nothing is open for you.');
  });

  test('papers are entered one after another, or as a list that is looked at first; whoever gave them is told', async () => {
    const given = await givenWorkspace({ size: 6 });
    const { jo, robin, bench } = given;
    await plan(given);
    await jo.closeModal({ all: true });
    await given.beat('2026-03-04T09:30:00Z');
    await jo.command('/try checkin list');
    await jo.click('Results');
    await jo.click('Answers on paper');

    await jo.click('Enter one by one');
    await jo.submit({ 'question-0#0': '2', 'question-2#0': 'long, but good' });
    expect(jo.visibleText()).toContain('That was the first paper.');
    expect(jo.visibleText()).not.toContain('long, but good');
    await jo.submit({ 'question-2#1': 'Ring 07700 900123' });
    expect(jo.visibleText()).toContain('Not saved yet.');
    expect(jo.visibleText()).not.toContain('900123');
    await jo.submit();
    expect(jo.visibleText()).toContain('That was paper 2.');
    await jo.submit();
    expect(jo.visibleText()).toContain('Nothing is filled in.');
    const inForm = () => JSON.stringify(jo.modal()?.state);
    await jo.fill({ 'question-2#2': 'half a paper' });
    await jo.closeModal({ all: true });
    await jo.click('Results');
    await jo.click('Answers on paper');
    await jo.click('Enter one by one');
    expect(inForm(), 'as it was closed').toContain('half a paper');
    await jo.fill({ 'question-2#2': 'half a page' });
    await jo.click('Back');
    await jo.click('Enter one by one');
    expect(inForm()).toContain('half a page');
    await jo.submit({ 'question-2#2': '', 'question-0#2': '3' });
    await jo.click('Back');
    await jo.click('Enter one by one');
    expect(inForm(), 'it was entered').not.toContain('half a page');
    await jo.click('Back');
    expect(await bench.db.selectFrom('paper_lists').selectAll().execute()).toEqual([]);

    await jo.click('Bring a list (CSV)');
    await jo.submit({ text: 'How was lunch?\nGood' });
    expect(jo.visibleText()).toContain('None of its columns is a question of this check-in');
    await jo.submit({ text: 'Name,1,word\nAnn,3,fine\nBo,9,\nCy,4,' });
    expect(jo.visibleText()).toContain('lines 2 and 4.');
    expect(jo.visibleText()).toContain('Line 3: “How has your working week felt?”: “9” is not on the scale');
    expect(jo.visibleText()).toContain('left out: “Name”');
    await jo.submit();
    expect(jo.visibleText()).toContain('2 papers are taken in.');
    expect(jo.visibleText(), 'what is in stands there at once').toContain('5 papers are in already.');
    expect((await bench.db.selectFrom('paper_boxes').select('papers').executeTakeFirst())?.papers).toBe(5);

    await jo.click('Bring a list (CSV)');
    await jo.submit({ text: 'Name,1,word\nAnn,3,fine\nCy,4,\nDi,4,new' });
    expect(jo.visibleText()).toContain('5 papers are in already.');
    expect(jo.visibleText()).toContain('Lines 2 to 3 are the same as what you brought before.');
    await jo.click('Take in the others only');
    expect(jo.visibleText()).toContain('1 paper is taken in.');
    expect((await bench.db.selectFrom('paper_boxes').select('papers').executeTakeFirst())?.papers).toBe(6);

    await jo.click('Who answered on paper');
    const asDrawn = () => JSON.stringify(jo.modal()?.blocks);
    const before = asDrawn();
    await jo.click('Back');
    // As whoever says no to the community agreement is kept.
    await bench.db
      .updateTable('people')
      .set({ display_name: '' })
      .where('slack_id', '=', given.workspace.as('sam').id)
      .execute();
    await jo.click('Who answered on paper');
    expect(asDrawn(), 'the same for everybody').toBe(before);
    await jo.submit({ people: ['robin', 'jo'] }, { mayFail: true });
    expect(jo.describe()).toMatch(/This check-in is not for \S/);
    await jo.submit({ people: ['robin'] });
    expect(jo.visibleText()).toContain('1 person is not asked in Slack any more.');
    await given.promptsSettled();
    expect(robin.visibleText(lastDm(robin))).toContain('noted that you answered it on paper');
    await robin.click('I have not: answer here');
    expect(robin.modal()).not.toBeNull();

    await jo.click('Remove all');
    expect(jo.visibleText()).toContain('They can be entered again');
    expect(await bench.db.selectFrom('paper_boxes').selectAll().execute()).toEqual([]);
  });
});
