import type { KnownBlock, View } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Answer } from '../../../slack/answer.ts';
import { clip, tidyLine } from '../../../slack/text.ts';
import type { PeopleDeps } from '../deps.ts';
import {
  type Draft,
  deleteDraft,
  findDraft,
  findOpen,
  listHelpers,
  longestQuestion,
  saveDraft,
} from './store.ts';
import { askCard, askView, hasOne, openBlocks } from './views.ts';

/** The form to ask in, for whoever has no question open: words that could not go would be written for nothing. */
export async function askOrWait(
  deps: PeopleDeps,
  actor: Actor,
  words: string,
): Promise<{ kind: 'ask'; view: View; card: Answer } | { kind: 'wait'; answer: Answer }> {
  const open = await openQuestionBlocks(deps, actor);
  if (open.length > 0) return { kind: 'wait', answer: hasOne(open) };
  const typed = clip(tidyLine(words), longestQuestion);
  const begun = typed === '' ? await findDraft(deps.db, deps.vault, actor.person.id) : undefined;
  const view = begun
    ? askView(begun, deps, { isBegun: true })
    : askView({ words: typed }, deps, { given: typed });
  return { kind: 'ask', view, card: askCard(typed) };
}

/**
 * A window was closed before anything was asked: what stood in it is there when they open it again.
 * @param given what the form began with by itself: with nothing typed over it, what was begun before stays.
 */
export async function keepBegun(
  { db, vault }: Pick<PeopleDeps, 'db' | 'vault'>,
  actor: Actor,
  { words, topics }: Draft,
  given = '',
): Promise<void> {
  const { id } = actor.person;
  if (!may(actor, 'own.write', { ownerId: id }) || actor.hasDeclined) return;
  if (words === '') return given === '' ? deleteDraft(db, id) : undefined;
  if (words !== given || topics.length > 0) await saveDraft(db, vault, id, { words, topics });
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
