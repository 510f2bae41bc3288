import type { Stretch } from './fold.ts';
import { isPublicPlace } from './postcode.ts';

/** Kinds of street that are hardly ever anything else behind a name, and those that are. */
const plainKinds = 'street|road|avenue|lane|terrace|crescent|mews|grove|close|gardens|st|rd|ave|gdns|cres';
const otherKinds =
  'way|walk|drive|court|place|square|hill|rise|row|yard|wharf|parade|estate|house|green|park|view|villas|buildings|mansions|ct|pl|sq|ln|cl|dr';
const capital = (kinds: string): string =>
  kinds
    .split('|')
    .flatMap((kind) => [kind, kind.charAt(0).toUpperCase() + kind.slice(1)])
    .join('|');

const number = String.raw`\d{1,4}[ ]?[A-Ha-h]?(?:[-/]\d{1,4}[A-Ha-h]?)?`;
const flat = String.raw`(?:[Ff]lat|[Aa]partment|[Aa]pt\.?)[ ]?(?:\d{1,4}[A-Za-z]?|[A-Z]\d{0,3})`;
const word = String.raw`\p{Lu}[\p{L}'.-]*`;
const street = String.raw`(?:${word}[ ]){1,3}(?:${capital(`${plainKinds}|${otherKinds}`)})(?!\p{L}|'s)`;
const low = String.raw`(?:(?!(?:the|a|an|of|in|on|at|by|off|near|to|our|this|that|one|two|main|side|back|busy|new|way|from|long|no)[ ])[\p{L}'-]+[ ]){1,2}(?:${plainKinds})(?![\p{L}-])`;

const lowOfAnyKind = low.replace(plainKinds, `${plainKinds}|${otherKinds}`);
/** Behind the street, as many write it elsewhere: "Mare Street 12, top bell", and no "Old Street 8 minutes". */
const after = String.raw`(?:,?[ ](?:[Nn]o\.?|[Nn]umber|[Ff]lat|#)[ ]?|[ ])(?!(?:19|20)\d\d(?!\d))${number}(?![\p{L}\p{N}:%/]|[.,]\d)`;
const behind = String.raw`${after}(?=[ ]?(?:[.,;)!?\n]|$)|[ ](?:and(?![ ]\d)|in|with|who|where|is|was|has|near|by|top|ground|first|second|third|basement|next|because|since|but|so|after|London|Hackney)\b)`;

const patterns = [
  // "Flat 9, 14 Sample Street", "27 Example Road", "41-43 Nowhere Terrace".
  String.raw`(?<![\p{L}\p{N}.,/:£-])(?:${flat},?[ \n])?${number},?[ ]${street}`,
  // "Flat 12B Fairytale Court", "Flat 22, Fictional House, Invented Lane".
  String.raw`(?<!\p{L})${flat},?[ \n](?:the[ ])?${street}(?:${after}|,?[ ]${street})?`,
  String.raw`(?<!\p{L})${flat},[ \n](?:${number},?[ ])?${lowOfAnyKind}(?:${after})?`,
  // "Mare Street 12", "Kingsland Road no. 4a".
  String.raw`(?<![\p{L}\p{N}'.-])${street}${behind}`,
  String.raw`(?<=\b(?:[Ff]amily|[Ll]iv(?:e|es|ing)|[Mm]um|[Cc]hild|[Bb]oy|[Gg]irl|[Hh]ome|[Ss]taying)[ ](?:is[ ]|lives[ ]|now[ ])?(?:at|in|on)[ ])${street}${after}(?![ ](?:people|families|children|minutes|times|weeks|months|years|days))`,
  // On a phone, without capitals: only where somebody is said to live, to go or to come from there.
  String.raw`(?<=\b(?:from|at|to|address|lives?|living|outside|visited|near|moved|is)(?:[ ]|:[ ]))(?:${flat},?[ ])?${number},?[ ]${low}`,
  String.raw`(?<=\b(?:from|at|in|on|to|address|lives?|living|outside|visited|near|moved|is)(?:[ ]|:[ ]))${low}${behind}`,
].map((pattern) => new RegExp(pattern, 'gu'));

/** "Session 2 The Long Road", "Year 4 Oak House". */
const counted =
  /\b(?:session|chapter|part|week|year|level|module|step|table|figure|group|class|unit|day|stage|key stage|key|volume|ages?|no|top)[ ]$/i;
/** "24 Hour Drive", and names of months in a date ("3 May Road show"), but not what begins like one ("12 Mare Street"). */
const notStreet =
  /^[^\p{L}]*(?:Hours?|Minutes?|Days?|Weeks?|Months?|Years?|Miles?|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)[ ]/u;

/** A number, a name and a kind of street; where a service is, anybody may know, unless `isAnybodys`. */
export const findAddresses = (text: string, isAnybodys = false): Stretch[] =>
  find(patterns, text, isAnybodys);

/** Where somebody lives without its number: "lives in Mare Street", "a flat off Kingsland Road". */
const home = [
  String.raw`\b(?:[Ll]iv(?:es?|ed|ing)|[Ss]tay(?:s|ed|ing)|[Mm]ov(?:ed|ing)|[Hh]ome|[Ff]lat|[Hh]ouse|[Aa]ddress|[Hh]ostel|[Rr]efuge|[Ss]leep(?:s|ing))(?:[ ]is)?(?:[ ](?:back|now|just|down|up|near|close|with[ ](?:his|her|their)[ ]\p{Ll}+))?(?:[ ](?:in|on|at|to|off|near|by|behind|opposite|from)|:)[ ](?:the[ ])?(${street})`,
].map((pattern) => new RegExp(pattern, 'gud'));

export const findHomes = (text: string): Stretch[] =>
  home.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return end > start ? [{ start, end }] : [];
    }),
  );

const find = (all: readonly RegExp[], text: string, isAnybodys: boolean): Stretch[] =>
  all.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 0: written, index }) => {
      const earlier = text.slice(Math.max(0, index - 120), index);
      if (counted.test(earlier) || notStreet.test(written)) return [];
      return !isAnybodys && isPublicPlace(earlier.replace(/^.*(?:\n|[.!?] )/s, ''))
        ? []
        : [{ start: index, end: index + written.length }];
    }),
  );
