import Database from 'better-sqlite3';
import { type PersonDriver, type PracticeWorkspace, seededRandom } from 'practice-workspace';
import { type Chance, kindOf, mutate, type Payload, record } from './mutate.ts';
import { giveThemAPast, lead, lookAround, secret } from './stories.ts';

/** A community with the real bot in it. Whoever made it gave `onDelivery: (type, body) => seen.push({ type, body })`. */
export type Target = {
  workspace: PracticeWorkspace;
  /** Every payload so far. */
  seen: Payload[];
  /** The file the bot keeps everything in. */
  database: string;
  /** Lines the bot logged. */
  log: string[];
  settled(): Promise<void>;
  /** One turn of the clock, which stands still: what waits is sent. */
  beat(): Promise<void>;
  forward(minutes: number, stepMinutes?: number): Promise<void>;
};

export type Outcome = {
  payloads: number;
  /** From payload to acknowledgement, in milliseconds. */
  slowest: number;
  /** How many were acknowledged in time only when they were sent again. `slowest` is of those that were in time. */
  late: number;
  /** Each should be empty. */
  notAcknowledged: string[];
  unhandled: string[];
  leaked: string[];
  changed: string[];
  /** Places in the bot's own code where a payload ended in an error. */
  failures: string[];
  isAlive: boolean;
};

export type Plan = {
  payloads: number;
  seed: number;
  attackers: readonly string[];
  victims: readonly string[];
};

/** So many meet the community as it was at first: whoever has left, or forgot everything, hides what comes after. */
const together = 40;

/**
 * Sends so many payloads that Slack never would, as members who are up to no good: real ones with parts removed, replaced
 * and exchanged for other people's. Who acts is Slack's word, so that alone is never another person of the community.
 * After every few, what changed is looked at and put back.
 */
export async function attack(target: Target, options: Plan): Promise<Outcome> {
  const { workspace, seen, settled } = target;
  const { attackers, victims } = options;
  const unhandled: string[] = [];
  const note = (reason: unknown) =>
    void unhandled.push(reason instanceof Error ? (reason.stack ?? reason.message) : String(reason));
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
  try {
    await giveThemAPast(target);
    await lead(target);
    const past = seen.slice();
    const collect = async (names: readonly string[]): Promise<Payload[]> => {
      seen.length = 0;
      for (const name of names) await lookAround(workspace.as(name));
      return seen.slice();
    };
    const foreign = withoutSecret([...past, ...(await collect(victims))]);
    // Other people's whole payloads, too: whose button is pressed is not Slack's word, who presses it is.
    const bases = [...(await collect(attackers)), ...foreign];
    await settled();
    const people = peopleIn(target.database, [...victims, 'fran', 'gale'], workspace);
    const before = rowsOf(target.database, people);
    const putBack = keepAsItIs(target.database);
    const logBefore = target.log.length;
    const sending = createSending(target, bases, foreign, options);
    const leaked: string[] = [];
    const changed: string[] = [];
    for (let from = 0; from < options.payloads; from += together) {
      const until = Math.min(from + together, options.payloads);
      const where = `payloads ${from} to ${until - 1}: `;
      const callsBefore = workspace.calls.length;
      const answers = await sending.send(from, until);
      await settled();
      changed.push(
        ...differences(before, rowsOf(target.database, people)).map((difference) => where + difference),
      );
      await target.beat();
      const calls = workspace.calls
        .slice(callsBefore)
        .map(({ method, args }) => `${method} ${JSON.stringify(args)}`);
      leaked.push(
        ...[...answers, ...calls].filter((said) => said.includes(secret)).map((said) => where + said),
      );
      putBack();
    }
    await settled();
    return {
      payloads: options.payloads,
      slowest: sending.slowest(),
      late: sending.late(),
      notAcknowledged: sending.notAcknowledged,
      unhandled,
      leaked,
      changed,
      failures: failuresIn(target.log.slice(logBefore)),
      isAlive: await answers(workspace.as('fran')),
    };
  } finally {
    process.off('unhandledRejection', note);
    process.off('uncaughtException', note);
  }
}

function createSending(
  { workspace }: Target,
  bases: readonly Payload[],
  foreign: readonly Payload[],
  { seed, attackers }: Plan,
) {
  const chance: Chance = seededRandom(seed);
  const kinds = [...Map.groupBy(bases, ({ body }) => kindOf(body)).values()];
  const notAcknowledged: string[] = [];
  let slowest = 0;
  let late = 0;
  const one = async (nth: number): Promise<string> => {
    // As often of one kind as of another, however often it was sent.
    const alike = kinds[chance.below(kinds.length)] ?? [];
    const base = alike[chance.below(alike.length)];
    if (!base) throw new Error('There is nothing to start from.');
    const fresh = withFreshEventId(base, nth);
    const { type, body } = mutate(fresh, { payloads: bases, foreign }, chance);
    asOneOf(attackers, body, workspace, nth);
    const send = async (payload: Payload) => {
      const started = performance.now();
      const answer = await workspace.deliver(payload.type, payload.body);
      return { answer, took: performance.now() - started };
    };
    let { answer, took } = await send({ type, body });
    // On a machine that is busy otherwise one is late. What is never acknowledged is not the second time either.
    if (answer.kind === 'timeout') {
      ({ answer, took } = await send(withFreshEventId({ type, body }, -nth)));
      if (answer.kind === 'acked') late += 1;
    }
    slowest = Math.max(slowest, took);
    if (answer.kind !== 'acked')
      notAcknowledged.push(`${answer.kind}: ${type} ${JSON.stringify(body)}`.slice(0, 2_000));
    return answer.kind === 'acked' ? JSON.stringify(answer.payload ?? null) : '';
  };
  const atATime = 4;
  return {
    notAcknowledged,
    slowest: () => slowest,
    late: () => late,
    /** @returns what was answered. */
    async send(from: number, until: number): Promise<string[]> {
      const answers: string[] = [];
      for (let nth = from; nth < until; nth += atATime) {
        const next = Array.from({ length: Math.min(atATime, until - nth) }, (_, at) => one(nth + at));
        answers.push(...(await Promise.all(next)));
      }
      return answers;
    },
  };
}

