import type { Stretch } from './fold.ts';

const numbers =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen';
/** Of a child or a young person: up to 19, and in months or weeks. */
const years = String.raw`(?:(?:1?\d)(?:[ ]?\u00bd|\.5)?|${numbers})`;
const young = String.raw`(?:${years}(?:[- ]?(?:years?|yrs?|y))?|(?:\d{1,2}|${numbers})[- ]?(?:months?|mths?|weeks?|wks?|days?))`;
const child =
  '(?:step|half[ -]?)?(?:brother|sister|son|daughter)|nephew|niece|cousin|sibling|twins?|youngest|eldest|oldest|middle one|boy|girl|child|baby|toddler|infant|newborn|teenager|teen|lad|kid|young person|pupil|student|one';

/** "A 2-year-old review", "three-year-old places", "6-year-old pupils": a service, or an age group. */
const ofAGroup = String.raw`(?!(?:[ ]\p{L}+)?[ ](?:free[ ]|funded[ ]|funding|offer|review|check|place|entitlement|programme|room|group|class|provision|stage|phase|cohort|development|policy|project|building|strategy|plan|service|team|children(?!\p{L})|pupils|students|boys|girls|babies|toddlers|teenagers|kids|siblings))`;
/** "Under 5", "0 to 5", "from 3": the edge of a group. */
const noEdge = String.raw`(?<!(?:\b(?:under|over|above|below|to|or|than|least|most|until|till|from|between|reach(?:es|ed|ing)?)|\d[ ]?[-\u2013/+&])[ ]?)`;
/** Nothing goes on with another number: "aged 5-11", "7 or 8 of us". */
const alone = String.raw`(?![\p{L}\p{N}%:/]|[.,-]\d|,?[ ]\d|[ ]?(?:-|to[ ]|or[ ](?:over|above|more|under|below|younger|older))|[ ]?\+|[ ]and[ ](?:over|above|up|under|below)\b)`;
const goesOn = String.raw`(?=[ ]?(?:[.,;:!?)\n]|$)|[ ](?:and|but|so|who|with|at|in|now|when|while|because|years?[ ]old|months?[ ]old|weeks?[ ]old)\b)`;
/** "Children aged 5", "for those aged 5": a group. */
const notOfMany = String.raw`(?<!\b(?:children|people|persons|pupils|students|boys|girls|babies|toddlers|teenagers|kids|those|families|parents|ones|anyone|anybody|everyone|everybody|groups?|are|all|for)[, ]{1,2})`;

const patterns = [
  // "a 7-year-old", "her six month old", "14yo", "4 yr old".
  String.raw`(?<![\p{L}\p{N}.,])${noEdge}((?:\d{1,2}|${numbers})[- ]?(?:years?|yrs?|months?|mths?|weeks?|wks?|days?)[- ]?old|1?\d[ ]?y[/.]?o)(?![\p{L}\p{N}-])${ofAGroup}`,
  // "aged 7", "age: 7", "a boy age 7", "twins aged 3 and 5".
  String.raw`${notOfMany}(?<!\p{L})(aged[ ]${young}(?:(?: and | & )1?\d(?!\d))?)${alone}`,
  String.raw`\b(?:siblings|brothers|sisters|sons|daughters|(?:two|three|four|five|six|her|his|their|whose)[ ](?:\p{L}+[ ])?(?:children|kids|boys|girls)),?[ ](?:are[ ])?(aged?[ ]1?\d(?:(?:, | and |, and | & )1?\d(?!\d))*)${alone}`,
  String.raw`(?<=\b(?:${child})[, ]{1,2}|^|[\n(,;]|[.;,][ ])(age[ ]?[:=]?[ ]?${young})${alone}(?![ ](?:is|are|was|can|should|may)\b)`,
  // "he is 6", "my youngest is nearly two", "she was 14 when".
  String.raw`\b(?:he|she|who|${child})(?:[ ](?:on|in|of)[ ](?:the|my|our)[ ]\p{L}+)?(?:'s|[ ]is|[ ]was)[ ](?:now[ ]|just[ ]|only[ ]|nearly[ ]|almost[ ]|already[ ]|still[ ])?(?!one(?![ ](?:year|month))|\d[ ]?[ap]m)(${young})${alone}${goesOn}`,
  // "he turned 5", "she has just turned twelve", "who will be 7 in May".
  String.raw`\b(?:he|she|who|${child})(?:'s|'ll)?(?:[ ](?:has|is|will|just|only|recently|about|to|going|soon|have)){0,4}[ ](?:turn(?:ed|s|ing)?|be)[ ](${years})${alone}${goesOn}`,
  // "a boy of 12", "a girl (7)", "her son, 8, …", "the twins, 4,".
  String.raw`\b(?:${child})(?:[ ]of[ ]|[ ]?\(|,[ ])(${young})${alone}(?=[ ]?[,;.)\n]|$|[ ](?:who|and|at|in|is|was|has)\b)`,
  // "Amira, 7, does not sleep", once the name itself was seen: it is blanked then.
  String.raw`\u0000(?:'s[ ]|[ ](?:is|was)[ ]|,[ ](?:(?:who[ ])?(?:is|was)[ ])?(?:aged?[ ])?|[ ]?\((?:aged?[ ])?)(${young})${alone}(?=[ ]?[,;.)!?\n]|$|[ ](?:and|but|who|is|was|has|does|in|at|with|from)\b)`,
].map((pattern) => new RegExp(pattern, 'giud'));

/** How old somebody is who is still growing up. An age group ("under 5", "0-5s", "year 6") is nobody's. */
export const findAges = (text: string): Stretch[] =>
  patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ indices }) => {
      const [start, end] = indices?.[1] ?? [0, 0];
      return end > start ? [{ start, end }] : [];
    }),
  );
