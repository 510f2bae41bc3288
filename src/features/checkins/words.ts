import { type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Mode } from './content.ts';

/** The promise of each mode, one plain sentence, shown wherever people write and wherever one is planned. */
export const privacySentence: Record<Mode, string> = {
  private: 'Only you see what you answer, unless you choose at the end to be counted in the group summary.',
  group:
    'We keep that you answered, never which answer is yours; your facilitators see the answers and words of the group, without names, once it has closed with five or more.',
  linked:
    'Your answers are kept under a random key, apart from your name; your facilitators see only the group, once it has closed with five or more, and until then you can change or withdraw yours.',
  named: 'Your facilitators see your name with your answers.',
};

/** The second thing people need to know before they send. */
export const afterSending: Record<Mode, Mrkdwn> = {
  private: mrkdwn`You can change or delete your answers later: \`/chatr checkins\`.`,
  group: mrkdwn`Once sent, nobody can pick your answers out again, so they cannot be changed or taken back.`,
  linked: mrkdwn`You can change or withdraw your answers until it closes: \`/chatr checkins\`.`,
  named: mrkdwn`You can change or withdraw your answers until it closes: \`/chatr checkins\`.`,
};

/** The same in the eyes of whoever plans or reads one. */
export const whatFacilitatorsSee: Record<Mode, string> = {
  private: 'nothing but how many took part, and a group summary of those who chose to be counted',
  group: 'the answers of the group without names, once it has closed with five answers or more',
  linked: 'the answers of the group without names, once it has closed with five answers or more',
  named: 'every answer with its name',
};

export const sayMinutes = (minutes: number): string =>
  `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

/** To whoever presses a button that was once theirs. */
export const notAllowed = 'Only those who run this group can do that.';
