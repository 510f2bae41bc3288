import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type OrganisationContent, readOrganisations } from '../../src/community/organisations/content.ts';
import {
  listOf,
  organisationKey,
  organisationList,
  shownName,
} from '../../src/community/organisations/list.ts';
import { foldName } from '../../src/community/organisations/match.ts';
import {
  insertAdded,
  insertName,
  joinName,
  listWaitingNames,
  unjoinNames,
} from '../../src/community/organisations/store.ts';
import { ContentFolder } from '../../src/content/read.ts';
import { createVault } from '../../src/lib/crypto.ts';
import { anyCharacter } from '../support/any-text.ts';
import { givenStore } from '../support/store.ts';

const shipped = readFileSync('data/organisations.yaml', 'utf8');

/** What is wrong with the shipped file once it is changed: `line: message`. */
function problemsIn(yaml: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-organisations-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'organisations.yaml'), yaml);
  const folder = new ContentFolder(dir);
  readOrganisations(folder);
  return folder.problems.map(({ line, message }) => `${line}: ${message}`);
}

const read = readOrganisations(new ContentFolder('data'));
const content: OrganisationContent = read ?? { sectors: [], boroughs: [], general: [], listed: [] };
const vault = createVault(Buffer.alloc(32, 7));

const uncurated = { added: [], joinedTo: () => undefined };
/** As it ships. */
const list = listOf(content, uncurated);

describe('the file', () => {
  test.each([
    [
      'an id twice',
      'id: chsab',
      'id: chscp',
      'organisations › chscp › id: "chscp" is used twice. Give each its own id.',
    ],
    [
      'the id of a general choice',
      'id: imece',
      'id: self-employed',
      'organisations › self-employed › id: "self-employed" is one of the generic choices. Give it its own id.',
    ],
    [
      'an unknown sector',
      'sector: primary-care\n    boroughs',
      'sector: primarycare\n    boroughs',
      'there is no sector "primarycare". Did you mean "primary-care"?',
    ],
    [
      'an unknown borough',
      'boroughs: [hackney, city]',
      'boroughs: [hackney, cty]',
      'there is no borough "cty". Did you mean "city"?',
    ],
    [
      'an unknown parent',
      'parent: hackney-council',
      'parent: hackny-council',
      'there is no organisation "hackny-council". Did you mean "hackney-council"?',
    ],
    [
      'one name for two',
      'name: Young Hackney',
      'name: the hackney DOMESTIC abuse intervention-service',
      '"Hackney Domestic Abuse Intervention Service" is the name of "young-hackney" already.',
    ],
    ['one that is not sure enough', 'confidence: medium', 'confidence: low', '"low" cannot stand here.'],
    [
      'no source',
      '    source_url: https://imece.org.uk',
      '    surce: https://imece.org.uk',
      '"surce" is not a field here.',
    ],
  ])('%s is found, with its line', (_, before, after, message) => {
    expect(shipped).toContain(before);
    const problems = problemsIn(shipped.replace(before, after));
    expect(problems.join('\n')).toContain(message);
    expect(problems.every((one) => Number.parseInt(one, 10) > 1)).toBe(true);
  });

  test('as it ships it has no problem, and every entry says where it was seen', () => {
    expect(problemsIn(shipped)).toEqual([]);
    expect(content.listed.length).toBeGreaterThan(40);
  });
});

