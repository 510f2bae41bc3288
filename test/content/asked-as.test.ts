import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ContentFolder } from '../../src/content/read.ts';
import { readVocabulary, type Vocabulary } from '../../src/content/vocabulary.ts';
import { readCatalogue } from '../../src/features/resources/content.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chatr-asked-as-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

type Phrases = { sleep?: string[]; loss?: string[]; leaflet?: string[]; film?: string[] };

const askedAs = (phrases: string[] = []): string =>
  phrases.length === 0 ? '' : `\n    asked_as:\n${phrases.map((phrase) => `      - ${phrase}`).join('\n')}`;

const topic = (id: string, phrases?: string[]): string => `  - id: ${id}
    label: ${id}
    group: all
    description: About ${id}.${askedAs(phrases)}${id === 'loss' ? '\n    synonyms: [being bereft]' : ''}`;

const resource = (id: string, phrases?: string[]): string => `  - id: ${id}
    title: A ${id}
    url: https://example.org/${id}
    publisher: Sleepless Trust
    type: leaflet
    audience: [fathers]
    age_groups: [0-5]
    topics: [sleep]
    summary: A thing that is here for the test alone, with Kooth and the Sunrise Hub.
    free: true
    link_kind: publisher
    verified: archived copy${askedAs(phrases)}`;

function read({ sleep, loss, leaflet, film }: Phrases) {
  writeFileSync(
    join(dir, 'topics.yaml'),
    `version: 1
language: en-GB
groups: [{ id: all, label: All }]
age_groups: [{ id: 0-5, label: Early }, { id: 11-18, label: Later }]
audiences: [{ id: fathers, label: Fathers }, { id: midwives, label: Midwives }]
abbreviations: []
ambiguous: []
topics:
${topic('sleep', sleep)}
${topic('loss', loss)}
`,
  );
  writeFileSync(
    join(dir, 'resources.yaml'),
    `version: 1
language: en-GB
resources:
${resource('leaflet', leaflet)}
${resource('film', film)}
`,
  );
  const folder = new ContentFolder(dir);
  const vocabulary = readVocabulary(folder);
  const catalogue = vocabulary && readCatalogue(folder, vocabulary);
  const problems = folder.problems.map(
    ({ file, line, message }) => `${file.slice(dir.length + 1)}:${line}: ${message}`,
  );
  return { vocabulary, catalogue, problems };
}

test('a phrase is a text, or a text with what may be known of age, reader and purpose', () => {
  const { vocabulary, catalogue, problems } = read({
    sleep: ["baby won't settle", '{ say: up all night, age: 0-5 }'],
    film: ['{ say: film for a tired dad, reader: fathers, for: to give to a parent }'],
  });
  expect(problems).toEqual([]);
  expect(vocabulary?.topics.map(({ asked_as }) => asked_as)).toEqual([
    [{ say: "baby won't settle" }, { say: 'up all night', age: '0-5' }],
    [],
  ]);
  expect(catalogue?.byId.get('film')?.asked_as).toEqual([
    { say: 'film for a tired dad', reader: 'fathers', for: 'to give to a parent' },
  ]);
});

