import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { markOf, sentencesOf } from '../../src/features/pathways/content.ts';
import { insertVersion } from '../../src/features/resources/catalogue/store.ts';
import { html, jsonFor } from '../../src/lib/html.ts';
import { FolderInUseError, makePortal, writePortal } from '../../src/portal/export.ts';
import { anyCharacter } from '../support/any-text.ts';
import { givenFolder, shipped } from './support.ts';

const site = makePortal(shipped);
const pages = [...site].filter(([name]) => name.endsWith('.html'));
const textOf = (name: string) => site.get(name) ?? '';

test('npm run export:portal writes the whole site, and the folder works as it is', () => {
  const folder = join(givenFolder(), 'site');
  const said = execFileSync(process.execPath, ['src/entry.js', 'export-portal', folder], {
    encoding: 'utf8',
  });
  const there = new Set(readdirSync(folder));
  expect(said).toContain(`The site is in ${folder}: ${there.size} files`);
  for (const name of site.keys()) expect(there, name).toContain(name);
});

test('without a folder it says what to type, and a folder that holds something else is left as it is', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/entry.js', 'export-portal', ...args], { encoding: 'utf8' });
  expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining('for example') });
  const folder = givenFolder();
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  expect(run(folder)).toMatchObject({ status: 2, stdout: expect.stringContaining('Nothing was written') });
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

