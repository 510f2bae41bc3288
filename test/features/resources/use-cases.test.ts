import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import { takeBack } from '../../../src/features/resources/catalogue/change.ts';
import { toCatalogue } from '../../../src/features/resources/content.ts';
import {
  acceptSuggestion,
  declineAllOf,
  declineSuggestion,
  reopenSuggestion,
} from '../../../src/features/resources/curating/decide.ts';
import { tellLongWaiting } from '../../../src/features/resources/curating/long-waiting.ts';
import { isNamedAnywhere } from '../../../src/features/resources/curating/named-in.ts';
import { declinedNote } from '../../../src/features/resources/curating/notes.ts';
import { queuePage, type Show } from '../../../src/features/resources/curating/queue/queue.ts';
import { showQueue } from '../../../src/features/resources/curating/queue/show.ts';
import { suggest, withdrawSuggestion } from '../../../src/features/resources/curating/suggest.ts';
import { suggestForm } from '../../../src/features/resources/curating/views.ts';
import { find } from '../../../src/features/resources/finding/find.ts';
import { listPage } from '../../../src/features/resources/finding/list.ts';
import { wordsToKeep } from '../../../src/features/resources/finding/missed.ts';
import { placeNamed } from '../../../src/features/resources/finding/named.ts';
import type { Place } from '../../../src/features/resources/finding/place.ts';
import { showPage } from '../../../src/features/resources/finding/show.ts';
import { define } from '../../../src/features/resources/glossary/define.ts';
import { definitionAnswer } from '../../../src/features/resources/glossary/views.ts';
import { forgetNames, purge } from '../../../src/features/resources/jobs.ts';
import { longestNote, writeNote } from '../../../src/features/resources/keeping/note.ts';
import { rate, type Verdict } from '../../../src/features/resources/keeping/rate.ts';
import { putBack, save, unsave } from '../../../src/features/resources/keeping/save.ts';
import { answerMiss, findFeedback, recordMisses } from '../../../src/features/resources/store.ts';
import { days, later } from '../../../src/lib/clock.ts';
import { createVault } from '../../../src/lib/crypto.ts';
import { type Bench, content, givenPerson, givenResources } from './support.ts';

const savedList: Place = { list: 'saved', of: '', from: 0 };
const brain: Place = { list: 'find', of: 'brain', from: 0 };

async function entriesOf(bench: Bench, actor: Parameters<typeof listPage>[1], place: Place) {
  const outcome = await listPage(bench, actor, place);
  if (outcome.kind !== 'page') throw new Error(outcome.kind);
  return outcome.page;
}

