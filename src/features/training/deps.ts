import type { AttendanceDeps } from './attendance/deps.ts';
import type { ModuleDeps } from './module/deps.ts';

export type TrainingDeps = ModuleDeps &
  AttendanceDeps & {
    /** The public address of the bot, below which calendars ask for what people have booked; undefined: none can, so none are offered. */
    feedsAt: string | undefined;
  };
