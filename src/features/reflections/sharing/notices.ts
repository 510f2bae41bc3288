import { describeError } from '../../../lib/log.ts';
import { failureOf } from '../../../outbox/outcome.ts';
import { isUnderWay, listSent } from '../../../outbox/sent.ts';
import type { Job } from '../../feature.ts';
import type { ReflectionDeps } from '../deps.ts';
import { noLongerNotice, noticeKey } from './messages.ts';
import { deleteLeftover, listOpenNotices, markNoticeClosed } from './store.ts';

/**
 * Notices of what is shared no longer say so, in one line and without their button. What Slack does not take now is tried
 * again with the next beat.
 */
export async function closeNotices({
  db,
  clock,
  client,
  log,
}: Pick<ReflectionDeps, 'db' | 'clock' | 'client' | 'log'>): Promise<void> {
  for (const notice of await listOpenNotices(db)) {
    const key = noticeKey(notice);
    if (await isUnderWay(db, [key])) continue;
    const [sent] = await listSent(db, [key]);
    if (sent) {
      try {
        await client.chat.update({ channel: sent.channel, ts: sent.ts, ...noLongerNotice });
      } catch (error) {
        const { kind } = failureOf(error);
        if (kind !== 'refused') {
          log.warn(describeError(error), 'A notice of what is shared no longer stays as it was for now');
          return;
        }
      }
    }
    await markNoticeClosed(db, notice, clock.now());
  }
}

export const sharingJobs = (deps: Parameters<typeof closeNotices>[0]): Job[] => [
  { name: 'reflections.close-notices', run: () => closeNotices(deps) },
  { name: 'reflections.leftover', every: 'hour', run: () => deleteLeftover(deps.db) },
];
