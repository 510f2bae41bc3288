import { z } from 'zod';
import { fewestPeople } from '../../community/suppress.ts';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates } from '../../content/vocabulary.ts';
import { rhythms } from '../../scheduler/recurrence.ts';
import {
  asksWordsUse,
  type FileQuestion,
  fileQuestion,
  id,
  isWords,
  type Measured,
  optionLabel,
  roundQuestion,
  toQuestion,
  words,
} from './question-kinds.ts';

/** The four ways in which answers are kept (design, "Anonymity"). */
export const modes = ['private', 'group', 'linked', 'named'] as const;
export type Mode = (typeof modes)[number];

/** The names that data/checkins.yaml uses for them. */
const modeOfPrivacy: Readonly<Record<string, Mode>> = {
  anonymous_group_summary: 'group',
  answers_shared_as_group_summary: 'group',
  linked_to_self_shared_as_group_summary: 'linked',
  private_to_self_unless_shared: 'private',
  named_to_facilitators: 'named',
};

const templateSchema = z.strictObject({
  id,
  label: optionLabel,
  for_group: id.optional(),
  when: words,
  /** How often it is planned at first. */
  usually: z.enum([...rhythms, 'group-start', 'members']).default('once'),
  /** Each person is asked first whether they want it. */
  opt_in: z.boolean().default(false),
  minutes: z.number().int().min(1).max(60),
  pair_with: id.optional(),
  /** For whoever chooses it. */
  purpose: words.max(500),
  /** What members read instead. */
  for_members: words.max(500),
  privacy: id,
  intro: words.max(1000),
  questions: z.array(fileQuestion).min(1, 'ask at least one question').max(40, 'ask at most 40 questions'),
  after: z.enum(['show_support_options']).optional(),
});

const fileSchema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  rules: z.strictObject({
    opt_in: z.literal(true),
    skip_any_question: z.literal(true),
    withdraw: words,
    min_group_size_for_summary: z
      .number()
      .int()
      .min(fewestPeople, 'a group summary needs at least five people'),
    small_group_warning: words.max(1000),
    free_text_check: words,
    reminders: z.strictObject({
      max: z.number().int().min(0).max(1, 'one gentle reminder at most'),
    }),
    quiet_hours: words,
    no_ranking: words,
  }),
  privacy_modes: z.array(z.strictObject({ id, label: words })).min(1),
  constructs: z.array(
    z.strictObject({
      framework: words,
      levels: z.array(words).optional(),
      cycles: z.array(words).optional(),
      source_url: z.url(),
    }),
  ),
  measures_note: words,
  measures_sources: z.array(z.url()),
  pilot_benchmarks: z.strictObject({ note: words, items: z.array(words), source_url: z.url() }),
  templates: z.array(templateSchema).min(1).max(100, 'Slack shows at most 100 templates in a menu'),
});

type FileTemplate = z.output<typeof templateSchema>;

/**
 * Comes last where people write and nobody keeps whose it is: afterwards nobody could be asked. One who leaves it out has
 * said no.
 */
const reportQuestion: Definition['questions'][number] = {
  id: 'words-in-report',
  type: 'single_choice',
  text: 'May what you wrote be used in a report, without your name?',
  help: 'For all you wrote here. It cannot be taken back later: nobody can tell which words are yours.',
  options: ['No, only those who run the group read it', 'In a summary, in other words', 'As a quotation too'],
  wordsUse: ['keep', 'summary', 'quote'],
  isOfReport: true,
};

/** As people are asked: a group of which there can be a report, with what it takes to quote from it. */
export function asAsked(definition: Definition): Definition {
  const { mode, questions } = definition;
  const asks = mode === 'group' && questions.some(isWords) && !questions.some(asksWordsUse);
  return asks ? { ...definition, questions: [...questions, reportQuestion] } : definition;
}

/** Everything a round shows, as it was when the round opened. */
export const definitionSchema = z.object({
  templateId: z.string(),
  label: z.string(),
  minutes: z.number(),
  purpose: z.string(),
  intro: z.string(),
  mode: z.enum(modes),
  /** This template and the one it is compared with, as one name. */
  family: z.string(),
  /** Which of the two it is, where it has a pair. */
  comes: z.enum(['before', 'after']).optional(),
  showsSupport: z.boolean(),
  /** What fewer people answered is not shown; people were told so when they were asked. */
  smallest: z.number().default(fewestPeople),
  /** Left out: those who run the group. */
  readBy: z.literal('leads').optional(),
  questions: z.array(roundQuestion),
});
export type Definition = z.output<typeof definitionSchema>;

export type Template = Definition & {
  id: string;
  when: string;
  /** For whoever chooses it; members read `purpose`. */
  about: string;
  usually: FileTemplate['usually'];
  asksFirst: boolean;
  /** Its words rely on how answers are kept, or it is compared with another: that stays as it is. */
  keepsMode: boolean;
};

/** data/checkins.yaml, checked. */
export type CheckinContent = {
  templates: Template[];
  /** What facilitators read above results of a small group. */
  smallGroupWarning: string;
  /** Whether there is a reminder; it is one at most. */
  reminds: boolean;
  /** What a question can measure. */
  measures: Measured[];
};

