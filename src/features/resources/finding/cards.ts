import type { KnownBlock, PlainTextOption, SectionBlock, View } from '@slack/types';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, option, plain, rows, section } from '../../../slack/blocks.ts';
import { form, line } from '../../../slack/form.ts';
import { count, joinMrkdwn, mrkdwn } from '../../../slack/text.ts';
import { type Resource, resourceTypes, type startingPoints } from '../content.ts';
import { ids } from '../ids.ts';
import { titleOf } from '../views.ts';
import { otherLists } from './named.ts';
import { packedPlace } from './place.ts';
import { askFor, browseButton, lookButton, openSearchButton } from './views.ts';
import { longestQuestion, tidyQuestion } from './words.ts';

/** The onboarding journey's own examples. */
const examples = ['birth trauma', 'dads', 'CPC', 'looking after myself'];

/** Asked for nothing: how to ask, and what there is. */
export function emptyQuestion(vocabulary: Vocabulary): Answer {
  return {
    text: 'What are you looking for?',
    title: 'Find a resource',
    blocks: [
      section(
        mrkdwn`*What are you looking for?*\nAsk in your own words: a topic, a short form, an age, a kind. For example \`/chatr find infant mental health for dads\`.`,
      ),
      actions([
        ...examples.map((example, index) => lookButton(example, askFor(example), index)),
        openSearchButton('', 'Type a question'),
      ]),
      ...pickers(vocabulary),
      context(mrkdwn`Please do not type details about a person into a search.`),
    ],
  };
}

export const browseCard = (vocabulary: Vocabulary, notATopic?: string): Answer => ({
  text: 'Browse the catalogue',
  title: 'Browse',
  blocks: [
    section(
      notATopic === undefined
        ? mrkdwn`*Browse the catalogue*\nA list to begin with, or by topic, by age, by kind.`
        : mrkdwn`There is no list \u2018${notATopic}\u2019. Choose one here, or search for the words.`,
    ),
    actions(otherLists.map(({ list, label }, nth) => lookButton(label, { list, of: '', from: 0 }, 10 + nth))),
    ...pickers(vocabulary),
    actions([
      ...(notATopic === undefined ? [] : [lookButton('Search for the words', askFor(notATopic), 0)]),
      openSearchButton(notATopic, 'Search'),
    ]),
  ],
});

/** Where to start, in the parts that the website has. */
export const startCard = (parts: ReturnType<typeof startingPoints>): Answer => ({
  text: 'Start here',
  title: 'Start here',
  blocks: [
    section(
      mrkdwn`*Start here*\n${count(
        parts.reduce((sum, { entries }) => sum + entries.length, 0),
        'resource',
        'resources',
      )} picked by hand, to begin with. What is it about?`,
    ),
    ...rows(
      parts.map(({ id, label, entries }, nth) =>
        lookButton(
          label,
          { list: 'start', of: id, from: 0 },
          60 + nth,
          `${label}: ${count(entries.length, 'resource', 'resources')}`,
        ),
      ),
      'start.parts',
    ),
    actions([openSearchButton('', 'Search'), browseButton()]),
  ],
});

function pickers(vocabulary: Vocabulary): KnownBlock[] {
  const groups = vocabulary.groups
    .map(({ id, label }) => ({
      label: plain(label, 75),
      options: vocabulary.topics
        .filter((topic) => topic.group === id)
        .slice(0, 100)
        .map((topic) => option(topic.label, packedPlace.pack({ list: 'topic', of: topic.id, from: 0 }))),
    }))
    .filter(({ options }) => options.length > 0)
    .slice(0, 100);
  return [
    section(mrkdwn`*Topic*`, {
      type: 'static_select',
      action_id: `${ids.pick}topic`,
      placeholder: plain('Choose a topic', 150),
      option_groups: groups,
    }),
    section(
      mrkdwn`*Age group*`,
      picker(
        'age',
        'Choose an age group',
        vocabulary.age_groups.map(({ id, label }) =>
          option(label, packedPlace.pack({ list: 'age', of: id, from: 0 })),
        ),
      ),
    ),
    section(
      mrkdwn`*Kind*`,
      picker(
        'type',
        'Choose a kind',
        Object.entries(resourceTypes).map(([id, { label }]) =>
          option(label, packedPlace.pack({ list: 'type', of: id, from: 0 })),
        ),
      ),
    ),
  ];
}

const picker = (
  name: string,
  placeholder: string,
  options: PlainTextOption[],
): SectionBlock['accessory'] & {} => ({
  type: 'static_select',
  action_id: `${ids.pick}${name}`,
  placeholder: plain(placeholder, 150),
  options: options.slice(0, 100),
});

export const searchForm = form(ids.search, {
  title: 'Find a resource',
  submit: 'Search',
  close: 'Close',
  fields: {
    question: line('What are you looking for?', {
      max: longestQuestion,
      focus: true,
      hint: 'In your own words, for example: infant mental health for dads. Please leave out details about a person.',
      missing: 'Please write a word or two.',
      check: (typed) => (tidyQuestion(typed) === '' ? 'Please write a word or two.' : undefined),
    }),
  },
});

/** @param question what was asked, to be asked otherwise. */
export const searchDialog = (question = ''): View =>
  searchForm.view({ ...(question !== '' && { initial: { question } }), below: [actions([browseButton()])] });

/** App Home: the three saved last, and the way to all. */
export function savedSection(saved: readonly Resource[], total: number): KnownBlock[] {
  if (total === 0) return [];
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*Saved resources*`,
          ...saved.map((resource) => mrkdwn`\u2022 ${titleOf(resource)} \u00b7 ${resource.publisher}`),
        ],
        '\n',
      ),
      button(total > saved.length ? `See all ${total}` : 'See all', `${ids.look}saved`, {
        value: packedPlace.pack({ list: 'saved', of: '', from: 0 }),
        label: total > saved.length ? `See all ${total} saved resources` : 'See all saved resources',
      }),
    ),
  ];
}
/** App Home of curators: what the programme is still to supply. */
export function missingSection(missing: number): KnownBlock[] {
  if (missing === 0) return [];
  return [
    section(
      mrkdwn`*Programme material*\n${count(missing, 'entry has', 'entries have')} no address yet. People read that the programme has not supplied it.`,
      button('See which', `${ids.look}missing`, {
        value: packedPlace.pack({ list: 'type', of: 'programme', from: 0 }),
        label: 'See which programme material is missing',
      }),
    ),
  ];
}
