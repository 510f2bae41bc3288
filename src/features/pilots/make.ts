import { audit } from '../../community/audit.ts';
import { findCohort } from '../../community/cohorts.ts';
import { type Actor, loadActor } from '../../community/permissions.ts';
import { allOrNothing } from '../../db/all-or-nothing.ts';
import type { Db } from '../../db/schema.ts';
import { newId } from '../../lib/random.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { daysOffIn } from '../../scheduler/days-off.ts';
import { problemWithDate } from '../../scheduler/recurrence.ts';
import type { Counted } from '../feature.ts';
import type { PilotTemplate } from './content.ts';
import { datesOf, followUpKey, plusDays, reportKey, sessionKey, startKey } from './dates.ts';
import type { PilotDeps } from './deps.ts';
import { mayPilot, openDayIn, type PilotSeen, seePilot } from './read.ts';
import { findPilot, insertPilot, listPilotsOf, type PilotPartRow } from './store.ts';

export type WantedPilot = {
  /** Of the pilot it becomes: asked for twice, it is made once. */
  id: string;
  templateId: string;
  /** Local date. */
  startsOn: string;
  /** At which its sessions begin; local. */
  time: string;
  /** Undefined: a new one of this name. */
  cohortId: string | undefined;
  /** Of a new group, as it was typed; empty: it is called after the pilot and its month. */
  name: string;
  /** The pilots of the same kind that the group has, and that they were shown. */
  besides?: string[] | undefined;
};

/** By what was said, in words. */
export type MakeProblem = { field: 'template' | 'start' | 'time' | 'cohort' | 'name'; words: string };
export type MakeOutcome =
  /** `besides`: the same pilot of the same group, not over. `clashes`: what else comes to the same people, in lines. */
  | { kind: 'made'; seen: PilotSeen; besides: PilotSeen[]; clashes: string[] }
  | ({ kind: 'problem' } & MakeProblem);

/** What a pilot would be, exactly as it would be made; nothing of it is kept. */
export const lookAhead = (deps: PilotDeps, actor: Actor, wanted: WantedPilot): Promise<MakeOutcome> =>
  inOneGo(deps, actor, wanted, false);

/** Makes all of it or nothing. */
export async function makePilot(deps: PilotDeps, actor: Actor, wanted: WantedPilot): Promise<MakeOutcome> {
  const outcome = await inOneGo(deps, actor, wanted, true);
  if (outcome.kind === 'made') deps.homeChanged(actor.person.id);
  return outcome;
}

const inOneGo = (deps: PilotDeps, actor: Actor, wanted: WantedPilot, keeps: boolean): Promise<MakeOutcome> =>
  allOrNothing(deps.db, async (trx) => {
    const outcome = await make(trx, deps, actor, wanted, keeps);
    return { keeps: keeps && outcome.kind === 'made', outcome };
  });

async function make(
  trx: Db,
  deps: PilotDeps,
  actor: Actor,
  { id, templateId, startsOn, time, cohortId: chosen, name, besides: known = [] }: WantedPilot,
  keeps: boolean,
): Promise<MakeOutcome> {
  const { clock, timeZone: zone, parts: makers } = deps;
  const problem = (field: MakeProblem['field'], words: string): MakeOutcome => ({
    kind: 'problem',
    field,
    words,
  });
  const again = await findPilot(trx, id);
  if (again)
    return mayPilot(actor, again.cohortId)
      ? { kind: 'made', seen: await seePilot(trx, deps, again), besides: [], clashes: [] }
      : problem('cohort', 'This is not a group you run. Please choose another.');
  const template = deps.templates.find((one) => one.id === templateId);
  if (!template) return problem('template', 'This is not offered any more. Please choose another.');
  const wrongDate = problemWithDate(startsOn);
  if (wrongDate !== undefined) return problem('start', wrongDate);
  if (startsOn <= localDate(clock.now(), zone))
    return problem(
      'start',
      'Please choose a first day from tomorrow on: that day the first questions go out.',
    );

  if (startsOn > plusDays(localDate(clock.now(), zone), 366))
    return problem('start', 'Please choose a first day within the next year.');

  const cohort = chosen === undefined ? undefined : await findCohort(trx, chosen);
  if (chosen !== undefined && (!cohort || !mayPilot(actor, chosen)))
    return problem('cohort', 'This is not a group you run. Please choose another.');
  if (cohort?.isArchived)
    return problem(
      'cohort',
      `${cohort.name} is archived. Bring it back in /chatr groups, or choose another.`,
    );
  const besides: PilotSeen[] = [];
  for (const one of chosen === undefined ? [] : await listPilotsOf(trx, chosen)) {
    if (one.templateId !== templateId) continue;
    const seen = await seePilot(trx, deps, one);
    const ends = seen.parts.find(({ key }) => key === reportKey)?.date;
    if (ends === undefined || ends >= localDate(clock.now(), zone)) besides.push(seen);
  }
  if (keeps && besides.some(({ pilot }) => !known.includes(pilot.id)))
    return problem(
      'cohort',
      `${cohort?.name ?? 'This group'} has been given the same pilot meanwhile. Please look at all dates again.`,
    );
  const daysOff = cohort ? daysOffIn(deps.daysOff, cohort) : deps.daysOff;
  const slots = datesOf(template, startsOn, openDayIn(daysOff));
  const at = (key: string) => slots.find((slot) => slot.key === key);
  const [start, report] = [at(startKey), at(reportKey)];
  if (!start || !report) throw new Error('A pilot has a start and a report.');

  const cohortId = chosen ?? newId(clock);
  if (chosen === undefined) {
    const words = await makers.group.create(trx, actor, {
      id: cohortId,
      name: name || `${template.label}, ${monthOf(startsOn)}`,
      ageGroup: template.ageGroup,
      date: start.on,
      until: report.on,
    });
    if (words !== undefined) return problem('name', words);
  }
  // Whoever makes a group runs it from then on.
  const lead = await loadActor(trx, actor.person.id);
  if (!mayPilot(lead, cohortId))
    return problem('cohort', 'Only facilitators plan pilots. Please choose a group that you run.');

  const made: PilotPartRow[] = [];
  const sessions = new Map<string, string>();
  for (const { key, hangsOn, wantedOn, on } of slots) {
    const title = titleOf(template, key, sessions.size + 1);
    if (key === startKey || key === reportKey) {
      made.push({ key, kind: 'day', title, ref: undefined, hangsOn, wantedOn, isOn: on });
      continue;
    }
    const ref = newId(clock);
    const words = await makers.session.create(trx, lead, {
      id: ref,
      cohortId,
      seriesId: key === followUpKey ? 'follow-up' : template.series,
      title,
      date: on,
      time,
    });
    // The days are still to come, so it is the time of day.
    if (words !== undefined) return problem('time', `${title}: ${words}`);
    sessions.set(key, ref);
    made.push({ key, kind: 'session', title, ref, hangsOn, wantedOn, isOn: undefined });
  }
  for (const asked of askedIn(template, sessions)) {
    const ref = newId(clock);
    const { key, hangsOn, title, templateId: asks, counted, startsAfter } = asked;
    const words = await makers.checkin.create(trx, lead, {
      id: ref,
      cohortId,
      templateId: asks,
      title,
      counted,
      startsAfter,
    });
    if (words !== undefined) return problem('start', `${title}: ${words}`);
    made.push({ key, kind: 'checkin', title, ref, hangsOn, wantedOn: undefined, isOn: undefined });
  }
  const pilot = {
    id,
    templateId,
    label: template.label,
    cohortId,
    hasMadeGroup: chosen === undefined,
    prepares: template.prepares,
    createdBy: actor.person.id,
    parts: made,
  };
  await insertPilot(trx, pilot, clock.now());
  await audit(trx, clock, {
    actor: actor.person.id,
    action: 'pilots.make',
    subject: id,
    detail: { template: templateId, cohort: cohortId },
  });
  const seen = await seePilot(trx, deps, { ...pilot, undo: undefined });
  return { kind: 'made', seen, besides, clashes: keeps ? [] : await clashesOf(trx, deps, lead, seen) };
}

