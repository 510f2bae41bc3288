import { z } from 'zod';
import { type AllOurWords, type OurWords, type WordKind, wordKinds } from '../content/our-words.ts';
import { packed } from '../slack/packed.ts';
import type { Content } from './content.ts';
import { coreModule } from './training/content.ts';

/** What a term is about that may be hard to read, by its topics. */
const hard: Readonly<Record<string, string>> = {
  'self-harm-suicide': 'self-harm or suicide',
  'domestic-abuse': 'domestic abuse',
  'child-abuse-neglect': 'abuse or neglect',
  'child-sexual-abuse': 'sexual abuse',
  'adult-survivors': 'abuse in childhood',
  'exploitation-serious-violence': 'exploitation or violence',
  bereavement: 'death and loss',
  'birth-trauma': 'a frightening birth',
  'race-racism': 'racism',
};

function noteOf(topics: readonly string[]): string | undefined {
  const [about] = topics.flatMap((topic) => hard[topic] ?? []);
  return about && `Mentions ${about}.`;
}

const packedWords = packed(':', {
  kind: z.enum(Object.keys(wordKinds) as WordKind[]),
  id: z.string(),
});

/** @param present what curators change, as it is now. */
export function createOurWords(
  {
    glossary,
    prompts,
    training,
    templates,
  }: Pick<Content, 'glossary' | 'prompts' | 'training' | 'templates'>,
  present: () => Pick<Content, 'catalogue'>,
): AllOurWords {
  const words = (
    kind: WordKind,
    id: string,
    label: string,
    text: readonly (string | undefined)[],
    contentNote?: string,
  ): OurWords => ({
    id: packedWords.pack({ kind, id }),
    kind,
    label,
    text: text.filter((line) => line !== undefined),
    contentNote,
  });
  const fromFiles: Record<Exclude<WordKind, 'resource'>, OurWords[]> = {
    term: glossary.terms.map(({ id, term, definition, language_note, topics }) =>
      words('term', id, term, [definition, language_note], noteOf(topics)),
    ),
    prompt: prompts.prompts.map(({ id, title, text, questions, content_note }) =>
      words('prompt', id, title, [text, ...questions], content_note),
    ),
    part: coreModule(training).parts.map(({ id, label, outcomes, suggested_question, content_note }) =>
      words('part', id, label, [...outcomes, suggested_question], content_note),
    ),
    template: templates.templates.map(({ id, label, intro, questions }) =>
      words('template', id, label, [intro, ...questions.map(({ text }) => text)]),
    ),
  };
  const resources = () =>
    present().catalogue.shown.map(({ id, title, summary }) => words('resource', id, title, [summary]));
  const list = (kind: WordKind) => (kind === 'resource' ? resources() : fromFiles[kind]);
  return {
    list,
    find(id) {
      const kind = packedWords.open(id)?.kind;
      return kind && list(kind).find((one) => one.id === id);
    },
  };
}