describe('looking something up', () => {
  test('tells the journey that this person has looked something up, but only when something was found', async () => {
    const bench = await givenResources();
    const { person, actor } = await givenPerson(bench);
    await find(bench, actor, 'birth trauma');
    await find(bench, actor, 'zzzz');
    expect(bench.lookedUpBy).toEqual([person.id]);
  });

  test('a question that finds nothing leaves its words behind, and nobody', async () => {
    const bench = await givenResources();
    for (let people = 0; people < 5; people += 1) {
      const { actor } = await givenPerson(bench);
      await find(bench, actor, 'printer laminate');
    }
    const { actor } = await givenPerson(bench);
    await find(bench, actor, 'printer');
    const rows = await bench.db.selectFrom('search_misses').selectAll().execute();
    expect(rows.toSorted((a, b) => a.word.localeCompare(b.word))).toEqual([
      { word: 'laminate', misses: 5, last_on: '2026-03-03', answer: null, answered_at: null },
      { word: 'printer', misses: 6, last_on: '2026-03-03', answer: null, answered_at: null },
    ]);
    expect(Object.keys(rows[0] ?? {})).toEqual(['word', 'misses', 'last_on', 'answer', 'answered_at']);
  });

  test('what one person types again and again counts once a day, beside whatever else they type', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const other = await givenPerson(bench);
    const counts = async () =>
      Object.fromEntries(
        (await bench.db.selectFrom('search_misses').selectAll().execute()).map(({ word, misses }) => [
          word,
          misses,
        ]),
      );
    for (const words of ['printer', 'Printer', 'printer laminate', 'printer', 'laminate printer'])
      await find(bench, actor, words);
    expect(await counts()).toEqual({ printer: 1, laminate: 1 });
    await find(bench, other.actor, 'printer');
    expect(await counts()).toEqual({ printer: 2, laminate: 1 });
    bench.clock.moveTo('2026-03-04T00:00:00Z');
    await find(bench, actor, 'printer');
    await find(bench, actor, 'printer');
    expect(await counts()).toEqual({ printer: 3, laminate: 1 });
  });

  test.each([
    ['a question that looks as if it points to a person', 'printer 9434765919', true],
    ['names, which begin with a capital', 'Jaydenn Smithson biting', false],
    ['numbers and short things', 'qq 12 zz', false],
  ])('%s is not kept', async (_, text, isIdentifiable) => {
    const bench = await givenResources({ looksIdentifiable: () => isIdentifiable });
    const { actor } = await givenPerson(bench);
    await find(bench, actor, text);
    const rows = await bench.db.selectFrom('search_misses').select('word').execute();
    expect(rows.map(({ word }) => word).filter((word) => /jayd|smith|\d|qq|printer/.test(word))).toEqual([]);
  });

  test.each([
    ['a surname', 'okonkwo-bamgbose'],
    ['one in capitals', 'OKONKWO'],
    ['a child and what was seen, as a phone writes it', 'Jayden Okonkwo laminate'],
    ['and without capitals', 'jayden okonkwo laminate'],
    ['a first name that is a word', 'grace laminating'],
    ['first names that are words and in no list of names', 'blessing destiny saffron marigold'],
    ['a surname that is one', 'baker'],
    ['somebody\u2019s', 'baker\u2019s'],
    ['a word in front of a surname', 'lamina okonkwo'],
    ['a misspelt name', 'jaydenn okonkwoo'],
    ['a street', 'laminate street'],
    ['a house', 'printer court flat'],
    ['a school', 'the printer primary'],
    ['a family', 'printer family'],
    ['a date beside a name', 'okonkwo 12/03/2019'],
    ['initials', 'JBO'],
    ['a name of another script', 'Оконкво'],
    ['a name with accents', 'Zoë Núñez'],
  ])('what may be a name is not kept: %s', async (_, text) => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    for (let times = 0; times < 6; times += 1) await find(bench, actor, text);
    const rows = await bench.db.selectFrom('search_misses').select('word').execute();
    expect(rows.map(({ word }) => word)).toEqual(_ === 'a first name that is a word' ? ['laminating'] : []);
  });

  test('what was kept before and may be a name is forgotten, a word is not', async () => {
    const bench = await givenResources();
    await recordMisses(bench.db, ['bamgbose', 'okonkwo', 'grace', 'printer'], '2026-03-03');
    await answerMiss(bench.db, 'okonkwo', 'not-ours', bench.clock.now());
    await forgetNames(bench).run(bench.clock.now());
    expect(await bench.db.selectFrom('search_misses').select('word').execute()).toEqual([
      { word: 'printer' },
    ]);
  });

  test('nothing is kept of what was written to the bot as a message, which says so', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await find(bench, actor, 'laminating printer', 'nothing');
    expect(await bench.db.selectFrom('search_misses').select('word').execute()).toEqual([]);
    await find(bench, actor, 'laminating printer');
    expect(await bench.db.selectFrom('search_misses').select('word').execute()).not.toEqual([]);
  });

  test('if the check for identifiable details fails, nothing is kept and the search works', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    expect(wordsToKeep('printer', { hits: [], unknown: ['printer'], corrections: [] }, broken)).toEqual([]);
  });

  test('someone of another workspace finds nothing and leaves nothing', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { team_id: 'T2' });
    expect(await find(bench, actor, 'printer')).toEqual({ kind: 'not-allowed' });
    expect(await save(bench, actor, 'uktc-about')).toEqual({ kind: 'not-allowed' });
    expect(await listPage(bench, actor, savedList)).toEqual({ kind: 'not-allowed' });
    expect(await bench.db.selectFrom('search_misses').selectAll().execute()).toEqual([]);
  });

  test('pages follow each other without gaps, and one past the end is the last', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const whole = (await entriesOf(bench, actor, { list: 'find', of: 'supervision', from: 0 })).total;
    const seen: string[] = [];
    for (const from of [0, 3, 8, 13, 18, 23, 28, 33, 38, 43, 48, 53, 58].filter((one) => one < whole))
      seen.push(
        ...(await entriesOf(bench, actor, { list: 'find', of: 'supervision', from })).entries.map(
          ({ id }) => id,
        ),
      );
    expect(seen).toHaveLength(whole);
    expect(new Set(seen).size).toBe(whole);
    const past = await entriesOf(bench, actor, { list: 'find', of: 'supervision', from: 9995 });
    expect(past.place.from).toBe(3 + Math.floor((whole - 4) / 5) * 5);
  });

  test('browsing a topic, an age and a kind shows what has it; an unknown one is said', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const topic = await entriesOf(bench, actor, { list: 'topic', of: 'domestic-abuse', from: 0 });
    expect(topic.label).toBe('Domestic abuse');
    expect(topic.entries.every(({ resource }) => resource?.topics.includes('domestic-abuse'))).toBe(true);
    const videos = await entriesOf(bench, actor, { list: 'type', of: 'video', from: 0 });
    expect(videos.entries.every(({ resource }) => resource?.type === 'video')).toBe(true);
    expect(await listPage(bench, actor, { list: 'topic', of: 'nonsense', from: 0 })).toEqual({
      kind: 'unknown-list',
    });
    expect(await listPage(bench, actor, { list: 'type', of: 'toString', from: 0 })).toEqual({
      kind: 'unknown-list',
    });
  });
});

