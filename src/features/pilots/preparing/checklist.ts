import { createHash } from 'node:crypto';

/** What to have done before something, one line each. */
export type Checklist = { id: string; label: string; items: readonly string[] };

/** A line by its words: what a changed list does not have any more is not ticked in it. */
export const itemId = (item: string): string =>
  createHash('sha256').update(item).digest('base64url').slice(0, 10);
