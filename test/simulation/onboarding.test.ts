import { expect, test } from 'vitest';
import { createReach } from '../../src/community/reach.ts';
import { announceArrivals } from '../../src/features/onboarding/lead/announce.ts';
import { advanceJourneys } from '../../src/features/onboarding/steps/advance.ts';
import { addDays } from '../../src/features/onboarding/steps/journey.ts';
import { setPace } from '../../src/features/onboarding/steps/pace.ts';
import { closeByHand } from '../../src/features/onboarding/steps/steps.ts';
import { findJourney } from '../../src/features/onboarding/store.ts';
import { agree } from '../../src/features/onboarding/welcome/agreement.ts';
import { meet } from '../../src/features/onboarding/welcome/welcome.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { OutboxClient } from '../../src/outbox/client.ts';
import { createSender } from '../../src/outbox/sender.ts';
import { addWorkingDays, isWorkingDay, localDate, localTime } from '../../src/scheduler/calendar.ts';
import { givenOnboarding } from '../features/onboarding/support.ts';
import { agreement } from '../support/agreed.ts';

const people = 400;
const weeks = 12;
const tickMinutes = 180;
/** Twice the bot is down: over a weekend, and over the change of the clocks on 29 March 2026. */
const outages = [
  ['2026-03-06T15:00:00Z', '2026-03-09T15:00:00Z'],
  ['2026-03-27T08:00:00Z', '2026-03-30T08:00:00Z'],
] as const;
const zones = [
  'Europe/London',
  'Europe/London',
  'Europe/London',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Auckland',
];

/** A small repeatable source of chance (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Of every hundred calls that post, one gets no answer before, and one after the message was there. */
function slackThatLosesAnswers(chance: () => number, clock: Clock) {
  type Posted = { channel: string; ts: string; deliveryId: string; at: Date };
  const posted: Posted[] = [];
  const history = new Map<string, { ts: string; metadata: unknown }[]>();
  let lost = 0;
  let calls = 0;
  const client = {
    conversations: {
      open: async ({ users }: { users: string }) => ({ ok: true, channel: { id: `D${users}` } }),
      history: async ({ channel }: { channel: string }) => ({
        ok: true,
        messages: history.get(channel)?.slice(-20) ?? [],
      }),
    },
    chat: {
      async postMessage(message: { channel: string; metadata: { event_payload: { delivery_id: string } } }) {
        const { channel, metadata } = message;
        const luck = chance();
        if (luck < 0.02) lost += 1;
        if (luck < 0.01) throw new Error('no answer');
        calls += 1;
        const ts = String(calls);
        history.set(channel, [...(history.get(channel) ?? []), { ts, metadata }]);
        posted.push({ channel, ts, deliveryId: metadata.event_payload.delivery_id, at: clock.now() });
        if (luck < 0.02) throw new Error('no answer');
        return { ok: true, ts };
      },
    },
  } as unknown as OutboxClient;
  return { client, posted, lost: () => lost };
}

type Sent = { personId: string; key: string; kind: string; at: Date; zone: string };

