import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import axe, { type AxeResults } from 'axe-core';
import { parse } from 'csv-parse/sync';
import { unzipSync } from 'fflate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../../../../src/community/permissions.ts';
import { drawChart, sayChart } from '../../../../src/features/evaluation/documents/charts.ts';
import { tablesOf } from '../../../../src/features/evaluation/documents/csv.ts';
import { type ReadForFile, reportFiles } from '../../../../src/features/evaluation/documents/files.ts';
import { draw as drawHtml } from '../../../../src/features/evaluation/documents/html.ts';
import { draw as drawWord } from '../../../../src/features/evaluation/documents/word.ts';
import {
  type Chart,
  type Part,
  type Report,
  reportSchema,
  type Table,
} from '../../../../src/features/findings.ts';
import { findChromium, openBrowser } from '../../../support/chromium.ts';
import { compiledCode } from '../../../support/quick-folder.ts';
import { empty, example, large, nasty, quotesOnly } from './example.ts';
import { drawHtmlApart, drawWordApart } from './support.ts';

const examples = { example, empty, quotesOnly, large, nasty };

const partsOf = (file: Uint8Array): Record<string, string> =>
  Object.fromEntries(
    Object.entries(unzipSync(file)).flatMap(([name, bytes]) =>
      /\.(xml|rels|csv|svg)$/.test(name) ? [[name, Buffer.from(bytes).toString()]] : [],
    ),
  );

const all = <Kind extends 'table' | 'chart'>(report: Report, kind: Kind) =>
  report.sections
    .flatMap(({ parts }) => parts)
    .filter((part): part is Extract<typeof part, { kind: Kind }> => part.kind === kind);

