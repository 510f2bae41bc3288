import { createHash } from 'node:crypto';
import { audit } from '../../community/audit.ts';
import type { Actor } from '../../community/permissions.ts';
import { allOrNothing } from '../../db/all-or-nothing.ts';
import type { Db } from '../../db/schema.ts';
import { localDate } from '../../scheduler/calendar.ts';
import { daysOffIn } from '../../scheduler/days-off.ts';
import { problemWithDate } from '../../scheduler/recurrence.ts';
import { sayDate } from '../../slack/text.ts';
import { reportKey, type Standing, shift, startKey } from './dates.ts';
import type { PilotDeps } from './deps.ts';
import { mayPilot, openDayIn, type PartSeen, type PilotSeen, seePilot } from './read.ts';
import { changePart, lockPilot, saveUndo, type Undo } from './store.ts';

export type How = 'all' | 'only';

/** @param date local. @param time undefined for a whole day. */
export type Move = { pilotId: string; key: string; date: string; time: string | undefined };

/** One part that stands elsewhere than before. */
export type Difference = { before: PartSeen; after: PartSeen };

export type MoveOutcome =
  | { kind: 'moved'; moved: PartSeen; differences: Difference[]; seen: PilotSeen }
  | { kind: 'problem'; field: 'date' | 'time'; words: string }
  | { kind: 'not-there' }
  | { kind: 'archived'; seen: PilotSeen }
  /** It is over, or somebody has called it off. */
  | { kind: 'fixed'; seen: PilotSeen }
  /** Something has changed since they looked at what would move. */
  | { kind: 'changed-meanwhile'; seen: PilotSeen };

/** What a move would do, exactly as it would; nothing of it is kept. */
export const lookAtMove = (deps: PilotDeps, actor: Actor, move: Move, how: How): Promise<MoveOutcome> =>
  allOrNothing(deps.db, async (trx) => ({
    keeps: false,
    outcome: await applyMove(trx, deps, actor, move, how),
  }));

/**
 * Moves a part, alone or with what hangs on it, in one go. @param seen what they saw that would move, as `markOf`: where
 * that is not so any more, nothing is moved.
 */
export async function movePart(
  deps: PilotDeps,
  actor: Actor,
  move: Move,
  how: How,
  seen: string,
): Promise<MoveOutcome> {
  const outcome = await allOrNothing<MoveOutcome>(deps.db, async (trx) => {
    const moved = await applyMove(trx, deps, actor, move, how);
    if (moved.kind !== 'moved') return { keeps: false, outcome: moved };
    if (markOf(moved.differences) === seen) return { keeps: true, outcome: moved };
    return { keeps: false, outcome: { kind: 'changed-meanwhile', seen: moved.seen } };
  });
  if (outcome.kind === 'changed-meanwhile') {
    const now = await allOrNothing(deps.db, async (trx) => ({
      keeps: false,
      outcome: await look(trx, deps, actor, move.pilotId),
    }));
    return now ? { kind: 'changed-meanwhile', seen: now } : { kind: 'not-there' };
  }
  if (outcome.kind === 'moved') deps.homeChanged(actor.person.id);
  return outcome;
}

/** What would move, as a short text that is the same for the same. */
export const markOf = (differences: readonly Difference[]): string =>
  createHash('sha256')
    .update(
      differences
        .map(({ before, after }) => `${before.key} ${placeOf(before)} ${placeOf(after)}`)
        .toSorted()
        .join('\n'),
    )
    .digest('base64url')
    .slice(0, 16);

const placeOf = ({ date = '', time = '', state }: PartSeen): string => `${date} ${time} ${state}`;

async function look(trx: Db, deps: PilotDeps, actor: Actor, pilotId: string): Promise<PilotSeen | undefined> {
  const pilot = await lockPilot(trx, pilotId);
  return pilot && mayPilot(actor, pilot.cohortId) ? seePilot(trx, deps, pilot) : undefined;
}

