import { isOtherWord, mayBeName } from '../content/no-names.ts';
import { once } from '../lib/once.ts';
import type { Stretch } from './fold.ts';

/**
 * By cue phrase only. Lists of names miss minoritised communities and flag Grace, Hope and Will; so nothing here knows any
 * name, and a service that was rung ("a mother called Childline") is left alone. Authors, trainers and supervisors are
 * named in every reflection: only a title or a family's word makes a name somebody's here.
 */
export function findNames(text: string): FoundName[] {
  // Without a capital there is none of the names that begin with one, which is what most of these patterns are about.
  const written = /\p{Lu}/u.test(text) ? text : '';
  const told = sayWho
    .flatMap((pattern) => matches(pattern, written))
    .filter((one) => !services.test(one.name) && !isOtherWord(one.name));
  const hinted = [
    ...hints.flatMap((pattern) => matches(pattern, written).flatMap(likely)),
    ...matches(withAge, written).flatMap((one) => likely(withoutVerb(one))),
    ...matches(withYear, written).flatMap((one) => likely(withoutVerb(one))),
    ...matches(calledSo, written)
      .filter(({ name }) => !services.test(name))
      .flatMap(likely),
    ...matches(setApart, written).filter(({ name }) => !isOtherWord(name)),
    ...lowerCase.flatMap((pattern) => matches(pattern, text)).filter(({ name }) => mayBeName(name)),
    ...matches(withKin, written).flatMap((one) => likely(withoutVerb(one))),
    ...matches(lowWithKin, text).filter(({ name }) => name.split(' ').every(mayBeName)),
    ...matches(withTheirKin, written).flatMap(likely),
    ...matches(wholeFamily, written).flatMap(likely),
  ];
  const anybodys = [
    ...listed.flatMap((pattern) => matches(pattern, written).flatMap(likely)),
    ...matches(titled, written).flatMap(titledName),
    ...matches(highTitled, written).flatMap(titledName),
    ...matches(lowTitled, text).filter(({ name }) => !joining.test(name)),
    ...forWhom.flatMap((pattern) => matches(pattern, written)).filter(({ name }) => isFullName(name)),
    ...matches(lowForWhom, text).filter(({ name }) => isFullName(name)),
    ...findNamesWithDates(text).map(({ name }) => name),
    ...matches(initial, written).filter(({ name }) => mayBeName(name.slice(0, -2)) && !lettered.test(name)),
  ];
  const ofFamily = [...told, ...hinted].map((one) => (one.isOfColleague ? one : asFamily(one)));
  return [...ofFamily, ...anybodys].flatMap((one) => [
    one,
    ...others(text, one).map((other) => ('isOfFamily' in one ? asFamily(other) : other)),
  ]);
}

/**
 * A full name right beside a full date: whose birthday it is, mostly. An author's may be beside one too, so that whoever
 * wrote it may keep the name.
 */
export const findNamesWithDates = (text: string): { name: Stretch; date: Stretch }[] =>
  (/\d/.test(text) ? withDate : []).flatMap((pattern) =>
    [...text.matchAll(pattern())].flatMap(({ indices, 1: written = '' }) => {
      const [, [, end] = [0, 0], date] = indices ?? [];
      // "Saw Emma Johnson": the sentence begins with a capital too.
      const words = written.split(' ');
      const name = words.slice(Math.max(0, words.findIndex(mayBeName))).join(' ');
      return date && isFullName(name)
        ? [{ name: { start: end - name.length, end }, date: { start: date[0], end: date[1] } }]
        : [];
    }),
  );

/** A first name and a second, and nothing that makes a place or a service of them. */
const isFullName = (name: string): boolean => {
  const words = name.split(' ');
  return (
    words.length > 1 &&
    words.every(
      (word, nth) =>
        (nth > 0 && /^\p{Lu}\p{Ll}/u.test(word) ? !isOtherWord(word) : mayBeName(word)) &&
        !ofPlaces.test(word),
    )
  );
};

