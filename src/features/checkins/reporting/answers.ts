import { fewerThan } from '../../../community/suppress.ts';
import { list } from '../../../slack/text.ts';
import type { Chart, Part, Section, Table } from '../../findings.ts';
import { asksWordsUse, choicesOf, isCompared, type Question } from '../question-kinds.ts';
import type { Sum } from '../results/frozen.ts';
import type { QuestionResult } from '../results/results.ts';
import { peopleChose, placeOnScale, sayLeft, scaleOf } from './cells.ts';
import { type Closed, latestOf, quoted } from './rounds.ts';

/** What came out of one question, in the last round that asked it. */
type Answered = { question: Question; on: string; smallest: number; result: QuestionResult };

const kirkpatrick = 'Kirkpatrick';

/** By which level of Kirkpatrick a question measures, or which cycle of value. */
const measures = [
  { id: 'reaction', title: 'What people thought of it', is: level('1') },
  { id: 'learning', title: 'What they learned', is: level('2') },
  { id: 'behaviour', title: 'What they do differently', is: level('3') },
  { id: 'results', title: 'What came of it', is: level('4') },
  { id: 'immediate', title: 'What taking part itself gave them', is: cycle('immediate') },
  { id: 'potential', title: 'What they took from it', is: cycle('potential') },
  { id: 'applied', title: 'What they have done with it', is: cycle('applied') },
  { id: 'realised', title: 'What it has led to', is: cycle('realised') },
  { id: 'reframing', title: 'What they see differently', is: cycle('reframing') },
  {
    id: 'principles',
    title: 'How well it kept to trauma-informed principles',
    is: ({ construct }: Question) => construct?.framework === 'Trauma-informed principles',
  },
  { id: 'other', title: 'Other questions', is: () => true },
] as const;

function level(nth: string) {
  return ({ construct }: Question): boolean =>
    construct?.framework === kirkpatrick && construct.level?.startsWith(nth) === true;
}

function cycle(name: string) {
  return ({ construct }: Question): boolean => construct?.cycle === name;
}

/** How sessions, resources and the forum are said to have affected practice. */
const isEffect = (question: Question): boolean =>
  level('3')(question) && choicesOf(question)?.kind === 'scale';

/** What somebody allows is for the program, and no finding. */
const isAsked = (question: Question): boolean => choicesOf(question) !== undefined && !asksWordsUse(question);

const answeredIn = (closed: readonly Closed[]): Answered[] =>
  latestOf(closed).flatMap(({ results, on }) =>
    results.kind !== 'shown'
      ? []
      : results.questions
          .filter(({ question }) => isAsked(question))
          .map((result) => ({
            question: result.question,
            on,
            smallest: results.round.definition.smallest,
            result,
          })),
  );

const whatIsSaid =
  'This is what people themselves say of sessions, resources, the forum and their work. Of the forum too it is what they say: no channel was read, and nothing was counted there.';

export function effectSection(closed: readonly Closed[]): Section | undefined {
  const answered = answeredIn(closed).filter(({ question }) => isEffect(question));
  const parts = partsOf('effect', answered);
  if (parts.length === 0) return undefined;
  return {
    id: 'effect',
    title: 'How practice has been affected',
    parts: [{ kind: 'text', text: whatIsSaid }, ...parts],
  };
}

/** All other choices and scales, by what they measure. */
export function answersSection(closed: readonly Closed[]): Section | undefined {
  // What is compared, waits for that, or is too little for it, has a section of its own.
  const answered = answeredIn(closed).filter(
    ({ question, result }) =>
      !isEffect(question) &&
      (!isCompared(question) || (result.kind === 'summed' && result.compared.length === 0)),
  );
  const byMeasure = Map.groupBy(answered, ({ question }) => measures.find(({ is }) => is(question)));
  const parts = measures.flatMap((measure): Part[] => {
    const here = partsOf(`answers-${measure.id}`, byMeasure.get(measure) ?? []);
    return here.length === 0 ? [] : [{ kind: 'heading', text: measure.title }, ...here];
  });
  if (parts.length === 0) return undefined;
  return {
    id: 'answers',
    title: 'What people answered',
    parts: [
      {
        kind: 'text',
        text: 'Of questions that came again, the last time counts here. Of fewer than twelve answers it is said only roughly where they lie. “few” is fewer than five, or left out so that no small number can be worked out.',
      },
      ...parts,
    ],
  };
}

