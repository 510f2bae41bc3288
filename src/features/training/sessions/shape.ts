import { usualMinutes } from './outlines.ts';
import type { Outline, Session } from './session.ts';

/** How a session goes, part by part. */
export type Shape = {
  parts: { part: string; minutes: number }[];
  /** How many minutes are planned for it, where the session is shorter; else undefined. */
  plannedFor: number | undefined;
};

/** The parts with the minutes they were given, by those who run it or by the programme; none that is left out. */
export const plannedParts = ({ shape, ownMinutes }: Outline): Shape['parts'] =>
  shape
    .map(({ part, minutes }, at) => ({ part, minutes: ownMinutes?.[at] ?? minutes }))
    .filter(({ minutes }) => minutes > 0);

/** Nobody plans a discussion by the minute. */
const usualStep = 5;

/**
 * The parts as they are planned; in a shorter session each is shortened in proportion, in steps of five minutes and
 * in none below that, so that together they end when it ends.
 */
export function shapeOf({ outline, minutes }: Pick<Session, 'outline' | 'minutes'>): Shape {
  const parts = plannedParts(outline);
  const planned = usualMinutes({ shape: parts }) ?? 0;
  if (planned <= minutes) return { parts, plannedFor: undefined };
  const step = parts.length * usualStep <= minutes ? usualStep : 1;
  const steps = Math.floor(minutes / step);
  const wanted = parts.map((one) => (one.minutes * steps) / planned);
  const given = wanted.map((one) => Math.max(1, Math.floor(one)));
  // What is left, or too much, goes to those furthest from their share, and of several to the longest.
  for (let left = steps - given.reduce((sum, one) => sum + one, 0); left !== 0; left -= Math.sign(left)) {
    const by = Math.sign(left);
    const off = (at: number) => Math.round(((wanted[at] ?? 0) - (given[at] ?? 0)) * by * 1_000);
    const [next] = [...given.keys()]
      .filter((at) => (given[at] ?? 0) + by > 0)
      .toSorted((a, b) => off(b) - off(a) || (wanted[b] ?? 0) - (wanted[a] ?? 0));
    if (next === undefined) break;
    given[next] = (given[next] ?? 0) + by;
  }
  return {
    parts: parts.map((one, at) => ({ ...one, minutes: (given[at] ?? 1) * step })),
    plannedFor: planned,
  };
}

/** How many minutes each part of the series has in this session as it stands; 0: it is left out. */
export function minutesOf(session: Pick<Session, 'outline' | 'minutes'>): number[] {
  const { shape, ownMinutes } = session.outline;
  const { parts } = shapeOf(session);
  return shape.map((_, at) => (ownMinutes?.[at] === 0 ? 0 : (parts.shift()?.minutes ?? 0)));
}
