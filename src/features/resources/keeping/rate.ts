import { type Actor, may } from '../../../community/permissions.ts';
import { curatorsSeeChange } from '../curating/curators.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { mayKeep } from './may-keep.ts';

export const verdicts = ['helped', 'did-not-help', 'take-back', 'link-problem', 'link-fine'] as const;
export type Verdict = (typeof verdicts)[number];

export type RateOutcome = { kind: 'rated' | 'not-allowed' | 'keeps-nothing' | 'unknown' };

/** One verdict per person and resource; a new one replaces it. A broken link is a fact apart from it. */
export async function rate(
  deps: Deps,
  actor: Actor,
  listedAs: string,
  verdict: Verdict,
): Promise<RateOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const resourceId = deps.live.now.byId.get(listedAs)?.id;
  if (resourceId === undefined) return { kind: 'unknown' };
  if (!(await mayKeep(deps.db, personId))) return { kind: 'keeps-nothing' };
  const now = deps.clock.now();
  const change =
    verdict === 'link-problem' || verdict === 'link-fine'
      ? { linkProblemAt: verdict === 'link-problem' ? now : undefined }
      : { helped: verdict === 'take-back' ? undefined : verdict === 'helped' };
  await store.recordFeedback(deps.db, { personId, resourceId }, change, now);
  deps.helped.changed();
  if ('linkProblemAt' in change) await curatorsSeeChange(deps);
  return { kind: 'rated' };
}
