import type { Actor } from '../../../community/permissions.ts';
import { cancelQueued } from '../../../outbox/outbox.ts';
import type { Window } from '../../../slack/routes.ts';
import { keys } from '../asking/messages.ts';
import type { CheckInDeps } from '../deps.ts';
import { sayAnswer } from '../question-kinds.ts';
import type { Round } from '../store.ts';
import { type Draft, emptyDraft } from './draft.ts';
import { asTyped, takeScreen } from './form.ts';
import type { Refusal } from './may-answer.ts';
import { findDraft } from './store.ts';
import { putAway } from './unfinished.ts';

/** What stands in a form, and on which of its screens. */
export type Typed = { window: Pick<Window, 'inputs' | 'read'>; screen: number };

/** Everything somebody entered into a form: what was kept of it, and what stands in it now, sendable or not. */
export async function everythingTyped(
  { db, vault }: Pick<CheckInDeps, 'db' | 'vault'>,
  actor: Actor,
  { id, definition }: Pick<Round, 'id' | 'definition'>,
  typed?: Typed,
): Promise<Draft> {
  const kept = (await findDraft(db, vault, id, actor.person.id)) ?? emptyDraft;
  // A warning has no inputs, which is not to have emptied them.
  if (!typed || typed.window.inputs().length === 0) return kept;
  return takeScreen(asTyped(definition), typed.screen, typed.window, kept).draft;
}

/**
 * Answers that came too late, or from somebody it is not for any more: they go into their own journal, and never into the
 * round. Not what somebody has answered already: kept under their name, the same words would say which answer is theirs.
 * @returns where they find it; undefined where there was nothing, or nothing may be kept.
 */
export async function keepLate(
  deps: CheckInDeps,
  actor: Actor,
  refusal: Refusal,
  draft: Draft,
): Promise<{ text: string; actionId: string; value: string } | undefined> {
  if (refusal.kind !== 'closed' && refusal.kind !== 'left' && refusal.kind !== 'reader') return undefined;
  const { round } = refusal;
  const { label, questions } = round.definition;
  const text = questions
    .flatMap((question) => {
      const value = draft.answers[question.id];
      return value === undefined ? [] : [`${question.text}\n${sayAnswer(question, value)}`];
    })
    .join('\n\n');
  if (text === '') return undefined;
  const kept = await deps.keepAside?.(actor, { heading: `${label}, not sent`, text });
  if (!kept) return undefined;
  // Nothing is left to warn of.
  await cancelQueued(deps.db, { idempotencyKey: keys.unfinished(round.id, actor.person.id) }, 'kept');
  await putAway(deps, round.id, actor.person.id);
  return kept;
}
