import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import type { Finding } from '../../../safeguarding/finding.ts';
import { checkBeforeSaving, describeFindings } from '../../../safeguarding/identifiers.ts';
import { publicContacts } from '../../../safeguarding/signposts.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { CheckInDeps } from '../deps.ts';
import { findWholeNames, namesIn } from '../members-named.ts';
import { isWords, type Question } from '../question-kinds.ts';
import { mayRead } from '../readers.ts';
import type { InRound } from '../results/hide-words.ts';
import { holdsNameOf } from '../results/quoted.ts';
import { readRound } from '../results/results.ts';
import { findCheckIn, findRound, listRounds, type Round } from '../store.ts';
import { type Cut, cutOf, longestQuote, sayCut } from './cut.ts';
import { daysToAnswer, mostWaiting } from './limits.ts';
import { askedMessage } from './message.ts';
import {
  changeQuote,
  insertQuote,
  listQuotes,
  markOfPerson,
  markOfWords,
  type Quote,
  type QuoteStatus,
} from './store.ts';
import { findWriter, listWritten, type Written } from './written.ts';

/** Words, and how they stand. 'over': they were asked for, and nothing came of it. */
export type Quotable = {
  text: string;
  mark: string;
  written: Written;
  stands: 'free' | 'asked' | 'in' | 'left-out' | 'over';
  quote: (Quote & { says: string }) | undefined;
};

export type Quotables = {
  kind: 'found';
  round: Round;
  question: Question;
  cohortId: string;
  all: Quotable[];
  /** Its report is closed: nothing is added to it, and nothing taken out. */
  isReported: boolean;
};

/** Whether the report with this round is closed. */
export const isReported = async (
  { db, timeZone, reportedUntil }: CheckInDeps,
  cohortId: string,
  { dueAt }: Pick<Round, 'dueAt'>,
): Promise<boolean> => localDate(dueAt, timeZone) <= ((await reportedUntil?.(db, cohortId)) ?? '');

/** A question of a group's round that is over, with what people wrote, as far as somebody may read it. */
export async function findQuotable(
  deps: CheckInDeps,
  actor: Actor,
  at: InRound,
): Promise<Quotables | { kind: 'not-allowed' }> {
  const { db, vault } = deps;
  const round = await findRound(db, at.round);
  const checkin = round && (await findCheckIn(db, round.checkinId));
  const question = round?.definition.questions.find(({ id }) => id === at.question);
  if (!round || !question || !isWords(question)) return { kind: 'not-allowed' };
  const cohortId = checkin?.cohortId;
  if (cohortId === undefined || !checkin || !mayRead(actor, cohortId)) return { kind: 'not-allowed' };
  const rounds = await listRounds(db, checkin.id);
  const results = await readRound(deps, { checkin, round, rounds }, { order: '', withNames: false });
  const written = (await listWritten(deps, results)).filter((one) => one.question.id === question.id);
  const quotes = new Map((await listQuotes(db, { roundId: round.id })).map((one) => [one.mark, one]));
  const lastAsked = firstDay(deps);
  const byText = new Map<string, Quotable>();
  for (const one of written) {
    const { text, allows, writer } = one;
    if (byText.has(text) || !(allows === 'quote' || (allows === 'ask' && writer))) continue;
    const mark = markOfWords(vault, round.id, question.id, text);
    const quote = quotes.get(mark);
    byText.set(text, {
      text,
      mark,
      written: one,
      stands: quote ? standing(quote, lastAsked) : 'free',
      quote: quote && { ...quote, says: sayCut(text, quote.kept) },
    });
  }
  const isClosed = await isReported(deps, cohortId, round);
  return { kind: 'found', round, question, cohortId, all: [...byText.values()], isReported: isClosed };
}

/** Who was asked before it has had their time. A local date. */
export const firstDay = ({ clock, timeZone }: Pick<CheckInDeps, 'clock' | 'timeZone'>): string =>
  dayAfter(localDate(clock.now(), timeZone), -daysToAnswer);

/** One who said no looks like one who has not answered. */
export function standing({ status, askedOn }: Quote, lastAsked: string): Quotable['stands'] {
  if (status === 'allowed' || status === 'chosen') return 'in';
  if (status === 'left-out') return 'left-out';
  return status !== 'taken-back' && askedOn >= lastAsked ? 'asked' : 'over';
}

export type Prepared =
  | { kind: 'ready'; found: Quotables; one: Quotable; kept: Cut; says: string }
  /** What is wrong with it, for whoever cuts it. */
  | { kind: 'wrong'; words: string }
  /** It cannot be asked for (any more). */
  | { kind: 'gone' }
  | { kind: 'not-allowed' };

/** Words as somebody cut them, looked at once more before anybody sees them. */
export async function prepareQuote(
  deps: CheckInDeps,
  actor: Actor,
  { round, question, mark }: InRound & { mark: string },
  typed: string,
): Promise<Prepared> {
  const found = await findQuotable(deps, actor, { round, question });
  if (found.kind !== 'found') return found;
  const one = found.all.find((each) => each.mark === mark);
  if (one?.stands !== 'free' || found.isReported) return { kind: 'gone' };
  const kept = cutOf(one.text, typed);
  if (kept === undefined)
    return {
      kind: 'wrong',
      words:
        'Please only leave something out, and put … in its place. Nothing may be added, changed or moved.',
    };
  const says = sayCut(one.text, kept);
  const length = Array.from(says).length;
  if (length > longestQuote)
    return {
      kind: 'wrong',
      words: `A quotation has ${longestQuote} characters at most, and this has ${length}. Leave something out, and put … in its place.`,
    };
  const seen = await sayDoubt(deps, found.cohortId, says);
  return seen === undefined
    ? { kind: 'ready', found, one, kept, says }
    : { kind: 'wrong', words: `This has ${seen} in it. Leave that out, and put … in its place.` };
}

