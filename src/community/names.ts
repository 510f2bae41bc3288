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
  const names = isAccount(display, real) ? [real] : [display, real];
  const shown = names.map(readShown);
  const given = readGiven(first);
  const isSurname = shown.some(({ surname }) => fold(surname ?? '') === fold(given ?? ''));
  // Cut off a name by Slack, it says no more than that name does.
  const isCutOff = names.some((name) => name.includes(' ') && plain(name).split(' ')[0] === given);
  if (given !== undefined && !isSurname && !isCutOff) return given;
  const [chosen, other] = shown.map((read) => read.first).filter((one) => one !== undefined);
  // "Smith" of Jane Smith, or "Jane" of Smith Jane.
  const isLast = chosen !== undefined && fold(plain(real).split(' ').at(-1) ?? '') === fold(chosen);
  return isLast && other !== undefined && fold(other) !== fold(chosen) ? undefined : chosen;
}

/** "jsmith", "smithj" and "janesmith" of Jane Smith: what somebody logs in with. */
function isAccount(display: string, real: string): boolean {
  const [, ...later] = plain(real).split(' ').map(fold);
  const account = fold(display.trim());
  return (
    !account.includes(' ') &&
    later.some((word) => word.length > 2 && word !== account && account.includes(word))
  );
}

/** `surname` only where it stands in front. */
type Read = { first?: string | undefined; surname?: string | undefined };

const nobody: Read = {};

const words = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));

