import { stemmer } from 'stemmer';

/**
 * Words of one meaning that endings alone do not bring together: "anxious" finds what is said of anxiety, "grieving" what
 * is said of grief. Only what means the same wherever it stands here: "nurse" is not "nursery".
 */
const lines = `
  absence absent
  abusive abuse abuser
  addict addiction addictive
  admit admission admitted
  adolescence adolescent
  adopt adoption adoptive
  alone lonely loneliness
  anger angry angrily
  anorexia anorexic
  anxiety anxious anxiously
  argue argument arguing
  asleep sleep slept sleepless
  aunt auntie
  autism autistic
  baby babies newborn newborns
  beat beaten
  begin began begun
  behave behaviour behavioural
  belief believe
  bite bitten biting
  bleed blood bled
  break broke broken
  breath breathe breathing
  bring brought
  build built
  bulimia bulimic
  buy bought
  catch caught
  child children kid kids kiddo
  choice choose chose chosen
  cling clingy
  come came
  counsel counselling counsellor counselor
  crime criminal
  cry cried tearful weep weepy wept sob sobs sobbing
  dad dads daddy father fathers
  deal dealt
  die died dying death dead dies
  disclose disclosure
  draw drew drawn
  drink drinking drunk drank drinker
  drive drove driven
  dyslexia dyslexic
  eat ate eaten
  emotion emotional
  exclude exclusion
  expel expelled expulsion
  explode explosion explosive
  exploit exploitation exploitative
  extremism extremist
  fall fell fallen
  feed fed
  feel felt
  fight fought fighting
  find found
  flee fled
  forget forgot forgotten
  frighten fear afraid scared scary scare frightened terrified fright
  go went gone
  grandchild grandchildren grandson granddaughter
  grandparent nan nana gran granny grandma grandmother grandad grandfather
  grief grieve grieving grieved bereaved bereavement bereft mourning
  grow grew grown
  guilt guilty
  hallucinate hallucination
  hang hung
  hear heard
  hide hid hidden
  hold held
  homeless homelessness
  homophobia homophobic
  hunger hungry
  infant infancy
  inform information
  injure injury
  intervene intervention
  jail prison prisoner
  jealous jealousy
  keep kept
  kill killed
  know knew known
  learn learnt
  leave left
  lose lost loss losing
  make made
  man men
  mania manic
  marry marriage
  mean meant
  meet met
  midwife midwives midwifery
  migrant migration immigrant immigration
  miscarry miscarriage
  mood moody
  mould mouldy
  mum mums mummy mam mom mother mothers
  mutilate mutilation
  neurodivergent neurodiversity
  nightmare dream dreams
  noise noisy
  obese obesity
  offend offence offender
  panic panicky panicking
  paranoia paranoid
  pay paid
  poor poverty
  porn pornography
  pregnancy pregnant
  premature prematurity prem preemie
  psychiatry psychiatric psychiatrist
  psychology psychological psychologist
  psychosis psychotic
  racism racist racial
  rape raped rapist
  recover recovery
  refer referral
  resilience resilient
  respond response
  restrain restraint
  ring rang rung
  run ran
  school schools schooling
  see saw seen
  sell sold
  send sent
  separate separation
  shake shook shaken
  silence silent
  sit sat
  smell smelly
  speak spoke spoken speech
  spend spent
  stalk stalker
  stand stood
  steal stole stolen
  stepdad stepfather
  stepmum stepmother
  stick stuck
  stillbirth stillborn
  strangle strangulation
  suicide suicidal
  supervise supervision supervisor
  suspect suspicion suspicious
  suspend suspension
  swear swore sworn
  take took taken
  teach taught teaching teacher
  tell told
  therapy therapist therapeutic therapies
  think thought
  threat threaten threatened
  throw threw thrown
  trans transgender
  trauma traumatic traumatise traumatised traumatising traumatized
  truant truancy
  understand understood
  violence violent violently
  vulnerable vulnerability
  wake woke woken
  wear wore worn
  win won
  withdraw withdrawn withdrew withdrawal
  woman women
  write wrote written
`;

const together = lines
  .trim()
  .split('\n')
  .map((line) => line.trim().split(' '));

const families = new Map(
  together
    .map((words) => words.map(stemmer))
    .flatMap((stems) => stems.map((stem): [string, string] => [stem, stems[0] ?? stem])),
);

/** The same words come again and again. */
const known = new Map<string, string>();
const mostKnown = 20_000;

/** A word without its ending: "attachments" → "attach". */
export function endingOff(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const stem = stemmer(word);
  if (known.size >= mostKnown) known.clear();
  known.set(word, stem);
  return stem;
}

/** Which family a word without its ending belongs to, if it has one. */
export const familyOf = (stem: string): string | undefined => families.get(stem);

/** The words of its family, itself among them: "kill" → ["kill", "killed"]. */
export const relativesOf = (word: string): readonly string[] => [
  ...new Set([word, ...together.filter((words) => words.includes(word)).flat()]),
];

/** What a word has in common with its other forms and with the others of its family. */
export function stemOf(word: string): string {
  const stem = endingOff(word);
  return families.get(stem) ?? stem;
}
