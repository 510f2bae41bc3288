import type { View } from '@slack/types';
import { asModal } from '../../../slack/answer.ts';
import type { CommandCall } from '../../../slack/router.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { Mrkdwn } from '../../../slack/text.ts';
import type { PilotDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { beginAgain, findPreparing, type Preparing, tick } from './prepare.ts';
import { beganAgain, inWindow, noList, packedTick, prepareView } from './views.ts';

const show = (deps: PilotDeps, preparing: Preparing | undefined, note?: Mrkdwn): View =>
  preparing
    ? prepareView(preparing, {
        keptForDays: deps.retention['preparation-ticks'].days,
        ...(note && { note }),
      })
    : asModal(noList);

/** `/chatr prepare` */
export async function runPrepare(deps: PilotDeps, { actor, answer, open }: CommandCall): Promise<void> {
  const preparing = await findPreparing(deps, actor);
  if (!preparing) return answer(noList);
  await (open ? open(show(deps, preparing)) : answer(inWindow(preparing.list)));
}

/** The checklist, for whoever ticks it alone. */
export function listenToPreparing(to: Routes, deps: PilotDeps): void {
  to.onClick(ids.prepare, async ({ actor, value, replace }) =>
    replace(show(deps, await findPreparing(deps, actor, value || undefined))),
  );
  to.onClick(ids.tick, packedTick, async ({ actor, carried: { item, to: wanted, list }, replace }) =>
    replace(show(deps, await tick(deps, actor, { list, item, isTicked: wanted === '1' }))),
  );
  to.onClick(ids.beginAgain, async ({ actor, value, replace }) =>
    replace(show(deps, await beginAgain(deps, actor, value), beganAgain)),
  );
}
