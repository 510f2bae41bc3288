import { z } from 'zod';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates, type Vocabulary } from '../../content/vocabulary.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'use small letters, digits, hyphens and underscores only');
const sentence = z.string().min(1, 'write a sentence').max(600, 'shorten this to at most 600 characters');
const day = z.iso.date('write the date as YYYY-MM-DD');
const version = z
  .string('put the version in quotes, for example "2"')
  .min(1, 'give it a version')
  .max(20, 'a version has at most 20 characters');

const ask = z.strictObject({
  id,
  type: z.enum([
    'choice',
    'consent',
    'text',
    'choice_or_text',
    'multi_choice',
    'time_range',
    'checkin',
    'action',
    'scale',
  ]),
  label: z.string().min(1).max(150, 'shorten this to at most 150 characters'),
  options: z.array(z.union([z.string(), z.boolean()])).optional(),
  options_from: z.string().optional(),
  examples: z.array(z.string()).optional(),
  optional: z.boolean().default(false),
  required_to_post: z.boolean().optional(),
  record: z.string().optional(),
  visibility: z.literal('facilitator').optional(),
  min: z.number().int().optional(),
  max: z.number().int().optional(),
  end_labels: z.strictObject({ low: z.string(), high: z.string() }).optional(),
  available: z.boolean().default(true),
});

/** What a step's button opens. `welcome` and `agreement` come before the journey itself. */
const does = z.enum([
  'welcome',
  'agreement',
  'profile',
  'introduce',
  'messages',
  'checkin',
  'find',
  'core',
  'reflect',
  'meet',
]);

/** What makes a step done without anybody pressing "Done". */
const notices = z.enum([
  'profile-filled',
  'first-lookup',
  'first-part',
  'first-reflection',
  'baseline-answered',
]);

const step = z.strictObject({
  id,
  day: z.number().int().min(0, 'days are counted from 0, the day of agreeing').max(260),
  title: z.string().min(1).max(70, 'shorten this to at most 70 characters'),
  purpose: sentence,
  principle: z.string(),
  does,
  ref: id.optional(),
  notices: notices.optional(),
  after: id.optional(),
  audience: z.string().default('everyone'),
  available: z.boolean().default(true),
  message_points: z.array(sentence).min(1, 'say at least one thing').max(12),
  /** Of the welcome, for those who run groups. */
  for_facilitators: z.array(sentence).min(1, 'say at least one thing').max(12).optional(),
  asks: z.array(ask).default([]),
  opt_out: sentence,
  minutes: z.number().int().min(1).max(60),
  not_used_as: z.string().optional(),
});

export const mustCover = [
  'controller',
  'kept',
  'where',
  'lawful-basis',
  'reflections',
  'complaints',
] as const;

const schema = z.strictObject({
  version: z.number().int(),
  language: z.string(),
  principles: z.array(sentence),
  timing_note: z.string(),
  always_available: z.array(z.strictObject({ command: z.string(), does: z.string() })),
  privacy_notice_must_say: z.array(z.string()),
  privacy_notice: z.strictObject({
    version,
    dated: day,
    short: z.array(sentence).min(1).max(5),
    sections: z
      .array(
        z.strictObject({
          heading: z.string().min(1).max(100),
          covers: z.enum(mustCover),
          text: z.array(sentence).min(1).max(10),
        }),
      )
      .min(1)
      .max(20),
  }),
  agreement: z.strictObject({ version, dated: day, changes: z.array(sentence).max(6) }),
  extras: z
    .array(
      z.strictObject({
        id: z.enum(['listed', 'introduced']),
        label: z.string().min(1).max(75),
        means: z.string().min(1).max(150),
        available: z.boolean().default(true),
      }),
    )
    .max(2),
  steps: z.array(step).min(1),
});

/** data/onboarding.yaml as it stands. */
export type JourneyFile = z.output<typeof schema>;
export type JourneyStep = JourneyFile['steps'][number];
export type StepAction = JourneyStep['does'];
export type Notice = NonNullable<JourneyStep['notices']>;
export type PrivacyNotice = JourneyFile['privacy_notice'];
export type Extra = JourneyFile['extras'][number];

export type JourneyContent = {
  /** The version number of the file, for people to read. */
  version: number;
  privacyNotice: PrivacyNotice;
  agreement: JourneyFile['agreement'] & { points: string[]; minutes: number; optOut: string };
  welcome: JourneyStep;
  extras: Extra[];
  /** What a profile offers for the role, and for the place of work. */
  roles: string[];
  boroughs: string[];
  /** What comes after agreeing, in order; only what is available. */
  steps: JourneyStep[];
};

/** What other files hold, so that references can be checked. A missing set is not checked. */
export type JourneyRefs = {
  checkins?: ReadonlySet<string>;
  frameworks?: ReadonlySet<string>;
  /** Ids of training modules and parts. */
  training?: ReadonlySet<string>;
};

const roles = ['facilitator', 'curator', 'administrator'];
/** Working days without a step after which somebody would think that the journey is over. */
const longestGap = 25;

