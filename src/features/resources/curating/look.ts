import type { Actor } from '../../../community/permissions.ts';
import { changeCatalogue, type SaveOutcome, writeEntry } from '../catalogue/change.ts';
import * as kept from '../catalogue/store.ts';
import type { Deps } from '../deps.ts';
import { recordOpened } from '../links/store.ts';
import * as store from '../store.ts';

/**
 * Somebody has looked at the page today, and it is fine: what people reported of it is settled with that, and what the bot
 * could not open.
 */
export async function markFine(deps: Deps, actor: Actor, entryId: string): Promise<SaveOutcome> {
  const outcome = await changeCatalogue(deps, actor, async (inside): Promise<SaveOutcome> => {
    const entry = inside.present.entries.find(({ id }) => id === entryId);
    if (!entry) return { kind: 'gone' };
    await store.clearReports(inside.trx, entryId);
    if (entry.url !== undefined) await recordOpened(inside.trx, entry.url, deps.clock.now());
    return writeEntry(deps, inside, { ...entry, checked_on: today(deps) });
  });
  deps.trust.changed();
  return outcome;
}

/** Somebody has rung a contact or looked at its page. Where it was wrong, its number is not shown any more. */
export function markContact(
  deps: Deps,
  actor: Actor,
  { contactId, isWrong }: { contactId: string; isWrong: boolean },
) {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<{ kind: 'marked' }> => {
    await kept.recordContactCheck(trx, contactId, { checkedOn: today(deps), isWrong }, actor.person.id);
    return { kind: 'marked' };
  });
}

export function unmarkContact(deps: Deps, actor: Actor, contactId: string) {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<{ kind: 'unmarked' }> => {
    await kept.deleteContactCheck(trx, contactId);
    return { kind: 'unmarked' };
  });
}

const today = ({ clock }: Deps): string => clock.now().toISOString().slice(0, 10);
