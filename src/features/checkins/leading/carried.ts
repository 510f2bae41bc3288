import { z } from 'zod';
import { packed, placeNumber } from '../../../slack/packed.ts';

/** What can be done to a check-in that somebody runs. */
const deeds = z.enum(['pause', 'resume', 'skip', 'unskip', 'edit', 'move', 'cancel', 'delete']);
export type What = z.output<typeof deeds>;
/** What is done to which, and the page it stood on. */
export const ledChoice = packed('|', { what: deeds, id: z.string(), page: placeNumber });