const titles = words(`
  dr doctor mr mister mstr mrs ms miss mx madam mdm esq prof professor sir dame lady lord baroness baron rt hon rev revd
  rev'd reverend ven fr father sr sister brother deacon dcn pastor rabbi reb rebbe rebbetzin imam sheikh shaykh maulana
  mufti ustadh alhaji hajia hajiya haji canon bishop cllr councillor judge adv capt captain major col colonel lt cpl
  corporal pte sgt sergeant cdr commander sqn ldr wg brig insp inspector det detective constable con pc wpc pcso dc wdc
  ds di dci dcs supt superintendent acc chief nurse matron staff charge amhp mme mlle herr frau sra dra dott eng ing mgr
  smt shri md mst mohd muhd доктор проф د دكتور دكتورة الدكتور الدكتورة السيد السيدة`);

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
  on leave away holiday maternity working hours back monday tuesday wednesday thursday friday busy ooo until sick
  agency bank locum supply relief temp former deactivated new shared mailbox reply noreply info enquiries helpdesk desk
  it hr rota bookings booking call bleep holder business project operations resources comms communications finance clerk
  reception delivery suite labour birth antenatal postnatal neonatal triage outreach liaison ward theatre room meeting
  nursery nursing visiting primary secondary infant infants academy year years class headteacher early best start help
  healthy child front door mental wellbeing fostering adoption housing probation home-start barnardos slackbot chatr
  advice line designated named clinical advanced inclusion attendance gateway referrals appointments lactation feeding
  parenting intervention domestic abuse youth justice steps pharmacy medical registrar reg obs doula coach peer supporter
  detached webmaster postmaster system workflow calendar reminder zoom google drive library hospice street pals barts
  hello hi hey me my your the and of for i'm i’m im name phone iphone ipad mobile mum mummy dad daddy auntie aunty
  uncle`);

/** Of those, what also stands behind a first name, as a family's. */
const surnames = words('ward head best call early bank house clerk parent line street coach');

/** Of where this community works: beside a name they are no part of it, and in front of one no first name. */
const places = words(`
  hackney homerton hoxton shoreditch dalston clapton london islington newham haringey camden stratford whitechapel
  walthamstow leyton leytonstone tottenham enfield barking dagenham redbridge havering lewisham southwark lambeth`);

const pronouns = /(?<![\p{L}'’-])(?:she|hers?|he|him|his|they|them|theirs|ze|zir|xe)(?![\p{L}'’-])/giu;

/** Behind a comma these are no first name. */
const degrees = words(`
  msc bsc phd dphil dclinpsy dclinpsych mrcpsych frcpsych mrcp mrcgp frcgp mbbs mbchb ba ma med mba pgce qts rn rm rmn rgn
  hons jr sr jnr snr ii iii iv`);

/** What a surname may begin with, and words that are half of a first name. */
const particles = words(`
  van von der den de del della di da dos du la le el al bin bint ibn mac mc nic ni ní ui uí ó st ter ten abu umm abd
  أم ام أبو ابو عبد بن ابن thi thị văn`);

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
/** "SMITH", and "McDONALD". */
const isUpper = (text: string): boolean =>
  /\p{Lu}/u.test(text) &&
  !/[\p{Ll}\p{Lo}]/u.test(text.replace(/(?<!\p{L})(?:Mc|Mac|Fitz)(?=\p{Lu}{2})/gu, ''));
const isTitle = (word: string): boolean => titles.has(fold(word));
/** "Jane’s" is a thing of Jane's, or the first word of a school. */
const namesNobody = (text: string): boolean =>
  wordsIn(text).some((word) => notNames.has(fold(word)) || /['’]s$/i.test(bare(word)));
/** "Labour Ward", but not "Jane Ward"; "Junior Doctor", but not "Dr Jane Smith". */
function isWork(all: readonly string[]): boolean {
  const [first = '', second = ''] = all;
  if (all.slice(1).some((word) => /^(doctor|nurse)$/.test(fold(word)))) return true;
  const isSurname = all.length === 2 && surnames.has(fold(second));
  return namesNobody(isSurname ? first : all.join(' '));
}
const isPlace = (text: string): boolean => wordsIn(text).every((word) => places.has(fold(word)));
/** "ELFT", "Midwife", "she/her", said beside a name. */
const isTag = (text: string): boolean =>
  isUpper(text) || namesNobody(text) || isPlace(text) || !/\p{L}/u.test(text.replace(pronouns, ''));

/** `profile.first_name`, which should be nothing else. */
function readGiven(text: string): string | undefined {
  const name = plain(text);
  const all = name.split(' ');
  const isName = !isTag(name) && all.every((word) => isNameWord(word) && !isTitle(word) && !isUpper(word));
  return isName ? asName(name) : undefined;
}

function readShown(text: string): Read {
  const name = plain(text).replace(/(?<!\S)(\p{L}+)\.(?=\p{L})/gu, (all, word: string) =>
    isTitle(word) ? `${all} ` : all,
  );
  const unbracketed = name.replace(/[([{][^)\]}]*[)\]}]?/gu, ' ');
  if (name.length > 120 || /\S@|[\d_]/u.test(unbracketed)) return nobody;
  // "[ELFT] Jane", but "(Jane) Smith" may be anything.
  const [, inFront] = /^[([{]([^)\]}]*)/u.exec(name) ?? [];
  if (inFront !== undefined && !isTag(inFront)) return nobody;
  const parts = unbracketed
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
    namesNobody(part) ||
    isPlace(part) ||
    degrees.has(fold(part).replace(/\./g, '')) ||
    (isUpper(part) && !isUpper(before));
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
  if (!nameWords.test(text.replace(/\.$/, '')) || isWork(rest) || rest.length > 5) return nobody;
  if (places.has(fold(first)) || particles.has(fold(first)) || (!isUpper(first) && isFamilyFirst(rest)))
    return nobody;
  // "SMITH JANE" may be in any order, and "JANE" initials or an organisation; "Dr Smith" has no first name.
  if (isUpper(rest.join(' ')) || (second === undefined && all.length > 1)) return nobody;
  if (isUpper(first)) {
    const given = rest.findIndex((word) => !isUpper(word));
    // "J Smith" has an initial, "JP Smith" may have two, and behind "SMITH Jane ELFT" nothing is clear.
    const atLeast = rest.length > 2 ? 2 : 4;
    if (first.replace(/\P{L}/gu, '').length < atLeast) return nobody;
    if (rest.slice(given).some((word) => isUpper(word) || isTitle(word))) return nobody;
    return { first: named(rest[given], text), surname: rest.slice(0, given).join(' ') };
  }
  return isFromDirectory && second !== undefined ? nobody : { first: named(first, text) };
}

/** "Ivanova Anna Petrovna" and "Nguyen Thi Lan", who begin with the family's name. */
const isFamilyFirst = (rest: readonly string[]): boolean =>
  /(ович|евич|овна|евна|ична)$/iu.test(rest[2] ?? '') ||
  /.{2}(ова|ева|ов|ев|ский|ская|цкий|цкая|енко)$/iu.test(rest[0] ?? '') ||
  /^(thi|thị|văn)$/iu.test(rest[1] ?? '');

/** Not "Lt", nor "jANE". */
const isNameWord = (word: string): boolean =>
  nameWord.test(word) &&
  !surnameFirstScripts.test(word) &&
  !isShortened(word) &&
  !/^\p{Ll}+\p{Lu}/u.test(word);

/** No name of Latin letters does without a vowel. */
const isShortened = (word: string): boolean =>
  /^[\p{sc=Latin}'’ʼ‑-]+$/u.test(word) && !/[aeiouyæøœıw]/i.test(word.normalize('NFD'));

/** What a name can begin with, where it is two consonants. */
const beginnings = words(`
  bh bj bl br ch cl cr cz dh dj dl dr dw dz fj fl fr gh gl gr gw hj hr kh kj kl kn kr kw lj ll mb mc mh mp mw my nd ng nj
  nk nn nt nw ny pf ph pl pr ps qu rh sc sh sk sl sm sn sp sr st sv sw sz th tr ts tw tz vl vr wh wr xh zb zd zh zl zs`);

/** Two names written together: "JSmith", "jsmith", "JaneSmith", "DrJane"; but not "DeShawn". */
function isTwo(word: string): boolean {
  const [, front = ''] = /^(\p{Lu}\p{Ll}*)\p{Lu}\p{Ll}/u.exec(word) ?? [];
  return (
    front.length === 1 ||
    front.length > 2 ||
    isTitle(front) ||
    (/^[a-z][^\Waeiouy]/.test(word) && !beginnings.has(word.slice(0, 2)))
  );
}

/** @param within the whole name: a word in capitals among others is no first name. */
function named(word: string | undefined, within: string): string | undefined {
  if (word === undefined || !isNameWord(word) || isTitle(word) || particles.has(fold(word))) return undefined;
  if (within === word ? isTwo(word) : isUpper(word) && !isUpper(within)) return undefined;
  return asName(word);
}

/** "JANE" and "jane" are "Jane"; anything else stays as it was written. */
const asName = (name: string): string =>
  isUpper(name) || name === name.toLowerCase()
    ? name.toLowerCase().replace(/(?<![\p{L}\p{M}\u200c])\p{Ll}/gu, (first) => first.toUpperCase())
    : name;
