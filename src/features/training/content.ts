import { z } from 'zod';
import type { ContentFolder, Path } from '../../content/read.ts';
import { reportDuplicates, reportUnknown, type Vocabulary } from '../../content/vocabulary.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only')
  .max(80, 'shorten this to at most 80 characters');
const text = z.string().min(1);
const lines = z.array(text).min(1);
const url = z.httpUrl('give the whole web address, starting with https://');
const minutes = z.number().int().min(1).max(480);

const part = z.strictObject({
  id,
  label: text,
  suggested_minutes: minutes,
  outcomes: lines,
  /** Something to think about; ours, drawn from the outcomes, until the programme has its own. */
  suggested_question: text.max(200, 'shorten this to at most 200 characters'),
  /** Said before the material. */
  content_note: text.optional(),
  resources: z.array(id).default([]),
  /** A framework of reflection-frameworks.yaml. */
  reflect_with: id.optional(),
});

const core = z.strictObject({
  id,
  label: text,
  kind: z.literal('core'),
  for: text,
  format: text,
  published_content: lines,
  /** What the programme is still to give, for curators to read. */
  not_supplied: z.array(text).default([]),
  parts: z.array(part).min(1),
});

const session = z.strictObject({
  id,
  age_group: id,
  label: text,
  format: text,
  dates: text,
  themes: lines,
  case_themes: lines,
  suggested_roles: lines,
  starter_resources: z.array(id).default([]),
});

const series = z.strictObject({
  id,
  label: text,
  kind: z.literal('series'),
  purpose: text,
  learning_from_pilot: lines,
  learning_source: url,
  suggested_shape: z.array(z.strictObject({ part: text, minutes })).min(1),
  facilitation_notes: lines,
  sessions: z.array(session).min(1),
});

const suggested = z.strictObject({
  id,
  label: text,
  kind: z.literal('suggested'),
  purpose: text,
  resources: z.array(id).default([]),
  dates: text,
});

const intervention = z.strictObject({
  id,
  label: text,
  status: text,
  aims: lines.optional(),
  problem_described: lines.optional(),
  published_results: z.strictObject({ note: text, items: lines, source_url: url }).optional(),
  wider_evidence: z.array(id).optional(),
  local_guidance: z.array(id).optional(),
  preparation_checklist: lines.optional(),
  /** A template of checkins.yaml. */
  checkin: id.optional(),
  items: lines.optional(),
  source: text.optional(),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: text,
  status_note: text,
  /** Its name, as certificates say it. */
  programme: text.max(200, 'shorten this to at most 200 characters'),
  sources: z.array(url).min(1),
  audience: text,
  modules: z.array(z.discriminatedUnion('kind', [core, series, suggested])).min(1),
  interventions: z.array(intervention),
});

/** data/training.yaml: modules, sessions by age group, and the first intervention. */
export type Training = z.output<typeof schema>;
export type CoreModule = z.output<typeof core>;
export type Part = CoreModule['parts'][number];

/** The module for everyone; the file has one. */
export function coreModule({ modules }: Training): CoreModule {
  const found = modules.find((one) => one.kind === 'core');
  if (!found) throw new Error('training.yaml was read without a core module.');
  return found;
}

/** What whole pilots are planned from: the sessions of its series, and the interventions that are more than an idea. */
export const plannedFrom = ({
  modules,
  interventions,
}: Training): { id: string; label: string; ageGroup: string | undefined }[] => [
  ...modules.flatMap((one) =>
    one.kind === 'series'
      ? one.sessions.map(({ id: known, label, age_group: ageGroup }) => ({ id: known, label, ageGroup }))
      : [],
  ),
  ...interventions
    .filter(({ aims }) => aims !== undefined)
    .map(({ id: known, label }) => ({ id: known, label, ageGroup: undefined })),
];

/** The ids of other files that training.yaml may name. A set that could not be read is left out, and not checked. */
export type TrainingReferences = {
  resources?: ReadonlySet<string> | undefined;
  frameworks?: ReadonlySet<string> | undefined;
  checkins?: ReadonlySet<string> | undefined;
};

export function readTraining(
  folder: ContentFolder,
  vocabulary: Vocabulary,
  { resources, frameworks, checkins }: TrainingReferences,
): Training | undefined {
  const file = folder.read('training.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  const ages = new Set(vocabulary.age_groups.map((age) => age.id));
  const check = (used: readonly string[], known: ReadonlySet<string> | undefined, what: string, path: Path) =>
    known && reportUnknown(used, known, what, path, problem);
  const checkOne = (
    used: string | undefined,
    known: ReadonlySet<string> | undefined,
    what: string,
    path: Path,
  ) =>
    used !== undefined &&
    known &&
    reportUnknown([used], known, what, path, (_, message) => problem(path, message));

  reportDuplicates(value.modules, ['modules'], problem);
  reportDuplicates(value.interventions, ['interventions'], problem);
  const cores = value.modules.filter(({ kind }) => kind === 'core').length;
  if (cores !== 1)
    problem(
      ['modules'],
      `there ${cores === 0 ? 'is no module' : `are ${cores} modules`} of the kind "core". Give exactly one.`,
    );
  value.modules.forEach((module, m) => {
    const at = ['modules', m];
    if (module.kind === 'suggested') check(module.resources, resources, 'resource', [...at, 'resources']);
    if (module.kind === 'core') {
      reportDuplicates(module.parts, [...at, 'parts'], problem);
      module.parts.forEach((one, p) => {
        check(one.resources, resources, 'resource', [...at, 'parts', p, 'resources']);
        checkOne(one.reflect_with, frameworks, 'framework', [...at, 'parts', p, 'reflect_with']);
      });
    }
    if (module.kind === 'series') {
      reportDuplicates(module.sessions, [...at, 'sessions'], problem);
      module.sessions.forEach((one, s) => {
        check(one.starter_resources, resources, 'resource', [...at, 'sessions', s, 'starter_resources']);
        checkOne(one.age_group, ages, 'age group', [...at, 'sessions', s, 'age_group']);
      });
    }
  });
  value.interventions.forEach((one, i) => {
    check(one.wider_evidence ?? [], resources, 'resource', ['interventions', i, 'wider_evidence']);
    check(one.local_guidance ?? [], resources, 'resource', ['interventions', i, 'local_guidance']);
    checkOne(one.checkin, checkins, 'check-in', ['interventions', i, 'checkin']);
  });
  return value;
}
