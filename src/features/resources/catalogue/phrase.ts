import type { Actor } from '../../../community/permissions.ts';
import type { Deps } from '../deps.ts';
import { changeCatalogue } from './change.ts';
import * as store from './store.ts';

/** Takes words off a topic that a curator put there. */
export function takeBackPhrase(deps: Deps, actor: Actor, key: string) {
  return changeCatalogue(deps, actor, async ({ trx }): Promise<{ kind: 'taken-back' }> => {
    await store.deleteTopicPhrase(trx, key);
    return { kind: 'taken-back' };
  });
}
