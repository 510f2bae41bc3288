import type { PersonDriver } from 'practice-workspace';
import { expect, test } from 'vitest';
import type { Training } from '../../../src/features/training/content.ts';
import { givenCommunity } from '../../support/community.ts';
import { shippedContent } from '../../support/shipped.ts';
import { agreeOnly, closeAll, pressForged } from '../../support/stories.ts';

const first = 'Adversity and trauma: what we mean and what we do not';

/** Chooses a part by its title, from the list in the hub. */
const pick = (person: PersonDriver, title: string) => person.choose({ actionId: 'training.pick' }, title);
const second = '2. Bodies, brains and relationships';
const fourth = '4. Six principles in everyday practice';
const sixth = '6. Looking after ourselves and each other';

/** The same content without one part, and with a resource in another that nobody has. */
function changed(training: Training, without: string): Training {
  return {
    ...training,
    modules: training.modules.map((one) =>
      one.kind === 'core'
        ? {
            ...one,
            parts: one.parts
              .filter(({ id }) => id !== without)
              .map((part) => (part.id === 'core-5' ? { ...part, resources: ['left-the-catalogue'] } : part)),
          }
        : one,
    ),
  };
}

test('the step of the first weeks opens it, and ends by itself with the first part', async () => {
  const community = await givenCommunity();
  const sam = community.as('sam');
  await sam.openHome();
  await sam.click('Read the community agreement', { in: 'home' });
  await sam.submit();
  await closeAll(sam);
  await sam.openHome();
  await sam.click('My first steps', { in: 'home' });
  expect(sam.visibleText('modal')).toMatch(/The core module\W+\(about 15 minutes\)/);
  await sam.click('Open the core module', { in: 'modal' });
  await pick(sam, fourth);
  await sam.click('Done');
  await closeAll(sam);
  await sam.click('My first steps', { in: 'home' });
  expect(sam.visibleText('modal')).toMatch(/The core module\W+\(about 15 minutes\)\nDone\./);
  await closeAll(sam);
  expect(community.log).toEqual([]);
});

