import type { PrivacyNotice } from './content.ts';

/** What stands for something that only the programme can say, or that somebody meant to fill in later. */
const blank = /\bThe programme team will tell you\b|\[[^\]]*\]|_{3,}|\b(?:TODO|TBC|TBA)\b/;

type Blank = { heading?: string; sentence: string };

/** Each sentence of the notice that the programme has yet to fill in, with the heading it stands under. */
export const blanksIn = ({ short, sections }: PrivacyNotice): Blank[] => [
  ...short.flatMap(sentencesWithBlanks).map((sentence) => ({ sentence })),
  ...sections.flatMap(({ heading, text }) =>
    text.flatMap(sentencesWithBlanks).map((sentence) => ({ heading, sentence })),
  ),
];

const sentencesWithBlanks = (text: string): string[] =>
  text.split(/(?<=[.!?]) (?=\p{Lu})/u).filter((sentence) => blank.test(sentence));

/** For whoever starts the bot. */
export const sayBlanks = (blanks: readonly Blank[], contentDir: string): string =>
  [
    'ChATR Companion greets nobody yet: its privacy notice waits for what only your programme can say.',
    `Fill in in ${contentDir}/onboarding.yaml, under privacy_notice:`,
    ...blanks.map(({ heading, sentence }) => `  • ${heading === undefined ? '' : `${heading}: `}${sentence}`),
    '',
    'Your data-protection officer knows the answers. To look at everything before: npm run demo',
  ].join('\n');
