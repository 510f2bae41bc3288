import type { Column } from './headings.ts';

/** What a cell looks like where no heading says what it is. */
const roleWords =
  /\b(?:nurse|nursing|midwife|midwifery|health visitor|visitor|social worker|worker|therapist|psychologist|psychiatrist|psychotherapist|counsellor|practitioner|teacher|headteacher|senco|doctor|gp|paediatrician|physician|consultant|officer|manager|coordinator|co-ordinator|lead|deputy|assistant|director|administrator|solicitor|advocate|keyworker|caseworker|researcher|clinician|specialist|adviser|advisor|police constable|youth offending)\b/i;
const agencyWords =
  /\b(?:nhs|trust|hub|council|borough|county|school|academy|college|university|hospital|clinic|surgery|charity|foundation|service|services|centre|center|ltd|cic|constabulary|barnardo'?s|nspcc|camhs|icb|team|department|nursery|partnership|association|agency)\b/i;
const groupWords =
  /\b(?:cohort|group|pilot|wave|strand|class|set|intake|spring|summer|autumn|winter|programme|course)\b/i;
const noise =
  /^(?:(?:meeting|webinar|attendance|attendees?|participants?|trainees?|in-meeting|summary|total|report|generated|registration|recipients|subject|sent|date|(?:kind |best )?regards|(?:many )?thanks|thank you|hi|hello|dear|names?|e-?mails?|page \d+|sheet ?\d+|start|end|topic|number of|average|list of|mailing)\b|group \w{1,2}$|(?:required|optional)(?: attendee\b|$)|(?:organi[sz]er|accepted|declined|tentative)$)|\b(?:report|activities|details|participants|attendees|duration|summary)$/i;

/** Without what stands in brackets behind a name. */
const withoutAsides = (text: string): string => text.replace(/\([^()]*\)|<[^<>]*>/g, ' ').trim();

export const isRole = (text: string): boolean => roleWords.test(withoutAsides(text));
const speaksOfGroup = (text: string): boolean => groupWords.test(withoutAsides(text));
export const isAgency = (text: string): boolean =>
  agencyWords.test(withoutAsides(text)) && !speaksOfGroup(text);
export const speaksOfWork = (text: string): boolean => isRole(text) || isAgency(text) || speaksOfGroup(text);

/** Where people of the programme work, and what streets and parts of towns are called. */
const placeWords =
  /\b(?:hackney|homerton|nelft|clapton|dalston|shoreditch|hoxton|haggerston|stoke newington|stamford hill|hackney wick|london fields|de beauvoir|city of london|barbican|london|islington|newham|tower hamlets|haringey|waltham forest|walthamstow|whitechapel|mile end|bethnal green|stratford|tottenham|camden|redbridge|barking|dagenham|st bartholomew'?s|barts|(?:street|road|lane|house|ward|site|office|floor|building|branch|borough))\b/i;
const isAcronym = (text: string): boolean => /^\p{Lu}[\p{Lu}\p{N}&]{1,3}$/u.test(text);

/** A place of work, a role, an employer, or several: "Homerton", "midwife, ELFT", "St Mary's School". */
export function speaksOfPlace(text: string): boolean {
  const parts = withoutAsides(text)
    .split(/\s*[,/;|]\s*|\s[–-]\s|\s(?:at|in|for|and)\s/)
    .filter(Boolean);
  const [first = ''] = parts;
  // "midwife, Our Lady's": in small letters it is nobody's surname.
  if (isRole(first) && first === first.toLowerCase()) return true;
  return (
    parts.length > 0 &&
    parts.every((part) => isRole(part) || isAgency(part) || placeWords.test(part) || isAcronym(part))
  );
}

/** Titles, totals, greetings: what stands in a list and is nobody. */
export const isNoise = (text: string): boolean => !/[\p{L}\p{N}]/u.test(text) || noise.test(text.trim());

/** What has to be told rather than passed over, where it has no address. */
export function looksLikePerson(text: string): boolean {
  const bare = withoutAsides(text);
  const words = bare.split(/[\s,]+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0 || words.length > 6 || !/\p{L}{2}/u.test(bare) || /[:?!]$/.test(bare)) return false;
  if (isNoise(bare) || bare.includes('@')) return false;
  // "Health visitor" alone is a role that nobody's address stands beside.
  if (!/\p{L}/u.test(bare.replace(new RegExp(roleWords, 'gi'), ''))) return false;
  return !/\d/.test(bare) || words.filter((word) => /^\p{Lu}/u.test(word)).length >= 2;
}

/** What the roles of a meeting are, which are nobody's profession. */
export const isMeetingRole = (text: string): boolean =>
  /^(?:co-?)?(?:organi[sz]er|presenter|attendee|host|panell?ist|participant|guest|member|owner|external)$/i.test(
    text,
  );

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** Does somebody of this name own this address? True where a word of the one stands in the other. */
export function sharesName(name: string, email: string): boolean {
  const local = fold(email.split('@')[0] ?? '');
  return fold(name)
    .split(/[^\p{L}]+/u)
    .some((word) => word.length >= 3 && local.includes(word));
}

/** A row of a list without headings: an address and the cells beside it, by how far from it they stand. */
export type Beside = { email: string; cells: ReadonlyMap<number, string> };

/**
 * What the columns of a list without headings are, by their looks. A group is taken for one only where its values say
 * so, are names of groups that there are, or repeat: otherwise somebody's first name would become a group.
 */
export function guessColumns(
  rows: readonly Beside[],
  isGroup: (name: string) => boolean,
): Map<number, Column> {
  const keys = [...new Set(rows.flatMap(({ cells }) => [...cells.keys()]))].sort((a, b) => a - b);
  const share = (key: number, test: (value: string, email: string) => boolean): number => {
    const filled = rows.filter(({ cells }) => cells.get(key));
    return (
      filled.filter(({ cells, email }) => test(cells.get(key) ?? '', email)).length / (filled.length || 1)
    );
  };
  const mostly = (key: number, test: (value: string, email: string) => boolean): boolean =>
    share(key, test) >= 0.5;
  const isSingle = (key: number): boolean => key !== 0 && keys.includes(key) && mostly(key, isOneWord);
  const repeats = (key: number): boolean => {
    const values = rows.flatMap(({ cells }) => cells.get(key) || []);
    return values.length >= 4 && new Set(values.map(fold)).size <= values.length / 2;
  };

  const guessed = new Map<number, Column>();
  const guess = (key: number, column: Column): void => {
    if (![...guessed.values()].includes(column)) guessed.set(key, column);
  };
  const open = keys.filter((key) => mostly(key, isWord) && !mostly(key, isGroup) && !mostly(key, sharesName));
  for (const key of keys) if (mostly(key, isGroup)) guess(key, 'cohort');
  for (const key of open)
    if (mostly(key, isRole)) guess(key, 'role');
    else if (mostly(key, isAgency)) guess(key, 'agency');
  for (const key of open) {
    // "Jane, Winter": a surname beside a first name.
    const isName = isSingle(key) && [key - 1, key + 1].some((one) => isSingle(one) && !guessed.has(one));
    if (!guessed.has(key) && mostly(key, speaksOfGroup) && (repeats(key) || !isName)) guess(key, 'cohort');
  }

  const [name] = keys
    .filter((key) => !guessed.has(key) && mostly(key, isWord) && (!repeats(key) || mostly(key, sharesName)))
    .sort((a, b) => share(b, sharesName) - share(a, sharesName) || a - b);
  if (name !== undefined) {
    const other = [name - 1, name + 1].find(
      (key) => isSingle(key) && mostly(key, isWord) && !guessed.has(key),
    );
    guessed.set(name, 'name');
    if (other !== undefined && isSingle(name)) {
      const [left, right] = [Math.min(name, other), Math.max(name, other)];
      const isTurned = rows.reduce((sum, row) => sum + firstness(row, left, right), 0) < 0;
      guessed.set(left, isTurned ? 'lastName' : 'firstName').set(right, isTurned ? 'firstName' : 'lastName');
    }
  }
  for (const key of open) if (!guessed.has(key) && repeats(key)) guess(key, 'cohort');
  return guessed;
}

const isOneWord = (text: string): boolean => !/[\s,]/.test(text);
const isWord = (value: string): boolean =>
  /\p{L}{2}/u.test(value) &&
  !/\d[\d\s:/.-]{4,}|^https?:|^(?:yes|no|(?:dr|mrs?|ms|miss|mx|prof|rev|sir|dame)\.?)$/i.test(value);

/** Above nothing when the left of two names looks like the first name, below when the right one does. */
function firstness({ email, cells }: Beside, left: number, right: number): number {
  const local = fold(email.split('@')[0] ?? '');
  const [one, two] = [cells.get(left) ?? '', cells.get(right) ?? ''];
  const isFirst = (name: string, surname: string): number => {
    if (name === '' || surname === '') return 0;
    const isInitial = local.startsWith(fold(name).slice(0, 1)) && local.includes(fold(surname));
    const isCapitals = surname.length > 2 && surname === surname.toUpperCase() && name !== name.toUpperCase();
    return Number(local.startsWith(fold(name))) + Number(isInitial) + Number(isCapitals);
  };
  return isFirst(one, two) - isFirst(two, one);
}
