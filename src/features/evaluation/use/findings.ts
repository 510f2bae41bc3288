import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import { dayAfter } from '../../../lib/clock.ts';
import { count, list, sayFullDate } from '../../../slack/text.ts';
import type { Findings, Part } from '../../findings.ts';
import { endOfWeek, monthOf, sayMonth } from './periods.ts';
import { listCountedWeeks } from './store.ts';

/** A chart takes no more, and a table is read no further. */
const mostWeeks = 13;

/** How often a group looked something up, in weeks in which five people or more did. */
export const useFindings: Findings = async (db, { cohortId, from, until }) => {
  // A week belongs to the report in whose time it is counted, on the Monday after it, so that it is in one alone.
  const weeks = await listCountedWeeks(db, {
    cohortId,
    from: dayAfter(from, -7),
    until: dayAfter(until, -7),
  });
  if (weeks.length === 0) return [];
  const isByMonth = weeks.length > mostWeeks;
  const times = [...Map.groupBy(weeks, ({ week }) => (isByMonth ? monthOf(endOfWeek(week)) : week))].map(
    ([time, all]) => ({
      label: isByMonth ? sayMonth(time) : sayFullDate(time),
      weeks: all.length,
      uses: all.reduce((sum, { uses }) => sum + uses, 0),
      missed: all.reduce((sum, { missed }) => sum + missed, 0),
    }),
  );
  const uses = times.reduce((sum, one) => sum + one.uses, 0);
  // Of those that are shown, so that no row can be worked out from it.
  const missed = times.reduce((sum, one) => sum + (one.missed < fewestPeople ? 0 : one.missed), 0);
  const parts: Part[] = [
    {
      kind: 'text',
      text: `In ${count(weeks.length, 'week', 'weeks')} five people or more of the group looked something up in the catalogue or the pathways, at least ${uses} times together.${
        missed === 0
          ? ''
          : ` At least ${missed} of these found nothing, which tells the curators what is missing.`
      }`,
    },
    {
      kind: 'table',
      id: 'resources',
      caption: isByMonth ? 'Look-ups by month' : 'Look-ups by week',
      columns: [
        isByMonth
          ? { id: 'month', label: 'Month', about: 'A week belongs to the month in which it ends.' }
          : { id: 'week', label: 'Week from', about: 'The Monday on which the week began.' },
        ...(isByMonth
          ? [
              {
                id: 'weeks',
                label: 'Weeks',
                about:
                  'In how many weeks of it five people or more looked something up. Others are not in it.',
              },
            ]
          : []),
        {
          id: 'look-ups',
          label: 'Look-ups, at least',
          about:
            'How often members of the group looked something up, of each week in steps of five, however many people that was: at least five. Those who run the group are not counted. Who is in several groups counts in the one they joined first.',
        },
        {
          id: 'found-nothing',
          label: 'Found nothing, at least',
          about: `How many of the look-ups found nothing, in steps of five; ${fewerThan(fewestPeople)} are not counted out.`,
        },
      ],
      rows: times.map((one) => [
        one.label,
        ...(isByMonth ? [one.weeks] : []),
        one.uses,
        one.missed < fewestPeople ? fewerThan(fewestPeople) : one.missed,
      ]),
      note: 'Counted as it happens, without who it was; each week once, after its end, and in steps of five. Weeks in which fewer than five people, or nobody, looked something up are left out. Those who run the group are not counted, and who is in several groups counts in the one they joined first.',
    },
  ];
  if (times.length > 1)
    parts.push({
      kind: 'chart',
      type: 'bars',
      title: isByMonth ? 'Look-ups by month' : 'Look-ups by week',
      finding: `At least ${list(times.map(({ label, uses: value }) => `${value} ${isByMonth ? 'in' : 'from'} ${label}`))}.`,
      unit: 'Look-ups, at least',
      points: times.map(({ label, uses: value }) => ({ label, value })),
    });
  return [{ id: 'resources', title: 'Use of the resources', parts }];
};
