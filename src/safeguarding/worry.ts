import { wordsOf } from '../content/words.ts';
import { tellsOfHarm } from './harm.ts';

/**
 * What a worry in everyday words is about, by the id of its pathway in data/pathways.yaml. `child`: a child who may be
 * harmed, whom no one pathway is for: the children's services' front door is the answer.
 */
export type Worry = {
  about:
    | 'child'
    | 'child-neglect'
    | 'sexual-harm'
    | 'domestic-abuse'
    | 'child-mental-health'
    | 'perinatal-mental-health'
    /** Of an adult, for whom there is no pathway. */
    | undefined;
  /** Somebody may be in danger now. */
  isNow: boolean;
};

const inMonths =
  '\\d{1,2} ?(?:mo|mos|mths?|months?|wks?|weeks?)(?: olds?)?(?! (?:ago|later|course|programme|plan|review|pregnant))|\\d{1,2} (?:m|w|d|days?) olds?';
const youngest = `bab(?:y|ies)|babys|newborns?|infants?|neonates?|non mobile|pre mobile|not (?:yet )?(?:mobile|crawling)|unborn|${inMonths}`;
const child = `(?:${youngest}|child|childs|children|childrens|kids?|toddlers?|girls?|boys?|sons?|daughters?|pupils?|students?|teens?|teenagers?|lads?|twins?|siblings?|little (?:one|brother|sister)|young (?:person|people|girl|boy)|year (?:one|two|three|four|five|six|\\d{1,2})|\\d{1,2} (?:y|yr|yrs|year|years|yo) olds?|\\d{1,2} ?yo)`;
const adult =
  '(?:uncles?|aunt|auntie|dads?|daddy|mums?|mummy|father|mother|stepdad|stepfather|step (?:dad|father|brother)|stepbrother|stepmum|grandad|grandfather|grandpa|cousin|brother|teacher|coach|neighbour|priest|imam|babysitter|carer|lodger|man|men|adults?|someone|somebody|stranger|boyfriend|partner|family friend|older \\w+|another (?:child|boy|girl|pupil|kid))';
const partner =
  '(?:bf|boyfriend|boyfriends|gf|girlfriend|partner|partners|husband|hubby|wife|ex|exes|ex (?:partner|husband|wife|boyfriend|girlfriend)|baby ?daddy|babys (?:dad|father)|fiance|fiancee|fella)';

const said = (pattern: string): RegExp => new RegExp(`(?<!\\S)(?:${pattern})(?!\\S)`);

const ofChild = said(child);
const ofYoungest = said(youngest);
/** Marks of harm. A child who walks falls on knees and shins; burns are also cream, calories and the sun. */
const marks = said(
  'bruis(?:e|es|ed|ing)|black eyes?|(?:bite|slap|belt|burn|grip|strap|finger|hand) ?(?:marks?|prints?)|(?:cigarette|iron|friction) burns?|(?:with|has|have|had|got) (?:a )?burns?(?! out| off| cream)|burns? on|burnt (?:hands?|arms?|legs?|feet|foot|bottom|face)|scald(?:s|ed)?|welts?|torn frenulum|fingermarks?|handprints?|unexplained (?:injur(?:y|ies)|marks?)|injur(?:y|ies) (?:that )?(?:do|does|did|is|are) not (?:fit|match|explained|add up)',
);
const marksOfYoungest = said('fractur(?:e|es|ed)|broken (?:arm|leg|rib|ribs|bones?|collar ?bone|skull)');
const ofPlay = said(
  'leukaemia|haemophilia|bruises easily|knees?|shins?|football|first aid|sun ?burn|bruised (?:apple|banana|ego|fruit)s?',
);
const smacked = said(
  `${adult} (?:\\w+ )?(?:smack(?:s|ed|ing)?|spank(?:s|ed|ing)?|whip(?:s|ped|ping)?|cane[sd]?|thrash(?:es|ed|ing)?|belts|belted)|(?:smack(?:s|ed|ing)|spank(?:s|ed|ing)|whipp(?:ed|ing)|thrash(?:es|ed|ing)) (?:(?:him|her|them|the|his|their|my) ){0,2}(?:${child}|him|her|them)`,
);
const hurting = said(
  `(?:hurt(?:s|ing)?|harm(?:s|ed|ing)?|shak(?:e|es|ing)|shook|smother(?:ing|ed)?) (?:(?:a|the|my|her|his|their|this|our) )?(?:new ?born|bab(?:y|ies)|infant|toddler)`,
);

