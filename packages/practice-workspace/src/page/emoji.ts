/**
 * Slack's names of emoji. There are thousands, and a page without them can be read, so they come after it: until then,
 * and where there is no such emoji, its name is shown, as Slack shows unknown ones.
 */
let known: ReadonlyMap<string, string> = new Map();

export async function loadEmoji(): Promise<void> {
  const { emojiNames } = await import('#emoji-names');
  known = new Map(Object.entries(emojiNames));
}

/** Another map once the names have come: what was worked out without them is to be worked out again. */
export function knownEmoji(): ReadonlyMap<string, string> {
  return known;
}

/** By its name, with `::skin-tone-3` at the end or without. Most emoji have no skin, and then have no tone either. */
export function emojiFor(name: string): string | undefined {
  return known.get(name) ?? known.get(name.replace(/::skin-tone-[2-6]$/, ''));
}

const mark = ':([a-z0-9_+-]+(?:::skin-tone-[2-6])?):';
const anywhere = new RegExp(mark, 'g');
const atStart = new RegExp(`^${mark}`);

/** The name of the emoji that a text begins with, and how long it is as it is written. */
export function leadingEmoji(text: string): { name: string; length: number } | undefined {
  const [written, name] = atStart.exec(text) ?? [];
  if (written === undefined || name === undefined || emojiFor(name) === undefined) return undefined;
  return { name, length: written.length };
}

/** Replaces `:name:` in plain text where Slack would: a text object with `emoji` left on. */
export function withEmoji(text: string): string {
  return text.replace(anywhere, (whole, name: string) => emojiFor(name) ?? whole);
}

/** What a screen reader says for it. */
export function emojiWords(name: string): string {
  return name.replace(/::skin-tone-([2-6])$/, ', skin tone $1').replaceAll('_', ' ');
}
