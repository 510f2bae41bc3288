import { getPerson, listPeople, type Person } from '../../../community/people.ts';
import type { Db } from '../../../db/schema.ts';
import { days, later } from '../../../lib/clock.ts';
import { cancelQueued, enqueue } from '../../../outbox/outbox.ts';
import { findStatus } from '../../../outbox/store.ts';
import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { IntroductionDeps } from '../deps.ts';
import { pairKey } from '../matching/match.ts';
import {
  findIntroduction,
  type Introduction,
  listGoing,
  listMembers,
  listMet,
  listToAsk,
  listWaiting,
  listWanting,
  moveOn,
  setStanding,
} from '../store.ts';
import { askAt } from '../when.ts';
import { inCommon, sayWhy } from './common.ts';
import { made } from './draw-rounds.ts';
import { type Colleague, madeMessage, metMessage, offMessage } from './messages.ts';
import { getOn, isWilling, knownAs, shownOf } from './people.ts';

/** For so long it waits for a moment in which it can go to all of them. */
const waitsDays = 5;
/** After so many each gets it in their own hours: in zones far apart there is no such moment. */
const togetherDays = 2;
/** Past this one of them has it and the other has not. */
const apartDays = 3;

export const madeKey = (introductionId: string, personId: string): string =>
  `introduction:${introductionId}:${personId}`;

/** Tells both at once, or neither. */
export const sendJob = (deps: IntroductionDeps): Job => ({
  name: 'introductions.send',
  async run(now) {
    const { db, log } = deps;
    await forEach(log, 'introductions.send', await listWaiting(db, now), (id) => letGo(deps, id, now));
    await forEach(log, 'introductions.settle', await listGoing(db), (id) => settle(deps, id, now));
  },
});

/** What the message to each of them says. Read before the transaction that sends it. */
async function messagesFor(deps: IntroductionDeps, introduction: Introduction, members: readonly Person[]) {
  const personIds = members.map(({ id }) => id);
  const known = await knownAs(deps, personIds);
  const colleagues: Colleague[] = [];
  for (const person of members) colleagues.push({ person, profile: await shownOf(deps, person.id) });
  const why = sayWhy(
    inCommon(
      colleagues.map(({ person, profile }) => ({
        profile,
        agency: known.agencies.get(person.id)?.id,
        profession: known.professions.get(person.id),
      })),
      deps.vocabulary,
    ),
  );
  const met = await listMet(deps.db, personIds);
  const prompt = deps.prompts.prompts.find(({ id }) => id === introduction.promptId);
  return (personId: string) => {
    const others = colleagues.filter(({ person }) => person.id !== personId);
    return madeMessage(
      {
        introductionId: introduction.id,
        others,
        // This one counts as well.
        known: others
          .map(({ person }) => person)
          .filter(({ id }) => (met.get(pairKey(personId, id)) ?? 0) > 1),
        why,
        prompt,
      },
      deps.teamId,
    );
  };
}

async function letGo(deps: IntroductionDeps, id: string, now: Date): Promise<void> {
  const { db, clock, vault, reach } = deps;
  const introduction = await findIntroduction(db, id);
  if (!introduction) return;
  const members = await listPeople(db, await listMembers(db, id));
  const messageFor = await messagesFor(deps, introduction, members);
  await db.transaction().execute(async (trx) => {
    const ids = await listMembers(trx, id);
    const wanting = await listWanting(trx, vault, ids);
    const willing = await Promise.all(wanting.map((one) => isWilling(trx, one, introduction.pool)));
    const isWhole = ids.length >= 2 && ids.every((one) => members.some((member) => member.id === one));
    if (!isWhole || willing.length < ids.length || willing.includes(false) || !getOn(wanting))
      return callOff(trx, introduction, ids);
    const holds = new Map<string, Date>();
    for (const personId of ids) {
      const verdict = await reach.mayReceive(trx, personId, made(introduction.madeAt), now);
      if (verdict.kind === 'drop' || (verdict.kind === 'hold' && verdict.reason !== 'held:quiet-time'))
        return callOff(trx, introduction, ids);
      if (verdict.kind === 'hold') holds.set(personId, verdict.until);
    }
    const until = [...holds.values()].reduce((one, other) => (one > other ? one : other), now);
    const isApart = now >= later(introduction.madeAt, days(togetherDays));
    if (until > later(introduction.madeAt, days(waitsDays))) return callOff(trx, introduction, ids);
    if (holds.size > 0 && !isApart) {
      await moveOn(trx, id, 'waiting', { goAt: until });
      return;
    }
    if (!(await moveOn(trx, id, 'waiting', { state: 'going' }))) return;
    for (const personId of ids) {
      const sendAfter = holds.get(personId) ?? now;
      await enqueue(trx, clock, {
        idempotencyKey: madeKey(id, personId),
        kind: 'introductions.made',
        to: { personId },
        message: messageFor(personId),
        // Whoever is deleted is taken out of the others' conversations by it.
        topic: `introduced-to:${ids.filter((other) => other !== personId).join(':')}`,
        sendAfter,
        expiresAt: later(until, days(apartDays)),
      });
    }
  });
}

