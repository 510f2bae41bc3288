import { dayAfter } from '../../lib/clock.ts';
import {
  type Contact,
  findContact,
  numbersOf,
  type Signposts,
  type Standing,
  standingOf,
} from '../../safeguarding/signposts.ts';
import { bankHolidays } from '../../scheduler/bank-holidays.ts';
import { atLocalTime, localDate, localTime } from '../../scheduler/calendar.ts';
import {
  type Asked,
  type Borough,
  boroughs,
  type ContactHours,
  type Pathways,
  type Question,
  type Way,
  wayTo,
  weekdays,
} from './content.ts';

/** Whether a contact answers. Where its hours are not known nothing is worked out. */
export type State =
  | { kind: 'always' }
  | { kind: 'open'; until: Date }
  /** `isUnsure`: today is a bank holiday, and nobody knows whether it answers then. */
  | { kind: 'closed'; opensAt: Date; isUnsure: boolean }
  | { kind: 'not-stated' };

export type Line = { id: string; contact: Contact; standing: Standing; state: State };

/** Who answers, the first to ring first. */
export type Answering = {
  question: Question;
  /** At every hour, whatever the clock says; 999 and one's own safeguarding lead stand above all of it elsewhere. */
  always: Line[];
  open: Line[];
  /** Hours are not stated: shown beside, and never as open or closed. */
  unstated: Line[];
  closed: Line[];
  /** Pages in the place of lines that are not confirmed. */
  instead: Way[];
  /** Where no line of its own has a number that may answer now, with the pages to look at. */
  withoutNumber: { borough: Borough; pages: { name: string; web: string }[] }[];
};

/** @param bankHolidays local dates proclaimed once, besides the yearly ones. */
export type Hour = { now: Date; bankHolidays: readonly string[] };

type Given = Asked & Hour & { content: Pathways; signposts: Signposts };

/** Adults by the age groups of data/topics.yaml. */
const isAdult = (age: string | undefined): boolean => age === '18-25' || age === 'adults';

/** The question whose lines are the children's services' front door. */
const ofChildren = 'child-safeguarding';

/** Who hears of a child at risk, of one borough or both, whatever the hour: each once, those that take over at night last. */
export function frontDoor(
  content: Pathways,
  signposts: Signposts,
  { borough, now }: { borough: Borough | undefined; now: Date },
): Omit<Line, 'state'>[] {
  const question = content.hours.who_answers_now.find((one) => one.question === ofChildren);
  const where = borough === undefined ? boroughs : [borough];
  const ids = new Set(where.flatMap((one) => question?.[one] ?? []));
  const lines = content.hours.contacts.flatMap(({ id, contact, open }) => {
    const found = ids.has(id) ? findContact(signposts, contact.id) : undefined;
    return found
      ? [
          {
            id,
            contact: found,
            standing: standingOf(signposts, found, now),
            isLast: open === 'outside-office-hours',
          },
        ]
      : [];
  });
  return lines
    .toSorted((a, b) => Number(a.isLast) - Number(b.isLast))
    .map(({ id, contact, standing }) => ({ id, contact, standing }));
}

export function answersNow(of: Question, { content, signposts, borough, age, ...hour }: Given): Answering {
  const where = borough === undefined ? boroughs : [borough];
  const known = new Map(content.hours.contacts.map((one) => [one.id, one]));
  const lineOf = (contact: Contact | undefined, id: string, state: State): Line[] =>
    contact ? [{ id, contact, standing: standingOf(signposts, contact, hour.now), state }] : [];
  const always = of.always
    .filter(({ id }) => id !== signposts.always_show[0])
    .flatMap((to) => lineOf(findContact(signposts, to.id), to.id, { kind: 'always' }));
  const ids = [...new Set(where.flatMap((one) => of[one]))];
  const first = isAdult(age) ? of.first_for_adults : undefined;
  const inOrder = first === undefined ? ids : [first, ...ids.filter((id) => id !== first)];
  const lines = inOrder
    .flatMap((id) => {
      const hours = known.get(id);
      return hours
        ? lineOf(
            findContact(signposts, hours.contact.id),
            id,
            stateOf(content.hours, hours, { where, ...hour }),
          )
        : [];
    })
    .filter(({ contact }) => !always.some((one) => one.contact.id === contact.id));
  const insteadOf = (one: Borough): Way[] => {
    const to = of.instead?.[one];
    return to ? [wayTo(content, signposts, to, hour.now) ?? []].flat() : [];
  };
  const having = (...kinds: State['kind'][]) => lines.filter(({ state }) => kinds.includes(state.kind));
  return {
    question: of,
    always,
    open: having('always', 'open'),
    unstated: having('not-stated'),
    closed: having('closed'),
    instead: where.flatMap(insteadOf),
    withoutNumber: where.flatMap((one) => {
      const own = lines.filter(({ id }) => of[one].includes(id));
      if ([...always, ...own].some(answersByNumber)) return [];
      const pages = [...own, ...insteadOf(one).flatMap(({ contacts }) => contacts)].flatMap(
        ({ contact: { name, web }, standing }) =>
          web === undefined || standing.kind === 'name-only' ? [] : [{ name, web }],
      );
      return [{ borough: one, pages }];
    }),
  };
}

