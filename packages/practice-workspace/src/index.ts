import type { Server } from 'node:http';
import { Activity } from './activity.ts';
import { Acts } from './acts/act.ts';
import { noRateLimits, rateLimits } from './api/rate-limits.ts';
import { type RecordedCall, WebApi } from './api/web-api.ts';
import { AppEvents } from './app-events.ts';
import { type Clock, practiceClock } from './clock.ts';
import { type Answer, Delivery, type EnvelopeType } from './delivery.ts';
import { Doors, type Site } from './doors.ts';
import { PersonDriver } from './driver.ts';
import { type FaultRates, Faults } from './faults.ts';
import { httpTransport } from './http-delivery.ts';
import { type PracticeManifest, readManifest } from './manifest.ts';
import type { Act, ActResult, Snapshot } from './protocol.ts';
import { seededRandom } from './random.ts';
import { ResponseUrls } from './response-urls.ts';
import { bringBack, saveWorld } from './saved.ts';
import { defaultSeeds, type PersonSeed, type Seeds } from './seeds.ts';
import { PracticeServer } from './server.ts';
import type { Slack } from './slack.ts';
import { snapshotFor } from './snapshot.ts';
import { type DisconnectReason, SocketMode } from './socket.ts';
import { Stagehand } from './stage.ts';
import { type Tour, type Touring, Tours } from './tours.ts';
import { Triggers } from './triggers.ts';
import { World } from './world.ts';
import type { SavedWorld } from './world-types.ts';

export type { RecordedCall } from './api/web-api.ts';
export { type Clock, practiceClock, type SettableClock } from './clock.ts';
export type { Answer, EnvelopeType } from './delivery.ts';
export type { Site } from './doors.ts';
export type { PersonDriver } from './driver.ts';
export { isButton } from './driving/finding.ts';
export type { PracticeManifest } from './manifest.ts';
export type { MessageSummary } from './protocol.ts';
export { seededRandom } from './random.ts';
export { defaultSeeds, type PersonSeed, type Seeds } from './seeds.ts';
export type { Tour, TourEvent, Touring, TourMatch, TourStep } from './tours.ts';
export type { SavedWorld } from './world-types.ts';

export type PracticeOptions = {
  /** The app's manifest, parsed: what gets installed. */
  manifest: PracticeManifest;
  /** Where message timestamps come from. Left out: a clock that runs. */
  clock?: Clock;
  seeds?: Seeds;
  /** As it stood when it was saved, instead of the people and channels of `seeds`; the clock is to go on from there. */
  saved?: SavedWorld;
  /** Same seed, same ids and same chance faults. */
  seed?: number;
  /** 0, the default, takes any free port. */
  port?: number;
  /** One that listens already, for instance to say that all this is about to begin. It answers for the workspace then. */
  server?: Server;
  /** How long the app has to acknowledge, in real time. Slack's 3,000 by default. */
  ackMs?: number;
  /** How long a trigger id lives, in real time. Slack's 3,000 by default. */
  triggerMs?: number;
  faults?: FaultRates;
  /** Whether Slack's rate limits are enforced, in real time. Off by default: tests are faster than people. */
  rateLimits?: boolean;
  /** Where the app listens when its manifest is not for Socket Mode. Overrides the URLs of the manifest. */
  requestUrl?: string;
  /** Channels, by name, that somebody who joins the workspace is in from the start. Default: general. */
  defaultChannels?: string[];
  /** The visitor moved the clock: move it, and resolve when the app has caught up. */
  onForward?: (minutes: number) => Promise<void>;
  /**
   * When, after now, something may happen next: each move of the clock stops there on its way, so that what is due comes at
   * its minute. With it the page offers to go on to the next thing that happens.
   */
  nextDue?: () => Promise<Date | undefined>;
  /** Sees each payload on its way to the app. */
  onDelivery?: (type: EnvelopeType, payload: unknown) => void;
  /** Sees each Web API call that took effect, before its answer is on its way. */
  onCall?: (call: RecordedCall) => void;
  /** Resolves when none of the app's listeners runs. With it every act of the driver waits for exactly that. */
  appIdle?: () => Promise<void>;
  /** How long the driver waits for something to become visible before it says what is. 5,000 by default. */
  patienceMs?: number;
  /** Read the page's files anew each time, while working on them. */
  reloadPage?: boolean;
  site?: Site;
  /** Guided tours for the visitor, whose steps tick themselves off by what happens. */
  tours?: readonly Tour[];
  /** How far the visitor was on them the last time, and who is told of each change, to keep it. */
  touring?: { begun: Touring | undefined; keep: (now: Touring) => void };
};

