/** What became of a file that somebody asked for. */
export type Given =
  | { kind: 'sent'; name: string; goesAt: Date }
  /** It may be there or not. */
  | { kind: 'unclear'; name: string; goesAt: Date }
  /** The same window was sent before. */
  | { kind: 'asked-before' }
  | { kind: 'not-allowed'; administrators: string[] }
  /** Slack asks to wait, or was not reached. */
  | { kind: 'not-now' }
  | { kind: 'not-sent' };

export type Removed =
  | { kind: 'removed'; name: string }
  | { kind: 'gone' }
  | { kind: 'not-now'; goesAt: Date };

/** The note beside a file, in the outbox. */
export const noteKey = (id: string): string => `file-given:${id}`;
