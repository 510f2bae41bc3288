import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';

/** Who may import whom (ARCHITECTURE.md). Checked on the real files. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js)$/.test(name) && !name.includes('node_modules'))
    .map((name) => join(folder, name));

const files = filesIn('src');

const sources = files.map((file) => ({ file, text: readFileSync(file, 'utf8') }));

type Import = { file: string; target: string; isType: boolean };

const importsOf = (file: string, text: string): Import[] =>
  [
    ...text.matchAll(
      /^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+['"]([^'"]+)['"]|(?:import\()['"]([^'"]+)['"]\)|^import\s+['"]([^'"]+)['"]/gm,
    ),
  ].map((match) => {
    const target = match[2] ?? match[3] ?? match[4] ?? '';
    return {
      file,
      target: target.startsWith('.') ? normalize(join(dirname(file), target)) : target,
      isType: match[1] !== undefined,
    };
  });

const imports = sources.flatMap(({ file, text }) => importsOf(file, text));

/** Files that come back to themselves by what they import, types included: each circle once. */
function circlesAmong(all: readonly Import[]): string[] {
  const importsBy = Map.groupBy(all, ({ file }) => file);
  const reachableFrom = (file: string): Set<string> => {
    const reached = new Set<string>();
    const open = [file];
    for (let next = open.pop(); next !== undefined; next = open.pop())
      for (const { target } of importsBy.get(next) ?? []) {
        if (!reached.has(target)) open.push(target);
        reached.add(target);
      }
    return reached;
  };
  const reachable = new Map([...importsBy.keys()].map((file) => [file, reachableFrom(file)]));
  const circles = [...reachable]
    .filter(([file, reached]) => reached.has(file))
    .map(([file, reached]) => [...reached].filter((other) => reachable.get(other)?.has(file)));
  return [...new Set(circles.map((files) => files.toSorted().join(' ↔ ')))];
}

const inside = (folder: string) => (one: Import) => one.file.startsWith(`src/${folder}/`);
const local = imports.filter(({ target }) => target.startsWith('src/'));

/** What the website's search reads, weighs and answers names by as the bot's does. It is made of content alone. */
const ofBothSearches =
  /^src\/features\/(resources\/(finding\/(search|spelling)|glossary\/define)|pathways\/(named|needs))\.ts$/;

test('the rules are checked on real files', () => {
  expect(files.length).toBeGreaterThan(60);
  expect(local.length).toBeGreaterThan(150);
});

