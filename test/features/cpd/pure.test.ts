import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ContentFolder } from '../../../src/content/read.ts';
import { usualPeriod } from '../../../src/features/cpd/choosing/period.ts';
import { fieldsFor, formOf, takesEntries, whyCheckFirst } from '../../../src/features/cpd/content.ts';
import {
  answersFor,
  differing,
  emptyFields,
  inputsOf,
  missingFrom,
  offered,
  problemsIn,
  quarterHours,
  readHours,
} from '../../../src/features/cpd/fields.ts';
import { recordSchema, toJson } from '../../../src/features/cpd/taking/json.ts';
import { lookOver } from '../../../src/features/cpd/taking/look.ts';
import { copyView, lookView } from '../../../src/features/cpd/taking/views.ts';
import { readSignposts } from '../../../src/safeguarding/signposts.ts';
import { content, documentWith, frameworks, reflection, savedThing } from './given.ts';

const form = (id: string) => {
  const found = formOf(content, id);
  if (!found) throw new Error(id);
  return found;
};
const record = (id: string) => {
  const found = content.records.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

describe('the usual period', () => {
  test.each([
    ['swe', '2026-11-27', '2025-12-01', '2026-11-30'],
    ['swe', '2026-11-30', '2025-12-01', '2026-11-30'],
    ['swe', '2026-12-01', '2026-12-01', '2027-11-30'],
    ['nmc', '2026-11-27', '2023-11-27', '2026-11-27'],
    ['nmc', '2028-02-29', '2025-02-28', '2028-02-29'],
    ['hcpc', '2026-11-27', '2024-11-27', '2026-11-27'],
    ['plain', '2026-11-27', '2025-11-27', '2026-11-27'],
  ])('%s on %s', (id, today, from, until) => {
    expect(usualPeriod(record(id), today)).toEqual({ from, until });
  });
});

test.each([
  ['1.5', 1.5],
  ['1,25', 1.25],
  ['1:30', 1.5],
  ['1h 45m', 1.75],
  ['2 hours', 2],
  ['90 minutes', 1.5],
  ['0', 0],
  ['1.3', undefined],
  ['about two', undefined],
  ['-1', undefined],
  ['99999', undefined],
])('hours: %s', (typed, hours) => {
  expect(readHours(typed)).toBe(hours);
});

test.each([
  [undefined, undefined],
  [0, undefined],
  [14, undefined],
  [15, 0.25],
  [30, 0.5],
  [59, 0.75],
  [90, 1.5],
])('minutes that were noted, in quarter hours: %s', (minutes, hours) => {
  expect(quarterHours(minutes)).toBe(hours);
});

test('hours are never rounded: what is read back is what was typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 }), (quarters) => {
      expect(readHours(String(quarters / 4))).toBe(quarters / 4);
    }),
  );
});

