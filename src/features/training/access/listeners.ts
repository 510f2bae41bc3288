import { namesOf } from '../../../community/opened.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { PackDeps } from '../pack/deps.ts';
import { notHosted } from '../pack/views.ts';
import { changeNeeds, findOwnSession, findSayable, tooLong } from './asking.ts';
import { ids } from './ids.ts';
import { openNeeds } from './opening.ts';
import { findNeeds, type NeedsOf } from './store.ts';
import { changeForm, changeView, keptAnswer, needsPage, needsView, notAsked } from './views.ts';

/** Which hosts have opened what somebody said, by name. */
export const listSeen = async ({ db, vault }: PackDeps, of: NeedsOf) =>
  namesOf(db, (await findNeeds(db, vault, of))?.openedBy ?? [], 'Somebody who ran the session');

/** What would make taking part easier: for whoever said it, and for those who run the session. Always a window. */
export function listenToAccess(to: Routes, deps: PackDeps): void {
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

  to.onSend(changeForm, async ({ actor, carried: sessionId, values, refuse, answer }) => {
    const of = { sessionId, personId: actor.person.id };
    const session = await findOwnSession(deps, actor, sessionId);
    if (!session) return answer(notAsked);
    const sayable = await findSayable(deps, of);
    const problem = tooLong(values, sayable);
    if (problem !== undefined) return refuse({ needs: problem });
    if (!(await changeNeeds(deps, actor, sessionId, values, sayable))) return answer(notAsked);
    const words = (await findNeeds(deps.db, deps.vault, of))?.words ?? '';
    await answer(keptAnswer(session, words !== ''));
  });
}
