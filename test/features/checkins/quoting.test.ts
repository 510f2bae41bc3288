import fc from 'fast-check';
import { checkBlocks } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { type Actor, loadActor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { checkinFindings } from '../../../src/features/checkins/findings.ts';
import { checkinsHeld } from '../../../src/features/checkins/holdings.ts';
import { enterPaper } from '../../../src/features/checkins/paper/enter.ts';
import {
  findQuotable,
  leaveOut,
  type Quotables,
  requestQuote,
} from '../../../src/features/checkins/quoting/ask.ts';
import { cutOf, longestQuote, sayCut } from '../../../src/features/checkins/quoting/cut.ts';
import { decideQuote, listOwnQuotes } from '../../../src/features/checkins/quoting/mine.ts';
import { mayStand } from '../../../src/features/checkins/quoting/section.ts';
import {
  chooseView,
  cutView,
  ownQuotesView,
  sendView,
} from '../../../src/features/checkins/quoting/views.ts';
import { closeNow } from '../../../src/features/checkins/results/close-now.ts';
import { changeHidden } from '../../../src/features/checkins/results/hide-words.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { answer, asked, forget } from './comparing-support.ts';
import {
  beat,
  type Group,
  givenFacilitator,
  givenGroup,
  givenPerson,
  leave,
  openRound,
  outboxOf,
} from './support.ts';

describe('what is left of words', () => {
  const cut = (original: string, typed: string) => {
    const kept = cutOf(original, typed);
    return kept && sayCut(original, kept);
  };

  test.each([
    ['It helped me. A lot, really.', 'It helped me. A lot, really.', 'It helped me. A lot, really.'],
    ['It helped me. A lot, really.', 'It helped me', 'It helped me. …'],
    ['It helped me. A lot, really.', 'A lot', '… A lot, …'],
    ['It helped me. A lot, really.', 'It … really.', 'It … really.'],
    ['It helped me. A lot, really.', '... helped... really', '… helped … really.'],
    ['Well … it did\nhelp', 'it did help', '… it did help'],
    ['  spaced   out ', 'spaced out', 'spaced   out'],
    ['I do not like it', 'I do like it', undefined],
    ['I do not like it', 'I like it not', undefined],
    ['I do not like it', 'I do not like it at all', undefined],
    ['I do not like it', '…', undefined],
    ['I do not like it', '', undefined],
    ['I do not', 'I do NOT', undefined],
    ['…', '…', undefined],
    ['That was great', 'That wasn’t great', undefined],
  ])('%j as %j: %j', (original, typed, says) => expect(cut(original, typed)).toBe(says));

  test('whatever somebody leaves out, the rest is told in order, and every gap', () => {
    const word = fc.stringMatching(/^[a-d]{1,2}[,.!]?$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.boolean()), { minLength: 1, maxLength: 12 }), (all) => {
        const original = all.map(([one]) => one).join(' ');
        const typed = all.map(([one, stays]) => (stays ? one : '…')).join(' ');
        const says = cut(original, typed);
        if (!all.some(([, stays]) => stays)) {
          expect(says).toBeUndefined();
          return;
        }
        // Only words of theirs, in their order, and none is said twice.
        const left = (says ?? '').split(' ').filter((one) => one !== '…');
        let at = 0;
        for (const one of original.split(' ')) if (one === left[at]) at += 1;
        expect(at).toBe(left.length);
        expect(left).toHaveLength(all.filter(([, stays]) => stays).length);
        if (left.length < all.length) expect(says).toContain('…');
      }),
    );
  });

  test('what is added or changed anywhere is refused', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-d]{1,3}$/), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (all, at) => {
          const typed = all.toSpliced(at % (all.length + 1), 0, 'not');
          expect(cutOf(all.join(' '), typed.join(' '))).toBeUndefined();
        },
      ),
    );
  });
});