/** Where Slack says who did it. */
const actorPlaces = (body: unknown): [holder: Record<string, unknown>, key: string][] => {
  const { event, user } = record(body);
  return [
    [record(user), 'id'],
    [record(body), 'user_id'],
    [record(event), 'user'],
    [record(record(event).user), 'id'],
    [record(record(event).channel), 'creator'],
    [record(record(event).subteam), 'created_by'],
  ];
};

const idsOf = (workspace: PracticeWorkspace): Set<string> =>
  new Set(workspace.snapshot('fran').people.map(({ id }) => id));

function asOneOf(
  attackers: readonly string[],
  body: unknown,
  workspace: PracticeWorkspace,
  nth: number,
): void {
  const own = attackers.map((name) => workspace.as(name).id);
  const people = idsOf(workspace);
  for (const [holder, key] of actorPlaces(body)) {
    const actor = holder[key];
    if (typeof actor === 'string' && people.has(actor) && !own.includes(actor))
      holder[key] = own[nth % own.length];
  }
}

/** What the attackers do not know they cannot send, and so not be shown again. */
const withoutSecret = (payloads: readonly Payload[]): Payload[] =>
  payloads.map(({ type, body }) => ({
    type,
    body: JSON.parse(JSON.stringify(body).replaceAll(secret, 'not-known')) as unknown,
  }));

/** The bot takes an event once. */
function withFreshEventId({ type, body }: Payload, nth: number): Payload {
  return type === 'events_api'
    ? { type, body: { ...record(body), event_id: `EvFUZZ${nth}` } }
    : { type, body };
}

// What may not change

type Rows = Map<string, string[]>;

/** Nobody but facilitators changes these. */
const leadersOnly = ['roles', 'cohorts', 'checkins', 'settings'];
/** What the bot notes for itself; that it writes to somebody about what another did is its work. */
const own = /^(sqlite_|kysely_|outbox|audit_log|seen_events|jobs)/;

function peopleIn(database: string, names: readonly string[], workspace: PracticeWorkspace): string[] {
  const db = new Database(database, { readonly: true });
  const slackIds = names.map((name) => workspace.as(name).id);
  const rows = db.prepare('select id, slack_id from people').all() as { id: string; slack_id: string }[];
  db.close();
  return rows.filter((row) => slackIds.includes(row.slack_id)).flatMap(({ id, slack_id }) => [id, slack_id]);
}

/** Every row that is about one of these people, and all rows of what only facilitators change. */
function rowsOf(database: string, people: readonly string[]): Rows {
  const db = new Database(database, { readonly: true });
  const tables = (
    db.prepare("select name from sqlite_master where type = 'table'").all() as { name: string }[]
  )
    .map(({ name }) => name)
    .filter((name) => !own.test(name));
  const rows: Rows = new Map();
  for (const table of tables) {
    const all = db.prepare(`select * from "${table}"`).all() as Record<string, unknown>[];
    const kept = all.filter(
      (row) =>
        leadersOnly.includes(table) || Object.values(row).some((value) => people.includes(String(value))),
    );
    rows.set(table, kept.map((row) => JSON.stringify(row)).sort());
  }
  db.close();
  return rows;
}

/** @returns what brings every row back to how it is now. */
function keepAsItIs(database: string): () => void {
  const db = new Database(database);
  const kept = `${database}.kept`;
  db.prepare('vacuum into ?').run(kept);
  const tables = db.prepare(
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'",
  );
  const names = (tables.all() as { name: string }[]).map(({ name }) => name);
  db.close();
  return () => {
    const live = new Database(database);
    live.pragma('foreign_keys = OFF');
    live.prepare('attach ? as kept').run(kept);
    live.transaction(() => {
      for (const name of names)
        live.exec(`delete from "${name}"; insert into "${name}" select * from kept."${name}"`);
    })();
    live.close();
  };
}

function differences(before: Rows, after: Rows): string[] {
  const found: string[] = [];
  for (const [table, rows] of before) {
    const now = after.get(table) ?? [];
    for (const row of rows) if (!now.includes(row)) found.push(`${table} lost ${row}`);
    for (const row of now) if (!rows.includes(row)) found.push(`${table} got ${row}`);
  }
  return found;
}

/**
 * Where a listener of ours tripped over what it was given. What Bolt cannot read is an error line, and that is all it
 * should be; that Slack refuses an invented trigger or a `response_url` used up is no fault of the bot's.
 */
function failuresIn(log: readonly string[]): string[] {
  const found = new Set<string>();
  for (const line of log) {
    const { error, at, msg } = JSON.parse(line) as Record<string, unknown>;
    const places = [at].flat().map(String);
    const ours = places.filter((one) => one.includes('./src/'));
    if (
      msg !== 'A listener failed' ||
      !/^(Type|Range|Reference|Syntax|Sqlite|NoResult|Zod)/.test(String(error))
    )
      continue;
    // An address to answer to that was invented.
    if (!places[0]?.includes('/undici/'))
      found.add(`${String(error)} ${(ours.length > 0 ? ours : places).join(' < ')}`);
  }
  return [...found];
}

async function answers(person: PersonDriver): Promise<boolean> {
  await person.command('/chatr find trauma');
  return person.visibleText(person.ephemerals().at(-1)).includes('UK Trauma Council');
}
