import { strFromU8, unzipSync } from 'fflate';
import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import { givenCommunity } from '../../support/community.ts';
import { agreeOnly, closeAll, databaseBytes } from '../../support/stories.ts';

async function reflects(person: PersonDriver, texts: Record<string, string>): Promise<void> {
  await person.command('/chatr reflect two-minute');
  const labels = person.visibleText().split('\n');
  const named = Object.entries(texts).map(([label, text]) => [
    labels.find((one) => one.startsWith(label)) ?? label,
    text,
  ]);
  await person.submit(Object.fromEntries(named));
  if (person.visibleText().includes('Please look once more')) await person.click('Keep it as it is and save');
  await closeAll(person);
}

test('a social worker makes a record of what she wrote, fills in what is asked once, and takes it away three ways', async () => {
  const community = await givenCommunity({ config: { logLevel: 'trace' } });
  const { workspace, log } = community;
  await community.forward(5 * 60, 60);
  const robin = community.as('robin');
  await agreeOnly(robin);
  await robin.openHome();
  await robin.click('Edit my profile', { in: 'home' });
  await robin.submit({ 'Your role': 'Senior social worker' });
  await closeAll(robin);

  // Nothing is written yet: what would be here, and the way on.
  await robin.command('/chatr portfolio');
  expect(robin.visibleText()).toContain('Chosen because your profile says “Senior social worker”');
  await robin.submit({ From: '2026-03-04', Until: '2026-03-01' });
  expect(robin.visibleText()).toContain('Please give a last day that is not before the first.');
  await robin.submit({ From: '2025-12-01', Until: '2026-11-30' });
  expect(robin.visibleText()).toContain('There is nothing from 1 December 2025 to 30 November 2026 yet.');
  await robin.click('Write a reflection');
  expect(robin.visibleText()).toContain('Write a reflection');
  await closeAll(robin);

  await reflects(robin, { 'A moment': 'xylophone talk, rang 07700 900123', 'One small step': 'wait longer' });
  await reflects(robin, { 'A moment': 'zebrawords' });
  await robin.openHome();
  await robin.click('CPD record', { in: 'home' });
  expect(robin.visibleText()).toContain('As you chose it last.');
  await robin.submit();
  expect(robin.visibleText()).toContain('Nothing counts by itself');
  expect(robin.visibleText()).toContain('zebrawords');
  await robin.submit();
  expect(robin.visibleText()).toContain('Please tick at least one entry');
  await robin.click('Tick all 2');
  expect(robin.visibleText()).toContain('2 are ticked');

  // One of the two is deleted while she chooses.
  await robin.submit();
  await closeAll(robin);
  await robin.command('/chatr journal');
  await robin.click('Open', { nth: 0 });
  expect(robin.visibleText()).toContain('zebrawords');
  await robin.click('Delete');
  await closeAll(robin);
  await robin.command('/chatr journal');
  await robin.click('CPD record');
  await robin.submit();
  await robin.submit();
  expect(robin.visibleText()).toContain('1 entry that you ticked is not there any more.');

  await robin.click('Fill in');
  expect(robin.visibleText()).toContain('Your notes were not asked for: Type of CPD, why it is relevant');
  await robin.submit({ 'Type of CPD': 'quincetype' });
  await robin.submit({ 'Part of standard 4': ['Reflection'] });
  expect(robin.visibleText()).toContain('3 March 2026');
  // It need not be typed again.
  await robin.click('Fill in');
  expect(JSON.stringify(robin.modal()?.state)).toContain('quincetype');
  expect(JSON.stringify(robin.modal()?.state)).toContain('Planned: wait longer');
  await robin.submit();
  await robin.submit();

  await robin.click('Check and take away');
  expect(robin.visibleText()).toContain('1 field seems to hold something that could identify a person');
  expect(robin.visibleText()).toContain('a phone number');
  expect(robin.visibleText()).not.toContain('07700');
  await robin.click('Copy field by field');
  for (const words of [
    'quincetype',
    'xylophone talk, rang 07700 900123',
    'Planned: wait longer',
    'Reflection',
  ])
    expect(robin.visibleText()).toContain(words);
  expect(robin.visibleText()).not.toContain('zebrawords');
  await robin.click('Back');
  await robin.click('Word file');
  expect(robin.visibleText()).toContain('Workspace owners may be able to export');
  await robin.submit();
  await workspace.settled();
  const files = () => robin.dmsWithBot().flatMap((message) => message.files);
  const bytesOf = async (ending: string) => {
    const file = files().find(({ name }) => name === `Draft record of learning, 2026-03-03.${ending}`);
    return new Uint8Array(await (await fetch(workspace.url + (file?.url ?? ''))).arrayBuffer());
  };
  const word = strFromU8(unzipSync(await bytesOf('docx'))['word/document.xml'] ?? new Uint8Array());
  for (const words of ['quincetype', 'xylophone', 'Planned: wait longer']) expect(word).toContain(words);
  await closeAll(robin);

  await robin.command('/chatr cpd');
  await robin.submit();
  await robin.submit();
  await robin.click('Check and take away');
  await robin.click('Data file (JSON)');
  await robin.submit();
  await workspace.settled();
  const json = JSON.parse(strFromU8(await bytesOf('json')));
  expect(json.forms[0].entries[0].fields[0]).toMatchObject({ label: 'Type of CPD', text: 'quincetype' });
  await closeAll(robin);

  // In windows and in the files she asked for, and nowhere else.
  const private_ = /xylophone|zebrawords|quincetype|wait longer/;
  expect(JSON.stringify(robin.dmsWithBot().map(({ blocks, text }) => [blocks, text]))).not.toMatch(private_);
  expect(log.join('\n')).not.toMatch(private_);
  expect(databaseBytes(community)).not.toMatch(private_);
  const sam = community.as('sam');
  await agreeOnly(sam);
  await sam.command('/chatr cpd');
  expect(sam.visibleText()).not.toContain('Chosen because');
  await sam.submit({}, { mayFail: true });
  expect(sam.visibleText()).toContain('Please complete this required field.');
}, 60_000);

