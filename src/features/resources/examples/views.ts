import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import { supportContext } from '../../../safeguarding/signposts.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import { actions, button, context, modal, option, plain, section, written } from '../../../slack/blocks.ts';
import { form, line, oneOf, paragraph, severalOf } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { bold, mrkdwn, sayDay } from '../../../slack/text.ts';
import { factsOf, type Resource } from '../content.ts';
import { wordsField } from '../curating/notes.ts';
import { type QueuePlace, queueItem, queuePlace } from '../curating/queue/place.ts';
import { ids } from '../ids.ts';
import { type ExampleReason, exampleReasons } from './messages.ts';
import type { Example } from './store.ts';

/** In the queue: its title alone, since all of it is to be read before anything is decided. Whose it is nobody is told. */
export function exampleBlocks({ id, title, sentAt }: Example, at: QueuePlace, zone: string): KnownBlock[] {
  const value = queueItem.pack({ ...at, id });
  return [
    section(mrkdwn`*Practice example:* ${title}\nSent ${sayDay(sentAt, zone)}, without a name`),
    actions([
      button('Read it', ids.judgeExample, { value, label: `Read it: ${title}` }),
      button('Decline', ids.declineExample, { value, label: `Decline ${title}` }),
    ]),
  ];
}

export const exampleForm = form(
  { id: ids.exampleForm, carries: packedJson(z.object({ at: queuePlace, id: z.string() })) },
  {
    title: 'Practice example',
    submit: 'Publish',
    fields: {
      title: line('Title', { max: 150, missing: 'Please give it a title.' }),
      summary: paragraph('One sentence about it', {
        max: 300,
        missing: 'Please write a sentence about it.',
        check: (text) =>
          Array.from(text).length < 20 ? 'Please write a whole sentence: at least 20 characters.' : undefined,
      }),
      topics: severalOf<string>('About', {
        menu: true,
        empty: 'Topics',
        missing: 'Please choose at least one topic.',
      }),
      ages: severalOf<string>('Age groups', {
        menu: true,
        missing: 'Please choose at least one age group, or the one for all.',
      }),
      readers: severalOf<string>('Readers', {
        menu: true,
        missing: 'Please choose at least one kind of reader.',
      }),
    },
  },
);

/** All of it to read, and what the catalogue needs to know. */
export function judgeView(
  { id, title, text }: Example,
  at: QueuePlace,
  { topics, age_groups, audiences }: Pick<Vocabulary, 'topics' | 'age_groups' | 'audiences'>,
): View {
  const optionsOf = (all: readonly { id: string; label: string }[]) =>
    all.map((one) => option(one.label, one.id));
  return exampleForm.view({
    carry: { at, id },
    initial: { title },
    options: { topics: optionsOf(topics), ages: optionsOf(age_groups), readers: optionsOf(audiences) },
    above: [
      section(
        mrkdwn`*Could anybody be recognised in it?* If you are in doubt, decline it: its author can change it.`,
      ),
      ...written(text),
      actions([
        button('Decline it', ids.declineExample, {
          value: queueItem.pack({ ...at, id }),
          label: `Decline ${title}`,
        }),
      ]),
      context(
        mrkdwn`It is published without a name, for this community alone: the website does not have it. You can take that back.`,
      ),
    ],
  });
}

export const declineExampleForm = form(
  {
    id: ids.declineExampleForm,
    carries: packedJson(z.object({ at: queuePlace, id: z.string(), doubt: doubt.default('none') })),
  },
  {
    title: 'Decline',
    submit: 'Decline',
    fields: {
      reason: oneOf<ExampleReason>('Why?', {
        of: (Object.keys(exampleReasons) as ExampleReason[]).map((reason) =>
          option(exampleReasons[reason], reason),
        ),
        radio: true,
        missing: 'Please choose a reason. Its author is told.',
      }),
      words: wordsField,
    },
  },
);

export const declineExampleView = ({ id, title }: Example, at: QueuePlace, seen: Doubtful = {}): View =>
  declineExampleForm.view({
    carry: { at, id, doubt: doubtOf(seen) },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('send') }),
    above: [
      { type: 'section', text: plain(title) },
      context(
        mrkdwn`Its author is told the reason and has the words again in their journal. You are not named.`,
      ),
      ...doubtBlocks(seen, ids.keepExampleWords),
    ],
  });

/** Beside what curators write of it. */
export const nobodyRecognised = (findings: readonly Finding[]): string =>
  `This seems to hold ${describeFindings(findings)}. Please leave that out: nobody may be recognised in it.`;

export const notAsItIs = 'This cannot be published as it is.';

export const published = mrkdwn`*Published*, without a name. Its author is told.`;
export const declined = mrkdwn`*Declined.* Its author is told why.`;

/** What somebody finds: the words stand in a window. */
export const readExampleView = (entry: Resource, vocabulary: Pick<Vocabulary, 'age_groups'>): View =>
  modal({
    callbackId: 'answer',
    title: 'Practice example',
    blocks: [
      section(mrkdwn`${bold(entry.title)}\n_${factsOf(entry, vocabulary).join(' \u00b7 ')}_`),
      context(
        mrkdwn`From a colleague\u2019s practice, made into fiction by its author: names, places, ages and events are changed.`,
      ),
      ...written(entry.text ?? ''),
      supportContext('at-any-time'),
    ],
  });