const questionColumn = { id: 'question', label: 'Question', about: 'As people read it.' };
const placeColumn = {
  id: 'place',
  label: 'Average, or third',
  about:
    'The average to the nearest half, of twelve answers and more; of fewer, in which third of the scale the average lies.',
};
const scaleColumn = { id: 'scale', label: 'From, to', about: 'The two ends of the scale.' };
const askedColumn = { id: 'asked', label: 'Asked on', about: 'The day on which people were asked.' };

/** A table of the scales, one of each choice with its chart, and what is not shown. */
function partsOf(id: string, answered: readonly Answered[]): Part[] {
  const sums = answered.flatMap((one) =>
    one.result.kind === 'summed'
      ? [
          { ...one, shown: one.result.shown, paper: '' },
          ...(one.result.paper ? [{ ...one, shown: one.result.paper, paper: ' (on paper)' }] : []),
        ]
      : [],
  );
  const scales = sums.flatMap((one) => {
    const place = placeOnScale(one.shown);
    return place === undefined ? [] : [{ ...one, place, text: `${one.question.text}${one.paper}` }];
  });
  // After each session the same is asked: how it went on stands together.
  const byQuestion = [...Map.groupBy(scales, ({ text }) => text).values()];
  const once = byQuestion.flatMap((all) => (all.length === 1 ? all : []));
  const again = byQuestion.filter((all) => all.length > 1);
  const chosen = sums.filter(({ shown }) => placeOnScale(shown) === undefined);
  return [
    ...(once.length > 0
      ? [
          {
            kind: 'table' as const,
            id,
            caption: 'Scales',
            columns: [questionColumn, placeColumn, scaleColumn, askedColumn],
            rows: once.map(({ text, place, question, on }) => [text, place, scaleOf(question).says, on]),
          },
        ]
      : []),
    ...averagesCharts(once),
    ...again.flatMap((all, at) => [
      {
        kind: 'table' as const,
        id: at === 0 ? `${id}-again` : `${id}-again-${at + 1}`,
        caption: all.map(({ text, question }) => `${text} From ${scaleOf(question).says}`)[0] ?? '',
        said: 2,
        sheet: { id: `${id}-again`, caption: 'Scales that were asked again' },
        columns: [questionColumn, scaleColumn, askedColumn, placeColumn],
        rows: all.map(({ text, question, on, place }) => [text, scaleOf(question).says, on, place]),
      },
      ...againChart(all),
    ]),
    ...chosen.flatMap((one, at) => [
      choicesTable(one, { id: `${id}-choices`, nth: at + 1 }),
      ...countsChart(one.question, one.shown, one.paper),
    ]),
    ...notShown(answered),
  ];
}

type Drawn = { question: Question; shown: Sum; paper: string; on: string; smallest: number };

/** What was chosen, of one question: what is the same in each row is said above it. */
function choicesTable(
  { question, shown, paper, on, smallest }: Drawn,
  { id, nth }: { id: string; nth: number },
): Table {
  const people = peopleChose(question, shown, smallest);
  const text = `${question.text}${paper}`;
  return {
    kind: 'table',
    id: nth === 1 ? id : `${id}-${nth}`,
    caption: `${text} Asked on ${on}`,
    said: 2,
    sheet: { id, caption: 'Choices' },
    columns: [
      questionColumn,
      askedColumn,
      { id: 'answer', label: 'Answer', about: 'One of those to choose from.' },
      {
        id: 'people',
        label: 'People',
        about:
          'How many chose it. Of fewer than twelve answers, whether more than half did. “few”: fewer than five, or left out so that none can be worked out.',
      },
    ],
    rows: (choicesOf(question)?.values ?? []).map(({ label }, at) => [text, on, label, people[at] ?? '']),
  };
}

