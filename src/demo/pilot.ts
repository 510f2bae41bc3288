import type { PersonDriver } from 'practice-workspace';
import { dayAfter, later, minutes } from '../lib/clock.ts';
import {
  addWorkingDays,
  atLocalTime,
  isWorkingDay,
  localDate,
  localTime,
  nextAllowed,
} from '../scheduler/calendar.ts';
import { agree, closeAll, fillInProfile, firstStepsDone, greetAll, newestMessage, welcome } from './acts.ts';
import { type Opened, timeZone } from './open.ts';
import { members, newcomer } from './people.ts';

/**
 * Three weeks of a perinatal pilot, lived by pressing what its people would press: nothing of the bot is reached but by
 * the workspace, so what a visitor finds is what the bot does. Each case that is talked about is plainly invented.
 */

const group = 'Perinatal pilot';
const forum = 'chatr-forum';
const room = 'perinatal-pilot';
const pulse = {
  week: 'How has your working week felt?',
  used: 'Did you use something from the programme or this community this week?',
  word: 'A word or a line about your week.',
};

/** The days of the pilot, by what happens on them; local dates. */
export type PilotDays = {
  begins: string;
  /** The three rounds of the pulse, a week apart. */
  first: string;
  second: string;
  third: string;
  /** The last working day before a visitor comes. */
  eve: string;
  comesAt: Date;
};

/** @param comesAt when a visitor comes, on a working day. */
export function pilotDays(comesAt: Date): PilotDays {
  const today = localDate(comesAt, timeZone);
  const before = (date: string, count: number) => dayAfter(date, -count);
  const isSpared = (date: string) => [date, before(date, 7), before(date, 14)].every(isWorkingDay);
  const third = [1, 2, 3, 4, 5].map((count) => before(today, count)).find(isSpared) ?? before(today, 1);
  let eve = before(today, 1);
  while (!isWorkingDay(eve)) eve = before(eve, 1);
  return {
    begins: addWorkingDays(before(today, 21), 0),
    first: before(third, 14),
    second: before(third, 7),
    third,
    eve,
    comesAt,
  };
}

type Moment = { at: Date; happens: () => Promise<void> };

/**
 * Lives them.
 * @param opened a workspace of `pilotSeeds`, whose clock stands before the first day.
 * @param onProgress told now and then how far it is, from 0 to 1.
 */
export async function livePilot(
  opened: Opened,
  on: PilotDays,
  onProgress: (share: number) => void,
): Promise<void> {
  const { workspace, clock } = opened;
  const begun = clock.now().getTime();
  const moments = tell(opened, on).sort((one, other) => one.at.getTime() - other.at.getTime());
  for (const { at, happens } of [...moments, { at: on.comesAt, happens: async () => {} }]) {
    for (let next = nextBeat(clock.now()); clock.now() < at; next = nextBeat(clock.now())) {
      const left = Math.min(next.getTime(), at.getTime()) - clock.now().getTime();
      if (left > 0) await opened.forward(left / 60_000, left / 60_000);
      await workspace.settled();
      onProgress(Math.min((clock.now().getTime() - begun) / (on.comesAt.getTime() - begun), 1));
    }
    await happens();
  }
}

/** While people work every half hour, otherwise a few times a night. */
function nextBeat(now: Date): Date {
  const time = localTime(now, timeZone);
  if (isWorkingDay(localDate(now, timeZone)) && time >= '08:30' && time < '18:00')
    return later(now, minutes(30));
  const morning = nextAllowed(now, {
    zone: timeZone,
    programmeZone: timeZone,
    quietFrom: '18:00',
    quietUntil: '08:30',
  });
  return new Date(Math.min(morning.getTime(), later(now, minutes(6 * 60)).getTime()));
}

