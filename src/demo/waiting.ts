import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type WaitingRoom = {
  url: string;
  /** Not at the port that was wanted. */
  isElsewhere: boolean;
  server: Server;
  say(share: number): void;
};

const weeks = 3;
/** By its absence the page knows that somebody else answers. */
const shareHeader = 'x-waiting-share';
const wordsHeader = 'x-waiting-words';

/** How much of the whole the group is that ended before the pilot. */
export const earlierShare = 0.45;

/**
 * The address at once, with a page that says how far the weeks are. Whoever takes the server over answers at the same
 * address, and the page opens that.
 * @param port something else may be using it: any other will do.
 */
export async function openWaitingRoom(port: number): Promise<WaitingRoom> {
  let share = 0;
  const server = createServer((_request, response) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.setHeader(shareHeader, String(share)).setHeader(wordsHeader, wordsOf(share)).end(page(share));
  });
  const listen = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(port).catch(() => listen(0));
  const { port: at } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${at}`,
    isElsewhere: port !== 0 && at !== port,
    server,
    say: (now) => {
      share = now;
    },
  };
}

function wordsOf(share: number): string {
  if (share < earlierShare) return 'The group before';
  const ofPilot = (share - earlierShare) / (1 - earlierShare);
  return `Week ${Math.min(Math.floor(ofPilot * weeks) + 1, weeks)} of ${weeks}`;
}

const page = (share: number): string => `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Making the demo ready</title>
<noscript><meta http-equiv="refresh" content="2"></noscript>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100vh; display: grid; place-content: center; background: Canvas; color: CanvasText;
    font: 1.0625rem/1.5 system-ui, sans-serif; }
  main { box-sizing: border-box; max-width: 34rem; padding: 2rem; }
  h1 { font-size: 1.375rem; line-height: 1.3; margin: 0 0 .75rem; }
  p { margin: 0 0 1.25rem; }
  progress { width: 100%; height: .75rem; accent-color: #1264a3; }
  .week { margin: .5rem 0 0; font-weight: 600; }
</style>
</head>
<body>
<main>
  <h1>Three weeks of a pilot come first</h1>
  <p>Invented people are living a group that ended earlier, and then the first weeks of a perinatal pilot, with the real
    bot. It takes less than a minute as a rule, and only the first time. Then this page opens by itself.</p>
  <progress max="1" value="${share}" aria-label="How far it is"></progress>
  <p class="week" role="status">${wordsOf(share)}</p>
</main>
<script>
  const bar = document.querySelector('progress');
  const week = document.querySelector('.week');
  async function look() {
    const answer = await fetch('/', { cache: 'no-store' }).catch(() => undefined);
    const share = answer?.headers.get('${shareHeader}');
    if (answer && share === null) return location.reload();
    if (share) {
      bar.value = share;
      const words = answer.headers.get('${wordsHeader}');
      if (week.textContent !== words) week.textContent = words;
    }
    setTimeout(look, 500);
  }
  look();
</script>
</body>
</html>
`;