async function applyMove(
  trx: Db,
  deps: PilotDeps,
  actor: Actor,
  { pilotId, key, date, time }: Move,
  how: How,
): Promise<MoveOutcome> {
  const problem = (field: 'date' | 'time', words: string): MoveOutcome => ({ kind: 'problem', field, words });
  const before = await look(trx, deps, actor, pilotId);
  const moving = before?.parts.find((part) => part.key === key);
  if (!before || !moving) return { kind: 'not-there' };
  if (before.cohort.isArchived) return { kind: 'archived', seen: before };
  if (moving.state !== 'ahead' || moving.date === undefined) return { kind: 'fixed', seen: before };
  const wrongDate = problemWithDate(date);
  if (wrongDate !== undefined) return problem('date', wrongDate);

  const { clock, timeZone: zone } = deps;
  const toOpenDay = openDayIn(daysOffIn(deps.daysOff, before.cohort));
  const today = localDate(clock.now(), zone);
  const shifted = shift(standing(before, today, toOpenDay), { key, to: date, how }, { toOpenDay, today });
  switch (shifted.kind) {
    case 'fixed':
      return { kind: 'fixed', seen: before };
    case 'past':
      return problem('date', 'That day is over. Please choose one that is still to come.');
    case 'out-of-order':
      return problem('date', outOfOrder(before, shifted.other, shifted.side));
  }
  const moved = new Map(shifted.moved.map((one) => [one.key, one]));

  // Sessions first: what is counted from them follows.
  for (const part of before.parts) {
    const to = moved.get(part.key);
    const isIt = part.key === key;
    if (part.kind === 'checkin' || (!to && !isIt)) continue;
    const on = to?.on ?? part.date ?? date;
    if (to) await changePart(trx, pilotId, part.key, { wantedOn: to.wantedOn });
    if (part.kind === 'day') await changePart(trx, pilotId, part.key, { isOn: on });
    else {
      const at = { date: on, time: (isIt ? time : undefined) ?? part.time ?? '' };
      const words = await deps.parts.session.move(trx, actor, part.ref ?? '', at);
      if (words !== undefined)
        return problem(isIt ? 'time' : 'date', isIt ? words : `${part.title}: ${words}`);
    }
  }
  for (const part of before.parts) {
    if (part.kind !== 'checkin' || part.state !== 'ahead' || part.date === undefined) continue;
    const to = moved.get(part.key);
    const isIt = part.key === key;
    const at = isIt
      ? { date: to?.on ?? part.date, time: time ?? part.time ?? '' }
      : part.counted
        ? { date: part.date, time: part.time ?? '', counted: part.counted }
        : to && { date: to.on, time: part.time ?? '' };
    // Left where it is, it goes on being counted from its session.
    if (!at || (isIt && at.date === part.date && at.time === part.time)) continue;
    const words = await deps.parts.checkin.move(trx, actor, part.ref ?? '', at);
    if (words !== undefined) return problem('date', isIt ? words : `${part.title}: ${words}`);
  }
  await moveGroup(trx, deps, actor, pilotId);

  const after = await look(trx, deps, actor, pilotId);
  if (!after) return { kind: 'not-there' };
  const differences = differencesOf(before, after);
  await saveUndo(trx, pilotId, undoOf(differences));
  if (differences.length > 0)
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'pilots.move',
      subject: pilotId,
      detail: { part: key, many: differences.length },
    });
  return { kind: 'moved', moved: moving, differences, seen: after };
}

/** The days of its own group are those of the pilot. */
async function moveGroup(trx: Db, deps: PilotDeps, actor: Actor, pilotId: string): Promise<void> {
  const pilot = await lockPilot(trx, pilotId);
  const date = pilot?.parts.find(({ key }) => key === startKey)?.isOn;
  const until = pilot?.parts.find(({ key }) => key === reportKey)?.isOn;
  if (pilot?.hasMadeGroup && date !== undefined && until !== undefined)
    await deps.parts.group.move(trx, actor, pilot.cohortId, { date, until });
}

/** In the order in which they were made; what the calendar has pushed counts from where it was wanted. */
function standing(
  { pilot, parts }: PilotSeen,
  today: string,
  toOpenDay: (date: string) => string,
): Standing[] {
  return pilot.parts.flatMap(({ key, kind, hangsOn, wantedOn }): Standing[] => {
    const part = parts.find((one) => one.key === key);
    if (part?.date === undefined || part.state === 'called-off') return [];
    const on = part.date;
    const isAsWanted = wantedOn !== undefined && wantedOn <= on && toOpenDay(wantedOn) === on;
    return [
      {
        key,
        hangsOn,
        wantedOn: isAsWanted ? wantedOn : on,
        on,
        isFixed: part.state !== 'ahead' || (kind === 'day' && on < today),
        // What is counted by its own feature follows there.
        ...(kind === 'checkin' && { isLoose: true }),
      },
    ];
  });
}

