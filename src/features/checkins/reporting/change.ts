import { fewerThan, thirds } from '../../../community/suppress.ts';
import type { Part, Section } from '../../findings.ts';
import { sureOf } from '../comparing/change.ts';
import { comesAs } from '../comparing/waiting.ts';
import type { CheckInDeps } from '../deps.ts';
import { choicesOf, isCompared, type Question } from '../question-kinds.ts';
import { listReaders } from '../readers.ts';
import type { Sum } from '../results/frozen.ts';
import { type Compared, readComparisons } from '../results/results.ts';
import { bandWords, movedBy, signed } from '../results/say.ts';
import { inCell, naming, peopleChose, sayLeft, scaleOf } from './cells.ts';
import { type Closed, dayOf, quoted } from './rounds.ts';

type Naming = ReturnType<typeof naming>;
type Pair = { question: Question; sums: Compared['sums'] };

/** What the same people answered before and after. */
export async function changeSection(
  deps: CheckInDeps,
  cohortId: string,
  closed: readonly Closed[],
): Promise<Section | undefined> {
  const { db, templates, timeZone } = deps;
  const of = (part: 'before' | 'after') =>
    closed.filter(({ results: { round } }) => comesAs(templates, part, round.definition));
  const afterwards = of('after');
  const readers = await listReaders(db, cohortId);
  const parts: Part[] = [];
  const name = naming();
  let isFine = false;
  for (const { results, on } of afterwards) {
    const { round } = results;
    const { label, questions, smallest } = round.definition;
    const asked = `${quoted(label)}, asked on ${on}`;
    const [found] = (await readComparisons(deps, round, readers)).filter(
      ({ rounds }) => rounds.after.id === round.id,
    );
    if (!found) {
      if (questions.some(isCompared))
        parts.push({
          kind: 'text',
          text: `${asked}, has nothing to be compared with: this group was not asked the same before.`,
        });
      continue;
    }
    const pairs = questions.flatMap((question): Pair[] => {
      const sums = found.of(question.id);
      return sums ? [{ question, sums }] : [];
    });
    isFine ||= pairs.some(({ sums }) => sums.change !== undefined);
    const before = `${quoted(found.rounds.before.definition.label)}, asked on ${dayOf(found.before, timeZone)}`;
    parts.push(
      ...(afterwards.length > 1 ? [{ kind: 'heading' as const, text: `${label}, ${on}` }] : []),
      {
        kind: 'text',
        text: `${asked}, beside ${before}: the answers of those who answered both times.`,
      },
      ...averages(pairs, name, smallest),
      ...spreads(pairs, name, smallest),
      ...bands(pairs, name),
      ...choices(pairs, name, smallest),
      ...whyNot(questions, found, smallest),
    );
  }
  const waiting = of('before').flatMap(({ results }) =>
    results.kind === 'shown' && results.questions.some(({ kind }) => kind === 'held')
      ? [results.round.definition.label]
      : [],
  );
  for (const label of waiting)
    parts.push({
      kind: 'text',
      text: `The answers to ${quoted(label)} are not in this report yet: they show beside those afterwards, so that nobody can be told from the difference.`,
    });
  if (parts.length === 0) return undefined;
  return {
    id: 'change',
    title: 'Before and after',
    parts: [
      {
        kind: 'text',
        text: 'The same questions were asked before and after. A random key joins what one person answered both times; it is kept apart from their name.',
      },
      ...parts,
      ...(isFine ? [{ kind: 'text' as const, text: howToRead }] : []),
      {
        kind: 'text',
        text: 'What changed may have other reasons than the programme: no other group was asked for comparison. People also tend to rate themselves more strictly once they know more.',
      },
    ],
  };
}

const howToRead = `How to read the change: in one group of this size chance plays a part. “From” and “to” say where it is likely to lie: worked out in this way, they hold the true change in about ${sureOf} of 100 such groups. Where one is below 0 and the other above, there may be no change at all. Averages are to the nearest half, and the change is the one between the two as they stand here, so it may lie up to half a point off the middle of “from” and “to”; these are rounded outward to halves and at least half a point away, so that nobody’s own change can be told. (A ${sureOf}% confidence interval for paired answers, by Student’s t, which is made for small groups.)`;

