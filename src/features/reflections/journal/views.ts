import type { ActionsBlockElement, KnownBlock, View } from '@slack/types';
import { hours, later } from '../../../lib/clock.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  option,
  plain,
  preformatted,
  rows,
  section,
} from '../../../slack/blocks.ts';
import { form, line, oneOf } from '../../../slack/form.ts';
import { pageOf, turnButtons } from '../../../slack/paging.ts';
import {
  bold,
  clip,
  count,
  list,
  type Mrkdwn,
  mrkdwn,
  piecesOf,
  sayLength,
  sayTime,
} from '../../../slack/text.ts';
import { linkBack, sayAbout } from '../about.ts';
import { beginningOf, titleOf } from '../body.ts';
import { frameworkOf } from '../content.ts';
import { sayMoment } from '../dates.ts';
import { undoHours } from '../deps.ts';
import type { Drawing } from '../drawing.ts';
import { ids } from '../ids.ts';
import { packedPlace, partBlocks } from '../parts.ts';
import { takeBackButton } from '../sharing/example.ts';
import { isExample } from '../sharing/example-draft.ts';
import type { Draft, Reflection, Version } from '../store.ts';
import { declinedText, noticeView, toJournal, windowOffer } from '../views.ts';
import { packedWanted, periodNames, periods, type Wanted } from './find.ts';
import type { JournalPage } from './journal.ts';
import { toMarkdown, unreadableLine } from './markdown.ts';
import type { Patterns } from './patterns.ts';

export const journalHelp = {
  does: 'Shows your own reflections, to read, change or delete.',
  example: 'journal',
  group: 'write',
} as const;

export const journalOffer = windowOffer('My journal', ids.journal);

/** The ways to the page before and the one after it, each with an id of its own. */
const ways = (family: string, page: number, back: string, more: string) => ({
  back: { text: back, id: `${family}page-${page - 1}` },
  more: { text: more, id: `${family}page-${page + 1}` },
});

/** The journal in a window: nothing of it ever becomes a message. */
export function journalView(drawing: Drawing, journal: JournalPage): View {
  const { page, pages, total, entries, found, sharedIds, hasSharedWithMe } = journal;
  const { waiting = [], drafts, draftsInAll = 0 } = journal;
  const isEmpty = total === 0 && drafts.length === 0 && waiting.length === 0;
  const draftsElsewhere = draftsInAll - drafts.length - journal.discarded.length;
  const paging = turnButtons(journal, ways(ids.journalPage, page, 'Newer', 'Older'));
  return modal({
    callbackId: ids.journalScreen,
    title: 'My journal',
    ...(found && { metadata: packedWanted.pack(found.wanted) }),
    blocks: [
      context(
        mrkdwn`Only you see this${sharedIds?.size ? ', but for what says that it is shared' : ''}. ${total > 0 ? `${count(total, 'reflection', 'reflections')}${pages > 1 ? `, page ${page + 1} of ${pages}` : ''}.` : ''}`,
      ),
      ...(found ? foundBlocks(drawing, found) : []),
      ...(isEmpty
        ? [
            section(
              drawing.hasDeclined
                ? declinedText
                : mrkdwn`Nothing here yet. What you write with “Write a reflection” is kept here for you alone: to read again, to change, to copy into your portfolio, or to delete. A first one takes about two minutes.`,
            ),
          ]
        : []),
      ...waiting.map((one) => waitingBlock(drawing, one)),
      ...drafts.flatMap((draft) => draftBlocks(drawing, draft)),
      ...(draftsElsewhere > 0
        ? [
            section(
              mrkdwn`*${count(draftsElsewhere, 'more draft', 'more drafts')}*`,
              button('All drafts', ids.drafts, { value: '0', label: `All ${draftsInAll} drafts` }),
            ),
          ]
        : []),
      ...(drafts.length + waiting.length > 0 ? [divider()] : []),
      ...entries.flatMap((entry) => entryBlocks(drawing, entry, sharedIds?.has(entry.id))),
      ...(paging.length > 0 ? [actions(paging)] : []),
      ...rows(
        [
          ...(drawing.hasDeclined ? [] : [button('Write a reflection', ids.write, { style: 'primary' })]),
          ...(hasSharedWithMe
            ? [button('Shared with me', ids.sharedWithMe, { label: 'Shared with me by colleagues' })]
            : []),
          ...(total > 0
            ? [
                button('Find in it', ids.find, { label: 'Find in it: by words, tag or time' }),
                button('Patterns', ids.patterns, { label: 'Patterns: how often, about what, how long' }),
                button('Copy all as text', ids.copy, {
                  value: packedPlace.pack({ what: 'all', number: 0 }),
                }),
                ...(drawing.journalButtons ?? []).map((one) => button(one.text, one.actionId)),
              ]
            : []),
        ],
        'journal.ways',
      ),
      ...goneBlocks(drawing, journal),
    ],
  });
}