export type PracticeWorkspace = {
  /** The page, for a browser. */
  readonly url: string;
  /** For `SLACK_API_URL`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly appId: string;
  readonly teamId: string;
  readonly clock: Clock;
  readonly faults: Faults;
  /** Web API calls so far, in order. */
  readonly calls: readonly RecordedCall[];
  /** Events given up after three retries. */
  readonly lostEvents: readonly Record<string, unknown>[];
  /** Open Socket Mode connections. */
  readonly connections: number;

  /** Somebody by id, handle, display name or whole name. */
  as(person: string): PersonDriver;
  /** What the page does: the only way in for tests, too. Resolves when the app has acknowledged. */
  act(as: string, act: Act): Promise<ActResult>;
  snapshot(person: string): Snapshot;
  /** A channel's id by its name, with or without `#`. */
  channelId(name: string): string;
  /** The id of the direct messages between this person and the app. */
  appDirectId(person: string): string;

  joinPerson(seed?: Partial<PersonSeed>): Promise<PersonDriver>;
  /** Somebody who was always there: the app hears nothing of it. */
  addUser(seed: PersonSeed): PersonDriver;
  deactivate(person: string): Promise<void>;
  reactivate(person: string): Promise<void>;
  setTimezone(person: string, tz: string): Promise<void>;
  changeProfile(
    person: string,
    change: { realName?: string; firstName?: string; displayName?: string; title?: string; email?: string },
  ): Promise<void>;
  /** They are of another workspace from now on, and the app hears nothing of it, as if it had been down. */
  moveTo(person: string, to: Pick<PersonSeed, 'homeTeam' | 'connectedTeam'>): void;
  joinChannel(person: string, channel: string): Promise<void>;
  leaveChannel(person: string, channel: string): Promise<void>;
  addChannel(channel: { name: string; private?: boolean; members?: string[]; withApp?: boolean }): string;
  archiveChannel(channel: string): void;
  /** The app is installed again, and may do this from now on, and nothing else. */
  reinstall(scopes: readonly string[]): void;

  /** A payload as it stands, in an envelope or signed, also what Slack would never send. Resolves with the app's answer. */
  deliver(type: EnvelopeType, payload: unknown): Promise<Answer>;
  /** A Socket Mode frame that need not be an envelope, or JSON. */
  sendFrame(text: string): void;

  /** Resolves when every delivery is acknowledged or given up, and no Web API call is under way. */
  settled(): Promise<void>;
  /** Resolves when the app has at least this many connections. */
  connected(connections?: number): Promise<void>;
  /** Everything that outlives a visit, as JSON; `saved` brings it back. */
  save(): SavedWorld;
  /** Tell the workspace that its clock was moved: unacknowledged events that are due come again. */
  clockMoved(): Promise<void>;
  /** Makes the app's connections go, as Slack does every few hours. */
  disconnect(reason?: DisconnectReason, which?: 'one' | 'all'): void;
  stop(): Promise<void>;
};

const connectMs = 15_000;
/** Longer than any acknowledgement or answer takes; shorter than the patience of a test runner. */
const settleMs = 20_000;