test('400 people join over 12 weeks, with outages: each step once, in order, at a civil hour, three days apart', async () => {
  const world = await givenOnboarding('2026-02-23T00:00:00Z');
  const { deps, db, clock } = world;
  const reach = createReach({ timeZone: 'Europe/London', agreement });
  const chance = seeded(20260223);
  const lead = await world.facilitator('U0LEAD');
  const sent: Sent[] = [];
  const zoneOf = new Map<string, string>();
  const movedZone = new Set<string>();
  /** How likely somebody is to answer a step. */
  const keen = new Map<string, number>();
  const isDown = () =>
    outages.some(([from, to]) => clock.now() >= new Date(from) && clock.now() < new Date(to));

  const slack = slackThatLosesAnswers(chance, clock);
  const sender = createSender({ db, clock, log: deps.log, client: slack.client, reach });

  /** The outbox's rounds of these hours; then people answer what reached them, whether or not Slack's answer reached us. */
  async function send(): Promise<void> {
    for (let round = await sender.sendDue(clock.now()); round.sent > 0; )
      round = await sender.sendDue(clock.now());
    for (const { deliveryId, at } of slack.posted.splice(0)) {
      const row = await db
        .selectFrom('outbox')
        .select(['person_id', 'idempotency_key', 'kind'])
        .where('id', '=', deliveryId)
        .executeTakeFirstOrThrow();
      const personId = row.person_id ?? '';
      const zone = zoneOf.get(personId) ?? 'Europe/London';
      sent.push({ personId, key: row.idempotency_key, kind: row.kind, at, zone });
      const stepId = row.idempotency_key.split(':')[2] ?? '';
      if (row.kind === 'onboarding.step' && chance() < (keen.get(personId) ?? 0))
        await closeByHand(deps, await world.actor(personId), {
          stepId,
          as: chance() < 0.8 ? 'done' : 'skipped',
        });
    }
  }

  const ticksForJoining = (weeks * 7 * 24 * 60) / tickMinutes;
  const ticks = ticksForJoining + (11 * 7 * 24 * 60) / tickMinutes;
  let joined = 0;
  for (let tick = 0; tick < ticks; tick += 1) {
    while (joined < people && joined <= (tick / ticksForJoining) * people) {
      const zone = zones[joined % zones.length] ?? 'Europe/London';
      const id = await world.person(`U${joined}J`, { zone });
      zoneOf.set(id, zone);
      // A quarter never answer; the others mostly do.
      keen.set(id, joined % 4 === 0 ? 0 : 0.9);
      await meet(deps, id, 'joined');
      if (joined % 10 === 3) await setPace(deps, await world.actor(id), 'today');
      if (joined % 10 === 5) await setPace(deps, await world.actor(id), 'next-week');
      if (joined % 10 === 7) await setPace(deps, await world.actor(id), 'none');
      await agree(deps, await world.actor(id));
      joined += 1;
    }
    if (tick === Math.floor(ticksForJoining / 2))
      for (const [id] of [...zoneOf].filter((_, index) => index % 20 === 1)) {
        zoneOf.set(id, 'America/Los_Angeles');
        movedZone.add(id);
        await db
          .updateTable('people')
          .set({ time_zone: 'America/Los_Angeles' })
          .where('id', '=', id)
          .execute();
      }
    if (!isDown()) {
      await advanceJourneys(deps, clock.now());
      await announceArrivals(deps, clock.now());
      await send();
    }
    clock.forward(tickMinutes);
  }

  expect(joined).toBe(people);
  // Exactly once: nothing twice, although answers got lost; nothing left over, and nothing failed.
  expect(slack.lost()).toBeGreaterThan(20);
  const rows = await db.selectFrom('outbox').select(['idempotency_key', 'status']).execute();
  expect(new Set(rows.map((row) => row.status))).toEqual(new Set(['sent', 'cancelled']));
  const marked = rows.filter((row) => row.status === 'sent').map((row) => row.idempotency_key);
  expect(sent.map((one) => one.key).toSorted()).toEqual(marked.toSorted());
  expect(new Set(sent.map((one) => one.key)).size).toBe(sent.length);
  for (const one of sent) {
    const day = localDate(one.at, one.zone);
    const time = localTime(one.at, one.zone);
    expect(isWorkingDay(day), `${one.key} on ${day}`).toBe(true);
    expect(time >= '09:00' && time < '18:00', `${one.key} at ${time} in ${one.zone}`).toBe(true);
  }

  const order = deps.journey.steps.map((step) => step.id);
  let finished = 0;
  for (const [index, personId] of [...zoneOf.keys()].entries()) {
    const mine = sent.filter((one) => one.personId === personId);
    const steps = mine
      .filter((one) => one.kind === 'onboarding.step')
      .map((one) => one.key.split(':')[2] ?? '');
    const journey = await findJourney(db, personId);
    expect(steps).toEqual(order.slice(0, steps.length));
    if (index % 10 === 7) {
      expect(steps).toEqual([]);
      continue;
    }
    const paced = mine.filter((one) =>
      ['onboarding.step', 'onboarding.reminder', 'onboarding.rest'].includes(one.kind),
    );
    if (!movedZone.has(personId))
      for (const [at, one] of paced.entries()) {
        const before = paced[at - 1];
        if (before)
          expect(
            localDate(one.at, one.zone) >=
              (index % 10 === 3
                ? addWorkingDays(localDate(before.at, before.zone), 1)
                : addDays(localDate(before.at, before.zone), 3)),
            one.key,
          ).toBe(true);
      }
    if (index % 4 === 0) {
      // Two weeks of silence, one kind last line, and no more.
      const days = paced.map((one) => localDate(one.at, one.zone));
      expect(steps.length).toBeGreaterThan(2);
      expect(steps.length).toBeLessThan(6);
      expect(addDays(days[0] ?? '', 14) <= (days.at(-1) ?? '')).toBe(true);
      expect(paced.filter((one) => one.kind === 'onboarding.rest')).toHaveLength(1);
      expect(journey?.restReason).toBe('silence');
    } else if (journey?.status === 'finished') {
      finished += 1;
      expect(steps).toHaveLength(order.length);
    }
  }
  // The others have come to the end, but for the few who fell silent on the way or joined last.
  expect(finished).toBeGreaterThan(200);

  // Facilitators heard of hundreds of newcomers in few notes.
  const notes = sent.filter((one) => one.personId === lead && one.kind === 'onboarding.greet');
  expect(notes.length).toBeGreaterThan(20);
  expect(notes.length).toBeLessThanOrEqual(weeks * 5 * 3);
}, 120_000);