describe('each layer imports only from the layers below it', () => {
  test.each([
    ['lib', ['src/lib/']],
    ['content', ['src/lib/', 'src/content/']],
    ['db', ['src/lib/', 'src/db/']],
    ['scheduler', ['src/lib/', 'src/db/', 'src/content/', 'src/scheduler/']],
    ['community', ['src/lib/', 'src/db/', 'src/content/', 'src/scheduler/', 'src/community/']],
    ['safeguarding', ['src/lib/', 'src/db/', 'src/content/', 'src/slack/', 'src/safeguarding/']],
    ['outbox', ['src/lib/', 'src/db/', 'src/content/', 'src/community/', 'src/outbox/']],
    ['portal', ['src/lib/', 'src/content/', 'src/safeguarding/', 'src/features/', 'src/portal/']],
    ['slack', ['src/lib/', 'src/db/', 'src/content/', 'src/community/', 'src/outbox/', 'src/slack/']],
  ])('src/%s', (folder, allowed) => {
    const wrong = local
      .filter(inside(folder))
      .filter(({ target }) => !allowed.some((one) => target.startsWith(one)));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('no feature imports another', () => {
    const feature = (path: string) => /^src\/features\/([^/]+)\//.exec(path)?.[1];
    const wrong = local.filter(
      ({ file, target }) => feature(file) && feature(target) && feature(file) !== feature(target),
    );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('a feature does not import what puts it together', () => {
    const wrong = local
      .filter(inside('features'))
      .filter(({ file }) => !/^src\/features\/[^/]+\.ts$/.test(file))
      .filter(({ target }) => /^src\/(app|main|demo|config|health)\.ts$/.test(target));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('others see a feature only through its index.ts', () => {
    const wrong = local.filter(
      ({ file, target }) =>
        /^src\/features\/[^/]+\//.test(target) &&
        !file.startsWith(`${/^src\/features\/[^/]+\//.exec(target)?.[0]}`) &&
        !/\/(index|content)\.ts$/.test(target) &&
        !(file.startsWith('src/portal/') && ofBothSearches.test(target)),
    );
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });

  test('the portal is made of content alone: no feature, no database, no Slack of its own', () => {
    const wrong = local
      .filter(inside('portal'))
      .filter(({ target }) => target.startsWith('src/features/') && !target.endsWith('/content.ts'))
      .filter(({ target }) => !ofBothSearches.test(target));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
    const users = local.filter(
      ({ file, target }) => /^src\/portal\//.test(target) && !/^src\/portal\//.test(file),
    );
    expect(new Set(users.map(({ file }) => file))).toEqual(new Set(['src/main.ts', 'src/demo/begin.ts']));
  });

  test('only the demo starts the practice workspace', () => {
    const users = imports.filter(({ target }) => target.startsWith('practice-workspace'));
    expect(
      [...new Set(users.map(({ file }) => file))].filter((file) => !file.startsWith('src/demo/')),
    ).toEqual([]);
    const others = local.filter(
      ({ file, target }) => target.startsWith('src/demo/') && !/^src\/demo[./]/.test(file),
    );
    expect(others).toEqual([]);
  });

  test('others know the practice workspace by its name, and so only what it exports', () => {
    const files = ['src', 'test', 'bench', 'fuzz', 'scripts'].flatMap(filesIn);
    const users = files.flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
    const byPath = users.filter(({ target }) => target.startsWith('packages/'));
    expect(byPath.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
    expect(users.filter(({ target }) => target.startsWith('practice-workspace')).length).toBeGreaterThan(10);
  });

  test('the practice workspace imports nothing of the app', () => {
    const files = filesIn('packages/practice-workspace');
    const outside = files
      .flatMap((file) => importsOf(file, readFileSync(file, 'utf8')))
      .filter(({ target }) => !target.startsWith('packages/practice-workspace/') && target.startsWith('.'));
    expect(files.length).toBeGreaterThan(60);
    expect(outside.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });
});

describe('no file comes back to itself by what it imports', () => {
  test.each(['src', 'packages/practice-workspace/src'])('%s', (folder) => {
    const all = filesIn(folder).flatMap((file) => importsOf(file, readFileSync(file, 'utf8')));
    expect(all.length).toBeGreaterThan(100);
    expect(circlesAmong(all)).toEqual([]);
  });

  test('a circle of three is found, and a chain is none', () => {
    const among = (...pairs: [string, string][]) =>
      circlesAmong(pairs.map(([file, target]) => ({ file, target, isType: true })));
    expect(among(['a', 'b'], ['b', 'c'], ['c', 'a'], ['d', 'a'], ['c', 'e'])).toEqual(['a ↔ b ↔ c']);
    expect(among(['a', 'b'], ['b', 'c'], ['a', 'c'])).toEqual([]);
  });
});

describe('each package has one door', () => {
  test.each([
    ['better-sqlite3', ['src/db/open.ts']],
    ['pg', ['src/db/open.ts']],
    ['node-cron', ['src/scheduler/heartbeat.ts']],
    ['js-yaml', ['src/content/read.ts']],
    [
      'yaml',
      ['src/content/read.ts', 'src/content/write.ts', 'src/content/yaml-problems.ts', 'src/demo/open.ts'],
    ],
    ['rrule-temporal', ['src/scheduler/recurrence.ts']],
    // To Slack, and to other people's web servers, of which nothing is trusted.
    ['undici', ['src/lib/network.ts', 'src/lib/outside.ts']],
    ['pino', ['src/lib/log.ts']],
    ['prom-client', ['src/health.ts']],
    ['ical-generator', ['src/features/training/calendar/entry.ts']],
    ['@stdlib/stats-base-dists-t-quantile', ['src/features/checkins/comparing/change.ts']],
    ['edmonds-blossom', ['src/features/introductions/matching/match.ts']],
    ['echarts/core', ['src/features/evaluation/documents/charts.ts']],
    ['@resvg/resvg-wasm', ['src/features/evaluation/documents/picture.ts']],
  ])('%s', (packageName, doors) => {
    const users = imports.filter(({ target }) => target === packageName);
    expect(users.filter(({ file }) => !doors.includes(file)).map(({ file }) => file)).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });

  test('Bolt is known only to the door and to what puts things together', () => {
    const users = imports.filter(({ target }) => target === '@slack/bolt');
    const allowed = /^src\/(app\.ts|slack\/)/;
    expect(users.filter(({ file }) => !allowed.test(file)).map(({ file }) => file)).toEqual([]);
    expect(users.length).toBeGreaterThan(0);
  });
});

describe('what must not be reached for', () => {
  const code = sources.map(({ file, text }) => ({
    file,
    text: text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, ''),
  }));

  test.each([
    ['the environment', /process\.env\b/, ['src/config.ts']],
    ['the current time', /\bDate\.now\(|\bnew Date\(\)|Temporal\.Now\b/, ['src/lib/clock.ts']],
    ['chance', /Math\.random\(/, []],
    ['the terminal', /\bconsole\./, []],
  ])('%s', (_what, pattern, doors: string[]) => {
    const users = code.filter(({ text }) => pattern.test(text));
    expect(users.filter(({ file }) => !doors.includes(file)).map(({ file }) => file)).toEqual([]);
  });

  test('nobody but the outbox posts a message', () => {
    const posting =
      /\bchat\s*\.\s*(?:postMessage|postEphemeral|meMessage|scheduleMessage|startStream)\b|\bfiles(?:UploadV2|\s*\.\s*(?:upload|completeUploadExternal))\b|['"]chat\.post/;
    const users = code.filter(({ file, text }) => posting.test(text) && !file.startsWith('src/outbox/'));
    expect(users.map(({ file }) => file)).toEqual([]);
  });

  test('windows are opened in one place', () => {
    const users = code.filter(({ text }) => /\bviews\s*(?:\.\s*(?:open|push)\b|\[)/.test(text));
    expect(users.map(({ file }) => file)).toEqual(['src/slack/modals.ts']);
  });

  test('a client that tries again by itself is made in one place, where it is said what for', () => {
    const users = code.filter(({ text }) => /\bretries: [^0]/.test(text));
    expect(users.map(({ file }) => file)).toEqual(['src/app.ts']);
  });

  test('a migration imports nothing of the program', () => {
    const wrong = local.filter(({ file }) => /^src\/db\/migrations\/\d/.test(file));
    expect(wrong.map(({ file, target }) => `${file} → ${target}`)).toEqual([]);
  });
});
