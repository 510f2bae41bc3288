import type { App, BlockAction } from '@slack/bolt';
import type { View } from '@slack/types';
import type { Actor } from '../../../community/permissions.ts';
import { section } from '../../../slack/blocks.ts';
import { actorIn, pressedValue } from '../../../slack/legacy.ts';
import { openInPlace, openOnTop } from '../../../slack/modals.ts';
import { mrkdwn } from '../../../slack/text.ts';
import { saying } from '../answering/views.ts';
import type { CheckInDeps } from '../deps.ts';
import { ids } from '../ids.ts';
import { closeNow } from '../leading/manage.ts';
import { notAllowed } from '../words.ts';
import { readResults } from './results.ts';
import { resultsView } from './views.ts';

/** Results, their pages, other rounds, and closing early. */
export function listenForResults(app: App, deps: CheckInDeps): void {
  const { timeZone: zone } = deps;
  const { smallestGroup: smallest } = deps.templates;
  const only = (words: string): View => saying('Results', [section(mrkdwn`${words}`)]);

  const results = async (actor: Actor, value: string): Promise<View> => {
    const [id = '', page = '0'] = value.split('|');
    const found = await readResults(deps, actor, id);
    if (found.kind === 'not-allowed') return only(notAllowed);
    if (found.kind === 'none-yet') return only(`“${found.checkin.definition.label}” has not been out yet.`);
    return resultsView(found, {
      page: Number.parseInt(page, 10) || 0,
      zone,
      smallest,
      smallGroupWarning: deps.templates.smallGroupWarning,
    });
  };

  app.action<BlockAction>(ids.results, async ({ ack, body, action, client, context }) => {
    await ack();
    await openOnTop(body, client, await results(actorIn(context), pressedValue(action)));
  });

  for (const part of ['page', 'next', 'round'])
    app.action<BlockAction>(`${ids.results}.${part}`, async ({ ack, body, action, client, context }) => {
      await ack();
      await openInPlace(body, client, await results(actorIn(context), pressedValue(action)));
    });

  app.action<BlockAction>(ids.closeNow, async ({ ack, body, action, client, context }) => {
    await ack();
    const actor = actorIn(context);
    await closeNow(deps, actor, pressedValue(action));
    await openInPlace(body, client, await results(actor, pressedValue(action)));
  });
}
