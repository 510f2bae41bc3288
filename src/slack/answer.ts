import { RespondError } from '@slack/bolt';
import type { KnownBlock, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { describeError, type Log } from '../lib/log.ts';
import { failureOf } from '../outbox/outcome.ts';
import { modal, oneGreen, section } from './blocks.ts';
import { openInPlace, openOnTop, updateModal } from './modals.ts';
import { makeOnce } from './ready.ts';
import { mrkdwn } from './text.ts';

/** `title` heads the modal when the answer is shown in one (a click in App Home has no message to answer in). */
export type Answer = { text: string; blocks: KnownBlock[]; title?: string };

/**
 * Shows an answer to one person only, where they are: as an ephemeral message after a command, in place of the message
 * whose button was pressed, or as a modal from App Home.
 */
export type Answerer = (answer: Answer) => Promise<void>;

/** An answer as a window. */
export const asModal = ({ title = 'ChATR Companion', blocks }: Answer): View =>
  modal({ callbackId: 'answer', title, blocks });

type Acknowledgement = { text: string; blocks: KnownBlock[]; response_type: 'ephemeral' };

const acknowledgementOf = ({ text, blocks }: Pick<Answer, 'text' | 'blocks'>): Acknowledgement => ({
  text,
  blocks: oneGreen(blocks),
  response_type: 'ephemeral',
});

const ready = new WeakMap<Answer, Acknowledgement>();

/** For an answer that many commands get: what goes to Slack is made once. Nobody may change it from here on. */
export function makeReady(answer: Answer): Answer {
  const message = acknowledgementOf(answer);
  makeOnce(message);
  ready.set(answer, message);
  return answer;
}

type Respond = (message: {
  text: string;
  blocks: KnownBlock[];
  response_type: 'ephemeral';
  replace_original: boolean;
}) => Promise<unknown>;

/** A person waits for a command's answer; Slack gives up after 3 seconds. */
const answerWithinMs = 1_000;

/**
 * After a slash command. What is answered from memory travels with the acknowledgement and is seen one round trip
 * sooner; whatever takes longer than a second is acknowledged first and answered afterwards.
 * `acknowledge` must be called in the end, answer or not.
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands#responding_immediate_response
 */
export function answerCommand(
  ack: (message?: Acknowledgement) => Promise<void>,
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
    async answer(given) {
      const message = ready.get(given) ?? acknowledgementOf(given);
      if (acknowledged === undefined) {
        clearTimeout(timer);
        acknowledged = ack(message);
        await acknowledged;
      } else {
        await acknowledged;
        await isTaken(respond({ ...message, replace_original: false }));
      }
    },
  };
}

/**
 * Writes to one person in their direct conversation with the bot. @param occasion what it answers, where that may come
 * twice.
 */
export type Post = (
  slackId: string,
  message: Pick<Answer, 'text' | 'blocks'>,
  occasion?: string,
) => Promise<void>;

/** Where somebody clicked. */
export type Where = {
  container?: { type?: string; is_ephemeral?: boolean };
  view?: { id: string; type: string } | undefined;
  trigger_id?: string | undefined;
};

export type Answering = {
  where: Where;
  client: WebClient;
  /** Undefined where no message was clicked in. */
  respond: Respond | undefined;
  slackId: string;
  post: Post;
};

/** The ways to answer a click. Nothing that was done is told as failed because nobody looks at the window any more. */
export type ClickAnswers = {
  /**
   * Where they are. In an ephemeral message the answer takes its place (paging edits in place); beside any other message
   * it comes as an ephemeral one, which leaves the message alone; in a modal it takes the modal's place; in App Home it
   * opens a modal. @see https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
   */
  answer: Answerer;
  /** What they clicked in stays as it is: an ephemeral message of its own, or a window on top. */
  beside: Answerer;
  /** In the place of the message they clicked in, whatever kind it is; elsewhere as `answer`. */
  instead: Answerer;
  /** A window, on top of the one they are in. */
  open(view: View): Promise<void>;
  /** A window, in the place of the one they are in. */
  replace(view: View): Promise<void>;
};

