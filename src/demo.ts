import { openWaitingRoom } from './demo/waiting.ts';
import type { Log } from './lib/log.ts';

const usualPort = 3000;

export type DemoOptions = {
  /** Waits for the signal to stop, then runs what it is given. */
  untilStopped: (stop: () => Promise<void>, log: Log) => Promise<number>;
  /** Where checked content is kept between starts. Beside it, what was lived once. */
  cacheFolder: string;
  /** Nothing has happened yet, and a handful of people are there. */
  isEmpty: boolean;
  /** Where it is wanted; 0 is any that is free. */
  port: number | undefined;
};

/**
 * `npm run demo`: the real bot, connected over a real socket to a practice workspace on this computer, three weeks into a
 * pilot.
 */
export async function runDemo({
  untilStopped,
  cacheFolder,
  isEmpty,
  port = usualPort,
}: DemoOptions): Promise<number> {
  // The address first: on a slow computer the rest takes a while only to be read.
  const room = await openWaitingRoom(port);
  const say = (text: string) => void process.stdout.write(`\n  ${text}\n`);
  say(`ChATR Companion in a practice workspace: open ${room.url}`);
  if (room.isElsewhere)
    say(`Port ${port} is in use, perhaps by another demo, so this one has a port of its own.`);
  const { beginDemo } = await import('./demo/begin.ts');
  const { stop, log, hasTours } = await beginDemo({
    room,
    cacheFolder,
    isEmpty,
    onLiving: () =>
      say(
        'A group that ended earlier and three weeks of a pilot are lived first, this once: less than a minute as a rule. The page says how far they are.',
      ),
  });
  say(`It is ready. The resource portal as a website of its own: ${room.url}/site/`);
  const kept = hasTours ? ', but for the ticks of the tours' : '';
  if (!hasTours)
    say(
      'Nothing has happened in it yet, so there are no guided tours.' +
        (isEmpty ? ' For those, leave out --empty.' : ''),
    );
  say(`Everyone in it is made up, and nothing you do in it is kept${kept}. Stop it with Ctrl+C.\n`);
  return untilStopped(stop, log);
}
