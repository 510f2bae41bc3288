import { isNoise, isRole, looksLikePerson } from './looks.ts';
import { isCredential, isOnePerson } from './names.ts';

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
  const rest = piecesOf(text.replace(/^\s*(?:and|or|&)\s/i, ''), ';\\n\\t|');
  const last = piecesOf(rest.pop() ?? '', ',');
  let name = last.pop() ?? '';
  // "Smith, Jane, RN, MSc"
  while (last.length > 0 && (isCredential(name) || (isRole(name) && !looksLikePerson(name))))
    name = last.pop() ?? '';
  const before = last.at(-1);
  if (before !== undefined && isOnePerson(before, name)) name = `${last.pop() ?? ''}, ${name}`;
  return { name, rest: [...rest, ...last] };
}

/** Without what leads up to an address and belongs to no name: "To:", brackets, dashes, "mailto:". */
function withoutRunUp(text: string): string {
  const lead = text.replace(
    /^\s*(?:to|cc|bcc|recipients?|attendees?|participants?|required|optional|ext(?:ernal)?)\s*:/i,
    '',
  );
  const bare = lead
    .slice(-longest)
    .replace(/(?:[\s,:=|<([{"'*–-]|\b(?:mailto|smtp|e-?mail(?: address)?):?)+$/i, '');
  // "Name; address" is one person, "Name; <address>" are two.
  const own = /<(?:mailto:)?$/i.test(lead) ? bare : bare.replace(/;$/, '');
  return lead.slice(0, -longest) + own;
}

/** Text that tells whom to ask rather than who takes part. */
const isRemark = (text: string): boolean =>
  /\p{L}/u.test(text) &&
  (isNoise(text) ||
    /\?|^(?:For|The|This)\b|\b(?:for|of|by|with|is|are|the|this|to|at)\b/.test(text) ||
    /^\s*(?:ask|from|sender|sent by|reply-?to|organi[sz]er|host)\b|\b(?:questions?|queries|enquiries|contact|changes|corrections|reply|replies|send|write|please|unsubscribe)\b/i.test(
      text,
    ));

/**
 * A list of recipients as mail programs copy it. No library reads these: by the standard for messages the comma of
 * "Surname, First <address>" begins another person, and Outlook writes it without quotes. So the addresses are looked
 * for first, and what stands before one is its owner's name.
 */
export function readAddressList(text: string): AddressList {
  const people: Addressed[] = [];
  let rest: string[] = [];
  const places = addressesIn(text);
  let from = 0;
  let label = '';
  for (const [index, { email, start, end }] of places.entries()) {
    const between = text.slice(from, start);
    from = end;
    const owner = people.at(-1);
    // The address is its own label: <mailto:a@b|a@b>, or 'a@b' <a@b>.
    if (owner?.email === email && /^[\s'">]*[([|](?:mailto:)?$/.test(between)) continue;
    const lead = label + (index > 0 ? afterAddress(between, owner) : between);
    const isLabel = /^[\s'"]*<(?:mailto:)?$/i.test(text.slice(end, places[index + 1]?.start ?? end));
    label = isLabel ? lead : '';
    if (isLabel) continue;
    const { name, rest: alone } = lastPerson(withoutRunUp(lead));
    rest = rest.concat(alone);
    if (!isRemark(name)) people.push({ email, name });
  }
  const owner = people.at(-1);
  const [first = '', ...others] = piecesOf(
    places.length > 0 ? afterAddress(text.slice(from), owner) : text,
    ';\\n\\t|',
  );
  const name = first.replace(/^[\s:,–—-]+/, '');
  // "Jane <jane@example.org> - on leave", "*new*"
  const isNote = owner !== undefined && owner.name !== '' && name !== first && !/\p{Lu}/u.test(name);
  const isMarked = /^[*(].*[*)]$/.test(first) && !/\p{Lu}/u.test(first);
  // "address, Name"
  if (owner?.name === '' && places.length === 1 && !isRemark(name)) owner.name = name;
  else if (!isNote && !isMarked) rest.push(name);
  return { people, rest: [...rest, ...others].filter((piece) => piece.includes('@') || !isRemark(piece)) };
}

/** What goes on behind an address and its separator. "address (Name)" gives the owner this name. */
function afterAddress(text: string, owner: Addressed | undefined): string {
  const [behind, name] = /^[\s'">\])]*(?:\(([^()]*)\))?[\s'">\])]*[,;]?/.exec(text) ?? [''];
  if (name && owner?.name === '') owner.name = name;
  return text.slice(behind.length);
}
