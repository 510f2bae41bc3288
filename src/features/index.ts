import type { WebClient } from '@slack/web-api';
import { isForgotten } from '../community/forgotten.ts';
import { findPerson, type Person } from '../community/people.ts';
import { actorOf, findActor, may } from '../community/permissions.ts';
import type { Reach } from '../community/reach.ts';
import type { Config } from '../config.ts';
import { isEnglish } from '../content/english.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Outside } from '../lib/outside.ts';
import type { Sender } from '../outbox/sender.ts';
import { findIdentifiers } from '../safeguarding/identifiers.ts';
import { tellsOfSomebody } from '../safeguarding/question.ts';
import { publicContacts, supportContext } from '../safeguarding/signposts.ts';
import type { Post } from '../slack/answer.ts';
import { createArrivals } from '../slack/arrivals.ts';
import { createComings } from '../slack/comings.ts';
import { createCommands } from '../slack/commands.ts';
import { downloadFile } from '../slack/files.ts';
import { fullNameOf } from '../slack/full-name.ts';
import type { Routes } from '../slack/routes.ts';
import type { Grants } from '../slack/scopes.ts';
import { createCatchingUp, facilitatorIds } from './catching-up.ts';
import { checkins, newCheckInButton, responseIn } from './checkins/index.ts';
import { cohorts } from './cohorts/index.ts';
import type { Content } from './content.ts';
import { cpd, cpdButton } from './cpd/index.ts';
import { createDeeds } from './deeds.ts';
import { evaluation, reportButton, reportedUntil, reportsButton } from './evaluation/index.ts';
import type { Core, Feature, Job, Sealed } from './feature.ts';
import { files } from './files/index.ts';
import { everythingHeld } from './held.ts';
import { commandAnswers, help } from './help/index.ts';
import { createHomePublisher, home } from './home/index.ts';
import { intentions } from './intentions/index.ts';
import { introductions, listIntroduced } from './introductions/index.ts';
import { accessButton, agreementButton, onboarding, progressButton } from './onboarding/index.ts';
import { organisations as createOrganisations } from './organisations/index.ts';
import { createOurWords } from './our-words.ts';
import { pathways } from './pathways/index.ts';
import { goesByAnotherName, people } from './people/index.ts';
import { pilots, planPilotButton } from './pilots/index.ts';
import { preferences } from './preferences/index.ts';
import { forgetAgain, privacy } from './privacy/index.ts';
import { prompts } from './prompts/index.ts';
import { reflections } from './reflections/index.ts';
import { resources } from './resources/index.ts';
import { reviews } from './reviews/index.ts';
import { applySettings, roles } from './roles/index.ts';
import { resealAll, sealUnsealed } from './sealing.ts';
import { support } from './support/index.ts';
import { createNotes, datedSessions, sessionsIn, sessionsSpan, training } from './training/index.ts';

/** What reach needs to know of what is planned. */
export { asksAhead, promptsAhead } from './checkins/index.ts';

export type FeatureParts = {
  core: Omit<Core, 'homeChanged' | 'did'>;
  config: Pick<Config, 'facilitators' | 'forumChannel' | 'connection' | 'publicUrl'>;
  content: Content;
  /** For what may be done twice: it tries again by itself. */
  client: WebClient;
  /** The same for reading about many, which may take long and have to wait. */
  reader: WebClient;
  /** Makes each call once, and lets its caller wait when Slack asks for that. */
  once: WebClient;
  fetch: typeof fetch;
  /** What the app may do in Slack. */
  grants: Grants;
  /** The way to other people's web servers. Undefined: nobody's are visited. */
  outside: Outside | undefined;
  post: Post;
  sendNow: Sender['sendNow'];
  vault: Vault;
  reach: Reach;
  /** Leaves no trace beside the database of what was there before. Never throws. */
  settle(): Promise<void>;
  teamId: string;
  botUserId: string;
};

export type Features = {
  jobs: Job[];
  listen(to: Routes): void;
  /** Somebody the bot has not met did something: asks Slack who they are. See Arrivals. */
  whoIs(slackId: string): Promise<Person | undefined>;
  /** Whether somebody had everything about them deleted, and has not come back. */
  isForgotten(slackId: string): Promise<boolean>;
  /** Before anybody is served: what older versions kept in clear is sealed. @returns undefined when there was nothing to do. */
  sealUnsealed(): Promise<Sealed | undefined>;
  /** The same for what they sealed with the master key. @returns false when there was nothing to do. */
  reseal(): Promise<boolean>;
  /** The same: whoever was deleted and came back with an older copy is deleted again. @returns how many. */
  forgetAgain(): Promise<number>;
  /** What a calendar gets that asks at somebody's secret address; undefined where that is nobody's. */
  readFeed(secret: string): Promise<string | undefined>;
  /** As people see it: with what curators have changed since it was read. */
  content(): Content;
  /** Before each beat: what another bot on the same database has changed. */
  refresh(): Promise<void>;
  /** Breaks off what takes long and is done again. */
  stop(): void;
  /** What can wait until people are served, and is done by itself where somebody needs it sooner. */
  prepare(): void;
  /** What happened while the bot was away. Never throws: what could not be read is tried again with the beats. */
  catchUp(): Promise<void>;
  /** Resolves when App Home is published for whoever looks at it. */
  settled(): Promise<void>;
};

