import type { AnyMiddlewareArgs, Middleware } from '@slack/bolt';
import type { PlainTextOption, SlackEvent, View } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Actor } from '../community/permissions.ts';
import { troubleOf } from '../db/trouble.ts';
import type { Log } from '../lib/log.ts';
import {
  type Answer,
  type Answerer,
  answerClick,
  answerCommand,
  answerLater,
  asModal,
  type ClickAnswers,
  type Post,
  showLater,
  type Where,
} from './answer.ts';
import {
  type Answered,
  type Fields,
  type Form,
  type FormRead,
  heldIn,
  type Problems,
  type SlackView,
  type WindowKind,
} from './form.ts';
import { openOnTop } from './modals.ts';
import type { Packed } from './packed.ts';
import { refusalOf, stayOpen } from './refusal.ts';
import { decodeEntities } from './text.ts';

/** A button or menu that was used: who, what it carries, and the ways to answer it. It is acknowledged already. */
export type Click = ClickAnswers & {
  actor: Actor;
  /** The value of the button or of the chosen option; empty when it has none. */
  value: string;
  actionId: string;
  blockId: string;
  /** Where it stands. A message is somebody's own conversation with the bot, or a channel. */
  place: 'message' | 'ephemeral' | 'modal' | 'home';
  /** The window it stands in, with what has been typed there so far. */
  window: Window | undefined;
  /** The address of the message it stands in, for whoever can see it. */
  address: string | undefined;
};

/** A window of which something was heard. */
export type Window = {
  id: string;
  /** What it carries, as it came. */
  metadata: string;
  /** The block ids of the inputs that `read` finds something in, for forms whose fields are not known beforehand. */
  inputs(): string[];
  read<F extends Fields, C>(form: Form<F, C>): FormRead<F>;
};

/** A window that was sent. One of `refuse`, `show`, `open`, `answer` and `close` must come before slow work. */
export type Sent<Carried> = {
  actor: Actor;
  carried: Carried;
  window: Window;
  /** Keeps it open, with words beside fields (by block id), or beside the first one. */
  refuse(problems: Readonly<Record<string, string>> | string): Promise<void>;
  /**
   * Puts another screen in its place. After another answer it still does, if somebody is looking.
   * @param instead what a message says where Slack will not change the window any more; left out: that it is stuck.
   * @returns false when it is not seen: they have closed it meanwhile, or it is stuck.
   */
  show(view: View, instead?: Answer): Promise<boolean>;
  /** Lays another screen on top of it, as it stands. Only as the first answer. */
  open(view: View): Promise<void>;
  /** As `show`, with an answer. What comes after "one moment" comes in a message to whoever has closed the window. */
  answer: Answerer;
  close(): Promise<void>;
};

/** A form that was filled in as it should be. */
export type SentForm<F extends Fields, Carried> = Omit<Sent<Carried>, 'refuse'> & {
  values: Answered<F>;
  /** Keeps it open, with words beside fields (by name), or beside the first one. */
  refuse(problems: Problems<F> | string): Promise<void>;
};

export type Closed<Carried> = Pick<Sent<Carried>, 'actor' | 'carried' | 'window'>;

/** A slash command: the words behind it, and the ways to answer. Acknowledged when its listener has ended, at the latest. */
export type Called = {
  actor: Actor;
  text: string;
  answer: Answerer;
  open(view: View): Promise<void>;
};

type EventOf<Type extends SlackEvent['type']> = Extract<SlackEvent, { type: Type }>;
/** Something that happened in the workspace. Nobody acts where the bot itself did it. */
export type Heard<Type extends SlackEvent['type']> = { event: EventOf<Type>; actor: Actor | undefined };

type Run<Given> = (given: Given) => unknown;

/**
 * Who answers what. An id that ends in "." or ":" stands for all that begin with it, since an id may come only once in a
 * block. Two listeners for one id are a mistake, found at start; only events may have several.
 */
