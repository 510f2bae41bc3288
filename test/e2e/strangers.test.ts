import Database from 'better-sqlite3';
import { defaultSeeds } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, type CommunityOptions, givenCommunity } from '../support/community.ts';
import { freePort } from '../support/raw-socket.ts';
import { messagesSaying } from '../support/stories.ts';

/** Nobody is served before Slack has said who they are: their first payload waits for that, and no other does. */

const callsOf = ({ workspace }: Community, ...methods: string[]): number =>
  workspace.calls.filter(({ method }) => methods.includes(method)).length;

function peopleIn({ config }: Community): string[] {
  const db = new Database(config.databaseUrl.slice('file:'.length), { readonly: true });
  const rows = db.prepare('select slack_id from people').all() as { slack_id: string }[];
  db.close();
  return rows.map((row) => row.slack_id);
}

/** Nobody is in the forum, so the bot has met nobody but who runs it. */
async function givenStrangers(options: CommunityOptions = {}): Promise<Community> {
  const people = [
    ...defaultSeeds.people,
    { name: 'droid', realName: 'Droid', isBot: true },
    { name: 'stran', realName: 'Stran Ger', connectedTeam: 'T0ANOTHER' },
  ];
  return givenCommunity({ ...options, forum: false, workspace: { seeds: { ...defaultSeeds, people } } });
}

/** A first payload of each kind, as Slack would send it. */
type Payload = (
  workspace: Community['workspace'],
  user: string,
) => [Parameters<Community['workspace']['deliver']>[0], object];
const kinds = ['command', 'click', 'form', 'opened Home', 'message'] as const;
const payloads: Record<(typeof kinds)[number], Payload> = {
  command: ({ teamId }, user) => [
    'slash_commands',
    { command: '/chatr', text: 'help', user_id: user, team_id: teamId, trigger_id: '1.2.x' },
  ],
  click: ({ teamId }, user) => [
    'interactive',
    {
      type: 'block_actions',
      team: { id: teamId },
      user: { id: user, team_id: teamId },
      actions: [{ type: 'button', action_id: 'help.run', block_id: 'b', value: 'help' }],
    },
  ],
  form: ({ teamId }, user) => [
    'interactive',
    {
      type: 'view_submission',
      team: { id: teamId },
      user: { id: user, team_id: teamId },
      view: {
        callback_id: 'reflections.save',
        blocks: [{ type: 'input', block_id: 'words', element: { type: 'plain_text_input', action_id: 'a' } }],
        state: { values: {} },
      },
    },
  ],
  'opened Home': ({ teamId }, user) => [
    'events_api',
    {
      type: 'event_callback',
      team_id: teamId,
      event_id: `Ev${user}`,
      event: { type: 'app_home_opened', user, tab: 'home', channel: 'D1' },
    },
  ],
  message: ({ teamId }, user) => [
    'events_api',
    {
      type: 'event_callback',
      team_id: teamId,
      event_id: `Em${user}`,
      event: { type: 'message', user, channel: 'D1', channel_type: 'im', text: 'hello', ts: '1.2' },
    },
  ],
};

describe.each(['dana', 'droid', 'stran'])('%s, whom nobody told the bot about', (name) => {
  test.each(kinds)('is not served: %s', async (kind) => {
    const community = await givenStrangers();
    const { workspace } = community;
    const { id } = community.as(name);
    const before = peopleIn(community);
    const [type, payload] = payloads[kind](workspace, id);
    const answer = await workspace.deliver(type, payload);
    await community.bot().settled();
    if (kind === 'form') expect(JSON.stringify(answer)).toContain('Nothing was stored');
    expect(callsOf(community, 'chat.postMessage', 'views.publish', 'views.open', 'views.update')).toBe(0);
    expect(peopleIn(community), 'nothing is stored').toEqual(before);
    expect(community.log).toEqual([]);
  });
});

test.each([
  ['a socket', async () => ({})],
  ['HTTP', async () => ({ httpPort: await freePort() })],
])(
  'over %s, a member’s first command is answered after one question to Slack; whoever is known costs none',
  async (_, how) => {
    const community = await givenStrangers(await how());
    const robin = community.as('robin');
    const before = callsOf(community, 'users.info');
    await Promise.all([robin.command('/chatr find trauma'), robin.openHome()]);
    await community.workspace.settled();
    expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');
    expect(robin.visibleText('home')).toContain('Find a resource');
    expect(messagesSaying(robin, 'Hello Robin')).toHaveLength(1);
    expect(callsOf(community, 'users.info')).toBe(before + 1);
    await robin.command('/chatr help');
    await robin.openHome();
    expect(callsOf(community, 'users.info')).toBe(before + 1);
    expect(community.log).toEqual([]);
  },
);

test('whoever is turned away is not asked about at each click', async () => {
  const community = await givenStrangers();
  const { id } = community.as('stran');
  const before = callsOf(community, 'users.info');
  for (const kind of [...kinds, ...kinds])
    await community.workspace.deliver(...payloads[kind](community.workspace, id));
  await community.bot().settled();
  expect(callsOf(community, 'users.info')).toBe(before + 1);
});

test('while Slack does not say who somebody is, they hear to try again, in time, and a form stays open', async () => {
  const community = await givenStrangers();
  const { workspace, log } = community;
  const [robin, sam] = [community.as('robin'), community.as('sam')];
  workspace.faults.next('users.info', 'late-answer', { milliseconds: 2_200 });
  await robin.command('/chatr find trauma', { quiet: true });
  expect(robin.notices(), 'acknowledged in time').toEqual([]);
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('Please try again in a moment.');
  await community.bot().settled();
  await robin.command('/chatr find trauma');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('UK Trauma Council');

  workspace.faults.next('users.info', 'late-answer', { milliseconds: 1_700 });
  const answer = await workspace.deliver(...payloads.form(workspace, sam.id));
  expect(JSON.stringify(answer)).toMatch(
    /"errors":\{"words":"[^"]*try again in a moment[^"]*What you wrote stays here/,
  );
  expect(log).toEqual([]);
});
