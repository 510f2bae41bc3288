import type { Actor } from '../../../community/permissions.ts';
import { type Answer, asModal } from '../../../slack/answer.ts';
import { wantedPage } from '../../../slack/paging.ts';
import type { Routes } from '../../../slack/routes.ts';
import { refusalAnswer } from '../answering/views.ts';
import type { Prompts } from '../asking/prompts.ts';
import { skipRound } from '../asking/put-off.ts';
import { type CheckInDeps, zoneOf } from '../deps.ts';
import { ids } from '../ids.ts';
import { readMine, readMyAnswers } from './read.ts';
import { mineAnswer, myAnswersAnswer, withdrawnAnswer } from './views.ts';
import { withdrawAnswers } from './withdraw.ts';

/** What is open for somebody, and what they answered. */
export function listenToMine(to: Routes, deps: CheckInDeps, prompts: Prompts): void {
  for (const id of [ids.mineList, ids.mineOlder])
    to.onClick(id, async ({ actor, value, answer }) =>
      answer(await showMine(deps, actor, wantedPage(value))),
    );

  to.onClick(ids.skipInList, async ({ actor, value, answer }) => {
    const outcome = await skipRound(deps, actor, value);
    prompts.changed({ roundId: value, personId: actor.person.id });
    await answer(
      outcome.kind === 'skipped'
        ? await showMine(deps, actor, 0)
        : refusalAnswer(outcome, zoneOf(deps, actor)),
    );
  });

  // Always a window: what people wrote must not stay in Slack.
  to.onClick(ids.mine, async ({ actor, value, open }) =>
    open(asModal(myAnswersAnswer(await readMyAnswers(deps, actor, value)))),
  );

  to.onClick(ids.withdraw, async ({ actor, value, answer }) => {
    const outcome = await withdrawAnswers(deps, actor, value);
    prompts.changed({ roundId: value, personId: actor.person.id });
    await answer(withdrawnAnswer(outcome));
  });
}

/** @param page from 0. */
export async function showMine(deps: CheckInDeps, actor: Actor, page: number): Promise<Answer> {
  return mineAnswer(await readMine(deps, actor), page, zoneOf(deps, actor));
}