const relative =
  '(?:uncle|stepdad|stepfather|step (?:dad|father|brother)|stepbrother|grandad|grandfather|grandpa|cousin|brother|dad|daddy|father|lodger|neighbour|babysitter|coach|teacher|man|boyfriend|family friend)';
const touchedBy = said(`touched (?:\\w+ )?by (?:\\w+ )?${adult}`);
const touched = said(
  [
    `${child} (?:\\w+ )?touched (?:\\w+ )?by (?:(?:a|an|the|his|her|their|my|mums) )?${adult}`,
    `(?:touched|touching|touches) (?:him|her|them|me|${child}) (?:down there|inappropriately|sexually|private(?:s|ly)?|in bed|at night)|inappropriate(?:ly)? touch(?:es|ed|ing)?|touch(?:es|ed|ing)? inappropriately`,
    `touch(?:es|ed|ing)? (?:(?:a|the|his|her|their|my|two|some) )?(?:other|another|younger|little|smaller) (?:${child}|ones?|sister|brother|cousin)(?! (?:lunch|toys?|things|work|food|stuff|hair|pens?|bags?|coats?)(?!\\S))`,
    `${relative} (?:\\w+ )?(?:touch(?:es|ed|ing)) (?:her|him|them|me|${child})(?! (?:base|hands?|hearts?|shoulders?|with|very|so|deeply)(?!\\S))`,
    `${relative} (?:\\w+ )?(?:gets?|got|getting|comes?|came|coming|climb(?:s|ed|ing)) (?:in|into|in to) (?:her|his|their) bed(?:room)?`,
    `(?:show(?:ed|s|ing)?|expos(?:ed|es|ing)|flash(?:ed|es|ing)?) (?:(?:his|her|their|him) )?(?:privates?|private parts?|willy|penis|himself|genitals)`,
    `touch(?:es|ed|ing)? (?:(?:his|her|their|my|the|each others?|other childrens?|other kids?) ){1,2}(?:step ?)?(?:sisters?|brothers?|cousins?|privates?|private parts?|bits|bottoms?|willy|willies|vagina|penis)`,
    `(?:sexual(?:ly|ised)?|sexual (?:stuff|things)) (?:\\w+ ){0,3}(?:to|with|on|at) (?:(?:a|the|his|her|their|my|other|another|younger|little) ){0,2}(?:${child}|sister|brother|cousin)`,
    `(?:sen(?:d|ds|t|ding)|shar(?:ed|es|ing)|ask(?:s|ed|ing) (?:\\w+ )?for|took|taking) (?:\\w+ ){0,3}(?:nudes?|naked (?:pics?|photos?|pictures?)|dick pics?)`,
  ].join('|'),
);
const areTogether = said(
  'sleep(?:s|ing)? with|slept with|(?:having|has|had|have) sex|sex with|dating|going out with|seeing|(?:in a )?relationship with|(?:boy|girl)friend|bf|gf|pregnant by|met online',
);
const havingSex = said('(?:having|has|had) sex|sex with|slept with|pregnant');
const isDating = said('dating|going out with|having sex with|slept with|pregnant by');
const ofSexEducation = said('sex (?:education|ed)|rse|siblings?|programmes?|lessons?|workshops?');
const olderOne = said(
  'older (?:man|men|boyfriend|girlfriend|bf|guy|guys|woman)|grown (?:man|men)|adult (?:man|men)',
);

