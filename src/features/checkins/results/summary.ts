import { sayTally } from '../../../community/suppress.ts';
import { drawApart } from '../../../lib/apart.ts';
import { localDate } from '../../../scheduler/calendar.ts';
import { decodeEntities, type Mrkdwn, sayFullDate } from '../../../slack/text.ts';
import type { FileKind } from '../../feature.ts';
import type { CheckInDeps } from '../deps.ts';
import { summaryKind } from '../ids.ts';
import { said } from '../views.ts';
import { notAllowed } from '../words.ts';
import { type QuestionResult, type Results, readResults } from './results.ts';
import { sayOnPaper, sayResult } from './say.ts';
import type { SummaryPage } from './summary-page.ts';

/**
 * A page to lay on the table when a group talks about a check-in: what the results screen says in numbers, as it was frozen,
 * and nothing else. No words of people's: a file lies in Slack, and what people wrote must not.
 */
export const summaryFile = (deps: CheckInDeps): FileKind => ({
  id: summaryKind,
  says: 'The results on one page for the table, as a Word file, with room for notes. What people wrote in their own words is not on it: that stays in the results.',
  async make(actor, roundId) {
    const results = await readResults(deps, actor, roundId, '');
    if (results.kind === 'not-allowed')
      return { kind: 'refused', answer: said(notAllowed, { title: 'Results' }) };
    if (results.kind !== 'shown' || results.round.definition.mode === 'named')
      return {
        kind: 'refused',
        answer: said(
          'There is nothing here that could go on a page: it shows how a group answered, once it has closed with enough answers.',
          {
            title: 'Results',
          },
        ),
      };
    const page = summaryOf(results, deps.timeZone);
    return {
      kind: 'file',
      name: `${page.title}, ${page.group}, ${localDate(results.round.dueAt, deps.timeZone)}.docx`,
      title: `${page.title}: ${page.group}`,
      content: await drawApart<typeof import('./summary-page.ts').draw>(
        new URL('./summary-page.ts', import.meta.url),
        page,
      ),
    };
  },
});

/** What stands on the page. */
function summaryOf(results: Results & { kind: 'shown' }, zone: string): SummaryPage {
  const { round, askedAt, cohortName, tally, questions, onPaper: papers } = results;
  const { definition, closesAt } = round;
  const day = (at: Date) => sayFullDate(localDate(at, zone));
  return {
    title: definition.label,
    group: cohortName,
    when: `Asked on ${day(askedAt)}${closesAt ? `, closed on ${day(closesAt)}` : ''}.`,
    howMany: `${sayTally(tally, definition.smallest)}${papers === undefined ? '' : ` ${sayOnPaper(papers, definition.smallest)}`}`,
    questions: questions.map((one) => ({
      text: one.question.text,
      says: onPage(one, definition.smallest, zone),
    })),
    cannotSay: `What these figures cannot say: who answered what, why, or what brought it about. ${
      definition.mode === 'private' ? 'Only those are counted who asked to be. ' : ''
    }Of fewer than twelve answers they say only roughly where the group stands, and small numbers are left out, so that nobody can be recognised.`,
  };
}

function onPage(result: QuestionResult, smallest: number, zone: string): string[] {
  if (result.kind === 'words') return ['In people’s own words: read them together in the results, in Slack.'];
  return asPlain(sayResult(result, smallest, zone));
}

/** The lines of the screen without what Slack's markup adds. */
const asPlain = ({ text }: Mrkdwn): string[] =>
  decodeEntities(text)
    .split('\n')
    .map((line) => line.replace(/^• /, '').replace(/^_(.*)_$/, '$1'));
