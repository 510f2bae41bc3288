import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAddress, sameAddress } from '../../../src/features/resources/address.ts';
import {
  addEntry,
  findEntry,
  findLastChange,
  saveEntry,
  setRetired,
  settleClash,
  takeBack,
} from '../../../src/features/resources/catalogue/change.ts';
import { createKeptCatalogue } from '../../../src/features/resources/catalogue/kept.ts';
import { type Resource, toCatalogue } from '../../../src/features/resources/content.ts';
import type { Deps } from '../../../src/features/resources/deps.ts';
import { listPage } from '../../../src/features/resources/finding/list.ts';
import { createLiveCatalogue } from '../../../src/features/resources/finding/live.ts';
import { save } from '../../../src/features/resources/keeping/save.ts';
import { isPublicAddress } from '../../../src/lib/public-address.ts';
import { anyCharacter } from '../../support/any-text.ts';
import { type Bench, content, givenPerson, givenResources, resource } from './support.ts';

const known = 'uktc-about';

async function givenCurators() {
  const bench = await givenResources();
  const ana = (await givenPerson(bench, { is_admin: true })).actor;
  const ben = (await givenPerson(bench, { is_admin: true })).actor;
  const robin = (await givenPerson(bench)).actor;
  return { bench, ana, ben, robin };
}

/** Another bot on the same database, or this one after a start with these files. */
async function begun(bench: Bench, seed: readonly Resource[] = content.catalogue.all): Promise<Deps> {
  const catalogue = toCatalogue(seed);
  const live = createLiveCatalogue(catalogue, content);
  const kept = createKeptCatalogue({ ...bench, ...content, catalogue, live });
  await kept.begin();
  return { ...bench, live, kept };
}

const newEntry = {
  title: 'Sleep in the first year',
  url: 'https://www.example.org/sleep',
  publisher: 'Example Trust',
  type: 'leaflet',
  audience: ['all-practitioners'],
  age_groups: ['0-5'],
  topics: ['resilience'],
  summary: 'What helps a baby and those around it to sleep.',
  free: true,
  link_kind: 'publisher',
  verified: 'opened by a curator',
  asked_as: [{ say: 'kookaburra naps' }],
} satisfies Omit<Resource, 'id'>;

const titleOf = (deps: Deps, id = known) => deps.live.now.all.find((one) => one.id === id)?.title;

test.each([
  ['a kind of practice example with an address', { ...newEntry, type: 'practice-example' as const }],
  ['words of its own for another kind', { ...newEntry, text: 'Words' }],
])('is not taken in: %s', async (_, entry) => {
  const { bench, ana } = await givenCurators();
  expect(await addEntry(bench, ana, entry)).toMatchObject({
    kind: 'problems',
    problems: { type: expect.stringContaining('comes from somebody') },
  });
});

async function lastKind(deps: Deps, id = known) {
  const found = await findEntry(deps, id);
  return found && (await findLastChange(deps, id, found.version))?.kind;
}

async function edited(
  deps: Deps,
  actor: Parameters<typeof saveEntry>[1],
  change: Partial<Resource>,
  id = known,
) {
  const found = await findEntry(deps, id);
  return saveEntry(deps, actor, { entryId: id, version: found?.version ?? 0, change });
}

