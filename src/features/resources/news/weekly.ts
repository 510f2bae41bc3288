import { defaultPreferences } from '../../../community/preferences.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { wasToldSince } from '../../../outbox/sent.ts';
import { atLocalTime, isAllowed, localDate } from '../../../scheduler/calendar.ts';
import type { Job } from '../../feature.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import * as store from './store.ts';
import { channelNews, personalNews } from './views.ts';

/**
 * Once a week, what came into the catalogue in the week before: to whoever follows one of its topics, and to the forum
 * where a curator has turned that on. A week without anything new is silent. Each hears of it in the first hour of the
 * new week in which they may be written to; whoever has paused or is away all week is spared it, since the list of what
 * is new is there all the same.
 */
export const weeklyNews = (deps: Deps): Job => ({
  name: 'resources.news',
  every: 'hour',
  async run(now) {
    const week = weekOf(now, deps.timeZone);
    const fresh = deps.live.now.shown.filter(
      ({ added_on: day }) => day !== undefined && day >= week.from && day < week.monday,
    );
    if (fresh.length === 0) return;
    const newest = fresh.toSorted(
      (a, b) => (b.added_on ?? '').localeCompare(a.added_on ?? '') || a.title.localeCompare(b.title, 'en-GB'),
    );
    await tellFollowers(deps, newest, week, now);
    await tellForum(deps, newest, week, now);
  },
});

type Week = {
  /** The local dates between which something came in: the Monday before, and the one of this week. */
  from: string;
  monday: string;
  startedAt: Date;
};

export function weekOf(now: Date, zone: string): Week {
  const today = Temporal.PlainDate.from(localDate(now, zone));
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return {
    from: monday.subtract({ days: 7 }).toString(),
    monday: monday.toString(),
    startedAt: atLocalTime(monday.toString(), '00:00', zone),
  };
}

async function tellFollowers(
  deps: Deps,
  fresh: readonly Resource[],
  { monday, startedAt }: Week,
  now: Date,
): Promise<void> {
  const { db, clock, reach, vocabulary } = deps;
  const topics = [...new Set(fresh.flatMap((entry) => entry.topics))];
  for (const [personId, followed] of await store.listFollowers(db, topics, startedAt)) {
    if (await wasToldSince(db, personId, 'resources.news', startedAt)) continue;
    const reaching = {
      kind: 'resources.news',
      topic: undefined,
      since: now,
      askedAfter: async () => [],
    };
    if ((await reach.mayReceive(db, personId, reaching, now)).kind !== 'now') continue;
    const theirs = fresh.filter((entry) => entry.topics.some((topic) => followed.includes(topic)));
    const labels = vocabulary.topics.filter(({ id }) => followed.includes(id)).map(({ label }) => label);
    await enqueue(db, clock, {
      idempotencyKey: `resources.news:${monday}:${personId}`,
      kind: 'resources.news',
      to: { personId },
      message: personalNews(theirs, labels),
      sendAfter: now,
    });
  }
}

async function tellForum(
  { db, clock, forumChannel, timeZone }: Deps,
  fresh: readonly Resource[],
  { monday }: Week,
  now: Date,
): Promise<void> {
  if (forumChannel === undefined || !(await store.isChannelTold(db, forumChannel))) return;
  const { quietFrom, quietUntil } = defaultPreferences;
  if (!isAllowed(now, { zone: timeZone, programmeZone: timeZone, quietFrom, quietUntil })) return;
  await enqueue(db, clock, {
    idempotencyKey: `resources.channel-news:${monday}:${forumChannel}`,
    kind: 'resources.channel-news',
    to: { channelId: forumChannel },
    message: channelNews(fresh),
    sendAfter: now,
  });
}
