/**
 * Every kind of message that the bot sends through the outbox. Whoever enqueues one names its kind and nothing else: what
 * it weighs, whom it may reach and how long it is worth sending stand here.
 */

/**
 * 'prompt' asks for something and counts towards the weekly cap; 'reminder' needs reminders on; 'later' is a prompt that
 * somebody put off, which does not count again; 'note' is what somebody asked for just now or must know.
 */
export type Weight = 'prompt' | 'reminder' | 'later' | 'note';

export type MessageRule = {
  weight: Weight;
  /** It asks something, so it is only for those who agreed to the community agreement. */
  asks: boolean;
  /** It answers what this person did themselves, so it is not unasked. Quiet hours apply to it all the same. */
  isReply: boolean;
  /** A note that neither answers them nor has to be known today: a pause holds it as it holds what asks. */
  canWait: boolean;
  /** Whoever runs a group, or the bot, must know. Like a reply it goes to those who said "No messages" as well. */
  isDuty: boolean;
  /**
   * Under the weekly cap (`promptsPerWeek`): how many of its places this kind may take, or undefined where it does not
   * count. What can wait takes fewer, and none that a planned check-in needs; of what waits for a place, what closes
   * goes first.
   */
  placesPerWeek: number | undefined;
  /**
   * It comes with others of the week, in one message to whoever runs groups: 'news', or what 'needs' them. Undefined: by
   * itself.
   */
  weekly: 'news' | 'needs' | undefined;
  /** After how many days it is not worth sending any more; 'given': whoever enqueues it says when, or that it never ends. */
  expires: number | 'given' | 'never';
};

/**
 * What can wait leaves its place to what closes for so many days. Then it comes first, or with three check-ins a week nobody's
 * first steps would ever go on.
 */
export const waitsAtMostDays = 10;

/** Prompts a person gets at most in any seven days, over all cohorts and the onboarding together. */
export const promptsPerWeek = 3;

/** Prompts and reminders of any kind that a person gets at most on one day, unless they asked for them. */
export const asksPerDay = 2;

const note = {
  weight: 'note',
  asks: false,
  isReply: false,
  isDuty: false,
  canWait: false,
  placesPerWeek: undefined,
  weekly: undefined,
  expires: 'never',
} as const;
const ask = { ...note, asks: true } as const;
const reply = { ...note, isReply: true } as const;
const duty = { ...note, isDuty: true } as const;

