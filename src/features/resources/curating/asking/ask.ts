import { curatorsSeeChange } from '../../../../community/curators.ts';
import { type Actor, may } from '../../../../community/permissions.ts';
import { sameWords } from '../../../../content/asked-as.ts';
import { newId } from '../../../../lib/random.ts';
import type { Deps } from '../../deps.ts';
import { mayKeep } from '../../keeping/may-keep.ts';
import * as store from '../../store.ts';

export type Asked = {
  words: string;
  /** They want to hear of the answer. */
  tell: boolean;
};

export type AskOutcome = {
  kind:
    | 'not-allowed'
    /** The words were kept; they did not agree to the community agreement, so nothing of theirs is. */
    | 'asked-without-telling'
    | 'asked';
};

/** Sends the curators what was not found: the words, and only for those who want an answer, who they are until then. */
export async function askCurators(deps: Deps, actor: Actor, { words, tell }: Asked): Promise<AskOutcome> {
  if (!may(actor, 'community.use')) return { kind: 'not-allowed' };
  const { clock } = deps;
  const mayTell = tell && (await mayKeep(deps.db, actor.person.id));
  await deps.db.transaction().execute(async (trx) => {
    const id = await store.insertQuestion(trx, {
      id: newId(clock),
      key: sameWords(words) || words,
      words,
      askedOn: clock.now().toISOString().slice(0, 10),
    });
    if (mayTell) await store.insertWaiting(trx, id, actor.person.id);
  });
  await curatorsSeeChange(deps);
  return { kind: tell && !mayTell ? 'asked-without-telling' : 'asked' };
}
