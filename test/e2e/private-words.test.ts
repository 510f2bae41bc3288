import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findPersonBySlackId } from '../../src/community/people.ts';
import { openStore } from '../../src/db/open.ts';
import { listAllKeysOf } from '../../src/features/checkins/answering/store.ts';
import { givenCommunity } from '../support/community.ts';
import { countOpening, makeOlder } from '../support/older-sealing.ts';
import {
  agree,
  closeAll,
  databaseBytes,
  makeGroup,
  pressForged,
  scheduleCheckIn,
} from '../support/stories.ts';
import { vaultOf } from '../support/vault.ts';

const hopes = 'What do you hope to get from taking part?';
const moment = 'A moment: What stayed with you today?';

test('what people write stands in clear neither in the files of the running bot, nor in a backup, nor in the log', async () => {
  // At this level a library's own lines would come through as well.
  const community = await givenCommunity({ config: { logLevel: 'trace' } });
  await community.forward(5 * 60, 60);
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  for (const name of ['robin', 'jo', 'sam']) await agree(community.as(name));

  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit({ 'Your role': 'Aardvark keeper', 'Your organisation or team': 'Bongo hospital' });
  await robin.submit({
    'A line to introduce you': 'badgerline',
    'Anything that makes taking part easier for you': 'camelramp',
    'Colleagues may see': ['My organisation or team'],
    'Only I see': ['My role'],
  });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ [moment]: 'dormouse' });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  // Warned of, and left like that.
  await robin.submit({ [moment]: 'emuwords NHS 943 476 5919' });
  await closeAll(robin);
  // Changed, and with details: how it was before is kept too.
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Edit');
  await robin.submit({ [moment]: 'gerbilchange' });
  await robin.click('Title, date, tags');
  await robin.submit({ Title: 'herontitle', Tags: 'ibexestag' });
  await robin.click('My journal');
  await robin.click('Find in it');
  await robin.submit({ 'Words in it': 'gerbilchange' });
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.fill({ [moment]: 'ferretdraft' });
  await closeAll(robin);
  await robin.post('iguanaline, please', { quiet: true });
  await robin.command('/chatr away until Friday koalareason', { mayFail: true });

  await makeGroup(jo, 'Spring group', ['robin', 'sam', 'toni']);
  await jo.command('/chatr groups');
  await jo.click('Import trainees');
  await jo.submit({
    'Paste the list': 'email,name,cohort\nnewtmail@example.org,Ocelotina Madeupsson,Spring group',
  });
  await jo.submit();
  await closeAll(jo);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'After a session',
    date: '2026-03-04',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  await robin.click('Answer');
  await robin.submit({ 'question-0': '3', 'question-4': 'quokkaanswer' });
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Your answers are saved');
  await robin.click('Note one thing');
  await robin.submit({ 'One thing I will try': 'salamanderintention' });
  await closeAll(robin);
  await robin.command('/chatr find attachment');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  await robin.command('/chatr saved');
  await robin.choose({ actionId: 'resources.about' }, 'Write a note for yourself', { nth: 0 });
  await robin.submit({ 'What do you want to remember?': 'tapirnote' });
  await closeAll(robin);
  await scheduleCheckIn(jo, {
    group: 'Spring group',
    template: 'Confidence: before we start',
    date: '2026-03-05',
    time: '10:00',
  });
  await community.forward(24 * 60, 60);
  await robin.click('Answer');
  await robin.submit({ 'question-0': '3' });
  await robin.submit({ [hopes]: 'uakarianswer' });
  expect(robin.visibleText('modal')).toContain('Your answers are saved');
  await closeAll(robin);
  const sam = community.as('sam');
  await sam.click('Answer');
  await sam.submit({ 'question-0': '3' });
  await sam.fill({ [hopes]: 'wombatdraft' });
  await closeAll(sam);
  // Under their names.
  await jo.command('/chatr checkin new');
  await jo.submit({ 'Which questions?': 'My own questions' });
  await jo.submit({ Name: 'After the visit', 'What is it for?': 'To learn from each visit.' });
  await jo.click('Add a question');
  await jo.submit({ 'What kind of answer?': 'A longer answer, in their own words' });
  await jo.submit({ 'The question': 'How was the visit?' });
  await jo.submit();
  await jo.submit({ 'How often?': 'Once', 'First date': '2026-03-06', Time: '10:00' });
  await jo.click('Change how');
  await jo.submit({ 'Who gets it?': 'Everybody in the group', 'Who sees the answers?': 'You, with names' });
  await jo.submit();
  await closeAll(jo);
  await community.forward(24 * 60, 60);
  await robin.click('Answer');
  await robin.submit({ 'How was the visit?': 'xerusnamed' });
  await closeAll(robin);
  await jo.command('/chatr checkin list');
  await jo.click('Results', { nth: 2 });
  await jo.click('Answers on paper');
  await jo.click('Enter one by one');
  await jo.submit({ 'question-0#0': '2', 'question-4#0': 'vicunapaper' });
  await closeAll(jo);
  // On its way to the forum, and Slack has not said whether it came.
  await pressForged(community, 'robin', { actionId: 'onboarding.introduce' });
  expect(JSON.stringify(robin.modal())).toContain('Bongo hospital');
  await robin.submit({ 'Your hello': 'yakhello' });
  community.workspace.faults.next('chat.postMessage', 'drop-answer');
  await robin.submit();
  await closeAll(robin);

  const file = community.config.databaseUrl.slice('file:'.length);
  const store = await openStore(community.config.databaseUrl, { mustExist: true });
  await store.backup(join(dirname(file), 'backup.db'));
  await store.close();
  // Whole, as they were written: a short part of one stands by chance in what is sealed.
  const marks =
    /aardvark|bongo hospital|badgerline|camelramp|dormouse|emuwords|943 ?476 ?5919|ferretdraft|gerbilchange|herontitle|ibexestag|iguanaline|koalareason|newtmail|ocelotina|madeupsson|quokkaanswer|salamanderintention|tapirnote|uakarianswer|vicunapaper|wombatdraft|xerusnamed|yakhello/gi;
  expect(databaseBytes(community)).toContain('Spring group');
  expect(databaseBytes(community).match(marks)).toBeNull();
  expect(community.log.length).toBeGreaterThan(0);
  expect(community.log.join('\n').match(marks)).toBeNull();

  // The same as a version before the key files would have left it, sealed with the master key.
  await community.stopBot();
  const counts = makeOlder(file, community.config.encryptionKey, vaultOf(community.config));
  const sealed = () => databaseBytes(community).match(/v[12]\.[\w-]{16}\.[\w-]{22}\./g)?.length ?? 0;
  for (const table of [
    'answer_boxes',
    'answer_drafts',
    'answer_keys',
    'expected_trainees',
    'intentions',
    'outbox',
    'own_answers',
    'paper_boxes',
    'profiles',
    'reflections',
    'reflection_drafts',
    'saved_resources',
  ])
    expect(counts.get(table) ?? 0, table).toBeGreaterThan(0);
  rmSync(join(dirname(file), 'backup.db'));
  expect(databaseBytes(community), 'whatever is sealed is known').not.toMatch(/v3\.[\w-]{16}\.[\w-]{22}\./);
  expect(sealed()).toBeGreaterThan(counts.size);
  await community.startBot();
  // The probe alone, by which copies of a database are known.
  expect(sealed()).toBe(1);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('gerbilchange');
  await closeAll(robin);
  await robin.command('/chatr saved');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toContain('tapirnote');
  await robin.command('/chatr checkins');
  await robin.click('See my answers', { in: robin.ephemerals().at(-1) ?? 'modal', nth: 1 });
  expect(robin.visibleText('modal')).toContain('uakarianswer');
  await closeAll(robin);
  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  expect(JSON.stringify(robin.modal())).toMatch(/Aardvark keeper.*Bongo hospital/s);
  expect(databaseBytes(community).match(marks)).toBeNull();

  // What was copied while they were there opens no more once they are forgotten: neither this nor any older copy.
  const now = await openStore(community.config.databaseUrl, { mustExist: true });
  onTestFinished(() => now.close());
  await now.backup(join(dirname(file), 'backup.db'));
  const { id: personId } = (await findPersonBySlackId(now.db, robin.id)) ?? { id: '' };
  const vault = vaultOf(community.config);
  const who = { personId, keys: await listAllKeysOf(now.db, vault, personId) };
  expect(who.keys).toHaveLength(1);
  const copies = [file, join(dirname(file), 'backup.db')];
  for (const copy of copies) expect(countOpening(copy, vault, who)).toBeGreaterThan(6);
  vault.forgetPerson({ personId, slackId: robin.id }, who.keys);
  for (const copy of copies) expect(countOpening(copy, vault, who)).toBe(0);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).not.toContain('dormouse');
}, 40_000);
