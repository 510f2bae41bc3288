import type { Button, KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor } from '../community/permissions.ts';
import type { Answer, Answerer, Post } from './answer.ts';
import { button } from './blocks.ts';
import { packed } from './packed.ts';
import { type Command, type CommandCall, isQuestion, type Routed, route } from './router.ts';
import type { Click, Routes } from './routes.ts';
import { clip, decodeEntities, tidyLine } from './text.ts';

/** Buttons that do what a line does, and the one that opens help. They stand in messages people keep. */
export const ids = {
  /** Value: the line to run, as if it had been typed after /chatr. */
  run: 'help.run',
  open: 'help.open',
  /** Value: names a message to the bot, whose words are looked up. */
  lookUp: 'help.look-up',
  /** Value: the same; its words are run, as if they had been typed after /chatr. */
  runWritten: 'help.run-written',
} as const;

/** What two of them were called in messages sent before. */
const idsBefore = { lookUp: 'help.lookUp', runWritten: 'help.runWritten' } as const;

/** Names a message to the bot: the conversation it stands in, and its time there. */
export const packedMessage = packed(':', { channel: z.string(), ts: z.string() });

/** Where a line was taken for a command and may be a search. It stands only in what its writer alone sees. */
export const searchButton = (text: string, words: string): Button =>
  button(text, `${ids.run}:find`, { value: clip(`find ${words}`, 1900) });

/** What a line is answered with where it is no command, or none for this person. */
export type CommandAnswers = {
  card(commands: readonly Command[], actor: Actor): Answer;
  /** @param line what was typed, which may be a search after all. */
  notAllowed(command: Command, line: string): Answer;
  /** Stands below what was found: the command that may have been meant, with the words behind it. */
  beside(meant: Command, words: string): KnownBlock[];
  /** Whom to ring, where a line may be about danger. */
  urgent(line: string): KnownBlock[];
  /** The same for a message to the bot, also where somebody tells how they are. */
  urgentToWriter(message: string): KnownBlock[];
  /** To a message that is no command: what was found, or whom to ring, and the ways on. */
  notAChat(written: Written): Answer;
};

/**
 * A message to the bot that is no command. Its words are not repeated, in no button either: Slack keeps what is answered to
 * a message.
 */
export type Written = {
  /** Names the message. */
  occasion: string;
  /** Whom to ring, where it may be about danger or how somebody is; nothing is looked up then before they ask for it. */
  urgent: readonly KnownBlock[];
  found: readonly KnownBlock[];
  /** Who can be turned to, where it asks that or tells of a need: by press, and by number for a child who may be harmed. */
  turnTo: readonly KnownBlock[];
  /** It may say who somebody is. */
  isIdentifying: boolean;
  /** The command that may have been meant. */
  meant: { command: Command; isSlip: boolean; hasWords: boolean } | undefined;
};

export type CommandDeps = {
  /** All features' commands, in the order of help. */
  commands: readonly Command[];
  answers: CommandAnswers;
  /** Whether a word is one that somebody means as it is, so that it is no slip in a command's. */
  isWord(word: string): boolean;
  /** What a line means whose first word is no command. `keeps`: of what was not found, for the curators; by default words. */
  search(
    call: Pick<CommandCall, 'actor' | 'words' | 'answer'> & { keeps?: 'words' | 'nothing' },
  ): Promise<void>;
  /** The best of what such a line would find, without a word of the line. */
  foundInBrief(words: string, actor: Actor): Promise<KnownBlock[]>;
  /** Who can be turned to about it; says nothing of the words but the need. */
  turnTo(words: string, actor: Actor): KnownBlock[];
  /** Whether a line may say who somebody is. */
  tellsOfSomebody(line: string): boolean;
  post: Post;
  /** Reads a message to the bot again, when its words are to be looked up. */
  client: WebClient;
};

export type Commands = {
  listen(to: Routes): void;
  /**
   * A direct message to the bot: a command's word alone ("pause", "help") does what the command does, and so does "away
   * until Friday". Anything else is looked up.
   * @param occasion names the message.
   */
  answerMessage(actor: Actor, text: string, occasion: string): Promise<void>;
};