function outOfOrder({ parts }: PilotSeen, key: string, side: 'before' | 'after'): string {
  const other = parts.find((part) => part.key === key);
  const on = other?.date === undefined ? '' : ` (${sayDate(other.date)})`;
  const title = other?.title ?? 'what is next';
  return side === 'before'
    ? `That is not after “${title}”${on}. Please choose a later day.`
    : `That is not before “${title}”${on}. Please choose an earlier day, or let that move too.`;
}

function differencesOf(before: PilotSeen, after: PilotSeen): Difference[] {
  return before.parts.flatMap((part) => {
    const now = after.parts.find(({ key }) => key === part.key);
    const isSame = !now || (placeOf(now) === placeOf(part) && now.says === part.says);
    return isSame ? [] : [{ before: part, after: now }];
  });
}

const undoOf = (differences: readonly Difference[]): Undo | undefined =>
  differences.length === 0
    ? undefined
    : differences.flatMap(({ before, after }) =>
        before.date === undefined
          ? []
          : [
              {
                key: before.key,
                date: before.date,
                time: before.time,
                counted: before.counted,
                wantedOn: before.wantedOn,
                to: placeOf(after),
              },
            ],
      );

export type UndoOutcome =
  | { kind: 'undone'; seen: PilotSeen; differences: Difference[] }
  | { kind: 'not-there' }
  /** Something has moved since, or its old time is over. */
  | { kind: 'too-late'; seen: PilotSeen };

/** Puts everything back that the last move has moved, or nothing. */
export async function undoMove(deps: PilotDeps, actor: Actor, pilotId: string): Promise<UndoOutcome> {
  const outcome = await allOrNothing(deps.db, async (trx) => {
    const undone = await undo(trx, deps, actor, pilotId);
    return { keeps: undone.kind === 'undone', outcome: undone };
  });
  if (outcome.kind === 'undone') deps.homeChanged(actor.person.id);
  return outcome;
}

async function undo(trx: Db, deps: PilotDeps, actor: Actor, pilotId: string): Promise<UndoOutcome> {
  const before = await look(trx, deps, actor, pilotId);
  if (!before) return { kind: 'not-there' };
  const steps = before.pilot.undo ?? [];
  const stands = new Map(before.parts.map((part) => [part.key, part]));
  const isThere = steps.every(({ key, to }) => {
    const part = stands.get(key);
    return part !== undefined && placeOf(part) === to;
  });
  if (steps.length === 0 || !isThere || before.cohort.isArchived) return { kind: 'too-late', seen: before };
  const order = { day: 0, session: 1, checkin: 2 } as const;
  const kindOf = (key: string) => order[stands.get(key)?.kind ?? 'day'];
  for (const { key, date, time = '', counted, wantedOn } of steps.toSorted(
    (one, other) => kindOf(one.key) - kindOf(other.key),
  )) {
    const part = stands.get(key);
    if (!part) continue;
    const at = { date, time };
    const words =
      part.kind === 'session'
        ? await deps.parts.session.move(trx, actor, part.ref ?? '', at)
        : part.kind === 'checkin'
          ? await deps.parts.checkin.move(trx, actor, part.ref ?? '', counted ? { ...at, counted } : at)
          : undefined;
    if (words !== undefined) return { kind: 'too-late', seen: before };
    if (part.kind === 'day') await changePart(trx, pilotId, key, { isOn: date });
    if (part.kind !== 'checkin') await changePart(trx, pilotId, key, { wantedOn });
  }
  await moveGroup(trx, deps, actor, pilotId);
  await saveUndo(trx, pilotId, undefined);
  await audit(trx, deps.clock, { actor: actor.person.id, action: 'pilots.move-back', subject: pilotId });
  const after = await look(trx, deps, actor, pilotId);
  return after
    ? { kind: 'undone', seen: after, differences: differencesOf(before, after) }
    : { kind: 'not-there' };
}
