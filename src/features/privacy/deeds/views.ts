import type { KnownBlock, View } from '@slack/types';
import { actions, context, modal, section } from '../../../slack/blocks.ts';
import { turnButtons } from '../../../slack/paging.ts';
import { count, joinMrkdwn, type Mrkdwn, mrkdwn, sayTime } from '../../../slack/text.ts';
import { ids } from '../ids.ts';
import type { Deeds, Done } from './read.ts';

const roleWords: Record<string, string> = {
  facilitator: 'facilitator',
  curator: 'curator',
  administrator: 'administrator',
};

/** What was done, as the end of a sentence that begins with who did it. */
function sayDeed({ entry: { action, detail }, groupName }: Done): Mrkdwn {
  const group = groupName === undefined ? mrkdwn`a group` : mrkdwn`the group ${groupName}`;
  const role = roleWords[String(detail.role)] ?? 'a role';
  const where = groupName === undefined ? mrkdwn`` : mrkdwn` of ${groupName}`;
  switch (action) {
    case 'cohorts.add':
      return mrkdwn`added you to ${group}`;
    case 'cohorts.remove':
      return mrkdwn`took you out of ${group}`;
    case 'roles.grant':
      return mrkdwn`made you ${role}${where}`;
    case 'roles.revoke':
      return mrkdwn`took back that you are ${role}${where}`;
    case 'privacy.export':
      return mrkdwn`made a copy of everything that is kept about you`;
    default:
      return mrkdwn`changed something of yours (${action})`;
  }
}

/** Who did what with somebody's things. @param opened who has opened what makes taking part easier for them. */
export function deedsView(deeds: Deeds, zone: string): View {
  const lines = deeds.shown.map((done) => mrkdwn`•  ${sayTime(done.at, zone)}: ${done.by} ${sayDeed(done)}.`);
  const paging = turnButtons(deeds, {
    back: { text: 'Newer', id: `${ids.deedsPage}back` },
    more: { text: 'Older', id: `${ids.deedsPage}on` },
  });
  const blocks: KnownBlock[] = [
    section(
      deeds.total === 0
        ? mrkdwn`Nobody has changed anything of yours in the last two years.`
        : mrkdwn`${count(deeds.total, 'thing', 'things')} others did with what is yours, in the last two years, newest first:\n${joinMrkdwn(lines, '\n')}`,
    ),
    ...(paging.length > 0
      ? [actions(paging, 'paging'), context(mrkdwn`Page ${deeds.page + 1} of ${deeds.pages}`)]
      : []),
    context(
      mrkdwn`Who has opened what makes taking part easier for you stands in Home, under settings. Who has opened a reflection that you shared stands beside it, in your journal; nobody can open any other.`,
    ),
  ];
  return modal({ callbackId: 'answer', title: 'Who did what', close: 'Done', blocks });
}
