import { parseArgs } from 'node:util';
import { loadContent } from '../src/features/content.ts';
import {
  closerKinds,
  type IdentifierKind,
  identifierKinds,
  strongKinds,
} from '../src/safeguarding/finding.ts';
import { findIdentifiers } from '../src/safeguarding/identifiers.ts';
import { publicContacts } from '../src/safeguarding/signposts.ts';
import { type Count, countFindings, precision, recall, total } from './screening/measure.ts';
import { questions, readSnippets, setNames } from './screening/snippets.ts';

/**
 * How much of what may identify somebody the check sees, and how often it is wrong, by the labelled sets of
 * test/safeguarding/snippets; and how long it takes. Nothing is asserted. Of the held-out set only counts are shown: whoever
 * has seen what it misses writes patterns to fit it.
 */
const usage = `npm run bench:screening -- [--each]

  --each  what was missed and what was wrong in the set that may be looked at
`;

const { values } = parseArgs({ options: { each: { type: 'boolean' }, help: { type: 'boolean' } } });
if (values.help) {
  process.stdout.write(usage);
  process.exit();
}

const { signposts } = loadContent('data');
const allowed = publicContacts(signposts);
const find = (text: string) => findIdentifiers(text, { allowed });
const findCloser = (text: string) => findIdentifiers(text, { allowed, isCloser: true });

const say = (line = ''): boolean => process.stdout.write(`${line}\n`);
const figure = (name: string, count: Count): string =>
  [
    name.padEnd(14),
    `${count.caught} of ${count.labelled}`.padStart(11),
    recall(count).toFixed(3).padStart(8),
    `${count.right} of ${count.found}`.padStart(13),
    precision(count).toFixed(3).padStart(11),
  ].join('');

for (const name of [...setNames, questions] as const) {
  const snippets = readSnippets(name);
  const isCloser = name === questions;
  const { byKind, misses } = countFindings(snippets, isCloser ? findCloser : find);
  const of = (kinds: readonly IdentifierKind[]): Count =>
    total([...byKind].flatMap(([kind, count]) => (kinds.includes(kind) ? [count] : [])));
  const clear = snippets.filter(({ spans }) => spans.length === 0);
  const alarms = (look: typeof find): number => clear.filter(({ text }) => look(text).length > 0).length;
  say(`${name}: ${snippets.length} texts, in ${clear.length} of them nobody`);
  say(
    `false alarms: ${alarms(find)} of these ${clear.length}; as a question to colleagues ${alarms(findCloser)}`,
  );
  say(
    `${''.padEnd(14)}${'caught'.padStart(11)}${'recall'.padStart(8)}${'right'.padStart(13)}${'precision'.padStart(11)}`,
  );
  for (const kind of identifierKinds)
    if (isCloser || !closerKinds.includes(kind)) say(figure(kind, of([kind])));
  say(figure('strong kinds', of(strongKinds)));
  say(figure('all', of(identifierKinds)));
  say();
  if (!values.each || name === 'held-out') continue;
  for (const { snippet, missed, wrong } of misses) {
    for (const { kind, start, end } of missed)
      say(`missed ${kind}: ${snippet.text.slice(start, end)}   in: ${snippet.text}`);
    for (const { kind, start, end } of wrong)
      say(`wrong ${kind}: ${snippet.text.slice(start, end)}   in: ${snippet.text}`);
  }
  say();
}

/** As long as a field of a form holds. */
const prose = setNames
  .flatMap((name) => readSnippets(name).map(({ text }) => text))
  .join(' ')
  .slice(0, 3000);
const quiet = 'We talked about what the week had been like, and then nobody said anything for a while. '
  .repeat(40)
  .slice(0, 3000);
for (const [name, text] of [
  ['full of identifiers', prose],
  ['plain prose', quiet],
] as const) {
  const times = Array.from({ length: 60 }, () => {
    const from = performance.now();
    find(text);
    return performance.now() - from;
  })
    .slice(10)
    .toSorted((a, b) => a - b);
  say(
    `3,000 characters, ${name}: ${times[25]?.toFixed(2)} ms in the middle, ${times.at(-1)?.toFixed(2)} ms at most`,
  );
}