/** "Emma's mum", "Emma Johnson's older brother": only for what goes to others, since a colleague may have a sister too. */
export const findOwnersOfKin = (text: string): Stretch[] =>
  matches(ownersOfKin, text)
    .flatMap((one) => likely(withoutVerb(one)))
    .map(({ start, end }) => ({ start, end }));

/** See `Finding`. */
type FoundName = Stretch & { isOfFamily?: true };
const asFamily = <Found extends Stretch>(found: Found): Found & { isOfFamily: true } => ({
  ...found,
  isOfFamily: true,
});

/** Words that make a place or a service of the name before them. */
const ofPlaces =
  /^(?:Street|Road|Lane|Avenue|Square|Green|Park|House|Court|Hall|Hill|Gate|Town|Estate|School|Academy|College|University|Nursery|Primary|Hospital|Ward|Clinic|Surgery|Centre|Center|Children|Trust|Council|Borough|Team|Service|Services|Hub|Hubs|Church|Mosque|Project|Foundation|Partnership|Network|Report|Review|Model|Scale|Theory|Act|Day|Week|Month|Festival|Language|Community)$/;

/**
 * A first name with a second, whoever it is. Only for where something was seen already: authors, trainers and supervisors are
 * named in every reflection.
 */
export const findFullNames = (text: string): Stretch[] =>
  matches(fullName, text).flatMap(({ start, name }) => {
    const words = name.split(' ');
    // "With Tom Brown": the sentence begins with a capital too.
    const first = words.findIndex(mayBeName);
    const [, ...rest] = words.slice(Math.max(0, first));
    if (first < 0 || rest.length === 0) return [];
    if (rest.some((word) => isOtherWord(word) || ofPlaces.test(word))) return [];
    return [
      {
        start: start + words.slice(0, first).join(' ').length + Math.min(first, 1),
        end: start + name.length,
      },
    ];
  });

type Named = Stretch & { name: string; isOfColleague?: boolean };

const matches = (pattern: () => RegExp, text: string): Named[] =>
  text === ''
    ? []
    : [...text.matchAll(pattern())].flatMap(({ indices, 0: whole }) => {
        const [start, end] = indices?.[1] ?? [0, 0];
        const isOfColleague = /\bcolleague/i.test(whole);
        return end > start ? [{ start, end, name: text.slice(start, end), isOfColleague }] : [];
      });

/** The part of it that may be a name, from its first word on: "Maya Okafor", and of "Kofi Monday" the first. */
function likely({ start, name, ...rest }: Named): Named[] {
  const words = name.split(' ');
  const until = words.findIndex((word) => !mayBeName(word));
  const kept = (until < 0 ? words : words.slice(0, until)).join(' ');
  return kept === '' ? [] : [{ ...rest, start, end: start + kept.length, name: kept }];
}

/** Behind a title any word is a name, "Mrs Begum" and "Mr Hope"; only what comes behind that may be another. */
function titledName(one: Named): Named[] {
  const [first = '', ...others] = one.name.split(' ');
  if (isOtherWord(first)) return [];
  const until = others.findIndex((word) => !mayBeName(word));
  const kept = [first, ...(until < 0 ? others : others.slice(0, until))].join(' ');
  return [{ ...one, end: one.start + kept.length, name: kept }];
}

/** "Visited Maria": the sentence begins with a capital too. */
function withoutVerb(one: Named): Named {
  const [first = '', ...rest] = one.name.split(' ');
  if (rest.length === 0 || mayBeName(first)) return one;
  const start = one.start + first.length + 1;
  return { start, end: one.end, name: rest.join(' ') };
}

const onward = /^(?:, (?:and )?| and | & |\/)(\p{Lu}[\p{Ll}\p{M}'-]+)(?![\p{L}'])/u;
const backward = /(?<![\p{L}'.] ?)(\p{Lu}[\p{Ll}\p{M}'-]+)(?: and | & )$/u;

