import { forEach } from '../../../scheduler/each.ts';
import type { Job } from '../../feature.ts';
import type { OrganisationsDeps } from '../deps.ts';
import { tellKeeper, todayOf, topicOf } from './keep.ts';
import { findCard, listDue, recordAsked } from './store.ts';
import { checkMessage } from './views.ts';

/** Whoever keeps a card is asked once when its check is due. Where they say nothing, the card says when it was checked. */
export const askToCheck = (deps: OrganisationsDeps): Job => ({
  name: 'teams.check',
  async run() {
    const { db, vault, log, reach } = deps;
    const today = todayOf(deps);
    await forEach(log, 'teams.check', await listDue(db, today), async ({ id, ownerId }) => {
      await db.transaction().execute(async (trx) => {
        const card = await findCard(trx, vault, id);
        if (!card || !(await recordAsked(trx, id, today)) || !(await reach.mayBeAsked(trx, ownerId))) return;
        await tellKeeper(deps, trx, {
          idempotencyKey: `teams.check:${id}:${card.checkBy}:${ownerId}`,
          kind: 'teams.check',
          topic: topicOf(id),
          to: { personId: ownerId },
          message: checkMessage(card),
        });
      });
    });
  },
});
