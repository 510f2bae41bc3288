import type { App, BlockAction } from '@slack/bolt';
import type { Message } from '../../../outbox/outbox.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import { section } from '../../../slack/blocks.ts';
import { actorIn, answerClick, pressedValue } from '../../../slack/legacy.ts';
import { mrkdwn, sayTime } from '../../../slack/text.ts';
import { refusalAnswer } from '../answering/views.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { askAgain, putOff, setReminders, skipRound, stopCheckIn } from './put-off.ts';
import { moreOptions, settledBlocks } from './views.ts';

/** Everything a prompt offers besides answering: later, not this one, none of these, no reminders, and the ways back. */
export function listenForPrompts(app: App, deps: CheckInDeps): void {
  const zoneOf = (context: Parameters<typeof actorIn>[0]): string =>
    usableZone(actorIn(context).person.timeZone, deps.timeZone);

  app.action<BlockAction>(ids.skip, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const outcome = await skipRound(deps, actorIn(context), pressedValue(action));
    if (outcome.kind !== 'skipped') {
      await answerClick(body, client, respond)(refusalAnswer(outcome, zoneOf(context)));
      return;
    }
    const message = {
      text: 'Skipped',
      blocks: settledBlocks(
        `Skipped: ${outcome.round.definition.label}. You will hear no more about this one.`,
        { text: 'Answer after all', actionId: ids.answer, value: outcome.round.id },
      ),
    };
    if (isInMessage(body)) await replaceMessage(respond, message);
    else await answerClick(body, client, respond)({ ...message, title: 'Check-in' });
  });

  app.action<BlockAction>(ids.later, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const actor = actorIn(context);
    const outcome = await putOff(deps, actor, pressedValue(action));
    if (outcome.kind !== 'put-off' && outcome.kind !== 'no-time-left') {
      await answerClick(body, client, respond)(refusalAnswer(outcome, zoneOf(context)));
      return;
    }
    const { label } = outcome.round.definition;
    const own = zoneOf(context);
    const words =
      outcome.kind === 'put-off'
        ? `“${label}” comes back on ${sayTime(outcome.at, own)}. You can answer sooner if you like.`
        : `“${label}” closes on ${sayTime(outcome.closesAt, own)}, before we could write to you again. It stays open until then.`;
    const message = {
      text: outcome.kind === 'put-off' ? 'Put off' : 'Still open',
      blocks: settledBlocks(words, { text: 'Answer now', actionId: ids.answer, value: outcome.round.id }),
    };
    if (isInMessage(body)) await replaceMessage(respond, message);
    else await answerClick(body, client, respond)({ ...message, title: 'Check-in' });
  });

  app.action<BlockAction>(ids.more, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    const [what, roundId = ''] = pressedValue(action).split('|');
    const answer = answerClick(body, client, respond);
    if (what === moreOptions.noReminders) {
      await setReminders(deps, actorIn(context), false);
      await answer({
        text: 'No more reminders',
        title: 'Reminders',
        blocks: settledBlocks('You get no reminders any more. Prompts still come once each.', {
          text: 'Send reminders again',
          actionId: ids.allowReminders,
          value: 'on',
        }),
      });
    } else if (what === moreOptions.stop) {
      const outcome = await stopCheckIn(deps, actorIn(context), roundId);
      if (outcome.kind === 'not-yours') {
        await answer(refusalAnswer(outcome, zoneOf(context)));
        return;
      }
      await answer({
        text: 'Stopped for you',
        title: 'Check-in',
        blocks: settledBlocks(
          `You will not be asked for “${outcome.round.definition.label}” in this group again. What you answered before is kept as it was.`,
          { text: 'Ask me again', actionId: ids.resume, value: outcome.round.checkinId },
        ),
      });
    }
  });

  app.action<BlockAction>(ids.allowReminders, async ({ ack, body, client, context, respond }) => {
    await ack();
    await setReminders(deps, actorIn(context), true);
    const words = mrkdwn`Reminders are on again: at most one for each check-in.`;
    await answerClick(body, client, respond)({ text: 'Reminders are on', blocks: [section(words)] });
  });

  app.action<BlockAction>(ids.resume, async ({ ack, body, action, client, context, respond }) => {
    await ack();
    await askAgain(deps, actorIn(context), pressedValue(action));
    const words = mrkdwn`You are asked again from the next time on.`;
    await answerClick(body, client, respond)({ text: 'You are asked again', blocks: [section(words)] });
  });
}

type Where = { container?: { type?: string; is_ephemeral?: boolean } };
type Respond = (message: Message & { replace_original?: boolean }) => Promise<unknown>;

/** Whether the click came from a message that stays, such as the prompt in the DM. */
const isInMessage = (body: Where): boolean =>
  body.container?.type === 'message' && body.container.is_ephemeral !== true;

/** Puts other words in the place of the message whose button was pressed. */
const replaceMessage = (respond: Respond, { text, blocks }: Message): Promise<unknown> =>
  respond({ text, blocks, replace_original: true });
