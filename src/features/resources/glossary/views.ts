import type { PlainTextOption } from '@slack/types';
import type { Glossary, GlossaryTerm } from '../../../content/glossary.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, plain, section } from '../../../slack/blocks.ts';
import { clip, escapeEntities, joinMrkdwn, link, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { askFor, lookButton } from '../finding/views.ts';
import { flagButton } from '../flagging/views.ts';
import { ids } from '../ids.ts';
import type { Definition } from './define.ts';

/** @param reviewed that young people have looked at it. */
export function definitionAnswer(definition: Definition, glossary: Glossary, reviewed?: Mrkdwn): Answer {
  const title = 'Words we use';
  switch (definition.kind) {
    case 'term':
      return {
        text: escapeEntities(definition.term.term),
        title,
        blocks: termBlocks(definition.term, reviewed),
      };
    case 'short-form': {
      const { form, means, terms } = definition;
      return {
        text: escapeEntities(form),
        title,
        blocks: [
          means.length > 1
            ? section(mrkdwn`*${form}* can mean: ${list(means)}.`)
            : section(mrkdwn`*${form}* is short for: ${means[0] ?? ''}.`),
          ...terms.map((term) =>
            section(
              mrkdwn`*${term.term}*\n${term.definition}`,
              button('More', `${ids.term}.${term.id}`, { value: term.id, label: `More about ${term.term}` }),
            ),
          ),
          actions(
            means
              .slice(0, 5)
              .map((meaning, index) => lookButton(`Find: ${clip(meaning, 60)}`, askFor(meaning), index)),
          ),
        ],
      };
    }
    case 'near':
      return {
        text: 'Did you mean one of these?',
        title,
        blocks: [
          section(mrkdwn`\u2018${definition.asked}\u2019 is not in the glossary. Did you mean one of these?`),
          actions(
            definition.names.map(({ name, ask }, index) =>
              button(name, `${ids.term}.${index}`, { value: ask, label: `${name}: what does it mean?` }),
            ),
          ),
          section(mrkdwn`Or choose a word, or search the catalogue for it.`, termPicker(glossary)),
          actions([lookButton('Search the catalogue', askFor(definition.asked), 0)]),
        ],
      };
    case 'unknown':
      return {
        text: 'Not in the glossary',
        title,
        blocks: [
          section(mrkdwn`\u2018${definition.asked}\u2019 is not in the glossary.`),
          section(mrkdwn`Choose a word, or search the catalogue for it.`, termPicker(glossary)),
          actions([lookButton('Search the catalogue', askFor(definition.asked), 0)]),
        ],
      };
    case 'no-word':
      return {
        text: 'Which word?',
        title,
        blocks: [
          section(
            mrkdwn`*Which word?*\nType it after the command, for example \`/chatr define adultification\`, or choose one.`,
            termPicker(glossary),
          ),
        ],
      };
  }
}

function termBlocks(term: GlossaryTerm, reviewed: Mrkdwn | undefined): Answer['blocks'] {
  const { also_known_as, definition, language_note, source, source_fit } = term;
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${term.term}*`,
          also_known_as.length > 0 && mrkdwn`_Also: ${also_known_as.join(', ')}_`,
          mrkdwn`${definition}`,
        ],
        '\n',
      ),
    ),
    ...(language_note === undefined ? [] : [section(mrkdwn`*About the words*\n${language_note}`)]),
    context(
      mrkdwn`${link(source, 'Read further')} ${
        source_fit === 'direct' ? '(about this)' : '(on the wider subject; the definition is our own wording)'
      } \u00b7 Whoever it is about has the last word on how they are described.`,
    ),
    ...(reviewed ? [context(reviewed)] : []),
    actions([
      lookButton('Find resources', askFor(term.term), 0, `Find resources about ${term.term}`),
      flagButton(`term:${term.id}`, term.term),
    ]),
  ];
}

/** A to Z in groups, since a list may hold a hundred words and the glossary grows. */
function termPicker({ terms }: Glossary) {
  const byLetter = new Map<string, PlainTextOption[]>();
  for (const { id, term } of terms.toSorted((a, b) => a.term.localeCompare(b.term, 'en-GB'))) {
    const letter = term.slice(0, 1).toUpperCase();
    const options = byLetter.get(letter) ?? [];
    if (options.length < 100) options.push({ text: plain(term, 75), value: id });
    byLetter.set(letter, options);
  }
  return {
    type: 'static_select' as const,
    action_id: ids.term,
    placeholder: plain('Choose a word', 150),
    option_groups: [...byLetter]
      .slice(0, 100)
      .map(([letter, options]) => ({ label: plain(letter, 75), options })),
  };
}
