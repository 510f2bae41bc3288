import type { MessageSummary, PersonDriver } from 'practice-workspace';
import { asAsked } from '../features/checkins/content.ts';
import type { Content } from '../features/content.ts';
import { dayAfter } from '../lib/clock.ts';
import { addWorkingDays, atLocalTime, localDate } from '../scheduler/calendar.ts';
import { agree, closeAll, fillInProfile, firstStepsDone, greetAll } from './acts.ts';
import { type Opened, timeZone } from './open.ts';
import { earlierMembers } from './people.ts';

/**
 * A pilot that was over before the one that a visitor finds, so that there is a whole report of a group. Lived by pressing
 * what its people would press, a few beats a day and only while something may happen. What they answer is plainly invented.
 */

export const earlierGroup = 'First perinatal group';

/** Of this its sessions and questions take four months, and then more than the eight weeks in which the same is not asked again. */
const daysBefore = 27 * 7;

/** The day on which its people come. @param begins the first day of the pilot that a visitor finds; local dates. */
export const earlierBegins = (begins: string): string => addWorkingDays(dayAfter(begins, -daysBefore), 0);

type Living = {
  templates: Content['templates'];
  /** Local date of the day before whose beginning all of it is over. */
  until: string;
  /** From 0 to 1. */
  onProgress: (share: number) => void;
};

/** @param opened a workspace of `pilotSeeds`, whose clock stands at nine on the first day. */
export async function liveEarlier(opened: Opened, { templates, until, onProgress }: Living): Promise<void> {
  const { workspace, clock } = opened;
  const [jo, fran] = [workspace.as('jo'), workspace.as('fran')];
  const people = earlierMembers.map(({ name }) => workspace.as(name));
  const came = clock.now().getTime();
  const over = atLocalTime(until, '09:00', timeZone).getTime();
  const forwardTo = async (date: string, time: string) => {
    const left = atLocalTime(date, time, timeZone).getTime() - clock.now().getTime();
    await opened.forward(left / 60_000, left / 60_000);
    await workspace.settled();
    onProgress(Math.min((clock.now().getTime() - came) / (over - came), 1));
  };
  const begins = localDate(clock.now(), timeZone);
  // They are welcomed one after the other.
  await opened.forward(30, 5);
  await workspace.settled();
  await opened.forward(5, 5);
  for (const person of [jo, fran, ...people]) await agree(person);
  for (const [nth, person] of people.entries()) {
    const member = earlierMembers[nth];
    if (member) await fillInProfile(person, member);
  }
  await firstStepsDone(jo, fran, ...people);
  await planPilot(
    jo,
    addWorkingDays(begins, 1),
    earlierMembers.map(({ name }) => name),
  );

  await greetAll(jo);

  const read = new Set<string>();
  const noted = new Set<number>();
  let sessions = 0;
  let quietDays = 0;
  let stands: 'asked' | 'all asked' | 'over' = 'asked';
  // Every working day, since a set of questions that comes late does not come; weekly once all of it is over.
  for (
    let day = addWorkingDays(begins, 1);
    day < until;
    day = addWorkingDays(day, stands === 'over' ? 5 : 1)
  ) {
    await forwardTo(day, '14:00');
    const answered = new Set<string>();
    for (const [nth, person] of people.entries())
      for (const message of person.dmsWithBot())
        if (!read.has(`${nth} ${message.ts}`)) {
          read.add(`${nth} ${message.ts}`);
          answered.add(await respond(person, message, { nth, sessions, templates, noted }));
        }
    answered.delete('');
    if (answered.has('post-session')) {
      await takeAttendance(jo, [14, 15, 10][sessions] ?? 12);
      sessions += 1;
    }
    quietDays = answered.size > 0 ? 0 : quietDays + 1;
    if (answered.has(lastAsked)) stands = 'all asked';
    if (stands === 'all asked' && quietDays >= daysOpen) {
      await lookBack(jo, templates.templates.find(({ id }) => id === lastAsked)?.label ?? '');
      stands = 'over';
    }
  }
}

