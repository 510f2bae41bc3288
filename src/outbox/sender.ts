import { forgetDmChannel, getPerson, recordDeactivated, rememberDmChannel } from '../community/people.ts';
import type { HoldReason, Reach } from '../community/reach.ts';
import type { Db } from '../db/schema.ts';
import { type Clock, later, minutes } from '../lib/clock.ts';
import { describeError, type Log } from '../lib/log.ts';
import { CALL_TIMEOUT_MS, type OutboxClient } from './client.ts';
import { readMessage, type Unsealing } from './outbox.ts';
import { type CallFailure, failureOf } from './outcome.ts';
import { DELIVERY_EVENT, findInHistory } from './reconcile.ts';
import type { Delivery, Recipient } from './store.ts';
import * as store from './store.ts';

/** A delivery that will not be tried again by itself. Its message is kept; `requeueFailed` posts it again. */
export type FailedDelivery = {
  deliveryId: string;
  idempotencyKey: string;
  kind: string;
  topic: string | undefined;
  personId: string | undefined;
  channelId: string | undefined;
  /** Slack's error code, or 'unclear': nobody can tell whether it was posted. */
  reason: string;
};

export type SenderDeps = {
  db: Db;
  clock: Clock;
  log: Log;
  client: OutboxClient;
  reach: Pick<Reach, 'mayReceive'>;
  /** Opens what was sealed for its way through the outbox. */
  vault?: Unsealing;
  /** Called in the transaction that marks it failed, so that what it enqueues there cannot get lost. */
  onFailed?: (trx: Db, failed: FailedDelivery) => Promise<void>;
};

/** What a round did, in numbers of deliveries. */
export type Round = {
  sent: number;
  held: number;
  dropped: number;
  expired: number;
  failed: number;
  unclear: number;
};

/**
 * How far a message got that was to go at once. Whatever it is, the caller has nothing to repeat: 'waiting' goes with a
 * beat, 'unclear' is looked up by one, 'over' was failed, taken back, or kept from somebody who may not be written to.
 */
export type SentNow = 'sent' | 'waiting' | 'unclear' | 'over';

export type Sender = {
  /**
   * Sends one message now, before the next beat: the answer to somebody who is there at this moment. Call it after the
   * transaction that enqueued it. Their quiet hours do not hold it, and it overtakes what waits for them; all else that
   * speaks against writing to somebody holds. A second call finds it on its way, or sent. Never rejects for anything Slack
   * does.
   */
  sendNow(idempotencyKey: string): Promise<SentNow>;
  /**
   * Sends what is due, earliest first and at most one message to each recipient, after looking up what was left unclear.
   * A second call during a round gets that round's result. Never rejects for anything Slack does.
   */
  sendDue(now: Date): Promise<Round>;
  /** Looks up what was under way when the program stopped, or came to no clear end. Part of every round. */
  reconcile(now: Date): Promise<void>;
  /** The earliest instant at which a round has something to do, which may be past; undefined when nothing is waiting. */
  nextDueAt(): Promise<Date | undefined>;
  /** Whether nothing is due and nothing unclear. */
  isDrained(now: Date): Promise<boolean>;
  /** No further calls are begun; resolves when those under way are written down. */
  stop(): Promise<void>;
};

/** Recipients per round: a minute's worth of what Slack lets one app post in a workspace. */
const RECIPIENTS_PER_ROUND = 200;
const CALLS_AT_A_TIME = 4;
/** After so many calls in a row without a clear answer the rest of the round is left for the next beat. */
const UNCLEAR_IN_A_ROW = 5;
/** Longer than a call can take, so that its message is there to be found, or never will be. */
const UNCLEAR_FOR_MS = CALL_TIMEOUT_MS + 5_000;
/** How long a method rests after Slack said that the app may not call it. */
const NOT_ALLOWED_REST_MS = minutes(5);

/** How it went with one recipient; 'none' when there was nothing to send or no call could be made. */
type Served = CallFailure['kind'] | 'sent' | 'none';
type Method = 'chat.postMessage' | 'conversations.open' | 'conversations.history';
type Taken =
  | { kind: 'nothing' }
  | { kind: 'needs-channel'; personId: string }
  | { kind: 'taken'; delivery: Delivery; channel: string };

