import type { ActionsBlockElement, KnownBlock, Overflow, PlainTextOption } from '@slack/types';
import { z } from 'zod';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  context,
  divider,
  option,
  overflow,
  plain,
  section,
  written,
} from '../../../slack/blocks.ts';
import { packed } from '../../../slack/packed.ts';
import { sayRange } from '../../../slack/paging.ts';
import {
  clip,
  clipAtWord,
  count,
  escapeEntities,
  joinMrkdwn,
  list,
  type Mrkdwn,
  mrkdwn,
  sayFullDate,
} from '../../../slack/text.ts';
import { factsOf, isNotSupplied, type Resource, resourceTypes } from '../content.ts';
import { ids } from '../ids.ts';
import { type Deed, packedDeed } from '../keeping/menu.ts';
import { boldTitle } from '../views.ts';
import type { Entry, Page } from './list.ts';
import { longestValue, narrowMenu } from './narrow-menu.ts';
import { language } from './narrowing.ts';
import { type Place, packedEntry, packedPlace, pageBefore, sizeOf } from './place.ts';
import type { Found } from './search.ts';
import { longestQuestion } from './words.ts';

/** What has just been done with one of the entries, to be said right below it. */
export type Receipt = { resourceId: string; text: Mrkdwn; canPutBack?: boolean };

type Look = Pick<Vocabulary, 'age_groups'>;
type LookAt = Pick<Vocabulary, 'age_groups' | 'topics'>;

export const lookButton = (text: string, place: Place, index: number, label?: string) =>
  button(text, `${ids.look}${index}`, { value: packedPlace.pack(place), ...(label && { label }) });

export const askFor = (question: string): Place => ({ list: 'find', of: question, from: 0 });

/** @param question stands in the box, to be changed. */
export const openSearchButton = (question = '', text = 'Search again') =>
  button(text, ids.openSearch, { value: clip(question, longestQuestion) });
export const browseButton = () => button('Browse topics', ids.browse);
export const suggestButton = (question = '') =>
  button('Suggest a resource', ids.openSuggest, { value: clip(question, 150) });

/** Where help stands first, and what was looked for is shown to whoever asks for it. */
export const resourcesOffer = (question: string): Answer => ({
  text: 'Help',
  title: 'Help',
  blocks: [
    section(mrkdwn`There are resources too, if you would like to look.`),
    actions([button('Show resources', ids.showAll, { value: packedPlace.pack(askFor(question)) })]),
  ],
});

/** Where nothing fits: colleagues or the curators may know. */
const askSomebodyButton = (question: string) =>
  button('Ask somebody', ids.openAsk, { value: clip(question, 300) });

export const packedWay = packed(':', { way: z.enum(['search', 'suggest']), question: z.string() });
/** A menu carries 150 units, and a sign may take two. */
const longestInMenu = 70;
/** What is needed less often than these. */
const otherWays = (question: string): Overflow =>
  overflow(ids.otherWay, [
    option('Search again', packedWay.pack({ way: 'search', question: clip(question, longestInMenu) })),
    option('Suggest a resource', packedWay.pack({ way: 'suggest', question: '' })),
  ]);

/** A page of entries, with what was asked above them and what was understood and the ways on below. */
export function resultList(page: Page, vocabulary: LookAt, receipt?: Receipt): Answer {
  const { place, found, label, entries, total } = page;
  if (total === 0)
    return found
      ? nothingFound(found)
      : place.list === 'saved'
        ? nothingSaved(receipt)
        : emptyList(label, emptyFor[place.list]);
  const elsewhere = receipt && !entries.some(({ id }) => id === receipt.resourceId);
  return {
    text: escapeEntities(
      place.list === 'saved'
        ? 'What you have saved'
        : `${count(total, 'resource', 'resources')} for \u2018${label}\u2019`,
    ),
    title: place.list === 'saved' ? 'Saved' : 'Resources',
    blocks: [
      ...(found ? questionBlocks(found) : [section(headOf(page))]),
      ...(elsewhere ? removedBlocks(receipt, place) : []),
      // An answer is kept short: it is the first of its entries that has to stand on a phone's screen.
      ...(found ? [] : [divider()]),
      ...entries.flatMap((entry, nth) => entryBlocks(entry, place, shapeOf(place, nth), vocabulary, receipt)),
      ...(found ? [] : [divider()]),
      ...belowBlocks(page),
      actions(wayOn(page, vocabulary)),
    ],
  };
}

