import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadContent } from '../src/features/content.ts';
import { fuse, type Make, miniSearch, ours, type Searched } from './relevance/engines.ts';
import { grown } from './relevance/grown.ts';
import {
  heldOut,
  isTunedOn,
  type Judged,
  type Judgements,
  kindIds,
  kinds,
  readJudgements,
} from './relevance/judgements.ts';
import { gradesOfHits, mean, ndcg, succeeds } from './relevance/measure.ts';
import { timesOf } from './relevance/times.ts';

/**
 * How well the search finds, by test/search/judgements.yaml, beside two others on the same catalogue; and how long it takes.
 * Nothing is asserted; the aims stand beside the figures. Change the search, not the judgements, and do not write phrases
 * that fit their questions: the figures are to hold for questions that nobody has written down.
 */
const usage = `npm run bench:search -- [--each] [--pool] [--no-times]

  --each      every question that may be looked at, with its figure for each search, and what ours found first
  --pool      what a search found among its first five and nobody has graded
  --no-times  how well only
`;

/** The search that somebody might take instead, named with its version. */
const { devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const engines: readonly { name: string; make: Make }[] = [
  { name: 'ours', make: ours },
  { name: `MiniSearch ${devDependencies.minisearch}`, make: miniSearch },
  { name: `Fuse.js ${devDependencies['fuse.js']}`, make: fuse },
];

const manyEntries = 10_000;

type Outcome = { ndcg: number | undefined; succeeds: boolean | undefined; hits: readonly string[] };
type Seen = {
  name: string;
  onTopic: readonly { question: Judged; outcome: Outcome }[];
  offTopic: readonly { ask: string; hits: readonly string[] }[];
};

function look(make: Make, content: Searched, judgements: Judgements): Omit<Seen, 'name'> {
  const engine = make(content);
  const shown = content.catalogue.byId;
  const onTopic = judgements.onTopic.map((question) => {
    const hits = engine.find(question.ask);
    const found = gradesOfHits(hits, question.grades);
    const available = [...question.grades].filter(([id]) => shown.has(id)).map(([, grade]) => grade);
    const outcome = { hits, ndcg: ndcg(found, available), succeeds: succeeds(found, available) };
    return { question, outcome };
  });
  const offTopic = judgements.offTopic.map((ask) => ({ ask, hits: engine.find(ask) }));
  return { onTopic, offTopic };
}

const nameWidth = 34;
const cellWidth = 25;
const percent = (share: number): string => `${Math.round(share * 100)}%`;
const line = (name: string, cells: readonly string[], aim = ''): string =>
  [name.padEnd(nameWidth), ...cells.map((cell) => cell.padEnd(cellWidth)), aim].join('').trimEnd();

type Figures = { ndcg: number; success: number; empty: number };

const figuresOf = (outcomes: readonly Outcome[]): Figures => ({
  ndcg: mean(outcomes.map((outcome) => outcome.ndcg)),
  success: mean(
    outcomes.map((outcome) => outcome.succeeds).map((is) => (is === undefined ? is : Number(is))),
  ),
  empty: mean(outcomes.map(({ hits }) => Number(hits.length === 0))),
});

const cellOf = ({ ndcg: gain, success, empty }: Figures): string =>
  `${gain.toFixed(2)}  ${percent(success).padStart(4)}  ${percent(empty).padStart(4)}`;

const aims: Readonly<Record<string, string>> = { needs: 'nDCG 0.70', facets: 'nDCG 0.80' };

/** Of the questions of one half, or of all. */
const part = ({ onTopic, offTopic, ...rest }: Seen, of: (ask: string) => boolean): Seen => ({
  ...rest,
  onTopic: onTopic.filter(({ question }) => of(question.ask)),
  offTopic: offTopic.filter(({ ask }) => of(ask)),
});

function howWell(title: string, seen: readonly Seen[]): string {
  const [{ onTopic, offTopic } = { onTopic: [], offTopic: [] }] = seen;
  const countOf = (kind: string) => onTopic.filter(({ question }) => question.kind === kind).length;
  const asked = kindIds.filter((kind) => countOf(kind) > 0);
  const perKind = asked.map((kind) => ({
    kind,
    figures: seen.map((one) =>
      figuresOf(one.onTopic.filter(({ question }) => question.kind === kind).map(({ outcome }) => outcome)),
    ),
  }));
  // A kind with many questions weighs more in the one, each kind the same in the other.
  const byQuestion = seen.map((one) => figuresOf(one.onTopic.map(({ outcome }) => outcome)));
  const byKind = seen.map((_, which) => {
    const own = perKind.map(({ figures }) => figures[which]);
    return {
      ndcg: mean(own.map((one) => one?.ndcg)),
      success: mean(own.map((one) => one?.success)),
      empty: mean(own.map((one) => one?.empty)),
    };
  });
  return [
    `${title}: nDCG@5, a good page among the first three, empty answers.`,
    '',
    line(
      'questions',
      seen.map(({ name }) => name),
      'aim',
    ),
    ...perKind.map(({ kind, figures }) =>
      line(`${kinds[kind]} (${countOf(kind)})`, figures.map(cellOf), aims[kind]),
    ),
    line(`All of these (${onTopic.length})`, byQuestion.map(cellOf), 'nDCG 0.85, empty 5% at most'),
    ...(asked.length > 1 ? [line('  each kind counted alike', byKind.map(cellOf))] : []),
    line(
      `Off-topic, empty (${offTopic.length})`,
      seen.map((one) =>
        percent(mean(one.offTopic.map(({ hits }) => Number(hits.length === 0)))).padStart(16),
      ),
      '90%',
    ),
  ].join('\n');
}

function howLong(content: Searched, { onTopic, offTopic }: Judgements): string {
  const questions = [...onTopic.map(({ ask }) => ask), ...offTopic];
  const cells = (times: readonly number[]) => times.map((ms) => `${ms.toFixed(2).padStart(6)} ms`);
  const many = { ...content, catalogue: grown(content.catalogue, content.vocabulary, manyEntries) };
  const every = (nth: number) => questions.filter((_, index) => index % nth === 0);
  /** Fuse.js by itself and with few: it needs so long that the others would begin each question with an empty processor cache. */
  const times = (on: Searched, nth: number) => [
    ...timesOf([ours, miniSearch], on, every(nth), { rounds: 3, warmUp: 1 }),
    ...timesOf([fuse], on, every(12 * nth), { rounds: 1, warmUp: 0 }),
  ];
  const today = times(content, 2);
  const later = times(many, 4);
  return [
    'How long: a question that was not asked before, in the middle.',
    '',
    line(
      '',
      engines.map(({ name }) => name),
    ),
    line(`${content.catalogue.shown.length} entries`, cells(today), 'below MiniSearch'),
    line(`${many.catalogue.shown.length} entries`, cells(later), 'below MiniSearch'),
  ].join('\n');
}

/**
 * What any of them found among its first five and nobody has graded, for a reader who grades it: in the catalogue's order, so
 * that nothing says which of them found it, or how high.
 */
function pool(seen: readonly Seen[], content: Searched): string {
  const lines = (seen[0]?.onTopic ?? []).flatMap(({ question }, index) => {
    const hits = new Set(seen.flatMap(({ onTopic }) => onTopic[index]?.outcome.hits.slice(0, 5) ?? []));
    const ungraded = content.catalogue.shown.filter(({ id }) => hits.has(id) && !question.grades.has(id));
    return ungraded.length === 0 ? [] : [[question.ask, ...ungraded.map(({ id }) => `  ${id}`)].join('\n')];
  });
  return lines.join('\n');
}

/** By kind, the worst of ours first. */
function each(seen: readonly Seen[]): string {
  const [first, ...others] = seen;
  const figure = (outcome: Outcome | undefined): string => outcome?.ndcg?.toFixed(2) ?? '  – ';
  const lines = (first?.onTopic ?? []).map(({ question, outcome }, index) => ({
    question,
    gain: outcome.ndcg ?? 1,
    text: [
      [outcome, ...others.map((one) => one.onTopic[index]?.outcome)].map(figure).join('  '),
      question.ask,
      outcome.hits
        .slice(0, 5)
        .map((id) => `${id} ${question.grades.get(id) ?? 0}`)
        .join(', ') || 'nothing',
    ].join('  | '),
  }));
  const perKind = kindIds.map((kind) =>
    [
      kinds[kind],
      ...lines
        .filter(({ question }) => question.kind === kind)
        .toSorted((a, b) => a.gain - b.gain)
        .map(({ text }) => text),
    ].join('\n'),
  );
  const answered = (first?.offTopic ?? [])
    .filter(({ hits }) => hits.length > 0)
    .map(({ ask, hits }) => `${ask}  | ${hits.slice(0, 3).join(', ')}`);
  return [...perKind, ['Off-topic and answered', ...answered].join('\n')].join('\n\n');
}

const say = (text: string): void => {
  process.stdout.write(`${text}\n\n`);
};

function run(): number {
  const { values } = parseArgs({
    options: {
      each: { type: 'boolean', default: false },
      pool: { type: 'boolean', default: false },
      'no-times': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say(usage);
    return 0;
  }
  const content = loadContent('data');
  const judgements = readJudgements();
  const seenOf = (asked: Judgements): Seen[] =>
    engines.map(({ name, make }) => ({ name, ...look(make, content, asked) }));
  const seen = seenOf(judgements);
  const apart = seenOf(readJudgements(heldOut));
  const looked = seen.map((one) => part(one, isTunedOn));
  const measured = seen.map((one) => part(one, (ask) => !isTunedOn(ask)));
  if (values.pool) say([seen, apart].map((one) => pool(one, content)).join('\n'));
  if (values.each) say(each(looked));
  say(howWell('How well', seen));
  say(howWell('The half that is looked at while the search is worked on', looked));
  say(howWell('The other half', measured));
  say(howWell('The second set, not tuned on', apart));
  if (!values['no-times']) say(howLong(content, judgements));
  return 0;
}

process.exitCode = run();
