import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { findPerson } from '../community/people.ts';
import { actorOf } from '../community/permissions.ts';
import type { Reach } from '../community/reach.ts';
import type { Config } from '../config.ts';
import type { Vault } from '../lib/crypto.ts';
import { describeError, type Log, slackCode } from '../lib/log.ts';
import { findIdentifiers } from '../safeguarding/identifiers.ts';
import { publicContacts, supportContext } from '../safeguarding/signposts.ts';
import { createArrivals } from '../slack/arrivals.ts';
import { checkins } from './checkins/index.ts';
import { cohorts } from './cohorts/index.ts';
import type { Content } from './content.ts';
import type { Core, Feature, Job } from './feature.ts';
import { help } from './help/index.ts';
import { createHomePublisher, type HomePublisher, home } from './home/index.ts';
import { type Noticed, type Onboarding, onboarding, progressButton } from './onboarding/index.ts';
import { preferences } from './preferences/index.ts';
import { reflections } from './reflections/index.ts';
import { resources } from './resources/index.ts';
import { applySettings, roles } from './roles/index.ts';
import { support } from './support/index.ts';

export type FeatureParts = {
  core: Omit<Core, 'homeChanged'>;
  config: Pick<Config, 'facilitators' | 'forumChannel'>;
  content: Content;
  /** For answers to clicks. */
  client: WebClient;
  /** The outbox's: makes each call once. */
  once: WebClient;
  vault: Vault;
  reach: Reach;
  teamId: string;
  botUserId: string;
};

export type Features = {
  jobs: Job[];
  listen(app: App): void;
  /** Somebody the bot has not met did something: asks Slack who they are. */
  lookUp(slackId: string): void;
  /** What can wait until people are served, and is done by itself where somebody needs it sooner. */
  prepare(): void;
  /** What happened while the bot was away. Never throws: what could not be read is tried again with the beats. */
  catchUp(): Promise<void>;
  /** Resolves when App Home is published for whoever looks at it. */
  settled(): Promise<void>;
};