function tell({ workspace }: Opened, on: PilotDays): Moment[] {
  const as = (name: string): PersonDriver => workspace.as(name);
  const jo = as('jo');
  const everybody = ['jo', 'fran', ...members.map(({ name }) => name), newcomer.name];
  const moments: Moment[] = [];
  const at = (date: string, time: string, happens: () => Promise<unknown>) =>
    moments.push({ at: atLocalTime(date, time, timeZone), happens: async () => void (await happens()) });
  const afterDays = (date: string, count: number) => addWorkingDays(date, count);
  const says = (date: string, time: string, name: string, channel: string, text: string) =>
    at(date, time, () => as(name).post(text, { in: channel, quiet: true }));

  // The first day: everybody is welcomed, most agree, and the group is made.
  at(on.begins, '09:00', async () => {
    for (const { name } of members) await workspace.joinChannel(name, forum);
  });
  at(on.begins, '09:40', async () => {
    for (const { name } of members) {
      if (name === 'bo') await refuse(as(name));
      else await agree(as(name));
    }
  });
  at(on.begins, '10:10', async () => {
    for (const { name, role, organisation } of members)
      if (name !== 'bo') await fillInProfile(as(name), { role, organisation });
  });
  at(on.begins, '11:00', () =>
    makeGroup(
      jo,
      members.map(({ name }) => name),
    ),
  );
  at(on.begins, '11:20', async () => {
    await jo.openHome();
    await jo.click('Open', { in: 'home' });
    await jo.choose({ actionId: 'cohorts.more' }, 'Linked channel');
    await jo.submit({ Channel: room });
    await closeAll(jo);
    await giveRole(as('fran'), 'kim', 'Curator');
  });
  at(on.begins, '11:40', () => schedulePulse(jo, on.first));
  const firstSession = afterDays(on.begins, 3);
  at(on.begins, '14:30', () => planSession(jo, firstSession));
  at(on.begins, '12:10', () => greetAll(jo));
  // Of two organisations and professions: the next round introduces them to each other.
  at(on.begins, '12:45', async () => {
    for (const name of ['ira', 'toni']) await wantIntroductions(as(name));
  });
  says(
    on.begins,
    '09:15',
    'jo',
    forum,
    'Good morning, and welcome. We learn from practice here, never from a family who could be recognised. When we need a case we have the Teacups: Mrs Teacup, a baby called Saucer, and a granny who is a kettle.',
  );
  says(
    on.begins,
    '09:10',
    'fran',
    'general',
    'Good morning. New here: *ChATR Companion*, on the left under Apps. It finds resources, keeps your private notes, and takes no for an answer.',
  );
  says(
    on.begins,
    '12:30',
    'robin',
    forum,
    'Hello all. I am a midwife at Everyplace Hospital, and I would like the first ten minutes of a booking visit to feel less like a form.',
  );
  says(
    on.begins,
    '12:40',
    'sam',
    forum,
    'Hello from Nowhere Street. Health visitor. Here for the handover that both sides remember.',
  );
  says(
    on.begins,
    '13:05',
    'ira',
    forum,
    'Kettle and Chair here, the charity with the biscuits. Glad to put faces to the names I only know from voicemail.',
  );

  // The rest of the first week.
  const second = afterDays(on.begins, 1);
  says(
    second,
    '09:20',
    'jo',
    room,
    'For our first session the Teacups again: Saucer is four months old and does not sleep, and everybody round the table has a different worry. Who would ring whom first?',
  );
  says(
    second,
    '10:10',
    'eli',
    room,
    'I would ask Mrs Teacup who she would like in the room before I ring anybody.',
  );
  says(
    second,
    '10:25',
    'dee',
    room,
    'Yes. And I would ask what the nights were like for the kettle, too. Nobody asks the kettle.',
  );
  at(second, '12:50', () => makeTeamCard(as('dee')));
  at(second, '12:55', async () => {
    for (const name of Object.keys(comesAs)) await book(as(name));
  });
  at(second, '13:10', async () => {
    await firstStepsDone(
      as('sam'),
      as('robin'),
      as('dee'),
      as('eli'),
      as('ira'),
      as('toni'),
      as('kim'),
      as('ash'),
    );
  });
  at(second, '15:30', async () => {
    for (const [name, askAbout] of Object.entries(gladToBeAsked)) await beListed(as(name), askAbout);
  });
  at(second, '13:30', () => saveFound(as('robin'), 'birth trauma', 2));
  at(second, '15:05', () =>
    reflect(as('sam'), 'Asking first, and then waiting, changed the whole visit. I talk when I am nervous.'),
  );
  at(second, '15:20', () =>
    reflect(
      as('robin'),
      'I said “take your time” while looking at the clock. Next time I turn the clock round.',
    ),
  );

  // The first session, which one who had a place could not come to.
  at(firstSession, '15:20', () => takeAttendance(jo, ['Robin', 'Sam', 'Toni', 'Dee', 'Eli', 'Ira', 'Kim']));

  at(afterDays(firstSession, 1), '12:05', async () => {
    for (const [name, toTry] of Object.entries(willTry)) await noteToTry(as(name), toTry);
  });

  // The first pulse: a heavy week.
  const early = ['robin', 'sam', 'toni', 'dee', 'eli', 'ira', 'kim', 'ash'];
  at(on.first, '12:15', async () => {
    for (const [nth, name] of early.entries())
      await answerPulse(as(name), {
        [pulse.week]: ['2', '2', '1', '2', '3', '2', '2', '2'][nth] ?? '2',
        [pulse.used]: nth % 3 === 0 ? 'A little' : 'No',
        [pulse.word]: heavyWords[nth] ?? '',
      });
  });
  says(
    on.first,
    '14:10',
    'toni',
    forum,
    'Does anybody have a good page about settling a baby at nursery after a hard start? Ours is a photocopy of a photocopy.',
  );
  says(
    on.first,
    '14:35',
    'kim',
    forum,
    'Try `/chatr settling`, and if nothing there is right press *Ask somebody*. That is me, and I like being asked.',
  );

  // The second week.
  at(on.second, '14:20', async () => {
    await openResults(jo);
    await sayWhatWasHeard(jo);
  });
  at(afterDays(on.second, 1), '10:10', () =>
    askColleagues(
      as('robin'),
      'Who knows how a letter about damp should be put, so that the housing office reads it?',
    ),
  );
  at(afterDays(on.second, 1), '12:10', async () => {
    const [asked] = as('ira')
      .dmsWithBot()
      .filter(({ text }) => text === 'A colleague asks who can help');
    if (asked) await as('ira').click('Yes, put us in touch', { in: asked });
  });
  const later2 = ['robin', 'sam', 'toni', 'dee', 'eli', 'ira', 'kim', 'gus'];
  at(on.second, '12:20', async () => {
    for (const [nth, name] of later2.entries())
      await answerPulse(as(name), {
        [pulse.week]: ['4', '4', '3', '4', '4', '5', '4', '4'][nth] ?? '4',
        [pulse.used]: nth % 3 === 1 ? 'A little' : 'Yes',
        [pulse.word]: lighterWords[nth] ?? '',
      });
  });
  says(
    on.second,
    '15:10',
    'robin',
    room,
    'Tried Eli’s question from the Teacup session on a pretend phone call with a colleague. It is harder to say out loud than to nod at.',
  );
  says(on.second, '15:25', 'eli', room, 'It gets shorter with practice. Mine is down to nine words.');
  const after = afterDays(on.second, 1);
  at(after, '10:05', () =>
    reflect(as('sam'), 'The handover call took six minutes because we had agreed what it was for.'),
  );
  at(after, '12:10', () =>
    suggest(as('toni'), {
      title: 'A quieter waiting room (invented leaflet)',
      url: 'https://www.example.org/quieter-waiting-room',
      why: 'Two pages, for whoever arranges the chairs.',
    }),
  );
  at(after, '14:15', () => saveFound(as('robin'), 'perinatal anxiety', 1));
  at(after, '11:10', () => planSession(jo, afterDays(localDate(on.comesAt, timeZone), 4)));
  // Six have done some of the core module.
  at(after, '14:40', async () => {
    const [what, how] = [
      '1. Adversity and trauma: what we mean and what we do not',
      '4. Six principles in everyday practice',
    ];
    await doParts(as('robin'), [what, how]);
    for (const name of ['sam', 'dee', 'eli', 'ira', 'toni']) await doParts(as(name), [how]);
  });

  at(after, '15:30', () =>
    suggest(as('toni'), {
      title: 'A song for putting coats on (invented page)',
      url: 'https://www.example.org/coat-song',
      why: 'For whoever is in a hurry at the door.',
    }),
  );
  says(
    after,
    '16:05',
    'gus',
    forum,
    'I made a card of the Teacups for our staff room. The kettle has a speech bubble that says “and how are you sleeping?”',
  );
  says(
    after,
    '16:20',
    'toni',
    forum,
    'Please may we have one for the nursery. I will laminate it, if I can find the laminator.',
  );

  // The third week.
  at(on.third, '09:05', async () => {
    for (const name of everybody) if (name !== newcomer.name) await as(name).openMessages();
  });
  at(on.third, '11:40', async () => {
    for (const [nth, name] of ['sam', 'toni', 'ira'].entries())
      await answerPulse(as(name), { [pulse.week]: ['4', '3', '4'][nth] ?? '4', [pulse.used]: 'Yes' });
    await as('eli').click('Skip this one', { in: newestPrompt(as('eli')) });
    await leaveHalfWay(as('dee'), { [pulse.week]: '3', [pulse.word]: 'Full, and I' });
  });
  at(on.third, '09:20', async () => {
    for (const name of ['robin', 'sam', 'ira', 'kim', 'eli', 'gus']) await book(as(name));
  });
  at(on.third, '13:35', () => askCurators(as('gus'), 'photocopier'));
  at(on.third, '13:45', () => askCurators(as('robin'), 'knitting'));
  at(on.third, '14:05', () => reportOutOfDate(as('sam'), 'perinatal mental health'));
  at(on.third, '14:30', () => decline(as('kim')));
  at(on.third, '14:20', () =>
    reflect(as('gus'), 'We sat in silence for a whole minute and nobody needed rescuing from it.'),
  );
  at(on.eve, '09:45', () =>
    reflect(
      as('sam'),
      'I noticed that I was cross with the form and not with anybody in the room. I put the form away.',
    ),
  );
  at(on.eve, '10:15', () => workspace.joinPerson(newcomer));
  at(on.eve, '11:00', async () => {
    await agree(as(newcomer.name));
    await workspace.joinChannel(newcomer.name, forum);
  });
  at(on.eve, '14:20', () => share(as('sam'), 'toni'));
  at(on.eve, '14:40', () =>
    offerExample(as('sam'), {
      Title: 'Six minutes on the telephone',
      'As fiction':
        'A mother was to be told by two people on two days. The two rang each other first, agreed what the call was for, and were done in six minutes. She was told once, by the one she knew.',
    }),
  );
  says(
    on.eve,
    '11:30',
    newcomer.name,
    forum,
    'Hello, I am new. I find flats, or at least I look for them. Happy to read along for a while.',
  );
  says(on.eve, '15:40', 'ash', room, 'I am off for two days now, so no hurry with anything for me.');
  at(on.eve, '15:45', () =>
    as('ash').command(
      `/chatr away until ${sayDate(addWorkingDays(dayAfter(localDate(on.comesAt, timeZone), 1), 0))}`,
    ),
  );

  // Before the visitor comes everybody has read most of what there is, and looked at their Home.
  at(on.eve, '15:00', async () => {
    for (const name of everybody)
      for (const channel of ['general', forum, ...(name === newcomer.name ? [] : [room])])
        await workspace.act(name, { do: 'open-messages', channel: workspace.channelId(channel) });
  });
  moments.push({
    at: later(on.comesAt, -minutes(10)),
    happens: async () => {
      for (const name of everybody) await as(name).openHome();
      await openResults(jo);
    },
  });
  return moments;
}

