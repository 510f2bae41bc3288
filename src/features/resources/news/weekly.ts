import { defaultPreferences } from '../../../community/preferences.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { wasToldSince } from '../../../outbox/sent.ts';
import { addWorkingDays, atLocalTime, isAllowed, localDate } from '../../../scheduler/calendar.ts';
import type { Job } from '../../feature.ts';
import { isNotSupplied, type Resource, type StartHere } from '../content.ts';
import type { Deps } from '../deps.ts';
import { newestFirst } from '../finding/list.ts';
import * as store from './store.ts';
import { channelNews, personalNews } from './views.ts';

/**
 * Once a week, what came into the catalogue in the week before, and since they asked for it: to whoever follows one of its
 * topics, and to the forum where a curator has turned that on. What has no page yet is no news. A week without anything new is silent. Each hears of it in the first hour of the
 * new week in which they may be written to; whoever has paused or is away all week is spared it, since the list of what
 * is new is there all the same.
 */
export const weeklyNews = (deps: Deps): Job => ({
  name: 'resources.news',
  every: 'hour',
  async run(now) {
    const week = weekOf(now, deps.timeZone);
    const fresh = newsOf(deps.live.now.shown, deps.startHere, week);
    if (fresh.length === 0) return;
    await tellFollowers(deps, fresh, week, now);
    await tellForum(deps, fresh, week, now);
  },
});

/** The newest first, of one day what the programme says to start with, and then what is newest in itself. */
export function newsOf(
  shown: readonly Resource[],
  { groups }: Pick<StartHere, 'groups'>,
  { from, monday }: Pick<Week, 'from' | 'monday'>,
): Resource[] {
  const picked = new Set(groups.flatMap(({ entries }) => entries));
  return shown
    .filter(
      (entry) =>
        entry.added_on !== undefined &&
        entry.added_on >= from &&
        entry.added_on < monday &&
        !isNotSupplied(entry),
    )
    .toSorted(
      (a, b) =>
        (b.added_on ?? '').localeCompare(a.added_on ?? '') ||
        Number(picked.has(b.id)) - Number(picked.has(a.id)) ||
        newestFirst(a, b),
    );
}

/**
 * Local date on which what is new from now on is told for the first time: a Monday, or the day after a bank holiday, on which
 * nobody is written to.
 */
export function firstNewsOn(now: Date, zone: string): string {
  return addWorkingDays(Temporal.PlainDate.from(weekOf(now, zone).monday).add({ days: 7 }).toString(), 0);
}

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
  const { db, clock, reach, vocabulary, timeZone } = deps;
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
    const since = new Map(followed.map((one) => [one.topicId, localDate(one.since, timeZone)]));
    const theirs = fresh.filter(({ topics: about, added_on: day = '' }) =>
      about.some((topic) => day >= (since.get(topic) ?? monday)),
    );
    if (theirs.length === 0) continue;
    const labels = vocabulary.topics.filter(({ id }) => since.has(id)).map(({ label }) => label);
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
  { from, monday }: Week,
  now: Date,
): Promise<void> {
  const since = forumChannel === undefined ? undefined : await store.channelToldSince(db, forumChannel);
  if (forumChannel === undefined || since === undefined) return;
  const turnedOn = localDate(since, timeZone);
  const theirs = fresh.filter(({ added_on: day = '' }) => day >= turnedOn);
  if (theirs.length === 0) return;
  const { quietFrom, quietUntil } = defaultPreferences;
  if (!isAllowed(now, { zone: timeZone, programmeZone: timeZone, quietFrom, quietUntil })) return;
  await enqueue(db, clock, {
    idempotencyKey: `resources.channel-news:${monday}:${forumChannel}`,
    kind: 'resources.channel-news',
    to: { channelId: forumChannel },
    message: channelNews(theirs, turnedOn > from ? turnedOn : from),
    sendAfter: now,
  });
}
