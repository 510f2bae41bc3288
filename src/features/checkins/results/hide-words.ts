import { audit } from '../../../community/audit.ts';
import type { Actor } from '../../../community/permissions.ts';
import type { CheckInDeps } from '../deps.ts';
import { type QuestionResult, type Results, readResults } from './results.ts';
import { holdHidden, writeHidden } from './store.ts';

export type Words = Extract<QuestionResult, { kind: 'words' }>;
export type InRound = { round: string; question: string };

/** The words that somebody may hide or show again: those they can read. */
export async function findWords(
  deps: CheckInDeps,
  actor: Actor,
  { round: id, question }: InRound,
): Promise<{ kind: 'found'; words: Words; results: Results } | { kind: 'not-allowed' }> {
  const results = await readResults(deps, actor, id, '');
  if (!('questions' in results)) return { kind: 'not-allowed' };
  const words = results.questions.find((one) => one.question.id === question);
  return words?.kind === 'words' ? { kind: 'found', words, results } : { kind: 'not-allowed' };
}

/**
 * Hides words from everybody who reads the results, or shows them again. Nothing is deleted, whoever wrote them is not
 * looked up, and that somebody did it is written down.
 * @param change by the vault's marks of the words, against what stood in the form: what somebody else did meanwhile stays.
 */
export async function changeHidden(
  deps: CheckInDeps,
  actor: Actor,
  at: InRound,
  change: { hide: readonly string[]; show: readonly string[] },
): Promise<{ kind: 'changed' | 'same' | 'not-allowed' }> {
  const found = await findWords(deps, actor, at);
  if (found.kind === 'not-allowed') return found;
  const { db, vault, clock } = deps;
  const marked = (all: readonly string[], marks: readonly string[]) =>
    new Set(all.filter((text) => marks.includes(vault.markOf(text))));
  const hide = marked(found.words.texts, change.hide);
  const show = marked(found.words.hidden, change.show);
  if (hide.size + show.size === 0) return { kind: 'same' };
  await db.transaction().execute(async (trx) => {
    const before = await holdHidden(trx, vault, at.round);
    const kept = before.filter(
      ({ question, text }) => question !== at.question || !(show.has(text) || hide.has(text)),
    );
    const added = [...hide].map((text) => ({ question: at.question, text }));
    await writeHidden(trx, vault, at.round, [...kept, ...added]);
    for (const [action, number] of [
      ['checkins.hide-words', hide.size],
      ['checkins.show-words', show.size],
    ] as const)
      if (number > 0)
        await audit(trx, clock, {
          actor: actor.person.id,
          action,
          subject: at.round,
          detail: { question: at.question, number },
        });
  });
  return { kind: 'changed' };
}
