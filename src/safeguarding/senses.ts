/**
 * Words about danger that are said in another sense, in fixed phrases: "kicking off", "panic attack", "folic acid",
 * "unconscious bias". Each is written as words are read (content/words.ts), so "can't" is "can not". What may be either
 * stays a word about danger.
 */
const phrases = [
  // Attacks
  '(?<!(?:having|get|getting) (?:a |another )?|(?:i|we) (?:\\w+ ){0,2})(?:panic|anxiety) attacks?(?!(?: \\w+)* (?:alone|now|tonight|at the moment|help)(?!\\S))',
  '(?<!having (?:an |another )?)asthma attacks?|(?:cyber|ransomware) attacks?|attack(?:s|ing)? on titan|attack of the|attack(?:s|ed|ing)? (?:the |a )?(?:problem|task|question|pile)s?|attack styles?',
  // Kicks, hits, beats and punches
  'kick(?:s|ed|ing)? ?offs?|kick(?:s|ed|ing)? (?:a |the |his |her |their )?(?:balls?|footballs?|habits?|bucket)|kick(?:s|ed|ing)? ?start(?:s|ed|ing)?|kick box(?:ing|er)|free kicks?|kicking and screaming|alive and kicking|bab(?:y|ies) (?:is |are )?kick(?:s|ing)|kicked out of (?:the )?(?:school|class|lessons?|clubs?|nursery|team)',
  'hit(?:s|ting)? (?:(?:a|the|all|their|his|her|its|our|any|those|these|every) ){0,2}(?:developmental )?(?:milestones?|targets?|nail|ground|road|roof|headlines?|gym|shops|deadlines?|jackpot|mark|sack|button|spot|notes?|balls?|puberty|limit|age|snags?|peak)',
  'hit(?:s|ting)? home|hit(?:s|ting)? it off|hit (?:and|or) miss|hit (?:songs?|shows?|singles?|musicals?|films?|series)|(?:hard|hardest|worst|smash|greatest|website) hits?|hit (?:the )?hard(?:er|est)?|hit by (?:the )?(?:covid|pandemic|lockdowns?|poverty|cost of living|cuts|austerity|recession|inflation|two child)',
  'hole punch(?:es|ed)?|punch ?lines?|punch (?:bags?|and judy|drunk)|(?:fruit|rum) punch|packs? a punch',
  'slap on the wrist|slap up|slapped cheeks?|slap stick',
  'heart ?beats?|(?:drum|off) beats?|beat(?:s|ing|en)? (?:the |a |your |her |his |their )?(?:odds|drums?|stress|anxiety|bullying|cancer|boredom|bush|clock|heat|traffic|stigma|blues|records?|levels?|boss|games?|eggs?)|beat(?:s|ing)? (?:around|about) the bush|beat (?:box(?:ing)?|officers?|charity|eating|eating disorders?)|beat(?:s|en|ing)? (?:me|us|him|her|them) (?:at (?:chess|cards|football|games?|maths|fifa|tennis|everything)|to it)|beats me$',
  // Deaths, and dying
  '(?<!(?:wish|wishes|wished|wishing|want|wants|wanted|hope|hopes|hoped|if|rather|better|should|nearly|almost|caseload) (?:\\w+ ){0,3})(?:died|dies)',
  '(?<!\\b(?:wish|wishes|wished|wishing|want|wants|wanted|hope|hopes|hoped|if|rather|better|should|be|me|him|her|them|obsessed|thoughts|thinks|keeps|(?:he|she|child|boy|girl|pupil) (?:talks|writes|draws)) (?:\\w+ ){0,3})(?:dead|deaths?)(?! wish| threat)',
  'die (?:down|hard|out|cast|laughing)|to die for|died down|(?:why|when|where) (?:\\w+ ){0,4}(?:we|people|pets?|animals?|parents?|grandparents?|babies|children|somebody|someone|everybody|everyone) (?:have to |has to )?die|dying to (?:see|know|meet|try|hear)|dying (?:of|from) (?:laughter|boredom|embarrassment|cancer|old age)|(?:death and|loss and|(?:children|child|kids|pupils) about) dying|dying (?:parents?|mother|father|mum|dad|relatives?|grandparents?|gran|grandad|nan|patients?|pets?)|(?<!\\w )drop dead',
  '(?<!go |just )drop dead gorgeous',
  // Killing
  'kill(?:s|ed|ing)? (?:some |the |a bit of )?time|kill(?:s|ed|ing)? two birds|killing it|to kill a mockingbird|killer whales?|dressed to kill|curiosity killed|kill(?:s|ed|ing)? (?:the |off )?(?:mood|vibe|germs?|weeds?|lice|nits|joy|bugs?|bacteria)|(?:feet|foot|back|head|legs?|knees?|shoes|heels) (?:is |are )?killing me|killed in (?:a |an |the )?(?:car|road|crash|accident|war|action|fire)',
  'murder myster(?:y|ies)|(?:get|gets|getting|got) away with murder|oil ?seed rape|rape ?seed(?: oil)?',
  // Cutting, stabbing, and what it is done with
  'cut(?:s|ting)? (?:(?:his|her|their|my|your|our|own|the|a|some) ){0,2}(?:hair|fringe|nails?|toe ?nails?|cake|grass|cord|crusts?|lawn|paper|cardboard|fruit|food|grapes|vegetables|shapes?|costs?|corners?|ties|teeth|benefits?|funding|services?|budgets?|hours|edge|class|classes|lessons?|screen time|sugar)',
  'cut(?:s|ting)? (?:down|back|out|off|short|short by)(?! (?:his|her|their|my) (?:arms?|wrists?|skin|legs?))|cut(?:ting)? up (?:food|fruit|grapes|paper)|cut and (?:stick|paste)|(?:hair|paper|short|clear|upper|umbilical cord|budget|funding|services?|benefits?|spending|tax|pay|council|power|price|austerity|jobs?) ?cut(?:s|ting)?|cuts to (?:\\w+ )?(?:services?|funding|benefits?|budgets?|youth|schools?)',
  '(?:a|another|first) stab at|stabbing pains?|back ?stab(?:s|bing|bed|bers?)|kni(?:fe|ves) and forks?|knife (?:skills|edge)|(?:butter|table|palette) kni(?:fe|ves)|under the knife|secret weapons?',
  '(?:nerf|toy|water|pretend|glue|massage|top) guns?|jump(?:s|ed|ing)? the gun',
  '(?:folic|amino|fatty|citric|lactic|stomach|uric|hyaluronic) acids?|acid (?:reflux|test|rain)',
  'assault courses?|assault on the senses|sensory assault',
  // Swallowing, drowning, choking
  'overdos(?:e|es|ed|ing) (?:of|on) (?:sugar|screens?|screen time|tv|telly|television|sweets|chocolate|cake|information)|(?:sugar|screen|chocolate|information) overdose',
  '(?:food|lead) poisoning|poison ivy|poison(?:ed|ous) (?:apples?|plants?)',
  'drown(?:s|ed|ing)? in (?:paper ?work|emails?|admin|laundry|forms)|drown(?:s|ed|ing)? out',
  'choking hazards?|chok(?:ed|es|ing) up|(?:suffocating|smother(?:ing|ed)) (?:parent(?:s|ing)?|mothers?|love|with (?:love|kisses|kindness))|smother(?:ed|ing)? in (?:sauce|butter|kisses)|jump(?:s|ed|ing)? off (?:the |a |his |her )?(?:sofa|couch|bed|swings?|furniture|settee|tables?|climbing frame|diving board|chairs?|trampoline|steps?)',
  // Breakdowns and crises
  '(?<!\\w )(?:break ?downs?) (?:of|by) (?!mum|dad|a mother|a parent)|(?:placements?|relationships?|famil(?:y|ies)|marriage|marital|adoption|fostering|foster|kinship|guardianship|sgo|cars?|vehicle|van|boiler|communication|trust|contact|budget|costs?|age|ethnicity) break ?downs?|break ?downs? (?:in|of) (?:\\w+ ){0,2}(?:placements?|relationships?|marriage|adoption|communication|trust|contact|famil(?:y|ies)|costs?|figures|numbers|budget|data|tasks?|cars?|results)|break ?down (?:cover|service|recovery|lorry|truck)',
  '(?:cost of living|living|housing|climate|energy|mid ?life|identity|refugee|migrant|recruitment|staffing|workforce|funding|financial|debt|opioid) cris[ie]s|cris[ie]s (?:loans?|funds?|grants?|management|at christmas)',
  'emergency (?:contact|contacts|contraception|housing|accommodation|food|foods|funds?|funding|grants?|payments?|loans?|planning|child ?care|savings|exits?)|st john ambulance|(?:toy|play) ambulance',
  'stranger danger|danger mouse|dangers? of (?:the )?(?:internet|screens?|social media|vaping|smoking|gaming|phones?|mobile phones?)|dangerous (?:dogs? act|driving)',
  'unconscious (?:bias(?:es)?|mind|racism|prejudice|process(?:es)?|communications?|incompetence|competence|assumptions?)|(?:the|our|my|collective) unconscious$|unconscious and conscious|conscious and unconscious',
  'un ?safe (?:sleep(?:ing)?|links?|websites?|toys?)|not safe (?:for work|to (?:eat|drink|drive|share|use))',
  // Not coping, not going on, having enough
  '(?:do|does|did|can|will|could|would|should) not go on (?:(?:any|the|a|his|her|their|school|family) ){0,2}(?:trips?|holidays?|residentials?|computers?|ipads?|phones?|swings?|rides?|bus|tube)',
  '(?<!(?:^| )(?:i|we) (?:\\w+ ){1,2})not cope (?:with|in) (?:(?:the|loud|any|big|his|her|their) )?(?:noises?|changes?|transitions?|assembl(?:y|ies)|busy|crowds?|maths|losing|waiting|being told|lunch ?times?|corridors?|dinner hall)',
  '(?:baby|babies|newborn|toddler|infant) (?:will|does|do|would|can|is) not tak(?:e|ing) (?:it|the|a|his|her|(?:any )?(?:milk|formula|bottles?))|not take (?:it )?(?:personally|for granted|seriously)',
  'not wak(?:e|ing) (?:up )?(?:for (?:school|feeds?|milk|college|work)|on time|in time|early|at night|to feed)',
  '(?:had|have|has|having|get|getting) enough (?:sleep|food|milk|to eat|to drink|time|evidence|information|water|training|staff|notice|exercise|iron)',
  'g(?:ive|ives|iving|ave|iven) up (?:on )?(?:(?:the|a|his|her|their|my) ){0,2}(?:smoking|alcohol|drinking|sugar|breast ?feeding|vaping|vapes?|cigarettes|cannabis|weed|drugs|gambling|dumm(?:y|ies)|meat|bottles?|naps?|football|seat|job)',
  'hopeless (?:at|with|romantic)|desperate (?:housewives|for (?:a |the )?(?:wee|toilet|loo|holiday|cuppa))|(?:it|this|that) is not ok(?:ay)? (?:to|for|that)|is (?:it|this|that) not ok(?:ay)? (?:to|for|that)',
  'own li(?:fe|ves|ved) (?:story|stories|skills|experiences?|choices|chances)|hearing (?:(?:the|our|their|all|more|each) )?(?:child|childs|childrens?|young peoples?|youth|pupils?|parents?|families|fathers|dads|mothers|womens?|patients?|users?) voices?|hearing (?:the )?voices? of (?:the )?(?:child|children|young|pupils|parents|families|fathers|dads|mothers|women|patients|people|users)',
  // Touching, threats, fears
  'touch(?:es|ed|ing)? base|(?:in|out of|lose|loses|losing|lost|keep|keeping|finishing|soft|light|get|getting|gentle) (?:in )?touch(?:es)?|touch(?:ing)? (?:screens?|typing)|touching (?:story|stories|tribute|moment|film|book|words)',
  'threatened (?:with|by) (?:eviction|exclusion|redundancy|deportation|homelessness|closure|suspension|prosecution|court)|threatened to (?:close|exclude|resign|evict|sue|complain)',
  '(?:scared|frightened|afraid) of (?:her|his|my|their) (?:own )?(?:shadow|baths?|exams?|sats|homework|maths|spellings?|swimming|feelings|emotions|labour|body|first day|new school)',
  '(?:injections?|jabs?|vaccines?|vaccinations?|needles?|blood tests?) (?:is |are )?going to hurt|fleeing (?:the )?(?:war|conflict|ukraine|syria|afghanistan|persecution)|missing child(?:ren)? (?:benefits?|maintenance)|locked in (?:syndrome|contracts?)',
];
const otherSense = new RegExp(`(?<!\\S)(?:${phrases.join('|')})(?!\\S)`, 'g');

/** More apart than the words of a phrase may be, so that what stood around it is no phrase. */
const gap = ['', '', '', ''];

/** @returns the words without those that are said in another sense, and room where they were. */
export function withoutOtherSenses(words: readonly string[]): readonly string[] {
  const said = words.join(' ');
  const left = said.replace(otherSense, '\n');
  return left === said
    ? words
    : left
        .split('\n')
        .flatMap((piece, nth) => [...(nth > 0 ? gap : []), ...piece.split(' ').filter(Boolean)]);
}
