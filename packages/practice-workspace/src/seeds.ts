/** Who and what is in the workspace at the start. Plainly invented: nobody should mistake these for people. */
export type PersonSeed = {
  /** The handle, a–z, 0–9, dots and dashes; unique. */
  name: string;
  realName: string;
  /** `profile.first_name`, where a directory fills it in. Left out: what stands first in the real name, as in Slack. */
  firstName?: string;
  id?: string;
  displayName?: string;
  title?: string;
  /** Why a visitor might want to be them, in a few words: on the page's switch alone, and no part of their profile. */
  worth?: string;
  /** The heading under which they stand on that switch, after everybody else. Left out: by their title. */
  group?: string;
  email?: string;
  tz?: string;
  isAdmin?: boolean;
  isOwner?: boolean;
  /** A guest; `single-channel` ones are `is_ultra_restricted`. */
  guest?: 'multi-channel' | 'single-channel';
  deactivated?: boolean;
  isBot?: boolean;
  /** Enterprise Grid: another workspace of the organisation, which Slack names as theirs; they are members here too. */
  homeTeam?: string;
  /** Slack Connect: a workspace of another organisation. They see the channels they are in, and no command. */
  connectedTeam?: string;
};

export type ChannelSeed = {
  /** Without the `#`. */
  name: string;
  id?: string;
  topic?: string;
  private?: boolean;
  archived?: boolean;
  /** Handles. Left out: everyone active who is not a guest. */
  members?: string[];
  withApp?: boolean;
};

export type Seeds = {
  /** `enterprise`: the organisation it is part of, on Enterprise Grid. */
  workspace: { name: string; domain: string; id?: string; enterprise?: { id: string; name: string } };
  people: PersonSeed[];
  channels: ChannelSeed[];
};

export const defaultSeeds: Seeds = {
  workspace: { name: 'ChATR Practice', domain: 'chatr-practice', id: 'T0PRACTICE' },
  people: [
    {
      name: 'fran',
      realName: 'Fran Fictional',
      title: 'Facilitator (workspace owner)',
      isAdmin: true,
      isOwner: true,
    },
    { name: 'jo', realName: 'Jo Madeup', title: 'Facilitator', isAdmin: false },
    { name: 'robin', realName: 'Robin Practice', title: 'Trainee: midwife' },
    { name: 'sam', realName: 'Sam Sample', title: 'Trainee: health visitor', tz: 'Europe/Lisbon' },
    { name: 'toni', realName: 'Toni Testcase', title: 'Trainee: teacher', tz: 'America/New_York' },
    {
      name: 'gale',
      realName: 'Gale Guesting',
      title: 'Guest from a partner agency',
      guest: 'multi-channel',
    },
    { name: 'dana', realName: 'Dana Departed', title: 'Has left', deactivated: true },
  ],
  channels: [
    { name: 'general', topic: 'Everyone is here' },
    {
      name: 'chatr-forum',
      topic: 'The community of practice',
      members: ['fran', 'jo', 'robin', 'sam', 'toni', 'gale'],
      withApp: true,
    },
    {
      name: 'perinatal-pilot',
      topic: 'The perinatal pilot group',
      private: true,
      members: ['fran', 'jo', 'robin', 'sam'],
      withApp: true,
    },
  ],
};