function headOf({ place, label, total }: Page): Mrkdwn {
  if (place.list === 'saved')
    return mrkdwn`*What you have saved*\n${count(total, 'resource', 'resources')}. Only you can see this list.`;
  const what = {
    start: mrkdwn`${count(total, 'resource', 'resources')} picked by hand, to begin with`,
    new: mrkdwn`${count(total, 'resource', 'resources')}, newest first`,
    helped: mrkdwn`${count(total, 'resource', 'resources')} that five colleagues or more found helpful`,
  };
  if (place.list === 'start') return mrkdwn`*Start here: ${label}*\n${what.start}`;
  if (place.list === 'new' || place.list === 'helped') return mrkdwn`*${label}*\n${what[place.list]}`;
  return mrkdwn`*${label}*\n${count(total, 'resource', 'resources')} in the catalogue`;
}

/** What was asked is said again so that it is clear what was taken for it, and no longer than that needs. */
const longestEcho = 90;

/** The question, and where it was not taken as it was typed. */
function questionBlocks(found: Found): KnownBlock[] {
  const { question, corrections, unknown, choices } = found;
  const notes: (Mrkdwn | false)[] = [
    corrections.length > 0 &&
      mrkdwn`Showing results for ${list(corrections.map(({ read }) => `\u2018${read}\u2019`))}.`,
    takenAsTyped(found),
    unknown.length > 0 && notInCatalogue(unknown),
    ...absentKinds(found).map((kind) => mrkdwn`No ${kind} on this in the catalogue; these come closest.`),
  ];
  const said = joinMrkdwn(notes, '\n');
  const ways = exactButtons(found);
  return [
    section(mrkdwn`You asked: *${clipAtWord(question, longestEcho)}*`),
    ...(said.text === '' ? [] : [context(said)]),
    ...(ways.length > 0 ? [actions(ways)] : []),
    ...unknownValueBlocks(found),
    ...choices.flatMap(choiceBlocks),
  ];
}

/** Which of how many these are, and what the question was taken for. */
function belowBlocks({ place, found, entries, total }: Page): KnownBlock[] {
  const parts = new Map((found?.understood ?? []).map((part) => [part.label, part]));
  const names = [...parts.values()].map(({ label, kind }) =>
    kind === 'word' ? mrkdwn`\u2018${label}\u2019` : mrkdwn`${label}`,
  );
  const said = joinMrkdwn(
    [
      // A list of one page has said how many at its head, and an answer shows it.
      total > entries.length &&
        mrkdwn`${sayRange({ from: place.from, shown: entries.length, total }, 'resource', 'resources')}`,
      names.length > 0 && mrkdwn`Understood as: ${joinMrkdwn(names, ' \u00b7 ')}`,
    ],
    '. ',
  );
  return said.text === '' ? [] : [context(said)];
}

/** Kinds that were asked for and that nothing on the subject is of: what is comes first, and what only looks like it later. */
function absentKinds({ understood, hits: [first, ...others] }: Found): string[] {
  if (!first) return [];
  const kinds = understood.filter(({ kind }) => kind === 'type').map(({ label }) => label);
  const labelOf = ({ type }: Resource): string => resourceTypes[type].label;
  const found = new Set(kinds.includes(labelOf(first)) ? [first, ...others].map(labelOf) : []);
  return kinds.filter((label) => !found.has(label)).map((label) => label.toLowerCase());
}

const notInCatalogue = (unknown: readonly string[]): Mrkdwn =>
  mrkdwn`Not in the catalogue: ${list(unknown.slice(0, 5).map((word) => `\u2018${word}\u2019`))}`;

