import { audit } from '../../../community/audit.ts';
import { listPeople, type Person } from '../../../community/people.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { fewestPeople } from '../../../community/suppress.ts';
import type { Resource } from '../content.ts';
import type { Deps } from '../deps.ts';
import { pageSize } from '../finding/place.ts';
import * as store from '../store.ts';
import { curatorsSeeChange } from './curators.ts';

export type CuratorPage = {
  suggestions: { suggestion: store.Suggestion; from: Person | undefined }[];
  from: number;
  total: number;
  waiting: number;
  linkProblems: Resource[];
  /** Missed by so many that it says nothing of anybody. */
  misses: { word: string; misses: number }[];
};

export type CuratorOutcome = { kind: 'not-allowed' } | { kind: 'page'; page: CuratorPage };

/** What waits for the curators: suggestions, links that were reported, words that were not found. */
export async function curatorPage(deps: Deps, actor: Actor, from: number): Promise<CuratorOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const all = await store.listSuggestions(deps.db);
  const start = Math.min(from, Math.max(0, Math.floor((all.length - 1) / pageSize) * pageSize));
  const shown = all.slice(start, start + pageSize);
  const people = await listPeople(
    deps.db,
    shown.map(({ personId }) => personId),
  );
  const problems = await store.listLinkProblems(deps.db);
  return {
    kind: 'page',
    page: {
      suggestions: shown.map((suggestion) => ({
        suggestion,
        from: people.find(({ id }) => id === suggestion.personId),
      })),
      from: start,
      total: all.length,
      waiting: all.filter(({ status }) => status === 'waiting').length,
      linkProblems: problems.flatMap((id) => deps.live.now.byId.get(id) ?? []).slice(0, 10),
      misses: await store.listMisses(deps.db, fewestPeople),
    },
  };
}

export type DecideOutcome = { kind: 'decided' | 'not-allowed' | 'gone' };

/** Marks a suggestion; the entry itself is added to data/resources.yaml by hand. Deciding again replaces it. */
export async function decide(
  deps: Deps,
  actor: Actor,
  id: string,
  status: store.Suggestion['status'],
): Promise<DecideOutcome> {
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const outcome = await deps.db.transaction().execute(async (trx): Promise<DecideOutcome> => {
    const suggestion = await store.findSuggestion(trx, id);
    if (!suggestion) return { kind: 'gone' };
    await store.decideSuggestion(trx, id, { status, decidedBy: actor.person.id, at: deps.clock.now() });
    await audit(trx, deps.clock, {
      actor: actor.person.id,
      action: 'resources.decide',
      subject: id,
      detail: { status },
    });
    return { kind: 'decided' };
  });
  await curatorsSeeChange(deps);
  return outcome;
}
