import { stringify } from 'csv-stringify/sync';
import { localDate } from '../../../scheduler/calendar.ts';
import type { FileKind } from '../../feature.ts';
import { programmeKind } from '../ids.ts';
import type { ProgrammeDeps } from './deps.ts';
import { notShown, sharing, taking, whyNotShown } from './measures.ts';
import { fromFirstNumber } from './month.ts';
import { readProgramme } from './page.ts';
import { notTheirs, type Seen } from './views.ts';

const columns = ['time', 'measure', 'value', 'what it is'] as const;

/** All months as a file: what the page says, worked out of nothing else, each number with what it means. */
export function programmeCsv({ months, introduced }: Pick<Seen, 'months' | 'introduced'>): string {
  const rows = [
    ...fromFirstNumber(months).flatMap((month) =>
      [...taking, ...sharing].map(({ label, about, say }) => {
        const said = say(month);
        const from = month.from === undefined ? '' : ` Counted from ${month.from} on.`;
        return [month.month, label, said, `${about}${from}${said === notShown ? ` ${whyNotShown}` : ''}`];
      }),
    ),
    ...introduced
      .toReversed()
      .map(({ quarter, people }) => [
        quarter,
        'People introduced',
        people === 0 ? notShown : `${people} or more`,
        'People who were introduced to a colleague, in steps of five; only of groups, and of everybody, in which five people or more were.',
      ]),
  ];
  return stringify([[...columns], ...rows], { bom: true, escape_formulas: true });
}

export const programmeFile = (deps: ProgrammeDeps): FileKind => ({
  id: programmeKind,
  says: 'The programme over time, month by month, for a spreadsheet (CSV). No group and no person is in it.',
  async make(actor) {
    const seen = await readProgramme(deps, actor);
    if (!seen) return { kind: 'refused', answer: notTheirs };
    const title = `The programme over time, ${localDate(deps.clock.now(), deps.timeZone)}`;
    return { kind: 'file', name: `${title}.csv`, title, content: programmeCsv(seen) };
  },
});
