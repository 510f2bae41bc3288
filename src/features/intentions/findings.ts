import { type Count, fewerThan, fewestPeople } from '../../community/suppress.ts';
import type { Db } from '../../db/schema.ts';
import type { Findings, Reported } from '../findings.ts';
import { type Occasion, readCounts } from './counts.ts';

/** Something that is over, as it is called in a report. */
export type NamedOccasion = Occasion & { title: string };

/** What is over in a group and may have been followed by an intention, the first first. */
export type OccasionsOf = (db: Db, group: Reported) => Promise<NamedOccasion[]>;

const about = `How many people; ${fewerThan(fewestPeople)} are not shown, nor what would tell of them. Counted once.`;

/** How many noted something to try, and how many say that they did; never what. */
export const intentionFindings =
  (occasionsOf: OccasionsOf): Findings =>
  async (db, group, now) => {
    const told = [];
    for (const occasion of await occasionsOf(db, group)) {
      const counts = await readCounts(db, occasion, now);
      if (counts.noted !== 'few') told.push({ ...counts, title: occasion.title });
    }
    if (told.length === 0) return [];
    // Columns in which nothing is shown tell a reader nothing.
    const hasParts = told.some(({ apart }) => apart !== undefined);
    return [
      {
        id: 'intentions',
        title: 'What people said they would try',
        parts: [
          {
            kind: 'text',
            text: 'After a check-in people can note one thing they will try. It comes back to them after two weeks and two months, and they say how it went. What they noted is theirs alone; this is how many.',
          },
          {
            kind: 'table',
            id: 'intentions',
            caption: 'How many noted something to try, and tried it',
            columns: [
              { id: 'after', label: 'After', about: 'The check-in after which it was noted.' },
              { id: 'noted', label: 'Noted something', about },
              { id: 'tried', label: 'Tried it, in part at least', about },
              ...(hasParts
                ? [
                    { id: 'done', label: 'Did it', about },
                    { id: 'partly', label: 'Did part of it', about },
                    { id: 'not', label: 'Not, or have not said', about },
                  ]
                : []),
            ],
            rows: told.map(({ title, noted, tried, apart }) => [
              title,
              say(noted),
              tried === undefined ? 'not asked yet' : say(tried),
              ...(apart
                ? [apart.done, apart.partly, apart.not]
                : hasParts
                  ? ['not shown', 'not shown', 'not shown']
                  : []),
            ]),
            note: `How many tried it is counted once, twelve weeks after the check-in. ${
              hasParts
                ? 'The parts are shown only where each is of five people or more.'
                : 'How many did all of it and how many a part is shown only where each is of five people or more.'
            }`,
          },
        ],
      },
    ];
  };

const say = (people: Count): string | number =>
  people === 'few' ? fewerThan(fewestPeople) : people === 'most' ? 'more than half' : people;
