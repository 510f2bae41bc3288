import type { Core } from '../feature.ts';
import type { Training } from './content.ts';

export type TrainingDeps = Core & {
  training: Training;
};