/** What was looked for, as it was understood, and the way back to all. */
function foundBlocks(
  { frameworks }: Drawing,
  { wanted, many }: NonNullable<JournalPage['found']>,
): KnownBlock[] {
  const { words, tag, framework, period } = wanted;
  const said = [
    ...(words ? [`“${words}”`] : []),
    ...(tag ? [`tag ${tag}`] : []),
    ...(framework ? [frameworkOf(frameworks, framework).label] : []),
    ...(period ? [periods[period]] : []),
  ].join(' · ');
  return [
    section(
      mrkdwn`${bold(said)}\n${many === 0 ? 'Nothing in your journal fits all of this. Leave out a part of it, or look at all.' : count(many, 'reflection fits', 'reflections fit')}`,
      button('Show all', ids.journal, { label: 'Show all of my journal' }),
    ),
  ];
}

function entryBlocks({ frameworks, zone }: Drawing, entry: Reflection, isShared = false): KnownBlock[] {
  const title = entry.body ? titleOf(entry.body) : frameworkOf(frameworks, entry.framework).label;
  const about = [isShared ? 'Shared' : undefined, sayAbout(entry.body?.about ?? {})]
    .filter((one) => one !== undefined)
    .join(' · ');
  const when = sayMoment(entry.writtenAt, zone);
  return [
    section(
      mrkdwn`*${when}*\n${title}`,
      button('Open', ids.open, { value: entry.id, label: `Open the reflection of ${when}` }),
    ),
    quiet(entry.body ? clip(beginningOf(entry.body), 120) : unreadableLine),
    ...(about ? [quiet(about)] : []),
  ];
}

/** What people wrote, as plain text: nothing in it is read as markup. */
const quiet = (text: string): KnownBlock => ({ type: 'context', elements: [plain(text, 150)] });

const firstWords = ({ body }: Draft): string =>
  body
    ? clip([body.about?.title, beginningOf(body)].filter(Boolean).join(': ') || 'Nothing written', 120)
    : unreadableLine;

/** One that can still be taken back, or of which its author hears soon. */
const waitingBlock = (
  { zone }: Drawing,
  { id, title, sentAt, isDecided }: NonNullable<JournalPage['waiting']>[number],
): KnownBlock =>
  isDecided
    ? section(
        mrkdwn`*Practice example*, sent ${sayTime(sentAt, zone)}\n${title}\nDecided. You hear of it within some days.`,
      )
    : section(
        mrkdwn`*Practice example, with the curators*, sent ${sayTime(sentAt, zone)}\n${title}`,
        takeBackButton(id, title),
      );

/** Every draft, and what was discarded of them as long as it can be brought back. */
export function draftsView(drawing: Drawing, all: readonly Draft[], wanted = 0): View {
  const { shown, ...turn } = pageOf(all, wanted, draftsAtOnce);
  const paging = turnButtons(turn, ways(ids.draftsPage, turn.page, 'Newer', 'Older'));
  return modal({
    callbackId: ids.journalScreen,
    title: 'Drafts',
    blocks: [
      context(mrkdwn`Only you see this. ${count(all.length, 'draft', 'drafts')}.`),
      ...shown.flatMap((draft) =>
        draft.deletedAt ? discardedBlocks(drawing, draft) : draftBlocks(drawing, draft),
      ),
      actions([...paging, toJournal], 'drafts.ways'),
    ],
  });
}
const draftsAtOnce = 5;

