import type { KnownBlock } from '@slack/types';
import type { Reach } from '../../community/reach.ts';
import type { Retention } from '../../content/retention.ts';
import { usableZone } from '../../scheduler/calendar.ts';
import type { Core } from '../feature.ts';
import type { Training } from './content.ts';

export type TrainingDeps = Core & {
  training: Training;
  retention: Pick<Retention, 'attendance-lists'>;
  reach: Pick<Reach, 'nextAllowed' | 'mayBeAsked'>;
  /** What stands beside thanks to somebody to whom it may be offered to note what they will try; else no blocks. */
  offerNow(personId: string, occasion: string): Promise<KnownBlock[]>;
  /** The same once it has been offered, and was not taken up. */
  offerAfter(personId: string, occasion: string): Promise<KnownBlock[]>;
  reflectButton: { text: string; actionId: string };
};

/** The zone in which somebody is told a time. */
export const zoneFor = (
  { timeZone }: Pick<TrainingDeps, 'timeZone'>,
  person: { timeZone: string | undefined },
): string => usableZone(person.timeZone, timeZone);
