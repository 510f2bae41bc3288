import type { KnownBlock } from '@slack/types';
import { numbersOf } from '../../../../safeguarding/signposts.ts';
import type { Answer } from '../../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  context,
  divider,
  option,
  plain,
  section,
  written,
} from '../../../../slack/blocks.ts';
import { sayRange, turnButtons } from '../../../../slack/paging.ts';
import {
  count,
  joinMrkdwn,
  link,
  list,
  mention,
  mrkdwn,
  sayDay,
  sayFullDate,
} from '../../../../slack/text.ts';
import { lookAlikeHost } from '../../address.ts';
import type { Clash } from '../../catalogue/changes.ts';
import { differences, type Receipt, receiptBlocks, retireButton } from '../../changing/views.ts';
import type { Resource } from '../../content.ts';
import { exampleBlocks } from '../../examples/views.ts';
import { flagBlocks } from '../../flagging/views.ts';
import { ids } from '../../ids.ts';
import { nextStep, sayLink } from '../../links/views.ts';
import type { Suggestion } from '../../store.ts';
import { titleOf } from '../../views.ts';
import { type Missed, packedMissed, packedVersion, type QueuePlace, queueItem } from './place.ts';
import {
  type Counts,
  type Part,
  pageSize,
  partNames,
  parts,
  type QueuePage,
  type Show,
  type Waiting,
} from './queue.ts';

const isCheck = (part: Part): boolean => part === 'contacts' || part === 'due';

const packPlace = (show: Show, page: number): string => queueItem.pack({ show, page, id: '' });

/** What waits, five at a time, each with what can be done about it. */
export function queueAnswer(page: QueuePage, zone: string, receipt?: Receipt): Answer {
  const { show, shown, total, counts } = page;
  const at: QueuePlace = { show, page: page.page };
  const urgent = partNames.reduce((sum, part) => sum + (isCheck(part) ? 0 : counts[part]), 0);
  const toCheck = counts.checksThisWeek;
  const all = urgent + toCheck;
  return {
    text: 'The catalogue: what waits',
    title: 'Catalogue',
    blocks: [
      ...receiptBlocks(receipt, at),
      section(
        joinMrkdwn(
          [
            urgent === 0
              ? mrkdwn`*Nothing waits for an answer.*`
              : mrkdwn`*${count(urgent, 'thing waits', 'things wait')} for a curator.*`,
            toCheck > 0 && mrkdwn`${count(toCheck, 'check', 'checks')} this week, for when there is time.`,
          ],
          ' ',
        ),
        {
          type: 'static_select',
          action_id: `${ids.queue}show`,
          placeholder: plain('Show', 150),
          options: [
            option(`Everything (${all})`, packPlace('all', 0)),
            ...partNames.map((part) => option(`${parts[part].label} (${counts[part]})`, packPlace(part, 0))),
          ],
          initial_option:
            show === 'all'
              ? option(`Everything (${all})`, packPlace('all', 0))
              : option(`${parts[show].label} (${counts[show]})`, packPlace(show, 0)),
        },
      ),
      actions([
        button('Add an entry', ids.newEntry, { value: packPlace(show, page.page) }),
        button('Change an entry', ids.openFind, { value: packPlace(show, page.page) }),
        button('Import a list', ids.openImport, { value: packPlace(show, page.page) }),
      ]),
      ...(total === 0 ? [section(mrkdwn`Nothing of this kind waits.`)] : []),
      ...shown.flatMap((one) => [divider(), ...itemBlocks(one, at, zone)]),
      ...(total > shown.length
        ? [
            divider(),
            context(
              mrkdwn`${sayRange({ from: page.page * pageSize, shown: shown.length, total }, 'thing', 'things')}`,
            ),
            actions(
              turnButtons(page, {
                back: { text: 'Back', id: `${ids.queue}back`, label: 'Back in the queue' },
                more: { text: 'More', id: `${ids.queue}more`, label: 'More of the queue' },
                value: (to) => packPlace(show, to),
              }),
            ),
          ]
        : []),
    ],
  };
}