/** "Ife and Tayo", "Lily, Jack and Ava": whoever is named beside somebody. */
function others(text: string, { start, end }: Stretch): Stretch[] {
  const found: Stretch[] = [];
  const [, before = ''] = backward.exec(text.slice(Math.max(0, start - 40), start)) ?? [];
  if (before !== '' && mayBeName(before)) {
    const from = text.lastIndexOf(before, start - 1);
    found.push({ start: from, end: from + before.length });
  }
  for (let at = end; ; ) {
    const [whole = '', name = ''] = onward.exec(text.slice(at, at + 60)) ?? [];
    if (name === '' || !mayBeName(name)) return found;
    found.push({ start: at + whole.length - name.length, end: at + whole.length });
    at += whole.length;
  }
}

const family = [
  '(?:step|half[ -]?|god)?(?:brother|sister|son|daughter|mother|father|mum|dad)',
  '(?:great[ -]?)?(?:nan|nana|nanny|gran|granny|grandma|grandmother|grandad|grandfather|grandpa)',
  'mummy|daddy|sibling|twin|cousin|niece|nephew|aunt|auntie|aunty|uncle|husband|wife|girlfriend|boyfriend|partner|ex',
].join('|');
const child =
  'youngest|eldest|oldest|boy|girl|child|baby|toddler|infant|newborn|teenager|teen|lad|kid|young person|pupil|student';
const grown = 'woman|man|lady|client|patient|service user|carer|neighbour';
const who = `(?:${family}|${child}|${grown}|colleague)`;
/** At the beginning of a sentence, too. */
const anyWho = `(?:${[who, capitalised(`${family}|${child}|${grown}`)].join('|')})`;
function capitalised(words: string): string {
  return words.replace(/(?<=^|\|)\p{Ll}/gu, (letter) => letter.toUpperCase());
}
const many = `(?:twins|triplets|brothers|sisters|siblings|sons|daughters|children|kids|boys|girls|babies|parents|cousins)`;

const oneName = String.raw`\p{Lu}[\p{Ll}\p{M}']+(?:-\p{Lu}[\p{Ll}\p{M}']+){0,3}`;
const name = `(${oneName}(?:[ ]${oneName}){0,2})`;
const end = String.raw`(?![\p{L}\p{N}'-])`;
/** When the first text is looked at: making them takes a tenth of what all files do at a start. */
const gu = (pattern: string): (() => RegExp) => once(() => new RegExp(pattern, 'gud'));
const fullName = gu(String.raw`(?<![\p{L}\p{N}'.-])(${oneName}(?:[ ]${oneName}){1,2})${end}`);

/** Somebody is said to have this name, whatever word it is: "a girl called Hope". */
const sayWho = [
  String.raw`\b${who},?[ ](?:who (?:is|was) )?named[ ]${name}`,
  String.raw`\b[Aa]n?[ ](?:[\p{Ll}-]+[ ]){0,2}${who},?[ ](?:who (?:is|was) )?called[ ]${name}`,
  String.raw`\b(?:[Hh]e|[Ss]he|[Ww]ho|${anyWho})(?:'s|[ ]is|[ ]was)[ ](?:called|named)[ ]${name}`,
  String.raw`\b(?:[Hh]is|[Hh]er|[Tt]heir|[Cc]hild's|[Mm]um's|[Dd]ad's|[Bb]aby's|${who}'s)[ ](?:(?:first|last|full|given|real|middle)[ ])?[Nn]ame(?:'s|[ ](?:is|was))[ ]${name}`,
  String.raw`\b(?:[Cc]hild|[Mm]um|[Dd]ad|[Bb]aby|${who})(?:'s|s')?[ ](?:full[ ])?[Nn]ame[ ]?[:=-]?[ \n]${name}`,
  String.raw`\b${who}[ ]by the name of[ ]${name}`,
].map(gu);

/** "The boy called Tyrone", "her little daughter called Leyla"; whom a mother called by telephone is a service, mostly. */
const calledSo = gu(
  String.raw`\b(?:[Tt]he|[Tt]h(?:is|at)|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y|[Oo]ne|[Aa]nother)[ ](?:[\p{Ll}-]+[ ]){0,2}(?:${family}|${child}),?[ ]called[ ]${name}${end}`,
);

