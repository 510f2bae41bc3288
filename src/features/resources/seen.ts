import type { KnownBlock } from '@slack/types';
import type { Person } from '../../community/people.ts';
import { may } from '../../community/permissions.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import { section } from '../../slack/blocks.ts';
import { count, mrkdwn } from '../../slack/text.ts';
import type { Onlooker } from '../feature.ts';
import { start } from './curating/queue/place.ts';
import { suggestionBlocks } from './curating/queue/views.ts';
import type { Deps } from './deps.ts';
import { listExamples } from './examples/store.ts';
import { listWaitingSuggestions } from './store.ts';

/** What they suggested, to whoever looks after the catalogue, until somebody decides. */
export async function seenOfSuggestions(
  { db, vault, timeZone }: Pick<Deps, 'db' | 'vault' | 'timeZone'>,
  person: Person,
  { actor, cohort }: Onlooker,
): Promise<KnownBlock[]> {
  // A facilitator may look after the catalogue too: said once, of curators.
  if (cohort !== undefined || !may(actor, 'resources.curate')) return [];
  const theirs = (await listWaitingSuggestions(db)).filter(({ personId }) => personId === person.id);
  const examples = (await listExamples(db, vault, person.id)).length;
  const waiting =
    examples === 0
      ? []
      : [
          section(
            mrkdwn`${count(examples, 'practice example of yours waits', 'practice examples of yours wait')}: its words, without your name. Nothing here tells a curator whose it is.`,
          ),
        ];
  const suggested = theirs.flatMap((suggestion) =>
    suggestionBlocks(
      { kind: 'suggestion', suggestion, others: [], from: [person], theirs: 1 },
      start,
      usableZone(actor.person.timeZone, timeZone),
    ).filter(({ type }) => type !== 'actions'),
  );
  return [...waiting, ...suggested];
}
