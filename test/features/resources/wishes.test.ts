import { describe, expect, test } from 'vitest';
import { type ResourceType, toCatalogue } from '../../../src/features/resources/content.ts';
import { createSearch } from '../../../src/features/resources/finding/search.ts';
import { showFound } from '../../../src/features/resources/finding/show.ts';
import { takeWishes } from '../../../src/features/resources/finding/wishes.ts';
import { content, givenPerson, givenResources, search } from './support.ts';

describe('how long and how dear it may be', () => {
  test.each([
    ['video about trauma under 10 minutes', 'video about trauma', ['up to 10 minutes']],
    ['less than 20 mins on sleep', 'on sleep', ['up to 20 minutes']],
    ['5 min video brain', 'video brain', ['up to 5 minutes']],
    ['a 10-minute read on burnout', 'a on burnout', ['up to 10 minutes']],
    ['podcast 15 minutes or less', 'podcast', ['up to 15 minutes']],
    ['short video for teachers', 'video for teachers', ['up to 15 minutes']],
    ['Quick read on burnout', 'on burnout', ['up to 15 minutes']],
    ['short free online course', 'online course', ['up to 15 minutes', 'free']],
    ['free course safeguarding', 'course safeguarding', ['free']],
    ['free safeguarding training', 'safeguarding training', ['free']],
    ['leaflets for free', 'leaflets', ['free']],
    // Said of something else.
    ['baby cries for 20 minutes', 'baby cries for 20 minutes', []],
    ['free school meals', 'free school meals', []],
    ['smoke free homes', 'smoke free homes', []],
    ['short breaks for carers', 'short breaks for carers', []],
    ['brief intervention toolkit', 'brief intervention toolkit', []],
    ['quick to anger', 'quick to anger', []],
    ['under 5s', 'under 5s', []],
  ])('%s', (asked, rest, labels) => {
    const taken = takeWishes(asked);
    expect(taken.rest.replace(/\s+/g, ' ').trim()).toBe(rest);
    expect(taken.wishes.map(({ label }) => label)).toEqual(labels);
  });

  test.each(['video about trauma under 10 minutes', 'free course safeguarding', 'short video on the brain'])(
    '%s: what was understood can be left out part by part, and the rest stays',
    (asked) => {
      const { understood } = search.find(asked);
      for (const { label, without } of understood)
        expect(search.find(without).understood.map((one) => one.label)).toEqual(
          understood.flatMap((one) => (one.label === label ? [] : [one.label])),
        );
    },
  );
});

describe('a kind that is named in words', () => {
  test.each<[string, ResourceType, string]>([
    ['video about trauma under 10 minutes', 'video', 'childhood-trauma'],
    ['5 min video brain', 'video', 'toxic-stress-brain-development'],
    ['podcast about attachment', 'podcast', 'attachment-relationships'],
    ['leaflet for parents about self harm', 'leaflet', 'self-harm-suicide'],
    ['toolkit neglect', 'toolkit', 'child-abuse-neglect'],
    ['case study coproduction', 'case-study', 'coproduction'],
    ['report on racism', 'report', 'race-racism'],
    ['research on aces', 'research-paper', 'aces'],
  ])('%s: all of that kind on the subject stand before anything else', (asked, type, topic) => {
    const { hits } = search.find(asked);
    const isWanted = hits.map((hit) => hit.type === type && hit.topics.includes(topic));
    expect(isWanted[0]).toBe(true);
    expect(isWanted.lastIndexOf(true)).toBeLessThan(hits.filter((hit) => hit.type === type).length);
  });

  test('among them what is known to be short enough comes first, and what is known to be longer last', () => {
    const video = content.catalogue.shown.find(({ id }) => id === 'uktc-trauma-brain-video');
    if (!video) throw new Error('There is no such video.');
    const videos = [undefined, 40, 4].map((minutes) => {
      const { format_minutes: _, ...rest } = video;
      const taken = minutes === undefined ? rest : { ...rest, format_minutes: minutes };
      return { ...taken, id: `video-${minutes}`, url: `https://example.org/${minutes}` };
    });
    const others = content.catalogue.all.filter(({ id }) => id !== video.id);
    const { find } = createSearch({ ...content, catalogue: toCatalogue([...others, ...videos]) });
    expect(
      find('video about the brain under 10 minutes')
        .hits.slice(0, 3)
        .map(({ id }) => id),
    ).toEqual(['video-4', 'nspcc-brain-builder', 'video-undefined']);
    expect(find('video about the brain under 10 minutes').hits[3]?.id).toBe('video-40');
  });

  test('who types a title gets that page, whatever kind a word of it is', () => {
    for (const { id, title } of content.catalogue.shown.filter(({ title }) =>
      /\b(guide|report|tool)/i.test(title),
    ))
      expect([
        id,
        search
          .find(title)
          .hits.slice(0, 3)
          .map((hit) => hit.id),
      ]).toEqual([id, expect.arrayContaining([id])]);
  });

  test('where none of that kind is on the subject, that is said', async () => {
    const bench = await givenResources();
    const { actor } = await givenPerson(bench);
    const said = async (asked: string) => JSON.stringify((await showFound(bench, actor, asked)).blocks);
    expect(await said('podcast about housing')).toContain('No podcast on this in the catalogue');
    expect(await said('podcast about attachment')).not.toContain('on this in the catalogue');
  });
});
