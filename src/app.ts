import { setImmediate as turn } from 'node:timers/promises';
import { App } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { forgetAudit } from './community/audit.ts';
import { listLeadFacilitators } from './community/cohorts.ts';
import { createReach } from './community/reach.ts';
import { type Config, ConfigError } from './config.ts';
import { inMemory, keyFileBeside } from './db/address.ts';
import { appliedNames } from './db/applied.ts';
import { copyBeforeUpdate, forgetCopy } from './db/copy-before-update.ts';
import { claimKey, destroyEnded, type KeyCheck, rememberKeys } from './db/key.ts';
import { type KeyFile, openKeyFile } from './db/key-file.ts';
import { lookAtKeys } from './db/look-at-keys.ts';
import { migrate, refuseNewer } from './db/migrate.ts';
import { openStore, type Store } from './db/open.ts';
import { refuseToForget, rememberDatabase } from './db/whereabouts.ts';
import type { Content } from './features/content.ts';
import { asksAhead, createFeatures, type Features, promptsAhead } from './features/index.ts';
import { openContent } from './features/kept-content.ts';
import { blanksIn, sayBlanks } from './features/onboarding/index.ts';
import { serveFeeds } from './feeds.ts';
import { serveHealth } from './health.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { createVault, type Vault } from './lib/crypto.ts';
import { createGarbage } from './lib/garbage.ts';
import { describeError, type Log, slackCode } from './lib/log.ts';
import { createNetwork, type Network, sayWhyUnreachable, UnreachableError } from './lib/network.ts';
import { createOutside, type Outside } from './lib/outside.ts';
import { type Random, systemRandom } from './lib/random.ts';
import { createAnswers, postNotice } from './outbox/answers.ts';
import { createOutboxClient, type OutboxClient } from './outbox/client.ts';
import { forgetMessages } from './outbox/forget.ts';
import { createSendingOn } from './outbox/send-on.ts';
import { createSender } from './outbox/sender.ts';
import { localTime } from './scheduler/calendar.ts';
import { startHeartbeat } from './scheduler/heartbeat.ts';
import { nextDue } from './scheduler/next-due.ts';
import { createScheduler } from './scheduler/scheduler.ts';
import { reportErrors } from './slack/errors.ts';
import { forgetOldEvents, guard } from './slack/guard.ts';
import { deadline, HttpReceiver, SocketReceiver, slackLogger } from './slack/receiver.ts';
import { createRoutes } from './slack/routes.ts';
import { createGrants } from './slack/scopes.ts';

export type BotParts = {
  config: Config;
  log: Log;
  /** Left out: the machine's own. */
  clock?: Clock;
  random?: Random;
  /** Left out: read from the content folder, whose privacy notice must have no blanks then. */
  content?: Content;
  /** Where content that was checked is kept for the next start. Left out: it is checked at each. */
  cacheFolder?: string;
  /** Where it is remembered which database was used here. Left out: nothing is remembered. */
  whereabouts?: { file: string; mayBeginAnew: boolean };
  /** The key file may be an older one than the database's. */
  mayLackKeys?: boolean;
  /** The way to other people's web servers. Left out: the public internet, where `config.linkCheck` says so. */
  outside?: Outside;
  /** False in tests and the demo, which call `beat` themselves. */
  heartbeat?: boolean;
  /** Serve `/healthz` and `/metrics`, and over HTTP Slack's requests, on `config.port`. Default: only over HTTP. */
  health?: boolean;
};