const age = String.raw`(?:1?\d)(?![\d/.:%-]\d|\d)`;
/** What goes on behind somebody's age: "Ruby, 14, at …", and not "Monday, 14 of us". */
const afterAge = String.raw`(?=[ ]?(?:[,;.)\n]|$|years? old|months? old|weeks? old|y/?o\b|who\b|and\b|is\b|was\b|has\b|told\b|said\b))`;
const ages = [
  String.raw`[ ]?\([2-9]\d[ ]?(?:y|yrs?|years?)?(?:[ ]old)?\)`,
  String.raw`,?[ ]\(?aged?[ ]\d{1,2}(?!\d)`,
  String.raw`,?[ ]\(?(?:who|she|he)?[ ]?(?:is[ ])?(?:just[ ]|only[ ]|nearly[ ]|now[ ])?${age}${afterAge}`,
  String.raw`[ ]?\(${age}[ ]?(?:y|yrs?|years?|months?|m|weeks?)?(?:[ ]old)?\)`,
  String.raw`,?[ ]\(?a[ ]${age}[- ](?:year|month|week)[- ]old`,
];
/** "In Hackney, 9 of us" tells no age. */
const notAPlace = String.raw`(?<!\b(?:[Ii]n|[Aa]t|[Tt]o|[Ff]rom|[Oo]n|[Nn]ear|[Oo]f|[Bb]y|[Ss]ince|[Aa]s|[Dd]r|[Pp]rof)[ ])`;

/** "Maria K": a letter behind a name stands for another; "I" and "A" are words. */
const initial = gu(String.raw`(?<![\p{L}\p{N}'.-])(${oneName}[ ][B-HJ-Z])(?![\p{L}\p{N}'/&-]|\.\p{L})`);
/** "Strep B", and no name. */
const lettered = /^(?:Strep|Hep|Covid|Omega|Vit|Tier|Band|Grade)\b/;

/** "Maya Okafor, 5,", "Kofi, aged 7", "Ellie-Mae (4)", "Maria Kowalski (32)", "Ruby, who is 9", "Jayden is 6 and". */
const withAge = gu(`${notAPlace}(?<![\\p{L}'-])${name}(?:${ages.join('|')})`);

const year = String.raw`(?:(?:[Yy]ear|[Yy]r|Y)[ ]?1?\d|[Rr]eception|[Ss]ixth [Ff]orm)(?![\p{L}\p{N}])`;
/** "Shanice from Year 9", "Leyla (Year 10)", "Kwame, in Yr 8,", "Zofia, Y9". */
const withYear = gu(
  String.raw`${notAPlace}(?<![\p{L}'-])${name}(?:,?[ ](?:who[ ])?(?:is[ ])?(?:from|in|of)[ ]|,[ ]|[ ]?\()${year}`,
);
/** What may stand between a child and its name: "a girl of 14, …", "the boy in Year 9, …". */
const ofChild = String.raw`(?:[ ](?:of|aged?)[ ]\d{1,2}|[ ](?:from|in)[ ]${year}|,[ ](?:aged?[ ])?\d{1,2}|[ ]?\((?:aged?[ ])?\d{1,2}\))`;

/** A title makes a name of what follows, whoever it is. */
const titled = gu(String.raw`(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Mx)[ ]${name}${end}`);
const highTitled = gu(String.raw`(?<!\p{L})(?:MRS?|MISS)\.?[ ](\p{Lu}{3,})(?![\p{L}\p{N}'-])`);
const lowTitled = gu(String.raw`(?<!\p{L})[Mm]rs?\.?[ ](\p{Ll}[\p{Ll}\p{M}']+)(?![\p{L}\p{N}'-])`);
const joining = /^(?:and|or|in|is|was|who|the|but|for|to|at|on|as|of|has|had|said|here|came|went)$/;

