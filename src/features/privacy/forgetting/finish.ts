import { days, later, minutes } from '../../../lib/clock.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { describeError } from '../../../lib/log.ts';
import { CALL_TIMEOUT_MS } from '../../../outbox/client.ts';
import { type CallFailure, failureOf } from '../../../outbox/outcome.ts';
import { forgetDelivery, listOwnMessages, listSaidBecauseOf, removeMessage } from '../../../outbox/unsay.ts';
import { deleteFile } from '../../../outbox/upload.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { PrivacyDeps } from '../deps.ts';
import { showNothingInHome } from './home.ts';
import {
  deleteForgetting,
  type Forgetting,
  findFirstMet,
  keepForgetting,
  type LeftToDo,
  listForgettings,
} from './store.ts';

type FinishDeps = Pick<PrivacyDeps, 'db' | 'clock' | 'log' | 'vault' | 'client' | 'once' | 'botUserId'>;

/** Under what Slack lets one app delete in a minute, so that nobody else's messages have to wait for it. */
const messagesAtOnce = 30;
/** A message that was under way when they were deleted may arrive so long after. */
const stillUnderWay = CALL_TIMEOUT_MS + minutes(1);
const triesForDays = 14;

/**
 * Job: what is left to do of somebody who is deleted. Each part may be done twice, and what a stop or Slack left open is done
 * with a later beat: files and the bot's own messages in their conversation, what they posted or passed on by it.
 */
export async function finishForgettings(deps: FinishDeps, now: Date): Promise<void> {
  const { db, vault, log } = deps;
  await forEach(log, 'privacy.forgetting', await listForgettings(db, vault, now), async (one) => {
    destroyKeys(vault, one.left);
    if (one.begunAt < later(now, -days(triesForDays))) {
      log.warn('Slack did not take away all messages to somebody who is deleted; it is not tried any more');
      return deleteForgetting(db, one.id);
    }
    const gone = await takeAway(deps, one, now);
    if (gone.kind === 'done') return deleteForgetting(db, one.id);
    await keepForgetting(db, vault, { id: one.id, left: gone.left }, gone.nextAt);
  });
}

/**
 * The keys of everybody whose rows are gone are destroyed, and they are remembered as forgotten, so that no older copy of the
 * database brings them back: before anybody is served, for whoever was deleted as the program was stopped. Again it changes
 * nothing.
 */
export async function destroyWaitingKeys({
  db,
  vault,
  clock,
}: Pick<FinishDeps, 'db' | 'vault' | 'clock'>): Promise<void> {
  const atAnyTime = later(clock.now(), days(triesForDays));
  for (const { left } of await listForgettings(db, vault, atAnyTime)) destroyKeys(vault, left);
}

const destroyKeys = (vault: Vault, { personId, slackId, keys }: LeftToDo): void =>
  vault.forgetPerson({ personId, slackId }, keys);

type Progress = { kind: 'done' } | { kind: 'going-on'; left: Forgetting['left']; nextAt: Date };

async function takeAway(
  deps: FinishDeps,
  { left: given, begunAt }: Forgetting,
  now: Date,
): Promise<Progress> {
  const { db, once: client, botUserId } = deps;
  let left = given;
  let room = messagesAtOnce;
  const goOn = (nextAt: Date): Progress => ({ kind: 'going-on', left, nextAt });
  const wait = (failure: CallFailure): Progress =>
    goOn(later(now, failure.kind === 'later' ? failure.seconds * 1000 : minutes(5)));

  const metAgain = await findFirstMet(db, left.slackId);
  if (!left.isHomeEmpty && metAgain === undefined)
    left = { ...left, isHomeEmpty: await showNothingInHome(deps, left.slackId) };

  for (const file of left.files) {
    const failure = await deleteFile(client, file);
    if (failure && failure.kind !== 'refused') return wait(failure);
    left = { ...left, files: left.files.filter((one) => one !== file) };
  }

  let isUnderWay = false;
  for (const { id, status, channel, ts } of await listSaidBecauseOf(db, left.personId)) {
    if (status === 'sending' || status === 'unclear') {
      isUnderWay = true;
      continue;
    }
    if (status === 'sent' && channel !== undefined && ts !== undefined) {
      if (room === 0) return goOn(later(now, minutes(1)));
      room -= 1;
      const failure = await removeMessage(client, { channel, ts });
      if (failure && failure.kind !== 'refused') return wait(failure);
    }
    await forgetDelivery(db, id);
  }

  const calm = later(begunAt, stillUnderWay);
  // What comes after somebody has come back is theirs again.
  const until = metAgain ?? calm;
  const { channel } = left;
  while (channel !== undefined) {
    let found: Awaited<ReturnType<typeof listOwnMessages>>;
    try {
      found = await listOwnMessages(client, { channel, before: left.before, botUserId });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'refused') return wait(failure);
      // The conversation is not there any more.
      deps.log.info(describeError(error), 'The conversation with somebody who is deleted is closed');
      break;
    }
    for (const { ts, files } of found.own.filter((one) => Number(one.ts) * 1000 <= until.getTime())) {
      if (room === 0) return goOn(later(now, minutes(1)));
      room -= 1;
      // One that was on its way when they were deleted; it would outlive its message.
      for (const file of files) {
        const failure = await deleteFile(client, file);
        if (failure && failure.kind !== 'refused') return wait(failure);
      }
      const failure = await removeMessage(client, { channel, ts });
      if (failure && failure.kind !== 'refused') return wait(failure);
      if (!failure) left = { ...left, hasFound: true };
    }
    left = { ...left, before: found.before };
    if (found.before === undefined) break;
  }

  // Once more from the newest: until nothing is found that can be, and nothing can still arrive.
  if (!isUnderWay && !left.hasFound && now >= calm) return { kind: 'done' };
  left = { ...left, before: undefined, hasFound: false };
  return goOn(calm > now ? calm : later(now, minutes(1)));
}
