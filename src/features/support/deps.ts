import type { Signposts } from '../../safeguarding/signposts.ts';
import type { Core } from '../feature.ts';

export type SupportDeps = Pick<Core, 'clock'> & { signposts: Signposts };
