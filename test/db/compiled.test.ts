import { expect, test } from 'vitest';
import { giveConsent } from '../../src/community/consents.ts';
import { meetPerson } from '../../src/community/people.ts';
import { compiledOnce } from '../../src/db/compiled.ts';
import { ManualClock } from '../../src/lib/clock.ts';
import { givenStore, postgresUrl } from '../support/store.ts';

const built: string[] = [];
const consentsOf = compiledOnce((db, slackId: string, kind: string) => {
  built.push(slackId);
  return db
    .selectFrom('consents')
    .innerJoin('people', 'people.id', 'consents.person_id')
    .select(['people.slack_id', 'consents.kind'])
    .where('consents.kind', '=', kind)
    .where('people.slack_id', '=', slackId)
    .where('consents.version', 'in', ['1', '2']);
});

test('a query is built once and answers with the values of each call, in a transaction as well', async () => {
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const { db } = await givenStore();
  for (const slackId of ['U1', 'U2'])
    for (const kind of ['listed', 'introduced'] as const) {
      const person = await meetPerson(db, clock, slackId);
      await giveConsent(db, clock, { personId: person.id, kind, version: '1' });
    }
  for (const slackId of ['U1', 'U2', 'U1'])
    for (const kind of ['listed', 'introduced']) {
      expect(await consentsOf(db, slackId, kind)).toEqual([{ slack_id: slackId, kind }]);
      expect(await db.transaction().execute((trx) => consentsOf(trx, slackId, kind))).toHaveLength(1);
    }
  expect(await consentsOf(db, 'U3', 'listed')).toEqual([]);
  expect(built).toHaveLength(1);
  // Another database is another engine's, perhaps.
  const { db: other } = await givenStore();
  expect(await consentsOf(other, 'U1', 'listed')).toEqual([]);
  expect(built).toHaveLength(2);
});

test('beside a transaction nothing is read that may be taken back; inside, its own rows are', async () => {
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const { db } = await givenStore();
  const { id: personId } = await meetPerson(db, clock, 'U1');
  const given = async (ending: 'kept' | 'taken back') => {
    const inside = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    const writing = db
      .transaction()
      .execute(async (trx) => {
        await giveConsent(trx, clock, { personId, kind: 'listed', version: '1' });
        expect(await consentsOf(trx, 'U1', 'listed')).toHaveLength(1);
        inside.resolve();
        await end.promise;
        if (ending === 'taken back') throw new Error(ending);
      })
      .catch(() => {});
    await inside.promise;
    const beside = consentsOf(db, 'U1', 'listed');
    end.resolve();
    await writing;
    return beside;
  };
  expect(await given('taken back')).toEqual([]);
  // A server answers meanwhile with what was committed before; in a file one waits for the end.
  expect(await given('kept')).toHaveLength(postgresUrl === undefined ? 1 : 0);
});

test('what is written and read beside a transaction waits for its end, and is not taken back with it', async () => {
  const clock = new ManualClock('2026-03-03T10:00:00Z');
  const { db } = await givenStore();
  const all = () => db.selectFrom('people').select('slack_id').orderBy('slack_id').execute();
  const end = Promise.withResolvers<void>();
  const inside = Promise.withResolvers<void>();
  const writing = db.transaction().execute(async (trx) => {
    await meetPerson(trx, clock, 'U1');
    expect(await trx.selectFrom('people').select('slack_id').execute()).toHaveLength(1);
    inside.resolve();
    await end.promise;
    throw new Error('taken back');
  });
  await inside.promise;
  const beside = [meetPerson(db, clock, 'U2'), all()] as const;
  end.resolve();
  await expect(writing).rejects.toThrow('taken back');
  expect((await beside[0]).slackId).toBe('U2');
  expect(await beside[1]).not.toContainEqual({ slack_id: 'U1' });
  expect(await all()).toEqual([{ slack_id: 'U2' }]);
});
