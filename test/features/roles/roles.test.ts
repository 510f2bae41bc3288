import { startBot } from 'practice-workspace/test-support';
import { describe, expect, test } from 'vitest';
import { type Person, recordSlackUser, type SlackUser } from '../../../src/community/people.ts';
import { type Actor, actorOf, may } from '../../../src/community/permissions.ts';
import { insertRole, listHeldRoles } from '../../../src/community/roles.ts';
import { applySettings } from '../../../src/features/roles/apply-settings.ts';
import { grantRole } from '../../../src/features/roles/grant.ts';
import { roles } from '../../../src/features/roles/index.ts';
import { revokeRole } from '../../../src/features/roles/revoke.ts';
import { connect } from '../cohorts/slack-support.ts';
import {
  actorFor,
  audited,
  type Bench,
  givenBench,
  givenCohort,
  givenFacilitator,
  givenPerson,
  queued,
  teamId,
} from '../cohorts/support.ts';

async function givenAdministrator(): Promise<{ bench: Bench; admin: Actor }> {
  const bench = await givenBench();
  const person = await givenPerson(bench);
  await insertRole(bench.db, bench.clock, { personId: person.id, role: 'administrator', by: 'system' });
  return { bench, admin: await actorFor(bench, person) };
}

const roleOf = async ({ db }: Bench, person: Person): Promise<string> => {
  const held = (await listHeldRoles(db)).find(({ personId }) => personId === person.id);
  if (!held) throw new Error('They hold no role.');
  return held.id;
};

describe('giving a role', () => {
  test('is for administrators only', async () => {
    const bench = await givenBench();
    const lead = await givenFacilitator(bench);
    const person = await givenPerson(bench);
    const request = { actor: lead, personId: person.id, role: 'curator' as const, cohortId: undefined };
    expect(await grantRole(bench, request)).toEqual({ kind: 'not-allowed' });
    expect(await revokeRole(bench, { actor: lead, roleId: await roleOf(bench, lead.person) })).toEqual({
      kind: 'not-allowed',
    });
  });

  test('is written down, told to the person, and done once', async () => {
    const { bench, admin } = await givenAdministrator();
    const person = await givenPerson(bench);
    const request = { actor: admin, personId: person.id, role: 'facilitator' as const, cohortId: undefined };
    expect(await grantRole(bench, request)).toMatchObject({ kind: 'granted' });
    expect(await grantRole(bench, request)).toMatchObject({ kind: 'already' });
    expect(await audited(bench, 'roles.grant')).toBe(1);
    expect((await queued(bench)).map(({ to }) => to)).toEqual([person.id]);
    expect(may(await actorFor(bench, person), 'cohorts.create')).toBe(true);
    expect(bench.homes).toContain(person.id);
  });

  test('the note waits for a civil hour', async () => {
    const { bench, admin } = await givenAdministrator();
    bench.clock.moveTo('2026-03-06T21:30:00Z');
    const person = await givenPerson(bench);
    await grantRole(bench, { actor: admin, personId: person.id, role: 'curator', cohortId: undefined });
    const row = await bench.db.selectFrom('outbox').select('send_after').executeTakeFirstOrThrow();
    expect(row.send_after).toBe('2026-03-09T09:00:00.000Z');
  });

  test.each<[string, Partial<SlackUser & { id: string }>]>([
    ['guest', { is_restricted: true }],
    ['bot', { is_bot: true }],
    ['external', { team_id: 'T0OTHER' }],
    ['deactivated', { deleted: true }],
  ])('a %s is refused', async (why, user) => {
    const { bench, admin } = await givenAdministrator();
    const person = await givenPerson(bench, user);
    const request = {
      actor: admin,
      personId: person.id,
      role: 'administrator' as const,
      cohortId: undefined,
    };
    expect(await grantRole(bench, request)).toMatchObject({ kind: 'refused', why });
    expect(await grantRole(bench, { ...request, personId: 'nobody' })).toMatchObject({
      kind: 'refused',
      why: 'unknown',
    });
  });

  test('for one group: only that one, and it must be running', async () => {
    const { bench, admin } = await givenAdministrator();
    const cohortId = await givenCohort(bench, admin);
    const person = await givenPerson(bench);
    const request = { actor: admin, personId: person.id, role: 'facilitator' as const, cohortId };
    expect(await grantRole(bench, request)).toMatchObject({ kind: 'granted', cohort: { id: cohortId } });
    const actor = await actorFor(bench, person);
    expect([may(actor, 'cohorts.manage', { cohortId }), may(actor, 'cohorts.create')]).toEqual([true, false]);
    expect(await grantRole(bench, { ...request, cohortId: 'no-such' })).toEqual({ kind: 'no-such-cohort' });
    await bench.db.updateTable('cohorts').set({ archived_at: 'x' }).execute();
    expect(await grantRole(bench, request)).toEqual({ kind: 'no-such-cohort' });
  });
});

