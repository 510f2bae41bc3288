import type { App } from '@slack/bolt';
import { startBot } from 'practice-workspace/test-support';
import { describe, expect, test } from 'vitest';
import { recordSlackUser } from '../../../src/community/people.ts';
import { ids } from '../../../src/features/resources/ids.ts';
import { resources } from '../../../src/features/resources/index.ts';
import { actions, button } from '../../../src/slack/blocks.ts';
import { route } from '../../../src/slack/router.ts';
import { tidyLine } from '../../../src/slack/text.ts';
import { connectFeature } from '../../support/one-feature.ts';
import { type Bench, content, givenResources } from './support.ts';

/** The feature by itself in a practice workspace, behind the real guard and router. */
async function givenWorkspace(change: Partial<Bench> = {}) {
  const bench = await givenResources(change);
  const feature = resources(bench);
  const { workspace } = await startBot((app) => connect(app, bench, feature));
  for (const name of ['fran', 'robin'])
    await recordSlackUser(
      bench.db,
      bench.clock,
      { id: workspace.as(name).id, team_id: workspace.teamId, real_name: name, is_admin: name === 'fran' },
      workspace.teamId,
    );
  return { bench, robin: workspace.as('robin'), fran: workspace.as('fran') };
}

function connect(app: App, bench: Bench, feature: ReturnType<typeof resources>): void {
  connectFeature(app, bench, feature, {
    async run(call) {
      const routed = route(feature.commands ?? [], call.words, call.actor);
      if (routed.kind === 'run') await routed.command.run({ ...call, words: routed.words });
      else await feature.search({ ...call, words: tidyLine(call.words) });
    },
    async home() {
      const elements = (feature.quickActions ?? []).map(({ text, actionId }) => button(text, actionId));
      return { type: 'home', blocks: [actions(elements)] };
    },
  });
}

type Driver = Awaited<ReturnType<typeof givenWorkspace>>['robin'];

const newest = (person: Driver) => {
  const message = person.ephemerals().at(-1);
  if (!message) throw new Error(person.describe());
  return person.visibleText(message);
};
const only = (person: Driver) => person.ephemerals().length;

