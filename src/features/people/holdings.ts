import { type Area, rowsOf } from '../../community/holdings.ts';
import type { Vault } from '../../lib/crypto.ts';
import './tables.ts';
import { openDraft, toQuestion } from './asking/store.ts';
import { toListing } from './listing/store.ts';

/** How somebody is found, what they asked, and what was put to them. */
export const peopleHeld = (vault: Vault): Area => ({
  id: 'people',
  title: 'How colleagues find you, and what you ask them',
  why: 'So that colleagues find each other. Your words are encrypted. Whether you are listed stands among your choices.',
  apart: 'How you are listed, and your questions to colleagues',
  holdings: [
    rowsOf('listings', {
      id: 'listing',
      what: 'What you are happy to be asked about, and the name you are listed under',
      isApart: true,
      read(row) {
        const { name, askAbout, takesQuestions, askedOn } = toListing(vault, row);
        return {
          'Listed under': name || undefined,
          'Happy to be asked about': askAbout || undefined,
          'Questions may be put to you': takesQuestions,
          'Last put to you on': askedOn,
        };
      },
    }),
    rowsOf('people_questions', {
      id: 'questions-to-colleagues',
      what: 'Questions you put to colleagues',
      isApart: true,
      read(row) {
        const { words, askedAt, endsAt, isPosted } = toQuestion(vault, row);
        return {
          Words: words ?? 'These words cannot be opened with the present key.',
          Asked: askedAt,
          Ends: endsAt,
          'Posted in the forum': isPosted,
        };
      },
    }),
    rowsOf('people_question_drafts', {
      id: 'question-drafts',
      what: 'A question to colleagues that you began and did not ask',
      isApart: true,
      read: (row) => ({ Words: openDraft(vault, row)?.words }),
    }),
    rowsOf('people_asked', {
      id: 'questions-put-to-you',
      what: 'Colleagues\u2019 questions that were put to you and are open, or to which you said yes',
      isApart: true,
      read: (row) => ({ 'Your name was passed on': row.passed_on === 1 }),
    }),
  ],
});
