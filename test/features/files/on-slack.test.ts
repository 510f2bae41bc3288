import type { App } from '@slack/bolt';
import { startBot } from 'practice-workspace/test-support';
import { expect, onTestFinished, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { createReach } from '../../../src/community/reach.ts';
import type { Core, FileKind } from '../../../src/features/feature.ts';
import { files, filesHeld } from '../../../src/features/files/index.ts';
import { homeView } from '../../../src/features/home/view.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { createLog } from '../../../src/lib/log.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { createOutboxClient } from '../../../src/outbox/client.ts';
import { createSender } from '../../../src/outbox/sender.ts';
import { actions, section } from '../../../src/slack/blocks.ts';
import { fileButton } from '../../../src/slack/files.ts';
import { createGrants, wantedScopes } from '../../../src/slack/scopes.ts';
import { mrkdwn } from '../../../src/slack/text.ts';
import { agreement } from '../../support/agreed.ts';
import { connectFeature } from '../../support/one-feature.ts';
import { givenStore } from '../../support/store.ts';

const secret = 'Week,How\n1,“rough”\n';

/** The real feature with one kind of file, in a practice workspace, over a real socket. */
async function given({ scopes = wantedScopes }: { scopes?: readonly string[] } = {}) {
  const store = await givenStore();
  const { db } = store;
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const logged: string[] = [];
  const core: Core = {
    db,
    clock,
    random: systemRandom,
    log: createLog({ level: 'trace', write: (line) => logged.push(line) }),
    timeZone: 'Europe/London',
    homeChanged: () => {},
    did: async () => {},
  };
  const kind: FileKind = {
    id: 'test.export',
    says: 'Your numbers, as a table.',
    async make({ person: { id } }, about) {
      if (about === 'while-deleted') await db.deleteFrom('people').where('id', '=', id).execute();
      return about !== 'another’s'
        ? { kind: 'file', name: 'My: numbers/2026.csv', title: 'My numbers', content: secret }
        : { kind: 'refused', answer: { text: 'Not yours.', blocks: [section(mrkdwn`Not yours.`)] } };
    },
  };
  let listening: App | undefined;
  const { workspace } = await startBot(
    (app) => {
      listening = app;
    },
    { clock },
  );
  workspace.reinstall(scopes);
  const client = createOutboxClient({
    token: workspace.botToken,
    slackApiUrl: workspace.apiUrl,
    log: core.log,
  });
  const sender = createSender({
    db,
    clock,
    log: core.log,
    client,
    reach: createReach({ timeZone: 'Europe/London', agreement }),
    vault: createVault(Buffer.alloc(32, 5)),
  });
  onTestFinished(() => sender.stop());
  const grants = createGrants(client, await client.auth.test());
  const feature = files({ ...core, kinds: () => [kind], client, fetch, grants, sendNow: sender.sendNow });
  if (listening)
    connectFeature(listening, { db, clock }, feature, {
      run: ({ words, answer }) =>
        answer({ text: 'Here', blocks: [actions([fileButton('Get it', kind.id, words)], 'get')] }),
      home: (actor) =>
        homeView(feature.home ?? [], [], {
          person: actor.person,
          actor,
          now: clock.now(),
          zone: 'Europe/London',
        }),
    });
  const { person } = await recordSlackUser(
    db,
    clock,
    {
      id: workspace.as('robin').id,
      team_id: workspace.teamId,
      real_name: 'Robin Madeup',
      tz: 'Europe/London',
    },
    workspace.teamId,
  );
  const admin = {
    id: workspace.as('jo').id,
    team_id: workspace.teamId,
    real_name: 'Jo Madeup',
    is_admin: true,
  };
  await recordSlackUser(db, clock, admin, workspace.teamId);
  const robin = workspace.as('robin');
  return {
    workspace,
    robin,
    jo: workspace.as('jo'),
    logged,
    /** Asks for it and, having read where it will lie, says yes. */
    async ask(about = 'mine') {
      await robin.command(`/try ${about}`);
      await robin.click('Get it');
      await robin.submit();
      await workspace.settled();
      return robin.visibleText(robin.modal() ?? robin.dmsWithBot().at(-1));
    },
    lying: () => robin.dmsWithBot().flatMap((message) => message.files.map(({ name }) => name)),
    note: () => {
      const message = robin.dmsWithBot().at(-1);
      return message ? robin.visibleText(message) : '';
    },
    kept: async () => filesHeld().holdings[0]?.count(db, person.id),
    db,
    beat: async (at: string) => {
      clock.moveTo(at);
      for (const job of feature.jobs ?? []) await job.run(clock.now());
      await sender.sendDue(clock.now());
      await workspace.settled();
    },
  };
}

test('a file is told of first, comes to whoever asked alone, and a button removes it', async () => {
  const { workspace, robin, ask, lying, note, kept, logged } = await given();
  await robin.command('/try mine');
  await robin.click('Get it');
  const before = robin.visibleText('modal');
  expect(before).toContain('Your numbers, as a table.');
  expect(before).toContain('Workspace owners may be able to export');
  expect(before).toContain('after 24 hours');
  expect(workspace.calls.some(({ method }) => method.startsWith('files.'))).toBe(false);
  await robin.closeModal();

  expect(await ask()).toContain('“My numbers 2026.csv” is in your conversation with me');
  expect(lying()).toEqual(['My numbers 2026.csv']);
  const [file] = robin.dmsWithBot().flatMap((message) => message.files);
  expect(await (await fetch(workspace.url + (file?.url ?? ''))).text()).toBe(secret);
  expect(note()).toContain('I remove it on Wednesday 4 March, 10:00');
  expect(await kept()).toBe(1);

  await robin.closeModal();
  await robin.click('Remove it now');
  expect(lying()).toEqual([]);
  expect(note()).toContain('is removed from Slack');
  expect(await kept()).toBe(0);
  expect(logged.join()).not.toContain('rough');

  // What may not be had leaves nothing behind either.
  expect(await ask('another’s')).toContain('Not yours.');
  expect(await kept()).toBe(0);
});

test('by itself it goes after a day, though Slack would not at first, or it was deleted by hand', async () => {
  const { workspace, ask, lying, note, kept, beat } = await given();
  await ask();
  await beat('2026-03-04T09:59:00Z');
  expect(lying()).toHaveLength(1);
  workspace.faults.next('files.delete', 'rate-limit');
  await beat('2026-03-04T10:00:00Z');
  expect(lying()).toHaveLength(1);
  workspace.faults.next('files.delete', 'drop-answer');
  await beat('2026-03-04T10:10:00Z');
  expect(lying()).toEqual([]);
  // It is gone, though Slack’s answer was lost: the next time says so.
  expect(await kept()).toBe(1);
  await beat('2026-03-04T10:20:00Z');
  expect(await kept()).toBe(0);
  expect(note()).toContain('is removed from Slack');
  const calls = workspace.calls.length;
  await beat('2026-03-04T11:00:00Z');
  expect(workspace.calls.slice(calls)).toEqual([]);
});

test.each([
  ['files.getUploadURLExternal', 'rate-limit', 'Slack is busy', 0],
  ['files.getUploadURLExternal', 'drop-answer', 'Slack did not take the file', 0],
  ['upload', 'server-error', 'Slack did not take the file', 0],
  ['upload', 'drop-answer', 'Slack did not take the file', 0],
  ['files.completeUploadExternal', 'server-error', 'whether “My numbers 2026.csv” has arrived', 0],
  ['files.completeUploadExternal', 'drop-answer', 'is in your conversation', 1],
  ['files.completeUploadExternal', 'server-error-after', 'is in your conversation', 1],
] as const)(
  '%s, %s: it is said what became of it, and nothing comes twice',
  async (step, fault, says, many) => {
    const { workspace, ask, lying, kept } = await given();
    workspace.faults.next(step, fault);
    expect(await ask()).toContain(says);
    expect(lying()).toHaveLength(many);
    expect(
      workspace.calls.filter(({ method }) => method === 'files.completeUploadExternal').length,
    ).toBeLessThan(2);
    // What may lie there is kept in mind, so that it goes.
    expect(await kept()).toBe(step === 'files.completeUploadExternal' ? 1 : 0);
  },
);

test('a window that Slack will not change is no failed file: it is there, and a message says so', async () => {
  const { workspace, robin, ask, lying, logged } = await given();
  for (let twice = 0; twice < 2; twice += 1) workspace.faults.next('views.update', 'server-error');
  await ask();
  expect(lying()).toHaveLength(1);
  const told = robin.dmsWithBot().map((message) => robin.visibleText(message));
  expect(told.filter((text) => text.includes('is in your conversation with me'))).toHaveLength(1);
  expect(told.join()).not.toContain('did not finish');
  expect(logged.join()).not.toContain('rough');
});

test('stopped between a file and its note, the note comes later, once', async () => {
  const { db, ask, robin, lying, note, beat } = await given();
  await ask();
  // As if it had been stopped just before.
  await db.deleteFrom('outbox').execute();
  const messages = robin.dmsWithBot().length;
  await beat('2026-03-03T10:01:00Z');
  expect(robin.dmsWithBot()).toHaveLength(messages);
  for (const minute of ['10', '11']) await beat(`2026-03-03T10:${minute}:00Z`);
  expect(robin.dmsWithBot()).toHaveLength(messages + 1);
  expect(note()).toContain('I do not know whether “My numbers 2026.csv” has arrived here.');
  await robin.closeModal();
  await robin.click('Remove it now');
  expect(lying()).toEqual([]);
});

test('whoever has everything deleted while their file is made gets none, and nothing fails', async () => {
  const { ask, lying } = await given();
  expect(await ask('while-deleted')).toContain('nothing of it lies there');
  expect(lying()).toEqual([]);
});

test('without the scope, files alone are off: who can mend it is said, and it works once it is mended', async () => {
  const { workspace, robin, jo, ask, lying, note } = await given({
    scopes: wantedScopes.filter((scope) => scope !== 'files:write'),
  });
  await robin.command('/try mine');
  await robin.click('Get it');
  const refused = robin
    .ephemerals()
    .map((message) => robin.visibleText(message))
    .join('\n');
  expect(refused).toContain('I cannot send files in this workspace yet');
  expect(refused).toContain('Jo Madeup can change that');
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('files:write is missing');
  await robin.openHome();
  expect(robin.visibleText('home')).not.toContain('files:write');

  workspace.reinstall(wantedScopes);
  await jo.openHome();
  expect(jo.visibleText('home')).not.toContain('files:write');
  expect(await ask()).toContain('is in your conversation with me');
  expect(lying()).toHaveLength(1);
  expect(note()).toContain('Remove it now');
});
