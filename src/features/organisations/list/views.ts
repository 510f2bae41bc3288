import type { KnownBlock, PlainTextOption, View } from '@slack/types';
import { z } from 'zod';
import type { Organisation, OrganisationContent } from '../../../community/organisations/content.ts';
import type { OrganisationList } from '../../../community/organisations/list.ts';
import type { SuggestedName } from '../../../community/organisations/store.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirm, context, divider, option, section } from '../../../slack/blocks.ts';
import { form, line, lookedUp, oneOf, severalOf } from '../../../slack/form.ts';
import { packed, packedId } from '../../../slack/packed.ts';
import { type Turn, turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, list as listed, type Mrkdwn, mrkdwn, sayDate } from '../../../slack/text.ts';
import type { Card } from '../cards/store.ts';
import { cardBlocks } from '../cards/views.ts';
import { ids } from '../ids.ts';

/** What was just done, and the button that takes it back. */
export type Receipt = { text: Mrkdwn; undo?: { id: string; value: string } };

export type Waits =
  | { kind: 'name'; name: SuggestedName }
  | { kind: 'card'; card: Card }
  /** Nothing is to be done about it: it can be taken off again. */
  | { kind: 'added'; organisation: Organisation };

export type ListPage = Turn & { shown: readonly Waits[]; names: number; cards: number };

type Words = Pick<OrganisationContent, 'sectors' | 'boroughs'>;

export const forCurators: Answer = {
  text: 'Only curators, facilitators and administrators see this.',
  title: 'Organisations',
  blocks: [section(mrkdwn`Only curators, facilitators and administrators see this.`)],
};

/** What waits for curators, and what they added, five at a time. */
export function listAnswer(
  page: ListPage,
  list: OrganisationList,
  words: Words,
  today: string,
  receipt?: Receipt,
): Answer {
  const { names, cards, shown } = page;
  return {
    text: 'Organisations and teams: what waits',
    title: 'Organisations',
    blocks: [
      ...(receipt
        ? [
            section(
              receipt.text,
              receipt.undo && button('Undo', receipt.undo.id, { value: receipt.undo.value }),
            ),
          ]
        : []),
      section(
        names + cards === 0
          ? mrkdwn`*Nothing waits.* Names that people suggest for the list of organisations come here, and team cards that nobody keeps.`
          : mrkdwn`*${sayWaiting({ names, cards })}.*`,
      ),
      ...shown.flatMap((one) => [divider(), ...waitsBlocks(one, list, words, today)]),
      divider(),
      actions([
        button('Add an organisation', ids.add, { value: '' }),
        ...turnButtons(page, {
          back: { text: 'Back', id: `${ids.listPage}back` },
          more: { text: 'More', id: `${ids.listPage}more` },
        }),
      ]),
      context(
        mrkdwn`Who suggested a name is not kept. Whoever typed a name keeps it as they see it; what is joined counts as one.`,
      ),
    ],
  };
}

const sayWaiting = ({ names, cards }: { names: number; cards: number }): string =>
  listed([
    ...(names > 0 ? [`${count(names, 'name', 'names')} suggested for the list`] : []),
    ...(cards > 0 ? [`${count(cards, 'team card', 'team cards')} without somebody who keeps it`] : []),
  ]);

function waitsBlocks(one: Waits, list: OrganisationList, words: Words, today: string): KnownBlock[] {
  switch (one.kind) {
    case 'name':
      return nameBlocks(one.name, list);
    case 'card':
      return [
        context(mrkdwn`Nobody keeps this team card any more.`),
        ...cardBlocks(one.card, { today, isOwn: false, isCurator: true, isOrphan: true }),
      ];
    case 'added':
      return [
        section(
          mrkdwn`*On the list:* ${one.organisation.name}\n${sayFacts(one.organisation, words)}`,
          button('Take it off', ids.takeOff, {
            value: one.organisation.id,
            label: `Take it off: ${one.organisation.name}`,
            confirm: confirm(
              'Take it off the list?',
              'Names that were joined to it wait again. Whoever chose it keeps its name, and is offered to choose anew.',
              'Take it off',
              'Leave it',
            ),
          }),
        ),
      ];
  }
}

const sayFacts = ({ sector, boroughs }: Organisation, words: Words): string =>
  [
    words.sectors.find(({ id }) => id === sector)?.label ?? sector,
    listed(boroughs.map((borough) => words.boroughs.find(({ id }) => id === borough)?.label ?? borough)),
  ].join(' \u00b7 ');

