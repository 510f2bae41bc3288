import { describe, expect, test } from 'vitest';
import { giveConsent } from '../../../src/community/consents.ts';
import { toCatalogue } from '../../../src/features/resources/content.ts';
import { declineSuggestion, reopenSuggestion } from '../../../src/features/resources/curating/decide.ts';
import { queuePage, type Show } from '../../../src/features/resources/curating/queue.ts';
import { suggest, withdrawSuggestion } from '../../../src/features/resources/curating/suggest.ts';
import { suggestForm } from '../../../src/features/resources/curating/views.ts';
import { find, wordsToKeep } from '../../../src/features/resources/finding/find.ts';
import { listPage } from '../../../src/features/resources/finding/list.ts';
import type { Place } from '../../../src/features/resources/finding/place.ts';
import { define } from '../../../src/features/resources/glossary/define.ts';
import { rate, type Verdict } from '../../../src/features/resources/keeping/rate.ts';
import { save, unsave } from '../../../src/features/resources/keeping/save.ts';
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
    const { actor } = await givenPerson(bench);
    for (let times = 0; times < 5; times += 1) await find(bench, actor, 'printer laminate');
    await find(bench, actor, 'printer');
    const rows = await bench.db.selectFrom('search_misses').selectAll().execute();
    expect(rows.toSorted((a, b) => a.word.localeCompare(b.word))).toEqual([
      { word: 'laminate', misses: 5, last_on: '2026-03-03', answer: null },
      { word: 'printer', misses: 6, last_on: '2026-03-03', answer: null },
    ]);
    expect(Object.keys(rows[0] ?? {})).toEqual(['word', 'misses', 'last_on', 'answer']);
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

  test('if the check for identifiable details fails, nothing is kept and the search works', async () => {
    const broken = () => {
      throw new Error('broken');
    };
    expect(wordsToKeep('printer', { hits: [], unknown: ['printer'] }, broken)).toEqual([]);
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
    for (let from = 0; from < whole; from += 5)
      seen.push(
        ...(await entriesOf(bench, actor, { list: 'find', of: 'supervision', from })).entries.map(
          ({ id }) => id,
        ),
      );
    expect(seen).toHaveLength(whole);
    expect(new Set(seen).size).toBe(whole);
    const past = await entriesOf(bench, actor, { list: 'find', of: 'supervision', from: 9995 });
    expect(past.place.from).toBe(Math.floor((whole - 1) / 5) * 5);
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

describe('saying whether it helped', () => {
  test('once per person and resource, changeable, and apart from a report about the link', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const id = 'uktc-trauma-brain-video';
    const mine = async () =>
      (await entriesOf(bench, actor, brain)).entries.find((entry) => entry.id === id)?.feedback;
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
      expect(await mine()).toEqual(expected);
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
    ).toEqual({
      kind: 'suggested-before',
    });
    expect(await queuePage(bench, member.actor, { show: 'all', page: 0 })).toEqual({ kind: 'not-allowed' });
    expect(await queued(bench, curator.actor, 'suggestions')).toMatchObject([
      { suggestion: { title: 'A good page', status: 'waiting' }, from: { id: member.person.id } },
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
    ['no scheme', { ...form, url: 'www.example.org' }],
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
    for (let times = 0; times < 4; times += 1) await find(bench, curator.actor, 'laminate');
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
    if (answer.kind === 'near') return `near: ${answer.terms.map(({ id }) => id).join(', ')}`;
    return answer.kind === 'short-form' ? `${answer.form}: ${answer.means.join(' / ')}` : answer.kind;
  };

  test.each([
    ['adultification', 'adultification'],
    ['Adultification bias', 'adultification'],
    ['aces', 'adverse-childhood-experiences'],
    ['LAC', 'care-experienced'],
    ['cpc', 'child-protection-conference'],
    ['CPP', 'CPP: child protection plan / child-parent psychotherapy'],
    ['SAR', 'SAR: subject access request / safeguarding adults review'],
    ['JSNA', 'JSNA: joint strategic needs assessment'],
    ['UASC', 'unaccompanied-child'],
    ['MH', 'MH: mental health'],
    ['', 'no-word'],
    ['\u200b', 'no-word'],
    ['qwertyuiop', 'unknown'],
  ])('%j → %s', (asked, expected) => expect(explain(asked)).toBe(expected));

  test.each([
    ['adultificaton', 'adultification'],
    ['attachmnt', 'attachment'],
    ['birth', 'birth-trauma'],
  ])('%s offers what looks like it', (asked, expected) => {
    expect(explain(asked)).toMatch(/^near: /);
    expect(explain(asked)).toContain(expected);
  });
});
