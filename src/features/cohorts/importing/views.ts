import { createHash } from 'node:crypto';
import type { KnownBlock, View } from '@slack/types';
import { z } from 'zod';
import type { Cohort } from '../../../community/cohorts.ts';
import type { Answer } from '../../../slack/answer.ts';
import { actions, button, confirmLoss, context, option, section } from '../../../slack/blocks.ts';
import { maxFileBytes } from '../../../slack/files.ts';
import {
  type Field,
  file,
  form,
  oneOf,
  paragraph,
  type SentFile,
  type WindowKind,
} from '../../../slack/form.ts';
import { packed, placeNumber } from '../../../slack/packed.ts';
import { turnButtons } from '../../../slack/paging.ts';
import { clip, count, joinMrkdwn, list, type Mrkdwn, mrkdwn } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import { busy, groupPage, said } from '../views.ts';
import { maxRows } from './csv.ts';
import type { ExpectedPage } from './expected.ts';
import type { Column } from './headings.ts';
import type { DraftOutcome, DraftPage, FileOutcome, ImportProgress } from './import.ts';
import { byPerson, countPeople, type ImportPlan, type JoinedLine, type PlanProblem } from './plan.ts';
import type { ExpectedTrainee } from './store.ts';

/** Where a list of trainees is given. */
export const importWindow: WindowKind = { id: ids.importForm };

/** As it was typed: its first cell may be empty, and its lines are counted. */
const pasted: Field<string> = {
  ...paragraph('Paste the list', {
    hint: 'As you have it: the recipients of a message, one person a line, or cells of a spreadsheet. A line can name the columns, in any order: email, name, group, agency, role. Only the address is needed.',
  }),
  read: ({ value }) => ({ kind: 'taken', value: value ?? '' }),
};

const forLines = 'Group for lines that name none';

/** @param mayLeaveOut whether this person may expect people in no group. */
export const importForm = (mayLeaveOut: boolean) =>
  form(importWindow, {
    title: 'Import trainees',
    submit: 'Check this list',
    fields: {
      text: pasted,
      file: file('Or a CSV file', {
        types: ['csv', 'tsv', 'txt', 'text'],
        hint: `Up to ${maxRows.toLocaleString('en-GB')} lines, as Excel saves it. Slack keeps an uploaded file among your own files until you delete it there; a pasted list leaves nothing in Slack.`,
      }),
      cohort: mayLeaveOut
        ? oneOf(forLines)
        : oneOf(forLines, { missing: 'Please choose the group for lines that name none.' }),
    },
  });

export const importDialog = ({
  cohorts,
  chosen,
  mayLeaveOut,
  expectedDays,
  problem,
}: {
  cohorts: readonly Cohort[];
  /** The group for lines that name none. */
  chosen: string | undefined;
  mayLeaveOut: boolean;
  /** After so many days without having come an address is deleted. */
  expectedDays: number;
  problem?: string | undefined;
}): View =>
  importForm(mayLeaveOut).view({
    above: [
      ...(problem ? [section(mrkdwn`*The list was not read, and nothing was kept.* ${problem}`)] : []),
      context(
        mrkdwn`For trainees who may not be in Slack yet. Facilitators of the group and administrators see this list. An address is deleted when its owner has joined Slack, and after ${expectedDays} days at the latest. Nothing is done before you have seen what would happen.`,
      ),
    ],
    ...(cohorts.length > 0
      ? {
          options: { cohort: cohorts.map(({ name, id }) => option(name, id)) },
          initial: { cohort: chosen },
        }
      : { without: ['cohort'] as const }),
  });

/** What is wrong with where the list comes from, by field. */
export function sourceProblem(
  text: string,
  sent: SentFile | undefined,
): { text: string } | { file: string } | undefined {
  const isPasted = text.trim() !== '';
  if (!isPasted && !sent) return { text: 'Please paste a list here, or choose a CSV file below.' };
  if (isPasted && sent) return { file: 'Please use one of the two: the pasted list or the file.' };
  return (sent?.size ?? 0) > maxFileBytes ? { file: tooBig } : undefined;
}

const tooBig =
  'This file has more than 2 MB. A list of 5,000 people is smaller; please save only the list as CSV.';
