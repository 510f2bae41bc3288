export type Column = 'email' | 'name' | 'firstName' | 'lastName' | 'cohort' | 'agency' | 'role';

/** Headings as people and programs write them: small letters, without spaces and without the words below. */
const meanings: Record<Column, string> = {
  email: 'email emails mail',
  name: 'name names fullname displayname realname trainee participant person attendee delegate student learner firstlastname firstsurname firstnamesurname forenamesurname surnamefirstname lastfirstname lastnamefirstname',
  firstName: 'first firstname forename forenames given givenname givennames christianname',
  lastName: 'last lastname surname family familyname',
  cohort: 'cohort cohorts group pilot programme program course strand',
  agency:
    'agency organisation organization org employer company service team trust workplace placeofwork wheredoyouwork whodoyouworkfor',
  role: 'role jobtitle job jobrole profession occupation post position',
};

const columns = new Map(
  (Object.keys(meanings) as Column[]).flatMap((column) =>
    meanings[column].split(' ').map((word) => [word, column] as const),
  ),
);

/** Words that say whose, which or how, and not what: "What is your current role?". */
const around =
  words(`a an the of for in on at to from and or if your you yours my me their his her our we us i is are
  do does did will be what which who whose where please can enter give provide state write tell trainee trainees
  participant participants attendee attendees delegate delegates work working works nhs primary main preferred best
  current currently own required optional mandatory use used using joining slack belong employed based that training s`);

/** Those that stand beside a name or an e-mail address only: a "service user" is no service. */
const besideNames =
  words(`full display user users student students learner learners member members staff person people
  contact business professional official registered address addresses value id`);

function words(text: string): Set<string> {
  return new Set(text.split(/\s+/));
}

/** Somebody else's name or address: never the trainee's. */
const others =
  /\b(?:manager|supervisor|host|organi[sz]er|referr?er|referee|emergency|buyer|purchaser|booker|billing|sponsor|inviter|nominator|assistant|secretary|parent|carer|client|patient|child|facilitator|trainer|tutor|kin|spouse|partner|gp)(?:s|'s|s')?\b/i;
const lesser =
  /\b(?:secondary|personal|private|home|other|alternat\w+|additional|backup|recovery|second|previous|old)\b/i;

export const isSomebodyElses = (heading: string): boolean => others.test(heading);
/** An address that is taken only where there is no better one. */
export const isLesser = (heading: string): boolean => lesser.test(heading);
export const speaksOfEmail = (heading: string): boolean =>
  /\be-?\s?mails?\b/i.test(heading) &&
  !/\b(?:no|not|none|without|awaiting|missing|unknown|tbc|pending|follow|bounced)\b/i.test(heading);

/** Which column this heads, if it is one of ours. */
export function columnOf(heading: string): Column | undefined {
  if (heading.length > 200 || isSomebodyElses(heading)) return undefined;
  const plain = heading.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '');
  const outside = lettersIn(plain.replace(/\([^()]*\)|\[[^[\]]*\]/g, ' '));
  const all = outside.length > 0 ? outside : lettersIn(plain);
  const whole = columns.get(all.join(''));
  if (whole) return whole;
  const core = all.filter((word) => !around.has(word));
  const column = core.length > 0 ? (columns.get(core.join('')) ?? commonColumn(core)) : undefined;
  // "First" alone heads first names, "First join" and "Last contact" do not.
  if (column && !ordinals.has(core.join(''))) return column;
  const bare = core.filter((word) => !besideNames.has(word)).join('');
  const name = columns.get(bare);
  if (name && ofPeople.has(name) && !ordinals.has(bare)) return name;
  const isOtherEmail = isLesser(plain) && columnOf(plain.replace(lesser, ' ')) === 'email';
  return isOtherEmail ? 'email' : undefined;
}

const ordinals = words('first last given family');
const ofPeople = new Set<Column>(['email', 'name', 'firstName', 'lastName']);

const lettersIn = (text: string): string[] =>
  text
    .replace(/\be[- ]mail/g, 'email')
    .split(/[^a-z0-9]+/)
    .filter((word) => /[a-z]/.test(word));

/** "Organisation / employer", "group name", "organization title": several words that mean one thing. */
function commonColumn(core: string[]): Column | undefined {
  const meant = new Set(
    core.filter((word) => word !== 'name' && word !== 'title').map((word) => columns.get(word)),
  );
  const [column] = meant;
  if (meant.size !== 1 || !column || ofPeople.has(column)) return undefined;
  return column === 'agency' && core.includes('title') ? 'role' : column;
}