type Average = Drawn & { value: number };

const averagesOf = (sums: readonly Drawn[]): Average[] =>
  sums.flatMap((one) =>
    one.shown.kind === 'average' && one.paper === '' ? [{ ...one, value: one.shown.value }] : [],
  );

/** Of two or more questions on one scale. */
const averagesCharts = (sums: readonly Drawn[]): Chart[] =>
  [...Map.groupBy(averagesOf(sums), ({ question }) => scaleOf(question).says).values()].flatMap((all) =>
    averagesChart(all, highest, ({ question }) => question.text),
  );

/** Of one question that came again. That nothing has moved is said in the table. */
function againChart(sums: readonly Drawn[]): Chart[] {
  const all = averagesOf(sums);
  return new Set(all.map(({ value }) => value)).size > 1 ? averagesChart(all, inTurn, ({ on }) => on) : [];
}

type Said = { title: string; finding: string };

function averagesChart(
  all: readonly Average[],
  say: (all: readonly Average[]) => Said,
  labelOf: (one: Average) => string,
): Chart[] {
  const [first] = all;
  if (!first || all.length < 2) return [];
  const { from, to } = scaleOf(first.question);
  return [
    {
      kind: 'chart',
      type: 'bars',
      ...say(all),
      unit: `Average, from ${from} to ${to}`,
      from,
      to,
      points: all.map((one) => ({ label: labelOf(one), value: one.value })),
    },
  ];
}

/** Of different questions. */
function highest(all: readonly Average[]): Said {
  const top = Math.max(...all.map(({ value }) => value));
  const at = all.filter(({ value }) => value === top);
  const names = list(at.map(({ question }) => quoted(question.text)));
  const scale = all[0] ? scaleOf(all[0].question).says : '';
  return {
    title: 'Averages',
    finding:
      at.length === all.length
        ? `All are at ${top} on average, on a scale from ${scale}.`
        : `Highest: ${names}, ${top} on average, on a scale from ${scale}.`,
  };
}

/** Of one question, at one time after the other. */
const inTurn = (all: readonly Average[]): Said => ({
  title: all[0]?.question.text ?? '',
  finding: `On average ${list(all.map(({ value, on }) => `${value} on ${on}`))}.`,
});

function countsChart(question: Question, shown: Sum, paper: string): Chart[] {
  if (shown.kind !== 'counts') return [];
  const values = choicesOf(question)?.values ?? [];
  const points = shown.counts.flatMap((count, at) =>
    typeof count === 'number' ? [{ label: values[at]?.label ?? '', value: count }] : [],
  );
  if (points.length < 2) return [];
  const named = (labels: readonly string[]) => list(labels.map(quoted));
  // A number in its place would tell how few did not: it is no bar, and yet the highest.
  const most = shown.counts.flatMap((count, at) => (count === 'most' ? [values[at]?.label ?? ''] : []));
  const top = Math.max(...points.map(({ value }) => value));
  const at = points.filter(({ value }) => value === top).map(({ label }) => label);
  return [
    {
      kind: 'chart',
      type: 'bars',
      title: `${question.text}${paper}`,
      finding: `${most.length > 0 ? `More than half chose ${named(most)}. ` : ''}Of the ${
        most.length > 0 ? 'other ' : ''
      }answers whose number can be said, ${named(at)} ${
        at.length === 1 ? 'was' : 'were'
      } chosen most often: by ${top} people${at.length === 1 ? '' : ' each'}.`,
      unit: 'People',
      from: 0,
      points,
    },
  ];
}

/** One sentence for each reason. */
function notShown(answered: readonly Answered[]): Part[] {
  const [first] = answered;
  const reasons = [
    ['too-few', `since ${fewerThan(first?.smallest ?? 0)} answered`],
    ['beside', 'since some of these people are in another group as well, whose results are shown'],
  ] as const;
  return reasons.flatMap(([kind, reason]): Part[] => {
    const left = answered.filter(({ result }) => result.kind === kind);
    return sayLeft(
      `Not shown, ${reason}`,
      left.map(({ question }) => question),
    );
  });
}
