import type { Db } from '../../../db/schema.ts';
import type { Core, Turned } from '../../feature.ts';

/** Instants; the second is not included. */
export type Span = { from: Date; until: Date };

export type ProgrammeDeps = Core & {
  /** Sessions that began, and how many had a place at those where five or more had. */
  sessionsIn(db: Db, span: Span): Promise<{ held: number; places: number }>;
  /** Of the groups' check-ins that closed, and whose numbers are shown: how many answered, of how many. */
  responseIn(db: Db, span: Span): Promise<{ answered: number; asked: number }>;
  /** By the quarter, the latest first: how many were introduced, as far as that is shown. */
  introducedByQuarter(db: Db): Promise<{ quarter: string; people: number }[]>;
  /** Shows somebody a page of App Home. */
  turnHome(personId: string, to: Turned | undefined): Promise<void>;
};
