import type { KnownBlock, View } from '@slack/types';
import { digitsOf } from '../../safeguarding/phone.ts';
import {
  alwaysShown,
  numbersOf,
  type RetiredLine,
  type SafeguardingRoute,
  type Signposts,
  type SupportLine,
  sayChecked,
  standingOf,
} from '../../safeguarding/signposts.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, context, header, modal, section } from '../../slack/blocks.ts';
import { searchButton } from '../../slack/commands.ts';
import { joinMrkdwn, link, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import { ids } from './ids.ts';

export type SupportPage = { signposts: Signposts; now: Date };

/** Everything on one page: who to ring now, safeguarding routes by area, other lines, people at one's own work. */
export function supportBlocksFor({ signposts, now }: SupportPage): KnownBlock[] {
  const always = alwaysShown(signposts);
  const others = signposts.lines.filter(({ id }) => !signposts.always_show.includes(id));
  const show = (one: SupportLine | SafeguardingRoute) => entry(signposts, one, now);
  const unnumbered = [...others, ...signposts.safeguarding_routes].filter(
    (one) => standingOf(signposts, one, now).kind === 'name-only',
  );
  const areas = [...new Set(signposts.safeguarding_routes.map(({ area }) => area))];

  return [
    section(mrkdwn`${signposts.about.rule} Nobody is told that you opened this page.`),
    header('Right now'),
    ...paragraphs(always.map(show)),
    ...(signposts.safeguarding_routes.length > 0
      ? [
          header('If a child or adult may be at risk'),
          section(
            mrkdwn`Speak with your own safeguarding lead. Writing to me tells no one. These are the local contacts:`,
          ),
          ...paragraphs(
            areas.flatMap((area) => {
              const routes = signposts.safeguarding_routes.filter((route) => route.area === area).map(show);
              const shown = routes.filter((route) => route !== undefined);
              return shown.length === 0 ? [] : [mrkdwn`_${area}_`, ...shown];
            }),
          ),
        ]
      : []),
    header('Someone to talk to'),
    ...paragraphs(others.map(show)),
    header('For you, at work'),
    section(
      joinMrkdwn(
        signposts.for_practitioners.map((line) => mrkdwn`•  ${line}`),
        '\n',
      ),
    ),
    ...(unnumbered.length > 0
      ? [
          context(
            mrkdwn`No number is given here for ${unnumbered.map(({ name }) => name).join('; ')}, because it has not been confirmed. Please look on their own site.`,
          ),
        ]
      : []),
    ...signposts.retired.map((one) => context(retiredLine(signposts, one))),
    context(mrkdwn`If a number does not answer or looks wrong, please tell a facilitator.`),
  ];
}

function retiredLine(signposts: Signposts, { name, phone, status, use_instead }: RetiredLine): Mrkdwn {
  const instead = signposts.lines.find(({ id }) => id === use_instead);
  const number = instead && numbersOf(instead)[0];
  return mrkdwn`*${phone}* (${name}): ${status} Use instead: ${instead ? mrkdwn`*${instead.name}*` : use_instead}${
    number ? mrkdwn`, ${phoneLink(number)}` : ''
  }.`;
}

/** @returns undefined where only the name may be given, which the page does at its end. */
function entry(signposts: Signposts, one: SupportLine | SafeguardingRoute, now: Date): Mrkdwn | undefined {
  const standing = standingOf(signposts, one, now);
  if (standing.kind === 'name-only') return undefined;
  const numbers = numbersOf(one);
  const ways = joinMrkdwn(
    [
      numbers.length > 0 && joinMrkdwn(numbers.map(phoneLink), ' or '),
      one.text !== undefined && mrkdwn`text *${one.text}*`,
      one.email !== undefined && link(`mailto:${one.email}`, one.email),
      one.web !== undefined && link(one.web, 'website'),
    ],
    '  ·  ',
  );
  const quiet = [one.hours, one.for_whom, one.note, sayChecked(standing)].filter(
    (text) => text !== undefined,
  );
  return mrkdwn`*${one.name}*\n${ways}${quiet.length > 0 ? mrkdwn`\n${quiet.map(sentence).join(' ')}` : ''}`;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** One tap rings on a phone. */
const phoneLink = (number: string): Mrkdwn => mrkdwn`*${link(`tel:${digitsOf(number)}`, number)}*`;

/** Few blocks however long the list grows: entries share a section up to what it holds. */
function paragraphs(entries: readonly (Mrkdwn | undefined)[]): KnownBlock[] {
  const groups: Mrkdwn[][] = [];
  let length = 0;
  for (const one of entries) {
    if (one === undefined) continue;
    const group = groups.at(-1);
    if (group === undefined || length + one.text.length > 2500 || group.length >= 4) {
      groups.push([one]);
      length = one.text.length;
    } else {
      group.push(one);
      length += one.text.length + 2;
    }
  }
  return groups.map((group) => section(joinMrkdwn(group, '\n\n')));
}

const text = 'Support and safeguarding contacts';

export const commandHelp = {
  does: 'Shows support lines and safeguarding contacts.',
  example: 'support',
  group: 'you',
} as const;

/**
 * To the words of a command.
 * @param retired a closed line, where they asked for it.
 * @param searchable whoever asks for themselves may have asked for something to read as well.
 */
export const supportAnswer = (
  page: SupportPage,
  { retired, searchable }: { retired: RetiredLine | undefined; searchable: string | undefined },
): Answer => ({
  text,
  title: 'Support',
  blocks: [
    ...(retired ? [section(retiredLine(page.signposts, retired))] : []),
    ...supportBlocksFor(page),
    ...(searchable === undefined ? [] : [actions([searchButton('Search for this too', searchable)])]),
  ],
});

/** Beside a message. */
export const supportNote = (page: SupportPage): Answer => ({ text, blocks: supportBlocksFor(page) });

export const supportScreen = (page: SupportPage): View =>
  modal({ callbackId: ids.screen, title: 'Support', blocks: supportBlocksFor(page) });
