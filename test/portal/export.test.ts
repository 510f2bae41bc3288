import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { migrate } from '../../src/db/migrate.ts';
import { openStore } from '../../src/db/open.ts';
import { markOf, sentencesOf } from '../../src/features/pathways/content.ts';
import { insertVersion } from '../../src/features/resources/catalogue/store.ts';
import type { Resource } from '../../src/features/resources/content.ts';
import { toCatalogue } from '../../src/features/resources/content.ts';
import { html, jsonFor } from '../../src/lib/html.ts';
import { makePortal, PortalFolderError, writePortal } from '../../src/portal/export.ts';
import { aboutPage } from '../../src/portal/pages.ts';
import { sharedCode } from '../../src/portal/shared-code.ts';
import { anyCharacter } from '../support/any-text.ts';
import { givenFolder, shipped } from './support.ts';

const shared = await sharedCode();
const site = makePortal(shipped, shared);
const pages = [...site].filter(([name]) => name.endsWith('.html'));
const textOf = (name: string) => site.get(name) ?? '';

/** As npm starts it. */
const command = ['--disable-warning=ExperimentalWarning', 'src/entry.js', 'export-portal'];

test('npm run export:portal writes the whole site, and the folder works as it is', () => {
  const folder = join(givenFolder(), 'site');
  const said = execFileSync(process.execPath, [...command, folder], {
    encoding: 'utf8',
  });
  const there = new Set(readdirSync(folder));
  expect(said).toContain(`The site is in ${folder}: ${there.size} files`);
  for (const name of site.keys()) expect(there, name).toContain(name);
});

const run = (...args: string[]) =>
  spawnSync(process.execPath, [...command, ...args], { encoding: 'utf8', timeout: 60_000 });

test('without a folder, with two, and with one that holds something else it says what to do, and writes nothing', () => {
  expect(run()).toMatchObject({ status: 2, stdout: expect.stringContaining('for example') });
  expect(run('my', 'site')).toMatchObject({ status: 2, stdout: expect.stringContaining('-- "my site"') });
  const folder = givenFolder();
  writeFileSync(join(folder, 'thesis.txt'), 'mine');
  expect(run(folder)).toMatchObject({ status: 2, stdout: expect.stringContaining('Nothing was written') });
  expect(readdirSync(folder)).toEqual(['thesis.txt']);
});