const found = async (group: Group, round: string, question: string, actor = group.jo): Promise<Quotables> => {
  const quotable = await findQuotable(group.bench, actor, { round, question });
  if (quotable.kind !== 'found') throw new Error(quotable.kind);
  return quotable;
};

/** By the words, to be taken in as they are typed. */
async function request(
  group: Group,
  round: string,
  question: string,
  text: string,
  typed = text,
  actor: Actor = group.jo,
) {
  const { all } = await found(group, round, question, actor);
  const one = all.find((each) => each.text === text);
  if (!one) return 'not there';
  const done = await requestQuote(group.bench, actor, { round, question, mark: one.mark }, typed);
  return done.kind === 'wrong' ? done.words : done.kind;
}

async function quotes({ bench, cohortId }: Group): Promise<string[]> {
  const sections = await checkinFindings(bench)(
    bench.db,
    { cohortId, from: '2026-01-01', until: '2026-12-31' },
    bench.clock.now(),
  );
  return sections.flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'quotes' ? part.quotes : [])),
  );
}

const own = async (group: Group, index: number) => {
  const actor = group.actors[index];
  if (!actor) throw new Error('too few');
  return listOwnQuotes(group.bench, actor);
};
const says = (all: readonly { says: string }[]) => all.map((one) => one.says);

async function decide(group: Group, index: number, decision: 'yes' | 'no' | 'take-back') {
  const actor = group.actors[index];
  const { open, allowed, closed } = await own(group, index);
  const [one] = decision === 'take-back' ? [...allowed, ...closed] : open;
  return actor && one ? decideQuote(group.bench, actor, one.id, decision) : 'nothing to decide';
}

const askedBy = ({ bench, members }: Group, index: number) =>
  bench.db
    .selectFrom('outbox')
    .select('message')
    .where('kind', '=', 'checkins.quote')
    .where('person_id', '=', members[index]?.id ?? '')
    .execute();

