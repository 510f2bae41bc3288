import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { type Actor, isFacilitator, may } from '../../community/permissions.ts';
import { type Signposts, urgentLine } from '../../safeguarding/signposts.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, context, divider, header, rows, section } from '../../slack/blocks.ts';
import type { CommandAnswers } from '../../slack/commands.ts';
import type { Command } from '../../slack/router.ts';
import { clip, mrkdwn } from '../../slack/text.ts';
import { ids } from './ids.ts';

const groups = {
  find: 'Find something',
  write: 'Write for yourself',
  together: 'Take part',
  you: 'Your choices and support',
  lead: 'For facilitators',
} as const;

/** The button's value carries the whole line; a longer one than Slack takes is cut, never refused. */
const tryIt = (text: string, line: string, label?: string) =>
  button(text, ids.run, { value: clip(line, 1900), ...(label && { label }) });

/** `/chatr` alone: the few things most people want, by button. */
export function card(commands: readonly Command[], actor: Actor): Answer {
  const open = (word: string) =>
    commands.some((one) => one.word === word && (!one.needs || may(actor, one.needs)));
  const wanted: [string, string][] = [
    ['Find a resource', 'find'],
    ['Write a reflection', 'reflect'],
    ['My journal', 'journal'],
    ['My check-ins', 'checkins'],
    ...(isFacilitator(actor)
      ? ([
          ['My groups', 'groups'],
          ['Schedule a check-in', 'checkin new'],
        ] as [string, string][])
      : []),
    ['Support', 'support'],
    ['All commands', 'help'],
  ];
  const buttons: ActionsBlockElement[] = wanted
    .filter(([, line]) => line === 'help' || open(line.split(' ')[0] ?? ''))
    .map(([text, line]) => ({ ...tryIt(text, line), action_id: `${ids.run}:${line.replace(' ', '-')}` }));
  return {
    text: 'What you can do with ChATR Companion',
    title: 'What you can do',
    blocks: [
      section(
        mrkdwn`*What would you like to do?* You can also just type what you are looking for, for example \`/chatr birth trauma\`.`,
      ),
      ...rows(buttons, 'help.card'),
      context(mrkdwn`Only you can see this. What you write in a reflection stays private to you.`),
    ],
  };
}

/** Every command for this person's role, grouped, each with an example that runs when its button is pressed. */
export function helpPage(commands: readonly Command[], actor: Actor): Answer {
  const mine = commands.filter((one) => one.help && (!one.needs || may(actor, one.needs)));
  const blocks: KnownBlock[] = [
    section(mrkdwn`Type \`/chatr\` and one of these words, or press a button to try it.`),
  ];
  for (const [group, title] of Object.entries(groups)) {
    const lines = mine.filter((one) => one.help?.group === group);
    if (lines.length === 0) continue;
    blocks.push(divider(), header(title));
    for (const { word, help } of lines) {
      const example = help?.example ?? word;
      blocks.push(
        section(mrkdwn`*${'/chatr '}${example}*\n${help?.does ?? ''}`, {
          ...tryIt('Try it', example, `Try /chatr ${example}`),
          action_id: `${ids.run}:${word}`,
        }),
      );
    }
  }
  blocks.push(
    context(
      mrkdwn`A word that is no command is a search: \`/chatr perinatal anxiety\` just works. Answers are for you alone.`,
    ),
  );
  return { text: 'Help with ChATR Companion', title: 'Help', blocks: blocks.slice(0, 50) };
}

/** Beside what was found: the command that may have been meant, by what it does. Nothing is done before it is pressed. */
export const beside = (meant: Command, words: string): KnownBlock[] => [
  divider(),
  section(
    mrkdwn`Or did you mean the command *${meant.word}*? ${meant.help?.does ?? ''}`,
    yes(meant, [meant.word, words].filter(Boolean).join(' ')),
  ),
];

const yes = ({ word }: Command, line: string) =>
  button(`Yes, ${word}`, `${ids.run}:meant`, { value: clip(line, 1900) });

const searchFor = (line: string) => ({
  ...tryIt(`Search for “${clip(line, 40)}”`, `find ${line}`),
  action_id: `${ids.run}:search`,
});

export const toCome = (word: string): Answer => ({
  text: `${word} is not here yet`,
  title: 'Not here yet',
  blocks: [
    section(mrkdwn`*${'/chatr '}${word}* is not here yet. I can look the word up in the resources.`),
    actions([searchFor(word), { ...tryIt('What I can do', 'help'), action_id: `${ids.run}:help` }]),
  ],
});

export function notAllowed(command: Command): Answer {
  const { otherwise } = command;
  const isCurators = command.needs === 'resources.curate';
  return {
    text: isCurators ? 'That is for curators' : 'That is for facilitators',
    title: isCurators ? 'For curators' : 'For facilitators',
    blocks: [
      section(
        isCurators
          ? mrkdwn`\`/chatr ${command.word}\` is for people who look after the catalogue: curators and facilitators. To suggest something is for everybody. If you are to be a curator, ask a facilitator or a workspace admin.`
          : mrkdwn`\`/chatr ${command.word}\` is for people who run a group: a facilitator of it or of all groups. If you are to be one, ask a facilitator or a workspace admin.`,
      ),
      ...(otherwise ? [section(mrkdwn`${otherwise.says}`)] : []),
      actions([
        ...(otherwise
          ? [{ ...tryIt(otherwise.text, otherwise.line), action_id: `${ids.run}:otherwise` }]
          : []),
        { ...tryIt('What I can do', 'help'), action_id: `${ids.run}:help` },
      ]),
    ],
  };
}

/**
 * An answer to something written to the bot as a message, with a search for it first. The words are not
 * repeated, in no button either: Slack keeps it.
 */
export function notAChat(
  { meant, lookUp }: Parameters<CommandAnswers['notAChat']>[0],
  signposts: Signposts,
): Answer {
  const lead = meant
    ? mrkdwn`*I cannot chat. Did you mean the command ${meant.word}?* ${meant.help?.does ?? ''}`
    : lookUp
      ? mrkdwn`*I cannot chat, but I can look that up for you.*`
      : mrkdwn`*I cannot chat, but I can look things up.*`;
  return {
    text: 'I cannot chat, but I can help you find things',
    blocks: [
      section(
        mrkdwn`${lead} Nobody reads messages sent here, I do not keep them, and Slack does. For anything private, please use the buttons.`,
      ),
      // Whatever was written: nobody here reads it, and no program should guess who needs this.
      section(urgentLine(signposts)),
      ...rows(
        [
          ...(lookUp ? [button('Search for this', ids.lookUp, { value: lookUp, style: 'primary' })] : []),
          ...(meant ? [yes(meant, meant.word)] : []),
          { ...tryIt('Find a resource', 'find'), action_id: `${ids.run}:find` },
          { ...tryIt('Write a reflection', 'reflect'), action_id: `${ids.run}:reflect` },
          { ...tryIt('Support and safeguarding', 'support'), action_id: `${ids.run}:support` },
          { ...tryIt('What I can do', 'help'), action_id: `${ids.run}:help` },
        ],
        'help.instead',
      ),
    ],
  };
}
