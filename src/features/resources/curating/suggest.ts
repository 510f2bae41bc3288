import { curatorsSeeChange } from '../../../community/curators.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { readAddress, sameAddress } from '../address.ts';
import { createBeside, sayTwin } from '../catalogue/beside.ts';
import type { Deps } from '../deps.ts';
import { mayKeep } from '../keeping/may-keep.ts';
import * as store from '../store.ts';
import { isNamedAnywhere } from './named-in.ts';

export type Suggested = { title: string; url: string; why: string };

export type SuggestOutcome =
  | { kind: 'not-allowed' | 'keeps-nothing' }
  /** @property waiting theirs, oldest first. */
  | { kind: 'many-wait'; waiting: readonly store.Suggestion[] }
  /** @property suggestion as it is by now. */
  | { kind: 'suggested-before'; suggestion: store.Suggestion }
  | { kind: 'in-catalogue'; words: string }
  /** Asked once, before saving; the person may keep it as it is. Nothing about it is kept. */
  | { kind: 'may-identify' }
  | { kind: 'suggested'; id: string };

/** Of one person, so that the curators can keep up. */
export const mostWaiting = 10;

/** @param asItIs the person has seen the warning about identifiable details and wants to send it as it is. */
export async function suggest(
  deps: Deps,
  actor: Actor,
  typed: Suggested,
  asItIs: boolean,
): Promise<SuggestOutcome> {
  const read = readAddress(typed.url);
  const given = read.kind === 'fine' ? { ...typed, url: read.url } : typed;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  const address = sameAddress(given.url);
  // What is held back is no reason not to suggest the publisher's own page, which has another address.
  const known = createBeside(deps.live.now.all, deps.vocabulary).twinOf(given);
  if (known) return { kind: 'in-catalogue', words: sayTwin(known, given.url) };
  if (!(await mayKeep(deps.db, personId))) return { kind: 'keeps-nothing' };
  if (!asItIs && (seemsIdentifiable(deps, `${given.title}\n${given.why}`) || isNamedAnywhere(given)))
    return { kind: 'may-identify' };
  const waiting = await listWaitingOf(deps, personId);
  if (waiting.length >= mostWaiting) return { kind: 'many-wait', waiting };
  const id = newId(deps.clock);
  const before = await store.insertSuggestion(deps.db, {
    id,
    personId,
    address,
    title: given.title,
    url: given.url,
    why: given.why || undefined,
    status: 'waiting',
    suggestedAt: deps.clock.now(),
  });
  if (before) return { kind: 'suggested-before', suggestion: before };
  await curatorsSeeChange(deps);
  return { kind: 'suggested', id };
}

/** What waits of one person, oldest first. */
export const listWaitingOf = async ({ db }: Deps, personId: string): Promise<store.Suggestion[]> =>
  (await store.listWaitingSuggestions(db)).filter((one) => one.personId === personId);

/** If the check itself fails, sending still works. */
function seemsIdentifiable({ looksIdentifiable, log }: Deps, text: string): boolean {
  try {
    return looksIdentifiable(text);
  } catch {
    log.warn({ feature: 'resources' }, 'The check for identifiable details failed.');
    return false;
  }
}

export type WithdrawOutcome = { kind: 'withdrawn' | 'not-allowed' | 'too-late' };

export async function withdrawSuggestion(deps: Deps, actor: Actor, id: string): Promise<WithdrawOutcome> {
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (!(await store.deleteSuggestion(deps.db, id, personId))) return { kind: 'too-late' };
  await curatorsSeeChange(deps);
  return { kind: 'withdrawn' };
}