describe('saving', () => {
  test('what is saved comes first on the list, once, and can be removed and put back', async () => {
    const bench = await givenResources();
    const { person, actor } = await givenPerson(bench);
    await save(bench, actor, 'uktc-about');
    bench.clock.forward(1);
    await save(bench, actor, 'mindmate-tip');
    await save(bench, actor, 'mindmate-tip');
    expect((await entriesOf(bench, actor, savedList)).entries.map(({ id }) => id)).toEqual([
      'mindmate-tip',
      'uktc-about',
    ]);
    expect(await unsave(bench, actor, 'uktc-about')).toEqual({ kind: 'removed' });
    expect(await unsave(bench, actor, 'uktc-about')).toEqual({ kind: 'was-not-saved' });
    await save(bench, actor, 'uktc-about');
    expect((await entriesOf(bench, actor, savedList)).total).toBe(2);
    expect(new Set(bench.homesChanged)).toEqual(new Set([person.id]));
  });

  test("nobody sees another person's list", async () => {
    const bench = await givenResources();
    const one = await givenPerson(bench);
    const admin = await givenPerson(bench, { is_admin: true });
    await save(bench, one.actor, 'uktc-about');
    expect((await entriesOf(bench, admin.actor, savedList)).total).toBe(0);
    expect(
      (await entriesOf(bench, admin.actor, { list: 'find', of: 'UK Trauma Council', from: 0 })).entries.some(
        ({ isSaved }) => isSaved,
      ),
    ).toBe(false);
  });

  test('of somebody who declined the agreement nothing is kept, until they agree', async () => {
    const bench = await givenResources();
    const { person, actor } = await givenPerson(bench);
    await giveConsent(bench.db, bench.clock, { personId: person.id, kind: 'declined', version: '1' });
    expect(await save(bench, actor, 'uktc-about')).toEqual({ kind: 'keeps-nothing' });
    expect(await rate(bench, actor, 'uktc-about', 'helped')).toEqual({ kind: 'keeps-nothing' });
    expect((await find(bench, actor, 'brain')).kind).toBe('found');
    await giveConsent(bench.db, bench.clock, { personId: person.id, kind: 'agreement', version: '1' });
    expect(await save(bench, actor, 'uktc-about')).toEqual({ kind: 'saved' });
  });

  test('an entry that has left the catalogue stays on the list, to be removed', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await save(bench, actor, 'uktc-about');
    bench.live.publish(toCatalogue(content.catalogue.shown.filter(({ id }) => id !== 'uktc-about')));
    const page = await entriesOf(bench, actor, savedList);
    expect(page.entries).toMatchObject([{ id: 'uktc-about', resource: undefined, isSaved: true }]);
    expect(await save(bench, actor, 'uktc-about')).toEqual({ kind: 'unknown' });
    expect(await save(bench, actor, 'chatr-strategy-2020-25')).toEqual({ kind: 'unknown' });
  });
});

describe('a note of one\u2019s own on something saved', () => {
  const noteOf = async (bench: Bench, actor: Parameters<typeof listPage>[1]) =>
    (await entriesOf(bench, actor, savedList)).entries.map(({ id, note }) => [id, note]);

  test('stands on that person\u2019s list, can be changed and taken away, and nobody else has it', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const admin = await givenPerson(bench, { is_admin: true });
    await save(bench, actor, 'uktc-about');
    expect(await writeNote(bench, actor, 'uktc-about', 'for the team day')).toEqual({ kind: 'kept' });
    await writeNote(bench, actor, 'uktc-about', 'page 4, for the team day');
    expect(await noteOf(bench, actor)).toEqual([
      ['uktc-about', { kind: 'note', text: 'page 4, for the team day' }],
    ]);
    await save(bench, admin.actor, 'uktc-about');
    expect(await noteOf(bench, admin.actor)).toEqual([['uktc-about', undefined]]);
    expect(await writeNote(bench, actor, 'uktc-about', '')).toEqual({ kind: 'taken-away' });
    expect(await noteOf(bench, actor)).toEqual([['uktc-about', undefined]]);
  });

  test('is sealed: the database has no word of it, nor how long it is', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await writeNote(bench, actor, 'uktc-about', 'x');
    await writeNote(bench, actor, 'anna-freud-uktc-page', '\u{1f642}"'.repeat(longestNote / 2));
    const rows = await bench.db.selectFrom('saved_resources').select('note').execute();
    const [short = '', long = ''] = rows.map(({ note }) => note ?? '');
    expect(short).toMatch(/^v3\./);
    expect(short.length).toBe(long.length);
  });

  test('that another key sealed hides neither the entry nor the other notes', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await writeNote(bench, actor, 'uktc-about', 'mine');
    const other = { ...bench, vault: createVault(randomBytes(32)) };
    await writeNote(other, actor, 'anna-freud-uktc-page', 'lost');
    expect(new Map((await noteOf(bench, actor)) as [string, unknown][])).toEqual(
      new Map<string, unknown>([
        ['uktc-about', { kind: 'note', text: 'mine' }],
        ['anna-freud-uktc-page', { kind: 'unreadable' }],
      ]),
    );
  });

  test('is removed with the entry, comes back with it for a day, and is gone for good after that', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const kept = ['uktc-about', { kind: 'note', text: 'mine' }];
    await writeNote(bench, actor, 'uktc-about', 'mine');
    await unsave(bench, actor, 'uktc-about');
    expect(await noteOf(bench, actor)).toEqual([]);
    bench.clock.forward(23 * 60);
    await purge(bench).run(bench.clock.now());
    expect(await putBack(bench, actor, 'uktc-about')).toEqual({ kind: 'saved' });
    expect(await noteOf(bench, actor)).toEqual([kept]);
    await unsave(bench, actor, 'uktc-about');
    bench.clock.forward(24 * 60);
    await purge(bench).run(bench.clock.now());
    expect(await bench.db.selectFrom('saved_resources').selectAll().execute()).toEqual([]);
    expect(await putBack(bench, actor, 'uktc-about')).toEqual({ kind: 'saved' });
    expect(await noteOf(bench, actor)).toEqual([['uktc-about', undefined]]);
  });

  test('what is removed and saved again comes first; what is put back stands where it was', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const order = async () => (await noteOf(bench, actor)).map(([id]) => id);
    await save(bench, actor, 'uktc-about');
    bench.clock.forward(1);
    await save(bench, actor, 'anna-freud-uktc-page');
    bench.clock.forward(1);
    await unsave(bench, actor, 'uktc-about');
    await putBack(bench, actor, 'uktc-about');
    expect(await order()).toEqual(['anna-freud-uktc-page', 'uktc-about']);
    await unsave(bench, actor, 'uktc-about');
    await save(bench, actor, 'uktc-about');
    expect(await order()).toEqual(['uktc-about', 'anna-freud-uktc-page']);
  });

  test('of somebody who declined the agreement is not kept, nor on what nobody can find', async () => {
    const bench = await givenResources();
    const { person, actor } = await givenPerson(bench);
    expect(await writeNote(bench, actor, 'chatr-strategy-2020-25', 'x')).toEqual({ kind: 'unknown' });
    await giveConsent(bench.db, bench.clock, { personId: person.id, kind: 'declined', version: '1' });
    expect(await writeNote(bench, actor, 'uktc-about', 'x')).toEqual({ kind: 'keeps-nothing' });
    expect(await bench.db.selectFrom('saved_resources').selectAll().execute()).toEqual([]);
  });
});

