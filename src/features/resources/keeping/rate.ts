import { curatorsSeeChange } from '../../../community/curators.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';
import { mayKeep } from './may-keep.ts';

export const verdicts = [
  'helped',
  'did-not-help',
  'take-back',
  'link-problem',
  'link-fine',
  'out-of-date',
  'in-date',
] as const;
export type Verdict = (typeof verdicts)[number];

export type RateOutcome = { kind: 'rated' | 'not-allowed' | 'keeps-nothing' | 'unknown' };

/** One verdict per person and resource; a new one replaces it. That a link is broken, or a page out of date, are facts apart from it. */
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
  const said = saidBy(verdict, now);
  await store.recordFeedback(deps.db, { personId, resourceId }, said, now);
  if ('helped' in said) deps.helped.changed();
  else await curatorsSeeChange(deps);
  void deps.did(personId, { kind: 'used-entry' });
  return { kind: 'rated' };
}

function saidBy(verdict: Verdict, now: Date): store.Said {
  switch (verdict) {
    case 'helped':
      return { helped: true };
    case 'did-not-help':
      return { helped: false };
    case 'take-back':
      return { helped: undefined };
    case 'link-problem':
      return { linkProblemAt: now };
    case 'link-fine':
      return { linkProblemAt: undefined };
    case 'out-of-date':
      return { outOfDateAt: now };
    case 'in-date':
      return { outOfDateAt: undefined };
  }
}