function draftBlocks({ zone }: Drawing, draft: Draft): KnownBlock[] {
  const what = isExample(draft)
    ? 'Practice example, not sent yet'
    : draft.changes
      ? 'Changes not saved yet'
      : 'Not saved yet';
  return [
    section(mrkdwn`*${what}*, from ${sayTime(draft.updatedAt, zone)}`),
    quiet(firstWords(draft)),
    actions([
      ...(draft.body
        ? [
            button('Carry on with it', ids.carryOn, {
              value: draft.id,
              label: `Carry on with it: what you began, from ${sayTime(draft.updatedAt, zone)}`,
            }),
          ]
        : []),
      button('Discard', ids.discard, {
        value: draft.id,
        label: `Discard what you began, from ${sayTime(draft.updatedAt, zone)}`,
        confirm: confirmLoss(
          'Discard this draft?',
          `You can bring it back from your journal for ${undoHours} hours. Then it is gone for good.`,
          'Discard draft',
          'Keep it',
        ),
      }),
    ]),
  ];
}

/** Deleted and discarded, as long as they can be brought back. */
function goneBlocks(drawing: Drawing, { deleted, discarded }: JournalPage): KnownBlock[] {
  if (deleted.length + discarded.length === 0) return [];
  const { zone } = drawing;
  return [
    divider(),
    ...deleted.flatMap(({ id, body, writtenAt, deletedAt }) =>
      goneLine(
        drawing,
        `Deleted: the reflection of ${sayMoment(writtenAt, zone)}`,
        body?.about?.title,
        deletedAt ?? writtenAt,
        button('Bring it back', ids.restore, {
          value: id,
          label: `Bring it back: the reflection of ${sayMoment(writtenAt, zone)}`,
        }),
      ),
    ),
    ...discarded.flatMap((draft) => discardedBlocks(drawing, draft)),
  ];
}

/** Of drafts by the first words, since several may be of one minute; what somebody deleted is not read here again. */
const goneLine = (
  { zone }: Drawing,
  what: string,
  words: string | undefined,
  at: Date,
  back: ActionsBlockElement,
): KnownBlock[] => [
  ...(words ? [quiet(clip(words, 120))] : []),
  section(mrkdwn`${what}. It goes for good after ${sayTime(later(at, hours(undoHours)), zone)}.`),
  actions([back]),
];

const discardedBlocks = (drawing: Drawing, draft: Draft): KnownBlock[] => {
  const { id, updatedAt, deletedAt } = draft;
  const when = sayTime(updatedAt, drawing.zone);
  return goneLine(
    drawing,
    `Discarded: the draft of ${when}`,
    firstWords(draft),
    deletedAt ?? updatedAt,
    button('Bring it back', ids.restoreDraft, {
      value: id,
      label: `Bring it back: the draft of ${when}`,
    }),
  );
};

/** What there is beside an entry. @property shared with whom it is, in words. @property note what was just done. */
type Beside = {
  hasEarlier?: boolean;
  shared?: Mrkdwn | undefined;
  wasShared?: boolean;
  note?: Mrkdwn | undefined;
};

