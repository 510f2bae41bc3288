import type { RecordedCall } from 'practice-workspace';
import { bankHolidays } from '../../src/scheduler/bank-holidays.ts';
import type { Closed } from '../../src/scheduler/days-off.ts';

/** One person as they are to the bot: what they told it, and what the workspace knows. */
export type Reached = {
  id: string;
  zone: string;
  hasAgreed: boolean;
  isPaused: boolean;
  wantsMessages: boolean;
  awayUntil: string | undefined;
  quietFrom: string;
  quietUntil: string;
  /** The names of the groups they are in. */
  groups: Set<string>;
  /** Their last act may have been lost with the process, and they have not done it again yet: nothing is held against it. */
  isUnsure: boolean;
};

type Element = { action_id?: string; value?: string; type: string; options?: { value: string }[] };
export type Block = { block_id?: string; type: string; elements?: Element[]; accessory?: Element };
const kinds = {
  prompt: /^Your check-in is ready$/,
  reminder: /^Your check-in is still open$/,
  step: /^A first step: /,
  'step-reminder': /^Still here if you would like it: /,
  welcome: /this is ChATR Companion\.$/,
  digest: /^Last week in your groups$/,
  rest: /^I will leave the first steps here\.$/,
};
export type Kind = keyof typeof kinds | 'later' | 'other';

/** A message of the bot's to one person, as the workspace got it. */
export type Post = {
  to: string;
  at: Date;
  channel: string;
  ts: string;
  kind: Kind;
  /** Which of the bot's deliveries it is, by what it tells Slack; its own id where it tells none. */
  delivery: string;
  blocks: Block[];
  /** Of what is about a check-in. */
  round: string | undefined;
  group: string | undefined;
  label: string | undefined;
  closesAt: Date | undefined;
};

/** Found in any block: buttons, menus and what stands beside a section. */
export const elementsOf = (blocks: readonly Block[]): { blockId: string; element: Element }[] =>
  blocks.flatMap(({ block_id: blockId = '', elements = [], accessory }) =>
    [...elements, ...(accessory ? [accessory] : [])].map((element) => ({ blockId, element })),
  );
export const findElement = (blocks: readonly Block[], actionId: string) =>
  elementsOf(blocks).find(({ element }) => element.action_id === actionId);

function readPost(to: string, { args, answer }: RecordedCall, at: Date): Post {
  const text = String(args.text);
  const blocks = ((answer?.message as { blocks?: Block[] } | undefined)?.blocks ?? []) as Block[];
  const words = JSON.stringify(blocks);
  const known =
    (Object.keys(kinds) as (keyof typeof kinds)[]).find((kind) => kinds[kind].test(text)) ?? 'other';
  const closes = /open until <!date\^(\d+)\^/.exec(words)?.[1];
  return {
    to,
    at,
    channel: String(answer?.channel),
    ts: String(answer?.ts),
    delivery: /"delivery_id":"([^"]+)"/.exec(JSON.stringify(args.metadata ?? ''))?.[1] ?? String(answer?.ts),
    kind: known === 'prompt' && words.includes('here it is again') ? 'later' : known,
    blocks,
    round: findElement(blocks, 'checkins.answer')?.element.value,
    group: /(?:Asked of everyone|For those who want it) in ([^.]+)\./.exec(words)?.[1],
    label: /"text":"\*([^*,]+)/.exec(words)?.[1],
    closesAt: closes === undefined ? undefined : new Date(Number(closes) * 1000),
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** The date and the time on the wall, worked out by other means than the bot's. */
export function wall(at: Date, zone: string): { date: string; time: string; weekday: number } {
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit';
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      year: 'numeric',
      month: two,
      day: two,
      hour: two,
      minute: two,
    });
    formats.set(zone, format);
  }
  const [date = '', time = ''] = format.format(at).split(' ');
  return { date, time, weekday: new Date(`${date}T12:00:00Z`).getUTCDay() };
}