const takenAsTyped = ({ asTyped }: Found): Mrkdwn | false =>
  asTyped.length > 0 &&
  mrkdwn`Looked for exactly as you typed it: ${list(asTyped.map(({ typed }) => `\u2018${typed}\u2019`))}.`;

/** The way back from what was corrected, and from what was not. */
const exactButtons = ({ corrections, asTyped }: Found): ActionsBlockElement[] => [
  ...asTyped
    .slice(0, 3)
    .map(({ read, question }, nth) =>
      lookButton(`Search for ${clip(read, 30)} instead`, askFor(question), 30 + nth),
    ),
  ...corrections
    .slice(0, 3)
    .flatMap(({ typed, exact }, nth) =>
      exact === undefined
        ? []
        : [lookButton(`Search for exactly ${clip(typed, 30)}`, askFor(exact), 20 + nth)],
    ),
];

/** What was probably meant has a button each; where nothing is near, a menu says what there is. */
const unknownValueBlocks = ({ unknownValues }: Found): KnownBlock[] =>
  unknownValues.slice(0, 3).flatMap(({ typed, what, isMissing, isNear, instead }, nth) => {
    if (what === language)
      return [
        section(mrkdwn`The catalogue does not say which pages are ${typed}, so I cannot look for that.`),
      ];
    const left = isMissing
      ? mrkdwn`\u2018${clip(typed, 60)}\u2019 names no ${what}, so I left that out.`
      : mrkdwn`There is no ${what} for \u2018${clip(typed, 60)}\u2019, so I left that out.`;
    if (isNear)
      return [
        section(mrkdwn`${left} Did you mean one of these?`),
        actions(
          instead.map(({ label, question }, index) =>
            lookButton(clip(label, 60), askFor(question), 200 + nth * 10 + index),
          ),
        ),
      ];
    const options = instead
      .map(({ label, question }) => option(label, packedPlace.pack(askFor(question))))
      .filter(({ value }) => value.length <= longestValue)
      .slice(0, mostOptions);
    return options.length === 0
      ? [section(left, browseButton())]
      : [
          section(mrkdwn`${left} ${sayOffered(instead, what)}`, {
            type: 'static_select',
            action_id: `${ids.pick}value.${nth}`,
            placeholder: plain(`Choose ${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`, 150),
            options,
          }),
        ];
  });

/** As many as are read in a glance; of more only the first few are said, and the menu beside them has them all. */
const mostNamed = 10;
const namedOfMany = 5;
function sayOffered(instead: readonly { label: string }[], what: string): string {
  const named = instead.slice(0, instead.length > mostNamed ? namedOfMany : mostNamed);
  const more = instead.length - named.length;
  // "Early years, 0 to 5" has a comma of its own.
  const said = named.map(({ label }) => label).join(' \u00b7 ');
  const elsewhere = what === 'topic' ? ' and under \u201cBrowse topics\u201d' : '';
  return `To choose from: ${said}${more > 0 ? ` \u00b7 and ${more} more in the menu${elsewhere}` : ''}.`;
}

/** Slack's own limit for a menu. */
const mostOptions = 100;

const withoutButtons = (understood: Found['understood']): ActionsBlockElement[] =>
  understood.slice(0, 5).map(({ label, kind, without }, index) => {
    const what = kind === 'narrowing' ? `the filter ${label}` : label;
    return lookButton(
      `Leave out ${clip(what, 40)}`,
      askFor(without),
      index,
      `Search again without ${clip(what, 50)}`,
    );
  });

function choiceBlocks({ form, meanings }: Found['choices'][number], nth: number): KnownBlock[] {
  return [
    section(mrkdwn`\u2018${form}\u2019 can mean different things. Which do you mean?`),
    actions(
      meanings
        .slice(0, 10)
        .map(({ meaning, question }, index) => lookButton(meaning, askFor(question), 100 + nth * 10 + index)),
    ),
  ];
}

