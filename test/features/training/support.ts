import type { KnownBlock } from '@slack/types';
import type { TrainingDeps } from '../../../src/features/training/deps.ts';

const noBlocks = async (): Promise<KnownBlock[]> => [];

/** What training has of other features, where nothing of theirs is looked at. */
export const ofOthers = {
  resourceCards: noBlocks,
  listGone: () => [],
  reflectOn: () => Promise.reject(new Error('not here')),
  offerNow: noBlocks,
  offerAfter: noBlocks,
  fullNameOf: async () => undefined,
  reflectButton: { text: 'Write a reflection', actionId: 'reflections.write' },
} satisfies Partial<TrainingDeps>;
