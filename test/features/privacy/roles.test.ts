import { describe, expect, test } from 'vitest';
import { audit } from '../../../src/community/audit.ts';
import { isForgotten } from '../../../src/community/forgotten.ts';
import { meetPerson } from '../../../src/community/people.ts';
import { type Actor, loadActor, type RoleName } from '../../../src/community/permissions.ts';
import { everythingHeld } from '../../../src/features/held.ts';
import { copyFiles } from '../../../src/features/privacy/copy/files.ts';
import { readDeeds } from '../../../src/features/privacy/deeds/read.ts';
import type { PrivacyDeps } from '../../../src/features/privacy/deps.ts';
import { forgetArea, forgetPerson } from '../../../src/features/privacy/forgetting/forget.ts';
import { showPrivacy } from '../../../src/features/privacy/overview/show.ts';
import { readSeen } from '../../../src/features/privacy/seen/read.ts';
import { ManualClock } from '../../../src/lib/clock.ts';
import { createVault, DecryptionError } from '../../../src/lib/crypto.ts';
import { newId, systemRandom } from '../../../src/lib/random.ts';
import { enqueue } from '../../../src/outbox/outbox.ts';
import { shippedContent } from '../../support/shipped.ts';
import { givenStore } from '../../support/store.ts';

const { vocabulary, cpdForms, professions } = shippedContent();

async function given() {
  const { db } = await givenStore();
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const vault = createVault(Buffer.alloc(32, 7));
  const areas = everythingHeld({
    vault,
    random: systemRandom,
    vocabulary,
    cpdForms,
    professions,
    titleOf: () => undefined,
  });
  const deps = {
    db,
    clock,
    vault,
    areas,
    timeZone: 'Europe/London',
    seen: async () => [],
  } as unknown as PrivacyDeps;
  const somebody = async (slackId: string, name: string, role?: RoleName): Promise<Actor> => {
    const { id } = await meetPerson(db, clock, slackId);
    await db.updateTable('people').set({ display_name: name, kind: 'member' }).where('id', '=', id).execute();
    if (role)
      await db
        .insertInto('roles')
        .values({
          id: newId(clock),
          person_id: id,
          role,
          cohort_id: null,
          granted_by: 'settings',
          granted_at: clock.now().toISOString(),
          revoked_at: null,
        })
        .execute();
    return loadActor(db, id);
  };
  return { deps, db, clock, vault, areas, somebody };
}

/** Who asks, and whether they are in this workspace still. */
const roles: [string, RoleName | undefined, 'here' | 'gone'][] = [
  ['a member', undefined, 'here'],
  ['a facilitator', 'facilitator', 'here'],
  ['a curator', 'curator', 'here'],
  ['an administrator', 'administrator', 'here'],
  ['somebody whose account is closed', undefined, 'gone'],
];

describe.each(roles)('%s', (_who, role, where) => {
  test('sees, copies and hears of what is their own and of nobody else’s; a closed account nothing', async () => {
    const { deps, db, clock, somebody } = await given();
    const me = await somebody('U0ME', 'Mona Madeup', role);
    const other = await somebody('U0OTHER', 'Otto Madeup');
    await audit(db, clock, { actor: 'system', action: 'roles.grant', subject: other.person.id });
    if (where === 'gone')
      await db
        .updateTable('people')
        .set({ deactivated_at: clock.now().toISOString() })
        .where('id', '=', me.person.id)
        .execute();
    const actor = await loadActor(db, me.person.id);
    const answers: string[] = [];
    await showPrivacy(deps, actor, async (answer) => void answers.push(JSON.stringify(answer)));
    const made = await Promise.all(
      // Whatever a button carries: another's id brings nothing of theirs.
      copyFiles(deps).map((kind) => kind.make(actor, other.person.id)),
    );
    const [seen, deeds] = [await readSeen(deps, actor), await readDeeds(db, actor, 0)];
    if (where === 'gone') {
      expect(answers).toEqual([]);
      expect(made.map(({ kind }) => kind)).toEqual(['refused', 'refused']);
      expect([seen, deeds]).toEqual([undefined, undefined]);
      return;
    }
    expect(answers).toHaveLength(1);
    expect(made.map(({ kind }) => kind)).toEqual(['file', 'file']);
    const copies = JSON.stringify([answers, made[1], seen, deeds]);
    for (const theirs of ['Otto', 'U0OTHER', other.person.id]) expect(copies).not.toContain(theirs);
    expect(JSON.stringify(made[1])).toContain('Mona');
    expect(deeds?.total).toBe(0);
  });
});

