import type { WebClient } from '@slack/web-api';
import type { MessageKind } from '../../../community/messages.ts';
import { later, minutes } from '../../../lib/clock.ts';
import { describeError } from '../../../lib/log.ts';
import type { Message } from '../../../outbox/outbox.ts';
import { failureOf } from '../../../outbox/outcome.ts';
import { isUnderWayAbout, listSentAbout, type SentAbout } from '../../../outbox/sent.ts';
import type { Core } from '../../feature.ts';
import type { Notes } from './deps.ts';
import { earlierMessage, standsMessage } from './messages.ts';
import { type Booking, hasEnded, type Session } from './session.ts';
import { toldIn, topicOf } from './settle.ts';
import { deleteNoteDue, findBooking, findSession, insertNoteDue, listNotesDue } from './store.ts';

type Place = { sessionId: string; personId: string };

/** What is sent to somebody about their own place. */
const kinds: readonly MessageKind[] = [
  'sessions.booked',
  'sessions.offered',
  'sessions.moved-down',
  'sessions.changed',
  'sessions.reminder',
];

/**
 * Keeps what was sent about somebody's place true: a message that says what is so no more, or whose buttons lead nowhere, is
 * one line that says how it stands. That is worked out from the database, so saying it twice does no harm; and what is to be
 * looked at stands there too, so that a stop in between loses none.
 */
export function createNotes(
  deps: Pick<Core, 'db' | 'clock' | 'log' | 'timeZone'> & { client: WebClient },
): Notes {
  let running: Promise<void> | undefined;
  let isWanted = false;

  function bring(): void {
    isWanted = true;
    running ??= work();
  }

  async function work(): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false;
        for (const due of await listNotesDue(deps.db))
          if (await isLookedAt(due)) await deleteNoteDue(deps.db, due);
      }
    } catch (error) {
      deps.log.warn(describeError(error), 'Messages about places are looked at with the next beat');
    }
    running = undefined;
  }

  /** @returns false: it has to be looked at again. */
  async function isLookedAt(place: Place): Promise<boolean> {
    try {
      return await bringUpToDate(place);
    } catch (error) {
      deps.log.warn(describeError(error), 'A message about a place stays as it was');
      return true;
    }
  }

  /** @returns false: Slack could not be asked, or one is on its way. */
  async function bringUpToDate({ sessionId, personId }: Place): Promise<boolean> {
    const { db } = deps;
    const session = await findSession(db, sessionId);
    if (!session) return true;
    const about = { personId, topic: topicOf(sessionId), kinds };
    const own = await findBooking(db, sessionId, personId);
    const told = await toldIn(deps, db, personId);
    const stands = standsMessage(session, own, told);
    const sent = await listSentAbout(db, about);
    const untrue = sent.filter((one) => hasEnded(session, deps.clock.now()) || !isTrue(one, session, own));
    // What is so is said by one that is true or, where there is none, by the newest.
    const newest = untrue.length < sent.length ? undefined : untrue.at(-1);
    for (const one of untrue)
      if (!(await put(one, one === newest ? stands : earlierMessage(session, told)))) return false;
    return !(await isUnderWayAbout(db, about));
  }

  async function put({ channel, ts }: SentAbout, { text, blocks }: Message): Promise<boolean> {
    try {
      await deps.client.chat.update({ channel, ts, text, blocks });
      return true;
    } catch (error) {
      // What somebody deleted, or Slack refuses for good, stays as it is.
      return failureOf(error).kind === 'refused';
    }
  }

  return {
    changed: insertNoteDue,
    bring,
    job: {
      name: 'sessions.notes',
      async run() {
        bring();
        await running;
      },
    },
    async settled() {
      await running;
    },
  };
}

/** No two things begin at one instant in one session, so a message may be a little older than what it tells. */
const aLittle = minutes(1);

/** Whether what it says is still so. */
function isTrue({ kind, createdAt }: SentAbout, session: Session, own: Booking | undefined): boolean {
  if (session.isCancelled || !own) return false;
  const isSince = later(createdAt, aLittle) >= own.since;
  // Until people are told of a change, what they were told stands.
  const isCurrent = session.told !== undefined || createdAt >= session.changedAt;
  switch (own.status) {
    case 'booked':
      return (
        ['sessions.booked', 'sessions.changed', 'sessions.reminder'].includes(kind) && isSince && isCurrent
      );
    case 'offered':
      return kind === 'sessions.offered' && isSince && isCurrent;
    case 'waiting':
      return kind === 'sessions.moved-down' && isCurrent;
    case 'cancelled':
      return false;
  }
}
