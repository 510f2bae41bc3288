import type { PersonDriver } from 'practice-workspace';
import { describe, expect, test } from 'vitest';
import { type Community, givenCommunity } from '../support/community.ts';
import { actingMarkup, agree, closeAll, markupIn, nuisances } from '../support/stories.ts';

async function givenMember(): Promise<{ community: Community; robin: PersonDriver }> {
  const community = await givenCommunity();
  await community.forward(10, 5);
  const robin = community.as('robin');
  await agree(robin);
  robin.skipSeen();
  return { community, robin };
}

/** What a line is answered with: only this person sees it. */
async function asked(person: PersonDriver, line: string): Promise<string> {
  await person.command(line);
  const answer = await person.next('ephemeral');
  return person.visibleText(answer);
}

describe('a member finds a resource in one line', () => {
  test('by words, by short forms, in smart quotes, with one wrong letter, and without the command word', async () => {
    const { community, robin } = await givenMember();
    expect(await asked(robin, '/chatr find trauma')).toContain('UK Trauma Council');
    expect(await asked(robin, '/chatr find DVA')).toContain('Domestic abuse');
    expect(await asked(robin, '/chatr find PIMH')).toContain('parent-infant mental health');
    const misspelt = await asked(robin, '/chatr find perinatel');
    expect(misspelt).toContain('Showing results for ‘perinatal’');
    expect(misspelt).toContain('Perinatal_');
    expect(await asked(robin, '/chatr perinatal anxiety')).toContain('perinatal');
    expect(await asked(robin, '/chatr find “birth trauma”')).toContain('Make Birth Better');
    expect(await asked(robin, '/chatr   FIND   trauma ')).toContain('UK Trauma Council');
    expect(community.log).toEqual([]);
    expect(robin.notices()).toEqual([]);
  });

  test('each result says who made it, what kind it is and for which ages, in a sentence, with its link', async () => {
    const { robin } = await givenMember();
    const text = await asked(robin, '/chatr find trauma');
    expect(text).toContain('<https://uktraumacouncil.org/about|About the UK Trauma Council>');
    expect(text).toContain('UK Trauma Council · Website · 0–5, 5–11, 11–18');
    expect(text).toMatch(/1–3 of \d+/);
  });

  test('asked again and again it says the same, and what was saved in between at once', async () => {
    const { community, robin } = await givenMember();
    const ask = async () => {
      await robin.command('/chatr find infant mental health for dads');
      return (await robin.next('ephemeral')).blocks?.map(({ block_id: _id, ...block }) => block);
    };
    const first = await ask();
    expect(JSON.stringify(first)).toContain('\u00b7');
    for (let nth = 0; nth < 3; nth += 1) expect(await ask()).toEqual(first);
    await robin.choose({ actionId: 'resources.about' }, 'Save', { nth: 0 });
    expect(JSON.stringify(await ask())).toContain('Remove from saved');
    await robin.choose({ actionId: 'resources.about' }, 'Remove from saved', { nth: 0 });
    expect(await ask()).toEqual(first);
    expect(community.log).toEqual([]);
  });

  test('nobody else sees what somebody looked for', async () => {
    const { community, robin } = await givenMember();
    await robin.command('/chatr find trauma', { in: 'chatr-forum' });
    expect(robin.ephemerals().at(-1)?.channel).toBe(community.workspace.channelId('chatr-forum'));
    expect(community.as('jo').messages('chatr-forum')).toEqual([]);
  });
});

test('"Show 5 more" turns the page in place', async () => {
  const { robin } = await givenMember();
  await robin.command('/chatr find trauma');
  const first = await robin.next('ephemeral');
  const count = robin.dmsWithBot().length;
  await robin.click('Show 5 more');
  const second = await robin.next('edited');
  expect(second.ts).toBe(first.ts);
  expect(robin.visibleText(second)).toMatch(/4–8 of \d+/);
  expect(robin.dmsWithBot()).toHaveLength(count);
  await robin.click('Back');
  expect(robin.visibleText(await robin.next('edited'))).toMatch(/1–3 of \d+/);
});

