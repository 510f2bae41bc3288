import type { Feature } from '../feature.ts';
import type { EvaluationDeps } from './deps.ts';
import { reportFiles } from './documents/files.ts';
import { ids } from './ids.ts';
import { listenToReports, reportCommand, reportPages } from './listeners.ts';
import { sealedCounts } from './report/counted.ts';
import { readReport } from './report/read.ts';
import { noFile } from './report/views.ts';
import { sealedReports } from './store.ts';

export { evaluationHeld } from './holdings.ts';
export { reportedUntil } from './store.ts';

/** For the card of a group: its report. */
export const reportButton = { text: 'Report', actionId: ids.open, needs: 'checkins.results' } as const;
/** Stands where groups are made. */
export const reportsButton = { text: 'Reports', actionId: ids.list, needs: 'checkins.results' } as const;

/** The report of a group, from what was collected as it went on; and the plan of check-ins that makes it comparable. */
export function evaluation(deps: EvaluationDeps): Feature {
  return {
    name: 'evaluation',
    commands: [reportCommand(deps)],
    listen: (to) => listenToReports(to, deps),
    homePages: reportPages(deps),
    files: reportFiles({
      async read(actor, about) {
        const found = await readReport(deps, actor, about);
        return found.kind === 'report' ? found : { kind: 'refused', answer: noFile[found.kind] };
      },
    }),
    sealedColumns: [sealedReports, sealedCounts],
  };
}