/** The last of its sets of questions. */
const lastAsked = 'perinatal-pilot-follow-up';
/** Working days after which it has closed. */
const daysOpen = 12;

const prompt = 'Your check-in is ready';
const looksBack = 'Something you wanted to look back on';

type About = {
  nth: number;
  /** How many were held before. */
  sessions: number;
  templates: Content['templates'];
  /** Who has noted something to try. */
  noted: Set<number>;
};

/** @returns what was answered; '' where nothing was. */
async function respond(person: PersonDriver, message: MessageSummary, about: About): Promise<string> {
  if (message.text === looksBack) {
    await person.click(['Done', 'Done', 'Done', 'Partly', 'Partly'][about.nth] ?? 'Not yet', { in: message });
    await closeAll(person);
    return looksBack;
  }
  if (message.text !== prompt) return '';
  const said = person.visibleText(message);
  const template = about.templates.templates.find(({ label }) => said.includes(label));
  const answers = template && answersTo[template.templateId]?.(about);
  if (!template || !answers) return '';
  await person.click('Answer', { in: message });
  // A long one comes in screens.
  while (person.modal()?.callbackId === 'checkins.form') {
    const shown = person.visibleText('modal');
    await person.submit(
      Object.fromEntries(
        asAsked(template).questions.flatMap(({ id, text }) => {
          const given = answers[id];
          return given === undefined || !shown.includes(text) ? [] : [[text, given]];
        }),
      ),
    );
  }
  const words = about.sessions > 0 && !about.noted.has(about.nth) ? toTry[about.nth] : undefined;
  // It is offered four weeks after the last time: after the second session, or where a holiday has moved that, the third.
  if (words !== undefined && person.visibleText('modal').includes('Note one thing')) {
    await person.click('Note one thing');
    await person.submit({ 'One thing I will try': words });
    about.noted.add(about.nth);
  }
  await closeAll(person);
  return template.templateId;
}

type Answers = Record<string, string | readonly string[]>;

/** Before and afterwards, around which people lie; the last moves little, as it does. */
const confidence: Record<string, readonly [before: number, after: number]> = {
  conf_understand: [4, 7],
  conf_approach: [4, 6],
  conf_talk: [5, 7],
  conf_strengths: [6, 7],
  conf_pathways: [3, 6],
  conf_race: [4, 5],
  conf_selfcare: [5, 5],
};
/** How far from it each of them is, before and afterwards. */
const apart = {
  before: [0, 1, -1, 2, -2, 0, 1, -1, 0, 3, -2, 1, 0, -1, 2],
  after: [0, 1, 1, 0, -1, -2, 2, 0, 1, 2, -1, 0, 1, -1, 2],
};

const onScale = (value: number, from: number, to: number): string =>
  String(Math.min(Math.max(value, from), to));

const confidenceOf = (nth: number, at: 0 | 1): Answers =>
  Object.fromEntries(
    Object.entries(confidence).map(([id, around], place) => {
      const many = apart.before.length;
      const off = (at === 0 ? apart.before : apart.after)[(nth + 2 * place) % many] ?? 0;
      return [id, onScale(around[at] + off, 0, 10)];
    }),
  );

/** One of these, and nothing from whoever has no words of their own. */
const words = (id: string, nth: number, all: readonly string[]): Answers => {
  const text = all[nth];
  return text === undefined ? {} : { [id]: text };
};

const doneOtherwise = [
  'I ask who should be in the room before I ask anything else.',
  'I say how long I have, and then I have it.',
  'We ring each other first, so that a family is told once.',
  'I leave the form in the bag for the first ten minutes.',
  'I thanked a grandmother. She was surprised, and so was I.',
  'I write down what went well, and read it out.',
  'I sit down first. It turns out that I can listen sitting down.',
];
const inTheWay = [
  'Time, and the car park.',
  'Our diary system does not know the other diary system.',
  'Two colleagues away at once.',
  'Nothing much. I forgot, and then remembered.',
  'No room with a door.',
  'I moved teams half way through.',
  'The rota comes out on the day before.',
];