export function answerClick({ where, client, respond, slackId, post }: Answering): ClickAnswers {
  const say = async ({ text, blocks: given }: Answer, inPlace: boolean): Promise<void> => {
    const blocks = oneGreen(given);
    const message = { text, blocks, response_type: 'ephemeral' as const, replace_original: inPlace };
    if (!respond || !(await isTaken(respond(message)))) await post(slackId, { text, blocks });
  };
  const open = (view: View) => openOnTop(where, client, view);
  const replace = (view: View) => openInPlace(where, client, view);
  const isInView = where.view?.type === 'modal' || (where.view?.type === 'home' && where.trigger_id);
  return {
    open,
    replace,
    answer: (answer) =>
      isInView ? replace(asModal(answer)) : say(answer, where.container?.is_ephemeral === true),
    beside: (answer) => (isInView ? open(asModal(answer)) : say(answer, false)),
    async instead(answer) {
      if (isInView) await replace(asModal(answer));
      else if (!respond || !(await isTaken(respondInPlace(respond, answer)))) await say(answer, false);
    },
  };
}

/**
 * What is said through a `response_url` is said once. Where its answer is lost it most likely stands there: saying it again,
 * or that something failed, would be worse than silence.
 * @returns false where Slack says that the address is no good any more.
 * @throws when it certainly was not said.
 */
export async function isTaken(responding: Promise<unknown>): Promise<boolean> {
  try {
    await responding;
    return true;
  } catch (error) {
    if (error instanceof RespondError) {
      if (error.statusCode === 404 || error.statusCode === 410) return false;
      throw error;
    }
    if (failureOf(error).kind === 'unreached') throw error;
    return true;
  }
}

/** A message that is not ephemeral is replaced only without a type of response. */
const respondInPlace = (respond: Respond, { text, blocks }: Answer): Promise<unknown> =>
  respond({ text, blocks, replace_original: true } as Parameters<Respond>[0]);

type Later = Pick<Answering, 'client' | 'slackId' | 'post'> & { log: Log };

/**
 * The end of something that took longer than Slack waits: in the window, or in a message to somebody who has closed it
 * or whose window Slack would not change. It was promised, so it comes.
 */
export async function answerLater(
  later: Later,
  viewId: string,
  { title, ...message }: Answer,
): Promise<void> {
  const view = asModal({ ...message, ...(title && { title }) });
  if ((await changeLater(later, viewId, view)) !== 'shown') await later.post(later.slackId, message);
}

/**
 * The next screen after one that was shown already. Where Slack would not change the window a message says so: what was
 * done meanwhile has not failed.
 * @param instead that message, for what has words of its own. A screen may hold what belongs in no message.
 * @returns false when it is not seen: it was closed meanwhile, or is stuck.
 */
export async function showLater(
  later: Later,
  viewId: string,
  view: View,
  { text, blocks }: Pick<Answer, 'text' | 'blocks'> = stuck,
): Promise<boolean> {
  const became = await changeLater(later, viewId, view);
  if (became === 'stuck') await later.post(later.slackId, { text, blocks });
  return became === 'shown';
}

const changeLater = ({ client, log }: Later, viewId: string, view: View) =>
  updateModal(client, viewId, view).then(
    (isThere) => (isThere ? 'shown' : 'closed'),
    (error: unknown) => {
      log.warn(describeError(error), 'A window stays as it was; a message says so');
      return 'stuck';
    },
  );

const stuck = {
  text: 'Your window still shows an earlier screen.',
  blocks: [
    section(
      mrkdwn`*Your window still shows an earlier screen.* Slack did not let me change it. Please close it and open it again to see how things stand.`,
    ),
  ],
};
