import type { KnownBlock } from '@slack/types';
import fc from 'fast-check';
import { checkBlocks, checkView } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import { factsOf } from '../../../src/features/resources/content.ts';
import { askCurators } from '../../../src/features/resources/curating/asking/ask.ts';
import { queuePage, shows } from '../../../src/features/resources/curating/queue/queue.ts';
import { showQueue } from '../../../src/features/resources/curating/queue/show.ts';
import { catalogueSection } from '../../../src/features/resources/curating/queue/views.ts';
import { suggest } from '../../../src/features/resources/curating/suggest.ts';
import {
  suggestCard,
  suggestDialog,
  suggestionThanks,
} from '../../../src/features/resources/curating/views.ts';
import {
  browseCard,
  emptyQuestion,
  savedSection,
  searchDialog,
} from '../../../src/features/resources/finding/cards.ts';
import { type Place, packedEntry, packedPlace } from '../../../src/features/resources/finding/place.ts';
import { showCards, showFound, showPage } from '../../../src/features/resources/finding/show.ts';
import { cardBlocks } from '../../../src/features/resources/finding/views.ts';
import { define } from '../../../src/features/resources/glossary/define.ts';
import { definitionAnswer } from '../../../src/features/resources/glossary/views.ts';
import { rate } from '../../../src/features/resources/keeping/rate.ts';
import { save, unsave } from '../../../src/features/resources/keeping/save.ts';
import { saveReceipt } from '../../../src/features/resources/keeping/views.ts';
import { recordMisses } from '../../../src/features/resources/store.ts';
import { type Answer, asModal } from '../../../src/slack/answer.ts';
import { escapeEntities } from '../../../src/slack/text.ts';
import { content, givenPerson, givenResources, resource } from './support.ts';

/** Slack would take it, in a message and in a modal. */
function isFine(answer: Answer): Answer {
  expect(checkBlocks(answer.blocks, 'message')).toMatchObject({ ok: true });
  expect(checkView(asModal(answer))).toMatchObject({ ok: true });
  expect(answer.text).not.toBe('');
  return answer;
}

/** The options of the menu that a row has. */
const menuOf = (block: KnownBlock | undefined): { text: { text: string }; value: string }[] =>
  block?.type !== 'actions'
    ? []
    : block.elements.flatMap((element) =>
        element.type === 'static_select'
          ? (element.option_groups ?? []).flatMap(({ options }) =>
              options.map(({ text, value = '' }) => ({ text: { text: text.text }, value })),
            )
          : [],
      );

const wordsIn = (answer: Answer): string => JSON.stringify(answer.blocks);

