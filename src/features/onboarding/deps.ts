import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { OrganisationContent } from '../../community/organisations/content.ts';
import type { Person } from '../../community/people.ts';
import type { Reach } from '../../community/reach.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Sender } from '../../outbox/sender.ts';
import type { Allowed } from '../../safeguarding/finding.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Core } from '../feature.ts';
import type { JourneyContent, JourneyStep, StepAction } from './content.ts';

/** The button of another feature that a step opens. */
export type Door = { text: string; actionId: string; value?: string };

/**
 * What the steps can open that other features own. A step whose door is missing is left out of the journey: nobody meets
 * a step that does nothing. `ref` is the step's, e.g. the check-in's template.
 */
export type Doors = Partial<
  Record<'messages' | 'checkin' | 'find' | 'core' | 'reflect' | 'meet', (ref: string | undefined) => Door>
>;

export type OnboardingDeps = Core & {
  journey: JourneyContent;
  /** Seals what people say of themselves in their own words, and what only they see. */
  vault: Vault;
  vocabulary: Vocabulary;
  organisations: OrganisationContent;
  /** When somebody may be written to unasked. */
  reach: Pick<Reach, 'nextAllowed'>;
  /** Changes messages that were sent, such as one about a step that is closed. */
  client: WebClient;
  /** For what answers somebody who is there, and what they post themselves. */
  sendNow: Sender['sendNow'];
  /** Where people introduce themselves; its members are the community. */
  forumChannel: string | undefined;
  doors?: Doors;
  /** What may stand in an introduction, such as a service's own number. */
  allowed?: Allowed;
  /** The last lines of every screen where people write. */
  supportBlocks?: () => KnownBlock[];
  /** Told when a step was closed elsewhere than in its message. */
  stepClosed?(personId: string, stepId: string): void;
  /** Told when somebody said yes or no to the agreement. */
  agreementAnswered?(personId: string): void;
  /** A button back to a group's card. */
  groupButton?: { text: string; actionId: string };
  /** The workspace, for links that open a conversation. */
  teamId?: string;
};

const own: readonly StepAction[] = ['profile', 'introduce'];

export function doorOf(deps: Pick<OnboardingDeps, 'doors'>, step: JourneyStep): Door | undefined {
  const { doors = {} } = deps;
  const find = step.does in doors ? doors[step.does as keyof Doors] : undefined;
  return find?.(step.ref);
}

/** The steps that lead somewhere here and now. */
export const openableSteps = (deps: OnboardingDeps): JourneyStep[] =>
  deps.journey.steps.filter((step) => isOpenable(deps, step));

export const isOpenable = (deps: Pick<OnboardingDeps, 'doors'>, step: JourneyStep): boolean =>
  own.includes(step.does) || doorOf(deps, step) !== undefined;

export const zoneOf = (person: Pick<Person, 'timeZone'>, programmeZone: string): string =>
  usableZone(person.timeZone, programmeZone);
