import type { PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import {
  actingMarkup,
  agree,
  closeAll,
  databaseBytes,
  markupIn,
  nuisances,
  pressForged,
} from '../support/stories.ts';

const moment = 'A moment: What stayed with you today?';
const secret = 'I noticed how the kingfisher curtains calmed me';

async function givenMember(): Promise<{ community: Community; robin: PersonDriver }> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  return { community, robin };
}

async function givenReflection(text = secret): Promise<{ community: Community; robin: PersonDriver }> {
  const given = await givenMember();
  await given.robin.command('/chatr reflect');
  await given.robin.submit({ [moment]: text });
  await closeAll(given.robin);
  return given;
}

test('a member writes a reflection, and finds it in the journal, in Home, and nowhere else', async () => {
  const { community, robin } = await givenReflection();
  const { workspace } = community;
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain(secret);
  await robin.click('Open');
  expect(robin.visibleText('modal')).toContain(secret);
  await closeAll(robin);
  await robin.openHome();
  await robin.click('My journal', { nth: 0 });
  expect(robin.visibleText('modal')).toContain(secret);
  await closeAll(robin);
  await community.forward(3 * 24 * 60, 120);
  // Modals are seen by their one reader and kept nowhere by Slack; everything else is a message or a page.
  for (const { method, body } of workspace.calls.map((call) => ({
    method: call.method,
    body: JSON.stringify(call),
  })))
    if (!['views.open', 'views.update', 'views.push'].includes(method))
      expect(body, method).not.toContain('kingfisher');
  for (const name of ['robin', 'sam', 'toni', 'gale', 'jo', 'fran'])
    expect(JSON.stringify(workspace.snapshot(name).messages), name).not.toContain('kingfisher');
  expect(community.log.join()).not.toContain('kingfisher');
  expect(community.log).toEqual([]);
});

test('the bytes of the database do not hold what was written, drafts included', async () => {
  const { community, robin } = await givenReflection();
  await robin.command('/chatr reflect');
  await robin.fill({ [moment]: 'a draft about the kingfisher' });
  await closeAll(robin);
  await community.stopBot();
  expect(databaseBytes(community)).not.toContain('kingfisher');
  expect(databaseBytes(community)).toContain('reflections');
});

test('nobody else can open it: not a facilitator, not an owner, not with the ids of its buttons', async () => {
  const { community, robin } = await givenReflection();
  const { workspace } = community;
  await robin.command('/chatr journal');
  const buttons = JSON.stringify(robin.modal()?.blocks);
  await robin.click('Open');
  const ids = `${buttons}${JSON.stringify(robin.modal())}`.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [];
  const [reflectionId] = ids;
  expect(reflectionId).toBeDefined();
  await closeAll(robin);
  for (const name of ['jo', 'fran', 'sam']) {
    const other = community.as(name);
    await other.command('/chatr journal');
    expect(other.visibleText('modal')).not.toContain('kingfisher');
    await closeAll(other);
    for (const actionId of [
      'reflections.open',
      'reflections.edit',
      'reflections.delete',
      'reflections.restore',
      'reflections.copy',
      'reflections.carry-on',
      'reflections.restore-draft',
      'reflections.keep-as-it-is',
    ]) {
      await pressForged(community, name, { actionId, value: reflectionId ?? '' });
      expect(JSON.stringify(workspace.snapshot(name)), `${name} ${actionId}`).not.toContain('kingfisher');
      await closeAll(other);
    }
  }
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal'), 'and it is still there').toContain(secret);
  expect(community.log).toEqual([]);
});

