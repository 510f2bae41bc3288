import type { InputBlock, KnownBlock, PlainTextOption, View } from '@slack/types';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Answer } from '../../../slack/answer.ts';
import {
  actions,
  button,
  confirm,
  context,
  input,
  modal,
  option,
  section,
  textInput,
} from '../../../slack/blocks.ts';
import { clip, count, joinMrkdwn, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { actionIds, blockIds, callbackIds, valueId } from '../ids.ts';
import { expectedForDays } from '../jobs.ts';
import { peopleAPage } from '../people-views.ts';
import { turn } from '../views.ts';
import { maxRows, type TraineeList } from './csv.ts';
import type { Column } from './headings.ts';
import type { DraftOutcome, ImportProgress } from './import.ts';
import type { Plan, PlanProblem } from './plan.ts';
import type { ExpectedTrainee } from './store.ts';

/** Enough for 5,000 lines, and small enough to hold in memory. */
export const maxFileBytes = 2_000_000;

/** Where a list of trainees is given. @param chosen the group for lines that name none. */
export function importForm(
  cohorts: readonly Cohort[],
  chosen: string | undefined,
  { problem, mayLeaveOut }: { problem?: string; mayLeaveOut: boolean },
): View {
  return modal({
    callbackId: callbackIds.import,
    title: 'Import trainees',
    submit: 'Check this list',
    close: 'Cancel',
    blocks: [
      ...(problem ? [section(mrkdwn`*The list was not read, and nothing was kept.* ${problem}`)] : []),
      context(
        mrkdwn`For trainees who may not be in Slack yet. Facilitators of the group see this list. An address is deleted when its owner has joined Slack, and after ${expectedForDays} days at the latest. Nothing is done before you have seen what would happen.`,
      ),
      input(blockIds.text, 'Paste the list', textInput(valueId, { multiline: true }), {
        optional: true,
        hint: 'As you have it: the recipients of a message, one person a line, or cells of a spreadsheet. A line can name the columns, in any order: email, name, group, agency, role. Only the address is needed.',
      }),
      input(
        blockIds.file,
        'Or a CSV file',
        { type: 'file_input', action_id: valueId, max_files: 1, filetypes: ['csv', 'tsv', 'txt', 'text'] },
        {
          optional: true,
          hint: `Up to ${maxRows.toLocaleString('en-GB')} lines, as Excel saves it. Slack keeps an uploaded file among your own files until you delete it there; a pasted list leaves nothing in Slack.`,
        },
      ),
      ...cohortInput(cohorts, chosen, mayLeaveOut),
    ],
  });
}

function cohortInput(
  cohorts: readonly Cohort[],
  chosen: string | undefined,
  optional: boolean,
): InputBlock[] {
  if (cohorts.length === 0) return [];
  const of = (cohort: Cohort): PlainTextOption => option(cohort.name, cohort.id);
  const initial = cohorts.find(({ id }) => id === chosen);
  const parts: Cohort[][] = [];
  for (let start = 0; start < cohorts.length; start += 100) parts.push(cohorts.slice(start, start + 100));
  const choices =
    parts.length === 1
      ? { options: cohorts.map(of) }
      : {
          option_groups: parts.slice(0, 100).map((part) => ({
            label: {
              type: 'plain_text' as const,
              text: clip(`${clip(part[0]?.name ?? '', 34)} to ${part.at(-1)?.name ?? ''}`, 75),
            },
            options: part.map(of),
          })),
        };
  return [
    input(
      blockIds.cohort,
      'Group for lines that name none',
      {
        type: 'static_select',
        action_id: valueId,
        ...choices,
        ...(initial && { initial_option: of(initial) }),
      },
      { optional },
    ),
  ];
}

/** Why a list cannot be read, with what to do; for the field it came from. */
export function whyUnreadable(outcome: Exclude<DraftOutcome, { kind: 'draft' | 'not-allowed' }>): string {
  switch (outcome.kind) {
    case 'empty':
      return 'There is nobody in this list yet. Please give at least one line with an e-mail address.';
    case 'not-text':
      return 'This is not a CSV file. In Excel choose “Save as” and then “CSV UTF-8”, and try that file.';
    case 'no-email-column':
      return `No column with e-mail addresses was found. Please name one of the columns “email”${outcome.headings.length > 0 ? `; yours are ${list(outcome.headings.slice(0, 6).map((heading) => `“${clip(heading, 30)}”`))}` : ''}.`;
    case 'unreadable':
      return `Line ${outcome.line} has a quotation mark without its partner. Please correct that line and try again.`;
    case 'too-many':
      return `This list has ${outcome.rows.toLocaleString('en-GB')} entries. Please import at most ${maxRows.toLocaleString('en-GB')} at a time.`;
    case 'nothing-to-import':
      return clip(
        `Nobody can be imported. ${outcome.plan.problems
          .slice(0, 3)
          .map((problem) => `Line ${problem.line}: ${whatIsWrong(problem)}`)
          .join(' ')}`,
        1000,
      );
  }
}

/** The rule and an example, in one sentence. */
export function whatIsWrong(problem: PlanProblem): string {
  switch (problem.kind) {
    case 'no-address':
      return `${problem.name ? `“${clip(problem.name, 60)}” has ` : ''}no e-mail address. Add one, for example first.last@example.org.`;
    case 'bad-address':
      return `“${clip(problem.written, 60)}” is not a whole e-mail address. Correct it, for example first.last@example.org.`;
    case 'outside':
      return `“${clip(problem.address, 60)}” was not read as anybody’s address. If it is a trainee’s, give it a line of its own.`;
    case 'unknown-group':
      return `there is no group “${clip(problem.name, 60)}” that you run.${problem.near ? ` Did you mean “${clip(problem.near, 60)}”?` : ''}`;
    case 'not-your-group':
      return `you do not run the group “${clip(problem.name, 60)}”. Ask one of its facilitators to import this line.`;
    case 'no-group':
      return 'no group. Name one in the list, or choose one in the form.';
  }
}

const problemsShown = 15;

const columnNames: Record<Column, string> = {
  email: 'e-mail',
  name: 'name',
  firstName: 'first name',
  lastName: 'surname',
  cohort: 'group',
  agency: 'agency',
  role: 'role',
};

export type DryRun = Pick<TraineeList, 'guessed' | 'unusedHeadings'> & {
  importId: string;
  plan: Plan;
  /** Of the draft: how many are in Slack already, and how many Slack has been asked about. */
  here: number;
  lookedUp: number;
};

/** What an import would do, before anything is done. */
export function dryRunView({ importId, plan, guessed, unusedHeadings, here, lookedUp }: DryRun): View {
  const total = plan.trainees.length;
  const notYet = lookedUp - here;
  const open = total - lookedUp;
  const blocks: KnownBlock[] = [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${count(total, 'person', 'people')} can be imported.* Nothing has been done yet.`,
          here > 0 && mrkdwn`• ${here} already in Slack: they join their group at once.`,
          notYet > 0 &&
            mrkdwn`• ${notYet} not in Slack yet: they land in their group when they join with that address, within ${expectedForDays} days. After that the address is deleted.`,
          open > 0 && mrkdwn`• ${open} still to be looked up: that is done during the import.`,
          plan.repeats.length > 0 &&
            mrkdwn`• ${count(plan.repeats.length, 'entry says', 'entries say')} the same as an earlier one and ${plan.repeats.length === 1 ? 'is' : 'are'} left out (${lines(plan.repeats)}).`,
          plan.problems.length > 0 &&
            mrkdwn`• ${count(plan.problems.length, 'entry needs', 'entries need')} your eye and ${plan.problems.length === 1 ? 'is' : 'are'} left out; see below.`,
        ],
        '\n',
      ),
    ),
  ];
  if (guessed.length > 0)
    blocks.push(
      context(
        mrkdwn`The list has no headings. What stands beside the addresses was taken for ${list(guessed.map((column) => columnNames[column]))}. If that is wrong, do not import it: give it a first line that names the columns.`,
      ),
    );
  if (unusedHeadings.length > 0)
    blocks.push(
      context(
        mrkdwn`Not needed, and not kept: ${clip(list(unusedHeadings.slice(0, 10).map((one) => clip(one, 40))), 500)}.`,
      ),
    );
  if (plan.trainees.some(({ role, agency }) => role ?? agency))
    blocks.push(
      context(
        mrkdwn`Role and agency go into a person's profile once they have agreed to the community agreement, and only where they wrote nothing themselves.`,
      ),
    );
  blocks.push(...newGroupBlocks(plan, guessed.includes('cohort')), ...problemBlocks(plan));
  return modal({
    callbackId: callbackIds.confirmImport,
    title: 'Check the list',
    submit: `Import ${count(total, 'person', 'people')}`,
    close: 'Do not import',
    metadata: importId,
    notifyOnClose: true,
    blocks,
  });
}