/** What in a text may tell who somebody is, in words. */
export async function sayDoubt(
  { db, signposts }: CheckInDeps,
  cohortId: string,
  text: string,
): Promise<string | undefined> {
  const outcome = checkBeforeSaving(text, signposts ? { allowed: publicContacts(signposts) } : {});
  const names = await namesIn(db, cohortId);
  const seen: Finding[] = [
    ...(outcome.kind === 'found' ? outcome.findings : []),
    ...findWholeNames(text, names),
  ];
  if (seen.length > 0) return describeFindings(seen);
  return holdsNameOf(text, names) ? 'the name of somebody in the group' : undefined;
}

export type Requested = { kind: 'asked' | 'chosen'; found: Quotables } | Exclude<Prepared, { kind: 'ready' }>;

/**
 * Takes words into the report: at once where that was allowed while writing, else their writer is asked. Who that is stays
 * between them and the program, and so does whether they can be asked at all.
 */
export async function requestQuote(
  deps: CheckInDeps,
  actor: Actor,
  at: InRound & { mark: string },
  typed: string,
): Promise<Requested> {
  const prepared = await prepareQuote(deps, actor, at, typed);
  if (prepared.kind !== 'ready') return prepared;
  const { db, vault, clock, random, timeZone, reach } = deps;
  const { found, one, kept } = prepared;
  const isAsked = one.written.writer !== undefined;
  const now = clock.now();
  const isNew = await db.transaction().execute(async (trx) => {
    const personId = isAsked ? await findWriter({ db: trx, vault }, found.round, one.written) : undefined;
    // Where nobody is found, it looks as it does where somebody cannot be reached or says no.
    const askedOf = personId === undefined ? undefined : markOfPerson(vault, personId);
    const waiting = askedOf === undefined ? [] : await listWaiting({ ...deps, db: trx }, askedOf);
    const isFirst = await insertQuote(trx, {
      // Not by the time: beside the message it would tell whose these are.
      id: random.bytes(12).toString('hex'),
      roundId: found.round.id,
      mark: one.mark,
      question: found.question.id,
      askedOf,
      status: isAsked ? 'asked' : 'chosen',
      askedOn: localDate(now, timeZone),
      kept,
    });
    if (!isFirst) return false;
    await audit(trx, clock, {
      actor: actor.person.id,
      action: isAsked ? 'checkins.ask-quote' : 'checkins.choose-quote',
      subject: found.round.id,
      detail: { question: found.question.id },
    });
    // What waits behind two others shows when these are answered, and no message comes of it.
    if (personId !== undefined && waiting.length < mostWaiting)
      await enqueue(trx, clock, {
        idempotencyKey: `quote:${newId(clock)}`,
        kind: 'checkins.quote',
        to: { personId },
        // The report is often put together when the group is over, or some have left it.
        topic: `once-in:${found.cohortId}`,
        message: askedMessage,
        sendAfter: await reach.nextAllowed(trx, personId, now),
      });
    return true;
  });
  return isNew ? { kind: isAsked ? 'asked' : 'chosen', found } : { kind: 'gone' };
}

/** What somebody has been asked and not answered, while there is time and its report is not closed. */
export async function listWaiting(deps: CheckInDeps, askedOf: string): Promise<Quote[]> {
  const lastAsked = firstDay(deps);
  const asked = (await listQuotes(deps.db, { askedOf })).filter(
    ({ status, askedOn }) => status === 'asked' && askedOn >= lastAsked,
  );
  const waiting: Quote[] = [];
  for (const one of asked.toSorted((a, b) => a.askedOn.localeCompare(b.askedOn))) {
    const round = await findRound(deps.db, one.roundId);
    const checkin = round && (await findCheckIn(deps.db, round.checkinId));
    if (round && checkin?.cohortId !== undefined && !(await isReported(deps, checkin.cohortId, round)))
      waiting.push(one);
  }
  return waiting;
}

/** Takes words out of the report that is not closed, or puts them in again. */
export async function leaveOut(
  deps: CheckInDeps,
  actor: Actor,
  at: InRound & { mark: string },
  isOut: boolean,
): Promise<Quotables | { kind: 'not-allowed' }> {
  const found = await findQuotable(deps, actor, at);
  if (found.kind !== 'found' || found.isReported) return found;
  const quote = found.all.find(({ mark }) => mark === at.mark)?.quote;
  if (!quote) return found;
  const stood: QuoteStatus = quote.askedOf === undefined ? 'chosen' : 'allowed';
  const [from, to]: [QuoteStatus, QuoteStatus] = isOut ? [stood, 'left-out'] : ['left-out', stood];
  await changeQuote(deps.db, quote.id, [from], to);
  return findQuotable(deps, actor, at);
}
