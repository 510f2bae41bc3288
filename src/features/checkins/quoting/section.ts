import type { Db } from '../../../db/schema.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import type { Part, Reported, Section } from '../../findings.ts';
import type { CheckInDeps } from '../deps.ts';
import { type Closed, listClosed, quoted } from '../reporting/rounds.ts';
import { oneAtATime } from '../results/store.ts';
import { listRoundsIn } from '../store.ts';
import { firstDay, sayDoubt, standing } from './ask.ts';
import { sayCut } from './cut.ts';
import { listQuotes, markOfWords } from './store.ts';
import { listWritten } from './written.ts';

/**
 * Words that may be quoted, by the question they answer, over all rounds. In the order of their marks, which tells nothing
 * and stays: the same quotations make the same report.
 */
export async function quoteSection(
  deps: CheckInDeps,
  cohortId: string,
  closed: readonly Closed[],
): Promise<Section | undefined> {
  const { db, vault } = deps;
  const found: { question: string; mark: string; says: string }[] = [];
  for (const { results } of closed) {
    const { id } = results.round;
    const quotes = (await listQuotes(db, { roundId: id })).filter(
      ({ status }) => status === 'allowed' || status === 'chosen',
    );
    if (quotes.length === 0) continue;
    const written = new Map(
      (await listWritten(deps, results)).map((one) => [
        markOfWords(vault, id, one.question.id, one.text),
        one,
      ]),
    );
    for (const { mark, kept, status } of quotes) {
      // Hidden since, or deleted.
      const one = written.get(mark);
      if (!one || (status === 'chosen' && one.allows !== 'quote')) continue;
      const says = sayCut(one.text, kept);
      // Whoever has come into the group since is not to be named either.
      if ((await sayDoubt(deps, cohortId, says)) === undefined)
        found.push({ question: one.question.text, mark, says });
    }
  }
  if (found.length === 0) return undefined;
  const inOrder = found.toSorted((one, other) => one.mark.localeCompare(other.mark));
  const byQuestion = Map.groupBy(inOrder, ({ question }) => question);
  return {
    id: 'quotes',
    title: 'In their words',
    parts: [
      {
        kind: 'text',
        text: 'Each was chosen by those who run the group, and is here because whoever wrote it allowed that. They stand without names, in no order; where … stands, something was left out. What others wrote is told in other words only where they allowed that.',
      },
      ...[...byQuestion]
        .toSorted(([one], [other]) => one.localeCompare(other))
        .map(
          ([question, all]): Part => ({
            kind: 'quotes',
            about: `To the question ${quoted(question)}`,
            quotes: all.map(({ says }) => says),
          }),
        ),
    ],
  };
}

/**
 * Whether words are asked for that would stand in the report of a group. One who said no counts as one who has not
 * answered, so that closing tells nobody.
 */
export async function isAnyAsked(deps: CheckInDeps, { cohortId, from, until }: Reported): Promise<boolean> {
  const lastAsked = firstDay(deps);
  for (const round of await listRoundsIn(deps.db, cohortId)) {
    const day = localDate(round.dueAt, deps.timeZone);
    if (day < from || day > until) continue;
    const quotes = await listQuotes(deps.db, { roundId: round.id });
    if (quotes.some((quote) => standing(quote, lastAsked) === 'asked')) return true;
  }
  return false;
}

/**
 * Whether these quotations, and no others, may stand in the report of a group, in the transaction that closes it: whoever
 * takes a yes back meanwhile waits until it is over, and then hears that it is closed.
 */
export async function mayStand(
  around: CheckInDeps,
  db: Db,
  group: Reported,
  quotes: readonly string[],
): Promise<boolean> {
  await oneAtATime(db, around.clock.now());
  // What others noted is theirs to read, outside of this transaction.
  const { sayNoted: _, ...within } = around;
  const deps = { ...within, db };
  const section = await quoteSection(deps, group.cohortId, await listClosed(deps, group));
  return (
    (section?.parts ?? []).flatMap((part) => (part.kind === 'quotes' ? part.quotes : [])).join('\n') ===
    quotes.join('\n')
  );
}