test('a midwife: accounts and log apart, hours that are hers to say, and a form past its day', async () => {
  const community = await givenCommunity({ at: '2027-06-01T09:00:00Z' });
  await community.forward(60, 60);
  const [robin, jo] = [community.as('robin'), community.as('jo')];
  await agreeOnly(robin);
  await robin.command('/chatr reflect two-minute');
  const moment =
    robin
      .visibleText()
      .split('\n')
      .find((one) => one.startsWith('A moment')) ?? '';
  await robin.fill({ [moment]: 'a calm talk' });
  await robin.click('Add title, date, tags');
  await robin.submit({ 'Time spent': '50' });
  await robin.submit();
  await closeAll(robin);
  await robin.command('/chatr find trauma');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
  await robin.command('/chatr cpd');
  await robin.fill({ 'Which record?': 'NMC revalidation' });
  expect(robin.visibleText()).toContain('Only you know these dates.');
  await robin.submit();
  expect(robin.visibleText()).toContain('*Written reflective account* (1 of 2)');
  // What she saved is no account of hers.
  expect(robin.visibleText()).toContain('1 entry.');
  expect(robin.visibleText()).not.toMatch(/Saved resource|Tick all/);
  await robin.submit();
  expect(robin.visibleText()).toContain('*CPD record log* (2 of 2)');
  // What she saved is offered as well, and counts for nothing until she says that she has read it.
  expect(robin.visibleText()).toContain('1 June 2027: Saved resource');
  await robin.submit({ 'Tick what goes into it': ['1 June 2027: Two-minute note'] });
  expect(robin.visibleText()).toContain('1 entry.');
  expect(robin.visibleText()).toContain('Also in the file, to fill in by hand: Reflective discussion form.');
  await robin.click('Fill in');
  await robin.submit({ Method: 'Other' });
  // The time she noted is offered, and stands there once she takes it.
  expect(robin.visibleText()).toContain(
    'You noted 50 minutes with this, in whole quarter hours: 0.75 under “Number of hours”?',
  );
  expect(JSON.stringify(robin.modal()?.state)).not.toContain('0.75');
  await robin.click('Put 0.75 there');
  expect(JSON.stringify(robin.modal()?.state)).toContain('"0.75"');
  expect(robin.visibleText()).not.toContain('Put 0.75 there');
  await robin.submit({ 'Number of hours': '1.3' });
  expect(robin.visibleText()).toContain('Please give hours in quarters');
  await robin.submit({ 'Number of hours': '1', 'Number of participatory hours': '2' });
  expect(robin.visibleText()).toContain('they cannot be more');
  await robin.fill({ 'Number of participatory hours': '0.5' });
  await robin.click('Back');
  await robin.submit();
  expect(JSON.stringify(robin.modal()?.state)).toContain('"0.5"');
  // What is written here is looked through before it is kept, by whichever button it is kept.
  const inField = () => JSON.stringify(robin.modal()?.state);
  await robin.submit({ Evidence: 'mum is at E8 3PN' });
  expect(robin.visibleText()).toContain('Please look once more');
  expect(robin.visibleText()).toContain('a postcode');
  await robin.click('Keep it as it is');
  expect(robin.visibleText()).toContain('It stays as you wrote it.');
  await robin.fill({ Evidence: 'mum is at E8 3PN, again' });
  await robin.submit();
  expect(robin.visibleText()).toContain('1 entry.');
  await robin.click('Fill in');
  await robin.submit();
  expect(inField()).toContain('E8 3PN, again');
  // It is not asked about twice.
  await robin.click('Back to my entries');
  expect(robin.visibleText()).toContain('1 entry.');
  await robin.click('Fill in');
  await robin.submit();
  await robin.fill({ Evidence: 'dad is at E8 4QR' });
  await robin.click('Back to my entries');
  expect(robin.visibleText()).toContain('Please look once more');
  await robin.click('Back to my entries');
  await robin.click('Fill in');
  await robin.submit();
  // Whoever goes away from the question finds their words as typed, and the question with them.
  expect(inField()).toContain('dad is at E8 4QR');
  expect(robin.visibleText()).toContain('Please look once more');
  await robin.submit();
  await robin.click('Fill in');
  await robin.submit();
  expect(inField()).toContain('dad is at [postcode removed]');
  // Closed, it is kept whole: an author's name, and hours that are none beside it.
  await robin.fill({ Evidence: 'Read Sarah Thompson’s book; dad is at E8 4QR' });
  await closeAll(robin);
  await robin.command('/chatr cpd');
  for (let step = 0; step < 3; step += 1) await robin.submit();
  await robin.click('Check and take away');
  expect(robin.visibleText()).toContain('could identify a person');
  await robin.click('Back to my entries');
  await robin.click('Fill in');
  expect(robin.visibleText()).not.toContain('Please look once more');
  await robin.submit();
  expect(inField()).toContain('Read Sarah Thompson’s book; dad is at E8 4QR');
  expect(robin.visibleText()).toContain('Please look once more');
  await robin.click('Keep it as it is');
  await robin.submit();
  await robin.click('Fill in');
  await robin.submit();
  expect(inField()).toContain('Read Sarah Thompson’s book; dad is at E8 4QR');
  expect(robin.visibleText()).not.toContain('Please look once more');
  // Closed in the middle, it is there again.
  await robin.fill({ Evidence: 'my notes' });
  await closeAll(robin);
  await robin.command('/chatr revalidation');
  await robin.submit();
  await robin.submit();
  await robin.submit();
  await robin.click('Check and take away');
  expect(robin.visibleText()).toContain('Check the current form first');
  await robin.click('Copy field by field');
  expect(robin.visibleText()).toContain('my notes');
  await robin.click('Next');
  await closeAll(robin);

  // In a message Slack opens no window; a button does.
  await robin.post('my portfolio');
  const offer = robin.dmsWithBot().at(-1);
  if (offer) await robin.click('CPD record', { in: offer });
  expect(robin.visibleText()).toContain('As you chose it last.');
  await closeAll(robin);

  // Curators are told, and nobody else.
  await jo.openHome();
  expect(robin.visibleText('home')).not.toContain('CPD forms to look at again');
  expect(jo.visibleText('home')).toContain('CPD forms to look at again');
  expect(jo.visibleText('home')).toContain('CPD record log: by 30 April 2027');
}, 60_000);
