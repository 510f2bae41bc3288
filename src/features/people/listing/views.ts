import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { whoHearsOfBeingAsked } from '../../../community/promises.ts';
import type { Vocabulary } from '../../../content/vocabulary.ts';
import { type Doubtful, doubt, doubtBlocks, doubtOf, maskAnd } from '../../../safeguarding/warning.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, context, divider, inert, section } from '../../../slack/blocks.ts';
import { searchButton } from '../../../slack/commands.ts';
import { form, line, paragraph, severalOf, ticked } from '../../../slack/form.ts';
import { packed, packedJson, placeNumber } from '../../../slack/packed.ts';
import { type Turn, turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { PeopleDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import type { Colleague } from './directory.ts';
import { type Listing, longest } from './store.ts';

export type Drawn = { vocabulary: Vocabulary; teamId: string };

/** Opens a conversation between whoever presses it and somebody; the bot is not in it. */
export const conversationWith = (slackId: string, teamId: string): string | undefined =>
  /^[UW][A-Z0-9]+$/.test(slackId)
    ? `https://slack.com/app_redirect?channel=${slackId}&team=${teamId}`
    : undefined;

/** More topics than these say less. */
const mostTopics = 8;

/** Somebody as everybody sees them, themselves included. */
export function colleagueBlocks(one: Colleague, { vocabulary, teamId }: Drawn): KnownBlock[] {
  const labels = (chosen: readonly string[], all: readonly { id: string; label: string }[]): string[] =>
    all.filter(({ id }) => chosen.includes(id)).map(({ label }) => label);
  const ages = labels(one.ageGroups, vocabulary.age_groups);
  const topics = labels(one.interests, vocabulary.topics);
  const more = topics.length - mostTopics;
  const url = one.isUnderAnotherName ? undefined : conversationWith(one.person.slackId, teamId);
  const lines: [string, string | undefined][] = [
    ['Happy to be asked about', one.askAbout],
    ['Works with', ages.join('; ')],
    ['Interested in', [...topics.slice(0, mostTopics), ...(more > 0 ? [`${more} more`] : [])].join(', ')],
    ['Where', one.boroughs.join(', ')],
    ['In their words', one.introduction],
  ];
  return [
    section(
      joinMrkdwn(
        [
          joinMrkdwn(
            [
              mrkdwn`*${one.name}*`,
              one.role !== undefined && mrkdwn`${one.role}`,
              one.organisation !== undefined && mrkdwn`${one.organisation}`,
            ],
            ' \u00b7 ',
          ),
          ...lines.map(([what, said]) => said !== undefined && said !== '' && mrkdwn`${what}: ${said}`),
        ],
        '\n',
      ),
      url === undefined
        ? undefined
        : button('Write to them', ids.write, { url, label: `Write to them: ${one.name}` }),
    ),
    ...(one.isUnderAnotherName
      ? [
          context(
            mrkdwn`There is no link to them. A question by way of \u201cWho can help?\u201d may reach them.`,
          ),
        ]
      : []),
  ];
}

/** Where somebody is in the list, and what they look for. */
export const packedPage = packed(':', { page: placeNumber, question: z.string().max(500).catch('') });

const askButton = (question = '') =>
  button('Who can help?', ids.ask, { value: question, label: 'Who can help? Ask colleagues' });
const listingButton = button('How I am listed', ids.listing);

export type Standing = { isListed: boolean; open: KnownBlock[] };

/** The list, five at a time, or those whom a question finds. */
export function peopleAnswer(
  {
    shown,
    total,
    question,
    ...turn
  }: Turn & { shown: readonly Colleague[]; total: number; question: string },
  { isListed, open }: Standing,
  drawn: Drawn,
): Answer {
  const nobody =
    question === ''
      ? mrkdwn`*Colleagues*\nNobody is listed yet. Whoever likes to be found lists themselves here.`
      : mrkdwn`*Nobody listed fits \u2018${question}\u2019.* You can ask in your own words: I put it to those who may know.`;
  return {
    text: 'Colleagues who chose to be listed',
    title: 'Colleagues',
    blocks: [
      ...open,
      section(
        total === 0
          ? nobody
          : question === ''
            ? mrkdwn`*Colleagues*\n${count(total, 'person is', 'people are')} listed, because they chose to be.`
            : mrkdwn`*Colleagues for \u2018${question}\u2019*\n${count(total, 'person', 'people')}, of those who chose to be listed.`,
      ),
      ...shown.flatMap((one) => [divider(), ...colleagueBlocks(one, drawn)]),
      divider(),
      actions([
        askButton(question),
        listingButton,
        ...(question === '' ? [] : [button('All colleagues', ids.open)]),
        ...turnButtons(turn, {
          back: { text: 'Back', id: `${ids.page}back` },
          more: { text: 'More', id: `${ids.page}more` },
          value: (page) => packedPage.pack({ page, question }),
        }),
      ]),
      context(
        question === ''
          ? isListed
            ? mrkdwn`You are listed. Others find you here as you find them.`
            : mrkdwn`You are not listed, so nobody finds you here.`
          : mrkdwn`For resources: \`/chatr find ${question}\``,
      ),
    ],
  };
}

const introducedToo = mrkdwn`You are introduced to colleagues by your name in Slack. With another name here, an introduction says nothing of your role, where you work or what you care about, so that nobody sees that both are you: \`/chatr connect\``;

const mayStillTell = mrkdwn`You are listed under another name. Your role, organisation and words stand beside it, and may still show who you are.`;

export const whoSeesIt = 'Everybody here who has agreed to the community agreement can find it.';

/** How they are listed, or would be, drawn as others see it. */
export const ownListingAnswer = (
  own: Colleague | undefined,
  {
    isListed,
    takesQuestions,
    isIntroduced,
  }: { isListed: boolean; takesQuestions: boolean; isIntroduced: boolean },
  drawn: Drawn,
  profileButton: PeopleDeps['listing']['profileButton'],
  receipt?: Mrkdwn,
): Answer => ({
  text: 'How you are listed',
  title: 'How I am listed',
  blocks: [
    ...(receipt ? [section(receipt)] : []),
    section(
      isListed
        ? mrkdwn`*This is how colleagues find you.* ${whoSeesIt}`
        : mrkdwn`*You are not listed, so nobody finds you.* If you were, with what your profile shows colleagues now:`,
    ),
    divider(),
    ...(own
      ? inert(colleagueBlocks(own, drawn), ids.shown)
      : [section(mrkdwn`Your listing cannot be read just now, so it is not shown.`)]),
    divider(),
    ...(own?.isUnderAnotherName ? [context(mayStillTell)] : []),
    ...(own?.isUnderAnotherName && isIntroduced ? [context(introducedToo)] : []),
    actions([
      button(isListed ? 'Change' : 'List me', ids.change, {
        label: isListed ? 'Change how I am listed' : 'List me among colleagues',
      }),
      ...(isListed ? [button('Hide me now', ids.hide)] : []),
      button(profileButton.text, profileButton.actionId),
      button('All colleagues', ids.open),
    ]),
    context(
      takesQuestions && isListed
        ? mrkdwn`A colleague\u2019s question may come to you, once in two weeks at most. ${whoHearsOfBeingAsked}`
        : mrkdwn`No colleague\u2019s question is put to you.`,
    ),
  ],
});

export const listingForm = form(
  { id: ids.listingForm, carries: packedJson(z.object({ doubt })) },
  {
    title: 'How I am listed',
    submit: 'Save and list me',
    close: 'Not now',
    fields: {
      shown: severalOf('Colleagues see of my profile', {
        menu: true,
        hint: 'Of a single school, nursery or GP practice they see the kind alone. What you leave out, they do not see.',
      }),
      askAbout: paragraph('Happy to be asked about', {
        max: longest.askAbout,
        hint: 'In your own words. For example: housing letters, talking with dads, how our duty desk works.',
      }),
      takesQuestions: ticked('Questions from colleagues', {
        yes: 'Put them to me when they fit',
        hint: `Once in two weeks at most, by message. ${whoHearsOfBeingAsked}`,
      }),
      name: line('Another name to be listed under', {
        max: longest.name,
        hint: 'For whoever should not be found by name. Nothing here then leads to you in Slack: colleagues reach you by a question, and you decide each time. Your role, organisation and words may still show who you are, so leave out what would. Not a name that a colleague here goes by.',
      }),
    },
  },
);

export const listingView = (
  {
    shown,
    ...said
  }: Partial<Pick<Listing, 'name' | 'askAbout' | 'takesQuestions'>> & {
    shown: readonly string[];
  },
  { fields, isIntroduced }: { fields: PeopleDeps['listing']['fields']; isIntroduced: boolean },
  seen: Doubtful = {},
): View =>
  listingForm.view({
    carry: { doubt: doubtOf(seen) },
    initial: { ...said, shown },
    options: { shown: fields },
    ...(doubtOf(seen) === 'warned' && { submit: maskAnd('save') }),
    above: [
      ...doubtBlocks(seen, ids.keepListing),
      context(mrkdwn`${whoSeesIt} You can change it or hide at any time.`),
      ...(isIntroduced ? [context(introducedToo)] : []),
    ],
  });

export const plainAnswer = (text: Mrkdwn, ...more: KnownBlock[]): Answer => ({
  text: 'Colleagues',
  title: 'Colleagues',
  blocks: [section(text), ...more],
});

export const agreeFirst = plainAnswer(
  mrkdwn`*Not yet:* the list of colleagues is for those who have agreed to the community agreement. It waits in Home.`,
);

/** The same, for whoever looked for something among them. */
export const agreeOrSearch = (question: string): Answer => ({
  ...agreeFirst,
  blocks: [...agreeFirst.blocks, actions([searchButton('Search for this instead', `people ${question}`)])],
});

export const shownAnswer = plainAnswer(
  mrkdwn`This is how others see it. For them its buttons work; here they do nothing.`,
);

export const hidden = mrkdwn`*Hidden.* Nobody finds you any more, and what was put to you and you have not answered is taken back. Your words are kept for when you list yourself again.`;
export const saved = mrkdwn`*Saved.* You are listed.`;
export const whyNotName = {
  'name-taken':
    'Somebody here is called that, or nearly, and would be taken for you. Please choose another name.',
  'name-own':
    'That is your own name, or a part of it. Leave this empty to be listed under it, or choose another name.',
  'name-of-role':
    'That is what somebody with a part in the programme is called, and people would trust it as theirs. Please choose another name.',
  'name-mixed': 'Please write the name in letters of one alphabet.',
} as const;
