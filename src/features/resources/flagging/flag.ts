import { audit } from '../../../community/audit.ts';
import { curatorsSeeChange } from '../../../community/curators.ts';
import { type Actor, may } from '../../../community/permissions.ts';
import { newId } from '../../../lib/random.ts';
import { enqueue } from '../../../outbox/outbox.ts';
import { keepWords } from '../curating/store.ts';
import type { Deps } from '../deps.ts';
import { mayKeep } from '../keeping/may-keep.ts';
import { answeredFlag, type FlagAnswer } from './messages.ts';
import * as store from './store.ts';

/** Of one person, so that the curators can keep up. */
const mostWaiting = 10;

export type FlagOutcome =
  | { kind: 'not-allowed' | 'keeps-nothing' | 'many-wait' | 'gone' }
  | { kind: 'flagged'; id: string };

export async function flagWords(
  deps: Deps,
  actor: Actor,
  { item, what, better }: Pick<store.Flag, 'item' | 'what' | 'better'>,
): Promise<FlagOutcome> {
  const { db, vault, clock } = deps;
  const personId = actor.person.id;
  if (!may(actor, 'own.write', { ownerId: personId })) return { kind: 'not-allowed' };
  if (!deps.ourWords.find(item)) return { kind: 'gone' };
  if (!(await mayKeep(db, personId))) return { kind: 'keeps-nothing' };
  if ((await store.countFlagsOf(db, personId)) >= mostWaiting) return { kind: 'many-wait' };
  const id = newId(clock);
  await store.insertFlag(db, vault, { id, personId, item, what, better, sentAt: clock.now() });
  await curatorsSeeChange(deps);
  return { kind: 'flagged', id };
}

export async function withdrawFlag(deps: Deps, actor: Actor, id: string): Promise<boolean> {
  const isGone = await store.deleteFlag(deps.db, id, actor.person.id);
  if (isGone) await curatorsSeeChange(deps);
  return isGone;
}

/** Whoever flagged it hears what became of it; their own words are not kept any longer. */
export async function answerFlag(
  deps: Deps,
  actor: Actor,
  { id, answer, words }: { id: string; answer: FlagAnswer; words: string },
): Promise<{ kind: 'not-allowed' | 'gone' | 'answered' }> {
  const { db, vault, clock, reach } = deps;
  if (!may(actor, 'resources.curate')) return { kind: 'not-allowed' };
  const kind = await db.transaction().execute(async (trx) => {
    const flag = await store.findFlag(trx, vault, id);
    if (!flag || !(await store.deleteFlag(trx, id))) return 'gone';
    const { personId: to, item } = flag;
    if (words !== '') await keepWords(trx, vault, { about: id, to, words, at: clock.now() });
    await audit(trx, clock, {
      actor: actor.person.id,
      action: 'resources.answer-flag',
      subject: item,
      detail: { answer },
    });
    await enqueue(trx, clock, {
      idempotencyKey: `resources.flag:${id}`,
      kind: 'resources.suggestion',
      to: { personId: to },
      message: answeredFlag(id, deps.ourWords.find(item)?.label, answer, words !== ''),
      sendAfter: await reach.nextAllowed(trx, to, clock.now()),
    });
    return 'answered';
  });
  if (kind === 'answered') await curatorsSeeChange(deps);
  return { kind };
}
