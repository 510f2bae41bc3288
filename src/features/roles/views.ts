import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import type { Cohort } from '../../community/cohorts.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, confirm, context, input, modal, option, section } from '../../slack/blocks.ts';
import { clip, count, joinMrkdwn, type Mrkdwn, mention, mrkdwn } from '../../slack/text.ts';
import type { GrantOutcome } from './grant.ts';
import { actionIds, blockIds, callbackIds, valueId } from './ids.ts';
import { sayRole } from './notes.ts';
import type { RoleLine } from './read.ts';
import type { RevokeOutcome } from './revoke.ts';

export const linesAPage = 10;

function whichRole({ role, cohortName }: RoleLine): string {
  if (!role) return 'administrator, as owner or admin of this Slack workspace';
  const cohort = role.cohortId === undefined ? undefined : { name: clip(cohortName ?? 'a group', 80) };
  const words = sayRole(role.role, cohort);
  return role.grantedBy === 'settings' ? `${words}, by the settings` : words;
}

/** In App Home of administrators: how many hold which role, and the door to the rest. */
export function rolesSection(lines: readonly RoleLine[]): KnownBlock[] {
  const people = new Set(lines.map(({ person }) => person.id)).size;
  return [
    section(
      mrkdwn`*People with roles*\n${count(people, 'person has', 'people have')} a role here: facilitator, curator or administrator. Everybody else is a member.`,
    ),
    actions(
      [
        button('Give a role', actionIds.give, { value: 'new' }),
        button('See who has a role', actionIds.list, { value: '0' }),
      ],
      'roles.home',
    ),
  ];
}

/** Everyone with a role, ten a page, each with a way to take it back. */
export function roleList(
  lines: readonly RoleLine[],
  wanted: number,
  receipt?: { text: Mrkdwn; giveBack?: string | undefined },
): Answer {
  const pages = Math.max(1, Math.ceil(lines.length / linesAPage));
  const page = Math.min(Math.max(0, wanted), pages - 1);
  const shown = lines.slice(page * linesAPage, (page + 1) * linesAPage);
  const blocks: KnownBlock[] = receipt
    ? [
        section(
          receipt.text,
          receipt.giveBack ? button('Undo', actionIds.giveBack, { value: receipt.giveBack }) : undefined,
        ),
      ]
    : [];
  blocks.push(section(mrkdwn`*People with roles*`));
  if (lines.length === 0)
    blocks.push(section(mrkdwn`Nobody has a role yet. Give one with the button below.`));
  for (const line of shown) blocks.push(lineBlock(line, page));
  if (pages > 1) blocks.push(context(mrkdwn`Page ${page + 1} of ${pages}, by name`));
  blocks.push(
    context(
      mrkdwn`Owners and admins of the Slack workspace are administrators here as long as they are that in Slack. Roles by the settings are changed in CHATR_FACILITATORS.`,
    ),
    actions(
      [
        ...(page > 0 ? [button('Back', actionIds.earlier, { value: String(page - 1) })] : []),
        ...(page < pages - 1 ? [button('More', actionIds.later, { value: String(page + 1) })] : []),
        button('Give a role', actionIds.give, { value: 'new' }),
      ],
      'roles.pages',
    ),
  );
  return { title: 'People with roles', text: 'People with roles', blocks };
}

function lineBlock(line: RoleLine, page: number): KnownBlock {
  const { person, role } = line;
  const words = joinMrkdwn(
    [
      mrkdwn`${mention(person.slackId)}: ${whichRole(line)}`,
      person.isDeactivated && mrkdwn`_No longer in this workspace, so the role has no effect._`,
      person.kind === 'guest' && mrkdwn`_A guest of this workspace, so the role has no effect._`,
    ],
    '\n',
  );
  if (!role || role.grantedBy === 'settings') return section(words);
  return section(
    words,
    button('Take back', actionIds.revoke, {
      value: `${role.id}:${page}`,
      label: `Take this role back from ${person.displayName || 'this person'}`,
      confirm: confirm(
        'Take this role back?',
        'They stay a member, and keep what is theirs. They get a note. You can undo this.',
        'Take back',
        'Keep the role',
      ),
    }),
  );
}

