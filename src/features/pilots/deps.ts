import type { Retention } from '../../content/retention.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core, PilotParts } from '../feature.ts';
import type { PilotTemplate } from './content.ts';
import type { Checklist } from './preparing/checklist.ts';

export type PilotDeps = Core & {
  templates: readonly PilotTemplate[];
  checklists: readonly Checklist[];
  daysOff: DaysOff;
  retention: Pick<Retention, 'preparation-ticks'>;
  vault: Vault;
  /** What a pilot is put together from, by the features that have it. */
  parts: PilotParts;
};
