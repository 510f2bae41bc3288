import { findCohort } from '../../community/cohorts.ts';
import {
  type Area,
  type Holding,
  type Item,
  instant,
  labelled,
  madeBy,
  rowsOf,
} from '../../community/holdings.ts';
import { whoSeesAnswered } from '../../community/promises.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { Random } from '../../lib/random.ts';
import { cancelQueued } from '../../outbox/outbox.ts';
import './tables.ts';
import type { Answers } from './answering/draft.ts';
import { deleteKeysOf, findAnswers, findDraft, listAllKeysOf, removeAnswers } from './answering/store.ts';
import { changeParticipation, listRoundsAnsweredBy } from './asking/store.ts';
import { readList } from './paper/store.ts';
import { sayAnswer } from './question-kinds.ts';
import { inWords as quoteInWords } from './quoting/mine.ts';
import { deleteQuotesOf, listQuotes, markOfPerson, type QuoteStatus } from './quoting/store.ts';
import { takeNameOff } from './results/heard/store.ts';
import { openNote } from './results/store.ts';
import { findCheckIn, findRound, holdOpen, type Round } from './store.ts';

const inGroupMode =
  'What you answered in check-ins without names: it lies among the others, and nobody can tell which is yours, not even this program. It goes with the check-in.';

/** What is kept of somebody's check-ins. Answers that nobody can tell are theirs are not among them. */
export const checkinsHeld = (sealing: { vault: Vault; random: Random }): Area => {
  const { vault } = sealing;
  return {
    id: 'checkins',
    title: 'Check-ins',
    why: `So that you are asked once. What you answered under your name, for yourself or by a random key you can see again, and change while its check-in is open; what you answered without your name lies among the others, and can be neither shown nor changed. ${whoSeesAnswered}`,
    apart:
      'What you answered under your name, for yourself, or by a random key, what you began, and notes on results. Check-ins without names: nobody can tell which answers are yours, so they stay',
    holdings: [
      linkedAnswers(sealing),
      ownAnswers(vault),
      quotesHeld(vault),
      draftsHeld(vault),
      {
        ...rowsOf('participations', {
          id: 'participations',
          what: 'Check-ins you were asked for, and whether you answered',
          async read(row, db) {
            const round = await findRound(db, row.round_id);
            return {
              ...(round && aboutRound(round)),
              Stands: row.status,
              'Put off': row.later_count,
              'Counted in the group summary': row.shared === 1,
            };
          },
        }),
        remains: inGroupMode,
      },
      rowsOf('paper_people', {
        id: 'on-paper',
        what: 'Open check-ins you answered on paper, as those who run your group noted',
        async read(row, db) {
          const round = await findRound(db, row.round_id);
          return round ? aboutRound(round) : {};
        },
      }),
      rowsOf('paper_lists', {
        id: 'paper-lists',
        what: 'Lists of answers on paper that you brought, and papers you began, not taken in yet, for a day',
        async read(row, db) {
          const { id, round_id: roundId, person_id: personId } = row;
          const papers = (await readList(db, vault, { id, roundId, personId })) ?? [];
          return { Brought: new Date(row.brought_at), Papers: papers.length };
        },
      }),
      rowsOf('round_notes', {
        id: 'round-notes',
        what: 'Notes you wrote, or began, on results that you can read',
        isApart: true,
        async read(row, db) {
          const round = await findRound(db, row.round_id);
          const note = openNote(vault, row);
          return {
            ...(round && aboutRound(round)),
            Note: note?.text,
            Begun: note?.begun,
            Noted: new Date(row.noted_at),
          };
        },
      }),
      rowsOf('checkin_wishes', {
        id: 'checkin-wishes',
        what: 'Check-ins of which you were asked whether you want them',
        read: async (row, db) => ({ 'Check-in': await labelOf(db, row.checkin_id), 'You said': row.wish }),
      }),
      rowsOf('checkin_optouts', {
        id: 'checkin-stops',
        what: 'Check-ins you asked not to get',
        read: async (row, db) => ({ 'Check-in': await labelOf(db, row.checkin_id) }),
      }),
      rowsOf('checkin_plans', {
        id: 'checkin-plans',
        what: 'Check-ins you planned, or began to',
        read: (row) => ({ 'Last changed': new Date(row.changed_at), Plan: row.plan }),
      }),
      madeBy('checkins', 'created_by', {
        id: 'checkins-made',
        what: 'Check-ins you scheduled for a group',
        remains: 'Check-ins you scheduled, without your name: a group answers them.',
        read: async (row, db) => ({
          'Check-in': (await findCheckIn(db, row.id))?.definition.label,
          Group: row.cohort_id === null ? undefined : (await findCohort(db, row.cohort_id))?.name,
          Made: new Date(row.created_at),
        }),
      }),
      {
        ...madeBy('given_back', 'written_by', {
          id: 'given-back',
          what: 'What you told a group of its results',
          remains:
            'What you told a group of its results, without your name: it is theirs. What was posted stays where it was posted.',
          async read(row, db) {
            const round = await findRound(db, row.round_id);
            return { ...(round && aboutRound(round)), Posted: instant(row.posted_at) };
          },
        }),
        forget: (db, personId) => takeNameOff(db, sealing, personId),
      },
    ],
  };
};