test('who looked after a group is named, other members are not, and pages turn', async () => {
  const { db, clock, somebody } = await given();
  const me = await somebody('U0ME', 'Mona Madeup');
  const lead = await somebody('U0LEAD', 'Lea Madeup', 'facilitator');
  const member = await somebody('U0PEER', 'Pia Madeup');
  for (const by of [lead.person.id, member.person.id, 'gone', 'channel', me.person.id]) {
    clock.forward(1);
    await audit(db, clock, {
      actor: by,
      action: 'cohorts.add',
      subject: 'g1',
      detail: { personId: me.person.id },
    });
  }
  const deeds = await readDeeds(db, me, 0);
  expect(deeds?.shown.map(({ by }) => by)).toEqual([
    'The channel that your group follows',
    'Somebody who looked after this',
    'Somebody who looked after this',
    'Lea Madeup',
  ]);
  for (let nth = 0; nth < 30; nth += 1)
    await audit(db, clock, { actor: 'system', action: 'roles.grant', subject: me.person.id });
  expect(await readDeeds(db, me, 3)).toMatchObject({ page: 3, pages: 4, total: 34 });
  expect((await readDeeds(db, me, 99))?.page).toBe(3);
});

test('what somebody made for others stays without their name, and whoever led is no longer named', async () => {
  const { deps, db, clock, vault, somebody } = await given();
  const lead = await somebody('U0LEAD', 'Lea Madeup', 'facilitator');
  const me = await somebody('U0ME', 'Mona Madeup');
  const now = clock.now().toISOString();
  const group = {
    id: 'g1',
    name: 'Group',
    age_group: null,
    starts_on: null,
    ends_on: null,
    channel_id: null,
    created_by: lead.person.id,
    created_at: now,
    archived_at: null,
  };
  await db.insertInto('cohorts').values(group).execute();
  await db
    .insertInto('cohort_members')
    .values({ cohort_id: 'g1', person_id: me.person.id, joined_at: now, left_at: null })
    .execute();
  await db
    .insertInto('channel_news')
    .values({ channel_id: 'C1', turned_on_by: lead.person.id, since: now })
    .execute();
  await audit(db, clock, {
    actor: lead.person.id,
    action: 'cohorts.add',
    subject: 'g1',
    detail: { personId: me.person.id },
  });
  const sealed = vault.sealFor({ person: lead.person.id }, 'badger', 'here');
  const outcome = await forgetPerson(deps, lead.person.id, 'themselves');
  // At once: an event about them that comes next must not bring them back.
  expect(await isForgotten(db, vault, 'U0LEAD')).toBe(true);
  expect(() => vault.openFor({ person: lead.person.id }, sealed, 'here')).toThrow(DecryptionError);
  expect(outcome).toMatchObject({ kind: 'forgotten' });
  expect(outcome.kind === 'forgotten' && outcome.remains.join()).toContain(
    'Groups you made, without your name',
  );
  expect(await db.selectFrom('cohorts').select('created_by').execute()).toEqual([{ created_by: 'gone' }]);
  expect(await db.selectFrom('channel_news').select('turned_on_by').execute()).toEqual([
    { turned_on_by: 'gone' },
  ]);
  expect(await db.selectFrom('cohort_members').selectAll().execute()).toHaveLength(1);
  expect((await readDeeds(db, me, 0))?.shown[0]?.by).toBe('Somebody who looked after this');
  // Twice is once, and an area that is none is none.
  expect(await forgetPerson(deps, lead.person.id, 'themselves')).toEqual({ kind: 'gone' });
  expect(await forgetArea(deps, me.person.id, 'groups')).toEqual({ kind: 'unknown' });
  expect(await forgetArea(deps, me.person.id, 'nonsense')).toEqual({ kind: 'unknown' });
  const [entry] = await db
    .selectFrom('audit_log')
    .selectAll()
    .where('action', '=', 'privacy.forget')
    .execute();
  expect(entry?.subject).toBe(vault.markOf('forgotten:U0LEAD'));
});

test('what waits to be told to others of somebody, or was refused by Slack, does not name them once they are deleted', async () => {
  const { deps, db, clock, somebody } = await given();
  const lead = await somebody('U0LEAD', 'Lea Madeup', 'facilitator');
  const me = await somebody('U0ME', 'Mona Madeup');
  for (const [key, text] of [
    ['waits', 'Please speak with <@U0ME> first.'],
    ['refused', 'Please speak with <@U0ME> first.'],
    ['of nobody', 'Two people wait.'],
  ] as const)
    await enqueue(db, clock, {
      kind: 'resources.unkind',
      idempotencyKey: key,
      to: { personId: lead.person.id },
      message: { text, blocks: [] },
      sendAfter: clock.now(),
    });
  await db.updateTable('outbox').set({ status: 'failed' }).where('idempotency_key', '=', 'refused').execute();
  await forgetPerson(deps, me.person.id, 'themselves');
  const rows = await db
    .selectFrom('outbox')
    .select(['idempotency_key as key', 'status', 'message'])
    .orderBy('id')
    .execute();
  expect(rows).toEqual([
    { key: 'waits', status: 'cancelled', message: '{}' },
    { key: 'refused', status: 'failed', message: '{}' },
    { key: 'of nobody', status: 'queued', message: JSON.stringify({ text: 'Two people wait.', blocks: [] }) },
  ]);
});
