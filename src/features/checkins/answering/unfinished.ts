import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { isUnderWay, listQueued, listSent } from '../../../outbox/sent.ts';
import { removeMessage } from '../../../outbox/unsay.ts';
import { keys } from '../asking/messages.ts';
import { unfinishedNote } from '../asking/views.ts';
import type { CheckInDeps } from '../deps.ts';
import type { Round } from '../store.ts';
import { deleteDraft, findDraft, listDrafts, listOldDrafts } from './store.ts';

const kind = 'checkins.unfinished';

/** When a round is over, whoever began answers and did not send them hears once that they go, and how to keep them. */
export async function warnOfUnfinished(
  db: Db,
  { clock, vault, reach, retention }: Pick<CheckInDeps, 'clock' | 'vault' | 'reach' | 'retention'>,
  round: Round,
  now: Date,
): Promise<void> {
  for (const personId of await listDrafts(db, round.id)) {
    const draft = await findDraft(db, vault, round.id, personId);
    if (!draft || Object.keys(draft.answers).length === 0) continue;
    await enqueue(db, clock, {
      idempotencyKey: keys.unfinished(round.id, personId),
      kind,
      to: { personId },
      message: unfinishedNote(round, retention['unfinished-answers'].days),
      sendAfter: await reach.nextAllowed(db, personId, now),
    });
  }
}

/** What the note says is there is not any more: the note goes as well, where Slack can be asked. */
export async function takeNoteAway(
  { db, client }: Pick<CheckInDeps, 'db' | 'client'>,
  roundId: string,
  personId: string,
): Promise<void> {
  const [note] = await listSent(db, [keys.unfinished(roundId, personId)]);
  if (note) await removeMessage(client, { channel: note.channel, ts: note.ts });
}

/** Job: what nobody goes on with goes; of whoever was warned, as long after they were, and not while the warning waits. */
export async function forgetUnfinished(
  deps: Pick<CheckInDeps, 'db' | 'client' | 'retention'>,
  now: Date,
): Promise<void> {
  const { db, retention } = deps;
  const before = later(now, -days(retention['unfinished-answers'].days));
  for (const { roundId, personId } of await listOldDrafts(db, before)) {
    const key = keys.unfinished(roundId, personId);
    const [warned] = await listSent(db, [key]);
    const waits = (await listQueued(db, personId, kind)).includes(key) || (await isUnderWay(db, [key]));
    const isDue = warned ? warned.sentAt <= before : !waits;
    if (!isDue) continue;
    await deleteDraft(db, roundId, personId);
    await takeNoteAway(deps, roundId, personId);
  }
}
