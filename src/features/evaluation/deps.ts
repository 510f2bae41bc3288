import type { Profession } from '../../community/professions.ts';
import type { Db } from '../../db/schema.ts';
import type { Vault } from '../../lib/crypto.ts';
import type { DaysOff } from '../../scheduler/days-off.ts';
import type { Core, PilotParts, Turned } from '../feature.ts';
import type { AskedInGroup, Findings, Reported } from '../findings.ts';
import type { Stage } from './content.ts';

/** A session, and the local date on which it begins. */
type Dated = { id: string; on: string };

export type EvaluationDeps = Core & {
  /** The plan of an evaluation, in the order of its stages. */
  stages: readonly Stage[];
  professions: readonly Profession[];
  daysOff: DaysOff;
  vault: Vault;
  /** What the features have found out. */
  findings(): readonly Findings[];
  /** Whether just these quotations may stand in a report, in the transaction that closes it. */
  mayStand(db: Db, group: Reported, quotes: readonly string[]): Promise<boolean>;
  /** Whether words for the report of a group are asked for, and have no answer that could be seen. */
  asksForWords(group: Reported): Promise<boolean>;
  /** Which check-ins a group has at a time. */
  askedIn(db: Db, cohortId: string): Promise<AskedInGroup[]>;
  /** The first and the last session of a group's training; undefined: it has none. */
  spanOf(db: Db, cohortId: string): Promise<{ first: Dated; last: Dated } | undefined>;
  checkinPart: PilotParts['checkin'];
  /** Where these people work, and what they do, as far as they do not keep it to themselves. */
  agenciesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, { id: string; label: string }>>;
  rolesOf(personIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Shows somebody a page of App Home. */
  turnHome(personId: string, to: Turned | undefined): Promise<void>;
};
