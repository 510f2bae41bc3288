import type { Db } from '../db/schema.ts';
import { listPeople } from './people.ts';

/** Who has opened something that somebody said of themselves. `on`: a local date. */
export type Opened = { by: string; on: string };

/** The same by name. */
export type Seen = { name: string; on: string };

/** More are not kept: what is sealed with it has room for so many. */
const mostKept = 20;

/** With another one who opened it, the latest first. @returns undefined when they had, on the same day. */
export function openedAgain(openedBy: readonly Opened[], { by, on }: Opened): Opened[] | undefined {
  if (openedBy.some((one) => one.by === by && one.on === on)) return undefined;
  return [{ by, on }, ...openedBy.filter((one) => one.by !== by)].slice(0, mostKept);
}

/** @param otherwise what somebody is called who is not there any more. */
export async function namesOf(db: Db, opened: readonly Opened[], otherwise: string): Promise<Seen[]> {
  const people = await listPeople(
    db,
    opened.map(({ by }) => by),
  );
  return opened.map(({ by, on }) => ({
    name: people.find(({ id }) => id === by)?.displayName || otherwise,
    on,
  }));
}
