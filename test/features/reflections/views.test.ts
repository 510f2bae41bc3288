import type { View } from '@slack/types';
import { checkView } from 'practice-workspace/block-check';
import { describe, expect, test } from 'vitest';
import type { Cohort } from '../../../src/community/cohorts.ts';
import type { Person } from '../../../src/community/people.ts';
import type { Body } from '../../../src/features/reflections/body.ts';
import { patternsIn } from '../../../src/features/reflections/journal/patterns.ts';
import {
  copyView,
  discardedView,
  earlierView,
  entryView,
  findView,
  journalView,
  patternsView,
  putBackNote,
} from '../../../src/features/reflections/journal/views.ts';
import { exampleView, wordsOf } from '../../../src/features/reflections/sharing/example.ts';
import { copyOf } from '../../../src/features/reflections/sharing/share.ts';
import {
  previewView,
  readView,
  saySharedWith,
  shareDialog,
  sharedView,
  sharedWithMeView,
  sharingView,
} from '../../../src/features/reflections/sharing/views.ts';
import type { Reflection } from '../../../src/features/reflections/store.ts';
import { notYoursView } from '../../../src/features/reflections/views.ts';
import { aboutView } from '../../../src/features/reflections/writing/about-form.ts';
import { formSteps } from '../../../src/features/reflections/writing/form.ts';
import { formView, receiptView, warningView } from '../../../src/features/reflections/writing/views.ts';
import { findIdentifiers } from '../../../src/safeguarding/identifiers.ts';
import { frameworks, signposts } from './given.ts';

const drawing = { frameworks, signposts, zone: 'Europe/London', hasDeclined: false };
const draftId = '0195a1b0-0000-7000-8000-000000000000';
const nasty = Array.from('<!channel> *b* `x` <@U1> & 🙂 שלום \u202e\u200b'.repeat(200))
  .slice(0, 3000)
  .join('');
const at = new Date('2026-03-03T10:00:00Z');

/** Refused by the practice workspace as Slack would. */
function expectFit(view: View): void {
  const checked = checkView(JSON.parse(JSON.stringify(view)));
  expect(checked.ok ? [] : checked.messages).toEqual([]);
  expect(view.blocks.length).toBeLessThan(100);
}

const keys = [...new Set(frameworks.frameworks.flatMap(({ steps }) => steps.map(({ key }) => key)))];
const fullBody: Body = {
  version: 1,
  title: 'Gibbs reflective cycle',
  parts: keys.map((key) => ({ key, label: key, text: nasty })),
  choices: [{ key: 'code', label: 'The Code', selected: ['Preserve safety', 'Gone since'] }],
};
const empty: Body = { version: 1, title: '', parts: [], choices: [] };
const reflection = (body: Body | undefined, id = draftId): Reflection => ({
  id,
  personId: 'p',
  framework: 'gibbs',
  writtenAt: at,
  updatedAt: new Date('2026-03-04T10:00:00Z'),
  deletedAt: undefined,
  body,
});
const draft = { ...reflection(fullBody), changes: undefined };

describe('the form', () => {
  test.each(frameworks.frameworks.map(({ id }) => id))(
    '%s fits, empty and full, on every step',
    (framework) => {
      for (const body of [empty, fullBody])
        for (const changes of [undefined, draftId])
          for (let step = 0; step < 12; step += 1) {
            const form = { draftId, framework, step, changes };
            const view = formView(drawing, { form, body, unfinished: draft });
            expectFit(view);
            expect(view.blocks.filter(({ type }) => type === 'input').length).toBeLessThanOrEqual(5);
            const said = JSON.stringify(view.blocks);
            expect(said.indexOf('Only you see this')).toBeLessThan(80);
            expect(JSON.stringify(view.blocks.at(-1))).toContain('Nobody is watching');
            // Private words travel in the fields alone.
            expect(view.type === 'modal' && view.private_metadata?.length).toBeLessThan(300);
          }
    },
  );

  test('six prompts are two steps of three, and the words of another framework come along', () => {
    const six = { form: { draftId, framework: 'gibbs', step: 0, changes: undefined }, body: empty };
    expect(formSteps(frameworks, six)).toMatchObject({ index: 0, count: 2, fields: { length: 3 } });
    const body = { ...empty, parts: [{ key: 'moment', label: 'A moment', text: 'Kept' }] };
    const said = JSON.stringify(
      formView(drawing, { form: { ...six.form, step: 1 }, body, unfinished: undefined }),
    );
    expect(said).toContain('Written before: A moment');
    expect(said).toContain('"initial_value":"Kept"');
  });

  test('a framework that was taken out of the file opens as the default, with its words', () => {
    const form = { draftId, framework: 'gone', step: 0, changes: undefined };
    const body = { ...empty, parts: [{ key: 'old_step', label: 'Old step', text: 'Kept' }] };
    const said = JSON.stringify(formView(drawing, { form, body, unfinished: undefined }));
    expect(said).toContain('Two-minute note');
    expect(said).toContain('Written before: Old step');
  });
});

