import type { KnownBlock } from '@slack/types';
import { type Cohort, listCohortsOf } from '../community/cohorts.ts';
import type { Person } from '../community/people.ts';
import type { Action, Actor } from '../community/permissions.ts';
import type { SealedColumn } from '../db/reseal.ts';
import type { Db } from '../db/schema.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Random } from '../lib/random.ts';
import type { FileToSend } from '../outbox/upload.ts';
import type { ScheduledJob } from '../scheduler/scheduler.ts';
import type { Answer } from '../slack/answer.ts';
import type { Command } from '../slack/router.ts';
import type { Routes } from '../slack/routes.ts';
import type { Findings } from './findings.ts';

/** What every feature is handed. What only one needs (a catalogue, a vault) is named in its own deps. */
export type Core = {
  db: Db;
  clock: Clock;
  random: Random;
  log: Log;
  /** IANA zone of the programme, for people whose own zone is not known and for cohort-wide times. */
  timeZone: string;
  /** Says that a person's App Home may look different now. Cheap; call it after every change they could see there. */
  homeChanged(personId: string): void;
  /**
   * Says that somebody did something, to the features that care. Never throws, so wait for it only where their part must
   * be there before the answer. Call it after the transaction that wrote the deed, never inside.
   */
  did(personId: string, deed: Deed): Promise<void>;
};

/** What people do that other features care about. */
export type Deed =
  /** And found something. */
  | { kind: 'looked-up' }
  | { kind: 'found-nothing' }
  | { kind: 'opened-pathway' }
  /** Saved an entry of the catalogue, passed it on, or said whether it helped. */
  | { kind: 'used-entry' }
  /** Saved a reflection for the first time. */
  | { kind: 'reflected' }
  /** Says that they have done a part of the core module. */
  | { kind: 'did-part' }
  /** `roundId`: of a group's check-in; left out where people answer of their own accord. */
  | { kind: 'answered'; templateId: string; roundId?: string }
  | { kind: 'joined-cohort'; cohortId: string }
  | { kind: 'left-cohort'; cohortId: string }
  /** Somebody was given a role, or lost one. `cohortId`: in one group; undefined: in all of them. */
  | { kind: 'roles-changed'; cohortId: string | undefined }
  /** A whole group was put away, or brought back, by the one who did it. */
  | { kind: 'archived-cohort'; cohortId: string }
  | { kind: 'restored-cohort'; cohortId: string }
  /** To the community agreement as it stands. */
  | { kind: 'agreed' }
  | { kind: 'declined' }
  /** Said anew to what true extras they consent. */
  | { kind: 'chose-extras' }
  /** Took back that colleagues may find them. */
  | { kind: 'unlisted' }
  /** Messages again, after "No messages". */
  | { kind: 'wants-messages' }
  | { kind: 'left-programme' };

/** Who looks at App Home, and when. Each page has a viewer of its own. */
export type Viewer = { person: Person; actor: Actor; now: Date; zone: string };

/** What several sections need, asked once for each page. */
export function oncePerPage<T>(ask: (db: Db, viewer: Viewer) => Promise<T>): typeof ask {
  const asked = new WeakMap<Viewer, Promise<T>>();
  return (db, viewer) => {
    const answer = asked.get(viewer) ?? ask(db, viewer);
    asked.set(viewer, answer);
    return answer;
  };
}

/** The running groups somebody is in, by name. */
export const groupsOf = oncePerPage((db, { person }) => listCohortsOf(db, person.id));

export type HomeSection = {
  /** Top to bottom: what is there for me now → what I keep → what I run → my settings. */
  slot: 'now' | 'keep' | 'lead' | 'settings';
  /** Within its slot, lowest first. */
  order: number;
  /** No blocks: the section is left out for this person. At most about 20 blocks. */
  blocks(viewer: Viewer): Promise<KnownBlock[]>;
};

/** Where somebody has turned to in App Home. */
export type Turned = { page: string; value: string };

/** A page of App Home that somebody turns to; the front page is put together from the sections. */
export type HomePage = {
  id: string;
  /** Undefined: it is not theirs, or not there any more, and the front page comes in its place. */
  blocks(viewer: Viewer, value: string): Promise<KnownBlock[] | undefined>;
};

/** A button in App Home's row of quick actions. */
export type QuickAction = {
  text: string;
  actionId: string;
  value?: string;
  order: number;
  needs?: Action;
  /** As with commands. */
  isTakingPart?: boolean;
};

/** A file that people ask for by a `fileButton`. It is made when they do, and never kept. */
export type FileKind = {
  /** Goes into buttons, so it stays as it is. */
  id: string;
  /** What comes, for the window before it: "The results on one page, as a Word file." */
  says: string;
  /** Checks again whether they may have it. @param about what the button carries. */
  make(
    actor: Actor,
    about: string,
  ): Promise<({ kind: 'file' } & FileToSend) | { kind: 'refused'; answer: Answer }>;
};

/** Somebody who is imagined to look, with the rights of a role, and of one group where it is of one. */
export type Onlooker = { actor: Actor; cohort: Cohort | undefined };