describe('what people see', () => {
  test('a result: linked title, one line of facts, one sentence, one menu', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const { blocks } = isFine(await showFound(bench, actor, 'childhood trauma and the brain'));
    const entry = blocks.find((block) => block.block_id?.startsWith('uktc-trauma-brain-video|'));
    expect(entry).toMatchObject({
      type: 'section',
      text: {
        text: expect.stringMatching(
          /^\*<https:\/\/\S+\|Childhood Trauma and the Brain \(video\)>\*\n_.+ \u00b7 Video \u00b7 5 minutes \u00b7 .*0\u20135, 5\u201311, 11\u201318_\n.+$/,
        ),
      },
      accessory: {
        type: 'overflow',
        options: [
          { text: { text: 'Open' }, url: expect.stringMatching(/^https:/) },
          { text: { text: 'Save' }, value: 'save:uktc-trauma-brain-video' },
          { text: { text: 'Share' } },
          { text: { text: 'About, helped, out of date' } },
        ],
      },
    });
  });

  test('the question stands on top and the first entry right below, what was understood and the ways on at the end', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const { blocks } = isFine(await showFound(bench, actor, 'video brain 0-5'));
    expect(blocks.slice(0, 2)).toMatchObject([
      { text: { text: 'You asked: *video brain 0-5*' } },
      { accessory: { type: 'overflow' } },
    ]);
    expect(blocks.at(-2)).toMatchObject({
      elements: [
        {
          text: expect.stringMatching(
            /^1\u20133 of \d+ resources\. Understood as: Video \u00b7 \u2018brain\u2019 \u00b7 Early years, 0 to 5$/,
          ),
        },
      ],
    });
    const leavesOut = { text: { text: 'Leave out Video' }, value: 'find:0:brain 0 5' };
    expect(JSON.stringify(blocks.at(-1))).toContain(
      '"placeholder":{"type":"plain_text","text":"Narrow down"',
    );
    expect(menuOf(blocks.at(-1))).toContainEqual(expect.objectContaining(leavesOut));
  });

  test('an answer fits a phone: three entries, the first with its line, the others with their facts', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const { blocks } = isFine(await showFound(bench, actor, 'attachment'));
    const lines = blocks.flatMap((block) =>
      block.type === 'section' && block.accessory?.type === 'overflow'
        ? [(block.text?.text ?? '').split('\n')]
        : [],
    );
    expect(lines.map(({ length }) => length)).toEqual([3, 2, 2]);
    expect(blocks.filter(({ type }) => type === 'actions')).toHaveLength(1);
  });

  /** What a row says, and what stands under it. */
  const rowOf = ({ blocks }: Answer, id: string): string => {
    const at = blocks.findIndex(({ block_id }) => block_id?.startsWith(`${id}|`));
    return JSON.stringify(blocks.slice(at, at + 2));
  };

  test.each([
    ['maternal mental health services', 'Hackney and the City are served by Ocean.'],
    ['bereavement service', 'Check that it is still running'],
    ['CAMHS single point of access', 'Ring NHS 111 and choose the mental health option.'],
  ])('the answer to %s is not cut off', async (asked, said) => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    expect(wordsIn(isFine(await showFound(bench, actor, asked)))).toContain(said);
  });

  test('what to know before using a page is said whole with it: in answers, in lists, beside a receipt, on other pages', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const saved: Place = { list: 'saved', of: '', from: 0 };
    const cautious = content.catalogue.shown.filter(({ caution }) => caution !== undefined);
    expect(cautious.length).toBeGreaterThan(10);
    for (const { id, title, caution = '' } of cautious) {
      const said = JSON.stringify(escapeEntities(caution)).slice(1, -1);
      const at = bench.live.search.find(title).hits.findIndex((hit) => hit.id === id);
      const from = at < 3 ? 0 : at;
      const answer = isFine(await showPage(bench, actor, { list: 'find', of: title, from }));
      expect(rowOf(answer, id)).toContain(said);
      const receipt = { resourceId: id, text: saveReceipt(await save(bench, actor, id)) };
      expect(rowOf(isFine(await showPage(bench, actor, saved, receipt)), id)).toContain(said);
      expect(JSON.stringify(await showCards(bench, [id]))).toContain(said);
      await unsave(bench, actor, id);
    }
  });

  test('what to know first stands in its own field, and in no summary', () => {
    const warns = /content note|\b(?:check (?:that|the)|still running|licen[cs]e\.|may still)\b/i;
    expect(content.catalogue.all.filter(({ summary }) => warns.test(summary)).map(({ id }) => id)).toEqual(
      [],
    );
  });

  test('the menu narrows to one publisher of those that are in the answer', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const { blocks } = isFine(await showFound(bench, actor, 'domestic abuse'));
    const barnardos = menuOf(blocks.at(-1)).find(({ value }) => value.includes('from:"Barnardo'));
    expect(barnardos).toMatchObject({ text: { text: "Barnardo's" } });
    const narrowed = packedPlace.open(barnardos?.value ?? '');
    const { hits } = bench.live.search.find(narrowed?.of ?? '');
    expect(new Set(hits.map(({ publisher }) => publisher))).toEqual(new Set(["Barnardo's"]));
  });

  test('a corrected word is said', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    expect(wordsIn(await showFound(bench, actor, 'atachment'))).toContain(
      'Showing results for \u2018attachment\u2019.',
    );
  });

  test.each([
    ['working together 2023', 'Replaces \u2018Working together to safeguard children 2023\u2019'],
    [
      'Working Together to Safeguard Children 2023',
      'Replaces \u2018Working together to safeguard children 2023\u2019',
    ],
    [
      'working together 2023 summary',
      'Replaces \u2018Working Together to Safeguard Children 2023: summary page\u2019',
    ],
    ['working together', undefined],
    ['working together 2026', undefined],
    ['looked-after children', undefined],
    ['type:guidance safeguarding', undefined],
  ])('asked for %j it says what was replaced, and else not', async (asked, said) => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const words = wordsIn(isFine(await showFound(bench, actor, asked)));
    if (said === undefined) expect(words).not.toContain('Replaces');
    else expect(words).toContain(said);
  });

  test('"More" goes on in place and "Back" comes back', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const first = isFine(await showFound(bench, actor, 'attachment'));
    expect(wordsIn(first)).toContain('"value":"find:3:attachment"');
    const second = isFine(await showPage(bench, actor, { list: 'find', of: 'attachment', from: 3 }));
    expect(wordsIn(second)).toContain('"value":"find:0:attachment"');
    expect(wordsIn(second)).toMatch(/4\u20138 of \d+/);
  });

  test('what was typed cannot act as markup, mention or channel', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const answer = isFine(await showFound(bench, actor, '<!channel> <@U123> *bold* trauma'));
    const marked = [...wordsIn(answer).matchAll(/"type":"mrkdwn","text":"([^"]*)"/g)]
      .map(([, text]) => text)
      .join('\n');
    expect(marked).toContain('&lt;!channel&gt;');
    expect(marked).not.toMatch(/<[!@#]/);
    expect(answer.text).not.toContain('<!');
  });

  test('nothing found: a way on, a topic nearby, and a way to suggest', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const said = wordsIn(isFine(await showFound(bench, actor, 'printer')));
    expect(said).toContain('Nothing in the catalogue for \u2018printer\u2019');
    expect(said).toContain('Suggest a resource');
    expect(said).toContain('Browse topics');
    expect(wordsIn(isFine(await showFound(bench, actor, 'suicidology')))).toContain('topic:0:bereavement');
  });

  test('several meanings are buttons', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const said = wordsIn(isFine(await showFound(bench, actor, 'CP')));
    expect(said).toContain('find:0:child protection');
    expect(said).toContain('find:0:cerebral palsy');
  });

  test('nothing asked: how to ask', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    expect(isFine(await showFound(bench, actor, ' \u200b '))).toEqual(emptyQuestion(content.vocabulary));
  });

  test('saving is said below the entry, and the menu offers the way back', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const id = 'nspcc-brain-builder';
    const text = saveReceipt(await save(bench, actor, id));
    const { blocks } = isFine(
      await showPage(bench, actor, { list: 'find', of: 'brain', from: 0 }, { resourceId: id, text }),
    );
    const at = blocks.findIndex((block) => block.block_id?.startsWith(`${id}|`));
    expect(blocks[at + 1]).toMatchObject({
      type: 'context',
      elements: [{ text: expect.stringMatching(/^Saved\. Only you/) }],
    });
    expect(JSON.stringify(blocks[at])).toContain(`unsave:${id}`);
  });

  test('the saved list: empty, one page, many pages, and with an entry that is gone', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const saved: Place = { list: 'saved', of: '', from: 0 };
    expect(wordsIn(isFine(await showPage(bench, actor, saved)))).toContain('Nothing saved yet');
    for (const { id } of content.catalogue.shown.slice(0, 60)) await save(bench, actor, id);
    for (let from = 0; from < 60; from += 5) isFine(await showPage(bench, actor, { ...saved, from }));
    bench.live.publish({ ...content.catalogue, byId: new Map() });
    expect(wordsIn(isFine(await showPage(bench, actor, saved)))).toContain('no longer in the catalogue');
  });

  test('minutes are shown only where the data has them', () => {
    expect(factsOf(resource('uktc-trauma-brain-video'), content.vocabulary)).toContain('5 minutes');
    expect(factsOf(resource('nspcc-brain-builder'), content.vocabulary).join(' ')).not.toContain('minute');
  });

  test('App Home shows three at most, and nothing where there is nothing', () => {
    const three = content.catalogue.shown.slice(0, 3);
    expect(checkBlocks(savedSection(three, 7), 'home')).toMatchObject({ ok: true });
    expect(JSON.stringify(savedSection(three, 7))).toContain('See all 7');
    expect(savedSection([], 0)).toEqual([]);
  });

  test('every topic, age and kind can be browsed', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const card = isFine(browseCard(content.vocabulary));
    const places = [...wordsIn(card).matchAll(/"value":"((?:topic|age|type):0:[^"]+)"/g)].map(([, value]) =>
      packedPlace.open(value ?? ''),
    );
    expect(places.length).toBeGreaterThan(content.vocabulary.topics.length);
    for (const place of places) if (place) isFine(await showPage(bench, actor, place));
    isFine(browseCard(content.vocabulary, '<!here> '.repeat(18)));
  });

  test('every word of the glossary, and what is none', () => {
    for (const { term } of content.glossary.terms)
      isFine(definitionAnswer(define(content, term), content.glossary));
    for (const asked of ['', 'CPP', 'JSNA', 'birth', 'qwertyuiop', 'x'.repeat(150)])
      isFine(definitionAnswer(define(content, asked), content.glossary));
  });

  test('the modals', () => {
    for (const view of [
      searchDialog(),
      suggestDialog({}),
      suggestDialog({ title: 'x'.repeat(400), findings: [] }),
      suggestDialog({ isKept: true }),
      suggestionThanks('id', []),
    ])
      expect(checkView(view)).toMatchObject({ ok: true });
    isFine(suggestCard('printer'));
  });

  test('the curators: nothing, and six long suggestions', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { is_admin: true });
    const look = (page: number, show: (typeof shows)[number] = 'suggestions') =>
      showQueue(bench, actor, { show, page });
    isFine(await look(0));
    for (let n = 0; n < 6; n += 1)
      await suggest(
        bench,
        actor,
        {
          title: `*T* <!here> ${n} ${'t'.repeat(130)}`,
          url: `https://example.org/${n}`,
          why: 'w'.repeat(1000),
        },
        true,
      );
    expect(wordsIn(isFine(await look(0)))).toContain('1–5 of 6 things');
    isFine(await look(1));
    for (const show of shows) isFine(await look(5000, show));
    const outcome = await queuePage(bench, actor, { show: 'all', page: 0 });
    if (outcome.kind !== 'page') throw new Error(outcome.kind);
    expect(checkBlocks(catalogueSection(outcome.page.counts), 'home')).toMatchObject({ ok: true });
  });

  test('every button of the curators says what it is for, so that no two sound the same', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench, { is_admin: true });
    for (const nth of [1, 2])
      await suggest(
        bench,
        actor,
        { title: `Good page ${nth}`, url: `https://www.gov.uk/good/${nth}`, why: '' },
        false,
      );
    for (const words of ['quokka by night', 'printer for the hall'])
      await askCurators(bench, actor, { words, tell: false });
    for (let times = 0; times < 5; times += 1)
      await recordMisses(bench.db, ['laminate', 'printer'], '2026-03-03');
    for (const id of ['uktc-about', 'uktc-trauma-brain-video']) await rate(bench, actor, id, 'out-of-date');
    for (const show of shows)
      for (const page of [0, 1]) {
        const { blocks } = await showQueue(bench, actor, { show, page });
        const names = blocks.flatMap((block) =>
          block.type === 'actions'
            ? block.elements.flatMap((one) =>
                one.type === 'button' ? (one.accessibility_label ?? one.text.text) : [],
              )
            : [],
        );
        expect(
          names.filter((name, at) => names.indexOf(name) !== at),
          show,
        ).toEqual([]);
      }
  });

  test('any question makes an answer that Slack takes', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            'trauma',
            'CP',
            'TA',
            'SAR',
            'video',
            '<!channel>',
            '\u{1F600}',
            '\u202e',
            'x'.repeat(80),
            'PIMH',
            '0-5',
            '&',
          ),
        )
        .map((all) => all.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(text, async (asked) => {
        isFine(await showFound(bench, actor, asked));
      }),
      { numRuns: 150 },
    );
  });
});

