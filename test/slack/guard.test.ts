import type { AnyMiddlewareArgs } from '@slack/bolt';
import { describe, expect, test } from 'vitest';
import { recordSlackUser } from '../../src/community/people.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { guard } from '../../src/slack/guard.ts';
import { givenStore } from '../support/store.ts';

const teamId = 'T0OURS';

async function givenGuard() {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const strangers: string[] = [];
  const middleware = guard({ db, clock, teamId: () => teamId, metStranger: (id) => strangers.push(id) });
  return {
    db,
    clock,
    strangers,
    /** A click of somebody: whether it got through, whether Slack got its acknowledgement, and what was answered. */
    async click(slackId: string, userTeam = teamId) {
      const heard = { through: false, acknowledged: false, said: '' };
      const args = {
        body: { type: 'block_actions', user: { id: slackId, team_id: userTeam }, actions: [] },
        context: { userId: slackId, botUserId: 'U0BOT' },
        ack: async () => {
          heard.acknowledged = true;
        },
        respond: async ({ text }: { text: string }) => {
          heard.said = text;
        },
        next: async () => {
          heard.through = true;
          heard.acknowledged = true;
        },
      };
      await middleware(args as unknown as Parameters<typeof middleware>[0] & AnyMiddlewareArgs);
      return heard;
    },
  };
}

describe('who gets through', () => {
  test('a member and a guest; somebody not met yet is asked about', async () => {
    const { db, clock, click, strangers } = await givenGuard();
    await recordSlackUser(db, clock, { id: 'U1', team_id: teamId }, teamId);
    await recordSlackUser(db, clock, { id: 'U2', team_id: teamId, is_restricted: true }, teamId);
    expect((await click('U1')).through).toBe(true);
    expect((await click('U2')).through).toBe(true);
    expect(strangers).toEqual([]);
    expect((await click('U3')).through).toBe(true);
    expect(strangers).toEqual(['U3']);
  });

  test.each([
    ['of a connected workspace, as Slack tells with the click', {}, 'T0THEIRS'],
    ['of a connected workspace, as Slack told before', { is_stranger: true }, teamId],
    ['a bot', { is_bot: true }, teamId],
    ['deactivated', { deleted: true }, teamId],
  ])('nobody who is %s; they are acknowledged, told so, and nothing is stored', async (_, user, userTeam) => {
    const { db, clock, click } = await givenGuard();
    if (userTeam === teamId) await recordSlackUser(db, clock, { id: 'U1', team_id: teamId, ...user }, teamId);
    const heard = await click('U1', userTeam);
    expect(heard).toMatchObject({ through: false, acknowledged: true });
    expect(heard.said).toContain('Nothing was stored');
    const people = await db.selectFrom('people').select('slack_id').execute();
    expect(people).toHaveLength(userTeam === teamId ? 1 : 0);
  });
});
