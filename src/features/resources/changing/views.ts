import type { KnownBlock } from '@slack/types';
import type { Person } from '../../../community/people.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { describeFindings } from '../../../safeguarding/identifiers.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirm, confirmLoss, context, section } from '../../../slack/blocks.ts';
import {
  clip,
  count,
  joinMrkdwn,
  link,
  list,
  type Mrkdwn,
  mention,
  mrkdwn,
  sayFullDate,
  sayTime,
} from '../../../slack/text.ts';
import type { LastChange, SaveOutcome, Versioned } from '../catalogue/change.ts';
import { changedFields } from '../catalogue/changes.ts';
import { fieldNames } from '../catalogue/field-words.ts';
import { isForCommunity, isNotSupplied, type Resource, resourceTypes } from '../content.ts';
import { packedVersion, type QueuePlace, queueItem } from '../curating/queue/place.ts';
import { reasons } from '../curating/reasons.ts';
import { ids } from '../ids.ts';
import type { LinkCheck } from '../links/store.ts';
import { sayLink } from '../links/views.ts';
import type { Suggestion } from '../store.ts';
import { boldTitle, plainAnswer } from '../views.ts';
import { writePhrases } from './phrases.ts';

type Words = Pick<Vocabulary, 'topics' | 'age_groups' | 'audiences'>;

/** What was just done, and what "Undo" would take back. */
export type Receipt = {
  text: Mrkdwn;
  undo?: Undo;
  /** Whom to ring, where what they wrote with it may be about danger. */
  urgent?: KnownBlock[];
};

/** Everything a curator can take back by one press. */
export type Undo =
  | { what: 'version'; entryId: string; version: number }
  | { what: 'phrase'; key: string }
  | { what: 'suggestion'; id: string }
  | { what: 'miss'; word: string }
  | { what: 'question'; id: string }
  | { what: 'import'; id: string }
  | { what: 'contact'; id: string };

function undoValue(undo: Undo): { what: Undo['what']; id: string } {
  switch (undo.what) {
    case 'version':
      return { what: undo.what, id: packedVersion.pack(undo) };
    case 'phrase':
      return { what: undo.what, id: undo.key };
    case 'miss':
      return { what: undo.what, id: undo.word };
    default:
      return { what: undo.what, id: undo.id };
  }
}

export const queueButton = (at: QueuePlace, text = 'Back to the queue') =>
  button(text, `${ids.queue}${at.show}`, { value: queueItem.pack({ ...at, id: '' }) });

/** What was done, above the screen it was done from. */
export function receiptBlocks(receipt: Receipt | undefined, at: QueuePlace): KnownBlock[] {
  if (!receipt) return [];
  const { undo, text, urgent = [] } = receipt;
  if (!undo) return [...urgent, section(text)];
  const { what, id } = undoValue(undo);
  return [
    ...urgent,
    section(text, button('Undo', `${ids.undo}${what}`, { value: queueItem.pack({ ...at, id }) })),
  ];
}

/** What came of a press, for above the screen. */
export function receiptOf(
  outcome: SaveOutcome | { kind: 'retired' | 'brought-back'; entry: Resource; version: number },
  done: Mrkdwn,
): Receipt {
  switch (outcome.kind) {
    case 'problems':
      return { text: mrkdwn`*Nothing was changed.* ${Object.values(outcome.problems)[0] ?? ''}` };
    case 'meanwhile':
      return {
        text: mrkdwn`*Nothing was changed:* somebody else has just changed it. This is how it is now.`,
      };
    case 'gone':
      return { text: mrkdwn`*Nothing was changed:* this is not there any more.` };
    case 'not-allowed':
      return { text: mrkdwn`*Nothing was changed:* this is for curators.` };
    default: {
      const { entry, version } = outcome;
      return { text: done, undo: { what: 'version', entryId: entry.id, version } };
    }
  }
}

/** What was done to an entry, above the screen it was done from. */
export const entryDone = {
  lookedAt: mrkdwn`*Noted:* looked at today, and fine.`,
  retired: mrkdwn`*Retired.* Nobody finds it any more; whoever saved it still sees it.`,
  broughtBack: mrkdwn`*Brought back.* It is found again.`,
  saved: mrkdwn`*Saved.* It is found like this from now on.`,
  newAddress: mrkdwn`*Saved:* the entry has its new address.`,
} as const;