/** Found by the mark of whose they are, and their words among the answers. */
const quotesHeld = (vault: Vault): Holding => ({
  id: 'quotes',
  what: 'Words of yours you were asked to let stand in a report, and what you said',
  where: ['quotes.asked_of'],
  isApart: true,
  remains: 'What stands in a report that is closed, without your name: it was closed with your yes.',
  count: async (db, personId) => (await listQuotes(db, { askedOf: markOfPerson(vault, personId) })).length,
  async read(db, personId) {
    const items: Item[] = [];
    for (const quote of await listQuotes(db, { askedOf: markOfPerson(vault, personId) })) {
      const own = await quoteInWords(db, vault, personId, quote);
      items.push({
        ...(own && { ...aboutRound(own.round), Words: own.says }),
        'You said': sayDecided[quote.status],
      });
    }
    return items;
  },
  forget: (db, personId) => deleteQuotesOf(db, markOfPerson(vault, personId)),
});

/** That those who run the group left them out is theirs. */
const sayDecided: Record<QuoteStatus, string> = {
  asked: 'Not answered',
  chosen: 'Yes',
  allowed: 'Yes',
  'left-out': 'Yes',
  declined: 'No',
  'taken-back': 'Yes, and then taken back',
};

const ownAnswers = (vault: Vault): Holding => {
  const rows = rowsOf('own_answers', {
    id: 'own-answers',
    what: 'Check-ins you answered under your name, or for yourself alone',
    isApart: true,
    remains:
      'Summaries of check-ins that have closed: they were worked out once, and show no number that tells of fewer than five people.',
    async read(row, db) {
      const round = await findRound(db, row.round_id);
      if (!round) return {};
      const answers = await findAnswers(db, vault, round, { personId: row.person_id });
      return inWords(round, answers);
    },
  });
  return {
    ...rows,
    async forget(db, personId, now) {
      await rows.forget(db, personId, now);
      // After the linked ones, which are found by what they answered.
      await withdraw(db, personId);
    },
  };
};

/** Found by the random keys that only the person's own key opens. */
const linkedAnswers = (sealing: { vault: Vault; random: Random }): Holding => {
  const { vault } = sealing;
  return {
    ...rowsOf('answer_keys', { id: 'linked-answers', what: '', read: () => ({}) }),
    what: 'Random keys that join your answers before and after, apart from your name',
    isApart: true,
    elsewhere: async (db, personId) => ({ keys: await listAllKeysOf(db, vault, personId) }),
    async read(db, personId) {
      const items: Item[] = [];
      const rounds = (await answeredRounds(db, personId)).filter(isLinked);
      for (const key of await listAllKeysOf(db, vault, personId))
        for (const round of rounds) {
          const answers = await findAnswers(db, vault, round, { key });
          if (Object.keys(answers).length > 0) items.push(inWords(round, answers));
        }
      return items;
    },
    async forget(db, personId) {
      const rounds = (await answeredRounds(db, personId)).filter(isLinked);
      for (const key of await listAllKeysOf(db, vault, personId))
        for (const round of rounds) {
          // While it is open, somebody else may be sending theirs.
          if (round.status === 'open') await holdOpen(db, round.id);
          if (Object.keys(await findAnswers(db, vault, round, { key })).length > 0)
            await removeAnswers(db, sealing, round, { key });
        }
      await deleteKeysOf(db, personId);
    },
  };
};

const isLinked = ({ definition }: Round): boolean => definition.mode === 'linked';

/** Those that somebody answered, without the ones where nobody can tell which answers are theirs. */
const answeredRounds = async (db: Db, personId: string): Promise<Round[]> =>
  (await listRoundsAnsweredBy(db, personId)).filter(({ definition }) => definition.mode !== 'group');

/** What they can answer again is as if they had not. */
async function withdraw(db: Db, personId: string): Promise<void> {
  for (const { id, status } of await answeredRounds(db, personId))
    await changeParticipation(db, id, personId, ['answered'], {
      status: 'withdrawn',
      // Once it has closed, the summary stays as it is, and so does whose choices are in it.
      ...(status === 'open' && { shared: false }),
    });
}

const aboutRound = ({ definition, dueAt }: Round): Item => ({ 'Check-in': definition.label, Asked: dueAt });

const inWords = (round: Round, answers: Answers): Item =>
  labelled([
    ...Object.entries(aboutRound(round)),
    ...round.definition.questions.flatMap((question) => {
      const given = answers[question.id];
      return given === undefined ? [] : [[question.text, sayAnswer(question, given)] as const];
    }),
  ]);

const labelOf = async (db: Db, checkinId: string): Promise<string> =>
  (await findCheckIn(db, checkinId))?.definition.label ?? 'A check-in that is no longer there';

/** With them goes the message that they are about to go. */
function draftsHeld(vault: Vault): Holding {
  const drafts = rowsOf('answer_drafts', {
    id: 'answer-drafts',
    what: 'Check-in forms you began and did not send',
    isApart: true,
    async read(row, db) {
      const round = await findRound(db, row.round_id);
      const draft = await findDraft(db, vault, row.round_id, row.person_id);
      return round && draft ? inWords(round, draft.answers) : {};
    },
  });
  return {
    ...drafts,
    async forget(db, personId, now) {
      await drafts.forget(db, personId, now);
      await cancelQueued(db, { personId, kind: 'checkins.unfinished' }, 'deleted');
    },
  };
}
