import { beforeEach, describe, expect, test } from 'vitest';
import { giveConsent, withdrawConsent } from '../../src/community/consents.ts';
import { type MessageKind, messageKinds, ruleOf, type Weight } from '../../src/community/messages.ts';
import { type Person, recordSlackUser, type SlackUser } from '../../src/community/people.ts';
import type { Preferences } from '../../src/community/preferences.ts';
import { createReach, type Reaching, type Verdict } from '../../src/community/reach.ts';
import type { Store } from '../../src/db/open.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { newId } from '../../src/lib/random.ts';
import { changePreferences, enqueue, type NewDelivery } from '../../src/outbox/outbox.ts';
import { listAskedAfter } from '../../src/outbox/store.ts';
import { agreement, givenAgreed } from '../support/agreed.ts';
import { givenStore } from '../support/store.ts';

const clock = new ManualClock('2026-02-01T00:00:00Z');
const reach = createReach({ timeZone: 'Europe/London', agreement });
// A Tuesday morning.
const now = new Date('2026-03-03T10:00:00Z');

let store: Store;
beforeEach(async () => {
  store = await givenStore();
});

async function somebody(user: SlackUser = {}, preferences?: Partial<Preferences>): Promise<Person> {
  const id = `U${newId(clock)}`;
  const { person } = await recordSlackUser(
    store.db,
    clock,
    { team_id: 'T1', tz: 'Europe/London', ...user, id },
    'T1',
  );
  await givenAgreed({ db: store.db, clock }, person);
  if (preferences) await changePreferences(store.db, person.id, preferences, now);
  return person;
}

async function aCohort(members: { person: Person; left?: boolean }[], archived = false): Promise<string> {
  const id = newId(clock);
  const at = now.toISOString();
  await store.db
    .insertInto('cohorts')
    .values({ id, name: 'Cohort', created_by: 'x', created_at: at, archived_at: archived ? at : null })
    .execute();
  for (const { person, left } of members)
    await store.db
      .insertInto('cohort_members')
      .values({ cohort_id: id, person_id: person.id, joined_at: at, left_at: left ? at : null })
      .execute();
  return id;
}

/** One of each weight. */
const kinds = {
  prompt: 'checkins.prompt',
  reminder: 'checkins.reminder',
  later: 'checkins.later',
  note: 'roles.granted',
} as const satisfies Record<Weight, MessageKind>;
const weights = Object.keys(kinds) as Weight[];

const ask = (
  { id }: { id: string },
  { weight = 'prompt', ...reaching }: Partial<Reaching> & { weight?: Weight } = {},
  at: Date | string = now,
): Promise<Verdict> =>
  reach.mayReceive(
    store.db,
    id,
    {
      topic: undefined,
      since: now,
      kind: kinds[weight],
      askedAfter: (instant) => listAskedAfter(store.db, id, instant),
      ...reaching,
    },
    new Date(at),
  );

const go: Verdict = { kind: 'now' };
const hold = (until: string, reason: string) => ({ kind: 'hold', until: new Date(until), reason });
const drop = (reason: string) => ({ kind: 'drop', reason });

describe('who', () => {
  test('a member, a guest, and somebody Slack has not been asked about yet', async () => {
    expect(await ask(await somebody())).toEqual(go);
    expect(await ask(await somebody({ is_restricted: true }))).toEqual(go);
    const person = await somebody();
    await store.db.updateTable('people').set({ kind: 'unknown' }).where('id', '=', person.id).execute();
    expect(await ask(person)).toEqual(go);
  });

  test.each<[string, SlackUser, string]>([
    ['somebody deactivated', { deleted: true }, 'deactivated'],
    ['a bot', { is_bot: true }, 'not-of-this-workspace'],
    ['somebody from another workspace', { team_id: 'T2' }, 'not-of-this-workspace'],
  ])('not %s, not even a note', async (_, user, reason) => {
    expect(await ask(await somebody(user), { weight: 'note' })).toEqual(drop(reason));
  });

  test('not somebody whose data were deleted', async () => {
    expect(await ask({ id: 'gone' })).toEqual(drop('no-such-person'));
  });
});

