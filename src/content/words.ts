/** More than anybody types: what is behind them is not read. */
const mostWords = 400;

/**
 * Lower case, no accents, letters and digits only: "Trauma-informed" → ["trauma", "informed"], "A&E" → ["a", "and", "e"],
 * "What's" → ["what", "is"].
 */
export function wordsOf(text: string): string[] {
  if (isPlain.test(text)) return wordsOfPlain(text);
  const plain = text
    // Before accents are taken off: taken apart, "´" is a space and an accent.
    .replace(apostrophes, "'")
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(\d),(\d{3})/g, '$1$2')
    .replace(/&/g, ' and ')
    .replace(somebodyDoes, '$1 is');
  return (
    plain
      .replace(/\p{L}+(?:'\p{L}+)*/gu, inFull)
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, mostWords) ?? []
  );
}

/** Nearly all that is looked up: nothing has to be taken off it, and only what is run together to be said in full. */
const isPlain = /^[A-Za-z -]*$/;

function wordsOfPlain(text: string): string[] {
  const words: string[] = [];
  for (const word of text.toLowerCase().replaceAll('-', ' ').split(' ')) {
    const said = runTogether.get(word);
    if (said !== undefined) words.push(...said.split(' '));
    else if (word !== '') words.push(word);
  }
  return words.length > mostWords ? words.slice(0, mostWords) : words;
}

/** All that phones, word processors and hurried hands put in its place. */
const apostrophes = /[`\u00b4\u02b9\u02bb\u02bc\u02c8\u2018\u2019\u201b\u2032\u2035\uff07]/g;

/** What people run together, with the apostrophe or without. Left out is what is a word of its own too: ill, were, id, its. */
const runTogether: ReadonlyMap<string, string> = new Map([
  ...each('do does did is are was were has have had could should would might must need ought', 'nt', 'not'),
  ...each('what who where when how why that there here she he', 's', 'is'),
  ...each('i you we they could should would might must', 've', 'have'),
  ...each('you they', 're', 'are'),
  ...each('you they it', 'll', 'will'),
  ...each('you they', 'd', 'would'),
  ['im', 'i am'],
  ['lets', 'let us'],
  ['cant', 'can not'],
  ['cannot', 'can not'],
  ['wont', 'will not'],
  ['shant', 'shall not'],
  ['aint', 'is not'],
  ['gonna', 'going to'],
  ['wanna', 'want to'],
  ['gotta', 'got to'],
  ['gimme', 'give me'],
  ['lemme', 'let me'],
  ['dunno', 'do not know'],
  ['cmon', 'come on'],
  ['cos', 'because'],
  ['coz', 'because'],
]);

function each(words: string, ending: string, meaning: string): [string, string][] {
  return words.split(' ').map((word) => [word + ending, `${word} ${meaning}`]);
}

/** After these, "'s" is "is" or "has"; after anything else it is a possessive ("the child's voice"). */
const subject = /^(?:it|this|which|(?:every|some|any)(?:one|body|thing)|nobody|nothing)$/;
const endings: Readonly<Record<string, string>> = {
  "'ve": ' have',
  "'re": ' are',
  "'ll": ' will',
  "'d": ' would',
  "'m": ' am',
  "n't": ' not',
};

/** "mum's drinking" is what she does; "mum's group" is hers. Only for people, of whom it is said. */
const somebodyDoes =
  /\b(mum|mummy|mother|dad|daddy|father|baby|child|kid|son|daughter|boy|girl|teen|teenager|brother|sister|nan|gran|partner|husband|wife|boyfriend|girlfriend|client|patient|pupil|parent)'s(?= (?:not|been|got|gone|always|never|very|so|too|really|just|\p{L}{2,}ing)(?!\p{L}))/gu;

/** A word as it is said in full, so that "don't", "dont" and "do not" find the same. */
function inFull(word: string): string {
  // Most words have none.
  const hasApostrophe = word.includes("'");
  const known = runTogether.get(hasApostrophe ? word.replaceAll("'", '') : word);
  if (known !== undefined) return known;
  if (!hasApostrophe) return word;
  const [, head = word, ending = ''] = /^(.+?)('ve|'re|'ll|'d|'m|n't|'s)$/.exec(word) ?? [];
  if (ending === "'s") return subject.test(head) ? `${head} is` : `${head}s`;
  return ending === '' ? word : inFull(head) + (endings[ending] ?? '');
}

/** One spelling for "self-care", "self care", "selfcare"; one for "dad" and "dads". */
export const keyOf = (words: readonly string[]): string => words.map(singular).join('');

const singular = (word: string): string =>
  word.length > 3 && word.endsWith('s') && !word.endsWith('ss') && word !== 'news' ? word.slice(0, -1) : word;

const small = new Set(
  `a about am an and any anything are as at be been being best by can could did do does for from get give going good got
  had has have having he her him his how i if in into is it its just know let like looking may me might more must my need
  needs not of on one or ought our please resource resources s say see shall she should show so some someone something
  stuff tell than that the their them then there these they this those to up us use using want was we were what when where
  which while who why will with would you your find help helping info information`
    .split(/\s+/)
    .filter(Boolean),
);

/** Says nothing about what is wanted. */
export const isFiller = (word: string): boolean => small.has(word);

/** A filler, or a letter on its own: not worth a search by itself ("Child Q" is found by both its words). */
export const isSmallWord = (word: string): boolean => isFiller(word) || /^\p{L}$/u.test(word);

/** The words of a text that say what is wanted, in their order: "dad was not told" → ["dad", "told"]. */
export const tellingWords = (text: string): string[] => wordsOf(text).filter((word) => !isSmallWord(word));

const linking = new Set(
  `after again against always among because before behind between both during each either else even ever every few
  getting gets many maybe much never off often only other others out over own perhaps quite really same since still
  such though through toward towards under until upon very whether whom whose within without yet`.split(
    /\s+/,
  ),
);

/** Tells how words hang together: part of what people say, and nothing that could be looked for by itself. */
export const isLinking = (word: string): boolean => linking.has(word);

const weak = new Set(
  `adult adults age aged ages allow allowed ask asked asking babies baby back big birth boy boys bring call care
    carer carers case change changed child childhood children class client clients come dad dads daughter day
    different families family father fathers feel feeling feelings girl girls gp gps group happen happened hard
    health hold home house keep kid kids late lead leading learn learning lesson level life little local look make
    man manager managers measure men midwife midwives mother mothers move mum mums name near new night no note notes
    now nurse nurses old parent parents patient patients people person phone place practice practitioner
    practitioners pregnancy pregnant professional professionals pupil pupils put question questions read reading
    report right ring school schools send service services session sessions son staff start stop stress support talk
    talking teacher teachers team teams teen teenager teenagers teens thing things think thinking through time today
    toddler toddlers told too training trauma turn visit visits want way week woman women word words work worked
    worker workers working worried worry write writing wrong year years young himself herself itself themselves myself
    yourself ourselves`.split(/\s+/),
);

/** Nearly everything here is about it: alone it says too little, with another word it says more. */
export const isWeak = (word: string): boolean => weak.has(word);
