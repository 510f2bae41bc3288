import type { PracticePrompts } from '../../../content/practice-prompts.ts';
import { later, minutes } from '../../../lib/clock.ts';
import type { Training } from '../content.ts';
import type { Session } from '../sessions/session.ts';
import { shapeOf } from '../sessions/shape.ts';

/** Lines of the content files under a heading of ours. */
export type Lines = { heading: string; lines: readonly string[] };
export type Case = PracticePrompts['prompts'][number];

/** What the programme's files hold for a session; nothing in it is made up. */
export type PackOutline = {
  label: string;
  /** One after the other from the session's start. */
  shape: { at: Date; part: string; minutes: number }[];
  /** How long it is planned, in minutes, where the shape is shortened for this session. */
  plannedFor: number | undefined;
  /** Whether those who run it have set the minutes. */
  isOwn: boolean;
  notes: readonly string[];
  background: Lines[];
  /** Ids of the catalogue. */
  resources: readonly string[];
  /** Fictional: those of the age group first. Empty where there are none. */
  cases: Case[];
};

/** For sessions that are of no age group of their own. */
const forAll = 'all';

/**
 * @param groupAge the age group of the group it is for, where it is for one. What the session's series says comes from the
 * files as they are now; its shape and notes are as they were when it was planned.
 */
export function packOutline(
  session: Session,
  {
    training,
    prompts,
    groupAge,
  }: { training: Training; prompts: PracticePrompts; groupAge?: string | undefined },
): PackOutline {
  const { label, notes, ownMinutes } = session.outline;
  const { parts, plannedFor } = shapeOf(session);
  let minutesIn = 0;
  const timed = parts.map((part) => {
    const at = later(session.startsAt, minutes(minutesIn));
    minutesIn += part.minutes;
    return { ...part, at };
  });
  const series = training.modules
    .flatMap((module) => (module.kind === 'series' ? module.sessions : []))
    .find(({ id }) => id === session.seriesId);
  const intervention = training.interventions.find(({ id }) => id === session.seriesId);
  const background: Lines[] = [
    { heading: 'Themes', lines: series?.themes ?? [] },
    { heading: 'Ideas for a case', lines: series?.case_themes ?? [] },
    { heading: 'Roles it brings together', lines: series?.suggested_roles ?? [] },
    { heading: 'What it is for', lines: intervention?.aims ?? [] },
    { heading: 'What it answers', lines: intervention?.problem_described ?? [] },
    { heading: 'To prepare', lines: intervention?.preparation_checklist ?? [] },
  ];
  return {
    label,
    shape: timed,
    plannedFor,
    isOwn: ownMinutes !== undefined,
    notes,
    background: background.filter(({ lines }) => lines.length > 0),
    resources: series
      ? series.starter_resources
      : [...(intervention?.local_guidance ?? []), ...(intervention?.wider_evidence ?? [])],
    cases: casesFor(prompts, series?.age_group ?? groupAge ?? forAll),
  };
}

/** Cases to discuss of the age group, then what it can try out, then cases for all ages. */
function casesFor({ prompts }: PracticePrompts, age: string): Case[] {
  const of = (ageGroup: string, kind: string) =>
    prompts.filter((one) => one.age_group === ageGroup && one.kind === kind);
  const others = age === forAll ? [] : of(forAll, 'case-starter');
  return [...of(age, 'case-starter'), ...of(age, 'practice-prompt'), ...others];
}
