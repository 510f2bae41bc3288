import type { Actor } from '../community/permissions.ts';
import type { Answer, Post } from './answer.ts';
import { type Command, type CommandCall, route } from './router.ts';
import type { Click, Routes } from './routes.ts';
import { decodeEntities } from './text.ts';

/** Buttons that do what a line does, and the one that opens help. They stand in messages people keep. */
export const commandIds = {
  /** Value: the line to run, as if it had been typed after /chatr. */
  run: 'help.run',
  open: 'help.open',
} as const;

/** What a line is answered with where it is no command, or none for this person. */
export type CommandAnswers = {
  card(commands: readonly Command[], actor: Actor): Answer;
  nearMiss(typed: string, meant: Command, words: string): Answer;
  notAllowed(command: Command): Answer;
  notAChat(): Answer;
};

export type CommandDeps = {
  /** All features' commands, in the order of help. */
  commands: readonly Command[];
  answers: CommandAnswers;
  /** What a line means whose first word is no command. */
  search(call: CommandCall): Promise<void>;
  post: Post;
};

export type Commands = {
  listen(to: Routes): void;
  /** A direct message to the bot: a command's word alone ("pause", "help") does what the command does. */
  answerMessage(actor: Actor, text: string): Promise<void>;
};

/** `/chatr`, the shortcuts, the buttons that run a line, and words written to the bot: one meaning for a line everywhere. */
export function createCommands({ commands, answers, search, post }: CommandDeps): Commands {
  async function run(line: string, call: Omit<CommandCall, 'words'>): Promise<void> {
    const routed = route(commands, line, call.actor);
    switch (routed.kind) {
      case 'card':
        return call.answer(answers.card(commands, call.actor));
      case 'run':
        return routed.command.run({ ...call, words: routed.words });
      case 'near-miss':
        return call.answer(answers.nearMiss(routed.typed, routed.meant, routed.words));
      case 'not-allowed':
        return call.answer(answers.notAllowed(routed.command));
      case 'search':
        return search({ ...call, words: routed.words });
    }
  }

  return {
    listen(to) {
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
    async answerMessage(actor, text) {
      const answer = (said: Answer) => post(actor.person.slackId, said);
      const routed = route(commands, decodeEntities(text), actor);
      if (routed.kind !== 'run' || routed.words !== '') return answer(answers.notAChat());
      await routed.command.run({ actor, words: '', answer, open: undefined });
    },
  };
}
