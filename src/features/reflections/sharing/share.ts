import { createHash } from 'node:crypto';
import {
  type Cohort,
  findCohort,
  listCohortFacilitators,
  listCohortMembers,
  listCohortsOf,
} from '../../../community/cohorts.ts';
import { hasConsent } from '../../../community/consents.ts';
import { findPersonBySlackId, isOurs, listPeople, type Person } from '../../../community/people.ts';
import { type Actor, findActor } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { type Body, hasSameWords, masked } from '../body.ts';
import type { ReflectionDeps } from '../deps.ts';
import { readReflection } from '../journal/journal.ts';
import { findReflection, type Reflection } from '../store.ts';
import { check } from '../writing/save.ts';
import { mayOpen } from './may-open.ts';
import { noticeKey, sharedNotice } from './messages.ts';
import * as store from './store.ts';

/** Whom somebody wants to share with. */
export type Goal =
  | { scope: 'person'; slackId: string }
  | { scope: 'facilitators' | 'group'; cohortId: string };

export type Readers =
  | { kind: 'readers'; readers: Person[]; cohort: Cohort | undefined }
  /** Somebody who cannot be written to, or does not want it: which of these is nobody's business. */
  | { kind: 'not-reached' | 'oneself' | 'not-your-group' }
  /** None of them takes it. */
  | { kind: 'nobody'; cohort: Cohort };

/**
 * Who would be able to read it: of a group as of one person, whoever can be asked to and has not stopped what its author
 * shares. So who is missing has one of several reasons, and none of them can be told from it.
 */
export async function readersOf(deps: ReflectionDeps, actor: Actor, goal: Goal): Promise<Readers> {
  const { db } = deps;
  const own = actor.person.id;
  const takesShares = async (to: string) =>
    (await deps.reach.mayBeAsked(db, to)) && !(await deps.shares.areStopped({ by: own, to }));
  if (goal.scope === 'person') {
    if (goal.slackId === actor.person.slackId) return { kind: 'oneself' };
    const person = await findPersonBySlackId(db, goal.slackId);
    return person && isOurs(person) && (await takesShares(person.id))
      ? { kind: 'readers', readers: [person], cohort: undefined }
      : { kind: 'not-reached' };
  }
  const cohort = (await listCohortsOf(db, own)).find(({ id }) => id === goal.cohortId);
  if (!cohort) return { kind: 'not-your-group' };
  const people = new Map(
    [
      ...(await listCohortFacilitators(db, cohort.id)),
      ...(goal.scope === 'group' ? await listCohortMembers(db, cohort.id) : []),
    ].map((person) => [person.id, person]),
  );
  people.delete(own);
  const readers: Person[] = [];
  for (const person of people.values()) if (await takesShares(person.id)) readers.push(person);
  return readers.length > 0 ? { kind: 'readers', readers, cohort } : { kind: 'nobody', cohort };
}

/** What of a reflection is shared: its title and its words. Date, tags, time and link stay with its author. */
export const copyOf = (body: Body): Body => ({
  ...body,
  about: body.about?.title ? { title: body.about.title } : undefined,
});

export const mostInADay = 10;

export type PreviewOutcome =
  /** `not-agreed`: what is one's own is for everybody, what goes to others is for whoever took up the agreement. */
  | { kind: 'not-yours' | 'unreadable' | 'many' | 'not-agreed' }
  | Exclude<Readers, { kind: 'readers' }>
  /** It is shared with them already. */
  | { kind: 'shared-before'; reflectionId: string }
  | { kind: 'found'; findings: Finding[] }
  | {
      kind: 'preview';
      reflection: Reflection;
      copy: Body;
      readers: Person[];
      cohort: Cohort | undefined;
    };

/** `id` is the occasion: of a share that there is already, it puts the present words in the place of the copy. */
export type Sharing = {
  id: string;
  reflectionId: string;
  goal: Goal | 'as-before';
  /** What to do about identifying detail: ask, mask it, or leave it. */
  doubt: 'none' | 'warned' | 'kept';
};