function itemBlocks(one: Waiting, at: QueuePlace, zone: string): KnownBlock[] {
  switch (one.kind) {
    case 'clash':
      return clashBlocks(one.clash, at);
    case 'suggestion':
      return suggestionBlocks(one, at, zone);
    case 'example':
      return exampleBlocks(one.example, at, zone);
    case 'flag':
      return flagBlocks(one.flag, one.of, at, zone);
    case 'question':
      return [
        section(mrkdwn`*Looked for and not found* \u00b7 ${sayFullDate(one.question.askedOn)}`),
        ...written(one.question.words),
        missedActions({ question: one.question.id }, one.question.words, at),
      ];
    case 'miss':
      return [
        section(mrkdwn`*Looked for and not found:* \u2018${one.word}\u2019, ${one.misses} times`),
        missedActions({ word: one.word }, one.word, at),
      ];
    case 'reported':
      return entryBlocks(one.entry, at, mrkdwn`*Reported:* ${sayReported(one)}`, whatOfReported(one));
    case 'link':
      return linkBlocks(one, at);
    case 'contact':
      return contactBlocks(one.contact, at);
    case 'due':
      return entryBlocks(
        one.entry,
        at,
        one.entry.checked_on === undefined
          ? mrkdwn`*To look at:* nobody has noted that they looked at it yet`
          : mrkdwn`*To look at again:* last on ${sayFullDate(one.entry.checked_on)}`,
      );
  }
}

const sayReported = ({ isOutOfDate, hasLinkProblem }: Extract<Waiting, { kind: 'reported' }>): string =>
  [isOutOfDate && 'out of date', hasLinkProblem && 'the link does not work'].filter(Boolean).join(', and ');

const whatOfReported = ({ isOutOfDate, hasLinkProblem }: Extract<Waiting, { kind: 'reported' }>): string =>
  [
    hasLinkProblem && 'Try its link.',
    isOutOfDate && 'See whether the page still says this, and whether there is a newer one.',
    'If all is well, say that it is fine; if not, open the entry and change it, or retire it.',
  ]
    .filter(Boolean)
    .join(' ');

const carry = (at: QueuePlace, id: string): string => queueItem.pack({ ...at, id });

/** An entry, why it is here, and what can be done. @param what to do, where the buttons do not say it by themselves. */
function entryBlocks(
  entry: Resource,
  at: QueuePlace,
  why: ReturnType<typeof mrkdwn>,
  what?: string,
): KnownBlock[] {
  const value = carry(at, entry.id);
  return [
    section(joinMrkdwn([why, mrkdwn`${titleOf(entry)} \u00b7 ${entry.publisher}`], '\n')),
    ...(what === undefined ? [] : [context(mrkdwn`${what}`)]),
    actions([fineButton(entry, value), openButton(entry, value), retireInQueue(entry, value)]),
  ];
}

const fineButton = ({ title }: Resource, value: string) =>
  button('Looked at it: fine', ids.checkedInQueue, { value, label: `Looked at it: fine, ${title}` });

const openButton = ({ title }: Resource, value: string) =>
  button('Open', ids.entry, { value, label: `Open ${title}` });

const retireInQueue = (entry: Resource, value: string) => ({
  ...retireButton(entry, value),
  action_id: ids.retireInQueue,
});

/** Of what others say of the same page, as much as a screen bears. */
const mostBeside = 4;

export function suggestionBlocks(
  { suggestion, others, from, theirs }: Extract<Waiting, { kind: 'suggestion' }>,
  at: QueuePlace,
  zone: string,
): KnownBlock[] {
  const { id, title, url, why } = suggestion;
  const value = carry(at, id);
  const by = ({ personId, suggestedAt }: Suggestion) => {
    const person = from.find((one) => one.id === personId);
    return mrkdwn`${person ? mention(person.slackId) : 'Somebody who has left'} \u00b7 waiting since ${sayDay(suggestedAt, zone)}`;
  };
  return [
    section(mrkdwn`*Suggested:* ${link(url, title)}\n${link(url, url)}\n${by(suggestion)}`),
    ...lookAlikeWarning(url),
    ...(why === undefined ? [] : written(why)),
    ...others
      .slice(0, mostBeside)
      .flatMap((other) => [
        section(mrkdwn`*The same page, suggested as* ${link(other.url, other.title)}\n${by(other)}`),
        ...lookAlikeWarning(other.url),
        ...(other.why === undefined ? [] : written(other.why)),
      ]),
    ...knownBlocks([suggestion, ...others]),
    actions([
      button('Accept', ids.accept, { value, label: `Accept ${title}` }),
      button('Decline', ids.decline, { value, label: `Decline ${title}` }),
      // Of a page that several people suggested it would not say whose.
      ...(theirs > 1 && others.length === 0
        ? [
            button(`Decline all ${theirs} of theirs`, ids.declineAll, {
              value,
              label: `Decline all ${theirs} of whoever suggested ${title}`,
            }),
          ]
        : []),
    ]),
    ...(others.length === 0
      ? []
      : [
          context(
            mrkdwn`${others.length + 1} people suggested it. One answer is for all of them, and each hears it.`,
          ),
        ]),
  ];
}

