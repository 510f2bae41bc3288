import type { Button } from '@slack/types';
import type { Actor } from '../../community/permissions.ts';
import type { AttendanceDeps } from './attendance/deps.ts';
import type { ModuleDeps } from './module/deps.ts';
import type { PackDeps } from './pack/deps.ts';

export type TrainingDeps = ModuleDeps &
  AttendanceDeps &
  PackDeps & {
    /** The public address of the bot, below which calendars ask for what people have booked; undefined: none can, so none are offered. */
    feedsAt: string | undefined;
    /** To checklists with which somebody prepares for something, where they have one. */
    prepareButtons(actor: Actor): Promise<Button[]>;
  };