function entryBlocks(
  entry: Entry,
  place: Place,
  shape: Shape,
  vocabulary: Look,
  receipt: Receipt | undefined,
): KnownBlock[] {
  const { id, resource } = entry;
  const block = section(
    resource ? describe(resource, vocabulary, shape) : describeGone(entry.retired),
    menuOf(entry, place),
    packedEntry.pack({ resourceId: id, place }),
  );
  const quiet = linesOf(entry, receipt?.resourceId === id ? receipt.text : marksOf(entry, place));
  return [block, ...readBlocks(entry), ...noteBlocks(entry), ...(quiet ? [context(quiet)] : [])];
}

/** A section takes 3,000 characters, and an address may be long. */
const longestCards = 2_800;

/**
 * Entries that another page names, close together so that they fit on a phone with it: nothing of them is anybody's own, and
 * their ages are that page's. @param trust what there is to say of each page.
 */
export function cardBlocks(
  cards: readonly { resource: Resource; trust: string | undefined }[],
): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let open: Mrkdwn | undefined;
  const close = () => {
    if (open) blocks.push(section(open));
    open = undefined;
  };
  for (const { resource, trust } of cards) {
    const { id } = resource;
    const entry: Entry = {
      id,
      resource,
      retired: undefined,
      isSaved: false,
      note: undefined,
      helpedPeople: undefined,
      trust,
      replaces: undefined,
    };
    const card = joinMrkdwn(
      [
        describe({ ...resource, age_groups: [] }, { age_groups: [] }, 'title'),
        linesOf(entry, marksOf(entry, { list: 'topic' })),
      ],
      '\n',
    );
    const longer = joinMrkdwn([open, card], '\n');
    if (longer.text.length > longestCards) close();
    open = open ? longer : card;
    if (resource.text !== undefined) {
      close();
      blocks.push(...readBlocks(entry));
    }
  }
  close();
  return blocks;
}

/**
 * A message is shown from its end. So that the first answer to a question stands on a phone's screen, it is followed by
 * no more than titles and facts; the others say theirs on the next page, and behind "About". Of the first the whole summary
 * stands there: its end may be the answer.
 */
type Shape = 'whole' | 'title';
const shapeOf = ({ list: where, from }: Place, nth: number): Shape =>
  where !== 'find' || from > 0 || nth === 0 ? 'whole' : 'title';
const longestTitle = 80;

/** An entry of one shape says the same in every list. */
const described: Record<Shape, WeakMap<Resource, Mrkdwn>> = {
  whole: new WeakMap(),
  title: new WeakMap(),
};

function describe(resource: Resource, vocabulary: Look, shape: Shape): Mrkdwn {
  const known = described[shape].get(resource);
  if (known) return known;
  const description = joinMrkdwn(
    [
      boldTitle(
        shape === 'title' ? { ...resource, title: clipAtWord(resource.title, longestTitle) } : resource,
      ),
      mrkdwn`_${factsOf(resource, vocabulary).join(' \u00b7 ')}_`,
      shape === 'whole' && mrkdwn`${resource.summary}`,
      isNotSupplied(resource) && mrkdwn`_The programme has not supplied this yet._`,
    ],
    '\n',
  );
  described[shape].set(resource, description);
  return description;
}

/** What somebody saved and cannot be found any more. */
const describeGone = (retired: Resource | undefined): Mrkdwn =>
  retired
    ? mrkdwn`${boldTitle(retired)}\n_Retired: the curators have taken this out of the catalogue. It may be out of date._`
    : mrkdwn`This entry is no longer in the catalogue.`;

/** What to know before using it, whatever else is said of it. */
function linesOf({ resource }: Entry, said: Mrkdwn | undefined): Mrkdwn | undefined {
  const { caution } = resource ?? {};
  return caution === undefined ? said : joinMrkdwn([mrkdwn`${caution}`, said], '\n');
}

