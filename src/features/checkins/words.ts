import { promptsPerWeek } from '../../community/messages.ts';
import { answeredUnderKey, answeredWithoutNames, whoSeesAnswered } from '../../community/promises.ts';
import { inWords } from '../../lib/numbers.ts';
import { joinMrkdwn, type Mrkdwn, mrkdwn } from '../../slack/text.ts';
import type { Definition, Mode } from './content.ts';

type Asked = Pick<Definition, 'mode' | 'smallest' | 'readBy'>;

/** Stands for the group's name where people start a check-in for themselves. */
export const wholeProgramme = 'The whole programme';

const asGroup = 'how the group answered, and its words, without names';

/** The promise of each mode, one plain sentence, shown wherever people write and wherever one is planned. */
export const privacySentence = ({ mode, smallest, readBy }: Asked): string => {
  const [readers, group, back] =
    readBy === 'leads'
      ? [
          'those who lead the programme',
          'how everybody answered who does so this quarter, and their words, without names',
          '',
        ]
      : ['your facilitators', asGroup, '; they may tell the group roughly what came out'];
  const seen = `Once it has closed with ${inWords(smallest)} or more, ${readers} see ${group}${back}.`;
  return {
    private: 'Only you see what you answer, unless you choose at the end to be counted in the group summary.',
    group: `${answeredWithoutNames} ${seen}`,
    linked: `${answeredUnderKey} ${seen} Until it closes you can change or withdraw yours.`,
    named: 'Your facilitators see your name with your answers.',
  }[mode];
};

/** The same for whoever has had it in full: what is kept of them. */
export const promiseInShort = (asked: Asked): string =>
  ({
    private: privacySentence(asked),
    group: answeredWithoutNames,
    linked: answeredUnderKey,
    named: privacySentence(asked),
  })[asked.mode];

/** The second thing people need to know before they send. */
export const afterSending: Record<Mode, Mrkdwn> = {
  private: mrkdwn`You can change or delete your answers later: \`/chatr checkins\`.`,
  group: mrkdwn`Once sent, your answers lie among the others without your name, so they cannot be changed or taken back.`,
  linked: mrkdwn`You can change or withdraw your answers until it closes: \`/chatr checkins\`.`,
  named: mrkdwn`You can change or withdraw your answers until it closes: \`/chatr checkins\`.`,
};

/** Whom a check-in reaches, for whoever plans one. */
export const onlyAgreed =
  'I ask those who have agreed to the community agreement, and others as soon as they do.';

/** The same in the eyes of whoever plans or reads one. */
export const whatFacilitatorsSee = ({ mode, smallest }: Asked): string =>
  ({
    private: 'a group summary of those who chose to be counted, and nothing else',
    group: `${asGroup}, once it has closed with ${inWords(smallest)} answers or more`,
    linked: `${asGroup}, once it has closed with ${inWords(smallest)} answers or more`,
    named: 'every answer with its name',
  })[mode];

/** What to know on a screen beside the promise itself. Empty where that says all. */
export const beforeSending = ({
  mode,
  isLast,
  saysWords,
}: {
  mode: Mode;
  isLast: boolean;
  saysWords: boolean;
}): Mrkdwn =>
  joinMrkdwn(
    [isLast && mode === 'group' && mrkdwn`Once sent it cannot be changed.`, saysWords && recognised],
    ' ',
  );

/** Everything that happens with answers, for whoever asks. The screen itself has the promise and one line. */
export const whatHappens = (asked: Asked & { saysWords: boolean }): Mrkdwn[] => [
  mrkdwn`${privacySentence(asked)}`,
  mrkdwn`What you enter is kept locked, for you alone, until you send it or the check-in is over.`,
  ...(asked.saysWords ? [recognised] : []),
  ...(asked.mode === 'linked' || asked.mode === 'named'
    ? [mrkdwn`Words of yours are quoted in a report only where you allow just these: I ask you first.`]
    : []),
  ...(asked.mode === 'named' ? [] : [mrkdwn`${whoSeesAnswered}`]),
  afterSending[asked.mode],
  mrkdwn`Before it is sent I look for a few patterns that may name somebody, such as phone numbers. What I find is told to you alone.`,
];

/** Beside every question that people answer in their own words, where those are shown without a name. */
const recognised = mrkdwn`Your facilitators may recognise how you write.`;

/** To members who can read the results. */
export const readersAreNotAsked =
  'you can read the results of this group, so you are not asked. With what you answered yourself you could work out what others did.';

/** To whoever runs a check-in of which some were not sent a message. Neither how many nor who. */
export const someNotAsked = `Some people were not asked by message: they had ${promptsPerWeek} others that week. It stood in their Home.`;

export const sayMinutes = (minutes: number): string =>
  `about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

/** To whoever presses a button that was once theirs. */
export const notAllowed = 'Only those who run this group can do that.';
