import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { type AllOurWords, type WordKind, wordKinds } from '../../content/our-words.ts';
import { once } from '../../lib/once.ts';
import type { Finding } from '../../safeguarding/finding.ts';
import { describeFindings, onlyPatterns } from '../../safeguarding/identifiers.ts';
import { doubt, maskAnd } from '../../safeguarding/warning.ts';
import type { Answer } from '../../slack/answer.ts';
import {
  actions,
  button,
  confirmLoss,
  context,
  divider,
  modal,
  option,
  plain,
  section,
} from '../../slack/blocks.ts';
import { fileButton } from '../../slack/files.ts';
import { date, form, line, oneOf, paragraph, severalOf } from '../../slack/form.ts';
import { packed, packedId, packedJson } from '../../slack/packed.ts';
import { count, joinMrkdwn, type Mrkdwn, mrkdwn, sayDay } from '../../slack/text.ts';
import { ids } from './ids.ts';
import { type MakeOutcome, mostItems } from './review.ts';
import { type Became, type Item, outcomes, type Pack, type Verdict, verdicts } from './store.ts';

const title = 'Young people\u2019s say';

export const forCurators: Answer = {
  title,
  text: title,
  blocks: [section(mrkdwn`Review packs are made by curators and facilitators.`)],
};

export const packGone: Answer = {
  title,
  text: title,
  blocks: [section(mrkdwn`*This pack is not there any more.* Others: \`/chatr reviews\``)],
};

export const verdictWords: Record<Verdict, string> = {
  fine: 'Fine as it is',
  change: 'Needs to change',
  better: 'We have better words',
};
export const becameWords: Record<Became, string> = {
  changed: 'We changed it',
  stays: 'It stays as it is',
};

/** "March 2027" */
export const sayMonth = (date: string): string => months().format(new Date(`${date}T12:00:00Z`));
const months = once(
  () => new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }),
);

export const reviewedNote = (on: string): Mrkdwn => mrkdwn`Reviewed by young people, ${sayMonth(on)}`;

const entered = ({ items }: Pack): number => items.filter(({ verdict }) => verdict !== undefined).length;
const isOpen = ({ verdict, became }: Item): boolean =>
  verdict !== undefined && verdict !== 'fine' && became === undefined;

function sayPack(pack: Pack): Mrkdwn {
  const open = pack.items.filter(isOpen).length;
  return joinMrkdwn(
    [
      mrkdwn`${count(pack.items.length, 'thing', 'things')}`,
      pack.reviewedOn === undefined
        ? mrkdwn`${entered(pack)} of ${pack.items.length} verdicts entered`
        : reviewedNote(pack.reviewedOn),
      open > 0 && mrkdwn`${open} to be answered`,
    ],
    ' \u00b7 ',
  );
}

/** More would not fit into a message. */
const mostPacks = 12;

export const listAnswer = (packs: readonly Pack[], zone: string, receipt?: Mrkdwn): Answer => ({
  title,
  text: title,
  blocks: [
    ...(receipt ? [section(receipt), divider()] : []),
    section(
      mrkdwn`*${title}*\nYoung people are not in this workspace. A review pack takes words of ours to them, by way of a worker whom they know: a Word file with room for what they think. Afterwards you enter here what they say, and nothing about them.`,
    ),
    actions([button('Make a review pack', ids.make, { style: 'primary' })]),
    ...packs
      .slice(0, mostPacks)
      .map(
        (pack): KnownBlock =>
          section(
            mrkdwn`*${pack.title}*\nMade on ${sayDay(pack.madeAt, zone)} \u00b7 ${sayPack(pack)}`,
            button('Open', ids.open, { value: pack.id, label: `Open: ${pack.title}` }),
          ),
      ),
  ],
});

const chosen = (label: string) => severalOf<string>(label, { menu: true, empty: 'Choose any' });

