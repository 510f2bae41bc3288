import { may } from '../../community/permissions.ts';
import type { HomeSection } from '../feature.ts';
import type { IntentionDeps } from './deps.ts';
import { findDraft, listIntentions } from './store.ts';
import { homeBlocks } from './views.ts';

/** Above the journal, since it comes back. */
export const homeSection = ({
  db,
  vault,
  reach,
}: Pick<IntentionDeps, 'db' | 'vault' | 'reach'>): HomeSection => ({
  slot: 'keep',
  order: 5,
  async blocks({ person, actor, zone }) {
    if (!may(actor, 'own.read', { ownerId: person.id })) return [];
    const all = await listIntentions(db, vault, person.id);
    const { hasDeclined = false } = actor;
    if (all.length === 0 && hasDeclined) return [];
    const hasBegun = (await findDraft(db, vault, person.id)) !== undefined;
    const isAsked = await reach.mayBeAsked(db, person.id);
    return homeBlocks(all, { hasBegun, hasDeclined, isAsked, zone });
  },
});