/** Of an answer that was taken back after it was told: what the next one comes to. */
function knownBlocks(together: readonly Suggestion[]): KnownBlock[] {
  const many = together.filter(({ heard }) => heard !== undefined).length;
  return many === 0
    ? []
    : [
        context(
          mrkdwn`${count(many, 'person has', 'people have')} heard of an answer that was taken back. The same answer is not told again; another comes as a second message.`,
        ),
      ];
}

/** Letters of other scripts can look like Latin ones. */
function lookAlikeWarning(url: string): KnownBlock[] {
  const host = lookAlikeHost(url);
  return host === undefined
    ? []
    : [
        section(
          mrkdwn`*Look closely before you open it:* this address is not written in Latin letters alone, and may imitate another. Its real name is \`${host}\`.`,
        ),
      ];
}

/** @param of the words, by which one of these is told from the next. */
function missedActions(missed: Missed, of: string, at: QueuePlace): KnownBlock {
  const value = carry(at, packedMissed.pack(missed));
  return actions([
    button('It belongs to\u2026', ids.openPhrase, { value, label: `It belongs to\u2026: \u2018${of}\u2019` }),
    button('New entry', ids.newEntry, { value, label: `New entry for \u2018${of}\u2019` }),
    button('Not ours', ids.notOurs, {
      value,
      label: `Not ours: \u2018${of}\u2019`,
      confirm: confirm(
        'Is it nothing for this catalogue?',
        'It leaves the queue. Whoever asked to be told hears that the curators have looked.',
        'Not ours',
        'Leave it',
      ),
    }),
  ]);
}

function linkBlocks({ entry, check }: Extract<Waiting, { kind: 'link' }>, at: QueuePlace): KnownBlock[] {
  const value = carry(at, entry.id);
  const { movedTo } = check;
  const hasMoved = check.outcome === 'moved' && movedTo !== undefined;
  return [
    section(
      joinMrkdwn(
        [
          hasMoved ? mrkdwn`*Moved:* ${titleOf(entry)}` : mrkdwn`*Link broken:* ${titleOf(entry)}`,
          mrkdwn`${sayLink(check)}`,
          hasMoved && mrkdwn`New address: ${link(movedTo, movedTo)}`,
        ],
        '\n',
      ),
    ),
    ...(hasMoved ? lookAlikeWarning(movedTo) : []),
    context(mrkdwn`${nextStep(check)}`),
    actions([
      ...(hasMoved
        ? [
            button('Take the new address', ids.takeNewAddress, {
              value,
              label: `Take the new address of ${entry.title}`,
            }),
          ]
        : [fineButton(entry, value)]),
      button('Change the page', ids.editPage, { value, label: `Change the page of ${entry.title}` }),
      button('Visit it again', ids.lookAgain, { value, label: `Visit it again: ${entry.title}` }),
      retireInQueue(entry, value),
    ]),
  ];
}

