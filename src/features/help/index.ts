import { type Signposts, urgentBlocks, urgentToWriter } from '../../safeguarding/signposts.ts';
import { type CommandAnswers, ids } from '../../slack/commands.ts';
import { type Command, isQuestion } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import { howTos } from './asked.ts';
import { beside, card, greeting, greetings, helpPage, howTo, notAChat, notAllowed } from './views.ts';

/** What a line is answered with that is no command. */
export const commandAnswers = (signposts: () => Signposts): CommandAnswers => ({
  card,
  notAllowed,
  beside,
  urgent: (line) => urgentBlocks(signposts(), line),
  urgentToWriter: (message) => urgentToWriter(signposts(), message),
  notAChat,
});

/** What everybody can do here, in their role's words. @param commands all features', this one's among them. */
export function help(commands: () => readonly Command[]): Feature {
  return {
    name: 'help',
    commands: [
      {
        word: 'help',
        aliases: [
          'h',
          'commands',
          'menu',
          'usage',
          '?',
          'how does this work',
          'what can you do',
          'what can i do',
          'what can i do here',
          'who are you',
          'what are you',
          'are you a bot',
          'instructions',
        ],
        takes: [],
        help: { does: 'Shows what you can do, with examples to try.', group: 'you' },
        run: ({ actor, answer }) => answer(helpPage(commands(), actor)),
      },
      ...greetings.map(
        ({ said: [word, ...aliases], isLeadIn, isWhole, goesOn, answered }): Command => ({
          word,
          aliases,
          takes: [],
          isExact: true,
          isLeadIn: isLeadIn ?? false,
          isWhole: isWhole ?? false,
          ...(goesOn && { isMeantBy: (line) => goesOn.test(line) && !isQuestion(line.replace(goesOn, '')) }),
          run: ({ actor, answer }) => answer(greeting(answered, commands(), actor)),
        }),
      ),
      ...howTos.map(
        ({ asked: [word, ...aliases], meant, says, ways }): Command => ({
          word,
          aliases,
          takes: [],
          isExact: true,
          ...(meant && { isWhole: true, isMeantBy: (line) => meant.test(line) }),
          run: ({ actor, answer }) => answer(howTo(says, ways, commands(), actor)),
        }),
      ),
    ],
    quickActions: [{ text: 'Help', actionId: ids.open, order: 90 }],
  };
}