/** What holds nothing back that somebody is waiting for. */
const isAllowedNow: ReadonlySet<HoldReason> = new Set<HoldReason>(['held:quiet-time', 'held:full-day']);

const emptyRound = (): Round => ({ sent: 0, held: 0, dropped: 0, expired: 0, failed: 0, unclear: 0 });

/**
 * The outbox's other end: turns rows into messages, each exactly once.
 *
 * A row goes queued → sending (committed before the call) → sent. What went wrong decides the rest: Slack asks to wait →
 * queued, and the method rests; Slack refuses → failed; no clear answer → unclear. An unclear one, or one found in
 * 'sending' after a crash, is looked up in the direct conversation by the delivery id in its metadata, then marked sent
 * or queued again. In a channel, which the bot cannot read, it is never repeated: it fails as 'unclear', and a person
 * decides. Until an unclear one is settled its recipient gets nothing else, so the order stays.
 */
export function createSender({ db, clock, log, client, reach, vault, onFailed }: SenderDeps): Sender {
  const restsUntil = new Map<Method, Date>();
  let running: Promise<Round> | undefined;
  const atOnce = new Map<string, Promise<SentNow>>();
  let isStopping = false;

  const isResting = (method: Method, now: Date): boolean => (restsUntil.get(method) ?? now) > now;

  /** Of several that were told to wait, whoever was told to wait longest counts. */
  function rest(method: Method, until: Date): void {
    if (!isResting(method, until)) restsUntil.set(method, until);
  }

  /** What every failure means for further calls of the method; the message itself is the caller's. */
  function noteFailure(method: Method, failure: CallFailure, about: Record<string, unknown>): void {
    if (failure.kind === 'later') rest(method, later(clock.now(), failure.seconds * 1000));
    if (failure.kind === 'not-allowed') {
      rest(method, later(clock.now(), NOT_ALLOWED_REST_MS));
      log.error(
        { method, slack: failure.reason },
        'Slack does not let the app send. Nothing is lost; it waits.',
      );
    } else
      log.warn(
        { method, outcome: failure.kind, reason: failure.reason, ...about },
        'A call to Slack failed.',
      );
  }

  async function fail(delivery: Delivery, reason: string): Promise<void> {
    await db.transaction().execute(async (trx) => {
      await store.recordFailed(trx, delivery.id, reason);
      await onFailed?.(trx, {
        deliveryId: delivery.id,
        idempotencyKey: delivery.idempotency_key,
        kind: delivery.kind,
        topic: delivery.topic ?? undefined,
        personId: delivery.person_id ?? undefined,
        channelId: delivery.channel_id ?? undefined,
        reason,
      });
    });
    log.warn({ delivery: delivery.id, kind: delivery.kind, reason }, 'A delivery failed for good.');
  }

  /** Decides what goes next to this recipient and takes it for sending, in one transaction. */
  async function takeNext(recipient: Recipient, now: Date, round: Round): Promise<Taken> {
    return db.transaction().execute(async (trx): Promise<Taken> => {
      for (const delivery of await store.listNextFor(trx, recipient, now)) {
        const taken = await take(trx, delivery, now, round);
        if (taken.kind !== 'nothing') return taken;
      }
      return { kind: 'nothing' };
    });
  }

  /** The same for one message whose recipient is there, in quiet hours too. */
  async function takeNow(idempotencyKey: string, now: Date, round: Round): Promise<Taken> {
    return db.transaction().execute(async (trx): Promise<Taken> => {
      const delivery = await store.findQueued(trx, idempotencyKey, now);
      return delivery ? take(trx, delivery, now, round, { isThere: true }) : { kind: 'nothing' };
    });
  }

  async function take(
    trx: Db,
    delivery: Delivery,
    now: Date,
    round: Round,
    { isThere = false } = {},
  ): Promise<Taken> {
    let channel = delivery.channel_id ?? undefined;
    if (delivery.person_id !== null) {
      const personId = delivery.person_id;
      const { weight, topic, kind } = delivery;
      const askedAfter = (instant: Date) => store.listAskedAfter(trx, personId, instant);
      const reaching = {
        weight,
        topic: topic ?? undefined,
        kind,
        since: new Date(delivery.created_at),
        askedAfter,
        waitingUntil: (until: Date) => store.listOtherKinds(trx, delivery, until),
      };
      const verdict = await reach.mayReceive(trx, personId, reaching, now);
      if (verdict.kind === 'hold' && !(isThere && isAllowedNow.has(verdict.reason))) {
        await store.recordHeld(trx, delivery.id, verdict.until, verdict.reason);
        round.held += 1;
        return { kind: 'nothing' };
      }
      if (verdict.kind === 'drop') {
        await store.recordDropped(trx, delivery.id, verdict.reason);
        round.dropped += 1;
        return { kind: 'nothing' };
      }
      channel = (await getPerson(trx, personId)).dmChannel;
      if (channel === undefined) return { kind: 'needs-channel', personId };
    }
    // Asked here, since another call may have been told to wait while this one opened a conversation.
    if (channel === undefined || isStopping || isResting('chat.postMessage', clock.now()))
      return { kind: 'nothing' };
    if (!(await store.claim(trx, delivery, channel, clock.now()))) return { kind: 'nothing' };
    return { kind: 'taken', delivery, channel };
  }

  /** Asks Slack once for the direct conversation, and remembers it. */
  async function openConversation(personId: string, now: Date, round: Round): Promise<'open' | Served> {
    if (isResting('conversations.open', now)) return 'none';
    const person = await getPerson(db, personId);
    let failure: CallFailure;
    try {
      const { channel } = await client.conversations.open({ users: person.slackId });
      if (channel?.id === undefined) return 'none';
      await rememberDmChannel(db, personId, channel.id);
      return 'open';
    } catch (error) {
      failure = failureOf(error);
    }
    noteFailure('conversations.open', failure, { person: personId });
    if (failure.kind !== 'refused') return failure.kind;
    if (failure.reason === 'user_disabled') {
      await recordDeactivated(db, clock, personId);
      // Once more, for the rule to drop what was waiting.
      await takeNext({ personId }, now, round);
      return 'refused';
    }
    for (const delivery of await store.listNextFor(db, { personId }, now)) {
      await fail(delivery, failure.reason);
      round.failed += 1;
    }
    return 'refused';
  }

  async function post(
    delivery: Delivery,
    channel: string,
    round: Round,
  ): Promise<CallFailure['kind'] | 'sent'> {
    const message = readMessage(delivery, vault);
    if (message === undefined) {
      await fail(delivery, 'unreadable_message');
      round.failed += 1;
      return 'refused';
    }
    let ts: string | undefined;
    try {
      ({ ts } = await client.chat.postMessage({
        channel,
        text: message.text,
        blocks: message.blocks,
        ...(message.thread !== undefined && { thread_ts: message.thread }),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: DELIVERY_EVENT, event_payload: { delivery_id: delivery.id } },
      }));
    } catch (error) {
      const failure = failureOf(error);
      noteFailure('chat.postMessage', failure, { delivery: delivery.id });
      await settleFailure(delivery, failure, round);
      return failure.kind;
    }
    // Outside: should this write fail, the row is still 'sending', and the next round finds the message in Slack.
    await store.recordSent(db, delivery.id, ts ?? '', clock.now());
    round.sent += 1;
    return 'sent';
  }

  async function settleFailure(delivery: Delivery, failure: CallFailure, round: Round): Promise<void> {
    switch (failure.kind) {
      case 'later':
      case 'not-allowed':
      case 'unreached':
        await store.recordNotSent(db, delivery.id);
        return;
      case 'unclear':
        await store.recordUnclear(db, delivery.id, failure.reason);
        round.unclear += 1;
        return;
      case 'refused':
        // The conversation we knew may be gone, or its person: asking for it anew tells which. Once.
        if (
          failure.reason === 'channel_not_found' &&
          delivery.person_id !== null &&
          delivery.attempts === 0
        ) {
          await forgetDmChannel(db, delivery.person_id);
          await store.recordNotSent(db, delivery.id);
          return;
        }
        await fail(delivery, failure.reason);
        round.failed += 1;
    }
  }

  async function serve(takeIt: () => Promise<Taken>, now: Date, round: Round): Promise<Served> {
    let taken = await takeIt();
    if (taken.kind === 'needs-channel') {
      const opened = await openConversation(taken.personId, now, round);
      if (opened !== 'open') return opened;
      taken = await takeIt();
    }
    return taken.kind === 'taken' ? post(taken.delivery, taken.channel, round) : 'none';
  }

  async function sendRound(now: Date): Promise<Round> {
    const round = emptyRound();
    await reconcile(now);
    round.expired = await store.expirePast(db, now);
    const waiting = await store.listRecipientsDue(db, now, RECIPIENTS_PER_ROUND);
    let withoutAnswer = 0;
    const work = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        if (isStopping || withoutAnswer >= UNCLEAR_IN_A_ROW || isResting('chat.postMessage', clock.now()))
          return;
        try {
          const recipient = next;
          const outcome = await serve(() => takeNext(recipient, now, round), now, round);
          if (outcome === 'unclear' || outcome === 'unreached') withoutAnswer += 1;
          if (outcome === 'sent' || outcome === 'refused') withoutAnswer = 0;
        } catch (error) {
          // A fault of ours or of the store: the others still get theirs, and this one is looked at next beat.
          withoutAnswer += 1;
          log.error({ ...next, ...describeError(error) }, 'A recipient could not be served.');
        }
      }
    };
    await Promise.all(Array.from({ length: CALLS_AT_A_TIME }, work));
    if (Object.values(round).some((count) => count > 0)) log.info(round, 'The outbox had a round.');
    return round;
  }

  async function reconcile(now: Date): Promise<void> {
    let withoutAnswer = 0;
    for (const delivery of await store.listUnresolved(
      db,
      later(now, -UNCLEAR_FOR_MS),
      RECIPIENTS_PER_ROUND,
    )) {
      if (isStopping || withoutAnswer >= UNCLEAR_IN_A_ROW) return;
      if (delivery.person_id === null) {
        await fail(delivery, 'unclear');
        continue;
      }
      if (isResting('conversations.history', clock.now())) continue;
      try {
        const ts = await findInHistory(client, delivery);
        if (ts === undefined) await store.recordNotSent(db, delivery.id);
        else await store.recordSent(db, delivery.id, ts, new Date(delivery.attempt_at ?? now));
      } catch (error) {
        const failure = failureOf(error);
        noteFailure('conversations.history', failure, { delivery: delivery.id });
        if (failure.kind === 'refused') await fail(delivery, 'unclear');
        // Otherwise the next beat asks again.
        if (failure.kind === 'unreached' || failure.kind === 'unclear') withoutAnswer += 1;
      }
    }
  }

  async function sendOne(idempotencyKey: string): Promise<SentNow> {
    const now = clock.now();
    const round = emptyRound();
    try {
      if (!isStopping && !isResting('chat.postMessage', now))
        await serve(() => takeNow(idempotencyKey, now, round), now, round);
    } catch (error) {
      // A fault of the store: a beat goes on from what is written down.
      log.error(describeError(error), 'A message could not be sent at once.');
    }
    const status = await store.findStatus(db, idempotencyKey);
    if (status === 'sent') return 'sent';
    if (status === 'queued') return 'waiting';
    return status === 'sending' || status === 'unclear' ? 'unclear' : 'over';
  }

  /** Never two rounds at a time: the other one's rows would look like those of a crash. */
  function once(work: () => Promise<Round>): Promise<Round> {
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    sendNow(idempotencyKey) {
      const begun = atOnce.get(idempotencyKey) ?? sendOne(idempotencyKey);
      atOnce.set(idempotencyKey, begun);
      return begun.finally(() => atOnce.delete(idempotencyKey));
    },
    sendDue(now) {
      if (isStopping) return Promise.resolve(emptyRound());
      return once(() => sendRound(now));
    },
    async reconcile(now) {
      await once(() => reconcile(now).then(emptyRound));
    },
    async nextDueAt() {
      const [queued, attempted] = [await store.findNextSendAfter(db), await store.findOldestAttempt(db)];
      const rested = restsUntil.get('chat.postMessage');
      const times = [
        queued && rested && rested > queued ? rested : queued,
        attempted && later(attempted, UNCLEAR_FOR_MS),
      ].filter((at) => at !== undefined);
      return times.sort((one, other) => one.getTime() - other.getTime())[0];
    },
    async isDrained(now) {
      const [queued, attempted] = [await store.findNextSendAfter(db), await store.findOldestAttempt(db)];
      return attempted === undefined && (queued === undefined || queued > now);
    },
    async stop() {
      isStopping = true;
      await Promise.allSettled([running, ...atOnce.values()]);
    },
  };
}
