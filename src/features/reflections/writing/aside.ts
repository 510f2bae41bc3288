import { hasConsent } from '../../../community/consents.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { type Body, emptyBody, fromElsewhere, hasSameWords, isUnwritten, takeOver } from '../body.ts';
import { defaultFramework } from '../content.ts';
import type { ReflectionDeps } from '../deps.ts';
import { listDrafts, saveDraft } from '../store.ts';

/** What somebody wrote elsewhere, under a heading of its own. */
export type Words = { heading: string; text: string };

/** More drafts than anybody leaves lying about. */
const mostLookedAt = 20;

/**
 * Puts somebody's words where only they see them: a draft in their journal, theirs to save or to discard. The same words
 * again are the draft that is there.
 * @returns the draft's id; undefined where nothing of theirs is kept.
 */
export async function keepAside(
  { db, vault, clock, frameworks, homeChanged }: ReflectionDeps,
  actor: Actor,
  { heading, text }: Words,
): Promise<string | undefined> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return undefined;
  if (await hasConsent(db, personId, 'declined')) return undefined;
  const framework = defaultFramework(frameworks);
  const words: Body = { ...emptyBody, parts: [{ key: fromElsewhere, label: heading, text }] };
  if (isUnwritten(words)) return undefined;
  const body = takeOver(words, framework, { texts: {}, choices: {} });
  const id = await db.transaction().execute(async (trx) => {
    const drafts = await listDrafts(trx, vault, personId, { kind: 'open' }, mostLookedAt);
    const known = drafts.find((draft) => draft.body && hasSameWords(draft.body, body));
    if (known) return known.id;
    const fresh = newId(clock);
    await saveDraft(trx, vault, {
      id: fresh,
      personId,
      framework: framework.id,
      changes: undefined,
      body,
      at: clock.now(),
    });
    return fresh;
  });
  homeChanged(personId);
  return id;
}
