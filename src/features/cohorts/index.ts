import type { Feature, PilotParts } from '../feature.ts';
import { groupsAnswer } from './answers.ts';
import { reconcileChannels } from './channels/channel.ts';
import { listenToChannels } from './channels/listeners.ts';
import { listenToClosed } from './closed/listeners.ts';
import type { CohortsDeps } from './deps.ts';
import { homeSections } from './home.ts';
import { ids } from './ids.ts';
import { fillProfiles } from './importing/hints.ts';
import { listenToImports } from './importing/listeners.ts';
import { matchExpected } from './importing/lookups.ts';
import { deleteHint, sealedColumns, sealOldHints, sealOldTrainees } from './importing/store.ts';
import { jobs } from './jobs.ts';
import { listenToForms, listenToLists } from './listeners.ts';
import { listenToManaging } from './managing/listeners.ts';
import { pilotGroup } from './managing/pilot-part.ts';
import { listenToMembers } from './members/listeners.ts';
import { seenInGroups } from './seen.ts';

export type { CohortsDeps } from './deps.ts';
export { groupsHeld } from './holdings.ts';

export type CohortsFeature = Feature & {
  /**
   * Somebody is in the workspace whose address Slack has just told: an expected trainee lands in their groups, and the
   * address is deleted. @returns the cohorts they came into.
   */
  matchExpected(personId: string, email: string): Promise<string[]>;
  /** Once after each start: what happened in linked channels while the bot was away. */
  reconcileChannels(): Promise<void>;
  /** A button back to a group's card, for the pages of other features about it. */
  cardButton: { text: string; actionId: string };
  /** The group of a pilot. */
  pilotPart: PilotParts['group'];
};

/** Cohorts, on screen "groups": who is in which, who runs it, and trainees who are not in Slack yet. */
export function cohorts(deps: CohortsDeps): CohortsFeature {
  return {
    name: 'cohorts',
    commands: [
      {
        word: 'groups',
        aliases: ['group', 'cohorts', 'cohort'],
        takes: [],
        help: {
          does: 'Shows the groups you are in; facilitators make and run groups here.',
          example: 'groups',
          group: 'together',
        },
        run: async ({ actor, answer }) => answer(await groupsAnswer(deps, actor, 0)),
      },
    ],
    home: homeSections(deps),
    seen: (person, by) => seenInGroups(deps, person, by),
    jobs: jobs(deps),
    listen(to) {
      listenToLists(to, deps);
      listenToForms(to, deps);
      listenToManaging(to, deps);
      listenToClosed(to, deps);
      listenToMembers(to, deps);
      listenToChannels(to, deps);
      listenToImports(to, deps);
    },
    matchExpected: (personId, email) => matchExpected(deps, personId, email),
    reconcileChannels: () => reconcileChannels(deps),
    cardButton: { text: 'Back to the group', actionId: ids.open },
    pilotPart: pilotGroup(deps),
    sealedColumns,
    async sealUnsealed(db, tables) {
      await sealOldHints(db, deps.vault);
      if (tables.has('expected_trainees_before_0008')) await sealOldTrainees(db, deps.vault);
      return 'done';
    },
    async hears(personId, { kind }) {
      // What an import said of their work. It is put in every hour for everybody as well; this only makes it sooner.
      if (kind === 'agreed') await fillProfiles(deps, { personId });
      // Whoever says no to the agreement has nothing waiting for a yes.
      if (kind === 'declined') await deleteHint(deps.db, personId);
    },
  };
}
