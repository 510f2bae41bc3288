import type { KnownBlock } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import type { Reach } from '../../../community/reach.ts';
import type { Retention } from '../../../content/retention.ts';
import { usableZone } from '../../../scheduler/calendar.ts';
import type { SessionDeps } from '../sessions/deps.ts';

export type AttendanceDeps = SessionDeps & {
  client: { chat: Pick<WebClient['chat'], 'update'> };
  retention: Pick<Retention, 'attendance-lists'>;
  reach: Pick<Reach, 'mayBeAsked'>;
  /** What stands beside thanks to somebody to whom it may be offered to note what they will try; else no blocks. */
  offerNow(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** The same once it has been offered, and was not taken up. */
  offerAfter(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** As Slack has it in full; undefined where Slack does not tell. */
  fullNameOf(slackId: string): Promise<string | undefined>;
  reflectButton: { text: string; actionId: string };
};

/** The zone in which somebody is told a time. */
export const zoneFor = (
  { timeZone }: Pick<AttendanceDeps, 'timeZone'>,
  person: { timeZone: string | undefined },
): string => usableZone(person.timeZone, timeZone);