/** The quiet line of one entry: what is special about it. Most have none. */
function marksOf(
  { resource, isSaved, helpedPeople, trust, replaces }: Entry,
  { list: where }: Pick<Place, 'list'>,
): Mrkdwn | undefined {
  const marks = [
    replaces !== undefined && `Replaces \u2018${clipAtWord(replaces, longestTitle)}\u2019`,
    isSaved && where !== 'saved' && 'Saved',
    helpedPeople !== undefined && `${helpedPeople} colleagues found this helpful`,
    resource?.version !== undefined && `Version ${resource.version}`,
    resource?.checked_on !== undefined &&
      resource.owner !== undefined &&
      `Kept by ${resource.owner}, who last opened it on ${sayFullDate(resource.checked_on)}`,
    trust,
    // Most say by whom beside the publisher's name.
    resource?.link_kind === 'shared-by-another-site' &&
      !resource.publisher.includes('shared by') &&
      "On another site than the publisher's",
  ].filter((mark) => typeof mark === 'string');
  return marks.length === 0 ? undefined : mrkdwn`${marks.join(' \u00b7 ')}`;
}

/** What has no address has no title to press. */
const readBlocks = ({ resource }: Entry): KnownBlock[] =>
  resource?.text === undefined
    ? []
    : [
        actions([
          button('Read it', ids.readExample, { value: resource.id, label: `Read it: ${resource.title}` }),
        ]),
      ];

function noteBlocks({ note }: Entry): KnownBlock[] {
  if (!note) return [];
  return note.kind === 'note'
    ? written(note.text)
    : [context(mrkdwn`Your note was sealed with another key and cannot be read.`)];
}

/** Beside an entry that is not somebody's own stands the same in every list. */
const menus = new WeakMap<Resource, Overflow>();

function menuOf(entry: Entry, place: Place): Overflow {
  const { id, resource, isSaved } = entry;
  const isAnybodys = resource?.id === id && !isSaved && place.list !== 'saved';
  const known = isAnybodys ? menus.get(resource) : undefined;
  if (known) return known;
  const menu = overflow(ids.about, menuFor(entry, place));
  if (isAnybodys) menus.set(resource, menu);
  return menu;
}

/** Slack allows five. What needs a word of its own stands behind the last. */
function menuFor({ id, resource, isSaved, note }: Entry, { list: where }: Place): PlainTextOption[] {
  const says = (deed: Deed, text: string): PlainTextOption =>
    option(text, packedDeed.pack({ deed, resourceId: id }));
  const url = resource?.url;
  return [
    // Five are all there is room for, and there the title is a link too.
    ...(url === undefined || where === 'saved' ? [] : [{ ...says('open', 'Open'), url }]),
    isSaved ? says('unsave', 'Remove from saved') : says('save', 'Save'),
    ...(resource && where === 'saved'
      ? [says('note', note ? 'Change your note' : 'Write a note for yourself')]
      : []),
    ...(resource && isSaved ? [says('reflect', 'Reflect on this')] : []),
    ...(url === undefined ? [] : [says('share', 'Share')]),
    ...(resource ? [says('more', 'About, helped, out of date')] : []),
  ];
}

function wayOn({ place, found, entries, total }: Page, vocabulary: LookAt): ActionsBlockElement[] {
  const narrow = found && narrowMenu(found, vocabulary);
  const next = place.from + entries.length;
  const left = Math.min(sizeOf({ ...place, from: next }), total - next);
  return [
    ...(left > 0 ? [lookButton(`Show ${left} more`, { ...place, from: next }, 50)] : []),
    ...(place.from > 0
      ? [lookButton('Back', { ...place, from: pageBefore(place) }, 51, 'Back to the ones before')]
      : []),
    place.list === 'find' ? openSearchButton(place.of) : openSearchButton('', 'Search'),
    ...(narrow ? [narrow] : []),
    // Whoever asked a question has found something; the window that asks anew leads to the topics as well.
    ...(place.list === 'start'
      ? [lookButton('All of \u201cStart here\u201d', { list: 'start', of: '', from: 0 }, 52)]
      : []),
    ...(place.list === 'find' ? [] : [browseButton()]),
    ...(place.list === 'topic' ? [button('Tell me what is new here', ids.follow, { value: place.of })] : []),
  ];
}

function removedBlocks(receipt: Receipt, place: Place): KnownBlock[] {
  if (!receipt.canPutBack) return [section(receipt.text)];
  return [
    section(
      receipt.text,
      button('Put it back', ids.putBack, {
        value: packedEntry.pack({ resourceId: receipt.resourceId, place }),
      }),
    ),
  ];
}