describe('a change of the catalogue', () => {
  test('is found at once, here and at the next beat of another bot on the same database', async () => {
    const { bench, ana } = await givenCurators();
    const other = await begun(bench);
    expect(await edited(bench, ana, { title: 'Zebrafinch trauma council' })).toMatchObject({
      kind: 'saved',
      version: 1,
    });
    expect(bench.live.search.find('zebrafinch').hits.map(({ id }) => id)).toEqual([known]);
    expect(other.live.search.find('zebrafinch').hits).toEqual([]);
    await other.kept.refresh();
    expect(other.live.search.find('zebrafinch').hits.map(({ id }) => id)).toEqual([known]);
  });

  test('is there after a restart', async () => {
    const { bench, ana } = await givenCurators();
    const outcome = await addEntry(bench, ana, newEntry);
    expect(outcome).toMatchObject({ kind: 'saved', entry: { id: 'sleep-in-the-first-year' } });
    const again = await begun(bench);
    expect(again.live.search.find('kookaburra')).toBeDefined();
    expect(again.live.now.byId.get('sleep-in-the-first-year')).toEqual({
      ...newEntry,
      id: 'sleep-in-the-first-year',
      added_on: '2026-03-03',
    });
  });

  test('is not for members', async () => {
    const { bench, robin } = await givenCurators();
    const refused = { kind: 'not-allowed' };
    expect(await edited(bench, robin, { title: 'Mine' })).toEqual(refused);
    expect(await addEntry(bench, robin, newEntry)).toEqual(refused);
    expect(await setRetired(bench, robin, { entryId: known, isRetired: true })).toEqual(refused);
    expect(await takeBack(bench, robin, { entryId: known, version: 1 })).toEqual(refused);
    expect(titleOf(bench)).toBe(resource(known).title);
  });

  test('does not write over that of another curator: the second sees it first', async () => {
    const { bench, ana, ben } = await givenCurators();
    await saveEntry(bench, ana, { entryId: known, version: 0, change: { title: 'Ana’s title' } });
    const second = { entryId: known, version: 0, change: { title: 'Ben’s title' } };
    expect(await saveEntry(bench, ben, second)).toMatchObject({
      kind: 'meanwhile',
      now: { version: 1, entry: { title: 'Ana’s title' } },
      by: { id: ana.person.id },
    });
    expect(titleOf(bench)).toBe('Ana’s title');
    expect(await saveEntry(bench, ben, { ...second, version: 1 })).toMatchObject({
      kind: 'saved',
      version: 2,
    });
  });

  test('made at the same moment as another is one of the two, and the other is told', async () => {
    const { bench, ana, ben } = await givenCurators();
    const [one, two] = await Promise.all([
      saveEntry(bench, ana, { entryId: known, version: 0, change: { title: 'Ana’s title' } }),
      saveEntry(bench, ben, { entryId: known, version: 0, change: { title: 'Ben’s title' } }),
    ]);
    expect([one.kind, two.kind].toSorted()).toEqual(['meanwhile', 'saved']);
    const added = await Promise.all([
      addEntry(bench, ana, newEntry),
      addEntry(bench, ben, { ...newEntry, url: 'http://example.org/sleep/', asked_as: [] }),
    ]);
    expect(added.map(({ kind }) => kind).toSorted()).toEqual(['problems', 'saved']);
  });

  test('is said to be what it was, also where it undid another', async () => {
    const { bench, ana, ben } = await givenCurators();
    const undone = (version: number) => takeBack(bench, ben, { entryId: known, version });
    await setRetired(bench, ana, { entryId: known, isRetired: true });
    expect(await lastKind(bench)).toBe('retired');
    expect(await undone(1)).toMatchObject({ to: 'brought-back' });
    expect(await lastKind(bench)).toBe('brought-back');
    expect(await undone(2)).toMatchObject({ to: 'retired' });
    expect(await lastKind(bench)).toBe('retired');
    await setRetired(bench, ana, { entryId: known, isRetired: false });
    await edited(bench, ana, { title: 'One' });
    expect(await lastKind(bench)).toBe('changed');
    expect(await undone(5)).toMatchObject({ to: undefined });
    expect(await lastKind(bench)).toBe('undone');
    const { entry } = (await addEntry(bench, ana, newEntry)) as { entry: Resource };
    expect(await lastKind(bench, entry.id)).toBe('added');
  });

  test('can be taken back, and that too; an older one cannot', async () => {
    const { bench, ana, ben } = await givenCurators();
    const before = titleOf(bench);
    await edited(bench, ana, { title: 'One' });
    await edited(bench, ana, { title: 'Two' });
    expect(await takeBack(bench, ben, { entryId: known, version: 1 })).toMatchObject({
      kind: 'changed-since',
    });
    expect(await takeBack(bench, ben, { entryId: known, version: 2 })).toMatchObject({ kind: 'taken-back' });
    expect(titleOf(bench)).toBe('One');
    await takeBack(bench, ben, { entryId: known, version: 3 });
    expect(titleOf(bench)).toBe('Two');
    const { entry } = (await addEntry(bench, ana, newEntry)) as { entry: Resource };
    await takeBack(bench, ana, { entryId: entry.id, version: 1 });
    expect(titleOf(bench, entry.id)).toBeUndefined();
    await takeBack(bench, ana, { entryId: entry.id, version: 2 });
    expect(titleOf(bench, entry.id)).toBe(newEntry.title);
    expect(before).not.toBe('Two');
  });

  test('with the address of another entry under another spelling is refused, naming it', async () => {
    const { bench, ana } = await givenCurators();
    const { url, title } = resource(known);
    const spelt = `${url?.replace('https://', 'http://www.')}/?utm_source=mail#top`;
    const outcome = await addEntry(bench, ana, { ...newEntry, url: spelt });
    expect(outcome).toMatchObject({ kind: 'problems', problems: { url: expect.stringContaining(title) } });
    await setRetired(bench, ana, { entryId: known, isRetired: true });
    expect(await addEntry(bench, ana, { ...newEntry, url: spelt })).toMatchObject({
      kind: 'problems',
      problems: { url: expect.stringContaining('retired') },
    });
  });

  test.each([
    ['topics', { topics: ['resiliense'] }, 'Did you mean "resilience"'],
    ['age_groups', { age_groups: ['0-6'] }, 'There is no age group'],
    ['audience', { audience: [] }, '1'],
    ['url', { url: 'file:///etc/passwd' }, 'whole web address'],
    ['summary', { summary: 'short' }, '20'],
  ])('with %s that cannot be is refused', async (field, change, words) => {
    const { bench, ana } = await givenCurators();
    expect(await addEntry(bench, ana, { ...newEntry, ...change })).toMatchObject({
      kind: 'problems',
      problems: { [field]: expect.stringContaining(words) },
    });
  });

  test('with phrases that lead elsewhere already, say nothing or only the title, is refused', async () => {
    const { bench, ana } = await givenCurators();
    const taken = resource(known).asked_as[0]?.say ?? '';
    for (const say of [
      taken,
      'help for my child',
      'ab',
      'the and of',
      `the ${newEntry.title}`,
      'Blessing Adeyemi will not settle',
      'birth trauma',
      resource(known).publisher,
      resource(known).title,
      'ring 07700 900123 at night',
    ])
      expect(await addEntry(bench, ana, { ...newEntry, asked_as: [{ say }] }), say).toMatchObject({
        kind: 'problems',
        problems: { asked_as: expect.any(String) },
      });
  });
});

