import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { modal } from './blocks.ts';

/** `title` heads the modal when the answer is shown in one (a click in App Home has no message to answer in). */
export type Answer = { text: string; blocks: KnownBlock[]; title?: string };

/**
 * Shows an answer to one person only, where they are: as an ephemeral message after a command, in place of the message
 * whose button was pressed, or as a modal from App Home.
 */
export type Answerer = (answer: Answer) => Promise<void>;

type Respond = (message: {
  text: string;
  blocks: KnownBlock[];
  response_type: 'ephemeral';
  replace_original: boolean;
}) => Promise<unknown>;

type Where = {
  container?: { type?: string; is_ephemeral?: boolean };
  view?: { id: string; type: string; hash?: string };
  trigger_id?: string;
  user?: { id: string };
};

/** A person waits for a command's answer; Slack gives up after 3 seconds. */
const answerWithinMs = 1_000;

/**
 * After a slash command. What is answered from memory travels with the acknowledgement and is seen one round trip
 * sooner; whatever takes longer than a second is acknowledged first and answered afterwards.
 * `acknowledge` must be called in the end, answer or not.
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response
 */
export function answerCommand(
  ack: (message?: { text: string; blocks: KnownBlock[]; response_type: 'ephemeral' }) => Promise<void>,
  respond: Respond,
): { answer: Answerer; acknowledge(): Promise<void> } {
  let acknowledged: Promise<void> | undefined;
  const acknowledge = (): Promise<void> => {
    clearTimeout(timer);
    acknowledged ??= ack();
    return acknowledged;
  };
  const timer = setTimeout(() => void acknowledge().catch(() => {}), answerWithinMs);
  return {
    acknowledge,
    async answer({ text, blocks }) {
      if (acknowledged === undefined) {
        clearTimeout(timer);
        acknowledged = ack({ text, blocks, response_type: 'ephemeral' });
        await acknowledged;
      } else {
        await acknowledged;
        await respond({ text, blocks, response_type: 'ephemeral', replace_original: false });
      }
    },
  };
}

/**
 * After a click. In an ephemeral message the answer takes its place (paging edits in place); beside any other message it
 * comes as an ephemeral one, which leaves the message alone; in a modal it takes the modal's place; in App Home it opens
 * a modal. @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function answerClick(body: Where, client: WebClient, respond: Respond | undefined): Answerer {
  return async ({ text, blocks, title = 'ChATR Companion' }) => {
    const view = () => modal({ callbackId: 'answer', title, blocks });
    if (body.view?.type === 'modal') {
      await client.views.update({ view_id: body.view.id, view: view() });
    } else if (body.view?.type === 'home' && body.trigger_id) {
      await client.views.open({ trigger_id: body.trigger_id, view: view() });
    } else if (respond) {
      const inEphemeral = body.container?.is_ephemeral === true;
      await respond({ text, blocks, response_type: 'ephemeral', replace_original: inEphemeral });
    } else if (body.user) {
      await client.chat.postMessage({ channel: body.user.id, text, blocks });
    }
  };
}
