import { fewerThan } from '../../../community/suppress.ts';
import type { Chart, Part, Section } from '../../findings.ts';
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
  { id: 'potential', title: 'What they came away with', is: cycle('potential') },
  { id: 'applied', title: 'What they have used', is: cycle('applied') },
  { id: 'realised', title: 'What it has led to', is: cycle('realised') },
  { id: 'reframing', title: 'What they see differently', is: cycle('reframing') },
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
const isEffect = (question: Question): boolean => level('3')(question) && question.type === 'scale';

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

const questionColumns = [
  { id: 'question', label: 'Question', about: 'As people read it.' },
  { id: 'asked', label: 'Asked on', about: 'The day on which people were asked.' },
];

/** A table of the scales, one of the choices with a chart for each, and what is not shown. */
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
    return place === undefined
      ? []
      : [[`${one.question.text}${one.paper}`, one.on, place, scaleOf(one.question).says]];
  });
  const chosen = sums.flatMap((one) => {
    if (placeOnScale(one.shown) !== undefined) return [];
    const people = peopleChose(one.question, one.shown, one.smallest);
    return (choicesOf(one.question)?.values ?? []).map(({ label }, at) => [
      `${one.question.text}${one.paper}`,
      one.on,
      label,
      people[at] ?? '',
    ]);
  });
  return [
    ...(scales.length > 0
      ? [
          {
            kind: 'table' as const,
            id,
            caption: 'Scales',
            columns: [
              ...questionColumns,
              {
                id: 'place',
                label: 'Where answers lie',
                about:
                  'The average to the nearest half, of twelve answers and more; of fewer, in which third of the scale the average lies.',
              },
              { id: 'scale', label: 'From, to', about: 'The two ends of the scale.' },
            ],
            rows: scales,
          },
          ...averagesChart(sums),
        ]
      : []),
    ...(chosen.length > 0
      ? [
          {
            kind: 'table' as const,
            id: `${id}-choices`,
            caption: 'Choices',
            columns: [
              ...questionColumns,
              { id: 'answer', label: 'Answer', about: 'One of those to choose from.' },
              {
                id: 'people',
                label: 'People',
                about:
                  'How many chose it. Of fewer than twelve answers, whether more than half did. “few”: fewer than five, or left out so that none can be worked out.',
              },
            ],
            rows: chosen,
          },
          ...sums.flatMap((one) => countsChart(one.question, one.shown, one.paper)),
        ]
      : []),
    ...notShown(answered),
  ];
}

type Drawn = { question: Question; shown: Sum; paper: string };

/** Of two or more averages on one scale. */
function averagesChart(sums: readonly Drawn[]): Chart[] {
  const averages = sums.flatMap((one) =>
    one.shown.kind === 'average' && one.paper === '' ? [{ ...one, value: one.shown.value }] : [],
  );
  return [...Map.groupBy(averages, ({ question }) => scaleOf(question).says).values()].flatMap(
    (all): Chart[] => {
      const [first] = all;
      if (!first || all.length < 2) return [];
      const { from, to } = scaleOf(first.question);
      const [highest] = all.toSorted((one, other) => other.value - one.value);
      return [
        {
          kind: 'chart',
          type: 'bars',
          title: 'Averages',
          finding: `Highest: ${quoted(highest?.question.text ?? '')}, ${highest?.value ?? ''} on average, on a scale from ${scaleOf(first.question).says}.`,
          unit: `Average, from ${from} to ${to}`,
          from,
          to,
          points: all.map(({ question, value }) => ({ label: question.text, value })),
        },
      ];
    },
  );
}

function countsChart(question: Question, shown: Sum, paper: string): Chart[] {
  if (shown.kind !== 'counts') return [];
  const values = choicesOf(question)?.values ?? [];
  const points = shown.counts.flatMap((count, at) =>
    typeof count === 'number' ? [{ label: values[at]?.label ?? '', value: count }] : [],
  );
  const [highest] = points.toSorted((one, other) => other.value - one.value);
  if (!highest || points.length < 2) return [];
  return [
    {
      kind: 'chart',
      type: 'bars',
      title: `${question.text}${paper}`,
      finding: `Of the answers whose number can be said, ${quoted(highest.label)} was chosen most often: by ${highest.value} people.`,
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
