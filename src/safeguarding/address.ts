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
const low = String.raw`(?:(?!(?:the|a|an|of|in|on|to|our|this|that|one|two|main|side|back|busy|new|way|from|long|no)[ ])[\p{L}'-]+[ ]){1,2}(?:${plainKinds})(?![\p{L}-])`;

const patterns = [
  // "Flat 9, 14 Sample Street", "27 Example Road", "41-43 Nowhere Terrace".
  String.raw`(?<![\p{L}\p{N}.,/:£-])(?:${flat},?[ \n])?${number},?[ ]${street}`,
  // "Flat 12B Fairytale Court", "Flat 22, Fictional House, Invented Lane".
  String.raw`(?<!\p{L})${flat},?[ \n]${street}(?:,?[ ]${street})?`,
  // On a phone, without capitals: only where somebody is said to live, to go or to come from there.
  String.raw`(?<=\b(?:from|at|to|address|lives?|living|outside|visited|near|moved|is)(?:[ ]|:[ ]))(?:${flat},?[ ])?${number},?[ ]${low}`,
].map((pattern) => new RegExp(pattern, 'gu'));

/** "Session 2 The Long Road", "Year 4 Oak House". */
const counted =
  /\b(?:session|chapter|part|week|year|level|module|step|table|figure|group|class|unit|day|stage|key stage|key|volume|ages?|no|top)[ ]$/i;
/** "24 Hour Drive", and names of months in a date ("3 May Road show"), but not what begins like one ("12 Mare Street"). */
const notStreet =
  /^[^\p{L}]*(?:Hours?|Minutes?|Days?|Weeks?|Months?|Years?|Miles?|Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)[ ]/u;

/** A number, a name and a kind of street; where a service is, anybody may know. */
export const findAddresses = (text: string): Stretch[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ 0: written, index }) => {
      const earlier = text.slice(Math.max(0, index - 120), index);
      if (counted.test(earlier) || notStreet.test(written)) return [];
      return isPublicPlace(earlier.replace(/^.*(?:\n|[.!?] )/s, ''))
        ? []
        : [{ start: index, end: index + written.length }];
    }),
  );
