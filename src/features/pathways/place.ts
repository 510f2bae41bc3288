import { z } from 'zod';
import { packed } from '../../slack/packed.ts';
import { boroughs } from './content.ts';

const id = z
  .string()
  .regex(/^[a-z0-9-]{1,60}$/)
  .optional()
  .catch(undefined);

/** What somebody looks at. Nothing in it is theirs: no words, only what was chosen or understood. */
export const packedPlace = packed(':', {
  /** Left out: where somebody begins. */
  need: id,
  age: id,
  borough: z.enum(boroughs).optional().catch(undefined),
  /** With everything that is known of each step. */
  all: z.literal('all').optional().catch(undefined),
});
export type Place = NonNullable<ReturnType<typeof packedPlace.open>>;
