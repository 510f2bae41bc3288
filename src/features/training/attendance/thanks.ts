import type { Person } from '../../../community/people.ts';
import { describeError } from '../../../lib/log.ts';
import { listSent } from '../../../outbox/sent.ts';
import type { Session } from '../sessions/session.ts';
import { type AttendanceDeps, zoneFor } from './deps.ts';
import { afterKey, walkInKey } from './ids.ts';
import { afterMessage } from './messages.ts';
import type { Presence } from './rules.ts';

type There = { present: readonly { person: Person; presence: Presence | undefined }[] };

/**
 * Whoever a host has just confirmed, or confirms no more, finds in the message they have what is so now: a certificate, or
 * none. It is changed where it stands, and nobody is told anew.
 */
export async function sayConfirmed(
  { db, client, log, offerAfter, reflectButton, ...deps }: AttendanceDeps,
  before: There,
  { session, present }: There & { session: Session },
): Promise<void> {
  const was = new Map(before.present.map(({ person, presence }) => [person.id, presence]));
  for (const { person, presence } of present) {
    if (was.get(person.id) === presence) continue;
    const [sent] = await listSent(db, [afterKey(session.id, person.id), walkInKey(session.id, person.id)]);
    if (!sent) continue;
    const { text, blocks } = afterMessage({
      session,
      presence,
      zone: zoneFor(deps, person),
      offer: await offerAfter(person.id, session.id),
      reflectButton,
    });
    try {
      await client.chat.update({ channel: sent.channel, ts: sent.ts, text, blocks });
    } catch (error) {
      // Their past sessions say the same.
      log.warn(describeError(error), 'The message after a session stays as it was');
    }
  }
}
