import type { KnownBlock } from '@slack/types';
import type { Person } from '../../community/people.ts';
import { inert, section } from '../../slack/blocks.ts';
import { mrkdwn } from '../../slack/text.ts';
import type { PeopleDeps } from './deps.ts';
import { ids } from './ids.ts';
import { asListed } from './listing/directory.ts';
import { isListed } from './listing/listing.ts';
import { colleagueBlocks } from './listing/views.ts';

/** What everybody who takes part sees of somebody who is listed. */
export async function seenOfListing(deps: PeopleDeps, person: Person): Promise<KnownBlock[]> {
  const one = (await isListed(deps, person.id)) ? await asListed(deps, person) : undefined;
  return one
    ? [section(mrkdwn`In the list of colleagues:`), ...inert(colleagueBlocks(one, deps), ids.shown)]
    : [];
}