describe('before something identifiable is saved', () => {
  const text = 'I rang 07700 900123 about NHS 943 476 5919 and felt stuck';

  test('it can be masked', async () => {
    const { community, robin } = await givenDoubtful(text);
    await robin.submit();
    await closeAll(robin);
    await robin.command('/chatr journal');
    expect(robin.visibleText('modal')).toContain('[phone number removed]');
    expect(robin.visibleText('modal')).not.toContain('943 476 5919');
    expect(community.log.join()).not.toContain('943');
  });

  test('it can be edited, with every word still there', async () => {
    const { robin } = await givenDoubtful(text);
    await robin.click('Go back and edit');
    expect(JSON.stringify(robin.modal())).toContain(text);
    await robin.submit({ [moment]: 'I rang somebody and felt stuck' });
    expect(robin.visibleText('modal')).toContain('Kept in your journal');
  });

  test('it can be kept as it is', async () => {
    const { robin } = await givenDoubtful(text);
    await robin.click('Keep it as it is and save');
    await closeAll(robin);
    await robin.command('/chatr journal');
    expect(robin.visibleText('modal')).toContain('943 476 5919');
  });

  test('closing the question loses nothing: the words are a draft', async () => {
    const { robin } = await givenDoubtful(text);
    await robin.closeModal({ all: true });
    await robin.command('/chatr journal');
    expect(robin.visibleText('modal')).toContain('Not saved yet');
    await robin.click('Carry on with it');
    expect(JSON.stringify(robin.modal())).toContain(text);
  });
});

async function givenDoubtful(text: string): Promise<{ community: Community; robin: PersonDriver }> {
  const given = await givenMember();
  await given.robin.command('/chatr reflect');
  await given.robin.submit({ [moment]: text });
  expect(given.robin.modal()?.title).toBe('A quick look first');
  return given;
}

test('whoever closes the form finds their words again, after a restart too', async () => {
  const { community, robin } = await givenMember();
  await robin.command('/chatr reflect');
  await robin.fill({ [moment]: secret });
  await robin.closeModal();
  await community.stopBot();
  await community.startBot();
  await robin.command('/chatr reflect');
  await robin.click('Carry on with it');
  expect(JSON.stringify(robin.modal())).toContain(secret);
  await robin.submit();
  expect(robin.visibleText('modal')).toContain('Kept in your journal');
});

test('a form sent twice is one reflection', async () => {
  const { community, robin } = await givenMember();
  await robin.command('/chatr reflect');
  community.workspace.faults.nextDelivery('interactive', 'duplicate');
  await robin.submit({ [moment]: secret });
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).toContain('1 reflection.');
  expect(community.log).toEqual([]);
});

test('a deleted reflection can be brought back', async () => {
  const { robin } = await givenReflection();
  await robin.command('/chatr journal');
  await robin.click('Open');
  await robin.click('Delete');
  expect(robin.visibleText('modal')).toContain('You can bring it back until Wednesday 4 March, 10:10');
  await robin.click('My journal');
  expect(robin.visibleText('modal')).not.toContain('kingfisher');
  await closeAll(robin);
  await robin.command('/chatr journal');
  expect(robin.visibleText('modal')).not.toContain('kingfisher');
  await closeAll(robin);
  await robin.command('/chatr reflect');
  await robin.submit({ [moment]: 'another one' });
  await closeAll(robin);
  const { robin: other } = await givenReflection();
  await other.command('/chatr journal');
  await other.click('Open');
  await other.click('Delete');
  await other.click('Bring it back');
  await closeAll(other);
  await other.command('/chatr journal');
  expect(other.visibleText('modal')).toContain(secret);
});

test('three thousand characters, and every nuisance, come back as they were typed', async () => {
  const { community, robin } = await givenMember();
  for (const text of [...nuisances, 'word '.repeat(600).trim()]) {
    await robin.command('/chatr reflect');
    await robin.submit({ [moment]: text });
    expect(robin.visibleText('modal'), text.slice(0, 40)).toContain('Kept in your journal');
    await robin.click('Open it');
    expect(markupIn(robin.modal()?.blocks)).not.toMatch(actingMarkup);
    expect(JSON.stringify(robin.modal()?.blocks), text.slice(0, 40)).toContain(
      JSON.stringify(text).slice(1, -1).slice(0, 2000),
    );
    await closeAll(robin);
  }
  expect(community.log).toEqual([]);
});

test('an empty form is not saved, and says so beside the field', async () => {
  const { robin } = await givenMember();
  await robin.command('/chatr reflect');
  await robin.submit();
  expect(Object.keys(robin.modal()?.errors ?? {})).not.toHaveLength(0);
});
