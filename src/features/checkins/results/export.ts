import { stringify } from 'csv-stringify/sync';
import { sayTally, thirds } from '../../../community/suppress.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { FileKind } from '../../feature.ts';
import type { CheckInDeps } from '../deps.ts';
import { csvKind, jsonKind } from '../ids.ts';
import { choicesOf, type Question } from '../question-kinds.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import type { Sum } from './frozen.ts';
import { type Compared, type QuestionResult, type Results, readResults } from './results.ts';
import { bandIn, movedBy, sayOnPaper } from './say.ts';

/**
 * A round as a file. It holds what the results show, worked out of them and of nothing else, so that it tells nothing more:
 * no words that people wrote and no names, since a file leaves the window they were given for.
 */

/** One line: of a question, what is shown of it, or of one of its answers. */
type Row = { question: string; answer: string; measure: string; value: string | number };
const columns = ['question', 'answer', 'measure', 'value'] as const;

const notShown = 'not shown';

function rowsOf(result: QuestionResult): Row[] {
  const row = (measure: string, value: string | number, answer = ''): Row => ({
    question: result.question.text,
    answer,
    measure,
    value,
  });
  switch (result.kind) {
    case 'summed':
      return [
        ...sumRows(result.question, result.shown, row),
        // Summed up apart, as on the screen.
        ...(result.paper
          ? sumRows(result.question, result.paper, (measure, value, answer) =>
              row(`on paper: ${measure}`, value, answer),
            )
          : []),
        ...(result.change ? [row('against the round before', result.change)] : []),
        ...comparedRows(result, row),
      ];
    case 'compared':
      return result.compared.length > 0
        ? comparedRows(result, row)
        : [row(notShown, 'what it was compared with is gone')];
    case 'held':
      return [row(notShown, 'waits for the answers afterwards')];
    case 'words':
    case 'named':
      return [row('in people’s own words or under their names', 'read in Slack only')];
    default:
      return [row(notShown, result.kind === 'too-few' ? 'too few answered' : 'overlaps with another group')];
  }
}

/** Of those who answered both before and after. */
const comparedRows = (
  { question, compared }: { question: Question; compared: readonly Compared[] },
  row: (measure: string, value: string | number, answer?: string) => Row,
): Row[] =>
  compared.flatMap(({ sums }) => {
    const rows = (when: string, shown: Sum) =>
      sumRows(question, shown, (measure, value, answer) =>
        row(`answered both times, ${when}: ${measure}`, value, answer),
      );
    const { change } = sums;
    const moved = movedBy(sums);
    return [
      ...rows('before', sums.before),
      ...rows('afterwards', sums.after),
      ...(moved ? [row('answered both times, afterwards against before', moved)] : []),
      ...(['before', 'after'] as const).flatMap((when) =>
        (sums.spread?.[when] ?? []).map((count, at) =>
          row(
            `answered both times, ${when === 'before' ? 'before' : 'afterwards'}: people in the ${thirds[at] ?? ''} third`,
            count,
          ),
        ),
      ),
      ...(change
        ? [
            row('answered both times, change on average, to the nearest half', change.by),
            row('answered both times, change at least (95% interval, outward to halves)', change.from),
            row('answered both times, change at most (95% interval, outward to halves)', change.to),
          ]
        : []),
    ];
  });

function sumRows(
  question: Question,
  shown: Sum,
  row: (measure: string, value: string | number, answer?: string) => Row,
): Row[] {
  const values = choicesOf(question)?.values ?? [];
  switch (shown.kind) {
    case 'third':
      return [row('third of the scale', shown.third)];
    case 'average':
      return [row('average, to the nearest half', shown.value)];
    case 'most':
      return values.map(({ value, label }) =>
        row('chosen by more than half', shown.values.includes(value) ? 'yes' : 'no', label),
      );
    case 'counts':
      return values.map(({ label }, at) => row('people', shown.counts[at] ?? 'few', label));
  }
}

const ofRounds = (result: QuestionResult, zone: string) =>
  result.kind === 'summed' && (result.shown.kind === 'third' || result.shown.kind === 'average')
    ? {
        rounds: result.past.map(({ dueAt, shown }) => ({
          due: localDate(dueAt, zone),
          third: shown ? (bandIn(result.question, shown) ?? null) : null,
        })),
      }
    : {};

/** The same for a spreadsheet and for a program. @param zone of the dates in it. */
export function exportOf(results: Results, zone: string): { csv: string; json: string } {
  const { round, cohortName } = results;
  const { label, smallest } = round.definition;
  const questions = results.kind === 'shown' ? results.questions : [];
  const about = {
    checkin: label,
    group: cohortName,
    due: localDate(round.dueAt, zone),
    answered: results.kind === 'not-closed' ? 'not closed yet' : sayTally(results.tally, smallest),
    onPaper:
      results.kind === 'shown' && results.onPaper !== undefined ? sayOnPaper(results.onPaper, smallest) : '',
  };
  const rows = questions.flatMap(rowsOf);
  return {
    csv: stringify(
      [
        [...Object.keys(about), ...columns],
        ...rows.map((row) => [...Object.values(about), ...columns.map((column) => row[column])]),
      ],
      // A mark in front: spreadsheets take UTF-8 for the old Windows letters without it.
      { bom: true, record_delimiter: '\r\n', escape_formulas: true },
    ),
    json: `${JSON.stringify(
      {
        ...about,
        questions: questions.map((result) => ({
          question: result.question.text,
          shown: rowsOf(result).map(({ question: _question, ...rest }) => rest),
          ...ofRounds(result, zone),
        })),
      },
      undefined,
      2,
    )}\n`,
  };
}

/** What can be taken away of a round, each as its kind of file. Whether they may is asked again when it is made. */
export const resultFiles = (deps: CheckInDeps): FileKind[] =>
  (
    [
      { as: 'csv', id: csvKind, use: 'for a spreadsheet (CSV)' },
      { as: 'json', id: jsonKind, use: 'for a program (JSON)' },
    ] as const
  ).map(({ as, id, use }) => ({
    id,
    says: `What the results show of this round, without what people wrote and without names, ${use}.`,
    async make(actor, roundId) {
      const found = await readResults(deps, actor, roundId, '');
      if (found.kind === 'not-allowed' || found.kind === 'none-yet')
        return { kind: 'refused', answer: said(notAllowed, { title: 'Results' }) };
      const { definition, dueAt } = found.round;
      const title = `${definition.label}, ${localDate(dueAt, deps.timeZone)}`;
      return { kind: 'file', name: `${title}.${as}`, title, content: exportOf(found, deps.timeZone)[as] };
    },
  }));
