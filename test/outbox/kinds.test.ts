import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findRule, messageKinds, promptsPerWeek, ruleOf } from '../../src/community/messages.ts';
import { meetPerson } from '../../src/community/people.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { enqueue, type NewDelivery } from '../../src/outbox/outbox.ts';
import { givenStore } from '../support/store.ts';

const clock = new ManualClock('2026-03-03T10:00:00Z');

async function said(delivery: Pick<NewDelivery, 'kind' | 'expiresAt'>) {
  const { db } = await givenStore();
  const { id: personId } = await meetPerson(db, clock, 'U1');
  await enqueue(db, clock, {
    idempotencyKey: 'once',
    to: { personId },
    message: { text: 'Hello', blocks: [] },
    sendAfter: clock.now(),
    ...delivery,
  } as NewDelivery);
  return db.selectFrom('outbox').select(['weight', 'expires_at']).executeTakeFirstOrThrow();
}

test.each(['checkins.surprise', 'constructor', ''])(
  'nobody can be sent a message of a kind that is not in the table: %j',
  async (kind) => {
    await expect(said({ kind: kind as 'roles.granted' })).rejects.toThrow(RangeError);
  },
);

test('what a message weighs and when it ends comes from its kind', async () => {
  const ending = new Date('2026-03-06T10:00:00Z');
  expect(await said({ kind: 'checkins.prompt', expiresAt: ending })).toEqual({
    weight: 'prompt',
    expires_at: ending.toISOString(),
  });
  expect(await said({ kind: 'onboarding.step' })).toEqual({ weight: 'prompt', expires_at: null });
  expect(await said({ kind: 'onboarding.greet' })).toEqual({
    weight: 'note',
    expires_at: '2026-03-10T10:00:00.000Z',
  });
});

test('whatever the code enqueues is in the table, and nothing else is', () => {
  const files = globSync('src/{features,community,outbox}/**/*.ts').filter(
    (file) => !file.endsWith('community/messages.ts'),
  );
  const sources = files.map((file) => readFileSync(file, 'utf8'));
  expect(messageKinds.filter((kind) => !sources.some((source) => source.includes(`'${kind}'`)))).toEqual([]);
  const enqueuing = sources.filter((source) => /\benqueue\(|\btellFacilitators\(/.test(source));
  expect(enqueuing.length).toBeGreaterThan(10);
  const named = enqueuing.flatMap((source) =>
    [...source.matchAll(/\bkind: (?:\w+ \? )?'(\w+\.[\w-]+)'/g)].map(([, kind = '']) => kind),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((kind) => findRule(kind) === undefined)).toEqual([]);
});

test('whatever asks counts, reminds of what did, or was put off; and a check-in can take every place', () => {
  for (const kind of messageKinds) {
    const { weight, asks, isReply, placesPerWeek } = ruleOf(kind);
    expect({ kind, counts: placesPerWeek !== undefined }).toEqual({ kind, counts: weight === 'prompt' });
    if (weight === 'prompt' || weight === 'later') expect({ kind, asks }).toEqual({ kind, asks: true });
    expect({ kind, isBoth: asks && isReply }).toEqual({ kind, isBoth: false });
    expect(placesPerWeek ?? 0).toBeLessThanOrEqual(promptsPerWeek);
  }
  expect(ruleOf('checkins.prompt').placesPerWeek).toBe(promptsPerWeek);
});
