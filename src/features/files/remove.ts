import { type Actor, may } from '../../community/permissions.ts';
import { later, minutes } from '../../lib/clock.ts';
import { describeError } from '../../lib/log.ts';
import { cancelQueued } from '../../outbox/outbox.ts';
import { listSent } from '../../outbox/sent.ts';
import { deleteFile } from '../../outbox/upload.ts';
import { forEach } from '../../scheduler/each.ts';
import type { FilesDeps } from './deps.ts';
import { noteKey, type Removed } from './outcomes.ts';
import { deleteRow, findFile, type LyingFile, listFilesToRemove, tryAgainAt } from './store.ts';
import { goneNote } from './views.ts';

/** At once, for whom it was made. */
export async function removeNow(deps: FilesDeps, actor: Actor, id: string): Promise<Removed> {
  const file = await findFile(deps.db, id);
  if (!file || !may(actor, 'own.write', { ownerId: file.personId })) return { kind: 'gone' };
  return (await remove(deps, file))
    ? { kind: 'removed', name: file.name }
    : { kind: 'not-now', goesAt: file.goesAt };
}

/** Files whose day is over. Removing one twice does no harm, so what a stop left open is done with the next beat. */
export async function removeDue(deps: FilesDeps, now: Date): Promise<void> {
  await forEach(deps.log, 'files.remove', await listFilesToRemove(deps.db, now), async (file) => {
    if (await remove(deps, file)) await updateNote(deps, file);
    else await tryAgainAt(deps.db, file.id, later(now, minutes(10)));
  });
}

/** @returns false when Slack has not removed it. */
async function remove({ client, db, log }: FilesDeps, file: LyingFile): Promise<boolean> {
  const failure = file.slackFileId === undefined ? undefined : await deleteFile(client, file.slackFileId);
  if (failure) log.warn({ reason: failure.reason }, 'A file was not removed from Slack; it is tried again');
  else {
    await cancelQueued(db, { idempotencyKey: noteKey(file.id) }, 'removed');
    await deleteRow(db, file.id);
  }
  return failure === undefined;
}

/** The note beside it has nothing to remove any more. */
async function updateNote({ client, db, log }: FilesDeps, file: LyingFile): Promise<void> {
  const { text, blocks } = goneNote(file.name);
  for (const { channel, ts } of await listSent(db, [noteKey(file.id)]))
    await client.chat
      .update({ channel, ts, text, blocks })
      .catch((error: unknown) => log.warn(describeError(error), 'A note beside a file stays as it was'));
}
