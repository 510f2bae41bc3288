import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../src/content/csv.ts';
import { listPage } from '../../../src/features/resources/finding/list.ts';
import {
  confirmImport,
  draftAgain,
  draftFile,
  draftImport,
  findKeptList,
} from '../../../src/features/resources/importing/import.ts';
import { type Fate, planRows } from '../../../src/features/resources/importing/plan.ts';
import { readRows, writeRows } from '../../../src/features/resources/importing/rows.ts';
import { insertFollowed } from '../../../src/features/resources/news/store.ts';
import { weeklyNews } from '../../../src/features/resources/news/weekly.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { content, givenPerson, givenResources, resource } from './support.ts';

const known = resource('uktc-about');
const head = 'Title,URL,Publisher,Type,Topics,Age groups,Readers,Summary';
const sleep =
  'Sleep,https://www.example.org/sleep,Example Trust,Leaflet,Resilience and protective factors,0-5,Midwives,What helps a baby and others to sleep.';

function plan(csv: string): Fate[] {
  const read = readRows(csv);
  if (read.kind !== 'rows') throw new Error(read.kind);
  return planRows(read.rows, content.catalogue.all, content);
}

const said = (fates: readonly Fate[]): string[] =>
  fates.map((fate) => {
    if (fate.kind === 'left-out') return `${fate.line} ${fate.why.join(' ')}`;
    if (fate.kind === 'changed') return `${fate.line} changed ${fate.fields.join(' ')}`;
    return fate.kind === 'twice' ? `${fate.line} twice ${fate.first}` : `${fate.line} ${fate.kind}`;
  });

