import { readFileSync } from 'node:fs';
import { App } from '@slack/bolt';
import { createPracticeWorkspace } from 'practice-workspace';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { meetPerson } from '../../../src/community/people.ts';
import { loadActor } from '../../../src/community/permissions.ts';
import { commandAnswers } from '../../../src/features/help/index.ts';
import { reflections } from '../../../src/features/reflections/index.ts';
import { openJournal } from '../../../src/features/reflections/journal/journal.ts';
import { insertReflection } from '../../../src/features/reflections/store.ts';
import { support } from '../../../src/features/support/index.ts';
import { newId } from '../../../src/lib/random.ts';
import { createCommands } from '../../../src/slack/commands.ts';
import { SocketReceiver, slackLogger } from '../../../src/slack/receiver.ts';
import { behindTheDoor } from '../../support/one-feature.ts';
import { given } from './given.ts';

const manifest = parse(readFileSync('manifest.yml', 'utf8'));

/** The real features behind real windows, over a real socket. */
async function givenWindows() {
  const community = await given();
  const { deps, clock } = community;
  let receiver: SocketReceiver | undefined;
  const workspace = await createPracticeWorkspace({ manifest, clock, appIdle: async () => receiver?.idle() });
  const socket = new SocketReceiver({
    appToken: workspace.appToken,
    slackApiUrl: workspace.apiUrl,
    log: deps.log,
  });
  receiver = socket;
  const app = new App({
    token: workspace.botToken,
    botUserId: workspace.botUserId,
    botId: workspace.botId,
    receiver: socket,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 }, headers: {} },
    convoStore: false,
    deferInitialization: true,
    logger: slackLogger(deps.log),
  });
  await app.init();
  const features = [reflections(deps), support(deps)];
  const commands = features.flatMap((feature) => feature.commands ?? []);
  const line = createCommands({
    commands,
    answers: commandAnswers(() => deps.signposts),
    isWord: () => false,
    search: ({ answer }) => answer({ text: 'search', blocks: [] }),
    foundInBrief: async () => [],
    turnTo: () => [],
    tellsOfSomebody: () => false,
    post: async (channel, message) => void (await app.client.chat.postMessage({ channel, ...message })),
    client: app.client,
  });
  behindTheDoor(app, { db: deps.db, clock, teamId: workspace.teamId }, (to) => {
    line.listen(to);
    for (const feature of features) feature.listen?.(to);
  });
  const errors: unknown[] = [];
  app.error(async (error) => void errors.push(error));
  await app.start();
  await workspace.connected(1);
  onTestFinished(async () => {
    await app.stop();
    await workspace.stop();
    expect(errors).toEqual([]);
  });
  const robin = workspace.as('robin');
  const journal = async () => {
    const person = await meetPerson(deps.db, clock, robin.id);
    return openJournal(deps, await loadActor(deps.db, person.id));
  };
  const said = (key: string) => {
    const values = Object.entries(robin.modal()?.state ?? {});
    return values.find(([id]) => id.endsWith(`:${key}`))?.[1].value?.value;
  };
  /** Fills a text field by its key, or ticks by their words. */
  const fill = async (answers: Record<string, string | string[]>) => {
    const ids = Object.keys(robin.modal()?.state ?? {});
    const named = Object.entries(answers).map(([key, answer]) => [
      ids.find((id) => id.endsWith(`:${key}`)) ?? key,
      answer,
    ]);
    await robin.fill(Object.fromEntries(named));
  };
  return { ...community, workspace, robin, journal, fill, said, errors };
}

test('write, see the receipt, read it in the journal; nothing of it becomes a message', async () => {
  const { robin, workspace, fill, told } = await givenWindows();
  await robin.command('/chatr reflect');
  expect(robin.visibleText()).toContain('Only you see this');
  await fill({ moment: 'A *calm* <!channel> talk 🙂' });
  await robin.submit();
  expect(robin.visibleText()).toContain('Quick note, Tuesday 3 March 2026, 10:00');
  expect(told).toHaveLength(1);
  await robin.click('My journal');
  expect(robin.visibleText()).toContain('A *calm* <!channel> talk 🙂');
  await robin.click('Open');
  expect(robin.visibleText()).toContain('A *calm* <!channel> talk 🙂');
  await robin.click('Copy as text');
  expect(robin.visibleText()).toContain('### A moment');
  expect(JSON.stringify(robin.dmsWithBot())).not.toContain('calm');
  const posted = workspace.calls.filter(({ method }) => method.startsWith('chat.'));
  expect(posted).toEqual([]);
});