export type Routes = {
  onClick(id: string, run: Run<Click>): void;
  /** With what it carries opened. Anything of another shape is acknowledged, and that is all. */
  onClick<C>(id: string, carries: Packed<C>, run: Run<Click & { carried: C }>): void;
  /** A form with its values, once they are as they should be; otherwise it has said what is missing by itself. */
  onSend<F extends Fields, C>(form: Form<F, C>, run: Run<SentForm<F, C>>): void;
  /** A window whose fields depend on what it carries, or that has none. */
  onSend<C>(window: WindowKind<C>, run: Run<Sent<C>>): void;
  /** Only for windows that asked to be told of it. */
  onClose<C>(window: WindowKind<C>, run: Run<Closed<C>>): void;
  /** Options for what somebody has typed so far. @param id the element's. */
  onSuggest(
    id: string,
    run: (typed: string, actor: Actor) => Promise<PlainTextOption[]> | PlainTextOption[],
  ): void;
  /** One that stands in the menu of the composer, or of a message: then with that message, as Slack sent it. */
  onShortcut(
    id: string,
    run: Run<
      Pick<Click, 'actor' | 'answer' | 'open'> & {
        message: unknown;
        /** The address of that message, for whoever can see it. */
        address: string | undefined;
      }
    >,
  ): void;
  onCommand(name: string, run: Run<Called>): void;
  onEvent<Type extends SlackEvent['type']>(type: Type, run: Run<Heard<Type>>): void;
};

/** Ids of one kind of payload and who answers them. Looking one up costs the same for ten as for a thousand. */
class Table<Handler> {
  readonly #handlers = new Map<string, Handler>();