const heavyWords = [
  'Back to back',
  'More forms than people',
  'Tired',
  'A long week with one good conversation in it',
  'Too many meetings about meetings',
  'Two colleagues away',
  '',
  'Nights',
];
const lighterWords = [
  'The agreed handover worked',
  'Six minutes!',
  'Steady',
  'I asked first, twice',
  '',
  'The chair is in its new place',
  'Lunch happened',
  'Glad to be asked',
];

/** Who books the first session, and as what. */
const comesAs: Record<string, string> = {
  robin: 'Midwifery and maternity',
  sam: 'Health visiting and school nursing',
  toni: 'Early years',
  dee: 'Mental health and psychology',
  eli: 'Social work and family support',
  gus: 'Mental health and psychology',
  ira: 'Voluntary and community',
  kim: 'Health visiting and school nursing',
};

const willTry: Record<string, string> = {
  ira: 'Put the chair beside the parent, not across the desk.',
  robin: 'Turn the clock round before a booking visit.',
};

const said = (date: string, how: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone, ...how })
    .format(atLocalTime(date, '12:00', timeZone))
    .replace(',', '');
const sayDate = (date: string): string => said(date, {});

async function refuse(person: PersonDriver): Promise<void> {
  await person.click('Read the community agreement', { in: welcome(person) });
  await person.click('No, thank you');
  await closeAll(person);
}

