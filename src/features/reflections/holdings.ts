import { findCohort } from '../../community/cohorts.ts';
import { type Area, type Item, instant, rowsOf } from '../../community/holdings.ts';
import { listPeople } from '../../community/people.ts';
import { whoSeesSharedReflections } from '../../community/promises.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { sayMinutes } from './about.ts';
import type { Body } from './body.ts';
import { unreadableLine } from './journal/markdown.ts';
import { endIn } from './sharing/end.ts';
import { findShare } from './sharing/store.ts';
import { findVersion, toDraft, toReflection } from './store.ts';

/** What is kept of somebody's journal; deleted reflections count until they are gone for good, a day later. */
export const journalHeld = (vault: Vault): Area => ({
  id: 'journal',
  title: 'Your journal',
  why: `So that you can read it again. The words are encrypted, and nobody is shown them but you, and those you share one with. ${whoSeesSharedReflections}`,
  apart: 'Every reflection, also where you shared it, and what you began and did not save',
  holdings: [
    // First: with a reflection its shares are gone, and nothing more could be taken back of them.
    {
      ...rowsOf('reflection_shares', {
        id: 'reflection-shares',
        what: 'Reflections you shared, or have stopped sharing',
        isApart: true,
        remains: 'What those you shared a reflection with remember of it: they can no longer open it.',
        async read(row, db) {
          const share = await findShare(db, vault, row.id);
          return {
            Shared: new Date(row.shared_at),
            With: await sharedWith(db, row),
            Ended: instant(row.ended_at),
            ...(share?.copy ? wordsOf(share.copy) : {}),
          };
        },
      }),
      async forget(db, personId, now) {
        await endIn(db, { by: personId }, now);
        await db.deleteFrom('reflection_shares').where('person_id', '=', personId).execute();
      },
    },
    rowsOf('reflections', {
      id: 'reflections',
      what: 'Reflections, deleted ones for a day',
      isApart: true,
      read(row) {
        const { writtenAt, updatedAt, deletedAt, body } = toReflection(vault, row);
        return { Written: writtenAt, Changed: updatedAt, Deleted: deletedAt, ...wordsOf(body) };
      },
    }),
    rowsOf('reflection_versions', {
      id: 'reflection-versions',
      what: 'Earlier versions of reflections, until you clear them',
      isApart: true,
      async read(row, db) {
        const version = await findVersion(db, vault, row.reflection_id);
        return { Written: new Date(row.written_at), ...wordsOf(version?.body) };
      },
    }),
    rowsOf('reflection_drafts', {
      id: 'reflection-drafts',
      what: 'Reflections you began and did not save',
      isApart: true,
      read(row) {
        const { updatedAt, body } = toDraft(vault, row);
        return { 'Last changed': updatedAt, Discarded: instant(row.deleted_at), ...wordsOf(body) };
      },
    }),
    rowsOf('reflection_share_readers', {
      id: 'shared-with-you',
      what: 'Reflections that colleagues shared with you; their words are theirs',
      async read(row, db) {
        const share = await findShare(db, vault, row.share_id);
        const [author] = share ? await listPeople(db, [share.by]) : [];
        return { From: author?.displayName || 'A colleague', Shared: share?.sharedAt, Ended: share?.endedAt };
      },
    }),
    rowsOf('reflection_share_reads', {
      id: 'opened-by-you',
      what: 'When you opened what was shared with you, for its author',
      read: (row) => ({ Opened: new Date(row.opened_at) }),
    }),
  ],
});

async function sharedWith(
  db: Db,
  { id, scope, cohort_id: cohortId }: { id: string; scope: string; cohort_id: string | null },
): Promise<string> {
  if (cohortId !== null) {
    const group = (await findCohort(db, cohortId))?.name ?? 'a group';
    return scope === 'facilitators' ? `facilitators of ${group}` : group;
  }
  const readers = await db
    .selectFrom('reflection_share_readers')
    .select('person_id')
    .where('share_id', '=', id)
    .execute();
  const people = await listPeople(
    db,
    readers.map((row) => row.person_id),
  );
  return people.map(({ displayName }) => displayName || 'a colleague').join(', ') || 'a colleague';
}

function wordsOf(body: Body | undefined): Item {
  if (!body) return { Words: unreadableLine };
  const { title, happenedOn, tags, minutes, hasDiscussed, link } = body.about ?? {};
  const item: Item = {
    Title: title,
    'Way to reflect': body.title,
    'Happened on': happenedOn,
    Tags: tags,
    Time: minutes === undefined ? undefined : sayMinutes(minutes),
    'Talked over with a peer': hasDiscussed,
    About: link,
  };
  const add = (label: string, value: string | string[]): void => {
    let name = label;
    for (let nth = 2; name in item; nth += 1) name = `${label} (${nth})`;
    item[name] = value;
  };
  for (const { label, text } of body.parts) add(label, text);
  for (const { label, selected } of body.choices) add(label, selected);
  return item;
}
