import { type Actor, may } from '../../../community/permissions.ts';
import type { Answerer } from '../../../slack/answer.ts';
import type { PrivacyDeps } from '../deps.ts';
import { listHeld } from './read.ts';
import { privacyAnswer } from './views.ts';

/** What is kept about whoever asks, and what they can do with it. */
export async function showPrivacy(deps: PrivacyDeps, actor: Actor, answer: Answerer): Promise<void> {
  const { id } = actor.person;
  if (may(actor, 'own.read', { ownerId: id })) await answer(privacyAnswer(await listHeld(deps, id)));
}