const hour = 3_600_000;
export const day = 24 * hour;
const mostInAWeek = 3;
const mostInADay = 2;
const asking: ReadonlySet<Kind> = new Set(['prompt', 'reminder', 'later', 'step', 'step-reminder']);

/** A message about a round as it stands now. */
type Standing = { closesAt: Date | undefined; blocks: Block[] };

export type RecordOptions = {
  now(): Date;
  closed: readonly Closed[];
  /** Somebody's by the id of their conversation with the bot. */
  personAt(channel: string): Reached | undefined;
  /** When the check-in of a group comes the next time after an instant. */
  nextAfter(group: string, label: string, at: Date): Date | undefined;
  onPost(post: Post): void;
};

/**
 * The workspace's own record of messages, held against what must be true of them. It knows nothing of the bot's tables:
 * what was sent, to whom and when is what Slack was asked to post.
 */
export function createRecord({ now, closed, personAt, nextAfter, onPost }: RecordOptions) {
  const faults: string[] = [];
  const count = new Map<string, number>();
  const tell = (kind: string) => count.set(kind, (count.get(kind) ?? 0) + 1);
  const seen = new Set<string>();
  const asked = new Map<string, Date[]>();
  const askedOn = new Map<string, number>();
  /** What stands in Slack about a round, by person and round. */
  const standing = new Map<string, Standing[]>();
  const byTs = new Map<string, Standing>();
  /** Rounds that somebody has answered, skipped or stopped: nothing more may come of them. */
  const over = new Set<string>();
  const putOff = new Map<string, number>();
  /** Who is there at this moment: what answers them comes at any hour. */
  let acting: string | undefined;
  const fault = (what: string, post?: Pick<Post, 'to' | 'label' | 'group' | 'round'>) => {
    const about =
      post &&
      `${post.to} ${post.label ?? ''} ${post.group ?? ''}; ${(story.get(`${post.to} ${post.round}`) ?? []).join(', ')}`;
    faults.push(`${now().toISOString()} ${what}${about ? `: ${about}` : ''}`);
  };

  /** What may come once to somebody: about a round, or a step. What comes again has something new to say. */
  const keyOf = ({ kind, to, round, label }: Post): string | undefined =>
    kind === 'other' || kind === 'later' || kind === 'rest' || kind === 'digest'
      ? undefined
      : `${kind} ${to} ${round ?? label ?? ''}`;

  // What led to a fault is told with it.
  const story = new Map<string, string[]>();
  const note = (about: string, what: string) =>
    story.set(about, [...(story.get(about) ?? []), `${now().toISOString().slice(5, 16)} ${what}`]);

  function check(person: Reached, post: Post): void {
    const { kind, at } = post;
    tell(kind);
    const about = `${person.id} ${post.round}`;
    if (post.round !== undefined) note(about, kind);
    const key = keyOf(post);
    if (seen.has(post.delivery)) fault(`the same delivery came twice: ${kind}`, post);
    seen.add(post.delivery);
    if (key !== undefined) {
      if (seen.has(key)) fault(`the same ${kind} came twice`, post);
      seen.add(key);
    }
    if (kind === 'later') {
      const left = (putOff.get(about) ?? 0) - 1;
      putOff.set(about, left);
      if (left < 0) fault('more came than was put off', post);
    }
    if (person.isUnsure) return;
    if (asking.has(kind)) {
      if (!person.hasAgreed) fault(`${kind} before they agreed`, post);
      if (!person.wantsMessages) fault(`${kind} after "No messages"`, post);
      if (person.isPaused) fault(`${kind} while paused`, post);
      if (post.group !== undefined && !person.groups.has(post.group))
        fault(`${kind} of a group they are not in`, post);
      if (over.has(about)) fault(`${kind} of what was answered, skipped or stopped`, post);
    }
    if (acting !== person.id) {
      const { date, time, weekday } = wall(at, person.zone);
      if (time < person.quietUntil || time >= person.quietFrom)
        fault(`${kind} in quiet hours, at ${time}`, post);
      if (weekday === 0 || weekday === 6) fault(`${kind} at a weekend`, post);
      if (bankHolidays(Number(date.slice(0, 4))).has(date)) fault(`${kind} on a bank holiday`, post);
      if (closed.some(({ from, until }) => from <= date && date <= until))
        fault(`${kind} on a closed day`, post);
      if (person.awayUntil !== undefined && date <= person.awayUntil) fault(`${kind} while away`, post);
    }
    if (asking.has(kind) && kind !== 'later') {
      const day = `${person.id} ${wall(at, person.zone).date}`;
      const many = (askedOn.get(day) ?? 0) + 1;
      askedOn.set(day, many);
      // What answers somebody who is there is what they asked for.
      if (many > mostInADay && acting !== person.id) fault(`${many} prompts and reminders on one day`, post);
    }
    if (kind === 'prompt' || kind === 'step') {
      const recent = [...(asked.get(person.id) ?? []), at].filter(
        (one) => one.getTime() > at.getTime() - 7 * day,
      );
      asked.set(person.id, recent);
      if (recent.length > mostInAWeek) fault(`${recent.length} prompts in seven days`, post);
    }
    if (kind === 'reminder') {
      if (post.closesAt && post.closesAt.getTime() - at.getTime() < day)
        fault('a reminder on the last day', post);
      const next = nextAfter(post.group ?? '', post.label ?? '', at);
      if (next && next.getTime() - at.getTime() < day)
        fault('a reminder within a day of the next round', post);
    }
  }

  return {
    faults,
    count,
    fault,
    tell,
    /** Of what is posted until it is called again. */
    acts(id: string | undefined): void {
      acting = id;
    },
    hear(call: RecordedCall): void {
      if (call.answer?.ok !== true) return;
      if (call.method === 'chat.postMessage') {
        const person = personAt(String(call.answer.channel));
        if (!person) return;
        const post = readPost(person.id, call, now());
        check(person, post);
        // What is left of a round that has closed (words that were begun) stands with a button of its own.
        if (post.round !== undefined && post.kind !== 'other') {
          const key = `${person.id} ${post.round}`;
          const one = { closesAt: post.closesAt, blocks: post.blocks };
          standing.set(key, [...(standing.get(key) ?? []), one]);
          byTs.set(post.ts, one);
        }
        onPost(post);
      }
      if (call.method === 'chat.update') {
        const { blocks = [] } = (call.answer.message ?? {}) as { blocks?: Block[] };
        // Slack numbers all messages of a workspace in one row.
        Object.assign(byTs.get(String(call.answer.ts)) ?? {}, { blocks });
      }
      if (call.method === 'chat.delete')
        Object.assign(byTs.get(String(call.answer.ts)) ?? {}, { blocks: [] });
    },
    /** They said "not now": it comes back once. */
    comesBack(post: Post): void {
      for (const kind of ['step', 'step-reminder'] as const) seen.delete(keyOf({ ...post, kind }) ?? '');
    },
    /** They have answered it, skipped it or stopped it. */
    isOver(id: string, round: string, how: string): void {
      note(`${id} ${round}`, how);
      over.add(`${id} ${round}`);
    },
    putsOff(id: string, round: string): void {
      note(`${id} ${round}`, 'put off');
      putOff.set(`${id} ${round}`, (putOff.get(`${id} ${round}`) ?? 0) + 1);
    },
    /** Nothing about an answered round, or one that closed some time ago, may still ask. */
    lookAtOpenButtons(answered: ReadonlySet<string>): void {
      for (const [key, messages] of standing) {
        const closes = messages.find(({ closesAt }) => closesAt)?.closesAt;
        const isClosed = closes !== undefined && closes.getTime() + 6 * hour < now().getTime();
        const asks = messages.some(({ blocks }) => findElement(blocks, 'checkins.answer'));
        if (asks && answered.has(key))
          fault(`an answered prompt still asks: ${key}: ${story.get(key)?.join(', ')}`);
        else if (asks && isClosed)
          fault(`the prompt of a closed round still asks: ${key}: ${story.get(key)?.join(', ')}`);
        if (isClosed) standing.delete(key);
      }
    },
  };
}