/** One row, on a phone too. */
const mostNear = 3;

function nothingFound(found: Found): Answer {
  const { question, choices, nearTopics, understood, unknown } = found;
  const isNarrowed = understood.some(({ kind }) => kind === 'narrowing');
  const instead = [
    ...exactButtons(found),
    // It may be only a filter that leaves nothing.
    ...(isNarrowed && understood.length > 1 ? withoutButtons(understood) : []),
  ];
  if (choices.length > 0)
    return {
      text: 'Which do you mean?',
      title: 'Which do you mean?',
      blocks: [...choices.flatMap(choiceBlocks), actions([openSearchButton(question), browseButton()])],
    };
  // Nothing was asked yet but a filter that there is no value for.
  if (found.unknownValues.length > 0 && understood.length + unknown.length === 0) {
    const isLanguage = found.unknownValues.every(({ what }) => what === language);
    const title = isLanguage ? 'What about?' : 'Which do you mean?';
    return {
      text: title,
      title,
      blocks: [
        ...unknownValueBlocks(found),
        ...(isLanguage ? [section(mrkdwn`Please say what it should be about, or browse.`)] : []),
        actions([openSearchButton(), browseButton()]),
      ],
    };
  }
  return {
    text: escapeEntities(`Nothing in the catalogue for \u2018${question}\u2019`),
    title: 'Resources',
    blocks: [
      section(
        mrkdwn`Nothing in the catalogue for \u2018${clipAtWord(question, longestEcho)}\u2019. ${
          nearTopics.length > 0
            ? 'One of these topics may be near.'
            : 'Try other words, or look through the topics.'
        }`,
        otherWays(question),
      ),
      ...readBeside(found),
      ...(understood.length > 0 && unknown.length > 0 ? [context(notInCatalogue(unknown))] : []),
      ...unknownValueBlocks(found),
      ...(instead.length > 0 ? [actions(instead)] : []),
      ...(nearTopics.length > 0
        ? [
            actions(
              nearTopics
                .slice(0, mostNear)
                .map(({ id, label }, index) => lookButton(label, { list: 'topic', of: id, from: 0 }, index)),
            ),
          ]
        : []),
      actions([askSomebodyButton(question), browseButton()]),
      context(mrkdwn`In danger, or finding things hard? Whom to ring: \`/chatr support\``),
    ],
  };
}

/** Where nothing was found: what of the question was read as something else, or was not. */
function readBeside(found: Found): KnownBlock[] {
  const read = found.corrections.map(({ typed, read }) => `\u2018${typed}\u2019 as \u2018${read}\u2019`);
  const said = joinMrkdwn([read.length > 0 && mrkdwn`I read ${list(read)}.`, takenAsTyped(found)], '\n');
  return said.text === '' ? [] : [context(said)];
}

function nothingSaved(receipt: Receipt | undefined): Answer {
  return {
    text: 'Nothing saved yet',
    title: 'Saved',
    blocks: [
      ...(receipt ? removedBlocks(receipt, { list: 'saved', of: '', from: 0 }) : []),
      section(
        mrkdwn`*Nothing saved yet*\nChoose \u201cSave\u201d in the menu beside any resource and it will be here, for you alone.`,
      ),
      actions([openSearchButton('', 'Find a resource'), browseButton()]),
    ],
  };
}

const emptyFor: Partial<Record<Place['list'], string>> = {
  new: 'Nothing has come into the catalogue this month.',
  helped:
    'Nothing has been called helpful by five people yet. The menu beside an entry says so: \u201cThis helped\u201d.',
};

const emptyList = (label: string, words?: string): Answer => ({
  text: escapeEntities(`Nothing in the catalogue for \u2018${label}\u2019 yet`),
  title: 'Resources',
  blocks: [
    section(words === undefined ? mrkdwn`Nothing in the catalogue for *${label}* yet.` : mrkdwn`${words}`),
    actions([openSearchButton('', 'Search'), browseButton(), suggestButton()]),
  ],
});
