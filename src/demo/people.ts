import type { PersonSeed, Seeds } from 'practice-workspace';

/**
 * Who is in the pilot: a group of ten practitioners of six organisations, and two who run it; an eleventh comes later.
 * Nobody should mistake them, or where they work, for anybody or anywhere. What stands behind a name is why it is worth being that person.
 */
export const members: readonly (PersonSeed & { role: string; organisation: string })[] = [
  {
    name: 'robin',
    realName: 'Robin Practice',
    title: 'Midwife, a check-in is waiting',
    role: 'Midwife',
    organisation: 'Everyplace Hospital',
  },
  {
    name: 'ash',
    realName: 'Ash Example',
    title: 'Midwife, two days off',
    role: 'Midwife',
    organisation: 'Everyplace Hospital',
  },
  {
    name: 'sam',
    realName: 'Sam Sample',
    title: 'Health visitor, keeps a journal',
    role: 'Health visitor',
    organisation: 'Nowhere Street Health Centre',
  },
  {
    name: 'bo',
    realName: 'Bo Placeholder',
    title: 'GP, said no to the agreement',
    role: 'GP',
    organisation: 'Nowhere Street Health Centre',
  },
  {
    name: 'toni',
    realName: 'Toni Testcase',
    title: 'Nursery teacher, a curator has answered',
    role: 'Early years practitioner',
    organisation: 'Paperboat Nursery',
  },
  {
    name: 'dee',
    realName: 'Dee Imaginary',
    title: 'Nurse, half way through a check-in',
    role: 'Nurse',
    organisation: 'Thistledown Talking Service',
  },
  {
    name: 'eli',
    realName: 'Eli Specimen',
    title: 'Social worker, skipped a check-in',
    role: 'Social worker',
    organisation: 'Invented Borough Council',
  },
  {
    name: 'gus',
    realName: 'Gus Makebelieve',
    title: 'Psychotherapist, still taking first steps',
    role: 'Mental health practitioner',
    organisation: 'Thistledown Talking Service',
  },
  {
    name: 'ira',
    realName: 'Ira Mockup',
    title: 'Family support, trying something out',
    role: 'Family support or early help worker',
    organisation: 'Kettle and Chair',
  },
  {
    name: 'kim',
    realName: 'Kim Notreal',
    title: 'School nurse, curator with a queue',
    role: 'Nurse',
    organisation: 'Invented Borough Council',
  },
];

/** Comes on the last working day. */
export const newcomer: PersonSeed & { role: string; organisation: string } = {
  name: 'cam',
  realName: 'Cam Pretend',
  title: 'Housing officer, just joined',
  role: 'Housing officer',
  organisation: 'Kettle and Chair',
};

export const pilotSeeds: Seeds = {
  workspace: { name: 'ChATR Practice', domain: 'chatr-practice', id: 'T0PRACTICE' },
  people: [
    { name: 'jo', realName: 'Jo Madeup', title: 'Facilitator, has results to read' },
    {
      name: 'fran',
      realName: 'Fran Fictional',
      title: 'Administrator, gives people their roles',
      isAdmin: true,
      isOwner: true,
    },
    ...members,
  ],
  channels: [
    { name: 'general', topic: 'Everyone is here' },
    { name: 'chatr-forum', topic: 'The community of practice', withApp: true },
    {
      name: 'perinatal-pilot',
      topic: 'The perinatal pilot group',
      private: true,
      members: ['jo', 'fran', ...members.map(({ name }) => name)],
      withApp: true,
    },
  ],
};
