import { parseArgs } from 'node:util';
import { calendars } from './calendar.ts';
import { simulateIntroductions } from './introductions.ts';
import { type Outcome, type Size, simulate } from './year.ts';

const usage = `npm run simulate -- [--seeds=200] [--seed=N] [--people=14 --groups=1 --weeks=6 | --full] [--calm] [--calendar]
       npm run simulate -- --introductions [--seed=N] [--people=200]

  --seeds      this many worlds, one after the other; 200 when left out
  --seed       one world alone, such as one that failed
  --full       a year with 500 people in 20 groups, for each seed
  --calm       nothing goes wrong: no fault of Slack's, no kill, no outage
  --calendar   one month in the inboxes of a midwife, a teacher and who runs both groups, what is left
               with somebody silent, and nothing else
  --introductions   a year of introductions between people of 12 organisations: how many were across agencies, and repeats
`;
const small: Size = { people: 14, groups: 1, weeks: 6 };
const full: Size = { people: 500, groups: 20, weeks: 52 };

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const sinceThen = (began: number): string => ((performance.now() - began) / 1000).toFixed(1);

async function run(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string', default: '200' },
      people: { type: 'string' },
      groups: { type: 'string' },
      weeks: { type: 'string' },
      full: { type: 'boolean', default: false },
      calm: { type: 'boolean', default: false },
      calendar: { type: 'boolean', default: false },
      introductions: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const usual = values.full ? full : small;
  const size: Size = {
    people: Number(values.people ?? usual.people),
    groups: Number(values.groups ?? usual.groups),
    weeks: Number(values.weeks ?? usual.weeks),
  };
  const first = Number(values.seed ?? 1);
  const last = Number(values.seed ?? values.seeds);
  if (values.help || [first, last, ...Object.values(size)].some((one) => !(one > 0))) {
    say(usage);
    return values.help ? 0 : 2;
  }
  if (values.calendar) {
    say(await calendars());
    return 0;
  }
  if (values.introductions) {
    const figures = await simulateIntroductions({
      seed: first,
      people: Number(values.people ?? 200),
      organisations: 12,
      rounds: 26,
    });
    for (const [what, count] of Object.entries(figures)) say(`${String(count).padStart(9)}  ${what}`);
    return figures.avoidedMet + figures.toldOneAlone === 0 ? 0 : 1;
  }
  const sum: Outcome['figures'] = {};
  const failed: number[] = [];
  for (let seed = first; seed <= last; seed += 1) {
    const began = performance.now();
    const { faults, figures } = await simulate(seed, size, {
      faulty: !values.calm,
      ...(size.weeks > 6 && {
        onWeek: (week, found) =>
          say(`  week ${week} of ${size.weeks}: ${found} found, ${sinceThen(began)} s`),
      }),
    });
    for (const [what, count] of Object.entries(figures)) sum[what] = (sum[what] ?? 0) + count;
    say(
      `seed ${seed}: ${faults.length === 0 ? 'nothing found' : `${faults.length} found`}, ${figures.beats} beats, ${figures.kills} kills, ${sinceThen(began)} s`,
    );
    for (const fault of faults.slice(0, 20)) say(`  ${fault}`);
    if (faults.length > 0) failed.push(seed);
  }
  say(
    Object.entries(sum)
      .toSorted(([one], [other]) => one.localeCompare(other))
      .map(([what, count]) => `${String(count).padStart(9)}  ${what}`)
      .join('\n'),
  );
  if (failed.length > 0)
    say(`Again, each alone: npm run simulate -- --seed=N, with N of ${failed.join(', ')}`);
  return failed.length > 0 ? 1 : 0;
}

// The workspaces may have timers left.
process.exit(await run());