/** Nobody was told. Those who still want to be introduced are among the first the next time. */
async function callOff(trx: Db, { id }: Introduction, members: readonly string[]): Promise<void> {
  if (await moveOn(trx, id, 'waiting', { state: 'off' })) await setStanding(trx, members, 'left-out');
}

const onTheWay: ReadonlySet<string | undefined> = new Set(['sending', 'unclear']);

/** Once all have it, it is told. What one of them will not get is taken back from those who have not got it either. */
async function settle(deps: IntroductionDeps, id: string, now: Date): Promise<void> {
  const { db, clock, reach, timeZone } = deps;
  const told = await db.transaction().execute(async (trx) => {
    const introduction = await findIntroduction(trx, id);
    const members = await listMembers(trx, id);
    const statuses = new Map<string, string | undefined>();
    for (const one of members) statuses.set(one, await findStatus(trx, madeKey(id, one)));
    const having = members.filter((one) => statuses.get(one) === 'sent');
    if (members.length >= 2 && having.length === members.length) {
      await moveOn(trx, id, 'going', { state: 'told', askAt: askAt(now, timeZone) });
      return members;
    }
    const isLost = members.some((one) => {
      const status = statuses.get(one);
      return status !== 'sent' && status !== 'queued' && !onTheWay.has(status);
    });
    if (!introduction || (!isLost && members.length >= 2)) return [];
    for (const one of members)
      await cancelQueued(trx, { idempotencyKey: madeKey(id, one) }, 'introduction called off');
    // It may arrive yet: who is to be told is known with the next beat.
    if (members.some((one) => onTheWay.has(statuses.get(one)))) return [];
    if (!(await moveOn(trx, id, 'going', { state: 'off' }))) return [];
    await setStanding(trx, members, 'left-out');
    for (const personId of having) {
      const others = members.filter((one) => one !== personId);
      await enqueue(trx, clock, {
        idempotencyKey: `${madeKey(id, personId)}:off`,
        kind: 'introductions.off',
        to: { personId },
        message: offMessage(await listPeople(trx, others)),
        topic: `introduced-to:${others.join(':')}`,
        sendAfter: await reach.nextAllowed(trx, personId, now),
      });
    }
    return [];
  });
  for (const personId of told) deps.homeChanged(personId);
}

/** Asks once whether they met, those who may be asked. */
export const askJob = (deps: IntroductionDeps): Job => ({
  name: 'introductions.ask',
  async run(now) {
    const { db, clock, log, vault, reach } = deps;
    await forEach(log, 'introductions.ask', await listToAsk(db, now), (id) =>
      db.transaction().execute(async (trx) => {
        if (!(await moveOn(trx, id, 'told', { askAt: undefined }))) return;
        const members = await listMembers(trx, id);
        const wanting = await listWanting(trx, vault, members);
        for (const { person } of wanting) {
          const others = members.filter((one) => one !== person.id);
          if (others.length === 0 || !(await reach.mayBeAsked(trx, person.id))) continue;
          await enqueue(trx, clock, {
            idempotencyKey: `${madeKey(id, person.id)}:met`,
            kind: 'introductions.met',
            to: { personId: person.id },
            message: metMessage(id, await Promise.all(others.map((one) => getPerson(trx, one)))),
            topic: `introduced-to:${others.join(':')}`,
            sendAfter: await reach.nextAllowed(trx, person.id, now),
          });
        }
      }),
    );
  },
});