const controlled = said(
  [
    `${partner} (?:is |was |are |has been )?(?:(?:very|so|really|quite|too|always|being|getting|violent|abusive|jealous|possessive) ?(?:and )?){0,4}(?:controlling|controls|possessive|violent|abusive|coercive|manipulative|stalks|stalking|harass(?:es|ing)|follow(?:s|ing)|track(?:s|ing)|threaten(?:s|ing|ed)|gaslight(?:s|ing)|(?:will|does|do|would|is|did) (?:not|never) (?:let|allow|letting|allowing)|(?:check(?:s|ing)?|goes through|reads?|monitors?|took|takes|tracks) (?:her|his|my|all her) (?:phone|messages|money|bank|cards?))`,
    `(?:controlling|possessive|violent|abusive|jealous|stalking|stalked by|stalker|harassed by|threatened by|scared of|afraid of|frightened of) (?:(?:a|an|the|her|his|my|their|mums|old) ){0,2}${partner}`,
    `(?:he|she|dad|stepdad|man|mums (?:bf|boyfriend|partner)) (?:is |was )?(?:(?:very|so|really|always) )?(?:stalk(?:s|ing) (?:her|me|him|mum)|controls (?:her|me|mum|the money|all the money)|(?:will|does) (?:not|never) let (?:her|me|mum) (?:out|leave|see|go|work|have))`,
    `${partner} (?:\\w+ )?(?:hits?|hitting|beats?|beating|slaps?|slapped|punch(?:es|ed|ing)|kick(?:s|ed|ing)|strangle[sd]?|chok(?:es|ed)|shov(?:es|ed)|push(?:es|ed)) (?:me|her|him|mum)`,
    `${partner} (?:(?:keeps?|is|still|always) )*(?:turn(?:s|ing)|show(?:s|ing)) up`,
    '(?:is|being|been|was) stalked',
  ].join('|'),
);

const voices = said(
  'voices? (?:(?:in (?:his|her|their|my) head|is|are|keep|that) ?)*(?:tell|tells|telling|told|say|says|saying|shout|shouting|command|commanding) (?:\\w+ )?(?:him|her|them|me|mum|dad)|hear(?:s|ing)? (?:(?:bad|scary|strange|loud|angry|nasty|evil) )?voices(?! of)|voices? in (?:his|her|their|my) head|(?:sees?|seeing|hears?|hearing) (?:\\w+ ){1,2}(?:that|who|which) (?:is|are) not there',
);
const ofVoicesHeard = said(
  '(?:childrens?|childs|young peoples?|families|parents|pupils|fathers|mothers|womens|community|our) voices?',
);
const aroundBirth = said(
  `new mums?|new mother|pregnan(?:t|cy)|postnatal|postpartum|perinatal|(?:after|since|before) (?:the |giving )?(?:birth|baby)|${youngest}`,
);
const ofParent = said(
  'mums?|mother|dads?|father|parents?|nan|gran|grandad|husband|wife|partner|adults?|stepdad|carer|neighbour|i|my head',
);
const aged = said('(?:at|age|aged) \\d{1,2}|\\d{1,2} ?(?:yo|yrs?|years?)');
const intrusive = said(
  '(?:scared|afraid|frightened|terrified|fears?|fear) (?:of )?(?:hurt|harm|dropp)ing|intrusive thoughts?|(?:unwanted|scary|horrible|bad|awful) thoughts? (?:about|of)|thoughts? (?:about|of) (?:hurt|harm|dropp)ing',
);
const leftAlone = said(
  '(?:left|leaves|leaving|leave) (?:\\w+ ){0,3}(?:home alone|alone (?:at home|in the house|in the flat|all (?:day|night)|overnight|at night)|on (?:his|her|their) own (?:at home|all|overnight|at night|for)|unattended|unsupervised)|home alone',
);

/** "Does arguing harm the baby" asks about something, and tells of nobody. */
const ofThing = said(
  '(?:does|do|will|would|can|could) (?!(?:mum|dad|he|she|i|they|my|her|his|this|the|a) )\\w+ (?:\\w+ )?(?:hurt|harm) .*',
);
const ofSubstance = said(
  'alcohol|wine|smok(?:e|ing)|vap(?:e|es|ing)|caffeine|coffee|medications?|medicines?|antidepressants?|sertraline|drugs?|cannabis|sex|stress|vaccines?|vaccinations?|jabs?|injections?|antibiotics|breast ?milk|formula|food|diet|flying',
);

