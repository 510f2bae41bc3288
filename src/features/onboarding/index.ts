import { listHumansFor } from '../../community/cohorts.ts';
import type { Across } from '../../community/organisations/list.ts';
import type { Person } from '../../community/people.ts';
import type { Actor } from '../../community/permissions.ts';
import type { Db } from '../../db/schema.ts';
import type { Feature } from '../feature.ts';
import { listenToAccess } from './access/listeners.ts';
import type { OnboardingDeps } from './deps.ts';
import { createHearing } from './hearing.ts';
import { listenToHello } from './hello/listeners.ts';
import { homeSections } from './home.ts';
import { ids } from './ids.ts';
import { announceArrivals } from './lead/announce.ts';
import { listenToLead, showProgress } from './lead/listeners.ts';
import { fieldsSeen, letBeListed, type SeenByColleagues, seenByColleagues } from './profile/listed.ts';
import { listenToProfile } from './profile/listeners.ts';
import { type Agency, agenciesOf, countAcross, rolesOf, shownToColleagues } from './profile/organisation.ts';
import type { Profile } from './profile/profile.ts';
import { fillProfile, profileOf, sealedProfiles, sealOldProfiles, sealOldWords } from './profile/store.ts';
import { fieldOptions, profileHere } from './profile/views.ts';
import { seenOfProfile } from './seen.ts';
import { advanceJourneys } from './steps/advance.ts';
import { createClosedMessages } from './steps/closed-messages.ts';
import { listenToSteps } from './steps/listeners.ts';
import { askAgain } from './welcome/agreement.ts';
import { agreementFor, listenToWelcome } from './welcome/listeners.ts';
import { listInForum } from './welcome/store.ts';
import { agreementHere, humansAnswer } from './welcome/views.ts';
import {
  type HowMet,
  type MeetOutcome,
  meet,
  personLeft,
  personReturned,
  welcomeExpected,
} from './welcome/welcome.ts';

export { blanksIn, sayBlanks } from './blanks.ts';
export { firstStepsHeld, profileHeld } from './holdings.ts';
export type { HowMet, MeetOutcome } from './welcome/welcome.ts';

export type Onboarding = Feature & {
  /** Greets somebody, once in all. Who opened App Home or wrote to the bot is answered at once. */
  meet(personId: string, how: HowMet): Promise<MeetOutcome>;
  personReturned(personId: string): Promise<void>;
  personDeactivated(personId: string): Promise<void>;
  leftForum(personId: string): Promise<void>;
  /** What somebody does, as their profile says it to themselves. */
  roleOf(personId: string): Promise<string | undefined>;
  /** What makes taking part easier for them, as their profile says it to themselves. */
  accessNeedsOf(personId: string): Promise<string | undefined>;
  /** Where people work; without those who have not said it, or keep it to themselves. */
  agenciesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, Agency>>;
  /** What people do, in their own words; the same are left out. */
  rolesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What somebody lets every colleague see. */
  shownToColleagues(personId: string): ReturnType<typeof shownToColleagues>;
  /** The list of colleagues, as far as it is made of profiles and of who said yes to being in it. */
  listing: {
    /** What these people let colleagues see; without those who have left the community. */
    seen(personIds: readonly string[]): Promise<ReadonlyMap<string, SeenByColleagues>>;
    fields: typeof fieldOptions;
    fieldsSeen(personId: string): Promise<string[]>;
    /** @returns false where they have not agreed to the community agreement. */
    change(actor: Actor, isListed: boolean, shown?: readonly string[]): Promise<boolean>;
    /** Opens the profile. */
    profileButton: { text: string; actionId: string };
  };
  /** Takes over what others said of somebody's work, where they have said nothing themselves. In a transaction. */
  fillProfile(db: Db, personId: string, said: Pick<Profile, 'role' | 'organisation'>): Promise<void>;
  /** How many organisations these people are of, as far as they say so to those who run their groups. */
  countAcross(personIds: readonly string[]): Promise<Across>;
  /** Who was in the forum when the bot last heard of it. */
  listInForum(): Promise<Person[]>;
  /** Resolves when every message about a closed step says so. */
  settled(): Promise<void>;
};

/** Opens the progress of a group, for the pages of other features; its value is the group's id. */
export const progressButton = {
  text: 'First steps',
  actionId: ids.progressCohort,
  needs: 'cohorts.progress',
} as const;