/** Those that stand in the report, of what their writers allowed to be quoted. */
const quoted = doneOtherwise.slice(1, 4);
/** What they were about, as those who run the group sort them. One comment is about neither. */
const themes: Record<string, readonly string[]> = {
  'A different beginning': doneOtherwise,
  'Time, rooms and diaries': inTheWay.filter((text) => !text.startsWith('Nothing much')),
};

/** By template; whoever is not in it leaves it unanswered. */
const answersTo: Record<string, (about: About) => Answers | undefined> = {
  'pilot-group-start': ({ nth }) => ({
    want:
      [
        ['Talking about hard things', 'Local pathways'],
        ['Understanding adversity and trauma', 'Working with other teams'],
        ['Talking about hard things', 'Looking after ourselves'],
      ][nth % 3] ?? [],
    join_how: nth % 2 === 0 ? ['In person'] : ['In person', 'Short posts in Slack'],
  }),
  'confidence-baseline': ({ nth }) => ({
    ...confidenceOf(nth, 0),
    ...words('hopes', nth, [
      'To know whom to ring, and that they ring back.',
      'A way to ask that does not sound like a form.',
      'Colleagues from the other building.',
      'To worry less on the way home.',
      'Words that I can say out loud.',
    ]),
  }),
  'post-session': ({ nth, sessions, noted }) =>
    // Five could not come to the third.
    sessions === 2 && nth >= 10 && noted.size > 0
      ? undefined
      : {
          useful: onScale(4 + (nth % 3 === 0 ? 1 : 0) - (nth % 7 === 5 ? 1 : 0), 1, 5),
          heard: onScale(4 + (nth % 2), 1, 5),
          learn_others: onScale(3 + (nth % 3), 1, 5),
          safe: onScale(4 + (nth % 4 === 3 ? 0 : 1), 1, 5),
          ...words('take_away', nth, [
            'Ask, then wait.',
            'The chair beside, not across.',
            'Somebody else has the same Tuesday as me.',
            'The kettle is a protective relationship.',
            'One sentence for the handover.',
          ]),
        },
  // One was on leave.
  'confidence-follow-up': ({ nth }) =>
    nth === 14
      ? undefined
      : {
          ...confidenceOf(nth, 1),
          retro_before: onScale(3 + (nth % 3), 0, 10),
          ...words('helped_most', nth, [
            'Practising the first sentence with somebody who was not polite about it.',
            'The list of who does what.',
            'Hearing that others go quiet too.',
            'The Teacups. They have problems and no address.',
            'That it was short.',
          ]),
        },
  'perinatal-pilot-follow-up': ({ nth }) => ({
    sessions_effect: String([4, 5, 4, 3, 5][nth % 5]),
    resources_effect: String([3, 4, 4, 2, 4][nth % 5]),
    forum_effect: String([3, 2, 4, 2, 3][nth % 5]),
    resources_used:
      [
        ['Resource portal', 'Bot lookup'],
        ['Something shared by a colleague', 'Bot lookup'],
        ['Leaflet for a family', 'Resource portal', 'Bot lookup'],
      ][nth % 3] ?? [],
    forum_gains:
      [
        ['A new contact', 'An idea I tried'],
        ['A new contact'],
        ['An answer to a question', 'An idea I tried'],
      ][nth % 3] ?? [],
    contact_other_team: ['Yes, more than once', 'Yes, once', 'Yes, once'][nth % 3] ?? '',
    keep_going: nth % 3 === 2 ? 'Yes, with changes' : 'Yes, as it is',
    next_support:
      [
        ['Case-based discussion', 'Time to take part'],
        ['Another session'],
        ['Case-based discussion', 'Another session'],
      ][nth % 3] ?? [],
    ...words('sessions_example', nth, doneOtherwise),
    ...words('barriers', nth, inTheWay),
    // One wants it told in other words, and one wants nothing made of it.
    ...words('words-in-report', nth, [
      'As a quotation too',
      'As a quotation too',
      'As a quotation too',
      'As a quotation too',
      'In a summary, in other words',
      'No, only those who run the group read it',
      'As a quotation too',
    ]),
  }),
};

