import type { PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { type Community, givenCommunity } from '../support/community.ts';
import { agree, closeAll, makeGroup, messagesSaying } from '../support/stories.ts';

/** Slack did it and the bot does not hear so, or it did not and the bot does not hear that either. */
const faults = ['drop-answer', 'server-error-after', 'drop-request', 'server-error', 'rate-limit'] as const;

type Story = {
  at?: string;
  /** What leads up to it, while all is well. */
  before?(community: Community, person: PersonDriver): Promise<void>;
  act(person: PersonDriver): Promise<unknown>;
  says: string;
};

const openHome = async (_: Community, person: PersonDriver) => void (await person.openHome());

async function planACheckIn(community: Community, jo: PersonDriver): Promise<void> {
  await makeGroup(jo, 'Spring group', [community.as('robin').realName]);
  await jo.command('/chatr checkin new');
  await jo.submit({ 'Who is asked?': 'Spring group', 'Which questions?': 'Weekly pulse' });
  await jo.submit({ 'First date': '2026-03-05', Time: '10:00' });
}

describe.each<[deed: string, who: string, story: Story]>([
  [
    'opens Home before the welcome that waits for the morning',
    'robin',
    {
      at: '2026-03-03T23:00:00Z',
      act: (one) => one.openHome(),
      says: 'this is ChATR Companion',
    },
  ],
  ['agrees', 'robin', { before: openHome, act: agree, says: 'Thank you for agreeing' }],
  [
    'writes to the bot',
    'robin',
    { before: openHome, act: (one) => one.post('What a lovely day'), says: 'Thank you for writing' },
  ],
  [
    'writes a command to the bot',
    'robin',
    { before: openHome, act: (one) => one.post('help'), says: 'Help with ChATR Companion' },
  ],
  [
    'wants a preview of a check-in',
    'jo',
    { before: planACheckIn, act: (one) => one.click('Send me a preview'), says: 'Your check-in is ready' },
  ],
])('somebody who %s is answered once', (_deed, who, story) => {
  test.each(faults)('with %s', async (fault) => {
    const community = await givenCommunity(story.at === undefined ? {} : { at: story.at });
    // Nothing else is on its way.
    await community.forward(10, 5);
    const person = community.as(who);
    await story.before?.(community, person);
    await community.forward(10, 5);
    const count = () => messagesSaying(person, story.says).length;
    const before = count();
    community.workspace.faults.next('chat.postMessage', fault);
    await story.act(person);
    expect(community.workspace.faults.injected).toHaveLength(1);
    await community.forward(12 * 60, 30);
    expect(count() - before).toBe(1);
    expect(JSON.stringify(person.snapshot())).not.toContain('did not finish');
  });

  test('and once more after a restart in between', async () => {
    const community = await givenCommunity(story.at === undefined ? {} : { at: story.at });
    await community.forward(10, 5);
    const person = community.as(who);
    await story.before?.(community, person);
    await community.forward(10, 5);
    const before = messagesSaying(person, story.says).length;
    community.workspace.faults.next('chat.postMessage', 'drop-answer');
    await story.act(person);
    await community.stopBot();
    await community.startBot();
    await community.forward(12 * 60, 30);
    expect(messagesSaying(person, story.says).length - before).toBe(1);
  });
});

test('an answer that has to wait is sealed meanwhile, and gone from the database once it is said', async () => {
  const community = await givenCommunity();
  const robin = community.as('robin');
  await robin.openHome();
  const stored = async () => {
    const store = await openStore(community.config.databaseUrl);
    const rows = await store.db
      .selectFrom('outbox')
      .select('message')
      .where('kind', '=', 'slack.answer')
      .execute();
    await store.close();
    return rows.map(({ message }) => message);
  };
  community.workspace.faults.next('chat.postMessage', 'rate-limit', { retryAfterSeconds: 30 });
  await robin.post('journal');
  expect(await stored()).toEqual([expect.stringMatching(/^\{"sealed":"v3\.[\w.-]+"\}$/)]);
  await community.forward(5, 1);
  expect(await stored()).toEqual(['{}']);
  expect(messagesSaying(robin, 'journal')).not.toEqual([]);
});

const windows = (community: Community, method: string) =>
  community.workspace.calls.filter((call) => call.method === method).length;

describe('a window is asked for once', () => {
  test.each([
    ['drop-answer', true] as const,
    ['server-error-after', true] as const,
    ['drop-request', false] as const,
    ['server-error', false] as const,
    ['rate-limit', false] as const,
  ])('with %s, and who looks at it hears of no failure', async (fault, isThere) => {
    const community = await givenCommunity();
    const robin = community.as('robin');
    await robin.openHome();
    community.workspace.faults.next('views.open', fault);
    await robin.click('Read the community agreement');
    expect(windows(community, 'views.open')).toBe(isThere ? 1 : 0);
    expect(robin.modal() !== null).toBe(isThere);
    const told = robin.dmsWithBot().filter(({ text }) => text.includes('did not finish'));
    expect(told).toHaveLength(isThere ? 0 : 1);
    if (isThere) {
      await robin.submit();
      expect(robin.modal()).toBeNull();
      expect(messagesSaying(robin, 'Thank you for agreeing')).toHaveLength(1);
    }
  });

  test('and one on top of it', async () => {
    const community = await givenCommunity();
    const robin = community.as('robin');
    await robin.openHome();
    await robin.click('Read the community agreement');
    community.workspace.faults.next('views.push', 'drop-answer');
    await robin.click('Read the full privacy notice');
    expect(robin.modals()).toHaveLength(2);
    expect(windows(community, 'views.push')).toBe(1);
    expect(JSON.stringify(robin.snapshot())).not.toContain('did not finish');
  });

  test('and nothing has failed for whoever closes the one they pressed in before its answer comes', async () => {
    const community = await givenCommunity();
    const robin = community.as('robin');
    await robin.openHome();
    const isClosedMeanwhile = async (words: string, how: { all: boolean }) => {
      await Promise.all([robin.click(words), robin.closeModal(how)]);
    };
    // On top of it, in its place, and from one that lies on another.
    await robin.click('Read the community agreement');
    await isClosedMeanwhile('Read the full privacy notice', { all: true });
    await robin.click('Read the community agreement');
    await isClosedMeanwhile('No, thank you', { all: true });
    expect(robin.modals()).toEqual([]);
    expect(messagesSaying(robin, 'did not finish')).toEqual([]);
    expect(community.log).toEqual([]);
  });

  test.each(['drop-answer', 'drop-request', 'server-error', 'rate-limit'] as const)(
    'while changing one may be done twice (%s)',
    async (fault) => {
      const community = await givenCommunity();
      const jo = community.as('jo');
      await planACheckIn(community, jo);
      community.workspace.faults.next('views.update', fault);
      await jo.click('Send me a preview');
      expect(jo.visibleText('modal')).toContain('The preview is in our conversation');
      await closeAll(jo);
      expect(JSON.stringify(jo.snapshot())).not.toContain('did not finish');
    },
  );
});

describe('an answer to a click that only they see', () => {
  const asked = async () => {
    const community = await givenCommunity();
    const robin = community.as('robin');
    await robin.openHome();
    await robin.post('where is the trauma training?');
    return { community, robin };
  };
  const press = (robin: PersonDriver) => robin.click({ actionId: 'help.look-up' });

  test('is there once where Slack’s answer is lost, and nothing is told as failed', async () => {
    const { community, robin } = await asked();
    community.workspace.faults.next('response_url', 'drop-answer');
    await press(robin);
    await community.forward(10, 5);
    expect(robin.ephemerals()).toHaveLength(1);
    expect(JSON.stringify(robin.snapshot())).not.toContain('did not finish');
  });

  test('that certainly did not come is told as such', async () => {
    const { community, robin } = await asked();
    community.workspace.faults.next('response_url', 'server-error');
    await press(robin);
    expect(robin.ephemerals().map(({ text }) => text)).toEqual([expect.stringContaining('did not finish')]);
  });
});
