import { isOnePerson } from './names.ts';

/** What stands for one person in a list of addresses; `name` as written, '' where there is none. */
export type Addressed = { email: string; name: string };

export type AddressList = {
  people: Addressed[];
  /** Pieces of text that no address belongs to, in order. */
  rest: string[];
};

/**
 * An address as it is kept and compared: small letters, no full stop or comma left behind by copying.
 * @returns undefined when it cannot be one.
 */
export function tidyEmail(text: string): string | undefined {
  const email = text
    .trim()
    .replace(/[.,;]+$/, '')
    .toLowerCase();
  const fits = /^[^\s@<>()[\]",;:\\]+@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+[\p{L}]{2,}$/u;
  if (email.length > 254 || !fits.test(email) || email.includes('..')) return undefined;
  // How Microsoft 365 names its guests: no post arrives there, and nobody has it in Slack.
  if (email.includes('#ext#')) return undefined;
  return email;
}

/** More characters than any address has, with whatever stands around it. */
const longest = 300;

type Place = { email: string; start: number; end: number };

/** Every word with an @ in it, with the address that it is, if it is one. */
function wordsWithAt(text: string): (Omit<Place, 'email'> & { word: string; email: string | undefined })[] {
  if (!text.includes('@')) return [];
  const words = [...text.matchAll(/[^\s<>()[\]{}",;:\\|/]+/gu)].filter(([word]) => word.includes('@'));
  return words.map(({ 0: word, index }) => {
    const ahead = /^[*`'~•·]*/.exec(word)?.[0].length ?? 0;
    const [bare = ''] = word.slice(ahead, longest).split('?');
    const email = word.length < longest ? tidyEmail(bare.replace(/[*`'~.!]+$/, '')) : undefined;
    return { word, email, start: index + ahead, end: index + word.length };
  });
}

export const addressesIn = (text: string): Place[] =>
  wordsWithAt(text).flatMap(({ email, ...place }) => (email === undefined ? [] : { ...place, email }));

export const holdsAddress = (text: string): boolean => addressesIn(text).length > 0;

/** The first word with an @ that is no address. */
export const brokenAddressIn = (text: string): string | undefined =>
  wordsWithAt(text).find(({ email }) => email === undefined)?.word;

/** Pieces between separators that stand outside quotes and brackets. @param marks for a class of characters. */
function piecesOf(text: string, marks: string): string[] {
  const piece = new RegExp(`(?:"[^"]*"|\\([^()]*\\)|\\[[^[\\]]*\\]|[^${marks}"(\\[]|["(\\[])+`, 'gu');
  return (text.match(piece) ?? []).map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

/** The piece of text that belongs to the address after it, and whoever stands before that without an address. */
function lastPerson(text: string): { name: string; rest: string[] } {
  const rest = piecesOf(text, ';\\n\\t|');
  const last = piecesOf(rest.pop() ?? '', ',');
  let name = last.pop() ?? '';
  const before = last.at(-1);
  if (before !== undefined && isOnePerson(before, name)) name = `${last.pop() ?? ''}, ${name}`;
  return { name, rest: [...rest, ...last] };
}

/** Without what leads up to an address and belongs to no name: brackets, dashes, "mailto:". */
function withoutRunUp(text: string): string {
  const end = text.length - longest;
  const bare = text
    .slice(Math.max(0, end))
    .replace(/(?:[\s,:=|<([{"'*–-]|\b(?:mailto|smtp|e-?mail(?: address)?):?)+$/i, '');
  return text.slice(0, Math.max(0, end)) + bare;
}

const header = /^\s*(?:to|cc|bcc|recipients?|attendees?|participants?|required|optional)\s*:/i;
/** Text that tells whom to ask rather than who takes part. */
const isRemark = (text: string): boolean =>
  /\?|^\s*(?:ask|from|sender|sent by|reply-?to|organi[sz]er|host)\b|\b(?:questions?|queries|enquiries|contact|changes|corrections|reply|replies|send|write|please|unsubscribe|for|of|by|with|is|are|the|this|list)\b/i.test(
    text,
  );

/**
 * A list of recipients as mail programs copy it. No library reads these: by the standard for messages the comma of
 * "Surname, First <address>" begins another person, and Outlook writes it without quotes. So the addresses are looked
 * for first, and what stands before one is its owner's name.
 */
export function readAddressList(text: string): AddressList {
  const people: Addressed[] = [];
  const rest: string[] = [];
  const places = addressesIn(text);
  let from = 0;
  let carried = '';
  for (const [index, { email, start, end }] of places.entries()) {
    let lead = text.slice(from, start);
    const owner = people.at(-1);
    from = end;
    // The address is its own label: <mailto:a@b|a@b>, or as below.
    if (owner?.email === email && /^[\s'">]*[([|](?:mailto:)?$/.test(lead)) continue;
    if (owner) lead = lead.slice(nameBehind(lead, owner));
    lead = `${carried}${lead}`;
    carried = '';
    const next = places[index + 1];
    if (next && /^[\s'"]*<(?:mailto:)?$/i.test(text.slice(end, next.start))) {
      // 'a@b' <a@b>
      carried = lead;
      continue;
    }
    const isBracketed = /<(?:mailto:)?$/i.test(lead);
    lead = withoutRunUp(lead.replace(header, ''));
    if (!isBracketed) lead = lead.replace(/;$/, '');
    const { name, rest: alone } = lastPerson(lead);
    rest.push(...alone);
    if (!isRemark(name)) people.push({ email, name });
  }
  const owner = people.at(-1);
  const tail = text.slice(from);
  rest.push(...piecesOf(owner ? tail.slice(nameBehind(tail, owner)) : tail, ';\\n\\t|'));
  return { people, rest };
}

/** "address (Name)": gives the owner this name. @returns where the text goes on, behind the next separator. */
function nameBehind(text: string, owner: Addressed): number {
  const [behind, name] = /^[\s'">\])]*(?:\(([^()]*)\))?[\s'">\])]*[,;]?/.exec(text) ?? [''];
  if (name && owner.name === '') owner.name = name;
  return behind.length;
}
