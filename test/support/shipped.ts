import { type Content, loadContent } from '../../src/features/content.ts';

let read: Content | undefined;

/**
 * The content as shipped, read and checked once for all tests that only read it: that takes longer than most of them. Bots
 * that have it share the index of its search as well.
 */
export function shippedContent(): Content {
  read ??= frozen(loadContent('data'));
  return read;
}

/** Whoever changed it would change it for the tests that come after. */
function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of value instanceof Map ? value.values() : Object.values(value)) frozen(inner);
  return value;
}
