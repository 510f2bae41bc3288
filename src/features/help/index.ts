import type { BlockAction, ButtonAction } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Actor } from '../../community/permissions.ts';
import { type Answer, type Answerer, answerClick, answerCommand } from '../../slack/answer.ts';
import { actorIn } from '../../slack/guard.ts';
import { type Command, type CommandCall, lineOf, route } from '../../slack/router.ts';
import { decodeEntities } from '../../slack/text.ts';
import type { Feature } from '../feature.ts';
import { ids } from './ids.ts';
import { card, helpPage, nearMiss, notAChat, notAllowed } from './views.ts';

export type HelpDeps = {
  /** All features' commands; asked for when a line comes in, since this feature has one of them. */
  commands(): readonly Command[];
  /** What a line means whose first word is no command. */
  search(call: CommandCall): Promise<void>;
};

export type Help = Feature & {
  /** A direct message to the bot: a command's word alone ("pause", "help") does what the command does. */
  answerMessage(actor: Actor, text: string, client: WebClient): Promise<void>;
};

/** The command itself: what a line means, the card, help, and the buttons that run a line. */
export function help({ commands, search }: HelpDeps): Help {
  const helpCommand: Command = {
    word: 'help',
    aliases: ['hello', 'commands', '?'],
    help: { does: 'Shows what you can do, with examples to try.', group: 'you' },
    run: ({ actor, answer }) => answer(helpPage(commands(), actor)),
  };

  async function run(line: string, call: Omit<CommandCall, 'words'>): Promise<void> {
    const routed = route(commands(), line, call.actor);
    switch (routed.kind) {
      case 'card':
        return call.answer(card(commands(), call.actor));
      case 'run':
        return routed.command.run({ ...call, words: routed.words });
      case 'near-miss':
        return call.answer(nearMiss(routed.typed, routed.meant, routed.words));
      case 'not-allowed':
        return call.answer(notAllowed(routed.command));
      case 'search':
        return search({ ...call, words: routed.words });
    }
  }

  return {
    name: 'help',
    commands: [helpCommand],
    quickActions: [{ text: 'Help', actionId: ids.open, order: 90 }],
    listen(app) {
      app.command('/chatr', async ({ ack, command, context, client, respond }) => {
        const { answer, acknowledge } = answerCommand(ack, respond);
        try {
          await run(lineOf(command), {
            actor: actorIn(context),
            triggerId: command.trigger_id,
            channelId: command.channel_id,
            client,
            answer,
          });
        } finally {
          await acknowledge();
        }
      });

      app.action<BlockAction<ButtonAction>>(
        /^help\.run(:|$)/,
        async ({ ack, action, body, context, client, respond }) => {
          await ack();
          await run(
            action.value ?? 'help',
            clickCall(actorIn(context), body, client, answerClick(body, client, respond)),
          );
        },
      );

      app.action<BlockAction<ButtonAction>>(ids.open, async ({ ack, body, context, client, respond }) => {
        await ack();
        await run('help', clickCall(actorIn(context), body, client, answerClick(body, client, respond)));
      });

      for (const [callbackId, line] of [
        ['chatr.find', 'find'],
        ['chatr.reflect', 'reflect'],
      ] as const)
        app.shortcut(callbackId, async ({ ack, shortcut, context, client }) => {
          await ack();
          const where = { trigger_id: shortcut.trigger_id, view: { id: '', type: 'home' } };
          await run(line, {
            actor: actorIn(context),
            triggerId: shortcut.trigger_id,
            channelId: undefined,
            client,
            answer: answerClick(where, client, undefined),
          });
        });

      // A button of an older version, or a link inside a message: acknowledged, so that nobody sees Slack's warning.
      app.action(/.*/, async ({ ack }) => ack());
    },
    async answerMessage(actor, text, client) {
      const answer = async ({ text: summary, blocks }: Answer) => {
        await client.chat.postMessage({ channel: actor.person.slackId, text: summary, blocks });
      };
      const routed = route(commands(), decodeEntities(text), actor);
      if (routed.kind !== 'run' || routed.words !== '') return answer(notAChat());
      await routed.command.run({
        actor,
        words: '',
        triggerId: undefined,
        channelId: undefined,
        client,
        answer,
      });
    },
  };
}

const clickCall = (
  actor: Actor,
  body: BlockAction<ButtonAction>,
  client: WebClient,
  answer: Answerer,
): Omit<CommandCall, 'words'> => ({
  actor,
  triggerId: body.trigger_id,
  channelId: body.channel?.id,
  client,
  answer,
});