export const makeForm = form(
  { id: ids.makeForm, carries: packedJson(z.object({ doubt })) },
  {
    title: 'Review pack',
    submit: 'Make the pack',
    fields: {
      title: line('What is it called?', {
        max: 75,
        missing: 'Please give it a name, for example: Words about families.',
        hint: 'Without a name of a person or a school.',
      }),
      term: chosen('Terms'),
      prompt: chosen('Practice prompts'),
      part: chosen('Parts of the core module'),
      template: chosen('Check-in questions'),
    },
  },
);

const kindsInPacks = ['term', 'prompt', 'part', 'template'] as const satisfies readonly WordKind[];

export const makeView = (ourWords: AllOurWords, findings: readonly Finding[] = []): View =>
  makeForm.view({
    carry: { doubt: findings.length > 0 ? 'warned' : 'none' },
    ...(findings.length > 0 && { submit: maskAnd('go on') }),
    options: Object.fromEntries(
      kindsInPacks.map((kind) => [
        kind,
        ourWords
          .list(kind)
          .toSorted((a, b) => a.label.localeCompare(b.label, 'en-GB'))
          .map(({ id, label }) => option(label, id)),
      ]),
    ),
    above: [
      ...maskFirst(findings),
      context(
        mrkdwn`Choose what young people look at. In an hour there is time for about ten things; at most ${mostItems} go into a pack.`,
      ),
    ],
  });

export const makeProblem = ({ kind }: Exclude<MakeOutcome, { kind: 'made' }>): string =>
  ({
    'not-allowed': 'Review packs are made by curators and facilitators.',
    nothing: 'Please choose at least one thing to look at.',
    'too-many': `Please choose at most ${mostItems} things in all.`,
  })[kind];

/** What these words hold is masked, or nothing of them is kept: there is no third way here. */
const maskFirst = (findings: readonly Finding[]): KnownBlock[] =>
  findings.length === 0
    ? []
    : [
        section(
          mrkdwn`*Not kept yet:* this seems to hold ${describeFindings(findings)}. Nothing about a young person is kept here. Change it, or let me mask it.`,
        ),
        context(mrkdwn`${onlyPatterns}`),
      ];

/** A pack, and one thing in it. */
export const packedItem = packed('|', { packId: z.string(), item: z.string() });

/** Each thing with what was said of it, and what is still to be done. */
export function packAnswer(pack: Pack, receipt?: Mrkdwn): Answer {
  const all = entered(pack) === pack.items.length;
  return {
    title,
    text: pack.title,
    blocks: [
      ...(receipt ? [section(receipt), divider()] : []),
      section(mrkdwn`*${pack.title}*\n${sayPack(pack)}`),
      actions([
        fileButton('Pack (Word)', ids.packFile, pack.id),
        ...(entered(pack) > 0 ? [fileButton('What was changed (Word)', ids.backFile, pack.id)] : []),
        ...(all || pack.reviewedOn !== undefined
          ? [
              button(pack.reviewedOn === undefined ? 'They have reviewed it' : 'Change the day', ids.finish, {
                value: pack.id,
              }),
            ]
          : []),
        button('All packs', ids.list),
        button('Remove', ids.remove, {
          value: pack.id,
          confirm: confirmLoss(
            'Remove this pack?',
            'What was entered is deleted, and nothing says any more that young people reviewed these words.',
            'Remove it',
            'Keep it',
          ),
        }),
      ]),
      ...(pack.reviewedOn === undefined
        ? [
            context(
              mrkdwn`Once they have reviewed it and all verdicts are here, say on which day: what they found fine, or you changed for them, says so from then on.`,
            ),
          ]
        : []),
      ...pack.items.map(
        (item): KnownBlock =>
          section(
            sayItem(item),
            button(item.verdict === undefined ? 'Enter' : isOpen(item) ? 'Answer' : 'Change', ids.enter, {
              value: packedItem.pack({ packId: pack.id, item: item.item }),
              label: `${item.verdict === undefined ? 'Enter' : isOpen(item) ? 'Answer' : 'Change'}: ${item.label}`,
            }),
          ),
      ),
    ],
  };
}