const beforeAndAfter = (about: string) => [
  { id: 'before', label: 'Before', about: `${about}, before.` },
  { id: 'after', label: 'Afterwards', about: `${about}, afterwards.` },
];

const questionColumn = { id: 'question', label: 'Question', about: 'As people read it.' };

/** Of twelve people and more. */
function averages(pairs: readonly Pair[], name: Naming, smallest: number): Part[] {
  const fine = pairs.flatMap(({ question, sums: { before, after, change } }) =>
    before.kind === 'average' && after.kind === 'average' && change
      ? [{ question, before: before.value, after: after.value, change }]
      : [],
  );
  const byScale = Map.groupBy(fine, ({ question }) => scaleOf(question).says);
  return [...byScale].flatMap(([scale, all]): Part[] => {
    const [{ from, to }] = all.map(({ question }) => scaleOf(question)) as [ReturnType<typeof scaleOf>];
    const points = all.map(({ question, before, after }) => ({ label: question.text, value: after, before }));
    return [
      {
        kind: 'table',
        id: name('change'),
        caption: `Averages, where ${atLeast(smallest)} people answered both times, from ${scale}`,
        columns: [
          questionColumn,
          ...beforeAndAfter('Average, to the nearest half'),
          { id: 'change', label: 'Change', about: 'Afterwards less before, in points of the scale.' },
          {
            id: 'from',
            label: 'From',
            about: `Lower end of the ${sureOf}% confidence interval of the change, rounded down to halves, and half a point below it at least.`,
          },
          {
            id: 'to',
            label: 'To',
            about: `Upper end of the same, rounded up to halves, and half a point above it at least.`,
          },
        ],
        rows: all.map(({ question, before, after, change }) => [
          question.text,
          before,
          after,
          change.by,
          change.from,
          change.to,
        ]),
      },
      ...(points.length > 1
        ? [
            {
              kind: 'chart' as const,
              type: 'pairs' as const,
              title: 'Averages before and after',
              finding: whatMoved(all),
              unit: `Average, from ${from} to ${to}`,
              from,
              to,
              points,
            },
          ]
        : []),
    ];
  });
}

/** How they were spread: thirds, since of each step only few would be there. */
function spreads(pairs: readonly Pair[], name: Naming, smallest: number): Part[] {
  const rows = pairs.flatMap(({ question, sums: { spread } }) => {
    if (!spread) return [];
    const counts = [...spread.before, ...spread.after];
    return counts.every((count) => count === 'few') ? [] : [[question.text, ...counts.map(inCell)]];
  });
  if (rows.length === 0) return [];
  const columns = (['before', 'after'] as const).flatMap((when) =>
    thirds.map((third) => {
      const said = when === 'before' ? 'before' : 'afterwards';
      // Short, or seven columns are too many for a page.
      const heads = when === 'before' ? 'Before' : 'After';
      return {
        id: `${when}-${third}`,
        label: `${heads}: ${third}`,
        about: `People whose answer lay in the ${third} third of the scale, ${said}. “few”: ${fewerThan(smallest)}, or left out so that none can be worked out.`,
      };
    }),
  );
  return [
    {
      kind: 'table',
      id: name('change-spread'),
      caption: 'How many answered in each third of the scale',
      columns: [questionColumn, ...columns],
      rows,
      note: 'Where one number is few, another is left out with it, so that it cannot be worked out.',
    },
  ];
}

const atLeast = (smallest: number): string => (smallest > 12 ? `${smallest} or more` : 'twelve or more');

type Moved = {
  question: { text: string };
  before: number;
  after: number;
  change?: { from: number; to: number };
};

