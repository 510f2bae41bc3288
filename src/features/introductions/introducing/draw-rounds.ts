import { findCohort } from '../../../community/cohorts.ts';
import { drawApart } from '../../../lib/apart.ts';
import { days, later } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { closedFor } from '../../../scheduler/days-off.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { IntroductionDeps, ShownToColleagues } from '../deps.ts';
import type { draw } from '../matching/draw.ts';
import { type Candidate, compare, type Met, pairKey } from '../matching/match.ts';
import {
  everybody,
  insertIntroduction,
  isDrawn,
  listIntroducedSince,
  listMet,
  listPromptsOf,
  listSwitchedOn,
  listWanting,
  recordDrawn,
  setStanding,
  type Wanting,
  writeWish,
} from '../store.ts';
import { againFrom, dueRound, isTheirs, roundDay } from '../when.ts';
import { getOn, isWilling, type KnownAs, knownAs, shownOf } from './people.ts';
import { pickPrompt } from './prompt.ts';

/** Whoever cannot be written to before that is away. */
const soonDays = 3;

/** Draws who is introduced to whom, every two weeks, in each group that wants it and among everybody else who does. */
export const drawJob = (deps: IntroductionDeps): Job => ({
  name: 'introductions.draw',
  every: 'hour',
  async run(now) {
    const number = dueRound(now, deps);
    if (number === undefined) return;
    await forEach(deps.log, 'introductions.draw', [everybody, ...(await listSwitchedOn(deps.db))], (pool) =>
      drawRound(deps, pool, number, now),
    );
  },
});

async function drawRound(deps: IntroductionDeps, pool: string, number: number, now: Date): Promise<void> {
  const { db, log, vault, timeZone } = deps;
  if (await isDrawn(db, pool, number)) return;
  const cohort = pool === everybody ? undefined : await findCohort(db, pool);
  if (cohort && closedFor({ bankHolidays: [], closed: cohort.closed }, localDate(now, timeZone))) return;

  const theirs: Wanting[] = [];
  // Whoever has changed pools since one was drawn has had this round.
  const had = await listIntroducedSince(db, roundDay(number, deps));
  for (const one of await listWanting(db, vault))
    if (!had.has(one.person.id) && (await isWilling(db, one, pool)) && isTheirs(one.wish, number))
      theirs.push(one);
  const here: Wanting[] = [];
  // One after another, so that whoever waits for an answer is served in between.
  await forEach(log, 'introductions.draw', theirs, async (one) => {
    if (await isHere(deps, one.person.id, now)) here.push(one);
  });
  const ids = here.map(({ person }) => person.id);
  const known = await knownAs(deps, ids);
  const shown = new Map<string, ShownToColleagues>();
  await forEach(log, 'introductions.draw', ids, async (id) => {
    shown.set(id, await shownOf(deps, id));
  });
  const met = await listMet(db, ids);
  const lately = await listMet(db, ids, againFrom(localDate(now, timeZone)));
  // Beginning a thread takes longer than a beat does, and nobody meets themselves.
  const groups =
    here.length < 2
      ? []
      : await drawApart<typeof draw>(
          new URL('../matching/draw.ts', import.meta.url),
          here.map((one) => candidateOf(one, here, { known, lately })),
          [...met],
          `${pool}:${number}`,
        );

  await db.transaction().execute(async (trx) => {
    if (!(await recordDrawn(trx, pool, number))) return;
    for (const { person, wish, hasRow } of theirs) if (!hasRow) await writeWish(trx, vault, person.id, wish);
    // While it was drawn somebody may have stopped, or thought of somebody they would rather not meet.
    const present = new Map<string, Wanting>();
    for (const one of await listWanting(trx, vault, ids))
      if (await isWilling(trx, one, pool)) present.set(one.person.id, one);
    const introduced = new Set<string>();
    for (const group of groups) {
      const people = group.flatMap((id) => present.get(id) ?? []);
      if (people.length < 2 || !getOn(people)) continue;
      await introduce(deps, trx, { pool, now, people: people.map(({ person }) => person.id), known, shown });
      for (const { person } of people) introduced.add(person.id);
    }
    const isIn = (among: readonly string[]) => among.filter((id) => introduced.has(id));
    const isOut = (among: readonly string[]) => among.filter((id) => !introduced.has(id));
    await setStanding(trx, isIn(ids), 'regular');
    await setStanding(trx, isOut(ids), 'left-out');
    // Whoever is away goes with the next round, and keeps their turn.
    const away = theirs.filter(({ person, wish }) => !ids.includes(person.id) && wish.standing === 'regular');
    await setStanding(
      trx,
      away.map(({ person }) => person.id),
      'next',
    );
  });
  for (const id of ids) deps.homeChanged(id);
}

/** Whether somebody may be written to within some days: not on a break, not away. */
async function isHere({ db, reach }: IntroductionDeps, personId: string, now: Date): Promise<boolean> {
  const verdict = await reach.mayReceive(db, personId, made(now), now);
  if (verdict.kind === 'hold')
    return verdict.reason === 'held:quiet-time' && verdict.until <= later(now, days(soonDays));
  return verdict.kind === 'now';
}

/** An introduction's message as reach is asked about it. It counts under no cap, so nothing that went before matters. */
export const made = (since: Date) => ({
  topic: undefined,
  kind: 'introductions.made',
  since,
  askedAfter: async () => [],
});

function candidateOf(
  { person, wish }: Wanting,
  all: readonly Wanting[],
  { known: { agencies, professions }, lately }: { known: KnownAs; lately: Met },
): Candidate {
  const avoided = new Set(wish.avoids);
  return {
    id: person.id,
    agency: agencies.get(person.id)?.id,
    profession: professions.get(person.id),
    avoids: all
      .filter((other) => avoided.has(other.person.slackId) || lately.has(pairKey(person.id, other.person.id)))
      .map((other) => other.person.id),
    wasLeftOut: wish.standing === 'left-out',
  };
}

async function introduce(
  deps: IntroductionDeps,
  trx: IntroductionDeps['db'],
  {
    pool,
    now,
    people,
    known,
    shown,
  }: {
    pool: string;
    now: Date;
    people: readonly string[];
    known: KnownAs;
    shown: ReadonlyMap<string, ShownToColleagues>;
  },
): Promise<void> {
  const { clock, vault, timeZone, prompts } = deps;
  const id = newId(clock);
  const [first, ...others] = people.map((personId) => shown.get(personId)?.ageGroups ?? []);
  const ages = first?.filter((age) => others.every((one) => one.includes(age))) ?? [];
  const prompt = pickPrompt(prompts, { ages, had: await listPromptsOf(trx, people), seed: id });
  const differs = (of: (personId: string) => string | undefined, personId: string) =>
    people.some((other) => other !== personId && compare(of(personId), of(other)) === 'other');
  await insertIntroduction(
    trx,
    vault,
    { id, pool, madeOn: localDate(now, timeZone), madeAt: now, promptId: prompt?.id },
    people.map((personId) => ({
      personId,
      isOtherAgency: differs((one) => known.agencies.get(one)?.id, personId),
      isOtherProfession: differs((one) => known.professions.get(one), personId),
    })),
  );
}