describe('lists to look through', () => {
  test('start here: picked by hand, in the order of the file', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const page = await entriesOf(bench, actor, { list: 'start', of: '', from: 0 });
    expect(page.total).toBe(content.startHere.groups.flatMap(({ entries }) => entries).length);
    expect(page.entries[0]?.id).toBe(content.startHere.groups[0]?.entries[0]);
    for (const { id, label, entries } of content.startHere.groups) {
      const part = await entriesOf(bench, actor, { list: 'start', of: id, from: 0 });
      expect([part.label, part.total], id).toEqual([label, entries.length]);
      expect(part.entries.map((one) => one.id)).toEqual(entries.slice(0, 5));
    }
    expect(await listPage(bench, actor, { list: 'start', of: 'nonsense', from: 0 })).toEqual({
      kind: 'unknown-list',
    });
  });

  test('new this month: what was added, newest first, until a month has passed', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const added = ['2026-02-10', '2026-03-01', '2026-01-15'];
    const [model] = content.catalogue.shown;
    if (!model) throw new Error('The catalogue is empty.');
    bench.live.publish(toCatalogue(added.map((day) => ({ ...model, id: day, added_on: day }))));
    const ids = async () =>
      (await entriesOf(bench, actor, { list: 'new', of: '', from: 0 })).entries.map(({ id }) => id);
    expect(await ids()).toEqual(['2026-03-01', '2026-02-10']);
    bench.clock.forward(60 * 24 * 20);
    expect(await ids()).toEqual(['2026-03-01']);
    bench.clock.forward(60 * 24 * 20);
    expect(await ids()).toEqual([]);
  });

  test('most helpful: from five people on, most first', async () => {
    const bench = await givenResources();
    const people = [];
    for (let nth = 0; nth < 6; nth += 1) people.push(await givenPerson(bench));
    for (const { actor } of people.slice(0, 5)) await rate(bench, actor, 'uktc-about', 'helped');
    for (const { actor } of people) await rate(bench, actor, 'anna-freud-uktc-page', 'helped');
    for (const { actor } of people.slice(0, 4)) await rate(bench, actor, 'nice-ng76', 'helped');
    const { actor } = people[0] ?? (await givenPerson(bench));
    const page = await entriesOf(bench, actor, { list: 'helped', of: '', from: 0 });
    expect(page.entries.map(({ id }) => id)).toEqual(['anna-freud-uktc-page', 'uktc-about']);
  });

  test.each([
    ['start here', { list: 'start', of: '' }],
    ['worried about a child', { list: 'start', of: 'worried-about-a-child' }],
    ['new', { list: 'new' }],
    ['what\u2019s new', { list: 'new' }],
    ['most helpful', { list: 'helped' }],
    ['0-5', { list: 'age', of: '0-5' }],
    ['5 to 11', { list: 'age', of: '5-11' }],
    ['perinatal', { list: 'age', of: 'perinatal' }],
    ['videos', { list: 'type', of: 'video' }],
    ['Case studies', { list: 'type', of: 'case-study' }],
    ['domestic abuse', { list: 'topic', of: 'domestic-abuse' }],
    ['nonsense words', undefined],
  ])('browse %s', async (asked, place) => {
    const bench = await givenResources();
    if (place) expect(placeNamed(bench, asked)).toMatchObject(place);
    else expect(placeNamed(bench, asked)).toBeUndefined();
  });
});