test('words after the command stand in the box, and what may be about danger is answered with whom to ring', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect A child told me today that her dad hits her.');
  expect(said('moment')).toBe('A child told me today that her dad hits her.');
  expect(robin.visibleText()).not.toContain('no way to reflect');
  // Nothing is kept before it is sent, or closed.
  expect((await journal()).drafts).toEqual([]);
  await fill({ moment: 'She said she might kill herself.' });
  await robin.submit();
  expect(robin.visibleText()).toMatch(/If somebody needs help now: [^\n]*999[\s\S]*Kept in your journal/);
  expect(robin.visibleText()).toContain('Nobody was told');
  await robin.command('/chatr reflect gibs');
  expect(said('description')).toBeNull();
});

test('words after the command, while a draft waits: carrying on with that keeps them as another', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect gibbs');
  await fill({ description: 'The old one' });
  await robin.closeModal();
  await robin.command('/chatr reflect new words of mine');
  await robin.click('Carry on with it');
  expect(said('description')).toBe('The old one');
  expect(robin.visibleText()).toContain('What you had just written is kept as a draft of its own');
  expect((await journal()).drafts).toHaveLength(2);
  // Where nothing had been written, nothing is said to be kept.
  await robin.closeModal({ all: true });
  await robin.command('/chatr reflect');
  await robin.click('Carry on with it');
  expect(robin.visibleText()).not.toContain('kept as a draft of its own');
});

test('an empty form says so beside the field, and stays', async () => {
  const { robin } = await givenWindows();
  await robin.command('/chatr reflect gibbs');
  await robin.submit();
  await robin.submit();
  expect(robin.visibleText()).toContain('Write a few words in at least one field');
  expect(robin.visibleText()).toContain('Step 2 of 2');
});

test('two steps, back and forth, lose nothing', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect gibbs');
  await fill({ description: 'One', feelings: 'Two' });
  await robin.submit();
  await fill({ analysis: 'Three' });
  await robin.click('Back');
  expect([said('description'), said('feelings')]).toEqual(['One', 'Two']);
  await fill({ description: 'One and more' });
  await robin.submit();
  expect(said('analysis')).toBe('Three');
  await robin.submit();
  const { entries, drafts } = await journal();
  expect(entries.map(({ body }) => body?.parts.map(({ text }) => text))).toEqual([
    ['One and more', 'Two', 'Three'],
  ]);
  expect(drafts).toEqual([]);
});

test('whoever carries on goes on where the words are, and sees no empty page', async () => {
  const { robin, fill, said } = await givenWindows();
  await robin.command('/chatr reflect gibbs');
  await robin.submit();
  await fill({ analysis: 'Three' });
  await robin.click('Keep for later');
  await robin.click('My journal');
  await robin.click('Carry on with it');
  expect(robin.visibleText()).toContain('Step 2 of 2');
  expect(said('analysis')).toBe('Three');
});

test('whoever goes back to edit sees the page on which something was seen', async () => {
  const { robin, fill, said } = await givenWindows();
  await robin.command('/chatr reflect gibbs');
  await fill({ feelings: 'Ring 07700 900123' });
  await robin.submit();
  await fill({ analysis: 'Three' });
  await robin.submit();
  await robin.click('Go back and edit');
  expect(said('feelings')).toBe('Ring 07700 900123');
});

test('choosing another way to reflect keeps every word, there and back', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect two minute');
  await fill({ moment: 'A moment', learned: 'Something' });
  await robin.choose('reflections.framework', 'NMC reflective account (for revalidation)');
  expect(said('learned')).toBe('Something');
  expect(said('moment')).toBe('A moment');
  expect(robin.visibleText()).toContain('Written before: A moment');
  await fill({ code: ['Preserve safety'] });
  await robin.choose('reflections.framework', 'Two-minute note');
  expect([said('moment'), said('learned')]).toEqual(['A moment', 'Something']);
  await robin.choose('reflections.framework', 'Gibbs reflective cycle');
  await robin.submit();
  await robin.submit();
  const [entry] = (await journal()).entries;
  expect(entry?.body?.parts.map(({ text }) => text).toSorted()).toEqual(['A moment', 'Something']);
});

