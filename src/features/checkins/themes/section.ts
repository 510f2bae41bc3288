import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import type { Section } from '../../findings.ts';
import type { CheckInDeps } from '../deps.ts';
import { type Closed, quoted } from '../reporting/rounds.ts';
import { readThemes } from './store.ts';
import { countComments } from './tag.ts';

/**
 * What people's words were about, as those who run the group sorted them. No sum of all comments is said, and one comment
 * may be about several things, so none that is left out can be worked out.
 */
export async function themeSection(
  deps: CheckInDeps,
  cohortId: string,
  closed: readonly Closed[],
): Promise<Section | undefined> {
  const { themes } = await readThemes(deps.db, deps.vault, cohortId);
  const byRound = await Promise.all(
    closed.map(async (one) => ({
      one,
      counts: await countComments(deps, themes, [one.results.round.id]),
    })),
  );
  const found = themes.flatMap(({ id, label }) => {
    const rounds = byRound.filter(({ counts }) => counts.has(id));
    const comments = rounds.reduce((sum, { counts }) => sum + (counts.get(id) ?? 0), 0);
    return comments > 0 ? [{ label, comments, rounds: rounds.map(({ one }) => one) }] : [];
  });
  if (found.length === 0) return undefined;
  const isShown = ({ comments }: { comments: number }) => comments >= fewestPeople;
  const shown = found
    .filter(isShown)
    .toSorted((one, other) => other.comments - one.comments || byLabel(one, other));
  // In no order of size: that would tell which of them has fewer.
  const few = found.filter((one) => !isShown(one)).toSorted(byLabel);
  const [first] = shown;
  return {
    id: 'themes',
    title: 'What people’s words were about',
    parts: [
      {
        kind: 'text',
        text: 'Those who run the group read what people wrote, named what it was about, and sorted it. Words of people who wanted them used for nothing are not counted. One comment can be about several things, and one person may have made several comments, so numbers do not add up and are no numbers of people.',
      },
      {
        kind: 'table',
        id: 'themes',
        caption: 'Themes',
        columns: [
          { id: 'theme', label: 'Theme', about: 'As those who run the group named it.' },
          {
            id: 'comments',
            label: 'Comments',
            about: `How many comments were about it. Numbers below five are not given.`,
          },
          {
            id: 'asked',
            label: 'In answer to',
            about: 'The check-ins in which they were made, and when people were asked.',
          },
        ],
        rows: [
          ...shown.map(({ label, comments, rounds }) => [label, comments, saysRounds(rounds)]),
          ...few.map(({ label }) => [label, fewerThan(fewestPeople), '']),
        ],
      },
      ...(first && shown.length > 1
        ? [
            {
              kind: 'chart' as const,
              type: 'bars' as const,
              title: 'Comments by theme',
              finding: `Most comments were about ${quoted(first.label)}: ${first.comments}.`,
              unit: 'Comments',
              from: 0,
              points: shown.map(({ label, comments }) => ({ label, value: comments })),
            },
          ]
        : []),
    ],
  };
}

const byLabel = (one: { label: string }, other: { label: string }): number =>
  one.label.localeCompare(other.label);

/** "Weekly pulse, 4 March 2026 and 6 times more until 22 April 2026; Looking back, 6 May 2026" */
function saysRounds(rounds: readonly Closed[]): string {
  const byCheckin = Map.groupBy(rounds, ({ checkin }) => checkin.id);
  return [...byCheckin.values()]
    .flatMap(([first, ...more]) => {
      const last = more.at(-1);
      if (!first) return [];
      const { label } = first.results.round.definition;
      return `${label}, ${first.on}${last ? ` and ${more.length === 1 ? 'on' : `${more.length} times more until`} ${last.on}` : ''}`;
    })
    .join('; ');
}
