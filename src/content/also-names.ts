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

export const isAlsoName = (word: string): boolean => alsoNames.has(word);