/** Words as they are read: no markup, no more than one space. */
const read = (markup: string): string =>
  markup
    .replace(/<(?:[^<>"]|"[^"]*")*>/g, ' ')
    .replace(/&lt;|&gt;|&quot;|&#39;|&apos;|&amp;/g, (one) => signs[one] ?? one)
    .replace(/\s+/g, ' ');
const signs: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&apos;': "'",
  '&amp;': '&',
};

/** Everything that is to be read in a report. */
const wordsOf = ({ purpose, method, limits, sections }: Report): string[] =>
  [
    purpose,
    ...method,
    ...limits,
    ...sections.flatMap(({ title, parts }) => [title, ...parts.flatMap(wordsIn)]),
  ]
    .flatMap((words) =>
      words
        .toWellFormed()
        .replace(/\r\n|\u2028/g, '\n')
        .replace(/[^\P{Cc}\n]|[\u202a-\u202e\u2066-\u2069]/gu, '')
        .split('\n'),
    )
    .map((line) => line.replace(/\s+/g, ' ').trim());

function wordsIn(part: Part): string[] {
  switch (part.kind) {
    case 'text':
    case 'heading':
      return [part.text];
    case 'list':
      return part.items;
    case 'quotes':
      return [part.about, ...part.quotes];
    case 'chart':
      return [part.title, part.finding];
    case 'table': {
      const cells = part.rows.flat().filter((cell) => typeof cell === 'string');
      return [part.caption, part.note ?? '', ...part.columns.map(({ label }) => label), ...cells];
    }
  }
}

test('the examples are reports', () => {
  for (const report of Object.values(examples)) expect(reportSchema.parse(report)).toEqual(report);
});

/** Each drawn once, all in this thread: a large one takes seconds, and so does loading what draws. */
const words: Record<string, Uint8Array> = {};
const pages: Record<string, string> = {};
beforeAll(async () => {
  for (const [name, report] of Object.entries(examples)) {
    words[name] = await drawWord(report);
    pages[name] = await drawHtml(report);
  }
}, 120_000);
const wordOf = (name: keyof typeof examples): Uint8Array => words[name] ?? new Uint8Array();
const pageOf = (name: string): string => pages[name] ?? '';

describe('as a Word file', () => {
  const files: Record<string, Record<string, string>> = {};
  beforeAll(() => {
    for (const [name, file] of Object.entries(words)) files[name] = partsOf(file);
  });
  const partOf = (name: string, part = 'word/document.xml') => files[name]?.[part] ?? '';

  test('it has the chapters of an appendix as headings, in their order', () => {
    const headings = partOf('example')
      .split('<w:p>')
      .flatMap((paragraph) => {
        const [, style] = /<w:pStyle w:val="(Title|Heading\d)"/.exec(paragraph) ?? [];
        return style ? `${style}: ${read(paragraph).trim()}` : [];
      });
    expect(headings).toEqual([
      'Title: Perinatal pilot: evaluation report',
      'Heading1: Purpose',
      'Heading1: Method',
      'Heading1: Who took part',
      'Heading2: How many answered',
      'Heading1: Findings',
      'Heading2: What changed',
      'Heading2: What affected practice',
      'Heading3: Sessions, resources and the forum',
      'Heading2: What people meant to do',
      'Heading2: Themes',
      'Heading2: Use of the resources',
      'Heading2: Introductions across agencies',
      'Heading2: Training',
      'Heading2: What was heard and what was done',
      'Heading1: In their words',
      'Heading1: Limits of these figures',
      'Heading1: Next steps',
    ]);
  });

  test('everything of the report stands in it, and nothing breaks it', () => {
    for (const [name, report] of Object.entries(examples)) {
      const text = read(partOf(name));
      for (const line of wordsOf(report)) expect(text).toContain(line);
      for (const [part, xml] of Object.entries(files[name] ?? {}))
        expect(xml, `${name} ${part}`).not.toMatch(/[^\P{Cc}\t\n\r]|[\ufffe\uffff\u202e]/u);
    }
    expect(read(partOf('example'))).toContain(
      '6 of the 24 answers before the first session were given on paper',
    );
    expect(read(partOf('empty'))).toContain('Draft of 23 December 2026: figures may change');
    expect(read(partOf('empty'))).toContain('There is nothing yet that could be shown.');
    expect(read(partOf('quotesOnly'))).not.toContain('Findings');
  });

  test('a screen reader finds a title, the language, header rows, captions and what each chart says', () => {
    for (const [name, report] of Object.entries(examples)) {
      const body = partOf(name);
      const tables = all(report, 'table');
      const charts = all(report, 'chart');
      // Next steps are one more.
      expect(body.match(/<w:tblHeader\/>/g)).toHaveLength(tables.length + 1);
      expect(body.match(/SEQ Table/g) ?? []).toHaveLength(tables.length);
      const pictures = [...body.matchAll(/<wp:docPr id="(\d+)"[^>]*descr="([^"]*)"/g)];
      const said = pictures.map(([, , descr]) => read(descr ?? ''));
      if (report !== nasty) for (const chart of charts) expect(said).toContain(sayChart(chart));
      expect(new Set(pictures.map(([, id]) => id)).size).toBe(pictures.length);
      expect(body.match(/SEQ Figure/g) ?? []).toHaveLength(pictures.length);
    }
    expect(partOf('example', 'docProps/core.xml')).toContain(
      '<dc:title>Perinatal pilot: evaluation report</dc:title>',
    );
    expect(partOf('example', 'word/styles.xml')).toContain('w:lang w:val="en-GB"');
    const footer = Object.entries(files.example ?? {}).find(([name]) => /footer\d*\.xml$/.test(name))?.[1];
    expect(footer).toMatch(/PAGE.*NUMPAGES/s);
    expect(partOf('example')).toContain(
      'On average people knew better whom to ring: from 3 before to 7 after. What they said of talking with partners stayed the same. Average, from 0 to 10.',
    );
  });

  test('each chart is there as SVG, and as a sharp PNG for programs that show none', () => {
    const file = unzipSync(wordOf('example'));
    const pngs = Object.keys(file).filter((name) => name.endsWith('.png'));
    expect(pngs).toHaveLength(all(example, 'chart').length);
    expect(Object.keys(file).filter((name) => name.endsWith('.svg'))).toHaveLength(pngs.length);
    for (const name of pngs) {
      const png = Buffer.from(file[name] ?? []);
      expect(png.subarray(1, 4).toString()).toBe('PNG');
      expect(png.readUInt32BE(16)).toBe(1_600);
    }
  });
});

describe('as a page', () => {
  test('everything of the report stands in it, and it needs and runs nothing', () => {
    for (const [name, report] of Object.entries(examples)) {
      const page = pageOf(name);
      const text = read(page.replace(/<style>.*?<\/style>/s, ''));
      for (const line of wordsOf(report)) expect(text).toContain(line);
      const tags = page.match(/<[a-z](?:[^<>"]|"[^"]*")*>/g) ?? [];
      expect(tags.filter((tag) => /^<(script|img|link|iframe|object|image|use)\b/.test(tag))).toEqual([]);
      const outside = tags
        .map((tag) => tag.replace(/ href="#[^"]*"/g, ''))
        .filter((tag) => /\s(src|href|on\w+)=|https?:|url\(/.test(tag));
      expect(outside).toEqual([]);
      const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
});

describe('charts', () => {
  const pairs = all(example, 'chart').find(({ type }) => type === 'pairs');
  const given = (changes: Partial<Chart>): Chart => {
    if (!pairs) throw new Error('The example has no pairs.');
    return { ...pairs, ...changes };
  };
  const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words);

  test('each value is said beside its bar, on the whole scale, and the same each time', () => {
    const [drawing, ...more] = drawChart(given({}), 'page');
    const texts = textsOf(drawing?.svg ?? '');
    expect(more).toEqual([]);
    expect(texts).toEqual(expect.arrayContaining(['4.5 before', '6.5 after', '5.5 after', '0', '10']));
    expect(texts.join(' ')).toContain('Talking with fathers and other partners about how they are');
    expect(drawChart(given({}), 'page')).toEqual([drawing]);
    expect(textsOf(drawChart(given({}), 'phone')[0]?.svg ?? '')).toEqual(
      expect.arrayContaining(['0', '5', '10']),
    );
  });

  test('a long one is drawn in pieces that fit on a page, on one scale', () => {
    const points = Array.from({ length: 40 }, (_, nth) => ({ label: `Topic ${nth}`, value: nth }));
    const { to: _to, ...without } = given({ type: 'bars', points });
    const drawings = drawChart(without, 'page');
    expect(drawings.length).toBeGreaterThan(1);
    for (const { svg, height } of drawings) {
      expect(height).toBeLessThanOrEqual(800);
      expect(textsOf(svg)).toContain('40');
    }
    const labels = drawings.flatMap(({ svg }) => textsOf(svg)).filter((words) => words?.startsWith('Topic'));
    expect(labels).toEqual(points.map(({ label }) => label));
  });

  test('what was not asked before has one bar; below nothing is left of nothing', () => {
    const points = [
      { label: 'New', value: 3 },
      { label: 'Old', value: -2, before: 0 },
    ];
    const { from: _from, to: _to, ...open } = given({ points });
    const texts = textsOf(drawChart(open, 'page')[0]?.svg ?? '');
    expect(texts).toEqual(expect.arrayContaining(['3 after', '0 before', '−2 after']));
    expect(texts.filter((words) => words?.endsWith('before'))).toHaveLength(1);
    expect(sayChart(open)).toMatch(/Average, from 0 to 10\. New: 3; Old: 0 before, −2 after\.$/);
  });
});

describe('as tables', () => {
  const filesOf = (report: Report) => {
    const parts = partsOf(tablesOf(report));
    return Object.fromEntries(
      Object.entries(parts).map(([name, text]): [string, string[][]] => {
        expect(text.startsWith('\ufeff')).toBe(true);
        return [name, parse(text, { bom: true, record_delimiter: '\r\n' })];
      }),
    );
  };

  test('each table is a file of its own, and each of its columns is explained', () => {
    const files = filesOf(example);
    const tables = all(example, 'table');
    expect(Object.keys(files)).toEqual([
      'about.csv',
      'data-dictionary.csv',
      ...tables.map(({ id }) => `${id}.csv`),
    ]);
    for (const { id, columns, rows } of tables)
      expect(files[`${id}.csv`]).toEqual([
        columns.map((column) => column.id),
        ...rows.map((row) => row.map(String)),
      ]);
    const dictionary = files['data-dictionary.csv'] ?? [];
    expect(dictionary).toHaveLength(1 + tables.reduce((sum, { columns }) => sum + columns.length, 0));
    expect(dictionary).toContainEqual([
      'change',
      'What changed',
      // Under no heading of its own.
      '',
      'Averages of those who answered before and after, from 0 to 10',
      'before',
      'Before',
      'Average, rounded to the nearest half, from 12 matched people on.',
      'The likely range is a 95% interval by Student’s t for paired answers, rounded outward to halves.',
    ]);
    expect(files['about.csv']).toContainEqual(['closed on', '2026-12-23']);
    expect(Object.keys(filesOf(empty))).toEqual(['about.csv', 'data-dictionary.csv']);
  });

  test('no cell is a formula, a number below nothing stays one, and no name leaves its folder', () => {
    const files = filesOf(nasty);
    expect(Object.keys(files)).toEqual(['about.csv', 'data-dictionary.csv', 'nasty-table.csv']);
    const cells = Object.values(files).flat(2);
    expect(cells.filter((cell) => /^[=@+\t\r-]/.test(cell)).filter((cell) => cell !== '-1.25')).toEqual([]);
    expect(cells).toContain('-1.25');
  });

  test('a table is told under which heading it stands', () => {
    const [table] = all(example, 'table');
    if (!table) throw new Error('There is no table.');
    const parts: Part[] = [
      table,
      { kind: 'heading', text: 'Sleep' },
      { ...table, id: 'sleep' },
      { kind: 'heading', text: 'Loss' },
      { kind: 'text', text: 'Of losses.' },
      { ...table, id: 'loss' },
    ];
    const files = filesOf({ ...example, sections: [{ id: 'answers', title: 'Answers', parts }] });
    const [head = [], ...lines] = files['data-dictionary.csv'] ?? [];
    const at = head.indexOf('heading');
    expect(Object.fromEntries(lines.map((line) => [line[0], line[at]]))).toEqual({
      [table.id]: '',
      sleep: 'Sleep',
      loss: 'Loss',
    });
  });

  test('of two tables with one id both are there', () => {
    const [table] = all(example, 'table');
    const parts: Table[] = table ? [table, table] : [];
    const twice = { ...example, sections: [{ id: 'answers' as const, title: 'Answers', parts }] };
    expect(Object.keys(filesOf(twice)).slice(2)).toEqual(['professions.csv', 'professions-2.csv']);
    // Of one sheet they are one, with what stands in their captions where they are drawn.
    const sheet = { id: 'all', caption: 'All of them' };
    const inOne = parts.map((one, nth) => ({ ...one, id: `part-${nth}`, said: 1, sheet }));
    const files = filesOf({ ...twice, sections: [{ id: 'answers', title: 'Answers', parts: inOne }] });
    expect(Object.keys(files).slice(2)).toEqual(['all.csv']);
    expect(files['all.csv']).toHaveLength(1 + 2 * (table?.rows.length ?? 0));
    expect(files['all.csv']?.[0]).toEqual(table?.columns.map(({ id }) => id));
  });
});

test('a closed report is the same to the byte, now, later and elsewhere', async () => {
  const hash = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');
  const folder = new URL('.', import.meta.url).href;
  // Drawn twice in one thread, far away and slowly: neither counters nor the clock are in the files.
  const elsewhere = `
    const Clock = Date;
    let late = 0;
    globalThis.Date = class extends Clock {
      constructor(...given) {
        if (given.length > 0) super(...given);
        else super(Clock.now() + (late += 20));
      }
    };
    const { createHash } = await import('node:crypto');
    const { example } = await import('${folder}example.ts');
    const documents = new URL('../../../../src/features/evaluation/documents/', '${folder}').href;
    const { draw: word } = await import(documents + 'word.ts');
    const { draw: html } = await import(documents + 'html.ts');
    const { tablesOf } = await import(documents + 'csv.ts');
    const hash = (content) => createHash('sha256').update(content).digest('hex');
    await html(example);
    console.log(JSON.stringify([hash(await word(example)), hash(await html(example)), hash(tablesOf(example))]));`;
  const other = promisify(execFile)(process.execPath, ['--input-type=module', '-e', elsewhere], {
    env: { TZ: 'Pacific/Auckland', ...compiledCode() },
  });
  const first = [hash(wordOf('example')), hash(pageOf('example')), hash(tablesOf(example))];
  const [word, html] = await Promise.all([drawWordApart(example), drawHtmlApart(example)]);
  expect([hash(word), hash(html), hash(tablesOf(example))]).toEqual(first);
  expect(JSON.parse((await other).stdout)).toEqual(first);
});

describe('to take away', () => {
  const actor = { person: { id: 'p1' } } as unknown as Actor;

  test('it comes as Word, as a page and as tables, named by group and date', async () => {
    const read: ReadForFile = async () => ({ kind: 'report', report: quotesOnly });
    const made = await Promise.all(
      reportFiles({ read }).map(async (kind) => [kind.id, await kind.make(actor, 'c1')] as const),
    );
    expect(made.map(([id, file]) => [id, file.kind === 'file' && file.name])).toEqual([
      ['report-word', 'Perinatal pilot report, 23 December 2026.docx'],
      ['report-html', 'Perinatal pilot report, 23 December 2026.html'],
      ['report-csv', 'Perinatal pilot report, 23 December 2026.zip'],
    ]);
  });

  test('whoever may not see it gets nothing, and a long name leaves the date', async () => {
    const answer = { title: 'Report', text: 'No.', blocks: [] };
    const asked: unknown[] = [];
    const refuse: ReadForFile = async (...given) => {
      asked.push(given);
      return { kind: 'refused', answer };
    };
    for (const kind of reportFiles({ read: refuse }))
      expect(await kind.make(actor, 'c1')).toEqual({ kind: 'refused', answer });
    expect(asked).toEqual(Array(3).fill([actor, 'c1']));
    const [, , tables] = reportFiles({ read: async () => ({ kind: 'report', report: nasty }) });
    const file = await tables?.make(actor, 'c1');
    expect(file?.kind === 'file' && file.name).toMatch(/ report, 23 December 2026\.zip$/);
  });
});

const chromium = findChromium();
const isRequired = process.env.CHATR_BROWSER === 'required';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe.skipIf(!chromium && !isRequired)('a report in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(chromium ?? '');
  });
  afterAll(() => browser.close());

  test('axe finds nothing, no page is wider than its screen, nothing runs, and one drawing of each chart is there', async () => {
    const page = await browser.newPage({ locale: 'en-GB' });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('request', (request) => said.push(request.url()));
    for (const [name, content] of Object.entries(pages)) {
      await page.setContent(content);
      await page.evaluate(axe.source);
      for (const width of [390, 1280, 320]) {
        const at = `${name} at ${width}`;
        await page.setViewportSize({ width, height: 844 });
        // The others have nothing that looks different on a wide screen.
        if (width === 390 || (width === 1280 && name === 'example')) {
          const violations = await page.evaluate<AxeResults['violations']>(
            `axe.run(document, { preload: false, resultTypes: ['violations'], runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
          );
          expect(violations, at).toEqual([]);
        }
        expect(await page.evaluate('document.documentElement.scrollWidth'), at).toBe(width);
        const drawings = await page.evaluate(
          "[...document.querySelectorAll('figure')].map((one) => new Set([...one.querySelectorAll('svg')].flatMap((svg) => svg.checkVisibility() ? svg.classList[0] : [])).size)",
        );
        expect(new Set(drawings as number[]), at).toEqual(
          new Set(name === 'empty' || name === 'quotesOnly' ? [] : [1]),
        );
      }
      expect(await page.evaluate('window.ran')).toBeUndefined();
      expect(await page.locator('h1').count()).toBe(1);
      expect(await page.locator('main script, main img').count()).toBe(0);
    }
    expect(said).toEqual([]);
    await page.close();
  }, 120_000);

  test('whatever people write, each part of the Word file is XML', async () => {
    const page = await browser.newPage();
    const parts = Object.entries(partsOf(wordOf('nasty')));
    const wrong = await page.evaluate(
      `${JSON.stringify(parts)}.filter(([, text]) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror'))`,
    );
    expect(parts.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
    await page.close();
  });
});
