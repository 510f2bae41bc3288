import { listCohorts } from '../../community/cohorts.ts';
import { meetPerson, type Person, recordSlackUser } from '../../community/people.ts';
import { type Actor, may } from '../../community/permissions.ts';
import { describeError } from '../../lib/log.ts';
import type { Answer } from '../../slack/answer.ts';
import { wantedPage } from '../../slack/paging.ts';
import type { Routes } from '../../slack/routes.ts';
import type { RolesDeps } from './deps.ts';
import { type GrantRequest, grantRole } from './grant.ts';
import { ids } from './ids.ts';
import { readRoles } from './read.ts';
import { revokeRole } from './revoke.ts';
import {
  asking,
  giveBack,
  giveDialog,
  giveForm,
  grantAnswer,
  grantProblems,
  groupProblem,
  heldRole,
  notAdministrator,
  type Receipt,
  revokeReceipt,
  roleList,
  roleOf,
  wasForgotten,
} from './views.ts';

export function listen(to: Routes, deps: RolesDeps): void {
  const { db, clock } = deps;
  const listAnswer = async (actor: Actor, page: number, receipt?: Receipt): Promise<Answer> => {
    const lines = await readRoles(deps, actor);
    return lines ? roleList(lines, page, receipt) : notAdministrator();
  };

  for (const id of [ids.list, ids.earlier, ids.later])
    to.onClick(id, async ({ actor, value, answer }) => answer(await listAnswer(actor, wantedPage(value))));

  to.onClick(ids.openGive, async ({ actor, answer, replace }) =>
    may(actor, 'roles.grant') ? replace(giveDialog(await listCohorts(db))) : answer(notAdministrator()),
  );

  to.onSend(giveForm, async ({ actor, values, refuse, show, answer }) => {
    const { person: slackId, role: choice, cohort: cohortId } = values;
    const problem = groupProblem(choice, cohortId);
    if (problem) return refuse({ cohort: problem });
    if (!may(actor, 'roles.grant')) return answer(notAdministrator());
    if (await deps.isForgotten?.(slackId)) return refuse({ person: wasForgotten });
    const asked = { actor, role: roleOf[choice], cohortId };
    const known = await meetPerson(db, clock, slackId);
    if (known.kind !== 'unknown') {
      const outcome = await grantRole(deps, { ...asked, personId: known.id });
      const problems = grantProblems(outcome);
      return problems ? refuse(problems) : answer(await granted(actor, outcome));
    }
    // Slack must be asked who that is first, which can take longer than it waits for this answer.
    await show(asking());
    await answer(await grant({ ...asked, personId: (await askWho(known)).id }));
  });

  const granted = async (actor: Actor, outcome: Awaited<ReturnType<typeof grantRole>>): Promise<Answer> =>
    outcome.kind === 'not-allowed' ? notAdministrator() : listAnswer(actor, 0, grantAnswer(outcome));
  const grant = async (request: GrantRequest): Promise<Answer> =>
    granted(request.actor, await grantRole(deps, request));

  async function askWho(known: Person): Promise<Person> {
    try {
      const { user } = await deps.client.users.info({ user: known.slackId });
      if (!user?.id) return known;
      return (await recordSlackUser(db, clock, { ...user, id: user.id }, deps.teamId)).person;
    } catch (error) {
      deps.log.warn({ feature: 'roles', ...describeError(error) }, 'Slack did not say who somebody is');
      return known;
    }
  }

  to.onClick(ids.revoke, heldRole, async ({ actor, carried: { roleId, page }, answer }) => {
    const outcome = await revokeRole(deps, { actor, roleId });
    if (outcome.kind === 'not-allowed') return answer(notAdministrator());
    return answer(await listAnswer(actor, page, revokeReceipt(outcome)));
  });

  for (const id of [ids.giveBack, ids.giveBackBefore])
    to.onClick(id, async ({ actor, value, answer }) => {
      const taken = giveBack.open(value);
      return answer(taken ? await grant({ actor, ...taken }) : await listAnswer(actor, 0));
    });
}
