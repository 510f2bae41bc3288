import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import { supportContext } from '../../../safeguarding/signposts.ts';
import { asModal } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, modal, section } from '../../../slack/blocks.ts';
import { type Form, file, form, paragraph, people, type WindowKind } from '../../../slack/form.ts';
import { packedJson } from '../../../slack/packed.ts';
import { clip, count, endDay, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import type { Answers } from '../answering/draft.ts';
import type { ScreenFields } from '../answering/form.ts';
import type { Definition } from '../content.ts';
import { ids } from '../ids.ts';
import { fieldOf, type Question, sayPaperAnswer } from '../question-kinds.ts';
import type { Round } from '../store.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import type { BroughtList, OnPaper } from './enter.ts';
import type { PaperRefusal } from './may-enter.ts';
import type { PaperProblem } from './read-list.ts';

/** What whoever enters papers has to know first; the same as docs/privacy/who-could-tell.md says. */
const rule = mrkdwn`You see what you enter, so it counts towards nothing that is shown of the others: papers are summed up apart, once there are five, and only where five others have answered in Slack. Their words come among the others’. It can be entered until the check-in closes.`;

const sayIn = (papers: number): string => `${count(papers, 'paper is', 'papers are')} in already.`;

/** What can be done about answers on paper, while the round is open. @param papers how many are in. @param done just now. */
export const paperView = ({ id, definition }: Round, papers: number, done?: string): View =>
  modal({
    callbackId: ids.paperView,
    title: 'Answers on paper',
    close: 'Done',
    blocks: [
      ...(done === undefined ? [] : [section(mrkdwn`${done}`)]),
      section(
        mrkdwn`*${definition.label}*\nFor what people answered on paper, or in a form elsewhere.${papers > 0 ? ` ${sayIn(papers)}` : ''}`,
      ),
      actions(
        [
          button('Enter one by one', ids.paperOne, { value: id, style: 'primary' }),
          button('Bring a list (CSV)', ids.paperList, { value: id }),
          button('Who answered on paper', ids.paperWho, { value: id }),
          ...(papers > 0
            ? [
                button('Remove all', ids.paperRemove, {
                  value: id,
                  label: 'Remove all answers on paper',
                  confirm: confirmLoss(
                    'Remove all answers on paper?',
                    'Everything that was entered on paper for this check-in goes, and can be entered again. Answers in Slack stay.',
                    'Remove them',
                    'Keep them',
                  ),
                }),
              ]
            : []),
        ],
        'paper',
      ),
      context(rule),
    ],
  });

const backToPaper = (roundId: string): KnownBlock =>
  actions([button('Back', ids.paper, { value: roundId })], 'steps');

const paperPlace = z.object({
  round: z.string(),
  /** How many papers are in before it. */
  paper: z.number().int().min(0).max(10_000),
  /** What looked like identifying detail was masked, and seen so. */
  seen: z.boolean().default(false),
});
export type PaperPlace = z.output<typeof paperPlace>;
export const oneWindow: WindowKind<PaperPlace> = { id: ids.paperOneView, carries: packedJson(paperPlace) };

/** All questions at once: whoever types from a sheet goes down it. */
export const oneForm = (
  { questions }: Definition,
  { paper, seen }: PaperPlace,
): Form<ScreenFields, PaperPlace> =>
  form(oneWindow, {
    title: 'One paper',
    submit: 'Save and next',
    close: 'Done',
    notifyOnClose: true,
    // Slack keeps what was typed where ids stay.
    key: `${paper}${seen ? 'm' : ''}`,
    fields: Object.fromEntries(
      questions.map((question, index) => [`question-${index}`, fieldOf(question)]),
    ) as unknown as ScreenFields,
  });

export const oneView = (
  { definition }: Round,
  place: PaperPlace,
  { answers = {}, note }: { answers?: Answers; note?: Mrkdwn } = {},
): View =>
  oneForm(definition, place).view({
    carry: place,
    initial: Object.fromEntries(
      definition.questions.map(({ id }, index) => [`question-${index}`, answers[id]]),
    ),
    above: [
      ...(note ? [section(note)] : []),
      context(
        mrkdwn`*${definition.label}*, paper ${place.paper + 1}. As it stands on the paper, without a name.`,
      ),
    ],
    below: [backToPaper(place.round), supportContext('later')],
  });

export const savedNote = (paper: number): Mrkdwn =>
  mrkdwn`*Saved.* ${paper === 1 ? 'That was the first paper.' : `That was paper ${paper}.`} Press *Done* when there are no more.`;

export const begunPaper = mrkdwn`*Not saved yet.* You closed this one before it was saved; it is as you left it.`;

export const maskedOnPaper = mrkdwn`*Not saved yet.* Something looked as if it could tell who somebody is. It is masked below: please read it again, put right what is wrong, and save.`;

export const nothingFilledIn = 'Nothing is filled in. Press “Done” when there are no more papers.';

/** One more, or a list of them. */
export const tooMany = 'With these there would be more than 500 papers. Nothing was added.';

export const readAnswers = ({ questions }: Definition, partly: Record<string, unknown>): Answers =>
  Object.fromEntries(
    questions.flatMap(({ id }, index) => {
      const value = partly[`question-${index}`] as Answers[string] | undefined;
      return value === undefined ? [] : [[id, value]];
    }),
  );

const roundOnly = z.object({ round: z.string() });
export const listWindow: WindowKind<{ round: string }> = {
  id: ids.paperListView,
  carries: packedJson(roundOnly),
};
export const listForm = form(listWindow, {
  title: 'A list of answers',
  submit: 'See what it holds',
  fields: {
    text: paragraph('The list, pasted', {
      hint: 'Up to 3,000 characters. Longer ones as a file.',
    }),
    file: file('Or as a file', { types: ['csv', 'tsv', 'txt'] }),
  },
});

/** How a list has to look, with the questions of this one. */
export function listView({ id, definition }: Round, problem?: string): View {
  const { questions } = definition;
  return listForm.view({
    carry: { round: id },
    above: [
      ...(problem === undefined ? [] : [section(mrkdwn`*Nothing was taken in.* ${problem}`)]),
      section(
        mrkdwn`First line: the questions, as they are asked or by number. Then a line for each person. Other columns, such as names or times, are left out. You see what would be taken in first.`,
      ),
      ...questions.map((question, index) => section(numbered(question, index))),
    ],
    below: [backToPaper(id)],
  });
}

const numbered = (question: Question, index: number): Mrkdwn =>
  mrkdwn`${index + 1}. ${question.text} _${sayPaperAnswer(question)}_`;

/** Beside the field, where neither was given. */
export const noList = 'Please paste the list, or choose a file.';

export const unreadFile = {
  'too-big': 'The file is larger than 2 MB. Please bring it in parts.',
  'not-fetched': 'Slack did not hand the file over. Please try again, or paste the list.',
} as const;

export const readingList = (): View =>
  modal({ callbackId: 'answer', title: 'One moment', blocks: [section(mrkdwn`I am reading your list.`)] });

export function sayListProblem(problem: PaperProblem): string {
  switch (problem.kind) {
    case 'empty':
      return 'There are no answers in it: the first line has the questions, and each line below it the answers of one person.';
    case 'not-text':
      return 'This is no CSV file. In Excel: Save as, then “CSV UTF-8”.';
    case 'broken':
      return `On line ${problem.line} a quotation mark has no partner. Please put it right, or take it out.`;
    case 'no-questions':
      return `None of its columns is a question of this check-in${
        problem.headings.length > 0 ? ` (it has ${list(problem.headings.slice(0, 5).map(shortly))})` : ''
      }. Please put the questions on the first line, as they are asked or by number.`;
    case 'twice':
      return `The question ${shortly(problem.question)} stands in two columns. Please keep one.`;
    case 'too-many':
      return `It has ${problem.rows} lines, and 500 is the most. Please bring it in parts.`;
  }
}

const shortly = (text: string): string => `“${clip(text, 40)}”`;

/** So many lines that were not taken are told one by one. */
const refusedShown = 15;

export const takePlaceOf = packedJson(z.object({ round: z.string(), list: z.string() }));
export const takeWindow: WindowKind<{ round: string; list: string }> = {
  id: ids.paperTakeView,
  carries: takePlaceOf,
};

/** What would become of each line of a list. */
export function dryRunView({
  round,
  listId,
  rows,
  masked,
  before,
  same,
}: Extract<BroughtList, { kind: 'read' }>): View {
  const place = takePlaceOf.pack({ round: round.id, list: listId });
  const { taken, refused, leftOut } = rows;
  const more = refused.length - refusedShown;
  const blocks: KnownBlock[] = [
    section(
      taken.length > 0
        ? mrkdwn`*${count(taken.length, 'paper', 'papers')} can be taken in:* ${sayLines(taken.map(({ line }) => line))}.`
        : mrkdwn`*None of it can be taken in.*`,
    ),
    ...(same.length > 0
      ? [
          section(
            mrkdwn`*${sayIn(before)}* ${same.length === 1 ? sayLines(same).replace('line', 'Line') : sayLines(same).replace('lines', 'Lines')} ${same.length === 1 ? 'is' : 'are'} the same as what you brought before. Leave ${same.length === 1 ? 'it' : 'them'} out?`,
          ),
          actions(
            [
              button(
                same.length === taken.length ? 'Leave them out' : 'Take in the others only',
                ids.paperTakeNew,
                {
                  value: place,
                },
              ),
            ],
            'same',
          ),
        ]
      : before > 0
        ? [context(mrkdwn`${sayIn(before)}`)]
        : []),
    ...(refused.length > 0
      ? [
          section(
            mrkdwn`*${count(refused.length, 'line is', 'lines are')} left out* and can be entered one by one, or put right and brought again by themselves:`,
          ),
          ...refused.slice(0, refusedShown).map(({ line, why }) => section(mrkdwn`Line ${line}: ${why}`)),
          ...(more > 0 ? [context(mrkdwn`And ${count(more, 'more line', 'more lines')}.`)] : []),
        ]
      : []),
    ...(leftOut.length > 0
      ? [
          context(
            mrkdwn`Not a question of this check-in, and left out: ${list(leftOut.slice(0, 8).map(shortly))}${leftOut.length > 8 ? ', and others' : ''}.`,
          ),
        ]
      : []),
    ...(masked > 0
      ? [
          context(
            mrkdwn`In ${count(masked, 'paper', 'papers')} something looked as if it could tell who somebody is. It is masked.`,
          ),
        ]
      : []),
  ];
  return modal({
    callbackId: takeWindow.id,
    title: 'What would be taken in',
    ...(taken.length > 0 && { submit: 'Take them in' }),
    close: taken.length > 0 ? 'Not now' : 'Close',
    metadata: place,
    notifyOnClose: true,
    blocks,
  });
}

/** "lines 2 to 5 and 8". */
function sayLines(lines: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  const shown = runs.slice(0, 20).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`));
  return `${lines.length === 1 ? 'line' : 'lines'} ${list(runs.length > 20 ? [...shown, 'others'] : shown)}`;
}

/** One thing that was done. */
export const paperSaid = (words: string): View => asModal(said(words, { title: 'Answers on paper' }));

export const sayTaken = (papers: number): string =>
  papers === 0
    ? 'Nothing was added: all of these papers are in already.'
    : `${count(papers, 'paper is', 'papers are')} taken in. From five on they show in the results, once the check-in has closed.`;

export const listGone =
  'This list is not here any more: it was taken in before, or brought more than a day ago.';

export const whoWindow: WindowKind<{ round: string }> = {
  id: ids.paperWhoView,
  carries: packedJson(roundOnly),
};
/** Slack's own picker: a list of the names kept here would have a gap, or an odd line, for each whose name is not kept. */
export const whoForm = form(whoWindow, {
  title: 'Who answered on paper',
  submit: 'Save',
  fields: {
    people: people('They answered on paper', {
      hint: 'Members of this group whom the check-in is for. They are not asked or reminded in Slack any more. Nothing says which answers are theirs, and only those who run the group see this. Each is told in their message from me, and can say that it is not so.',
    }),
  },
});

export const whoView = ({ round, members, noted }: OnPaper): View =>
  members.length === 0
    ? modal({
        callbackId: 'answer',
        title: 'Who answered on paper',
        blocks: [section(mrkdwn`There is nobody in this group whom the check-in is for.`)],
      })
    : whoForm.view({
        carry: { round: round.id },
        below: [backToPaper(round.id)],
        initial: { people: members.filter(({ id }) => noted.has(id)).map(({ slackId }) => slackId) },
      });

/** Beside the picker, which offers everybody. @param names of those who were chosen; nobody knows some of them by name. */
export const notMeant = (names: readonly string[], number: number): string =>
  `This check-in is not for ${names.length === number ? list(names) : `${number} of these`}: not in the group when it opened, or able to read its results. Nothing was saved; please take ${number === 1 ? 'that name' : 'them'} off the list.`;

export const sayNoted = (people: number): string =>
  people === 0
    ? 'Saved. Nobody is noted as having answered on paper.'
    : `Saved. ${count(people, 'person is', 'people are')} not asked in Slack any more.`;

export const removed = 'Removed. They can be entered again until the check-in closes.';

export function sayPaperRefusal(refusal: PaperRefusal, zone: string): string {
  switch (refusal.kind) {
    case 'not-allowed':
      return notAllowed;
    case 'closed':
      return `“${refusal.round.definition.label}” closed${
        refusal.round.closesAt ? ` on ${endDay(refusal.round.closesAt, zone)}` : ''
      }, and its results are worked out, so nothing can be added.`;
    case 'not-in-this-mode':
      return refusal.round.definition.mode === 'named'
        ? 'This check-in shows each answer beside its name, so answers on paper cannot be among them.'
        : 'What people answer in this check-in is seen by nobody else, so answers on paper cannot be among them.';
  }
}