describe('what is refused, with its line and what to do', () => {
  const inTopic = 'topics.yaml:14: topics › sleep › asked_as › entry 1';
  const inEntry = 'resources.yaml:17: resources › leaflet › asked_as › entry 1';
  const addMore = 'Add what was seen, felt or feared.';

  test.each<[string, Phrases, string]>([
    ['too short', { sleep: ['zz'] }, `${inTopic}: this is too short. Write at least 3 characters.`],
    [
      'too long',
      { leaflet: ['a'.repeat(61)] },
      `${inEntry}: this is too long. Use at most 60 characters. It has 61.`,
    ],
    [
      'a number',
      { sleep: ['111'] },
      `${inTopic}: this should be text, but YAML reads it as a number. Put quotes around it: "111".`,
    ],
    [
      'only small words',
      { sleep: ['what can I do'] },
      `${inTopic}: "what can I do" has only small words, which say nothing of a need. ${addMore}`,
    ],
    [
      'one weak word',
      { leaflet: ['help for my child'] },
      `${inEntry}: "help for my child" comes down to "child", which fits nearly everything here. ${addMore}`,
    ],
    [
      'one weak word, said twice',
      { sleep: ['dad and the dads'] },
      `${inTopic}: "dad and the dads" comes down to "dad", which fits nearly everything here. ${addMore}`,
    ],
    [
      'a field with a typo',
      { sleep: ['{ say: up all night, redaer: fathers }'] },
      'topics.yaml:14: "redaer" is not a field here. Did you mean "reader"?',
    ],
    ['no words at all', { sleep: ['{ age: 0-5 }'] }, `${inTopic}: in "say", this is missing. Add it.`],
    [
      'an unknown age group',
      { sleep: ['{ say: up all night, age: 0-6 }'] },
      `${inTopic} › age: there is no age group "0-6". Did you mean "0-5"?`,
    ],
    [
      'an unknown reader',
      { leaflet: ['{ say: up all night, reader: father }'] },
      `${inEntry} › reader: there is no audience "father". Did you mean "fathers"?`,
    ],
    [
      'an unknown purpose',
      { leaflet: ['{ say: up all night, for: who to rings }'] },
      `${inEntry}: in "for", "who to rings" cannot stand here. Did you mean "who to ring"? Choose one of: who to ring, to read, to give to a parent.`,
    ],
    [
      'a phrase twice on one entry',
      { leaflet: ['up all night', 'up all night'] },
      'resources.yaml:18: resources › leaflet › asked_as › entry 2: "up all night": this phrase stands here already. Delete one of the two.',
    ],
    [
      'a phrase on two topics',
      { sleep: ['dad not told of the birth'], loss: ['was Dad told of a birth?'] },
      'topics.yaml:20: topics › loss › asked_as › entry 1: "was Dad told of a birth?": "dad not told of the birth", which has the same telling words, leads to the topic "sleep" already. Keep it where it fits best, and delete the other.',
    ],
    [
      'a phrase on two entries',
      { leaflet: ['nights of crying'], film: ['night of crying'] },
      'resources.yaml:31: resources › film › asked_as › entry 1: "night of crying": "nights of crying", which has the same telling words, leads to the entry "leaflet" already. Keep it where it fits best, and delete the other.',
    ],
    [
      "a topic's phrase on an entry",
      { loss: ['grandad died'], leaflet: ['grandad died'] },
      `${inEntry}: "grandad died": this phrase leads to the topic "loss" already. Keep it where it fits best, and delete the other.`,
    ],
    [
      'a title once more, in other small words',
      { leaflet: ['the leaflets'] },
      `${inEntry}: "the leaflets" only says its name again, by which it is found already. Write what people say instead.`,
    ],
    [
      "a topic's name once more",
      { sleep: ['Sleep?'] },
      `${inTopic}: "Sleep?" only says its name again, by which it is found already. Write what people say instead.`,
    ],
    [
      "another topic's name, with an article",
      { sleep: ['the loss'] },
      `${inTopic}: "the loss" is what the topic loss is called, which is found by it already. Write what people say instead.`,
    ],
    [
      "a topic's other name on an entry",
      { leaflet: ['Being bereft'] },
      `${inEntry}: "Being bereft" is what the topic loss is called, which is found by it already. Write what people say instead.`,
    ],
    [
      "another entry's title",
      { leaflet: ['a film'] },
      `${inEntry}: "a film" is what \u2018A film\u2019 is called, which is found by it already. Write what people say instead.`,
    ],
    [
      'a publisher',
      { leaflet: ['sleepless trust'] },
      `${inEntry}: "sleepless trust" is what the publisher Sleepless Trust is called, which is found by it already. Write what people say instead.`,
    ],
  ])('%s', (_, phrases, expected) => {
    expect(read(phrases).problems).toEqual([expected]);
  });

  test.each([
    ['Blessing Adeyemi will not settle', 'Adeyemi'],
    ['blessing adeyemi will not settle', 'adeyemi'],
    ['Jayden bites', 'Jayden'],
    ['jayden okonkwo bites', 'okonkwo'],
    ['fatima hits me', 'fatima'],
    ['Grace Baker is back', 'Baker'],
    ['Zoë\u2019s mum drinks', 'Zoë'],
    ['baby of the Okonkwo-Bamgbose family', 'Okonkwo-Bamgbose'],
  ])('a name: %s', (phrase, name) => {
    const said = `"${phrase}" seems to name somebody: \u2018${name}\u2019. Please leave the name out.`;
    expect(read({ sleep: [phrase] }).problems).toEqual([expect.stringContaining(`${inTopic}: ${said}`)]);
    expect(read({ leaflet: [phrase] }).problems).toEqual([expect.stringContaining(`${inEntry}: ${said}`)]);
  });

  test.each([
    'mum on gabapentin',
    'Ukrainian child in class',
    'CAMHS waits so long for HVs',
    'is it just sleep',
    "doesn't sleep",
    'hope after loss',
    'Kooth not answering',
    'the Sunrise Hub',
  ])('nor is what only looks like one: %s', (phrase) => {
    expect(read({ leaflet: [phrase] }).problems).toEqual([]);
  });

  test.each(['groomed', '14 yr old cutting', 'mum and baby', 'CAMHS?'])('and not %j', (phrase) => {
    expect(read({ sleep: [phrase] }).problems).toEqual([]);
  });

  test('ages and readers that could not be read are one problem elsewhere, not one for each phrase', () => {
    read({ leaflet: ['{ say: up all night, age: 0-6, reader: nobody }'] });
    const none = {
      version: 0,
      language: '',
      places: [],
      groups: [],
      topics: [],
      age_groups: [],
      audiences: [],
    };
    const vocabulary: Vocabulary = { ...none, abbreviations: [], ambiguous: [] };
    const folder = new ContentFolder(dir);
    readCatalogue(folder, vocabulary);
    expect(folder.problems).toEqual([]);
  });
});