describe('where nobody keeps whose words they are', () => {
  const no = 0;
  const summary = 1;
  const quote = 2;

  async function closedPulse(group: Group, answers: readonly (Answers | undefined)[]): Promise<string> {
    const roundId = await openRound(group);
    await answer(group, roundId, answers);
    await closeNow(group.bench, group.jo, roundId);
    return roundId;
  }

  test('it is asked last, once for all; left out it means no, and results show words as ever', async () => {
    const group = await givenGroup(8);
    const roundId = await openRound(group);
    const round = await group.bench.db.selectFrom('checkin_rounds').selectAll().executeTakeFirstOrThrow();
    const asks = JSON.parse(round.definition).questions.at(-1);
    expect(asks).toMatchObject({ id: 'words-in-report', wordsUse: ['keep', 'summary', 'quote'] });
    expect(asks.help).toContain('cannot be taken back');
    await answer(
      group,
      roundId,
      Array.from({ length: 8 }, (_, nth) => ({
        week: 3,
        word: `word ${nth}`,
        ...(nth < 6 && { 'words-in-report': [no, summary, quote][nth % 3] ?? no }),
      })),
    );
    // Nothing but what may be done with words is no answer.
    const [first] = group.actors;
    if (!first) throw new Error('too few');
    const empty = await sendAnswers(group.bench, first, roundId, {
      answers: { 'words-in-report': quote },
      share: false,
    });
    expect(empty.kind).not.toBe('sent');
    await closeNow(group.bench, group.jo, roundId);
    const results = await readResults(group.bench, group.jo, roundId, '');
    if (results.kind !== 'shown') throw new Error(results.kind);
    // What people allow is no result, and hides nothing from who may read it.
    expect(results.questions.map(({ question }) => question.id)).not.toContain('words-in-report');
    const words = results.questions.find(({ question }) => question.id === 'word');
    expect(words).toMatchObject({ withheld: false });
    expect(words?.kind === 'words' && words.texts).toHaveLength(8);
    const { all } = await found(group, roundId, 'word');
    expect(all.map(({ text }) => text).toSorted()).toEqual(['word 2', 'word 5']);
    // Chosen, cut, and in the report at once: nobody is asked, and nothing of it leads to anybody.
    expect(await request(group, roundId, 'word', 'word 2')).toBe('chosen');
    expect(await request(group, roundId, 'word', 'word 1')).toBe('not there');
    expect(await quotes(group)).toEqual(['word 2']);
    expect((await group.bench.db.selectFrom('quotes').select('asked_of').execute())[0]?.asked_of).toBeNull();
    expect(await outboxOf(group.bench)).not.toContainEqual(
      expect.objectContaining({ kind: 'checkins.quote' }),
    );
    // Left out, put in again, hidden by whoever reads the results.
    const at = {
      round: roundId,
      question: 'word',
      mark: all.find(({ text }) => text === 'word 2')?.mark ?? '',
    };
    await leaveOut(group.bench, group.jo, at, true);
    expect(await quotes(group)).toEqual([]);
    await leaveOut(group.bench, group.jo, at, false);
    expect(await quotes(group)).toEqual(['word 2']);
    await changeHidden(group.bench, group.jo, at, {
      hide: [group.bench.vault.markOf('word 2')],
      show: [],
    });
    expect(await quotes(group)).toEqual([]);
  });

  test('what one person alone allows is not quoted: all of it would be theirs', async () => {
    const group = await givenGroup(6);
    const roundId = await closedPulse(
      group,
      Array.from({ length: 6 }, (_, nth) => ({
        week: 3,
        word: `word ${nth}`,
        'words-in-report': nth === 0 ? quote : no,
      })),
    );
    expect((await found(group, roundId, 'word')).all).toEqual([]);
  });

  test('a template with its own question asks no second one; on paper it is a question like others', async () => {
    const group = await givenGroup(12);
    const roundId = await openRound(group, { template: 'forum-value' });
    const { definition } = await group.bench.db
      .selectFrom('checkin_rounds')
      .selectAll()
      .executeTakeFirstOrThrow();
    expect(JSON.parse(definition).questions.at(-1).id).toBe('story_use_consent');
    await answer(
      group,
      roundId,
      Array.from({ length: 6 }, (_, nth) => ({ story_meet: `story ${nth}`, story_use_consent: nth % 4 })),
    );
    for (let paper = 0; paper < 5; paper += 1)
      expect(
        await enterPaper(group.bench, group.jo, roundId, {
          story_meet: `paper ${paper}`,
          story_use_consent: 2,
        }),
      ).toMatchObject({ kind: 'entered' });
    await closeNow(group.bench, group.jo, roundId);
    // "Talk to me first" cannot be asked of nobody knows whom.
    const { all } = await found(group, roundId, 'story_meet');
    expect(all.map(({ text }) => text).toSorted()).toEqual([
      ...Array.from({ length: 5 }, (_, paper) => `paper ${paper}`),
      'story 2',
    ]);
  });

  test('fewer than five who wrote: nothing can be quoted, whatever they allow', async () => {
    const group = await givenGroup(6);
    const roundId = await closedPulse(
      group,
      Array.from({ length: 6 }, (_, nth) => ({
        week: 3,
        ...(nth < 4 && { word: `word ${nth}`, 'words-in-report': quote }),
      })),
    );
    expect((await found(group, roundId, 'word')).all).toEqual([]);
  });
});