/** Something of somebody's own that they may put into a record of their learning. It counts for nothing until they say so. */
export type Learned = {
  /** "<kind of the source>:<its own id>" */
  id: string;
  /** Local date on which it happened, or else was written. */
  on: string;
  /** What it is, in a word or two: "Reflection". */
  what: string;
  /** What its author called it. */
  title: string | undefined;
  /** The framework whose steps `texts` and `choices` follow; without one, `line` says what was done. */
  framework?: string;
  /** By the framework's step. */
  texts: Readonly<Record<string, string>>;
  choices: Readonly<Record<string, readonly string[]>>;
  line: string;
  /** Not of their own making, such as a resource that they saved: it can be logged, and is no account of theirs. */
  isByOthers?: boolean;
  /** As their author noted: offered beside the form, and never filled in by itself. */
  minutes?: number | undefined;
  /** The minutes are what was suggested, and nobody's note. */
  areMinutesSuggested?: boolean;
  hasDiscussed?: boolean | undefined;
};

/** What a feature has of that. Whoever brings sessions, introductions or parts of a module adds one of these. */
export type LearningSource = {
  /** Begins the ids of what it lists, before a colon. */
  kind: string;
  /** Of whoever asks, in any order. @param zone IANA, their own. */
  list(actor: Actor, zone: string): Promise<Learned[]>;
  /** Of these ids, those that are still kept, and those that can be brought back: what was noted beside others goes. */
  keeps(personId: string, ids: readonly string[]): Promise<ReadonlySet<string>>;
};

/** What a check-in is counted from: a date of its group, or a session. */
export type Counted =
  | { from: 'start' | 'end'; days: number }
  | { from: 'session-begins'; session: string; days: number; time: string }
  | { from: 'session-over'; session: string; minutes: number }
  | { from: 'session-day'; session: string; days: number; time: string };

/** A part of a pilot as it stands now. Dates and times are local, in the programme's zone. */
export type PartNow<Place> = {
  title: string;
  /** Undefined: at no time of its own. */
  at: Place | undefined;
  /** 'ahead': it can still be moved. */
  state: 'ahead' | 'begun' | 'over' | 'called-off';
  /** Nothing of it was sent, booked or answered: it can be taken away as if it had never been. */
  isUntouched: boolean;
  /** What else there is to say of it, in few words: "until the session begins". */
  says: string | undefined;
  /** To its own pages, the one where it is changed and called off first. */
  buttons: { text: string; actionId: string; value: string }[];
};

/**
 * One kind of part that a pilot is put together from, by the feature that has it. Everything happens in the transaction of
 * the caller, which is given up where something cannot be. May they plan it is asked here; whose pilot it is, before.
 */
export type PilotPart<Wanted, Place> = {
  /** @returns in words why it cannot be; undefined: it is made. */
  create(trx: Db, actor: Actor, wanted: Wanted & { id: string }): Promise<string | undefined>;
  /** The same. Moving it to where it is changes nothing. */
  move(trx: Db, actor: Actor, id: string, to: Place): Promise<string | undefined>;
  /** Takes it away for good. @returns false where it is not untouched any more: then it stays. */
  remove(trx: Db, actor: Actor, id: string): Promise<boolean>;
  /** @returns undefined when it is gone. */
  describe(db: Db, id: string): Promise<PartNow<Place> | undefined>;
  /** In words, what else comes to the same people at that time; undefined: nothing does. */
  clash?(db: Db, actor: Actor, id: string): Promise<string | undefined>;
  /** Which of these things a group has, of a pilot or not. */
  listIn(db: Db, cohortId: string): Promise<string[]>;
};

export type PilotParts = {
  group: PilotPart<
    { name: string; ageGroup: string | undefined; date: string; until: string },
    { date: string; until: string }
  >;
  session: PilotPart<
    { cohortId: string; seriesId: string; title: string; date: string; time: string },
    { date: string; time: string }
  >;
  checkin: PilotPart<
    /** Without `counted`: members start it, once the session `startsAfter` is over. */
    {
      cohortId: string;
      templateId: string;
      /** As it stands among others of its kind: "After the session (1 of 3)". */
      title: string;
      counted?: Counted | undefined;
      startsAfter?: string | undefined;
    },
    /** With `counted`, date and time follow from that. */
    { date: string; time: string; counted?: Counted | undefined }
  >;
};

/** `wrong-key`: nothing that is there opens with the present key. `some-left`: some of it does not. */
export type Sealed = 'done' | 'some-left' | 'wrong-key';

/** Looked at on each beat, or once an hour. */
export type Job = ScheduledJob;

export interface Feature {
  name: string;
  commands?: Command[];
  /** Who answers the clicks, forms and events of this feature. */
  listen?(to: Routes): void;
  jobs?: Job[];
  home?: HomeSection[];
  homePages?: HomePage[];
  quickActions?: QuickAction[];
  files?: FileKind[];
  /** What somebody with these rights sees of a person here, as their own screens draw it. Empty: nothing. */
  seen?(person: Person, by: Onlooker): Promise<KnownBlock[]>;
  learning?: LearningSource | readonly LearningSource[];
  /** What it adds to the report of a group. */
  findings?: Findings;
  /**
   * Seals rows that versions before the migration 0008 wrote in another way. @param tables that there are: those it empties
   * are dropped.
   */
  sealUnsealed?(db: Db, tables: ReadonlySet<string>): Promise<Sealed>;
  /** Where something is sealed here: before there were key files, with the master key. */
  sealedColumns?: readonly SealedColumn[];
  /** What of it needs more than that to be as it is sealed now. Doing it again changes nothing. */
  resealMore?(db: Db): Promise<void>;
  /** Somebody did something, here or elsewhere. Not waiting for what nobody waits for is up to the feature. */
  hears?(personId: string, deed: Deed): Promise<void> | void;
}
