import { z } from 'zod';
import type { Routes } from '../../../slack/routes.ts';
import type { Deps } from '../deps.ts';
import { packedEntry } from '../finding/place.ts';
import { showPage } from '../finding/show.ts';
import { ids } from '../ids.ts';
import { rate, verdicts } from './rate.ts';
import { save, unsave } from './save.ts';
import { rateReceipt, removed, saveReceipt } from './views.ts';

const choice = z.enum(['save', 'unsave', ...verdicts]);

/** The menu beside an entry. What was done is said in the list, right below the entry. */
export function listenToKeeping(to: Routes, deps: Deps): void {
  to.onClick(ids.about, async ({ actor, value, blockId, answer }) => {
    const entry = packedEntry.open(blockId);
    const chosen = choice.safeParse(value.split(':')[0]).data;
    if (!entry || chosen === undefined) return;
    const { resourceId, place } = entry;
    const act = async (verb: z.output<typeof choice>) => {
      if (verb === 'save') return saveReceipt(await save(deps, actor, resourceId));
      if (verb !== 'unsave') return rateReceipt(await rate(deps, actor, resourceId, verb), verb);
      await unsave(deps, actor, resourceId);
      return removed(deps.live.now.byId.get(resourceId)?.title);
    };
    const text = await act(chosen);
    const canPutBack = chosen === 'unsave';
    await answer(await showPage(deps, actor, place, { resourceId, text, canPutBack }));
  });

  to.onClick(ids.putBack, packedEntry, async ({ actor, carried: { resourceId, place }, answer }) => {
    const text = saveReceipt(await save(deps, actor, resourceId));
    await answer(await showPage(deps, actor, place, { resourceId, text }));
  });
}
