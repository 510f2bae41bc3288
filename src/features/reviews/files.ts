import type { AllOurWords, OurWords } from '../../content/our-words.ts';
import { drawApart } from '../../lib/apart.ts';
import { numbersOf, type Signposts } from '../../safeguarding/signposts.ts';
import { localDate } from '../../scheduler/calendar.ts';
import type { FileKind } from '../feature.ts';
import type { ReviewDeps } from './deps.ts';
import { ids } from './ids.ts';
import type { ReviewPage } from './page.ts';
import { findPack } from './review.ts';
import type { Item, Pack } from './store.ts';
import { packGone, sayMonth, verdictWords } from './views.ts';

/** To take to young people, and to give back to them. */
export const reviewFiles = (deps: ReviewDeps): FileKind[] =>
  [
    {
      id: ids.packFile,
      says: 'The review pack comes as a Word file, in large type and plain words, with room for what young people think. Nobody is named in it.',
      name: 'Review pack',
      pageOf: (pack: Pack) => packPage(pack, deps),
    },
    {
      id: ids.backFile,
      says: 'What was changed comes as a Word file, to give back to the young people who looked at our words. Nobody is named in it.',
      name: 'What we did',
      pageOf: (pack: Pack) => backPage(pack),
    },
  ].map(({ id, says, name, pageOf }) => ({
    id,
    says,
    async make(actor, packId) {
      const pack = await findPack(deps, actor, packId);
      if (!pack) return { kind: 'refused', answer: packGone };
      return {
        kind: 'file',
        name: `${name} ${localDate(pack.madeAt, deps.timeZone)}.docx`,
        title: `${name}: ${pack.title}`,
        content: await drawApart<typeof import('./page.ts').draw>(
          new URL('./page.ts', import.meta.url),
          pageOf(pack),
        ),
      };
    },
  }));

/** In words for young people; what the worker has to know stands at the end, on a page that need not be handed out. */
export function packPage(
  pack: Pack,
  { ourWords, signposts }: { ourWords: Pick<AllOurWords, 'find'>; signposts: Pick<Signposts, 'lines'> },
): ReviewPage {
  const childline = signposts.lines.find(({ id }) => id === 'childline');
  const number = childline && numbersOf(childline)[0];
  return {
    title: pack.title,
    subtitle: 'Words that we use. What do you think of them?',
    before: [
      {
        heading: 'What this is',
        lines: [
          'We train people who work with children, young people and families.',
          'These are words we use when we do that.',
          'You know best how they sound. Please tell us.',
        ],
      },
      {
        heading: 'Before you start',
        lines: [
          'You choose. You can skip anything, and stop at any time.',
          'Some words here are about hard things. If one upsets you, stop, and tell the worker who is with you.',
          ...(number === undefined ? [] : [`You can also ring Childline at any hour: ${number}.`]),
          'There are no wrong answers.',
          'This is about our words. It is not about your life.',
          'Please do not write your name, your age or your school.',
          'We will tell you what we changed, and what we did not change and why.',
        ],
      },
    ],
    // Nobody meets what is hard on the first page.
    items: pack.items
      .map(({ item, label }) => {
        const words = ourWords.find(item);
        return {
          heading: label,
          contentNote: words?.contentNote,
          text: words ? inContext(words) : ['(These words are not used any more.)'],
          more: [],
        };
      })
      .toSorted((a, b) => Number(a.contentNote !== undefined) - Number(b.contentNote !== undefined)),
    asks: [verdictWords.fine, verdictWords.change, 'I have better words:'],
    linesToWrite: 3,
    after: [
      {
        heading: 'For the worker',
        hasOwnPage: true,
        lines: [
          'Look at every page first. Leave out what is not right for the people you sit with.',
          'Some pages have a content note. Say it before anybody reads on.',
          'Read aloud for whoever likes that better, or talk about it instead of writing.',
          'If somebody tells you something that worries you, follow your own safeguarding procedure. Do not write it here.',
          'Afterwards, enter what they said of each thing: /chatr reviews in Slack. Enter no names, ages or stories, and then destroy the paper.',
        ],
      },
    ],
    footer: `${pack.title}. Please do not write your name here.`,
  };
}

/** What stands below a term's definition is said to workers, and would read as if it were said to young people. */
const inContext = ({ kind, text }: OurWords): readonly string[] =>
  kind === 'term'
    ? text.map((words, nth) => (nth === 0 ? words : `What we tell workers about this word: ${words}`))
    : text;

export function backPage(pack: Pack): ReviewPage {
  const heard = pack.items.filter(({ verdict }) => verdict !== undefined);
  const fine = heard.filter(({ verdict }) => verdict === 'fine');
  return {
    title: 'You told us. This is what we did',
    subtitle:
      pack.reviewedOn === undefined
        ? pack.title
        : `${pack.title}. You looked at our words in ${sayMonth(pack.reviewedOn)}. Thank you.`,
    before: [],
    items: heard
      .filter(({ verdict }) => verdict !== 'fine')
      .map((item) => ({
        heading: item.label,
        contentNote: undefined,
        text: [],
        more: [
          { label: 'What you said', text: item.words || `${verdictWords[item.verdict ?? 'change']}.` },
          { label: 'What we did', text: whatWeDid(item) },
        ],
      })),
    asks: [],
    linesToWrite: 0,
    after:
      fine.length === 0
        ? []
        : [{ heading: 'You said these are fine. We keep them', lines: fine.map(({ label }) => label) }],
    footer: `${pack.title}.`,
  };
}

const whatWeDid = ({ became, answer }: Item): string => {
  if (became === undefined) return 'We are still thinking about it. We will tell you.';
  const lead = became === 'changed' ? 'We changed it.' : 'It stays as it is for now.';
  return answer === '' ? lead : `${lead} ${answer}`;
};