describe('an entry that a newer page has replaced', () => {
  const superseded = () => {
    const { shown, heldBack, superseded: before } = content.catalogue;
    const replaced = [...shown, ...heldBack, ...before].map((one) =>
      one.id === 'uktc-about' ? { ...one, superseded_by: 'anna-freud-uktc-page' } : one,
    );
    return toCatalogue(replaced);
  };

  test('who saved it sees the newer one in its place, once, and removes both with one click', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await save(bench, actor, 'uktc-about');
    bench.live.publish(superseded());
    const page = await entriesOf(bench, actor, savedList);
    expect(page.entries.map(({ id, isSaved }) => [id, isSaved])).toEqual([['anna-freud-uktc-page', true]]);
    await save(bench, actor, 'anna-freud-uktc-page');
    expect((await entriesOf(bench, actor, savedList)).total).toBe(1);
    expect(await unsave(bench, actor, 'anna-freud-uktc-page')).toEqual({ kind: 'removed' });
    expect((await entriesOf(bench, actor, savedList)).total).toBe(0);
  });

  test('a button of an older list leads to the newer one: it is saved, and said to have helped', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    bench.live.publish(superseded());
    expect(await save(bench, actor, 'uktc-about')).toEqual({ kind: 'saved' });
    expect(await rate(bench, actor, 'uktc-about', 'helped')).toEqual({ kind: 'rated' });
    const page = await entriesOf(bench, actor, savedList);
    expect(page.entries).toMatchObject([{ id: 'anna-freud-uktc-page' }]);
    expect(await findFeedback(bench.db, actor.person.id, 'anna-freud-uktc-page')).toMatchObject({
      helped: true,
    });
  });

  test('a note on it stands beside the newer one, and is changed there', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    await writeNote(bench, actor, 'uktc-about', 'from before');
    bench.live.publish(superseded());
    const [entry] = (await entriesOf(bench, actor, savedList)).entries;
    expect(entry).toMatchObject({ id: 'anna-freud-uktc-page', note: { text: 'from before' } });
    await writeNote(bench, actor, 'anna-freud-uktc-page', 'of today');
    const page = await entriesOf(bench, actor, savedList);
    expect(page.entries).toMatchObject([{ id: 'anna-freud-uktc-page', note: { text: 'of today' } }]);
    await writeNote(bench, actor, 'anna-freud-uktc-page', '');
    expect((await entriesOf(bench, actor, savedList)).entries[0]?.note).toBeUndefined();
  });

  test('it is in no list and no answer', async () => {
    const bench = await givenResources();
    bench.live.publish(superseded());
    const found = bench.live.search.find('About the UK Trauma Council');
    expect(found.hits.map(({ id }) => id)).not.toContain('uktc-about');
    const { actor } = await givenPerson(bench);
    for (let from = 0; from < 60; from += 5) {
      const page = await entriesOf(bench, actor, { list: 'type', of: 'website', from });
      expect(page.entries.map(({ id }) => id)).not.toContain('uktc-about');
    }
  });
});

test('the programme\u2019s own material comes first for its name, and says when it is not there yet', async () => {
  const bench = await givenResources();
  for (const [asked, id] of [
    ['core module', 'programme-core-module'],
    ['perinatal session', 'programme-session-perinatal'],
    ['Early years session', 'programme-session-0-5'],
  ] as const)
    expect(bench.live.search.find(asked).hits[0]?.id, asked).toBe(id);
  const { actor } = await givenPerson(bench);
  const answer = JSON.stringify(await showPage(bench, actor, { list: 'type', of: 'programme', from: 0 }));
  expect(answer).toContain('The programme has not supplied this yet.');

  const supplied = content.catalogue.shown.map((one) =>
    one.id === 'programme-core-module'
      ? { ...one, url: 'https://example.org/core', version: '2', checked_on: '2026-03-02' }
      : one,
  );
  bench.live.publish(toCatalogue(supplied));
  const after = JSON.stringify(await showPage(bench, actor, { list: 'find', of: 'core module', from: 0 }));
  expect(after).toContain('<https://example.org/core|Core module slides, handouts and recordings>');
  expect(after).toContain(
    'Version 2 \u00b7 Kept by ChATR programme team, who last opened it on 2 March 2026',
  );
});

describe('saying whether it helped', () => {
  test('once per person and resource, changeable, and apart from a report about the link', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const id = 'uktc-trauma-brain-video';
    const mine = () => findFeedback(bench.db, actor.person.id, id);
    const steps: [Verdict, { helped: boolean | undefined; hasLinkProblem: boolean }][] = [
      ['helped', { helped: true, hasLinkProblem: false }],
      ['helped', { helped: true, hasLinkProblem: false }],
      ['link-problem', { helped: true, hasLinkProblem: true }],
      ['did-not-help', { helped: false, hasLinkProblem: true }],
      ['link-fine', { helped: false, hasLinkProblem: false }],
      ['take-back', { helped: undefined, hasLinkProblem: false }],
    ];
    for (const [verdict, expected] of steps) {
      await rate(bench, actor, id, verdict);
      expect(await mine()).toMatchObject(expected);
    }
    expect(await bench.db.selectFrom('resource_feedback').selectAll().execute()).toHaveLength(1);
  });

  test('a number is shown from five people on, never below', async () => {
    const bench = await givenResources();
    const id = 'uktc-trauma-brain-video';
    const shown: (number | undefined)[] = [];
    for (let people = 1; people <= 6; people += 1) {
      const { actor } = await givenPerson(bench);
      await rate(bench, actor, id, 'helped');
      const { entries } = await entriesOf(bench, actor, brain);
      shown.push(entries.find((entry) => entry.id === id)?.helpedPeople);
    }
    expect(shown).toEqual([undefined, undefined, undefined, undefined, 5, 6]);
  });
});