describe('what is offered of an entry', () => {
  test('every way to reflect answers every form that takes entries, and never with hours or a change that was a plan', () => {
    for (const target of content.forms.filter(takesEntries))
      for (const { id, steps } of frameworks.frameworks) {
        const texts = Object.fromEntries(steps.map(({ key }) => [key, `about ${key}`]));
        const entry = reflection({ framework: id, texts });
        const answers = offered(content, target, entry);
        const { what_was_done: did = '' } = target;
        expect(answers[did], `${id} in ${target.id}`).toMatch(/^about /);
        for (const { id: field, kind } of fieldsFor(target))
          if (kind === 'hours') expect(answers[field]).toBeUndefined();
        for (const plan of ['next', 'now_what', 'action', 'destiny']) {
          const lands = Object.entries(answers).filter(([, text]) => text.includes(`about ${plan}`));
          for (const [field, text] of lands)
            if (field !== 'next') expect(text, `${id} in ${target.id}`).toContain(`Planned: about ${plan}`);
        }
        expect(JSON.stringify(answers)).not.toContain('about feelings');
      }
  });

  test('a way to reflect that the file does not know loses nothing', () => {
    const entry = reflection({ framework: 'one-box', texts: { all: 'Everything', more: 'And more' } });
    expect(offered(content, form('swe-cpd-entry'), entry).activity).toBe('Everything\n\nAnd more');
    const saved = savedThing('A guide');
    expect(offered(content, form('nmc-cpd-log'), saved)).toEqual({
      dates: '2026-03-03',
      topic: 'A guide',
    });
  });

  test('the date, the themes and a talk with a peer come from the entry; what the framework lacks is named', () => {
    const entry = reflection({
      framework: 'swe-cpd',
      texts: { activity: 'A', learned: 'B', impact: 'C', peer: 'D', standard: 'E' },
    });
    expect(offered(content, form('swe-cpd-entry'), entry)).toEqual({
      date: '2026-03-03',
      activity: 'A',
      learned: 'B',
      impact: 'C',
      peer: 'D',
    });
    expect(missingFrom(content, form('swe-cpd-entry'), entry, { date: '2026-03-03' })).toEqual([
      'Type of CPD',
      'why it is relevant',
    ]);
    const account = reflection({
      framework: 'nmc-reflective-account',
      texts: {},
      choices: { code: ['Preserve safety'] },
    });
    expect(offered(content, form('nmc-reflective-account'), account).code).toEqual(['Preserve safety']);
  });

  test('only what differs is kept, so a change in the journal still comes through; a plan stays one until it is edited', () => {
    const offer = offered(content, form('nmc-reflective-account'), reflection());
    const typed = { ...offer, changed: 'I wait longer now', code: [] };
    expect(differing(offer, typed)).toEqual({ changed: 'I wait longer now' });
    expect(differing(offer, offer)).toEqual({});
    expect(differing(offer, { ...offer, learned: '' })).toEqual({ learned: '' });
    const later = reflection({ texts: { moment: 'Another beginning', next: 'x' } });
    expect(answersFor(content, form('nmc-reflective-account'), later, differing(offer, typed))).toEqual({
      nature: 'Another beginning',
      changed: 'I wait longer now',
    });
  });

  test('a label that was chosen stays, also when the list has lost it', () => {
    const field = fieldsFor(form('nmc-cpd-log')).find(({ id }) => id === 'code');
    if (!field) throw new Error('code');
    expect(inputsOf(content, field, ['An old theme'])[0]?.options).toContain('An old theme');
    const types = fieldsFor(form('gmc-supporting-information')).find(({ id }) => id === 'type');
    expect(types && inputsOf(content, types)[0]?.options).not.toContain('Significant events');
  });

  test('what is wrong is said beside the field, and nothing has to be filled in', () => {
    const log = form('nmc-cpd-log');
    expect(problemsIn(log, {})).toEqual({});
    expect(Object.keys(problemsIn(log, { hours: 'two' }))).toEqual(['hours']);
    expect(Object.keys(problemsIn(log, { hours: '1', participatory_hours: '2' }))).toEqual([
      'participatory_hours',
    ]);
    expect(problemsIn(log, { participatory_hours: '0' })).toEqual({});
    expect(Object.keys(problemsIn(log, { dates: '2026-03-03', 'dates.until': '2026-03-02' }))).toEqual([
      'dates.until',
    ]);
    const empty = emptyFields(content, log, { dates: '2026-03-03', topic: 'x' });
    expect(empty.map(({ label }) => label)).toContain('Evidence');
  });
});

test('a form holds until its day, and is to be looked at after another', () => {
  const one = { holds_until: null, review_by: '2027-04-30' };
  const why = (today: string, change = {}) =>
    whyCheckFirst({ ...form('nmc-cpd-log'), ...one, ...change }, today);
  expect(why('2027-04-30')).toBeUndefined();
  expect(why('2027-05-01')).toBe('overdue');
  expect(why('2027-05-01', { holds_until: '2027-04-30' })).toBe('ended');
});

