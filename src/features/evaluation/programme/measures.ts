import { fewerThan, fewestPeople } from '../../../community/suppress.ts';
import type { Month, Shown } from './month.ts';

/** One number of a month, in words, and what it means. */
export type Measure = {
  /** Names it in files, and stays as it is. */
  id: string;
  label: string;
  /** What it counts, how, and how small numbers are shown. */
  about: string;
  say(month: Month): string;
};

const few = fewerThan(fewestPeople);

/** In the place of a number that was left out, however large it would be. */
export const notShown = 'not shown';
export const whyNotShown =
  'Not shown: small numbers, and numbers that would tell of few people, are left out.';

/** People, in steps of five. */
const sayPeople = (shown: Shown): string => (shown === 'few' ? few : saySteps(shown));
/** What people did, in steps of five. */
const saySteps = (shown: Shown): string =>
  shown === 'few' ? notShown : shown === 'most' ? 'more than half' : `${shown} or more`;
const sayNumber = (shown: Shown): string => (typeof shown === 'number' ? String(shown) : notShown);

/** In how many per cent the two steps of five leave open what the share is, at most. */
const widest = 30;

/**
 * Which part of the members were active, in per cent and to the nearest ten. Worked out of the two steps of five as they are
 * shown, and of nothing else: undefined where these do not tell it well enough.
 */
export function shareOf({ active, members }: Pick<Month, 'active' | 'members'>): number | undefined {
  if (typeof active !== 'number' || typeof members !== 'number') return undefined;
  const over = fewestPeople - 1;
  const [least, most] = [(100 * active) / (members + over), Math.min(100, (100 * (active + over)) / members)];
  return most - least > widest ? undefined : 10 * Math.round((least + most) / 20);
}

/** To the nearest ten. */
const responseOf = ({ answered, asked }: Month): number | undefined =>
  typeof answered === 'number' && asked > 0 ? 10 * Math.round((10 * answered) / asked) : undefined;

/** @param share in per cent, to the nearest ten: neither nobody nor everybody. */
export const sayShare = (share: number): string =>
  share < 10 ? 'under 10%' : share > 90 ? 'over 90%' : `about ${share}%`;

const whoCounts =
  'Those who lead the whole programme see these numbers, and are not counted. In steps of five; under five no number.';

export const taking: readonly Measure[] = [
  {
    id: 'members',
    label: 'Members',
    about: `Who has agreed to the community agreement and has not left, on the day on which the month was counted. ${whoCounts}`,
    say: ({ members }) => sayPeople(members),
  },
  {
    id: 'active',
    label: 'Active',
    about: `Members who did at least one thing here in the month: looked something up, saved, shared or rated an entry, wrote a reflection, answered a check-in, did a part of the core module, or chose something for themselves. The share is worked out of the two steps of five, to the nearest ten per cent, and left out where they do not tell it well enough. No number where fewer than five were not active. ${whoCounts}`,
    say(month) {
      const share = shareOf(month);
      return `${sayPeople(month.active)}${share === undefined ? '' : `, ${sayShare(share)}`}`;
    },
  },
  {
    id: 'sessions',
    label: 'Sessions',
    about: 'Sessions that began in the month and were not cancelled.',
    say: ({ sessions }) => String(sessions),
  },
  {
    id: 'places',
    label: 'Places booked beforehand',
    about:
      'Places that people had booked at those sessions, whether they came or not; who came without booking is not in it, and neither are sessions at which fewer than five had booked.',
    // Without a session there was no place.
    say: ({ sessions, places }) => (sessions === 0 ? '0' : sayNumber(places)),
  },
  {
    id: 'answered',
    label: 'Answers to check-ins',
    about:
      'Answers to check-ins of groups that closed in the month, with the share of those asked to the nearest ten per cent. Only check-ins of which the number is shown in the report of their group.',
    say(month) {
      const share = responseOf(month);
      return `${sayNumber(month.answered)}${share === undefined ? '' : `, ${sayShare(share)}`}`;
    },
  },
];

export const sharing: readonly Measure[] = [
  {
    id: 'look-ups',
    label: 'Look-ups',
    about:
      'How often something was looked up in the catalogue or the pathways, in the weeks that ended in the month. Of each week it holds the groups of which five people or more did, and all others together where those are five or more, in steps of five.',
    say: ({ lookUps }) => saySteps(lookUps),
  },
  {
    id: 'found-nothing',
    label: 'Found nothing',
    about:
      'How many of these look-ups found nothing, in steps of five by the week and group. No number under five.',
    say: ({ foundNothing }) => saySteps(foundNothing),
  },
  {
    id: 'reflections',
    label: 'Reflections',
    about:
      'How many reflections were written: only their number, of five people or more and in steps of five. None is read for it.',
    say: ({ reflections }) => saySteps(reflections),
  },
];