describe('what they chose', () => {
  test('whoever paused gets notes only; the rest waits', async () => {
    const person = await somebody({}, { isPaused: true });
    expect(await ask(person, { weight: 'note' })).toEqual(go);
    for (const weight of ['prompt', 'reminder', 'later'] as const)
      expect(await ask(person, { weight })).toEqual(hold('2026-03-03T12:00:00Z', 'held:paused'));
  });

  test('whoever said no to the community agreement gets notes only', async () => {
    const person = await somebody();
    await giveConsent(store.db, clock, { personId: person.id, kind: 'declined', version: '1' });
    for (const weight of ['prompt', 'reminder', 'later'] as const)
      expect(await ask(person, { weight })).toEqual(drop('declined'));
    expect(await ask(person, { weight: 'note' })).toEqual(go);
  });

  test('whoever wants no reminders gets none, but prompts', async () => {
    const person = await somebody({}, { wantsReminders: false });
    expect(await ask(person, { weight: 'reminder' })).toEqual(drop('reminders-off'));
    expect(await ask(person)).toEqual(go);
  });

  test.each(weights)('a %s waits for the end of quiet time and of days away', async (weight) => {
    const person = await somebody({}, { awayUntil: '2026-03-05' });
    expect(await ask(person, { weight })).toEqual(hold('2026-03-06T09:00:00Z', 'held:quiet-time'));
    const early = await somebody({}, { quietUntil: '11:30' });
    expect(await ask(early, { weight })).toEqual(hold('2026-03-03T11:30:00Z', 'held:quiet-time'));
  });

  test('quiet hours are those of the person’s own zone, the programme’s where it is not known', async () => {
    const inNewYork = await somebody({ tz: 'America/New_York' });
    expect(await ask(inNewYork)).toEqual(hold('2026-03-03T14:00:00Z', 'held:quiet-time'));
    expect(await reach.nextAllowed(store.db, inNewYork.id, now)).toEqual(new Date('2026-03-03T14:00:00Z'));
    const somewhere = await somebody({ tz: null });
    expect(await ask(somewhere)).toEqual(go);
  });
});

describe('the agreement', () => {
  const asking = messageKinds.filter((kind) => ruleOf(kind).asks);
  const others = messageKinds.filter((kind) => !ruleOf(kind).asks);

  test('whoever has not answered it is asked nothing; the welcome, its reminder and notes still come', async () => {
    const { id } = await somebody();
    await withdrawConsent(store.db, clock, id, 'agreement');
    expect(await reach.mayBeAsked(store.db, id)).toBe(false);
    expect(asking.length).toBeGreaterThan(4);
    for (const kind of asking)
      expect([kind, await ask({ id }, { kind })]).toEqual([
        kind,
        hold('2026-03-03T12:00:00Z', 'held:not-agreed'),
      ]);
    for (const kind of others) expect([kind, await ask({ id }, { kind })]).toEqual([kind, go]);
  });

  test('whoever agreed to an earlier version is asked nothing until they agree to this one', async () => {
    const { id } = await somebody();
    await withdrawConsent(store.db, clock, id, 'agreement');
    await giveConsent(store.db, clock, { personId: id, kind: 'agreement', version: '0' });
    expect(await reach.mayBeAsked(store.db, id)).toBe(false);
    expect(await ask({ id })).toMatchObject({ reason: 'held:not-agreed' });
    await givenAgreed({ db: store.db, clock }, { id });
    expect(await reach.mayBeAsked(store.db, id)).toBe(true);
    expect(await ask({ id })).toEqual(go);
  });

  test('whoever said "No messages" gets only replies, and what they must know for what they run', async () => {
    const person = await somebody({}, { wantsMessages: false });
    expect(await reach.mayBeAsked(store.db, person.id)).toBe(false);
    for (const kind of messageKinds) {
      const { isReply, isDuty } = ruleOf(kind);
      expect([kind, await ask(person, { kind })]).toEqual([
        kind,
        isReply || isDuty ? go : drop('no-messages'),
      ]);
    }
  });

  test('a reply waits for the end of quiet hours as everything does', async () => {
    const person = await somebody({}, { wantsMessages: false, quietUntil: '11:30' });
    for (const kind of messageKinds.filter((one) => ruleOf(one).isReply))
      expect(await ask(person, { kind })).toEqual(hold('2026-03-03T11:30:00Z', 'held:quiet-time'));
  });

  test('a message of a kind that only another version knew is not sent', async () => {
    expect(await ask(await somebody(), { kind: 'horoscope.weekly' })).toEqual(drop('unknown-kind'));
  });
});

