import type { ActionsBlockElement, KnownBlock } from '@slack/types';
import { type Actor, isFacilitator, may } from '../../community/permissions.ts';
import type { Answer } from '../../slack/answer.ts';
import { actions, button, context, divider, header, rows, section } from '../../slack/blocks.ts';
import { ids, searchButton, type Written } from '../../slack/commands.ts';
import type { Command } from '../../slack/router.ts';
import { clip, type Mrkdwn, mrkdwn } from '../../slack/text.ts';

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

const canUse = (actor: Actor, { needs, isTakingPart = false }: Command): boolean =>
  (!needs || may(actor, needs)) && !(isTakingPart && actor.hasDeclined);

/** Whether a line begins with the word of a command that is theirs. */
const isOpen = (commands: readonly Command[], actor: Actor, line: string): boolean =>
  commands.some((one) => one.word === line.split(' ')[0] && canUse(actor, one));

/** A button that runs a line; of those in one block each has an id of its own. */
const doing = (text: string, line: string, style?: 'primary'): ActionsBlockElement => ({
  ...tryIt(text, line),
  ...(style && { style }),
  action_id: `${ids.run}:${line.replaceAll(' ', '-')}`,
});

/** `/chatr` alone: the few things most people want, by button. */
export function card(commands: readonly Command[], actor: Actor): Answer {
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
  const buttons = wanted
    .filter(([, line]) => isOpen(commands, actor, line))
    .map(([text, line]) => doing(text, line));
  return {
    text: 'What you can do with ChATR Companion',
    title: 'What you can do',
    blocks: [
      section(
        mrkdwn`*What would you like to do?* You can also just type what you are looking for, for example \`/chatr birth trauma\`.`,
      ),
      ...rows(buttons, 'help.card'),
      context(
        mrkdwn`Only you can see this.${isOpen(commands, actor, 'reflect') ? ' What you write in a reflection stays private to you.' : ''}`,
      ),
    ],
  };
}

/** What people say to be polite, and how it is answered. */
export const greetings: readonly {
  said: readonly [string, ...string[]];
  /** Said with more behind it, and meant no otherwise: "thanks, that helped". */
  goesOn?: RegExp;
  isLeadIn?: boolean;
  isWhole?: boolean;
  answered: (firstName: string | undefined) => Mrkdwn;
}[] = [
  {
    isLeadIn: true,
    said: ['hello', 'hi', 'hey', 'hiya', 'good morning', 'good afternoon', 'good evening'],
    answered: (firstName) =>
      mrkdwn`*Hello${firstName === undefined ? '' : ` ${firstName}`}.* I cannot chat, but I can do these:`,
  },
  {
    said: ['thanks', 'thank you', 'thx', 'cheers', 'many thanks', 'thank you very much'],
    isLeadIn: true,
    goesOn: /^(?:many )?(?:thanks|thank you|thx|cheers)\b[\s,.!:-]*/i,
    answered: () => mrkdwn`*You are welcome.* Nothing more is needed. Whenever you like:`,
  },
  {
    said: [
      'ok',
      'okay',
      'great',
      'perfect',
      'lovely',
      'yes',
      'bye',
      'goodbye',
      'good bye',
      'cool',
      'got it',
      'yep',
      'yeah',
    ],
    answered: () => mrkdwn`*Good.* Nothing more is needed. Whenever you like:`,
  },
  {
    said: [
      'no',
      'nope',
      'nothing',
      'none',
      'nah',
      'no thanks',
      'no thank you',
      'never mind',
      'nevermind',
      'not now',
      'not really',
      'nothing thanks',
      'no need',
    ],
    isWhole: true,
    answered: () => mrkdwn`*All right.* Nothing is needed. Whenever you like:`,
  },
  {
    said: [
      'test',
      'testing',
      'are you there',
      'you there',
      'anybody there',
      'anyone there',
      'how are you',
      'how are you doing',
      'lol',
      'haha',
      'good bot',
    ],
    isWhole: true,
    answered: () => mrkdwn`*I am here, and I am a program.* I cannot chat, but I can do these:`,
  },
];

/** Two or three things that fit whoever said hello, and the way to all the others. */
export function greeting(
  answered: (typeof greetings)[number]['answered'],
  commands: readonly Command[],
  actor: Actor,
): Answer {
  const wanted: [string, string][] = isFacilitator(actor)
    ? [
        ['My groups', 'groups'],
        ['Schedule a check-in', 'checkin new'],
        ['Find a resource', 'find'],
      ]
    : may(actor, 'resources.curate')
      ? [
          ['What waits in the catalogue', 'catalogue'],
          ['Find a resource', 'find'],
        ]
      : [
          ['Find a resource', 'find'],
          ['Write a reflection', 'reflect'],
          ['My check-ins', 'checkins'],
        ];
  return {
    text: 'What I can do',
    title: 'What I can do',
    blocks: [
      section(answered(actor.person.firstName)),
      actions(
        [...wanted.filter(([, line]) => isOpen(commands, actor, line)), allOfIt].map(([text, line]) =>
          doing(text, line),
        ),
        'help.greeting',
      ),
      context(mrkdwn`Nobody reads messages sent here. For support, any time: \`/chatr support\`.`),
    ],
  };
}
const allOfIt: [string, string] = ['See everything', 'help'];