/** Opens the community agreement, where something needs a yes to it first. */
export const agreementButton = { text: 'Read the community agreement', actionId: ids.readAgreement } as const;

/** Opens what makes taking part easier for the people of a group; its value is the group's id. */
export const accessButton = { text: 'Access needs', actionId: ids.access };

/** The first weeks: welcome, agreement, profile, paced steps, and a hello from a human. */
export function onboarding(given: OnboardingDeps): Onboarding {
  const messages = createClosedMessages(given);
  const deps: OnboardingDeps = {
    ...given,
    stepClosed: messages.stepClosed,
    agreementAnswered: messages.agreementAnswered,
    homeChanged(personId) {
      hearing.journeyChanged(personId);
      given.homeChanged(personId);
    },
  };
  const hearing = createHearing(deps);
  return {
    name: 'onboarding',
    listen(to) {
      listenToWelcome(to, deps);
      listenToProfile(to, deps);
      listenToSteps(to, deps);
      listenToHello(to, deps);
      listenToLead(to, deps);
      listenToAccess(to, deps);
    },
    home: homeSections(deps),
    seen: (person, by) => seenOfProfile(deps, person, by),
    commands: [
      {
        word: 'agree',
        aliases: ['agreement', 'i agree', 'i accept', 'community agreement'],
        takes: [],
        run: async ({ actor, open, answer }) =>
          open ? open(await agreementFor(deps, actor)) : answer(agreementHere()),
      },
      {
        word: 'facilitator',
        aliases: ['facilitators', 'my facilitator', 'who is my facilitator', 'who are my facilitators'],
        takes: [],
        isExact: true,
        isMeantBy: (line) =>
          /^(?:who|how|where|contact|ask|tell|message)\b.*\bmy facilitators?\b/i.test(line),
        run: async ({ actor, answer }) => answer(humansAnswer(await listHumansFor(deps.db, actor.person.id))),
      },
      {
        word: 'profile',
        aliases: ['my profile', 'edit my profile', 'change my profile', 'my role', 'change my role'],
        takes: [],
        run: async ({ answer }) => answer(profileHere),
      },
      {
        word: 'progress',
        aliases: ['onboarding'],
        needs: 'cohorts.progress',
        takes: [],
        help: { does: 'Shows how the first steps of a group are going.', group: 'lead' },
        run: async ({ actor, answer }) => answer(await showProgress(deps, actor, '')),
      },
    ],
    jobs: [
      { name: 'onboarding.welcomes', run: () => welcomeExpected(deps) },
      { name: 'onboarding.agreement', run: () => askAgain(deps) },
      { name: 'onboarding.steps', run: (now) => advanceJourneys(deps, now) },
      { name: 'onboarding.greetings', run: (now) => announceArrivals(deps, now) },
    ],
    meet: (personId, how) => meet(deps, personId, how),
    hears: hearing.hears,
    async personReturned(personId) {
      await personReturned(deps, personId);
    },
    personDeactivated: (personId) => personLeft(deps, personId),
    roleOf: async (personId) => (await profileOf(deps.db, deps.vault, personId)).role,
    accessNeedsOf: async (personId) => (await profileOf(deps.db, deps.vault, personId)).accessNeeds,
    agenciesOf: (personIds) => agenciesOf(deps, personIds),
    rolesOf: (personIds) => rolesOf(deps, personIds),
    shownToColleagues: (personId) => shownToColleagues(deps, personId),
    fillProfile: (db, personId, said) => fillProfile(db, deps, personId, said),
    countAcross: (personIds) => countAcross(deps, personIds),
    listing: {
      seen: (personIds) => seenByColleagues(deps, personIds),
      fields: fieldOptions,
      fieldsSeen: (personId) => fieldsSeen(deps, personId),
      change: (actor, isListed, shown) => letBeListed(deps, actor, isListed, shown),
      profileButton: { text: 'Edit my profile', actionId: ids.editProfile },
    },
    listInForum: () => listInForum(deps.db),
    leftForum: (personId) => personLeft(deps, personId),
    settled: () => messages.settled(),
    sealedColumns: [sealedProfiles],
    resealMore: (db) => sealOldWords(db, deps.vault),
    async sealUnsealed(db) {
      await sealOldProfiles(db, deps.vault);
      return 'done';
    },
  };
}