describe('suggesting', () => {
  const form = { title: 'A good page', url: 'https://example.org/good', why: 'For new parents' };

  test('a suggestion reaches the curators, with the name of who sent it', async () => {
    const bench = await givenResources();
    const member = await givenPerson(bench);
    const curator = await givenPerson(bench, { is_admin: true });
    expect((await suggest(bench, member.actor, form, false)).kind).toBe('suggested');
    expect(
      await suggest(bench, member.actor, { ...form, url: 'http://www.example.org/good/' }, false),
    ).toMatchObject({ kind: 'suggested-before', suggestion: { status: 'waiting' } });
    expect(await queuePage(bench, member.actor, { show: 'all', page: 0 })).toEqual({ kind: 'not-allowed' });
    expect(await queued(bench, curator.actor, 'suggestions')).toMatchObject([
      { suggestion: { title: 'A good page', status: 'waiting' }, from: [{ id: member.person.id }] },
    ]);
  });

  test('what is in the catalogue already is said, and not sent', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    expect(
      await suggest(bench, actor, { ...form, url: 'http://chtipportal.hackney.gov.uk/about-us/#top' }, false),
    ).toEqual({
      kind: 'in-catalogue',
      words: expect.stringContaining('About City and Hackney ACEs and Trauma-informed Practice'),
    });
  });

  test('something that may identify a person is asked about once, and the person decides', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const told = { ...form, why: 'Helped 9434765919' };
    expect(await suggest(bench, actor, told, false)).toEqual({ kind: 'may-identify' });
    expect(await bench.db.selectFrom('resource_suggestions').selectAll().execute()).toEqual([]);
    expect((await suggest(bench, actor, told, true)).kind).toBe('suggested');
  });

  test('if the check fails, sending still works', async () => {
    const bench = await givenResources({
      looksIdentifiable: () => {
        throw new Error('broken');
      },
    });
    const { actor } = await givenPerson(bench);
    expect((await suggest(bench, actor, form, false)).kind).toBe('suggested');
  });

  test.each([
    ['no title', { ...form, title: '  ' }],
    ['no whole address', { ...form, url: 'example' }],
    ['another scheme', { ...form, url: 'javascript:alert(1)' }],
    ['an address on this machine', { ...form, url: 'http://localhost/x' }],
    ['far too much', { ...form, why: 'x'.repeat(1001) }],
  ])('%s is refused', (_, given) => {
    const typed = Object.entries(given).map(([name, value]) => [name, { value: { value } }]);
    expect(suggestForm.read({ state: { values: Object.fromEntries(typed) } }).kind).toBe('problems');
  });

  test('it can be taken back while nobody has decided, by its sender alone', async () => {
    const bench = await givenResources();
    const member = await givenPerson(bench);
    const other = await givenPerson(bench, { is_admin: true });
    const sent = await suggest(bench, member.actor, form, false);
    if (sent.kind !== 'suggested') throw new Error(sent.kind);
    expect(await withdrawSuggestion(bench, other.actor, sent.id)).toEqual({ kind: 'too-late' });
    expect(await withdrawSuggestion(bench, member.actor, sent.id)).toEqual({ kind: 'withdrawn' });
    expect(await withdrawSuggestion(bench, member.actor, sent.id)).toEqual({ kind: 'too-late' });
  });

  test('ten of one person wait at most; all of theirs can be declined, and one for oneself, without a word', async () => {
    const bench = await givenResources();
    const member = await givenPerson(bench);
    const other = await givenPerson(bench);
    const curator = await givenPerson(bench, { is_admin: true });
    const send = (by: typeof member, nth: number) =>
      suggest(bench, by.actor, { ...form, url: `https://example.org/${nth}` }, false);
    for (let nth = 0; nth < 10; nth += 1) expect((await send(member, nth)).kind).toBe('suggested');
    expect((await send(member, 10)).kind).toBe('many-wait');
    const sent = await send(other, 10);
    if (sent.kind !== 'suggested') throw new Error(sent.kind);
    const [first, second] = await queued(bench, curator.actor, 'suggestions');
    if (first?.kind !== 'suggestion' || second?.kind !== 'suggestion') throw new Error('Nothing waits.');
    expect(first.theirs).toBe(10);
    const silently = { id: first.suggestion.id, reason: 'silent', words: '' } as const;
    expect(await declineSuggestion(bench, curator.actor, silently)).toMatchObject({ kind: 'decided' });
    expect((await send(member, 11)).kind).toBe('suggested');
    const { id } = second.suggestion;
    const all = { ...silently, id };
    expect(await declineAllOf(bench, member.actor, all)).toEqual({ kind: 'not-allowed' });
    const declined = { kind: 'declined', many: 10, isTold: false };
    expect(await declineAllOf(bench, curator.actor, all)).toEqual(declined);
    expect(await reopenSuggestion(bench, curator.actor, id)).toEqual({
      kind: 'reopened',
      heard: [],
      many: 10,
    });
    expect(await declineAllOf(bench, curator.actor, all)).toMatchObject({ many: 10 });
    expect(await declineAllOf(bench, curator.actor, all)).toEqual({ kind: 'gone' });
    expect(await queued(bench, curator.actor, 'suggestions')).toMatchObject([
      { suggestion: { id: sent.id } },
    ]);
    expect(await bench.db.selectFrom('outbox').select('kind').execute()).toEqual([]);
  });

  test('whoever sent what is declined together hears it once, with the reason and the curator\u2019s words', async () => {
    const bench = await givenResources();
    const [member, curator] = [await givenPerson(bench), await givenPerson(bench, { is_admin: true })];
    for (const nth of [1, 2, 3])
      await suggest(
        bench,
        member.actor,
        { ...form, title: `Page ${nth}`, url: `https://example.org/${nth}` },
        false,
      );
    const [first] = await queued(bench, curator.actor, 'suggestions');
    if (first?.kind !== 'suggestion') throw new Error('Nothing waits.');
    const { id } = first.suggestion;
    const why = { id, reason: 'not-open', words: 'They all ask for a sign-in.' } as const;
    expect(await declineAllOf(bench, curator.actor, why)).toEqual({
      kind: 'declined',
      many: 3,
      isTold: true,
    });
    const told = await bench.db.selectFrom('outbox').select(['person_id', 'message']).execute();
    expect(told).toMatchObject([
      {
        person_id: member.person.id,
        message: expect.stringMatching(
          /3 of your suggestions were not added.*does not open for everybody.*Page 1.*Page 2.*Page 3.*Read what the curator says/s,
        ),
      },
    ]);
  });

  test.each([
    ['a title', { title: 'Story of Emma Johnson' }],
    ['an address', { url: 'https://www.example.org/stories/emma-johnson-2014' }],
    ['an address without its beginning', { url: 'www.example.org/emma-johnson-2014' }],
    ['an address with signs for its letters', { url: 'https://www.example.org/Emma%20Johnson.pdf' }],
    ['a reason', { why: 'Zainab Yusuf liked it' }],
    ['an inquiry, which may be kept', { title: 'The Victoria Climbié Inquiry' }],
  ])('a name in %s is asked about once', async (_, change) => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const given = { ...form, ...change };
    expect(await suggest(bench, actor, given, false)).toEqual({ kind: 'may-identify' });
    expect((await suggest(bench, actor, given, true)).kind).toBe('suggested');
  });

  test('curators get one line for what has waited two weeks, once, and none while nothing has', async () => {
    const bench = await givenResources();
    const [member, curator] = [await givenPerson(bench), await givenPerson(bench, { is_admin: true })];
    const sent = await suggest(bench, member.actor, form, false);
    if (sent.kind !== 'suggested') throw new Error(sent.kind);
    const began = bench.clock.now();
    const told = async (after: number) => {
      for (const hour of [0, 1, 2])
        await tellLongWaiting(bench).run(later(began, days(after) + hour * 3_600_000));
      const rows = await bench.db.selectFrom('outbox').select(['kind', 'person_id', 'message']).execute();
      return rows.map(({ kind, person_id, message }) => [
        kind,
        person_id,
        message.includes('1 suggestion has'),
      ]);
    };
    expect(await told(13)).toEqual([]);
    const once = [['resources.waiting', curator.person.id, true]];
    expect(await told(14)).toEqual(once);
    expect(await told(20), 'nor in the week after').toEqual(once);
    expect(await told(60)).toEqual(once);
    await bench.db.deleteFrom('outbox').execute();
    await declineSuggestion(bench, curator.actor, { id: sent.id, reason: 'silent', words: '' });
    expect(await told(14)).toEqual([]);
  });

  test('of the catalogue, hardly any title or address is taken for somebody\u2019s', () => {
    const entries = content.catalogue.shown.filter(({ url }) => url !== undefined);
    const asked = entries.filter(({ title, url = '' }) => isNamedAnywhere({ title, url, why: '' }));
    expect(asked.length, asked.map(({ title, url }) => `${title} ${url}`).join('\n')).toBeLessThan(
      entries.length * 0.06,
    );
  });

  test('a suggestion that was published and taken back waits again, and nobody hears that it was taken in', async () => {
    const bench = await givenResources();
    const member = await givenPerson(bench);
    const { actor } = await givenPerson(bench, { is_admin: true });
    const sent = await suggest(bench, member.actor, form, false);
    if (sent.kind !== 'suggested') throw new Error(sent.kind);
    const fields = {
      title: form.title,
      url: form.url,
      publisher: 'Example Trust',
      type: 'leaflet' as const,
      audience: ['all-practitioners'],
      age_groups: ['0-5'],
      topics: ['resilience'],
      summary: 'What helps a baby and those around it to sleep.',
      free: true,
      link_kind: 'publisher' as const,
      verified: 'opened by a curator',
      asked_as: [],
    };
    const published = await acceptSuggestion(bench, actor, { id: sent.id, fields });
    if (published.kind !== 'saved') throw new Error(published.kind);
    const { id: entryId } = published.entry;
    expect(await takeBack(bench, actor, { entryId, version: 1 })).toMatchObject({
      entry: undefined,
      heard: [],
    });
    expect(await queued(bench, actor, 'suggestions')).toMatchObject([{ suggestion: { id: sent.id } }]);
    expect(await bench.db.selectFrom('outbox').select('status').execute()).toEqual([{ status: 'cancelled' }]);
  });

  test.each([
    [
      'accepted',
      'known',
      'An earlier message said that it was added. That was taken back, because the catalogue had it already.',
    ],
    [
      'accepted',
      'unsure',
      'An earlier message said that it is in the catalogue. That was taken back. We could not find out',
    ],
    ['no-reason', 'unsure', 'An earlier message said so, without a reason. This is the reason: We could not'],
  ] as const)('who has heard %s hears of %s in one sentence that is true', (heard, reason, said) => {
    const suggestion = {
      ...form,
      id: 'a',
      personId: 'b',
      address: 'c',
      status: 'waiting' as const,
      suggestedAt: new Date(0),
      heard,
    };
    expect(JSON.stringify(declinedNote(suggestion, { reason, words: '' }))).toContain(said);
  });

  test('a curator sees where letters of another script imitate an address', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { is_admin: true });
    await suggest(bench, actor, { ...form, url: 'https://www.\u0440\u0430\u0443\u0440\u0430l.com/a' }, false);
    await suggest(bench, actor, { ...form, url: 'https://www.example.org/caf\u00e9' }, false);
    const queue = JSON.stringify(await showQueue(bench, actor, { show: 'suggestions', page: 0 }));
    expect(queue.match(/Look closely/g)).toHaveLength(1);
    expect(queue).toContain('Its real name is `www.xn--');
  });

  test('what steers the direction of text is in nothing that is read from a form', () => {
    const typed = {
      title: 'A \u202egood\u202c pa\u0007ge',
      url: form.url,
      why: 'For\u2067 all\nof us\u0000',
    };
    const values = Object.entries(typed).map(([name, value]) => [name, { value: { value } }]);
    expect(suggestForm.read({ state: { values: Object.fromEntries(values) } })).toMatchObject({
      values: { title: 'A good page', why: 'For all\nof us' },
    });
  });

  test('only a curator decides; a decision can be changed and is in the audit log', async () => {
    const bench = await givenResources();
    const member = await givenPerson(bench);
    const curator = await givenPerson(bench, { is_admin: true });
    const sent = await suggest(bench, member.actor, form, false);
    if (sent.kind !== 'suggested') throw new Error(sent.kind);
    const decline = { id: sent.id, reason: 'unsure', words: '' } as const;
    expect(await declineSuggestion(bench, member.actor, decline)).toEqual({ kind: 'not-allowed' });
    expect(await declineSuggestion(bench, curator.actor, decline)).toMatchObject({ kind: 'decided' });
    expect(await declineSuggestion(bench, curator.actor, decline)).toEqual({ kind: 'gone' });
    expect(await withdrawSuggestion(bench, member.actor, sent.id)).toEqual({ kind: 'too-late' });
    expect(await queued(bench, curator.actor, 'suggestions')).toEqual([]);
    await reopenSuggestion(bench, curator.actor, sent.id);
    expect(await queued(bench, curator.actor, 'suggestions')).toHaveLength(1);
    expect(await declineSuggestion(bench, curator.actor, { ...decline, id: 'nothing' })).toEqual({
      kind: 'gone',
    });
    const logged = await bench.db.selectFrom('audit_log').select(['action', 'subject', 'detail']).execute();
    expect(logged).toEqual([
      { action: 'resources.decide', subject: sent.id, detail: '{"status":"declined"}' },
      { action: 'resources.decide', subject: sent.id, detail: '{"status":"waiting"}' },
    ]);
  });

  test('curators see a missed word only from five times on', async () => {
    const bench = await givenResources();
    const curator = await givenPerson(bench, { is_admin: true });
    for (let people = 0; people < 4; people += 1)
      await find(bench, (await givenPerson(bench)).actor, 'laminate');
    const misses = () => queued(bench, curator.actor, 'missed');
    expect(await misses()).toEqual([]);
    await find(bench, curator.actor, 'laminate');
    expect(await misses()).toEqual([{ kind: 'miss', word: 'laminate', misses: 5 }]);
  });
});

