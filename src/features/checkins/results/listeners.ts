import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { asModal } from '../../../slack/answer.ts';
import type { Routes } from '../../../slack/routes.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import { closeNow } from './close-now.ts';
import { readResults } from './results.ts';
import { noResultsYet, packedPage, resultsView } from './views.ts';

/** Results, their pages, other rounds, and closing early. */
export function listenToResults(to: Routes, deps: CheckInDeps): void {
  const { timeZone: zone, templates } = deps;

  type Place = { id: string; page: number; order: string };

  async function results(actor: Actor, { id, page, order: carried }: Place): Promise<View> {
    // Another one at each opening; the same while somebody turns the pages.
    const order = carried || deps.random.bytes(6).toString('hex');
    const found = await readResults(deps, actor, id, order);
    switch (found.kind) {
      case 'not-allowed':
        return asModal(said(notAllowed, { title: 'Results' }));
      case 'none-yet':
        return asModal(noResultsYet(found.checkin.definition));
      default: {
        const { smallGroupWarning } = templates;
        return resultsView(found, { page, order, zone, smallGroupWarning });
      }
    }
  }

  to.onClick(ids.results, packedPage, async ({ actor, carried, open }) =>
    open(await results(actor, carried)),
  );

  to.onClick(ids.resultsPage, packedPage, async ({ actor, carried, replace }) =>
    replace(await results(actor, carried)),
  );

  to.onClick(ids.closeNow, async ({ actor, value: id, replace }) => {
    await closeNow(deps, actor, id);
    await replace(await results(actor, { id, page: 0, order: '' }));
  });
}