describe('what is retired', () => {
  test('is not found, and whoever saved it sees what it was', async () => {
    const { bench, ana, robin } = await givenCurators();
    await save(bench, robin, known);
    const { title } = resource(known);
    expect(await setRetired(bench, ana, { entryId: known, isRetired: true })).toMatchObject({
      kind: 'retired',
    });
    expect(bench.live.search.find(title).hits.some(({ id }) => id === known)).toBe(false);
    const saved = await listPage(bench, robin, { list: 'saved', of: '', from: 0 });
    expect(saved).toMatchObject({ page: { entries: [{ id: known, retired: { title } }] } });
    await setRetired(bench, ana, { entryId: known, isRetired: false });
    expect(bench.live.now.byId.has(known)).toBe(true);
  });
});

describe('when the content files change', () => {
  const seedWith = (change: Partial<Resource>) =>
    content.catalogue.all.map((one) => (one.id === known ? { ...one, ...change } : one));
  const without = content.catalogue.all.filter(({ id }) => id !== known);

  test('an entry that a curator changed stays as the curator has it, and both are to be seen', async () => {
    const { bench, ana } = await givenCurators();
    await begun(bench);
    await edited(bench, ana, { title: 'Ana’s title' });
    const next = await begun(bench, seedWith({ summary: 'The files say something else now.' }));
    expect(titleOf(next)).toBe('Ana’s title');
    expect(next.kept.clashes).toMatchObject([
      { kind: 'files-changed', mine: { title: 'Ana’s title' }, files: { title: resource(known).title } },
    ]);
    // Another edit is no decision about it.
    await edited(next, ana, { year: 2020 });
    expect(next.kept.clashes).toHaveLength(1);
    await settleClash(next, ana, { entryId: known, version: 2, keep: 'ours' });
    expect(next.kept.clashes).toEqual([]);
    expect(titleOf(next)).toBe('Ana’s title');
  });

  test('theirs can be taken, and that taken back', async () => {
    const { bench, ana } = await givenCurators();
    await begun(bench);
    await edited(bench, ana, { title: 'Ana’s title' });
    const next = await begun(bench, seedWith({ title: 'The files’ title' }));
    await settleClash(next, ana, { entryId: known, version: 1, keep: 'files' });
    expect(titleOf(next)).toBe('The files’ title');
    expect(await lastKind(next)).toBe('set-back');
    await takeBack(next, ana, { entryId: known, version: 2 });
    expect(titleOf(next)).toBe('Ana’s title');
    expect(await lastKind(next)).toBe('undone');
    await settleClash(next, ana, { entryId: known, version: 3, keep: 'ours' });
    expect(await lastKind(next)).toBe('settled');
    await takeBack(next, ana, { entryId: known, version: 4 });
    expect(await lastKind(next)).toBe('undone');
    expect(next.kept.clashes).toHaveLength(1);
    await takeBack(next, ana, { entryId: known, version: 5 });
    expect(await lastKind(next)).toBe('settled');
    expect(next.kept.clashes).toEqual([]);
  });

  test('what a curator only added goes with what the files say', async () => {
    const { bench, ana } = await givenCurators();
    await begun(bench);
    await edited(bench, ana, { checked_on: '2026-03-03' });
    const next = await begun(bench, seedWith({ title: 'The files’ title' }));
    expect(next.live.now.byId.get(known)).toMatchObject({
      title: 'The files’ title',
      checked_on: '2026-03-03',
    });
    expect(next.kept.clashes).toEqual([]);
  });

  test('what they drop is retired where somebody saved it, and back when they bring it back', async () => {
    const { bench, robin } = await givenCurators();
    await begun(bench);
    await save(bench, robin, known);
    const next = await begun(bench, without);
    expect(next.live.now.byId.has(known)).toBe(false);
    const saved = await listPage(next, robin, { list: 'saved', of: '', from: 0 });
    expect(saved).toMatchObject({ page: { entries: [{ retired: { title: resource(known).title } }] } });
    expect(await findLastChange(next, known, 1)).toMatchObject({ by: 'files', kind: 'retired' });
    const again = await begun(bench);
    expect(await findLastChange(again, known, 2)).toMatchObject({ by: 'files', kind: 'brought-back' });
    expect(again.live.now.byId.get(known)).toEqual(resource(known));
  });

  test('what they drop and a curator changed stays, and asks', async () => {
    const { bench, ana } = await givenCurators();
    await begun(bench);
    await edited(bench, ana, { title: 'Ana’s title' });
    const next = await begun(bench, without);
    expect(titleOf(next)).toBe('Ana’s title');
    expect(next.kept.clashes).toMatchObject([{ kind: 'files-dropped' }]);
    await settleClash(next, ana, { entryId: known, version: 1, keep: 'files' });
    expect(next.live.now.byId.has(known)).toBe(false);
    expect(next.kept.clashes).toEqual([]);
  });

  test('what they drop and nobody saved or changed is gone', async () => {
    const { bench } = await givenCurators();
    await begun(bench);
    const next = await begun(bench, without);
    expect(next.live.now.ids.has(known)).toBe(false);
  });
});

