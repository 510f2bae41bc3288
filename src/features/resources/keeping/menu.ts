import { z } from 'zod';
import { packed } from '../../../slack/packed.ts';
import { verdicts } from './rate.ts';

/** What older lists have in their menus as well: 'read', and every verdict. */
const deeds = ['open', 'save', 'unsave', 'note', 'read', 'reflect', 'share', 'more', ...verdicts] as const;

export type Deed = (typeof deeds)[number];

/** An option of the menu beside an entry. The entry that counts is in the id of its block: see `packedEntry`. */
export const packedDeed = packed(':', { deed: z.enum(deeds), resourceId: z.string().optional() });
