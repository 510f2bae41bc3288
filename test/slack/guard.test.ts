import type { AnyMiddlewareArgs } from '@slack/bolt';
import { describe, expect, test, vi } from 'vitest';
import { isOneOfUs, recordSlackUser, type SlackUser } from '../../src/community/people.ts';
import type { Db } from '../../src/db/schema.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { guard } from '../../src/slack/guard.ts';
import { givenStore } from '../support/store.ts';

const teamId = 'T0OURS';

type Options = {
  organisationId?: string;
  /** What Slack says of whoever is asked about; by default that they are a member. */
  says?: (slackId: string) => Promise<Omit<SlackUser, 'id'>>;
  /** For where Slack is late; else a database on a busy server must not seem to be Slack. */
  waitMs?: number;
  /** What their payload does. */
  work?: (db: Db, slackId: string) => Promise<unknown>;
};

/** The guard with a Slack that says who people are; nothing is kept of who is not one of ours. */
async function givenGuard({
  organisationId,
  says = async () => ({ team_id: teamId }),
  waitMs = 60_000,
  work,
}: Options = {}) {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const strangers: string[] = [];
  const middleware = guard({
    db,
    clock,
    teamId: () => teamId,
    organisationId: () => organisationId,
    async whoIs(id) {
      strangers.push(id);
      const user = { ...(await says(id)), id };
      if (!isOneOfUs(user, teamId)) return undefined;
      return (await recordSlackUser(db, clock, user, teamId)).person;
    },
    waitMs,
  });
  return {
    db,
    clock,
    strangers,
    /** A click of somebody: whether it got through, whether Slack got its acknowledgement, and what was answered. */
    async click(slackId: string, userTeam = teamId, more: object = {}) {
      const heard: { through: boolean; acknowledged: boolean; said: string; ack?: unknown } = {
        through: false,
        acknowledged: false,
        said: '',
      };
      const args = {
        body: { type: 'block_actions', user: { id: slackId, team_id: userTeam }, actions: [], ...more },
        context: { userId: slackId, botUserId: 'U0BOT' },
        ack: async (answer: unknown) => {
          heard.acknowledged = true;
          heard.ack = answer;
        },
        respond: async ({ text }: { text: string }) => {
          heard.said = text;
        },
        next: async () => {
          heard.through = true;
          heard.acknowledged = true;
          await work?.(db, slackId);
        },
      };
      await middleware(args as unknown as Parameters<typeof middleware>[0] & AnyMiddlewareArgs);
      return heard;
    },
  };
}

test('what fails since they had everything deleted meanwhile is no failure; any other is', async () => {
  const save = async (db: Db, slackId: string) => {
    const { id } = await db
      .selectFrom('people')
      .select('id')
      .where('slack_id', '=', slackId)
      .executeTakeFirstOrThrow();
    if (slackId === 'U1') await db.deleteFrom('people').where('id', '=', id).execute();
    const saved = { resource_id: 'x', saved_at: '', note: null, removed_at: null };
    await db
      .insertInto('saved_resources')
      .values({ ...saved, person_id: slackId === 'U1' ? id : 'nobody' })
      .execute();
  };
  const { db, clock, click } = await givenGuard({ work: save });
  for (const id of ['U1', 'U2']) await recordSlackUser(db, clock, { id, team_id: teamId }, teamId);
  expect((await click('U1')).said).toContain('Everything I kept about you is deleted');
  await expect(click('U2')).rejects.toThrow(/constraint/i);
});

test('what failed is told, also where it cannot be looked up any more who did it', async () => {
  const { db, clock, click } = await givenGuard({
    work: async (db) => {
      await db.schema.alterTable('people').renameTo('elsewhere').execute();
      throw new Error('The first failure.');
    },
  });
  await recordSlackUser(db, clock, { id: 'U1', team_id: teamId }, teamId);
  await expect(click('U1')).rejects.toThrow('The first failure.');
});

