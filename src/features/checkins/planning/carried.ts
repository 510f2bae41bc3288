import { z } from 'zod';
import { packed } from '../../../slack/packed.ts';

/** What was chosen so far is kept; windows and buttons carry which. */
export const packedPlan = packed('|', { id: z.string().min(1).max(80) });

/** The screens on the way to a check-in. */
export const screens = ['who', 'words', 'questions', 'when', 'how', 'check'] as const;
export type Screen = (typeof screens)[number];
/** Another screen of it. */
export const packedScreen = packed('|', {
  to: z.enum(screens),
  id: z.string().min(1).max(80),
});
