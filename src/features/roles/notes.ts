import type { Cohort } from '../../community/cohorts.ts';
import type { Person } from '../../community/people.ts';
import type { RoleName } from '../../community/permissions.ts';
import { whatReadersSee } from '../../community/promises.ts';
import type { Message } from '../../outbox/outbox.ts';
import { context, section } from '../../slack/blocks.ts';
import { type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';

/** "facilitator of Perinatal pilot", for a sentence. */
export function sayRole(role: RoleName, cohort: Pick<Cohort, 'name'> | undefined): string {
  if (role !== 'facilitator') return role;
  return cohort ? `facilitator of ${cohort.name}` : 'facilitator of all groups';
}

const means: Record<RoleName, Mrkdwn> = {
  facilitator: mrkdwn`You can add people, schedule check-ins and see how many have answered. \`/chatr groups\` shows your groups. ${whatReadersSee}`,
  curator: mrkdwn`You can look after the catalogue of resources. Suggestions, reports of dead links and what else waits stand in your Home, under *Catalogue*; I write to you only where a suggestion has waited for two weeks.`,
  administrator: mrkdwn`You can look after every group and the catalogue, and give and take back roles in App Home. How a group takes part and what it answers is for its facilitators. Nobody, you included, can read what another person keeps for themselves.`,
};

export const grantedNote = ({
  role,
  cohort,
  by,
}: {
  role: RoleName;
  cohort: Cohort | undefined;
  by: Person;
}): Message => ({
  text: 'You have a new role',
  blocks: [
    section(
      mrkdwn`*You are now ${sayRole(role, cohort)}.* ${mention(by.slackId)} gave you this role. ${means[role]}`,
    ),
    context(
      mrkdwn`You get a note like this only when your roles change. If this was not agreed with you, ask ${mention(by.slackId)} to take it back.`,
    ),
  ],
});

export const revokedNote = ({
  role,
  cohort,
  by,
}: {
  role: RoleName;
  cohort: Cohort | undefined;
  by: Person;
}): Message => ({
  text: 'Your roles have changed',
  blocks: [
    section(
      mrkdwn`*You are no longer ${sayRole(role, cohort)}.* ${mention(by.slackId)} changed this. Thank you for what you did. Whatever you keep for yourself stays as it is.`,
    ),
    context(mrkdwn`You get a note like this only when your roles change.`),
  ],
});
