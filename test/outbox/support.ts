import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPracticeWorkspace, type PersonSeed, type PracticeWorkspace } from 'practice-workspace';
import type { MessageKind } from '../../src/community/messages.ts';
import { type Person, recordSlackUser } from '../../src/community/people.ts';
import { createReach } from '../../src/community/reach.ts';
import { openStore, type Store } from '../../src/db/open.ts';
import type { Db } from '../../src/db/schema.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { createLog } from '../../src/lib/log.ts';
import { createOutboxClient } from '../../src/outbox/client.ts';
import { enqueue, type Message, type NewDelivery } from '../../src/outbox/outbox.ts';
import { createSender, type FailedDelivery, type Sender } from '../../src/outbox/sender.ts';
import { agreement, givenAgreed } from '../support/agreed.ts';
import { writeMigrated } from '../support/store.ts';

/** A Tuesday morning in term time, nobody's quiet hours in London. */
export const aTuesday = '2026-03-03T10:00:00Z';

export const message = (words: string): Message => ({
  text: words,
  blocks: [{ type: 'section', text: { type: 'plain_text', text: words } }],
});

const manifest = (scopes: string[]) => ({
  display_information: { name: 'Outbox test' },
  features: {
    app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: false },
    bot_user: { display_name: 'outbox' },
  },
  oauth_config: { scopes: { bot: scopes } },
  settings: { socket_mode_enabled: true },
});

type Said = Partial<Omit<NewDelivery, 'kind' | 'expiresAt'>> & {
  to: NewDelivery['to'];
  kind?: MessageKind;
  expiresAt?: Date;
};

export type Desk = {
  clock: ManualClock;
  store: Store;
  db: Db;
  workspace: PracticeWorkspace;
  people: Person[];
  failures: FailedDelivery[];
  /** A new sender on the same database, as after a restart. */
  newSender(options?: { timeoutMs?: number; db?: Db }): Sender;
  /** The database's file, for a second connection or another process. */
  file: string;
  /** @param delivery a note to somebody when nothing else is said. */
  enqueue(delivery: Said, words: string): Promise<string>;
  /** A minute passes, and the outbox has a round. */
  beat(sender: Sender): Promise<void>;
  /** What the bot wrote to this person, oldest first. */
  received(person: Person): string[];
  /** What the bot wrote in a channel, oldest first. */
  posted(channel: string): string[];
  row(id: string): Promise<{ status: string; reason: string | null; send_after: string; message: string }>;
  close(): Promise<void>;
};

export type DeskOptions = {
  at?: string;
  people?: Partial<PersonSeed>[];
  scopes?: string[];
  seed?: number;
};

/** A real store and a real (practice) Slack, with people who are known to both. */
export async function openDesk({
  at = aTuesday,
  people: seeds = [{}, {}, {}],
  scopes = ['chat:write', 'im:write', 'im:history', 'users:read'],
  seed = 1,
}: DeskOptions = {}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'chatr-outbox-'));
  const clock = new ManualClock(at);
  const file = join(folder, 'chatr.db');
  await writeMigrated(file);
  const store = await openStore(`file:${file}`);
  const everybody = seeds.map((person, index) => ({
    name: `person${index}`,
    realName: `Person ${index}`,
    tz: 'Europe/London',
    ...person,
  }));
  const workspace = await createPracticeWorkspace({
    manifest: manifest(scopes),
    clock,
    seed,
    seeds: {
      workspace: { name: 'Outbox', domain: 'outbox' },
      people: everybody,
      channels: [
        { name: 'forum', members: everybody.map(({ name }) => name), withApp: true },
        { name: 'closed-to-us', members: [everybody[0]?.name ?? ''], withApp: false },
      ],
    },
  });
  const people: Person[] = [];
  for (const { name, tz, isBot } of everybody) {
    const id = workspace.as(name).id;
    const user = { id, real_name: name, tz, team_id: workspace.teamId, ...(isBot && { is_bot: true }) };
    people.push((await recordSlackUser(store.db, clock, user, workspace.teamId)).person);
  }
  await givenAgreed({ db: store.db, clock }, ...people);
  const failures: FailedDelivery[] = [];
  let enqueued = 0;
  const { db } = store;
  return {
    clock,
    store,
    db,
    workspace,
    people,
    failures,
    file,
    newSender: ({ timeoutMs = 1_000, db: own = db } = {}) =>
      createSender({
        db: own,
        clock,
        log: createLog({ level: 'silent' }),
        client: createOutboxClient({
          token: workspace.botToken,
          slackApiUrl: workspace.apiUrl,
          timeoutMs,
        }),
        reach: createReach({ timeZone: 'Europe/London', agreement }),
        onFailed: async (_, failed) => {
          failures.push(failed);
        },
      }),
    async enqueue(delivery, words) {
      enqueued += 1;
      const id = await enqueue(db, clock, {
        idempotencyKey: `test:${enqueued}`,
        kind: 'roles.granted',
        message: message(words),
        sendAfter: clock.now(),
        ...delivery,
      } as NewDelivery);
      if (id === undefined) throw new Error('That key is taken.');
      return id;
    },
    async beat(sender) {
      clock.forward(1);
      await sender.sendDue(clock.now());
    },
    received: (person) =>
      Object.values(workspace.snapshot(person.displayName).messages)
        .flat()
        .filter(({ channel, user }) => channel.startsWith('D') && user === workspace.botUserId)
        .sort((one, other) => (one.ts < other.ts ? -1 : 1))
        .map(({ text }) => text),
    posted: (channel) =>
      (workspace.snapshot('person0').messages[workspace.channelId(channel)] ?? [])
        .filter(({ user }) => user === workspace.botUserId)
        .map(({ text }) => text),
    row: (id) =>
      db
        .selectFrom('outbox')
        .select(['status', 'reason', 'send_after', 'message'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow(),
    async close() {
      await workspace.stop();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