/** The features, in the order in which they come in help, each given what it needs of the others as a function. */
export async function createFeatures(parts: FeatureParts): Promise<Features> {
  const {
    content,
    client,
    reader,
    once,
    fetch,
    grants,
    outside,
    post,
    sendNow,
    vault,
    reach,
    settle,
    teamId,
    botUserId,
    config,
  } = parts;
  const { vocabulary, signposts, retention, organisations } = content;
  const core: Core = {
    ...parts.core,
    homeChanged: (personId) => publisher.changed(personId),
    did: (personId, deed) => deeds.tell(personId, deed),
  };
  const { db, clock, log } = core;
  const hasLeftNothing = (slackId: string) => isForgotten(db, vault, slackId);
  const comings = createComings();
  const allowed = publicContacts(signposts);

  const ourWords = createOurWords(content, () => found.present());
  const looksIdentifiable = (text: string) => findIdentifiers(text, { allowed }).length > 0;
  const asksOfSomebody = (question: string) => tellsOfSomebody(question, looksIdentifiable);

  const found = resources({
    ...core,
    vocabulary,
    catalogue: content.catalogue,
    glossary: content.glossary,
    startHere: content.startHere,
    retention,
    vault,
    reach,
    signposts,
    looksIdentifiable,
    allowed,
    outside,
    client: once,
    sendNow,
    forumChannel: config.forumChannel,
    whoIs: async (slackId) => ((await hasLeftNothing(slackId)) ? undefined : arrivals.whoIs(slackId)),
    reflectOn: (actor, about) => written.reflectOn(actor, about),
    ownBlocks: (question) => [...taught.foundBlocks(question), ...turnedTo.foundBlocks(question)],
    besideQueue: (actor) => turnedTo.curatorsBlocks(actor),
    giveBack: async (personId, example) => {
      const actor = await findActor(db, personId);
      if (actor) await written.keepExample(actor, example);
    },
    draftButton: (id) => written.draftButton(id),
    readFile: (file) => downloadFile({ client, log, fetch }, file),
    besideFound: (question) => teams.cardsFor(question),
    ourWords,
    reviewed: (item) => heard.reviewed(item),
    whenNothing: (actor, question) => colleagues.whenNothing(actor, question),
  });
  await found.begin();
  const teams = createOrganisations({
    ...core,
    organisations,
    vault,
    reach,
    signposts,
    searchIn: found.searchIn,
  });
  const groups = cohorts({
    ...core,
    vault,
    vocabulary,
    retention,
    reach,
    teamId,
    botUserId,
    client: reader,
    comings,
    fetch,
    fillProfile: (...said) => first.fillProfile(...said),
    countAcross: (personIds) => first.countAcross(personIds),
    cardButtons: [newCheckInButton, progressButton],
    footButtons: [reportButton],
    homeButtons: [planPilotButton, reportsButton],
    peopleButtons: [accessButton],
  });
  const written = reflections({
    ...core,
    vault,
    reach,
    client: once,
    frameworks: content.frameworks,
    signposts,
    shares: found.shares,
    examples: found.examples,
    agreementButton,
    journalButtons: [cpdButton],
  });
  const noted = intentions({
    ...core,
    vault,
    reach,
    signposts,
    writeAbout: written.writeAbout,
    occasionsOf: (db, group) => asked.over(db, group),
  });
  const asked = checkins({
    ...core,
    templates: content.templates,
    daysOff: content.daysOff,
    retention,
    vault,
    reach,
    settle,
    signposts,
    client: once,
    sendNow,
    readFile: (file) => downloadFile({ client, log, fetch }, file),
    keepAside: written.keepAside,
    reflectButton: written.openButton,
    offerAfter: noted.offerAfter,
    sayNoted: noted.sayCounts,
    reportedUntil,
    turnHome: (personId, to) => publisher.turn(personId, to),
    ...datedSessions,
  });
  const notes = createNotes({ ...core, client: once });
  const taught = training({
    ...core,
    notes,
    client: once,
    training: content.training,
    prompts: content.prompts,
    professions: content.professions,
    vault,
    resourceOf: (id) => found.present().catalogue.byId.get(id),
    agenciesOf: (personIds) => first.agenciesOf(personIds),
    accessNeedsOf: (personId) => first.accessNeedsOf(personId),
    daysOff: content.daysOff,
    retention,
    signposts,
    reach,
    sendNow,
    roleOf: (personId) => first.roleOf(personId),
    resourceCards: found.cards,
    listGone: (ids) => ids.filter((id) => !found.present().catalogue.byId.has(id)),
    reflectOn: written.reflectOn,
    offerNow: noted.offerNow,
    offerAfter: noted.offerAfter,
    fullNameOf: (slackId) => fullNameOf({ client, log }, slackId),
    reflectButton: written.openButton,
    prepareButtons: (actor) => piloted.prepareButtons(actor),
    // Calendars can only ask where the bot is reached over HTTP.
    feedsAt: config.connection.kind === 'http' ? config.publicUrl : undefined,
  });
  const heard = reviews({ ...core, vault, signposts, ourWords });
  const cases = prompts({
    ...core,
    prompts: content.prompts,
    vocabulary,
    daysOff: content.daysOff,
    signposts,
    forumChannel: config.forumChannel,
    client: once,
    reach,
    reflectOn: written.reflectOn,
    exampleFrom: written.exampleFrom,
    resourceCards: found.cards,
    reviewed: heard.reviewed,
    flagButton: found.flagButton,
  });
  const turnedTo = pathways({
    ...core,
    pathways: content.pathways,
    vocabulary,
    daysOff: content.daysOff,
    signposts: found.signposts,
    looksIdentifiable: asksOfSomebody,
    resourceCards: found.cards,
  });
  await turnedTo.refresh();
  const introducing = introductions({
    ...core,
    vault,
    reach,
    vocabulary,
    prompts: content.prompts,
    professions: content.professions,
    daysOff: content.daysOff,
    retention,
    consentVersion: String(content.journey.version),
    teamId,
    agenciesOf: (personIds) => first.agenciesOf(personIds),
    rolesOf: (personIds) => first.rolesOf(personIds),
    shownToColleagues: (personId) => first.shownToColleagues(personId),
    goesByAnotherName: (personId) => goesByAnotherName({ db: core.db, vault }, personId),
  });
  const piloted = pilots({
    ...core,
    templates: content.pilots,
    checklists: content.training.interventions.flatMap(({ id, label, preparation_checklist: items }) =>
      items ? [{ id, label, items }] : [],
    ),
    daysOff: content.daysOff,
    retention,
    vault,
    parts: { group: groups.pilotPart, session: taught.pilotPart, checkin: asked.pilotPart },
  });
  const settings = preferences({ ...core, startHere: found.startHere });
  const areas = everythingHeld({
    vault,
    random: core.random,
    vocabulary,
    cpdForms: content.cpdForms,
    professions: content.professions,
    titleOf: (id) => found.present().catalogue.byId.get(id)?.title,
  });
  const first = onboarding({
    ...core,
    journey: content.journey,
    vault,
    vocabulary,
    organisations,
    client,
    sendNow,
    reach,
    forumChannel: config.forumChannel,
    allowed,
    supportBlocks: () => [supportContext('at-any-time')],
    teamId,
    groupButton: groups.cardButton,
    doors: {
      messages: () => settings.settingsButton,
      find: () => found.openButton,
      core: () => taught.openButton,
      reflect: () => written.openButton,
      checkin: (ref) => asked.ownButton(ref ?? ''),
    },
  });
  const colleagues = people({
    ...core,
    vault,
    vocabulary,
    signposts,
    reach,
    daysOff: content.daysOff,
    retention,
    client: once,
    sendNow,
    forumChannel: config.forumChannel,
    teamId,
    searchIn: found.searchIn,
    listing: first.listing,
    areStopped: found.shares.areStopped,
  });
  const learnt = cpd({
    ...core,
    vault,
    forms: content.cpdForms,
    signposts,
    sources: () => features.flatMap((feature) => feature.learning ?? []),
    roleOf: (personId) => first.roleOf(personId),
    writeButton: written.openButton,
  });
  const evaluated = evaluation({
    ...core,
    stages: content.evaluation,
    daysOff: content.daysOff,
    professions: content.professions,
    vault,
    findings: () => features.flatMap((feature) => feature.findings ?? []),
    askedIn: (inside, cohortId) => asked.askedIn(inside, cohortId),
    mayStand: (inside, group, quotes) => asked.mayStand(inside, group, quotes),
    asksForWords: (group) => asked.asksForWords(group),
    spanOf: (inside, cohortId) => sessionsSpan(inside, cohortId, core.timeZone),
    checkinPart: asked.pilotPart,
    agenciesOf: (personIds) => first.agenciesOf(personIds),
    rolesOf: (personIds) => first.rolesOf(personIds),
    turnHome: (personId, to) => publisher.turn(personId, to),
    sessionsIn,
    responseIn: (inside, span) => responseIn(inside, vault, span),
    introducedByQuarter: listIntroduced,
  });
  const ownData = privacy({
    ...core,
    vault,
    areas,
    settle,
    client,
    once,
    botUserId,
    privacyNotice: content.journey.privacyNotice,
    seen: async (person, by) =>
      (await Promise.all(features.map(async (feature) => (await feature.seen?.(person, by)) ?? []))).flat(),
  });
  const given = roles({ ...core, client, teamId, isForgotten: hasLeftNothing });
  const sent = files({
    ...core,
    kinds: () => features.flatMap((feature) => feature.files ?? []),
    client: once,
    fetch,
    grants,
    sendNow,
  });
  const contacts = support({
    ...core,
    get signposts() {
      return found.signposts();
    },
  });
  const features: Feature[] = [
    found,
    turnedTo,
    written,
    learnt,
    noted,
    taught,
    asked,
    piloted,
    evaluated,
    groups,
    colleagues,
    teams,
    introducing,
    first,
    cases,
    heard,
    settings,
    ownData,
    given,
    sent,
    contacts,
    help(() => commands),
  ];
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const publisher = createHomePublisher(core, client, {
    sections: features.flatMap((feature) => feature.home ?? []),
    quickActions: features.flatMap((feature) => feature.quickActions ?? []),
    pages: features.flatMap((feature) => feature.homePages ?? []),
  });
  const line = createCommands({
    commands,
    answers: commandAnswers(found.signposts),
    isWord: (word) => isEnglish(word) || found.isTerm(word),
    search: found.search,
    foundInBrief: found.inBrief,
    turnTo: (words, actor) => (may(actor, 'community.use') ? turnedTo.foundBlocks(words) : []),
    tellsOfSomebody: asksOfSomebody,
    post,
    client,
  });
  const arrivals = createArrivals({
    db,
    clock,
    log,
    client: reader,
    comings,
    teamId,
    forumChannel: config.forumChannel,
    isForgotten: hasLeftNothing,
    met: async (person, how) => void (await first.meet(person.id, how)),
    knownByEmail: async (person, email) => void (await groups.matchExpected(person.id, email)),
    returned: (person) => first.personReturned(person.id),
    deactivated: (person) => first.personDeactivated(person.id),
    leftForum: (person) => first.leftForum(person.id),
    listInForum: () => first.listInForum(),
    wroteToBot: async (person, ...written) => line.answerMessage(await actorOf(db, person), ...written),
  });
  const shown = home(publisher);
  const names: Feature = {
    name: 'names',
    listen: arrivals.listen,
    async hears(personId, { kind }) {
      if (kind !== 'agreed') return;
      const person = await findPerson(db, personId);
      // Whoever said no before had no name here.
      if (person?.displayName === '') arrivals.lookUpAgain(person.slackId);
    },
  };
  const all = [names, shown, ...features];
  const deeds = createDeeds(all, log);

  const { catchUp, job } = createCatchingUp(
    new Map([
      [
        'roles',
        async () =>
          applySettings(
            { ...core, isForgotten: hasLeftNothing },
            await facilitatorIds(reader, config.facilitators, log),
          ),
      ],
      ['arrivals', () => arrivals.catchUp()],
      ['channels', () => groups.reconcileChannels()],
    ]),
    log,
  );

  return {
    jobs: [...all.flatMap((feature) => feature.jobs ?? []), job],
    listen(to) {
      comings.listen(to);
      line.listen(to);
      for (const feature of all) feature.listen?.(to);
    },
    whoIs: (slackId) => arrivals.whoIs(slackId),
    isForgotten: hasLeftNothing,
    sealUnsealed: () => sealUnsealed(db, features),
    reseal: () => resealAll(db, vault, features),
    forgetAgain: () => forgetAgain({ db, clock, vault, areas }),
    readFeed: taught.readFeed,
    content: () => ({ ...content, ...found.present(), pathways: turnedTo.present() }),
    async refresh() {
      await found.refresh();
      await turnedTo.refresh();
    },
    stop: found.stop,
    prepare: found.prepare,
    catchUp,
    async settled() {
      await deeds.settled();
      await arrivals.settled();
      await first.settled();
      await asked.settled();
      await notes.settled();
      await found.settled();
      await publisher.settled();
    },
  };
}