test('the warning names kinds, never the thing, and says how little it checks', () => {
  const text = 'Ring 07700 900123 at E8 1EA';
  const view = warningView(drawing, draftId, findIdentifiers(text));
  expectFit(view);
  const said = JSON.stringify(view);
  expect(said).toContain('a phone number and what looks like a postcode');
  expect(said).toContain('only a few patterns');
  expect(said).not.toMatch(/07700|E8 1EA/);
});

test('the journal fits with everything in it, and shows words as plain text', () => {
  const many = Array.from({ length: 5 }, () => reflection(fullBody));
  const view = journalView(drawing, {
    entries: [...many.slice(1), reflection(undefined)],
    page: 1,
    pages: 3,
    total: 15,
    drafts: many.map(() => draft),
    discarded: many.map(() => ({ ...draft, deletedAt: at })),
    deleted: many.map((one) => ({ ...one, deletedAt: at })),
  });
  expectFit(view);
  for (const block of view.blocks)
    if (JSON.stringify(block).includes('channel')) {
      expect(block).toMatchObject({ type: 'context', elements: [{ type: 'plain_text' }] });
    }
  const none = { entries: [], page: 0, pages: 1, total: 0, drafts: [], discarded: [], deleted: [] };
  expectFit(journalView(drawing, none));
  expect(JSON.stringify(journalView(drawing, none))).toContain('Nothing here yet');
  const ofSomebodyWhoSaidNo = journalView({ ...drawing, hasDeclined: true }, none);
  expectFit(ofSomebodyWhoSaidNo);
  expect(JSON.stringify(ofSomebodyWhoSaidNo)).toContain('nothing that you write is kept');
  expect(JSON.stringify(ofSomebodyWhoSaidNo)).not.toContain('Write a reflection');
});

test('an entry and its text to copy fit, however much was written, and all of it can be reached', () => {
  const shown = new Set<string>();
  for (let from = 0; from < fullBody.parts.length; from += 12) {
    const view = entryView(drawing, reflection(fullBody), from);
    expectFit(view);
    for (const { key } of fullBody.parts) if (JSON.stringify(view).includes(`*${key}*`)) shown.add(key);
  }
  // Keys with an underscore are made harmless in mrkdwn, so they look different.
  expect(shown.size).toBe(keys.filter((key) => !key.includes('_')).length);
  expectFit(entryView(drawing, reflection(undefined)));
  for (let page = 0; page < 20; page += 1)
    expectFit(copyView(drawing, [reflection(fullBody), reflection(undefined)], 'all', page));
});

const aboutAll: NonNullable<Body['about']> = {
  title: Array.from(nasty).slice(0, 150).join(''),
  happenedOn: '2026-03-03',
  tags: Array.from({ length: 10 }, (_, at) => `${at}${Array.from(nasty).slice(0, 38).join('')}`),
  minutes: 5999,
  hasDiscussed: true,
  link: `https://example.org/${'x'.repeat(900)}`,
};
const whole = reflection({ ...fullBody, about: aboutAll });

test('title, date and tags fit, and so do the earlier version, what was found, and patterns', () => {
  const form = { draftId, framework: 'gibbs', step: 0, changes: undefined };
  for (const isWriting of [true, false])
    for (const about of [undefined, aboutAll])
      expectFit(aboutView({ form, isWriting }, about, aboutAll.tags));
  expectFit(formView(drawing, { form, body: { ...fullBody, about: aboutAll } }));
  expectFit(entryView(drawing, whole, 0, { hasEarlier: true, note: putBackNote, wasShared: true }));
  expectFit(earlierView(drawing, whole, { framework: 'gibbs', writtenAt: at, body: fullBody }));
  expectFit(earlierView(drawing, whole, { framework: 'gibbs', writtenAt: at, body: undefined }));
  const wanted = {
    words: nasty.slice(0, 100),
    tag: aboutAll.tags?.[0],
    framework: 'gibbs',
    period: 'last-year' as const,
  };
  const page = { page: 0, pages: 1, total: 9, drafts: [], discarded: [], deleted: [] };
  expectFit(
    journalView(drawing, {
      ...page,
      entries: Array(5).fill(whole),
      found: { wanted, many: 5 },
      sharedIds: new Set([draftId]),
    }),
  );
  expectFit(
    journalView(drawing, { ...page, entries: [], found: { wanted, many: 0 }, hasSharedWithMe: true }),
  );
  const tags = Array.from({ length: 150 }, (_, nth) => `${nth}${Array.from(nasty).slice(0, 37).join('')}`);
  expectFit(findView(drawing, wanted, { tags, ways: frameworks.frameworks.map(({ id }) => id) }));
  expectFit(findView(drawing, {}, { tags: [], ways: [] }));
  for (const all of [[], [whole], Array(500).fill(whole)])
    expectFit(patternsView(drawing, patternsIn(all, { today: '2026-03-03', zone: 'Europe/London' })));
});

