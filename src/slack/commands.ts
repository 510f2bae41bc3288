import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../community/permissions.ts';
import type { Answer, Answerer, Post } from './answer.ts';
import { type Command, type CommandCall, isQuestion, type Routed, route } from './router.ts';
import type { Click, Routes } from './routes.ts';
import { decodeEntities, tidyLine } from './text.ts';

/** Buttons that do what a line does, and the one that opens help. They stand in messages people keep. */
export const commandIds = {
  /** Value: the line to run, as if it had been typed after /chatr. */
  run: 'help.run',
  open: 'help.open',
  /** Value: names a message to the bot, whose words are looked up. */
  lookUp: 'help.lookUp',
} as const;

/** What a line is answered with where it is no command, or none for this person. */
export type CommandAnswers = {
  card(commands: readonly Command[], actor: Actor): Answer;
  notAllowed(command: Command): Answer;
  /** Stands below what was found: the command that may have been meant, with the words behind it. */
  beside(meant: Command, words: string): KnownBlock[];
  /** Whom to ring, where a line may be about danger. */
  urgent(line: string): KnownBlock[];
  /** The words are not repeated, in no button either: Slack keeps what is answered to a message. */
  notAChat(instead: { meant?: Command | undefined; lookUp?: string | undefined }, actor: Actor): Answer;
};

export type CommandDeps = {
  /** All features' commands, in the order of help. */
  commands: readonly Command[];
  answers: CommandAnswers;
  /** Whether a word is one that somebody means as it is, so that it is no slip in a command's. */
  isWord(word: string): boolean;
  /** What a line means whose first word is no command. */
  search(call: CommandCall): Promise<void>;
  post: Post;
  /** Reads a message to the bot again, when its words are to be looked up. */
  client: WebClient;
};

export type Commands = {
  listen(to: Routes): void;
  /**
   * A direct message to the bot: a command's word alone ("pause", "help") does what the command does, and so does "away until Friday".
   * @param occasion names the message.
   */
  answerMessage(actor: Actor, text: string, occasion: string): Promise<void>;
};

/** `/chatr`, the shortcuts, the buttons that run a line, and words written to the bot: one meaning for a line everywhere. */
export function createCommands({ commands, answers, isWord, search, post, client }: CommandDeps): Commands {
  async function run(line: string, given: Omit<CommandCall, 'words'>): Promise<void> {
    const routed = route(commands, line, given.actor, isWord);
    const call = { ...given, answer: urgentFirst(line, given.answer) };
    // What was typed is looked up all the same: a guess about what was meant never stands in its way.
    const searchBeside = (words: string, below: KnownBlock[]) =>
      search({
        ...call,
        words,
        answer: (found) => call.answer({ ...found, blocks: [...found.blocks, ...below] }),
      });
    switch (routed.kind) {
      case 'card':
        return call.answer(answers.card(commands, call.actor));
      case 'run':
        return routed.command.run({ ...call, words: routed.words });
      case 'near-miss':
        return searchBeside(routed.line, answers.beside(routed.meant, routed.words));
      case 'not-allowed':
        return call.answer(answers.notAllowed(routed.command));
      case 'either':
        return searchBeside(routed.line, answers.beside(routed.command, ''));
      case 'search':
        return search({ ...call, words: routed.words });
    }
  }

  /** Whatever is done with a line that may be about danger, whom to ring comes first, and once. */
  function urgentFirst(line: string, answer: Answerer): Answerer {
    const urgent = answers.urgent(line);
    const first = urgent[0]?.block_id;
    return first === undefined
      ? answer
      : (said) =>
          answer(
            said.blocks.some(({ block_id }) => block_id === first)
              ? said
              : { ...said, blocks: [...urgent, ...said.blocks] },
          );
  }

  /** The words of a message to the bot, as if they had been typed after /chatr. */
  async function lookUp({ actor, value, answer, replace }: Click): Promise<void> {
    const call = { actor, answer, open: replace };
    const written = await ownMessage(client, actor.person.slackId, value);
    if (written === undefined) return run('find', call);
    const routed = route(commands, written, actor, isWord);
    if (looksUp(routed)) return routed.command.run({ ...call, words: routed.words });
    await search({ ...call, words: tidyLine(written) });
  }

  return {
    listen(to) {
      to.onClick(commandIds.lookUp, lookUp);
      to.onCommand('/chatr', ({ text, ...call }) => run(text, call));
      const runLine = ({ actor, value, answer, replace }: Click) =>
        run(value || 'help', { actor, answer, open: replace });
      to.onClick(commandIds.run, runLine);
      to.onClick(`${commandIds.run}:`, runLine);
      to.onClick(commandIds.open, ({ actor, answer, replace }) =>
        run('help', { actor, answer, open: replace }),
      );
      for (const [id, line] of [
        ['chatr.find', 'find'],
        ['chatr.reflect', 'reflect'],
      ] as const)
        to.onShortcut(id, ({ actor, answer, open }) => run(line, { actor, answer, open }));
    },
    async answerMessage(actor, text, occasion) {
      // A message that is delivered again is answered once, whatever became of the first time.
      let count = 0;
      const answer = (said: Answer) => {
        count += 1;
        return post(actor.person.slackId, said, `${occasion}:${count}`);
      };
      const written = decodeEntities(text);
      const routed = route(commands, written, actor, isWord);
      if (routed.kind === 'run' && (routed.words === '' || routed.command.word === 'away'))
        return routed.command.run({ actor, words: routed.words, answer, open: undefined });
      const meant = routed.kind === 'near-miss' && routed.words === '' ? routed.meant : undefined;
      await answer(
        answers.notAChat(
          { meant, lookUp: meant || looksUp(routed) || isQuestion(written) ? occasion : undefined },
          actor,
        ),
      );
    },
  };
}

/** "find birth trauma", "define dissociation": asked of the library, whichever way. */
const looksUp = (routed: Routed): routed is Extract<Routed, { kind: 'run' }> =>
  routed.kind === 'run' && ['find', 'define'].includes(routed.command.word) && routed.words !== '';

/** What somebody wrote to the bot. @returns undefined where it is gone, cannot be read, or is somebody else's. */
async function ownMessage(client: WebClient, slackId: string, occasion: string): Promise<string | undefined> {
  const [channel = '', ts = ''] = occasion.split(':');
  const only = { latest: ts, inclusive: true, limit: 1 };
  const { messages = [] } = await client.conversations
    .history({ channel, ...only })
    .catch(() => ({ messages: [] }));
  const written = messages.find((message) => message.ts === ts && message.user === slackId)?.text;
  return written && decodeEntities(written);
}