describe('cohorts', () => {
  test('what belongs to a cohort reaches its members, and not who left', async () => {
    const [stays, left, never] = [await somebody(), await somebody(), await somebody()];
    const topic = `cohort:${await aCohort([{ person: stays }, { person: left, left: true }])}`;
    for (const weight of ['prompt', 'reminder', 'note'] as const) {
      expect(await ask(stays, { topic, weight })).toEqual(go);
      expect(await ask(left, { topic, weight })).toEqual(drop('left-cohort'));
      expect(await ask(never, { topic, weight })).toEqual(drop('left-cohort'));
    }
  });

  test('whoever runs it gets notes about it without belonging to it, but none of its prompts', async () => {
    const facilitator = await somebody();
    const cohortId = await aCohort([]);
    await store.db
      .insertInto('roles')
      .values({
        id: newId(clock),
        person_id: facilitator.id,
        role: 'facilitator',
        cohort_id: cohortId,
        granted_by: 'settings',
        granted_at: now.toISOString(),
        revoked_at: null,
      })
      .execute();
    const topic = `cohort:${cohortId}`;
    expect(await ask(facilitator, { topic, weight: 'note' })).toEqual(go);
    expect(await ask(facilitator, { topic })).toEqual(drop('left-cohort'));
  });

  test('an archived cohort asks nobody anything any more', async () => {
    const person = await somebody();
    const topic = `cohort:${await aCohort([{ person }], true)}`;
    expect(await ask(person, { topic })).toEqual(drop('cohort-archived'));
    expect(await ask(person, { topic, weight: 'note' })).toEqual(go);
  });

  test('what somebody did in it reaches them when it is archived or they have left', async () => {
    const [stays, left] = [await somebody(), await somebody()];
    const topic = `once-in:${await aCohort([{ person: stays }, { person: left, left: true }], true)}`;
    for (const person of [stays, left]) expect(await ask(person, { topic })).toEqual(go);
    const silent = await somebody({}, { wantsMessages: false });
    expect(await ask(silent, { topic })).toEqual(drop('no-messages'));
  });
});

describe('the weekly cap', () => {
  async function wasSent(person: Person, at: string, kind: MessageKind = 'checkins.prompt'): Promise<void> {
    const id = await enqueue(store.db, clock, {
      idempotencyKey: newId(clock),
      kind,
      to: { personId: person.id },
      message: { text: 'x', blocks: [] },
      sendAfter: new Date(at),
    } as NewDelivery);
    const sentAt = new Date(at).toISOString();
    await store.db
      .updateTable('outbox')
      .set({ status: 'sent', sent_at: sentAt })
      .where('id', '=', id ?? '')
      .execute();
  }

  test('a fourth prompt within seven days waits until the first is a week old', async () => {
    const person = await somebody();
    for (const at of ['2026-02-25T11:00Z', '2026-02-27T10:00Z', '2026-03-02T10:00Z'])
      await wasSent(person, at);
    expect(await ask(person)).toEqual(hold('2026-03-04T11:00:00Z', 'held:weekly-cap'));
    expect(await ask(person, {}, '2026-03-04T10:59:59Z')).toMatchObject({ kind: 'hold' });
    expect(await ask(person, {}, '2026-03-04T11:00:00Z')).toEqual(go);
    for (const weight of ['note', 'reminder'] as const) expect(await ask(person, { weight })).toEqual(go);
    expect(await ask(await somebody())).toEqual(go);
  });

  test('notes and reminders do not count', async () => {
    const person = await somebody();
    for (const weight of ['note', 'note', 'reminder', 'reminder', 'prompt'] as const)
      await wasSent(person, '2026-03-02T10:00Z', kinds[weight]);
    expect(await ask(person)).toEqual(go);
  });

  test('the onboarding leaves one place for a check-in', async () => {
    const person = await somebody();
    for (const at of ['2026-02-26T10:00Z', '2026-03-02T10:00Z']) await wasSent(person, at, 'onboarding.step');
    expect(await ask(person, { kind: 'onboarding.step' })).toEqual(
      hold('2026-03-05T10:00:00Z', 'held:weekly-cap'),
    );
    expect(await ask(person, { kind: 'checkins.prompt' })).toEqual(go);
  });

  test('three check-ins leave no place for the onboarding', async () => {
    const person = await somebody();
    for (const at of ['2026-02-26T10:00Z', '2026-02-27T10:00Z', '2026-03-02T10:00Z'])
      await wasSent(person, at);
    expect(await ask(person, { kind: 'onboarding.step' })).toEqual(
      hold('2026-03-05T10:00:00Z', 'held:weekly-cap'),
    );
  });

  test('a place that becomes free in the evening is taken the next morning', async () => {
    const person = await somebody();
    for (const at of ['2026-02-24T17:59Z', '2026-02-27T10:00Z', '2026-03-02T10:00Z'])
      await wasSent(person, at);
    const later = { quietFrom: '17:00' };
    await changePreferences(store.db, person.id, later, now);
    expect(await ask(person)).toEqual(hold('2026-03-04T09:00:00Z', 'held:weekly-cap'));
  });
});

