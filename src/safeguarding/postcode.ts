import type { Stretch } from './fold.ts';

/** The letters British postcodes begin with. @see https://en.wikipedia.org/wiki/List_of_postcode_areas_in_the_United_Kingdom */
const areas = new Set(
  (
    'AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX ' +
    'FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE ' +
    'NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ ' +
    'TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'
  ).split(' '),
);

/** Outward and inward half. The last two letters are never C I K M O V. */
const pattern = /(?<![\p{L}\p{N}-])[A-Z]{1,2}\d[A-Z\d]?(?: {0,2}|-)\d[ABD-HJLNP-UW-Z]{2}(?![\p{L}\p{N}])/giu;

export function findPostcodes(text: string, isAnybodys = false): Stretch[] {
  return [...text.matchAll(pattern)].flatMap(({ 0: written, index }) => {
    const earlier = text.slice(Math.max(0, index - 200), index);
    const isCalledOne =
      /\b(?:post[ -]?code|p\/code|pc)\b[^\d\]\0]{0,20}$/i.test(earlier.slice(-30)) ||
      /^[ ,(-]{1,3}(?:is )?(?:(?:the|his|her|their|my) )?post[ -]?code\b/i.test(
        text.slice(index + written.length),
      );
    const sentence = earlier.replace(/^.*(?:\n|[.!?] )/s, '');
    return isLikelyPostcode(written, isCalledOne) && (isAnybodys || !isPublicPlace(sentence))
      ? [{ start: index, end: index + written.length }]
      : [];
  });
}

/** Where a service is, anybody may know: "the children's centre is at …". The nearest word decides. */
export function isPublicPlace(earlier: string): boolean {
  const last = (words: RegExp): number => [...earlier.matchAll(words)].at(-1)?.index ?? -1;
  return (
    last(
      /\b(?:centre|clinic|surgery|practice|hospital|nursery|library|office|offices|hub|town hall|police station|court|college|university|service)\b/gi,
    ) >
    last(
      /\b(?:liv(?:e|es|ed|ing)|home|house|flat|moved|stay(?:s|ed|ing)?|resid\w+|family|near|opposite|behind|post ?code)\b/gi,
    )
  );
}

const thirdPlace = /^[A-HJKPSTUW]$/;
const fourthPlace = /^[ABEHMNPRVWXY]$/;

/**
 * Capitals, or a space in the right place, and a real area. Practice shorthand passes all formal checks: "s47 2nd",
 * "s17 1st" and "s20 3rd" are sections of the Children Act, and "in s1 4hr" is a time.
 */
function isLikelyPostcode(written: string, isCalledOne: boolean): boolean {
  const compact = written.replace(/[ -]/g, '');
  const outward = compact.slice(0, -3).toUpperCase();
  const inward = compact.slice(-3);
  const [, area = '', rest = ''] = /^([A-Z]{1,2})(.+)$/.exec(outward) ?? [];
  if (!areas.has(area)) return false;
  const letter = /\d([A-Z])$/.exec(rest)?.[1];
  if (letter !== undefined && !(area.length === 1 ? thirdPlace : fourthPlace).test(letter)) return false;

  const isCapital = compact === compact.toUpperCase();
  if (isCalledOne) return true;
  if (!isCapital && !written.includes(' ')) return false;
  const isOrdinal = /^(?:1st|2nd|3rd|[04-9]th)$/i.test(inward);
  // In capitals "E8 2ND" may be an address; "S47 2ND" is the Act in a heading.
  if (isOrdinal && (!isCapital || area === 'S')) return false;
  return isCapital || !/^\d(?:st|nd|rd|th|yr|hr|ft|gb|tb|wd|pt)$/i.test(inward);
}
