import { mkdtempSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/features/content.ts';
import { type Answers, type Checkout, clearUp, type Subject, scratch, start } from './apps.ts';
import type { Bench, Counts } from './bench.ts';
import { actors, type Size, unit } from './community.ts';
import { answerTo, openHome } from './driving.ts';
import type { Sheet } from './measure.ts';
import { measureFinds } from './parts/find.ts';
import { measureGrowth } from './parts/growth.ts';
import { measureMemory } from './parts/memory.ts';
import { measureStarts } from './parts/starts.ts';
import { measureWaits } from './parts/waits.ts';
import { canMeasure } from './processes.ts';
import { neverAsked, remembered } from './questions.ts';
import { seed } from './seed.ts';
import { tableOf } from './table.ts';

/**
 * What the bot costs and how long people wait, beside a bare Bolt app that answers with the same message (bench/bare.ts),
 * in communities of three sizes. Everybody takes turns in rounds, so that a noisy machine slows all: the ratios of one run
 * say something, milliseconds of another machine mean nothing. Nothing is asserted; the aims stand beside the figures.
 */
const usage = `npm run bench -- [--quick] [--only=find,waits,start,memory,growth] [--also <folder>]

  --quick   fewer of everything and two sizes, in about a minute and a half: a glance, no figures to keep
  --only    these parts only
  --also    another checkout of the project beside this one, such as the state before a change; run npm ci in it first
`;

const parts: Record<string, (bench: Bench) => Promise<Sheet>> = {
  find: measureFinds,
  waits: measureWaits,
  start: measureStarts,
  memory: measureMemory,
  growth: measureGrowth,
};

const full: Counts = {
  rounds: 10,
  warmUp: 500,
  finds: 200,
  clicks: 40,
  homes: 20,
  waits: 300,
  arrivingSeconds: 10,
  starts: 9,
  rests: 3,
  load: 20_000,
  quietSeconds: 150,
  looks: 5,
};
const quick: Counts = {
  rounds: 3,
  warmUp: 100,
  finds: 60,
  clicks: 10,
  homes: 5,
  waits: 60,
  arrivingSeconds: 2,
  starts: 2,
  rests: 1,
  load: 1_000,
  quietSeconds: 0,
  looks: 3,
};
const allSizes: readonly Size[] = [1, 10, 100];

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      also: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  const chosen = values.only?.split(',') ?? Object.keys(parts);
  if (values.help || chosen.some((name) => !(name in parts))) {
    say(usage);
    return values.help ? 0 : 2;
  }
  if (!canMeasure) {
    say('This needs Linux: what a process costs is read from /proc.');
    return 2;
  }
  const counts = values.quick ? quick : full;
  const sizes = values.quick ? allSizes.filter((size) => size !== 10) : allSizes;
  const here = await fill('this one', '.', sizes);
  const checkouts = [here];
  for (const folder of values.also) checkouts.push(await fill(basename(resolve(folder)), folder, sizes));
  const answers = await takeAnswers(here);
  say(headOf(answers, values.quick));
  const subjects: Subject[] = [
    { kind: 'bare' },
    ...sizes.flatMap((size) => checkouts.map((checkout) => ({ kind: 'bot' as const, checkout, size }))),
  ];
  const bench: Bench = {
    subjects,
    checkouts,
    sizes,
    counts,
    answers,
    questions: neverAsked(loadContent('data'), 12_000),
    say,
  };
  for (const name of chosen) {
    const sheet = await parts[name]?.(bench);
    if (sheet) say(`\n${tableOf(sheet, checkouts, sizes)}`);
  }
  return 0;
}

function headOf({ messages }: Answers, isQuick: boolean): string {
  const kilobytes = (messages.length / remembered.length / 1000).toFixed(1);
  const { people, groups, reflectionsEach, roundsOfGroup } = unit;
  return [
    `The bot beside a bare Bolt app that answers with the same messages, ${kilobytes} KB on average.`,
    `Node ${process.version}, ${availableParallelism()} processors. Medians over rounds in which all take turns.`,
    `1× is ${people} people, ${groups} groups, ${people * reflectionsEach} reflections, ${groups * roundsOfGroup} rounds.`,
    ...(isQuick ? ['A quick run: for a glance, no figures to keep.'] : []),
  ].join('\n');
}

/** A filled database of each size, as that checkout's migrations make it. */
async function fill(name: string, folder: string, sizes: readonly Size[]): Promise<Checkout> {
  const root = resolve(folder);
  const databases = new Map<Size, string>();
  for (const size of sizes) {
    const file = join(mkdtempSync(join(scratch, 'filled-')), `${size}.db`);
    await seed(file, { root, size, isOther: root !== resolve('.') });
    databases.set(size, file);
  }
  return { name, root, databases };
}

/** What the bare app is to answer. */
async function takeAnswers(checkout: Checkout): Promise<Answers> {
  const app = await start({ kind: 'bot', checkout, size: 1 });
  try {
    const messages: Record<string, object> = {};
    for (const question of remembered) {
      const { message, blocks } = await answerTo(app, actors.newcomer, question);
      messages[`find ${question}`] = { text: message.text, blocks };
    }
    await openHome(app, actors.newcomer);
    return {
      messages: JSON.stringify(messages),
      home: JSON.stringify(app.workspace.as(actors.newcomer).home()?.blocks ?? []),
    };
  } finally {
    await app.stop();
  }
}

process.once('exit', clearUp);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
// The workspaces may have timers left.
process.exit(await run());