test.each([
  ['masked by the window’s own button', undefined, 'Ring [phone number removed]'],
  ['kept by a plain one', 'Keep it as it is and save', 'Ring 07700 900123'],
])('identifying detail: %s', async (_, plain, expected) => {
  const { robin, fill, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Ring 07700 900123' });
  await robin.submit();
  expect(robin.visibleText()).toContain('this seems to hold a phone number.');
  await (plain === undefined ? robin.submit() : robin.click(plain));
  expect(robin.visibleText()).toContain('Kept in your journal');
  const { entries, drafts } = await journal();
  expect(entries.map(({ body }) => body?.parts[0]?.text)).toEqual([expected]);
  expect(drafts).toEqual([]);
});

test('identifying detail: go back, edit, save', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Ring 07700 900123' });
  await robin.submit();
  await robin.click('Go back and edit');
  expect(said('moment')).toBe('Ring 07700 900123');
  await fill({ moment: 'Ring her' });
  await robin.submit();
  expect((await journal()).entries.map(({ body }) => body?.parts[0]?.text)).toEqual(['Ring her']);
});

test('closing the warning keeps the words, and the next time offers them without mixing them up', async () => {
  const { robin, fill, said, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Ring 07700 900123' });
  await robin.submit();
  await robin.closeModal({ all: true });
  await robin.command('/chatr reflect');
  expect(robin.visibleText()).toContain('You have something you did not finish');
  await fill({ moment: 'Something new' });
  await robin.click('Carry on with it');
  expect(said('moment')).toBe('Ring 07700 900123');
  await robin.click('Keep for later');
  expect(robin.visibleText()).toContain('Kept for later');
  expect((await journal()).drafts.map(({ body }) => body?.parts[0]?.text ?? 'closed').toSorted()).toEqual([
    'Ring 07700 900123',
    'Something new',
  ]);
});

test('a form closed with words in it leaves a draft, which can be discarded and brought back', async () => {
  const { robin, fill, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Half a thought' });
  await robin.closeModal();
  expect((await journal()).drafts).toHaveLength(1);
  await robin.command('/chatr journal');
  await robin.click('Discard');
  expect(robin.visibleText()).toContain('You can bring it back until Wednesday 4 March, 10:00');
  await robin.click('Bring it back');
  expect(robin.visibleText()).toContain('Half a thought');
});

test('of many drafts every one is reached, each by its first words, and the discarded ones too', async () => {
  const { robin, fill, journal } = await givenWindows();
  for (let nth = 1; nth <= 7; nth += 1) {
    await robin.command('/chatr reflect');
    await fill({ moment: `Thought ${nth}` });
    await robin.closeModal();
  }
  expect((await journal()).draftsInAll).toBe(7);
  await robin.command('/chatr journal');
  expect(robin.visibleText()).toContain('*2 more drafts*');
  await robin.click('Discard', { nth: 0 });
  await robin.click('My journal');
  await robin.click('All drafts');
  expect(robin.visibleText()).toContain('7 drafts');
  const first = robin.visibleText();
  await robin.click('Older');
  const all = first + robin.visibleText();
  for (let nth = 1; nth <= 7; nth += 1) expect(all).toContain(`Thought ${nth}`);
  expect(robin.visibleText()).toMatch(/Thought \d\n[^\n]*Discarded: the draft/);
  await robin.click('Bring it back');
  expect((await journal()).discarded).toEqual([]);
});

test.each([
  ['longer than its field', 3500, 2],
  ['much longer', 6500, 3],
])(
  'words %s are kept whole when the form is closed, and can be carried on with and saved',
  async (_, length, fields) => {
    const { robin, fill, said, journal } = await givenWindows();
    const long = 'thirteen and some more words '.repeat(400).slice(0, length);
    await robin.command('/chatr reflect two minute');
    await fill({ moment: long, learned: 'Short' });
    expect(await robin.submit({}, { mayFail: true })).toMatchObject({ ok: false });
    await robin.closeModal({ all: true });
    await robin.command('/chatr journal');
    await robin.click('Carry on with it');
    const pieces = ['moment', ...Array.from({ length: fields - 1 }, (_one, at) => `moment__${at + 2}`)];
    expect(pieces.map(said).join('')).toBe(long);
    await robin.submit();
    const { entries, drafts } = await journal();
    expect(drafts).toEqual([]);
    const parts = entries[0]?.body?.parts ?? [];
    expect(parts.map(({ key }) => key)).toEqual([...pieces, 'learned']);
    expect(
      parts
        .slice(0, -1)
        .map(({ text }) => text)
        .join(''),
    ).toBe(long);
    await robin.click('Open it');
    expect(robin.visibleText()).toContain('A moment, continued');
  },
);

test('words longer than a field come once through another way to reflect, and back', async () => {
  const { robin, fill, journal } = await givenWindows();
  const long = 'thirteen and some more words '.repeat(120);
  await robin.command('/chatr reflect');
  await fill({ moment: long });
  await robin.choose('reflections.framework', 'NMC reflective account (for revalidation)');
  await robin.choose('reflections.framework', 'Two-minute note');
  await robin.click('Keep for later');
  expect((await journal()).drafts[0]?.body?.parts.map(({ text }) => text).join('')).toBe(long);
});

test('change it, delete it, bring it back', async () => {
  const { robin, fill, said } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'First words' });
  await robin.submit();
  await robin.click('Open it');
  await robin.click('Edit');
  expect(said('moment')).toBe('First words');
  await fill({ moment: 'Better words' });
  await robin.submit();
  expect(robin.visibleText()).toContain('Your changes are kept');
  await robin.click('Open it');
  await robin.click('Delete');
  expect(robin.visibleText()).toContain('You can bring it back until Wednesday 4 March, 10:00');
  await robin.click('My journal');
  expect(robin.visibleText()).toContain('It goes for good after');
  await robin.click('Bring it back');
  expect(robin.visibleText()).toContain('Better words');
});