/** Reads data/checkins.yaml; what is wrong is reported to the folder. */
export function readCheckins(folder: ContentFolder): CheckinContent | undefined {
  const file = folder.read('checkins.yaml', fileSchema);
  if (!file) return undefined;
  const { value, problem } = file;
  const { rules } = value;
  reportDuplicates(value.templates, ['templates'], problem);
  reportDuplicates(value.privacy_modes, ['privacy_modes'], problem);
  value.privacy_modes.forEach((mode, index) => {
    if (!(mode.id in modeOfPrivacy))
      problem(
        ['privacy_modes', index, 'id'],
        `there is no privacy mode "${mode.id}". Choose one of: ${Object.keys(modeOfPrivacy).join(', ')}.`,
      );
  });
  value.templates.forEach((template, index) => {
    const path = ['templates', index];
    if (!value.privacy_modes.some((mode) => mode.id === template.privacy))
      problem(
        [...path, 'privacy'],
        `"${template.privacy}" is not listed under privacy_modes. Choose one of: ${value.privacy_modes.map((mode) => mode.id).join(', ')}.`,
      );
    checkQuestions(template, path, problem);
    checkReaders(template, path, problem);
    checkPair(template, value.templates, path, problem);
  });
  return {
    templates: value.templates.map((template) => toTemplate(template, rules.min_group_size_for_summary)),
    smallGroupWarning: rules.small_group_warning,
    reminds: rules.reminders.max > 0,
    measures: value.constructs.flatMap(({ framework, levels = [], cycles = [] }) => [
      ...levels.map((level) => ({ framework, level })),
      ...cycles.map((cycle) => ({ framework, cycle })),
    ]),
  };
}

type Problem = (path: Path, message: string) => void;

function checkQuestions(template: FileTemplate, path: Path, problem: Problem): void {
  reportDuplicates(template.questions, [...path, 'questions'], problem);
  if (template.questions.filter((question) => 'words_use' in question && question.words_use).length > 1)
    problem([...path, 'questions'], 'only one question may say how words are used.');
}

/** What is said about people, rather than to them. */
const notForMembers =
  /\bopt(s|ed)?[ -]in\b|\bthe person\b|\bparticipants?\b|\bfor staff only\b|\b(show|tell) leaders\b/i;

function checkReaders(template: FileTemplate, path: Path, problem: Problem): void {
  const read: [string, string][] = [
    ['for_members', template.for_members],
    ['intro', template.intro],
    ...template.questions.flatMap((question, index): [string, string][] => [
      [`questions.${index}`, `${question.text} ${question.help ?? ''}`],
    ]),
  ];
  for (const [where, text] of read) {
    const found = notForMembers.exec(text)?.[0];
    if (found)
      problem(
        [...path, ...where.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))],
        `members read this, and "${found}" is written for facilitators. Write it to the members, or move it to "purpose".`,
      );
  }
  if (/\bopt[ -]in\b/i.test(template.when) !== template.opt_in)
    problem(
      [...path, 'opt_in'],
      'what "when" says and "opt_in" differ. Where it says "opt in", each person is asked first: write opt_in: true.',
    );
}

/** Before and after can be compared only where they ask the same: same id, same kind, same range, both ways. */
function checkPair(template: FileTemplate, all: readonly FileTemplate[], path: Path, problem: Problem): void {
  if (template.pair_with === undefined) return;
  const other = all.find((one) => one.id === template.pair_with);
  if (!other || other.id === template.id) {
    problem(
      [...path, 'pair_with'],
      `there is no other template "${template.pair_with}". Check the spelling.`,
    );
    return;
  }
  if (other.pair_with !== template.id)
    problem([...path, 'pair_with'], `"${other.id}" must name "${template.id}" in its pair_with too.`);
  if ((other.usually === 'group-start') === (template.usually === 'group-start'))
    problem(
      [...path, 'usually'],
      `one of "${template.id}" and "${other.id}" comes before, and says so: usually: group-start. Write it for that one only.`,
    );
  if (other.privacy !== template.privacy)
    problem([...path, 'privacy'], `a pair needs the same privacy; "${other.id}" has "${other.privacy}".`);
  let shared = 0;
  template.questions.forEach((question, index) => {
    const twin = other.questions.find((one) => one.id === question.id);
    if (!twin) {
      if (question.pair !== undefined)
        problem(
          [...path, 'questions', index],
          `"${question.id}" is to be compared, but "${other.id}" does not ask it. Add it there, or leave out "pair".`,
        );
      return;
    }
    shared += 1;
    const range = (one: FileQuestion) => ('min' in one ? [one.min, one.max] : []);
    if (twin.type !== question.type || range(twin).join() !== range(question).join())
      problem(
        [...path, 'questions', index],
        `"${question.id}" is asked in another way in "${other.id}". Give both the same type and range.`,
      );
  });
  if (shared === 0)
    problem(
      [...path, 'questions'],
      `this shares no question id with "${other.id}", so nothing can be compared.`,
    );
}

function toTemplate(template: FileTemplate, smallest: number): Template {
  return {
    id: template.id,
    templateId: template.id,
    label: template.label,
    when: template.when,
    about: template.purpose,
    usually: template.usually,
    asksFirst: template.opt_in,
    keepsMode:
      template.pair_with !== undefined ||
      modeOfPrivacy[template.privacy] === 'private' ||
      template.questions.some((question) => 'words_use' in question && question.words_use),
    minutes: template.minutes,
    purpose: template.for_members,
    intro: template.intro,
    mode: modeOfPrivacy[template.privacy] ?? 'private',
    family: [template.id, ...(template.pair_with === undefined ? [] : [template.pair_with])]
      .toSorted()
      .join('+'),
    ...(template.pair_with !== undefined && {
      comes: template.usually === 'group-start' ? ('before' as const) : ('after' as const),
    }),
    showsSupport: template.after === 'show_support_options',
    smallest,
    questions: template.questions.map(toQuestion),
  };
}

/** The definition of a round: the template without the questions that were left out. Never empty. */
export function definitionOf(template: Template, leftOut: readonly string[] = []): Definition {
  const kept = template.questions.filter((question) => !leftOut.includes(question.id));
  return definitionSchema.parse({ ...template, questions: kept.length > 0 ? kept : template.questions });
}
