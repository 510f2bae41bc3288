import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import type { Report, SectionId } from '../../findings.ts';

/** What a report says of itself. Fixed sentences: which of them stand in it depends on what there is. */

type Said = Pick<Report, 'purpose' | 'method' | 'limits'>;

export function wordsFor(group: string, has: (id: SectionId) => boolean): Said {
  const asksPeople = (['response', 'change', 'effect', 'answers', 'themes', 'quotes'] as const).some(has);
  const told = (isTold: boolean, words: string): string[] => (isTold ? [words] : []);
  return {
    purpose: `To see what ${group} has meant for those who took part and for how they work, and what to do next.`,
    method: [
      'Every figure was counted by ChATR Companion, the programme’s assistant in Slack, from what was collected as the group went on. None was typed by hand.',
      ...told(
        asksPeople,
        'People were asked a few questions at a time by direct message. To answer was their choice, question by question, and answers could be taken back until a summary was made.',
      ),
      ...told(
        has('change'),
        'Before and after are compared for the same people: their answers are joined by a random key that tells nobody whose they are.',
      ),
      ...told(
        has('who-took-part'),
        'Professions and organisations are as people gave them in their own profile, unless they keep it to themselves.',
      ),
      ...told(
        has('intentions'),
        'What people noted that they would try is read by nobody else: only how many did is counted, once.',
      ),
      ...told(has('quotes'), 'Words are quoted only where whoever wrote them allowed it.'),
      ...told(has('resources'), 'The use of resources is counted as it happens, without who used them.'),
      ...told(has('introductions'), 'Introductions are counted by the quarter, in steps of five.'),
      ...told(has('training'), 'How many were at a session is as its hosts took attendance.'),
      'No channel and no private reflection is read for it.',
    ],
    limits: [
      `Nothing is shown of ${fewerThan(fewestPeople)} people. Other numbers are left out where these could be worked out from them, so rows need not add up.`,
      ...told(
        asksPeople,
        'Those who answered chose to, and may see things otherwise than those who did not. It is what people say of themselves.',
      ),
      ...told(asksPeople, 'Of fewer than twelve answers it is said only roughly where the group stands.'),
      'There is no group to compare with, so what changed may have had other reasons too.',
      'It is about one group. What is found here need not hold for others.',
      ...told(
        has('who-took-part'),
        'Who is in the group was counted on the day that is given: whoever came or went since then is in it only once five people or more had.',
      ),
    ],
  };
}
