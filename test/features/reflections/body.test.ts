import { describe, expect, test } from 'vitest';
import {
  type About,
  type Body,
  bodySchema,
  emptyBody,
  hasSameWords,
  masked,
  readyToSave,
  seenAlike,
  takeOver,
} from '../../../src/features/reflections/body.ts';
import { frameworks } from './given.ts';

const about: About = {
  title: 'A visit that went well',
  happenedOn: '2026-03-03',
  tags: ['visits'],
  minutes: 20,
  hasDiscussed: true,
  link: 'https://www.example.org/a',
};
const [one, other] = frameworks.frameworks;
if (!one || !other) throw new Error('There should be two ways to reflect.');
const body: Body = { ...emptyBody, parts: [{ key: 'thought', label: 'A thought', text: 'Words.' }], about };

describe('what a reflection is about', () => {
  test('stays with it through another way to reflect, saving and masking', () => {
    const turned = takeOver(body, other, { texts: {}, choices: {} });
    expect(turned.about).toEqual(about);
    expect(readyToSave(turned, one).about).toEqual(about);
    expect(masked(turned, new Map()).about).toEqual(about);
    expect(bodySchema.parse(JSON.parse(JSON.stringify(turned))).about).toEqual(about);
  });

  test('need not be said at all', () => {
    const { about: _, ...bare } = body;
    expect(bodySchema.parse(bare)).toEqual(bare);
    expect(takeOver(bare, one, { texts: {}, choices: {} })).not.toHaveProperty('about');
  });

  test.each<[string, About]>([
    ['title', { ...about, title: 'Another' }],
    ['date', { ...about, happenedOn: '2026-03-04' }],
    ['tags', { ...about, tags: ['visits', 'sleep'] }],
    ['minutes', { ...about, minutes: 25 }],
    ['discussion', { ...about, hasDiscussed: false }],
    ['link', { ...about, link: 'https://www.example.org/b' }],
  ])('counts as a change of the reflection: its %s', (_, changed) => {
    expect(hasSameWords(body, { ...body, about: changed })).toBe(false);
    expect(hasSameWords(body, { ...body, about: { ...about } })).toBe(true);
  });
});

test('what is masked in one place is masked in all of the entry: a name in the title, and the tag that says more of it', () => {
  const entry: Body = {
    ...emptyBody,
    parts: [
      { key: 'thought', label: 'A thought', text: 'She said that Danielle will ring. Will it, Danielles?' },
    ],
    about: { title: 'Visit to Danielle Smith', tags: ['danielle', 'Smith family', 'visits', 'blacksmith'] },
  };
  const seen = seenAlike(entry, new Map([['about:title', [{ kind: 'name', start: 9, end: 23 }]]]));
  expect(masked(entry, seen)).toMatchObject({
    parts: [{ text: 'She said that [name removed] will ring. Will it, Danielles?' }],
    about: { title: 'Visit to [name removed]', tags: ['visits', 'blacksmith'] },
  });
});
