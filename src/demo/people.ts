import type { PersonSeed, Seeds } from 'practice-workspace';

/**
 * Who is in the pilot: a group of ten practitioners of six organisations, and two who run it; an eleventh comes later.
 * Nobody should mistake them, or where they work, for anybody or anywhere. `worth` stays true whatever a visitor does as them.
 */
export const members: readonly (PersonSeed & { role: string; organisation: string })[] = [
  {
    name: 'robin',
    realName: 'Robin Practice',
    title: 'Midwife',
    worth: 'is asked in check-ins',
    role: 'Midwife',
    organisation: 'Everyplace Hospital',
  },
  {
    name: 'ash',
    realName: 'Ash Example',
    title: 'Midwife',
    worth: 'has days off',
    role: 'Midwife',
    organisation: 'Everyplace Hospital',
  },
  {
    name: 'sam',
    realName: 'Sam Sample',
    title: 'Health visitor',
    worth: 'keeps a journal',
    role: 'Health visitor',
    organisation: 'Nowhere Street Health Centre',
  },
  {
    name: 'bo',
    realName: 'Bo Placeholder',
    title: 'GP',
    worth: 'said no to the agreement',
    role: 'GP',
    organisation: 'Nowhere Street Health Centre',
  },
  {
    name: 'toni',
    realName: 'Toni Testcase',
    title: 'Nursery teacher',
    worth: 'asked a curator',
    role: 'Early years practitioner',
    organisation: 'Paperboat Nursery',
  },
  {
    name: 'dee',
    realName: 'Dee Imaginary',
    title: 'Nurse',
    worth: 'began a check-in',
    role: 'Nurse',
    organisation: 'Thistledown Talking Service',
  },
  {
    name: 'eli',
    realName: 'Eli Specimen',
    title: 'Social worker',
    worth: 'skipped a check-in',
    role: 'Social worker',
    organisation: 'Invented Borough Council',
  },
  {
    name: 'gus',
    realName: 'Gus Makebelieve',
    title: 'Psychotherapist',
    worth: 'takes first steps',
    role: 'Mental health practitioner',
    organisation: 'Thistledown Talking Service',
  },
  {
    name: 'ira',
    realName: 'Ira Mockup',
    title: 'Family support worker',
    worth: 'noted what to try',
    role: 'Family support or early help worker',
    organisation: 'Kettle and Chair',
  },
  {
    name: 'kim',
    realName: 'Kim Notreal',
    title: 'School nurse',
    worth: 'is a curator',
    role: 'Nurse',
    organisation: 'Invented Borough Council',
  },
];

/** Comes on the last working day. */
export const newcomer: PersonSeed & { role: string; organisation: string } = {
  name: 'cam',
  realName: 'Cam Pretend',
  title: 'Housing officer',
  worth: 'came last',
  role: 'Housing officer',
  organisation: 'Kettle and Chair',
};

/** A group that was over before: its report is whole. They stand behind the others, under a heading of their own. */
export const earlierMembers: readonly (PersonSeed & { role: string; organisation: string })[] = (
  [
    ['ali', 'Ali Hypothetical', 'Midwife', 'Midwife', 'Everyplace Hospital'],
    ['bel', 'Bel Invented', 'Midwife', 'Midwife', 'Everyplace Hospital'],
    ['cas', 'Cas Fable', 'Midwife', 'Midwife', 'Everyplace Hospital'],
    ['dov', 'Dov Figment', 'Midwife', 'Midwife', 'Everyplace Hospital'],
    ['eva', 'Eva Notional', 'Midwife', 'Midwife', 'Everyplace Hospital'],
    ['fin', 'Fin Fairytale', 'Health visitor', 'Health visitor', 'Invented Borough Council'],
    ['gio', 'Gio Supposed', 'Health visitor', 'Health visitor', 'Invented Borough Council'],
    ['hana', 'Hana Pretence', 'Health visitor', 'Health visitor', 'Invented Borough Council'],
    ['isa', 'Isa Imagined', 'Health visitor', 'Health visitor', 'Invented Borough Council'],
    ['jude', 'Jude Whatif', 'Health visitor', 'Health visitor', 'Invented Borough Council'],
    [
      'lou',
      'Lou Storybook',
      'Family support worker',
      'Family support or early help worker',
      'Kettle and Chair',
    ],
    [
      'mika',
      'Mika Daydream',
      'Family support worker',
      'Family support or early help worker',
      'Kettle and Chair',
    ],
    [
      'nia',
      'Nia Onceupon',
      'Family support worker',
      'Family support or early help worker',
      'Kettle and Chair',
    ],
    ['obi', 'Obi Fictive', 'Social worker', 'Social worker', 'Thistledown Talking Service'],
    ['pat', 'Pat Supposing', 'Nursery teacher', 'Early years practitioner', 'Paperboat Nursery'],
  ] as const
).map(([name, realName, title, role, organisation]) => ({
  name,
  realName,
  title,
  role,
  organisation,
  worth: 'was in the first group',
  group: 'First group',
}));

export const pilotSeeds: Seeds = {
  workspace: { name: 'ChATR Practice', domain: 'chatr-practice', id: 'T0PRACTICE' },
  people: [
    { name: 'jo', realName: 'Jo Madeup', title: 'Facilitator', worth: 'runs the group' },
    {
      name: 'fran',
      realName: 'Fran Fictional',
      title: 'Administrator',
      worth: 'gives people their roles',
      isAdmin: true,
      isOwner: true,
    },
    ...members,
    ...earlierMembers,
  ],
  channels: [
    { name: 'general', topic: 'Everyone is here' },
    {
      name: 'chatr-forum',
      topic: 'The community of practice',
      // The others join on the first day of their pilot.
      members: ['jo', 'fran', ...earlierMembers.map(({ name }) => name)],
      withApp: true,
    },
    {
      name: 'perinatal-pilot',
      topic: 'The perinatal pilot group',
      private: true,
      members: ['jo', 'fran', ...members.map(({ name }) => name)],
      withApp: true,
    },
  ],
};