/** Reads and checks the journey. @returns undefined when something is wrong; `folder.problems` says what and where. */
export function readJourney(
  folder: ContentFolder,
  vocabulary: Vocabulary | undefined,
  refs: JourneyRefs = {},
): JourneyContent | undefined {
  const file = folder.read('onboarding.yaml', schema);
  if (!file) return undefined;
  const before = folder.problems.length;
  const { value, problem } = file;
  checkOrder(value.steps, problem);
  checkAudiences(value.steps, vocabulary, problem);
  checkRefs(value.steps, refs, problem);
  checkNotice(value, problem);
  reportDuplicates(value.extras, ['extras'], problem);
  if (value.agreement.version !== '1' && value.agreement.changes.length === 0)
    problem(['agreement', 'changes'], 'say what changed since the last version: people are asked again.');
  const welcome = value.steps.find((one) => one.does === 'welcome');
  const agreement = value.steps.find((one) => one.does === 'agreement');
  if (!welcome) problem(['steps'], 'there is no step that does "welcome". Put one first.');
  if (!agreement) problem(['steps'], 'there is no step that does "agreement". Put one after the welcome.');
  if (!welcome || !agreement || folder.problems.length > before) return undefined;
  const offered = (askId: string): string[] =>
    (
      value.steps.flatMap((one) => one.asks).find((one) => one.id === askId && one.available)?.options ?? []
    ).map((one) => String(one));
  return {
    version: value.version,
    privacyNotice: value.privacy_notice,
    agreement: {
      ...value.agreement,
      points: agreement.message_points,
      minutes: agreement.minutes,
      optOut: agreement.opt_out,
    },
    welcome,
    extras: value.extras,
    roles: offered('role'),
    boroughs: offered('borough'),
    steps: value.steps.filter((one) => one.available && one.does !== 'welcome' && one.does !== 'agreement'),
  };
}

type Report = (path: Path, message: string) => void;

function checkOrder(steps: readonly JourneyStep[], problem: Report): void {
  reportDuplicates(steps, ['steps'], problem);
  const ids = new Set(steps.map((one) => one.id));
  const once = new Map<string, string>();
  let last = 0;
  steps.forEach((one, index) => {
    if (one.day < last)
      problem(
        ['steps', index, 'day'],
        `day ${one.day} comes after day ${last}. Put the steps in the order of their days.`,
      );
    if (one.available) {
      if (one.day - last > longestGap)
        problem(
          ['steps', index, 'day'],
          `there are ${one.day - last} working days without a step before this one. At most ${longestGap}: people would think it is over.`,
        );
      last = Math.max(last, one.day);
    }
    if (one.after !== undefined && !ids.has(one.after))
      problem(
        ['steps', index, 'after'],
        `there is no step "${one.after}". Choose one of: ${[...ids].join(', ')}.`,
      );
    reportDuplicates(one.asks, ['steps', index, 'asks'], problem);
    // These have one button each in Home, and one place to be noticed.
    for (const what of [
      ['welcome', 'agreement', 'profile', 'introduce'].includes(one.does) ? one.does : undefined,
      one.notices,
    ]) {
      if (what === undefined) continue;
      const other = once.get(what);
      if (other !== undefined)
        problem(['steps', index], `"${what}" is used by the step "${other}" too. One step may have it.`);
      once.set(what, one.id);
    }
  });
  reportCycles(steps, problem);
}

/** Steps that wait for each other would never come; so would one that waits for a step behind it, until much later. */
function reportCycles(steps: readonly JourneyStep[], problem: Report): void {
  const after = new Map(steps.map((one) => [one.id, one.after]));
  steps.forEach((one, index) => {
    const trail = [one.id];
    let next = one.after;
    while (next !== undefined && !trail.includes(next)) {
      trail.push(next);
      next = after.get(next);
    }
    if (next === one.id)
      problem(
        ['steps', index, 'after'],
        `these steps wait for each other: ${[...trail, one.id].join(' → ')}. Take one "after" away.`,
      );
    else if (steps.findIndex((other) => other.id === one.after) > index)
      problem(['steps', index, 'after'], `the step "${one.after}" comes later. Put it before this one.`);
  });
}

function checkAudiences(
  steps: readonly JourneyStep[],
  vocabulary: Vocabulary | undefined,
  problem: Report,
): void {
  const ageGroups = vocabulary?.age_groups.map((group) => group.id);
  steps.forEach(({ audience, does: what }, index) => {
    const [kind, which = ''] = audience.split(':');
    const isKnown =
      audience === 'everyone' ||
      audience === 'members' ||
      (kind === 'role' && roles.includes(which)) ||
      (kind === 'cohort' && (ageGroups === undefined || ageGroups.includes(which)));
    if (!isKnown)
      problem(
        ['steps', index, 'audience'],
        `there is no audience "${audience}". Use everyone, members, role:${roles.join(', role:')}${ageGroups ? `, cohort:${ageGroups.join(', cohort:')}` : ', or cohort: and an age group'}.`,
      );
    if (audience !== 'everyone' && (what === 'welcome' || what === 'agreement'))
      problem(['steps', index, 'audience'], 'the welcome and the agreement are for everyone.');
  });
}

function checkRefs(steps: readonly JourneyStep[], refs: JourneyRefs, problem: Report): void {
  const known: Partial<Record<StepAction, [ReadonlySet<string> | undefined, string]>> = {
    checkin: [refs.checkins, 'check-in template in checkins.yaml'],
    reflect: [refs.frameworks, 'framework in reflection-frameworks.yaml'],
    core: [refs.training, 'module or part in training.yaml'],
  };
  steps.forEach((one, index) => {
    const rule = known[one.does];
    if (!rule) {
      if (one.ref !== undefined)
        problem(
          ['steps', index, 'ref'],
          `a step that does "${one.does}" refers to nothing. Take "ref" away.`,
        );
      return;
    }
    const [set, what] = rule;
    if (one.ref === undefined) problem(['steps', index], `say which with "ref": a ${what}.`);
    else if (set && !set.has(one.ref))
      problem(['steps', index, 'ref'], `there is no ${what} with the id "${one.ref}". Check the spelling.`);
  });
}

function checkNotice({ privacy_notice: notice }: JourneyFile, problem: Report): void {
  const covered = new Set(notice.sections.map((one) => one.covers));
  for (const what of mustCover)
    if (!covered.has(what))
      problem(['privacy_notice', 'sections'], `no section covers "${what}". The notice has to say it.`);
}
