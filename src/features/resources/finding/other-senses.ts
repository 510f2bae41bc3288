import { isSmallWord } from '../../../content/words.ts';
import type { Field } from './field.ts';
import { isOfFamily } from './use.ts';

/** What stands beside a word that names a kind ("report", "video") where it is meant as something else. */
type Beside = { before?: ReadonlySet<string>; after?: ReadonlySet<string> };

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Before a verb: "how do I report", "never listen", "kids watch". */
const doers = set('to i we you they he she must should shall can could would will may not never nobody and');
const videos = set(
  'call calls calling chat conference conferences conferencing consultation consultations appointment appointments interaction link links meeting meetings visit visits game games',
);
const others: ReadonlyMap<string, Beside> = new Map([
  ['report', { before: doers }],
  ['guide', { before: doers, after: set('dog dogs') }],
  ['listen', { before: set('i we you they he she not never nobody') }],
  ['watch', { before: set('they he she kids children'), after: set('him her them us me out over tv telly') }],
  ['video', { after: videos }],
  ['film', { after: set('star stars night') }],
  ['news', { before: set('bad good sad breaking difficult terrible fake') }],
  ['course', { before: set('of') }],
  ['recording', { before: set('case call secretly') }],
]);

/** "Report a concern" tells somebody to do it; "report on neglect" is one. */
const ofReports = set('on about of into from by for with and or');

/** "Something to listen to about sleep". */
const isThing = (word = ''): boolean => things.has(word);
const things = set('something anything one thing things stuff podcast podcasts');

/** "Report it", "a video call", "bad news", "listen to them" and "of course" name no kind. */
export function isNoKind(words: readonly string[], at: number): boolean {
  const [word = '', before, after, next] = [words[at], words[at - 1], words[at + 1], words[at + 2]];
  const beside = others.get(word);
  if (!beside) return word === 'article' && /^\d/.test(after ?? '');
  if (word === 'report' && before === undefined && after !== undefined) return !ofReports.has(after);
  if (word === 'listen' && after === 'to' && next !== undefined) return !isThing(words[at - 2]);
  return (
    (before !== undefined && beside.before?.has(before) === true) ||
    (after !== undefined && beside.after?.has(after) === true)
  );
}

/** Words of a topic that are mostly said of other things: "black" of coffee, "race" of cars. */
const ofTopic: ReadonlyMap<string, { topic: string; beside: ReadonlySet<string> }> = new Map(
  ['black', 'race'].map((word) => [
    word,
    {
      topic: 'race-racism',
      // Whom or what of this field it is said of.
      beside: set(
        `adult adults baby babies birth boys british care carers child class client clients colleague colleagues communities
        community culture death deaths disability disparities education equality equity exclusion exclusions experience
        experiences families gender girls health history identity inclusion inequalities inequality kids labour led
        lives maternal maternity matter men mental midwife midwives nurse nurses patient patients people person police
        policing practitioner practitioners pregnancy pregnant professional professionals pupils school schools social
        staff student students survivors trauma woman women worker workers young youth`,
      ),
    },
  ]),
);

/** What one buys for a day that has its name from somebody. */
const days = new Set(['mothers', 'fathers', 'mother', 'father']);
const bought = set(
  'brunch card cards deals delivery flowers gift gifts ideas lunch menu offer offers present presents sale',
);

/**
 * Which of the words are said of something that is not of this field: "black coffee", "race results", "mother's day card". Beside
 * somebody, beside a word of the topic, and alone they mean the topic.
 * @param names whether a word alone is the name of a topic
 */
export function saidOfOtherThings(
  words: readonly string[],
  { fieldOf, names }: { fieldOf: Field; names(word: string): boolean },
): ReadonlySet<number> {
  const found = new Set<number>();
  for (const [at, word] of words.entries()) {
    const sense = ofTopic.get(word);
    if (sense) {
      const others = words.filter((other) => other !== word && !isSmallWord(other));
      const isOfField = (other: string) =>
        isOfFamily(other) || sense.beside.has(other) || names(other) || fieldOf(other).has(sense.topic);
      if (others.length > 0 && !others.some(isOfField)) found.add(at);
    }
    if (days.has(word) && words[at + 1] === 'day' && words.some((other) => bought.has(other)))
      found.add(at).add(at + 1);
  }
  return found;
}

const classes = set('social working middle upper lower under');
/** "In class" is at school; "working class" and "class" alone are about poverty. */
export const isAtSchool = (words: readonly string[], at: number): boolean =>
  words[at] === 'class' && words.length > 1 && !classes.has(words[at - 1] ?? '');

const shouting = set('shouted shouting shouts');
const shoutedAt = set('at out over and when');
/** "Mum shouted at me" does not ask for the service that is called Shout. */
export const asksForShout = (words: readonly string[]): boolean =>
  !words.some((word, at) => shouting.has(word) || (word === 'shout' && shoutedAt.has(words[at + 1] ?? '')));
export const isShout = ({ publisher }: { publisher: string }): boolean => /^Shout\b/.test(publisher);
