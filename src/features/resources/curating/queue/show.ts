import type { Actor } from '../../../../community/permissions.ts';
import { usableZone } from '../../../../scheduler/calendar.ts';
import type { Answer } from '../../../../slack/answer.ts';
import { divider } from '../../../../slack/blocks.ts';
import type { Receipt } from '../../changing/views.ts';
import type { Deps } from '../../deps.ts';
import { channelToldSince } from '../../news/store.ts';
import { forumNews } from '../../news/views.ts';
import { firstNewsOn } from '../../news/weekly.ts';
import { forCurators } from '../views.ts';
import type { QueuePlace } from './place.ts';
import { queuePage } from './queue.ts';
import { queueAnswer } from './views.ts';

export async function showQueue(
  deps: Deps,
  actor: Actor,
  at: QueuePlace,
  receipt?: Receipt,
): Promise<Answer> {
  const outcome = await queuePage(deps, actor, at);
  if (outcome.kind === 'not-allowed') return forCurators;
  const queue = queueAnswer(outcome.page, usableZone(actor.person.timeZone, deps.timeZone), receipt);
  if (at.show !== 'all' || at.page > 0) return queue;
  const answer = { ...queue, blocks: [...queue.blocks, divider(), ...deps.besideQueue(actor)] };
  if (deps.forumChannel === undefined) return answer;
  const isOn = (await channelToldSince(deps.db, deps.forumChannel)) !== undefined;
  return {
    ...answer,
    blocks: [...answer.blocks, divider(), ...forumNews(isOn, firstNewsOn(deps.clock.now(), deps.timeZone))],
  };
}