test('the last page can be reached, and no page repeats a resource', async () => {
  const { robin } = await givenMember();
  await robin.command('/chatr find trauma');
  let page = await robin.next('ephemeral');
  const seen = new Set<string>();
  for (;;) {
    const text = robin.visibleText(page);
    for (const [link] of text.matchAll(/<https?:[^|]+\|[^>]+>/g)) {
      expect(seen.has(link), link).toBe(false);
      seen.add(link);
    }
    const more = /Show \d+ more/.exec(text)?.[0];
    if (!more) break;
    await robin.click(more);
    page = await robin.next('edited');
  }
  const [, total] = /of (\d+)/.exec(robin.visibleText(page)) ?? [];
  expect(seen.size).toBe(Number(total));
});

test('a word that nothing is about is answered with ways on, and kept without who asked', async () => {
  const { community, robin } = await givenMember();
  const text = await asked(robin, '/chatr find xyzzyq');
  expect(text).toContain('Nothing in the catalogue for ‘xyzzyq’');
  for (const button of ['Search again', 'Browse topics', 'Suggest a resource'])
    expect(text).toContain(button);
  await robin.click('Browse topics');
  expect(robin.visibleText(robin.dmsWithBot().at(-1))).not.toContain('xyzzyq');
  expect(community.log).toEqual([]);
});

test('a near miss is looked up, with the command it looks like beside it', async () => {
  const { robin } = await givenMember();
  expect(await asked(robin, '/chatr refelct')).toMatch(/refelct.*did you mean the command \*reflect\*\?/s);
  await robin.click('Yes, reflect');
  expect(robin.modal()?.title).toBe('Write a reflection');
});

test('from Home by button: search, save, see it in Home, put it back', async () => {
  const { community, robin } = await givenMember();
  await robin.openHome();
  await robin.click('Find a resource');
  await robin.submit({ 'What are you looking for?': 'birth trauma' });
  expect(robin.visibleText('modal')).toContain('Maternal mental health services in London');
  await robin.choose({ actionId: 'resources.about' }, 'Save', { in: 'modal', nth: 0 });
  await closeAll(robin);
  expect(robin.visibleText('home')).toContain('Maternal mental health services in London');
  expect(await asked(robin, '/chatr saved')).toContain('Maternal mental health services in London');
  await robin.click('Browse resources', { in: 'home' });
  expect(robin.visibleText('modal')).toMatch(/Start here.*New this month.*Topic.*Age group.*Kind/s);
  await robin.choose({ actionId: 'resources.pick.topic' }, 'Supervision');
  expect(robin.visibleText('modal')).toContain('in the catalogue');
  await closeAll(robin);
  expect(community.log).toEqual([]);
});

test('what somebody types never acts as markup, mention or command, however long or odd it is', async () => {
  const { community, robin } = await givenMember();
  const long = ['a'.repeat(3000), '<'.repeat(3000), '*'.repeat(1000), 'trauma '.repeat(400)];
  for (const line of [...nuisances, ...long])
    for (const command of [`/chatr find ${line}`, `/chatr ${line}`, `/chatr define ${line}`]) {
      robin.skipSeen();
      await robin.command(command);
      const answer = robin.ephemerals().at(-1);
      expect(answer?.fromSlack, robin.describe()).toBe(false);
      expect(markupIn(answer?.blocks), command).not.toMatch(actingMarkup);
      expect(answer?.text).not.toMatch(actingMarkup);
    }
  for (const line of nuisances) await robin.post(line);
  expect(
    robin
      .dmsWithBot()
      .map(({ user, text }) => (user === robin.id ? '' : text))
      .join(),
  ).not.toMatch(actingMarkup);
  expect(robin.notices()).toEqual([]);
  expect(community.log).toEqual([]);
});
