import { clip, tidyLine } from '../../../slack/text.ts';
import { isAgency, isRole } from './looks.ts';

const credential =
  /^(?:dr|mr|mrs|ms|miss|mx|prof|rev|rn|rm|rgn|rmn|rnld|rhv|scphn|msc|bsc|bn|mba|pgce|pgdip|phd|dphil|dclinpsych?|md|mbbs|(?:mrc|frc)(?:psych|gp|pch|n)|mbe|obe|cbe|cpsychol|hons|jr|sr|ii|iii|iv)\.?$/i;
const particle =
  /^(?:de|da|dos|del|della|di|la|le|van|von|der|den|el|al|bin|ibn|ben|mac|mc|o|st|san|ter)\.?$/i;

export const isCredential = (part: string): boolean =>
  part.split(/\s+/).every((word) => credential.test(word));

/** Are these "Surname" and "First", and not two people? */
export function isOnePerson(before: string, after: string): boolean {
  const surname = wordsOf(withoutBrackets(clip(before, 200)));
  const first = wordsOf(withoutBrackets(clip(after, 200)));
  if (surname.length === 0 || first.length === 0 || surname.length > 4 || first.length > 4) return false;
  if (surname.length === 1 || isCredential(first.join(' ')) || isRole(first.join(' '))) return true;
  return isCapitals(surname.join('')) || particle.test(surname[0] ?? '');
}

const pictures = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\ufe0f/gu;

/**
 * A name for showing: "SMITH, Jane (A MADE-UP TRUST)" as "Jane Smith".
 * @returns undefined when it is none: an address, or nothing but marks.
 */
export function showName(written: string): string | undefined {
  const line = withoutBrackets(tidyLine(clip(written, 300)).replace(pictures, ' ')).replace(
    /^[\s"',;:|/-]+|[\s"',;:|/-]+$/g,
    '',
  );
  if (!/\p{L}/u.test(line) || line.includes('@')) return undefined;
  const [head = '', ...more] = line.split(/\s*,\s*|\s[-–|]\s/);
  const isOfWork = (part: string): boolean => isCredential(part) || isRole(part) || isAgency(part);
  const parts = [head, ...more.filter((part) => part !== '' && !isOfWork(part))];
  const [surname = '', first = ''] = parts;
  if (parts.length === 1) return inSmallLetters(surname, 3);
  const isTurned = parts.length === 2 && isOnePerson(surname, first);
  return isTurned ? `${inSmallLetters(first, 3)} ${inSmallLetters(surname, 2)}` : line;
}

const wordsOf = (text: string): string[] => text.split(/[\s"]+/).filter((word) => /\p{L}/u.test(word));

const isCapitals = (text: string): boolean => text !== text.toLowerCase() && text === text.toUpperCase();

function withoutBrackets(text: string): string {
  const bare = text.replace(/\([^()]*\)|\[[^[\]]*\]|<[^<>]*>/g, ' ');
  if (bare !== text) return withoutBrackets(bare);
  return bare
    .replace(/[()[\]<>]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Words in capitals as names are written: O'Brien, Smith-Jones, McDonald. @param from how many letters a word has. */
function inSmallLetters(name: string, from: number): string {
  return name
    .split(' ')
    .map((word, index) =>
      // "OBE" behind a name is no part of it.
      isCapitals(word) &&
      word.replace(/\P{L}/gu, '').length >= from &&
      !word.includes('.') &&
      !(index > 0 && credential.test(word))
        ? word
            .toLowerCase()
            .replace(/(?:^mc|^|['-])\p{L}/gu, (part) => part.slice(0, -1) + part.slice(-1).toUpperCase())
            .replace(/^mc/, 'Mc')
        : word,
    )
    .join(' ');
}
