import type { Feature } from '../feature.ts';
import type { CpdDeps } from './deps.ts';
import { overdueSection } from './home.ts';
import { purge } from './jobs.ts';
import { cpdCommand, listen } from './listeners.ts';
import { sealedColumns } from './store.ts';
import { recordFiles } from './taking/files.ts';
import { openCpd } from './views.ts';

export type { CpdDeps } from './deps.ts';
export { addedToHeld, cpdHeld } from './holdings.ts';

/** Opens the record, for the pages of other features. */
export const cpdButton = openCpd;

/** What somebody wrote and took part in, set out as the record that their regulator asks for: a draft, and theirs alone. */
export function cpd(deps: CpdDeps): Feature {
  return {
    name: 'cpd',
    commands: [cpdCommand(deps)],
    listen: (to) => listen(to, deps),
    jobs: [purge(deps)],
    home: [overdueSection(deps)],
    quickActions: [{ ...openCpd, order: 45, isTakingPart: true }],
    files: recordFiles(deps),
    sealedColumns,
  };
}