/** Starts a strict local Slack with this app installed. Resolves when it listens. */
export async function createPracticeWorkspace(options: PracticeOptions): Promise<PracticeWorkspace> {
  const { saved } = options;
  // Ids go on where they were: what is new never has the id of what was saved.
  const seed = options.seed ?? (saved ? Number(saved.lastTs.replace('.', '')) : 1);
  const random = seededRandom(seed);
  const clock = options.clock ?? practiceClock(new Date(), { running: true });
  const app = readManifest(options.manifest);
  const world = new World({ clock, random, app, seeds: options.seeds ?? defaultSeeds, saved });
  if (saved) bringBack(world, saved);
  const activity = new Activity();
  // Its own chance, so that a fault does not change the ids that follow.
  const faults = new Faults(seededRandom(seed + 1), options.faults);
  const triggers = new Triggers(random, options.triggerMs ?? 3_000);
  const socket = new SocketMode({ random, appId: world.appId, onChange: () => world.touch('everyone') });
  const signingSecret = random.token(32);
  const botToken = `xoxb-practice-${random.token(24)}`;
  const appToken = `xapp-1-practice-${random.token(24)}`;
  let url = '';
  const baseUrl = (): string => url;
  const transport = app.socketMode ? socket : httpTransport(app, signingSecret, options.requestUrl);
  const delivery = new Delivery({
    transport,
    faults,
    activity,
    ackMs: options.ackMs ?? 3_000,
    onDelivery: options.onDelivery,
  });
  const events = new AppEvents({ world, delivery, activity, baseUrl });
  const responseUrls = new ResponseUrls({ world, baseUrl, posted: (message) => events.message(message) });
  const slack: Slack = { world, activity, faults, triggers, delivery, events, responseUrls, socket, baseUrl };
  const acts = new Acts(slack);
  const limits = options.rateLimits === true ? rateLimits() : noRateLimits;
  const api = new WebApi(slack, { botToken, appToken }, limits, options.onCall);
  const tours = new Tours(world, options.tours ?? [], options.touring);
  const act = (user: string, wanted: Act): Promise<ActResult> =>
    tours.during(user, wanted, () => acts.act(user, wanted));
  const stage = new Stagehand(slack, options, options.defaultChannels ?? ['general']);
  const snapshot = (person: string): Snapshot =>
    snapshotFor(world, person, {
      connected: delivery.connected,
      busy: stage.busy,
      knowsNext: stage.knowsNext,
      passed: stage.passed,
      site: options.site?.name ?? null,
      guide: tours.guide,
    });
  const doors = new Doors({
    world,
    act,
    stage: async (wanted) => {
      if (wanted.do === 'tour') return tours.turn(wanted);
      const result = await stage.stage(wanted);
      if (result.ok && wanted.do.startsWith('forward'))
        tours.tell({ on: 'clock', by: '', what: '', saying: '' });
      return result;
    },
    snapshot,
    isMoving: () => stage.busy,
    reload: options.reloadPage ?? false,
    site: options.site?.files ?? new Map<string, string>(),
    looked: (at) => {
      const by = 'person' in at ? (world.people.get(at.person)?.name ?? '') : '';
      if ('person' in at) tours.tell({ on: 'person', by, what: by, saying: '' });
      else tours.tell({ on: 'site', by, what: at.site, saying: '' });
    },
  });
  const server = new PracticeServer(options.server);
  url = await server.listen(options.port ?? 0);
  server.open(slack, api, doors, botToken);

  // Everybody can write to the app from the start; Slack opens these on first sight.
  for (const person of world.people.values())
    if (!person.isBot && person.id !== 'USLACKBOT' && !person.deleted) world.appDirect(person.id);

  async function settled(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const left = `${activity.running} deliveries or calls are under way`;
        reject(
          new Error(`The app did not come to rest in ${settleMs} ms: ${left}, or a listener still runs.`),
        );
      }, settleMs);
    });
    await Promise.race([rest(), tooLong]).finally(() => clearTimeout(timer));
  }

  async function rest(): Promise<void> {
    let started: number;
    // What listeners send can start more deliveries: again, until nothing new has begun.
    do {
      await activity.quiet();
      started = activity.started;
      await options.appIdle?.();
      await activity.quiet();
    } while (activity.started !== started);
  }

  const drivers = new Map<string, PersonDriver>();
  function as(name: string): PersonDriver {
    const person = world.personNamed(name);
    const known = drivers.get(person.id);
    if (known) return known;
    const driver = new PersonDriver({
      slack,
      person,
      act: (wanted) => act(person.id, wanted),
      snapshot: () => snapshot(person.id),
      settled,
      appIdle: options.appIdle,
      patienceMs: options.patienceMs ?? 5_000,
    });
    drivers.set(person.id, driver);
    return driver;
  }

  return {
    get url() {
      return url;
    },
    get apiUrl() {
      return `${url}/api/`;
    },
    botToken,
    appToken,
    signingSecret,
    botUserId: world.botUserId,
    botId: world.botId,
    appId: world.appId,
    teamId: world.teamId,
    clock,
    faults,
    calls: api.calls,
    lostEvents: events.lost,
    get connections() {
      return socket.connections;
    },
    as,
    act: (person, wanted) => act(world.personNamed(person).id, wanted),
    snapshot: (person) => snapshot(world.personNamed(person).id),
    channelId: (name) => world.channelNamed(name).id,
    appDirectId: (person) => world.appDirect(world.personNamed(person).id).id,
    joinPerson: async (seed = {}) => {
      const person = stage.joinPerson(seed);
      await settled();
      return as(person.id);
    },
    addUser: (seed) => {
      const person = world.addPerson(seed);
      if (!person.isBot && !person.deleted) world.appDirect(person.id);
      world.touch('everyone');
      return as(person.id);
    },
    deactivate: async (person) => {
      stage.setDeleted(world.personNamed(person), true);
      await settled();
    },
    reactivate: async (person) => {
      stage.setDeleted(world.personNamed(person), false);
      await settled();
    },
    setTimezone: async (person, tz) => {
      stage.change(world.personNamed(person), { tz });
      await settled();
    },
    changeProfile: async (person, change) => {
      stage.change(world.personNamed(person), change);
      await settled();
    },
    moveTo: (person, to) => world.moveTo(world.personNamed(person), to),
    joinChannel: async (person, channel) => {
      stage.join(world.personNamed(person), channel);
      await settled();
    },
    leaveChannel: async (person, channel) => {
      stage.leave(world.personNamed(person), channel);
      await settled();
    },
    addChannel: (channel) => stage.addChannel(channel),
    archiveChannel: (channel) => stage.archive(channel),
    reinstall: (scopes) => {
      world.app.scopes = new Set(scopes);
    },
    deliver: (type, payload) => delivery.send(type, payload, { answers: type !== 'events_api' }),
    sendFrame: (text) => socket.sendFrame(text),
    settled,
    save: () => saveWorld(world),
    connected: async (connections = 1) => {
      const what = `${connections} Socket Mode connection(s); there are ${socket.connections}`;
      await stage.until(() => socket.connections >= connections, what, connectMs);
    },
    clockMoved: async () => {
      world.touch('everyone');
      await events.retryDue();
    },
    disconnect: (reason = 'refresh_requested', which = 'all') => socket.refresh(reason, which),
    stop: async () => {
      events.stop();
      tours.stop();
      doors.stop();
      await socket.stop();
      await server.close();
    },
  };
}
