import type { App, BlockButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import { listCohorts } from '../../community/cohorts.ts';
import { meetPerson, type Person, recordSlackUser } from '../../community/people.ts';
import { type Actor, may, type RoleName } from '../../community/permissions.ts';
import { describeError } from '../../lib/log.ts';
import { type Answer, answerClick } from '../../slack/answer.ts';
import { modal, section } from '../../slack/blocks.ts';
import { actorIn } from '../../slack/guard.ts';
import { openInPlace } from '../../slack/modals.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { Core } from '../feature.ts';
import { grantRole } from './grant.ts';
import { actionIds, blockIds, callbackIds, valueId } from './ids.ts';
import { readRoles } from './read.ts';
import { revokeRole } from './revoke.ts';
import {
  giveForm,
  grantProblem,
  grantReceipt,
  notAdministrator,
  type RoleChoice,
  revokeReceipt,
  roleList,
} from './views.ts';

const element = z.object({
  selected_user: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/)
    .nullish()
    .catch(undefined),
  selected_option: z.object({ value: z.string() }).nullish().catch(undefined),
});
const state = z.object({ values: z.record(z.string(), z.record(z.string(), element)) }).catch({ values: {} });

const roleOf: Record<RoleChoice, RoleName> = {
  'facilitator-all': 'facilitator',
  'facilitator-one': 'facilitator',
  curator: 'curator',
  administrator: 'administrator',
};
const roleChoice = z.enum(['facilitator-all', 'facilitator-one', 'curator', 'administrator']);
const giveBack = z.tuple([
  z.uuid(),
  z.enum(['facilitator', 'curator', 'administrator']),
  z.union([z.uuid(), z.literal('')]),
]);

export function listen(app: App, core: Core): void {
  const listAnswer = async (
    actor: Actor,
    page: number,
    receipt?: Parameters<typeof roleList>[2],
  ): Promise<Answer> => {
    const lines = await readRoles(core, actor);
    return lines ? roleList(lines, page, receipt) : notAdministrator();
  };

  for (const id of [actionIds.list, actionIds.earlier, actionIds.later])
    app.action<BlockButtonAction>(id, async ({ ack, action, body, context, client, respond }) => {
      await ack();
      await answerClick(body, client, respond)(await listAnswer(actorIn(context), pageOf(action.value)));
    });

  app.action<BlockButtonAction>(actionIds.give, async ({ ack, body, context, client, respond }) => {
    await ack();
    if (!may(actorIn(context), 'roles.grant')) return answerClick(body, client, respond)(notAdministrator());
    const view = giveForm(await listCohorts(core.db));
    await openInPlace(body, client, view);
  });

  app.view(callbackIds.give, async ({ ack, view, context, client }) => {
    const actor = actorIn(context);
    const form = readGiveForm(view.state);
    if ('errors' in form) return ack({ response_action: 'errors', errors: form.errors });
    if (!may(actor, 'roles.grant'))
      return ack({ response_action: 'update', view: asModal(notAdministrator()) });
    const known = await meetPerson(core.db, core.clock, form.slackId);
    const give = (person: Person) =>
      grantRole(core, { actor, personId: person.id, role: form.role, cohortId: form.cohortId });
    if (known.kind !== 'unknown') {
      const outcome = await give(known);
      const problem = grantProblem(outcome);
      if (problem) return ack({ response_action: 'errors', errors: { [problem.block]: problem.message } });
      return ack({ response_action: 'update', view: asModal(await afterGrant(actor, outcome)) });
    }
    // Slack must be asked who that is first, which can take longer than it waits for this answer.
    await ack({ response_action: 'update', view: asking() });
    const outcome = await give(await askWho(known, client, context.teamId));
    await client.views.update({ view_id: view.id, view: asModal(await afterGrant(actor, outcome)) });
  });

  async function afterGrant(actor: Actor, outcome: Awaited<ReturnType<typeof grantRole>>): Promise<Answer> {
    if (outcome.kind === 'not-allowed') return notAdministrator();
    const problem = grantProblem(outcome);
    if (problem) return listAnswer(actor, 0, { text: mrkdwn`*Nothing was changed.* ${problem.message}` });
    if (!('role' in outcome)) return listAnswer(actor, 0);
    return listAnswer(actor, 0, { text: grantReceipt(outcome) });
  }

  async function askWho(known: Person, client: WebClient, teamId: string | undefined): Promise<Person> {
    try {
      const { user } = await client.users.info({ user: known.slackId });
      if (!user?.id || teamId === undefined) return known;
      return (await recordSlackUser(core.db, core.clock, { ...user, id: user.id }, teamId)).person;
    } catch (error) {
      core.log.warn({ feature: 'roles', ...describeError(error) }, 'Slack did not say who somebody is');
      return known;
    }
  }

  app.action<BlockButtonAction>(actionIds.revoke, async ({ ack, action, body, context, client, respond }) => {
    await ack();
    const actor = actorIn(context);
    const answer = answerClick(body, client, respond);
    const [roleId = '', page = '0'] = (action.value ?? '').split(':');
    const outcome = await revokeRole(core, { actor, roleId });
    if (outcome.kind === 'not-allowed') return answer(notAdministrator());
    await answer(await listAnswer(actor, pageOf(page), revokeReceipt(outcome)));
  });

  app.action<BlockButtonAction>(
    actionIds.giveBack,
    async ({ ack, action, body, context, client, respond }) => {
      await ack();
      const actor = actorIn(context);
      const answer = answerClick(body, client, respond);
      const parsed = giveBack.safeParse((action.value ?? '').split(':'));
      if (!parsed.success) return answer(await listAnswer(actor, 0));
      const [personId, role, cohortId] = parsed.data;
      const outcome = await grantRole(core, { actor, personId, role, cohortId: cohortId || undefined });
      await answer(await afterGrant(actor, outcome));
    },
  );
}

const pageOf = (value: string | undefined): number => {
  const page = Number.parseInt(value ?? '0', 10);
  return Number.isInteger(page) && page >= 0 ? page : 0;
};

type GiveForm =
  | { slackId: string; role: RoleName; cohortId: string | undefined }
  | { errors: Record<string, string> };

function readGiveForm(given: unknown): GiveForm {
  const { values } = state.parse(given ?? {});
  const at = (block: string) => values[block]?.[valueId];
  const slackId = at(blockIds.person)?.selected_user;
  const choice = roleChoice.safeParse(at(blockIds.role)?.selected_option?.value);
  const cohortId = at(blockIds.cohort)?.selected_option?.value;
  if (!slackId) return { errors: { [blockIds.person]: 'Please choose a person.' } };
  if (!choice.success) return { errors: { [blockIds.role]: 'Please choose a role.' } };
  if (choice.data === 'facilitator-one' && !cohortId)
    return { errors: { [blockIds.cohort]: 'Please choose the group they will facilitate.' } };
  // A group left chosen with another role would be a guess; say so instead of giving more than was meant.
  if (choice.data !== 'facilitator-one' && cohortId)
    return {
      errors: {
        [blockIds.cohort]:
          'A group only goes with “Facilitator of one group”. Please choose that, or clear this.',
      },
    };
  return { slackId, role: roleOf[choice.data], cohortId };
}

const asModal = ({ title = 'Roles', blocks }: Answer) => modal({ callbackId: 'answer', title, blocks });

const asking = () =>
  modal({
    callbackId: 'roles.busy',
    title: 'One moment',
    blocks: [section(mrkdwn`Asking Slack who that is …`)],
  });
