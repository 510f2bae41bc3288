import { type Area, instant, madeBy, rowsOf } from '../../community/holdings.ts';
import { listPeople } from '../../community/people.ts';
import { examplesStay } from '../../community/promises.ts';
import type { Vocabulary } from '../../content/vocabulary.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { openWords } from './curating/store.ts';
import { toExample } from './examples/store.ts';
import { toFlag } from './flagging/store.ts';
import { openNote } from './keeping/note.ts';
import { findAnyQuestion } from './store.ts';

const nameOf = async (db: Db, personId: string): Promise<string> =>
  (await listPeople(db, [personId]))[0]?.displayName || 'A colleague';

/** What is kept of somebody's use of the catalogue. What they looked for is not. */
export const resourcesHeld = (
  vault: Vault,
  {
    titleOf,
    vocabulary,
  }: { titleOf(id: string): string | undefined; vocabulary: Pick<Vocabulary, 'topics'> },
): Area => {
  const title = (id: string) => titleOf(id) ?? id;
  const topic = (id: string) => vocabulary.topics.find((one) => one.id === id)?.label ?? id;
  return {
    id: 'resources',
    title: 'Resources',
    why: 'So that you find them again, and hear what you asked to hear of. What you look for is not kept as yours.',
    apart:
      'What you saved with your notes, what you said of resources, what you suggested, practice examples that wait for the curators, and the topics you follow',
    holdings: [
      rowsOf('saved_resources', {
        id: 'saved',
        what: 'Saved resources, your notes on them encrypted, removed ones for a day',
        isApart: true,
        read: (row) => ({
          Resource: title(row.resource_id),
          Saved: new Date(row.saved_at),
          Note: openNote(vault, row.person_id, row.resource_id, row.note),
          Removed: instant(row.removed_at),
        }),
      }),
      rowsOf('resource_feedback', {
        id: 'feedback',
        what: 'Resources you said something about (it helped, it is out of date, the link is broken)',
        isApart: true,
        read: (row) => ({
          Resource: title(row.resource_id),
          Helped: row.helped === null ? undefined : row.helped === 1,
          'Said its link is broken': instant(row.link_problem_at),
          'Said it is out of date': instant(row.out_of_date_at),
        }),
      }),
      rowsOf('question_waiting', {
        id: 'questions',
        what: 'Questions to the curators of whose answer you want to hear',
        isApart: true,
        remains: 'Words you sent to the curators: they were kept without a name from the beginning.',
        async read(row, db) {
          const question = await findAnyQuestion(db, row.question_id);
          return { Words: question?.words, 'Asked on': question?.askedOn };
        },
      }),
      rowsOf('followed_topics', {
        id: 'followed-topics',
        what: 'Topics of which you want to hear what is new',
        isApart: true,
        read: (row) => ({ Topic: topic(row.topic_id), Since: new Date(row.since) }),
      }),
      rowsOf('resource_shares', {
        id: 'shares',
        what: 'That you passed something on to a colleague: what, to whom and when, for 30 days',
        read: async (row, db) => ({
          Resource: title(row.resource_id),
          To: await nameOf(db, row.receiver_id),
          On: new Date(row.shared_at),
        }),
      }),
      rowsOf(
        'resource_shares',
        {
          id: 'shares-received',
          what: 'That a colleague passed something on to you: what, who and when, for 30 days',
          read: async (row, db) => ({
            Resource: title(row.resource_id),
            From: await nameOf(db, row.person_id),
            On: new Date(row.shared_at),
          }),
        },
        'receiver_id',
      ),
      rowsOf('share_stops', {
        id: 'share-stops',
        what: 'Colleagues whose shares you have stopped',
        read: async (row, db) => ({ Colleague: await nameOf(db, row.sharer_id), Since: new Date(row.since) }),
      }),
      {
        ...rowsOf('share_stops', { id: 'stopped-by-others', what: '', read: () => ({}) }, 'sharer_id'),
        what: 'Colleagues who stopped your shares, which is theirs to know',
        // Whoever stopped them is not told on.
        count: async () => 0,
        read: async () => [],
      },
      {
        ...rowsOf('resource_suggestions', {
          id: 'suggestions',
          what: 'Resources you suggested',
          isApart: true,
          read: (row) => ({
            Title: row.title,
            Address: row.url,
            Why: row.why ?? undefined,
            Suggested: new Date(row.suggested_at),
            Stands: row.status,
          }),
        }),
        remains: 'Entries of the catalogue that came of a suggestion of yours: they never had your name.',
      },
      {
        ...rowsOf('practice_examples', {
          id: 'practice-examples',
          what: 'Practice examples you sent to the curators, until you are told what became of them',
          isApart: true,
          read: (row) => {
            const example = toExample(vault, row);
            return { Sent: new Date(row.sent_at), Title: example?.title, Words: example?.text };
          },
        }),
        remains: examplesStay,
        before:
          'A practice example that still waits leaves the queue of the curators at once. Whoever looks at the queue, and hears that you are gone, could tell that it was yours. To keep that apart, take it back in your journal some days before.',
      },
      rowsOf('wording_flags', {
        id: 'wording-flags',
        what: 'What you said of our words, and wait to hear of',
        isApart: true,
        read: (row) => {
          const flag = toFlag(vault, row);
          return {
            About: row.item,
            Sent: new Date(row.sent_at),
            Words: flag?.what,
            'Better words': flag?.better || undefined,
          };
        },
      }),
      rowsOf('curators_words', {
        id: 'curators-words',
        what: 'What curators wrote to you',
        isApart: true,
        read: (row) => ({ Written: new Date(row.said_at), Words: openWords(vault, row) }),
      }),
      madeBy('resource_suggestions', 'decided_by', {
        id: 'suggestions-decided',
        what: 'Suggestions you decided on',
        remains: 'That a suggestion was decided on, without your name.',
        read: (row) => ({ Title: row.title, Decided: instant(row.decided_at), As: row.status }),
      }),
      madeBy('catalogue_versions', 'changed_by', {
        id: 'catalogue-changes',
        what: 'Changes you made to the catalogue',
        remains: 'Changes you made to the catalogue, without your name: they are the programme’s.',
        read: (row) => ({
          Entry: title(row.entry_id),
          Version: row.version,
          Changed: new Date(row.changed_at),
        }),
      }),
      madeBy('topic_phrases', 'added_by', {
        id: 'topic-phrases',
        what: 'Words you added to a topic',
        remains: 'Words you added to topics, without your name.',
        read: (row) => ({ Topic: topic(row.topic_id), Words: row.phrase, Added: new Date(row.added_at) }),
      }),
      madeBy('contact_checks', 'checked_by', {
        id: 'contact-checks',
        what: 'Support contacts you checked',
        remains: 'On which day a contact was checked, without your name.',
        read: (row) => ({ Contact: row.contact_id, 'Checked on': row.checked_on }),
      }),
      madeBy('channel_news', 'turned_on_by', {
        id: 'channel-news',
        what: 'Channels for which you turned weekly news on',
        remains: 'That a channel gets news each week, without your name.',
        read: (row) => ({ Channel: row.channel_id, Since: new Date(row.since) }),
      }),
      rowsOf(
        'catalogue_imports',
        {
          id: 'catalogue-lists',
          what: 'Lists of entries you looked at and did not import, for a day',
          read: (row) => ({ Brought: new Date(row.created_at), Entries: row.rows }),
        },
        'created_by',
      ),
    ],
  };
};
