import { fewerThan, showTally, type Tally } from '../../../community/suppress.ts';
import type { Db } from '../../../db/schema.ts';
import type { Vault } from '../../../lib/crypto.ts';
import type { Section } from '../../findings.ts';
import type { Mode } from '../content.ts';
import { findFrozen } from '../results/store.ts';
import { isStartedByMembers } from '../store.ts';
import type { Closed } from './rounds.ts';

const kept: Record<Mode, string> = {
  group: 'without names',
  linked: 'under a random key, apart from names',
  named: 'with names; counted here without them',
  private: 'for themselves; counted where they asked for it',
};

/** Who was asked what, when and how, and how many answered: as it was when each closed. */
export async function responseSection(
  db: Db,
  vault: Vault,
  closed: readonly Closed[],
): Promise<Section | undefined> {
  const rows: { cells: (string | number)[]; paper: string | number | undefined }[] = [];
  let isHidden = false;
  for (const { checkin, results, on } of closed) {
    const { round, occasion } = results;
    const { mode, smallest } = round.definition;
    // As those who run the group know it: members of a pilot read "After a session" after each.
    const { label } = checkin.definition;
    const tally = await tallyThen(db, vault, results);
    const shown = showTally(tally, smallest);
    // That somebody has started one is theirs to know.
    if (shown === 'few' && isStartedByMembers(checkin)) continue;
    isHidden ||= typeof shown !== 'number';
    const papers = 'onPaper' in results ? results.onPaper : undefined;
    rows.push({
      // What matters most on a small screen stands first.
      cells: [
        occasion === undefined ? label : `${label} (${occasion})`,
        shown === 'few' ? fewerThan(smallest) : shown === 'most' ? 'more than half' : shown,
        on,
        isStartedByMembers(checkin) ? `${kept[mode]}; whenever there was something to say` : kept[mode],
      ],
      paper: papers === undefined ? undefined : papers < smallest ? fewerThan(smallest) : papers,
    });
  }
  const title = 'Who was asked, and how many answered';
  if (rows.length === 0)
    return {
      id: 'response',
      title,
      parts: [{ kind: 'text', text: 'No questions to this group have closed in this time.' }],
    };
  const hasPaper = rows.some(({ paper }) => paper !== undefined);
  return {
    id: 'response',
    title,
    parts: [
      {
        kind: 'text',
        text: 'Members of the group were asked in Slack, by a message to each of them. Answering was voluntary, as a whole and question by question.',
      },
      {
        kind: 'table',
        id: 'response',
        caption: 'Answers to each set of questions',
        columns: [
          { id: 'questions', label: 'Questions', about: 'What the set of questions is called.' },
          {
            id: 'answered',
            label: 'Answered',
            about:
              'People who answered in Slack. No number below five; and none where fewer than five had not answered, since it would tell how few: then “more than half”.',
          },
          { id: 'asked', label: 'Asked on', about: 'The day on which people were asked.' },
          {
            id: 'kept',
            label: 'How answers were kept',
            about: 'What people were told when they were asked.',
          },
          ...(hasPaper
            ? [
                {
                  id: 'paper',
                  label: 'Answered on paper',
                  about: 'Answers on paper, which are in no other number. No number below five.',
                },
              ]
            : []),
        ],
        rows: rows.map(({ cells, paper }) => (hasPaper ? [...cells, paper ?? 'none'] : cells)),
        ...(isHidden && {
          note: 'Small numbers are not said, nor large ones that would tell how few did not answer.',
        }),
      },
      ...(hasPaper
        ? [
            {
              kind: 'text' as const,
              text: 'Some answered on paper. Those who run the group typed these answers in and have seen each of them, so they are summed up apart from the others, and said to be from paper.',
            },
          ]
        : []),
    ],
  };
}

/** As it was when it closed: nobody who goes later changes it. */
async function tallyThen(db: Db, vault: Vault, { round, tally }: Closed['results']): Promise<Tally> {
  const frozen = await findFrozen(db, vault, round.id);
  if (!frozen) return tally;
  const readers = Math.max(frozen.notCounted.length, tally.readers);
  return { answered: frozen.answered, readers, silent: frozen.silent };
}