describe('taking a role back', () => {
  test('the last administrator stays, until there is another', async () => {
    const { bench, admin } = await givenAdministrator();
    const roleId = await roleOf(bench, admin.person);
    expect(await revokeRole(bench, { actor: admin, roleId })).toEqual({ kind: 'last-administrator' });
    expect(may(await actorFor(bench, admin.person), 'roles.grant')).toBe(true);

    const gone = await givenPerson(bench, { is_admin: true, deleted: true });
    expect(gone.isWorkspaceAdmin).toBe(true);
    expect(await revokeRole(bench, { actor: admin, roleId })).toEqual({ kind: 'last-administrator' });
    await givenPerson(bench, { is_admin: true });
    expect(await revokeRole(bench, { actor: admin, roleId })).toMatchObject({ kind: 'revoked' });
    expect(await revokeRole(bench, { actor: admin, roleId })).toEqual({ kind: 'gone' });
  });

  test('whoever has not heard of the role does not hear of its end; whoever has, does', async () => {
    const { bench, admin } = await givenAdministrator();
    const person = await givenPerson(bench);
    const request = { actor: admin, personId: person.id, role: 'curator' as const, cohortId: undefined };
    await grantRole(bench, request);
    await revokeRole(bench, { actor: admin, roleId: await roleOf(bench, person) });
    expect((await queued(bench)).map(({ status }) => status)).toEqual(['cancelled']);
    await grantRole(bench, request);
    await bench.db.updateTable('outbox').set({ status: 'sent' }).where('status', '=', 'queued').execute();
    await revokeRole(bench, { actor: admin, roleId: await roleOf(bench, person) });
    expect(await queued(bench, 'roles.revoked')).toMatchObject([{ to: person.id, status: 'queued' }]);
    expect(await audited(bench, 'roles.revoke')).toBe(2);
  });
});

describe('what the settings say', () => {
  const named = (slackIds: string[], isWhole = true) => ({ slackIds, isWhole });

  test('whoever is named is administrator and facilitator; whoever is named no more is not', async () => {
    const bench = await givenBench();
    const heldNow = async () =>
      (await listHeldRoles(bench.db))
        .map(({ person, role, grantedBy }) => `${person.slackId} ${role} ${grantedBy}`)
        .sort();
    await applySettings(bench, named(['U1', 'U2', 'U1']));
    await applySettings(bench, named(['U1', 'U2']));
    expect(await heldNow()).toEqual([
      'U1 administrator settings',
      'U1 facilitator settings',
      'U2 administrator settings',
      'U2 facilitator settings',
    ]);
    const { person: two } = await recordSlackUser(
      bench.db,
      bench.clock,
      { id: 'U2', team_id: teamId },
      teamId,
    );
    await insertRole(bench.db, bench.clock, { personId: two.id, role: 'facilitator', by: 'somebody' });
    await applySettings(bench, named(['U1']));
    expect(await heldNow()).toEqual([
      'U1 administrator settings',
      'U1 facilitator settings',
      'U2 facilitator somebody',
    ]);
    // Slack did not answer about an address: that is no reason to take anything away.
    await applySettings(bench, named([], false));
    expect(await heldNow()).toHaveLength(3);
    await applySettings(bench, named([]));
    expect(await heldNow()).toEqual(['U2 facilitator somebody']);
  });

  test('what the settings give is taken back there, not here', async () => {
    const { bench, admin } = await givenAdministrator();
    await applySettings(bench, named(['U1']));
    const held = (await listHeldRoles(bench.db)).find(({ grantedBy }) => grantedBy === 'settings');
    expect(await revokeRole(bench, { actor: admin, roleId: held?.id ?? '' })).toMatchObject({
      kind: 'from-settings',
    });
  });
});

describe('roles in App Home', () => {
  async function givenWorkspace() {
    const bench = await givenBench();
    const { app, workspace } = await startBot((listening) => connect(listening, bench, roles(bench)));
    bench.client = app.client;
    const { id } = workspace.as('fran');
    await recordSlackUser(bench.db, bench.clock, { id, team_id: teamId, is_admin: true }, teamId);
    return { bench, workspace, fran: workspace.as('fran') };
  }

  test('an administrator gives a role to somebody the bot has not met, takes it back and undoes that', async () => {
    const { bench, workspace, fran } = await givenWorkspace();
    await fran.openHome();
    await fran.click('Give a role', { in: 'home' });
    await fran.submit({ Person: 'robin', Role: 'Curator' });
    expect(fran.visibleText('modal')).toContain('is now curator');
    await fran.click('Take back');
    expect(fran.visibleText('modal')).toContain('is no longer curator');
    await fran.click('Undo');
    expect(fran.visibleText('modal')).toContain('is now curator');
    const { person } = await recordSlackUser(
      bench.db,
      bench.clock,
      { id: workspace.as('robin').id, team_id: teamId },
      teamId,
    );
    expect((await actorOf(bench.db, person)).roles).toEqual([{ role: 'curator', cohortId: undefined }]);
  });

  test('guests are refused in words; a group must be chosen where one is meant', async () => {
    const { bench, workspace, fran } = await givenWorkspace();
    await recordSlackUser(
      bench.db,
      bench.clock,
      { id: workspace.as('gale').id, team_id: teamId, is_restricted: true },
      teamId,
    );
    await givenCohort(bench, await givenFacilitator(bench));
    await fran.openHome();
    await fran.click('Give a role', { in: 'home' });
    await fran.submit({ Person: 'gale', Role: 'Facilitator of one group' }, { mayFail: true });
    expect(JSON.stringify(fran.modal())).toContain('choose the group');
    await fran.submit({ Group: 'Perinatal pilot' }, { mayFail: true });
    expect(JSON.stringify(fran.modal())).toContain('Guests of the workspace cannot hold a role');
    expect(await queued(bench)).toEqual([]);
  });

  test('everybody else does not see them', async () => {
    const { workspace } = await givenWorkspace();
    const robin = workspace.as('robin');
    await robin.openHome();
    expect(robin.visibleText('home')).not.toContain('People with roles');
  });
});
