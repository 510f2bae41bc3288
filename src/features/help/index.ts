import { type Signposts, urgentBlocks } from '../../safeguarding/signposts.ts';
import type { CommandAnswers } from '../../slack/commands.ts';
import type { Command } from '../../slack/router.ts';
import type { Feature } from '../feature.ts';
import { ids } from './ids.ts';
import { beside, card, greeting, greetings, helpPage, notAChat, notAllowed } from './views.ts';

/** What a line is answered with that is no command. */
export const commandAnswers = (signposts: () => Signposts): CommandAnswers => ({
  card,
  notAllowed,
  beside,
  urgent: (line) => urgentBlocks(signposts(), line),
  notAChat,
});

/** What everybody can do here, in their role's words. @param commands all features', this one's among them. */
export function help(commands: () => readonly Command[]): Feature {
  return {
    name: 'help',
    commands: [
      {
        word: 'help',
        aliases: ['h', 'commands', 'menu', 'usage', '?'],
        takes: [],
        help: { does: 'Shows what you can do, with examples to try.', group: 'you' },
        run: ({ actor, answer }) => answer(helpPage(commands(), actor)),
      },
      ...greetings.map(
        ({ said: [word, ...aliases], answered }): Command => ({
          word,
          aliases,
          takes: [],
          isGreeting: true,
          run: ({ actor, answer }) => answer(greeting(answered, commands(), actor)),
        }),
      ),
    ],
    quickActions: [{ text: 'Help', actionId: ids.open, order: 90 }],
  };
}
