import { z } from 'zod';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates, reportUnknown } from '../../content/vocabulary.ts';
import { problemWithTime } from '../../scheduler/recurrence.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const text = z.string().min(1);
const time = z
  .string()
  .refine((given) => problemWithTime(given) === undefined, 'write a time of day between "07:00" and "20:00"');

const stage = z.strictObject({
  id,
  label: text.max(60, 'shorten this to at most 60 characters'),
  /** Of checkins.yaml, and of a pair that is compared. */
  template: id,
  /** What does as well where a group has it. */
  or: z.array(id).default([]),
  /** The first session or the last one; else the first or the last day of the group. */
  from: z.enum(['start', 'end']),
  days: z.number().int().min(-60).max(400),
  time,
  optional: z.boolean().default(false),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: text,
  /** What is ours. */
  suggested: z.array(text.max(200, 'shorten this to at most 200 characters')).min(1),
  stages: z.array(stage).min(2).max(10, 'a form takes at most 10 to tick'),
});

/** One check-in of a group's evaluation plan. */
export type Stage = z.output<typeof stage> & {
  /** What its template is called. */
  asks: string;
};

/** Templates of check-ins; `family` names both of a pair that is compared. */
type Known = readonly { templateId: string; label: string; family: string; mode: string }[];

/**
 * Reads data/evaluation.yaml; what is wrong is reported to the folder.
 * @param known left out: checkins.yaml could not be read, and is not checked against.
 */
export function readEvaluation(folder: ContentFolder, known: Known | undefined): Stage[] | undefined {
  const file = folder.read('evaluation.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.stages, ['stages'], problem);
  const templates = known && new Set(known.map(({ templateId }) => templateId));
  const familyOf = (template: string) => known?.find(({ templateId }) => templateId === template)?.family;
  value.stages.forEach((one, index) => {
    const at = ['stages', index];
    if (one.from === 'start' && one.days >= 0)
      problem([...at, 'days'], 'what is counted from the start comes before it. Give a number below 0.');
    if (one.from === 'end' && one.days < 0)
      problem([...at, 'days'], 'what is counted from the end comes after it. Give 0 or more.');
    const before = value.stages[index - 1];
    if (before && (before.from === one.from ? before.days >= one.days : one.from === 'start'))
      problem([...at, 'days'], `that is not after "${before.id}". Put the stages in their order.`);
    if (!templates) return;
    reportUnknown([...one.or], templates, 'check-in', [...at, 'or'], problem);
    if (!templates.has(one.template)) {
      reportUnknown([one.template], templates, 'check-in', [], (_, words) =>
        problem([...at, 'template'], words),
      );
      return;
    }
    if (known?.find(({ templateId }) => templateId === one.template)?.mode !== 'linked')
      problem(
        [...at, 'template'],
        `answers to "${one.template}" are not joined by a key, so nothing can be compared. Choose one whose privacy is linked_to_self_shared_as_group_summary.`,
      );
    else if (familyOf(one.template) !== familyOf(value.stages[0]?.template ?? ''))
      problem(
        [...at, 'template'],
        `"${one.template}" is not compared with "${value.stages[0]?.template ?? ''}": neither names the other in its pair_with.`,
      );
  });
  return value.stages.map((one) => ({
    ...one,
    asks: known?.find(({ templateId }) => templateId === one.template)?.label ?? one.template,
  }));
}
