import { dayAfter, days } from '../../../lib/clock.ts';
import { firstOpenDay } from '../../../scheduler/calendar.ts';
import { type DaysOff, isOff } from '../../../scheduler/days-off.ts';
import type { Colleague } from '../listing/directory.ts';

/** A question is put to no more people than these, so that nobody is one of many. */
export const mostAsked = 5;

/** And to one person once in so many days, whoever asks. */
export const restDays = 14;

/** How long a question is open. */
export const openMs = days(7);

const workingDaysBeforeOffer = 2;

/**
 * Of those whom a question fits, the ones it may be put to, in the order in which it is: whoever was asked longest ago comes
 * first, and among those who never were, whom it fits best.
 * @param fitting best first. @param today local date.
 */
export const inTurn = (
  fitting: readonly Pick<Colleague, 'person' | 'takesQuestions' | 'askedOn'>[],
  { askerId, today }: { askerId: string; today: string },
): string[] =>
  fitting
    .filter(
      ({ person, takesQuestions, askedOn }) =>
        person.id !== askerId &&
        takesQuestions &&
        (askedOn === undefined || askedOn <= dayAfter(today, -restDays)),
    )
    .toSorted((a, b) => (a.askedOn ?? '').localeCompare(b.askedOn ?? ''))
    .map(({ person }) => person.id);

/**
 * The day, two working days after a local date, on which the one who asks is offered to post it. What is asked on a day off
 * counts from the next working day.
 */
export function offerDay(from: string, daysOff: DaysOff): string {
  const open = (date: string) => firstOpenDay(date, (one) => isOff(daysOff, one));
  let day = open(from);
  for (let left = workingDaysBeforeOffer; left > 0; left -= 1) day = open(dayAfter(day, 1));
  return day;
}