test('a changed preference lets what was waiting be looked at anew, and nothing else', async () => {
  const person = await somebody();
  const common = {
    kind: 'onboarding.step' as const,
    to: { personId: person.id },
    message: { text: 'x', blocks: [] },
  };
  const sendAfter = new Date('2026-03-20T09:00:00Z');
  for (const idempotencyKey of ['held', 'planned'])
    await enqueue(store.db, clock, { ...common, idempotencyKey, sendAfter });
  await store.db
    .updateTable('outbox')
    .set({ reason: 'held:quiet-time' })
    .where('idempotency_key', '=', 'held')
    .execute();
  await changePreferences(store.db, person.id, { awayUntil: undefined }, now);
  const rows = await store.db
    .selectFrom('outbox')
    .select(['idempotency_key', 'send_after'])
    .orderBy('idempotency_key')
    .execute();
  expect(rows).toEqual([
    { idempotency_key: 'held', send_after: now.toISOString() },
    { idempotency_key: 'planned', send_after: sendAfter.toISOString() },
  ]);
});

test('"No messages" takes back what waits from that moment on, but for replies and what somebody must know', async () => {
  const person = await somebody();
  for (const kind of messageKinds)
    await enqueue(store.db, clock, {
      idempotencyKey: kind,
      kind,
      to: { personId: person.id },
      message: { text: 'x', blocks: [] },
      sendAfter: now,
    } as NewDelivery);
  await changePreferences(store.db, person.id, { wantsMessages: false }, now);
  const rows = await store.db.selectFrom('outbox').select(['kind', 'status']).execute();
  for (const { kind, status } of rows) {
    const { isReply, isDuty, weekly } = ruleOf(kind);
    const waits = weekly === undefined ? 'queued' : 'gathering';
    expect([kind, status]).toEqual([kind, isReply || isDuty ? waits : 'cancelled']);
  }
});

test('what can wait leaves its place to the check-ins that are planned for the next seven days', async () => {
  const person = await somebody();
  const sent = (...at: string[]) => ({
    askedAfter: async () => at.map((one) => ({ at: new Date(one), kind: 'checkins.prompt' })),
  });
  const asked = (kind: string, planned: string[], already: string[], since = now) =>
    createReach({
      timeZone: 'Europe/London',
      agreement,
      ahead: async () => planned.map((at) => new Date(at)),
      closingAhead: async () => [],
    }).mayReceive(store.db, person.id, { topic: undefined, since, kind, ...sent(...already) }, now);
  const [wednesday, thursday, friday] = [
    '2026-03-04T10:00:00Z',
    '2026-03-05T10:00:00Z',
    '2026-03-06T10:00:00Z',
  ];
  for (const kind of ['onboarding.step', 'intentions.look-back', 'checkins.offer']) {
    expect(await asked(kind, [wednesday, thursday], [])).toEqual(go);
    expect(await asked(kind, [wednesday, thursday, friday], [])).toEqual(hold(friday, 'held:weekly-cap'));
    expect(await asked(kind, [wednesday, wednesday], ['2026-03-02T10:00:00Z'])).toEqual(
      hold(wednesday, 'held:weekly-cap'),
    );
    const longAgo = new Date('2026-02-20T10:00:00Z');
    expect(await asked(kind, [wednesday, thursday, friday], [], longAgo), 'not for ever').toEqual(go);
    // By then that is a week ago.
    expect(await asked(kind, [thursday, thursday], ['2026-02-25T10:00:00Z'])).toEqual(go);
  }
  expect(await asked('checkins.prompt', [wednesday, thursday, friday], [])).toEqual(go);
});