/** @param from index of the first part shown. */
export function entryView(
  drawing: Drawing,
  reflection: Reflection,
  from = 0,
  { hasEarlier = false, shared, wasShared = false, note }: Beside = {},
): View {
  const { frameworks, zone } = drawing;
  const { id, body, writtenAt, updatedAt } = reflection;
  const title = body ? titleOf(body) : frameworkOf(frameworks, reflection.framework).label;
  const isChanged = updatedAt.getTime() !== writtenAt.getTime();
  const about = sayAbout(body?.about ?? {});
  const more = (number: number) =>
    button('More', ids.openMore, { value: packedPlace.pack({ what: id, number }) });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Your reflection',
    blocks: [
      ...(note ? [section(note)] : []),
      section(mrkdwn`${bold(title)}\n${sayMoment(writtenAt, zone)}`),
      context(
        mrkdwn`${shared ?? mrkdwn`Only you see this.`}${isChanged ? ` Changed ${sayMoment(updatedAt, zone)}.` : ''}`,
      ),
      ...(about ? [context(mrkdwn`${about}`)] : []),
      ...(body?.about?.link ? [context(linkBack(body.about.link))] : []),
      ...(body
        ? partBlocks(body, from, more)
        : [
            section(
              mrkdwn`${unreadableLine} It stays as it is, and opens again with the key it was written with. Please tell a facilitator, who can pass this on.`,
            ),
          ]),
      ...rows(
        [
          ...(body
            ? [
                button('Edit', ids.edit, { value: id }),
                button('Title, date, tags', ids.aboutSaved, { value: id }),
                shared || wasShared
                  ? button('Sharing', ids.sharing, {
                      value: id,
                      label: 'Sharing: with whom, and who opened it',
                    })
                  : button('Share', ids.share, {
                      value: id,
                      label: 'Share it, once you have seen a preview',
                    }),
                ...(hasEarlier ? [button('Earlier version', ids.earlier, { value: id })] : []),
                button('Copy as text', ids.copy, { value: packedPlace.pack({ what: id, number: 0 }) }),
              ]
            : []),
          button('Delete', ids.remove, {
            value: id,
            style: 'danger',
            confirm: confirmLoss(
              'Delete this reflection?',
              `You can bring it back from your journal for ${undoHours} hours. Then it is gone for good.${shared ? ' It is shared no longer from now on.' : ''}`,
              'Delete reflection',
              'Keep it',
            ),
          }),
          toJournal,
        ],
        'entry.ways',
      ),
    ],
  });
}

/** How it was before its last change, to read, to put back or to clear. */
export function earlierView(drawing: Drawing, { id }: Reflection, version: Version, from = 0): View {
  const { body, writtenAt } = version;
  const more = (number: number) =>
    button('More', ids.earlierMore, { value: packedPlace.pack({ what: id, number }) });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Earlier version',
    blocks: [
      section(mrkdwn`*As it was from ${sayMoment(writtenAt, drawing.zone)}, before the last change.*`),
      context(mrkdwn`Only you see this. It is kept until you clear it, or delete the reflection.`),
      ...(body ? partBlocks(body, from, more) : [section(mrkdwn`${unreadableLine}`)]),
      ...rows(
        [
          button('Back to the reflection', ids.open, { value: id }),
          ...(body ? [button('Put it back', ids.putBack, { value: id })] : []),
          button('Clear it', ids.clearEarlier, {
            value: id,
            style: 'danger',
            confirm: confirmLoss(
              'Clear the earlier version?',
              'It is gone for good. The reflection stays as it is now.',
              'Clear it',
              'Keep it',
            ),
          }),
        ],
        'earlier.ways',
      ),
    ],
  });
}

export const putBackNote = mrkdwn`*Put back.* What stood here is the earlier version now.`;
export const clearedNote = mrkdwn`*Cleared.* The earlier version is gone for good.`;

export const findForm = form(ids.findForm, {
  title: 'Find in my journal',
  submit: 'Find these',
  fields: {
    words: line('Words in it', {
      max: 100,
      inTheirWords: true,
      hint: 'In what you wrote, in titles and in tags.',
    }),
    tag: oneOf('Tag'),
    framework: oneOf('Way to reflect'),
    period: oneOf('When', { of: periodNames.map((name) => option(periods[name], name)) }),
  },
});

/** @param tags and ways that there are in the journal. */
export const findView = (
  { frameworks }: Drawing,
  wanted: Wanted,
  { tags, ways }: { tags: readonly string[]; ways: readonly string[] },
): View =>
  findForm.view({
    initial: wanted,
    options: {
      tag: tags.map((tag) => option(tag, tag)),
      framework: frameworks.frameworks
        .filter(({ id }) => ways.includes(id))
        .map(({ id, label }) => option(label, id)),
    },
    without: [
      ...(tags.length === 0 ? (['tag'] as const) : []),
      ...(ways.length === 0 ? (['framework'] as const) : []),
    ],
    above: [
      context(
        mrkdwn`Only you see this. The words are looked for in your own text, now, and are kept nowhere.`,
      ),
    ],
  });

