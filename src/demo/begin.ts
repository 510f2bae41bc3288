import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Content } from '../features/content.ts';
import { openContent } from '../features/kept-content.ts';
import { ShiftedClock, systemClock } from '../lib/clock.ts';
import { createLog, describeError, type Log } from '../lib/log.ts';
import { systemRandom } from '../lib/random.ts';
import { createLivePortal } from '../portal/live.ts';
import { sharedCode } from '../portal/shared-code.ts';
import { atLocalTime, nextAllowed } from '../scheduler/calendar.ts';
import { noDaysOff } from '../scheduler/days-off.ts';
import { copyFile, copyPage } from './copy.ts';
import { earlierBegins, liveEarlier } from './earlier.ts';
import {
  keepLived,
  keepTouring,
  keyOfPilot,
  type Lived,
  layOut,
  ownFolder,
  readLived,
  readTouring,
} from './kept.ts';
import { withOwnNotice } from './notice.ts';
import { contentDir, type Opened, openWorkspace, timeZone } from './open.ts';
import { pilotSeeds } from './people.ts';
import { livePilot, pilotDays } from './pilot.ts';
import { tours } from './tours.ts';
import { earlierShare, type WaitingRoom } from './waiting.ts';

export type Beginning = {
  room: WaitingRoom;
  cacheFolder: string;
  isEmpty: boolean;
  /** Told when the weeks have to be lived before the page opens. */
  onLiving: () => void;
};

/**
 * Begins on a working day at a civil hour, so that a visitor is not met by silence. What a visitor does is not kept, but for
 * the ticks of the tours: each start opens at the moment at which the weeks were lived.
 */
export async function beginDemo({ room, cacheFolder, isEmpty, onLiving }: Beginning) {
  const log = createLog({ level: 'warn', readable: true });
  const comesAt = nextCivilHour(systemClock.now());
  const content = withUnread(withOwnNotice(await openContent(contentDir, { cacheFolder, log })));
  const folder = join(dirname(cacheFolder), 'demo');
  const key = isEmpty ? '' : keyOfPilot();
  const lived = isEmpty
    ? undefined
    : await findOrLive({ folder, key, room, comesAt, content, log, onLiving });

  const own = lived && ownFolder();
  const databaseUrl = own ? layOut(own.folder, lived) : 'file::memory:';
  const clock = new ShiftedClock(lived ? new Date(lived.world.at) : comesAt);
  const shown = lived ? asInPilot(earlierBegins(pilotDays(clock.now()).begins), content) : content;
  const portal = createLivePortal(clock, await sharedCode());
  const opened = await openWorkspace({
    clock,
    content: shown,
    log,
    server: room.server,
    site: (name, now) =>
      own && name === copyFile
        ? copyPage({ database: join(own.folder, 'chatr.db'), keys: join(own.folder, 'chatr.keys') })
        : portal(now).get(name),
    databaseUrl,
    encryptionKey: lived?.encryptionKey ?? systemRandom.bytes(32),
    ...(lived && {
      seeds: pilotSeeds,
      saved: lived.world,
      tours,
      touring: {
        begun: readTouring(folder, key),
        keep: (now) => keepTouring(folder, key, now, log),
      },
    }),
  });
  // The members of the forum are welcomed one after the other; a visitor finds that done.
  if (!lived) await opened.forward(20, 20);
  // The practice clock runs on between jumps, so the bot has its beat as in real life.
  const heart = setInterval(() => void opened.beat(), 5_000);
  const stop = async () => {
    clearInterval(heart);
    await opened.stop();
    own?.remove();
  };
  return { stop, log, hasTours: lived !== undefined };
}

/** What the people of the pilot said yes to was there on its first day, however young its text is. */
export function asInPilot(begins: string, content: Content): Content {
  const { privacyNotice, agreement, ...rest } = content.journey;
  const earlier = <Text extends { dated: string }>(text: Text): Text => ({
    ...text,
    dated: text.dated < begins ? text.dated : begins,
  });
  return {
    ...content,
    journey: { ...rest, privacyNotice: earlier(privacyNotice), agreement: earlier(agreement) },
  };
}

/** Read once: at a civil hour it is that very instant, and a clock does not go back. */
const nextCivilHour = (now: Date): Date =>
  nextAllowed(now, { zone: timeZone, programmeZone: timeZone, quietFrom: '16:00', quietUntil: '09:30' });

type Wanted = Pick<Beginning, 'room' | 'onLiving'> & {
  folder: string;
  key: string;
  comesAt: Date;
  content: Content;
  log: Log;
};

/** Undefined where it could not be lived: then the demo begins empty rather than not at all. */
async function findOrLive({
  folder,
  key,
  room,
  comesAt,
  content,
  log,
  onLiving,
}: Wanted): Promise<Lived | undefined> {
  const kept = readLived(folder, key);
  if (kept) return kept;
  onLiving();
  try {
    const lived = await live({ comesAt, content, log, onProgress: room.say });
    keepLived(folder, key, lived, log);
    return lived;
  } catch (error) {
    log.error(describeError(error), 'The pilot could not be lived, so the demo begins empty');
    return undefined;
  }
}

export type Living = {
  comesAt: Date;
  content: Content;
  log: Log;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
};

/** Lives the weeks before `comesAt`, in a workspace of their own that nobody looks into. */
export async function live({ comesAt, content, log, onProgress }: Living): Promise<Lived> {
  const on = pilotDays(comesAt);
  const begins = earlierBegins(on.begins);
  const encryptionKey = systemRandom.bytes(32);
  const own = ownFolder();
  const file = join(own.folder, 'chatr.db');
  let opened: Opened | undefined;
  try {
    opened = await openWorkspace({
      clock: new ShiftedClock(atLocalTime(begins, '09:00', timeZone)),
      // Whenever a real programme is closed, this one goes on.
      content: { ...asInPilot(begins, content), daysOff: noDaysOff },
      log,
      seeds: pilotSeeds,
      databaseUrl: `file:${file}`,
      encryptionKey,
      // Slack's own limits would only end it on a busy machine.
      patienceMs: 30_000,
    });
    await liveEarlier(opened, {
      templates: content.templates,
      until: on.begins,
      onProgress: (share) => onProgress(share * earlierShare),
    });
    await livePilot(opened, on, (share) => onProgress(earlierShare + share * (1 - earlierShare)));
    const world = opened.workspace.save();
    await opened.stop();
    return {
      world,
      encryptionKey,
      database: readFileSync(file),
      keys: readFileSync(join(own.folder, 'chatr.keys')),
    };
  } catch (error) {
    await opened?.stop();
    throw error;
  } finally {
    own.remove();
  }
}

/** What no safeguarding lead has read yet is shown here, and says so. */
const withUnread = (content: Content): Content => ({
  ...content,
  pathways: { ...content.pathways, showsUnread: true },
});
