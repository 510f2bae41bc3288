/**
 * What goes out again and again is made into JSON once, by what it is made from. Kept apart from it, so that whoever
 * draws and whoever sends know nothing of each other; gone with it.
 */
const texts = new WeakMap<object, string>();

/** @param message that nobody changes from here on. */
export const makeOnce = (message: object): void => void texts.set(message, inAscii(JSON.stringify(message)));

export const isReady = (message: unknown): message is object =>
  typeof message === 'object' && message !== null && texts.has(message);

export const jsonOf = (message: object): string => texts.get(message) ?? JSON.stringify(message);

/** The same to whoever reads it, and sent without being encoded anew each time. */
const inAscii = (json: string): string =>
  json.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
