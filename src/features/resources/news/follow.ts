import { audit } from '../../../community/audit.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { getPreferences } from '../../../community/preferences.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import { lookAtRoom } from '../../../slack/room.ts';
import type { Deps } from '../deps.ts';
import { mayKeep } from '../keeping/may-keep.ts';
import * as store from './store.ts';

export type FollowOutcome =
  | { kind: 'not-allowed' | 'keeps-nothing' | 'unknown' }
  /** @property comes whether messages come at all, as they have chosen. */
  | { kind: 'follows'; topicIds: string[]; comes: 'weekly' | 'once-started' };

/** Follows one topic more. */
export async function follow(deps: Deps, actor: Actor, topicId: string): Promise<FollowOutcome> {
  const followed = await store.listFollowed(deps.db, actor.person.id);
  const isKnown = deps.vocabulary.topics.some(({ id }) => id === topicId);
  return isKnown ? followOnly(deps, actor, [...followed, topicId]) : { kind: 'unknown' };
}

/** Follows these and no other topics; none at all ends it. */
export async function followOnly(
  deps: Deps,
  actor: Actor,
  topicIds: readonly string[],
): Promise<FollowOutcome> {
  const { db, clock, vocabulary } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const wanted = vocabulary.topics.map(({ id }) => id).filter((id) => topicIds.includes(id));
  if (wanted.length > 0 && !(await mayKeep(db, personId))) return { kind: 'keeps-nothing' };
  await db.transaction().execute(async (trx) => {
    await store.deleteFollowed(trx, personId, wanted);
    await store.insertFollowed(trx, personId, wanted, clock.now());
    if (wanted.length === 0) await cancelQueued(trx, { personId, kind: 'resources.news' }, 'unfollowed');
  });
  deps.homeChanged(personId);
  const { isPaused, wantsMessages } = await getPreferences(db, personId);
  return { kind: 'follows', topicIds: wanted, comes: isPaused || !wantsMessages ? 'once-started' : 'weekly' };
}

export type ChannelOutcome = { kind: 'not-allowed' | 'no-forum' | 'on' | 'off' | 'not-in' };

/** Whether the forum is told each week what is new. */
export async function tellForum(deps: Deps, actor: Actor, isOn: boolean): Promise<ChannelOutcome> {
  const { db, clock, forumChannel } = deps;
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  if (forumChannel === undefined) return { kind: 'no-forum' };
  if (isOn) {
    const { kind } = await lookAtRoom(deps.client, forumChannel, actor.person);
    if (kind !== 'open' && kind !== 'not-said') return { kind: 'not-in' };
  }
  await db.transaction().execute(async (trx) => {
    if (isOn) await store.insertChannel(trx, forumChannel, actor.person.id, clock.now());
    else {
      await store.deleteChannel(trx, forumChannel);
      await cancelQueued(trx, { kind: 'resources.channel-news' }, 'turned off');
    }
    const action = isOn ? 'resources.news-on' : 'resources.news-off';
    await audit(trx, clock, { actor: actor.person.id, action, subject: forumChannel });
  });
  return { kind: isOn ? 'on' : 'off' };
}