const sayItem = ({ item, label, verdict, became }: Item): Mrkdwn =>
  joinMrkdwn(
    [
      mrkdwn`*${label}* (${sayKind(item)})`,
      verdict === undefined
        ? mrkdwn`_No verdict yet_`
        : mrkdwn`${verdictWords[verdict]}${became === undefined ? '' : mrkdwn` \u00b7 ${becameWords[became]}`}`,
    ],
    '\n',
  );

export const sayKind = (item: string): string => {
  const kind = kindsInPacks.find((one) => item.startsWith(`${one}:`));
  return kind === undefined ? '' : wordKinds[kind].toLowerCase();
};

/** In code points. */
export const longest = { words: 500, answer: 500 };
const leaveOut = 'No names, ages or stories of young people.';

export const verdictForm = form(
  { id: ids.verdictForm, carries: packedJson(z.object({ packId: z.string(), item: z.string(), doubt })) },
  {
    title: 'What they say',
    submit: 'Save',
    fields: {
      verdict: oneOf('Their verdict', {
        of: verdicts.map((one) => option(verdictWords[one], one)),
        radio: true,
        missing: 'Please choose what they said of it.',
      }),
      words: paragraph('Their words, or better ones', {
        max: longest.words,
        hint: `What of it does not fit, or what they would say. ${leaveOut}`,
        inTheirWords: true,
      }),
      became: oneOf<Became>('What became of it?', {
        of: outcomes.map((one) => option(becameWords[one], one)),
        radio: true,
        hint: 'Leave it open until that is decided.',
      }),
      answer: paragraph('In words to give back to them', {
        max: longest.answer,
        hint: `What it says now, or why it stays. ${leaveOut}`,
      }),
    },
  },
);

/** @param now the words as they are; undefined where they are gone. */
export const verdictView = (
  packId: string,
  item: Item,
  now: readonly string[] | undefined,
  findings: readonly Finding[] = [],
): View =>
  verdictForm.view({
    carry: { packId, item: item.item, doubt: findings.length > 0 ? 'warned' : 'none' },
    ...(findings.length > 0 && { submit: maskAnd('save') }),
    initial: { verdict: item.verdict, words: item.words, became: item.became, answer: item.answer },
    // Nothing has become yet of what nobody has said.
    without: item.verdict === undefined ? ['became', 'answer'] : [],
    above: [
      ...maskFirst(findings),
      section(mrkdwn`*${item.label}*`),
      ...(now === undefined
        ? [context(mrkdwn`These words are not there any more.`)]
        : now.slice(0, 10).map((words): KnownBlock => ({ type: 'section', text: plain(words) }))),
    ],
    below: [
      context(
        mrkdwn`What they say of our words is kept for the programme, encrypted, and nothing of who they are. If a young person told somebody something worrying, that goes to the safeguarding lead, and not in here: \`/chatr support\``,
      ),
    ],
  });

export const finishForm = form(
  { id: ids.finishForm, carries: packedId },
  {
    title: 'They have reviewed it',
    submit: 'Save the day',
    fields: {
      on: date('On which day?', {
        missing: 'Please choose a day.',
        hint: 'Only the month is shown.',
      }),
    },
  },
);

export const finishView = ({ id, reviewedOn }: Pack, today: string): View =>
  finishForm.view({ carry: id, initial: { on: reviewedOn ?? today } });

/** A window of nothing but words. */
export const gone = (): View => modal({ callbackId: 'answer', title, blocks: packGone.blocks });

export const dayAhead = 'Please choose a day that is not ahead.';

export const made = mrkdwn`*Made.* Take the Word file to the worker who sits with young people, and enter afterwards what they say.`;
export const verdictSaved = ({ label }: Item): Mrkdwn => mrkdwn`*Saved:* ${label}.`;
export const reviewed = mrkdwn`*Saved.* What they found fine, and what you changed for them, says so from now on.`;
export const removed = mrkdwn`*Removed.* Nothing of that pack is kept.`;
