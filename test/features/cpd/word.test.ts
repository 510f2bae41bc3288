import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { RecordDocument } from '../../../src/features/cpd/taking/document.ts';
import { draw } from '../../../src/features/cpd/taking/word.ts';
import { content, documentWith, reflection } from './given.ts';

async function drawn(document: RecordDocument) {
  const parts = unzipSync(new Uint8Array(await draw(document)));
  const part = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const xml = part('word/document.xml');
  const paragraphs = [...xml.matchAll(/<w:p>.*?<\/w:p>|<w:p .*?<\/w:p>/gs)].map(([one]) => ({
    style: /<w:pStyle w:val="([^"]+)"/.exec(one)?.[1],
    text: unescaped([...one.matchAll(/<w:t[^>]*>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')),
  }));
  return {
    xml,
    styles: part('word/styles.xml'),
    core: part('docProps/core.xml'),
    paragraphs,
    lines: paragraphs.map(({ text }) => text).filter((text) => text !== ''),
    headings: (level: number) =>
      paragraphs.filter(({ style }) => style === `Heading${level}`).map(({ text }) => text),
    tables: xml.match(/<w:tbl>.*?<\/w:tbl>/gs) ?? [],
  };
}

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

describe('a document that a screen reader can follow', () => {
  test.each(content.records.map(({ id }) => id))('%s', async (id) => {
    const document = documentWith(id, [
      reflection({ title: 'A joint visit' }),
      reflection({ id: 'reflection:2' }),
    ]);
    const { headings, styles, core, tables, lines, xml } = await drawn(document);
    expect(headings(1)).toEqual(['Draft record of learning']);
    for (const { form } of document.parts)
      expect(
        headings(2).some((one) => one.startsWith(form.label)),
        form.label,
      ).toBe(true);
    expect(styles).toContain('w:lang w:val="en-GB"');
    expect(core).toContain('<dc:title>Draft record of learning</dc:title>');
    // The titles of a table's columns come again on each page.
    for (const table of tables) expect(table.match(/<w:tblHeader\/>/g), 'one row of titles').toHaveLength(1);
    for (const line of document.before) expect(lines).toContain(line);
    expect(xml).not.toContain('undefined');
    expect(lines.some((line) => line.includes('The form was last checked on 26 November 2026'))).toBe(true);
  });
});

test('NMC: the words of the form in marks of quotation, a plan as a plan, hours as figures, boxes of others empty', async () => {
  const document = documentWith(
    'nmc',
    [
      reflection({ title: 'A joint visit' }),
      reflection({
        id: 'reflection:2',
        on: '2026-05-12',
        framework: 'nmc-reflective-account',
        texts: { nature: 'A workshop', learned: 'Pauses', changed: 'I ask at home first' },
        choices: { code: ['Preserve safety'] },
      }),
    ],
    {
      added: {
        'reflection:1': { 'nmc-cpd-log': { hours: '1.5', participatory_hours: '0.25', method: 'Other' } },
        'reflection:2': { 'nmc-cpd-log': { hours: '6,25', 'dates.until': '2026-05-13' } },
      },
    },
  );
  const { headings, lines, xml } = await drawn(document);
  expect(headings(3).slice(0, 2)).toEqual(['1. 3 March 2026: A joint visit', '2. 12 May 2026']);
  expect(headings(4)).toContain('“How did you change or improve your practice as a result?”');
  expect(lines).toContain('Planned: Wait longer');
  expect(lines).toContain('I ask at home first');
  expect(lines).not.toContain('Wait longer');
  expect(lines).toContain('12 May 2026 to 13 May 2026');
  expect(lines).toContain('Number of hours, in all: 7.75');
  expect(lines).toContain('Number of participatory hours, as far as noted: 0.25');
  // Every account that is to be talked about, also one that has no title.
  expect(lines).toContain('1. A joint visit');
  expect(lines).toContain('2. 12 May 2026: A workshop');
  expect(headings(3)).toContain("Discussion partner's name");
  expect(lines).toContain("Another person's data. They fill it in on the official form.");
  expect(lines.join('\n')).not.toMatch(/%|target|to go\b/);
  // Titles of columns that were read word for word are marked so, and no others.
  expect(lines).toContain('“Dates”');
  expect(lines).toContain('Number of hours');
  expect(xml).toContain('w:orient="landscape"');
  // Seven boxes for the discussion partner.
  expect(xml.match(/<w:pBdr>/g)).toHaveLength(7);
});

test('hours that nobody said are blank, and are not summed up', async () => {
  const document = documentWith('nmc', [reflection({ minutes: 30 })]);
  expect(document.parts.flatMap(({ totals }) => totals)).toEqual([]);
  const { lines } = await drawn(document);
  expect(lines).not.toContain('0');
  expect(lines.join('\n')).not.toMatch(/in all|as far as noted/);
});

test('nothing that somebody wrote acts, hides or breaks the document', async () => {
  const wild = '</w:t><b>&amp;\u0000\u0007\u202e "x" \ud800 \uffff ]]> <!-- \u2028 =1+1';
  const document = documentWith('nmc', [
    reflection({ title: wild, texts: { moment: wild, learned: `a\r\nb\n\n${wild}`, next: wild } }),
  ]);
  const { xml, lines } = await drawn(document);
  // What XML cannot hold would make Word refuse the whole file.
  expect(xml).not.toMatch(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]/u);
  expect(xml.isWellFormed()).toBe(true);
  expect(xml).not.toContain('<b>');
  expect(lines.some((line) => line.startsWith('Planned: </w:t><b>&amp;'))).toBe(true);
  expect(lines).toContain('a');
});

test('3,000 characters in every field of 500 entries make one document, with all of it', async () => {
  const long = 'word '.repeat(600);
  const many = Array.from({ length: 500 }, (_, at) =>
    reflection({ id: `reflection:${at}`, texts: { moment: long, learned: long, next: long } }),
  );
  const document = documentWith('swe', many, { forms: ['swe-cpd-entry'] });
  const { headings, lines } = await drawn(document);
  expect(headings(3)).toHaveLength(500);
  expect(lines.filter((line) => line === `Planned: ${long.trim()}`)).toHaveLength(500);
}, 60_000);

test('a form past its day says that the current one comes first, and is made all the same', async () => {
  const overdue = documentWith('swe', [reflection()], { today: '2027-07-01' });
  expect((await drawn(overdue)).lines).toContain(
    'Check the current form first: this one was to be looked at again by 30 June 2027, and has not been.',
  );
  const { lines } = await drawn(documentWith('swe', [reflection()]));
  expect(lines.join('\n')).not.toContain('Check the current form first');
});
