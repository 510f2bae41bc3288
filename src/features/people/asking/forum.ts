import { type Actor, may } from '../../../community/permissions.ts';
import { cancelQueued, enqueue, sealMessage } from '../../../outbox/outbox.ts';
import { findFailure } from '../../../outbox/sent.ts';
import { lookAtRoom } from '../../../slack/room.ts';
import type { PeopleDeps } from '../deps.ts';
import type { PostOutcome } from './outcomes.ts';
import { findQuestion, type Question, recordNotPosted, recordPosted } from './store.ts';
import { forumPost } from './views.ts';

type Ready = {
  kind: 'ready';
  question: Question & { words: string };
  channel: string;
  hasOutsiders: boolean;
};

/** Whether it can be posted, before anybody sees a preview and again before it is. */
export async function lookAtForum(
  { db, vault, clock, client, forumChannel: channel }: PeopleDeps,
  actor: Actor,
  questionId: string,
): Promise<Ready | Exclude<PostOutcome, { kind: 'posted' | 'unclear' | 'refused' }>> {
  const question = await findQuestion(db, vault, questionId);
  if (!question || question.words === undefined) return { kind: 'gone' };
  if (!may(actor, 'own.write', { ownerId: question.personId })) return { kind: 'gone' };
  if (question.isEnded || question.endsAt <= clock.now()) return { kind: 'gone' };
  if (channel === undefined) return { kind: 'no-forum' };
  if (question.isPosted) return { kind: 'posted-before', channel };
  const room = await lookAtRoom(client, channel, actor.person);
  if (room.kind !== 'open' && room.kind !== 'not-said') return { kind: 'no-room', why: room.kind };
  const hasOutsiders = room.kind === 'open' && room.hasOutsiders;
  return { kind: 'ready', question: { ...question, words: question.words }, channel, hasOutsiders };
}

/** Posts what they have just seen. Pressing twice posts once. */
export async function postInForum(
  deps: PeopleDeps,
  actor: Actor,
  { id, occasion }: { id: string; occasion: string },
): Promise<PostOutcome> {
  const { db, vault, clock } = deps;
  const looked = await lookAtForum(deps, actor, id);
  if (looked.kind !== 'ready') return looked;
  const { question, channel } = looked;
  const about = { to: { channelId: channel }, idempotencyKey: `people.posted:${id}:${occasion}` };
  const isFirst = await db.transaction().execute(async (trx) => {
    if (!(await recordPosted(trx, id, clock.now()))) return false;
    const message = sealMessage(vault, about, forumPost(actor.person, question.words), actor.person.id);
    await enqueue(trx, clock, { ...about, kind: 'people.posted', message, sendAfter: clock.now() });
    return true;
  });
  if (!isFirst) return { kind: 'posted-before', channel };
  const sent = await deps.sendNow(about.idempotencyKey);
  if (sent === 'sent') return { kind: 'posted', channel };
  // They wait for it: what Slack does not take now is not posted some time later.
  const isTakenBack =
    sent === 'waiting' &&
    (await cancelQueued(db, { idempotencyKey: about.idempotencyKey }, 'not posted at once')) > 0;
  if (sent !== 'over' && !isTakenBack) return { kind: 'unclear', channel };
  await recordNotPosted(db, id);
  const why = sent === 'over' ? await findFailure(db, about.idempotencyKey) : undefined;
  if (why === 'not_in_channel' || why === 'channel_not_found') return { kind: 'no-room', why: 'not-in' };
  return why === 'is_archived' ? { kind: 'no-room', why: 'archived' } : { kind: 'refused', channel };
}
