import type { KnownBlock, View } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import { clip, tidyLine } from '../../../slack/text.ts';
import type { PeopleDeps } from '../deps.ts';
import { findOpen, listHelpers, longestQuestion } from './store.ts';
import { askCard, askView, hasOne, openBlocks } from './views.ts';

/** The form to ask in, for whoever has no question open: words that could not go would be written for nothing. */
export async function askOrWait(
  deps: PeopleDeps,
  actor: Actor,
  words: string,
): Promise<{ kind: 'ask'; view: View; card: Answer } | { kind: 'wait'; answer: Answer }> {
  const open = await openQuestionBlocks(deps, actor);
  const typed = clip(tidyLine(words), longestQuestion);
  return open.length > 0
    ? { kind: 'wait', answer: hasOne(open) }
    : { kind: 'ask', view: askView({ words: typed }, deps), card: askCard(typed) };
}

/** What somebody asks just now, for them alone. */
export async function openQuestionBlocks(
  { db, vault, clock, forumChannel, timeZone }: PeopleDeps,
  actor: Actor,
): Promise<KnownBlock[]> {
  const { id } = actor.person;
  if (!may(actor, 'own.read', { ownerId: id })) return [];
  const question = await findOpen(db, vault, id, clock.now());
  if (!question) return [];
  return openBlocks(question, {
    helpers: await listHelpers(db, question.id),
    hasForum: forumChannel !== undefined,
    isOffered: question.isOffered || question.offerAt <= clock.now(),
    zone: timeZone,
  });
}