/** @param isGuess no heading says that these are groups. */
function newGroupBlocks({ newGroups }: Plan, isGuess: boolean): KnownBlock[] {
  if (newGroups.length === 0) return [];
  const shown = newGroups
    .slice(0, 20)
    .map(({ name, people, near }) =>
      joinMrkdwn(
        [
          mrkdwn`• *${clip(name, 80)}* (${count(people, 'person', 'people')})`,
          near !== undefined && mrkdwn`did you mean ${clip(near, 80)}?`,
        ],
        ', ',
      ),
    );
  if (newGroups.length > 20) shown.push(mrkdwn`• ${newGroups.length - 20} more`);
  const make = option('Make these groups', 'make');
  const leaveOut = option('Leave those lines out', 'leave-out');
  // What looks like a slip of the pen is not made by default, and what may be no group at all has no default.
  const isSlip = newGroups.some(({ near }) => near !== undefined);
  const preset = isSlip ? leaveOut : isGuess ? undefined : make;
  return [
    section(joinMrkdwn([mrkdwn`*These groups do not exist yet:*`, ...shown], '\n')),
    input(blockIds.newGroups, 'What shall happen with them?', {
      type: 'radio_buttons',
      action_id: valueId,
      options: [make, leaveOut],
      ...(preset && { initial_option: preset }),
    }),
  ];
}