export const published = (isSuggested: boolean): Mrkdwn =>
  mrkdwn`*Published.* It is found from now on${isSuggested ? ', and whoever suggested it hears so, once' : ''}. \u201cDetails\u201d has the year, the minutes, the cost, and room for what people must know before they use it.`;

export const nothingDifferent: Receipt = { text: mrkdwn`Nothing was different, so nothing was changed.` };

/** @property zone the curator's, for times. @property reader the curator's id. */
export type Card = Versioned & {
  link: LinkCheck | undefined;
  lastChange: LastChange | undefined;
  zone: string;
  reader: string;
};

/** "Title and Summary" */
const changedIn = ({ fields, isRetired }: LastChange): string =>
  list(
    fields.map((field) =>
      field === 'retired' && !isRetired ? 'Brought back' : (fieldNames[field] ?? field),
    ),
  ) || 'nothing that shows';

/** On the card: who was there last, and at what. */
function sayLastChange(last: LastChange, zone: string): Mrkdwn {
  const { by, at, kind } = last;
  const who =
    by === 'files' ? mrkdwn`the content files` : by ? mention(by.slackId) : mrkdwn`somebody who has left`;
  const when = mrkdwn`by ${who} on ${sayTime(at, zone)}`;
  switch (kind) {
    case 'added':
      return mrkdwn`Added ${when}`;
    case 'retired':
      return mrkdwn`Retired ${when}`;
    case 'brought-back':
      return mrkdwn`Brought back ${when}`;
    case 'settled':
      return mrkdwn`Kept as it is, over what the content files say, ${when}`;
    case 'set-back':
      return mrkdwn`Last changed ${when}: ${changedIn(last)}, to what the content files say`;
    case 'undone':
      return last.fields.length === 0
        ? mrkdwn`Asked again whose words stay, its own or the content files\u2019, ${when}`
        : mrkdwn`Last changed ${when}: ${changedIn(last)}, back to what it was before`;
    case 'changed':
      return mrkdwn`Last changed ${when}: ${changedIn(last)}`;
  }
}

/** Before it is undone: whose it is, since it may be a colleague's. */
function beforeUndo(last: LastChange, { zone, reader }: Card): string {
  const { by, told } = last;
  const person = by === 'files' ? undefined : by;
  const isOwn = person?.id === reader;
  const who = isOwn ? 'you' : person?.displayName || 'somebody';
  const on = `on ${sayTime(last.at, zone)}`;
  const end = 'You can undo that too.';
  const changed = `What ${isOwn ? 'you' : 'they'} changed: ${changedIn(last)}.`;
  switch (last.kind) {
    case 'added':
      return `The entry, which ${who} added ${on}, leaves the catalogue. ${told === 0 ? end : `${count(told, 'person was', 'people were')} told that it is there: they hear no more until it is decided otherwise. What they suggested waits again.`}`;
    case 'retired':
      return `The entry is back, as it was before ${who} retired it ${on}. ${end}`;
    case 'brought-back':
      return `The entry is retired again, as it was before ${who} brought it back ${on}: nobody finds it. ${end}`;
    case 'settled':
      return `The entry stays as it is, and you are asked again whose words stay, as before ${who} kept it ${on}. ${end}`;
    case 'set-back':
      return `The entry is again as it was before ${who} took the content files\u2019 words ${on}. ${end} ${changed}`;
    case 'undone':
      return last.fields.length === 0
        ? `The entry stays as it is, and what was decided about the content files\u2019 words holds again, as before ${who} undid it ${on}. ${end}`
        : `The change that ${who} undid ${on} is made again. ${end} What it changes: ${changedIn(last)}.`;
    case 'changed':
      return `The entry is again as it was before ${who} changed it ${on}. ${end} ${changed}`;
  }
}