/** Told from what stands in the table. */
function whatMoved(all: readonly Moved[]): string {
  const many = (sign: number) => all.filter(({ before, after }) => Math.sign(after - before) === sign).length;
  const said = (
    [
      ['rose', 1],
      ['fell', -1],
      ['stayed as it was', 0],
    ] as const
  ).flatMap(([word, sign]) =>
    many(sign) > 0 ? [`${word} in ${many(sign) === all.length ? 'all' : many(sign)}`] : [],
  );
  const by = (one: Moved) => one.after - one.before;
  const most = Math.max(...all.map((one) => Math.abs(by(one))));
  const [first, another, ...more] = all.filter((one) => Math.abs(by(one)) === most);
  const where =
    first && most > 0
      ? ` Most in “${first.question.text}”: from ${first.before} to ${first.after} (${signed(by(first))}).${
          !another
            ? ''
            : more.length > 0
              ? ' Others moved as much.'
              : ` As much in “${another.question.text}”.`
        }`
      : '';
  return `Of ${all.length} questions, the average ${said.join(', ')}.${where}${sayUnsure(all)}`;
}

/** Whoever reads a chart alone should not take for a change what may be none. */
function sayUnsure(all: readonly Moved[]): string {
  const unsure = all.filter(
    ({ before, after, change }) => before !== after && change && change.from <= 0 && change.to >= 0,
  ).length;
  if (unsure === 0) return '';
  return unsure === 1
    ? ' In one of those that moved there may be no change at all: its “from” and “to” lie on both sides of 0.'
    : ` In ${unsure} of those that moved there may be no change at all: their “from” and “to” lie on both sides of 0.`;
}

/** Of fewer. */
function bands(pairs: readonly Pair[], name: Naming): Part[] {
  const third = (sum: Sum) => (sum.kind === 'third' ? bandWords[sum.third] : undefined);
  const rows = pairs.flatMap(({ question, sums }) => {
    const [before, after, moved] = [third(sums.before), third(sums.after), movedBy(sums)];
    return before && after && moved ? [[question.text, before, after, moved]] : [];
  });
  if (rows.length === 0) return [];
  return [
    {
      kind: 'table',
      id: name('change-roughly'),
      caption: 'Roughly, where fewer than twelve people answered both times',
      columns: [
        questionColumn,
        ...beforeAndAfter('In which third of the scale the average lay: low, middle or high'),
        {
          id: 'moved',
          label: 'Against before',
          about: 'Higher, same or lower, told from the two thirds alone.',
        },
      ],
      rows,
    },
  ];
}

function choices(pairs: readonly Pair[], name: Naming, smallest: number): Part[] {
  const rows = pairs.flatMap(({ question, sums }) => {
    if (sums.before.kind === 'third' || sums.before.kind === 'average') return [];
    const [before, after] = [
      peopleChose(question, sums.before, smallest),
      peopleChose(question, sums.after, smallest),
    ];
    return (choicesOf(question)?.values ?? []).map(({ label }, at) => [
      question.text,
      label,
      before[at] ?? '',
      after[at] ?? '',
    ]);
  });
  if (rows.length === 0) return [];
  const about = `People who chose it. “few” is ${fewerThan(smallest)}, or left out so that none can be worked out`;
  return [
    {
      kind: 'table',
      id: name('change-choices'),
      caption: 'What the same people chose before and afterwards',
      columns: [
        questionColumn,
        { id: 'answer', label: 'Answer', about: 'One of those to choose from.' },
        ...beforeAndAfter(about),
      ],
      rows,
    },
  ];
}

/** One sentence for each reason. */
function whyNot(
  questions: readonly Question[],
  { questions: compared }: { questions: Readonly<Record<string, { kind: string; why?: string }>> },
  smallest: number,
): Part[] {
  const reasons: Record<string, string> = {
    few: `since ${fewerThan(smallest)} people answered both times`,
    beside:
      'since results of nearly the same people are shown already, and beside them a comparison could tell what single people answered',
    other: 'since they were not asked in the same words before',
  };
  return Object.entries(reasons).flatMap(([why, reason]): Part[] => {
    const left = questions.filter(({ id }) => compared[id]?.why === why);
    return sayLeft(`Not compared, ${reason}`, left);
  });
}
