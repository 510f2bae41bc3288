/**
 * What is promised about who sees what, said once: the screens of those it is about and of those who see it use the same
 * sentence.
 */

/** How somebody's first steps are going. */
export const whoSeesProgress =
  'Facilitators see how many of a group are under way or through, never who, and no number that tells of fewer than five. By name they see only who has joined and waits for a hello, and whom my messages cannot reach.';

/** Which parts of the core module somebody has opened, done or skipped. */
export const whoSeesModule =
  'Facilitators see how many of a group have begun or finished the core module, never who or which part, and no number that tells of fewer than five.';

/** Whether somebody has answered a check-in that goes without names. */
export const whoSeesAnswered =
  'Facilitators see how many have answered, never who has or has not, and no number that tells of fewer than five.';

/** What makes taking part easier for somebody. */
export const whoSeesAccessNeeds =
  'Only those who run a group see what makes taking part easier for its members, in a window and never in a message. Each person sees in Home who has opened theirs, and on which day.';

/** Who was at a session. @param days for which that list is kept. */
export const whoSeesAttendance = (days: number): string =>
  `Only those who host this session see who came, for ${days} days after it. Nobody is told that they were not ticked, and nothing counts it.`;

/** What somebody notes that they will try, and whether they did. */
export const whoSeesIntentions =
  'Facilitators see only how many noted something after a check-in, and how many of those have tried it, never a number that tells of fewer than five; never who, and never a word of it.';

/** Who is introduced to whom. */
export const whoSeesIntroductions =
  'Only those who are introduced to each other know of it. Facilitators see how many people were introduced across agencies and professions, never who, who would rather not or who met, and no number that tells of fewer than five.';

/** Whom somebody would rather not meet. */
export const whoSeesAvoided = 'Nobody but you ever sees this list, and nobody is told. It is kept encrypted.';
/** What came of a practice example is not to be told from anybody else's. */
export const examplesStay = 'Practice examples in the catalogue: they never had your name.';

/** Who reads what somebody shares of their journal, and what its author sees of them. */
export const whoSeesSharedReflections =
  'Only those it is shared with can read it, in a window and never in a message. Its author sees who opened it, and when, and can stop sharing it at any time.';

/** The same, said to its author. */
export const whoSeesWhatYouShare =
  'Only those you share it with can read it, in a window and never in a message. You see who opened it, and when, and can stop sharing it at any time.';

/** What becomes known of whoever a colleague's question is put to. */
export const whoHearsOfBeingAsked = 'Nobody hears that you were asked unless you say yes.';

/** The same, of everybody together. */
export const whoSeesQuestions =
  'A question to colleagues is seen by those it is put to. Nobody hears who was asked or said no; whoever says yes is named to the one who asked, and to nobody else.';

/** Whoever runs the machine, with what the program itself can read. */
export const whoRunsTheServer =
  'Whoever runs the server can read there, without any key: your name and Slack id, your groups and roles, which sessions you were at, whether you answered a check-in (never what), dates, which resources you saved, which parts of the core module you have done, whom you were introduced to (never whom you would rather not meet, or whether you met), what you let others see of your profile, what you suggested, and whether you looked something up in this week or were active in this month (never what you looked up). What you wrote for yourself or under your name is encrypted: a copy of the database alone does not show it. With the key, which the program needs, it can be opened; nobody does that to look, and what you delete is gone from it.';

/** What those who read a check-in's results note on it. */
export const whoSeesRoundNotes =
  'Only those who can read these results see the notes on them: the facilitators of the group and of all groups. Members do not, and no file or message holds them.';

/** The same where people answer for the whole programme. */
export const whoSeesProgrammeNotes =
  'Only those who lead the whole programme see the notes on its results. Members do not, and no file or message holds them.';

/** Of what people answer where nobody keeps whose it is. */
export const answeredWithoutNames = 'We keep that you answered, never which answer is yours.';

/** The same where answers from before and after belong together. */
export const answeredUnderKey = 'Your answers are kept under a random key, apart from your name.';

/** Of a check-in, for whoever can read its results from now on. */
export const whatReadersSee =
  'You can now read the results of the check-ins there, and what people wrote in them. Those that go without names do not ask you any more: with what you answered yourself you could work out what others did.';

/** What somebody says for one session would make taking part in it easier. */
export const whoSeesSessionNeeds =
  'Only those who run the session see what would make taking part in it easier, for that purpose alone, in a window and never in a message or a file. Each person sees who has opened theirs, and on which day. It goes two weeks after the session; at once when their place or the session is cancelled.';

/** Who comes to a session. */
export const whoSeesBookings =
  'Only those who run a session see who has a place or waits for one, and the profession each comes as: in a window, never in a message. For the day they can take a file with the names, in groups. Nobody else sees who comes; how many come from a profession is told from five on.';
