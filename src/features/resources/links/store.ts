import '../tables.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../db/schema.ts';
import { days, hours, later } from '../../../lib/clock.ts';
import type { LinkChecksTable } from '../tables.ts';
import { type Found, type Outcome, outcomes, type Redirect } from './visit.ts';

/** What the last visit to an address found. */
export type LinkCheck = {
  url: string;
  outcome: Outcome;
  status: number | undefined;
  /** Where it leads now, for good. */
  movedTo: string | undefined;
  checkedAt: Date;
  /** The day on which it last opened. */
  fineOn: string | undefined;
  /** Days in a row on which it did not. */
  failures: number;
  /** Where it was sent on the way, in order. */
  redirects: Redirect[];
};

/** On so many different days in a row a link has failed before it counts as broken. */
export const failuresUntilBroken = 3;

/** Links that are broken, or lead to another address for good. */
export async function listTroubled(db: Db): Promise<LinkCheck[]> {
  const rows = await db
    .selectFrom('link_checks')
    .selectAll()
    .where((eb) => eb.or([eb('failures', '>=', failuresUntilBroken), eb('outcome', '=', 'moved')]))
    .orderBy('checked_at')
    .orderBy('url')
    .execute();
  return rows.flatMap(toLinkCheck);
}

/** Every address that was visited, with what was found there. */
export async function listChecks(db: Db): Promise<LinkCheck[]> {
  const rows = await db.selectFrom('link_checks').selectAll().where('checked_at', 'is not', null).execute();
  return rows.flatMap(toLinkCheck);
}

export async function findLinkCheck(db: Db, url: string): Promise<LinkCheck | undefined> {
  const row = await db.selectFrom('link_checks').selectAll().where('url', '=', url).executeTakeFirst();
  return row && toLinkCheck(row)[0];
}

function toLinkCheck(row: Selectable<LinkChecksTable>): LinkCheck[] {
  const outcome = outcomes.find((one) => one === row.outcome);
  if (!outcome || row.checked_at === null) return [];
  return [
    {
      url: row.url,
      outcome,
      status: row.status ?? undefined,
      movedTo: row.moved_to ?? undefined,
      checkedAt: new Date(row.checked_at),
      fineOn: row.fine_on ?? undefined,
      failures: row.failures,
      redirects: wayOf(row.redirects),
    },
  ];
}

/** It is visited again with the next beat. */
export async function visitSoon(db: Db, url: string, at: Date): Promise<void> {
  const next = { next_at: at.toISOString() };
  await db
    .insertInto('link_checks')
    .values({
      url,
      ...next,
      outcome: null,
      status: null,
      moved_to: null,
      checked_at: null,
      fine_on: null,
      failures: 0,
      failed_on: null,
      redirects: null,
    })
    .onConflict((conflict) => conflict.column('url').doUpdateSet(next))
    .execute();
}

const way = z.array(z.object({ status: z.number(), to: z.string() }));
const wayOf = (json: string | null): Redirect[] => (json === null ? [] : way.parse(JSON.parse(json)));

/** The addresses of the catalogue as it is: new ones wait for their first visit, the others are forgotten. */
export async function keepOnly(db: Db, urls: readonly string[], now: Date): Promise<void> {
  const rows = await db.selectFrom('link_checks').select('url').execute();
  const known = new Set(rows.map(({ url }) => url));
  const wanted = new Set(urls);
  const gone = [...known].filter((url) => !wanted.has(url));
  for (let start = 0; start < gone.length; start += 200)
    await db
      .deleteFrom('link_checks')
      .where('url', 'in', gone.slice(start, start + 200))
      .execute();
  for (const url of wanted) if (!known.has(url)) await visitSoon(db, url, now);
}

/** Addresses whose visit is due, longest due first. */
export async function listDue(db: Db, now: Date, most: number): Promise<{ url: string; nextAt: string }[]> {
  const rows = await db
    .selectFrom('link_checks')
    .select(['url', 'next_at'])
    .where('next_at', '<=', now.toISOString())
    .orderBy('next_at')
    .orderBy('url')
    .limit(most)
    .execute();
  return rows.map((row) => ({ url: row.url, nextAt: row.next_at }));
}

/** Takes a visit, so that no other bot on this database makes it too. What comes to no end is tried again in an hour. */
export async function claim(
  db: Db,
  { url, nextAt }: { url: string; nextAt: string },
  now: Date,
): Promise<boolean> {
  const row = await db
    .updateTable('link_checks')
    .set({ next_at: later(now, hours(1)).toISOString() })
    .where('url', '=', url)
    .where('next_at', '=', nextAt)
    .returning('url')
    .executeTakeFirst();
  return row !== undefined;
}

/** An address of another host that opened when it was visited last. */
export async function findWitness(db: Db, besides: string): Promise<string | undefined> {
  const rows = await db
    .selectFrom('link_checks')
    .select('url')
    .where('outcome', 'in', ['fine', 'moved'])
    .orderBy('checked_at', 'desc')
    .limit(20)
    .execute();
  const host = URL.parse(besides)?.hostname;
  return rows.map(({ url }) => url).find((url) => URL.parse(url)?.hostname !== host);
}

const failing = new Set<Outcome>(['gone', 'failed', 'private']);
export const hasFailed = ({ outcome }: { outcome: Outcome }): boolean => failing.has(outcome);

/** A curator has opened what did not open for the bot: that counts as a visit. What has moved stays as it is. */
export async function recordOpened(db: Db, url: string, now: Date): Promise<void> {
  await db
    .updateTable('link_checks')
    .set({
      outcome: 'fine',
      status: null,
      redirects: null,
      checked_at: now.toISOString(),
      fine_on: now.toISOString().slice(0, 10),
      failures: 0,
      failed_on: null,
      next_at: later(now, waitAfter('fine', 0)).toISOString(),
    })
    .where('url', '=', url)
    .where('failures', '>', 0)
    .execute();
}

/** Writes down what a visit found. Failures count once a day, and a page that opens ends the count. */
export async function recordVisit(db: Db, url: string, found: Found, now: Date): Promise<void> {
  const row = await db.selectFrom('link_checks').selectAll().where('url', '=', url).executeTakeFirst();
  if (!row) return;
  const today = now.toISOString().slice(0, 10);
  const { outcome, status, movedTo, redirects } = found;
  const isFailure = hasFailed(found);
  const opened = outcome === 'fine' || outcome === 'moved';
  const failures = opened ? 0 : isFailure && row.failed_on !== today ? row.failures + 1 : row.failures;
  await db
    .updateTable('link_checks')
    .set({
      outcome,
      status: status ?? null,
      moved_to: movedTo ?? null,
      redirects: redirects.length > 0 ? JSON.stringify(redirects) : null,
      checked_at: now.toISOString(),
      failures,
      ...(opened ? { fine_on: today, failed_on: null } : isFailure ? { failed_on: today } : {}),
      next_at: later(now, waitAfter(outcome, failures)).toISOString(),
    })
    .where('url', '=', url)
    .execute();
}

function waitAfter(outcome: Outcome, failures: number): number {
  if (outcome === 'fine' || outcome === 'moved' || outcome === 'blocked' || outcome === 'unproven')
    return days(30);
  // Until it is known to be broken each day, and then now and then, in case it comes back.
  return failures < failuresUntilBroken ? days(1) : days(7);
}
