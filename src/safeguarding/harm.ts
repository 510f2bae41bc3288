/**
 * Whether words tell of somebody who is harmed, or who harms themselves: "her uncle hurts her", "he is being hit", "I cut
 * myself". Narrower than the words that may be about danger, which a practice question ("self-harm training") and a word that
 * is talked about ("say hurt, not self-harmed") hold too. Never a judgement, kept nowhere.
 */
export const tellsOfHarm = (text: string): boolean => {
  const plain = text
    .slice(0, mostRead)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ');
  return patterns.some((pattern) =>
    [...plain.matchAll(pattern)].some(({ groups }) => groups?.name === undefined || isName(groups.name)),
  );
};

const isName = (word: string): boolean => /^\p{Lu}\p{Ll}+$/u.test(word);

/** In UTF-16 units; more than any form takes. */
const mostRead = 10_000;

const people =
  'i|he|she|they|who|somebody|someone|(?:step|foster |half[ -]?|grand)?(?:mother|father|mum|mummy|dad|daddy|brother|sister|son|daughter|parents?)|uncle|aunt|auntie|cousin|nan|nana|gran|grandad|husband|wife|partner|ex|boyfriend|girlfriend|boy|girl|child|baby|toddler|teenager|young person|kid|pupil|student|lad|man|woman|neighbour|carer|teacher|family';
/** Of one person: what is said of many ("children who were abused") is a subject. */
const one = people.replaceAll('parents?', 'parent').replace('|family', '').replace('they|who|', 'they|');
const between =
  "(?:'s|'d|'ve|'m)?(?: (?:is|am|are|was|were|has|have|had|been|be|keeps?|kept|always|often|sometimes|still|just|also|really|regularly|used to|wants? to|wanted to|tried to|tries to|trying to|going to|threatened to|will|would|might|may|could))*";
const doing =
  '(?:hurt(?:s|ing)?|harm(?:s|ed|ing)?|hit(?:s|ting)?|beat(?:s|ing)?|abus(?:e|es|ed|ing)|touch(?:es|ed|ing)?|kick(?:s|ed|ing)?|punch(?:es|ed|ing)?|slap(?:s|ped|ping)?|strangl(?:e|es|ed|ing)|rap(?:e|es|ed|ing)|molest(?:s|ed|ing)?|attack(?:s|ed|ing)?|assault(?:s|ed|ing)?|chok(?:e|es|ed|ing)|burn(?:s|ed|t|ing)?|stab(?:s|bed|bing)?|shak(?:es|ing)|kill(?:s|ed|ing)?)';
/**
 * Somebody by their name as well, whose capital is looked at apart: a pattern that switches `i` off inside answered
 * differently from run to run on Node 26.
 */
const whom = `(?:me|him|her|them|us|(?:my|his|her|their|the|a|this|our) (?:\\p{L}+ )?(?:${people}|children|kids|boys|girls|twins)|(?<name>\\p{L}+))`;
const done =
  '(?:hurt|harmed|hit|beaten|abused|kicked|punched|slapped|strangled|raped|molested|attacked|assaulted|choked|stabbed|threatened|groomed)';
const oneself = '(?:myself|himself|herself|themselves|themself)';

/**
 * A name's capital is looked at apart. All but the one with a name are in one piece, since what stands before a word is then
 * looked at once at each place.
 */
const patterns = [
  `(?:${people})${between} ${doing} ${whom}`,
  [
    `(?:being|getting|gets|got) (?:\\p{L}+ly )?(?:${done}|touched)`,
    `(?:${one})(?:'s|'m)?(?: (?:is|am|are|was|were|has|have|had|been))+ (?:\\p{L}+ly )?${done}`,
    `(?:${people})${between} (?:cut(?:s|ting)?|hurt(?:s|ing)?|harm(?:s|ed|ing)?|burn(?:s|ed|t|ing)?|kill(?:s|ed|ing)?) ${oneself}`,
    `(?:${people}) (?:wants?|wanted) to (?:die|end it|kill)`,
    `(?:not|n't|isn't) (?:feel )?safe (?:at home|with (?:my|his|her|their))|unsafe at home`,
    `(?:scared|afraid|frightened|terrified) (?:to go home|of (?:my|his|her|their) (?:${people}))`,
    `disclos(?:es|ed|ing) (?:\\p{L}+ ){0,2}(?:abuse|harm|rape|violence)`,
  ].join('|'),
].map((pattern) => new RegExp(`(?<![\\p{L}'])(?:${pattern})(?![\\p{L}])`, 'giu'));
