import { mkdtempSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { loadContent } from '../src/features/content.ts';
import { days, later, minutes } from '../src/lib/clock.ts';
import { agreeAsMember, clearUp, type Inside, scratch, startInside } from './apps.ts';
import { actors, inhabitants, type Size } from './community.ts';
import { find } from './driving.ts';
import { quantile } from './measure.ts';
import { canMeasure, comeToRest } from './processes.ts';
import { neverAsked, remembered } from './questions.ts';
import { seed } from './seed.ts';

/**
 * Everybody's group asks at the same moment: how fast that goes out, beside what Slack's limits allow, and how long somebody
 * waits meanwhile who looks something up. In real time, since Slack's limits are: with 5,000 people some twenty minutes.
 * Nothing is asserted; the aims stand beside the figures.
 */
const usage = `npm run bench:delivery -- [--quick]

  --quick   1,000 people instead of 5,000, in about five minutes: a glance, no figures to keep
`;

/** As the practice workspace limits one app: so many at once, and so many a second from then on. */
const burst = 300;
const perSecond = 5;
const findsPerSecond = 5;
const idleSeconds = 60;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** The next Tuesday, 10:20 in London in winter and 11:20 in summer: nobody's quiet hours, and no bank holiday is one. */
function aTuesday(): Date {
  const at = new Date();
  at.setUTCHours(10, 20, 0, 0);
  const ahead = (2 - at.getUTCDay() + 7) % 7;
  return later(at, days(ahead === 0 && at < new Date() ? 7 : ahead));
}

type LookedUp = { at: number; ms: number };

/** People look things up at even intervals, whether the ones before are answered or not. */
async function lookUp(app: Inside, questions: readonly string[], until: () => boolean): Promise<LookedUp[]> {
  const answers: Promise<LookedUp>[] = [];
  let due = performance.now();
  for (let index = 0; !until(); index += 1) {
    due += 1000 / findsPerSecond;
    await wait(Math.max(0, due - performance.now()));
    const began = performance.now();
    const question =
      index % 2 === 0 ? questions[(index / 2) % questions.length] : remembered[index % remembered.length];
    answers.push(
      find(app, actors.member, question ?? '').then(() => ({ at: began, ms: performance.now() - began })),
    );
  }
  return Promise.all(answers);
}

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  if (values.help || !canMeasure) {
    say(values.help ? usage : 'This needs Linux: when a process rests is read from /proc.');
    return values.help ? 0 : 2;
  }
  const size: Size = values.quick ? 25 : 125;
  const startsAt = aTuesday();
  const forwardMs = startsAt.getTime() - Date.now();
  const file = join(mkdtempSync(join(scratch, 'filled-')), 'delivery.db');
  await seed(file, { root: resolve('.'), size, isOther: false, now: startsAt });
  const questions = neverAsked(loadContent('data'), 12_000);

  const posts: number[] = [];
  const app = await startInside(
    {
      kind: 'bot',
      checkout: { name: 'this one', root: resolve('.'), databases: new Map([[size, file]]) },
      size,
    },
    {
      forwardMs,
      workspace: {
        rateLimits: true,
        onCall({ method, args, answer }) {
          if (method === 'chat.postMessage' && args.text === 'Your check-in is ready' && answer?.ok === true)
            posts.push(performance.now());
        },
      },
      before(database, workspace) {
        const raw = new Database(database);
        // Whoever has been welcomed has a conversation with the bot, and this week nobody has been asked anything yet.
        const knows = raw.prepare('update people set dm_channel = ? where slack_id = ?');
        raw.transaction(() => {
          for (const { slackId } of inhabitants(size)) knows.run(workspace.appDirectId(slackId), slackId);
          raw.prepare(`delete from outbox where sent_at > ?`).run(later(startsAt, -days(8)).toISOString());
          raw
            .prepare(`update journeys set status = 'finished', next_at = null where status = 'active'`)
            .run();
          raw.prepare(`update checkins set next_at = null where mode != 'group'`).run();
        })();
        raw.close();
      },
    },
  );
  try {
    await comeToRest(app.pid, 200);
    await agreeAsMember(app);
    const readies = performance.now() + 20_000;
    await lookUp(app, questions, () => performance.now() > readies);
    const idleEnds = performance.now() + idleSeconds * 1000;
    const idle = await lookUp(app, questions.slice(2000), () => performance.now() > idleEnds);

    const raw = new Database(app.database);
    raw
      .prepare(`update checkins set next_at = ? where mode = 'group'`)
      .run(new Date(Date.now() + forwardMs).toISOString());
    const asked = raw
      .prepare(
        `select count(distinct person_id) as many from cohort_members join consents using (person_id)
         where consents.kind = 'agreement' and left_at is null`,
      )
      .get() as { many: number };
    raw.close();
    let quietSince = performance.now();
    let seen = 0;
    const during = await lookUp(app, questions.slice(4000), () => {
      if (posts.length > seen) quietSince = performance.now();
      seen = posts.length;
      // Two beats without a message: it is over.
      return performance.now() - quietSince > minutes(2) + 5_000;
    });
    const last = posts.at(-1) ?? 0;
    report({ asked: asked.many, posts, idle, during: during.filter(({ at }) => at <= last) });
  } finally {
    await app.stop();
  }
  return 0;
}

type Seen = {
  asked: number;
  posts: readonly number[];
  idle: readonly LookedUp[];
  /** Until the last message. */
  during: readonly LookedUp[];
};

function report({ asked, posts, ...found }: Seen): void {
  const seconds = ((posts.at(-1) ?? 0) - (posts[0] ?? 0)) / 1000;
  const fastest = Math.max(0, (posts.length - burst) / perSecond);
  const [idle, during] = [found.idle, found.during].map((one) => one.map(({ ms: each }) => each)) as [
    number[],
    number[],
  ];
  const ms = (numbers: readonly number[], part: number) => quantile(numbers, part).toFixed(1);
  const ratio = quantile(during, 0.99) / quantile(idle, 0.99);
  say(
    [
      `Node ${process.version}, ${availableParallelism()} processors. Slack's limits as practised: ${burst} at once, then ${perSecond} a second.`,
      `${posts.length} prompts to ${asked} people in ${seconds.toFixed(0)} s; the limits allow it in ${fastest.toFixed(0)} s.`,
      `Of what the limits allow:   ${((fastest / Math.max(seconds, 1)) * 100).toFixed(1)}%   aim ≥ 95%`,
      `/chatr find, idle:          p50 ${ms(idle, 0.5)}, p99 ${ms(idle, 0.99)}, most ${ms(idle, 1)} ms, of ${idle.length}`,
      `/chatr find, meanwhile:     p50 ${ms(during, 0.5)}, p99 ${ms(during, 0.99)}, most ${ms(during, 1)} ms, of ${during.length}`,
      `p99 meanwhile to idle:      ${ratio.toFixed(2)}×   aim ≤ 2×`,
    ].join('\n'),
  );
}

process.once('exit', clearUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
process.exit(await run());