/** The features, in the order in which they come in help, each given what it needs of the others as a function. */
export async function createFeatures(parts: FeatureParts): Promise<Features> {
  const { content, client, once, vault, reach, teamId, botUserId, config } = parts;
  const { vocabulary, signposts } = content;
  const publisher = lateBound<HomePublisher>();
  const core: Core = { ...parts.core, homeChanged: (personId) => publisher.get().changed(personId) };
  const { db, clock, log } = core;
  const allowed = publicContacts(signposts);
  const begin = lateBound<Onboarding>();
  const noticed = (what: Noticed) => (personId: string) => begin.get().noticed(personId, what);

  const baseline = content.journey.steps.find((step) => step.does === 'checkin')?.ref;
  const found = resources({
    ...core,
    vocabulary,
    catalogue: content.catalogue,
    glossary: content.glossary,
    looksIdentifiable: (text) => findIdentifiers(text, { allowed }).length > 0,
    lookedUp: noticed('first-lookup'),
  });
  const groups = cohorts({
    ...core,
    vocabulary,
    teamId,
    botUserId,
    client,
    joinedCohort: (personId, cohortId) => begin.get().joinedCohort(personId, cohortId),
    leftCohort: (personId, cohortId) => begin.get().leftCohort(personId, cohortId),
    cardButtons: [progressButton],
  });
  const asked = checkins({
    ...core,
    templates: content.templates,
    vault,
    reach,
    signposts,
    answered: (personId, templateId) => (templateId === baseline ? noticed('baseline')(personId) : undefined),
  });
  const written = reflections({
    ...core,
    vault,
    frameworks: content.frameworks,
    signposts,
    wrote: noticed('first-reflection'),
  });
  const settings = preferences({
    ...core,
    privacyNotice: content.journey.privacyNotice,
    holdings: [
      (personId) => begin.get().holdings(personId),
      found.holdings,
      written.holdings,
      asked.holdings,
      groups.holdings,
    ],
    onLeft: (personId) => begin.get().leftProgramme(personId),
  });
  const first = onboarding({
    ...core,
    journey: content.journey,
    vocabulary,
    client: once,
    reach,
    forumChannel: config.forumChannel,
    allowed,
    supportBlocks: () => [supportContext()],
    teamId,
    async onAgreed(personId) {
      await groups.agreed(personId);
      const person = await findPerson(db, personId);
      // Whoever said no before had no name here.
      if (person?.displayName === '') arrivals.lookUpAgain(person.slackId);
    },
    onDeclined: groups.declined,
    groupButton: groups.cardButton,
    doors: {
      messages: () => settings.settingsButton,
      find: () => found.openButton,
      reflect: () => written.openButton,
      checkin: (ref) => asked.ownButton(ref ?? ''),
    },
  });
  begin.set(first);

  const speak = help({ commands: () => commands, search: found.search });
  const features: Feature[] = [
    found,
    written,
    asked,
    groups,
    first,
    settings,
    roles(core),
    support({ ...core, signposts }),
    speak,
  ];
  const commands = features.flatMap((feature) => feature.commands ?? []);
  publisher.set(
    createHomePublisher(core, client, {
      sections: features.flatMap((feature) => feature.home ?? []),
      quickActions: features.flatMap((feature) => feature.quickActions ?? []),
    }),
  );
  const page = home(publisher.get());

  const arrivals = createArrivals({
    db,
    clock,
    log,
    client,
    teamId,
    forumChannel: config.forumChannel,
    met: async (person, how) => void (await first.meet(person.id, how)),
    knownByEmail: async (person, email) => void (await groups.matchExpected(person.id, email)),
    returned: (person) => first.personReturned(person.id),
    deactivated: (person) => first.personDeactivated(person.id),
    leftForum: (person) => first.leftForum(person.id),
    listInForum: () => first.listInForum(),
    wroteToBot: async (person, text) => speak.answerMessage(await actorOf(db, person), text, client),
  });

  const missed = new Map<string, () => Promise<void>>([
    ['roles', async () => applySettings(core, await facilitatorIds(client, config.facilitators, log))],
    ['arrivals', () => arrivals.catchUp()],
    ['channels', () => groups.reconcileChannels(client)],
  ]);
  let catching: Promise<void> | undefined;
  const catchUp = (): Promise<void> => {
    catching ??= catchUpMissed().finally(() => {
      catching = undefined;
    });
    return catching;
  };
  async function catchUpMissed(): Promise<void> {
    for (const [what, work] of missed)
      await work().then(
        () => void missed.delete(what),
        (error: unknown) => log.warn({ what, ...describeError(error) }, 'Catching up did not finish'),
      );
  }
  // Slack may not answer just then. The first time goes on beside the beats, since it can take minutes.
  const catchUpAgain: Job = { name: 'catch-up', run: async () => (catching ? undefined : catchUp()) };

  return {
    jobs: [...[page, ...features].flatMap((feature) => feature.jobs ?? []), catchUpAgain],
    listen(app) {
      arrivals.listen(app);
      for (const feature of [page, ...features]) feature.listen?.(app);
    },
    lookUp: (slackId) => arrivals.lookUp(slackId),
    prepare: found.prepare,
    catchUp,
    async settled() {
      await arrivals.settled();
      await first.settled();
      await publisher.get().settled();
    },
  };
}

/**
 * CHATR_FACILITATORS as Slack ids. An address that nobody has is told to the operator, by its place, and left out.
 * `isWhole` is false when Slack did not answer about one: then nobody must lose a role by that.
 */
async function facilitatorIds(client: WebClient, named: readonly string[], log: Log) {
  const slackIds: string[] = [];
  let isWhole = true;
  for (const [index, name] of named.entries()) {
    if (!name.includes('@')) slackIds.push(name);
    else
      try {
        const { user } = await client.users.lookupByEmail({ email: name });
        if (user?.id) slackIds.push(user.id);
      } catch (error) {
        isWhole &&= slackCode(error) === 'users_not_found';
        log.warn(
          { entry: index + 1, ...describeError(error) },
          'CHATR_FACILITATORS: an address was not found in Slack',
        );
      }
  }
  return { slackIds, isWhole };
}

/** For two that need each other: the one that is made later is put in as soon as it is there. */
function lateBound<T>(): { get(): T; set(value: T): void } {
  let bound: T | undefined;
  return {
    get() {
      if (bound === undefined) throw new Error('Asked for before it was made.');
      return bound;
    },
    set(value) {
      bound = value;
    },
  };
}
