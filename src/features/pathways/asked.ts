import { tidyLine } from '../../slack/text.ts';

/** A search longer than this is a story, and no question of whom to ring. */
const longest = 200;

const asks = [
  /\bwho(?:m|se)?\b.{0,40}\b(?:call|ring|phone|contact|tell|inform|turn to|go to|speak|talk|refer|report|consult|ask)\b/,
  /\b(?:where|how)\b.{0,30}\b(?:refer|report|get help for|get support for)\b/,
  /\b(?:make|making|send|sending|need) (?:a |an )?(?:urgent )?referral\b/,
  /\b(?:number|line|contact) (?:for|to (?:ring|call))\b/,
  /\b(?:out of hours|emergency duty|front door|care pathway|referral pathway|pathways? (?:for|to|into)|refer(?:ral)? to|where to refer)\b/,
];
const worries =
  /\b(?:worried|concerned|concerns?) (?:about|for) (?:a|an|the|this|that|my|one of|some) ?.{0,30}\b(?:child|children|baby|boy|girl|pupil|teenager|family|young person|adult)\b|\breport(?:ing)? (?:an? |my |the )?(?:safeguarding |child protection |welfare |serious )?(?:concern|worry|abuse|neglect|harm)\b|\bmake a safeguarding referral\b/;

const frontDoor =
  /\b(?:social (?:services|care)|child(?:ren)?['\u2019]?s?['\u2019]? (?:services|social care)|safeguarding (?:team|hub)|child protection team|emergency duty(?: team)?|(?<!camhs )(?<!health )duty (?:team|social worker)|social workers? (?:number|phone|contact)|(?:number|phone|contact) for (?:a |the )?social worker|edt|mash|front door)\b/;
const whenClosed =
  /\b(?:weekend|out of hours|after hours|bank holiday|tonight|at night)\b.*\b(?:child|children|kid|baby|boy|girl|teenager|family)\b|\b(?:child|children|kid|baby|boy|girl|teenager|family)\b.*\b(?:weekend|out of hours|after hours|bank holiday|tonight|at night)\b/;
const reaching = /\b(?:numbers?|phone|telephone|contacts?|ring|call|out of hours|open|tonight|weekend)\b/;
const ofAdults = /\badults?\b|\b(?:elderly|older) (?:person|people|man|woman|lady|neighbour|parent)\b/;

/** Whether a search asks how the council's own front door is reached, and whose. */
export function asksFrontDoor(question: string): 'children' | 'adults' | undefined {
  const line = tidyLine(question).toLowerCase();
  if (line.length > longest) return undefined;
  const isAsking = asks.some((one) => one.test(line));
  if (!(frontDoor.test(line) && (isAsking || reaching.test(line))) && !(isAsking && whenClosed.test(line)))
    return undefined;
  return ofAdults.test(line) ? 'adults' : 'children';
}

/** Whether a search asks who to turn to. `a-worry`: about a child or an adult, whatever the need is. */
export function asksWho(question: string): 'who' | 'a-worry' | undefined {
  const line = tidyLine(question).toLowerCase();
  if (line.length > longest) return undefined;
  if (worries.test(line)) return 'a-worry';
  return asks.some((one) => one.test(line)) ? 'who' : undefined;
}
