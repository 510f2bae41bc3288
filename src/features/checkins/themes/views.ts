import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import { asModal } from '../../../slack/answer.ts';
import {
  actions,
  button,
  context,
  divider,
  modal,
  option,
  overflow,
  section,
  written,
} from '../../../slack/blocks.ts';
import { type Form, form, line, oneOf, paragraph, severalOf, type WindowKind } from '../../../slack/form.ts';
import { packed, packedJson } from '../../../slack/packed.ts';
import { pageOf, turnTo } from '../../../slack/paging.ts';
import { clip, count, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { said } from '../views.ts';
import type { Theme } from './store.ts';
import { type ForThemes, longestTheme, mostThemes } from './tag.ts';

/** What is done to which theme, from the round whose words are being sorted. */
export const packedTheme = packed('|', {
  round: z.string(),
  does: z.enum(['rename', 'merge', 'remove']),
  id: z.string(),
});
export const packedTags = packed('|', { round: z.string(), page: z.coerce.number().int().min(0).max(9999) });

const inRound = packedJson(z.object({ round: z.string() }));
const ofTheme = packedJson(z.object({ round: z.string(), id: z.string() }));

export const addForm = form(
  { id: ids.themeAddView, carries: inRound },
  {
    title: 'New themes',
    submit: 'Add',
    fields: {
      labels: paragraph('Themes, one on each line', {
        max: 2000,
        missing: 'Please write at least one.',
        hint: `Short, in your words: “Time to meet”. ${longestTheme} characters each, ${mostThemes} themes at most.`,
      }),
    },
  },
);

export const renameForm = form(
  { id: ids.themeRenameView, carries: ofTheme },
  {
    title: 'Rename a theme',
    submit: 'Rename',
    fields: { label: line('What it is called', { max: longestTheme, missing: 'Please give it a name.' }) },
  },
);

export const mergeForm = form(
  { id: ids.themeMergeView, carries: ofTheme },
  {
    title: 'Put together',
    submit: 'Put together',
    fields: { into: oneOf('With which theme?', { missing: 'Please choose one.' }) },
  },
);

/** The themes of a group. @param note of what was just done. */
export function themesView(found: ForThemes, note?: string): View {
  const { kept, results, words, comments, isReported } = found;
  const round = results.round.id;
  const left = words.filter(({ themes }) => themes.length === 0).length;
  const canTag = words.length > 0 && kept.themes.length > 0 && !isReported;
  return modal({
    callbackId: ids.themesView,
    title: 'Themes',
    close: 'Done',
    blocks: [
      ...(note === undefined ? [] : [section(mrkdwn`*${note}*`)]),
      section(
        mrkdwn`*What people’s words are about*\nName themes, and say of each comment what it is about. The report says how many comments there were, from five up, and no words.`,
      ),
      actions(
        [
          button('Add themes', ids.themeAdd, { value: round }),
          ...(canTag
            ? [
                button(left === words.length ? 'Sort the words' : 'Go on sorting', `${ids.themeTag}go`, {
                  value: packedTags.pack({ round, page: pageToGoOn(found) }),
                  style: 'primary',
                }),
              ]
            : []),
          ...(kept.last
            ? [button('Undo', ids.themeUndo, { value: round, label: `Undo: ${kept.last.did}` })]
            : []),
        ],
        'themes',
      ),
      ...(kept.last ? [context(mrkdwn`${kept.last.did}. *Undo* takes that back.`)] : []),
      divider(),
      ...(kept.themes.length === 0
        ? [section(mrkdwn`There are no themes yet. You can begin with a few, and add others as you read.`)]
        : kept.themes
            .toSorted((one, other) => one.label.localeCompare(other.label))
            .map((one) => themeBlock(found, one, comments.get(one.id) ?? 0))),
      context(
        mrkdwn`${results.round.definition.label}: ${wordsLeft(found, left)} Words of people who want them used for nothing are not here. Themes are the group’s: they stand at all its check-ins.`,
      ),
      ...(isReported
        ? [context(mrkdwn`The report with this check-in is closed, so its words are not sorted anew.`)]
        : []),
    ],
  });
}

function wordsLeft({ words }: ForThemes, left: number): string {
  if (words.length === 0) return 'no words here can be sorted.';
  return left === 0
    ? 'all words here are sorted.'
    : `${count(left, 'comment is', 'comments are')} not sorted yet.`;
}

const themeBlock = ({ results, kept }: ForThemes, { id, label }: Theme, comments: number): KnownBlock => {
  const value = (does: 'rename' | 'merge' | 'remove') =>
    packedTheme.pack({ round: results.round.id, does, id });
  const many =
    comments === 0
      ? 'nothing yet'
      : comments < fewestPeople
        ? `${fewerThan(fewestPeople)} comments`
        : `${comments} comments`;
  return section(
    mrkdwn`*${label}* · ${many}`,
    overflow(`${ids.themeDo}${id}`, [
      option('Rename', value('rename')),
      ...(kept.themes.length > 1 ? [option('Put together with another', value('merge'))] : []),
      option('Remove', value('remove')),
    ]),
  );
};

export const addView = (round: string): View => addForm.view({ carry: { round } });
export const renameView = (round: string, { id, label }: Theme): View =>
  renameForm.view({ carry: { round, id }, initial: { label } });
export const mergeView = (round: string, theme: Theme, all: readonly Theme[]): View =>
  mergeForm.view({
    carry: { round, id: theme.id },
    above: [section(mrkdwn`*${theme.label}* goes, and its comments count with another theme.`)],
    options: {
      into: all.filter(({ id }) => id !== theme.id).map(({ id, label }) => option(label, id)),
    },
  });

/** So many comments on a screen. */
const wordsAPage = 5;
const places = ['w0', 'w1', 'w2', 'w3', 'w4'] as const;
type Place = (typeof places)[number];

/** The first screen with something that is not sorted yet. */
const pageToGoOn = ({ words }: ForThemes): number =>
  Math.floor(
    Math.max(
      0,
      words.findIndex(({ themes }) => themes.length === 0),
    ) / wordsAPage,
  );

/** The screen that comes next; undefined after the last one. */
export function pageAfter({ words }: ForThemes, page: number): number | undefined {
  const next = turnTo(page + 1, words.length, wordsAPage);
  return next.page > page ? next.page : undefined;
}

/** After the last screen. */
export const tagsSaved = 'Saved.';

const tagsPlace = z.object({ round: z.string(), page: z.number(), marks: z.array(z.string()) });
export type TagsPlace = z.output<typeof tagsPlace>;
export const tagWindow: WindowKind<TagsPlace> = { id: ids.themeTagView, carries: packedJson(tagsPlace) };

const about = severalOf('About', { menu: true, empty: 'Choose themes' });
type TagFields = Record<Place, typeof about>;

/** One screen of words. @param page Slack keeps what was chosen where ids stay. */
const tagForm = (page: number, isLast: boolean): Form<TagFields, TagsPlace> =>
  form(tagWindow, {
    title: 'Sort the words',
    submit: isLast ? 'Save' : 'Save and next',
    close: 'Done',
    key: `p${page}`,
    fields: { w0: about, w1: about, w2: about, w3: about, w4: about },
  });

/** What stands in a screen, by the words' marks. */
export function readTags(
  { page, marks }: TagsPlace,
  read: (form: Form<TagFields, TagsPlace>) => { partly: Partial<Record<Place, string[]>> },
): Map<string, string[]> {
  const { partly } = read(tagForm(page, false));
  return new Map(
    marks.flatMap((mark, nth) => {
      const place = places[nth];
      return place ? [[mark, partly[place] ?? []] as const] : [];
    }),
  );
}

/** A screen of words, each with a menu of the themes. */
export function tagView(found: ForThemes, wanted: number): View {
  const { words, kept, results } = found;
  const round = results.round.id;
  const { shown, page, pages } = pageOf(words, wanted, wordsAPage);
  const options = kept.themes
    .toSorted((one, other) => one.label.localeCompare(other.label))
    .map(({ id, label }) => option(label, id));
  const each = <T>(of: (word: (typeof shown)[number], nth: number) => T) =>
    Object.fromEntries(shown.map((word, nth) => [places[nth] ?? 'w0', of(word, nth)]));
  return tagForm(page, page >= pages - 1).view({
    carry: { round, page, marks: shown.map(({ mark }) => mark) },
    above: [
      context(
        mrkdwn`Screen ${page + 1} of ${pages}. Each comment can be about several themes, or none. It is saved with each screen.`,
      ),
    ],
    before: each(({ question, text, comments }, nth) => [
      ...(nth === 0 || shown[nth - 1]?.question !== question ? [section(mrkdwn`*${question}*`)] : []),
      ...written(clip(text, longestShown)),
      ...(comments > 1 ? [context(mrkdwn`Written ${comments} times.`)] : []),
    ]),
    initial: each(({ themes }) => themes),
    options: each(() => options),
    without: places.slice(shown.length),
    below: [
      actions(
        [
          ...(page > 0
            ? [button('Back', `${ids.themeTag}back`, { value: packedTags.pack({ round, page: page - 1 }) })]
            : []),
          button('All themes', ids.themesAll, { value: round }),
        ],
        'steps',
      ),
    ],
  });
}

/** Beginning enough to know what it is about, on a phone. */
const longestShown = 1500;

export const notTheirs = asModal(said('Only those who run this group can do that.', { title: 'Themes' }));
export const changedMeanwhile =
  'Somebody changed the themes meanwhile, so nothing was changed. This is how they stand now.';