describe('who gets through', () => {
  test('a member and a guest; somebody not met yet is asked about', async () => {
    const { db, clock, click, strangers } = await givenGuard();
    await recordSlackUser(db, clock, { id: 'U1', team_id: teamId }, teamId);
    await recordSlackUser(db, clock, { id: 'U2', team_id: teamId, is_restricted: true }, teamId);
    expect((await click('U1')).through).toBe(true);
    expect((await click('U2')).through).toBe(true);
    expect(strangers).toEqual([]);
    expect((await click('U3')).through).toBe(true);
    expect((await click('U3')).through).toBe(true);
    expect(strangers, 'once').toEqual(['U3']);
  });

  test.each([
    ['of a connected workspace, as Slack tells with the click', {}, 'T0THEIRS'],
    ['of a connected workspace, as Slack told before', { is_stranger: true }, teamId],
    ['a bot', { is_bot: true }, teamId],
    ['deactivated', { deleted: true }, teamId],
  ])('nobody who is %s; they are acknowledged, told so, and nothing is stored', async (_, user, userTeam) => {
    const { db, clock, click } = await givenGuard({ says: async () => ({ team_id: teamId, ...user }) });
    if (userTeam === teamId) await recordSlackUser(db, clock, { id: 'U1', team_id: teamId, ...user }, teamId);
    const heard = await click('U1', userTeam);
    expect(heard).toMatchObject({ through: false, acknowledged: true });
    expect(heard.said).toContain('Nothing was stored');
    const people = await db.selectFrom('people').select('slack_id').execute();
    expect(people).toHaveLength(userTeam === teamId ? 1 : 0);
  });

  test.each<
    [what: string, userTeam: string, more: object, organisationId: string | undefined, passes: boolean]
  >([
    ['whose home is another workspace, in ours', 'T0SISTER', { team: { id: teamId } }, 'E0', true],
    ['whose home is the organisation itself', 'E0', { team: { id: teamId } }, 'E0', true],
    [
      'of the organisation, in a channel of several workspaces',
      'T0SISTER',
      { team: { id: 'T0SISTER', enterprise_id: 'E0' } },
      'E0',
      true,
    ],
    [
      'where it is installed in the whole organisation',
      'T0SISTER',
      { team: null, enterprise: { id: 'E0' }, is_enterprise_install: true },
      'E0',
      true,
    ],
    [
      'of another organisation',
      'T0THEIRS',
      { team: { id: 'T0THEIRS' }, enterprise: { id: 'E0THEIRS' } },
      'E0',
      false,
    ],
    [
      'of another organisation, where ours is none',
      'T0THEIRS',
      { team: { id: 'T0THEIRS' }, enterprise: { id: 'E0THEIRS' } },
      undefined,
      false,
    ],
    [
      'of another workspace, where nothing else is told',
      'T0THEIRS',
      { team: null, enterprise: null },
      'E0',
      false,
    ],
  ])('somebody not met yet %s', async (_what, userTeam, more, organisationId, passes) => {
    const { click, strangers } = await givenGuard(organisationId === undefined ? {} : { organisationId });
    expect((await click('U1', userTeam, more)).through).toBe(passes);
    expect(strangers).toEqual(passes ? ['U1'] : []);
  });

  test('what Slack said of somebody counts for more than where a payload comes from', async () => {
    const { db, clock, click, strangers } = await givenGuard({ says: async () => ({ team_id: 'T0SISTER' }) });
    const sister = {
      team_id: 'T0SISTER',
      enterprise_user: { enterprise_id: 'E0', teams: ['T0SISTER', teamId] },
    };
    await recordSlackUser(db, clock, { id: 'U1', ...sister }, teamId);
    await recordSlackUser(
      db,
      clock,
      { id: 'U2', ...sister, enterprise_user: { teams: ['T0SISTER'] } },
      teamId,
    );
    expect((await click('U1', 'T0SISTER')).through).toBe(true);
    expect((await click('U2', 'T0SISTER', { team: { id: teamId } })).through).toBe(false);
    // They may have joined since.
    expect(strangers).toEqual(['U2']);
  });

  test.each([
    [
      'a form stays open, with words beside its first field',
      { blocks: [{ type: 'divider' }, { type: 'input', block_id: 'b' }] },
      { response_action: 'errors', errors: { b: expect.stringContaining('Nothing was stored') } },
    ],
    ['a form without a field says so in its place', { blocks: [] }, { response_action: 'update' }],
    ['so does one of which nothing is told', null, { response_action: 'update' }],
  ])('%s', async (_what, view, answer) => {
    const { click } = await givenGuard();
    const { ack } = await click('U1', 'T0THEIRS', { type: 'view_submission', view });
    expect(ack).toMatchObject(answer);
  });

  test.each([5, '', 'not an id', 'U1; drop', {}, ['U1'], '__proto__', '\u0000'])(
    '%j is nobody',
    async (userId) => {
      const { db, click } = await givenGuard();
      const heard = await click(userId as string);
      expect(heard.through).toBe(true);
      expect(await db.selectFrom('people').select('slack_id').execute()).toEqual([]);
    },
  );

  test.each<[string, Omit<SlackUser, 'id'>]>([
    ['a bot', { is_bot: true, team_id: teamId }],
    ['deactivated', { deleted: true, team_id: teamId }],
    ['of another workspace', { team_id: 'T0THEIRS' }],
    ['a stranger in a shared channel', { is_stranger: true, team_id: teamId }],
  ])('nobody of whom Slack only now says that they are %s; of them nothing is kept', async (_, user) => {
    const { db, click } = await givenGuard({ says: async () => user });
    const heard = await click('U1');
    expect(heard).toMatchObject({ through: false, acknowledged: true });
    expect(heard.said).toContain('Nothing was stored');
    expect(await db.selectFrom('people').select('slack_id').execute()).toEqual([]);
  });

  test.each<[string, () => Promise<never>]>([
    ['does not answer in time', () => new Promise(() => {})],
    ['cannot be reached', () => Promise.reject(new Error('no'))],
  ])('while Slack %s nobody new is served: they hear so, and a form stays open', async (_, says) => {
    const { click } = await givenGuard({ says, waitMs: 20 });
    const heard = await click('U1');
    expect(heard).toMatchObject({ through: false, acknowledged: true });
    expect(heard.said).toContain('try again in a moment');
    const view = { blocks: [{ type: 'input', block_id: 'b' }] };
    expect((await click('U1', teamId, { type: 'view_submission', view })).ack).toEqual({
      response_action: 'errors',
      errors: { b: expect.stringContaining('What you wrote stays here') },
    });
  });

  test('an answer that comes after the limit serves the next click', async () => {
    const late = Promise.withResolvers<Omit<SlackUser, 'id'>>();
    const { click, strangers } = await givenGuard({ says: () => late.promise, waitMs: 20 });
    expect((await click('U1')).through).toBe(false);
    late.resolve({ team_id: teamId });
    await vi.waitFor(async () => expect((await click('U1')).through).toBe(true));
    expect(strangers.length).toBeGreaterThan(0);
  });

  test.each(['team_join', 'user_change'])(
    '%s says itself who somebody is: nobody is asked about, nor kept for it',
    async (type) => {
      const { db, click, strangers } = await givenGuard();
      const event = { type: 'event_callback', event_id: 'Ev1', event: { type, user: { id: 'U1' } } };
      expect((await click('U1', teamId, event)).through).toBe(true);
      expect(strangers).toEqual([]);
      expect(await db.selectFrom('people').select('slack_id').execute()).toEqual([]);
    },
  );

  test('an event waits for as long as Slack takes to say whose it is', async () => {
    const says = Promise.withResolvers<Omit<SlackUser, 'id'>>();
    const { click } = await givenGuard({ says: () => says.promise, waitMs: 20 });
    const heard = click('U1', teamId, {
      type: 'event_callback',
      event_id: 'Ev1',
      event: { type: 'app_home_opened', user: 'U1' },
    });
    expect((await click('U1')).said, 'a click does not').toContain('try again in a moment');
    says.resolve({ team_id: teamId });
    expect((await heard).through).toBe(true);
  });
});