/** An entry as curators see it: everything that is known of it, and what can be done with it. */
export function entryCard(card: Card, words: Words, at: QueuePlace, receipt?: Receipt): Answer {
  const { entry, version, link: check, lastChange, zone } = card;
  const { id, title } = entry;
  const value = queueItem.pack({ ...at, id });
  const isRetired = entry.retired === true;
  return {
    text: 'An entry of the catalogue',
    title: 'Entry',
    blocks: [
      ...receiptBlocks(receipt, at),
      section(describe(entry)),
      section(facetsOf(entry, words)),
      section(
        entry.asked_as.length === 0
          ? mrkdwn`No phrases yet: what do people say when they need this?`
          : mrkdwn`*What people say:* ${clip(
              list(entry.asked_as.map((phrase) => `\u2018${writePhrases([phrase])}\u2019`)),
              2000,
            )}`,
      ),
      context(mrkdwn`${notesOf(entry, check)}`),
      ...(lastChange ? [context(sayLastChange(lastChange, zone))] : []),
      actions([
        // The words of a practice example are its author's: they are read here, and not changed.
        isForCommunity(entry)
          ? button('Read it', ids.readExample, { value: id, label: `Read it: ${title}` })
          : button('Change the page', ids.editPage, { value, label: `Change the page of ${title}` }),
        button('Who and how people ask', ids.editWho, {
          value,
          label: `Who and how people ask: ${title}`,
        }),
        button('Details', ids.editDetails, { value, label: `Details of ${title}` }),
      ]),
      actions([
        ...(isRetired
          ? [button('Bring it back', ids.bringBack, { value, label: `Bring it back: ${title}` })]
          : [button('Looked at it today: fine', ids.checked, { value }), retireButton(entry, value)]),
        // What the content files dropped is theirs to undo: there is no version to go back to.
        ...(lastChange && lastChange.by !== 'files'
          ? [
              button('Undo the last change', `${ids.undo}version`, {
                value: queueItem.pack({ ...at, id: packedVersion.pack({ entryId: id, version }) }),
                confirm: confirm(
                  'Undo the last change?',
                  beforeUndo(lastChange, card),
                  'Undo it',
                  'Leave it',
                ),
              }),
            ]
          : []),
        queueButton(at),
      ]),
    ],
  };
}

export const retireButton = ({ title }: Pick<Resource, 'title'>, value: string) =>
  button('Retire', ids.retire, {
    value,
    label: `Retire ${title}`,
    confirm: confirmLoss(
      'Retire this entry?',
      'Nobody finds it any more. Whoever saved it still sees it, marked as retired. You can bring it back at any time.',
      'Retire it',
      'Keep it',
    ),
  });

function describe(entry: Resource): Mrkdwn {
  const { url, title, publisher, type, year, format_minutes, free, summary, caution } = entry;
  const facts = [
    publisher,
    resourceTypes[type].label,
    ...(year === undefined ? [] : [String(year)]),
    ...(format_minutes === undefined ? [] : [count(format_minutes, 'minute', 'minutes')]),
    ...(free === undefined ? [] : [free ? 'free' : 'may cost money']),
  ];
  const state = entry.retired
    ? mrkdwn`*Retired:* nobody finds it. `
    : entry.link_kind === 'third-party-copy'
      ? mrkdwn`*Held back* until the publisher\u2019s own address is found. `
      : mrkdwn``;
  return joinMrkdwn(
    [
      mrkdwn`${state}${boldTitle({ url, title })}`,
      mrkdwn`_${facts.join(' \u00b7 ')}_`,
      isNotSupplied(entry) && mrkdwn`_The programme has not supplied this yet._`,
      url !== undefined && link(url, url),
      mrkdwn`${summary}`,
      caution !== undefined && mrkdwn`*Know first:* ${caution}`,
    ],
    '\n',
  );
}

function facetsOf({ topics, age_groups, audience }: Resource, words: Words): Mrkdwn {
  const label = (all: readonly { id: string; label: string }[], id: string) =>
    all.find((one) => one.id === id)?.label ?? id;
  const [first = '', ...others] = topics.map((id) => label(words.topics, id));
  return joinMrkdwn(
    [
      mrkdwn`*Mainly about:* ${first}${others.length > 0 ? mrkdwn` \u00b7 *also* ${others.join(', ')}` : mrkdwn``}`,
      mrkdwn`*Ages:* ${age_groups.map((id) => label(words.age_groups, id)).join(', ')}`,
      mrkdwn`*For:* ${audience.map((id) => label(words.audiences, id)).join(', ')}`,
    ],
    '\n',
  );
}

