import type { PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { agreeOnly, closeAll, makeGroup, messagesSaying, scheduleCheckIn } from '../support/stories.ts';

const group = 'Perinatal pilot';
const prompt = 'Your check-in is ready';
const offer = 'Would you like to be asked?';
const days = (count: number): number => count * 24 * 60;

/** Two people in a group; it is Tuesday 3 March, about 15:00. */
async function givenGroup(): Promise<
  Community & { jo: PersonDriver; robin: PersonDriver; sam: PersonDriver }
> {
  const community = await givenCommunity();
  await community.forward(5 * 60, 60);
  const [jo, robin, sam] = [community.as('jo'), community.as('robin'), community.as('sam')];
  await agreeOnly(robin, sam);
  await makeGroup(jo, group, ['robin', 'sam']);
  return { ...community, jo, robin, sam };
}

/** What the menu beside a question does. @param place from 1. */
const question = (jo: PersonDriver, place: number, deed: string) =>
  jo.choose({ actionId: 'checkins.question' }, deed, { nth: place - 1 });

describe('a facilitator makes a check-in', () => {
  test('with questions of their own, from nothing: a scale, a choice, reworded, moved, left out; members answer it as it stands', async () => {
    const given = await givenGroup();
    const { jo, robin } = given;
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Which questions?': 'My own questions' });
    await jo.submit({ Name: 'After the visit', 'What is it for?': 'To learn from each visit.' });
    await jo.submit();
    expect(jo.visibleText('modal'), 'none yet').toContain(
      'Please leave at least one question in, or add one.',
    );

    await jo.click('Add a question');
    await jo.submit({ 'What kind of answer?': 'A scale' });
    const ends = 'What its highest number means';
    await jo.submit({
      'The question': 'How was it?',
      'What its lowest number means': 'Hard',
      [ends]: 'Hard',
    });
    expect(JSON.stringify(jo.modal()?.errors)).toContain('Both ends read the same');
    await jo.submit({ [ends]: 'Light' });
    await jo.click('Add a question');
    await jo.submit({
      'What kind of answer?': 'One of several',
      'What does it measure?': 'Kirkpatrick: 2 learning',
    });
    await jo.submit({ 'The question': 'With whom?', 'What they can choose': 'Alone\nA colleague' });
    await jo.click('Add a question');
    await jo.submit({ 'What kind of answer?': 'Yes or no' });
    await jo.submit({ 'The question': 'Out again?' });
    await question(jo, 3, 'Leave out');
    await question(jo, 2, 'Move up');
    await question(jo, 2, 'Edit');
    await jo.submit({ 'The question': 'How was the visit?' });
    expect(jo.visibleText('modal')).toMatch(
      /1\.\* With whom\?.*2\.\* How was the visit\?.*Left out.*Out again\?/s,
    );
    await jo.submit();

    await jo.fill({ 'How often?': 'Every two weeks' });
    await jo.fill({ 'First date': '2026-03-10', Time: '10:00', 'Until when?': '6 times' });
    expect(jo.visibleText('modal'), 'it follows what is chosen').toMatch(
      /Every second Tuesday at 10:00 from 10 March, six times.*Tuesday 10 March; Tuesday 24 March/s,
    );
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('no answers can be shown to you');
    await jo.click('Send me a preview');
    await closeAll(jo);
    await jo.click('Go on scheduling');
    await jo.submit();
    await closeAll(jo);

    await given.forward(days(7), 180);
    await robin.click('Answer');
    expect(robin.visibleText('modal')).toMatch(/With whom\?.*How was the visit\?/s);
    expect(robin.visibleText('modal')).not.toContain('Out again?');
    expect(robin.visibleText('modal'), 'what it measures is for the evaluation').not.toContain('Kirkpatrick');
    await robin.submit({ 'With whom?': 'Alone', 'How was the visit?': '5 (Light)' });
    await closeAll(robin);
    expect(given.log).toEqual([]);
  });

  test('in pieces: what was typed is there again after a window was closed, and what identifies somebody is asked about', async () => {
    const given = await givenGroup();
    const { jo } = given;
    const inForm = () => JSON.stringify(jo.modal()?.state);
    const begin = () => jo.command('/chatr checkin new');
    const goOn = async () => {
      await jo.closeModal({ all: true });
      await begin();
      await jo.click('Go on with it');
    };
    await begin();
    await jo.submit({ 'Which questions?': 'My own questions' });
    await jo.fill({ Name: 'After the visit', 'What is it for?': 'Ring 07700 900123.' });
    await goOn();
    expect(jo.visibleText('modal')).toContain('As you left it, and not saved yet.');
    expect(inForm()).toMatch(/After the visit.*07700/s);
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('Please look once more');
    await jo.submit();
    await jo.click('Add a question');
    await jo.fill({ 'What kind of answer?': 'A scale', 'What does it measure?': 'Kirkpatrick: 2 learning' });
    await goOn();
    await jo.click('Go on with the one you began');
    await jo.submit();
    await jo.fill({
      'The question': 'How was NHS number 943 476 5919?',
      'What its lowest number means': 'Hard',
    });
    await goOn();
    await jo.click('Go on with the one you began');
    expect(inForm()).toMatch(/943 476 5919.*Hard/s);
    await jo.click('Another kind');
    await jo.submit({ 'What kind of answer?': 'Yes or no' });
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('Please look once more');
    await jo.click('Keep it as it is');
    await jo.submit({ 'The question': 'Was it ref 943 476 5919?' });
    expect(jo.visibleText('modal')).toMatch(/1\.\* Was it ref 943 476 5919\?.*Yes or no/s);
    await question(jo, 1, 'Edit');
    await jo.fill({ 'The question': 'Was it' });
    await jo.click('Back');
    expect(jo.visibleText('modal')).toContain('You began to change it, and have not kept that yet.');
    await question(jo, 1, 'Edit');
    expect(inForm()).toContain('"Was it"');
    await jo.submit({ 'The question': 'Was it a good visit?' });
    await jo.submit();
    await jo.fill({ 'First date': '2026-03-19' });
    await goOn();
    expect(jo.visibleText('modal'), 'masked').toMatch(/Ring \[phone number removed\].*Change words/s);
    expect(jo.visibleText('modal')).toContain('Thursday 19 March');
    await jo.submit();
    await closeAll(jo);

    const edit = async () => {
      await jo.command('/chatr checkin list');
      await jo.choose({ actionId: 'checkins.manage' }, 'Edit');
    };
    await edit();
    await closeAll(jo);
    await edit();
    expect(jo.visibleText('modal'), 'only looked at').not.toContain('You began to change it before');
    await jo.click('Change words');
    await jo.fill({ Name: 'After each visit' });
    await closeAll(jo);
    await edit();
    await jo.click('Go on with it');
    await jo.submit();
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('After each visit');
    await closeAll(jo);
    await edit();
    expect(jo.visibleText('modal'), 'saved').not.toContain('You began to change it before');
    expect(given.log).toEqual([]);
  });

  test('that asks first: one message, yes brings the next, no answer brings none', async () => {
    const given = await givenGroup();
    const { jo, robin, sam } = given;
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Which questions?': 'Weekly pulse' });
    expect(jo.visibleText('modal'), 'a weekly one is weekly at first').toContain(
      'Every Wednesday at 09:30 from 4 March',
    );
    await jo.submit({ 'First date': '2026-03-05', Time: '11:00' });
    expect(jo.visibleText('modal')).toContain('each person is asked once whether they want it');
    await jo.submit();
    await closeAll(jo);
    await given.forward(days(1), 60);
    expect(messagesSaying(sam, offer)).toHaveLength(1);
    await robin.click('Yes, ask me');
    await given.forward(days(8), 180);
    expect(messagesSaying(robin, prompt).length).toBeGreaterThan(0);
    expect(messagesSaying(sam, prompt), 'silence is no').toEqual([]);
    expect(messagesSaying(sam, offer), 'once').toHaveLength(1);
    await sam.command('/chatr checkins');
    await sam.click('Ask me');
    expect(messagesSaying(sam, offer), 'what asked says what was said').toEqual([]);
    expect(messagesSaying(sam, 'You will be asked').filter(({ ephemeral }) => !ephemeral)).toHaveLength(1);
    await given.forward(days(1), 60);
    expect(messagesSaying(sam, prompt), 'what is open comes at once').toHaveLength(1);
    expect(given.log).toEqual([]);
  });

  test('that members start themselves, from Home, whenever there is something to say', async () => {
    const given = await givenGroup();
    const { jo, robin, sam } = given;
    await jo.command('/chatr checkin new');
    await jo.submit({ 'Which questions?': 'Trauma-informed conference: for professionals' });
    await jo.submit();
    expect(jo.visibleText('modal')).toContain('Whenever a member says so');
    await jo.submit();
    await closeAll(jo);
    await given.forward(days(2), 180);
    for (const person of [robin, sam]) expect(messagesSaying(person, prompt)).toEqual([]);
    await robin.openHome({ quiet: true });
    for (let time = 0; time < 2; time += 1) {
      await robin.click('Start', { in: 'home' });
      if (time > 0) expect(robin.visibleText('modal')).toContain('this one counts with those of April');
      await robin.submit({
        'Did you share your report and talk with the family before the meeting?': 'Both',
      });
      await robin.submit();
      await closeAll(robin);
    }
    await sam.openHome({ quiet: true });
    const begin = async () => {
      await sam.click('My check-ins', { in: 'home' });
      await sam.click('Start');
    };
    await begin();
    await sam.fill({ 'Did you share your report and talk with the family before the meeting?': 'Both' });
    await sam.closeModal({ all: true });
    await begin();
    expect(sam.visibleText('modal'), 'from one window to the next nothing is lost either').toContain(
      'as you left it',
    );
    await closeAll(sam);
    await jo.command('/chatr checkin list');
    await jo.choose({ actionId: 'checkins.manage' }, 'Edit');
    await jo.click('Change words');
    await jo.submit({ Name: 'I was at a conference' });
    await jo.click('Change questions');
    for (const nth of [1, 2]) {
      await question(jo, nth, 'Reword');
      await jo.click('Back');
    }
    expect(jo.visibleText('modal'), 'only looked at').not.toContain('You began to change it');
    await jo.submit();
    await jo.submit();
    await closeAll(jo);
    await sam.command('/chatr checkins');
    expect(sam.visibleText(sam.ephemerals().at(-1))).toContain('I was at a conference');
    expect(given.log).toEqual([]);
  });
});

test('one that runs is edited from the next round on, copied to start another, and deleted once it is over', async () => {
  const given = await givenGroup();
  const { jo, robin } = given;
  await scheduleCheckIn(jo, {
    group,
    template: 'Weekly pulse',
    date: '2026-03-04',
    time: '10:00',
    how: 'Every week',
  });
  await given.forward(days(1), 60);
  await robin.click('Answer');
  await jo.command('/chatr groups');
  await jo.click('Open');
  await jo.choose({ actionId: 'cohorts.more' }, 'Facilitators');
  await jo.submit({ 'Facilitators of this group': ['jo', 'fran'] });
  await closeAll(jo);
  await jo.command('/chatr checkin list');
  await jo.choose({ actionId: 'checkins.manage' }, 'Edit');
  await jo.click('Change questions');
  await question(jo, 3, 'Leave out');
  await jo.submit();
  expect(jo.visibleText('modal'), 'this is the change').not.toContain('You began to change it before');
  const fran = given.as('fran');
  await fran.command('/chatr checkin list');
  await fran.choose({ actionId: 'checkins.manage' }, 'Edit');
  await fran.click('Change words');
  await fran.submit({ 'What is it for?': 'To see how the week has been.' });
  await fran.submit();
  expect(fran.modal()?.title).toBe('Changed');
  await closeAll(fran);
  await jo.submit();
  expect(jo.visibleText('modal')).toMatch(/not saved yet.*has changed since you began: what it is for\./s);
  expect(jo.visibleText('modal'), 'both together').toContain('To see how the week has been.');
  await jo.submit();
  expect(jo.visibleText('modal')).toContain('The present one stays as people have it.');
  await closeAll(jo);
  await robin.submit({ 'A word or a line about your week.': 'Better than last' });
  expect(robin.visibleText('modal'), 'the form that was open counts as it stood').toContain(
    'Your answers are saved',
  );
  await closeAll(robin);

  await jo.command('/chatr checkin new');
  await jo.submit({ 'Which questions?': 'Copy: Weekly pulse' });
  await jo.submit({ 'How often?': 'Once', 'First date': '2026-05-05', Time: '10:00' });
  expect(jo.visibleText('modal')).toContain('Once, on Tuesday 5 May at 10:00');
  expect(jo.visibleText('modal')).toContain('The 2 questions');
  await jo.submit();
  await jo.click('Undo');
  await closeAll(jo);

  await given.forward(days(7), 360);
  await robin.click('Answer');
  expect(robin.visibleText('modal')).not.toContain('A word or a line about your week.');
  await closeAll(robin);
  await jo.command('/chatr checkin list');
  await jo.choose({ actionId: 'checkins.manage' }, 'End it …');
  await jo.click('End check-in');
  await closeAll(jo);
  await jo.command('/chatr checkin list');
  await jo.choose({ actionId: 'checkins.manage' }, 'Delete it …');
  expect(jo.visibleText('modal')).toContain('every answer, the results, and who was asked');
  await jo.click('Delete for good');
  expect(jo.visibleText('modal')).toMatch(/can be deleted from .* September/);
  expect(given.log).toEqual([]);
});