/** And so does a list's own word; behind "Mrs." another sentence may begin. */
const listed = [
  String.raw`(?<!\p{L})(?:Mr|Mrs|Ms|Miss|Mx)\.[ ]${name}${end}`,
  String.raw`(?:^|\n|[.;,] )[Nn]ame[ ]?[:=][ \n]?${name}${end}`,
].map(gu);

/** The sentence hints at a name: whether it can be one, its words decide. */
const hints = [
  // "mum is Nadia", "her brother was Idris".
  String.raw`\b(?:${family}|[Mm]um|[Dd]ad|[Bb]aby|${child}|${grown})(?:'s|[ ]is|[ ]was)[ ]${name}${end}`,
  // "baby Noah", "Mum Comfort", "his daughter Sienna", "the mother, Marta,", "Dad (Tomasz)".
  String.raw`(?<![\p{L}-])(?:${family}|[Mm]um|[Mm]other|[Ff]ather|[Dd]ad|[Nn]an|[Gg]ran|[Bb]aby|${child}|${grown})(?:[ ]|,[ ]|[ ]?\()${name}${end}`,
  String.raw`(?<![\p{L}-])[Ll]ittle[ ]${name}${end}`,
  String.raw`\b(?:[Cc]hildren|${many})(?:[ ](?:are|were|called|named))?(?:[ ]|,[ ]|:[ ]|[ ]?\()${name}${end}`,
  String.raw`\b${name}(?:(?:, | and | & )${oneName}){0,4}[ ](?:is|are|was|were)[ ](?:his|her|their|the child's|the children's)[ ]names?\b`,
  // "a girl of 14, Shanice", "the child, 4, called Amira".
  String.raw`\b(?:${child}|${capitalised(child)})${ofChild}[, ]{1,2}(?:(?:who (?:is|was) )?(?:called|named)[ ])?${name}${end}`,
  String.raw`(?<!\p{L})[Yy]ear[ ]1?\d(?:'s)?[ ]${name}${end}`,
  // "a referral for Tyrone Biggs", "we referred Kofi to speech therapy".
  String.raw`\b[Rr]eferral(?:[ ](?:form|letter))?[ ](?:for|of|about)[ ]${name}${end}`,
  String.raw`\b[Rr]efer(?:red|ring|s)?[ ]${name}[ ](?:to|for|on|in)\b`,
  String.raw`\b\d{1,2}[- ](?:year|month|week|day)[- ]old[ ]${name}${end}`,
].map(gu);

/** "mum, Joy, and dad (Will)": a capital within the sentence, between signs, makes a name of any word. */
const setApart = gu(
  String.raw`(?<=\p{L}[ ]|^)(?:${family}|baby|${child})(?:, | ?\()(${oneName})(?=[,)]|\. |\.?$)`,
);

const lowName = String.raw`(\p{Ll}[\p{Ll}\p{M}']+)(?![\p{L}\p{N}'-])`;
/** Written on a phone, without capitals. */
const lowerCase = [
  String.raw`\b[Aa]n?[ ](?:[\p{Ll}-]+[ ]){0,2}(?:${who}|one),?[ ](?:who (?:is|was) )?(?:called|named)[ ]${lowName}`,
  String.raw`\b(?:[Hh]e|[Ss]he|${who})(?:'s|[ ]is|[ ]was)[ ](?:called|named)[ ]${lowName}`,
  String.raw`\b(?:[Hh]is|[Hh]er|[Tt]heir|${who}'s)[ ](?:first[ ])?name(?:'s|[ ](?:is|was))[ ]${lowName}`,
].map(gu);