const monthOf = (day: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );

/** What else comes to the same people at the same time, said once for each kind of thing. */
async function clashesOf(
  trx: Db,
  { parts: makers }: PilotDeps,
  actor: Actor,
  { parts }: PilotSeen,
): Promise<string[]> {
  const said = new Set<string>();
  for (const { kind, ref, title } of parts) {
    const maker = kind === 'session' ? makers.session : kind === 'checkin' ? makers.checkin : undefined;
    const words = ref === undefined ? undefined : await maker?.clash?.(trx, actor, ref);
    if (words !== undefined) said.add(`${title}: ${words}`);
  }
  return [...said];
}

/** @param number of the session that it would be. */
function titleOf({ sessions, seriesLabel }: PilotTemplate, key: string, number: number): string {
  if (key === startKey) return 'First day';
  if (key === reportKey) return 'Report';
  if (key === followUpKey) return `${seriesLabel}: follow-up session`;
  return sessions.many === 1 ? seriesLabel : `${seriesLabel}: session ${number} of ${sessions.many}`;
}

type Asked = {
  key: string;
  hangsOn: string | undefined;
  templateId: string;
  title: string;
  counted: Counted | undefined;
  /** The session after which members start it themselves. */
  startsAfter?: string;
};

/** Which session it follows, where there are several. */
function afterwards(title: string, key: string, number: number, many: number): string {
  if (key === followUpKey) return `${title} (follow-up)`;
  return many === 1 ? title : `${title} (${number} of ${many})`;
}

/** What it asks. @param sessions their ids, by key. */
const askedIn = (template: PilotTemplate, sessions: ReadonlyMap<string, string>): Asked[] =>
  template.checkins.flatMap((asked) => askedBy(asked, template.sessions.many, sessions));

function askedBy(
  asked: PilotTemplate['checkins'][number],
  many: number,
  sessions: ReadonlyMap<string, string>,
): Asked[] {
  const { template: templateId, label: title } = asked;
  const first = sessionKey(1);
  const last = sessionKey(many);
  const idOf = (key: string): string => sessions.get(key) ?? '';
  switch (asked.when) {
    case 'before-first-session': {
      const { days, time } = asked;
      const counted = { from: 'session-begins' as const, session: idOf(first), days, time };
      return [{ key: `${templateId}:before`, hangsOn: first, templateId, title, counted }];
    }
    case 'after-each-session':
      return [...sessions].map(([key, session], index) => ({
        key: `${templateId}:${key}`,
        hangsOn: key,
        templateId,
        title: afterwards(title, key, index + 1, many),
        counted: { from: 'session-over', session, minutes: asked.minutes },
      }));
    case 'after-last-session': {
      const { days, time } = asked;
      const counted = { from: 'session-day' as const, session: idOf(last), days, time };
      return [{ key: `${templateId}:later`, hangsOn: last, templateId, title, counted }];
    }
    case 'whenever-there-is-something-to-say':
      return [
        {
          key: `${templateId}:own`,
          hangsOn: undefined,
          templateId,
          title,
          counted: undefined,
          // Before that nobody has learnt what it asks about.
          startsAfter: idOf(last),
        },
      ];
  }
}