async function wantIntroductions(person: PersonDriver): Promise<void> {
  await person.openHome();
  await person.click('Edit my profile', { in: 'home' });
  await person.submit();
  await person.submit({ 'Colleagues may see': ['My role', 'My organisation or team'] });
  await closeAll(person);
  await person.command('/chatr connect');
  await person.submit();
  await closeAll(person);
}

/** Who lists themselves, and for what. */
const gladToBeAsked: Readonly<Record<string, string>> = {
  sam: 'Babies who do not sleep, and handover between midwife and health visitor.',
  dee: 'What a consultation with us is like, and borrowing the blue room.',
  ira: 'Housing letters, damp, food banks, and who answers the telephone there.',
  kim: 'School nursing, and finding things in the catalogue.',
};

async function beListed(person: PersonDriver, askAbout: string): Promise<void> {
  await person.command('/chatr people');
  await person.click('How I am listed');
  await person.click('List me');
  await person.submit({
    'Colleagues see of my profile': ['My role', 'My organisation or team'],
    'Happy to be asked about': askAbout,
    'Questions from colleagues': ['Put them to me when they fit'],
  });
  await closeAll(person);
}

async function askColleagues(person: PersonDriver, words: string): Promise<void> {
  await person.command('/chatr people');
  await person.click('Who can help?');
  await person.submit({ 'What would you like help with?': words });
  await person.submit();
  await closeAll(person);
}

