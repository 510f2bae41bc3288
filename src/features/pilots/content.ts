import { z } from 'zod';
import type { ContentFolder } from '../../content/read.ts';
import { reportDuplicates, reportUnknown } from '../../content/vocabulary.ts';
import { problemWithTime } from '../../scheduler/recurrence.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'use small letters, digits and hyphens only');
const text = z.string().min(1);
const lines = z.array(text.max(200, 'shorten this to at most 200 characters')).min(1);
const time = z
  .string()
  .refine((given) => problemWithTime(given) === undefined, 'write a time of day between "07:00" and "20:00"');
const days = z.number().int().min(0).max(120);
const weeks = z.number().int().min(1).max(26);

/** When a pilot asks something, by its sessions. */
const asked = z.discriminatedUnion('when', [
  z.strictObject({ template: id, when: z.literal('before-first-session'), days: days.min(1), time }),
  z.strictObject({
    template: id,
    when: z.literal('after-each-session'),
    minutes: z.number().int().min(15).max(2880),
  }),
  z.strictObject({ template: id, when: z.literal('after-last-session'), days: days.min(1), time }),
  /** Members start it themselves. */
  z.strictObject({ template: id, when: z.literal('whenever-there-is-something-to-say') }),
]);

const rhythms = { weekly: 7, fortnightly: 14 } as const;

const pilot = z.strictObject({
  id,
  label: text.max(60, 'shorten this to at most 60 characters'),
  /** A session of the series, or an intervention, of training.yaml. */
  series: id,
  /** An intervention of training.yaml whose checklist its members have. */
  prepares: id.optional(),
  /** What a public page says of it. */
  published: lines.optional(),
  /** What is ours. */
  suggested: lines,
  sessions: z.strictObject({
    many: z.number().int().min(1).max(8),
    every: z.enum(['weekly', 'fortnightly']),
    first_after_days: days.min(1),
  }),
  follow_up: z.strictObject({ weeks_after_last: weeks }).optional(),
  checkins: z.array(asked).max(8),
  /** Counted from the last session of the series. */
  report: z.strictObject({ weeks_after_last: weeks }),
});

const schema = z.strictObject({
  version: z.number().int(),
  language: text,
  sources: z.array(z.httpUrl('give the whole web address, starting with https://')).min(1),
  pilots: z.array(pilot).min(1).max(10, 'Slack shows at most 10 to choose from'),
});

type FilePilot = z.output<typeof pilot>;
/** A kind of pilot, as a facilitator chooses it. */
export type PilotTemplate = Omit<FilePilot, 'sessions' | 'checkins'> & {
  sessions: { many: number; everyDays: number; firstAfterDays: number };
  checkins: (FilePilot['checkins'][number] & { label: string })[];
  /** Of data/topics.yaml, where the series is for one. */
  ageGroup: string | undefined;
  seriesLabel: string;
};

/** What other files have that pilots.yaml names. Left out: that file could not be read, and is not checked against. */
export type PilotReferences = {
  series?: readonly { id: string; label: string; ageGroup: string | undefined }[] | undefined;
  /** Interventions with a checklist. */
  checklists?: ReadonlySet<string> | undefined;
  /** Templates of check-ins; `family` names both of a pair that is compared. */
  checkins?: readonly { templateId: string; label: string; family: string }[] | undefined;
};

/** Reads data/pilots.yaml; what is wrong is reported to the folder. */
export function readPilots(
  folder: ContentFolder,
  { series, checklists, checkins }: PilotReferences,
): PilotTemplate[] | undefined {
  const file = folder.read('pilots.yaml', schema);
  if (!file) return undefined;
  const { value, problem } = file;
  reportDuplicates(value.pilots, ['pilots'], problem);
  const templates = checkins && new Set(checkins.map(({ templateId }) => templateId));
  value.pilots.forEach((one, index) => {
    const at = ['pilots', index];
    const check = (used: string, known: ReadonlySet<string> | undefined, what: string, field: string) =>
      known && reportUnknown([used], known, what, [], (_, words) => problem([...at, field], words));
    check(one.series, series && new Set(series.map((known) => known.id)), 'series', 'series');
    if (one.prepares !== undefined) check(one.prepares, checklists, 'checklist', 'prepares');
    one.checkins.forEach((asks, place) => {
      const { template } = asks;
      const { first_after_days: free } = one.sessions;
      if (asks.when === 'before-first-session' && asks.days > free)
        problem(
          [...at, 'checkins', place, 'days'],
          `that is before the first day: the first session comes ${free} days after it. Give fewer days.`,
        );
      if (templates)
        reportUnknown([template], templates, 'check-in', [], (_, words) =>
          problem([...at, 'checkins', place, 'template'], words),
        );
      const isAsked = (other: string) => one.checkins.some((beside) => beside.template === other);
      const pair = checkins?.find(({ templateId }) => templateId === template)?.family.split('+') ?? [];
      for (const other of pair)
        if (!isAsked(other))
          problem(
            [...at, 'checkins', place],
            `"${template}" is compared with "${other}", which this pilot does not ask. Add it.`,
          );
    });
    const last = one.follow_up?.weeks_after_last ?? 0;
    if (one.report.weeks_after_last <= last)
      problem([...at, 'report'], 'the report comes before the follow-up session. Give it more weeks.');
  });
  return value.pilots.map(({ sessions, checkins: asks, ...one }) => {
    const known = series?.find((given) => given.id === one.series);
    return {
      ...one,
      sessions: {
        many: sessions.many,
        everyDays: rhythms[sessions.every],
        firstAfterDays: sessions.first_after_days,
      },
      checkins: asks.map((asked) => ({
        ...asked,
        label: checkins?.find(({ templateId }) => templateId === asked.template)?.label ?? asked.template,
      })),
      ageGroup: known?.ageGroup,
      seriesLabel: known?.label ?? one.label,
    };
  });
}
