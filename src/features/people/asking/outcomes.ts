import type { Person } from '../../../community/people.ts';
import type { Question } from './store.ts';

export type AskOutcome =
  | { kind: 'not-agreed' }
  /** They have one open: it ends, or is taken back, first. */
  | { kind: 'has-one' }
  /** It was sent with the first press, or they have taken it back since. */
  | { kind: 'asked-before' }
  /** Nobody's listing fits, as anybody could see for themselves. */
  | { kind: 'nobody-fits'; question: Question }
  /**
   * It goes to those whom it fits and who may be asked, be that five or none: the one who asks hears the same, or they could
   * tell who takes no questions, wants no messages or is away.
   */
  | { kind: 'asked'; question: Question };

export type TakeBackOutcome = { kind: 'taken-back'; wasPosted: boolean } | { kind: 'gone' };

export type AnswerOutcome =
  | { kind: 'passed-on'; questionId: string; asker: Pick<Person, 'slackId'>; isAgain: boolean }
  | { kind: 'gone' | 'not-this-time' | 'stopped' };

export type PostOutcome =
  | { kind: 'posted' | 'posted-before' | 'unclear' | 'refused'; channel: string }
  | { kind: 'no-room'; why: 'not-in' | 'archived' | 'not-theirs' }
  | { kind: 'gone' | 'no-forum' };
