import { type Actor, may } from '../../../community/permissions.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import { listAllKeysOf, listBoxed, listOwn } from '../answering/store.ts';
import type { CheckInDeps } from '../deps.ts';
import { oneAtATime } from '../results/store.ts';
import { findCheckIn, findRound, type Round } from '../store.ts';
import { isReported, listWaiting } from './ask.ts';
import { sayCut } from './cut.ts';
import { mostWaiting } from './limits.ts';
import { changeQuote, listQuotes, markOfPerson, markOfWords, type Quote } from './store.ts';

/** Words of somebody's own, as they would stand in a report. */
export type OwnQuote = { id: string; round: Round; question: string; says: string };

export type OwnQuotes = {
  /** They are asked, two at a time. */
  open: OwnQuote[];
  /** They said yes, and can take it back. */
  allowed: OwnQuote[];
  /** They said yes, and the report is closed. */
  closed: OwnQuote[];
};

/** @param roundId of these answers only. */
export async function listOwnQuotes(
  deps: CheckInDeps,
  { person }: Actor,
  roundId?: string,
): Promise<OwnQuotes> {
  const { db, vault } = deps;
  const askedOf = markOfPerson(vault, person.id);
  const isOf = (quote: Quote) => roundId === undefined || quote.roundId === roundId;
  const open: OwnQuote[] = [];
  for (const quote of (await listWaiting(deps, askedOf)).slice(0, mostWaiting)) {
    const own = isOf(quote) ? await inWords(db, vault, person.id, quote) : undefined;
    if (own) open.push(own);
  }
  const [allowed, closed]: [OwnQuote[], OwnQuote[]] = [[], []];
  for (const quote of await listQuotes(db, { askedOf })) {
    if (!isOf(quote) || (quote.status !== 'allowed' && quote.status !== 'left-out')) continue;
    const own = await inWords(db, vault, person.id, quote);
    if (!own) continue;
    const isOver = await isOfClosedReport(deps, own.round);
    // What was left out of a report that is closed stands nowhere.
    if (!isOver) allowed.push(own);
    else if (quote.status === 'allowed') closed.push(own);
  }
  return { open, allowed, closed };
}

async function isOfClosedReport(deps: CheckInDeps, round: Round): Promise<boolean> {
  const checkin = await findCheckIn(deps.db, round.checkinId);
  return checkin?.cohortId === undefined || isReported(deps, checkin.cohortId, round);
}

/** Found among their own answers: nothing else holds the words. Undefined: they are gone. */
export async function inWords(
  db: Db,
  vault: Vault,
  personId: string,
  { id, roundId, question: questionId, mark, kept }: Quote,
): Promise<OwnQuote | undefined> {
  const round = await findRound(db, roundId);
  const question = round?.definition.questions.find((one) => one.id === questionId);
  if (!round || !question) return undefined;
  const keys = new Set(round.definition.mode === 'linked' ? await listAllKeysOf(db, vault, personId) : []);
  const written =
    round.definition.mode === 'linked'
      ? (await listBoxed(db, vault, roundId)).answers.flatMap((one) =>
          one.question === questionId && keys.has(one.key ?? '') ? [one.value] : [],
        )
      : (await listOwn(db, vault, roundId, personId)).answers.map(({ answers }) => answers[questionId]);
  const text = written.find(
    (one): one is string => typeof one === 'string' && markOfWords(vault, roundId, questionId, one) === mark,
  );
  return text === undefined ? undefined : { id, round, question: question.text, says: sayCut(text, kept) };
}

export const decisions = ['yes', 'no', 'take-back'] as const;
export type Decision = (typeof decisions)[number];
export type Decided = 'allowed' | 'declined' | 'taken-back' | 'too-late' | 'nothing-there';

/** Whoever wrote the words allows them, does not, or takes that back. Nobody is told. */
export async function decideQuote(
  deps: CheckInDeps,
  actor: Actor,
  id: string,
  decision: Decision,
): Promise<Decided> {
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return 'nothing-there';
  return db.transaction().execute(async (trx): Promise<Decided> => {
    await oneAtATime(trx, clock.now());
    const inside = { ...deps, db: trx };
    const [quote] = await listQuotes(trx, { id });
    if (quote?.askedOf !== markOfPerson(vault, personId)) return 'nothing-there';
    const own = await inWords(trx, vault, personId, quote);
    if (!own) return 'nothing-there';
    if (await isOfClosedReport(inside, own.round)) return 'too-late';
    if (decision === 'take-back')
      return (await changeQuote(trx, id, ['allowed', 'left-out'], 'taken-back'))
        ? 'taken-back'
        : 'nothing-there';
    // Pressed twice it is as it was; after the time, nobody waits for it.
    const to = decision === 'yes' ? 'allowed' : 'declined';
    if (quote.status === to) return to;
    const isWaiting = (await listWaiting(inside, quote.askedOf)).some((one) => one.id === id);
    if (!isWaiting) return quote.status === 'asked' ? 'too-late' : 'nothing-there';
    return (await changeQuote(trx, id, ['asked'], to)) ? to : 'nothing-there';
  });
}