/** What they would read, and who they are, once what seems to identify somebody was looked at. */
export async function previewShare(
  deps: ReflectionDeps,
  actor: Actor,
  { id, reflectionId, goal, doubt }: Sharing,
): Promise<PreviewOutcome> {
  const { db, vault, clock } = deps;
  const read = await readReflection(deps, actor, reflectionId);
  if (read.kind !== 'read') return read;
  const { reflection } = read;
  if (!(await hasConsent(db, actor.person.id, 'agreement'))) return { kind: 'not-agreed' };
  if (!reflection.body) return { kind: 'unreadable' };
  const shares = await store.listSharesOf(db, vault, reflectionId);
  const before = shares.find((share) => share.id === id && !share.endedAt);
  if (goal === 'as-before' && !before) return { kind: 'not-yours' };
  const readers = goal === 'as-before' ? await readersBefore(deps, id) : await readersOf(deps, actor, goal);
  if (readers.kind !== 'readers') return readers;
  if (!before && goal !== 'as-before') {
    for (const share of shares)
      if (!share.endedAt && (await isSharedSo(deps, share, goal, readers.readers)))
        return { kind: 'shared-before', reflectionId };
    if ((await store.countSharedSince(db, actor.person.id, later(clock.now(), -days(1)))) >= mostInADay)
      return { kind: 'many' };
  }
  const whole = copyOf(reflection.body);
  const { findings } = check(deps, whole);
  const all = [...findings.values()].flat();
  if (doubt === 'none' && all.length > 0) return { kind: 'found', findings: all };
  const copy = doubt === 'warned' ? masked(whole, findings) : whole;
  return { kind: 'preview', reflection, copy, readers: readers.readers, cohort: readers.cohort };
}

async function readersBefore({ db }: ReflectionDeps, shareId: string): Promise<Readers> {
  const named = (await store.listReaders(db, shareId)).filter(({ hasLeft }) => !hasLeft);
  const readers = await listPeople(
    db,
    named.map(({ personId }) => personId),
  );
  return { kind: 'readers', readers, cohort: undefined };
}

/** The same reflection, to the same person, or to the same people of the same group. */
async function isSharedSo(
  { db }: ReflectionDeps,
  { id, scope, cohortId }: store.Share,
  goal: Goal,
  readers: readonly Person[],
): Promise<boolean> {
  if (scope !== goal.scope) return false;
  if (goal.scope !== 'person') return cohortId === goal.cohortId;
  return (await store.listReaders(db, id)).some(({ personId }) => personId === readers[0]?.id);
}

export type ShareOutcome =
  | Exclude<PreviewOutcome, { kind: 'preview' }>
  /** Not what was previewed: it was changed meanwhile, or others would read it. */
  | { kind: 'changed' }
  | {
      kind: 'shared';
      reflectionId: string;
      /** As they can read it. */
      copy: Body;
      readers: Person[];
      cohort: Cohort | undefined;
      isRenewal: boolean;
    };

/** Stands for these people and no others: one who came and one who went are not the same again. */
export const markOf = (readers: readonly Pick<Person, 'id'>[]): string =>
  createHash('sha256')
    .update(
      readers
        .map(({ id }) => id)
        .toSorted()
        .join(),
    )
    .digest('base64url');

