import type { KnownBlock } from '@slack/types';
import { type Actor, may } from '../../../community/permissions.ts';
import { section, written } from '../../../slack/blocks.ts';
import { mrkdwn } from '../../../slack/text.ts';
import type { Carried } from '../changing/forms.ts';
import type { Deps } from '../deps.ts';
import * as store from '../store.ts';

/** What was said for a page, by everybody who suggested it: above the form it is published with, each time that is drawn. */
export async function whySuggested(
  { db }: Deps,
  actor: Actor,
  { cause }: Pick<Carried, 'cause'>,
): Promise<KnownBlock[]> {
  const id = cause?.suggestion ?? cause?.declined;
  if (id === undefined || !may(actor, 'resources.curate')) return [];
  const suggestion = await store.findSuggestion(db, id);
  const whys = suggestion ? (await ofThisPage(db, suggestion)).flatMap(({ why }) => why ?? []) : [];
  return whys.length === 0
    ? []
    : [section(mrkdwn`*Why it is good*, as it was suggested:`), ...whys.flatMap((why) => written(why))];
}

async function ofThisPage(db: Deps['db'], suggestion: store.Suggestion): Promise<store.Suggestion[]> {
  const { status, decision, address } = suggestion;
  if (status === 'waiting') return store.listTogether(db, suggestion);
  // Of somebody's suggestions several pages may have been declined at once.
  const decided = decision === undefined ? [suggestion] : await store.listDecided(db, decision);
  return decided.filter((one) => one.address === address);
}