function notesOf({ checked_on, verified }: Resource, check: LinkCheck | undefined): string {
  return [
    checked_on === undefined
      ? 'Nobody has noted that they looked at it yet'
      : `Looked at on ${sayFullDate(checked_on)}`,
    ...(check ? [sayLink(check)] : []),
    ...(verified === undefined ? [] : [`Address: ${verified}`]),
  ].join(' \u00b7 ');
}

export const entryGone = plainAnswer('Entry', 'This entry is not in the catalogue any more.');

/** What one has and the other has not, field by field. @param longest of what stands in a field, in characters. */
export function differences(from: Resource, to: Resource, longest = 200): Mrkdwn {
  const changed = changedFields(from, to);
  const [shown, hidden] = [changed.slice(0, mostDifferences), changed.length - mostDifferences];
  return joinMrkdwn(
    [
      ...shown.map(
        (field) =>
          mrkdwn`\u2022 *${fieldNames[field] ?? field}:* ${clip(said(from, field), longest)} \u2192 ${clip(said(to, field), longest)}`,
      ),
      hidden > 0 && mrkdwn`and ${hidden} more`,
    ],
    '\n',
  );
}

const mostDifferences = 6;

function said(entry: Resource, field: keyof Resource): string {
  const value = entry[field];
  if (field === 'retired') return value ? 'yes' : 'no';
  if (value === undefined) return 'nothing';
  if (field === 'asked_as') return list(entry.asked_as.map(({ say }) => `\u2018${say}\u2019`)) || 'nothing';
  if (field === 'free') return entry.free ? 'free' : 'may cost money';
  if (field === 'type') return resourceTypes[entry.type].label;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.map(String).join(', ') : String(value);
}

/** Above a form that would have written over somebody else's change. */
export const changedMeanwhile = (from: Resource, to: Resource, by: Person | undefined): KnownBlock[] => [
  section(
    joinMrkdwn(
      [
        mrkdwn`*${by ? mention(by.slackId) : 'Somebody'} changed this entry while you had it open.* Nothing of yours was saved yet.`,
        differences(from, to),
      ],
      '\n',
    ),
  ),
  context(
    mrkdwn`The fields below have their change, and yours where you had written something. Save once more if that is what you want.`,
  ),
];

/** Above what a curator typed for a suggestion that a colleague has accepted. @param yours it, with what they typed of the page. */
export const acceptedBefore = (entry: Resource, yours: Resource, by: Person | undefined): KnownBlock[] => {
  const isSame = changedFields(entry, yours).length === 0;
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${by ? mention(by.slackId) : 'Somebody'} has accepted this suggestion while you had it open:* ${boldTitle(entry)} is in the catalogue. Nothing of yours was saved yet.`,
          !isSame && mrkdwn`What you wrote of the page is different:`,
          !isSame && differences(entry, yours),
        ],
        '\n',
      ),
    ),
    context(
      mrkdwn`The fields below have what you chose and wrote. Save puts it into that entry; close the window to leave the entry as it is.`,
    ),
  ];
};

/** The same where a colleague has declined it. */
export const declinedBefore = ({ said }: Suggestion, by: Person | undefined): KnownBlock[] => [
  section(
    mrkdwn`*${by ? mention(by.slackId) : 'Somebody'} has declined this suggestion while you had it open.* ${said === undefined || said === 'accepted' || said === 'no-reason' ? '' : reasons[said]} Nothing of yours was saved yet.`,
  ),
  context(
    mrkdwn`The fields below have what you chose and wrote. Publish it all the same, and it is an entry; whoever suggested it is not told. Or close the window.`,
  ),
];

export const outdated = 'This form is out of date. Please open it again.';

/** Why nothing of a form was saved, where no field is to blame. */
export const notSaved = {
  gone: 'This is not there any more: somebody else has dealt with it. Nothing was saved.',
  meanwhile: 'Somebody else has just changed this. Please close the form and open it again.',
  'not-allowed': 'This is for curators. Nothing was saved.',
} as const;

/** Above a form that seems to name somebody. */
export const everybodyReads =
  'Everybody reads this. Would you like to change it? An author\u2019s name, or that of a public inquiry, can stay.';

export const keepWordsButton = button('Keep it as it is', ids.keepEntryWords);

/** Beside a field that was asked about before. */
export const stillHolds = (findings: readonly Finding[]): string =>
  `This still holds ${describeFindings(findings)}. Please leave that out, or press \u201cKeep it as it is\u201d above.`;