describe('in Slack', () => {
  test('a search is answered, pages turn in place, and a part is left out', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try video brain 0-5');
    expect(newest(robin)).toContain('Childhood Trauma and the Brain (video)');
    await robin.choose({ actionId: `${ids.pick}narrow` }, 'Leave out Video');
    expect(only(robin)).toBe(1);
    expect(newest(robin)).toContain('You asked: *brain 0 5*');

    await robin.command('/try find attachment');
    await robin.click('Show 5 more');
    expect(newest(robin)).toMatch(/4\u20138 of/);
    await robin.click('Back');
    expect(newest(robin)).toMatch(/1\u20133 of/);
    expect(only(robin)).toBe(2);
  });

  test('an answer is narrowed by its menu, and a filter that there is no value for offers one', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try attachment');
    await robin.choose({ actionId: `${ids.pick}narrow` }, 'Schools and education');
    expect(newest(robin)).toContain('You asked: *attachment topic:schools-education*');
    await robin.choose({ actionId: `${ids.pick}narrow` }, 'Leave out the filter Schools and education');
    expect(newest(robin)).toContain('You asked: *attachment*');

    await robin.command('/try brain type:vidoe');
    expect(newest(robin)).toContain('There is no kind for \u2018type:vidoe\u2019');
    await robin.click('Video');
    expect(newest(robin)).toContain('You asked: *brain type:video*');

    await robin.command('/try brain age:99');
    expect(newest(robin)).toContain('There is no age group for \u2018age:99\u2019, so I left that out.');
    expect(newest(robin)).not.toContain('Did you mean');
    expect(newest(robin)).toMatch(/To choose from: .*Early years, 0 to 5 \u00b7 /);
    for (const filter of ['age:99', 'topic:zzz', 'type:zzz', 'from:zzz', 'reader:zzz']) {
      await robin.command(`/try ${filter}`);
      expect(newest(robin), filter).toMatch(
        /so I left that out\. To choose from: .+?(?: \u00b7 and \d+ more in the menu.*)?\./,
      );
    }
    expect(newest(robin)).toContain('Midwives');
    await robin.command('/try brain age:99');
    await robin.choose({ actionId: `${ids.pick}value.0` }, 'Early years, 0 to 5');
    expect(newest(robin)).toContain('You asked: *brain age:0-5*');
    await robin.command('/try topic:');
    expect(newest(robin)).toContain('\u2018topic:\u2019 names no topic, so I left that out.');
    await robin.choose({ actionId: `${ids.pick}value.0` }, 'Domestic abuse');
    expect(newest(robin)).toContain('You asked: *topic:domestic-abuse*');
  });

  test('what was corrected can be searched for as it was typed', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try superivsion');
    expect(newest(robin)).toContain('Showing results for \u2018supervision\u2019');
    await robin.click('Search for exactly superivsion');
    expect(newest(robin)).toContain('Nothing in the catalogue for \u2018"superivsion"\u2019');
    expect(newest(robin)).toContain('Looked for exactly as you typed it: \u2018superivsion\u2019.');
    await robin.click('Search for supervision instead');
    expect(newest(robin)).toContain('Showing results for \u2018supervision\u2019');
    // Beside other words too, and where something is found.
    await robin.command('/try "birht" anxiety');
    expect(newest(robin)).toContain('Looked for exactly as you typed it: \u2018birht\u2019.');
    await robin.click('Search for birth instead');
    expect(newest(robin)).toContain('You asked: *birht anxiety*');
    await robin.command('/try "reflective supervision"');
    expect(newest(robin)).not.toContain('exactly');
  });

  test('what no entry says of its page, such as its language, is said and not looked for', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try leaflet in Turkish about self-harm');
    expect(newest(robin)).toMatch(
      /The catalogue does not say which pages are in Turkish, so I cannot look for that\..*Coping with self-harm/s,
    );
    await robin.command('/try in Polish');
    expect(newest(robin)).toContain('which pages are in Polish');
    expect(newest(robin)).toContain('Please say what it should be about');
    await robin.command('/try easy read consent');
    expect(newest(robin)).toMatch(/which pages are easy read.*Information sharing advice/s);
  });

  test('saving from the menu, seeing the list, removing and putting back', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try birth trauma');
    await robin.choose({ actionId: ids.about }, 'Save', { nth: 0 });
    expect(newest(robin)).toContain('Saved. Only you can see your list');
    await robin.command('/try saved');
    expect(newest(robin)).toContain('1 resource. Only you can see this list.');
    await robin.choose({ actionId: ids.about }, 'Remove from saved');
    expect(newest(robin)).toContain('Removed from your saved resources');
    expect(newest(robin)).toContain('Nothing saved yet');
    await robin.click('Put it back');
    expect(newest(robin)).toContain('1 resource. Only you can see this list.');
  });

  test('a text of one’s own is looked at in private, and is in nothing that comes of it', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try words Kim’s mum refused to engage, ring 07700 900123');
    expect(newest(robin)).toContain('Avoid "hard to reach" and "refused to engage"');
    expect(newest(robin)).toContain('the text seems to hold a phone number');
    await robin.click('Look at a longer text');
    await robin.submit({ 'Your text': 'The family is hard to reach. '.repeat(100) });
    expect(robin.visibleText('modal')).toContain('hard to reach');
    expect(robin.visibleText('modal')).not.toContain('The family');
    // The text is still there, to be changed.
    await robin.closeModal();
    expect(robin.visibleText('modal')).toContain('Your text');
    expect(JSON.stringify(robin.ephemerals())).not.toMatch(/Kim|07700/);
    await robin.command('/try words');
    expect(robin.visibleText('modal')).toContain('Nothing of your text is kept');
  });

  test('a short form asks which is meant, and the choice is searched', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try CP');
    await robin.click('child protection');
    expect(newest(robin)).toContain('You asked: *child protection*');
  });

  test('from App Home: a modal asks, answers, turns pages and searches again', async () => {
    const { bench, robin } = await givenWorkspace();
    await robin.openHome();
    await robin.click('Find a resource', { in: 'home' });
    expect(robin.visibleText('modal')).toContain('What are you looking for?');
    await robin.submit({ 'What are you looking for?': 'dads' });
    expect(robin.visibleText('modal')).toContain(
      'Emotional health and wellbeing: fathers (tips for parents)',
    );
    expect(bench.lookedUpBy).toHaveLength(1);
    await robin.click('Show 5 more');
    expect(robin.visibleText('modal')).toMatch(/4\u20138 of 10/);
    await robin.click('Search again');
    // What was asked stands there, to be changed.
    expect(JSON.stringify(robin.modal())).toContain('"initial_value":"dads"');
    await robin.submit({ 'What are you looking for?': 'printer' });
    expect(robin.visibleText('modal')).toContain('Nothing in the catalogue for \u2018printer\u2019');
    await robin.click('Browse topics');
    await robin.choose({ actionId: `${ids.pick}topic` }, 'Supervision');
    expect(robin.visibleText('modal')).toContain('in the catalogue');
    await robin.choose({ actionId: ids.about }, 'Save', { nth: 0 });
    expect(robin.visibleText('modal')).toContain('Saved. Only you can see your list');
    expect(robin.modals()).toHaveLength(1);
  });

  test('a question of nothing but spaces is asked for again, and the modal stays', async () => {
    const { robin } = await givenWorkspace();
    await robin.openHome();
    await robin.click('Find a resource', { in: 'home' });
    await robin.submit({ 'What are you looking for?': ' \u200b ' }, { mayFail: true });
    expect(robin.modal()?.title).toBe('Find a resource');
    expect(JSON.stringify(robin.modal())).toContain('Please write a word or two.');
  });

  test('a suggestion: wrong address, known address, a warning, thanks, and back again', async () => {
    const { bench, robin, fran } = await givenWorkspace();
    await robin.command('/try suggest', { quiet: true });
    const [title, url, why] = ['Title', 'Web address', 'Why is it good, and for whom?'];
    await robin.submit({ [title]: 'Good', [url]: 'example' }, { mayFail: true });
    expect(JSON.stringify(robin.modal())).toContain('Please give the whole web address');
    await robin.submit({ [url]: 'https://chtipportal.hackney.gov.uk/about-us' }, { mayFail: true });
    expect(JSON.stringify(robin.modal())).toContain('in the catalogue already');
    await robin.submit({ [url]: 'https://example.org/good', [why]: 'Number 9434765919' });
    expect(robin.visibleText('modal')).toContain('this seems to hold what looks like an NHS number.');
    expect(JSON.stringify(robin.modal())).toContain('Number 9434765919');
    await robin.click('Keep it as it is');
    expect(JSON.stringify(robin.modal())).toContain('Number 9434765919');
    await robin.submit();
    expect(robin.modal()?.title).toBe('Suggestion sent');
    expect(await bench.db.selectFrom('resource_suggestions').select(['why']).execute()).toEqual([
      { why: 'Number 9434765919' },
    ]);

    await robin.command('/try suggest', { quiet: true });
    await robin.submit({ [title]: 'Story of Emma Johnson', [url]: 'https://example.org/emma-johnson' });
    expect(robin.visibleText('modal')).toContain('this seems to hold what look like names.');
    expect(robin.visibleText('modal')).toContain('One is in the web address');
    await robin.submit({}, { mayFail: true });
    expect(JSON.stringify(robin.modal())).toContain('There seems to be a name in it.');
    await robin.submit({ [url]: 'https://example.org/a-story' });
    expect(robin.modal()?.title).toBe('Suggestion sent');
    expect(robin.visibleText('modal')).toContain('you hear what became of it');
    expect((await bench.db.selectFrom('resource_suggestions').select('title').execute()).at(-1)).toEqual({
      title: 'Story of [name removed]',
    });
    await fran.command('/try suggestions');
    await fran.click('Decline all 2 of theirs', { nth: 0 });
    expect(fran.visibleText('modal')).toContain('told the reason, in one message');
    await fran.submit({ 'Why?': 'It is in the catalogue already.' });
    expect(fran.visibleText('modal') + newest(fran)).toContain(
      'Whoever suggested them is told, in one message.',
    );
    await fran.closeModal();
    await robin.command('/try suggest', { quiet: true });
    await robin.submit({ [title]: 'Good', [url]: 'https://example.org/other' });

    await fran.command('/try suggestions');
    expect(newest(fran)).toContain('*Suggested:*');
    await fran.click('Decline');
    await fran.submit({ 'Why?': 'It is in the catalogue already.' });
    await fran.click('Undo');
    await fran.closeModal();
    await robin.click('Take it back');
    expect(robin.visibleText('modal')).toContain('Your suggestion was taken back and is deleted.');
    // An old button of a list that has moved on does no harm.
    await fran.click('Accept');
    expect(fran.visibleText('modal') + newest(fran)).toContain('Nothing was changed');
  });

  test('suggestions are not for everybody', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try browse nonsense words');
    expect(newest(robin)).toContain('There is no list \u2018nonsense words\u2019');
    await robin.command('/try browse domestic abuse');
    expect(newest(robin)).toContain('*Domestic abuse*');
  });

  test('browsing: where to start, page by page in place; by kind and age in one line', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try browse');
    await robin.click('Start here');
    expect(newest(robin)).toContain('43 resources picked by hand');
    for (const { label } of content.startHere.groups) expect(newest(robin)).toContain(label);
    await robin.click('Worried about a child');
    expect(newest(robin)).toContain('*Start here: Worried about a child*');
    expect(newest(robin)).toContain('5 resources picked by hand');
    await robin.click('All of “Start here”');
    expect(newest(robin)).toContain('Somebody needs help now');
    expect(only(robin)).toBe(1);
    await robin.command('/try browse report');
    const first = newest(robin);
    await robin.click('Show 5 more');
    expect(only(robin)).toBe(2);
    expect(newest(robin)).not.toBe(first);
    await robin.click('Back');
    expect(newest(robin)).toBe(first);
    await robin.command('/try browse most helpful');
    expect(newest(robin)).toContain('Nothing has been called helpful by five people yet');
    await robin.command('/try browse videos');
    expect(newest(robin)).toContain('*Video*');
    await robin.openHome();
    await robin.click('Find a resource', { in: 'home' });
    await robin.click('Browse topics', { in: 'modal' });
    await robin.click('Start here', { in: 'modal' });
    expect(robin.visibleText('modal')).toContain('picked by hand');
  });

  test('a note on something saved: written, seen on the list, removed and put back with it', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try find uktc trauma council');
    await robin.choose({ actionId: ids.about }, 'Save', { nth: 0 });
    await robin.command('/try saved');
    await robin.choose({ actionId: ids.about }, 'Write a note for yourself', { nth: 0 });
    expect(robin.visibleText('modal')).toContain('Only you can see this note');
    expect(robin.visibleText('modal')).toContain('Nobody is watching what you write here');
    await robin.submit({ 'What do you want to remember?': 'Slide 4 for *Tuesday* <!channel>' });
    expect(robin.visibleText('modal')).toMatch(/Your note is kept\..*open already.*\/chatr saved/);
    expect(robin.visibleText('modal')).toContain('Slide 4 for *Tuesday* <!channel>');
    await robin.choose({ actionId: ids.about }, 'Change your note', { in: 'modal' });
    expect(JSON.stringify(robin.modal())).toContain('Slide 4');
    await robin.submit({ 'What do you want to remember?': 'Slide 5' });
    await robin.choose({ actionId: ids.about }, 'Remove from saved', { in: 'modal' });
    expect(robin.visibleText('modal')).toContain('For a day you can put it back');
    expect(robin.visibleText('modal')).not.toContain('Slide 5');
    await robin.click('Put it back', { in: 'modal' });
    expect(robin.visibleText('modal')).toContain('Slide 5');
  });

  test('a note that looks as if it could identify somebody is asked about once, and masked unless it is kept', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try find uktc trauma council');
    await robin.choose({ actionId: ids.about }, 'Save', { nth: 0 });
    const write = async (option: string, text: string) => {
      await robin.command('/try saved');
      await robin.choose({ actionId: ids.about }, option, { nth: 0 });
      await robin.submit({ 'What do you want to remember?': text });
      expect(robin.visibleText('modal')).toContain('Please look once more');
    };
    await write('Write a note for yourself', 'ring mum on 07700 900123');
    await robin.submit({});
    expect(robin.visibleText('modal')).toContain('Your note is kept.');
    expect(robin.visibleText('modal')).not.toContain('900123');
    await write('Change your note', 'ring me on 07700 900456');
    await robin.click('Keep it as it is', { in: 'modal' });
    await robin.submit({});
    expect(robin.visibleText('modal')).toContain('ring me on 07700 900456');
  });

  test('words are explained, and near ones offered', async () => {
    const { robin } = await givenWorkspace();
    await robin.command('/try define ACE');
    const explained = newest(robin);
    for (const asked of ['what is ACE', 'what is an ACE?', 'What does ACE mean?']) {
      await robin.command(`/try ${asked}`);
      expect([asked, newest(robin)]).toEqual([asked, explained]);
    }
    await robin.command('/try what is there for dads');
    expect(newest(robin)).toContain('You asked');
    await robin.command(`/try ${'no such thing '.repeat(220)}`);
    expect(newest(robin).match(/no such thing/g)?.length).toBeLessThan(8);
    await robin.command('/try define adultificaton');
    await robin.click('Adultification');
    expect(newest(robin)).toContain('About the words');
    await robin.click('Find resources');
    expect(newest(robin)).toContain('You asked: *Adultification*');
    await robin.command('/try define');
    await robin.choose({ actionId: ids.term }, 'Burnout');
    expect(newest(robin)).toContain('Deep tiredness');
  });
});

test('a kind that nothing on the subject has is said, not passed over', async () => {
  const { robin } = await givenWorkspace();
  await robin.command('/try perinatal video');
  const answer = robin.ephemerals().at(-1);
  expect(answer && robin.visibleText(answer)).toContain('No video on this in the catalogue');
  await robin.command('/try trauma video');
  const other = robin.ephemerals().at(-1);
  expect(other && robin.visibleText(other)).not.toContain('No video on this');
});