test('a part at a time, in any order, with the way round first; it is theirs, and counts towards a CPD record', async () => {
  const community = await givenCommunity();
  const { workspace } = community;
  await community.forward(5 * 60, 60);
  const robin = community.as('robin');
  const toni = community.as('toni');
  const gale = community.as('gale');
  const jo = community.as('jo');
  await agreeOnly(robin, gale, jo);

  // Asked for by whatever name, it comes before anybody else's framework.
  await robin.command('/chatr find core module');
  expect(robin.visibleText(robin.ephemerals().at(-1))).toMatch(
    /Core module of this programme.*You asked: \*?core module/s,
  );
  await robin.click('Open the core module');
  expect(robin.modal()?.title).toBe('Training');
  expect(robin.visibleText('modal')).toContain('Nothing is tested or scored');
  await closeAll(robin);
  for (const line of ['training', 'the course', 'chatr module', 'show me the core module']) {
    await robin.command(`/chatr ${line}`);
    expect(robin.modal()?.title, line).toBe('Training');
    await closeAll(robin);
  }
  await robin.command('/chatr find course for teachers');
  expect(robin.visibleText(robin.ephemerals().at(-1))).not.toContain('of this programme');

  // The note comes before the material, and skipping loses nothing.
  await robin.openHome();
  await robin.click('Look at it', { in: 'home' });
  await pick(robin, sixth);
  expect(robin.visibleText('modal')).toMatch(
    /Content note:.*your own experience.*do it with somebody you trust/s,
  );
  expect(robin.visibleText('modal')).not.toContain('Read or watch');
  await robin.click('Skip this part');
  expect(robin.visibleText('modal')).toContain('Skipped: Looking after ourselves and each other.');
  await robin.click('Undo');
  // Back to the list, and not past the note.
  expect(robin.visibleText('modal')).toContain('Nothing is tested or scored');
  expect(robin.visibleText('modal')).not.toMatch(/6\. Looking[^\n]*(skipped|begun)/);
  await pick(robin, sixth);
  expect(robin.visibleText('modal')).toContain('do it with somebody you trust');
  await robin.click('Skip this part');

  // What it is about, with its resources as look-ups draw them.
  await pick(robin, `1. ${first}`);
  await robin.click('Go on');
  expect(robin.visibleText('modal')).toMatch(
    /Part 1 of 6.*Say why we do not score people.*Working definition.*Office for Health.*A question/s,
  );
  await robin.click('Reflect on this');
  expect(robin.visibleText('modal')).toContain('One small step');
  expect(robin.visibleText('modal')).toContain('A question to think about, if you like');
  expect(robin.visibleText('modal')).toContain(first);
  await robin.closeModal();
  workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.click('Done');
  expect(robin.visibleText('modal')).toContain(`Done: ${first}.`);
  expect(robin.visibleText('modal')).toMatch(/1\. Adversity[^\n]*done.*6\. Looking[^\n]*skipped/s);

  // Where they were. An old window's button does not take back what is done.
  await pick(robin, fourth);
  expect(robin.visibleText('modal')).toContain('Part 4 of 6');
  await pressForged(community, 'robin', { actionId: 'training.skip', value: 'core-1' });
  await closeAll(robin);
  await robin.openHome();
  expect(robin.visibleText('home')).toContain(
    '1 of 6 parts done. Next, whenever you like: Six principles in everyday practice.',
  );
  await robin.click('Go on', { in: 'home' });
  expect(robin.visibleText('modal')).toContain('you were here');
  expect(robin.visibleText('modal')).toMatch(/1\. Adversity[^\n]*done/);
  await closeAll(robin);

  // A CPD record is offered what is done, with its minutes, and not what was skipped.
  await robin.command('/chatr cpd');
  await robin.fill({ 'Which record?': 'My learning record' });
  await robin.submit({ From: '2026-01-01', Until: '2026-12-31' });
  expect(robin.visibleText('modal')).toContain('Core module');
  expect(robin.visibleText('modal')).toContain('what we mean');
  expect(robin.visibleText('modal')).not.toContain('Looking after ourselves');
  await closeAll(robin);

  // "Done" can be taken back.
  await robin.command('/chatr training');
  await pick(robin, `1. ${first}`);
  await robin.click('Not done after all');
  expect(robin.visibleText('modal')).toContain('Skip this part');
  await robin.click('Done');
  await closeAll(robin);

  // Whoever said no reads all of it, and nothing of it is kept.
  await toni.openHome();
  await toni.click('Read the community agreement', { in: 'home' });
  await toni.click('No, thank you');
  await closeAll(toni);
  await toni.command('/chatr training');
  await pick(toni, `1. ${first}`);
  await toni.click('Go on');
  expect(toni.visibleText('modal')).toContain('Explain ACEs');
  await pressForged(community, 'toni', { actionId: 'training.done', value: 'core-1' });
  await closeAll(toni);
  await toni.command('/chatr training');
  expect(toni.visibleText('modal')).toContain('what you have done is not kept');
  expect(toni.visibleText('modal')).not.toMatch(/1\. Adversity[^\n]*done/);
  await closeAll(toni);

  // What is theirs can be read, and deleted.
  await robin.command('/chatr my data');
  await robin.click('What exactly, and why');
  expect(robin.visibleText('modal')).toContain(
    'Parts of the core module that you opened, did or skipped (3)',
  );
  await closeAll(robin);

  // For curators alone: what is missing. Nobody else is promised it.
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('Not supplied by the programme: slides, videos and dates');
  expect(robin.visibleText('home')).not.toMatch(/slides|videos/i);
  await jo.command('/chatr training');
  await jo.click('Facilitators and moderators');
  expect(jo.visibleText('modal')).not.toMatch(/To be agreed|\(suggested\)/);
  await closeAll(jo);
  await gale.command('/chatr training');
  expect(gale.visibleText('modal')).not.toContain('Facilitators and moderators');
  expect(gale.visibleText('modal')).not.toContain('How groups are getting on');
  await closeAll(gale);

  // A part leaves the module, and a resource the catalogue.
  await gale.command('/chatr training');
  await pick(gale, second);
  await gale.click('Go on');
  const content = shippedContent();
  await community.stopBot();
  await community.startBot({ training: changed(content.training, 'core-1') });
  await pressForged(community, 'robin', { actionId: 'training.part', value: 'core-1' });
  expect(robin.visibleText('modal')).toContain('That part is not in the core module any more.');
  expect(robin.visibleText('modal')).not.toContain(first);
  await pick(robin, '4. Working together: pathways and people');
  expect(robin.visibleText('modal')).toContain('What was linked here is not in the catalogue any more.');
  await closeAll(robin);
  await robin.command('/chatr cpd');
  await robin.submit();
  expect(robin.visibleText('modal'), 'as it was called').toContain('what we mean');
  await closeAll(robin);
  await jo.openHome();
  expect(jo.visibleText('home')).toContain('Working together: pathways and people: left-the-catalogue');
  for (const forged of ['', 'core-99', 'x'.repeat(300), '{"a":1}'])
    for (const id of [
      'training.part',
      'training.done',
      'training.undo',
      'training.reflect',
      'training.further:x',
    ])
      await pressForged(community, 'robin', { actionId: id, value: forged });
  expect(community.log).toEqual([]);
});