  add(id: string, handler: Handler): void {
    if (this.#handlers.has(id)) throw new Error(`Two listeners for "${id}".`);
    this.#handlers.set(id, handler);
  }

  find(id: string): Handler | undefined {
    const exact = this.#handlers.get(id);
    if (exact) return exact;
    for (let at = id.length - 1; at >= 0; at -= 1)
      if (id[at] === '.' || id[at] === ':') {
        const family = this.#handlers.get(id.slice(0, at + 1));
        if (family) return family;
      }
    return undefined;
  }
}

/** What Bolt hands on, as far as it is used here. Every field may be missing: clients and other versions send anything. */
type Args = {
  body: Record<string, unknown>;
  actor: Actor | undefined;
  client: WebClient;
  ack(answer?: unknown): Promise<void>;
  respond: Parameters<typeof answerClick>[0]['respond'];
};
type Handler = (args: Args & { actor: Actor }) => Promise<void>;

/**
 * One table for each kind of payload. Bolt has no listener of its own beside `dispatch`, since it asks each about every
 * payload.
 * @param post writes to somebody where a click has no message or window to be answered in.
 */
export function createRoutes({ post, log }: { post: Post; log: Log }): {
  routes: Routes;
  dispatch: Middleware<AnyMiddlewareArgs>;
} {
  const clicks = new Table<Handler>();
  const sent = new Table<Handler>();
  const closed = new Table<Handler>();
  const suggestions = new Table<Handler>();
  const shortcuts = new Table<Handler>();
  const commands = new Table<Handler>();
  const events = new Map<string, ((args: Args) => Promise<void>)[]>();

  const routes: Routes = {
    onClick<C>(id: string, carries: Packed<C> | Run<Click>, run?: Run<Click & { carried: C }>) {
      clicks.add(id, async (args) => {
        await args.ack();
        const click = clickIn(args, post);
        if (typeof carries === 'function') await carries(click);
        else {
          const carried = carries.open(click.value);
          if (carried !== undefined) await run?.({ ...click, carried });
        }
      });
    },
    onSend<F extends Fields, C>(kind: Form<F, C> | WindowKind<C>, run: Run<SentForm<F, C>> | Run<Sent<C>>) {
      sent.add(kind.id, async (args) => {
        const view = viewIn(args.body);
        const ack = onceOnly(args.ack);
        const { refuse, ...rest } = sentIn({ ...args, ack: ack.acknowledge }, view, { post, log });
        const carried = kind.carries?.open(view.private_metadata);
        if (kind.carries && carried === undefined) return refuse(words.outdated);
        const common = { ...rest, carried: carried as C };
        try {
          if ('read' in kind) {
            const read = kind.read(view);
            const refuseFields = (problems: Problems<F> | string) =>
              refuse(typeof problems === 'string' ? problems : byBlock(kind, problems));
            if (read.kind === 'problems') return await refuseFields(read.problems);
            await (run as Run<SentForm<F, C>>)({ ...common, values: read.values, refuse: refuseFields });
          } else await (run as Run<Sent<C>>)({ ...common, refuse });
        } catch (error) {
          if (!ack.isDone()) await refuse(words[troubleOf(error) ?? 'failed']);
          throw error;
        }
        // Whoever says nothing to a form has nothing more to ask.
        if (!ack.isDone()) await ack.acknowledge();
      });
    },
    onClose(kind, run) {
      closed.add(kind.id, async ({ ack, actor, body }) => {
        await ack();
        const view = viewIn(body);
        const carried = kind.carries?.open(view.private_metadata);
        if (kind.carries && carried === undefined) return;
        await run({ actor, carried: carried as never, window: windowOf(view) });
      });
    },
    onSuggest(id, run) {
      suggestions.add(id, async ({ ack, actor, body }) => {
        await ack({ options: await run(textIn(body.value), actor) });
      });
    },
    onShortcut(id, run) {
      shortcuts.add(id, async ({ ack, actor, body, client }) => {
        await ack();
        const where = { trigger_id: stringIn(body.trigger_id), view: { id: '', type: 'home' } };
        const answers = answerClick({
          where,
          client,
          respond: undefined,
          slackId: actor.person.slackId,
          post,
        });
        const { answer, open } = answers;
        await run({ actor, answer, open, message: body.message, address: addressOf(body) });
      });
    },
    onCommand(name, run) {
      commands.add(name, async ({ ack, actor, body, client, respond }) => {
        const { answer, acknowledge } = answerCommand(ack, async (message) => respond?.(message));
        const triggerId = stringIn(body.trigger_id);
        try {
          await run({
            actor,
            text: decodeEntities(textIn(body.text)),
            answer,
            open: async (view) => {
              await openOnTop({ trigger_id: triggerId }, client, view);
            },
          });
        } finally {
          await acknowledge();
        }
      });
    },
    onEvent(type, run) {
      const listening = events.get(type) ?? [];
      events.set(type, listening);
      listening.push(async ({ body, actor }) => {
        await run({ event: body.event as never, actor });
      });
    },
  };

  async function dispatch(args: Args): Promise<void> {
    const { body, actor } = args;
    if (isRecord(body.event)) return hear(events.get(textIn(body.event.type)) ?? [], args);
    const handler = handlerFor(body);
    if (handler && actor) await handler({ ...args, actor });
    else await acknowledgeUnknown(args);
  }

  function handlerFor(body: Record<string, unknown>): Handler | undefined {
    if (typeof body.command === 'string') return commands.find(body.command);
    switch (body.type) {
      case 'block_actions':
        return clicks.find(textIn(actionIn(body).action_id));
      case 'view_submission':
        return sent.find(callbackOf(body));
      case 'view_closed':
        return closed.find(callbackOf(body));
      case 'block_suggestion':
        return suggestions.find(textIn(body.action_id));
      case 'shortcut':
      case 'message_action':
        return shortcuts.find(textIn(body.callback_id));
      default:
        return undefined;
    }
  }

  return {
    routes,
    dispatch: async (given) => {
      const { body, context, client } = given;
      // An event that says nobody did it is not for us.
      if ('event' in body && context.actor === undefined && context.userId === undefined) return;
      const { ack, respond } = given as { ack?: Args['ack']; respond?: Args['respond'] };
      await dispatch({
        body: body as unknown as Args['body'],
        actor: context.actor as Actor | undefined,
        client,
        ack: ack ?? (async () => {}),
        respond,
      });
    },
  };
}

/** Several may listen to one event; each runs, whatever becomes of the others. @throws the first failure. */
async function hear(listening: readonly ((args: Args) => Promise<void>)[], args: Args): Promise<void> {
  const ended = await Promise.allSettled(listening.map((listener) => listener(args)));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

const words = {
  outdated:
    'This form is from before an update, and nothing was sent. Please copy what you wrote, close it, and open it again.',
  failed:
    'That did not finish, and it may not have been saved. What you entered is still here: please try again.',
  busy: 'I am busy just now, and this was not saved. What you entered is still here: please try again in a minute.',
  full: 'I have no room left to keep anything, so this was not saved. What you entered is still here: please tell a facilitator, then try again.',
  unknownCommand: 'I do not know this command. Try /chatr.',
};

/** Ids nobody has: link buttons, and forms and commands of another version. A form stays open with what was typed in it. */
async function acknowledgeUnknown({ body, ack }: Pick<Args, 'body' | 'ack'>): Promise<void> {
  if (typeof body.command === 'string') await ack({ response_type: 'ephemeral', text: words.unknownCommand });
  else await ack(refusalOf(body, words.outdated));
}

function sentIn(
  { actor, client, ack }: Args & { actor: Actor },
  view: ReturnType<typeof viewIn>,
  deps: { post: Post; log: Log },
): Omit<Sent<never>, 'carried'> {
  const later = { client, slackId: actor.person.slackId, ...deps };
  let isAnswered = false;
  const first = async (answer?: unknown): Promise<void> => {
    isAnswered = true;
    await ack(answer);
  };
  const update = (next: View) => ({ response_action: 'update', view: next });
  return {
    actor,
    window: windowOf(view),
    refuse: (problems) => first(stayOpen(view, problems)),
    async show(next, instead) {
      if (isAnswered) return showLater(later, view.id, next, instead);
      await first(update(next));
      return true;
    },
    open: (next) => first({ response_action: 'push', view: next }),
    async answer(answer: Answer) {
      if (isAnswered) await answerLater(later, view.id, answer);
      else await first(update(asModal(answer)));
    },
    close: () => first(),
  };
}

function byBlock<F extends Fields, C>(form: Form<F, C>, problems: Problems<F>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).flatMap(([name, text]) =>
      typeof text === 'string' ? [[form.blockOf(name), text]] : [],
    ),
  );
}