const answersByNumber = ({ contact, standing, state }: Line): boolean =>
  state.kind !== 'closed' &&
  standing.kind !== 'name-only' &&
  (numbersOf(contact).length > 0 || contact.text !== undefined);

/**
 * @param where the boroughs that are asked for: what is open outside others' hours goes by those of the same borough, and
 * answers already where those of one of them are closed.
 */
export function stateOf(
  { contacts, time_zone: zone }: Pathways['hours'],
  of: ContactHours,
  { where, ...hour }: Hour & { where: readonly Borough[] },
): State {
  if (of.open === 'always') return { kind: 'always' };
  if (of.open === 'unknown' || of.open === 'office-hours-unstated') return { kind: 'not-stated' };
  if (of.open !== 'outside-office-hours') return inWindows(of.open, of.bank_holidays, { zone, ...hour });
  const states = where.flatMap((borough) => {
    const daytime = contacts.filter(
      (one) => of.complements.includes(one.id) && one.boroughs.includes(borough),
    );
    return daytime.length === 0
      ? []
      : outside(
          daytime.map(({ open, bank_holidays }) =>
            typeof open === 'string'
              ? { kind: 'not-stated' }
              : inWindows(open, bank_holidays, { zone, ...hour }),
          ),
        );
  });
  return states.find(({ kind }) => kind === 'open') ?? states[0] ?? { kind: 'not-stated' };
}

/** When all of these are closed. */
function outside(states: readonly State[]): State {
  const opening = states.flatMap((one) => (one.kind === 'closed' ? one.opensAt : []));
  const closing = states.flatMap((one) => (one.kind === 'open' ? one.until : []));
  if (opening.length + closing.length < states.length) return { kind: 'not-stated' };
  const [soonest] = opening.toSorted(earlier);
  const last = closing.toSorted(earlier).at(-1);
  if (last) return { kind: 'closed', opensAt: last, isUnsure: false };
  return soonest ? { kind: 'open', until: soonest } : { kind: 'not-stated' };
}

const earlier = (one: Date, other: Date): number => one.getTime() - other.getTime();

type Windows = Exclude<ContactHours['open'], string>;
/** Longer than any run of weekends and bank holidays. */
const daysAhead = 21;

function inWindows(
  windows: Windows,
  onHolidays: ContactHours['bank_holidays'],
  { zone, now, bankHolidays: proclaimed }: Hour & { zone: string },
): State {
  const today = localDate(now, zone);
  const time = localTime(now, zone);
  const isHoliday = (date: string) =>
    proclaimed.includes(date) || bankHolidays(Number(date.slice(0, 4))).has(date);
  const windowsOn = (date: string) =>
    windows
      .filter(({ days }) => days.includes(weekdayOf(date)))
      .toSorted((a, b) => a.from.localeCompare(b.from));
  const isShut = (date: string) => onHolidays !== 'open' && isHoliday(date);
  const present = windowsOn(today).find(({ from, to }) => from <= time && time < to);
  if (present && !isShut(today)) return { kind: 'open', until: atLocalTime(today, present.to, zone) };
  for (let ahead = 0; ahead <= daysAhead; ahead += 1) {
    const date = dayAfter(today, ahead);
    const next = isShut(date) ? undefined : windowsOn(date).find(({ from }) => ahead > 0 || from > time);
    if (next)
      return {
        kind: 'closed',
        opensAt: atLocalTime(date, next.from, zone),
        isUnsure: onHolidays === 'unknown' && isHoliday(today) && windowsOn(today).length > 0,
      };
  }
  return { kind: 'not-stated' };
}

/** @param date local, `YYYY-MM-DD`. */
const weekdayOf = (date: string): (typeof weekdays)[number] =>
  weekdays[(new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7] ?? 'sun';