/** In sentences, about themselves, for themselves: no counting of days, nothing to keep up with. */
export function patternsView({ frameworks }: Drawing, found: Patterns): View {
  const { total, lately, inYear, months, tags, minutes, timed, discussed } = found;
  const named = (all: readonly { name: string; many: number }[]) =>
    list(all.map(({ name, many }) => `${name} (${many})`));
  const often = sayHowOften({ total, inYear, lately });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Patterns',
    blocks: [
      context(mrkdwn`Only you see this. It is worked out when you look, and kept nowhere.`),
      ...(total === 0
        ? [section(mrkdwn`Nothing here yet: it needs a reflection or two.`)]
        : [
            section(
              mrkdwn`*How often*\n${often}${months.length > 1 ? ` By month: ${named(months.map(({ month, many }) => ({ name: sayMonth(month), many })))}.` : ''}`,
            ),
            section(
              mrkdwn`*About what*\n${tags.length > 0 ? `Your tags, most used first: ${named(tags.map(({ tag, many }) => ({ name: tag, many })))}.` : 'None of them has a tag yet. “Title, date, tags” in a reflection adds some.'}`,
            ),
            section(
              mrkdwn`*In which way*\n${named(found.frameworks.map(({ framework, many }) => ({ name: frameworkOf(frameworks, framework).label, many })))}.`,
            ),
            section(
              mrkdwn`*How long*\n${timed > 0 ? `${sayLength(minutes)} in the last twelve months, from ${count(timed, 'reflection that says', 'reflections that say')} how long.` : 'None of the last twelve months says how long it took.'}${discussed > 0 ? ` Talked over with a peer: ${discussed} of them.` : ''}`,
            ),
          ]),
      actions([toJournal]),
    ],
  });
}

/** "You have written 9 reflections, all of them in the last three months." */
function sayHowOften({ total, inYear, lately }: Pick<Patterns, 'total' | 'inYear' | 'lately'>): string {
  const all = `You have written ${count(total, 'reflection', 'reflections')}`;
  if (total === 1)
    return `${all}${lately === 1 ? ', in the last three months' : inYear === 1 ? ', in the last twelve months' : ''}.`;
  if (lately === total) return `${all}, all in the last three months.`;
  const three = `${lately === 0 ? 'none' : lately} in the last three months`;
  return inYear === total
    ? `${all}, all in the last twelve months and ${three}.`
    : `${all}: ${inYear === 0 ? 'none' : inYear} in the last twelve months, ${three}.`;
}

const sayMonth = (month: string): string =>
  new Date(`${month}-15T12:00:00Z`).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

const piecesAtOnce = 8;

/** @param what 'all' or a reflection's id, as it comes back with the next page. */
export function copyView(
  { zone }: Drawing,
  reflections: readonly Reflection[],
  what: string,
  wanted = 0,
): View {
  const { shown, ...turn } = pageOf(piecesOf(toMarkdown(reflections, zone)), wanted, piecesAtOnce);
  const value = (number: number) => packedPlace.pack({ what, number });
  return modal({
    callbackId: ids.journalScreen,
    title: 'Copy as text',
    blocks: [
      section(
        mrkdwn`${shown.length > 0 ? 'Select the text and copy it. It is Markdown, which any editor opens.' : 'There is nothing to copy yet.'}`,
      ),
      context(mrkdwn`A copy is in your own care: keep it where only you can open it.`),
      ...shown.map(preformatted),
      actions([
        ...turnButtons(turn, { ...ways(ids.copyPage, turn.page, 'Before', 'Go on'), value }),
        toJournal,
      ]),
    ],
  });
}

export const discardedView = (id: string, until: string): View =>
  noticeView('Discarded', mrkdwn`The draft is discarded. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restoreDraft, { value: id }),
    toJournal,
  ]);

export const deletedView = (id: string, until: string): View =>
  noticeView('Deleted', mrkdwn`The reflection is deleted. You can bring it back until ${until}.`, [
    button('Bring it back', ids.restore, { value: id }),
    toJournal,
  ]);

export const tooLateView = (): View =>
  noticeView('Gone', mrkdwn`That was deleted more than a day ago and cannot be brought back.`, [toJournal]);