function clickIn({ actor, body, client, respond }: Args & { actor: Actor }, post: Post): Click {
  const action = actionIn(body);
  const view = isRecord(body.view) ? viewIn(body) : undefined;
  const where = whereIn(body);
  return {
    ...answerClick({ where, client, respond, slackId: actor.person.slackId, post }),
    actor,
    value: pressedValue(action),
    actionId: textIn(action.action_id),
    blockId: textIn(action.block_id),
    place:
      where.view?.type === 'modal' || where.view?.type === 'home'
        ? where.view.type
        : where.container?.is_ephemeral === true
          ? 'ephemeral'
          : 'message',
    window: view && windowOf(view),
    address: addressOf(body),
  };
}

const pressed = z.looseObject({
  value: z.string().optional(),
  selected_option: z.looseObject({ value: z.string() }).nullish(),
});

/** The value of the button or option that was pressed; empty when the payload has none. */
function pressedValue(action: unknown): string {
  const parsed = pressed.safeParse(action);
  return parsed.data?.selected_option?.value ?? parsed.data?.value ?? '';
}

export const windowOf = (view: SlackView): Window => ({
  id: view.id,
  metadata: view.private_metadata ?? '',
  inputs: () => heldIn(view),
  read: (form) => form.read(view),
});

function whereIn(body: Record<string, unknown>): Where {
  const view = isRecord(body.view) ? { id: textIn(body.view.id), type: textIn(body.view.type) } : undefined;
  const container = isRecord(body.container) ? body.container : {};
  return {
    ...(view && { view }),
    container: { is_ephemeral: container.is_ephemeral === true },
    trigger_id: stringIn(body.trigger_id),
  };
}

function viewIn(body: Record<string, unknown>): SlackView & { private_metadata: string } {
  const view = isRecord(body.view) ? body.view : {};
  return {
    id: textIn(view.id),
    private_metadata: textIn(view.private_metadata),
    state: view.state,
    blocks: view.blocks,
  };
}

const callbackOf = (body: Record<string, unknown>): string =>
  isRecord(body.view) ? textIn(body.view.callback_id) : '';

function actionIn(body: Record<string, unknown>): Record<string, unknown> {
  const [action] = Array.isArray(body.actions) ? body.actions : [];
  return isRecord(action) ? action : {};
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const stringIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const textIn = (value: unknown): string => stringIn(value) ?? '';

/**
 * A message's permalink, made of what a shortcut on it or a click in it brings: Slack is asked nothing, since the bot need not be there.
 * @see https://docs.slack.dev/reference/methods/chat.getPermalink
 */
function addressOf({ team, channel, message, message_ts: at }: Record<string, unknown>): string | undefined {
  if (!isRecord(team) || !isRecord(channel) || !isRecord(message)) return undefined;
  const [domain, room, ts] = [textIn(team.domain), textIn(channel.id), textIn(at ?? message.ts)];
  if (!/^[a-z0-9-]+$/i.test(domain) || !/^[A-Z0-9]+$/.test(room) || !isTs(ts)) return undefined;
  const thread = textIn(message.thread_ts);
  const inThread = isTs(thread) && thread !== ts ? `?thread_ts=${thread}&cid=${room}` : '';
  return `https://${domain}.slack.com/archives/${room}/p${ts.replace('.', '')}${inThread}`;
}
const isTs = (text: string): boolean => /^\d+\.\d+$/.test(text);

/** The first acknowledgement counts. */
function onceOnly(ack: Args['ack']): { acknowledge: Args['ack']; isDone(): boolean } {
  let isDone = false;
  return {
    async acknowledge(answer) {
      if (isDone) return;
      isDone = true;
      await ack(answer);
    },
    isDone: () => isDone,
  };
}