function contactBlocks(
  contact: Extract<Waiting, { kind: 'contact' }>['contact'],
  at: QueuePlace,
): KnownBlock[] {
  const { id, name, checked_on, web, email, text } = contact;
  const value = carry(at, id);
  const ways = [
    ...numbersOf(contact),
    ...(text ? [`text ${text}`] : []),
    ...(email ? [email] : []),
    ...(web ? [web] : []),
  ];
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*Contact to check:* ${name}`,
          mrkdwn`${list(ways)}`,
          checked_on === undefined
            ? mrkdwn`Nobody has noted a check yet.`
            : mrkdwn`Last checked on ${sayFullDate(checked_on)}.`,
        ],
        '\n',
      ),
    ),
    actions([
      button('Checked today', ids.contactChecked, { value, label: `Checked today: ${name}` }),
      button('It is wrong', ids.contactWrong, {
        value,
        label: `It is wrong: ${name}`,
        confirm: confirm(
          'Is it wrong?',
          'From now on its name is given without the number, unless it is one of those that are always shown. Whoever keeps the content files can put the right one there.',
          'It is wrong',
          'Go back',
        ),
      }),
    ]),
  ];
}

function clashBlocks(clash: Clash, at: QueuePlace): KnownBlock[] {
  const { kind, mine, version } = clash;
  const value = carry(at, packedVersion.pack({ entryId: mine.id, version }));
  const open = button('Open', ids.entry, { value: carry(at, mine.id), label: `Open ${mine.title}` });
  const head = {
    'files-changed': mrkdwn`*The content files changed what a curator had changed:* ${titleOf(mine)}\nThe curator\u2019s is shown. From the curator\u2019s to the files\u2019:`,
    'files-dropped': mrkdwn`*The content files dropped what a curator had changed:* ${titleOf(mine)}\nIt is still shown.`,
    'same-address': mrkdwn`*Twice in the catalogue:* ${titleOf(mine)}`,
  }[kind];
  if (kind === 'same-address')
    return [
      section(
        mrkdwn`${head}\nThe content files have brought the same address as \u2018${clash.files.title}\u2019.`,
      ),
      actions([open, retireInQueue(mine, carry(at, mine.id))]),
    ];
  const changes = kind === 'files-changed' ? differences(mine, clash.files) : undefined;
  return [
    section(joinMrkdwn([head, changes], '\n')),
    actions([
      button('Keep ours', ids.keepOurs, { value, label: `Keep ours of ${mine.title}` }),
      kind === 'files-changed'
        ? button('Take the files\u2019', ids.takeFiles, {
            value,
            label: `Take the files\u2019 of ${mine.title}`,
          })
        : button('Retire', ids.takeFiles, { value, label: `Retire ${mine.title}` }),
      open,
    ]),
  ];
}

export const gone: Receipt = {
  text: mrkdwn`*Nothing was changed:* somebody else has dealt with this already, or it is not there any more.`,
};

export const notVisited: Receipt = {
  text: mrkdwn`*Not visited:* links are not visited here, by the setting CHATR_LINK_CHECK.`,
};

export const visitedSoon: Receipt = { text: mrkdwn`*Soon:* the link is visited again within some minutes.` };

/** Whose words of a clash stay. */
export const clashSettled = {
  ours: mrkdwn`*Kept:* the curators\u2019 own stays.`,
  files: mrkdwn`*Done:* it is as the content files have it.`,
} as const;

/** @param file the content file that holds the contact. */
export const contactMarked = (
  id: string,
  { isWrong, file }: { isWrong: boolean; file: string },
): Receipt => ({
  text: isWrong
    ? mrkdwn`*Noted.* Its number is not given any more, unless it is one that is always shown. Please put the right one into \`data/${file}.yaml\`.`
    : mrkdwn`*Noted:* checked today.`,
  undo: { what: 'contact', id },
});

export const seeWhatWaits = () =>
  button('See what waits', `${ids.queue}home`, {
    value: packPlace('all', 0),
    label: 'See what waits in the catalogue',
  });

/** App Home of curators. @param counts what waits. */
export function catalogueSection(counts: Counts): KnownBlock[] {
  const urgent = (
    ['suggestions', 'examples', 'wording', 'missed', 'reported', 'links', 'files'] as const
  ).filter((part) => counts[part] > 0);
  const toCheck = counts.checksThisWeek;
  const words = [
    ...urgent.map((part) => `${sayPart[part](counts[part])}`),
    ...(toCheck > 0 ? [count(toCheck, 'check this week', 'checks this week')] : []),
  ];
  return [
    section(mrkdwn`*Catalogue*\n${words.length === 0 ? 'Nothing waits.' : `${capital(list(words))}.`}`),
    actions([
      seeWhatWaits(),
      button('Add an entry', ids.newEntry, {
        value: packPlace('all', 0),
        label: 'Add an entry to the catalogue',
      }),
    ]),
  ];
}

const sayPart = {
  suggestions: (n: number) => count(n, 'suggestion', 'suggestions'),
  examples: (n: number) => count(n, 'practice example', 'practice examples'),
  wording: (n: number) => count(n, 'word of ours to look at', 'words of ours to look at'),
  missed: (n: number) => count(n, 'question without an answer', 'questions without an answer'),
  reported: (n: number) => count(n, 'reported entry', 'reported entries'),
  links: (n: number) => count(n, 'link that broke or moved', 'links that broke or moved'),
  files: (n: number) => count(n, 'entry that the files changed', 'entries that the files changed'),
} as const;

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