test('when saving fails, every word is still in the form, and it says so', async () => {
  const { deps, robin, fill, said, errors } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Not to be lost' });
  await deps.db.schema.alterTable('reflection_drafts').renameTo('elsewhere').execute();
  await robin.submit();
  expect(robin.visibleText()).toContain('it may not have been saved. Your words are still here');
  expect(said('moment')).toBe('Not to be lost');
  expect(errors).toHaveLength(1);
  errors.length = 0;
  await deps.db.schema.alterTable('elsewhere').renameTo('reflection_drafts').execute();
  await robin.submit();
  expect(robin.visibleText()).toContain('Kept in your journal');
});

test("nobody else's journal has it", async () => {
  const { robin, workspace, fill, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Mine alone' });
  await robin.submit();
  expect((await journal()).entries).toHaveLength(1);
  const sam = workspace.as('sam');
  await sam.command('/chatr journal');
  expect(sam.visibleText()).toContain('Nothing here yet');
  expect(sam.visibleText()).not.toContain('Mine alone');
});

test('support lies on top of what is being written, and closing it goes back to every word', async () => {
  const { robin, fill, said } = await givenWindows();
  await robin.command('/chatr reflect');
  await fill({ moment: 'Half a thought' });
  await robin.click('Support contacts');
  expect(robin.visibleText()).toContain('Samaritans');
  expect(robin.modals()).toHaveLength(2);
  await robin.closeModal();
  expect(said('moment')).toBe('Half a thought');
});

test('/chatr support answers to one person only, and a closed line with the one to use', async () => {
  const { robin } = await givenWindows();
  await robin.command('/chatr support 0800 073 0006');
  const [answer] = robin.ephemerals();
  if (!answer) throw new Error('There is no answer.');
  expect(robin.visibleText(answer)).toMatch(/0800 073 0006.*\n?.*NHS 111/);
});

const boxOf = 'A moment: What stayed with you today?';

test('one box comes first, and what was typed in it goes along to the longer ways', async () => {
  const { robin, said } = await givenWindows();
  await robin.command('/chatr reflect');
  expect(Object.keys(robin.modal()?.state ?? {}).filter((id) => id.startsWith('text:'))).toHaveLength(1);
  await robin.submit({ [boxOf]: 'x'.repeat(3001) }, { mayFail: true });
  await robin.fill({ [boxOf]: 'A calm talk' });
  await robin.choose('reflections.framework', 'Two-minute note');
  expect(said('moment')).toBe('A calm talk');
  expect(robin.visibleText()).not.toContain('Written before');
  await robin.choose('reflections.framework', 'Gibbs reflective cycle');
  expect(robin.visibleText()).toContain('What you wrote before is kept: it comes after these.');
  await robin.submit();
  expect(robin.visibleText()).toContain('Written before: A moment');
  expect(said('moment')).toBe('A calm talk');
});

test('title, date, tags, minutes and a talk with a peer: from the words, and back to them with nothing lost', async () => {
  const { robin, said, journal } = await givenWindows();
  await robin.command('/chatr reflect');
  await robin.fill({ [boxOf]: 'A calm talk' });
  await robin.click('Add title, date, tags');
  expect(robin.modal()?.title).toBe('Title, date and tags');
  await robin.submit(
    { 'The day it happened': '2026-03-04', Tags: Array.from({ length: 30 }, (_, at) => `t${at}`).join() },
    { mayFail: true },
  );
  expect(robin.visibleText()).toContain('Please give at most 10 tags; you have 30.');
  await robin.submit({ Tags: 'sleep', 'Time spent': '0' }, { mayFail: true });
  expect(robin.visibleText()).toContain('Please give minutes from 1 on');
  await robin.submit({ 'Time spent': '1h 30' }, { mayFail: true });
  expect(robin.visibleText()).toContain('Please choose today or a day before it.');
  await robin.submit({
    Title: 'A <!channel> *good* visit 🙂',
    'The day it happened': '2026-03-02',
    Tags: '#Sleep, sleep, <@U1> visits 🙂',
    'A peer': ['I have talked this over with a peer'],
  });
  expect(said('moment')).toBe('A calm talk');
  expect(robin.visibleText()).toContain('2 March 2026 · 1 hour 30 minutes · talked over with a peer');
  await robin.submit();
  const [entry] = (await journal()).entries;
  expect(entry?.body?.about).toEqual({
    title: 'A <!channel> *good* visit 🙂',
    happenedOn: '2026-03-02',
    tags: ['Sleep', '<@U1> visits 🙂'],
    minutes: 90,
    hasDiscussed: true,
  });
  await robin.click('Title, date, tags');
  await robin.submit({ Title: 'Another title', 'Time spent': '' });
  expect(robin.visibleText()).toContain('Your changes are kept');
  const [after] = (await journal()).entries;
  expect(after?.body?.about).toMatchObject({ title: 'Another title', happenedOn: '2026-03-02' });
  expect(after?.body?.about).not.toHaveProperty('minutes');
  expect(after?.body?.parts.map(({ text }) => text)).toEqual(['A calm talk']);
  await robin.click('My journal');
  expect(robin.visibleText()).toContain('Another title');
});

test('a title before any word is kept as a draft, and identifying detail in it is masked and named', async () => {
  const { robin, journal, fill } = await givenWindows();
  await robin.command('/chatr reflect');
  await robin.click('Add title, date, tags');
  await robin.submit({ Title: 'Ring 07700 900123' });
  expect((await journal()).drafts.map(({ body }) => body?.about?.title)).toEqual(['Ring 07700 900123']);
  await fill({ moment: 'Words' });
  await robin.submit();
  expect(robin.visibleText()).toContain('this seems to hold a phone number.');
  await robin.click('Go back and edit');
  expect(robin.modal()?.title).toBe('Title, date and tags');
  await robin.submit();
  await robin.submit();
  await robin.submit();
  expect(robin.visibleText()).toContain('*Masked:* a phone number');
  const { entries, drafts } = await journal();
  expect(entries.map(({ body }) => body?.about?.title)).toEqual(['Ring [phone number removed]']);
  expect(drafts).toEqual([]);
});

test('the version before is kept: read, put back, cleared', async () => {
  const { robin, clock, fill, journal, workspace } = await givenWindows();
  const words = async () => (await journal()).entries.map(({ body }) => body?.parts.map(({ text }) => text));
  await robin.command('/chatr reflect');
  await fill({ moment: 'First words' });
  await robin.submit();
  await robin.click('Open it');
  expect(robin.visibleText()).not.toContain('Earlier version');
  await robin.click('Edit');
  clock.forward(1);
  await fill({ moment: 'Second words' });
  await robin.submit();
  expect(robin.visibleText()).toContain('“Earlier version” in the reflection');
  await robin.click('Open it');
  await robin.click('Earlier version');
  expect(robin.visibleText()).toContain('First words');
  await robin.click('Put it back');
  expect(await words()).toEqual([['First words']]);
  await robin.click('Earlier version');
  expect(robin.visibleText()).toContain('Second words');
  await robin.click('Clear it');
  expect(robin.visibleText()).toContain('The earlier version is gone for good.');
  expect(robin.visibleText()).not.toContain('Second words');

  expect(workspace.calls.filter(({ method }) => method.startsWith('chat.'))).toEqual([]);
});

test('the journal is searched and filtered, shows patterns, and says nothing that shames', async () => {
  const { robin, clock, deps, journal } = await givenWindows();
  const person = await meetPerson(deps.db, clock, robin.id);
  const first = Date.parse('2024-06-01T10:00:00Z');
  await deps.db.transaction().execute(async (trx) => {
    for (let nth = 0; nth < 500; nth += 1)
      await insertReflection(trx, deps.vault, {
        id: newId(clock),
        personId: person.id,
        framework: nth % 2 === 0 ? 'gibbs' : 'one-box',
        at: new Date(first + nth * 24 * 3600_000),
        body: {
          version: 1,
          title: nth % 2 === 0 ? 'Gibbs reflective cycle' : 'Quick note',
          parts: [
            {
              key: 'moment',
              label: 'A moment',
              text: nth === 321 ? 'A Kingfisher, Señora' : `Number ${nth}`,
            },
          ],
          choices: [],
          about: {
            tags: nth % 5 === 0 ? ['sleep'] : nth % 7 === 0 ? ['Visits <!here> *x*'] : [],
            ...(nth > 400 && { minutes: 10, hasDiscussed: nth === 450 }),
          },
        },
      });
  });
  await robin.command('/chatr journal');
  expect(robin.visibleText()).toContain('500 reflections, page 1 of 100');
  await robin.click('Find in it');
  await robin.submit({ 'Words in it': 'senora KINGFISHER' });
  expect(robin.visibleText()).toContain('1 reflection fits');
  expect(robin.visibleText()).toContain('A Kingfisher, Señora');
  await robin.click('Find in it');
  await robin.submit({ 'Words in it': '', Tag: 'sleep', 'Way to reflect': 'Gibbs reflective cycle' });
  expect(robin.visibleText()).toContain('50 reflections fit');
  await robin.click('Older');
  expect(robin.visibleText()).toContain('page 2 of 10');
  expect(robin.visibleText()).toContain('50 reflections fit');
  await robin.click('Find in it');
  await robin.submit({ When: 'Last year' });
  expect(robin.visibleText()).toContain('tag sleep · Gibbs reflective cycle · Last year');
  await robin.click('Find in it');
  await robin.submit({ 'Words in it': 'not there', When: 'The last four weeks' });
  expect(robin.visibleText()).toContain('Nothing in your journal fits all of this.');
  await robin.click('Show all');
  expect(robin.visibleText()).toContain('500 reflections, page 1 of 100');
  await robin.click('Patterns');
  expect(robin.visibleText()).toContain('You have written 500 reflections: 225 in the last twelve months');
  expect(robin.visibleText()).toContain('sleep (100)');
  expect(robin.visibleText()).toContain('16 hours 30 minutes in the last twelve months, from 99 reflections');
  expect(robin.visibleText()).not.toMatch(/streak|missed|in a row|target|only \d/i);
  await robin.closeModal();
  expect((await journal()).total).toBe(500);
});
