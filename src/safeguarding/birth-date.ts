import type { Stretch } from './fold.ts';

const month =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const day = String.raw`\d{1,2}(?:st|nd|rd|th)?`;
const sign = String.raw`[ ]?[/.\\|_-][ ]?`;
const someDate = [
  String.raw`\d{4}${sign}\d{1,2}${sign}\d{1,2}`,
  String.raw`\d{1,2}${sign}\d{1,2}${sign}(?:\d{4}|\d{2})`,
  String.raw`${day}(?:[ ]of)?[ ,./-]{0,2}${month}(?!\p{L})(?:[ ,./-]{0,3}(?:\d{4}|'?\d{2})(?!\d))?`,
  String.raw`${month}\.?[ ]{0,2}${day}(?![\p{L}\d])(?:[ ,]{1,2}\d{4}(?!\d))?`,
].join('|');
/** Only right behind "DOB": anywhere else these are numbers. */
const bareDate = String.raw`\d{4}[ ]\d{1,2}[ ]\d{1,2}|\d{1,2}[ ]\d{1,2}[ ](?:\d{4}|\d{2})|\d{8}|\d{6}|\d{1,2}/\d{1,2}`;

const label = String.raw`(?<!\p{L})(?:dobs?|d\. ?o\. ?b|d/o/b|d-o-b|d o b|dates?[ ._-]?(?:of[ ._-]?)?birth|birth(?=[ ]?[:=])|birth[ ._-]?dates?)(?=${month}|\P{L}|$)\.?`;
const labels = String.raw`(?<!\p{L})(?:dobs|dates of birth|birth ?dates)(?!\p{L})`;
const weekday = '(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?';
/** Up to the day, as long as no other story begins; nor does it reach over what was seen (blanked) or masked ("]"). */
const gap = (others: string, signs: string, most: number): string =>
  String.raw`(?:(?!(?<!\p{L})(?:${others})(?!\p{L}))[^\d\]\p{Cc}${signs}]){0,${most}}?`;
const elsewhen = 'between|after|before|since|until|from|by|due|seen|met|visit(?:ed)?|review(?:ed)?';

const nothing = 'not|unknown|missing|blank|empty|box|field';

const date = String.raw`(?<!\d)(?:${someDate})(?!\d)`;
const patterns = [
  // "DOB: 12/03/2015", "Date of birth\n12 March 2015", "DOB 12 03 15".
  String.raw`${label}(?:[ ]?[:=.-]*[ ]?\n{1,2}[ ]*)?${gap(`${elsewhen}|${nothing}`, '', 30)}(${date})`,
  String.raw`${label}[ :=.-]{0,4}\n{0,2}[ ]?((?:${bareDate})(?!\d))`,
  `${labels}${gap(`${elsewhen}|${nothing}`, '', 30)}(${date}(?:(?:[ ]?(?:[,;&/]|and)[ ]?){1,2}${date})*)`,
  // "child's dob 12/03/2015, sibling's 14/05/2017"
  String.raw`${label}${gap(`${elsewhen}|${nothing}`, '', 30)}${date}[ ]?(?:[,;&]|and)[ ](?:and[ ])?\p{L}+'s?[ ](${date})`,
  // "(b. 12/03/2015)"
  String.raw`(?<!\p{L})b\.[ ]?(${date})`,
  // "born at home on 3 April"; "born early, seen on 12 May" and "born after 1 September 2019" tell of other days.
  String.raw`(?<!\p{L})born(?!\p{L})${gap(`${elsewhen}|was|were|is|are|has|had|and`, '.,;!?', 40)}(${date})`,
  String.raw`(?<!\p{L})born[ ]on(?:[ ]the)?[ ](\d{1,2}/\d{1,2})(?![\d/])`,
  // "her birthday is 3 April", and no "birthday party on 3 May".
  String.raw`(?<!\p{L})b(?:irth|'|-)?day(?:'?s)?(?:[ ](?:is|was|falls|will be))?(?:[ ]on)?(?:[ ]the)?[ :=,(-]{0,3}${weekday}(?:the )?(${date}|\d{1,2}/\d{1,2}(?![\d/]))`,
  // "12/03/2015 (DOB)", "3 April is her birthday".
  String.raw`(?<!\p{L})(${date})[ ,:(-]{0,4}(?:(?:is|was|as) )?(?:(?:his|her|their|my|the) )?(?:${label}|birthday(?=[ ]?(?:[.,;:!?)\n]|$)))`,
].map((pattern) => new RegExp(pattern, 'giud'));

const fullDate = new RegExp(
  String.raw`(?<![\d/.-])(?:\d{1,2}${sign}\d{1,2}${sign}(?:\d{4}|\d{2})|${day}(?:[ ]of)?[ ,./-]{0,2}${month}[ ,./-]{1,3}\d{4}|\d{4}-\d{2}-\d{2})(?![\d/.-])`,
  'iu',
);

/** Whether a day with its year stands in what is looked up, where it is mostly when somebody was born: no subject has one. */
export const holdsFullDate = (question: string): boolean => fullDate.test(question);

/** Dates are everywhere; only one with a cue beside it is somebody's. */
export const findBirthDates = (text: string): Stretch[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return end > start ? [{ start, end }] : [];
    }),
  );
