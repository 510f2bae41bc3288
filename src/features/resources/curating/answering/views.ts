import type { PlainTextOption, View } from '@slack/types';
import { z } from 'zod';
import { option, section, written } from '../../../../slack/blocks.ts';
import { form, line, lookedUp } from '../../../../slack/form.ts';
import { packedJson } from '../../../../slack/packed.ts';
import { mrkdwn } from '../../../../slack/text.ts';
import type { PhraseOutcome } from '../../catalogue/change.ts';
import type { Receipt } from '../../changing/views.ts';
import type { Resource } from '../../content.ts';
import { ids } from '../../ids.ts';
import { type Missed, packedHome, type QueuePlace, queuePlace } from '../queue/place.ts';

export const saidNotOurs = (missed: Missed): Receipt =>
  'word' in missed
    ? {
        text: mrkdwn`*Not ours:* \u2018${missed.word}\u2019 does not come up again.`,
        undo: { what: 'miss', word: missed.word },
      }
    : {
        text: mrkdwn`*Answered:* it left the queue, and whoever asked to be told is told.`,
        undo: { what: 'question', id: missed.question },
      };

/** In code points, as the loader takes it. */
const longestPhrase = 60;

/** Which topic or entry some words lead to. */
const phraseCarried = z.object({
  at: queuePlace,
  question: z.string().optional(),
  word: z.string().optional(),
});

export const phraseForm = form(
  { id: ids.addPhrase, carries: packedJson(phraseCarried) },
  {
    title: 'Where it belongs',
    submit: 'Add the words',
    fields: {
      say: line('What people say when they need it', {
        max: longestPhrase,
        missing: 'Please write the words that people say.',
        hint: 'In their words. One word will do where it says enough, such as \u2018bedwetting\u2019; \u2018child\u2019 or \u2018support\u2019 alone fits nearly everything.',
      }),
      home: lookedUp('Topic or entry', {
        suggestedBy: ids.findHome,
        missing: 'Please choose a topic or an entry.',
        hint: 'Type a word of its name. A need that many entries answer belongs to a topic.',
      }),
    },
  },
);

/** Which topic or entry the words of somebody lead to. */
export function phraseView(missed: Missed, asked: string, at: QueuePlace): View {
  const say = asked.replace(/\s+/g, ' ');
  return phraseForm.view({
    carry: { at, ...missed },
    // What is longer than a phrase is to be read, and put in fewer words.
    initial: { say: Array.from(say).length <= longestPhrase ? say : '' },
    above: [section(mrkdwn`*Looked for and not found:*`), ...written(asked)],
  });
}

export const topicHome = ({ id, label }: { id: string; label: string }): PlainTextOption =>
  option(label, packedHome.pack({ kind: 'topic', id }), 'Topic');

export const entryHome = ({ id, title, publisher }: Resource): PlainTextOption =>
  option(title, packedHome.pack({ kind: 'entry', id }), `Entry \u00b7 ${publisher}`);

/** Why words lead nowhere yet, beside what stands in the form. */
export const phraseProblems = {
  noHome: 'Please choose a topic or an entry from the list.',
  homeGone: 'This is not there any more. Please choose another.',
  notTaken: 'These words cannot be added.',
  notSaved: 'Nothing was saved. Please open the queue again.',
} as const;

export const phraseAdded = (say: string, { to, undo }: PhraseOutcome & { kind: 'added' }): Receipt => ({
  text: mrkdwn`*Added:* \u2018${say}\u2019 finds \u2018${to}\u2019 from now on. Whoever asked to be told is told.`,
  undo: 'topicKey' in undo ? { what: 'phrase', key: undo.topicKey } : { what: 'version', ...undo },
});