describe('an address', () => {
  test.each([
    ['javascript:alert(1)', 'not-web'],
    ['JavaScript:alert(1)', 'not-web'],
    [' java\nscript:alert(1)', 'not-whole'],
    ['file:///etc/passwd', 'not-web'],
    ['data:text/html,hello', 'not-web'],
    ['mailto:a@example.org', 'not-web'],
    ['ftp://example.org/a', 'not-web'],
    ['blob:https://example.org/1', 'not-web'],
    ['example', 'not-whole'],
    ['example.org', 'not-whole'],
    ['www.localhost', 'not-whole'],
    ['https:example.org', 'not-whole'],
    ['https://example .org', 'not-whole'],
    ['https://intranet/page', 'private'],
    ['http://localhost:3000/', 'private'],
    ['http://printer.local/', 'private'],
    ['http://127.0.0.1/', 'private'],
    ['http://2130706433/', 'private'],
    ['http://0x7f.1/', 'private'],
    ['http://10.1.2.3/', 'private'],
    ['http://[::1]/', 'private'],
    ['http://[::ffff:10.0.0.1]/', 'private'],
    ['http://169.254.169.254/latest/meta-data', 'private'],
    ['https://www.paypal.com.evil.example/login', 'reserved'],
    ['http://something.onion/', 'reserved'],
    ['http://printer.home.arpa/', 'private'],
    ['https://name:word@example.org/', 'with-password'],
    ['', 'not-whole'],
  ])('%j is refused as %s', (typed, problem) =>
    expect(readAddress(typed)).toEqual({ kind: 'problem', problem }),
  );

  test.each([
    ['https://example.org/a?utm_source=x&id=3&fbclid=9', 'https://example.org/a?id=3'],
    ['<https://example.org/a>', 'https://example.org/a'],
    ['https://example.org/a?id=3', 'https://example.org/a?id=3'],
    ['http://example.org', 'http://example.org'],
    ['www.example.org/foo', 'https://www.example.org/foo'],
    ['www.example.org', 'https://www.example.org'],
    ['example.org/a?utm_source=x', 'https://example.org/a'],
    ['https://www.gov.uk/trauma#top', 'https://www.gov.uk/trauma#top'],
  ])('%s is taken as %s', (typed, url) => expect(readAddress(typed)).toEqual({ kind: 'fine', url }));

  test.each([
    'http://example.org/a/b',
    'https://www.example.org/a/b',
    'https://example.org/a/b/',
    'https://EXAMPLE.org:443/a//b/?utm_medium=email',
    'https://example.org./a/%62#part',
    'https://example.org/a/b/index.html',
  ])('%s is the same as https://example.org/a/b', (url) =>
    expect(sameAddress(url)).toBe(sameAddress('https://example.org/a/b')),
  );

  test.each([
    'https://example.org/a/c',
    'https://example.org/a/b?page=2',
    'https://sub.example.org/a/b',
    'https://example.org:8443/a/b',
  ])('%s is another one', (url) => expect(sameAddress(url)).not.toBe(sameAddress('https://example.org/a/b')));

  test('whatever is typed is read without failing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: anyCharacter }), fc.webUrl({ withQueryParameters: true })),
        (typed) => {
          const read = readAddress(typed);
          if (read.kind === 'fine') expect(readAddress(read.url)).toEqual(read);
          sameAddress(typed);
        },
      ),
    );
  });

  test.each([
    ['8.8.8.8', true],
    ['2606:4700::1111', true],
    ['::ffff:8.8.8.8', true],
    ['::ffff:127.0.0.1', false],
    ['127.8.8.8', false],
    ['100.64.1.1', false],
    ['172.31.255.255', false],
    ['172.32.0.1', true],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['::', false],
    ['fe80::1', false],
    ['fe80::1%eth0', false],
    ['fd00::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['example.org', false],
  ])('%s is public: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));
});