function nameBlocks({ mark, name, suggestedOn }: SuggestedName, list: OrganisationList): KnownBlock[] {
  const like = list.offer(name).slice(0, 3);
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*Suggested:* ${name}`,
          mrkdwn`${sayDate(suggestedOn)}, without who suggested it`,
          like.length > 0 && mrkdwn`May be: ${listed(like.map((one) => one.name))}`,
        ],
        '\n',
      ),
    ),
    actions([
      button('Add it', ids.add, { value: mark, label: `Add it to the list: ${name}` }),
      button('It is on the list', ids.join, { value: mark, label: `It is on the list: ${name}` }),
      button('Not for the list', ids.decline, {
        value: mark,
        label: `Not for the list: ${name}`,
        confirm: confirm(
          'Not for the list?',
          'The name is deleted here and does not come up again. Whoever typed it keeps it, and is told nothing.',
          'Not for the list',
          'Go back',
        ),
      }),
    ]),
  ];
}

/** A name's mark, or nothing: then it is one that nobody suggested. */
const packedMark = packed(':', { mark: z.string() });

export const addForm = form(
  { id: ids.addForm, carries: packedMark },
  {
    title: 'Add an organisation',
    submit: 'Add to the list',
    fields: {
      name: line('Its name', {
        max: 75,
        missing: 'Please give its name.',
        hint: 'As it calls itself. Not a single school, nursery or GP practice: one person from a small one is easy to recognise.',
      }),
      sector: oneOf<string>('What it is', { missing: 'Please choose what it is.' }),
      boroughs: severalOf<string>('Where it works', { missing: 'Please choose at least one.' }),
    },
  },
);

export const addView = (name: SuggestedName | undefined, { sectors, boroughs }: Words): View =>
  addForm.view({
    carry: { mark: name?.mark ?? '' },
    initial: { name: name?.name },
    options: {
      sector: sectors.map((one) => option(one.label, one.id)),
      boroughs: boroughs.map((one) => option(one.label, one.id)),
    },
    above: [context(mrkdwn`Everybody can choose it from now on.`)],
  });

export const joinForm = form(
  { id: ids.joinForm, carries: packedId },
  {
    title: 'It is on the list',
    submit: 'Join them',
    fields: {
      to: lookedUp('Which one is it?', { suggestedBy: ids.joinTo, missing: 'Please choose one.' }),
    },
  },
);

export function joinView({ mark, name }: SuggestedName, list: OrganisationList): View {
  const [first] = list.offer(name);
  return joinForm.view({
    carry: mark,
    initial: { to: first && option(first.name, first.id) },
    above: [
      section(mrkdwn`*${name}* stands for it from now on: whoever typed that counts as one of its people.`),
    ],
  });
}

export const gone: Receipt = {
  text: mrkdwn`*Nothing was changed:* somebody else has dealt with this already, or it is not there any more.`,
};
export const added = ({ id, name }: Organisation): Receipt => ({
  text: mrkdwn`*Added:* ${name}. Everybody can choose it now.`,
  undo: { id: ids.undoAdd, value: id },
});
/** @param mark the name's. */
export const joined = (mark: string, { name, to }: { name: string; to: string }): Receipt => ({
  text: mrkdwn`*Joined:* ‘${name}’ counts as ${to} from now on.`,
  undo: { id: ids.undoJoin, value: mark },
});
export const declined: Receipt = { text: mrkdwn`*Done:* the name does not come up again.` };
export const takenOff: Receipt = {
  text: mrkdwn`*Taken off the list.* Names that were joined to it wait again.`,
};
export const joinUndone: Receipt = { text: mrkdwn`*Undone:* the name waits again.` };
export const addUndone: Receipt = {
  text: mrkdwn`*Undone:* it is not on the list, and its name waits again.`,
};

export const outOfDate = 'This form is out of date. Please open it again.';
export const listedAlready = (name: string): string =>
  `\u2018${name}\u2019 is on the list already. Choose “It is on the list” for this name.`;

/** What of the list may be meant, for a menu that is typed into. */
export const listOptions = (typed: string, list: OrganisationList): PlainTextOption[] =>
  list
    .offer(typed)
    .slice(0, 50)
    .map((one) => option(one.name, one.id));

/** App Home of curators; nothing where nothing waits. */
export const waitingSection = (waiting: { names: number; cards: number }): KnownBlock[] =>
  waiting.names + waiting.cards === 0
    ? []
    : [
        section(
          mrkdwn`*Organisations and teams*\n${sayWaiting(waiting)}.`,
          button('See them', ids.list, { value: '0', label: 'See them: organisations and teams' }),
        ),
      ];
