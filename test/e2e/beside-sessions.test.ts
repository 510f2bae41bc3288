import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { openStore } from '../../src/db/open.ts';
import { recordCancelled, updateSession } from '../../src/features/training/sessions/store.ts';
import { givenSession } from '../features/training/support.ts';
import { givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll, makeGroup } from '../support/stories.ts';

const isUntilItBegins = (beside: string) => beside.endsWith('until it begins');

/** Without what keeps a name from acting as markup. */
const shownTo =
  (person: PersonDriver) =>
  (...what: Parameters<PersonDriver['visibleText']>): string =>
    person.visibleText(...what).replaceAll('\u200b', '');

test('check-ins beside a session: until it begins and the day after; moved over the change of clocks, then cancelled', async () => {
  // An address alone is no way in: over a socket no calendar could ask.
  const community = await givenCommunity({ config: { publicUrl: 'https://chatr.example/' } });
  const [jo, robin] = [community.as('jo'), community.as('robin')];
  await community.forward(5);
  await agreeOnly(robin, community.as('sam'), community.as('toni'));
  await makeGroup(jo, 'Perinatal pilot', ['robin', 'sam', 'toni']);
  await robin.command('/chatr training');
  expect(robin.visibleText('modal')).not.toContain('My calendar');
  await closeAll(robin);
  const { db } = await openStore(community.config.databaseUrl, { mustExist: true });
  const { id: cohortId } = await db.selectFrom('cohorts').select('id').executeTakeFirstOrThrow();
  const title = 'Cases & <!channel> places';
  const session = await givenSession(db, 'jo', { cohortId, title });
  await givenSession(db, 'jo', {
    cohortId,
    title: 'Another day',
    startsAt: new Date('2026-04-14T13:00:00Z'),
  });

  const schedule = async (beside: string) => {
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Who is asked?': 'Perinatal pilot', 'Which questions?': 'Weekly pulse' });
    await jo.submit({
      'How often?': 'Once, by the group’s dates or sessions',
      'Counted from': `17 Mar: ${title}`,
      'How long before or after?': beside,
    });
    const check = shownTo(jo)('modal');
    await jo.click('Change how');
    expect(shownTo(jo)('modal').includes('How long does it stay open?')).toBe(!isUntilItBegins(beside));
    await jo.submit({ 'Who gets it?': 'Everybody in the group' });
    await jo.submit();
    await closeAll(jo);
    return check;
  };
  expect(await schedule('1 week before, until it begins')).toMatch(
    /Once, on Tuesday 10 March at 09:30: 1 week before “Cases & <!channel> places”, until that begins.*Open until:\* Tuesday 17 March, 14:00.*open until the session begins/s,
  );
  expect(await schedule('1 day after')).toContain(
    'Once, on Wednesday 18 March at 09:30: 1 day after “Cases & <!channel> places”',
  );

  await community.forward(7 * 24 * 60, 24 * 60);
  expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('Tuesday 17 March, 14:00');
  await updateSession(db, { ...session, startsAt: new Date('2026-03-31T15:00:00Z'), sequence: 1 });
  await community.beat();
  expect(robin.visibleText(robin.dmsWithBot().at(-1))).toContain('Tuesday 31 March, 16:00');
  await jo.command('/chatr checkin list');
  expect(shownTo(jo)(jo.ephemerals().at(-1))).toContain('Wednesday 1 April, 09:30');
  await closeAll(jo);

  await recordCancelled(db, session.id, community.clock.now());
  await community.forward(2, 1);
  const notes = () => jo.dmsWithBot().map((message) => shownTo(jo)(message));
  const told = notes().filter((note) => note.includes('“Cases & <!channel> places” is cancelled'));
  expect(told).toHaveLength(2);
  expect(
    told.filter((note) => note.includes('The check-in waits, and nobody is asked unless you say so')),
  ).toHaveLength(1);
  await community.forward(30 * 24 * 60, 10 * 24 * 60);
  expect(
    robin.dmsWithBot().filter((message) => robin.visibleText(message).includes('Weekly pulse')),
  ).toHaveLength(1);
  expect(notes().filter((note) => note.includes('is cancelled'))).toHaveLength(2);
  await jo.command('/chatr checkin list');
  expect(shownTo(jo)(jo.ephemerals().at(-1))).toContain(
    'waits for you, since “Cases & <!channel> places” is cancelled',
  );
  const { id: waiting } = await db
    .selectFrom('checkins')
    .select('id')
    .where('status', '=', 'paused')
    .executeTakeFirstOrThrow();
  await jo.choose({ blockId: `checkin-${waiting}` }, 'Edit');
  expect(shownTo(jo)('modal')).toContain('This session does not take place any more');
  await jo.submit({ 'Counted from': '14 Apr: Another day' });
  await jo.submit();
  expect(shownTo(jo)('modal')).toContain('It comes next on Wednesday 15 April, 09:30');
  expect(community.log).toEqual([]);
});