test('two entries with the same words are told of where the regulator asks for different pieces, and nowhere else', () => {
  const twice = [
    reflection(),
    reflection({ id: 'reflection:2', on: '2026-04-01', texts: { learned: 'silence  HELPS' } }),
  ];
  const alike = (id: string) => documentWith(id, twice).parts.flatMap((part) => part.alike);
  expect(alike('swe')).toHaveLength(1);
  expect(alike('swe')[0]).toContain('different pieces');
  expect(alike('plain')).toEqual([]);
});

describe('JSON', () => {
  const schema = z.toJSONSchema(recordSchema);

  test('the published schema is the one that is used', async () => {
    await expect(`${JSON.stringify(schema, undefined, 2)}\n`).toMatchFileSnapshot(
      '../../../docs/cpd-record.schema.json',
    );
  });

  test.each(content.records.map(({ id }) => id))('%s fits it, whatever stands in the entries', (id) => {
    const published = JSON.parse(readFileSync('docs/cpd-record.schema.json', 'utf8'));
    const validate = new Ajv2020({ allErrors: true }).compile(published);
    const document = documentWith(id, [reflection(), savedThing('x\u0000\ud800')], {
      added: { 'reflection:1': { 'nmc-cpd-log': { hours: '1.5' } } },
    });
    expect(validate(JSON.parse(toJson(document))) || validate.errors).toBe(true);
  });
});

describe('before it is taken away', () => {
  const folder = new ContentFolder('data');
  const signposts = readSignposts(folder);
  if (!signposts) throw new Error('signposts');

  test('a last look tells the kind and the place of what it sees, never the thing itself', async () => {
    const document = documentWith('swe', [
      reflection({ texts: { moment: 'Rang 07700 900123 about it' } }),
      reflection({ id: 'reflection:2' }),
    ]);
    const looked = await lookOver({ signposts }, document);
    expect(looked.seen.map(({ entry, label }) => [entry, label])).toEqual([
      ['reflection:1', 'Short description of the activity, and why it is relevant to you'],
    ]);
    const screen = JSON.stringify(lookView(content, document, looked));
    expect(screen).toContain('a phone number');
    expect(screen).not.toContain('07700');
  });

  test.each(content.records.map(({ id }) => id))(
    '%s: copying shows every word, within what Slack draws',
    (id) => {
      const long = 'word '.repeat(600).trim();
      const longest = 'x'.repeat(40_000);
      const texts = { moment: longest, learned: long, next: long };
      const document = documentWith(id, [reflection({ texts }), reflection({ id: 'reflection:2' })]);
      const seen: string[] = [];
      for (let at = 0; at < 200; at += 1) {
        const view = copyView(document, at);
        expect(view.blocks.length).toBeLessThanOrEqual(100);
        expect(JSON.stringify(view).length).toBeLessThan(250_000);
        for (const block of view.blocks) if (block.type === 'rich_text') seen.push(JSON.stringify(block));
        if (!JSON.stringify(view.blocks).includes('"text":"Next"')) break;
      }
      const all = seen.map((one) => JSON.parse(one).elements[0].elements[0].text).join('');
      for (const { entries } of document.parts)
        for (const { fields } of entries) for (const { text } of fields) expect(all).toContain(text);
    },
  );

  test('what must not stand in a record is said once, whichever forms go out together', () => {
    const text = JSON.stringify(
      lookView(content, documentWith('nmc', [reflection()]), { seen: [], unchecked: false }),
    );
    expect(
      text.match(/Anything that may identify another person|another person be identified/g),
    ).toHaveLength(1);
  });

  test('500 entries are looked over and drawn within what Slack draws', async () => {
    const many = Array.from({ length: 500 }, (_, at) =>
      reflection({ id: `reflection:${at}`, texts: { moment: `Rang 07700 900123 ${at}` } }),
    );
    const document = documentWith('swe', many);
    const view = lookView(content, document, await lookOver({ signposts }, document));
    expect(view.blocks.length).toBeLessThan(50);
    expect(JSON.stringify(view)).toContain('And 492 more');
  });
});