async function queued(bench: Bench, actor: Parameters<typeof queuePage>[1], show: Show) {
  const outcome = await queuePage(bench, actor, { show, page: 0 });
  if (outcome.kind !== 'page') throw new Error(outcome.kind);
  return outcome.page.shown;
}

describe('explaining a word', () => {
  const explain = (asked: string) => {
    const answer = define(content, asked);
    if (answer.kind === 'term') return answer.term.id;
    if (answer.kind === 'near') return `near: ${answer.names.map(({ ask }) => ask).join(', ')}`;
    return answer.kind === 'short-form' ? `${answer.form}: ${answer.means.join(' / ')}` : answer.kind;
  };

  test.each([
    ['adultification', 'adultification'],
    ['Adultification bias', 'adultification'],
    ['aces', 'adverse-childhood-experiences'],
    ['LAC', 'care-experienced'],
    ['cpc', 'child-protection-conference'],
    ['CPP', 'CPP: child protection plan / child-parent psychotherapy'],
    ['LSP', 'LSP: lead safeguarding partner / local strategic partnership'],
    ['SAR', 'SAR: subject access request / safeguarding adults review'],
    ['JSNA', 'JSNA: joint strategic needs assessment'],
    ['UASC', 'unaccompanied-child'],
    ['MH', 'MH: mental health'],
    ['', 'no-word'],
    ['\u200b', 'no-word'],
    ['qwertyuiop', 'unknown'],
    ['what does CPC mean', 'child-protection-conference'],
    ['what is an ACE score', 'ace-score'],
    ['What\u2019s adultification', 'adultification'],
    ['what', 'unknown'],
  ])('%j → %s', (asked, expected) => expect(explain(asked)).toBe(expected));

  test.each([
    ['LSP', ['safeguarding-partners']],
    ['what does LSP mean?', ['safeguarding-partners']],
    ['CPP', ['child-protection-plan']],
    ['CP', ['safeguarding']],
    ['SAR', []],
    ['JSNA', []],
  ])('%s brings the terms of the glossary that go by it, or by what it can mean', (asked, expected) => {
    const answer = define(content, asked);
    expect(answer.kind === 'short-form' && answer.terms.map(({ id }) => id)).toEqual(expected);
    expect(JSON.stringify(definitionAnswer(answer, content.glossary))).toContain('Find: ');
  });

  test.each([
    ['adultificaton', 'adultification'],
    ['attachmnt', 'attachment'],
    ['birth', 'birth-trauma'],
    ['CAMSH', 'camhs'],
    ['JNSA', 'JSNA'],
    ['needs assessment', 'JSNA'],
    ['relatives', 'family-network'],
  ])('%s offers what looks like it', (asked, expected) => {
    expect(explain(asked)).toMatch(/^near: /);
    expect(explain(asked)).toContain(expected);
  });
});
