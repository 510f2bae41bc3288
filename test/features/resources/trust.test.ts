import { expect, test } from 'vitest';
import { toCatalogue } from '../../../src/features/resources/content.ts';
import { showFound } from '../../../src/features/resources/finding/show.ts';
import { recordVisit, visitSoon } from '../../../src/features/resources/links/store.ts';
import type { Found } from '../../../src/features/resources/links/visit.ts';
import { days, later } from '../../../src/lib/clock.ts';
import { type Bench, content, givenPerson, givenResources, resource } from './support.ts';

const brain = resource('uktc-trauma-brain-video');
const fine: Found = { outcome: 'fine', status: 200, movedTo: undefined, redirects: [] };

async function visited(bench: Bench, found: Found, at = bench.clock.now()): Promise<void> {
  const { url = '' } = brain;
  await visitSoon(bench.db, url, at);
  await recordVisit(bench.db, url, found, at);
  bench.trust.changed();
}

async function lineOf(bench: Bench, question = brain.title): Promise<string> {
  const { actor } = await givenPerson(bench);
  const { blocks } = await showFound(bench, actor, question);
  const at = blocks.findIndex(({ block_id }) => block_id?.startsWith(`${brain.id}|`));
  const below = blocks[at + 1];
  const line = below?.type === 'context' ? JSON.stringify(below.elements) : '';
  // Below the last entry stands what the whole answer says.
  return line.includes('Understood as') ? '' : line;
}

test('where nobody has visited a page, nothing is said of it', async () => {
  const bench = await givenResources();
  expect(await lineOf(bench)).toBe('');
  const { actor } = await givenPerson(bench);
  expect(JSON.stringify(await showFound(bench, actor, 'attachment'))).not.toMatch(/checked|archived/i);
});

test('a page that opened says so until that is old', async () => {
  const bench = await givenResources();
  await visited(bench, fine);
  expect(await lineOf(bench)).toContain('Opened fine on 3 March');
  bench.clock.forward(60 * 24 * 60);
  expect(await lineOf(bench)).toBe('');
});

test('what has moved, and what does not open for the third day, is said', async () => {
  const bench = await givenResources();
  await visited(bench, { ...fine, outcome: 'moved', movedTo: 'https://example.org/new' });
  expect(await lineOf(bench)).toContain('Moved');
  for (const day of [1, 2, 3]) {
    const gone: Found = { outcome: 'gone', status: 404, movedTo: undefined, redirects: [] };
    await visited(bench, gone, later(bench.clock.now(), days(day)));
  }
  expect(await lineOf(bench)).toContain('Did not open when it was last tried');
  // Where links are not visited any more, what was found once says nothing.
  bench.clock.forward(60 * 24 * 60);
  expect(await lineOf(bench)).toBe('');
});

test('an old page beside which the publisher has a newer year of it says so', async () => {
  const bench = await givenResources();
  const old = { ...brain, title: 'Brains of the year 2012', year: 2012 };
  const newer = {
    ...brain,
    id: 'newer',
    url: 'https://example.org/newer',
    title: 'Brains of the year 2024',
    year: 2024,
  };
  const all = content.catalogue.all.map((entry) => (entry.id === brain.id ? old : entry));
  bench.live.publish(toCatalogue([...all, newer]));
  expect(await lineOf(bench, old.title)).toContain('Older than five years; there is a newer page');
  bench.live.publish(toCatalogue(all));
  expect(await lineOf(bench, old.title)).toBe('');
});

test('a page that is remembered stays so, until there is something else to say', async () => {
  const bench = await givenResources();
  const { actor } = await givenPerson(bench);
  const look = () => showFound(bench, actor, 'attachment');
  await look();
  const remembered = await look();
  expect(await look()).toBe(remembered);
  bench.trust.changed();
  expect(await look(), 'visited, and the same is to be said').toBe(remembered);
  await visited(bench, fine);
  expect(await look()).not.toBe(remembered);
});