/** @param seen when the reflection that was previewed was changed last, in milliseconds, and `markOf` who was to read it. */
export async function share(
  deps: ReflectionDeps,
  actor: Actor,
  sharing: Sharing,
  seen: { at: number; readers: string },
): Promise<ShareOutcome> {
  const { db, vault, clock } = deps;
  const by = actor.person;
  const before = await store.findShare(db, vault, sharing.id);
  if (before && before.by !== by.id) return { kind: 'not-yours' };
  const preview = await previewShare(deps, actor, sharing);
  if (preview.kind !== 'preview') return preview;
  const { reflection, copy, readers, cohort } = preview;
  const at = clock.now();
  const done = { reflectionId: reflection.id, copy, readers, cohort };
  // Deleted or changed since it was looked at.
  const isAsSeen = async (trx: Db): Promise<boolean> => {
    const now = await findReflection(trx, vault, reflection.id);
    return !now?.deletedAt && now?.updatedAt.getTime() === seen.at;
  };
  if (before) {
    const isRenewed = await db
      .transaction()
      .execute(
        async (trx) =>
          before.reflectionId === reflection.id &&
          (await isAsSeen(trx)) &&
          (await store.renewCopy(trx, vault, before, copy, at)),
      );
    return isRenewed ? { kind: 'shared', ...done, isRenewal: true } : { kind: 'changed' };
  }
  if (sharing.goal === 'as-before' || markOf(readers) !== seen.readers) return { kind: 'changed' };
  const { scope } = sharing.goal;
  const sendAfter = new Map<string, Date>();
  for (const { id } of readers) sendAfter.set(id, await deps.reach.nextAllowed(db, id, at));
  return db.transaction().execute(async (trx): Promise<ShareOutcome> => {
    if (!(await isAsSeen(trx))) return { kind: 'changed' };
    await store.insertShare(trx, vault, {
      id: sharing.id,
      reflectionId: reflection.id,
      by: by.id,
      scope,
      cohortId: cohort?.id,
      sharedAt: at,
      copiedAt: at,
      copy,
      readers: readers.map(({ id }) => id),
    });
    for (const [personId, when] of sendAfter)
      await enqueue(trx, clock, {
        kind: 'reflections.shared',
        idempotencyKey: noticeKey({ by: by.id, shareId: sharing.id, personId }),
        to: { personId },
        topic: deps.shares.topicFrom(by.id),
        message: sharedNotice(by, sharing.id, deps.shares.stopButton(by)),
        sendAfter: when,
      });
    return { kind: 'shared', ...done, isRenewal: false };
  });
}

/** What its author sees of one share. */
export type ShareLog = {
  share: store.Share;
  /** The name of the group, where it was shared with one or with its facilitators. */
  group: string | undefined;
  /** `hasLeft`: they can open it no longer, for whichever reason. */
  readers: (store.Reader & { slackId: string })[];
  reads: (store.Read & { slackId: string })[];
  /** The reflection has other words now than those they read. */
  isOutdated: boolean;
};

/** What was shared of a reflection of one's own, latest first. */
export async function listShareLogs(
  { db, vault }: Pick<ReflectionDeps, 'db' | 'vault'>,
  reflection: Reflection,
): Promise<ShareLog[]> {
  const shares = await store.listSharesOf(db, vault, reflection.id);
  return Promise.all(
    shares.map(async (share) => ({
      share,
      group: share.cohortId === undefined ? undefined : (await findCohort(db, share.cohortId))?.name,
      readers: await named(db, await whoReads(db, share)),
      reads: await named(db, await store.listReads(db, share.id)),
      isOutdated: isOutdated(share, reflection),
    })),
  );
}

/** Those who were named, and whether each can still open it. */
async function whoReads(db: Db, share: store.Share): Promise<store.Reader[]> {
  const readers = await store.listReaders(db, share.id);
  if (share.endedAt) return readers;
  return Promise.all(
    readers.map(async (reader) => {
      const actor = await findActor(db, reader.personId);
      return { ...reader, hasLeft: !actor || !(await mayOpen(db, actor, share)) };
    }),
  );
}

async function named<Of extends { personId: string }>(
  db: ReflectionDeps['db'],
  all: readonly Of[],
): Promise<(Of & { slackId: string })[]> {
  const people = await listPeople(db, [...new Set(all.map(({ personId }) => personId))]);
  return all.flatMap((one) => {
    const slackId = people.find(({ id }) => id === one.personId)?.slackId;
    return slackId === undefined ? [] : { ...one, slackId };
  });
}

/** Masked words are others than the reflection's own from the beginning, so it must have been changed as well. */
const isOutdated = ({ copy, copiedAt, endedAt }: store.Share, { body, updatedAt }: Reflection): boolean =>
  !endedAt && !!copy && !!body && updatedAt > copiedAt && !hasSameWords(copy, copyOf(body));
