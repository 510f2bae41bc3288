import type { KnownBlock } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import type { PeopleDeps } from '../deps.ts';
import { findOpen, listHelpers } from './store.ts';
import { openBlocks } from './views.ts';

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
