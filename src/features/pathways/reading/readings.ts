import { listPeople, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Clock } from '../../../lib/clock.ts';
import { isRead, markOf, type Pathway, type Pathways, sentencesOf } from '../content.ts';
import * as store from '../store.ts';

/** The pathways with what a safeguarding lead has read of them. */
export type KeptPathways = {
  readonly now: Pathways;
  /** What was noted since, here or by another bot on this database. */
  refresh(): Promise<void>;
};

/** The content with what was noted of it, for whatever shows it outside the bot. */
export async function withReadings(db: Db, content: Pathways): Promise<Pathways> {
  const readings = await store.listReadings(db);
  const read = new Map(
    [...Map.groupBy(readings, ({ pathwayId }) => pathwayId)].map(([id, those]) => [
      id,
      new Set(those.map(({ mark }) => mark)),
    ]),
  );
  return { ...content, read };
}

export function keepReadings(db: Db, content: Pathways): KeptPathways {
  let now = content;
  return {
    get now() {
      return now;
    },
    async refresh() {
      const next = await withReadings(db, content);
      // What is drawn of it elsewhere is drawn anew only where something has changed.
      if (sayRead(next) !== sayRead(now)) now = next;
    },
  };
}

const sayRead = ({ read }: Pathways): string =>
  [...read]
    .map(([id, marks]) => `${id} ${[...marks].toSorted().join(' ')}`)
    .toSorted()
    .join('\n');

/** One pathway, as curators see what is to be read of it. */
export type ToRead = {
  pathway: Pathway;
  sentences: { text: string; isRead: boolean }[];
  /** Who noted it, and when, where anything was. */
  noted: { by: Person | undefined; at: Date } | undefined;
};

const isWhollyRead = ({ sentences }: ToRead): boolean => sentences.every((one) => one.isRead);

/** What is to be read first, then what else is, then what has been. */
export async function listToRead(db: Db, { now }: KeptPathways): Promise<ToRead[]> {
  const readings = await store.listReadings(db);
  const people = await listPeople(db, [...new Set(readings.map(({ notedBy }) => notedBy))]);
  const all = now.pathways.map((pathway): ToRead => {
    const [last] = readings.filter(({ pathwayId }) => pathwayId === pathway.id);
    return {
      pathway,
      sentences: sentencesOf(pathway).map((text) => ({ text, isRead: isRead(now, pathway, text) })),
      noted: last && { by: people.find(({ id }) => id === last.notedBy), at: last.notedAt },
    };
  });
  const rank = (one: ToRead) => (isWhollyRead(one) ? 2 : one.pathway.read_first ? 0 : 1);
  return all.toSorted((a, b) => rank(a) - rank(b));
}

export const countToRead = ({ now }: KeptPathways): number =>
  now.pathways.filter((one) => sentencesOf(one).some((sentence) => !isRead(now, one, sentence))).length;

/** Stands for all sentences of a pathway as somebody saw them: another file may have come since. */
export const versionOf = (pathway: Pathway): string => markOf(sentencesOf(pathway).join('\n'));

type Deps = { db: Db; clock: Clock; kept: KeptPathways };
export type NoteOutcome = { kind: 'not-allowed' } | { kind: 'changed' } | { kind: 'noted'; pathway: Pathway };

/** A curator says that a safeguarding lead has read this pathway, as it is shown to them. */
export async function noteRead(
  { db, clock, kept }: Deps,
  actor: Actor,
  { pathwayId, version }: { pathwayId: string; version: string },
): Promise<NoteOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const pathway = kept.now.pathways.find(({ id }) => id === pathwayId);
  if (!pathway || versionOf(pathway) !== version) return { kind: 'changed' };
  const marks = sentencesOf(pathway).map(markOf);
  await db
    .transaction()
    .execute((trx) => store.replaceReadings(trx, pathwayId, { marks, by: actor.person.id, at: clock.now() }));
  await kept.refresh();
  return { kind: 'noted', pathway };
}

export async function takeBack({ db, kept }: Deps, actor: Actor, pathwayId: string): Promise<NoteOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  await store.deleteReadings(db, pathwayId);
  await kept.refresh();
  const pathway = kept.now.pathways.find(({ id }) => id === pathwayId);
  return pathway ? { kind: 'noted', pathway } : { kind: 'changed' };
}