const lowWord = String.raw`\p{Ll}[\p{Ll}\p{M}']+`;
const theirKin = String.raw`(?:her|his|their)[ ](?:\p{Ll}+[ ]){0,2}(?:${family}|parents|foster carers?)(?!\p{L})`;
const befell = String.raw`(?:[ ](?:was|is|has been|got|gets|had been|is being|was being))[ ](?:\p{Ll}+[ ]){1,3}(?:(?:by|from|with|at|to|of)[ ]${theirKin}|by[ ](?:${family})(?!\p{L}))`;
/** "Emma Johnson was hit by her dad": of whom somebody's family is said like this, that is the child. */
const withKin = gu(String.raw`(?<![\p{L}\p{N}'.-])${name}${befell}`);
const lowWithKin = gu(String.raw`(?<![\p{L}\p{N}'.-])(${lowWord}(?:[ ]${lowWord})?)${befell}`);
const plainName = String.raw`\p{Lu}[\p{Ll}\p{M}]+(?:-\p{Lu}[\p{Ll}\p{M}]+)?`;
const ownersOfKin = gu(
  String.raw`(?<![\p{L}\p{N}'.-])(${plainName}(?:[ ]${plainName}){0,2})'s[ ](?:(?:older|younger|elder|little|big|baby|foster|birth|late|new)[ ])?(?:${family})(?![\p{L}-])`,
);
/** "The Johnson family", and no service for families. */
const wholeFamily = gu(
  String.raw`\b[Tt]he[ ](${oneName})[ ](?:family|household|siblings)(?![\p{L}-])(?![ ](?:hub|centre|court|support|service|group|nurse|first|partnership|therapy|model|approach|programme)s?\b)`,
);
/** "For Emma and her mum". */
const withTheirKin = gu(String.raw`\b[Ff]or[ ]${name}(?:,| and| &)[ ]${theirKin}`);

const twoNames = `(${oneName}(?:[ ]${oneName}){1,2})`;
/** Whom a page is for: "For Emma Johnson", "might help for Emma Johnson". In a story anybody may have had something done for them. */
const forWhom = [
  String.raw`(?:^|[\n.!?;:][ ]*|\bthis (?:one )?is )[Ff]or[ ]${twoNames}${end}`,
  String.raw`(?:^|\n)(?:[Rr]e:?|[Aa]bout|[Rr]egarding|[Cc]oncerning|[Ss]tory of|[Cc]ase of)[ ]${twoNames}${end}`,
  String.raw`\b(?:[Gg]ood|[Uu]seful|[Hh]elpful|[Rr]ight|[Pp]erfect|[Gg]reat|[Ii]deal|[Hh]elps?|[Mm]eant|[Tt]his|[Oo]ne|[Rr]ead|[Pp]age|[Ss]aved|[Pp]rint(?:ed)?)[ ]for[ ]${twoNames}${end}`,
].map(gu);
const lowForWhom = gu(
  String.raw`(?:^|[\n.!?;:][ ]*)[Ff]or[ ](${lowWord}[ ]${lowWord})(?=[ ]?(?:$|[,.;:(\n]|who\b|and\b|\d))`,
);

const wordedDate = String.raw`\d{1,2}(?:st|nd|rd|th)?[ ](?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ept?(?:ember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)[ ](?:19|20)\d\d`;
const fullDate = String.raw`\d{1,2}(?<sign>[/.-])\d{1,2}\k<sign>(?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d-\d\d-\d\d`;
const notAuthored = String.raw`(?<!\b(?:[Bb]y|[Ww]ith|[Ff]rom|[Ss]ee|Dr|Prof)\.?[ ])`;
/** "Emma Johnson 12/03/2019", "Emma Johnson (12 March 2019)"; "a talk by Emma Johnson, 12/03/2026" is one. */
const withDate = [oneName, lowWord, String.raw`\p{Lu}{2,}`].map((word) =>
  gu(
    String.raw`(?<![\p{L}\p{N}'.-])${notAuthored}(${word}(?:[ ]${word}){1,3})(?:,?[ ]|[ ]?\(|[ ][-\u2013][ ])(${wordedDate}|${fullDate})(?![\p{L}\d]|[/.-]\d)`,
  ),
);

const services =
  /^(?:Childline|Samaritans|Police|Social|Children|Refuge|Shout|Early|Family|Mosaic|Emergency|Safeguarding|The|Victim|Women|Hackney|City|Citizens|Housing|Environmental|Home-?[Ss]tart|Barnardo|Talking|Young)\b/;