/** What a made-up team offers the others. */
async function makeTeamCard(person: PersonDriver): Promise<void> {
  await person.command('/chatr teams');
  await person.click('Make a card');
  await person.submit({
    'The team': 'Thistledown Talking Service, under-twos',
    'What we do, and what others can ask us for':
      'We see parents and babies together, and talk a worry through with whoever works with them.',
    'Consultation line': 'Tuesdays, 12:00 to 13:00, by phone',
    'How to reach us': 'hello@thistledown.example',
  });
  await person.submit({
    Languages: 'English, Turkish',
    Room: 'The blue room has a mat, and can be borrowed',
  });
  await closeAll(person);
}

async function makeGroup(facilitator: PersonDriver, people: readonly string[]): Promise<void> {
  await facilitator.openHome();
  await facilitator.click('Make your first group', { in: 'home' });
  await facilitator.submit({ Name: group, People: people });
  await closeAll(facilitator);
}

async function giveRole(owner: PersonDriver, person: string, role: string): Promise<void> {
  await owner.openHome();
  await owner.click('Give a role', { in: 'home' });
  await owner.submit({ Person: person, Role: role });
  await closeAll(owner);
}

async function schedulePulse(facilitator: PersonDriver, date: string): Promise<void> {
  await facilitator.command('/chatr checkin new');
  await facilitator.submit({ 'Who is asked?': group, 'Which questions?': 'Weekly pulse' });
  await facilitator.submit({ 'First date': date, Time: '10:00' });
  await facilitator.click('Change how');
  await facilitator.submit({
    'Who gets it?': 'Everybody in the group',
    'How long does it stay open?': '7 days',
  });
  await facilitator.submit();
  await closeAll(facilitator);
}

async function planSession(facilitator: PersonDriver, date: string): Promise<void> {
  await facilitator.command('/chatr sessions');
  await facilitator.click('Add a session');
  await facilitator.submit({ 'What is it?': 'Perinatal', 'Who is it for?': group });
  await facilitator.submit({
    Day: date,
    'Begins at': '13:30',
    Place: 'Nowhere Street hub, the upstairs room',
  });
  await facilitator.submit({ 'How many places?': '12' });
  await closeAll(facilitator);
}

/** The next one there is a place at. */
async function book(person: PersonDriver): Promise<void> {
  await person.command('/chatr sessions');
  await person.click('Open', { nth: 0 });
  await person.submit({ 'I come as': comesAs[person.name] ?? 'Another profession' });
  await closeAll(person);
}

async function takeAttendance(facilitator: PersonDriver, there: readonly string[]): Promise<void> {
  await facilitator.command('/chatr training');
  await facilitator.click('Attendance');
  await facilitator.submit({ 'Who was there, of those with a place': there });
  await closeAll(facilitator);
}

/** From the thanks for a session. */
async function noteToTry(person: PersonDriver, toTry: string): Promise<void> {
  await person.click('Note one thing', {
    in: newestMessage(
      person.dmsWithBot().filter(({ text }) => text === 'After your session'),
      `thanks to ${person.realName}`,
    ),
  });
  await person.submit({ 'One thing I will try': toTry });
  await closeAll(person);
}