/** What the first of them note after the second session. */
const toTry = [
  'Ask who should be in the room.',
  'Ring before I write.',
  'Turn the clock round.',
  'Say how long I have.',
  'Sit beside, not across.',
  'Leave the form in the bag for ten minutes.',
  'One sentence for the handover.',
  'Ask the other parent, too.',
  'Find out who answers that telephone.',
  'Go home on time on a Tuesday.',
];

async function planPilot(
  facilitator: PersonDriver,
  firstDay: string,
  people: readonly string[],
): Promise<void> {
  await facilitator.command('/chatr pilot new');
  await facilitator.submit({
    'Which pilot?': 'Perinatal pilot',
    'First day': firstDay,
    'Name of the new group': earlierGroup,
  });
  await facilitator.submit();
  await facilitator.click('Open the group');
  await facilitator.click('Add people');
  await facilitator.submit({ People: people });
  await closeAll(facilitator);
}

/** Nobody had booked: they are counted, without names. */
async function takeAttendance(facilitator: PersonDriver, many: number): Promise<void> {
  await facilitator.command('/chatr training');
  await facilitator.click('Attendance');
  await facilitator.submit({ 'Others, without names': String(many) });
  await closeAll(facilitator);
}

/** What the button carries that opens the results of a check-in, among those that are listed. */
function resultsOf(facilitator: PersonDriver, label: string): string {
  const listed = JSON.stringify(facilitator.modal() ?? facilitator.ephemerals().at(-1));
  const [, value] =
    new RegExp(`"value":"([^"]+)","accessibility_label":"Results: ${label}"`).exec(listed) ?? [];
  if (value === undefined) throw new Error(`There are no results of “${label}”.`);
  return value;
}

/** What people wrote is read, a little of it is quoted, and all of it is sorted by what it is about. */
async function useWords(facilitator: PersonDriver): Promise<void> {
  await facilitator.click('Read their words', { in: 'home' });
  await facilitator.click('Quotations', { nth: 0 });
  for (const text of quoted) {
    await facilitator.submit({ 'Which words?': text });
    await facilitator.submit();
    await facilitator.submit();
  }
  await facilitator.closeModal();
  await facilitator.click('Themes');
  await facilitator.click('Add themes');
  await facilitator.submit({ 'Themes, one on each line': Object.keys(themes).join('\n') });
  await facilitator.click('Sort the words');
  const all = [...doneOtherwise, ...inTheWay];
  for (let page = 0; facilitator.modal()?.title === 'Sort the words'; page += 1) {
    const shown = facilitator.visibleText('modal');
    const onScreen = all
      .filter((text) => shown.includes(text))
      .toSorted((one, other) => shown.indexOf(one) - shown.indexOf(other));
    await facilitator.submit(
      Object.fromEntries(
        onScreen.map((text, nth) => [
          `w${nth}#p${page}`,
          Object.keys(themes).filter((theme) => themes[theme]?.includes(text)),
        ]),
      ),
    );
  }
  await closeAll(facilitator);
}

/** What came of it is given back, the report is looked at, and the group is put away. */
async function lookBack(facilitator: PersonDriver, label: string): Promise<void> {
  await facilitator.command('/chatr checkin list');
  await facilitator.click({ actionId: 'checkins.results', value: resultsOf(facilitator, label) });
  await facilitator.click('See it in Home, with charts');
  await closeAll(facilitator);
  await useWords(facilitator);
  await facilitator.click('Say what we heard', { in: 'home' });
  await facilitator.submit({
    'What we heard':
      'Most of you do something differently, and it is small: a question first, a call before a letter. Time is what gets in the way, and a room with a door.',
    'What we will do':
      'The next group has its sessions at the hub, ends ten minutes early, and begins with who does what. We cannot change the diaries, and have said so to those who can.',
    'Where does it go?': 'To each who was asked, by direct message',
  });
  await facilitator.click('Post it');
  await closeAll(facilitator);
  await facilitator.command(`/chatr report ${earlierGroup}`);
  await facilitator.command('/chatr groups');
  await facilitator.click('Open');
  await facilitator.click('Archive');
  await closeAll(facilitator);
}