const disclosed = said(
  `${child} (?:\\w+ )?disclos(?:es|ed|ing|ure) (?:something|today|yesterday|to me|this (?:morning|afternoon)|abuse)`,
);
const sexualised = said('sexuali[sz]ed (?:behaviours?|play|language|talk|acts?)');
const ofTraining = said('training|courses?|policy|guidance|leaflets?|books?|resources?');

/** More than anybody types as a question. */
const mostWords = 80;

/** @returns what somebody is worried about, where everyday words tell of it; undefined otherwise. Kept nowhere. */
export function worryOf(text: string): Worry | undefined {
  const words = wordsOf(text).slice(0, mostWords).join(' ');
  const isHurting = hurting.test(words) && !ofSubstance.test(words) && !ofThing.test(words);
  if (intrusive.test(words) && ofYoungest.test(words))
    return { about: 'perinatal-mental-health', isNow: isHurting };
  if (touched.test(words)) return { about: 'sexual-harm', isNow: touchedBy.test(words) };
  if (isWithFarOlder(words) || (sexualised.test(words) && ofChild.test(words) && !ofTraining.test(words)))
    return { about: 'sexual-harm', isNow: false };
  if (controlled.test(words)) return { about: 'domestic-abuse', isNow: false };
  if (voices.test(words) && !ofVoicesHeard.test(words)) return { about: mindOf(words), isNow: true };
  if (isHurting) return { about: 'child', isNow: true };
  if (ofChild.test(words) && leftAlone.test(words)) return { about: 'child-neglect', isNow: false };
  return isMarked(words) || smacked.test(words) || disclosed.test(words)
    ? { about: 'child', isNow: false }
    : undefined;
}

const childsWorries: ReadonlySet<Worry['about']> = new Set(['child', 'child-neglect', 'sexual-harm']);

/** Whether words tell of a child who may be harmed: children's services are to hear of it. */
export const mayHarmChild = (text: string, worry = worryOf(text)): boolean =>
  childsWorries.has(worry?.about) || (tellsOfHarm(text) && namesChild(text));

/** Whether words name a child of any age. */
export const namesChild = (text: string): boolean =>
  ofChild.test(wordsOf(text).slice(0, mostWords).join(' '));

/** Whose mind it is: a parent's around a birth, a child's, or an adult's. */
function mindOf(words: string): Worry['about'] {
  if (aroundBirth.test(words)) return 'perinatal-mental-health';
  return !ofParent.test(words) && (ofChild.test(words) || aged.test(words))
    ? 'child-mental-health'
    : undefined;
}

function isMarked(words: string): boolean {
  if (ofYoungest.test(words)) return marks.test(words) || marksOfYoungest.test(words);
  return ofChild.test(words) && marks.test(words) && !ofPlay.test(words);
}

/** Years that make a partner of a child a worry, whatever the child says of it. */
const farOlder = 18;
const underAge = 15;
const underAgeByFar = 12;

function isWithFarOlder(words: string): boolean {
  const years = [
    ...words.matchAll(
      /(?<!\S)(\d{1,2})(?:yo|yrs?|y)?(?= |$)(?! (?:m|mo|mths?|months?|wk|wks|weeks?|days?)(?:\s|$))/g,
    ),
  ].map(([, age]) => Number(age));
  const youngestOne = Math.min(...years);
  if (ofSexEducation.test(words) || youngestOne < 8) return false;
  if (havingSex.test(words) && youngestOne <= underAgeByFar) return true;
  if (isDating.test(words) && ofChild.test(words) && Math.max(...years) >= farOlder) return true;
  if (!areTogether.test(words)) return false;
  if (youngestOne <= underAge && Math.max(...years) >= farOlder) return true;
  return olderOne.test(words) && (youngestOne <= underAge || ofChild.test(words));
}
