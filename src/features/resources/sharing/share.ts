import { findPersonBySlackId, isOurs, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { cancelQueued, enqueue, sealMessage } from '../../../outbox/outbox.ts';
import { findFailure } from '../../../outbox/sent.ts';
import { lookAtRoom, type Room } from '../../../slack/room.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import { mayKeep } from '../keeping/may-keep.ts';
import { type TooMuch, tooMuch } from './limits.ts';
import { channelPost, personNote, receiversButtons } from './messages.ts';
import { sharesFrom } from './stop.ts';
import { findShare, insertShare, isStopped, lockSharer } from './store.ts';

/** Slack ids. */
export type Goal = { channelId: string } | { slackId: string };

/** What somebody wants to pass on, and the occasion on which they do: sent twice, it comes once. */
export type Sharing = { resourceId: string; to: Goal; note: string; occasion: string };

export type GoalOutcome =
  | { kind: 'not-allowed' | 'declined' | 'gone' }
  | { kind: 'channel'; entry: Resource; channelId: string; room: Room }
  | { kind: 'person'; entry: Resource; person: Person }
  /** Somebody who cannot be written to, or does not want it: which of these is nobody's business. */
  | { kind: 'not-reached' | 'oneself' }
  /** They have passed on enough, to this person or at all. */
  | { kind: 'too-much'; why: TooMuch };

/** Whether it can be passed on there, before anybody sees a preview and again before it is. */
export async function lookAtGoal(
  deps: Deps,
  actor: Actor,
  { resourceId, to }: Pick<Sharing, 'resourceId' | 'to'>,
): Promise<GoalOutcome> {
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  // Others would see a name that its owner did not want here.
  if (!(await mayKeep(deps.db, actor.person.id))) return { kind: 'declined' };
  const entry = deps.live.now.byId.get(resourceId);
  if (entry?.url === undefined) return { kind: 'gone' };
  if ('channelId' in to) {
    const { channelId } = to;
    return {
      kind: 'channel',
      entry,
      channelId,
      room: await lookAtRoom(deps.client, channelId, actor.person),
    };
  }
  if (to.slackId === actor.person.slackId) return { kind: 'oneself' };
  const person = await personOf(deps, to.slackId);
  if (!person || !(await isReached(deps, actor, person))) return { kind: 'not-reached' };
  const about = { by: actor.person.id, to: person.id, resourceId: entry.id };
  const why = await tooMuch(deps.db, about, deps.clock.now());
  return why === undefined ? { kind: 'person', entry, person } : { kind: 'too-much', why };
}

async function personOf({ db, whoIs }: Deps, slackId: string): Promise<Person | undefined> {
  const known = await findPersonBySlackId(db, slackId);
  // Whom the bot has not met yet, Slack is asked about; where it does not say, nothing is sent.
  return known && isOurs(known) ? known : whoIs(slackId).catch(() => undefined);
}

/**
 * Only who has agreed to the community agreement, wants messages, and has not stopped what this colleague passes on. When
 * it may come is asked by the outbox.
 */
async function isReached(
  { db, clock, reach }: Deps,
  { person: by }: Actor,
  person: Person,
): Promise<boolean> {
  if (!isOurs(person) || !(await reach.mayBeAsked(db, person.id))) return false;
  if (await isStopped(db, { by: by.id, to: person.id })) return false;
  const reaching = {
    kind: 'resources.shared',
    topic: undefined,
    since: clock.now(),
    askedAfter: async () => [],
  };
  return (await reach.mayReceive(db, person.id, reaching, clock.now())).kind !== 'drop';
}

export type ShareOutcome =
  | Exclude<GoalOutcome, { kind: 'channel' | 'person' }>
  | { kind: 'no-room'; room: Exclude<Room, { kind: 'open' | 'not-said' }> }
  | { kind: 'posted' | 'unclear'; channelId: string }
  | { kind: 'on-its-way'; person: Person }
  /** Slack did not take it, and it is not tried again. */
  | { kind: 'refused'; channelId: string }
  | { kind: 'shared-before' };

export async function share(deps: Deps, actor: Actor, sharing: Sharing): Promise<ShareOutcome> {
  const { db, clock, vault } = deps;
  // The second press of what went with the first.
  if ((await findShare(db, sharing.occasion))?.by === actor.person.id) return { kind: 'shared-before' };
  const goal = await lookAtGoal(deps, actor, sharing);
  const idempotencyKey = `resources.shared:${actor.person.id}:${sharing.occasion}`;
  if (goal.kind === 'person') {
    const { person, entry } = goal;
    const sendAfter = await deps.reach.nextAllowed(db, person.id, clock.now());
    return db.transaction().execute(async (trx): Promise<ShareOutcome> => {
      const now = clock.now();
      const by = actor.person;
      const shared = { id: sharing.occasion, by: by.id, to: person.id, resourceId: entry.id, at: now };
      await lockSharer(trx, by.id);
      if (await findShare(trx, shared.id)) return { kind: 'shared-before' };
      const why = await tooMuch(trx, shared, now);
      if (why !== undefined) return { kind: 'too-much', why };
      await insertShare(trx, shared);
      const { blocks, text } = personNote(by, entry, sharing.note, deps.vocabulary);
      const about = { to: { personId: person.id }, idempotencyKey };
      await enqueue(trx, clock, {
        ...about,
        kind: 'resources.shared',
        topic: sharesFrom(by.id),
        message: sealMessage(
          vault,
          about,
          { text, blocks: [...blocks, receiversButtons(by, shared.id)] },
          by.id,
        ),
        sendAfter,
      });
      return { kind: 'on-its-way', person };
    });
  }
  if (goal.kind !== 'channel') return goal;
  const { room, channelId, entry } = goal;
  if (room.kind !== 'open' && room.kind !== 'not-said') return { kind: 'no-room', room };
  const about = { to: { channelId }, idempotencyKey };
  const id = await enqueue(db, clock, {
    ...about,
    kind: 'resources.posted',
    message: sealMessage(
      vault,
      about,
      channelPost(actor.person, entry, sharing.note, deps.vocabulary),
      actor.person.id,
    ),
    sendAfter: clock.now(),
  });
  if (id === undefined) return { kind: 'shared-before' };
  const sent = await deps.sendNow(idempotencyKey);
  if (sent === 'sent') return { kind: 'posted', channelId };
  // They wait for it: what Slack does not take now is not posted some time later.
  const isTakenBack =
    sent === 'waiting' && (await cancelQueued(db, { idempotencyKey }, 'not posted at once')) > 0;
  if (sent !== 'over' && !isTakenBack) return { kind: 'unclear', channelId };
  const why = sent === 'over' ? await findFailure(db, idempotencyKey) : undefined;
  if (why === 'not_in_channel' || why === 'channel_not_found')
    return { kind: 'no-room', room: { kind: 'not-in' } };
  if (why === 'is_archived') return { kind: 'no-room', room: { kind: 'archived' } };
  return { kind: 'refused', channelId };
}