describe('each row has its fate', () => {
  test('a new entry, with everything it says', () => {
    const [fate] = plan(
      `${head},Year,Minutes,Cost,Phrases,Checked,Caution\n${sleep},2024,5,£10,"baby up at three; quokka naps [0-5]",3/2/2026,It needs a licence.`,
    );
    expect(fate).toMatchObject({
      kind: 'new',
      entry: {
        id: 'sleep',
        topics: ['resilience'],
        audience: ['midwives'],
        year: 2024,
        format_minutes: 5,
        free: false,
        caution: 'It needs a licence.',
        asked_as: [{ say: 'baby up at three' }, { say: 'quokka naps', age: '0-5' }],
        checked_on: '2026-02-03',
        verified: 'opened by a curator',
      },
    });
  });

  test('nothing is said of a new page that the list does not say', () => {
    const [fate] = plan(`${head}\n${sleep}`);
    if (fate?.kind !== 'new') throw new Error(fate?.kind);
    expect([fate.entry.free, fate.entry.verified, fate.entry.checked_on]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('known by its address in another spelling: changed where it says something else, or as it is', () => {
    const spelt = `http://www.${known.url?.replace('https://', '')}/?utm_source=x`;
    expect(said(plan(`url,title\n${spelt},${known.title}`))).toEqual(['2 same']);
    expect(said(plan(`url,title,year\n${spelt},Another title,2020`))).toEqual(['2 changed title year']);
    expect(said(plan(`id,title\n${known.id},Another title`))).toEqual(['2 changed title']);
    expect(said(plan(`id,url\n${known.id},https://www.example.org/moved`))).toEqual(['2 changed url']);
  });

  test('twice in the list, or the address of one under the id of another', () => {
    expect(said(plan(`${head}\n${sleep}\n${sleep.replace('www.', '')}`))).toEqual(['2 new', '3 twice 2']);
    expect(said(plan(`id,url\nmindmate-tip,${known.url}`))[0]).toContain('belongs to another entry');
  });

  test.each([
    [sleep.replace('Leaflet', 'Leeflet'), 'Did you mean "Leaflet"'],
    [sleep.replace('0-5', '0-6'), 'There is no age group'],
    [sleep.replace('Midwives', 'Plumbers'), 'There is no kind of reader'],
    [sleep.replace('https://www.example.org/sleep', 'javascript:alert(1)'), 'Only web pages'],
    [sleep.replace('https://www.example.org/sleep', 'http://10.0.0.1/'), 'private network'],
    [
      sleep.replace('www.example.org', 'www.paypal.com.evil.example'),
      'Web address: No page can have this address: names that end in .example',
    ],
    [sleep.replace('0-5', '0-6'), 'Choose one of: Early years, 0 to 5; '],
    [sleep.replace('Leaflet', 'Leeflet'), 'Choose one of: Leaflet; '],
    [
      sleep.replace('Midwives', 'Midwifes'),
      /Did you mean "Midwives"\? Nearest of the \d+ there are: Midwives; /,
    ],
    [sleep.replace('Example Trust', ''), 'It has no publisher'],
    [
      sleep.replace('What helps a baby and others to sleep.', 'Short'),
      /^2 Summary: at least 20 characters; it has 5\.$/,
    ],
    [sleep.replace('Sleep', 'S'.repeat(200)), 'Title: at most 150 characters; it has 200.'],
    [`${sleep},17`, 'Year: at least 1900; it is 17.'],
    [`${sleep},2020,9999`, 'Minutes: at most 600; it is 9999.'],
    [`${sleep},soon`, 'Year: ‘soon’ is not a year such as 2024.'],
    // All of it at once.
    [
      sleep
        .replace('What helps a baby and others to sleep.', 'Short')
        .replace('Leaflet', 'Leeflet')
        .replace('Example Trust', ''),
      /There is no kind ‘Leeflet’.* It has no publisher\. Summary: at least 20 characters; it has 5\.$/,
    ],
    [',,,,,,,x', 'It has no web address, no title'],
  ])('%s is left out, with the reason', (row, why) => {
    const [fate] = plan(`${head},Year,Minutes\n${row}`);
    expect(fate?.kind).toBe('left-out');
    expect(said([fate as Fate])[0]).toMatch(why);
    expect(said([fate as Fate])[0], 'nothing of the schema').not.toMatch(/Too (small|big)|expected|Invalid/);
  });

  test('phrases that lead elsewhere already are said', () => {
    const taken = known.asked_as[0]?.say ?? '';
    expect(said(plan(`${head},Phrases\n${sleep},"${taken}"`))[0]).toContain('already');
  });
});

describe('a file', () => {
  const sent = { id: 'F1', size: 10, address: undefined };
  const csv = `${head}\n${sleep}`;

  test('is read, shown and imported by whoever brought it, once', async () => {
    const bench = await givenResources({
      readFile: async () => ({ kind: 'bytes', bytes: Buffer.from(csv) }),
    });
    const { actor } = await givenPerson(bench, { is_admin: true });
    const other = await givenPerson(bench, { is_admin: true });
    const member = await givenPerson(bench);
    expect(await draftFile(bench, member.actor, sent)).toEqual({ kind: 'not-allowed' });
    const newThisMonth = async () => {
      const outcome = await listPage(bench, actor, { list: 'new', of: '', from: 0 });
      return outcome.kind === 'page' ? outcome.page.total : 0;
    };
    const before = await newThisMonth();
    const draft = await draftFile(bench, actor, sent);
    if (draft.kind !== 'draft') throw new Error(draft.kind);
    expect(bench.live.now.ids.has('sleep')).toBe(false);
    expect(
      await confirmImport(bench, other.actor, { importId: draft.importId, withDoubtful: false }),
    ).toEqual({ kind: 'gone' });
    expect(
      await confirmImport(bench, actor, { importId: draft.importId, withDoubtful: false }),
    ).toMatchObject({ added: 1, changed: 0 });
    expect(bench.live.now.ids.has('sleep')).toBe(true);
    // New this month, and in the week's news, like one that came by form.
    expect(bench.live.now.byId.get('sleep')?.added_on).toBe('2026-03-03');
    expect(await newThisMonth()).toBe(before + 1);
    bench.clock.forward(7 * 24 * 60);
    await insertFollowed(bench.db, member.person.id, ['resilience'], new Date(0));
    await weeklyNews(bench).run(bench.clock.now());
    const news = await bench.db.selectFrom('outbox').select(['kind', 'message']).execute();
    expect(news).toEqual([{ kind: 'resources.news', message: expect.stringContaining('Sleep') }]);
    // A list that changes it later makes it no newer.
    const again = await draftImport(bench, actor, csv.replace('What helps', 'What really helps'));
    if (again.kind !== 'draft') throw new Error(again.kind);
    expect(
      await confirmImport(bench, actor, { importId: again.importId, withDoubtful: false }),
    ).toMatchObject({ added: 0, changed: 1 });
    expect(bench.live.now.byId.get('sleep')?.added_on).toBe('2026-03-03');
    expect(await confirmImport(bench, actor, { importId: draft.importId, withDoubtful: false })).toEqual({
      kind: 'gone',
    });
  });

  test.each([
    ['not-fetched', { kind: 'not-fetched' }],
    ['too-big', { kind: 'too-big' }],
    ['not-text', { kind: 'bytes', bytes: Buffer.from('PK\u0003\u0004') }],
  ] as const)('that is %s is told', async (kind, answer) => {
    const bench = await givenResources({ readFile: async () => answer });
    const { actor } = await givenPerson(bench, { is_admin: true });
    expect(await draftFile(bench, actor, sent)).toEqual({ kind });
  });

  test('that was looked at and not imported is there again, as it was read, for a day', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { is_admin: true });
    const other = await givenPerson(bench, { is_admin: true });
    await draftImport(bench, actor, csv);
    const kept = await findKeptList(bench, actor);
    expect(readRows(kept?.text ?? '')).toMatchObject(readRows(csv));
    expect(await findKeptList(bench, other.actor)).toBeUndefined();
    const again = await draftAgain(bench, actor);
    if (again.kind !== 'draft') throw new Error(again.kind);
    await confirmImport(bench, actor, { importId: again.importId, withDoubtful: false });
    expect(await findKeptList(bench, actor), 'done with').toBeUndefined();
    await draftImport(bench, actor, csv);
    bench.clock.forward(25 * 60);
    expect(await findKeptList(bench, actor)).toBeUndefined();
  });

  test('and whatever is in its cells', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.trim().normalize('NFC'));
    const row = fc.record({
      url: fc.constant('https://example.org/a'),
      title: cell,
      ages: cell,
      phrases: cell,
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), (rows) => {
        const filled = rows.map((cells, nth) => ({
          line: nth + 2,
          cells: Object.fromEntries(Object.entries(cells).filter(([, text]) => text !== '')),
        }));
        const read = readRows(writeRows(filled));
        expect(read.kind === 'rows' && read.rows.map(({ cells }) => cells)).toEqual(
          filled.map(({ cells }) => cells),
        );
      }),
    );
  });

  test('nobody said a word about is forgotten after a day', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { is_admin: true });
    await draftImport(bench, actor, csv);
    bench.clock.forward(25 * 60);
    await draftImport(bench, actor, csv);
    expect(await bench.db.selectFrom('catalogue_imports').select('id').execute()).toHaveLength(1);
  });
});

