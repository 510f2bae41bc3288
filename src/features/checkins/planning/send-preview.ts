import type { Actor } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue, type Message } from '../../../outbox/outbox.ts';
import type { CheckInDeps } from '../deps.ts';

/** To whoever plans it, at once. @returns false when it could not be sent. */
export async function sendPreview(
  { db, clock, sendNow }: CheckInDeps,
  { person }: Actor,
  message: Message,
): Promise<boolean> {
  const idempotencyKey = `checkin-preview:${person.id}:${newId(clock)}`;
  await enqueue(db, clock, {
    idempotencyKey,
    kind: 'checkins.preview',
    to: { personId: person.id },
    message,
    sendAfter: clock.now(),
  });
  return (await sendNow(idempotencyKey)) !== 'over';
}
