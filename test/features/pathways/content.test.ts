import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ContentFolder } from '../../../src/content/read.ts';
import {
  readPathways,
  rememberOf,
  sentencesOf,
  stepsOf,
  wayTo,
} from '../../../src/features/pathways/content.ts';
import { withChecks } from '../../../src/safeguarding/signposts.ts';
import { shippedContent } from '../../support/shipped.ts';

const { pathways: content, signposts, catalogue, vocabulary, organisations } = shippedContent();
const now = new Date('2026-12-01T10:00:00Z');

const shipped = readFileSync('data/pathways.yaml', 'utf8');

/** What is wrong with the file once it is another. */
function problemsWith(text: string): string[] {
  const dir = mkdtempSync(join(tmpdir(), 'chatr-pathways-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  writeFileSync(join(dir, 'pathways.yaml'), text);
  const folder = new ContentFolder(dir);
  readPathways(folder, vocabulary, {
    signposts,
    resources: catalogue.ids,
    organisations: new Map(organisations.listed.map(({ id, name }) => [id, name])),
  });
  return folder.problems.map((one) => `${basename(one.file)}:${one.line}: ${one.message}`);
}

describe('a slip in the file is found, with its line', () => {
  test.each([
    [
      'an unknown route',
      'refer: [route:city-early-help]',
      'refer: [route:city-erly-help]',
      /no route "city-erly-help".*Did you mean "city-early-help"/,
    ],
    [
      'an unknown contact',
      'signposting:pandas-text]',
      'signposting:panda-text]',
      /no contact in signposting.yaml "panda-text"/,
    ],
    [
      'an unknown entry',
      'resource:elft-mother-baby-unit',
      'resource:elft-mother-baby',
      /no resource "elft-mother-baby"/,
    ],
    [
      'an unknown age',
      'ages: [perinatal]\n    boroughs: [hackney, city]\n    topics',
      'ages: [prenatal]\n    boroughs: [hackney, city]\n    topics',
      /no age group "prenatal"/,
    ],
    ['an unknown topic', 'topics: [bereavement]', 'topics: [bereavment]', /no topic "bereavment"/],
    [
      'an unknown question',
      'now: [around-a-birth]',
      'now: [around-birth]',
      /no question under who_answers_now "around-birth"/,
    ],
    [
      'an unknown borough',
      'boroughs: [hackney]\n      open',
      'boroughs: [hackny]\n      open',
      /pathways\.yaml:\d+: hours › contacts › hackney-mash › boroughs/,
    ],
    ['an unknown level', '- level: early-help', '- level: early', /levels › entry \d/],
    [
      'a level that is missing',
      / {6}- level: specialist\n {8}do: Moderate[\s\S]*?(?=\n\n)/,
      '',
      /"specialist" is missing for hackney/,
    ],
    [
      'hours that overlap',
      '        - days: [wed]\n          from: "09:00"',
      '        - days: [wed, thu]\n          from: "09:00"',
      /overlaps with 09:00 to 17:00 on the same day/,
    ],
    [
      'hours that end before they begin',
      'from: "08:00"\n          to: "22:00"',
      'from: "22:00"\n          to: "08:00"',
      /ends before it begins/,
    ],
    ['a time that is none', 'from: "08:00"', 'from: "8:00"', /HH:MM/],
    [
      'an unknown line in its place',
      'outside: city-adult-out-of-hours',
      'outside: city-adults',
      /no contact under hours "city-adults"/,
    ],
    [
      'a line of the other borough',
      'hackney: [hackney-lado]',
      'hackney: [city-lado]',
      /"city-lado" is not for this borough/,
    ],
    [
      'a route of the other borough',
      'refer: [route:hackney-young-carers]',
      'refer: [route:city-young-carers]',
      /"city-young-carers" is not for hackney/,
    ],
    [
      'an id that signposting.yaml has',
      '- id: imece',
      '- id: havens',
      /signposting.yaml has a contact of this id/,
    ],
    ['an id that is there twice', '- id: young-hackney\n', '- id: imece\n', /"imece" is used twice/],
    [
      'an unknown organisation',
      'owner: imece',
      'owner: imce',
      /no organisation "imce".*Did you mean "imece"/,
    ],
    [
      'a note of an editor\u2019s in what people read',
      'do: Report abuse or neglect.',
      'do: Report abuse or neglect. The number was not found.',
      /note of an editor.*"evidence" or "not_confirmed"/,
    ],
    [
      'one in brackets',
      'owner: the health visiting provider',
      'owner: health visiting provider (not confirmed)',
      /note of an editor/,
    ],
    ['a field that is none', 'owner: imece', 'ownr: imece', /"ownr"/],
  ])('%s', (_what, from, to, says) => {
    const text = shipped.replace(from, to);
    expect(text).not.toBe(shipped);
    const problems = problemsWith(text);
    expect(problems.join('\n')).toMatch(says);
    for (const one of problems) expect(one).toMatch(/^pathways\.yaml:[1-9]\d*: /);
  });

  test('as it ships it has none, and a file that is no YAML is said', () => {
    expect(problemsWith(shipped)).toEqual([]);
    expect(problemsWith(`${shipped}\n  - [`).join()).toMatch(/pathways\.yaml:\d+/);
  });
});

describe('what is shown of a contact', () => {
  const allWays = content.pathways.flatMap((one) =>
    stepsOf(content, signposts, one, { now }).flatMap(({ parts }) =>
      parts.flatMap(({ consult, refer }) => [...consult, ...refer]),
    ),
  );

  test('every step of every pathway names somebody or something, in each borough and at each age', () => {
    for (const one of content.pathways)
      for (const borough of [undefined, 'hackney', 'city'] as const)
        for (const step of stepsOf(content, signposts, one, { borough, now }))
          for (const part of step.parts)
            expect(
              part.consult.length + part.refer.length + part.resources.length,
              `${one.id} ${step.label} ${borough}`,
            ).toBeGreaterThan(0);
    for (const id of content.pathways.flatMap(({ levels }) => levels.flatMap(({ resources }) => resources)))
      expect(catalogue.byId.has(id), id).toBe(true);
  });

  test('no safeguarding line is left out for an age, and none for its confidence', () => {
    const none = withChecks(
      signposts,
      new Map(
        signposts.safeguarding_routes.map(({ id }) => [id, { checkedOn: '2026-11-30', isWrong: true }]),
      ),
    );
    for (const one of content.pathways)
      for (const age of ['perinatal', '0-5', 'adults']) {
        const named = stepsOf(content, none, one, { borough: 'hackney', age, now }).flatMap(({ parts }) =>
          parts.flatMap(({ refer }) => refer.map(({ id }) => id)),
        );
        const meant = one.levels
          .filter(({ boroughs }) => boroughs.includes('hackney'))
          .flatMap(({ refer }) => refer.flatMap(({ from, id }) => (from === 'signposting' ? id : [])));
        for (const id of meant) expect(named, `${one.id} at ${age}`).toContain(id);
      }
  });

  test('high is shown, medium and overdue ask to be checked first, low has no number', () => {
    const standing = new Map(allWays.map(({ id, standing: its }) => [id, its.kind]));
    expect(standing.get('hackney-mash')).toBe('shown');
    expect(standing.get('hackney-homeless-help')).toBe('check-first');
    expect(standing.get('little-village')).toBe('name-only');
    expect(standing.get('education-support')).toBe('name-only');
    const checked = (on: string) =>
      wayTo(
        content,
        withChecks(signposts, new Map([['education-support', { checkedOn: on, isWrong: false }]])),
        { from: 'route', id: 'education-support' },
        now,
      )?.standing;
    expect(checked('2026-11-30')).toEqual({ kind: 'shown', checkedOn: '2026-11-30' });
    expect(checked('2026-07-01')).toEqual({ kind: 'check-first', checkedOn: '2026-07-01' });
  });

  test('what must not be shown before it is checked is not there until it is', () => {
    const to = { from: 'route', id: 'keeping-well-nel' } as const;
    expect(wayTo(content, signposts, to, now)).toBeUndefined();
    const checked = withChecks(
      signposts,
      new Map([['keeping-well-nel', { checkedOn: '2026-11-30', isWrong: false }]]),
    );
    expect(wayTo(content, checked, to, now)?.standing.kind).toBe('shown');
  });

  test('a number that is not confirmed stands in nothing that people see', () => {
    expect(
      JSON.stringify(
        allWays.map(({ contacts, how, note }) => [
          how,
          note,
          contacts.map(({ contact }) => [contact.phone, contact.email]),
        ]),
      ),
    ).not.toMatch(/0808 168 9111|familyhubs@/);
  });

  test('numbers of the file are taken for nobody’s own', () => {
    expect(signposts.others?.some(({ phone }) => phone === '020 8356 2929')).toBe(true);
  });
});

test('no sentence of our own is there before somebody has read it', () => {
  for (const one of content.pathways) {
    expect(rememberOf(content, one)).toBeUndefined();
    const steps = stepsOf(content, signposts, one, { now });
    expect(steps.flatMap(({ parts }) => parts.flatMap((part) => part.do ?? []))).toEqual([]);
    const shown = JSON.stringify(steps);
    for (const sentence of sentencesOf(one)) expect(shown).not.toContain(sentence);
    const unread = rememberOf({ ...content, showsUnread: true }, one);
    expect(unread).toEqual({ text: one.remember, isUnread: true });
  }
});

describe('whatever the age and the borough', () => {
  const ages = ['perinatal', '0-5', '5-11', '11-18', '18-25', 'adults'];
  const asked = content.pathways.flatMap((of) =>
    of.boroughs.flatMap((borough) => ages.map((age) => ({ of, borough, age }))),
  );

  test('no step leads nowhere', () => {
    const empty = asked.flatMap(({ of, borough, age }) =>
      stepsOf(content, signposts, of, { borough, age, now }).flatMap(({ label, parts }) =>
        parts
          .filter((part) => part.consult.length + part.refer.length + part.resources.length === 0)
          .map(() => `${of.id}, ${borough}, ${age}: ${label}`),
      ),
    );
    expect(empty).toEqual([]);
  });

  test.each([
    ['parental-substance-use', 'recovery-service', /recovery service/],
    ['bereavement', 'talk-changes', /Talking therapies for adults/],
    ['bereavement', 'ocean', /Ocean after/],
    ['bereavement', 'st-josephs-bereavement', /hospice/],
    ['parent-infant-relationship', 'elft-perinatal', /perinatal/],
  ])('%s: a parent\u2019s service that a step names is one that it leads to (%s)', (id, route, names) => {
    for (const { of, borough, age } of asked) {
      if (of.id !== id || (age === '18-25' && !of.ages.includes(age))) continue;
      for (const one of of.levels.filter(
        (level) => names.test(level.do) && level.boroughs.includes(borough),
      )) {
        const ways = stepsOf({ ...content, showsUnread: true }, signposts, of, { borough, age, now })
          .flatMap(({ parts }) => parts)
          .filter((part) => part.do?.text === one.do)
          .flatMap((part) => [...part.consult, ...part.refer].map((way) => way.id));
        expect(ways, `${borough}, ${age}`).toContain(route);
      }
    }
  });
});
