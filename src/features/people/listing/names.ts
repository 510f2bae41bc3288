/** The same words in any order, all of a full name among others, or a part of one: as they look, not as they are spelt. */
export function mayBeTakenFor(name: string, other: string): boolean {
  const [typed, known] = [looksOf(name), looksOf(other)];
  if (typed.length === 0 || known.length === 0) return false;
  const isIn = (some: string[], all: string[]) => some.every((word) => all.includes(word));
  const inOne = typed.join('');
  return (
    isIn(typed, known) ||
    (known.length > 1 && isIn(known, typed)) ||
    // "K i m", "KimPractice"
    [...known, known.join(''), known.toReversed().join('')].includes(inOne)
  );
}

/** Whether two names have a word in common, or one stands inside the other. */
export function areNear(name: string, other: string): boolean {
  const typed = looksOf(name);
  const inOne = typed.join('');
  return looksOf(other).some((word) => typed.includes(word) || (word.length > 2 && inOne.includes(word)));
}

/** Whoever is listed as one of these would be taken for somebody who speaks for the programme. */
export function isOfRole(name: string): boolean {
  const words = looksOf(name);
  const inOne = words.join('');
  return roles.some((role) => inOne.includes(role)) || words.some((word) => shortRoles.has(word));
}

/** Letters of two alphabets in one word are there to look like others: "K\u0456m". */
export const isMixed = (name: string): boolean =>
  (name.normalize('NFKC').match(/[\p{L}\p{M}]+/gu) ?? []).some(
    (word) => alphabets.filter((alphabet) => alphabet.test(word)).length > 1,
  );

const alphabets = [
  /\p{sc=Latin}/u,
  /\p{sc=Cyrillic}/u,
  /\p{sc=Greek}/u,
  /\p{sc=Armenian}/u,
  /\p{sc=Cherokee}/u,
];

/** What letters of other alphabets, digits and pairs of letters look like. @see https://www.unicode.org/reports/tr39/ */
const lookAlikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: '\u0430\u03b1',
    b: '\u0432\u03b2',
    c: '\u0441',
    d: '\u0501',
    e: '\u0435\u0454\u03b53',
    g: '\u0261',
    h: '\u043d\u04bb\u03b7',
    i: '\u0456\u04cf\u03b9\u01311l!|',
    k: '\u043a\u03ba',
    m: '\u043c\u03bc',
    n: '\u043f\u0578',
    o: '\u043e\u03bf\u05580',
    p: '\u0440\u03c1',
    s: '\u04555$',
    t: '\u0442\u03c4',
    u: '\u057d\u03c5',
    v: '\u03bd\u0475',
    x: '\u0445\u03c7',
    y: '\u0443\u03b3',
    j: '\u0458',
  }).flatMap(([plain, others]) => Array.from(others, (one): [string, string] => [one, plain])),
);

const looksOf = (name: string): string[] =>
  Array.from(name.normalize('NFKD').toLowerCase(), (one) => lookAlikes.get(one) ?? one)
    .join('')
    .replace(/[\p{M}\p{Cf}'\u2019]/gu, '')
    .replace(/rn/g, 'm')
    .replace(/vv/g, 'w')
    .match(/[\p{L}\p{N}]+/gu) ?? [];

const likeThese = (words: string): string[] => words.split(' ').flatMap(looksOf);
const roles = likeThese('facilitator curator administrator moderator safeguarding slackbot chatr helpdesk');
const shortRoles: ReadonlySet<string> = new Set(
  likeThese('admin admins bot mod dsl host owner programme team'),
);