describe('where the writer is asked', () => {
  const hope = (nth: number) => `I hope number ${nth} learns to listen <!channel> *better*`;
  const worry = (nth: number) => `My worry number ${nth} is time`;
  const given = async (size = 7) => {
    const group = await givenGroup(size);
    const roundId = await asked(
      group,
      'before',
      Array.from({ length: size }, (_, nth) => ({
        conf_understand: 4,
        hopes: hope(nth),
        worries: worry(nth),
      })),
    );
    return { group, roundId };
  };

  test('asked by a message that says nothing of it, allowed, in the report, taken back', async () => {
    const { group, roundId } = await given();
    const typed = '… learns to listen';
    expect(await request(group, roundId, 'hopes', hope(2), typed)).toBe('asked');
    expect(await quotes(group)).toEqual([]);
    const [message, another] = await askedBy(group, 2);
    expect(another).toBeUndefined();
    expect(message?.message).not.toMatch(/listen|onfidence/);
    for (const index of [0, 1, 3]) expect(await askedBy(group, index)).toEqual([]);
    // The row alone leads to nobody, and holds no word.
    const rows = JSON.stringify(await group.bench.db.selectFrom('quotes').selectAll().execute());
    for (const { id } of group.members) expect(rows).not.toContain(id);
    expect(rows).not.toContain('listen');
    // Exactly what would stand.
    expect(says((await own(group, 2)).open)).toEqual(['… learns to listen …']);
    expect((await own(group, 1)).open).toEqual([]);
    expect(await decide(group, 2, 'yes')).toBe('allowed');
    expect(await quotes(group)).toEqual(['… learns to listen …']);
    const standing = (await found(group, roundId, 'hopes')).all.filter(({ stands }) => stands === 'in');
    expect(standing).toHaveLength(1);
    expect(await decide(group, 2, 'take-back')).toBe('taken-back');
    expect(await quotes(group)).toEqual([]);
    // Asked once: not again.
    expect(await request(group, roundId, 'hopes', hope(2))).toBe('gone');
  });

  test('no looks like no answer; two wait at most, and which two tells nothing', async () => {
    const { group, roundId } = await given();
    for (const [question, text] of [
      ['hopes', hope(1)],
      ['worries', worry(1)],
      ['hopes', hope(3)],
    ] as const)
      expect(await request(group, roundId, question, text)).toBe('asked');
    expect(await decide(group, 1, 'no')).toBe('declined');
    const stand = async () =>
      (await found(group, roundId, 'hopes')).all.map(({ text, stands }) => `${text}: ${stands}`).toSorted();
    const before = await stand();
    expect(before).toContain(`${hope(1)}: asked`);
    expect(before).toContain(`${hope(3)}: asked`);
    expect(await decide(group, 1, 'no')).toBe('declined');
    expect(await stand()).toEqual(before);
    // After their time nothing shows of either.
    group.bench.clock.moveTo('2026-04-30T10:00:00Z');
    expect((await stand()).filter((one) => one.endsWith('over'))).toHaveLength(2);
    expect((await own(group, 3)).open).toEqual([]);
    expect(await quotes(group)).toEqual([]);
  });

  test('a third waits behind two, without a message, and whoever asks cannot tell', async () => {
    const group = await givenGroup(6);
    const roundId = await asked(
      group,
      'after',
      Array.from({ length: 6 }, (_, nth) => ({ helped_most: `most ${nth}`, used: `used ${nth}` })),
    );
    const later = await asked(
      group,
      'later',
      Array.from({ length: 6 }, (_, nth) => ({ helped_most: `later ${nth}` })),
    );
    expect(await request(group, roundId, 'helped_most', 'most 0')).toBe('asked');
    expect(await request(group, roundId, 'used', 'used 0')).toBe('asked');
    expect(await request(group, later, 'helped_most', 'later 0')).toBe('asked');
    expect(await askedBy(group, 0)).toHaveLength(2);
    expect((await own(group, 0)).open).toHaveLength(2);
    expect(await decide(group, 0, 'yes')).toBe('allowed');
    expect((await own(group, 0)).open).toHaveLength(2);
    expect(await decide(group, 0, 'yes')).toBe('allowed');
    expect(await decide(group, 0, 'yes')).toBe('allowed');
    expect((await quotes(group)).toSorted()).toEqual(['later 0', 'most 0', 'used 0']);
  });

  test('identifying detail, names, length and anything changed are refused beside the field', async () => {
    const group = await givenGroup(6);
    const text = `Member 3 rang me on 07700 900123 and it helped. ${'Long words. '.repeat(80)}`.trim();
    const roundId = await asked(
      group,
      'before',
      Array.from({ length: 6 }, (_, nth) => ({ hopes: nth === 0 ? text : hope(nth) })),
    );
    expect(await request(group, roundId, 'hopes', text)).toContain(`${longestQuote} characters at most`);
    expect(await request(group, roundId, 'hopes', text, 'rang me on 07700 900123')).toContain('phone number');
    expect(await request(group, roundId, 'hopes', text, 'Member 3 … it helped.')).toContain('name');
    expect(await request(group, roundId, 'hopes', text, 'it helped me')).toContain(
      'only leave something out',
    );
    expect(await request(group, roundId, 'hopes', text, 'it helped.')).toBe('asked');
    expect(await askedBy(group, 0)).toHaveLength(1);
  });

  test('two at once, a closed report, somebody who left, somebody deleted', async () => {
    const { group, roundId } = await given();
    const { bench } = group;
    const ann = await givenPerson(bench, 'UANN', { name: 'Ann' });
    await givenFacilitator(bench, ann, group.cohortId);
    const second = await loadActor(bench.db, ann.id);
    const both = await Promise.all([
      request(group, roundId, 'hopes', hope(0)),
      request(group, roundId, 'hopes', hope(0), hope(0), second),
    ]);
    expect(both.toSorted()).toEqual(['asked', 'gone']);
    expect(await askedBy(group, 0)).toHaveLength(1);
    for (const index of [1, 2, 3]) expect(await request(group, roundId, 'hopes', hope(index))).toBe('asked');
    for (const index of [0, 1, 2]) expect(await decide(group, index, 'yes')).toBe('allowed');
    expect(await quotes(group)).toHaveLength(3);
    // Whoever has left the group has still written it, and decides.
    const [, leaver] = group.members;
    if (leaver) await leave(bench, group.cohortId, leaver);
    expect(await decide(group, 1, 'take-back')).toBe('taken-back');
    await forget(group, 0);
    expect(await quotes(group)).toEqual([hope(2)]);
    expect(await bench.db.selectFrom('quotes').selectAll().execute()).toHaveLength(3);
    // Closed: what stands in it stays, and nothing is added.
    bench.reportedUntil = async () => '2026-03-31';
    expect(await decide(group, 2, 'take-back')).toBe('too-late');
    expect(says((await own(group, 2)).closed)).toEqual([hope(2)]);
    expect((await own(group, 3)).open).toEqual([]);
    expect(await request(group, roundId, 'hopes', hope(4))).toBe('gone');
    const [quote] = await bench.db.selectFrom('quotes').selectAll().where('status', '=', 'asked').execute();
    const third = group.actors[3];
    if (quote && third) expect(await decideQuote(bench, third, quote.id, 'yes')).toBe('too-late');
    // Nor do others decide for them.
    const other = group.actors[4];
    if (quote && other) expect(await decideQuote(bench, other, quote.id, 'yes')).toBe('nothing-there');
  });

  test.each([[0], [1]])(
    'a report that closes while a yes is taken back: one of the two hears of the other (%i)',
    async (first) => {
      const { group, roundId } = await given();
      const { bench, cohortId } = group;
      expect(await request(group, roundId, 'hopes', hope(2))).toBe('asked');
      expect(await decide(group, 2, 'yes')).toBe('allowed');
      const period = { cohortId, from: '2026-01-01', until: '2026-12-31' };
      const standing = await quotes(group);
      let until: string | undefined;
      bench.reportedUntil = async () => until;
      const close = () =>
        bench.db.transaction().execute(async (trx) => {
          const may = await mayStand(bench, trx, period, standing);
          if (may) until = '2026-12-31';
          return may ? 'closed' : 'changed';
        });
      const takeBack = () => decide(group, 2, 'take-back');
      const did = await Promise.all(first === 0 ? [close(), takeBack()] : [takeBack(), close()]);
      expect([
        ['closed', 'too-late'],
        ['changed', 'taken-back'],
      ]).toContainEqual(did.toSorted());
    },
  );

  test('nothing but what may stand is closed, also where a round does not open any more', async () => {
    const { group, roundId } = await given();
    const { bench, cohortId } = group;
    const period = { cohortId, from: '2026-01-01', until: '2026-12-31' };
    const may = (all: readonly string[]) =>
      bench.db.transaction().execute((trx) => mayStand(bench, trx, period, all));
    expect(await may([])).toBe(true);
    expect(await request(group, roundId, 'hopes', hope(2))).toBe('asked');
    expect(await decide(group, 2, 'yes')).toBe('allowed');
    expect(await may([])).toBe(false);
    expect(await may([hope(2)])).toBe(true);
    bench.vault.forget({ round: roundId });
    expect(await may([hope(2)])).toBe(false);
    expect(await may([])).toBe(true);
  });

  test('with names: from those who are no readers, and only of a round that is over', async () => {
    const group = await givenGroup(6);
    const roundId = await openRound(group, { template: 'named-pulse' });
    await answer(
      group,
      roundId,
      Array.from({ length: 6 }, (_, nth) => ({ week: 3, word: `line ${nth}` })),
    );
    expect((await found(group, roundId, 'word')).all).toEqual([]);
    await closeNow(group.bench, group.jo, roundId);
    expect((await found(group, roundId, 'word')).all).toHaveLength(6);
    expect(await request(group, roundId, 'word', 'line 5')).toBe('asked');
    expect(await decide(group, 5, 'yes')).toBe('allowed');
    expect(await quotes(group)).toEqual(['line 5']);
    // What they can see of it among what is kept of them.
    const area = checkinsHeld(group.bench);
    const holding = area.holdings.find(({ id }) => id === 'quotes');
    expect(await holding?.read(group.bench.db, group.members[5]?.id ?? '')).toMatchObject([
      { Words: 'line 5', 'You said': 'Yes' },
    ]);
    expect(await holding?.count(group.bench.db, group.members[4]?.id ?? '')).toBe(0);
  });

  test('the round’s answers cannot be opened: nothing is shown, asked or quoted, and nothing breaks', async () => {
    const { group, roundId } = await given();
    expect(await request(group, roundId, 'hopes', hope(2))).toBe('asked');
    expect(await decide(group, 2, 'yes')).toBe('allowed');
    group.bench.vault.forget({ round: roundId });
    expect(await quotes(group)).toEqual([]);
    expect(says((await own(group, 2)).allowed)).toEqual([]);
    expect((await found(group, roundId, 'hopes')).all).toEqual([]);
  });

  test('only those who run the group; forty people and long words fit every screen', async () => {
    const group = await givenGroup(40);
    const text = (nth: number) => `${nth} ${'<b>&amp; *x* '.repeat(100)}`.trim();
    const roundId = await asked(
      group,
      'before',
      Array.from({ length: 40 }, (_, nth) => ({ hopes: text(nth) })),
    );
    const [member] = group.actors;
    if (!member) throw new Error('too few');
    expect((await findQuotable(group.bench, member, { round: roundId, question: 'hopes' })).kind).toBe(
      'not-allowed',
    );
    for (let nth = 0; nth < 12; nth += 1)
      expect(await request(group, roundId, 'hopes', text(nth), `${nth} <b>&amp;`)).toBe('asked');
    const now = await found(group, roundId, 'hopes');
    const [free] = now.all.filter(({ stands }) => stands === 'free');
    if (!free) throw new Error('none');
    await beat(group.bench);
    for (const view of [
      chooseView(now, { page: 0, from: 0 }),
      chooseView(now, { page: 1, from: 0 }, 'Done'),
      cutView(now, free),
      sendView(now, free, 'x'.repeat(longestQuote)),
      ownQuotesView(await own(group, 0), 'Thank you'),
    ]) {
      expect(checkBlocks(view.blocks, 'modal')).toMatchObject({ ok: true });
      expect(view.private_metadata?.length ?? 0).toBeLessThan(3000);
    }
  });
});