describe('what somebody types', () => {
  test.each([
    ['elft', 'elft'],
    ['E.L.F.T.', 'elft'],
    ['the East London NHS foundation trust', 'elft'],
    ['City and Hackney GP Confederation', 'city-hackney-gp-confederation'],
    ['city & hackney gp confederation', 'city-hackney-gp-confederation'],
    ['St Josephs Hospice', 'st-josephs-hospice'],
    ['off-centre', 'off-centre'],
    ['A school or college', 'a-school-or-college'],
    ['Paperboat Nursery', 'a-nursery-or-childminder'],
    ['St Nowhere’s C of E Primary School', 'a-school-or-college'],
    ['Invented Road Surgery', 'a-gp-practice'],
    ['Invented Road Practice', 'a-gp-practice'],
    ['Nowhere Girls', 'a-school-or-college'],
    ['Nowhere Boys’', 'a-school-or-college'],
    ['St Nowhere Primary', 'a-school-or-college'],
    ['Nowhere Montessori', 'a-nursery-or-childminder'],
    // At the end of a name alone.
    ['Nowhere Girls and Boys Club', undefined],
    ['Practice education team', undefined],
    // An entry that has such a word in its name is itself.
    ['school nurses', 'homerton-school-based-health'],
    ['The Aldgate School', 'aldgate-school'],
    // A slip may be another place: it is offered, and says none.
    ['Homertn', undefined],
    ['Kettle and Chair', undefined],
    ['', undefined],
    ['!!!', undefined],
    ['*_~<!channel>', undefined],
  ])('“%s” says %s', async (typed, id) => {
    expect(list.idOf(typed)).toBe(id);
  });

  test.each([
    ['Homertn', 'homerton'],
    ['homerton hosptial', 'homerton'],
    ['turnign point', 'turning-point-city-hackney'],
    ['probaton', 'probation-service-london'],
    ['met pol', 'metropolitan-police'],
    ['young h', 'young-hackney'],
    ['hackney childrens', 'hackney-children-and-families'],
    ['school', 'a-school-or-college'],
  ])('“%s” is offered %s', async (typed, id) => {
    expect(
      list
        .offer(typed)
        .slice(0, 8)
        .map((one) => one.id),
    ).toContain(id);
  });

  test('what two are called is offered as both, and guessed as neither', async () => {
    const one = { sector: 'nhs', boroughs: ['hackney'], also: ['PH'] };
    const listed = [
      { ...one, id: 'a', name: 'Public Health' },
      { ...one, id: 'b', name: 'Piano House' },
    ];
    const both = listOf({ ...content, listed }, uncurated);
    expect(both.idOf('P.H.')).toBeUndefined();
    expect(both.offer('ph').map(({ id }) => id)).toEqual(['b', 'a']);
    expect(both.meant({ organisation: 'PH' })).toEqual({ kind: 'own-words', name: 'PH' });
  });

  test('whatever is typed, nothing throws, and how it is written changes nothing', async () => {
    const name = fc.constantFrom(...content.listed.map((one) => one.name));
    fc.assert(
      fc.property(fc.oneof(name, fc.string({ unit: anyCharacter, maxLength: 120 })), (typed) => {
        list.offer(typed);
        const others = [typed.toUpperCase(), `the ${typed}`, ` ${typed.replaceAll('&', 'and')} `];
        if (foldName(typed) !== '' && /^[\p{ASCII}]*$/u.test(typed))
          for (const other of others) expect(foldName(other)).toBe(foldName(typed));
        expect(list.idOf(typed)).toBe(list.idOf(typed));
      }),
      { numRuns: 40 },
    );
  });

  test('each entry is found by its own name and each of its short forms, and offered when it is nearly typed', async () => {
    for (const one of content.listed) {
      expect(list.idOf(one.name)).toBe(one.id);
      for (const name of [one.name, ...one.also])
        expect(list.offer(name).map(({ id }) => id)).toContain(one.id);
    }
  });
});

describe('counting and showing', () => {
  test('by id where it is known, however it was typed; a single school as one of its kind, and its name to nobody', async () => {
    const keyOf = (organisation: string, organisationId?: string) =>
      organisationKey(list, { organisation, organisationId });
    expect(
      new Set([keyOf('ELFT'), keyOf('East London Foundation Trust'), keyOf('our trust', 'elft')]).size,
    ).toBe(1);
    expect(keyOf('Paperboat Nursery')).toBe('a-nursery-or-childminder');
    expect(keyOf('Kettle & Chair')).toBe(keyOf('the kettle and chair'));
    expect(keyOf('!!!')).not.toBe(keyOf('???'));
    expect(organisationKey(list, { organisation: undefined })).toBeUndefined();
    expect(shownName(list, { organisation: 'Paperboat Nursery' })).toBe('A nursery or childminder');
    expect(shownName(list, { organisation: 'our trust', organisationId: 'elft' })).toBe('our trust');
  });

  test('an id that left the file leaves the name as it was, and counts by it', async () => {
    const said = { organisation: 'Gone Trust', organisationId: 'gone-trust' };
    expect(list.meant(said)).toEqual({ kind: 'own-words', name: 'Gone Trust' });
    expect(organisationKey(list, said)).toBe(organisationKey(list, { organisation: 'gone trust' }));
  });

  test('three ways to write it are one once a curator has joined them, for everybody, and apart again once undone', async () => {
    const { db } = await givenStore();
    const listNow = () => organisationList({ db, vault, organisations: content });
    const ways = ['Kettle & Chair', 'Ketle and Chair', 'K+C community café'];
    for (const name of ways) {
      expect(await insertName(db, vault, name, '2026-03-03')).toBe(true);
      expect(await insertName(db, vault, ` The ${name.toUpperCase()}.`, '2026-03-04')).toBe(false);
    }
    const entry = { id: 'kettle', name: 'Kettle and Chair', sector: 'voluntary', boroughs: ['hackney'] };
    await insertAdded(db, entry, { by: 'somebody', at: new Date() });
    const all = await listWaitingNames(db, vault);
    expect(all.map(({ name }) => name).toSorted()).toEqual(ways.toSorted());
    for (const { mark } of all) expect(await joinName(db, { mark, to: 'kettle', by: 'somebody' })).toBe(true);
    const now = await listNow();
    expect(ways.map((name) => now.idOf(name))).toEqual(['kettle', 'kettle', 'kettle']);
    expect(now.offer('k+c community cafe').map(({ id }) => id)).toEqual(['kettle']);
    await unjoinNames(db, { of: 'kettle' });
    expect((await listNow()).idOf('K+C community café')).toBeUndefined();
  });
});
