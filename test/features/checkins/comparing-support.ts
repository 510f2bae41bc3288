import { expect } from 'vitest';
import type { Actor } from '../../../src/community/permissions.ts';
import { sendAnswers } from '../../../src/features/checkins/answering/answer.ts';
import type { Answers } from '../../../src/features/checkins/answering/draft.ts';
import { checkinsHeld } from '../../../src/features/checkins/holdings.ts';
import type { Plan } from '../../../src/features/checkins/planning/plan.ts';
import { readResults } from '../../../src/features/checkins/results/results.ts';
import { resultsView } from '../../../src/features/checkins/results/views.ts';
import { type Bench, beat, type Group, scheduled } from './support.ts';

/** When each is asked; it is open for a week. */
export const dates = {
  before: '2026-03-04',
  after: '2026-05-06',
  later: '2026-07-08',
} as const;
export type Time = keyof typeof dates;

export const plan = (group: Group, time: Time, change: Partial<Plan> = {}): Promise<string> =>
  scheduled(group, {
    template: time === 'before' ? 'confidence-baseline' : 'confidence-follow-up',
    date: dates[time],
    ...change,
  });

export async function openOn({ bench }: Group, time: Time, checkinId: string): Promise<string> {
  await beat(bench, `${dates[time]}T09:30:00Z`);
  const round = await bench.db
    .selectFrom('checkin_rounds')
    .select('id')
    .where('checkin_id', '=', checkinId)
    .executeTakeFirstOrThrow();
  return round.id;
}

export async function answer(
  { bench, actors }: Pick<Group, 'bench' | 'actors'>,
  roundId: string,
  answers: readonly (Answers | undefined)[],
): Promise<void> {
  for (const [index, one] of answers.entries()) {
    const actor = actors[index];
    if (!actor || !one) continue;
    const sent = await sendAnswers(bench, actor, roundId, { answers: one, share: false }, { asItIs: true });
    expect(sent.kind).toBe('sent');
  }
}

/** A week later, with two beats: what has closed can let something out. */
export async function closeOn({ bench }: Group, time: Time): Promise<void> {
  const at = new Date(`${dates[time]}T09:31:00Z`);
  await beat(bench, new Date(at.getTime() + 7 * 24 * 60 * 60_000).toISOString());
  await beat(bench);
}

/** From opening to closing. */
export async function asked(
  group: Group,
  time: Time,
  answers: readonly (Answers | undefined)[],
  checkinId?: string,
): Promise<string> {
  const roundId = await openOn(group, time, checkinId ?? (await plan(group, time)));
  await answer(group, roundId, answers);
  await closeOn(group, time);
  return roundId;
}

export async function resultsOf(bench: Bench, reader: Actor, roundId: string) {
  const found = await readResults(bench, reader, roundId, 'a');
  if (found.kind === 'not-allowed' || found.kind === 'none-yet') throw new Error(found.kind);
  return found;
}

/** What is said of each question, by its id. */
export async function said(bench: Bench, reader: Actor, roundId: string): Promise<Record<string, string>> {
  const found = await resultsOf(bench, reader, roundId);
  if (found.kind !== 'shown') return {};
  return Object.fromEntries(
    found.questions.map((one) => {
      const view = resultsView(
        { ...found, questions: [one], rounds: [] },
        { page: 0, order: 'a', zone: 'Europe/London', smallGroupWarning: '' },
      );
      const texts = view.blocks.flatMap((block) => {
        const text = 'text' in block && typeof block.text === 'object' ? block.text.text : '';
        return text.includes(one.question.text.slice(0, 20)) ? [text.split('\n').slice(1).join('\n')] : [];
      });
      return [one.question.id, texts.join('\n')];
    }),
  );
}

/** Everything of somebody's in check-ins is deleted, as when they have all deleted. */
export async function forget({ bench, members }: Group, index: number): Promise<void> {
  const personId = members[index]?.id ?? '';
  await bench.db.transaction().execute(async (trx) => {
    for (const holding of checkinsHeld(bench).holdings)
      await holding.forget(trx, personId, bench.clock.now());
  });
}