test('where the bot’s database is there, the site has what curators changed', async () => {
  const folder = givenFolder();
  const databaseUrl = `file:${join(folder, 'chatr.db')}`;
  const store = await openStore(databaseUrl);
  await migrate(store);
  const [entry] = shipped.catalogue.shown;
  if (!entry) throw new Error('The catalogue is empty.');
  await insertVersion(store.db, {
    entryId: entry.id,
    version: 1,
    entry: { ...entry, title: 'A title from a curator' },
    isRetired: false,
    seed: entry,
    changedBy: 'somebody',
    changedAt: new Date('2026-03-03T10:00:00Z'),
  });
  await store.close();
  const site = join(folder, 'site');
  const said = execFileSync(process.execPath, ['src/entry.js', 'export-portal', site], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  expect(said).toContain('with what curators have changed');
  expect(readFileSync(join(site, 'all.html'), 'utf8')).toContain('A title from a curator');
});

test('the same content on the same day makes the same site, byte by byte', () => {
  expect([...makePortal(structuredClone(shipped))]).toEqual([...site]);
});

test('an export over an older one leaves none of its pages behind, and nothing else is touched', () => {
  const folder = givenFolder();
  writePortal(folder, new Map([...site, ['topic-gone.html', 'old']]));
  writeFileSync(join(folder, 'CNAME'), 'portal.example');
  mkdirSync(join(folder, 'pictures'));
  writePortal(folder, site);
  const there = readdirSync(folder);
  expect(there).not.toContain('topic-gone.html');
  expect(there).toEqual(expect.arrayContaining(['CNAME', 'pictures', 'index.html']));
  expect(readFileSync(join(folder, 'index.html'), 'utf8')).toBe(site.get('index.html'));
});

test('a list of files that leads out of the folder takes nothing away there', () => {
  const around = givenFolder();
  const folder = join(around, 'site');
  writeFileSync(join(around, 'outside.txt'), 'mine');
  writePortal(folder, site);
  writeFileSync(join(folder, 'portal-files.txt'), '../outside.txt\n');
  writePortal(folder, site);
  expect(readFileSync(join(around, 'outside.txt'), 'utf8')).toBe('mine');
  writeFileSync(join(around, 'more.txt'), '');
  expect(() => writePortal(around, site)).toThrow(FolderInUseError);
});

test('search can look up every word of every phrase that people say', () => {
  const { phrases, words } = JSON.parse(
    textOf('search-words.js').replace(/^window\.searchWords = |;\n$/g, ''),
  );
  const unknown = phrases.flatMap((phrase: string) =>
    phrase
      .split(' ')
      .slice(1)
      .filter((word) => !(word in words)),
  );
  expect(unknown).toEqual([]);
});

test('every link within the site leads to a page that is there, and to a place on it', () => {
  const idsOf = (text: string) => [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
  for (const [name, text] of pages) {
    expect(new Set(idsOf(text)).size, `ids of ${name} stand once`).toBe(idsOf(text).length);
    for (const [, target = ''] of text.matchAll(/ (?:href|src|action)="([^"]*)"/g)) {
      if (/^(?:https?|tel|mailto):/.test(target)) continue;
      const [file, anchor] = target.split('#');
      const page = file === '' ? text : site.get(file ?? '');
      expect(page, `${name} → ${target}`).toBeDefined();
      if (anchor !== undefined && page !== undefined)
        expect(idsOf(page), `${name} → ${target}`).toContain(anchor);
    }
  }
});

test('nothing is loaded from anywhere else, and the files speak of no other machine', () => {
  for (const [name, text] of pages) {
    const loaded = [...text.matchAll(/<(?:script|img|link|iframe)[^>]* (?:src|href)="([^"]*)"/g)];
    for (const [, address] of loaded) expect(address, name).not.toMatch(/^\w+:|^\/\//);
  }
});

test('everything that can be found is there, and what a newer page has replaced only through that page', () => {
  const all = textOf('all.html');
  for (const { id } of shipped.catalogue.shown) expect(all).toContain(`<li class="entry" id="${id}">`);
  for (const old of shipped.catalogue.superseded) {
    expect(all).not.toContain(`<li class="entry" id="${old.id}">`);
    // An older link to it still arrives.
    expect(all).toContain(`<span id="${old.id}"></span>`);
  }
  for (const { id } of shipped.catalogue.heldBack) expect(all).not.toContain(` id="${id}"`);
  expect(all).toContain('Replaces: Working together to safeguard children 2023.');
});

test('from A to Z: each letter once and in order, whatever a title begins with', () => {
  for (const name of ['all.html', 'glossary.html']) {
    const letters = [...textOf(name).matchAll(/<h2 id="letter-[^"]*">([^<]+)</g)].map(
      ([, letter = '']) => letter,
    );
    expect(letters.length, name).toBeGreaterThan(10);
    expect(letters, name).toEqual([...new Set(letters)].toSorted((a, b) => a.localeCompare(b, 'en-GB')));
  }
});

test('what the programme has not supplied says so, and leads nowhere', () => {
  const page = textOf('kind-programme.html');
  expect(page).toContain('The programme has not supplied this yet.');
  expect(page).not.toMatch(/class="away"/);
});

test('what to know before using a page stands with it, on pages and in the feed', () => {
  const cautious = shipped.catalogue.shown.filter(({ caution }) => caution !== undefined);
  expect(cautious.length).toBeGreaterThan(10);
  const feed = textOf('feed.json');
  for (const { caution = '', url, topics } of cautious) {
    const shown = html`<p class="caution">${caution}</p>`.text;
    for (const page of ['all.html', `topic-${topics[0]}.html`]) expect(textOf(page)).toContain(shown);
    if (url !== undefined) expect(feed).toContain(JSON.stringify(caution).slice(1, -1));
  }
});

test('the feed is a JSON Feed 1.1 with everything that has an address, newest first', () => {
  const feed = z
    .object({
      version: z.literal('https://jsonfeed.org/version/1.1'),
      title: z.string().min(1),
      language: z.literal('en-GB'),
      items: z.array(
        z.object({
          id: z.string().min(1),
          url: z.url(),
          title: z.string().min(1),
          content_text: z.string().min(1),
          date_published: z.iso.datetime().optional(),
          tags: z.array(z.string()),
          authors: z.array(z.object({ name: z.string() })),
        }),
      ),
    })
    .parse(JSON.parse(textOf('feed.json')));
  const withAddress = shipped.catalogue.shown.filter(({ url }) => url !== undefined);
  expect(feed.items).toHaveLength(withAddress.length);
  expect(new Set(feed.items.map(({ id }) => id)).size).toBe(withAddress.length);
  const days = feed.items.map((item) => item.date_published ?? '');
  expect(days).toEqual(days.toSorted().reverse());
  expect(textOf('about.html')).toContain(`with the ${withAddress.length} entries that have an address`);
  expect(textOf('index.html')).toContain(`${withAddress.length} pages picked`);
});

test('the page with everything describes each entry as a LearningResource', () => {
  const data = />(\{"@context".*?)<\/script>/s.exec(textOf('all.html'))?.[1] ?? '';
  const list = z
    .object({
      '@context': z.literal('https://schema.org'),
      '@type': z.literal('ItemList'),
      itemListElement: z.array(
        z.object({
          position: z.number(),
          item: z.object({ '@type': z.literal('LearningResource'), name: z.string(), url: z.url() }),
        }),
      ),
    })
    .parse(JSON.parse(data));
  expect(list.itemListElement.length).toBe(
    shipped.catalogue.shown.filter(({ url }) => url !== undefined).length,
  );
});

test('help: no number that is not confirmed, no closed line as a link, and 999 on every page', () => {
  const help = textOf('help.html');
  for (const { confidence, checked_on, phone, name } of shipped.signposts.lines)
    if (confidence === 'low' && checked_on === undefined && phone !== undefined) {
      expect(help).not.toContain(phone);
      expect(help).toContain(name.replaceAll('&', '&amp;').replaceAll("'", '&#39;'));
    }
  for (const { phone } of shipped.signposts.retired)
    expect(help).not.toContain(`href="tel:${phone.replaceAll(' ', '')}"`);
  for (const [name, text] of pages) expect(text, name).toContain('<a href="tel:999">999</a>');
});

test('what is new is told from the day the site is made', () => {
  const later = makePortal({ ...shipped, on: '2027-06-01' }).get('new.html') ?? '';
  expect(textOf('new.html')).toContain('Families First Partnership programme guide');
  expect(later).toContain('Nothing in the three months up to 1 June 2027.');
});

describe('whatever a text holds, it stays text', () => {
  const texts = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc
      .constantFrom('<script>', '"', "' onload='", '</script>', '&lt;', '<!--', ']]>', '\u2028', '\0')
      .chain((bad) => fc.string().map((text) => text + bad + text)),
  );

  test('in a page: no sign of its own gets through', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const drawn = html`<p title="${text}">${text}</p>`.text;
        const [, attribute = '', inside = ''] = /^<p title="(.*)">(.*)<\/p>$/s.exec(drawn) ?? [];
        expect(attribute).not.toMatch(/[<>"']/);
        expect(inside).toBe(attribute);
      }),
    );
  });

  test('in data: it comes back as it was, and cannot end its element', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const drawn = jsonFor({ text }).text;
        expect(drawn).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(drawn)).toEqual({ text });
      }),
    );
  });
});