export type Bot = {
  /** One turn of the clock: whatever is due is decided, then sent. What the heartbeat does each minute. */
  beat(): Promise<void>;
  /** The content as people see it: with what curators have changed since it was read. */
  content(): Content;
  /** When a beat may find something to do next, for whoever moves the clock by hand. */
  nextDue(): Promise<Date>;
  /** Resolves when no listener runs, everybody met has been looked up, and App Home is up to date for whoever looks at it. */
  settled(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * The one place where everything is put together. Opens the store, checks the content, connects, and catches up with
 * what happened while the bot was away.
 * @throws ContentError, ConfigError where the privacy notice has blanks, StoreError, or Slack's error when the token is refused.
 */
export async function createBot(parts: BotParts): Promise<Bot> {
  const { config, log, clock = systemClock, random = systemRandom, cacheFolder } = parts;
  const network = createNetwork(config.proxy);
  const outboxClient = createOutboxClient({
    token: config.botToken,
    ...(config.slackApiUrl && { slackApiUrl: config.slackApiUrl }),
    log,
    fetch: network.fetch,
  });
  // Slack answers while the rest is opened, which itself waits for nothing: the call needs its turns in between. What
  // fails first is told; a refused token, where it is waited for.
  const identity = outboxClient.auth.test();
  identity.catch(() => {});
  await turn();
  const content = parts.content ?? (await openContent(config.contentDir, { cacheFolder, log }));
  if (!parts.content) refuseBlanks(content, config.contentDir);
  await turn();
  const keyFile = config.keyFile ?? keyFileBeside(config.databaseUrl) ?? inMemory;
  const keyCheck = { place: keyFile, ...(parts.mayLackKeys && { mayBeOlder: true }) };
  const store = await openStore(config.databaseUrl, {
    alone: true,
    // Whatever speaks against this database does so before anything in it is changed.
    async before(found, place) {
      const applied = await appliedNames(found);
      const { file, mayBeginAnew = true } = parts.whereabouts ?? {};
      if (applied.length === 0 && file && !mayBeginAnew)
        refuseToForget({ file, place, encryptionKey: config.encryptionKey });
      refuseNewer(applied);
      await lookAtKeys(found, applied, { ...keyCheck, encryptionKey: config.encryptionKey });
    },
  });
  let keys: KeyFile | undefined;
  try {
    keys = openKeyFile(keyFile, config.encryptionKey);
    return await connect(parts, {
      config,
      log,
      clock,
      random,
      content,
      store,
      keys,
      vault: createVault(config.encryptionKey, keys),
      keyCheck,
      network,
      outboxClient,
      identity,
    });
  } catch (error) {
    await store.close();
    keys?.close();
    await network.close();
    throw error;
  }
}

/** Nobody is greeted with a notice that does not say yet who answers for what is kept. */
function refuseBlanks({ journey }: Content, contentDir: string): void {
  const blanks = blanksIn(journey.privacyNotice);
  if (blanks.length > 0) throw new ConfigError(sayBlanks(blanks, contentDir));
}

type Ready = Required<Pick<BotParts, 'config' | 'log' | 'clock' | 'random' | 'content'>> & {
  store: Awaited<ReturnType<typeof openStore>>;
  keys: KeyFile;
  vault: Vault;
  keyCheck: Pick<KeyCheck, 'place' | 'mayBeOlder'>;
  network: Network;
  outboxClient: OutboxClient;
  /** Who the bot is in Slack. */
  identity: ReturnType<OutboxClient['auth']['test']>;
};

async function connect(parts: BotParts, ready: Ready): Promise<Bot> {
  const { config, log, clock, random, content, store, keys, vault, network, outboxClient, identity } = ready;
  await migrate(store, async () => {
    if (await copyBeforeUpdate(store, clock.now()))
      log.info('Copied the database beside itself before bringing it up to date');
  });
  const { db } = store;
  await claimKey(db, await appliedNames(db), { ...ready.keyCheck, keys, vault });
  await destroyEnded(db, vault);
  await rememberKeys(db, keys);
  // What a kill left in the write-ahead log is from before.
  const settle = () =>
    store
      .settle()
      .catch((error: unknown) =>
        log.warn(describeError(error), 'The write-ahead log was not emptied; the next beat does it'),
      );
  await settle();
  const { receiver, socket, http } = createReceiver(config, log, network);
  const clientOptions = () => ({
    ...(config.slackApiUrl && { slackApiUrl: config.slackApiUrl }),
    fetch: network.fetch,
    timeout: 10_000,
    headers: {},
  });
  // For what may be done twice: reading, publishing App Home, changing a message. Told to wait, each holds all its calls.
  const patient = () =>
    new WebClient(config.botToken, {
      ...clientOptions(),
      // After 0.3 and 1.8 seconds: most of what fails works at once, and somebody is looking.
      retryConfig: { retries: 2, minTimeout: 300, factor: 5 },
      logger: slackLogger(log),
    });
  const self = await identity.catch((error: unknown) => {
    if (slackCode(error) !== undefined) throw error;
    const why = sayWhyUnreachable(error, config.proxy);
    throw new UnreachableError(`Slack could not be reached. ${why}`, { cause: error });
  });
  // Installed in a whole organisation (Enterprise Grid), it belongs to that rather than to one of its workspaces.
  const teamId = (self.is_enterprise_install ? self.enterprise_id : self.team_id) ?? '';
  const botUserId = self.user_id ?? '';

  const grants = createGrants(outboxClient, self);
  if (grants.missing().length > 0)
    log.error(
      { scopes: grants.missing() },
      'Slack has not given this app all that manifest.yml asks for. At api.slack.com/apps paste the present manifest.yml under “App Manifest”, then reinstall it under “Install App”. Without “files:write” no files are sent; everything else goes on',
    );

  const app = new App({
    token: config.botToken,
    botUserId,
    ...(self.bot_id && { botId: self.bot_id }),
    receiver,
    // Opens windows: once, while whoever pressed the button waits.
    clientOptions: { ...clientOptions(), retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    convoStore: false,
    extendedErrorHandler: true,
    deferInitialization: true,
    logger: slackLogger(log),
  });
  await app.init();

  const ownWay = config.linkCheck ? createOutside({ proxy: config.proxy }) : undefined;
  const outside = parts.outside ?? ownWay;
  const reach = createReach({
    timeZone: config.timeZone,
    agreement: content.journey.agreement.version,
    daysOff: content.daysOff,
    ahead: promptsAhead,
    closingAhead: asksAhead,
  });
  const sender = createSender({ db, clock, log, client: outboxClient, reach, vault });
  const post = createAnswers({ db, clock, vault, sender });
  const features = await createFeatures({
    core: { db, clock, random, log, timeZone: config.timeZone },
    config,
    content,
    client: patient(),
    reader: patient(),
    once: outboxClient,
    fetch: network.fetch,
    grants,
    outside,
    post,
    sendNow: sender.sendNow,
    vault,
    reach,
    settle,
    teamId,
    botUserId,
  });
  await sealBefore(store, features, log);
  const again = await features.forgetAgain();
  if (again > 0) {
    await store.compact();
    log.info({ people: again }, 'Deleted again whoever was deleted since this copy of the database was made');
  }

  const { routes, dispatch } = createRoutes({ post, log });
  features.listen(routes);
  let hasAnyoneCome = false;
  // Whatever a click has changed or deleted is gone from beside the database once it is answered.
  app.use(async ({ next }) => {
    hasAnyoneCome = true;
    try {
      await next();
    } finally {
      await settle();
    }
  });
  app.use(
    guard({
      db,
      clock,
      teamId: () => teamId,
      organisationId: () => self.enterprise_id,
      whoIs: features.whoIs,
      isForgotten: features.isForgotten,
    }),
  );
  app.use(dispatch);
  reportErrors(app, {
    log,
    random,
    notify: (slackId, text) => postNotice(outboxClient, slackId, text),
    fetch: network.fetch,
    contact: async () => (await listLeadFacilitators(db))[0]?.displayName,
  });

  const { retention } = content;
  let generation = keys.generation();
  const scheduler = createScheduler({
    jobs: [
      ...features.jobs,
      {
        name: 'keys',
        async run() {
          await destroyEnded(db, vault);
          const present = keys.generation();
          if (present !== generation) await rememberKeys(db, keys);
          generation = present;
        },
      },
      {
        name: 'forget-events',
        every: 'hour',
        run: (now) => forgetOldEvents(db, retention['slack-events'].days, now),
      },
      {
        name: 'forget-messages',
        every: 'hour',
        run: async (now) => void (await forgetMessages(db, retention, now)),
      },
      {
        name: 'forget-audit',
        every: 'hour',
        run: async (now) => void (await forgetAudit(db, retention['audit-log'].days, now)),
      },
      {
        name: 'forget-copy',
        every: 'hour',
        run: async (now) => {
          if (await forgetCopy(store, retention['copy-before-update'].days, now))
            log.info('Removed the copy of the database from before the update');
        },
      },
      {
        name: 'compact',
        every: 'hour',
        // In the night, when nobody minds that everybody waits.
        run: async (now) => {
          if (localTime(now, config.timeZone).startsWith('03')) await store.compact();
        },
      },
    ],
    log,
  });
  let lastBeatAt = clock.now();
  const beat = async () => {
    // Each bot for itself, whoever's turn it is.
    await features
      .refresh()
      .catch((error: unknown) =>
        log.warn(describeError(error), 'The catalogue was not read anew; the next beat does it'),
      );
    await store.inTurn(async () => {
      await scheduler.tick(clock.now());
      await settle();
      await sender.sendDue(clock.now());
      await settle();
    });
    lastBeatAt = clock.now();
  };

  // Before anything is connected, so that a port in use is told at once.
  const health =
    (parts.health ?? http !== undefined)
      ? await serveHealth(
          // Slack has to get in over HTTP; whoever watches over the bot does from this machine.
          { port: config.port, host: config.host ?? (http ? undefined : '127.0.0.1') },
          {
            db,
            clock,
            lastBeatAt: () => lastBeatAt,
            missingScopes: () => grants.missing().length,
            connection: () => socket?.health(),
          },
          http && serveFeeds({ clock, log, read: features.readFeed }, http.requestListener),
        )
      : undefined;
  if (socket)
    await app.start().catch((error: unknown) => {
      health?.close();
      throw error;
    });
  // Not before: where Slack has never been reached, there is no community to be missed.
  if (parts.whereabouts && store.place !== undefined) {
    const { file } = parts.whereabouts;
    const { place } = store;
    if (!rememberDatabase({ file, place, encryptionKey: config.encryptionKey }, clock.now()))
      log.warn({ file }, 'Where the database is could not be noted: an empty one would not be noticed');
  }
  log.info({ connection: config.connection.kind }, 'ChATR Companion is ready');
  // People are already served while this goes on.
  const caughtUp = features.catchUp();
  const sendingOn = createSendingOn({ sender, clock, log, inTurn: store.inTurn });
  const garbage = createGarbage();
  const beatAndSendOn = async () => {
    // Of two bots on one database neither would know this one's round from the other's.
    await sendingOn.pause();
    await beat().finally(sendingOn.begin);
    if (!hasAnyoneCome) garbage.collectIfMuch();
    hasAnyoneCome = false;
  };
  const heartbeat = (parts.heartbeat ?? true) ? startHeartbeat(beatAndSendOn, log) : undefined;
  setImmediate(() => {
    features.prepare();
    // Whoever came meanwhile is heard first, and answered without waiting for this; a quiet minute does it then.
    if (heartbeat)
      setImmediate(() => {
        if (!hasAnyoneCome) garbage.collectAll();
      });
  });

  return {
    beat,
    content: features.content,
    nextDue: () => nextDue(db, clock.now()),
    async settled() {
      await caughtUp;
      await receiver.idle();
      await features.settled();
    },
    async stop() {
      // Nothing new is begun from here on. What is under way gets some seconds: Slack may not answer, and a message without
      // a clear end is looked up after the next start.
      const ending: Promise<unknown>[] = [scheduler.stop(), sender.stop(), sendingOn.stop()];
      features.stop();
      if (heartbeat) ending.push(heartbeat.stop());
      if (health) ending.push(new Promise((resolve) => void health.close(resolve)));
      if (socket) await app.stop();
      ending.push(receiver.idle(), caughtUp, features.settled());
      await Promise.race([Promise.allSettled(ending), deadline(5_000)]);
      await store.close();
      keys.close();
      await ownWay?.close();
      await network.close();
    },
  };
}

/** What older versions kept in clear is sealed before anybody is served, and nothing of it is left in the file. */
async function sealBefore(store: Store, features: Features, log: Log): Promise<void> {
  const sealed = await features.sealUnsealed();
  if (sealed !== undefined && sealed !== 'done')
    log.error(
      'CHATR_ENCRYPTION_KEY does not open what was sealed before the update. What an older version kept in clear is not sealed yet; the next start with the right key does it',
    );
  // What does not open today may yet, with the right key.
  const isResealed = (sealed ?? 'done') === 'done' && (await features.reseal());
  if (isResealed)
    log.info('What was sealed with CHATR_ENCRYPTION_KEY itself is sealed with the keys of its owners now');
  // Between the rows may be left what was there.
  if (isResealed || (sealed !== undefined && sealed !== 'wrong-key')) await store.compact();
}

function createReceiver(config: Config, log: Log, network: Network) {
  const { connection } = config;
  if (connection.kind === 'socket') {
    const socket = new SocketReceiver({
      appToken: connection.appToken,
      slackApiUrl: config.slackApiUrl,
      log,
      network,
    });
    return { receiver: socket, socket, http: undefined };
  }
  const http = new HttpReceiver({ signingSecret: connection.signingSecret, log });
  return { receiver: http, socket: undefined, http };
}
