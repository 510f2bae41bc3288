import { describe, expect, onTestFinished, test } from 'vitest';
import { toCatalogue } from '../../../src/features/resources/content.ts';
import { queuePage } from '../../../src/features/resources/curating/queue/queue.ts';
import { createLinkChecker } from '../../../src/features/resources/links/check.ts';
import {
  findLinkCheck,
  type LinkCheck,
  listTroubled,
  recordOpened,
} from '../../../src/features/resources/links/store.ts';
import { nextStep, sayLink } from '../../../src/features/resources/links/views.ts';
import { createVisitor, outcomes } from '../../../src/features/resources/links/visit.ts';
import { createOutside, type OutsideRules } from '../../../src/lib/outside.ts';
import { givenConnectProxy } from '../../support/connect-proxy.ts';
import { givenMoodyServer, type Mood, redirect } from '../../support/moody-server.ts';
import { type Bench, content, givenPerson, givenResources } from './support.ts';

/** Every name leads to this machine, and that is allowed: for tests only. */
const here: OutsideRules = {
  mayConnect: () => true,
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
};

async function given(rules: OutsideRules = here) {
  const server = await givenMoodyServer();
  const outside = createOutside(rules);
  onTestFinished(() => outside.close());
  const visitor = createVisitor(outside);
  const at = (path: string, host = 'pages.org') => `http://${host}:${server.port}${path}`;
  return {
    server,
    outside,
    at,
    visit: (path: string) => visitor.visit(path.startsWith('http') ? path : at(path)),
  };
}

const endless: Mood = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  const more = () => {
    while (response.write('x'.repeat(65_536)));
  };
  response.on('drain', more);
  more();
};