function problemBlocks({ problems }: Plan): KnownBlock[] {
  if (problems.length === 0) return [];
  const shown = problems
    .slice(0, problemsShown)
    .map((problem) => mrkdwn`• Line ${problem.line}: ${whatIsWrong(problem)}`);
  const more = problems.length - problemsShown;
  return [
    section(joinMrkdwn([mrkdwn`*Left out, and what to do:*`, ...shown], '\n')),
    ...(more > 0
      ? [
          context(
            mrkdwn`And ${more} more like these (${lines(problems.slice(problemsShown).map(({ line }) => line))}).`,
          ),
        ]
      : []),
  ];
}

/** "lines 4, 9 and 12", cut where it gets long. */
function lines(all: readonly number[]): string {
  const numbers = [...new Set(all)];
  const shown = numbers.slice(0, 12).map(String);
  if (numbers.length > 12) shown.push(`${numbers.length - 12} more`);
  return `${numbers.length === 1 ? 'line' : 'lines'} ${list(shown)}`;
}

/** How far an import has come, or what came of it. */
export function progressAnswer(progress: ImportProgress): Answer {
  const { importId, state, added, already, leftOut, waiting, looking } = progress;
  const isDone = state === 'done';
  const words = joinMrkdwn(
    [
      isDone
        ? mrkdwn`*The import is finished.*`
        : mrkdwn`*The import is running:* ${count(looking, 'address', 'addresses')} still to be looked up. It goes on by itself; you get a note at the end.`,
      added > 0 && mrkdwn`• Added to their group: ${added}.`,
      already > 0 && mrkdwn`• In their group already: ${already}.`,
      waiting > 0 &&
        mrkdwn`• Not in Slack yet: ${waiting}. They land in their group when they join; after ${expectedForDays} days the address is deleted.`,
      leftOut > 0 &&
        mrkdwn`• Left out: ${leftOut} (no group, left the group before, or cannot take part here).`,
    ],
    '\n',
  );
  return {
    title: 'Import trainees',
    text: 'Import of trainees',
    blocks: [
      section(words),
      actions([
        ...(isDone ? [] : [button('Show progress', actionIds.importState, { value: importId })]),
        button('See the groups', actionIds.list, { value: '0' }),
      ]),
    ],
  };
}

/** Those who are expected in a group, or in none, with a way to take each off the list. */
export function expectedList(
  cohort: Cohort | undefined,
  { rows, total, page }: { rows: ExpectedTrainee[]; total: number; page: number },
  receipt?: Mrkdwn,
): Answer {
  const pages = Math.max(1, Math.ceil(total / peopleAPage));
  const where = cohort ? mrkdwn`*Expected in ${cohort.name}*` : mrkdwn`*Expected, in no group*`;
  const value = (to: number): string => `${cohort?.id ?? ''}:${to}`;
  const blocks: KnownBlock[] = [
    ...(receipt ? [section(receipt)] : []),
    section(
      total === 0
        ? joinMrkdwn([where, mrkdwn`nobody. Whoever is imported before they are in Slack shows here.`], ': ')
        : joinMrkdwn([where, mrkdwn`${count(total, 'person', 'people')} not in Slack yet`], ': '),
    ),
    ...rows.map((row) =>
      section(
        joinMrkdwn(
          [row.name !== undefined && mrkdwn`${clip(row.name, 100)}`, mrkdwn`${clip(row.email, 254)}`],
          '\n',
        ),
        button('Take off the list', actionIds.forget, {
          value: `${row.id}:${page}`,
          confirm: confirm(
            'Take off the list?',
            'The address is deleted. If the person joins Slack later, they are welcomed like anybody else, without this group.',
            'Take off the list',
            'Keep',
          ),
        }),
      ),
    ),
    ...(total > 0
      ? [
          context(
            mrkdwn`Addresses are deleted when their owner has joined, and after ${expectedForDays} days.`,
          ),
        ]
      : []),
    actions(
      [
        ...turn(page, pages, actionIds.earlierExpected, actionIds.laterExpected, value),
        cohort
          ? button('Back to the group', actionIds.open, { value: cohort.id })
          : button('Back to the groups', actionIds.list, { value: '0' }),
      ],
      'cohorts.expectedPages',
    ),
  ];
  return { title: 'Expected', text: 'People who are expected', blocks };
}
