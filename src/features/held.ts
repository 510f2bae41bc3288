import type { Area } from '../community/holdings.ts';
import type { Profession } from '../community/professions.ts';
import type { Vocabulary } from '../content/vocabulary.ts';
import type { Vault } from '../lib/crypto.ts';
import type { Random } from '../lib/random.ts';
import { checkinsHeld } from './checkins/index.ts';
import { groupsHeld } from './cohorts/index.ts';
import type { CpdForms } from './cpd/content.ts';
import { addedToHeld, cpdHeld } from './cpd/index.ts';
import { evaluationHeld, useHeld } from './evaluation/index.ts';
import { filesHeld } from './files/index.ts';
import { homeHeld } from './home/index.ts';
import { intentionsHeld } from './intentions/index.ts';
import { introductionsHeld } from './introductions/index.ts';
import { firstStepsHeld, profileHeld } from './onboarding/index.ts';
import { organisationsHeld } from './organisations/index.ts';
import { pathwaysHeld } from './pathways/index.ts';
import { peopleHeld } from './people/index.ts';
import { pilotsHeld } from './pilots/index.ts';
import { aboutYou, deedsHeld, messagesHeld } from './privacy/index.ts';
import { promptsHeld } from './prompts/index.ts';
import { journalHeld } from './reflections/index.ts';
import { resourcesHeld } from './resources/index.ts';
import { reviewsHeld } from './reviews/index.ts';
import {
  attendanceHeld,
  calendarHeld,
  sessionNeedsHeld,
  sessionsHeld,
  trainingHeld,
} from './training/index.ts';

export type HeldParts = {
  vault: Vault;
  random: Random;
  vocabulary: Pick<Vocabulary, 'age_groups' | 'topics'>;
  cpdForms: CpdForms;
  professions: readonly Profession[];
  /** What an entry of the catalogue is called. */
  titleOf(entryId: string): string | undefined;
};

/** Everything that is kept about people, in the order in which it is shown. */
export const everythingHeld = ({
  vault,
  random,
  vocabulary,
  cpdForms,
  professions,
  titleOf,
}: HeldParts): Area[] => [
  journalHeld(vault, [
    addedToHeld('reflection', {
      id: 'reflections-cpd-answers',
      what: 'What you added to reflections for a CPD record',
    }),
  ]),
  cpdHeld(vault, cpdForms),
  intentionsHeld(vault),
  trainingHeld(),
  introductionsHeld(vault, [
    addedToHeld('introduction', {
      id: 'introductions-cpd-answers',
      what: 'What you added to introductions for a CPD record',
    }),
  ]),
  checkinsHeld({ vault, random }),
  sessionsHeld(professions, [
    ...attendanceHeld,
    addedToHeld('session', {
      id: 'sessions-cpd-answers',
      what: 'What you added to sessions for a CPD record',
    }),
  ]),
  sessionNeedsHeld(vault),
  calendarHeld(),
  promptsHeld(vocabulary),
  pilotsHeld(vault),
  evaluationHeld(),
  useHeld(),
  resourcesHeld(vault, { titleOf, vocabulary }),
  pathwaysHeld(),
  profileHeld(vault, vocabulary),
  peopleHeld(vault),
  firstStepsHeld(),
  groupsHeld(vault),
  organisationsHeld(vault),
  reviewsHeld(),
  messagesHeld(),
  filesHeld(),
  deedsHeld(),
  aboutYou(homeHeld()),
];

/** Tables in which nothing is anybody's, and why. A new table is either here or in what is held. */
export const heldOfNobody: Readonly<Record<string, string>> = {
  settings: 'Of the program itself.',
  seen_events: 'Ids of Slack’s events, which name nobody.',
  forgotten:
    'Marks of those who are deleted and of keys that are destroyed, which tell nothing without the key.',
  ending_keys: 'Keys that are to be destroyed; it is empty once they are.',
  forgettings: 'What is still to be taken away of somebody who is deleted; it goes with the last of it.',
  checkin_rounds: 'What a group was asked, and when.',
  answer_boxes:
    'Answers without names. Of those with a random key, what somebody’s own key leads to is theirs: "linked-answers".',
  round_results: 'Summaries, worked out once. Ids in them lead to nobody once a person is deleted.',
  round_comparisons:
    'Summaries of before and after, worked out once. Random keys in them lead to nobody once a person is deleted.',
  hidden_words: 'Words that are not shown; whose they are is not known.',
  group_themes: 'What words are about, as those who run a group call it.',
  tagged_words: 'Which words are about what; whose they are is not known.',
  paper_boxes: 'Answers on paper, without names.',
  intention_counts: 'Numbers of people.',
  module_counts: 'Numbers of people.',
  introductions: 'When two or three people were introduced; whoever they were is theirs.',
  introduction_rounds: 'Which rounds of introductions were drawn.',
  introduction_counts: 'Numbers of people.',
  group_counts: 'Numbers of people.',
  evaluation_stages: 'Which check-ins belong to an evaluation.',
  use_counts: 'How often something was looked up or written, without who did.',
  programme_months: 'Numbers of people.',
  pilot_parts: 'Which sessions and check-ins belong to a pilot.',
  search_misses: 'Single words, kept as nobody’s.',
  catalogue_seed: 'Entries of the content files.',
  catalogue_state: 'One row of counters.',
  asked_questions: 'Questions to the curators, kept without whose they are.',
  link_checks: 'Which addresses open.',
  training_packs: 'What a session’s hosts settled for its pack; no person is in it.',
  prompt_posts: 'Which prompt came to which channel, and when.',
  review_items: 'Words of ours, and what young people said of them: nothing about any of them.',
  journey_versions: 'Wordings of first steps.',
};
