export interface OutboxTable {
  id: string;
  /** What is said, to whom, on which occasion: enqueuing it twice says it once. */
  idempotency_key: string;
  /** One of `community/messages.ts`, or of another version's. */
  kind: string;
  person_id: string | null;
  channel_id: string | null;
  /** What it belongs to, so that it can be called back, e.g. 'cohort:<id>'. */
  topic: string | null;
  /** Of its kind when it was enqueued: see Weight. */
  weight: string;
  /** JSON `{ text, blocks }`, or `{ sealed }`; emptied once sent, and some days after it failed. */
  message: string;
  send_after: string;
  expires_at: string | null;
  /**
   * 'queued' | 'sending' | 'sent' | 'unclear' | 'failed' | 'cancelled' | 'expired'; of what comes with others
   * once a week 'gathering' | 'gathered'.
   */
  status: string;
  attempts: number;
  attempt_at: string | null;
  sent_at: string | null;
  /** Set with the attempt, so that an unclear one can be looked up there. */
  sent_channel: string | null;
  sent_ts: string | null;
  /** Slack's error code, why it was cancelled, or, while it is queued, why it waits ('held:…', see HoldReason). */
  reason: string | null;
  created_at: string;
}

declare module '../db/schema.ts' {
  interface Schema {
    outbox: OutboxTable;
  }
}