async function saveFound(person: PersonDriver, words: string, count: number): Promise<void> {
  await person.command(`/chatr find ${words}`);
  for (let nth = 0; nth < count; nth += 1)
    await person.choose({ actionId: 'resources.about' }, 'Save', { nth, in: newestAnswer(person) });
}

/** Parts of the core module, as the list has them. */
async function doParts(person: PersonDriver, parts: readonly string[]): Promise<void> {
  await person.command('/chatr training');
  for (const part of parts) {
    await person.choose({ actionId: 'training.pick' }, part);
    if (person.visibleText('modal').includes('You can skip this part')) await person.click('Go on');
    await person.click('Done');
  }
  await closeAll(person);
}

async function reflect(person: PersonDriver, text: string): Promise<void> {
  await person.command('/chatr reflect');
  await person.submit({ 'A moment: What stayed with you today?': text });
  await closeAll(person);
}

/** The latest of the journal. */
async function share(person: PersonDriver, withWhom: string): Promise<void> {
  await person.command('/chatr journal');
  await person.click('Open', { nth: 0 });
  await person.click('Share');
  await person.submit({ 'With whom?': 'One person', 'Which person?': withWhom });
  await person.submit();
  await closeAll(person);
}

/** Out of the one before. */
async function offerExample(person: PersonDriver, fiction: Record<string, string>): Promise<void> {
  await person.command('/chatr journal');
  await person.click('Open', { nth: 1 });
  await person.click('Share');
  await person.click('Make an example of it');
  await person.submit({
    ...fiction,
    'I have changed these, or left them out': [
      'Names, initials and what people are called',
      'Places, teams, schools and services',
      'Ages, dates, and who is in the family',
      'Anything unusual that somebody would know again',
    ],
  });
  await closeAll(person);
}

const newestAnswer = (person: PersonDriver) =>
  newestMessage(person.ephemerals(), `answer to ${person.realName}`);
const newestPrompt = (person: PersonDriver) =>
  newestMessage(
    person.dmsWithBot().filter(({ text }) => text === 'Your check-in is ready'),
    `check-in for ${person.realName}`,
  );

async function answerPulse(person: PersonDriver, answers: Record<string, string>): Promise<void> {
  await person.click('Answer', { in: newestPrompt(person) });
  await person.submit(answers);
  await closeAll(person);
}

async function leaveHalfWay(person: PersonDriver, answers: Record<string, string>): Promise<void> {
  await person.click('Answer', { in: newestPrompt(person) });
  await person.fill(answers);
  await closeAll(person);
}

/** The results of the latest round of the pulse that is over, as a page of Home. */
async function openResults(facilitator: PersonDriver): Promise<void> {
  await facilitator.openHome();
  await facilitator.click('Results', { in: 'home' });
}

async function sayWhatWasHeard(facilitator: PersonDriver): Promise<void> {
  await facilitator.click('Say what we heard', { in: 'home' });
  await facilitator.submit({
    'What we heard': 'The week was heavy, and there was little time to try anything.',
    'What we will do': 'Sessions end ten minutes early, and the handover call gets an agreed purpose.',
    'Where does it go?': 'To the group’s channel',
  });
  await facilitator.click('Post it');
  await closeAll(facilitator);
}

async function suggest(
  person: PersonDriver,
  { title, url, why }: { title: string; url: string; why: string },
): Promise<void> {
  await person.command('/chatr suggest');
  await person.submit({ Title: title, 'Web address': url, 'Why is it good, and for whom?': why });
  await closeAll(person);
}

async function askCurators(person: PersonDriver, words: string): Promise<void> {
  await person.command(`/chatr find ${words}`);
  await person.click('Ask somebody', { in: newestAnswer(person) });
  await person.submit();
  await closeAll(person);
}

async function reportOutOfDate(person: PersonDriver, words: string): Promise<void> {
  await person.command(`/chatr find ${words}`);
  await person.choose({ actionId: 'resources.about' }, 'About, helped, out of date', {
    nth: 0,
    in: newestAnswer(person),
  });
  await person.click('It is out of date');
  await closeAll(person);
}

async function decline(curator: PersonDriver): Promise<void> {
  await curator.command('/chatr catalogue');
  // The one that has waited longest.
  await curator.click('Decline', { nth: 0 });
  await curator.submit({
    'Why?': 'We could not find out who is behind it.',
    'A few words to them': 'A lovely leaflet, and nobody has signed it. Do tell us if you find out.',
  });
  await closeAll(curator);
}
