import type { KnownBlock } from '@slack/types';
import { createReach } from '../../../../src/community/reach.ts';
import type { AttendanceDeps } from '../../../../src/features/training/attendance/deps.ts';
import { agreement } from '../../../support/agreed.ts';
import { type Bench, content, givenBench } from '../sessions/support.ts';

const noBlocks = async (): Promise<KnownBlock[]> => [];

export type AttendanceBench = Bench & AttendanceDeps;

/** What sessions need, and what attendance has of other features, where nothing of theirs is looked at. */
export const givenAttendanceBench = async (): Promise<AttendanceBench> => {
  const bench = await givenBench();
  return {
    ...bench,
    retention: content.retention,
    reach: createReach({ timeZone: bench.timeZone, agreement }),
    offerNow: noBlocks,
    offerAfter: noBlocks,
    client: { chat: { update: async () => ({ ok: true }) } },
    fullNameOf: async () => undefined,
    reflectButton: { text: 'Write a reflection', actionId: 'reflections.write' },
  };
};