/** By `feature.message`. A kind that was sent keeps its name: rows that wait in the outbox carry it. */
const messages = {
  // A check-in closes, so it may take every place; its one reminder does not count.
  'checkins.prompt': { ...ask, weight: 'prompt', placesPerWeek: promptsPerWeek, expires: 'given' },
  'checkins.reminder': { ...ask, weight: 'reminder', expires: 'given' },
  'checkins.later': { ...ask, weight: 'later', expires: 'given' },
  // What they began and did not send goes: once, so that they can keep it. It waits as long as it must, and the words with it.
  'checkins.unfinished': reply,
  // What was heard and what comes of it, back to those who were asked: nobody asked for it, and it asks nothing.
  'checkins.heard': { ...note, canWait: true, expires: 14 },
  // Whether somebody wants a check-in, once. It leaves one place of the three to one that closes.
  'checkins.offer': { ...ask, weight: 'prompt', placesPerWeek: 2, expires: 28 },
  // Whether a few words of theirs may be quoted in a report. Two wait for somebody's answer at most.
  'checkins.quote': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 14 },
  // For whoever runs the group, together once a week.
  'checkins.closed': { ...duty, weekly: 'news' },
  'checkins.missed': { ...duty, weekly: 'needs' },
  // A session is cancelled on which a check-in hung: they choose, perhaps before it was to go out.
  'checkins.lost': duty,
  'cohorts.unled': { ...duty, weekly: 'needs' },
  'cohorts.digest': duty,
  'trainees.imported': reply,
  'roles.granted': duty,
  'roles.revoked': duty,
  // The welcome and its one reminder: how somebody comes to be asked whether they agree.
  'onboarding.welcome': note,
  // The agreement has changed: also how somebody comes to be asked.
  'onboarding.agreement': note,
  'onboarding.back': note,
  // They asked to be introduced, at a pace of their own, and it goes to both at once or to neither: a place under the cap
  // that one of them lacks would tell the other alone.
  'introductions.made': { ...ask, canWait: true, expires: 'given' },
  // What became of an introduction that one of them had been told of.
  'introductions.off': { ...note, canWait: true, expires: 14 },
  // Whether they met, once.
  'introductions.met': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 14 },
  // What they noted to try comes back, twice; it can wait, and leaves two places to check-ins.
  'intentions.look-back': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 28 },
  // A colleague shares a reflection. It asks to be read, so it is under the cap like anything else that asks.
  'reflections.shared': { ...ask, weight: 'prompt', placesPerWeek: 2, expires: 14 },
  // Whether a team's card is still right, once when its check is due.
  'teams.check': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 28 },
  // A colleague has handed a team's card over to them.
  'teams.handed-over': { ...note, canWait: true, expires: 14 },
  // A colleague asks who can help, by way of the bot: to few at a time, and to one person seldom.
  'people.asked': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 'given' },
  // What becomes of a question, to whoever asked it: somebody says yes, or nobody has.
  'people.answered': { ...reply, expires: 14 },
  'people.nobody': { ...reply, expires: 'given' },
  'people.posted': reply,
  // For those who run the group of a pilot: a session of it is near, and nobody has booked.
  'pilots.unbooked': { ...duty, weekly: 'needs' },
  // For the same, once on the day that was planned for its report.
  'pilots.report': { ...duty, weight: 'reminder', expires: 14 },
  // For those who host a session, with what else needs them that week.
  'training.attendance': { ...duty, weekly: 'needs' },
  // After a session, thanks and what can be done now: one for each, as long as attendance can be put right.
  'training.afterwards': { ...ask, weight: 'prompt', placesPerWeek: 2, expires: 14 },
  // A step has no end, so it leaves one place of the three to a check-in.
  'onboarding.step': { ...ask, weight: 'prompt', placesPerWeek: 2 },
  'onboarding.reminder': { ...ask, weight: 'reminder' },
  'onboarding.rest': note,
  // For whoever greets newcomers: after some days it is no news.
  'onboarding.greet': { ...duty, expires: 7 },
  'onboarding.greet-reminder': { ...duty, weight: 'reminder', expires: 7 },
  // Somebody of their group has said what makes taking part easier.
  'onboarding.access': duty,
  'onboarding.preview': reply,
  // Said at once to whoever has just done something.
  'onboarding.welcome-again': note,
  'onboarding.agreed': reply,
  'onboarding.introduction': reply,
  'checkins.preview': reply,
  // Beside a file that somebody asked for: how to remove it.
  'files.given': { ...reply, expires: 1 },
  // Later nobody would know any more what it answers.
  'slack.answer': { ...reply, expires: 3 },
  // What became of what somebody suggested or asked the curators.
  'resources.suggestion': reply,
  'resources.answer': reply,
  // A suggestion has waited for two weeks: for those who look after the catalogue. What is older is told no more.
  'resources.waiting': { ...duty, expires: 7 },
  // What a colleague passes on. To a channel it is what they do themselves; to a person it is not asked for.
  'resources.posted': reply,
  'resources.shared': { ...note, canWait: true, expires: 14 },
  // Somebody says that what was passed on to them was unkind: for those who run the programme.
  'resources.unkind': duty,
  // What somebody follows, once a week at most. The next week brings what is new then.
  'resources.news': { ...note, canWait: true, expires: 3 },
  'resources.channel-news': { ...note, expires: 3 },
  // Somebody booked, waits or gave up: what becomes of that answers them, and ends with the session.
  'sessions.booked': { ...reply, expires: 'given' },
  'sessions.offered': { ...reply, expires: 'given' },
  'sessions.moved-down': { ...reply, expires: 'given' },
  'sessions.changed': { ...reply, expires: 'given' },
  'sessions.cancelled': { ...reply, expires: 7 },
  // Two at most: some days before it, and on the morning.
  'sessions.reminder': { ...note, weight: 'reminder', expires: 'given' },
  // A practice prompt: to a channel, a week later in its thread, and by itself to whoever asked for one each week.
  'prompts.post': { ...note, expires: 1 },
  'prompts.tried': { ...note, expires: 7 },
  'prompts.weekly': { ...ask, weight: 'prompt', placesPerWeek: 1, expires: 5 },
  // For whoever runs a group: its prompts rest, since Slack does not take them.
  'prompts.stopped': duty,
  // For whoever runs the group: nobody hosts it, or the group is put away while sessions of it are planned.
  'sessions.unhosted': duty,
  'sessions.archived': reply,
  // Somebody else has chosen them to run a session, or somebody else in their place.
  'sessions.hosting': { ...duty, expires: 'given' },
  'sessions.not-hosting': { ...duty, expires: 'given' },
  // Somebody else has moved, cancelled or removed what they run.
  'sessions.hosted-changed': { ...duty, expires: 'given' },
  'sessions.hosted-cancelled': { ...duty, expires: 7 },
} as const satisfies Record<string, MessageRule>;

export type MessageKind = keyof typeof messages;
/** Kinds of which whoever enqueues them says when they end. */
export type EndingKind = {
  [Kind in MessageKind]: (typeof messages)[Kind]['expires'] extends 'given' ? Kind : never;
}[MessageKind];

export const messageKinds = Object.keys(messages) as MessageKind[];

const isKnown = (kind: string): kind is MessageKind => Object.hasOwn(messages, kind);

/** @throws RangeError for a kind that is not in the table. */
export function ruleOf(kind: string): MessageRule {
  const rule = findRule(kind);
  if (!rule) throw new RangeError(`There is no message '${kind}': it is not in community/messages.ts.`);
  return rule;
}

/** The same of a row that another version wrote. */
export const findRule = (kind: string): MessageRule | undefined =>
  isKnown(kind) ? messages[kind] : undefined;

/** What is not sent to whoever said "No messages, thank you". */
export const isStoppedByNoMessages = ({ isReply, isDuty }: MessageRule): boolean => !isReply && !isDuty;

/** Whether it asks whoever runs a group to do something. */
export const needsSomebody = (kind: string): boolean => findRule(kind)?.weekly === 'needs';