const stayHere = mrkdwn`Nothing is done before you have seen what would happen.`;

export const readingFile = (): View => busy(mrkdwn`Reading the file …`, stayHere);
export const lookingUp = (): View => busy(mrkdwn`Looking up who is in Slack already …`, stayHere);
export const importingNow = (): View => busy(mrkdwn`Importing …`);

/** Why a list cannot be read, with what to do; for the field it came from. */
export function whyUnreadable(outcome: Exclude<FileOutcome, { kind: 'draft' | 'not-allowed' }>): string {
  switch (outcome.kind) {
    case 'too-big':
      return tooBig;
    case 'not-fetched':
      return 'Slack did not hand over the file. Please try again; if it happens twice, paste the list instead.';
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

export type DryRun = Extract<DraftOutcome, { kind: 'draft' }> & {
  /** As it was pasted; undefined where it came in a file. */
  text: string | undefined;
  /** The group for lines that name none. */
  cohortId: string | undefined;
  /** By id. */
  groups: ReadonlyMap<string, string>;
  /** Of the draft: how many are in Slack already, and how many Slack has been asked about. */
  here: number;
  lookedUp: number;
};

/** A draft, the group for lines that name none, and by what the pasted list is known again; '' where there is none. */
export const confirmWindow = {
  id: ids.confirmImport,
  carries: packed(':', {
    importId: z.string().min(1),
    cohortId: z.string().default(''),
    print: z.string().default(''),
  }),
};

/** Whether a list is still the one that was checked. */
export const printOf = (text: string): string =>
  createHash('sha256').update(text.replace(/\r\n?/g, '\n').trim()).digest('base64url');

/** Asks of groups only where a list names some that do not exist yet. A pasted list can be put right where it is shown. */
export const confirmForm = form(confirmWindow, {
  title: 'Check the list',
  submit: 'Import',
  close: 'Do not import',
  notifyOnClose: true,
  fields: {
    newGroups: oneOf('What shall happen with them?', {
      of: [option('Make these groups', 'make'), option('Leave those lines out', 'leave-out')],
      radio: true,
      missing: 'Please choose one of the two.',
    }),
    text: {
      ...paragraph('Your list', {
        hint: 'Is something wrong above? Change it here and send it: I check it again, and import nothing before you have seen it.',
      }),
      read: pasted.read,
    },
  },
});

/** So many people are shown at once. */
export const draftPeopleShown = 20;

type Listed = Pick<ExpectedTrainee, 'name' | 'email' | 'cohortId' | 'newCohort' | 'agency' | 'role'>;

/** Each person as they were read, so that somebody can see who is on the list and who should not be. */
function peopleLines(
  people: readonly (readonly [Listed, ...Listed[]])[],
  groups: ReadonlyMap<string, string>,
): KnownBlock[] {
  const lines = people.map((places) => {
    const [{ name, email, agency, role }] = places;
    const theirs = places.map(({ cohortId, newCohort }) => newCohort ?? groups.get(cohortId ?? ''));
    const about = [role, agency, ...theirs.slice(0, 5)].filter((one) => one !== undefined);
    return joinMrkdwn(
      [
        mrkdwn`• ${clip(name ?? 'No name', 60)}, ${clip(email, 80)}`,
        about.length > 0 && mrkdwn`(${about.map((one) => clip(one, 40)).join(', ')})`,
      ],
      ' ',
    );
  });
  return Array.from({ length: Math.ceil(lines.length / 10) }, (_, index) =>
    section(joinMrkdwn(lines.slice(10 * index, 10 * index + 10), '\n')),
  );
}

/** Whose list, and the page. */
export const draftPage = packed(':', { importId: z.string(), page: placeNumber });

/** Everybody on a list that was checked, in pages. */
export const draftPeople = ({ importId, people, groups, total, page, pages }: DraftPage): Answer => ({
  title: 'On the list',
  text: 'Who can be imported',
  blocks: [
    section(
      mrkdwn`*${count(total, 'person', 'people')} can be imported.* Nothing has been done yet. Close this page to go back to the list.`,
    ),
    ...peopleLines(people, groups),
    ...(pages > 1
      ? [
          actions(
            turnButtons(
              { page, pages },
              {
                back: { text: 'Back', id: ids.earlierDraftPeople },
                more: { text: 'More', id: ids.laterDraftPeople },
                value: (to) => draftPage.pack({ importId, page: to }),
              },
            ),
          ),
        ]
      : []),
  ],
});

/** What an import would do, before anything is done. */
export function dryRunView(draft: DryRun, expectedDays: number): View {
  const { importId, plan, guessed, unusedHeadings, here, lookedUp, groups, text, cohortId = '' } = draft;
  const people = byPerson(plan.trainees);
  const { total, inNone } = countPeople(plan.trainees);
  const isForNone = inNone === total;
  const hasAll = inNone === 0;
  const notYet = lookedUp - here;
  const open = total - lookedUp;
  const above: KnownBlock[] = [
    section(
      joinMrkdwn(
        [
          mrkdwn`*${count(total, 'person', 'people')} can be imported.* Nothing has been done yet.`,
          here > 0 &&
            mrkdwn`• ${here} already in Slack${isForNone ? '' : `: ${hasAll ? 'they join their group' : 'whoever has a group joins it'} at once`}.`,
          notYet > 0 &&
            (isForNone
              ? mrkdwn`• ${notYet} not in Slack yet: the address is deleted when they join, and after ${expectedDays} days at the latest.`
              : mrkdwn`• ${notYet} not in Slack yet: ${hasAll ? 'they land in their group' : 'whoever has a group lands in it'} when they join with that address, within ${expectedDays} days. After that the address is deleted.`),
          inNone > 0 &&
            mrkdwn`• ${isForNone ? (total === 1 ? 'In no group' : 'All in no group') : `${inNone} of them in no group`}: the list names none, and none was chosen for lines without.`,
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
  above.push(...joinedLines(plan), ...peopleLines(people.slice(0, draftPeopleShown), groups));
  if (total > draftPeopleShown)
    above.push(
      section(
        mrkdwn`And ${total - draftPeopleShown} more.`,
        button('See everybody', ids.draftPeople, { value: draftPage.pack({ importId, page: 0 }) }),
      ),
    );
  if (guessed.length > 0)
    above.push(
      context(
        mrkdwn`The list has no headings. What stands beside the addresses was taken for ${list(guessed.map((column) => columnNames[column]))}. If that is wrong, ${text === undefined ? 'do not import it, and give the file' : 'give your list below'} a first line that names the columns.`,
      ),
    );
  if (unusedHeadings.length > 0)
    above.push(
      context(
        mrkdwn`Not needed, and not kept: ${clip(list(unusedHeadings.slice(0, 10).map((one) => clip(one, 40))), 500)}.`,
      ),
    );
  if (plan.trainees.some(({ role, agency }) => role ?? agency))
    above.push(
      context(
        mrkdwn`Role and agency go into a person's profile once they have agreed to the community agreement, and only where they wrote nothing themselves.`,
      ),
    );
  return confirmForm.view({
    carry: { importId, cohortId, print: text === undefined ? '' : printOf(text) },
    submit: `Import ${count(total, 'person', 'people')}`,
    above: [...above, ...problemBlocks(plan)],
    ...(plan.newGroups.length > 0 && {
      before: { newGroups: [newGroupLines(plan)] },
    }),
    initial: { newGroups: presetOf(plan, guessed.includes('cohort')), text },
    without: [
      ...(plan.newGroups.length > 0 ? [] : (['newGroups'] as const)),
      ...(text === undefined ? (['text'] as const) : []),
    ],
  });
}

function newGroupLines({ newGroups }: ImportPlan): KnownBlock {
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
  return section(joinMrkdwn([mrkdwn`*These groups do not exist yet:*`, ...shown], '\n'));
}

/**
 * What looks like a slip of the pen is not made by default, and what may be no group at all has no default.
 * @param isGuess no heading says that these are groups.
 */
function presetOf({ newGroups }: ImportPlan, isGuess: boolean): 'make' | 'leave-out' | undefined {
  const isSlip = newGroups.some(({ near }) => near !== undefined);
  return isSlip ? 'leave-out' : isGuess ? undefined : 'make';
}

const joinedShown = 8;

/** Lines about the same person, and what was taken where they do not agree. */
function joinedLines({ joined }: ImportPlan): KnownBlock[] {
  if (joined.length === 0) return [];
  // Where a choice was made for them comes first.
  const ordered = joined.toSorted((one, other) => other.taken.length - one.taken.length);
  const more = ordered.slice(joinedShown);
  return [
    section(
      joinMrkdwn(
        [
          mrkdwn`*The same address more than once is one person, in each group that a line names:*`,
          ...ordered.slice(0, joinedShown).map((one) => mrkdwn`• ${whatIsJoined(one)}`),
          more.length > 0 && mrkdwn`• ${more.length} more (${lines(more.map(({ line }) => line))}).`,
        ],
        '\n',
      ),
    ),
  ];
}

function whatIsJoined({ line, first, taken }: JoinedLine): string {
  const who =
    line === first ? `Line ${line} has one person twice.` : `Lines ${first} and ${line} are one person.`;
  if (taken.length === 0) return who;
  return `${who} They do not say the same ${list(taken.map(({ what }) => what))}; taken: ${list(taken.map(({ value }) => `“${clip(value, 40)}”`))}.`;
}

function problemBlocks({ problems }: ImportPlan): KnownBlock[] {
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
export function progressAnswer(progress: ImportProgress, expectedDays: number): Answer {
  const { importId, state, added, already, leftOut, waiting, waitingInNone, looking } = progress;
  const isDone = state === 'done';
  const words = joinMrkdwn(
    [
      isDone
        ? mrkdwn`*The import is finished.*`
        : mrkdwn`*The import is running:* ${count(looking, 'address', 'addresses')} still to be looked up. It goes on by itself; you get a note at the end.`,
      added > 0 && mrkdwn`• Added to their group: ${added}.`,
      already > 0 && mrkdwn`• In their group already: ${already}.`,
      waiting > 0 &&
        mrkdwn`• Not in Slack yet: ${waiting}. They land in their group when they join; after ${expectedDays} days the address is deleted.`,
      waitingInNone > 0 &&
        mrkdwn`• Not in Slack yet, and in no group: ${waitingInNone}. The address is deleted when they join, or after ${expectedDays} days.`,
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
        ...(isDone ? [] : [button('Show progress', ids.importState, { value: importId })]),
        button('See the groups', ids.list, { value: '0' }),
      ]),
    ],
  };
}

/** A list that was dropped, or is somebody else's. */
export const listGone = said(
  mrkdwn`This list is not there any more, and nothing was imported. Please import it again.`,
);

/** Somebody who is expected, and the page they stand on. */
export const expectedOne = packed(':', { id: z.string(), page: placeNumber });

export const forgottenReceipt = mrkdwn`*Taken off the list.* The address is deleted.`;
export const forgottenBefore = said(mrkdwn`That address was deleted already; nothing changed.`);

/** Those who are expected in a group, or in none, with a way to take each off the list. */
export function expectedList(
  { cohort, rows, total, page, pages }: ExpectedPage,
  expectedDays: number,
  receipt?: Mrkdwn,
): Answer {
  const where = cohort ? mrkdwn`*Expected in ${cohort.name}*` : mrkdwn`*Expected, in no group*`;
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
        button('Take off the list', ids.forget, {
          value: expectedOne.pack({ id: row.id, page }),
          confirm: confirmLoss(
            'Take off the list?',
            'The address is deleted. If the person joins Slack later, they are welcomed like anybody else, without this group.',
            'Take off the list',
            'Keep',
          ),
        }),
      ),
    ),
    ...(total > 0
      ? [context(mrkdwn`Addresses are deleted when their owner has joined, and after ${expectedDays} days.`)]
      : []),
    actions(
      [
        ...turnButtons(
          { page, pages },
          {
            back: { text: 'Back', id: ids.earlierExpected },
            more: { text: 'More', id: ids.laterExpected },
            value: (to) => groupPage.pack({ cohortId: cohort?.id ?? '', page: to }),
          },
        ),
        cohort
          ? button('Back to the group', ids.open, { value: cohort.id })
          : button('Back to the groups', ids.list, { value: '0' }),
      ],
      'cohorts.expected-pages',
    ),
  ];
  return { title: 'Expected', text: 'People who are expected', blocks };
}