describe('entries that another page names', () => {
  const [any] = content.catalogue.shown;
  if (!any) throw new Error('There are no entries.');

  test('stand close together, say what there is to say of their pages, and leave out what is not there', async () => {
    const bench = await givenResources();
    const blocks = await showCards(bench, [
      'uktc-trauma-brain-video',
      'nobody-has-this',
      'cdc-preventing-aces',
      'uktc-trauma-brain-video',
    ]);
    expect(blocks).toHaveLength(1);
    expect(JSON.stringify(blocks)).toMatch(
      /Childhood Trauma and the Brain \(video\)>\*\\n_UK Trauma Council \u00b7 Video \u00b7 5 minutes \u00b7 2020_\\n\*<https:.*On another site than the publisher's/,
    );
    expect(await showCards(bench, ['nobody-has-this'])).toEqual([]);
  });

  test('are as many as there are, however long, and one that is read here has its button', () => {
    const long = { ...any, title: 'A long title '.repeat(9), url: `https://example.org/${'x'.repeat(900)}` };
    const cards = Array.from({ length: 12 }, () => ({ resource: long, trust: 'Opened fine on 3 March' }));
    const example = {
      ...any,
      id: 'example',
      type: 'practice-example' as const,
      text: 'Mrs Teacup',
      url: undefined,
    };
    const blocks = cardBlocks([...cards, { resource: example, trust: undefined }]);
    expect(checkBlocks(blocks, 'modal')).toMatchObject({ ok: true });
    expect(JSON.stringify(blocks).match(/Opened fine/g)).toHaveLength(12);
    expect(JSON.stringify(blocks.at(-1))).toContain('Read it');
    expect(JSON.stringify(blocks)).not.toContain('xxx\u2026');
  });
});

describe('places travel through buttons', () => {
  test('what is said can be read again, and fits', () => {
    const place = fc.record({
      list: fc.constant('find' as const),
      of: fc.string({ unit: 'grapheme', maxLength: 200 }),
      from: fc.nat(300),
    });
    fc.assert(
      fc.property(place, (given) => {
        const read = packedPlace.open(packedPlace.pack(given));
        expect(read).toBeDefined();
        if (!read) return;
        expect(packedPlace.open(packedPlace.pack(read))).toEqual(read);
        expect(packedEntry.open(packedEntry.pack({ resourceId: 'an-id', place: read }))).toEqual({
          resourceId: 'an-id',
          place: read,
        });
        expect(
          Array.from(packedEntry.pack({ resourceId: 'x'.repeat(60), place: read })).length,
        ).toBeLessThanOrEqual(255);
      }),
    );
  });

  test.each([
    '',
    'find',
    'find:x:y',
    'topic:0:Domestic Abuse',
    'saved',
    'other:0:x',
    'topic:0:',
    '|find:0:x',
  ])('%j is no place', (value) => {
    expect(packedPlace.open(value)).toBeUndefined();
    expect(packedEntry.open(value)).toBeUndefined();
  });
});