const doors = { agreementButton: { text: 'Read the community agreement', actionId: 'agreement' } };

test('sharing fits, with everything in it, and to many', () => {
  const people = Array.from(
    { length: 80 },
    (_, nth): Person => ({ ...person, id: `p${nth}`, slackId: `U${nth}ABC` }),
  );
  const cohort = (nth: number) => ({
    id: `0195a1b0-0000-7000-8000-00000000000${nth % 10}`,
    name: `${nth} ${nasty.slice(0, 70)}`,
  });
  const cohorts = Array.from({ length: 6 }, (_, nth) => ({ ...group, ...cohort(nth) }));
  const seen = { findings: findIdentifiers('Ring 07700 900123') };
  for (const groups of [[], cohorts]) expectFit(shareDialog(drawing, whole, groups, seen));
  const sharing = {
    id: draftId,
    reflectionId: draftId,
    goal: { scope: 'group', cohortId: draftId },
    doubt: 'none',
  } as const;
  const copy = copyOf({ ...fullBody, about: aboutAll });
  const preview = { kind: 'preview', reflection: whole, copy, readers: people, cohort: undefined } as const;
  for (const from of [0, 12, 24]) {
    expectFit(previewView(drawing, sharing, preview, from));
    expectFit(previewView(drawing, { ...sharing, goal: 'as-before' }, preview, from));
  }
  const share = {
    id: draftId,
    reflectionId: draftId,
    by: 'p',
    scope: 'group' as const,
    cohortId: draftId,
    sharedAt: at,
    copiedAt: at,
    endedAt: undefined,
    copy,
  };
  const reads = people.flatMap(({ id, slackId }) =>
    Array(5).fill({ shareId: draftId, personId: id, slackId, at }),
  );
  const readers = people.map(({ id, slackId }) => ({ personId: id, slackId, hasLeft: false }));
  const log = { share, group: nasty.slice(0, 80), readers, reads, isOutdated: true };
  const logs = [
    log,
    { ...log, share: { ...share, id: 'b', endedAt: at } },
    { ...log, share: { ...share, id: 'c', scope: 'person' as const } },
    log,
  ];
  for (const page of [0, 1]) expectFit(sharingView(drawing, whole, logs, page));
  expectFit(sharingView(drawing, whole, []));
  expectFit(readView(drawing, { share, copy, by: person }));
  expectFit(
    sharedWithMeView(
      drawing,
      Array.from({ length: 12 }, (_, nth) => ({
        share: { ...share, id: `${nth}` },
        by: person,
        group: log.group,
        isRead: true,
      })),
      1,
    ),
  );
  const carry = { id: draftId, reflectionId: draftId, sharedWith: saySharedWith(logs) };
  expectFit(exampleView(drawing, carry, { begin: { text: wordsOf(fullBody) }, seen }));
  for (const kind of ['shared-before', 'changed', 'not-yours', 'not-your-group', 'unreadable'] as const)
    expectFit(
      sharedView(kind === 'shared-before' ? { kind, reflectionId: draftId } : { kind }, {
        ...doors,
        ...drawing,
      }),
    );
  expectFit(
    sharedView(
      {
        kind: 'shared',
        reflectionId: draftId,
        copy,
        readers: people,
        cohort: undefined,
        isRenewal: false,
      },
      { ...doors, ...drawing },
    ),
  );
});

const person: Person = {
  id: 'p',
  slackId: 'U1ABC',
  displayName: nasty.slice(0, 80),
  firstName: 'Robin',
  timeZone: 'Europe/London',
  kind: 'member',
  isWorkspaceAdmin: false,
  isDeactivated: false,
  dmChannel: undefined,
};
const group: Cohort = {
  id: 'g',
  name: 'Group',
  ageGroup: undefined,
  startsOn: undefined,
  endsOn: undefined,
  channelId: undefined,
  followsChannel: false,
  closed: [],
  isArchived: false,
  createdBy: 'p',
};

test('receipts and notices fit', () => {
  const noneOf = {
    isChange: true,
    isFirst: false,
    unchecked: false,
    keptEarlier: true,
    meanwhile: false,
    masked: [],
  };
  const saved = {
    kind: 'saved' as const,
    id: draftId,
    body: undefined,
    title: 'Gibbs reflective cycle',
    writtenAt: at,
  };
  for (const flag of [true, false]) {
    const view = receiptView(drawing, {
      ...saved,
      isChange: flag,
      isFirst: flag,
      unchecked: flag,
      keptEarlier: flag,
      meanwhile: flag,
      isShared: false,
      masked: flag ? findIdentifiers('Ring 07700 900123') : [],
    });
    expectFit(view);
    expect(JSON.stringify(view)).toContain('Only you can see it');
    const shared = receiptView(drawing, { ...saved, ...noneOf, isShared: true });
    expectFit(shared);
    expect(JSON.stringify(shared)).not.toContain('Only you can see it');
  }
  expectFit(notYoursView());
  expectFit(discardedView(draftId, 'Tuesday 3 March, 10:00'));
});
