import { namesOf, openedAgain, type Seen } from '../../../community/opened.ts';
import type { Person } from '../../../community/people.ts';
import type { Actor } from '../../../community/permissions.ts';
import { localDate, usableZone } from '../../../scheduler/calendar.ts';
import { pageOf, type Turn } from '../../../slack/paging.ts';
import { findHosted } from '../pack/hosted.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import type { Session } from '../sessions/session.ts';
import { findNeeds, holdNeeds, listNeedsAt, type NeedsOf, writeNeeds } from './store.ts';

const perPage = 10;

export type NeedsPage = Turn & { session: Session; shown: { person: Person; words: string }[] };

/** Opens what those who come said, for a host; whose is shown, sees who has opened it. @returns undefined for anybody else. */
export async function openNeeds(
  deps: SessionDeps,
  actor: Actor,
  sessionId: string,
  wanted: number,
): Promise<NeedsPage | undefined> {
  const { db, vault, clock } = deps;
  const session = await findHosted(deps, actor, sessionId);
  if (!session || session.isCancelled) return undefined;
  const { shown: wantedOnes, ...turn } = pageOf(await listNeedsAt(db, vault, sessionId), wanted, perPage);
  const by = actor.person.id;
  const on = localDate(clock.now(), usableZone(actor.person.timeZone, deps.timeZone));
  const shown: NeedsPage['shown'] = [];
  for (const { person } of wantedOnes) {
    const of = { sessionId, personId: person.id };
    // Nobody changes the words between being noted as opened and being shown.
    const words = await db.transaction().execute(async (trx) => {
      await holdNeeds(trx, of);
      const needs = await findNeeds(trx, vault, of);
      const openedBy = needs?.words && person.id !== by ? openedAgain(needs.openedBy, { by, on }) : undefined;
      if (needs && openedBy) await writeNeeds(trx, vault, of, { ...needs, openedBy });
      return needs?.words;
    });
    if (words) shown.push({ person, words });
  }
  return { ...turn, session, shown };
}

/** Which hosts have opened what somebody said, by name. */
export const listSeen = async ({ db, vault }: SessionDeps, of: NeedsOf): Promise<Seen[]> =>
  namesOf(db, (await findNeeds(db, vault, of))?.openedBy ?? [], 'Somebody who ran the session');
