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
