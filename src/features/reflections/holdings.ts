import { type Area, type Holding, type Item, instant, labelled, rowsOf } from '../../community/holdings.ts';
import { listPeople } from '../../community/people.ts';
import { examplesStay, whoSeesWhatYouShare } from '../../community/promises.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import { count, sayLength } from '../../slack/text.ts';
import './tables.ts';
import type { Body } from './body.ts';
import { unreadableLine } from './journal/markdown.ts';
import { endIn } from './sharing/end.ts';
import { countSharedWith, findShare, listReaders, listReads, toShare } from './sharing/store.ts';
import { toDraft, toReflection, toVersion } from './store.ts';

/** What is kept of somebody's journal; deleted reflections count until they are gone for good, a day later. @param beside what is kept elsewhere about reflections, and goes with them. */
export const journalHeld = (vault: Vault, beside: readonly Holding[] = []): Area => ({
  id: 'journal',
  title: 'Your journal',
  why: `So that you can read it again. The words are encrypted, and nobody is shown them but you, and those you share one with. ${whoSeesWhatYouShare}`,
  apart:
    'Every reflection, how it was before, what you shared of it or added to it for a CPD record, and what you began and did not save',
  holdings: [
    sharedHeld(vault),
    rowsOf('reflection_versions', {
      id: 'reflection-versions',
      what: 'Earlier versions of reflections, until you clear them',
      isApart: true,
      read(row) {
        const { writtenAt, body } = toVersion(vault, row);
        return { Written: writtenAt, ...wordsOf(body) };
      },
    }),
    {
      ...rowsOf('reflection_share_readers', {
        id: 'reflections-shared-with-you',
        what: 'Reflections that colleagues shared with you',
        async read(row, db) {
          const share = await findShare(db, vault, row.share_id);
          const [by] = share ? await listPeople(db, [share.by]) : [];
          return { From: by?.displayName, Shared: share?.sharedAt, Ended: share?.endedAt };
        },
      }),
      async endsOnLeaving(db, personId) {
        const many = await countSharedWith(db, personId);
        return many === 0
          ? undefined
          : `You cannot open ${count(many, 'reflection', 'reflections')} any more that colleagues share with you.`;
      },
    },
    rowsOf('reflection_share_reads', {
      id: 'reflections-you-opened',
      what: 'When you opened what was shared with you, which its author sees',
      read: (row) => ({ Opened: new Date(row.opened_at) }),
    }),
    rowsOf('reflections', {
      id: 'reflections',
      what: 'Reflections, deleted ones for a day',
      isApart: true,
      remains: examplesStay,
      read(row) {
        const { writtenAt, updatedAt, deletedAt, body } = toReflection(vault, row);
        return { Written: writtenAt, Changed: updatedAt, Deleted: deletedAt, ...wordsOf(body) };
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
    ...beside,
  ],
});

/** Those of reflections that are there. What was shared is shared no longer, and the notices of it say so. */
const sharedHeld = (vault: Vault): Holding => {
  const ofReflections = (db: Db, personId: string) =>
    db
      .selectFrom('reflection_shares')
      .innerJoin('reflections', 'reflections.id', 'reflection_shares.reflection_id')
      .where('reflection_shares.person_id', '=', personId);
  return {
    id: 'reflections-shared',
    what: 'Reflections you shared, or have stopped sharing, with whom',
    where: ['reflection_shares.person_id'],
    isApart: true,
    async count(db, personId) {
      const row = await ofReflections(db, personId)
        .select((eb) => eb.fn.countAll<number>().as('many'))
        .executeTakeFirstOrThrow();
      return Number(row.many);
    },
    async read(db, personId) {
      const items: Item[] = [];
      for (const row of await ofReflections(db, personId).selectAll('reflection_shares').execute()) {
        const share = toShare(vault, row);
        const readers = (await listReaders(db, share.id)).map((one) => one.personId);
        items.push({
          Shared: share.sharedAt,
          Ended: share.endedAt,
          With: (await listPeople(db, readers)).map(({ displayName }) => displayName),
          Opened: (await listReads(db, share.id)).map(({ at }) => at.toISOString()),
          ...(share.copy && wordsOf(share.copy)),
        });
      }
      return items;
    },
    forget: (db, by, now) => endIn(db, { by }, now),
    async endsOnLeaving(db, personId) {
      const rows = await ofReflections(db, personId)
        .where('reflection_shares.ended_at', 'is', null)
        .select('reflection_shares.reflection_id')
        .distinct()
        .execute();
      return rows.length === 0
        ? undefined
        : `Sharing ends: nobody can open the ${count(rows.length, 'reflection', 'reflections')} any more that you share.`;
    },
  };
};

function wordsOf(body: Body | undefined): Item {
  if (!body) return { Words: unreadableLine };
  const { title, happenedOn, tags, minutes, hasDiscussed, link } = body.about ?? {};
  return labelled([
    ['Way to reflect', body.title],
    ['Title', title],
    ['Happened on', happenedOn],
    ['Tags', tags],
    ['Time spent', minutes ? sayLength(minutes) : undefined],
    ['Talked over with a peer', hasDiscussed ? 'yes' : undefined],
    ['About', link],
    ...body.parts.map(({ label, text }) => [label, text] as const),
    ...body.choices.map(({ label, selected }) => [label, selected] as const),
  ]);
}
