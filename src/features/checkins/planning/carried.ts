import { z } from 'zod';
import { doubt } from '../../../safeguarding/warning.ts';
import { packed, packedJson } from '../../../slack/packed.ts';
import { ownKind } from '../question-kinds.ts';

/** What was chosen so far is kept; windows and buttons carry which. */
export const packedPlan = packed('|', { id: z.string().min(1).max(80) });

/** What was scheduled, and the plan it came of: sent again after it was taken back, that is another. */
export const packedUndo = packed('|', {
  id: z.string().min(1).max(80),
  plan: z.string().min(1).max(80),
});

/** The screens on the way to a check-in. */
export const screens = ['who', 'words', 'questions', 'when', 'how', 'check'] as const;
export type Screen = (typeof screens)[number];
/** Another screen of it. */
export const packedScreen = packed('|', {
  to: z.enum(screens),
  id: z.string().min(1).max(80),
});

/** What the choice of questions says besides a template: an earlier check-in. */
export const packedCopy = packed(':', { what: z.literal('copy'), id: z.string().min(1) });

/** What the choice of days says besides the group's own: a session. */
export const packedSession = packed(':', { what: z.literal('session'), id: z.string() });

const planId = z.string().min(1).max(80);
/** What members read around the questions, and whether it seemed to hold identifying detail. */
export const packedWords = packedJson(z.object({ id: planId, doubt: doubt.default('none') }));

/** A question on its two screens. */
const atQuestion = z.object({
  id: planId,
  /** Which is edited; none: a new one. */
  question: z.string().max(80).optional(),
  kind: ownKind.optional(),
  measure: z.string().max(80).optional(),
  doubt: doubt.default('none'),
});
export type AtQuestion = z.output<typeof atQuestion>;
export const packedQuestion = packedJson(atQuestion);