/** `/chatr`, the shortcuts, the buttons that run a line, and words written to the bot: one meaning for a line everywhere. */
export function createCommands(deps: CommandDeps): Commands {
  const { commands, answers, isWord, search, foundInBrief, turnTo, tellsOfSomebody, post, client } = deps;

  async function run(line: string, given: Omit<CommandCall, 'words' | 'lookUp'>): Promise<void> {
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
        return routed.command.run({
          ...call,
          words: routed.words,
          lookUp: () => searchBeside(routed.line, answers.beside(routed.command, '')),
        });
      case 'near-miss':
        return searchBeside(routed.line, answers.beside(routed.meant, routed.words));
      case 'not-allowed':
        return call.answer(answers.notAllowed(routed.command, routed.line));
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

  /** The words of a message to the bot, for whoever wrote them. Where they are gone, they are asked for again. */
  async function withWritten(
    { actor, value, answer, replace }: Click,
    use: (written: string, call: Parameters<typeof run>[1]) => Promise<void>,
  ): Promise<void> {
    const written = await ownMessage(client, actor.person.slackId, value);
    const call = { actor, answer, open: replace };
    await (written === undefined ? run('find', call) : use(written, call));
  }

  return {
    listen(to) {
      for (const id of [ids.lookUp, idsBefore.lookUp])
        to.onClick(id, (click) =>
          withWritten(click, (written, call) => {
            const routed = route(commands, written, call.actor, isWord);
            return routed.kind === 'run' && routed.command.word === 'define' && looksUp(routed)
              ? run(written, call)
              : // The message said that nothing of it is kept.
                search({ ...call, words: wordsOf(routed, written), keeps: 'nothing' });
          }),
        );
      for (const id of [ids.runWritten, idsBefore.runWritten])
        to.onClick(id, (click) => withWritten(click, run));
      to.onCommand('/chatr', ({ text, ...call }) => run(text, call));
      const runLine = ({ actor, value, answer, replace }: Click) =>
        run(value || 'help', { actor, answer, open: replace });
      to.onClick(ids.run, runLine);
      to.onClick(`${ids.run}:`, runLine);
      to.onClick(ids.open, ({ actor, answer, replace }) => run('help', { actor, answer, open: replace }));
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
      if (routed.kind === 'card') return answer(answers.card(commands, actor));
      if (routed.kind === 'not-allowed') return answer(answers.notAllowed(routed.command, ''));
      if (routed.kind === 'run' && isSaidWhole(routed))
        return routed.command.run({
          actor,
          words: routed.words,
          answer: urgentFirst(written, answer),
          open: undefined,
          lookUp: async () => {},
        });
      const urgent = answers.urgentToWriter(written);
      // Nobody who tells of harm, or of how they are, is answered with a list.
      const words = wordsOf(routed, written);
      const found = urgent.length > 0 ? [] : await foundInBrief(words, actor);
      await answer(
        answers.notAChat({
          occasion,
          urgent,
          found,
          turnTo: turnTo(words, actor),
          isIdentifying: tellsOfSomebody(written),
          meant: meantBy(routed),
        }),
      );
    },
  };
}

/** What a message asks, without a greeting before it. A question that somebody quotes is not looked for word by word. */
function wordsOf(routed: Routed, written: string): string {
  if (routed.kind === 'run' && routed.command.word === 'find') return routed.words;
  const line = routed.kind === 'search' ? routed.words : tidyLine(written);
  return isQuestion(line) ? line.replace(/^"([^"]*)"$/, '$1') : line;
}

/**
 * A command with nothing behind its word, or in words that are all its own ("away until Friday", "too many messages"), or
 * of somebody who asks for support for themselves.
 */
const isSaidWhole = ({ command, words, line }: Extract<Routed, { kind: 'run' }>): boolean =>
  words === '' || words === line || ['away', 'support'].includes(command.word);

function meantBy(routed: Routed): Written['meant'] {
  if (routed.kind === 'near-miss')
    return { command: routed.meant, isSlip: true, hasWords: routed.words !== '' };
  if (routed.kind === 'either') return { command: routed.command, isSlip: false, hasWords: false };
  return routed.kind === 'run' && !looksUp(routed)
    ? { command: routed.command, isSlip: false, hasWords: true }
    : undefined;
}

/** "find birth trauma", "define dissociation": asked of the library, whichever way. */
const looksUp = ({ command, words }: Extract<Routed, { kind: 'run' }>): boolean =>
  ['find', 'define'].includes(command.word) && words !== '';

/** What somebody wrote to the bot. @returns undefined where it is gone, cannot be read, or is somebody else's. */
async function ownMessage(client: WebClient, slackId: string, occasion: string): Promise<string | undefined> {
  const named = packedMessage.open(occasion);
  if (!named) return undefined;
  const { channel, ts } = named;
  const only = { latest: ts, inclusive: true, limit: 1 };
  const { messages = [] } = await client.conversations
    .history({ channel, ...only })
    .catch(() => ({ messages: [] }));
  const written = messages.find((message) => message.ts === ts && message.user === slackId)?.text;
  return written && decodeEntities(written);
}