export type RoleChoice = 'facilitator-all' | 'facilitator-one' | 'curator' | 'administrator';

const choices: Record<RoleChoice, PlainTextOption> = {
  'facilitator-all': option('Facilitator of all groups', 'facilitator-all', 'Makes and runs every group'),
  'facilitator-one': option('Facilitator of one group', 'facilitator-one', 'Runs the group chosen below'),
  curator: option('Curator', 'curator', 'Looks after the catalogue of resources'),
  administrator: option('Administrator', 'administrator', 'All of these, and gives roles'),
};

/** Who gets which role. @param cohorts the running ones. */
export function giveForm(cohorts: readonly Cohort[]): View {
  return modal({
    callbackId: callbackIds.give,
    title: 'Give a role',
    submit: 'Give this role',
    close: 'Cancel',
    blocks: [
      context(
        mrkdwn`The person gets a note. Every change of roles is written down with who made it. Guests, apps and people of other workspaces cannot hold a role.`,
      ),
      input(blockIds.person, 'Person', { type: 'users_select', action_id: valueId, focus_on_load: true }),
      input(blockIds.role, 'Role', {
        type: 'radio_buttons',
        action_id: valueId,
        options: cohorts.length > 0 ? Object.values(choices) : withoutOne,
      }),
      ...(cohorts.length > 0
        ? [
            input(
              blockIds.cohort,
              'Group',
              { type: 'static_select', action_id: valueId, ...grouped(cohorts) },
              { optional: true, hint: 'Only for a facilitator of one group.' },
            ),
          ]
        : []),
    ],
  });
}

const withoutOne = [choices['facilitator-all'], choices.curator, choices.administrator];

/** Slack takes 100 options, or 100 groups of 100. */
function grouped(cohorts: readonly Cohort[]) {
  const of = ({ name, id }: Cohort): PlainTextOption => option(name, id);
  if (cohorts.length <= 100) return { options: cohorts.map(of) };
  const groups = [];
  for (let start = 0; start < cohorts.length && groups.length < 100; start += 100) {
    const part = cohorts.slice(start, start + 100);
    const label = clip(`${clip(part[0]?.name ?? '', 34)} to ${part.at(-1)?.name ?? ''}`, 75);
    groups.push({ label: { type: 'plain_text' as const, text: label }, options: part.map(of) });
  }
  return { option_groups: groups };
}

const refusals = {
  guest:
    'Guests of the workspace cannot hold a role. An owner of the workspace can make them a full member first.',
  bot: 'This is an app, not a person. Please choose a person.',
  external: 'This person belongs to another workspace and cannot hold a role here.',
  deactivated: 'This person is no longer in this workspace, so a role would have no effect.',
  unknown: 'Slack did not say who this is. Please try again in a few minutes.',
};

/** Why a role was not given, for the field it is about; undefined when it was, or was held already. */
export function grantProblem(outcome: GrantOutcome): { block: string; message: string } | undefined {
  if (outcome.kind === 'refused') return { block: blockIds.person, message: refusals[outcome.why] };
  if (outcome.kind === 'no-such-cohort')
    return {
      block: blockIds.cohort,
      message: 'This group is not running any more. Please choose another one.',
    };
  return undefined;
}

export function grantReceipt(outcome: Extract<GrantOutcome, { role: unknown }>): Mrkdwn {
  const words = sayRole(outcome.role, outcome.cohort);
  return outcome.kind === 'granted'
    ? mrkdwn`*${mention(outcome.person.slackId)} is now ${words}.* They get a note. You can take the role back here at any time.`
    : mrkdwn`${mention(outcome.person.slackId)} is ${words} already; nothing changed.`;
}

export function revokeReceipt(outcome: Exclude<RevokeOutcome, { kind: 'not-allowed' }>): {
  text: Mrkdwn;
  giveBack?: string;
} {
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
        giveBack: `${person.id}:${role.role}:${role.cohortId ?? ''}`,
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
