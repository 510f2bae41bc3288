import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../community/cohorts.ts';
import type { RoleName } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, option, section } from '../../slack/blocks.ts';
import { form, oneOf, person } from '../../slack/form.ts';
import { packed, placeNumber } from '../../slack/packed.ts';
import { pageOf, turnButtons } from '../../slack/paging.ts';
import { clip, count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import type { GrantOutcome } from './grant.ts';
import { ids } from './ids.ts';
import { sayRole } from './notes.ts';
import type { RoleLine } from './read.ts';
import type { RevokeOutcome } from './revoke.ts';

const linesAPage = 10;

/** The button that takes a role back, and the page it stood on. */
export const heldRole = packed(':', { roleId: z.string(), page: placeNumber });
/** The button that gives it again. */
export const giveBack = packed(':', {
  personId: z.uuid(),
  role: z.enum(['facilitator', 'curator', 'administrator']),
  cohortId: z.union([z.uuid(), z.literal('').transform(() => undefined)]),
});

/** What came of something, above the list. */
export type Receipt = { text: Mrkdwn; giveBack?: string | undefined };

function whichRole({ role, cohortName }: RoleLine): string {
  if (!role) return 'administrator, as owner or admin of this Slack workspace';
  const cohort = role.cohortId === undefined ? undefined : { name: clip(cohortName ?? 'a group', 80) };
  const words = sayRole(role.role, cohort);
  return role.grantedBy === 'settings' ? `${words}, by the settings` : words;
}

/** In App Home of administrators: how many hold which role, and the door to the rest. */
export function rolesSection(people: number): KnownBlock[] {
  return [
    section(
      mrkdwn`*People with roles*\n${count(people, 'person has', 'people have')} a role here: facilitator, curator or administrator. Everybody else is a member.`,
    ),
    actions(
      [
        button('Give a role', ids.openGive, { value: 'new' }),
        button('See who has a role', ids.list, { value: '0' }),
      ],
      'roles.home',
    ),
  ];
}

/** Everyone with a role, ten a page, each with a way to take it back. */
export function roleList(lines: readonly RoleLine[], wanted: number, receipt?: Receipt): Answer {
  const { page, pages, shown } = pageOf(lines, wanted, linesAPage);
  const blocks: KnownBlock[] = receipt
    ? [
        section(
          receipt.text,
          receipt.giveBack ? button('Undo', ids.giveBack, { value: receipt.giveBack }) : undefined,
        ),
      ]
    : [];
  blocks.push(section(mrkdwn`*People with roles*`));
  if (lines.length === 0)
    blocks.push(section(mrkdwn`Nobody has a role yet. Give one with the button below.`));
  for (const line of shown) blocks.push(lineBlock(line, page));
  if (pages > 1) blocks.push(context(mrkdwn`Page ${page + 1} of ${pages}, who was met first on top`));
  blocks.push(
    context(
      mrkdwn`Owners and admins of the Slack workspace are administrators here as long as they are that in Slack. Roles by the settings are changed in CHATR_FACILITATORS.`,
    ),
    actions(
      [
        ...turnButtons(
          { page, pages },
          { back: { text: 'Back', id: ids.earlier }, more: { text: 'More', id: ids.later } },
        ),
        button('Give a role', ids.openGive, { value: 'new' }),
      ],
      'roles.pages',
    ),
  );
  return { title: 'People with roles', text: 'People with roles', blocks };
}

/** Somebody and a role of theirs, as it is listed. */
export const roleWords = (line: RoleLine): Mrkdwn =>
  joinMrkdwn(
    [
      mrkdwn`${mention(line.person.slackId)}: ${whichRole(line)}`,
      line.person.isDeactivated && mrkdwn`_No longer in this workspace, so the role has no effect._`,
      line.person.kind === 'guest' && mrkdwn`_A guest of this workspace, so the role has no effect._`,
    ],
    '\n',
  );

function lineBlock(line: RoleLine, page: number): KnownBlock {
  const { role } = line;
  const words = roleWords(line);
  if (!role || role.grantedBy === 'settings') return section(words);
  return section(
    words,
    button('Take back', ids.revoke, {
      value: heldRole.pack({ roleId: role.id, page }),
      label: `Take back this role: ${whichRole(line)}`,
      confirm: confirmLoss(
        'Take this role back?',
        'They stay a member, and keep what is theirs. They get a note. You can undo this.',
        'Take back',
        'Keep the role',
      ),
    }),
  );
}

const choices = [
  option('Facilitator of all groups', 'facilitator-all', 'Makes and runs every group'),
  option('Facilitator of one group', 'facilitator-one', 'Runs the group chosen below'),
  option('Curator', 'curator', 'Looks after the catalogue of resources'),
  option('Administrator', 'administrator', 'Looks after groups and the catalogue, gives roles'),
];
const ofOne = 'facilitator-one';

export const roleOf = {
  'facilitator-all': 'facilitator',
  'facilitator-one': 'facilitator',
  curator: 'curator',
  administrator: 'administrator',
} as const satisfies Record<string, RoleName>;
type RoleChoice = keyof typeof roleOf;

/** Who gets which role. */
export const giveForm = form(ids.give, {
  title: 'Give a role',
  submit: 'Give this role',
  fields: {
    person: person('Person', { missing: 'Please choose a person.', focus: true }),
    role: oneOf('Role', { of: choices, radio: true, missing: 'Please choose a role.' }),
    cohort: oneOf('Group', { hint: 'Only for a facilitator of one group.' }),
  },
});

/** @param cohorts the running ones. */
export const giveDialog = (cohorts: readonly Cohort[]): View =>
  giveForm.view({
    above: [
      context(
        mrkdwn`The person gets a note. Every change of roles is written down with who made it. Guests, apps and people of other workspaces cannot hold a role.`,
      ),
    ],
    ...(cohorts.length > 0
      ? { options: { cohort: cohorts.map(({ name, id }) => option(name, id)) } }
      : { options: { role: choices.filter(({ value }) => value !== ofOne) }, without: ['cohort'] as const }),
  });

/** A group left chosen with another role would be a guess; better to say so than to give more than was meant. */
export function groupProblem(choice: RoleChoice, cohortId: string | undefined): string | undefined {
  if (choice === ofOne) return cohortId ? undefined : 'Please choose the group they will facilitate.';
  return cohortId
    ? 'A group only goes with “Facilitator of one group”. Please choose that, or clear this.'
    : undefined;
}

const refusals = {
  guest:
    'Guests of the workspace cannot hold a role. An owner of the workspace can make them a full member first.',
  bot: 'This is an app, not a person. Please choose a person.',
  external: 'This person belongs to another workspace and cannot hold a role here.',
  deactivated: 'This person is no longer in this workspace, so a role would have no effect.',
  unknown: 'Slack did not say who this is. Please try again in a few minutes.',
};

export const wasForgotten =
  'They asked for everything about them to be deleted. They can come back by writing to me.';

/** Why a role was not given, beside the field it is about; undefined when it was, or was held already. */
export function grantProblems(outcome: GrantOutcome): { person?: string; cohort?: string } | undefined {
  if (outcome.kind === 'refused') return { person: refusals[outcome.why] };
  if (outcome.kind === 'no-such-cohort')
    return { cohort: 'This group is not running any more. Please choose another one.' };
  return undefined;
}

export function grantAnswer(outcome: Exclude<GrantOutcome, { kind: 'not-allowed' }>): Receipt {
  if (!('role' in outcome)) {
    const { person: about, cohort } = grantProblems(outcome) ?? {};
    return { text: mrkdwn`*Nothing was changed.* ${about ?? cohort ?? ''}` };
  }
  const words = sayRole(outcome.role, outcome.cohort);
  return {
    text:
      outcome.kind === 'granted'
        ? mrkdwn`*${mention(outcome.person.slackId)} is now ${words}.* They get a note. You can take the role back here at any time.`
        : mrkdwn`${mention(outcome.person.slackId)} is ${words} already; nothing changed.`,
  };
}

/** While Slack is asked who somebody is. */
export const asking = (): View =>
  modal({
    callbackId: ids.busy,
    title: 'One moment',
    blocks: [section(mrkdwn`Asking Slack who that is …`)],
  });

export function revokeReceipt(outcome: Exclude<RevokeOutcome, { kind: 'not-allowed' }>): Receipt {
  switch (outcome.kind) {
    case 'gone':
      return { text: mrkdwn`That role had been taken back already; nothing changed.` };
    case 'from-settings':
      return {
        text: mrkdwn`*Nothing was changed.* ${mention(outcome.person.slackId)} has this role from CHATR_FACILITATORS in the settings. Take them out there and restart.`,
      };
    case 'last-administrator':
      return {
        text: mrkdwn`*Nothing was changed.* There would be no administrator left, and nobody could give roles. Make somebody else an administrator first.`,
      };
    case 'revoked': {
      const { role, person, cohort } = outcome;
      return {
        text: mrkdwn`*${mention(person.slackId)} is no longer ${sayRole(role.role, cohort)}.* They stay a member.`,
        giveBack: giveBack.pack({ personId: person.id, role: role.role, cohortId: role.cohortId }),
      };
    }
  }
}

export const notAdministrator = (): Answer => ({
  title: 'Roles',
  text: 'Roles',
  blocks: [
    section(
      mrkdwn`Roles are given by administrators, and you are not one of them, so nothing was changed. Owners and admins of this Slack workspace are; ask one of them.`,
    ),
  ],
});
