import { isEnglish, isNameToo } from '../../../content/english.ts';
import { isSmallWord, wordsOf } from '../../../content/words.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import type { Found } from './search.ts';

/**
 * The words of a question that found nothing which may be kept for the curators. They are kept one by one and as nobody's, so
 * what may be a name, of a child, a family or a street, is never among them: only plain English words are, and none of a
 * question in which a word stood that is none. That one may be a surname, and its neighbour, "hope", a first name.
 */
export function wordsToKeep(
  text: string,
  { hits, unknown, corrections }: Pick<Found, 'hits' | 'unknown' | 'corrections'>,
  looksIdentifiable: (text: string) => boolean,
): string[] {
  if (hits.length > 0 || strangeWords({ unknown, corrections }).length > 0) return [];
  const withCapital = new Set((text.match(/\p{Lu}[\p{L}\p{M}'\u2019-]*/gu) ?? []).flatMap(wordsOf));
  const ofPlaces = namesOfPlaces(text);
  const words = [...new Set(unknown)]
    .filter((word) => mayKeepWord(word) && !withCapital.has(word) && !ofPlaces.has(word))
    .slice(0, 8)
    .toSorted();
  // Asked last, since it takes longest.
  return words.length === 0 || seemsIdentifiable(text, looksIdentifiable) ? [] : words;
}

/** Whether a word by itself is plain English and nobody's name: "printer", but not "baker", though that is a word as well. */
export const mayKeepWord = (word: string): boolean =>
  /^[a-z]{3,24}$/.test(word) &&
  !isSmallWord(word) &&
  isEnglish(word) &&
  [word, word.replace(/s$/, '')].every((one) => !isNameToo(one) && !alsoNames.has(one));

/** Words that children are called by and that no list has with a capital. Not all there are: who a word means is never sure. */
// biome-ignore format: a list
const alsoNames = new Set(`
  abundance adore almond amazing amber ambition amethyst amity angel apple apricot archer aria aspen aura aurora autumn azure
  bay bear beauty beloved berry birch bird blessed blessing bliss blossom blue bluebell bold bonny bounty brave breeze briar
  bright brook bryony buddy bunny buttercup cadence calm candy captain caramel cedar celebrate celestial charisma charity
  charm cheer cherish cherry chief cinnamon clarity clement clover coco cocoa comet comfort concord constance copper coral
  courage cove coy cricket crimson crystal cub cyan cypress daffodil daisy darling dawn dazzle deer delight desire destiny
  devotion diamond divine dove dragon dream duchess dusk eagle earnest eclipse eden elation elm ember emerald empress
  endurance eternity excellence excellent fable faith faithful falcon favour favoured feather fern fidelity finch flame flint
  flora flower forest fortunate fortune fox free freedom friend gale galaxy garland garnet gem genesis gift gifted ginger glad
  glen glory gold golden goodness grace gracious gratitude grey grove happiness happy harbour harmony harper harvest haven
  hawk hazel heart heath heaven heavenly heir hero holiday hollow holly honest honesty honey honour hope humble humility
  hunter indigo infinity innocence innocent island ivory ivy jade jasmine jasper jet jewel journey joy joyful joyous jubilee
  judge justice keen kestrel kind kindness king kit kitten knight lake lamb lark laurel lavender leaf legacy legend liberty
  light lilac lily lion lotus love loveliness lovely loving loyal loyalty lucky lullaby lyric magic magnolia maiden majesty
  maple marigold marvel marvellous mason maverick may meadow melody memory mercy merit merry meteor midnight miracle mirth
  mist modesty moon morning moss myrtle mystery nectar noble nova oak oasis obedience ocean olive onyx opal orchid ore otter
  paradise passion patience patient peace peaceful peach peaches pearl pepper perfect perseverance petal phoenix pine pink
  pixie plum poet poppy power praise prayer precious pretty pride primrose prince princess privilege prize progress promise
  prosper prosperity prosperous providence prudence pumpkin purity queen quest rain rainbow rapture raven ray rebel redeem
  reed regal reign rejoice remedy remember reverence revival reward rich ridge river robin rock rocket rosary rose rosebud
  rosemary rowan royal royalty ruby sabre saffron sage sailor saint salvation sandy sapphire saviour scarlet sea season
  secret seraph serene serenity shadow shine silence silk silver sincere sincerity sky snow snowdrop solace solitude song
  sparkle sparrow spirit spring star starling starlight stellar sterling stone storm story strength success sugar summer
  sun sunday sunflower sunny sunrise sunset sunshine surprise swan sweet sweetness sweety swift talent tansy teal temperance
  tender testimony thankful thorn thunder thyme tiger topaz treasure tree trinity triumph true trust trusty truth tulip
  twilight unique unity valiant valley valour vanilla velvet venture verity victor victorious victory violet virtue
  vision vivacious warrior water welcome whisper wild will willow winner winter wisdom wise wish wonder wonderful woody
  wren yarrow young zeal zenith zephyr`.trim().split(/\s+/));

/** Words of a question that neither the catalogue nor the language knows, as they were typed: names, often. */
export const strangeWords = ({ unknown, corrections }: Pick<Found, 'unknown' | 'corrections'>): string[] =>
  [...unknown, ...corrections.map(({ typed }) => typed)].filter(
    (word) => !isSmallWord(word) && !isEnglish(word),
  );

/** Where they stand in the text, whole: of "okonkwo-bamgbose" not one half. In capitals it is a short form, mostly. */
export function strangeIn(text: string, found: Pick<Found, 'unknown' | 'corrections'>): Finding[] {
  const strange = new Set(strangeWords(found));
  return [...text.matchAll(/[\p{L}\p{M}\p{N}'\u2019-]+/gu)].flatMap(({ 0: word, index: start }) =>
    /^\p{Lu}{2,5}$/u.test(word) || !wordsOf(word).some((one) => strange.has(one))
      ? []
      : [{ kind: 'name', start, end: start + word.length }],
  );
}

/** "mare street" and "grove primary": the word before these is what a place is called. */
const beforePlaces =
  /([\p{L}'\u2019-]+)\s+(?:street|st|road|rd|lane|avenue|close|crescent|terrace|gardens|square|estate|court|house|tower|school|primary|academy|nursery|family)\b/giu;

const namesOfPlaces = (text: string): Set<string> =>
  new Set([...text.matchAll(beforePlaces)].flatMap(([, name = '']) => wordsOf(name)));

/** If the check itself fails, nothing is kept: these words are for us, nobody loses them. */
function seemsIdentifiable(text: string, looksIdentifiable: (text: string) => boolean): boolean {
  try {
    return looksIdentifiable(text);
  } catch {
    return true;
  }
}
