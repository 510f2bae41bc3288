/**
 * How to greet somebody by what Slack shows of their name. Directories write "SMITH, Jane (EAST LONDON NHS TRUST)", people
 * write "🌟 Jane | Midwife": a greeting that takes a surname, a title or a trust for a first name is worse than none, so
 * whoever's name is not plain is greeted without one.
 */

/** What Slack tells of a name. @see https://docs.slack.dev/reference/objects/user-object */
export type NameParts = {
  /**
   * `profile.first_name`. Where no directory fills it in, it is whatever stands first in the real name, so it is looked
   * at before it is believed.
   */
  first?: string | undefined;
  display?: string | undefined;
  real?: string | undefined;
};

/** @returns undefined where it is not clear which name is the first, or whether there is one. */
export function firstNameOf({ first = '', display = '', real = '' }: NameParts): string | undefined {
  const shown = [readShown(display), readShown(real)];
  const given = readGiven(first);
  const isSurname = shown.some(({ surname }) => fold(surname ?? '') === fold(given ?? ''));
  return given !== undefined && !isSurname ? given : (shown[0]?.first ?? shown[1]?.first);
}

/** `surname` only where it stands in front. */
type Read = { first?: string | undefined; surname?: string | undefined };

const nobody: Read = {};

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const titles = words(`
  dr doctor mr mister mrs ms miss mx prof professor sir dame lady lord rev revd reverend fr father sr sister brother
  pastor rabbi imam canon cllr councillor hon judge capt captain major col sgt insp pc dc ds di nurse matron mme mlle
  herr frau sra dra dott`);

/** In a part of a name that holds one of these, all of it is where or as what somebody works. */
const notNames = words(`
  nhs nhsft trust foundation council borough hospital hospitals team teams service services university college school
  schools clinic centre center camhs health care board ltd cic charity police department dept directorate admin
  administrator office support bot test user account duty inbox reception group ward unit network hub partnership
  community children childrens family families perinatal safeguarding education training social england london
  midwife midwives midwifery visitor psychologist psychology psychiatrist psychotherapist therapist therapies counsellor
  worker teacher senco manager lead leader facilitator practitioner consultant paediatrician paediatrics gp physio
  physiotherapist dietitian student trainee intern volunteer officer coordinator director head chair secretary
  assistant supervisor researcher advocate carer parent member guest colleague everyone unknown anonymous none
  on leave away holiday maternity working hours back monday tuesday wednesday thursday friday`);

const pronouns = /(?<![\p{L}'’-])(?:she|hers?|he|him|his|they|them|theirs|ze|zir|xe)(?![\p{L}'’-])/giu;

/** Behind a comma these are no first name. */
const degrees = words(`
  msc bsc phd dphil dclinpsy dclinpsych mrcpsych frcpsych mrcp mrcgp frcgp mbbs mbchb ba ma med mba pgce qts rn rm rmn rgn
  hons jr sr jnr snr ii iii iv`);

/** What a surname may begin with. */
const particles = words('van von der den de del della di da dos du la le el al bin ibn mac mc st ter ten');

const letter = String.raw`\p{L}[\p{M}\u200c]*`;
/** A word that can be a first name: two letters at least, hyphens and apostrophes inside. */
const nameWord = new RegExp(`^(?=.{2,30}$)${letter}(?:['’ʼ‑-]?${letter})+$`, 'u');

/** Words that can be surnames, initials among them. */
const nameWords = new RegExp(`^${letter}(?:[ .'’ʼ‑-]*${letter})*$`, 'u');

/** Written without spaces, or with the surname first: which part is the first name cannot be seen. */
const surnameFirstScripts = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Hiragana}\p{sc=Katakana}]/u;

const ornaments = new RegExp(
  [
    // :star:, and pictures with what colours and joins them.
    ":[a-z0-9_+'-]+:",
    String.raw`[\p{So}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{fe0f}\u{20e3}\u{e0020}-\u{e007f}]`,
    // What steers the direction of text, or is not seen.
    String.raw`[\u200b\u200d-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\p{Cc}]`,
    '["“”„«»*~`]',
  ].join('|'),
  'giu',
);

const spaced = (text: string): string => text.replace(/\s+/gu, ' ').trim();
const plain = (text: string): string => spaced(text.normalize('NFC').replace(ornaments, ' '));
const wordsIn = (text: string): string[] => text.split(/[\s/&+]+/u).filter(Boolean);
const bare = (word: string): string => word.replace(/[.,;]+$/u, '');
const fold = (word: string): string => bare(word).normalize('NFKC').toLowerCase();
const isUpper = (text: string): boolean => /\p{Lu}/u.test(text) && !/[\p{Ll}\p{Lo}]/u.test(text);
const isTitle = (word: string): boolean => titles.has(fold(word));
const namesNobody = (text: string): boolean => wordsIn(text).some((word) => notNames.has(fold(word)));
/** "ELFT", "Midwife", "she/her", said beside a name. */
const isTag = (text: string): boolean =>
  isUpper(text) || namesNobody(text) || !/\p{L}/u.test(text.replace(pronouns, ''));