describe('a folder that cannot be written in', () => {
  const small = new Map([
    ['index.html', 'new'],
    ['about.html', 'new'],
  ]);
  const problem = (folder: string): string => {
    try {
      return `${writePortal(folder, small)} files`;
    } catch (error) {
      if (!(error instanceof PortalFolderError)) throw error;
      return error.message.replaceAll(folder, 'HERE');
    }
  };

  test('is a file, or lies below one', () => {
    const file = join(givenFolder(), 'letter.txt');
    writeFileSync(file, 'mine');
    for (const folder of [file, join(file, 'site')])
      expect(problem(folder)).toBe(
        'HERE is a file, or leads through one. Nothing was written. Name a folder.',
      );
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test.skipIf(process.getuid?.() === 0)('may not be written in by this account', () => {
    const folder = join(givenFolder(), 'locked');
    mkdirSync(folder, { mode: 0o555 });
    expect(problem(folder)).toMatch(/^This account may not write in HERE\. Nothing was written\./);
    expect(problem(join(folder, 'site'))).toMatch(
      /^This account may not write in HERE\. Nothing was written\./,
    );
  });

  test('has a folder where a page should be: what is there of the site is said, and the next run makes it whole', () => {
    const folder = givenFolder();
    writePortal(folder, new Map([['gone.html', 'old']]));
    mkdirSync(join(folder, 'about.html'));
    expect(problem(folder)).toContain('A part of the site is there: run this again once that is mended.');
    rmdirSync(join(folder, 'about.html'));
    expect(problem(folder)).toBe('3 files');
    expect(readdirSync(folder).toSorted()).toEqual(['about.html', 'index.html', 'portal-files.txt']);
  });

  test('and one with spaces and umlauts in its name can', () => {
    const folder = join(givenFolder(), 'Ma\u0308rz & \u00dcbersicht, 50 %');
    expect(problem(folder)).toBe('3 files');
    expect(problem(folder)).toBe('3 files');
  });
});

test('with a mistake in the content nothing is written, and the mistake is named with its line', () => {
  const around = givenFolder();
  cpSync('data', join(around, 'data'), { recursive: true });
  const file = join(around, 'data', 'resources.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^ {4}type: .*$/m, '    type: banana'));
  const folder = join(around, 'site');
  const { status, stderr } = spawnSync(process.execPath, [...command, folder], {
    encoding: 'utf8',
    env: { ...process.env, CHATR_CONTENT_DIR: join(around, 'data') },
  });
  expect([status, stderr]).toEqual([
    1,
    expect.stringMatching(/resources\.yaml:\d+: .*type: "banana" cannot stand here/),
  ]);
  expect(existsSync(folder)).toBe(false);
});

test('where the bot’s database is there, the site has what curators changed', async () => {
  const folder = givenFolder();
  const databaseUrl = `file:${join(folder, 'chatr.db')}`;
  const store = await openStore(databaseUrl);
  await migrate(store);
  const [entry, gone] = shipped.catalogue.shown;
  if (!entry || !gone) throw new Error('The catalogue is empty.');
  const change = (of: Resource, entry: Resource, isRetired: boolean) =>
    insertVersion(store.db, {
      entryId: of.id,
      version: 1,
      entry,
      isRetired,
      seed: of,
      changedBy: 'UWHOEVERCHANGEDIT',
      changedAt: new Date('2026-03-03T10:00:00Z'),
    });
  await change(entry, { ...entry, title: 'A title from a curator' }, false);
  await change(gone, gone, true);
  await store.close();
  const site = join(folder, 'site');
  const said = execFileSync(process.execPath, [...command, site], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: databaseUrl },
  });
  expect(said).toContain('with what curators have changed');
  expect(readFileSync(join(site, 'all.html'), 'utf8')).toContain('A title from a curator');
  for (const name of readdirSync(site)) {
    const text = readFileSync(join(site, name), 'utf8');
    expect(text, `${name} of who changed it`).not.toContain('UWHOEVERCHANGEDIT');
    expect(text, `${name} of what was retired`).not.toContain(JSON.stringify(gone.title).slice(1, -1));
    expect(text, `${name} of what was retired`).not.toContain(`"${gone.id}"`);
  }
});

test('the same content on the same day makes the same site, byte by byte', () => {
  expect([...makePortal(structuredClone(shipped), shared)]).toEqual([...site]);
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
  expect(() => writePortal(around, site)).toThrow(PortalFolderError);
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

test('each page says which address is its own, whatever is asked of it, and none is kept from being found', () => {
  for (const [name, text] of pages) {
    expect(text).toContain(`<link rel="canonical" href="${name}">`);
    expect(text).not.toContain('noindex');
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
  // The same number on the front page as on the page that has everything, and how many of them lead nowhere yet.
  const { shown } = shipped.catalogue;
  expect(textOf('index.html')).toContain(
    `${shown.length} resources picked for practitioners in City and Hackney, ${shown.length - withAddress.length} of them still to come`,
  );
  expect(textOf('all.html')).toContain(`${shown.length} resources.`);
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
          item: z.strictObject({
            '@type': z.literal('LearningResource'),
            name: z.string().min(1),
            url: z.url(),
            description: z.string().min(1),
            learningResourceType: z.string().min(1),
            publisher: z.strictObject({ '@type': z.literal('Organization'), name: z.string().min(1) }),
            datePublished: z
              .string()
              .regex(/^\d{4}$/)
              .optional(),
            timeRequired: z
              .string()
              .regex(/^PT\d+M$/)
              .optional(),
            about: z.array(z.strictObject({ '@type': z.literal('Thing'), name: z.string().min(1) })).min(1),
            audience: z.array(
              z.strictObject({ '@type': z.literal('Audience'), audienceType: z.string().min(1) }),
            ),
            isAccessibleForFree: z.boolean().optional(),
          }),
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
  const later = makePortal({ ...shipped, on: '2027-06-01' }, shared).get('new.html') ?? '';
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
  const pageOf = (id: string, portal = shipped) => makePortal(portal, shared).get(`pathway-${id}.html`) ?? '';

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

test('how addresses were seen is said as it was noted, also where nobody ticked that they opened one', () => {
  const about = (noted: readonly (string | undefined)[]) => {
    const entries = shipped.catalogue.shown.filter(({ url }) => url !== undefined).slice(0, noted.length);
    const catalogue = toCatalogue(
      entries.map(({ verified: _verified, ...entry }, nth) => {
        const verified = noted[nth];
        return verified === undefined ? entry : { ...entry, verified };
      }),
    );
    return aboutPage({ ...shipped, catalogue }).main.text;
  };
  expect(textOf('about.html')).toMatch(
    /How the \d+ addresses were seen: \d+ as an archived copy of the public page, \d+ on a page that cites it\. Pages move/,
  );
  expect(about(['archived copy', 'opened by a curator', undefined])).toContain(
    'How the 3 addresses were seen: 1 as an archived copy of the public page, 1 by a curator who opened it, 1 not noted. Pages move',
  );
  expect(about([undefined])).toContain('<p>How the 1 address was seen: 1 not noted. Pages move');
});