describe('a visit', () => {
  test.each([
    [200, 'fine'],
    [204, 'fine'],
    [404, 'gone'],
    [410, 'gone'],
    [401, 'blocked'],
    [403, 'blocked'],
    [429, 'blocked'],
    [999, 'blocked'],
    [500, 'failed'],
    [504, 'slow'],
    [418, 'failed'],
    [304, 'failed'],
  ])('that is answered %i is told as %s', async (status, outcome) => {
    const { server, visit } = await given();
    server.mood('/page', status);
    expect(await visit('/page')).toMatchObject({ outcome, status });
  });

  test('asks for the head, and for the page only where that will not do', async () => {
    const { server, visit } = await given();
    await visit('/page');
    expect(server.asked).toEqual(['GET pages.org/robots.txt', 'HEAD pages.org/page']);
    for (const status of [405, 501, 404, 403])
      server.mood(
        `/no-head-${status}`,
        (request, response) => void response.writeHead(request.method === 'HEAD' ? status : 200).end(),
      );
    server.mood('/hangs-up', (request, response) => {
      if (request.method === 'HEAD') response.destroy();
      else response.end();
    });
    for (const path of ['/no-head-405', '/no-head-501', '/no-head-404', '/no-head-403', '/hangs-up'])
      expect(await visit(path), path).toMatchObject({ outcome: 'fine' });
  });

  test('says honestly who is there', async () => {
    const { server, visit } = await given();
    await visit('/page');
    expect([...server.userAgents]).toEqual([expect.stringMatching(/^ChATR-Companion\/.*link checker/)]);
  });

  test('does not read a page without end, nor a robots.txt without end', async () => {
    const { server, visit } = await given();
    server.mood('/endless', (request, response) => {
      if (request.method === 'HEAD') response.writeHead(405).end();
      else endless(request, response);
    });
    server.mood('/robots.txt', endless);
    expect(await visit('/endless')).toMatchObject({ outcome: 'fine' });
  });

  test('keeps to robots.txt, by its own name and for everybody', async () => {
    const { server, visit } = await given();
    server.mood(
      '/robots.txt',
      (_request, response) =>
        void response.end(
          'User-agent: *\nDisallow: /private/\n\nUser-agent: ChATR-Companion\nDisallow: /us/\nDisallow: /private/',
        ),
    );
    expect(await visit('/us/page')).toMatchObject({ outcome: 'blocked' });
    expect(await visit('/private/page')).toMatchObject({ outcome: 'blocked' });
    expect(await visit('/open')).toMatchObject({ outcome: 'fine' });
    // Asked once for all three.
    expect(server.asked).toEqual(['GET pages.org/robots.txt', 'HEAD pages.org/open']);
  });

  test.each([
    [404, 'fine'],
    [403, 'fine'],
    [500, 'blocked'],
  ])('where robots.txt is answered %i the page is %s', async (status, outcome) => {
    const { server, visit } = await given();
    server.mood('/robots.txt', status);
    expect(await visit('/page')).toMatchObject({ outcome });
  });

  test('robots.txt of the host it is sent to counts as well', async () => {
    const { server, visit, at } = await given();
    server.mood('/old', redirect(301, at('/new', 'other.org')));
    server.mood(
      '/robots.txt',
      (request, response) =>
        void response.end(request.headers.host?.startsWith('other') ? 'User-agent: *\nDisallow: /' : ''),
    );
    expect(await visit('/old')).toMatchObject({
      outcome: 'blocked',
      redirects: [{ status: 301, to: at('/new', 'other.org') }],
    });
    expect(server.asked).not.toContain('HEAD other.org/new');
  });

  test('tells what has moved for good from what is only sent on', async () => {
    const { server, visit, at } = await given();
    server.mood('/moved', redirect(301, '/here'));
    server.mood('/also', redirect(308, at('/moved')));
    server.mood('/for-now', redirect(302, '/here'));
    server.mood('/then-for-now', redirect(301, '/for-now'));
    server.mood('/slash', redirect(301, '/slash/'));
    expect(await visit('/moved')).toMatchObject({ outcome: 'moved', movedTo: at('/here') });
    expect(await visit('/also')).toMatchObject({
      outcome: 'moved',
      movedTo: at('/here'),
      redirects: [
        { status: 308, to: at('/moved') },
        { status: 301, to: at('/here') },
      ],
    });
    expect(await visit('/for-now')).toMatchObject({ outcome: 'fine', redirects: [{ status: 302 }] });
    expect(await visit('/then-for-now')).toMatchObject({ outcome: 'moved', movedTo: at('/for-now') });
    expect(await visit('/slash')).toMatchObject({ outcome: 'fine' });
    server.mood('/to-nothing', redirect(301, '/nothing'));
    server.mood('/nothing', 404);
    expect(await visit('/to-nothing')).toMatchObject({ outcome: 'gone' });
  });

  test.each([
    ['round and round', '/loop', 'failed'],
    ['to what is no web page', 'file:///etc/passwd', 'failed'],
    ['to a script', 'javascript:alert(1)', 'failed'],
  ])('that is sent %s fails', async (_, location, outcome) => {
    const { server, visit } = await given();
    server.mood('/loop', redirect(302, location));
    expect(await visit('/loop')).toMatchObject({ outcome });
  });

  test.each(['//', 'http://', 'http://[', ''])(
    'that is sent to %j, which is no address, does not fail the checker',
    async (to) => {
      const { server, visit } = await given();
      server.mood('/odd', redirect(301, to));
      expect(['failed', 'fine']).toContain((await visit('/odd')).outcome);
    },
  );

  test('of what is no HTTP, hangs up, or is not there, fails', async () => {
    const { server, visit } = await given();
    server.mood('/odd', (_request, response) => void response.socket?.end('nonsense\r\n\r\n'));
    expect(await visit('/odd')).toMatchObject({ outcome: 'failed' });
    expect(await visit('http://pages.org:1/')).toMatchObject({ outcome: 'failed' });
    server.mood(
      '/large-head',
      (_request, response) => void response.setHeader('x', 'y'.repeat(40_000)).end(),
    );
    expect(await visit('/large-head')).toMatchObject({ outcome: 'failed' });
  });

  test('that is sent to https where none is spoken fails, and one that is told to come back later is blocked', async () => {
    const { server, visit } = await given();
    server.mood('/to-https', redirect(301, `https://pages.org:${server.port}/page`));
    expect(await visit('/to-https')).toMatchObject({ outcome: 'failed', status: undefined });
    server.mood(
      '/later',
      (_request, response) => void response.setHeader('retry-after', '120').writeHead(429).end(),
    );
    server.mood('/robot-wall', (_request, response) => void response.writeHead(403).end('Are you a robot?'));
    expect(await visit('/later')).toMatchObject({ outcome: 'blocked', status: 429 });
    expect(await visit('/robot-wall')).toMatchObject({ outcome: 'blocked', status: 403 });
    // Asked once with HEAD and once with GET, and then left alone.
    expect(server.asked.filter((one) => one.endsWith('/later'))).toHaveLength(2);
  });

  test('of what answers nothing, or never ends its answer, is slow', async () => {
    const { server, visit } = await given({ ...here, patience: 100 });
    server.mood('/silent', () => {});
    expect(await visit('/silent')).toMatchObject({ outcome: 'slow' });
    server.mood('/robots.txt', (_request, response) => void response.write('User-agent: *\n'));
    expect(await visit(`http://other.org:${server.port}/`)).toMatchObject({ outcome: 'slow' });
  });

  test('of a host that has no address, or of a network that is down, is told apart', async () => {
    const failing = (code: string): OutsideRules => ({
      mayConnect: () => true,
      resolve: async () => {
        throw Object.assign(new Error(code), { code });
      },
    });
    const gone = await given(failing('ENOTFOUND'));
    expect(await gone.visit('/page')).toMatchObject({ outcome: 'failed' });
    // Browsers find the missing part of a chain of certificates by themselves, and we do not.
    for (const code of ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'])
      expect(await (await given(failing(code))).visit('/page')).toMatchObject({ outcome: 'unproven' });
    for (const code of ['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID', 'DEPTH_ZERO_SELF_SIGNED_CERT'])
      expect(await (await given(failing(code))).visit('/page')).toMatchObject({ outcome: 'failed' });
    const down = await given(failing('EAI_AGAIN'));
    expect(await down.visit('/page')).toEqual({ outcome: 'not-visited' });
  });

  test('that is broken off learned nothing', async () => {
    const { server, outside, at } = await given();
    const stop = new AbortController();
    server.mood('/robots.txt', () => stop.abort());
    expect(await createVisitor(outside).visit(at('/page'), stop.signal)).toEqual({ outcome: 'not-visited' });
  });
});

describe('nothing private is visited', () => {
  test('neither this machine by any name, nor by its number in any spelling', async () => {
    const { server, visit } = await given({});
    for (const host of [
      '127.0.0.1',
      'localhost',
      '2130706433',
      '0x7f000001',
      '0177.0.0.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
    ])
      expect(await visit(`http://${host}:${server.port}/`), host).toMatchObject({ outcome: 'private' });
    expect(server.asked).toEqual([]);
  });

  test('nor what a name leads to, nor one such address among others', async () => {
    const server = await givenMoodyServer();
    for (const addresses of [['10.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['fd00::1'], ['169.254.169.254'], []]) {
      const outside = createOutside({
        resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
      });
      onTestFinished(() => outside.close());
      expect(await createVisitor(outside).visit(`http://pages.org:${server.port}/`)).toMatchObject({
        outcome: 'private',
      });
    }
    expect(server.asked).toEqual([]);
  });

  test('nor where a page sends its visitor', async () => {
    // One name is public, as far as this test is concerned, and every other address is judged as in real life.
    const server = await givenMoodyServer();
    const outside = createOutside({
      mayConnect: (address) => address === '127.0.0.2',
      resolve: async (hostname) => [
        { address: hostname === 'pages.org' ? '127.0.0.2' : '127.0.0.1', family: 4 },
      ],
    });
    onTestFinished(() => outside.close());
    const second = await givenSecond(server.port);
    for (const to of [
      'http://127.0.0.1/',
      'http://inside.org/',
      'http://[::1]/',
      'http://2130706433/',
      'http://169.254.169.254/latest/meta-data/',
      'https://10.0.0.1/',
      'http://192.168.1.1/',
    ]) {
      second.to = to;
      expect(await createVisitor(outside).visit(`http://pages.org:${second.port}/`), to).toMatchObject({
        outcome: 'private',
      });
    }
    expect(server.asked).toEqual([]);
  });

  test('nor by a name that leads elsewhere a moment later: the address that was looked at is the one that is used', async () => {
    const server = await givenMoodyServer();
    let asked = 0;
    const outside = createOutside({
      mayConnect: (address) => address === '127.0.0.1',
      // Each look-up gives the allowed address first, and one inside afterwards.
      resolve: async () => {
        asked += 1;
        return [{ address: asked === 1 ? '127.0.0.1' : '10.0.0.1', family: 4 }];
      },
    });
    onTestFinished(() => outside.close());
    server.mood(
      '/robots.txt',
      (_request, response) => void response.setHeader('connection', 'close').writeHead(404).end(),
    );
    const found = await createVisitor(outside).visit(`http://pages.org:${server.port}/page`);
    // The second connection was looked at anew, and refused.
    expect(found).toMatchObject({ outcome: 'private' });
    expect(server.asked).toEqual(['GET pages.org/robots.txt']);
    expect(asked).toBe(2);
  });

  test('nor through a proxy, as far as this machine knows the name', async () => {
    const proxy = await givenConnectProxy();
    const settings = { isOn: true, http: proxy.address, https: proxy.address, bypass: '' };
    const server = await givenMoodyServer();
    const inside = createOutside({
      proxy: settings,
      resolve: async () => [{ address: '10.0.0.1', family: 4 }],
    });
    const unknown = createOutside({
      proxy: settings,
      resolve: async () => {
        throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
      },
    });
    onTestFinished(() => inside.close());
    onTestFinished(() => unknown.close());
    expect(await createVisitor(inside).visit(`http://pages.org:${server.port}/`)).toMatchObject({
      outcome: 'private',
    });
    expect(await createVisitor(inside).visit('http://127.0.0.1/')).toMatchObject({ outcome: 'private' });
    expect(proxy.asked).toEqual([]);
    expect(await createVisitor(unknown).visit(`http://pages.org:${server.port}/`)).toMatchObject({
      outcome: 'fine',
    });
    expect(proxy.asked[0]?.target).toBe(`pages.org:${server.port}`);
  });
});

/** A server at another of this machine's addresses that sends its visitors away. */
async function givenSecond(_port: number): Promise<{ port: number; to: string }> {
  const { createServer } = await import('node:http');
  const state = { port: 0, to: '' };
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else response.writeHead(302, { location: state.to }).end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.2', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  state.port = typeof address === 'object' && address ? address.port : 0;
  return state;
}

describe('the job', () => {
  async function givenChecked(paths: readonly string[], hosts = (n: number) => `host${n}.org`) {
    const bench = await givenResources();
    const { server, outside } = await given();
    const urls = paths.map((path, n) => `http://${hosts(n)}:${server.port}${path}`);
    bench.live.publish(
      toCatalogue(
        content.catalogue.shown.slice(0, urls.length).map((one, n) => ({ ...one, url: urls[n] ?? '' })),
      ),
    );
    const checker = createLinkChecker(bench, outside);
    const beat = async () => {
      await checker.job.run(bench.clock.now());
      await checker.settled();
    };
    return { bench, server, urls, checker, beat };
  }
  const aDay = (bench: Bench) => bench.clock.forward(24 * 60 + 5);

  test('calls a link broken after three days of failing, not sooner, and not for failing thrice a day', async () => {
    const { bench, server, urls, beat } = await givenChecked(['/page']);
    const [url = ''] = urls;
    server.mood('/page', 404);
    for (let times = 0; times < 5; times += 1) {
      await beat();
      bench.clock.forward(90);
    }
    expect(await listTroubled(bench.db)).toEqual([]);
    for (let day = 0; day < 2; day += 1) {
      aDay(bench);
      await beat();
    }
    expect(await listTroubled(bench.db)).toMatchObject([{ url, outcome: 'gone', status: 404, failures: 3 }]);
    server.mood('/page', 200);
    bench.clock.forward(7 * 24 * 60);
    await beat();
    expect(await listTroubled(bench.db)).toEqual([]);
    expect(await findLinkCheck(bench.db, url)).toMatchObject({
      outcome: 'fine',
      failures: 0,
      fineOn: '2026-03-12',
    });
  });

  test('a page that opens in between begins the count anew; one that is slow or blocked is no failure', async () => {
    const { bench, server, beat } = await givenChecked(['/page', '/other']);
    for (const [first, other] of [
      [500, 403],
      [500, 504],
      [200, 504],
      [500, 504],
      [500, 504],
    ] as const) {
      server.mood('/page', first);
      server.mood('/other', other);
      await beat();
      aDay(bench);
    }
    expect(await listTroubled(bench.db)).toEqual([]);
  });

  test('a host that is gone is broken in the end; where nothing answers any more, it is this machine that is cut off', async () => {
    const down = new Set<string>();
    const bench = await givenResources();
    const { server, outside } = await given({
      mayConnect: () => true,
      resolve: async (hostname) => {
        if (down.has(hostname)) throw Object.assign(new Error('ENOTFOUND'), { code: 'ENOTFOUND' });
        return [{ address: '127.0.0.1', family: 4 }];
      },
    });
    const urls = ['one.org', 'two.org'].map((host) => `http://${host}:${server.port}/`);
    bench.live.publish(
      toCatalogue(content.catalogue.shown.slice(0, 2).map((one, n) => ({ ...one, url: urls[n] ?? '' }))),
    );
    const checker = createLinkChecker(bench, outside);
    const days = async (count: number) => {
      for (let hour = 0; hour < count * 24; hour += 1) {
        await checker.job.run(bench.clock.now());
        await checker.settled();
        bench.clock.forward(60);
      }
    };
    await days(1);
    down.add('one.org').add('two.org');
    await days(40);
    expect(await listTroubled(bench.db)).toEqual([]);
    down.delete('two.org');
    await days(4);
    expect(await listTroubled(bench.db)).toMatchObject([{ url: urls[0], outcome: 'failed' }]);
  });

  test('what is fine is not visited again for a month', async () => {
    const { bench, server, beat } = await givenChecked(['/page']);
    await beat();
    const first = server.asked.length;
    for (let day = 0; day < 29; day += 1) {
      aDay(bench);
      await beat();
    }
    expect(server.asked).toHaveLength(first);
    aDay(bench);
    await beat();
    expect(server.asked.length).toBeGreaterThan(first);
  });

  test('one host is asked for one page at a beat, and few hosts', async () => {
    const same = await givenChecked(['/a', '/b', '/c'], () => 'one.org');
    await same.beat();
    expect(same.server.asked.filter((one) => one.startsWith('HEAD'))).toHaveLength(1);
    const many = await givenChecked(['/a', '/b', '/c', '/d', '/e', '/f', '/g']);
    await many.beat();
    expect(many.server.asked.filter((one) => one.startsWith('HEAD'))).toHaveLength(4);
  });

  test('an address that two entries have is visited once, and both wait for a curator', async () => {
    const { bench, server, urls, beat } = await givenChecked(['/page'], () => 'one.org');
    const [url = ''] = urls;
    bench.live.publish(toCatalogue(content.catalogue.shown.slice(0, 2).map((one) => ({ ...one, url }))));
    server.mood('/page', redirect(301, '/new'));
    await beat();
    expect(server.asked.filter((one) => one === 'HEAD one.org/page')).toHaveLength(1);
    const { actor } = await givenPerson(bench, { is_admin: true });
    expect(await queuePage(bench, actor, { show: 'links', page: 0 })).toMatchObject({
      page: { total: 2, shown: [{ kind: 'link' }, { kind: 'link' }] },
    });
  });

  test('what opens for a curator is broken no more, and counts anew from the next visit', async () => {
    const { bench, server, urls, beat } = await givenChecked(['/page']);
    const [url = ''] = urls;
    server.mood('/page', 404);
    for (let day = 0; day < 3; day += 1) {
      await beat();
      aDay(bench);
    }
    expect(await listTroubled(bench.db)).toHaveLength(1);
    await recordOpened(bench.db, url, bench.clock.now());
    expect(await listTroubled(bench.db)).toEqual([]);
    expect(await findLinkCheck(bench.db, url)).toMatchObject({ outcome: 'fine', failures: 0 });
    const asked = server.asked.length;
    aDay(bench);
    await beat();
    expect(server.asked).toHaveLength(asked);
    bench.clock.forward(30 * 24 * 60);
    await beat();
    expect(await findLinkCheck(bench.db, url)).toMatchObject({ outcome: 'gone', failures: 1 });
  });

  test('two bots on one database do not visit the same page', async () => {
    const { bench, server, beat } = await givenChecked(['/page']);
    const { outside } = await given();
    const other = createLinkChecker(bench, outside);
    await Promise.all([beat(), other.job.run(bench.clock.now()).then(() => other.settled())]);
    expect(server.asked.filter((one) => one.startsWith('HEAD'))).toHaveLength(1);
  });

  test('a server that never answers holds up no beat, and stopping does not wait for it', async () => {
    const { bench, server, checker } = await givenChecked(['/page']);
    const { promise: isAsked, resolve } = Promise.withResolvers<void>();
    server.mood('/robots.txt', () => resolve());
    await checker.job.run(bench.clock.now());
    await isAsked;
    checker.stop();
    await checker.settled();
    // It is made again in an hour.
    expect(await bench.db.selectFrom('link_checks').select(['outcome', 'next_at']).execute()).toEqual([
      { outcome: null, next_at: '2026-03-03T11:00:00.000Z' },
    ]);
  });

  test('what leaves the catalogue is forgotten', async () => {
    const { bench, beat } = await givenChecked(['/page']);
    await beat();
    bench.live.publish(toCatalogue([]));
    await beat();
    expect(await bench.db.selectFrom('link_checks').selectAll().execute()).toEqual([]);
  });
});

describe('what curators read of a link', () => {
  const check = (of: Partial<LinkCheck>): LinkCheck => ({
    url: 'https://example.org/',
    outcome: 'fine',
    status: undefined,
    movedTo: undefined,
    checkedAt: new Date('2026-03-03T10:00:00Z'),
    fineOn: undefined,
    failures: 0,
    redirects: [],
    ...of,
  });
  const via = [{ status: 301, to: 'https://example.org/a' }];

  test.each<[Partial<LinkCheck>, string]>([
    [{ status: 200, fineOn: '2026-03-03' }, 'it opened'],
    [
      { outcome: 'moved', status: 200, redirects: via },
      'it leads to another address now (answer 200), by way of 1 redirect',
    ],
    [
      { outcome: 'gone', status: 404, failures: 1 },
      'the page is not there any more (answer 404), which may pass',
    ],
    [
      { outcome: 'gone', status: 404, failures: 4, fineOn: '2026-01-02' },
      'the page is not there any more (answer 404), on 4 different days; it last opened on 2 January 2026',
    ],
    [{ outcome: 'failed', failures: 3 }, 'it could not be reached, on 3 different days'],
    [{ outcome: 'private', failures: 3 }, 'it leads into a private network, on 3 different days'],
    [{ outcome: 'slow', status: 504 }, 'it did not answer in time (answer 504)'],
    [
      { outcome: 'blocked', status: 403, failures: 3 },
      'it does not let programs in, so nobody can tell from here (answer 403); before that it failed on 3 different days',
    ],
    [
      { outcome: 'unproven' },
      'who is behind it could not be made sure of from here, though a browser may open it',
    ],
  ])('%j', (of, words) => {
    expect(sayLink(check(of))).toBe(`Link on 3 March 2026: ${words}`);
  });

  test.each(outcomes)('%s: what to do is said', (outcome) => {
    expect(nextStep(check({ outcome }))).toMatch(/^(?:Open|Look|Only|Change) .*\.$/);
  });
});