/** `profile.first_name`, which should be nothing else. */
function readGiven(text: string): string | undefined {
  const name = plain(text);
  const all = name.split(' ');
  const isName = !isTag(name) && all.every((word) => isNameWord(word) && !isTitle(word) && !isUpper(word));
  return isName ? asName(name) : undefined;
}

function readShown(text: string): Read {
  const name = plain(text);
  if (name.length > 120 || /\S@|[\d_]/u.test(name)) return nobody;
  // "[ELFT] Jane", but "(Jane) Smith" may be anything.
  const [, inFront] = /^[([{]([^)\]}]*)/u.exec(name) ?? [];
  if (inFront !== undefined && !isTag(inFront)) return nobody;
  const parts = name
    .replace(/[([{][^)\]}]*[)\]}]?/gu, ' ')
    .split(/\s[-~@]\s|\s*[|•·:;/\\–—]\s*/u)
    .map((part) => spaced(part.replace(pronouns, ' ')))
    .filter(Boolean);
  const [only, ...others] = parts.length > 1 ? parts.filter((part) => !isTag(part)) : parts;
  // Of two that could each be a name, nobody can tell which is.
  if (only === undefined || others.length > 0) return nobody;
  if (only.includes(',')) return readAroundComma(only);
  // Directories write "Smith Jane (ELFT)", people "Jane Smith (ELFT)".
  return readInOrder(only, { isFromDirectory: /[([{]\p{Lu}{2,}/u.test(name.slice(1)) });
}

/** "SMITH, Jane Mary"; but also "Jane Smith, RMN" and "Jane Smith, Midwife". */
function readAroundComma(text: string): Read {
  const [before = '', ...rest] = text.split(',').map((part) => part.trim());
  const isAddition = (part: string): boolean =>
    namesNobody(part) || degrees.has(fold(part)) || (isUpper(part) && !isUpper(before));
  const [given, ...others] = rest.filter((part) => !isAddition(part));
  if (!nameWords.test(before) || namesNobody(before) || others.length > 0) return nobody;
  const surname = before.split(' ');
  if (given === undefined) return surname.length > 1 ? readInOrder(before) : nobody;
  if (surname.length > 2 && !particles.has(fold(surname[0] ?? ''))) return nobody;
  return {
    first: named(
      given.split(' ').find((word) => !isTitle(word)),
      text,
    ),
    surname: before,
  };
}

/** The first name comes first, behind titles; "SMITH Jane" is the other way round. */
function readInOrder(text: string, { isFromDirectory = false } = {}): Read {
  const all = wordsIn(text);
  const rest = all.slice(all.findIndex((word) => !isTitle(word)));
  const [first = '', second] = rest;
  if (!nameWords.test(text) || namesNobody(text) || rest.length > 5 || particles.has(fold(first)))
    return nobody;
  // "SMITH JANE" may be in any order, and "JANE" initials or an organisation; "Dr Smith" has no first name.
  if (isUpper(rest.join(' ')) || (second === undefined && all.length > 1)) return nobody;
  if (isUpper(first)) {
    const given = rest.findIndex((word) => !isUpper(word));
    // "J Smith" has an initial, and behind "SMITH Jane ELFT" nothing is clear.
    if (bare(first).length < 2 || rest.slice(given).some((word) => isUpper(word) || isTitle(word)))
      return nobody;
    return { first: named(rest[given], text), surname: rest.slice(0, given).join(' ') };
  }
  return isFromDirectory && second !== undefined ? nobody : { first: named(first, text) };
}

const isNameWord = (word: string): boolean => nameWord.test(word) && !surnameFirstScripts.test(word);

/** @param within the whole name: a word in capitals among others is no first name. */
const named = (word: string | undefined, within: string): string | undefined =>
  word !== undefined && isNameWord(word) && !isTitle(word) && (!isUpper(word) || isUpper(within))
    ? asName(word)
    : undefined;

/** "JANE" and "jane" are "Jane"; anything else stays as it was written. */
const asName = (name: string): string =>
  isUpper(name) || name === name.toLowerCase()
    ? name.toLowerCase().replace(/(?<![\p{L}\p{M}\u200c])\p{Ll}/gu, (first) => first.toUpperCase())
    : name;
