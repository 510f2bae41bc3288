import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { itemId } from '../../src/features/pilots/preparing/checklist.ts';
import { givenCommunity } from '../support/community.ts';
import { aDay } from '../support/journeys.ts';
import { shippedContent } from '../support/shipped.ts';
import { agreeOnly, closeAll, databaseBytes, messagesSaying } from '../support/stories.ts';

/** Counts what somebody does: a command, a click, a choice, something typed, a form that is sent. */
function counting(person: PersonDriver) {
  let acts = 0;
  const counted =
    <Args extends unknown[], R>(work: (...args: Args) => R) =>
    (...args: Args): R => {
      acts += 1;
      return work(...args);
    };
  return {
    acts: () => acts,
    command: counted((text: string) => person.command(text)),
    click: counted((text: string) => person.click(text)),
    give: counted((wanted: string, answer: string | string[]) =>
      person.choose(wanted, answer, { quiet: true }),
    ),
    send: counted(() => person.submit()),
  };
}

/** In the order in which they come. */
const openPart = (person: PersonDriver, nth: number) => person.click('Open', { in: 'modal', nth });

test('a whole pilot in at most twelve acts, moved with what hangs on it, moved back, and removed', async () => {
  const { as } = await givenCommunity();
  const [jo, robin, sam] = [as('jo'), as('robin'), as('sam')];
  await agreeOnly(jo, robin, sam);
  const before = [robin, sam].map((person) => person.dmsWithBot().length);

  const acts = counting(jo);
  await acts.command('/chatr pilot new');
  await acts.give('Which pilot?', 'Perinatal pilot');
  await acts.give('First day', '2026-03-23');
  await acts.give('Name of the new group', 'Perinatal, spring');
  await acts.send();
  expect(jo.visibleText()).toContain(
    'Perinatal: session 1 of 3:* Tuesday 7 April, 10:00, until 11:30 _(not Monday 6 April: a bank holiday)_',
  );
  await acts.send();
  expect(jo.visibleText()).toContain('All of it is scheduled');
  expect(jo.visibleText()).toContain('Nobody is told of the sessions by itself: tell your group');
  await acts.click('Open the group');
  await acts.click('Add people');
  await acts.give('People', [robin.id, sam.id]);
  await acts.send();
  expect(jo.visibleText()).toContain('2 members');
  expect(acts.acts()).toBeLessThanOrEqual(12);
  expect([robin, sam].map((person) => person.dmsWithBot().length)).toEqual(before);

  await closeAll(jo);
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('Pilots I run');
  await jo.command('/chatr pilot');
  await jo.click('Open');
  await openPart(jo, 5);
  await jo.click('Session pack');
  expect(jo.visibleText()).toContain('Arrive and settle');
  await closeAll(jo);
  await jo.command('/chatr pilot');
  await jo.click('Open');
  await openPart(jo, 5);
  // It stays between its neighbours, unless they come along.
  await jo.submit({ Day: '2026-03-02' });
  expect(jo.visibleText()).toContain('That day is over');
  await jo.submit({ Day: '2026-04-27', At: '14:00' });
  const preview = jo.visibleText();
  expect(preview).toContain('Perinatal: session 2 of 3: Monday 20 April, 10:00 → *Monday 27 April, 14:00*');
  expect(preview).toMatch(/moving with it:\n•\s+After a session \(2 of 3\): .* → \*Monday 27 April, 16:30\*/);
  expect(preview).toContain('*These seven would move too:*');
  await jo.click('Back, move nothing');
  await openPart(jo, 5);
  await jo.submit({ Day: '2026-04-27' });
  await jo.submit();
  expect(jo.visibleText()).toContain('Perinatal: session 2 of 3 is moved*, and 8 more with it.');
  await jo.click('Later dates');
  expect(jo.visibleText()).toContain('Monday 27 July');
  await jo.click('Earlier dates');

  await openPart(jo, 0);
  await jo.submit({ Day: '2026-09-01' });
  expect(jo.visibleText()).toContain('Not alone: That is not before “Perinatal: session 1 of 3”');
  await jo.submit();
  expect(jo.visibleText()).toContain('First day is moved');
  await jo.click('Undo');
  expect(jo.visibleText()).toContain('Moved back');
  expect(jo.visibleText()).toContain('Monday 23 March');

  await jo.click('Remove this pilot');
  expect(jo.visibleText()).toContain('The group Perinatal, spring stays');
  expect(jo.visibleText()).toContain('No pilots yet');
});

test('a member of a conference pilot ticks a checklist that is theirs alone, and that clears itself', async () => {
  const community = await givenCommunity();
  const { as } = community;
  const [jo, robin, sam] = [as('jo'), as('robin'), as('sam')];
  await agreeOnly(jo, robin, sam);
  await jo.command('/chatr pilot new');
  await jo.submit({
    'Which pilot?': 'Child protection conferences pilot',
    'First day': '2026-06-01',
    'Name of the new group': 'Conferences',
  });
  await jo.submit();
  await jo.click('Open the group');
  await jo.click('Add people');
  await jo.submit({ People: [robin.id] });
  await closeAll(jo);

  await robin.openHome();
  // What they start themselves begins after the session that teaches it.
  expect(robin.visibleText('home')).not.toContain('Trauma-informed conference: for professionals');
  await robin.click('Prepare');
  expect(robin.visibleText()).toContain('Only you see this. It keeps ticks and nothing else');
  await robin.click('Tick', { nth: 1 });
  expect(robin.visibleText()).toContain('✓ Done: Do they know who will be there and why?');
  await closeAll(robin);
  // In the hub of training as well, for members alone.
  await robin.command('/chatr training');
  await robin.click('Prepare');
  expect(robin.visibleText()).toContain('✓ Done: Do they know');
  await robin.click('Clear, and begin again');
  expect(robin.visibleText()).not.toContain('✓');
  await robin.click('Tick', { nth: 0 });
  const [first = ''] = shippedContent().training.interventions[0]?.preparation_checklist ?? [];
  expect(databaseBytes(community)).not.toContain(itemId(first));
  await closeAll(robin);
  await sam.command('/chatr training');
  expect(sam.visibleText()).not.toContain('Prepare');
  await closeAll(sam);
  await jo.command('/chatr prepare');
  expect(jo.visibleText()).not.toContain('✓');
  await closeAll(jo);

  await community.forward(27 * aDay, aDay);
  await robin.command('/chatr prepare');
  expect(robin.visibleText()).toContain('✓');
  await closeAll(robin);
  await community.forward(3 * aDay, aDay);
  await robin.command('/chatr prepare');
  expect(robin.visibleText()).not.toContain('✓');
  await closeAll(robin);

  // The day of its report: said once to whoever runs it.
  community.clock.moveTo('2026-08-24T09:00:00Z');
  await community.forward(aDay, 6 * 60);
  const [note, ...more] = messagesSaying(jo, 'A report can be made');
  expect(more).toEqual([]);
  if (!note) throw new Error(jo.describe());
  await jo.click('Open the pilot', { in: note });
  expect(jo.visibleText(note)).toContain('The report of Conferences can be made');
  expect(jo.visibleText('modal')).toMatch(/Conferences.*Monday 24 August/s);
  expect(messagesSaying(robin, 'A report can be made')).toEqual([]);
});
