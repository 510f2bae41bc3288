import type { Feature } from '../feature.ts';
import type { EvaluationDeps } from './deps.ts';
import { reportFiles } from './documents/files.ts';
import { ids } from './ids.ts';
import { listenToReports, openReport, reportPages } from './listeners.ts';
import { countMonthsJob } from './programme/count-months.ts';
import type { ProgrammeDeps } from './programme/deps.ts';
import { programmeFile } from './programme/file.ts';
import { listenToProgramme, programmePage, programmeSection } from './programme/page.ts';
import { readReport } from './report/read.ts';
import { sealedCounts } from './report/store.ts';
import { noFile } from './report/views.ts';
import { sealedReports } from './store.ts';
import { countWeeksJob } from './use/count-weeks.ts';
import { useFindings } from './use/findings.ts';
import { createUse } from './use/hearing.ts';

export { evaluationHeld, useHeld } from './holdings.ts';
export { reportedUntil } from './store.ts';

/** For the card of a group: its report. */
export const reportButton = { text: 'Report', actionId: ids.open, needs: 'checkins.results' } as const;
/** Stands where groups are made. */
export const reportsButton = { text: 'Reports', actionId: ids.list, needs: 'checkins.results' } as const;

/**
 * The report of a group, from what was collected as it went on; the plan of check-ins that makes it comparable; and the
 * programme over time, counted as it happens.
 */
export function evaluation(deps: EvaluationDeps & ProgrammeDeps): Feature {
  const use = createUse(deps);
  return {
    name: 'evaluation',
    commands: [
      {
        word: 'report',
        aliases: ['reports', 'evaluation'],
        needs: 'checkins.results',
        help: {
          does: 'The report of a group you run, put together from what it answered and did; ready for a board.',
          example: 'report',
          group: 'lead',
        },
        run: (call) => openReport(deps, call),
      },
    ],
    listen(to) {
      listenToReports(to, deps);
      listenToProgramme(to, deps);
    },
    jobs: [use.job, countWeeksJob(deps), countMonthsJob(deps)],
    hears: use.hears,
    home: [programmeSection(deps)],
    homePages: [...reportPages(deps), programmePage(deps)],
    files: [
      ...reportFiles({
        async read(actor, about) {
          const found = await readReport(deps, actor, about);
          return found.kind === 'report' ? found : { kind: 'refused', answer: noFile[found.kind] };
        },
      }),
      programmeFile(deps),
    ],
    findings: useFindings,
    sealedColumns: [sealedReports, sealedCounts],
  };
}