test.each([
  ['two weekly check-ins', ['10:00', '11:00'], '2026-12-15T09:00:00.000Z'],
  ['three, of which one is yet to begin', ['10:00', '11:00', '15:00'], '2026-12-24T10:00:00.000Z'],
])('what can wait comes within ten days, also before days off: behind %s', async (_what, times, comes) => {
  const person = await somebody();
  const mondays = ['2026-12-07', '2026-12-14', '2026-12-21', '2026-12-28', '2027-01-04'];
  const due = mondays.flatMap((date) =>
    times.map((time) => ({ date, at: new Date(`${date}T${time}:00Z`), time })),
  );
  const since = new Date('2026-12-14T10:00:00Z');
  const waits = createReach({
    timeZone: 'Europe/London',
    agreement,
    ahead: async (_db, _id, from, until) => due.map(({ at }) => at).filter((at) => at > from && at <= until),
  });
  let at = new Date('2026-12-14T11:01:00Z');
  for (let tries = 0; tries < 40; tries += 1) {
    const sent = due
      .filter(({ time }) => time !== '15:00')
      .map((one) => new Date(one.at.getTime() + 30_000))
      .filter((one) => one <= at)
      .toReversed();
    const verdict = await waits.mayReceive(
      store.db,
      person.id,
      {
        topic: undefined,
        since,
        kind: 'intentions.look-back',
        askedAfter: async (instant) =>
          sent.filter((one) => one > instant).map((one) => ({ at: one, kind: 'checkins.prompt' })),
      },
      at,
    );
    if (verdict.kind !== 'hold') break;
    at = verdict.until;
  }
  expect(at.toISOString()).toBe(comes);
});

describe('a day is full with two', () => {
  const morning = { at: new Date('2026-03-03T09:00:00Z'), kind: 'checkins.prompt' };
  const asked = async (
    kind: string,
    sent: { at: Date; kind: string }[],
    closing: string[] = [],
    { since = now, waiting = [] }: { since?: Date; waiting?: string[] } = {},
  ) => {
    const person = await somebody();
    return createReach({
      timeZone: 'Europe/London',
      agreement,
      ahead: async () => [],
      closingAhead: async (_db, _id, _from, until) =>
        closing.map((at) => new Date(at)).filter((at) => at <= until),
    }).mayReceive(
      store.db,
      person.id,
      {
        topic: undefined,
        since,
        kind,
        askedAfter: async (after) => sent.filter(({ at }) => at > after),
        waitingUntil: async () => waiting,
      },
      now,
    );
  };
  const tomorrow = hold('2026-03-04T09:00:00Z', 'held:full-day');
  const reminder = { ...morning, kind: 'checkins.reminder' };

  test('of prompts and reminders of any kind; the third waits for the next day', async () => {
    for (const kind of ['checkins.prompt', 'checkins.reminder', 'onboarding.step', 'onboarding.reminder']) {
      expect(await asked(kind, [morning, reminder]), kind).toEqual(tomorrow);
      expect(await asked(kind, [morning]), kind).toEqual(go);
    }
    const yesterday = { ...reminder, at: new Date('2026-03-02T17:00:00Z') };
    expect(await asked('checkins.prompt', [morning, yesterday])).toEqual(go);
  });

  test('what somebody put off, and what asks nothing, comes all the same', async () => {
    for (const kind of ['checkins.later', 'roles.granted', 'checkins.heard', 'onboarding.greet-reminder'])
      expect(await asked(kind, [morning, reminder]), kind).toEqual(go);
    const note = { ...morning, kind: 'onboarding.greet-reminder' };
    expect(await asked('checkins.prompt', [morning, note])).toEqual(go);
  });

  test('a step leaves its place to two check-ins or their reminders of that day, for ten days at most', async () => {
    const [soon, later, nextDay] = ['2026-03-03T10:30:00Z', '2026-03-03T11:00:00Z', '2026-03-04T10:00:00Z'];
    expect(await asked('onboarding.step', [], [soon, later])).toEqual(tomorrow);
    expect(await asked('onboarding.step', [morning], [soon])).toEqual(tomorrow);
    expect(await asked('onboarding.step', [], [soon, nextDay])).toEqual(go);
    expect(await asked('checkins.reminder', [], [soon, later])).toEqual(go);
    const longAgo = new Date('2026-02-20T10:00:00Z');
    expect(await asked('onboarding.step', [], [soon, later], { since: longAgo })).toEqual(go);
    const waiting = ['checkins.reminder', 'onboarding.step', 'roles.granted'];
    expect(await asked('onboarding.step', [], [soon], { waiting })).toEqual(tomorrow);
    expect(await asked('onboarding.step', [], [], { waiting })).toEqual(go);
  });
});