/** How something is done that is no command, and where. */
export const howTo = (
  says: Mrkdwn,
  ways: readonly (readonly [text: string, line: string])[],
  commands: readonly Command[],
  actor: Actor,
): Answer => ({
  text: 'How that is done',
  title: 'How that is done',
  blocks: [
    section(says),
    actions([
      ...ways.filter(([, line]) => isOpen(commands, actor, line)).map(([text, line]) => doing(text, line)),
      doing('What I can do', 'help'),
    ]),
  ],
});

/** Every command for this person's role, grouped, each with an example that runs when its button is pressed. */
export function helpPage(commands: readonly Command[], actor: Actor): Answer {
  const mine = commands.filter((one) => one.help && canUse(actor, one));
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
export const beside = (meant: Command, words: string): KnownBlock[] =>
  meant.help
    ? [
        divider(),
        section(
          mrkdwn`Or did you mean the command *${meant.word}*? ${meant.help.does}`,
          yes(meant, [meant.word, words].filter(Boolean).join(' ')),
        ),
      ]
    : [];

const yes = ({ word }: Command, line: string) =>
  button(`Yes, ${word}`, `${ids.run}:meant`, { value: clip(line, 1900) });

export function notAllowed(command: Command, line: string): Answer {
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
        ...(line === '' ? [] : [searchButton('Search for this instead', line)]),
        doing('What I can do', 'help'),
      ]),
    ],
  };
}

/**
 * An answer to something written to the bot as a message. Where it may be about danger: kindness first, then whom to ring,
 * since no program should guess who needs this, and what it would find is behind a button. Else what was found. The words
 * are not repeated, in no button either: Slack keeps it.
 */
export function notAChat({ occasion, urgent, found, turnTo, isIdentifying, meant }: Written): Answer {
  const search = (text: string) => button(text, ids.lookUp, { value: occasion });
  const yesToo = meant?.command.help ? [yesWritten(meant, occasion)] : [];
  const help = doing('What I can do', 'help');
  const note = isIdentifying ? [leaveOutInMessage] : [];
  if (urgent.length > 0)
    return {
      text: 'Thank you for writing',
      blocks: [
        section(mrkdwn`*Thank you for writing.* I am a program: nobody reads this.`),
        ...urgent,
        ...turnTo,
        ...note,
        section(
          mrkdwn`I cannot chat, but I can look things up. What you write here I do not keep, but Slack does.`,
        ),
        actions([search('Search for this'), ...yesToo, help], 'help.instead'),
      ],
    };
  const slip = meant?.isSlip && !meant.hasWords;
  return {
    text: 'Thank you for writing',
    blocks: [
      slip
        ? section(
            mrkdwn`*I cannot chat. Did you mean the command ${meant.command.word}?* ${meant.command.help?.does ?? ''}`,
          )
        : found.length > 0
          ? section(mrkdwn`*I cannot chat, but I have looked this up:*`)
          : section(mrkdwn`*I cannot chat, and nothing in the catalogue seems to be about this.*`),
      ...(slip ? [] : [...turnTo, ...found]),
      ...note,
      ...(meant && !slip && meant.command.help
        ? [section(mrkdwn`Or did you mean the command *${meant.command.word}*? ${meant.command.help.does}`)]
        : []),
      ...rows(
        [
          {
            ...search(slip ? 'Search for this' : found.length > 0 ? 'Show more' : 'See what comes near'),
            style: 'primary',
          },
          ...yesToo,
          doing('Support', 'support'),
          help,
        ],
        'help.instead',
      ),
      context(
        mrkdwn`I am a program: nobody reads this, and I do not keep it, but Slack does. In danger, or finding things hard? Whom to ring: \`/chatr support\``,
      ),
    ],
  };
}

const leaveOutInMessage = context(
  mrkdwn`Please leave out names and dates of birth: a need and an age are enough. I keep nothing of this; to take it out of Slack too, delete your message.`,
);

/** What is behind the command's word stays in the message, and is read again when this is pressed. */
const yesWritten = ({ command, hasWords }: Written['meant'] & {}, occasion: string) =>
  hasWords ? button(`Yes, ${command.word}`, ids.runWritten, { value: occasion }) : yes(command, command.word);
