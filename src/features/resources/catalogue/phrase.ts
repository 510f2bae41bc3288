import type { Actor } from '../../../community/permissions.ts';
import type { Deps } from '../deps.ts';
import { type AskedAgain, askAgain, ledBy } from './came-of.ts';
import { changeCatalogue } from './change.ts';
import * as store from './store.ts';

/** Takes words off a topic that a curator put there. What they answered waits again. */
export function takeBackPhrase(deps: Deps, actor: Actor, key: string) {
  return changeCatalogue(
    deps,
    actor,
    async ({ trx }): Promise<{ kind: 'taken-back'; asked: AskedAgain | undefined }> => {
      await store.deleteTopicPhrase(trx, key);
      return { kind: 'taken-back', asked: await askAgain(trx, ledBy({ topicKey: key })) };
    },
  );
}