describe('who to turn to, on pages that do not know the hour', () => {
  const { pathways } = shipped;
  const pageOf = (id: string, portal = shipped) => makePortal(portal).get(`pathway-${id}.html`) ?? '';

  test('each need has a page: 999 and one\u2019s own lead first, all steps, hours as they were stated and never worked out', () => {
    for (const { id, label } of pathways.pathways) {
      expect(textOf('pathways.html')).toContain(`<a href="pathway-${id}.html">`);
      const text = textOf(`pathway-${id}.html`);
      const main = text.slice(text.indexOf('<main'));
      expect(main.indexOf('tel:999'), label).toBeLessThan(main.indexOf('own safeguarding lead'));
      expect(main.indexOf('own safeguarding lead'), label).toBeLessThan(main.indexOf('1. Universal'));
      expect(main).toMatch(/1\. Universal.*2\. Early help and family help.*3\. Statutory.*4\. Specialist/s);
      expect(main).not.toMatch(/open now|closed now|answers now</i);
    }
    expect(textOf('pathway-child-neglect.html')).toContain('9am to 5pm, Monday to Friday, not bank holidays');
  });

  test('what is not confirmed has no number, and what nobody has read is not there', () => {
    const poor = textOf('pathway-housing-and-poverty.html');
    expect(poor).toMatch(/Little Village baby bank<\/h3>\s*<p>Not confirmed/);
    expect(poor).toMatch(/020 8356 2929.*Check first: this one is not confirmed yet/s);
    expect(textOf('pathway-practitioner-wellbeing.html')).not.toContain('08000 562 561');
    const [birth] = pathways.pathways;
    if (!birth) throw new Error('There is no pathway.');
    expect(pageOf(birth.id)).not.toContain('Ask about partners');
    const read = new Map([[birth.id, new Set(sentencesOf(birth).map(markOf))]]);
    expect(pageOf(birth.id, { ...shipped, pathways: { ...pathways, read } })).toContain(
      'Remember: Ask about partners',
    );
    expect(pageOf(birth.id, { ...shipped, pathways: { ...pathways, showsUnread: true } })).toContain(
      '<em>Not yet read:</em> Ask about partners',
    );
  });
});
