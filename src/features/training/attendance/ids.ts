/** They stand in messages people keep: never rename one. What ends in ":" or "." is followed by a word or a page. */
export const ids = {
  /** The value of these is a session's id, alone or before a page. */
  wasThere: 'training.was-there',
  wasNotThere: 'training.was-not-there',
  past: 'training.past',
  /** The value of these is a page. */
  newer: 'training.past.newer',
  older: 'training.past.older',
  /** The value of these is a session's id. */
  attendance: 'training.attendance',
  take: 'training.attendance.take',
  confirmAll: 'training.attendance.confirm-all',
  /** A session and a person. */
  confirm: 'training.attendance.confirm',
  /** Callback ids. */
  form: 'training.attendance-form',
  view: 'training.attendance-view',
  pastView: 'training.past-view',
} as const;

/** In buttons, so it stays as it is. */
export const certificateKind = 'training.certificate';

/** The outbox's key: one message for each session and person, whatever is corrected meanwhile. */
export const afterKey = (sessionId: string, personId: string): string =>
  `training.afterwards:${sessionId}:${personId}`;

/** To somebody whom a host wrote down though they had no place: they say themselves whether they came. */
export const walkInKey = (sessionId: string, personId: string): string =>
  `training.walk-in:${sessionId}:${personId}`;

/** To a host, once, while attendance is not taken. */
export const askKey = (sessionId: string, hostId: string): string =>
  `training.attendance:${sessionId}:${hostId}`;
