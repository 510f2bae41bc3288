import type { Core } from '../feature.ts';

export type PreferencesDeps = Core;
