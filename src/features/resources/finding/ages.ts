import type { Vocabulary } from '../../../content/vocabulary.ts';
import { ageGroupOf } from './narrowing.ts';

type AgeGroup = Vocabulary['age_groups'][number];
/** @returns how many words from `at` on say an age, and which group it is in; undefined where they say none. */
export type Ages = (words: readonly string[], at: number) => { length: number; group: AgeGroup } | undefined;

const inWords =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen'.split(
    ' ',
  );
const number = `(\\d{1,2}|${inWords.join('|')})`;
const old = '(?: ?olds?)';
const unit = '(?:y(?:ea)?rs?|m(?:on)?ths?|w(?:ee)?ks?|days?)';
const range = `${number}(?: (?:to|or|and|-))? ${number}`;

/** "6 year old", "3yr old", "3yo", "aged 3 to 4", "aged 18 months". */
const ages = [
  `(?:aged? )?${range} ?(?:y(?:ea)?rs?${old}|yo|y o)`,
  `aged? ${range}`,
  `(?:aged? )?${number} ?(${unit}${old}|yos?|y o)`,
  `aged? ${number}(?: ?(${unit}))?`,
].map((pattern) => new RegExp(`^${pattern}(?= |$)`));
/** "18 months", "3yrs" and "7y": how old somebody is, or how long something takes. */
const agesOrTimes = new RegExp(`^${number} (months|mths)(?= |$)|^(\\d{1,2})(m(?:on)?ths|yrs?|y)(?= |$)`);
/** "Year 9", "yr9", "y6", "in year two", "key stage 2". */
const schoolYear = new RegExp(
  `^(?:(?:y(?:ea)?rs? ?|y)${number}(?! (?:year|yr|month|mth|week|old))|(?:key stage |ks)([1-5]))(?= |$)`,
);
/** The longest that one of them takes: "aged 3 to 4 years old". */
const mostWords = 6;

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));
const beforeTimes = set(
  'about after every for in last next over past since takes than took waited waiting within',
);
const afterTimes = set('ago clean course gestation later long plan pregnant sentence sober wait waiting');
/** Where it is the first class of a school, and not where somebody is received. */
const beforeReception = set('entering from in into start started starting starts');
const afterReception = set(
  'age aged baseline boy child children class girl kid kids pupil pupils settling teacher year',
);
const people = set('baby boy brother child daughter girl he kid she sister son they who');
/** "She is 15", "he just turned 9". */
const areOld = set('are is turned was');
const afterAge = set('and but now or so still who');

/** How old children are in the years of school; the first of each stage. */
const beforeYearOne = 4;
const ofStage = [5, 7, 11, 14, 16];

const inDigits = (said: string): number => {
  const nth = inWords.indexOf(said);
  return nth < 0 ? Number(said) : nth + 1;
};

export function createAges(groups: readonly AgeGroup[]): Ages {
  const groupOf = (age: string): AgeGroup | undefined => {
    const id = ageGroupOf(age, [...groups]);
    return groups.find((group) => group.id === id);
  };
  const inYears = (from: number, to?: number): AgeGroup | undefined =>
    (to === undefined ? undefined : groupOf(`${from} to ${to}`)) ?? groupOf(String(from));

  const said = (
    words: readonly string[],
    at: number,
  ): { text: string; group: AgeGroup | undefined } | undefined => {
    const [first = '', before = '', next = ''] = [words[at], words[at - 1], words[at + 1]];
    if (first === 'reception')
      return beforeReception.has(before) || afterReception.has(next)
        ? { text: first, group: inYears(beforeYearOne) }
        : undefined;
    if (!mayBegin.test(first)) return undefined;
    const text = words.slice(at, at + mostWords).join(' ');
    const [ofSchool, year, stage] = schoolYear.exec(text) ?? [];
    if (ofSchool !== undefined) {
      const age = stage === undefined ? inDigits(year ?? '') + beforeYearOne : ofStage[Number(stage) - 1];
      return age !== undefined && age < 18 ? { text: ofSchool, group: inYears(age) } : undefined;
    }
    for (const pattern of ages) {
      const [whole, one, other] = pattern.exec(text) ?? [];
      if (whole === undefined || one === undefined) continue;
      const isRange = other !== undefined && !Number.isNaN(inDigits(other));
      const group = isRange
        ? inYears(inDigits(one), inDigits(other))
        : groupOf(`${inDigits(one)} ${other ?? ''}`.trim());
      return { text: whole, group };
    }
    const time = agesOrTimes.exec(text);
    if (time && !beforeTimes.has(before)) {
      const [whole, months, , glued, ofGlued] = time;
      const after = words[at + whole.split(' ').length] ?? '';
      if (!afterTimes.has(after))
        return {
          text: whole,
          group: groupOf(glued ? `${glued} ${ofGlued}` : `${inDigits(months ?? '')} months`),
        };
    }
    const isOld = areOld.has(before) && (people.has(words[at - 2] ?? '') || words[at - 2] === 'just');
    return isOld && /^\d{1,2}$/.test(first) && (next === '' || afterAge.has(next))
      ? { text: first, group: inYears(Number(first)) }
      : undefined;
  };
  return (words, at) => {
    const found = said(words, at);
    return found?.group && { length: found.text.split(' ').length, group: found.group };
  };
}

/** Most words say no age: that is seen at once. */
const mayBegin = new RegExp(`^(?:\\d|aged?$|key$|ks\\d|y(?:ea)?rs?\\d*$|y\\d|(?:${inWords.join('|')})$)`);
