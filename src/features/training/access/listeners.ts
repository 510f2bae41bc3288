import { lookThrough } from '../../../safeguarding/look-through.ts';
import type { Routes } from '../../../slack/routes.ts';
import { notHosted } from '../pack/views.ts';
import type { SessionDeps } from '../sessions/deps.ts';
import { changeNeeds, findOwnSession, findSayable, tooLong, wordsOf } from './asking.ts';
import { ids } from './ids.ts';
import { listSeen, openNeeds } from './opening.ts';
import { longestNeeds } from './store.ts';
import { changeForm, changeView, keptAnswer, needsPage, needsView, notAsked } from './views.ts';

/** What would make taking part easier: for whoever said it, and for those who run the session. Always a window. */
export function listenToAccess(to: Routes, deps: SessionDeps): void {
  to.onClick(ids.open, needsPage, async ({ actor, carried: { sessionId, page }, open, beside }) => {
    const needs = await openNeeds(deps, actor, sessionId, page);
    return needs ? open(needsView(needs)) : beside(notHosted);
  });

  to.onClick(ids.page, needsPage, async ({ actor, carried: { sessionId, page }, replace, answer }) => {
    const needs = await openNeeds(deps, actor, sessionId, page);
    return needs ? replace(needsView(needs)) : answer(notHosted);
  });

  to.onClick(ids.mine, async ({ actor, value: sessionId, open, beside }) => {
    const session = await findOwnSession(deps, actor, sessionId);
    if (!session) return beside(notAsked);
    const of = { sessionId, personId: actor.person.id };
    await open(changeView(session, await findSayable(deps, of), await listSeen(deps, of)));
  });

  to.onClick(ids.asItIs, async ({ actor, window, replace, answer }) => {
    const carried = window && changeForm.carries?.open(window.metadata);
    if (!carried) return;
    const { sessionId } = carried;
    const session = await findOwnSession(deps, actor, sessionId);
    if (!session) return answer(notAsked);
    const of = { sessionId, personId: actor.person.id };
    const { needs = '' } = window.read(changeForm).partly;
    const sayable = { ...(await findSayable(deps, of)), said: needs };
    await replace(changeView(session, sayable, await listSeen(deps, of), { isKept: true }));
  });

  to.onSend(changeForm, async ({ actor, carried, values, refuse, answer, show }) => {
    const { sessionId } = carried;
    const of = { sessionId, personId: actor.person.id };
    const session = await findOwnSession(deps, actor, sessionId);
    if (!session) return answer(notAsked);
    const sayable = await findSayable(deps, of);
    const looked = lookThrough(deps, carried.doubt, { needs: values.needs }, { needs: longestNeeds });
    if (looked.kind === 'doubtful') {
      const stands = { ...sayable, said: values.needs };
      const { findings } = looked;
      return void (await show(changeView(session, stands, await listSeen(deps, of), { findings })));
    }
    const words = wordsOf({ ...values, ...looked.texts }, sayable);
    const problem = tooLong(words);
    if (problem !== undefined) return refuse({ needs: problem });
    if (!(await changeNeeds(deps, actor, sessionId, words))) return answer(notAsked);
    await answer(keptAnswer(session, words !== ''));
  });
}