describe('a list is read as people have it', () => {
  test.each([
    ['semicolons', `Titel;Link;Year\nX;${known.url};2020`],
    ['tabs', `Year\tWeb address\n2020\t${known.url}`],
    ['Excel’s own first line', `sep=|\nurl|year\n${known.url}|2020`],
    [
      'empty lines, quotes and line breaks in cells',
      `\n\nurl,year,notes to self\n"${known.url}",2020,"a\nb"\n,,\n`,
    ],
    ['old Macs', `url,year\r${known.url},2020\r`],
  ])('%s', (_, csv) => expect(plan(csv)).toMatchObject([{ kind: 'changed', fields: ['year'] }]));

  test.each([
    [
      'UTF-16',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`url,title\n${known.url},Zoë`, 'utf16le')]),
    ],
    ['Windows', Buffer.from(`url,title\n${known.url},Zoë`, 'latin1')],
    ['UTF-8 with a mark', Buffer.from(`\ufeffurl,title\n${known.url},Zoë`)],
  ])('saved as %s', (_, bytes) =>
    expect(plan(decodeText(bytes) ?? '')).toMatchObject([{ kind: 'changed', entry: { title: 'Zoë' } }]),
  );

  test.each([
    ['', 'empty'],
    [head, 'empty'],
    ['a,b\nc,d', 'no-columns'],
    ['title\nOnly', 'no-columns'],
    ['url\n"https://example.org', 'unreadable'],
    ['\u0000', 'not-text'],
    [`url\n${'https://example.org/a\n'.repeat(1001)}`, 'too-many'],
  ])('%j is %s', (text, kind) => expect(readRows(text).kind).toBe(kind));

  test('columns that are not used are named', () =>
    expect(readRows(`url,Budget,year\n${known.url},7,2020`)).toMatchObject({ unused: ['Budget'] }));

  test('whatever the text, it is read without failing, and every row has a fate', () => {
    const cell = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.constantFrom('url', 'title', '"', ',', '\n', known.url, 'id'),
    );
    fc.assert(
      fc.property(fc.array(cell), fc.constantFrom('', `url,title,topics,free,checked\n`), (cells, first) => {
        const read = readRows(first + cells.join(','));
        if (read.kind !== 'rows') return;
        const { vocabulary } = content;
        const few = content.catalogue.all.slice(0, 3);
        expect(planRows(read.rows, few, { vocabulary })).toHaveLength(read.rows.length);
      }),
    );
  });

  test('a thousand rows are planned in good time', () => {
    const rows = Array.from({ length: 1000 }, (_, n) =>
      sleep.replace('sleep', `sleep-${n}`).replace('Sleep', `Sleep ${n}`),
    );
    const begun = performance.now();
    expect(plan(`${head}\n${rows.join('\n')}`).every(({ kind }) => kind === 'new')).toBe(true);
    expect(performance.now() - begun).toBeLessThan(3000);
  });
});
